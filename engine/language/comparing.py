"""Questions that only a comparison answers: the largest, the northernmost, the one next to another.

A crop shows one thing. Whether it is a ship can be seen in it; whether it is the largest ship can not. So such a
question is taken apart: what is sought at all (``plain``), which a crop can show, and what singles it out, which is
measured on the ground where it can be, and otherwise asked about the whole picture with the box drawn in it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import Literal

from engine.language.synonyms import STOP, fold, own_words
from engine.types import ModelSpec, Query

Measure = Literal["largest", "smallest", "north", "south", "east", "west"]

# One form after the other, in English, German, French, Spanish, Portuguese and Chinese. Plural forms are left out:
# who asks for the largest ships may mean several. A form with its article comes before the same without.
_MEASURED: dict[Measure, str] = {
    "largest": """largest, biggest, größte, größter, größtes, groesste, groesster, groesstes, grösste, grösster,
        grösstes, le plus grand, la plus grande, plus grand, plus grande, más grande, mayor, maior, 最大的, 最大""",
    "smallest": """smallest, kleinste, kleinster, kleinstes, le plus petit, la plus petite, plus petit, plus petite,
        más pequeño, más pequeña, menor, 最小的, 最小""",
    "north": """northernmost, nördlichste, nördlichster, nördlichstes, le plus au nord, la plus au nord, más al norte,
        mais ao norte, mais a norte, 最北边的, 最北的, 最北""",
    "south": """southernmost, südlichste, südlichster, südlichstes, le plus au sud, la plus au sud, más al sur,
        mais ao sul, mais a sul, 最南边的, 最南的, 最南""",
    "east": """easternmost, östlichste, östlichster, östlichstes, le plus à l'est, la plus à l'est, más al este,
        mais a leste, 最东边的, 最东的, 最东""",
    "west": """westernmost, westlichste, westlichster, westlichstes, le plus à l'ouest, la plus à l'ouest,
        más al oeste, mais a oeste, 最西边的, 最西的, 最西""",
}
# What stands between the thing that is sought and the one by which it is told.
_RELATIONS = """next to, nearest to, nearest, closest to, closest, near to, near, beside, left of, right of, above,
    below, between, in front of, behind, opposite, north of, south of, east of, west of, north east of, north west of,
    south east of, south west of, around, along, among, inside, surrounded by,
    neben, nahe, am nächsten, bei, links von, rechts von, über, unter, zwischen, vor, hinter, gegenüber, nördlich von,
    südlich von, östlich von, westlich von, nördlich der, südlich der, östlich der, westlich der, nördlich des,
    südlich des, östlich des, westlich des,
    à côté de, à côté du, près de, près du, le plus proche de, le plus proche du, la plus proche de, à gauche de,
    à gauche du, à droite de, à droite du, au-dessus, au-dessous, entre, devant, derrière, en face de, en face du,
    au nord de, au nord du, au sud de, au sud du, à l'est de, à l'est du, à l'ouest de, à l'ouest du,
    junto a, junto al, al lado de, al lado del, cerca de, cerca del, más cercano a, más cercano al, más cercana a,
    más cercana al, a la izquierda de, a la derecha de, encima de, debajo de, delante de, detrás de, frente a,
    al norte de, al sur de, al este de, al oeste de,
    ao lado do, ao lado da, junto ao, junto à, perto do, perto da, mais próximo do, mais próximo da, mais próxima do,
    mais próxima da, à esquerda do, à esquerda da, à direita do, à direita da, acima, abaixo, atrás, em frente,
    ao norte do, ao norte da, ao sul do, ao sul da, a leste do, a leste da, a oeste do, a oeste da"""
_RELATIONS_BEHIND = "旁边的, 附近的, 左边的, 右边的, 前面的, 后面的, 北边的, 南边的, 东边的, 西边的, 之间的"
"""Chinese says first by what a thing is told, and then the thing."""
_COUNTED = frozenset({
    "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "several", "many", "few",
    "zwei", "drei", "vier", "funf", "deux", "trois", "quatre", "dos", "tres", "dois", "duas",
})  # fmt: skip
_UNSPACED = re.compile("[\u3400-\u9fff]")


@dataclass(frozen=True)
class Comparison:
    """A question taken apart.

    Attributes:
        measure: what singles out the one that is meant, where that can be measured; None for a relation.
        plain: what is sought, without it: "the largest ship" seeks a ship.
    """

    measure: Measure | None
    plain: str


def comparison_of(question: str) -> Comparison | None:
    """Take a question apart; None where a crop can show all that it asks.

    A question for several of them is none that singles one out, and is left as it is.
    """
    found = _measured(question)
    if found is not None:
        measure, plain = found
        return None if _several(plain) else Comparison(measure, plain)
    target = _target(question)
    return None if target is None else Comparison(None, target)


def every(plain: str, spec: ModelSpec) -> Query:
    """The question for all that could be meant, in the words that a model is asked in."""
    said = own_words(plain, spec.words, spec.synonyms)
    return Query(
        re.sub(r"^(find |locate |show me |where is )?(the|a|an) ", "every ", said.strip(), flags=re.I)
    )


def _measured(question: str) -> tuple[Measure, str] | None:
    for measure, pattern in _patterns().items():
        met = pattern.search(question)
        if met:
            plain = " ".join((question[: met.start()] + " " + question[met.end() :]).split())
            return (measure, plain) if _names(plain) else None
    return None


def _target(question: str) -> str | None:
    """What stands before (in Chinese behind) the words of a relation, where both sides name something."""
    before, behind = _relations()
    if met := behind.search(question):
        target, other = question[met.end() :], question[: met.start()]
    elif met := before.search(question):
        target, other = question[: met.start()], question[met.end() :]
    else:
        return None
    return target.strip() if _names(target) and _names(other) else None


def _several(plain: str) -> bool:
    words = [fold(word) for word in re.findall(r"\w+", plain)]
    last = words[-1] if words else ""
    english = bool(re.search(r"\bthe\b|^\w+$", plain.strip(), re.I)) and not _UNSPACED.search(plain)
    plural = english and last.endswith("s") and not last.endswith(("ss", "us", "is"))
    return plural or any(word in _COUNTED or word.isdigit() for word in words)


def _names(part: str) -> bool:
    return any(fold(word) not in STOP for word in re.findall(r"[^\W\d]+", part))


@cache
def _patterns() -> dict[Measure, re.Pattern[str]]:
    return {measure: _any_of(forms) for measure, forms in _MEASURED.items()}


@cache
def _relations() -> tuple[re.Pattern[str], re.Pattern[str]]:
    return _any_of(_RELATIONS), _any_of(_RELATIONS_BEHIND)


def _any_of(forms: str) -> re.Pattern[str]:
    """A pattern of whole words, the longest form first."""
    listed = sorted((" ".join(form.split()) for form in forms.split(",")), key=len, reverse=True)
    parts = [
        re.escape(form) if _UNSPACED.search(form) else rf"(?<!\w){re.escape(form)}(?!\w)" for form in listed
    ]
    return re.compile("|".join(parts), re.IGNORECASE)
