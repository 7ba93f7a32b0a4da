"""Training data of the small model: a bank of drawn scenes on disk, and batches of dialogues over them."""

from __future__ import annotations

import multiprocessing
import os
import pickle
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

from engine.evaluate.overlap import box_iou
from engine.imagery.crops import cut_crop
from trainer.lab.mini.architecture import CHIP_PX, CROP_PX, TOKEN_PX
from trainer.lab.mini.boxes import jittered, random_box, tightness
from trainer.lab.mini.dialogue import PackedDialogues, Packer, Turn, TurnWriter, over_tensors
from trainer.lab.mini.photo_turns import PhotoTurns
from trainer.lab.mini.vocabulary import NUMBER_STEP, to_number
from trainer.lab.photos import ALL_KINDS, PhotoView
from trainer.lab.photos.views import turned_box, turned_pixels
from trainer.lab.scenes import (
    COLOURS,
    KINDS,
    DrawnScene,
    QuerySample,
    SceneObject,
    make_queries,
    render_scene,
    scene_rng,
)

SHARD = 500
AIRFIELD_EVERY = 8
AIRFIELD_KINDS = ("airplane", "airplane", "helicopter", "truck", "building")
_WEIGHTS = {
    "kind": 2,
    "colour": 3,
    "size": 2,
    "position": 2,
    "relation": 3,
    "purpose": 1,
    "plural": 1,
    "absent": 1,
}
QUERY_MIX = tuple(name for name, weight in _WEIGHTS.items() for _ in range(weight))
KIND_INDEX = {kind: i + 1 for i, kind in enumerate(ALL_KINDS)}
COLOUR_INDEX = {colour: i for i, colour in enumerate(COLOURS)}


class SceneBank:
    """Scenes of one kind of difficulty, rendered once into shards on disk.

    Args:
        folder: where the shards are kept; existing ones are used as they are.
        count: number of scenes.
        n_objects: objects per scene, drawn from this range (None: the renderer's own mix).
        first_index: where in the region's training sequence this bank starts.
    """

    def __init__(self, folder: Path, count: int, n_objects: tuple[int, int] | None, first_index: int) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        jobs = [
            (folder / f"{first_index + start:07d}", first_index + start, min(SHARD, count - start), n_objects)
            for start in range(0, count, SHARD)
        ]
        missing = [job for job in jobs if not job[0].with_suffix(".pkl").exists()]
        if missing:
            with multiprocessing.get_context("spawn").Pool(min(os.cpu_count() or 1, len(missing))) as pool:
                pool.map(_render_shard, missing, chunksize=1)
        self._pixels = [np.load(job[0].with_suffix(".npy"), mmap_mode="r") for job in jobs]
        self._scenes: list[list[DrawnScene]] = [
            pickle.loads(job[0].with_suffix(".pkl").read_bytes())  # nosec B301 - this class wrote it
            for job in jobs
        ]
        self.count = count

    def scene(self, index: int) -> DrawnScene:
        """DrawnScene ``index`` with its pixels."""
        shard, row = divmod(index, SHARD)
        return replace(self._scenes[shard][row], pixels=self._pixels[shard][row])


def _render_shard(job: tuple[Path, int, int, tuple[int, int] | None]) -> None:
    path, first, count, n_objects = job
    pixels = np.empty((count, CHIP_PX, CHIP_PX, 3), np.uint8)
    scenes = []
    for row in range(count):
        rng = scene_rng("home", "train", first + row)
        n = None if n_objects is None else int(rng.integers(n_objects[0], n_objects[1] + 1))
        # Airplanes need an airfield, which few landscapes are: without these they would be the rarest kind.
        kinds = AIRFIELD_KINDS if (first + row) % AIRFIELD_EVERY == 0 else None
        scene = render_scene(rng, size_px=CHIP_PX, n_objects=n, kinds=kinds)
        pixels[row] = scene.pixels
        scenes.append(replace(scene, pixels=pixels[row, :0]))
    part = path.with_suffix(".part.npy")
    np.save(part, pixels)
    part.rename(path.with_suffix(".npy"))
    # The list is written last: a shard without it is rendered again.
    path.with_suffix(".pkl").write_bytes(pickle.dumps(scenes))


def turned(scene: DrawnScene, quarter_turns: int, mirrored: bool) -> DrawnScene:
    """The scene rotated counter-clockwise by quarter turns and then mirrored left to right."""
    size = scene.pixels.shape[0]
    objects = tuple(
        replace(o, xyxy_px=turned_box(o.xyxy_px, size, quarter_turns, mirrored)) for o in scene.objects
    )
    pixels = turned_pixels(scene.pixels, quarter_turns, mirrored)
    return replace(scene, pixels=pixels, objects=objects)


def dense_target(objects: Sequence[SceneObject], size_px: int = CHIP_PX) -> NDArray[np.int64]:
    """What each image token should see, ``T x 6``: kind (0 nothing), colour (-1 none), four number indices."""
    side = size_px // TOKEN_PX
    target = np.zeros((side, side, 6), np.int64)
    target[..., 1] = -1
    best = np.zeros((side, side))
    edges = np.arange(side) * TOKEN_PX
    for o in objects:
        x1, y1, x2, y2 = o.xyxy_px
        width = np.clip(np.minimum(x2, edges + TOKEN_PX) - np.maximum(x1, edges), 0, None)
        height = np.clip(np.minimum(y2, edges + TOKEN_PX) - np.maximum(y1, edges), 0, None)
        overlap = height[:, None] * width[None]
        area = max((x2 - x1) * (y2 - y1), 1.0)
        owned = (overlap > np.maximum(best, 0.12 * TOKEN_PX**2)) | (overlap > np.maximum(best, 0.3 * area))
        best = np.where(owned, overlap, best)
        colour = COLOUR_INDEX[o.colour] if o.colour else -1
        numbers = [to_number(value, size_px) // NUMBER_STEP for value in o.xyxy_px]
        target[owned] = [KIND_INDEX[o.kind], colour, *numbers]
    return target.reshape(-1, 6)


def open_kinds(complete: Collection[str]) -> NDArray[np.bool_]:
    """For "nothing" and every kind, whether it may be where nothing is boxed: those not complete may."""
    return np.array([True, *(kind not in complete for kind in ALL_KINDS)])


def named(o: SceneObject) -> str:
    """What an object is called when its crop is shown: colour, if it has one, and kind."""
    return f"{o.colour} {o.kind}" if o.colour else o.kind


@dataclass(frozen=True)
class TrainingBatch:
    """One step's data: chips with dense targets and dialogues, and crops with dialogues.

    Attributes:
        chips: uint8, drawn ones first, then views of real pictures.
        dense: see :func:`dense_target`, for every token of every chip.
        open: see :func:`open_kinds`, for every token of every chip.
        chip_turns, crops, crop_turns: None in a stage without dialogues.
    """

    chips: Tensor
    dense: Tensor
    open: Tensor
    chip_turns: PackedDialogues | None
    crops: Tensor | None
    crop_turns: PackedDialogues | None

    def pin_memory(self) -> TrainingBatch:
        """The batch in memory from which a GPU copies while it computes."""
        return over_tensors(self, Tensor.pin_memory)

    def to(self, device: torch.device) -> TrainingBatch:
        """The batch on a device."""
        return over_tensors(self, lambda tensor: tensor.to(device, non_blocking=True))


class BatchMaker:
    """Writes dialogues over drawn scenes and views of real pictures, and over crops of them."""

    def __init__(self, writer: TurnWriter, chip_packer: Packer, crop_packer: Packer) -> None:
        self._writer = writer
        self._photo_turns = PhotoTurns(writer)
        self._chip_packer, self._crop_packer = chip_packer, crop_packer

    def make(
        self,
        scenes: Sequence[DrawnScene],
        views: Sequence[PhotoView],
        rng: np.random.Generator,
        *,
        turns: int,
        crops_per_chip: int,
        turns_per_crop: int = 4,
    ) -> TrainingBatch:
        """Build a batch; ``turns`` 0 leaves the dialogues out (the dense stages)."""
        scenes = [turned(s, int(rng.integers(4)), bool(rng.integers(2))) for s in scenes]
        pictures: list[DrawnScene | PhotoView] = [*scenes, *views]
        chips = torch.from_numpy(np.stack([p.pixels for p in pictures]))
        dense = torch.from_numpy(np.concatenate([dense_target(p.objects) for p in pictures]))
        complete = [set(KINDS).difference(s.clutter_kinds) for s in scenes] + [set(v.complete) for v in views]
        tokens = len(dense) // len(chips)
        may_be = torch.from_numpy(
            np.repeat(np.stack([open_kinds(kinds) for kinds in complete]), tokens, axis=0)
        )
        if not turns:
            return TrainingBatch(chips, dense, may_be, None, None, None)
        samples = [make_queries(s, rng, n=turns, types=QUERY_MIX) for s in scenes]
        dialogues = [self._chip_turns(s, q, rng) for s, q in zip(scenes, samples, strict=True)]
        dialogues += [self._photo_turns.over_chip(v, rng, turns) for v in views]
        pairs = [
            self._crop(scene, queries, rng, turns_per_crop)
            for scene, queries in zip(scenes, samples, strict=True)
            for _ in range(crops_per_chip)
        ]
        pairs += [
            self._photo_turns.over_crop(view, rng, turns_per_crop, CROP_PX)
            for view in views
            for _ in range(crops_per_chip)
        ]
        return TrainingBatch(
            chips,
            dense,
            may_be,
            self._chip_packer.pack(dialogues),
            torch.from_numpy(np.stack([crop for crop, _ in pairs])),
            self._crop_packer.pack([asked for _, asked in pairs]),
        )

    def _chip_turns(
        self, scene: DrawnScene, samples: Sequence[QuerySample], rng: np.random.Generator
    ) -> list[Turn]:
        w = self._writer
        size = scene.pixels.shape[0]
        turns = [w.locate(q.text, q.reasoning, q.boxes_px, q.label, size) for q in samples]
        for q in samples[:2]:
            turns.append(w.yes_no("presence", q.text, float(bool(q.boxes_px))))
        if scene.objects:
            o = scene.objects[int(rng.integers(len(scene.objects)))]
            x, y = (o.xyxy_px[0] + o.xyxy_px[2]) / 2, (o.xyxy_px[1] + o.xyxy_px[3]) / 2
            turns.append(w.name(f"what is at {to_number(x, size)} , {to_number(y, size)} ?", named(o)))
        return turns

    def _crop(
        self, scene: DrawnScene, samples: Sequence[QuerySample], rng: np.random.Generator, turns: int
    ) -> tuple[NDArray[np.uint8], list[Turn]]:
        size = scene.pixels.shape[0]
        target = (
            scene.objects[int(rng.integers(len(scene.objects)))]
            if scene.objects and rng.random() < 0.8
            else None
        )
        box = jittered(target.xyxy_px, size, rng) if target else random_box(size, rng)
        overlaps = [box_iou(box, o.xyxy_px) for o in scene.objects]
        best = int(np.argmax(overlaps)) if overlaps else -1
        seen = scene.objects[best] if overlaps and overlaps[best] > 0.25 else None
        crop = cut_crop(scene.pixels, box, crop_px=CROP_PX)
        w = self._writer
        dialogue = [w.name("what is this ?", named(seen) if seen and overlaps[best] > 0.4 else "nothing")]
        for q in rng.permutation(np.arange(len(samples)))[: turns - 2]:
            sample = samples[int(q)]
            decided = _crop_answer(sample, best if seen else -1, overlaps, scene)
            if decided is not None:
                dialogue.append(w.yes_no("verify", sample.text, decided))
        if seen:
            dialogue.append(w.yes_no("verify", _name_query(seen, rng), tightness(overlaps[best])))
            other = scene.objects[int(rng.integers(len(scene.objects)))]
            wrong = (
                (other.kind, other.colour)
                if other.kind != seen.kind
                else (KINDS[int(rng.integers(len(KINDS)))], None)
            )
            if wrong[0] != seen.kind:
                dialogue.append(w.yes_no("verify", f"the {wrong[0]}", 0.0))
        return crop, dialogue


def _name_query(o: SceneObject, rng: np.random.Generator) -> str:
    return f"the {named(o)}" if rng.random() < 0.5 else f"the {o.kind}"


def _crop_answer(
    sample: QuerySample, seen: int, overlaps: Sequence[float], scene: DrawnScene
) -> float | None:
    """P(yes) for a query over a crop of object ``seen`` (-1: none); None where a crop can't tell."""
    if seen < 0:
        return 0.0
    if seen in sample.targets:
        return tightness(overlaps[seen])
    o = scene.objects[seen]
    alike = o.kind == sample.kind and (sample.colour is None or sample.colour == o.colour)
    return None if alike and sample.type != "absent" else 0.0
