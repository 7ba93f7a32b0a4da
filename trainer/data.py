"""Chips from rasters: windows at the model's resolution, thinned, and split by place.

Chips go to one file on disk and are read from there as they are needed, so that memory does not grow with
the rasters. Train and held-out chips never share a pixel: blocks of ground are held out as a whole, and
windows are planned inside each block (see ``trainer.sources``).
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass, replace
from pathlib import Path

import numpy as np
from affine import Affine
from numpy.typing import NDArray
from PIL import Image

from engine.atomic import write_atomic
from engine.errors import InputError
from engine.types import Chip, Pixels, Window

MAX_CHIPS = 1200
MIN_VALID = 0.6
MIN_SPREAD = 4.0
NEAR_BITS = 4
HELD_OUT_SHARE = 0.3
HELD_PLACES = 2
"""With a single one the gate knows no interval and would refuse every round."""

Place = tuple[str, int, int]
"""A raster's path, and column and row of a block of ground in it."""


@dataclass(frozen=True)
class Found:
    """A chip on its way into the set: its raster's path and the block it lies in."""

    raster: str
    block: tuple[int, int]
    chip: Chip


@dataclass(frozen=True)
class ChipRecord:
    """Where a stored chip comes from.

    Attributes:
        raster: path of the raster, as given.
        window: where it was cut.
        transform: the first six numbers of chip pixel corner -> CRS.
        crs_wkt, gsd_m: as in :class:`engine.types.Chip`.
        place: number of its block of ground, unique over all rasters.
        held_out: whether that block is held out.
    """

    raster: str
    window: Window
    transform: tuple[float, ...]
    crs_wkt: str | None
    gsd_m: float | None
    place: int
    held_out: bool


class ChipSet:
    """Chips on disk, as ``chips.npy`` (uint8, n x H x W x 3) and ``chips.json``."""

    def __init__(self, folder: Path) -> None:
        self.records = [
            _record(item) for item in json.loads((folder / "chips.json").read_text(encoding="utf-8"))
        ]
        self._pixels: NDArray[np.uint8] = np.load(folder / "chips.npy", mmap_mode="r")

    def __len__(self) -> int:
        return len(self.records)

    def pixels(self, index: int) -> Pixels:
        """Pixels of one chip, H x W x 3, copied from disk."""
        window = self.records[index].window
        return np.array(self._pixels[index, : window.height_px, : window.width_px])

    def chip(self, index: int) -> Chip:
        """One chip, with its place on Earth."""
        record, pixels = self.records[index], self.pixels(index)
        valid = np.ones(pixels.shape[:2], dtype=bool)
        transform = Affine(*record.transform)
        return Chip(pixels, valid, record.window, transform, record.crs_wkt, record.gsd_m)

    def indices(self, *, held_out: bool) -> list[int]:
        """Indices of the training or of the held-out chips."""
        return [index for index, record in enumerate(self.records) if record.held_out == held_out]

    def fingerprint(self) -> str:
        """SHA-256 over all pixels and where they come from."""
        digest = hashlib.sha256(json.dumps([asdict(r) for r in self.records]).encode())
        for index in range(len(self)):
            digest.update(self.pixels(index).tobytes())
        return digest.hexdigest()


def _record(item: dict[str, object]) -> ChipRecord:
    values = {**item, "window": Window(**item["window"])}  # type: ignore[arg-type]
    values["transform"] = tuple(item["transform"])  # type: ignore[arg-type]
    return ChipRecord(**values)  # type: ignore[arg-type]


def difference_hash(pixels: Pixels) -> int:
    """64 bits of which neighbouring grey cells grow brighter: near-duplicates differ in few of them."""
    grey = np.asarray(Image.fromarray(pixels).convert("L").resize((9, 8), Image.Resampling.BOX), dtype=int)
    return int.from_bytes(np.packbits(grey[:, 1:] > grey[:, :-1]).tobytes(), "big")


def is_blank(chip: Chip) -> bool:
    """Whether a chip has too few valid pixels, or hardly any contrast among them."""
    if chip.valid.mean() < MIN_VALID:
        return True
    return float(chip.pixels[chip.valid].std(axis=0).mean()) < MIN_SPREAD


class Thinner:
    """Remembers the chips kept so far and refuses near-duplicates of them."""

    def __init__(self) -> None:
        self._hashes: list[int] = []

    def is_new(self, pixels: Pixels) -> bool:
        """Whether no kept chip looks almost the same; remembers it if so."""
        mine = difference_hash(pixels)
        if any((mine ^ other).bit_count() <= NEAR_BITS for other in self._hashes):
            return False
        self._hashes.append(mine)
        return True


def check_places(count: int) -> None:
    """Refuse rasters in which nothing could be proven: one place to learn from and two to check on are needed.

    Raises:
        InputError: there are fewer.
    """
    if count <= HELD_PLACES:
        raise InputError(
            f"The rasters give {count} separate place(s), but learning and checking need {HELD_PLACES + 1}. "
            "Add rasters, or choose a larger area or a finer resolution."
        )


def split_places(places: Iterable[Place], seed: int) -> dict[Place, bool]:
    """Place -> held out or not: about ``HELD_OUT_SHARE`` of the places, at least ``HELD_PLACES`` of them.

    Args:
        places: (raster, block column, block row).
        seed: another seed holds out other places.

    Raises:
        InputError: there are too few places.
    """
    names = sorted(set(places))
    check_places(len(names))
    order = np.random.default_rng(seed).permutation(len(names))
    count = max(HELD_PLACES, round(HELD_OUT_SHARE * len(names)))
    held = {names[index] for index in order[:count]}
    return {name: name in held for name in names}


def write_chips(folder: Path, chips: Iterable[Found], side_px: int, seed: int) -> ChipSet:
    """Thin the chips, split them by place and store them; ``chips.json`` is written last.

    Args:
        folder: of the run.
        chips: in a fixed order; at most ``MAX_CHIPS`` are kept.
        side_px: the largest side of a chip.
        seed: of the split.

    Raises:
        InputError: no chip is left, or all lie in one place.
    """
    folder.mkdir(parents=True, exist_ok=True)
    raw = folder / "chips.raw"
    kept: list[tuple[Place, ChipRecord]] = []
    thinner, seen, blank = Thinner(), 0, 0
    with raw.open("wb") as stream:
        for found in chips:
            chip, seen = found.chip, seen + 1
            if is_blank(chip):
                blank += 1
            elif thinner.is_new(chip.pixels):
                stream.write(_padded(chip.pixels, side_px).tobytes())
                transform = tuple(chip.transform)[:6]
                record = ChipRecord(found.raster, chip.window, transform, chip.crs_wkt, chip.gsd_m, -1, False)
                kept.append(((found.raster, *found.block), record))
            if len(kept) >= MAX_CHIPS:
                break
    if not kept:
        raise InputError(
            f"None of {seen} windows can be learned from ({blank} are blank). Choose another area or raster."
        )
    held = split_places((place for place, _ in kept), seed)
    numbers = {place: number for number, place in enumerate(sorted(held))}
    records = [replace(record, place=numbers[place], held_out=held[place]) for place, record in kept]
    stored = np.memmap(raw, dtype=np.uint8, mode="r", shape=(len(kept), side_px, side_px, 3))
    np.save(folder / "chips.npy", stored)
    del stored
    raw.unlink()
    write_atomic(folder / "chips.json", json.dumps([asdict(record) for record in records]))
    return ChipSet(folder)


def _padded(pixels: Pixels, side_px: int) -> Pixels:
    height, width = pixels.shape[:2]
    out = np.zeros((side_px, side_px, 3), dtype=np.uint8)
    out[:height, :width] = pixels
    return out
