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


_COUNTED = frozenset(
    {"two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"}
)
"""Numbers stand in what such a model says, and in no question that it learned."""
_DENYING = frozenset({"no", "not", "without"})
_ADDING = frozenset({"with", "and", "or", ",", "/", "&", "+"})
"""What comes before a second thing: a question for two at once is answered with nothing, or with a few of one."""
_JOINING = frozenset({"and", "or"})
_LEADING = frozenset({"next"})
"""Words that lead to a thing and name none."""


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
        left: why it is left out though the model may know it: what the question rules out (``denied``) or asks for
            beside another thing (``second``), with the word that does so.
    """

    written: str
    kind: Literal["known", "unknown", "building", "sign"]
    sayable: bool = True
    left: Literal["", "denied", "second"] = ""

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
    return tuple(
        _marked(found, {fold(part) for thing in things for part in (thing, thing.removesuffix("s"))})
    )


def asked_words(spec: ModelSpec, question: str) -> str:
    """What of a question the model is asked, in its own words; all of it where it knows all.

    Words that it lacks are left out, with those that lead to them, numbers before things, what is denied, and all but
    the first of several things. Where nothing would be left, the question stays whole.
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
    return next((one.written for one in tokens_of(spec, question) if one.left == "denied"), None)


def second_things(spec: ModelSpec, question: str) -> list[str]:
    """The things that a question asks for beside its first one, and that the model is not asked for; each once."""
    things: list[list[str]] = []
    asked = asked_words(spec, question)
    before = None
    for one in tokens_of(spec, question) if spec.words else ():
        if one.left == "second" and one.kind == "known":
            if before is None or before.kind != "known":
                things.append([])
            things[-1].append(one.written)
        before = one
    named = dict.fromkeys(" ".join(words) for words in things)
    return [thing for thing in named if thing not in asked]


def _marked(tokens: list[Token], names: set[str]) -> list[Token]:
    """The tokens, with numbers before things as unknown words, and with what is left out of what they name."""
    marked = list(tokens)
    for start, one in enumerate(tokens):
        stop = _after_thing(tokens, start + 1, names)
        if stop is None or marked[start].left:
            continue
        before = [token for token in marked[:start] if token.kind == "known" and not token.left]
        if one.plain in _COUNTED:
            marked[start] = replace(one, kind="unknown")
        elif one.plain in _DENYING:
            for place in range(start, stop if before else start + 1):
                marked[place] = replace(tokens[place], left="denied")
        elif one.plain in _ADDING and _names_thing(before, names):
            for place in range(start, stop):
                marked[place] = replace(marked[place], left="second")
    return marked


def _after_thing(tokens: list[Token], start: int, names: set[str]) -> int | None:
    """Where the words end that name the next thing from ``start`` on; None where something else comes first."""
    end = next((n for n in range(start, len(tokens)) if tokens[n].kind in ("known", "sign")), len(tokens))
    stop = next((n for n in range(end, len(tokens)) if tokens[n].kind != "known"), len(tokens))
    return stop if _names_thing(tokens[end:stop], names) else None


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
