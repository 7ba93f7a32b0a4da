"""What a model is asked: one place for the words, shared by serving and training.

A model with a closed vocabulary is asked nothing that it does not know. Every word that it lacks is one and the same
sign to it, and one sign too many turns its answer to "nothing" (LOG.md). So do words that lead to nothing any more: of
"ships at the refinery" "ships" is asked.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any, Literal

from engine.errors import ModelError
from engine.language.families import FAMILIES
from engine.language.synonyms import STOP, WORD, fold, own_words
from engine.types import ModelSpec, Query

Kind = Literal["locate", "verify", "presence"]

PROMPT_VERSION = "1"
"""Raised with every change of a family's templates; kept with each detection and adapter."""


COUNTED = frozenset(
    {"two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"}
)
"""Numbers stand in what such a model says, and in no question that it learned."""
_DENYING = frozenset({"no", "not", "without"})
_ALL_BUT = frozenset({"all", "everything", "anything"})
"""Before "but" they make it a word that denies."""
_INSTEAD = frozenset({"but", "only", ",", ";", ":"})
"""What comes after a thing that is denied, and before the one that is sought."""
_ADDING = frozenset({"with", "and", "or", ",", "、", ";", "/", "&", "+"})
"""What comes before a second thing: a question for two at once is answered with nothing, or with a few of one."""
_JOINING = frozenset({"and", "or"})
_LEADING = frozenset({"next"})
"""Words that lead to a thing and name none."""
_BETWEEN = frozenset(
    {"a", "an", "the", "this", "that", "these", "those", "all", "any", "each", "every", "is", "are"}
)
"""Words that say nothing of how two things belong together."""


def prompt_text(spec: ModelSpec, query: Query, kind: Kind = "locate") -> str:
    """The question in the words this model is asked in.

    Args:
        spec: the model; its own templates come before its family's.
        query: the analyst's question.
        kind: ``locate`` (boxes), ``verify`` (is it this crop?) or ``presence`` (is it anywhere here?).

    Raises:
        ModelError: the model's own template has no ``{query}`` in it.
    """
    template = spec.prompts.get(kind) or FAMILIES[spec.family].prompts[kind]
    if "{query}" not in template:
        raise ModelError(
            f"The prompt {kind!r} of model {spec.name} has no {{query}} in it: {template!r}. "
            f"Put {{query}} where the question belongs in {spec.path / 'remotezero.json'}."
        )
    return template.replace("{query}", question_text(spec, query))


def question_text(spec: ModelSpec, query: Query) -> str:
    """The question as it stands in the prompt: on one line, in the model's own words, lower-cased where it wants."""
    text = " ".join(asked_words(spec, query.text).split())
    return text.lower() if spec.lowercase else text


def build_messages(spec: ModelSpec, query: Query, kind: Kind = "locate") -> list[dict[str, Any]]:
    """The chat that carries one picture and the question, ready for a chat template.

    The picture comes first, so that questions about the same picture share their beginning.
    """
    content = [{"type": "image"}, {"type": "text", "text": prompt_text(spec, query, kind)}]
    return [{"role": "user", "content": content}]


def prompt_version(spec: ModelSpec) -> str:
    """Which words were used: :data:`PROMPT_VERSION`, and a short hash where the model brings its own."""
    if not spec.prompts and not spec.synonyms:
        return PROMPT_VERSION
    own = [f"{kind}={text}" for kind, text in sorted(spec.prompts.items())]
    own += [f"{typed}>{said}" for typed, said in sorted(spec.synonyms.items())]
    return f"{PROMPT_VERSION}+{hashlib.sha256(chr(10).join(own).encode()).hexdigest()[:8]}"


@dataclass(frozen=True)
class Token:
    """One word or sign of a question in the model's own words.

    Attributes:
        written: as it stands there.
        kind: ``known`` and ``unknown`` name something, ``building`` words are what questions are built with.
        sayable: the model has the word; a building word may be one that it lacks.
        left: why it is left out though the model may know it: what the question rules out (``denied``), asks for or
            tells a thing by beside that (``second``), or says of what the model lacks (``void``), with the word that
            does so.
    """

    written: str
    kind: Literal["known", "unknown", "building", "sign"]
    sayable: bool = True
    left: Literal["", "denied", "second", "void"] = ""

    @property
    def plain(self) -> str:
        """Without capitals and accents."""
        return fold(self.written)


def tokens_of(spec: ModelSpec, question: str) -> list[Token]:
    """The words and signs of a question in the model's own words, each with what the model makes of it."""
    return list(_tokens(question, spec.words, frozenset(spec.synonyms.items()), (*spec.things, *spec.tried)))


@lru_cache(maxsize=256)
def _tokens(
    question: str, words: tuple[str, ...], synonyms: frozenset[tuple[str, str]], things: tuple[str, ...]
) -> tuple[Token, ...]:
    own = unicodedata.normalize("NFKC", own_words(question, words, dict(synonyms)))
    written = re.findall(rf"{WORD.pattern}|[^\w\s]", own)
    is_word = [bool(WORD.fullmatch(part)) for part in written]
    folded = [fold(part) for part, word in zip(written, is_word, strict=True) if word]
    met = iter(entries_met(folded, words))
    known = {fold(entry) for entry in words}
    found = []
    for part, word in zip(written, is_word, strict=True):
        plain = fold(part)
        if not word:
            found.append(Token(part, "sign"))
        elif next(met) and plain not in STOP | _LEADING:
            found.append(Token(part, "known"))
        elif plain in STOP or (plain in _LEADING and plain in known):
            found.append(Token(part, "building", not words or plain in known))
        else:
            found.append(Token(part, "known" if not words else "unknown"))
    return tuple(_marked(found, _names(things)) if words else found)


def asked_words(spec: ModelSpec, question: str) -> str:
    """What of a question the model is asked, in its own words; all of it where it knows all.

    Words that it lacks are left out, with those that lead to them or say something of them, numbers before things, what
    is denied, and all but the first of several things, unless it has the words that tell one by another ("cars on
    bridges"). Where nothing would be left, the question stays whole.
    """
    own = own_words(question, spec.words, spec.synonyms)
    tokens = tokens_of(spec, question) if spec.words else []
    if all(one.sayable and not one.left and one.kind != "unknown" for one in tokens):
        return own
    kept: list[str] = []
    leading: list[str] = []
    words = [one for one in tokens if one.kind != "sign"]
    for place, one in enumerate(words):
        after = words[place + 1] if place + 1 < len(words) else None
        if one.left or one.kind == "unknown":
            # A word before a noun is left out alone ("a damaged roof"), a place with what leads to it.
            alone = after is not None and after.kind == "known" and not after.left
            if not alone:
                leading = [word for word in leading if kept and word in _JOINING]
        elif one.kind == "building":
            leading = [*leading, one.written] if one.sayable else (leading if kept else [])
        else:
            kept += [*leading, one.written]
            leading = []
    return " ".join(kept) if kept else own


def denying(spec: ModelSpec, question: str) -> str | None:
    """The word by which a question rules things out that the model finds; None where it rules out none."""
    tokens = tokens_of(spec, question)
    denied = (one for one in tokens if one.left == "denied" and one.plain in _DENYING | {"but"})
    return next((one.written for one in denied), None)


def second_things(spec: ModelSpec, question: str) -> list[str]:
    """The things that a question asks for beside its first one, and that the model is not asked for; each once."""
    runs: dict[bool, list[list[Token]]] = {True: [], False: []}
    before = None
    for one in tokens_of(spec, question) if spec.words else ():
        if one.kind == "known" and one.left in ("", "second"):
            found = runs[one.left == "second"]
            if before is None or before.kind != "known" or before.left != one.left:
                found.append([])
            found[-1].append(one)
        before = one
    asked = {" ".join(one.plain for one in run) for run in runs[False]}
    names = _names((*spec.things, *spec.tried))
    told = [run for run in runs[True] if _names_thing(run, names)]
    named = {" ".join(one.plain for one in run): " ".join(one.written for one in run) for run in told}
    return [written for plain, written in named.items() if plain not in asked]


def _names(things: tuple[str, ...]) -> set[str]:
    return {fold(part) for thing in things for part in (thing, thing.removesuffix("s"))}


def _marked(tokens: list[Token], names: set[str]) -> list[Token]:
    """The tokens, with numbers before things as unknown words, and with what is left out of what they name."""
    marked = list(tokens)
    for start, one in enumerate(tokens):
        if marked[start].left:
            continue
        before = [token for token in marked[:start] if token.kind == "known" and not token.left]
        beside = _names_thing(before, names)
        if one.plain in _ADDING and beside and (void := _void(tokens, start)) is not None:
            _leave(marked, range(start, void), "void")
        stop = _after_thing(tokens, start + 1, names)
        if stop is None and one.plain in _DENYING and not one.sayable:
            stop = _after_known(tokens, start + 1)  # "cars that are not parked"
        if stop is None or marked[start].left:
            continue
        if one.plain in COUNTED:
            marked[start] = replace(one, kind="unknown")
        elif one.plain in _DENYING or (one.plain == "but" and start and tokens[start - 1].plain in _ALL_BUT):
            _leave(
                marked,
                range(start, stop if before or _is_instead(tokens, stop, names) else start + 1),
                "denied",
            )
        elif one.plain in _ADDING and beside:
            denied = any(token.plain in _DENYING for token in tokens[start + 1 : stop])
            _leave(marked, range(start, start + 1 if denied else stop), "denied" if denied else "second")
        elif beside and tokens[start - 1].kind == "known" and _is_unsaid(tokens, start):
            _leave(marked, range(start, stop), "second")
    return marked


def _leave(marked: list[Token], places: range, why: Literal["denied", "second", "void"]) -> None:
    for place in places:
        marked[place] = replace(marked[place], left=why)


def _is_instead(tokens: list[Token], start: int, names: set[str]) -> bool:
    """Whether another thing follows from ``start`` on that is sought in place of one that is denied."""
    follows = start < len(tokens) and tokens[start].plain in _INSTEAD
    stop = _after_thing(tokens, start + 1, names) if follows else None
    if follows and stop is None:  # ", but"
        stop = _after_thing(tokens, start + 2, names)
    return stop is not None and not any(token.plain in _DENYING for token in tokens[start:stop])


def _is_unsaid(tokens: list[Token], start: int) -> bool:
    """Whether the model lacks all words from ``start`` to the next that it knows: how things belong together."""
    between = tokens[start : next(n for n in range(start, len(tokens) + 1) if _is_known(tokens, n))]
    told = [token for token in between if token.plain not in _BETWEEN]
    return bool(told) and all(
        token.plain not in _DENYING and (token.kind == "unknown" or not token.sayable) for token in told
    )


def _is_known(tokens: list[Token], place: int) -> bool:
    return place >= len(tokens) or tokens[place].kind in ("known", "sign")


def _void(tokens: list[Token], start: int) -> int | None:
    """Where known words after ``start`` end that say something of a word that the model lacks; None for others."""
    stop = start + 1
    while stop < len(tokens) and (tokens[stop].kind == "known" or tokens[stop].plain in _JOINING | _BETWEEN):
        stop += 1
    known = any(token.kind == "known" for token in tokens[start + 1 : stop])
    ends = stop < len(tokens) and tokens[stop].kind == "unknown"
    goes_on = stop + 1 < len(tokens) and tokens[stop + 1].kind in ("known", "unknown")
    return stop if known and ends and not goes_on else None


def _after_known(tokens: list[Token], start: int) -> int | None:
    """Where the known words end that come next; None where others do, beside those that say nothing."""
    first = next((n for n in range(start, len(tokens)) if tokens[n].plain not in _BETWEEN), len(tokens))
    stop = next((n for n in range(first, len(tokens)) if tokens[n].kind != "known"), len(tokens))
    return stop if stop > first else None


def _after_thing(tokens: list[Token], start: int, names: set[str]) -> int | None:
    """Where the words end that name the next thing from ``start`` on; None where something else comes first."""
    end = next((n for n in range(start, len(tokens)) if _is_known(tokens, n)), len(tokens))
    while end < len(tokens) and tokens[end].kind == "known":
        stop = next((n for n in range(end, len(tokens)) if tokens[n].kind != "known"), len(tokens))
        if _names_thing(tokens[end:stop], names):
            return stop
        # What the model lacks may stand before the noun: "red old tanks".
        end = next((n for n in range(stop, len(tokens)) if tokens[n].kind != "unknown"), len(tokens))
        if end == stop:
            return None
    return None


def _names_thing(tokens: list[Token], names: set[str]) -> bool:
    text = " ".join(token.plain for token in tokens)
    return any(re.search(rf"\b{re.escape(name)}\b", text) for name in names)


def entries_met(folded: list[str], entries: tuple[str, ...] | list[str]) -> list[bool]:
    """For each word, whether it is part of an entry that stands in the question; longest entries first."""
    by_first: dict[str, list[list[str]]] = {}
    for entry in sorted(entries, key=len, reverse=True):
        parts = fold(entry).split()
        if parts:
            by_first.setdefault(parts[0], []).append(parts)
    met = [False] * len(folded)
    place = 0
    while place < len(folded):
        fitting = (
            parts for parts in by_first.get(folded[place], ()) if folded[place : place + len(parts)] == parts
        )
        length = len(next(fitting, ()))
        met[place : place + length] = [True] * length
        place += max(1, length)
    return met
