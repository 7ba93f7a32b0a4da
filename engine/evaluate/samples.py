"""The nouns of an evaluation: a question with its true boxes, what was answered, and the conventions of measuring."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any, Literal

from engine.errors import InputError
from engine.types import Xyxy

Empty = Literal["one", "zero", "skip"]
Boxes = Literal["whole", "each"]
Taken = Literal["best", "all"]


@dataclass(frozen=True)
class Conventions:
    """What the field leaves open, chosen: two figures can be compared only where all of these are equal.

    Attributes:
        empty: what a question without a target counts where nothing is shown: IoU ``one`` or ``zero``, or
            ``skip``: such questions are in no mean of IoU. Where something is shown it is 0.
        boxes: ``whole``: one rectangle round all true boxes against one round all shown ones; ``each``: boxes are
            matched best first, and the sum of their IoU is divided by the larger number.
        taken: ``best``: of the shown boxes the one with the highest score; ``all`` of them.
        strict: a hit has an IoU above the threshold (of Acc and F1), not equal to it. Average precision is
            pycocotools', which takes equal ones too.
        shown_from: boxes below this score do not count, but for average precision and calibration.
        max_boxes: of each picture and kind only so many boxes, the best, count in average precision.
        area_weight, area_allowed: lambda and tau: with ``taken`` ``best``, the box with the highest score less
            ``area_weight`` times the share of the picture that it covers beyond ``area_allowed``.
    """

    empty: Empty = "one"
    boxes: Boxes = "each"
    taken: Taken = "all"
    strict: bool = True
    shown_from: float = 0.0
    max_boxes: int = 100
    area_weight: float = 0.0
    area_allowed: float = 0.0

    def changed(self, **chosen: Any) -> Conventions:
        """These, with what is not None chosen otherwise.

        Raises:
            InputError: there is no such convention, or not that choice of it.
        """
        kept = {name: value for name, value in chosen.items() if value is not None}
        for name, value in kept.items():
            if name not in _CHOICES:
                raise InputError(f"There is no convention {name!r}. There are {', '.join(_CHOICES)}.")
            allowed = _CHOICES[name]
            if isinstance(allowed, tuple):
                fits, told = any(value is a or (isinstance(a, str) and value == a) for a in allowed), allowed
            else:
                fits = not isinstance(value, bool) and isinstance(value, int | float) and value in allowed
                told = (str(allowed),)
            if not fits:
                raise InputError(f"The convention {name} is {value!r}: choose {' or '.join(map(str, told))}.")
        return replace(self, **kept)

    def sentences(self) -> list[str]:
        """What was chosen, in words."""
        empty = {
            "one": "A question without a target counts IoU 1 where nothing is shown, else 0.",
            "zero": "A question without a target counts IoU 0, whatever is shown.",
            "skip": "Questions without a target are in no mean of IoU.",
        }
        boxes = {
            "whole": "One rectangle round all true boxes is compared with one round all shown boxes.",
            "each": "Boxes are matched best first; the sum of their IoU is divided by the larger number of boxes.",
        }
        taken = {
            "best": "Of several shown boxes the one with the highest score counts.",
            "all": "All shown boxes count.",
        }
        return [
            empty[self.empty],
            boxes[self.boxes],
            taken[self.taken],
            f"A hit has an IoU {'above' if self.strict else 'of at least'} the threshold; in average precision, by "
            "pycocotools, of at least the threshold.",
            f"Boxes are shown from a score of {self.shown_from:g} on; average precision and calibration count all.",
            f"Average precision counts at most {self.max_boxes} boxes of a picture and kind, the best ones.",
            *self._price(),
        ]

    def _price(self) -> list[str]:
        if not self.area_weight:
            return []
        return [
            f"A box's score is lessened by {self.area_weight:g} times the share of the picture beyond "
            f"{self.area_allowed:g} that it covers, when the best is chosen."
        ]


@dataclass(frozen=True)
class _Numbers:
    """Numbers from ``low`` to ``high``; whole ones only where ``whole`` says so."""

    low: float
    high: float
    whole: bool = False

    def __contains__(self, value: float) -> bool:
        return self.low <= value <= self.high and (not self.whole or float(value).is_integer())

    def __str__(self) -> str:
        return f"a{' whole' if self.whole else ''} number from {self.low:g} to {self.high:g}"


_CHOICES: Mapping[str, tuple[str | bool, ...] | _Numbers] = {
    "empty": ("one", "zero", "skip"),
    "boxes": ("whole", "each"),
    "taken": ("best", "all"),
    "strict": (True, False),
    "shown_from": _Numbers(0, 1),
    "max_boxes": _Numbers(1, 10_000, whole=True),
    "area_weight": _Numbers(0, 1000),
    "area_allowed": _Numbers(0, 1),
}


@dataclass(frozen=True)
class Sample:
    """One question about one picture, and the truth.

    Attributes:
        key: unique in its set, and the same in every run.
        picture: path of a raster that GDAL opens.
        question: as it is asked.
        truth_src: true boxes in pixels of the picture; empty where there is no target.
        kind: what is asked for, as average precision counts it; "" where every question is its own.
        scene: what is drawn together in the bootstrap: the picture, or its place where that is known.
        groups: by what tables are made: name of the grouping -> this sample's group.
        gsd_m: metres per pixel where the picture's own CRS can't tell.
        ignored_src: boxes that count neither as found nor as missed (crowds, difficult ones).
        also: other names by which predictions on disk may call it.
        block_src: side of the squares into which a large raster is divided for measuring; 0 for none.
    """

    key: str
    picture: str
    question: str
    truth_src: tuple[Xyxy, ...]
    kind: str = ""
    scene: str = ""
    groups: Mapping[str, str] = field(default_factory=dict)
    gsd_m: float | None = None
    ignored_src: tuple[Xyxy, ...] = ()
    also: tuple[str, ...] = ()
    block_src: int = 0


@dataclass(frozen=True)
class Answer:
    """What a model answered to one sample.

    Attributes:
        key: of the sample.
        boxes_src: found boxes in pixels of the picture, best score first.
        scores: of each.
        labels: of each, as the model wrote them.
        reasoning: of the best box, "" where there is none.
        unread: why the answer could not be read; "" where it could.
        unheard: the model's vocabulary has no word of the question, or its verifier does not understand it.
        gsd_m: metres per pixel of the picture, None where nobody knows.
        size_src: width and height of the picture.
        right: scores that the verifier gave crops of true boxes.
        wrong: scores that it gave crops of what is no target.
    """

    key: str
    boxes_src: tuple[Xyxy, ...] = ()
    scores: tuple[float, ...] = ()
    labels: tuple[str, ...] = ()
    reasoning: str = ""
    unread: str = ""
    unheard: bool = False
    gsd_m: float | None = None
    size_src: tuple[int, int] = (0, 0)
    right: tuple[float, ...] = ()
    wrong: tuple[float, ...] = ()


@dataclass(frozen=True)
class Dataset:
    """A labelled set, read.

    Attributes:
        name: of its folder.
        layout: how it lies on disk.
        split: which part of it was read.
        samples: in a fixed order.
        conventions: those that its field uses.
        zoom: how its pictures are looked at by default: ``overview`` where a question is about the whole picture.
        notes: what a reader of the figures should know, in sentences.
    """

    name: str
    layout: str
    split: str
    samples: tuple[Sample, ...]
    conventions: Conventions = Conventions()
    zoom: Literal["auto", "overview", "detail"] = "auto"
    notes: tuple[str, ...] = ()
