"""Puts a question into the words of a model with a closed vocabulary: synonyms, plurals, other languages.

What people type instead of a model's words stands in ``synonyms`` of its ``remotezero.json``. A closed
vocabulary can be translated by a table, exactly and at no cost.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Mapping, Sequence
from itertools import pairwise

WORD = re.compile(r"\d+|[^\W\d]+(?:[-'][^\W\d]+)*")
_STOP_TEXT = """
a an the this that these those it its they them there here i me my we us our you your he she s
is are was were be been am do does did has have had can could may might will would shall should must
and or but not no any some all every each both of in on at to from by for with without into onto over
under up down out off through as than if so please find show locate search look looking see seen give
tell want need mark list count get what which who whose where when why how many much
anything everything something nothing object objects thing things
"""
STOP = frozenset(_STOP_TEXT.split())
"""Words that a question is built with and that name nothing to look for."""
_ELISION = re.compile(r"\b([ld])['’](?=\w)", re.IGNORECASE)
_ONE = re.compile(r"(a|one|the \w+est|\w*(largest|biggest|smallest|nearest|ernmost))$")
"""What stands before a noun of which one is meant."""
_UNSPACED = re.compile("[\u3400-\u9fff]")


def own_words(question: str, words: Sequence[str], synonyms: Mapping[str, str]) -> str:
    """The question with every synonym said in the model's own words.

    The longest entry that fits counts. What the model knows as it is stays, but where the table has that very word: it
    knows it from sentences alone then. A word that questions are built with in English and that is a thing elsewhere
    ("alle Seen") is that thing where nothing beside it is English and no thing follows ("see houses"). A word said
    with "<" before it stands behind its noun where it comes from and moves before it; of "ships|ship" the second is
    said where one is meant. A question that holds no synonym is left as it is.

    Args:
        question: as it was typed.
        words: what the model knows.
        synonyms: what may be typed instead, and what is said then; capitals never count, and accents only where
            they tell two entries apart (a réservoir holds oil, a reservoir water).
    """
    if not synonyms:
        return question
    table = {fold(typed): said for typed, said in synonyms.items()}
    exact = {typed.lower(): said for typed, said in synonyms.items()}
    entries = {fold(entry) for entry in words} | STOP
    written = _words_apart(question, table, entries)
    folded = [fold(word) for word in written]
    longest = max(len(entry.split()) for entry in (*table, *entries))
    phrases: list[tuple[str, list[str]]] = []
    place = 0
    while place < len(written):
        length = longest
        while length > 1 and " ".join(folded[place : place + length]) not in (entries | table.keys()):
            length -= 1
        phrases.append((" ".join(folded[place : place + length]), written[place : place + length]))
        place += length
    english = any(phrase in entries and phrase not in table for phrase, _ in phrases)
    said: list[str] = []
    changed = any("-" in word and word not in written for word in WORD.findall(question))
    for (phrase, as_written), (after, _) in pairwise([*phrases, ("", [])]):
        typed = " ".join(as_written).lower()
        builds = phrase in STOP and (english or _is_thing(table.get(after, "")))
        if phrase in table and (phrase not in entries or (typed in exact and not builds)):
            _say(said, exact.get(typed, table[phrase]))
            changed = True
        else:
            said += as_written
    return " ".join(word for word in said if word) if changed else question


def _is_thing(said: str) -> bool:
    """Whether a word names something or a property of it, and does not say where or of how many."""
    return said.lstrip("<").partition(" ")[0] not in {"", *STOP}


def _words_apart(question: str, table: Mapping[str, str], entries: Collection[str]) -> list[str]:
    """Words and signs of a question; what is written without spaces is parted where an entry begins and ends.

    A word with hyphens is the entry that it is without them ("swimming-pools", "Solar-Anlagen").
    """

    def unhyphenated(word: str) -> list[str]:
        forms = (word, word.replace("-", " "), word.replace("-", ""))
        return next((form for form in forms if fold(form) in table or fold(form) in entries), word).split()

    plain = unicodedata.normalize("NFKC", question)
    plain = _ELISION.sub(lambda met: "the " if met[1] in "lL" else "", plain)
    unspaced = sorted((typed for typed in table if _UNSPACED.match(typed)), key=len, reverse=True)
    if unspaced:
        plain = re.sub("|".join(map(re.escape, unspaced)), r" \g<0> ", plain)
    return [part for word in re.findall(rf"{WORD.pattern}|[^\w\s]", plain) for part in unhyphenated(word)]


def _say(said: list[str], word: str) -> None:
    if word.startswith("<") and said and said[-1] not in STOP:
        said.insert(len(said) - 1, word[1:])
        return
    many, _, one = word.lstrip("<").partition("|")
    said.append(one if one and said and _ONE.search(said[-1]) else many)


def fold(word: str) -> str:
    """Without capitals, accents and compatibility forms."""
    plain = unicodedata.normalize("NFKD", word)
    return "".join(sign for sign in plain if not unicodedata.combining(sign)).casefold()
