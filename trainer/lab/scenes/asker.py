"""What a question is, and one scene seen by someone who asks: counts, places, wordings."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from engine.types import Xyxy
from trainer.lab.scenes.scene import DrawnScene
from trainer.lab.scenes.words import PLACES, SINGULAR, with_article


@dataclass(frozen=True)
class QuerySample:
    """One question with its answer.

    Attributes:
        text: the question, lower case.
        boxes_px: every box that answers it, in the order of ``targets``; () when nothing does.
        type: kind, colour, size, position, relation, purpose, plural or absent.
        label: what each box is called.
        reasoning: at most ``REASONING_WORDS`` words on what is sought and roughly where it is.
        targets: indices into the scene's objects.
        kind, colour: what is asked for, also when it is absent.
    """

    text: str
    boxes_px: tuple[Xyxy, ...]
    type: str
    label: str
    reasoning: str
    targets: tuple[int, ...]
    kind: str
    colour: str | None


def coarse_place(xyxy_px: Xyxy, size_px: int) -> str:
    """Which of the nine thirds of the picture a box's centre lies in."""
    column = min(2, int((xyxy_px[0] + xyxy_px[2]) / 2 * 3 / size_px))
    row = min(2, int((xyxy_px[1] + xyxy_px[3]) / 2 * 3 / size_px))
    return PLACES[3 * row + column]


class Asker:
    """A scene with its counts, and the small choices of wording."""

    def __init__(self, scene: DrawnScene, rng: np.random.Generator) -> None:
        self.rng, self.objects, self.size_px = rng, scene.objects, scene.pixels.shape[0]
        self.kinds = Counter(o.kind for o in scene.objects)
        self.pairs = Counter((o.kind, o.colour) for o in scene.objects)
        self.hidden = set(scene.clutter_kinds)

    def pick(self, options: Sequence[int]) -> int | None:
        """One of the options, None when there are none."""
        return options[int(self.rng.integers(len(options)))] if options else None

    def where(self, index: int) -> str:
        """The third of the picture that an object lies in, in words."""
        return coarse_place(self.objects[index].xyxy_px, self.size_px)

    def centre(self, index: int) -> tuple[float, float]:
        """Centre of an object's box in pixels."""
        x0, y0, x1, y1 = self.objects[index].xyxy_px
        return (x0 + x1) / 2, (y0 + y1) / 2

    def of_kind(self, kind: str) -> list[int]:
        """Indices of all objects of a kind."""
        return [i for i, o in enumerate(self.objects) if o.kind == kind]

    def several(self) -> int | None:
        """One object of a kind of which there are several."""
        return self.pick([i for i, o in enumerate(self.objects) if self.kinds[o.kind] > 1])

    def one(self, noun: str) -> str:
        """A question for the only one there is."""
        form = SINGULAR[int(self.rng.integers(len(SINGULAR)))]
        return form.replace("{a} {}", with_article(noun)).replace("{}", noun)

    def definite(self, noun: str) -> str:
        """A question for "the" one that an attribute singles out."""
        return f"{('', 'find ', 'locate ')[int(self.rng.choice(3, p=(0.7, 0.2, 0.1)))]}the {noun}"

    def answer(
        self, text: str, kind_of_query: str, indices: Sequence[int], reasoning: str, colour: str | None
    ) -> QuerySample:
        """Put a question together with the boxes of its answer."""
        kind = self.objects[indices[0]].kind
        boxes = tuple(self.objects[i].xyxy_px for i in indices)
        return QuerySample(text, boxes, kind_of_query, kind, reasoning, tuple(indices), kind, colour)
