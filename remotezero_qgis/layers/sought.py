"""What a run looks for: its questions, each with a colour on the map and the lowest score that is shown."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, replace

from qgis.core import QgsMapLayer, QgsProject
from qgis.PyQt.QtGui import QColor

from ..i18n import tr
from ..look import blend

# One hue a question, told apart in the common kinds of colour blindness, too; its strength is the score.
HUES = ("#0f8b8d", "#d1495b", "#edae49", "#6a4c93", "#3a86ff", "#7a9e1c")
STRENGTHS = (0.4, 0.55, 0.7, 0.85, 1.0)
SOUGHT = "remotezero/sought"
"""A result layer's custom property."""
NAMED = 3


@dataclass(frozen=True)
class Sought:
    """One of the things that a run looks for.

    Attributes:
        question: as it was asked, which is also the class of what it finds.
        colour: ``#rrggbb``, "" until one is chosen for it.
        minimum: boxes below this score are hidden, 0..1; None for the score that the model proposes.
    """

    question: str
    colour: str = ""
    minimum: float | None = None


def sought_of(layer: QgsMapLayer) -> tuple[Sought, ...]:
    """Return what a result layer's run looked for, () where nothing is known of it."""
    try:
        return tuple(Sought(**item) for item in json.loads(str(layer.customProperty(SOUGHT))))
    except (ValueError, TypeError):
        return ()


def keep_sought(layer: QgsMapLayer, sought: Iterable[Sought]) -> None:
    """Write what a run looked for into its result layer."""
    layer.setCustomProperty(SOUGHT, json.dumps([asdict(one) for one in sought]))


def coloured(sought: Iterable[Sought]) -> tuple[Sought, ...]:
    """Give a colour to each that has none: the one that the question has in this project, else a free one."""
    sought = tuple(sought)
    taken = [one.colour for one in sought if one.colour]
    found = []
    for one in sought:
        colour = one.colour or hue_of(one.question, taken)
        taken.append(colour)
        found.append(replace(one, colour=colour))
    return tuple(found)


def hue_of(question: str, taken: Sequence[str] = ()) -> str:
    """Return the colour of a question: the one it has in this project already, else one that none has.

    Args:
        question: as it was asked.
        taken: colours that are not free either.
    """
    layers = QgsProject.instance().mapLayers().values()
    known = [(one.colour, one.question) for layer in layers for one in sought_of(layer)]
    own = [colour for colour, other in known if other == question and colour not in taken]
    used = {colour for colour, _ in known} | set(taken)
    free = [hue for hue in HUES if hue not in used]
    return (own or free or [HUES[len(used) % len(HUES)]])[0]


def colour_of(hue: str, score: float) -> QColor:
    """Return a question's colour for a score: the stronger the higher."""
    step = min(len(STRENGTHS) - 1, max(0, int(score * len(STRENGTHS))))
    return blend(QColor("white"), QColor(hue), STRENGTHS[step])


def name_of(questions: Sequence[str]) -> str:
    """Return a name for a run: its questions, or the first of many and how many more there are."""
    if len(questions) <= NAMED:
        return ", ".join(questions)
    return tr("{question} and %n more", n=len(questions) - 1).format(question=questions[0])


def minimums_of(sought: Sequence[Sought], least: float) -> dict[str, float]:
    """Return the lowest score shown by question, ``least`` for those that have none; {} for a single question."""
    if len(sought) < 2:
        return {}
    return {one.question: least if one.minimum is None else one.minimum for one in sought}


def subset_of(minimum: float, minimums: Mapping[str, float]) -> str:
    """Return the filter of a layer that shows boxes of enough score, "" where all have.

    Args:
        minimum: the lowest score shown.
        minimums: the lowest scores of questions that have one of their own.
    """
    if not any((minimum, *minimums.values())):
        return ""
    if not minimums:
        return f'"score" >= {minimum:.4f}'
    texts = {question: "'{}'".format(question.replace("'", "''")) for question in minimums}
    parts = [f'("query" = {texts[name]} AND "score" >= {least:.4f})' for name, least in minimums.items()]
    parts.append('("query" NOT IN ({}) AND "score" >= {:.4f})'.format(", ".join(texts.values()), minimum))
    return " OR ".join(parts)
