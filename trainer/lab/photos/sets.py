"""Real sets on disk: pictures with partial labels, divided into training and test *by place*.

A set is a folder with ``labels.jsonl``, one line a picture: ``image``, ``width``, ``height``, ``gsd_m``,
``boxes`` (each ``xyxy`` and ``label``), ``class``, ``place`` and ``complete_for``, the kinds of which every
object is boxed. Of any other kind a missing box says nothing.

``own_boxes.jsonl`` beside this file adds boxes to the tiles of a set that came without: of buildings, bridges, car
parks, cars, piers and boats, put by eye, about 4 pixels exact. One line a tile: ``image``, ``boxes`` (four numbers
and the kind) and ``complete``.
"""

from __future__ import annotations

import json
import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cache, cached_property
from pathlib import Path
from typing import Any

import numpy as np
from PIL import Image

from engine.errors import InputError
from engine.types import Pixels, Xyxy
from trainer.lab.photos.kinds import ALL_KINDS, LABELS, LOOKED_AT
from trainer.lab.scenes.scene import Split

TEST_PLACES: dict[str, frozenset[str]] = {
    "urban_trees_naip": frozenset({"riverside", "bishop"}),
    "sen2ships": frozenset({"athens", "durban", "klang"}),
    "cars_kit_ais": frozenset({"Munich_684"}),
    "neon_trees_sample": frozenset({"OSBS"}),
}
"""Places that are only measured on, set by set; the other sets go by :func:`_is_test`."""

UCM_SETS = ("ucmerced", "ucm_boxes")
"""The same tiles, as scenes and with boxes."""
OWN_SET = "ucm_own"
"""What a tile of scenes is a picture of once boxes were put here."""
PSEUDO_SET = "ucm_pseudo"
"""What a tile of scenes is a picture of where the model itself put boxes (``trainer/lab/mini/pseudo.py``)."""
OWN_BOXES = Path(__file__).with_name("own_boxes.jsonl")

UCM_TEST = range(36, 48)
"""Tiles of a scene class follow each other through a few cities: twelve in a row of eighty are the test."""
DRONE_TEST_FROM = 304
"""Frames of the one lake follow its shore: the last stretch is the test."""
WATER_TEST = "11"
"""Of the four squares of the water set, each seen in ten years, one is the test in all years."""


@dataclass(frozen=True)
class PhotoObject:
    """One labelled object: its kind in the words of this project, and its box in pixels of the picture."""

    kind: str
    xyxy_px: Xyxy


@dataclass(frozen=True)
class Photo:
    """One labelled picture.

    Attributes:
        path: of the picture.
        source: name of its set.
        split: "train", or "test" where its place is never trained on.
        place: what its set calls the place, or the scene class and number.
        gsd_m: metres per pixel.
        objects: what is boxed.
        complete: kinds of which every object is boxed, so that none boxed means none there.
        scene: scene class, "" where the set has none.
        partial: kinds of which some are boxed and nobody knows how many are not; no list of them can be learned.
    """

    path: Path
    source: str
    split: Split
    place: str
    gsd_m: float
    objects: tuple[PhotoObject, ...]
    complete: frozenset[str]
    scene: str
    partial: frozenset[str] = frozenset()

    @cached_property
    def pixels(self) -> Pixels:
        """The picture, kept once it was read."""
        with Image.open(self.path) as image:
            return np.asarray(image.convert("RGB"))


def load_photos(folder: Path, split: Split, unlabelled: Collection[str] = ()) -> list[Photo]:
    """All pictures of one split of every set in a folder, set by set in the order of their names.

    Args:
        folder: of the sets.
        split: "train" or "test".
        unlabelled: kinds of which the labels are to say nothing, neither where one is nor that none is.

    Raises:
        InputError: the folder holds no set.
    """
    sets = sorted(path.parent for path in folder.glob("*/labels.jsonl"))
    if not sets:
        raise InputError(f"There is no set of labelled pictures (a folder with labels.jsonl) in {folder}.")
    boxed = {
        photo.path.stem for path in sets if path.name == "ucm_boxes" for photo in _photos(path) if photo.scene
    }
    return [
        _without(photo, unlabelled)
        for path in sets
        for photo in _photos(path)
        if photo.split == split and not (path.name == "ucmerced" and photo.path.stem in boxed)
    ]


def _without(photo: Photo, kinds: Collection[str]) -> Photo:
    if not kinds:
        return photo
    objects = tuple(o for o in photo.objects if o.kind not in kinds)
    return replace(photo, objects=objects, complete=photo.complete.difference(kinds))


@cache
def own_boxes() -> Mapping[str, tuple[tuple[PhotoObject, ...], frozenset[str]]]:
    """Boxes that were put here and the kinds that they are complete for, by the stem of a tile's name.

    A box of a kind that is not complete in its tile is left out: a list of such a kind would be too short.
    """
    found = {}
    for line in OWN_BOXES.read_text(encoding="utf-8").splitlines():
        record = json.loads(line)
        complete = frozenset(record["complete"])
        objects = tuple(PhotoObject(kind, (x1, y1, x2, y2)) for x1, y1, x2, y2, kind in record["boxes"])
        found[Path(record["image"]).stem] = (tuple(o for o in objects if o.kind in complete), complete)
    return found


def _photos(folder: Path) -> Iterator[Photo]:
    for line in (folder / "labels.jsonl").read_text(encoding="utf-8").splitlines():
        record = json.loads(line)
        objects = tuple(
            PhotoObject(LABELS.get(box["label"], box["label"]), (x1, y1, x2, y2))
            for box in record["boxes"]
            for x1, y1, x2, y2 in [box["xyxy"]]
            if LABELS.get(box["label"], box["label"]) in ALL_KINDS
        )
        scene = record.get("class") or ""
        named = {LABELS.get(kind, kind) for kind in record.get("complete_for", ())}
        source = folder.name
        own = own_boxes().get(Path(record["image"]).stem) if source in UCM_SETS else None
        if own:
            objects, named = objects + own[0], named | own[1]
            source = OWN_SET if source == "ucmerced" else source
        there = {o.kind for o in objects}
        yield Photo(
            path=folder / record["image"],
            source=source,
            split="test" if _is_test(folder.name, record) else "train",
            place=record.get("place") or Path(record["image"]).stem,
            gsd_m=float(record["gsd_m"]),
            objects=objects,
            complete=frozenset(named) | (LOOKED_AT.get(scene, frozenset()) - there),
            scene=scene,
        )


def _is_test(source: str, record: dict[str, Any]) -> bool:
    """Whether a picture's place is one that is never trained on."""
    stem = Path(record["image"]).stem
    if source in UCM_SETS:
        return int(re.sub(r"\D", "", stem)) in UCM_TEST
    if source == "aerial_maritime":
        return int(record["place"].removeprefix("DJI_")) >= DRONE_TEST_FROM
    if source == "naip_water_nd":
        return stem.endswith(f"_{WATER_TEST}")
    return record.get("place") in TEST_PLACES.get(source, ())
