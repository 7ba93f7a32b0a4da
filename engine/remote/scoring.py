"""Yes or no from a server by log-probabilities, typed decisions or several answers; what it gives is tried once."""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

import numpy as np

from engine.errors import ModelError, ServerError
from engine.language.families import FAMILIES
from engine.language.prompts import prompt_text
from engine.remote.client import Ask, Body, Client
from engine.remote.pictures import chat, png_base64
from engine.types import ModelSpec, Pixels, Query, Scoring, Stop

ANSWERS = 10
"""So many answers a question, where a server gives nothing but answers."""
TOP = (20, 5)
"""How many likely tokens are asked for; some servers allow five."""
UNSERVED = {200, 400, 404, 405, 415, 422, 500, 501}
"""Statuses of servers that don't know a request of this kind (200: an error sent as a success); what else they mean
shows in the last try."""
TRIAL = np.full((64, 64, 3), 128, dtype=np.uint8)
PLAIN_PICTURE = np.full((448, 448, 3), 128, dtype=np.uint8)
PLAIN_WORDS = "What is this?"
PICTURE_TOKENS = 8
"""A picture of that size takes ten times as many in every family."""

Reading = tuple[float, float]
"""P(yes) against no, and how much of all that would be said the two have together; both 0..1."""


@dataclass(frozen=True)
class Method:
    """One way to a score.

    Attributes:
        scoring: its name.
        requests: from the model's name, the words of a question and a picture to what is asked.
        read: from the answers to score and mass; None where they hold no score of this kind.
    """

    scoring: Scoring
    requests: Callable[[str, str, Pixels], list[Ask]]
    read: Callable[[ModelSpec, Sequence[Any]], Reading | None]

    @property
    def asks(self) -> int:
        """Requests a question."""
        return ANSWERS if self.scoring == "answers" else 1


def find_method(client: Client, model: str, spec: ModelSpec, stop: Stop) -> Method:
    """The best way to a score that a server has, tried with one small grey picture.

    Raises:
        JobCancelledError: ``stop()`` became true.
        ServerError: it can't be reached, or answers none of the ways.
    """
    words = prompt_text(spec, Query("anything"), "verify")
    for method in METHODS[:-1]:
        try:
            given = client.ask(method.requests(model, words, TRIAL), stop)
        except ServerError as error:
            if error.status not in UNSERVED:
                raise
            continue
        if method.read(spec, given) is not None:
            return method
    last = METHODS[-1]
    client.ask(last.requests(model, words, TRIAL)[:1], stop)
    return last


def check_pictures(client: Client, model: str, stop: Stop) -> None:
    """Raise ModelError where the server counts as many tokens with a picture as without one: it passes none on.

    Nothing is said of servers that count none, or that refuse a question without a picture.
    """
    path, body = chat(model, PLAIN_WORDS, PLAIN_PICTURE, max_tokens=1, temperature=0)
    with_picture = _prompt_tokens(client.ask([lambda: (path, body)], stop)[0])
    if with_picture is None:
        return
    alone = {**body, "messages": [{"role": "user", "content": PLAIN_WORDS}]}
    try:
        without = _prompt_tokens(client.ask([lambda: (path, alone)], stop)[0])
    except ServerError as error:
        if error.status not in UNSERVED:
            raise
        return
    if without is not None and with_picture - without < PICTURE_TOKENS:
        raise ModelError(
            f"The model at {client.address.host} is not shown the pictures that are sent: its prompts are as long "
            f"without them ({without} tokens, {with_picture} with one). Serve a model that takes pictures, together "
            "with its picture part (llama.cpp: --mmproj)."
        )


def _prompt_tokens(answer: Any) -> int | None:
    usage = answer.get("usage") if isinstance(answer, dict) else None
    tokens = usage.get("prompt_tokens") if isinstance(usage, dict) else None
    return tokens if isinstance(tokens, int) and not isinstance(tokens, bool) and tokens > 0 else None


def _logprobs(top: int, model: str, words: str, picture: Pixels) -> list[Ask]:
    def ask() -> tuple[str, Body]:
        more = {"max_tokens": 1, "temperature": 0, "logprobs": True, "top_logprobs": top}
        return chat(model, words, picture, **more)

    return [ask]


def _decision(model: str, words: str, picture: Pixels) -> list[Ask]:
    def ask() -> tuple[str, Body]:
        place, number = "picture-0", 0
        while place in words:
            number += 1
            place = f"picture-{number}"
        return "/systemone", {
            "model": model,
            "state": place,
            "questions": {"fits": {"type": "noul", "instructions": words}},
            "assets": {place: {"type": "image", "format": "png", "data_base64": png_base64(picture)}},
        }

    return [ask]


def _answers(model: str, words: str, picture: Pixels) -> list[Ask]:
    def ask(seed: int) -> tuple[str, Body]:
        return chat(model, words, picture, max_tokens=8, temperature=1.0, seed=seed)

    return [partial(ask, seed) for seed in range(ANSWERS)]


def _read_logprobs(spec: ModelSpec, answers: Sequence[Any]) -> Reading | None:
    """Each of the two words summed over its spellings among the likely first tokens."""
    try:
        rows = answers[0]["choices"][0]["logprobs"]["content"][0]["top_logprobs"]
        likely = [row for row in rows if row["logprob"] is not None]  # null: an impossible word, in JSON
        found = [(_word(row["token"]), _probability(row["logprob"])) for row in likely]
    except (KeyError, IndexError, TypeError, ValueError, OverflowError):
        return None
    if not found:
        return None
    yes, no = _spellings(spec)
    said_yes = sum(share for word, share in found if word in yes)
    said_no = sum(share for word, share in found if word in no)
    mass = said_yes + said_no
    return (said_yes / mass if mass > 0 else 0.0), min(1.0, mass)


def _read_decision(_: ModelSpec, answers: Sequence[Any]) -> Reading | None:
    try:
        share = answers[0]["answers"]["fits"]["noul"]
    except (KeyError, IndexError, TypeError):
        return None
    right = isinstance(share, int | float) and not isinstance(share, bool) and 0 <= share <= 1
    return (float(share), 1.0) if right else None


def _read_answers(spec: ModelSpec, answers: Sequence[Any]) -> Reading | None:
    """The share of yes, drawn a little to the middle: ten times yes is no certainty."""
    yes, no = _spellings(spec)
    said = [first_word(answer) for answer in answers]
    ayes, noes = sum(word in yes for word in said), sum(word in no for word in said)
    return (ayes + 0.5) / (ayes + noes + 1), (ayes + noes) / max(1, len(said))


def first_word(answer: Any) -> str:
    """The first word of a chat's answer in small letters, thoughts left out; "" where there is none."""
    try:
        text = text_of(answer["choices"][0]["message"]["content"])
    except (KeyError, IndexError, TypeError):
        return ""
    found = re.search(r"[^\W\d_]+", text.rpartition("</think>")[2])
    return found[0].lower() if found else ""


def text_of(content: Any) -> str:
    """The text of a message: itself, or its parts together; "" where there is none."""
    if isinstance(content, list):
        content = "".join(str(part.get("text") or "") for part in content if isinstance(part, dict))
    return content if isinstance(content, str) else ""


def _word(token: Any) -> str:
    """A token as a word: without the marks that some vocabularies write for a space."""
    return str(token).strip(" \t\n▁Ġ").lower()


def _probability(logarithm: Any) -> float:
    value = float(logarithm)
    if math.isnan(value) or value > 1e-3:
        raise ValueError("no logarithm of a probability")
    return min(1.0, math.exp(value))


def _spellings(spec: ModelSpec) -> tuple[set[str], set[str]]:
    family = FAMILIES[spec.family]
    return {_word(word) for word in family.yes}, {_word(word) for word in family.no}


METHODS = (
    *(Method("log-probabilities", partial(_logprobs, top), _read_logprobs) for top in TOP),
    Method("decisions", _decision, _read_decision),
    Method("answers", _answers, _read_answers),
)
"""The best first."""
