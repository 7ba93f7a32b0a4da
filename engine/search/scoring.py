"""What the verifier says of pictures, question by question: one that it does not understand ends by itself."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from engine.errors import ModelError, NotUnderstoodError
from engine.types import Query


def scored(
    look: Callable[[], list[float]], queries: Sequence[Query], not_understood: dict[str, str], model: str
) -> list[float | None]:
    """The verifier's answers, None for those under a question that it does not understand.

    Args:
        look: asks it; one answer for each query.
        queries: what each picture is asked about.
        not_understood: questions of which that is known, each with a sentence; what the call tells is added.
        model: for errors.

    Raises:
        ModelError: an answer is no probability, or the verifier failed.
    """
    try:
        answers = look()
    except NotUnderstoodError as error:
        not_understood.update(error.questions)
        answers = error.scores
    checked = checked_scores(answers, model)
    return [
        None if query.text in not_understood else score for query, score in zip(queries, checked, strict=True)
    ]


def checked_scores(scores: Sequence[float], model: str) -> list[float]:
    """The verifier's answers, when each is a probability.

    Raises:
        ModelError: one is no number from 0 to 1: what was computed is worth nothing.
    """
    found = [float(score) for score in scores]
    wrong = next((score for score in found if not 0.0 <= score <= 1.0), None)
    if wrong is not None:
        raise ModelError(
            f"The model {model} gave the score {wrong}, which is no probability: its weights, or those of the "
            "adapter on it, are damaged. Use the model without an adapter (`none`), or get it again."
        )
    return found


def require_understood(not_understood: Mapping[str, str], asked: Sequence[str]) -> None:
    """Refuse a run of whose questions the verifier understands none.

    Args:
        not_understood: questions that it does not understand, each with a sentence.
        asked: what it is asked.

    Raises:
        NotUnderstoodError: they are all of that kind.
    """
    silent = {text: not_understood[text] for text in asked if text in not_understood}
    if silent and len(silent) == len(set(asked)):
        raise NotUnderstoodError.of(silent)
