"""Chips from rasters: windows at the model's resolution, thinned, and split by place.

Chips go to one file on disk and are read from there as they are needed, so that memory does not grow with
the rasters. Train and held-out chips never share a pixel: blocks of ground are held out as a whole, and
windows are planned inside each block (see ``trainer.chips``).
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator, Sequence
from contextlib import ExitStack
from dataclasses import asdict, dataclass, replace
from itertools import chain, zip_longest
from pathlib import Path
from typing import Any

import numpy as np
from affine import Affine
from numpy.typing import NDArray
from PIL import Image

from engine.errors import InputError, JobCancelledError
from engine.imagery.area import Area
from engine.imagery.ground_plane import Ground
from engine.imagery.raster import Raster, open_raster
from engine.imagery.windows import plan_windows
from engine.types import Chip, Pixels, Rectangle, Stop, Window
from trainer.gate import NEEDED_PLACES
from trainer.stored import read_stored, write_stored

MAX_CHIPS = 1200
MIN_VALID = 0.6
MIN_SPREAD = 4.0
NEAR_BITS = 4
HELD_OUT_SHARE = 0.3
HELD_PLACES = NEEDED_PLACES
LEARNED_PLACES = 4
WANTED_PLACES = 2 * (HELD_PLACES + LEARNED_PLACES)
"""Blocks of ground are made smaller until there are so many."""

Place = tuple[str, int, int]
"""A raster's path, or the scene of pictures, and column and row of a block of ground in it."""


@dataclass(frozen=True)
class CutChip:
    """A chip on its way into the set: its raster's path, the block it lies in, and its place where that is wider.

    Chips of one ``scene`` lie in one place, whatever file they come from; "" where a place is a block of a raster.
    """

    raster: str
    block: tuple[int, int]
    chip: Chip
    scene: str = ""


@dataclass(frozen=True)
class ChipRecord:
    """Where a stored chip comes from.

    Attributes:
        raster: path of the raster, as given.
        rectangle: where it was cut.
        transform: the first six numbers of chip pixel corner -> CRS.
        crs_wkt, gsd_m: as in :class:`engine.types.Chip`.
        place: number of its block of ground, unique over all rasters.
        held_out: whether that block is held out.
    """

    raster: str
    rectangle: Rectangle
    transform: tuple[float, ...]
    crs_wkt: str | None
    gsd_m: float | None
    place: int
    held_out: bool


class ChipSet:
    """Chips on disk, as ``chips.npy`` (uint8, n x H x W x 3) and ``chips.json``."""

    def __init__(self, folder: Path) -> None:
        self.records = read_stored(list[ChipRecord], folder / "chips.json")
        self._pixels: NDArray[np.uint8] = np.load(folder / "chips.npy", mmap_mode="r")

    def __len__(self) -> int:
        return len(self.records)

    def pixels(self, index: int) -> Pixels:
        """Pixels of one chip, H x W x 3, copied from disk."""
        shown = self.records[index].rectangle
        return np.array(self._pixels[index, : shown.height_px, : shown.width_px])

    def chip(self, index: int) -> Chip:
        """One chip, with its place on Earth."""
        record, pixels = self.records[index], self.pixels(index)
        valid = np.ones(pixels.shape[:2], dtype=bool)
        transform = Affine(*record.transform)
        return Chip(pixels, valid, record.rectangle, transform, record.crs_wkt, record.gsd_m)

    def ground(self, index: int) -> Ground:
        """Where a chip's pixels lie on the ground."""
        record = self.records[index]
        side = record.rectangle
        return Ground.of(
            Affine(*record.transform), record.crs_wkt, record.gsd_m, side.width_px, side.height_px
        )

    def indices(self, *, held_out: bool) -> list[int]:
        """Indices of the training or of the held-out chips."""
        return [index for index, record in enumerate(self.records) if record.held_out == held_out]

    def fingerprint(self) -> str:
        """SHA-256 over all pixels and where they come from."""
        digest = hashlib.sha256(json.dumps([asdict(r) for r in self.records]).encode())
        for index in range(len(self)):
            digest.update(self.pixels(index).tobytes())
        return digest.hexdigest()


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
    """Refuse rasters in which nothing could be proven.

    Raises:
        InputError: there are fewer places than the gate and the learning need together.
    """
    needed = HELD_PLACES + LEARNED_PLACES
    if count < needed:
        places = "1 separate place" if count == 1 else f"{count} separate places"
        raise InputError(
            f"Can't tell whether anything would get better: the rasters give {places}, and {needed} are needed, "
            f"{HELD_PLACES} of them to check on. Add imagery, or choose a larger area or a finer resolution."
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


def write_chips(folder: Path, chips: Iterable[CutChip], side_px: int, seed: int) -> ChipSet:
    """Thin the chips, split them by place and store them; ``chips.json`` is written last.

    Args:
        folder: of the run.
        chips: in a fixed order; at most ``MAX_CHIPS`` are kept.
        side_px: the largest side of a chip.
        seed: of the split.

    Raises:
        InputError: no chip is left, or they lie in too few places.
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
                record = ChipRecord(
                    found.raster, chip.rectangle, transform, chip.crs_wkt, chip.gsd_m, -1, False
                )
                kept.append(((found.scene or found.raster, *found.block), record))
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
    write_stored(folder / "chips.json", records)
    return ChipSet(folder)


def _padded(pixels: Pixels, side_px: int) -> Pixels:
    height, width = pixels.shape[:2]
    out = np.zeros((side_px, side_px, 3), dtype=np.uint8)
    out[:height, :width] = pixels
    return out


BLOCK_CHIPS = 3
FEWEST_BLOCKS = 4
OVERLAP = 0.25

Block = tuple[int, int]
Turn = tuple[Path | str, Raster, Block, Window]


def chips_of(
    rasters: Sequence[Path | str],
    *,
    chip_px: int,
    gsd_m: float | None,
    area_crs: dict[str, Any] | None,
    bands: Sequence[int] | None,
    stretch: Sequence[tuple[float, float]] | None,
    allow_network: bool = False,
    stop: Stop,
) -> Iterator[CutChip]:
    """Read the windows of all rasters in turn, each spread over its blocks.

    The first window of every block comes first, then every block's second: however early the caller stops,
    every raster is represented, and the whole of it.

    Args:
        rasters: files that GDAL opens.
        chip_px: side of a chip.
        gsd_m: metres per chip pixel, None for each raster's own.
        area_crs: GeoJSON geometry in the rasters' CRS, or None.
        bands: as the analyst sees the layer.
        stretch: as the analyst sees the layer.
        allow_network: the user has said that rasters may lead to the network.
        stop: asked before every window, and while something on the network is waited for.

    Raises:
        JobCancelledError: ``stop()`` became true.
        RasterReadError: a raster can't be opened or read.
        InputError: the area misses a raster, or the resolution can't be used.
    """
    with ExitStack() as opened:
        turns = []
        for path in rasters:
            raster = opened.enter_context(
                open_raster(path, bands=bands, stretch=stretch, allow_network=allow_network, stop=stop)
            )
            turns.append(
                _inside(
                    path,
                    raster,
                    Area.of(area_crs, raster.transform, raster.width_src, raster.height_src),
                    plan_blocks(raster, chip_px, gsd_m, wanted_blocks(len(rasters))),
                )
            )
        for turn in filter(None, chain.from_iterable(zip_longest(*turns))):
            if stop():
                raise JobCancelledError("The run was cancelled while its rasters were read.")
            path, raster, block, window = turn
            yield CutChip(str(path), block, raster.read_chip(window))


def _inside(path: Path | str, raster: Raster, area: Area, plans: dict[Block, list[Window]]) -> Iterator[Turn]:
    return (
        (path, raster, block, window) for block, window in spread(plans) if area.touches_rectangle(window)
    )


def wanted_blocks(rasters: int) -> int:
    """In how many blocks each of so many rasters should be cut."""
    return -(-WANTED_PLACES // rasters)


def plan_blocks(raster: Raster, chip_px: int, gsd_m: float | None, wanted: int) -> dict[Block, list[Window]]:
    """Windows of each block of a raster; windows of different blocks share no pixel.

    A block is three windows wide, or two, or one where larger ones would be fewer than ``wanted``; a raster
    that gives not even four of these is one block as a whole.
    """
    width_src, height_src = raster.width_src, raster.height_src
    scale = gsd_m / raster.gsd_m if gsd_m and raster.gsd_m else 1.0
    window = max(1, round(chip_px * scale))
    side = block_side(width_src, height_src, window, wanted)
    columns, rows = _parts(width_src, side, window), _parts(height_src, side, window)
    plans = {}
    for column in range(columns):
        for row in range(rows):
            right = width_src if column == columns - 1 else (column + 1) * side
            bottom = height_src if row == rows - 1 else (row + 1) * side
            plans[column, row] = plan_windows(
                width_src,
                height_src,
                chip_px=chip_px,
                zoom="detail",
                gsd_src_m=raster.gsd_m,
                gsd_m=gsd_m,
                overlap=OVERLAP,
                extent_src=(column * side, row * side, right, bottom),
            )
    return plans


def block_side(width_src: int, height_src: int, window_src: int, wanted: int) -> int:
    """Side of the blocks of a raster in source pixels."""

    def count(side: int) -> int:
        return _parts(width_src, side, window_src) * _parts(height_src, side, window_src)

    for chips in range(BLOCK_CHIPS, 1, -1):
        if count(window_src * chips) >= wanted:
            return window_src * chips
    return window_src if count(window_src) >= FEWEST_BLOCKS else max(width_src, height_src, window_src)


def _parts(length_src: int, side: int, window_src: int) -> int:
    """In how many blocks a side of the raster is cut; none is narrower than a window."""
    count = max(1, round(length_src / side))
    return count - 1 if count > 1 and length_src - (count - 1) * side < window_src else count


def spread(plans: dict[Block, list[Window]]) -> Iterator[tuple[Block, Window]]:
    """First windows of all blocks, then the second ones, and so on."""
    for layer in zip_longest(*plans.values()):
        for block, window in zip(plans, layer, strict=True):
            if window is not None:
                yield block, window


def check_rasters(rasters: Sequence[Path | str]) -> None:
    """Refuse a list that names the same file twice: it would be learned and checked on at once.

    Raises:
        InputError: names the file.
    """
    seen: set[Path | str] = set()
    for path in rasters:
        known = path.resolve() if isinstance(path, Path) else path
        if known in seen:
            raise InputError(f"{path} is listed twice. Name every raster once.")
        seen.add(known)
