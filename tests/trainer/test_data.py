"""Chips are thinned and split so that no pixel is both learned from and checked on."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from affine import Affine
from hypothesis import given
from hypothesis import strategies as st

from engine.errors import InputError
from engine.types import Chip, Rectangle, Window
from trainer.chips import ChipSet, CutChip, Thinner, block_side, is_blank, split_places, spread, write_chips
from trainer.gate import NEEDED_PLACES


def chip(seed: int, col: int = 0, row: int = 0, valid: float = 1.0, side: int = 64) -> Chip:
    rng = np.random.default_rng(seed)
    coarse = rng.integers(0, 255, (8, 8, 3)).astype(np.uint8)
    pixels = np.kron(coarse, np.ones((side // 8, side // 8, 1), dtype=np.uint8))
    mask = np.zeros((side, side), dtype=bool)
    mask[: round(side * valid)] = True
    place = Rectangle(col, row, side, side, side, side)
    return Chip(pixels, mask, place, Affine.translation(col, -row), "EPSG:32632", 1.0)


def test_blank_chips_are_seen() -> None:
    assert not is_blank(chip(1))
    assert is_blank(chip(1, valid=0.3))
    flat = chip(1)
    assert is_blank(
        Chip(np.full_like(flat.pixels, 90), flat.valid, flat.rectangle, flat.transform, None, None)
    )


def test_near_duplicates_are_thinned() -> None:
    thinner, first = Thinner(), chip(1).pixels
    assert thinner.is_new(first)
    noisy = np.clip(first.astype(int) + np.random.default_rng(0).integers(-2, 3, first.shape), 0, 255)
    assert not thinner.is_new(noisy.astype(np.uint8))
    assert thinner.is_new(chip(2).pixels)


def test_chips_come_back_as_they_were_stored(tmp_path: Path) -> None:
    chips = [CutChip("a.tif", (i, 0), chip(i, col=64 * i)) for i in range(12)]
    stored = write_chips(tmp_path, chips, 64, seed=0)
    again = ChipSet(tmp_path)
    assert len(stored) == len(again) == 12
    assert np.array_equal(again.pixels(7), chips[7].chip.pixels)
    assert again.chip(7).rectangle == chips[7].chip.rectangle
    assert again.chip(7).transform == chips[7].chip.transform
    assert again.fingerprint() == stored.fingerprint()
    assert not (tmp_path / "chips.raw").exists()


def test_a_place_is_never_on_both_sides(tmp_path: Path) -> None:
    chips = [CutChip("a.tif", (i // 3, 0), chip(i, col=64 * i)) for i in range(36)]
    stored = write_chips(tmp_path, chips, 64, seed=3)
    train, held = stored.indices(held_out=False), stored.indices(held_out=True)
    assert train
    assert held
    assert not {stored.records[i].place for i in train} & {stored.records[i].place for i in held}


def test_blank_rasters_and_single_places_are_refused(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="None of 2 windows"):
        write_chips(tmp_path, [CutChip("a.tif", (0, 0), chip(i, valid=0.1)) for i in range(2)], 64, 0)
    with pytest.raises(InputError, match="1 separate place"):
        write_chips(tmp_path, [CutChip("a.tif", (0, 0), chip(i)) for i in range(4)], 64, 0)


@given(
    st.sets(st.tuples(st.just("r"), st.integers(0, 9), st.integers(0, 9)), min_size=12), st.integers(0, 99)
)
def test_both_sides_of_the_split_have_places(places: set[tuple[str, int, int]], seed: int) -> None:
    held = split_places(places, seed)
    assert set(held) == places
    assert NEEDED_PLACES <= sum(held.values()) < len(places)


@given(st.integers(1, 20000), st.integers(1, 20000), st.integers(64, 1024), st.integers(1, 100))
def test_blocks_hold_windows(width: int, height: int, window: int, wanted: int) -> None:
    side = block_side(width, height, window, wanted)
    assert side >= window
    assert side <= max(3 * window, width, height)


def test_spread_takes_every_block_before_a_second_window() -> None:
    windows = [Window(0, 0, 64, 64, 64, 64, index, "detail") for index in range(5)]
    order = list(spread({(0, 0): windows[:3], (1, 0): windows[3:]}))
    assert [window.index for _, window in order] == [0, 3, 1, 4, 2]
