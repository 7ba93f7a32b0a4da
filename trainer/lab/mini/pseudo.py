"""Boxes that the model itself puts onto pictures which came with a scene class alone, for the recipe's last stage.

Each tile is searched twice, as it is and turned by a quarter. Kept is what both searches found in the same place and
the verifier is sure of both times; where two kinds claim one place, the surer one. These boxes are some of what is
there: a label of them is never complete, so that nothing is absent because none was kept (:class:`Photo.partial`).
"""

from __future__ import annotations

import json
import math
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
from PIL import Image

from engine.evaluate.asking import Looking, answer_all
from engine.evaluate.overlap import box_iou, matches
from engine.evaluate.samples import Answer
from engine.search.pipeline import SearchOptions
from engine.types import Served, Stop, Xyxy
from trainer.lab.mini.measure_photos import sample_of
from trainer.lab.photos.sets import PSEUDO_SET, Photo, PhotoObject

KINDS_OF: Mapping[str, tuple[str, ...]] = {
    "harbor": ("boat",),
    "parkinglot": ("car",),
    "overpass": ("bridge", "car"),
    "mobilehomepark": ("building", "car"),
    "denseresidential": ("building", "car"),
    "buildings": ("building", "car"),
}
"""What is looked for on tiles of a scene class, where their own labels say nothing of it."""
SMALL = frozenset({"boat", "car"})
SMALL_GSD_M = 0.15
"""Metres per pixel at which small kinds are looked for: on tiles of 30 cm a car is 8 by 15 pixels, and hardly any is
listed; twice as large, as in the pictures from which cars were learned, more are (LOG.md)."""
LONGEST_M: Mapping[str, float] = {"car": 8.0, "boat": 30.0}
"""What is longer is none: a whole car park is called a car in both views alike (LOG.md)."""
LEAST_SCORE = 0.5
"""What a search must say of a box in both views."""
LEAST_IOU = 0.5
"""How well the boxes of both views must agree."""
ONE_PLACE = 0.3
"""Boxes that overlap by more than this lie on one thing."""
TILES_AT_ONCE = 16


@dataclass(frozen=True)
class Found:
    """One box that was found in a picture: its kind, where, and the lower of its scores."""

    kind: str
    xyxy_px: Xyxy
    score: float


def wanted(photo: Photo, unlabelled: Collection[str] = ()) -> list[str]:
    """Kinds that are to be looked for in a picture: those of its class that its labels say nothing of.

    Args:
        photo: the picture.
        unlabelled: kinds that are to stay without boxes.
    """
    known = photo.complete | {o.kind for o in photo.objects} | set(unlabelled)
    return [kind for kind in KINDS_OF.get(photo.scene, ()) if kind not in known]


def make_pseudo(
    model: Served, photos: Sequence[Photo], file: Path, stop: Stop, unlabelled: Collection[str] = ()
) -> bool:
    """Look for things in the pictures that want it, and write what is kept, one line a picture.

    Lines are kept as they come, so that the next call goes on where one was stopped.

    Args:
        model: whose search it is.
        photos: for training; what is measured on must not be among them.
        file: where the lines go, under this name once they are all there.
        stop: asked between some pictures and the next.
        unlabelled: kinds that are to stay without boxes.

    Returns:
        Whether all pictures were looked at.
    """
    part, new = file.with_suffix(".part"), file.with_suffix(".new")
    text = part.read_text(encoding="utf-8") if part.exists() else ""
    rest = [photo for photo in photos if wanted(photo, unlabelled)][text.count("\n") :]
    for start in range(0, len(rest), TILES_AT_ONCE):
        if stop():
            return False
        some = rest[start : start + TILES_AT_ONCE]
        kept = _kept(model, some, unlabelled)
        text += "".join(_line(photo, found) for photo, found in zip(some, kept, strict=True))
        new.write_text(text, encoding="utf-8")
        new.replace(part)
    part.touch()
    part.replace(file)
    return True


def seconded(file: Path, photos: Sequence[Photo]) -> list[Photo]:
    """The pictures in which boxes were kept, with these beside their own, as a set by itself.

    Args:
        file: of :func:`make_pseudo`.
        photos: for training, the same pictures.
    """
    boxes: dict[str, tuple[PhotoObject, ...]] = {}
    for line in file.read_text(encoding="utf-8").splitlines():
        record = json.loads(line)
        boxes[record["image"]] = tuple(
            PhotoObject(box["label"], (x1, y1, x2, y2))
            for box in record["boxes"]
            for x1, y1, x2, y2 in [box["xyxy"]]
        )
    return [
        replace(
            photo,
            source=PSEUDO_SET,
            objects=photo.objects + found,
            complete=photo.complete - {o.kind for o in found},
            partial=frozenset(o.kind for o in found),
        )
        for photo in photos
        if (found := boxes.get(photo.path.name, ()))
    ]


def agreed(plain: Sequence[Found], turned: Sequence[Found]) -> list[Found]:
    """What both views show, with the mean of their boxes; where several claim one place, the surest."""
    both: list[Found] = []
    for kind in sorted({one.kind for one in plain}):
        first = [one for one in plain if one.kind == kind and one.score >= LEAST_SCORE]
        second = [one for one in turned if one.kind == kind and one.score >= LEAST_SCORE]
        for a, b, iou in matches([one.xyxy_px for one in first], [one.xyxy_px for one in second]):
            if iou >= LEAST_IOU:
                x1, y1, x2, y2 = np.mean([first[a].xyxy_px, second[b].xyxy_px], axis=0).tolist()
                both.append(Found(kind, (x1, y1, x2, y2), min(first[a].score, second[b].score)))
    kept: list[Found] = []
    for one in sorted(both, key=lambda one: -one.score):
        if all(box_iou(one.xyxy_px, other.xyxy_px) <= ONE_PLACE for other in kept):
            kept.append(one)
    return kept


def turned_back(box: Xyxy, width_px: int) -> Xyxy:
    """A box of a picture that was rotated counter-clockwise by a quarter, in the picture as it was."""
    x1, y1, x2, y2 = box
    return width_px - y2, x1, width_px - y1, x2


def _kept(model: Served, photos: Sequence[Photo], unlabelled: Collection[str]) -> Iterator[list[Found]]:
    """What is kept of each picture."""
    with TemporaryDirectory() as folder:
        views = [(photo, _turned(photo, number, Path(folder))) for number, photo in enumerate(photos)]
        asked = [
            (number, view, kind)
            for number, (plain, turned) in enumerate(views)
            for view in (plain, turned)
            for kind in wanted(plain, unlabelled)
        ]
        samples = [
            replace(sample_of(view, kind), key=f"{number} {view is views[number][0]} {kind}", truth_src=())
            for number, view, kind in asked
        ]
        answers: dict[str, Answer] = {}
        for options, small in ((SearchOptions(), False), (SearchOptions(gsd_m=SMALL_GSD_M), True)):
            some = [sample for sample in samples if (sample.kind in SMALL) == small]
            for batch in answer_all(model, some, options, Looking(probe=False), lambda: False):
                answers |= {answer.key: answer for answer in batch}
    found: list[tuple[list[Found], list[Found]]] = [([], []) for _ in photos]
    for sample, (number, view, kind) in zip(samples, asked, strict=True):
        answer, plain = answers[sample.key], view is views[number][0]
        width = photos[number].pixels.shape[1]
        for box, score in zip(answer.boxes_src, answer.scores, strict=True):
            there = box if plain else turned_back(box, width)
            length_m = max(there[2] - there[0], there[3] - there[1]) * photos[number].gsd_m
            if length_m <= LONGEST_M.get(kind, math.inf):
                found[number][not plain].append(Found(kind, there, score))
    for plain_found, turned_found in found:
        yield agreed(plain_found, turned_found)


def _turned(photo: Photo, number: int, folder: Path) -> Photo:
    """The picture rotated counter-clockwise by a quarter, in a file of its own, without its labels."""
    path = folder / f"{number}.png"
    Image.fromarray(photo.pixels).transpose(Image.Transpose.ROTATE_90).save(path)
    return replace(photo, path=path, objects=(), complete=frozenset())


def _line(photo: Photo, found: Sequence[Found]) -> str:
    height, width = photo.pixels.shape[:2]
    record = {
        "image": photo.path.name,
        "width": width,
        "height": height,
        "gsd_m": photo.gsd_m,
        "class": photo.scene,
        "box_kind": "pseudo",
        "boxes": [
            {
                "xyxy": [round(value, 1) for value in one.xyxy_px],
                "label": one.kind,
                "score": round(one.score, 3),
            }
            for one in found
        ],
        "complete_for": [],
    }
    return json.dumps(record) + "\n"
