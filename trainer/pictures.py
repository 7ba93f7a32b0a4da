"""Pictures for reports: the same places before and after a round, and boxes on which verifiers disagree."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from PIL import Image, ImageDraw

from engine.types import Pixels, Xyxy
from trainer.measure import Measurement
from trainer.queries import Pair
from trainer.rewarder import ScoredAnswer
from trainer.trust import Disputed

SHOWN = 6
SIDE_PX = 320
BOX_COLOUR = (255, 221, 51)
SHADOW = (20, 20, 20)


@dataclass(frozen=True)
class ShownPair:
    """One held-out pair that is shown after every round; ``index`` counts in the held-out pairs."""

    number: int
    index: int


def choose_shown(pairs: Sequence[Pair], places: Sequence[int]) -> list[ShownPair]:
    """Up to six pairs that have a target, from as many places and queries as there are."""
    present = [index for index, pair in enumerate(pairs) if not pair.absent]
    used_places: set[int] = set()
    used_queries: set[str] = set()
    chosen: list[int] = []
    for index in present:
        if places[index] not in used_places and pairs[index].query not in used_queries:
            used_places.add(places[index])
            used_queries.add(pairs[index].query)
            chosen.append(index)
    chosen += [index for index in present if index not in chosen]
    return [ShownPair(number, index) for number, index in enumerate(chosen[:SHOWN])]


def draw_shown(
    folder: Path,
    round_number: int,
    shown: ShownPair,
    pairs: Sequence[Pair],
    pixels_of: Callable[[int], Pixels],
    before: Measurement,
    after: Measurement,
) -> dict[str, Any]:
    """Draw one place before and after, and return what an event says about it."""
    folder.mkdir(parents=True, exist_ok=True)
    pair = pairs[shown.index]
    event: dict[str, Any] = {"query": pair.query, "place": shown.number}
    for side, measured in (("before", before), ("after", after)):
        path = folder / f"round-{round_number}-place-{shown.number}-{side}.jpg"
        scored = measured.scored[shown.index]
        drawn(pixels_of(pair.chip), scored).save(path, quality=88)
        event[side] = str(path)
        event[f"score_{side}"] = max(scored.scores, default=None)
    return event


def draw_disputed(
    folder: Path, disputed: Sequence[Disputed], pixels_of: Callable[[int], Pixels]
) -> list[dict[str, Any]]:
    """Draw each box on which two verifiers disagree, and return what the report says about it."""
    folder.mkdir(parents=True, exist_ok=True)
    told = []
    for number, item in enumerate(disputed):
        path = folder / f"disputed-{number}.jpg"
        label = f"{item.score:.2f} / {item.second:.2f}"
        _boxed(pixels_of(item.chip), [item.box_px], [label]).save(path, quality=88)
        told.append({"query": item.query, "score": item.score, "second": item.second, "picture": str(path)})
    return told


def drawn(pixels: Pixels, scored: ScoredAnswer) -> Image.Image:
    """A chip with the answer's boxes and their scores."""
    boxes = scored.answer.boxes_px
    image = _boxed(pixels, boxes or (), [f"{score:.2f}" for score in scored.scores])
    if not boxes:
        words, draw = "could not be read" if boxes is None else "none", ImageDraw.Draw(image)
        draw.rectangle(draw.textbbox((6, 6), words), fill=SHADOW)
        draw.text((6, 6), words, fill=BOX_COLOUR)
    return image


def _boxed(pixels: Pixels, boxes: Sequence[Xyxy], labels: Sequence[str]) -> Image.Image:
    """A chip, enlarged or made smaller to a size for reports, with boxes and a label at each."""
    scale = SIDE_PX / max(pixels.shape[:2])
    image = Image.fromarray(pixels)
    image = image.resize((round(image.width * scale), round(image.height * scale)), Image.Resampling.LANCZOS)
    draw = ImageDraw.Draw(image)
    for box, label in zip(boxes, labels, strict=True):
        corners = [value * scale for value in box]
        draw.rectangle(corners, outline=SHADOW, width=4)
        draw.rectangle(corners, outline=BOX_COLOUR, width=2)
        x, y = corners[0] + 3, max(0.0, corners[1] - 14)
        draw.rectangle(draw.textbbox((x, y), label), fill=SHADOW)
        draw.text((x, y), label, fill=BOX_COLOUR)
    return image
