"""What a model with a closed vocabulary makes of a question: which of its words it knows, and which not.

Such a model lists in ``remotezero.json`` what it knows: single words, and names or whole sentences whose
words it knows in that company only ("car park" says nothing of cars). Words are compared without
capitals and accents; a model whose tokenizer tells capitals apart says ``lowercase`` there, too. A
model that lists nothing knows all.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from types import MappingProxyType

from engine.errors import InputError
from engine.language.places import found_there
from engine.language.prompts import COUNTED, denying, entries_met, second_things, tokens_of
from engine.language.synonyms import STOP, WORD, fold, own_words
from engine.types import ModelSpec

_MOST_NAMED = 8
_CLOSE = 0.75


@dataclass(frozen=True)
class Heard:
    """What of a question a model knows, as far as it names something.

    Attributes:
        known, unknown: words in the order and spelling of the question, each once.
    """

    known: tuple[str, ...]
    unknown: tuple[str, ...]


def hear(spec: ModelSpec, question: str) -> Heard:
    """Tell the words of a question that a model knows from the others; stop words are neither.

    Numbers are words here: a closed vocabulary has none to count with.
    """
    known: dict[str, str] = {}
    unknown: dict[str, str] = {}
    for one in tokens_of(spec, question):
        if one.kind in ("known", "unknown"):
            (known if one.kind == "known" else unknown).setdefault(one.plain, one.written)
    return Heard(tuple(known.values()), tuple(unknown.values()))


def naming_words(question: str) -> tuple[str, ...]:
    """The words of a question that may name something, whatever a model knows."""
    words = WORD.findall(unicodedata.normalize("NFKC", question))
    return tuple(word for word in words if fold(word) not in STOP)


def best_gsd_m(spec: ModelSpec, question: str) -> float | None:
    """Metres per pixel at which the smallest thing that a question names is best seen; None where any will do."""
    folded = [fold(word) for word in WORD.findall(own_words(question, spec.words, spec.synonyms))]
    named = [gsd for name, gsd in spec.best_gsd_m.items() if any(entries_met(folded, [name]))]
    return min(named, default=None)


def check_questions(spec: ModelSpec, questions: Sequence[str]) -> None:
    """Refuse a question of which a model knows no word: its answer would say nothing of the raster.

    Raises:
        InputError: there is one, and which; with known words that come close.
    """
    for question in questions if spec.words else ():
        heard = hear(spec, question)
        if not heard.known:
            raise InputError(_refusal(spec, question, heard))


def passed_over(spec: ModelSpec, questions: Sequence[str]) -> list[str]:
    """A sentence for each question that holds words unknown to the model, or names what it was only tried on."""
    sentences = []
    for question in questions:
        sentences += _tried(spec, question)
        if denied := denying(spec, question):
            sentences.append(
                f"The model {spec.name} rules nothing out (“{denied}”): what {_short(question)} denies may be among "
                "the boxes."
            )
        if second := second_things(spec, question):
            sentences.append(
                f"The model {spec.name} looks for one kind of thing at a time: {_quoted(second)} of {_short(question)} "
                "was passed over. Ask for it in a question of its own; several questions are one run."
            )
        heard = hear(spec, question)
        unknown = heard.unknown
        if unknown:
            words = "the word" if len(unknown) == 1 else "the words"
            were = "it was" if len(unknown) == 1 else "they were"
            sentences.append(
                f"The model {spec.name} does not know {words} {_quoted(unknown)} of {_short(question)}; "
                f"{were} passed over.{_hint(spec, heard)}"
            )
    return sentences


def nearest(
    word: str,
    words: Sequence[str],
    most: int = 2,
    things: Sequence[str] = (),
    synonyms: Mapping[str, str] = MappingProxyType({}),
) -> list[str]:
    """Known entries that come close to an unknown word: names that hold it, then similar spellings.

    Args:
        word: as it was typed.
        words: what the model knows.
        most: at most so many.
        things: what it finds, in the plural; where that is known, words that name none of it are no help.
        synonyms: what may be typed instead of its words, and what is said then.
    """
    plain = fold(word)
    names = [entry for entry in words if plain in entry.split() and entry.count(" ") < 3]
    singles = [entry for entry in words if " " not in entry and entry not in STOP]
    if things:
        named = {*things, *(thing.removesuffix("s") for thing in things)}
        typed = (entry for entry, said in synonyms.items() if named & set(said.split("|")))
        singles = [*(entry for entry in singles if entry in named), *typed]
    by_plain = {fold(entry): entry for entry in reversed(singles)}
    close = [by_plain[found] for found in get_close_matches(plain, by_plain, n=most, cutoff=_CLOSE)]
    return list(dict.fromkeys([*names, *close]))[:most]


def _refusal(spec: ModelSpec, question: str, heard: Heard) -> str:
    said = (
        f"The model {spec.name} knows none of the words of {_short(question)}: {_quoted(heard.unknown)}."
        if heard.unknown
        else f"The question {_short(question)} names nothing to look for."
    )
    tried = "".join(f" {sentence}" for sentence in _tried(spec, question))
    return (
        f"{said}{tried}{_hint(spec, heard)} Ask in words that it knows (they are listed in "
        f"{spec.path / 'remotezero.json'}), or use a model that knows all words: --model on the command line, "
        "the model list in the panel."
    )


def _tried(spec: ModelSpec, question: str) -> list[str]:
    """What is known of the things in a question that the model is not said to find."""
    folded = [fold(word) for word in WORD.findall(own_words(question, spec.words, spec.synonyms))]
    sentences = []
    for name, reason in spec.tried.items():
        other_names = [
            entry for entry in spec.words if name in entry.split() and entry != name
        ]  # "boat lift"
        alone = zip(entries_met(folded, [name]), entries_met(folded, other_names), strict=True)
        if any(met and not in_company for met, in_company in alone):
            sentences.append(
                f"The model {spec.name} is not said to find “{name}”: it {reason}. A larger model finds more."
            )
    return sentences


def _hint(spec: ModelSpec, heard: Heard) -> str:
    """What may have been meant by unknown words: words of like spelling, and what is found in places."""
    near: dict[str, None] = {}
    there: dict[str, None] = {}
    named = {form for word in heard.known for form in (fold(word), f"{fold(word)}s")}
    for word in (word for word in heard.unknown if fold(word) not in COUNTED):
        things = found_there(word, spec.things or spec.words)
        there |= dict.fromkeys(thing for thing in things if not named & set(thing.split()))
        if not things:
            near |= dict.fromkeys(nearest(word, spec.words, things=spec.things, synonyms=spec.synonyms))
    spelt = f" Words near to that which it knows: {_quoted(list(near))}." if near else ""
    return spelt + (f" What it may find there: {_quoted(list(there))}." if there else "")


def _quoted(words: Sequence[str]) -> str:
    more = len(words) - _MOST_NAMED
    named = ", ".join(f"“{word[:40]}”" for word in words[:_MOST_NAMED])
    return f"{named} and {more} more" if more > 0 else named


def _short(question: str) -> str:
    flat = " ".join(question.split())
    return f"“{flat if len(flat) <= 80 else flat[:79] + '…'}”"
