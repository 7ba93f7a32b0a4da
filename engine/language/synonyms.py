"""Puts a question into the words of a model with a closed vocabulary: synonyms, plurals, other languages.

What people type instead of a model's words stands in ``synonyms`` of its ``remotezero.json``. A closed
vocabulary can be translated by a table, exactly and at no cost.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
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
_HAN = "[\u3400-\u9fff]"
_UNSPACED = re.compile(_HAN)
_LAST, _ALONE = "船桥湖楼树水", "车"
"""Signs that name a thing where a word ends with them (a 渔船 is a ship, a 船坞 and a 水塔 are none), and where they
stand alone (a 自行车 is no car)."""
_ENDS = re.compile(rf"[{_LAST}](?!{_HAN})")
_TWICE = re.compile(r"(.)\1")
_LOOSE_LEAST, _PLURAL_LEAST = 6, 6
"""Letters of what is read with letters doubled or not ("tenis court"), and of what is read without its last s."""


@dataclass(frozen=True)
class _Known:
    """What may be typed and what a model knows, ready for being looked up.

    Attributes:
        table: folded entry -> what is said for it.
        exact: the same by entries with their accents.
        entries: what the model knows as it is, and stop words; folded.
        loose: every entry that names something, without doubled letters -> itself, where that is one thing only.
        longest: words of the longest entry.
        unspaced: entries that are written without spaces.
    """

    table: Mapping[str, str]
    exact: Mapping[str, str]
    entries: frozenset[str]
    loose: Mapping[str, str]
    longest: int
    unspaced: re.Pattern[str] | None

    @classmethod
    def of(cls, words: Sequence[str], synonyms: Mapping[str, str]) -> _Known:
        """Make it, or take the one that was made for the same words and synonyms."""
        return _known(tuple(words), frozenset(synonyms.items()))

    def canonical(self, phrase: str) -> str | None:
        """The entry that a folded phrase is, but for doubled letters; None where it is none."""
        if phrase in self.table or phrase in self.entries:
            return phrase
        return self.loose.get(_TWICE.sub(r"\1", phrase)) if len(phrase) >= _LOOSE_LEAST else None


@lru_cache(maxsize=8)
def _known(words: tuple[str, ...], synonyms: frozenset[tuple[str, str]]) -> _Known:
    listed = sorted(synonyms)
    table = {fold(typed): said for typed, said in listed}
    entries = frozenset(fold(entry) for entry in words) | STOP
    loose: dict[str, str | None] = {}
    for entry in sorted(entry for entry in {*table, *entries} if _is_thing(table.get(entry, entry))):
        plain = _TWICE.sub(r"\1", entry)
        same = loose.setdefault(plain, entry)
        if same is not None and table.get(same, same) != table.get(entry, entry):
            loose[plain] = None
    signs = sorted((typed for typed in table if _UNSPACED.match(typed)), key=len, reverse=True)
    signs = [typed for typed in signs if typed not in {*_LAST, *_ALONE}]
    return _Known(
        table,
        {typed.lower(): said for typed, said in listed},
        entries,
        {plain: entry for plain, entry in loose.items() if entry is not None},
        max(len(entry.split()) for entry in (*table, *entries)),
        re.compile("|".join(map(re.escape, signs))) if signs else None,
    )


def own_words(question: str, words: Sequence[str], synonyms: Mapping[str, str]) -> str:
    """The question with every synonym said in the model's own words.

    The longest entry that fits counts. What the model knows as it is stays, but where the table has that very word: it
    knows it from sentences alone then. A word that questions are built with in English and that is a thing elsewhere
    ("alle Seen") is that thing where nothing beside it is English and no thing follows ("see houses"). A word said
    with "<" before it stands behind its noun where it comes from and moves before it; what one with ">" stands behind
    there moves behind what follows ("带游泳池的房子" has the pool first); of "ships|ship" the second is
    said where one is meant. A question that holds no synonym is left as it is.

    Args:
        question: as it was typed.
        words: what the model knows.
        synonyms: what may be typed instead, and what is said then; capitals never count, and accents only where
            they tell two entries apart (a réservoir holds oil, a reservoir water).
    """
    if not synonyms:
        return question
    known = _Known.of(words, synonyms)
    written, changed = _words_apart(question, known)
    phrases = _phrases(written, known)
    changed = changed or [word for _, parts in phrases for word in parts] != written
    english = any(phrase in known.entries and phrase not in known.table for phrase, _ in phrases)
    said = _Said()
    for (phrase, as_written), (after, _) in pairwise([*phrases, ("", [])]):
        typed = " ".join(as_written).lower()
        builds = phrase in STOP and (english or _is_thing(known.table.get(after, "")))
        if phrase in known.table and (phrase not in known.entries or (typed in known.exact and not builds)):
            said.say(known.exact.get(typed, known.table[phrase]))
            changed = True
        else:
            said.keep(as_written)
    return said.text() if changed else question


def _phrases(written: Sequence[str], known: _Known) -> list[tuple[str, list[str]]]:
    """The words of a question in the longest entries that they make, folded, each with what was written."""
    folded = [fold(word) for word in written]
    phrases: list[tuple[str, list[str]]] = []
    place = 0
    while place < len(written):
        length = known.longest
        while length > 1 and known.canonical(" ".join(folded[place : place + length])) is None:
            length -= 1
        phrase, as_written = " ".join(folded[place : place + length]), list(written[place : place + length])
        entry = known.canonical(phrase) or phrase
        phrases.append((entry, as_written if entry == phrase else entry.split()))
        place += length
    return phrases


def _is_thing(said: str) -> bool:
    """Whether a word names something or a property of it, and does not say where or of how many."""
    return said.lstrip("<>").partition(" ")[0] not in {"", *STOP}


def _words_apart(question: str, known: _Known) -> tuple[list[str], bool]:
    """Words and signs of a question, each as an entry has it; and whether one had to be changed for that.

    What is written without spaces is parted where an entry begins and ends. A word with hyphens is the entry that it
    is without them ("swimming-pools", "Solar-Anlagen"); one in no entry is the noun that it ends in, where it is a
    German compound, or the word that it is without an s at its end ("aircrafts").
    """

    def as_known(word: str) -> list[str]:
        forms = (word, word.replace("-", " "), word.replace("-", ""))
        for form in forms:
            if (entry := known.canonical(fold(form))) is not None:
                return form.split() if entry == fold(form) else entry.split()
        if noun := last_part(forms[2], known.exact):
            return [noun]
        single = word[:-1]
        is_plural = len(word) >= _PLURAL_LEAST and word[-1] in "sS" and fold(single) in known.table
        return [single] if is_plural else [word]

    plain = unicodedata.normalize("NFKC", question).replace("’", "'")
    plain = _ELISION.sub(lambda met: "the " if met[1] in "lL" else "", plain)
    if known.unspaced is not None:
        plain = _parted(plain, known.unspaced)
    typed = re.findall(rf"{WORD.pattern}|[^\w\s]", plain)
    written = [part for word in typed for part in as_known(word)]
    return written, written != typed


def _parted(plain: str, unspaced: re.Pattern[str]) -> str:
    """A text with spaces round its entries, and round a sign of ``_LAST`` that ends what is left between them."""
    parts: list[str] = []
    place = 0
    for met in [*unspaced.finditer(plain), None]:
        between = plain[place : met.start() if met else len(plain)]
        parts.append(_ENDS.sub(r" \g<0>", between))
        if met:
            parts.append(met[0])
            place = met.end()
    return " ".join(parts)


class _Said:
    """A question as it is said in the model's words, from its first word on."""

    def __init__(self) -> None:
        """Nothing is said yet."""
        self._words: list[str] = []
        self._behind: list[str] = []

    def keep(self, written: Sequence[str]) -> None:
        """Say words as they were written; what was to come behind others ends with a sign."""
        if self._behind and not any(part.isalnum() for word in written for part in word):
            self._end()
        self._words += written

    def say(self, meant: str) -> None:
        """Say what an entry of the table has."""
        if meant.startswith(">"):
            self._turn(meant[1:])
        elif meant.startswith("<") and self._words and self._words[-1] not in STOP:
            self._words.insert(len(self._words) - 1, meant[1:])
        elif meant:
            many, _, one = meant.lstrip("<").partition("|")
            self._words.append(one if one and self._words and _ONE.search(self._words[-1]) else many)

    def text(self) -> str:
        """The whole question."""
        self._end()
        text = " ".join(word for word in self._words if word)
        return text.replace("the the ", "the ").lstrip(" ,;")

    def _turn(self, relation: str) -> None:
        """Have the words of the last thing, with their relation to what follows, come behind that."""
        words = self._words
        if relation:
            building = (place for place, word in enumerate(words) if set(word.split()) <= STOP)
            start = max(building, default=-1) + 1
            turned = [relation, *words[start:], *self._behind] if words[start:] else []
        else:
            start = max(
                (place for place, word in enumerate(words) if word in ("with", "without")), default=len(words)
            )
            turned = [*words[start:], *self._behind]
        if turned:
            self._behind = turned
            del words[start:]

    def _end(self) -> None:
        self._words += self._behind
        self._behind = []


def fold(word: str) -> str:
    """Without capitals, accents and compatibility forms."""
    plain = unicodedata.normalize("NFKD", word)
    return "".join(sign for sign in plain if not unicodedata.combining(sign)).casefold()


# The last part of a German compound names its kind: a Heizöltank is a Tank. Only nouns of which that is nearly always
# true are taken, in their own forms; _MISLEADING has the compounds of them that are something else. Platz, Hof, Bahn,
# Rad, Park and Feld end words of too many kinds to name one.
_COMPOUND_LEAST = 7
"""Letters of a word that is taken apart; what stands before the noun has two at least, or it is another form of it."""

# singular/plural
_HEADS = """
Tank/Tanks Silo/Silos Haus/Häuser Gebäude/Gebäude Hochhaus/Hochhäuser Halle/Hallen Scheune/Scheunen Schuppen/Schuppen
Fabrik/Fabriken Hangar/Hangars Villa/Villen Flugzeug/Flugzeuge Hubschrauber/Hubschrauber
Helikopter/Helikopter Schiff/Schiffe Frachter/Frachter Tanker/Tanker Fähre/Fähren Boot/Boote Jacht/Jachten
Yacht/Yachten Auto/Autos Fahrzeug/Fahrzeuge Lastwagen/Lastwagen Lieferwagen/Lieferwagen Brücke/Brücken
Parkplatz/Parkplätze Parkfläche/Parkflächen Stellplatz/Stellplätze Tennisplatz/Tennisplätze Sportplatz/Sportplätze
Fußballplatz/Fußballplätze Fußballfeld/Fußballfelder Basketballplatz/Basketballplätze
Basketballfeld/Basketballfelder Baseballfeld/Baseballfelder Schwimmbecken/Schwimmbecken Schwimmbad/Schwimmbäder
Swimmingpool/Swimmingpools Teich/Teiche Gewässer/Gewässer Windrad/Windräder Windkraftanlage/Windkraftanlagen
Windturbine/Windturbinen Windpark/Windparks Solaranlage/Solaranlagen Solarpark/Solarparks Solarmodul/Solarmodule
Solarfeld/Solarfelder Solarpanel/Solarpanels Solarzelle/Solarzellen Photovoltaikanlage/Photovoltaikanlagen
Freiflächenanlage/Freiflächenanlagen Photovoltaikmodul/Photovoltaikmodule Gewächshaus/Gewächshäuser
Gewächshausanlage/Gewächshausanlagen Folientunnel/Folientunnel Stadion/Stadien Kühlturm/Kühltürme Zelt/Zelte
Plantage/Plantagen Obstgarten/Obstgärten Kreisverkehr/Kreisverkehre Baum/Bäume Containerplatz/Containerplätze
"""
_MISLEADING = """
Schneckenhaus/Schneckenhäuser Puppenhaus/Puppenhäuser Vogelhaus/Vogelhäuser Kartenhaus/Kartenhäuser
Treibhaus/Treibhäuser Glashaus/Glashäuser Zuhaus/Zuhause Treppenhaus/Treppenhäuser
Thinktank/Thinktanks Fischtank/Fischtanks Rucktank/Rucktanks
Raketensilo/Raketensilos Wohnsilo/Wohnsilos Parksilo/Parksilos Bettensilo/Bettensilos Datensilo/Datensilos
Lehrgebäude/Lehrgebäude Gedankengebäude/Gedankengebäude Lügengebäude/Lügengebäude
Walhalla/Walhalle Sevilla/Sevillas Eingangshalle/Eingangshallen
Raumschiff/Raumschiffe Luftschiff/Luftschiffe Kirchenschiff/Kirchenschiffe Mittelschiff/Mittelschiffe
Seitenschiff/Seitenschiffe Querschiff/Querschiffe Hauptschiff/Hauptschiffe Raumfähre/Raumfähren Reboot/Reboots
Luftfahrzeug/Luftfahrzeuge Wasserfahrzeug/Wasserfahrzeuge Schienenfahrzeug/Schienenfahrzeuge
Raumfahrzeug/Raumfahrzeuge Nutzfahrzeug/Nutzfahrzeuge Unterwasserfahrzeug/Unterwasserfahrzeuge
Saarbrücken/Zweibrücken Eselsbrücke/Eselsbrücken Luftbrücke/Luftbrücken Zahnbrücke/Zahnbrücken
Landungsbrücke/Landungsbrücken Seebrücke/Seebrücken Fluggastbrücke/Fluggastbrücken Schilderbrücke/Schilderbrücken
Signalbrücke/Signalbrücken Verladebrücke/Verladebrücken Kommandobrücke/Kommandobrücken Wärmebrücke/Wärmebrücken
Teststadion/Teststadien Larvenstadion/Larvenstadien Frühstadion/Frühstadien Endstadion/Endstadien
Wachstumsstadion/Wachstumsstadien Entwicklungsstadion/Entwicklungsstadien
Schlagbaum/Schlagbäume Stammbaum/Stammbäume Maibaum/Maibäume Hebebaum/Hebebäume Purzelbaum/Purzelbäume
Entscheidungsbaum/Entscheidungsbäume Suchbaum/Suchbäume
Wurzelte/Wurzelten Himmelszelt/Himmelszelte Sauerstoffzelt/Sauerstoffzelte Wirbelschleppe/Wirbelschleppen
Marktplatz/Marktplätze Incauto/Incautos
"""


def last_part(word: str, known: Collection[str]) -> str | None:
    """The noun that a German compound ends in; None where it is too short, ends in none, or is another thing.

    Umlauts count, also spelled out: "gefahren" is no "Fähren".

    Args:
        word: as it was typed, in any capitals.
        known: nouns that mean something here, in small letters; another form of the noun is given as one of them.
    """
    typed = word.lower()
    if len(typed) < _COMPOUND_LEAST or not typed.isalpha() or typed in _misleading():
        return None
    for form, nouns in _heads():
        if typed.endswith(form) and len(typed) - len(form) != 1:
            return next((noun for noun in nouns if noun in known), None)
    return None


@cache
def _heads() -> tuple[tuple[str, tuple[str, ...]], ...]:
    """Each form of a noun, the longest first, with what may be said for it: itself, its plural, its singular."""
    found: dict[str, tuple[str, ...]] = {}
    for one, many in _noun_pairs(_HEADS):
        for form in _noun_forms(one, many):
            found.setdefault(form, (form, one, many) if form == one else (form, many, one))
    return tuple(sorted(found.items(), key=lambda item: -len(item[0])))


@cache
def _misleading() -> frozenset[str]:
    return frozenset(form for one, many in _noun_pairs(_MISLEADING) for form in _noun_forms(one, many))


def _noun_pairs(listed: str) -> list[tuple[str, str]]:
    """Singular and plural of each noun, also as they are typed without umlauts."""
    pairs = []
    for pair in listed.lower().split():
        one, _, many = pair.partition("/")
        pairs += [(one, many), (spelled_out(one), spelled_out(many))]
    return pairs


def _noun_forms(one: str, many: str) -> list[str]:
    """Singular and plural, and the plural as it stands behind "in den"."""
    return [one, many] if many.endswith(("n", "s")) else [one, many, f"{many}n"]


_UMLAUTS = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "Ä": "Ae", "Ö": "Oe", "Ü": "Ue", "ß": "ss"})


def spelled_out(form: str) -> str:
    """A German word as it is typed where there are no umlauts."""
    return form.translate(_UMLAUTS)
