"""The last part of a German compound names its kind: a Heizöltank is a Tank, and what it holds goes before.

Only nouns of which that is nearly always true are taken, in their own forms; ``_MISLEADING`` has the compounds of
them that are something else. Platz, Hof, Bahn, Rad, Park and Feld end words of too many kinds to name one.
"""

from __future__ import annotations

from collections.abc import Collection
from functools import cache

_LEAST = 7
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
    if len(typed) < _LEAST or not typed.isalpha() or typed in _misleading():
        return None
    for form, nouns in _heads():
        if typed.endswith(form) and len(typed) - len(form) != 1:
            return next((noun for noun in nouns if noun in known), None)
    return None


@cache
def _heads() -> tuple[tuple[str, tuple[str, ...]], ...]:
    """Each form of a noun, the longest first, with what may be said for it: itself, its plural, its singular."""
    found: dict[str, tuple[str, ...]] = {}
    for one, many in _pairs(_HEADS):
        for form in _forms(one, many):
            found.setdefault(form, (form, one, many) if form == one else (form, many, one))
    return tuple(sorted(found.items(), key=lambda item: -len(item[0])))


@cache
def _misleading() -> frozenset[str]:
    return frozenset(form for one, many in _pairs(_MISLEADING) for form in _forms(one, many))


def _pairs(listed: str) -> list[tuple[str, str]]:
    """Singular and plural of each noun, also as they are typed without umlauts."""
    pairs = []
    for pair in listed.lower().split():
        one, _, many = pair.partition("/")
        pairs += [(one, many), (spelled_out(one), spelled_out(many))]
    return pairs


def _forms(one: str, many: str) -> list[str]:
    """Singular and plural, and the plural as it stands behind "in den"."""
    return [one, many] if many.endswith(("n", "s")) else [one, many, f"{many}n"]


_UMLAUTS = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "Ä": "Ae", "Ö": "Oe", "Ü": "Ue", "ß": "ss"})


def spelled_out(form: str) -> str:
    """A German word as it is typed where there are no umlauts."""
    return form.translate(_UMLAUTS)
