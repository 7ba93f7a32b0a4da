"""A region of the drawn world as an analyst would have it: chips and questions, boxes left behind.

Only the supervised yardstick gets boxes, and only the evaluator reads the test scenes.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import islice
from pathlib import Path

import numpy as np
from affine import Affine

from engine.model.loaded import LoadedModel
from engine.types import Chip, Rectangle, Xyxy
from trainer.chips import CutChip, write_chips
from trainer.dataset import presence_by
from trainer.lab.scenes import make_queries, render_scene, scene_rng
from trainer.queries import Pair, named_by
from trainer.state import RunState

SCENES_PER_PLACE = 4
QUERIES_PER_SCENE = 2
SEED_STRIDE = 10_000
ASKED_ELSEWHERE = 2
"""Questions of other chips that each chip is asked."""
EMPTY_SHARE = 1 / 3
"""Of a run's own pairs, so many are added in which nothing is: the emptiest of them."""


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

    A scene's own questions nearly all have a target, so that of those in which the verifier sees nothing a third has
    one all the same. An analyst's questions are asked of every chip, and the surest of the empty pairs are such as
    come from elsewhere; so each chip is asked some questions of other chips as well, and of these the emptiest stay.

    Args:
        folder: of the run.
        model: its base verifier says what is present.
        found: chips with their questions; those of a chip are found again by its rectangle.
        seed: of the split.
        with_boxes: keep the boxes, for the supervised yardstick, whose pairs are the own ones alone.
    """
    asked: dict[Rectangle, list[Pair]] = {}

    def cut() -> Iterator[CutChip]:
        for item, pairs in found:
            asked[item.chip.rectangle] = pairs
            yield item

    chips = write_chips(folder, cut(), model.spec.chip_px, seed)
    pairs = [
        replace(pair, chip=index, truth_px=pair.truth_px if with_boxes else None)
        for index, record in enumerate(chips.records)
        for pair in asked[record.rectangle]
    ]
    presence = presence_by(model.verifier, chips, lambda: False)

    def believed(some: Sequence[Pair]) -> list[Pair]:
        beliefs = presence([pair.chip for pair in some], [pair.query for pair in some])
        return [replace(pair, presence=float(belief)) for pair, belief in zip(some, beliefs, strict=True)]

    asked_pairs = believed(pairs)
    if not with_boxes:
        further = sorted(believed(_from_elsewhere(pairs, seed)), key=lambda pair: pair.presence)
        asked_pairs += [pair for pair in further[: round(EMPTY_SHARE * len(pairs))] if pair.absent]
    held = set(chips.indices(held_out=True))
    state = RunState(queries=sorted({pair.query for pair in pairs}))
    order = np.random.default_rng(seed).permutation(len(asked_pairs))
    state.train = [asked_pairs[int(i)] for i in order if asked_pairs[int(i)].chip not in held]
    state.held_asked = [asked_pairs[int(i)] for i in order if asked_pairs[int(i)].chip in held]
    state.save(folder)


def _from_elsewhere(pairs: Sequence[Pair], seed: int) -> list[Pair]:
    """For each chip questions of other chips, about what none of its own ones names."""
    own: dict[int, set[str]] = {}
    for pair in pairs:
        own.setdefault(pair.chip, set()).update(named_by(pair.query))
    queries = sorted({pair.query for pair in pairs})
    rng = np.random.default_rng(seed)
    further = []
    for chip, names in own.items():
        drawn = (queries[int(i)] for i in rng.permutation(len(queries)))
        others = (text for text in drawn if not named_by(text) & names)
        further += [Pair(chip, text, 0.0) for text in islice(others, ASKED_ELSEWHERE)]
    return further
