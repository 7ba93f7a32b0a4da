"""What is found in places that are no things to be found themselves: who asks for a harbour may mean its ships."""

from __future__ import annotations

from collections.abc import Collection
from functools import cache

from engine.language.synonyms import fold, spelled_out

_FOUND_THERE = {
    "ships, boats, piers": """harbour/harbours, harbor/harbors, marina/marinas, port/ports, seaport/seaports,
        dockyard/dockyards, shipyard/shipyards, Hafen/Häfen, Jachthafen/Jachthäfen, Yachthafen/Yachthäfen,
        Hafenbecken/Hafenbecken, Werft/Werften, havre/havres, chantier naval/chantiers navals, puerto/puertos,
        astillero/astilleros, porto/portos, estaleiro/estaleiros, 港口, 港, 海港, 港湾, 船坞""",
    "airplanes, helicopters": """airport/airports, airfield/airfields, aerodrome/aerodromes, airstrip/airstrips,
        apron/aprons, Flughafen/Flughäfen, Flugplatz/Flugplätze, Flugfeld/Flugfelder, aéroport/aéroports,
        aérodrome/aérodromes, aeropuerto/aeropuertos, aeródromo/aeródromos, aeroporto/aeroportos, 机场, 停机坪""",
    "storage tanks": """refinery/refineries, depot/depots, Raffinerie/Raffinerien, raffinerie/raffineries,
        refinería/refinerías, refinaria/refinarias, 炼油厂""",
    "buildings": """roof/roofs, rooftop/rooftops, village/villages, town/towns, city/cities, school/schools,
        settlement/settlements, Dach/Dächer, Dorf/Dörfer, Stadt/Städte, Schule/Schulen, Siedlung/Siedlungen,
        toit/toits, toiture/toitures, village/villages, ville/villes, école/écoles, techo/techos, tejado/tejados,
        pueblo/pueblos, ciudad/ciudades, escuela/escuelas, telhado/telhados, vila/vilas, cidade/cidades,
        escola/escolas, 屋顶, 村庄, 村, 城市, 学校""",
    "trains": """railway/railways, railroad/railroads, station/stations, Bahnhof/Bahnhöfe, Bahn/Bahnen,
        Eisenbahn/Eisenbahnen, gare/gares, estación/estaciones, ferrocarril/ferrocarriles, estação/estações,
        ferrovia/ferrovias, 火车站, 铁路""",
    "cars, trucks, bridges": """street/streets, highway/highways, motorway/motorways, freeway/freeways,
        Autobahn/Autobahnen, Straße/Straßen, autoroute/autoroutes, calle/calles, autopista/autopistas, rua/ruas,
        rodovia/rodovias, 街道, 高速公路""",
}


def found_there(word: str, known: Collection[str]) -> list[str]:
    """Things in the plural that are found in the place which a word names, of those that are known; none for others."""
    typed = word.lower()
    by_place, by_plain = _by_place()
    things = by_place.get(typed, by_plain.get(typed, ()))
    return [thing for thing in things if thing in known]


@cache
def _by_place() -> tuple[dict[str, list[str]], dict[str, list[str]]]:
    """Place -> things; and the same by what is typed without accents, which "garés" is not."""
    found: dict[str, list[str]] = {}
    for things, places in _FOUND_THERE.items():
        for pair in places.split(","):
            for form in pair.strip().lower().split("/"):
                for typed in (form, spelled_out(form)):
                    found.setdefault(" ".join(typed.split()), things.split(", "))
    return found, {fold(place): things for place, things in reversed(found.items())}
