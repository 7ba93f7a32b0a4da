"""A region of the drawn world as an analyst would have it: chips and questions, boxes left behind.

Only the supervised yardstick gets boxes, and only the evaluator reads the test scenes.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np
from affine import Affine

from engine.model.loaded import LoadedModel
from engine.types import Chip, Rectangle, Xyxy
from trainer.chips import CutChip, write_chips
from trainer.dataset import presence_by
from trainer.lab.scenes import make_queries, render_scene, scene_rng
from trainer.queries import Pair
from trainer.state import RunState

SCENES_PER_PLACE = 4
QUERIES_PER_SCENE = 2
SEED_STRIDE = 10_000


def scene_index(seed: int, number: int) -> int:
    """Index in the region's training sequence: another seed, other scenes."""
    return (seed + 1) * SEED_STRIDE + number


def scenes(region: str, seed: int, count: int) -> Iterator[tuple[CutChip, list[Pair]]]:
    """Chips of one region with their questions; ``truth_px`` is filled, to be dropped by all but one."""
    for number in range(count):
        rng = scene_rng(region, "train", scene_index(seed, number))
        scene = render_scene(rng, region=region)
        height, width = scene.pixels.shape[:2]
        rectangle = Rectangle(0, number * height, width, height, width, height)
        valid = np.ones((height, width), dtype=bool)
        place = Affine.translation(0, -number * height)
        chip = Chip(scene.pixels, valid, rectangle, place, None, scene.gsd_m)
        samples = make_queries(scene, rng, n=QUERIES_PER_SCENE)
        pairs = [Pair(number, s.text, 0.0, tuple(_box(box) for box in s.boxes_px)) for s in samples]
        yield CutChip(f"{region}.tif", (0, number // SCENES_PER_PLACE), chip), pairs


def _box(box: Sequence[float]) -> Xyxy:
    return (float(box[0]), float(box[1]), float(box[2]), float(box[3]))


def write_run(
    folder: Path,
    model: LoadedModel,
    found: Iterable[tuple[CutChip, list[Pair]]],
    seed: int,
    *,
    with_boxes: bool,
) -> None:
    """Write a run's chips and pairs, as the preparation of rasters would have left them.

    Args:
        folder: of the run.
        model: its base verifier says what is present.
        found: chips with their questions; those of a chip are found again by its rectangle.
        seed: of the split.
        with_boxes: keep the boxes, for the supervised yardstick.
    """
    asked: dict[Rectangle, list[Pair]] = {}

    def cut() -> Iterator[CutChip]:
        for item, pairs in found:
            asked[item.chip.rectangle] = pairs
            yield item

    chips = write_chips(folder, cut(), model.spec.chip_px, seed)
    pairs = [
        replace(pair, chip=index)
        for index, record in enumerate(chips.records)
        for pair in asked[record.rectangle]
    ]
    presence = presence_by(model.verifier, chips, lambda: False)
    beliefs = presence([pair.chip for pair in pairs], [pair.query for pair in pairs])
    asked_pairs = [
        replace(pair, presence=float(belief), truth_px=pair.truth_px if with_boxes else None)
        for pair, belief in zip(pairs, beliefs, strict=True)
    ]
    held = set(chips.indices(held_out=True))
    state = RunState(queries=sorted({pair.query for pair in pairs}))
    order = np.random.default_rng(seed).permutation(len(asked_pairs))
    state.train = [asked_pairs[int(i)] for i in order if asked_pairs[int(i)].chip not in held]
    state.held_asked = [asked_pairs[int(i)] for i in order if asked_pairs[int(i)].chip in held]
    state.save(folder)
