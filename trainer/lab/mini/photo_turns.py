"""What is asked about views of real pictures, and about crops of them; never more than the labels can answer."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from engine.evaluate.overlap import box_iou
from engine.imagery.crops import cut_crop
from engine.types import Pixels, Xyxy
from trainer.lab.mini.boxes import jittered, random_box, tightness
from trainer.lab.mini.dialogue import Turn, TurnWriter
from trainer.lab.mini.vocabulary import to_number
from trainer.lab.photos import ALL_KINDS, PLURALS, PhotoView
from trainer.lab.photos.kinds import GROUNDS, alike
from trainer.lab.photos.views import counts
from trainer.lab.scenes import SceneObject
from trainer.lab.scenes.words import NUMBERS, PLURAL, SINGULAR, with_article

MOST_LISTED = 30
"""What an answer has room for (``generation_config.json``). Of a longer one only so many boxes are learned, and no
end: served, it fills its room, and the engine asks again in quarters (``engine/search/pipeline.py``)."""
LONG = 12
"""A list of more than so many is asked for in one wording a view, not in two."""
NAMED = 3
"""Of a kind that is boxed in part so many are asked for by their places, instead of a list."""
UNSURE_IOU = 0.1
"""A crop that touches an object by more than this, and by less than :func:`tightness` accepts, is no clear no."""


class PhotoTurns:
    """Writes dialogues over views of real pictures."""

    def __init__(self, writer: TurnWriter) -> None:
        self._writer = writer

    def over_chip(self, view: PhotoView, rng: np.random.Generator, turns: int) -> list[Turn]:
        """Where all of a kind are, where the only one is, and that there is none; up to about ``turns``."""
        w, size = self._writer, view.pixels.shape[0]
        written: list[Turn] = []
        there = counts(view)
        for kind in rng.permutation(list(there))[:2]:
            count = there[str(kind)]
            if kind in view.partial:
                written.append(w.yes_no("presence", _asked(str(kind), 2, rng), 1.0))
                boxed = [o for o in view.objects if o.kind == kind]
                written += [self._at(boxed[int(i)], size) for i in rng.permutation(count)[:NAMED]]
                continue
            for query in {_asked(str(kind), count, rng) for _ in range(1 if count > LONG else 2)}:
                written.append(self._located(view, str(kind), query))
            written.append(w.yes_no("presence", _asked(str(kind), count, rng), 1.0))
        for kind in rng.permutation(view.absent())[: max(1, (turns - len(written)) // 2)]:
            query = _asked(str(kind), int(rng.integers(1, 3)), rng)
            written.append(w.locate(query, f"no {kind} here", (), str(kind), size))
            written.append(w.yes_no("presence", query, 0.0))
        if view.objects:
            written.append(self._at(view.objects[int(rng.integers(len(view.objects)))], size))
        return written

    def _at(self, o: SceneObject, size: int) -> Turn:
        """What is in the middle of an object."""
        x, y = (o.xyxy_px[0] + o.xyxy_px[2]) / 2, (o.xyxy_px[1] + o.xyxy_px[3]) / 2
        return self._writer.name(f"what is at {to_number(x, size)} , {to_number(y, size)} ?", o.kind)

    def _located(self, view: PhotoView, kind: str, query: str) -> Turn:
        boxes = sorted(
            (o.xyxy_px for o in view.objects if o.kind == kind), key=lambda b: (b[1] + b[3], b[0] + b[2])
        )
        many = NUMBERS[len(boxes)] if len(boxes) < len(NUMBERS) else "many"
        reasoning = f"there is one {kind}" if len(boxes) == 1 else f"there are {many} {PLURALS[kind]}"
        size, more = view.pixels.shape[0], len(boxes) > MOST_LISTED
        return self._writer.locate(query, reasoning, boxes[:MOST_LISTED], kind, size, goes_on=more)

    def over_crop(
        self, view: PhotoView, rng: np.random.Generator, turns: int, crop_px: int
    ) -> tuple[Pixels, list[Turn]]:
        """A crop round an object or of anything else, what it shows, and yes or no to several names."""
        size = view.pixels.shape[0]
        target = (
            view.objects[int(rng.integers(len(view.objects)))]
            if view.objects and rng.random() < 0.6
            else None
        )
        box = jittered(target.xyxy_px, size, rng) if target else random_box(size, rng)
        crop = cut_crop(view.pixels, box, crop_px=crop_px)
        return crop, self._about(view, box, rng, turns)

    def _about(self, view: PhotoView, box: Xyxy, rng: np.random.Generator, turns: int) -> list[Turn]:
        w = self._writer
        overlaps = {o: box_iou(box, o.xyxy_px) for o in view.objects}
        seen: SceneObject | None = max(overlaps, key=lambda o: overlaps[o], default=None)
        best = overlaps[seen] if seen else 0.0
        written: list[Turn] = []
        if seen and best > 0.4:
            written.append(w.name("what is this ?", seen.kind))
            written.append(w.yes_no("verify", _asked(seen.kind, 1, rng), tightness(best)))
            others = [kind for kind in ALL_KINDS if not alike(kind, seen.kind)]
        else:
            if best < UNSURE_IOU and view.scene in GROUNDS:
                written.append(w.name("what is this ?", GROUNDS[view.scene]))
            others = [kind for kind in view.complete if _clearly_off(kind, overlaps)]
        for kind in rng.permutation(sorted(others))[: max(1, turns - len(written))]:
            written.append(w.yes_no("verify", _asked(str(kind), int(rng.integers(1, 3)), rng), 0.0))
        # A crop that misses this one of a kind that is boxed in part may well show another.
        if not written and seen and seen.kind not in view.partial:
            written.append(w.yes_no("verify", _asked(seen.kind, 1, rng), tightness(best)))
        return written


def _clearly_off(kind: str, overlaps: dict[SceneObject, float]) -> bool:
    return all(iou < UNSURE_IOU for o, iou in overlaps.items() if o.kind == kind)


def _asked(kind: str, count: int, rng: np.random.Generator) -> str:
    """A question for the only one, or for all of a kind."""
    if count == 1 and rng.random() < 0.6:
        form = _one_of(SINGULAR, rng)
        return form.replace("{a} {}", with_article(kind)).replace("{}", kind)
    return _one_of(PLURAL, rng).replace("{1}", kind).replace("{}", PLURALS[kind])


def _one_of(forms: Sequence[str], rng: np.random.Generator) -> str:
    return forms[int(rng.integers(len(forms)))]
