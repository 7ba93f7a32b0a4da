"""Whether a model's yes and no are what it would say: a question of which that is not true has no scores."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from statistics import fmean

from engine.errors import NotUnderstoodError
from engine.types import ModelSpec, Query


def check_understood(
    spec: ModelSpec,
    queries: Sequence[Query],
    readings: Sequence[tuple[float, float]],
    advice: Callable[[str], str],
) -> None:
    """Refuse scores of questions to which a model would say something else than yes or no.

    Each question is judged by the mean over its own pictures, so that no other one hides it or falls with it.

    Args:
        spec: says below which mass a score means nothing.
        queries: what was asked about each picture.
        readings: score and mass of each, the mass being the probability that yes and no have together, 0..1.
        advice: from a question's text to a sentence on what to do instead.

    Raises:
        NotUnderstoodError: the mass of some question is too small.
    """
    masses: dict[str, list[float]] = {}
    for query, (_, mass) in zip(queries, readings, strict=True):
        masses.setdefault(query.text, []).append(mass)
    low = {
        text: f"The model {spec.name} does not answer with yes or no: they have {fmean(found):.1%} of what it would "
        f"say, and below {spec.least_mass:.0%} its scores mean nothing. {advice(text)}"
        for text, found in masses.items()
        if fmean(found) < spec.least_mass
    }
    if low:
        on_the_whole = fmean(mass for _, mass in readings) < spec.least_mass
        raise NotUnderstoodError.of(low, [score for score, _ in readings], on_the_whole=on_the_whole)


def scores_on_the_whole(look: Callable[[], list[float]]) -> list[float]:
    """The scores of a call in which a few questions may not be understood, as long as most of it is.

    Raises:
        NotUnderstoodError: the questions together have too little of yes and no.
    """
    try:
        return look()
    except NotUnderstoodError as error:
        if error.on_the_whole:
            raise
        return error.scores
