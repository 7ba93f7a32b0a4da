"""Real sets on disk: pictures with partial labels, divided into training and test *by place*.

A set is a folder with ``labels.jsonl``, one line a picture: ``image``, ``width``, ``height``, ``gsd_m``,
``boxes`` (each ``xyxy`` and ``label``), ``class``, ``place`` and ``complete_for``, the kinds of which every
object is boxed. Of any other kind a missing box says nothing.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
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
    """

    path: Path
    source: str
    split: Split
    place: str
    gsd_m: float
    objects: tuple[PhotoObject, ...]
    complete: frozenset[str]
    scene: str

    @cached_property
    def pixels(self) -> Pixels:
        """The picture, kept once it was read."""
        with Image.open(self.path) as image:
            return np.asarray(image.convert("RGB"))


def load_photos(folder: Path, split: Split) -> list[Photo]:
    """All pictures of one split of every set in a folder, set by set in the order of their names.

    Raises:
        InputError: the folder holds no set.
    """
    sets = sorted(path.parent for path in folder.glob("*/labels.jsonl"))
    if not sets:
        raise InputError(f"There is no set of labelled pictures (a folder with labels.jsonl) in {folder}.")
    boxed = {
        photo.path.name for path in sets if path.name == "ucm_boxes" for photo in _photos(path) if photo.scene
    }
    return [
        photo
        for path in sets
        for photo in _photos(path)
        if photo.split == split and not (path.name == "ucmerced" and photo.path.name in boxed)
    ]


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
        there = {o.kind for o in objects}
        yield Photo(
            path=folder / record["image"],
            source=folder.name,
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
    if source in ("ucmerced", "ucm_boxes"):
        return int(re.sub(r"\D", "", stem)) in UCM_TEST
    if source == "aerial_maritime":
        return int(record["place"].removeprefix("DJI_")) >= DRONE_TEST_FROM
    if source == "naip_water_nd":
        return stem.endswith(f"_{WATER_TEST}")
    return record.get("place") in TEST_PLACES.get(source, ())
