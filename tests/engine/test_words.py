"""What analysts type reaches the kinds that they mean: whole questions, German compounds, Chinese order, hints."""

from __future__ import annotations

from dataclasses import replace

import pytest

from engine.catalogue.models import find_model
from engine.errors import InputError
from engine.language.prompts import asked_words, prompt_text, second_things
from engine.language.synonyms import WORD, fold, last_part, own_words
from engine.language.vocabulary import check_questions, hear, passed_over
from engine.types import Query
from tests.engine.analysts import ASKED
from tests.engine.fakes import SPEC

MINI = find_model()
IN_PLURAL = {
    **{thing: thing.removesuffix("s") for thing in (*MINI.things, "boats", "trees", "piers")},
    "water bodies": "water body",
    "buses": "bus",
}
KINDS = {**IN_PLURAL, **{kind: kind for kind in IN_PLURAL.values()}, "water": "water body"}


def said(question: str) -> str:
    """The question in the model's own words."""
    return own_words(question, MINI.words, MINI.synonyms)


def kinds_of(question: str) -> set[str]:
    """The kinds that a question names in the model's own words."""
    text, found = f" {' '.join(fold(word) for word in WORD.findall(said(question)))} ", set()
    for form in sorted(KINDS, key=len, reverse=True):
        if f" {form} " in text:
            found.add(KINDS[form])
            text = text.replace(f" {form} ", " | ")
    return found


@pytest.mark.parametrize(
    ("question", "kinds", "unknown"), [one for questions in ASKED.values() for one in questions]
)
def test_what_analysts_type_reaches_its_kinds_and_only_what_is_not_found_is_passed_over(
    question: str, kinds: str, unknown: str
) -> None:
    assert kinds_of(question) == set(kinds.split(", "))
    assert {fold(word) for word in hear(MINI, question).unknown} <= {
        fold(word) for word in unknown.split(", ")
    }
    check_questions(MINI, [question])


NAMED_BY_ITS_END = {
    "storage tank": "Heizöltanks Gastank Wassertanks Treibstofftank Kerosintanks Getreidesilo Betonsilos",
    "building": "Ferienhäuser Krankenhaus Rathaus Baumhaus Bootshäuser Schulgebäude Turnhalle Messehallen Stadtvillen "
    "Feldscheunen Holzschuppen Textilfabriken Autohaus Lagerhäusern Ferienhaeuser",
    "airplane": "Sportflugzeuge Segelflugzeug Kleinflugzeugen Militärflugzeuge",
    "helicopter": "Rettungshubschrauber Polizeihelikopter",
    "ship": "Kreuzfahrtschiffe Forschungsschiff Massengutfrachter Öltanker Supertanker Autofähren Personenfähre",
    "boat": "Ruderboote Schlauchboote Fischerbooten Motoryachten",
    "car": "Elektroautos Polizeiauto Einsatzfahrzeuge",
    "truck": "Tanklastwagen Mülllastwagen",
    "bridge": "Hängebrücke Eisenbahnbruecken Kanalbrücken",
    "car park": "Besucherparkplatz Kundenparkplätze Dauerstellplätze",
    "tennis court": "Hallentennisplätze",
    "pond": "Fischteiche Klärteich",
    "water body": "Binnengewässer Oberflächengewässern",
    "solar farm": "Dachsolaranlagen Photovoltaikfreiflächenanlagen Agrisolarpark",
    "wind turbine": "Kleinwindräder Offshorewindparks Kleinwindkraftanlage",
    "stadium": "Olympiastadion Leichtathletikstadien",
    "tent": "Festzelt Campingzelte",
    "orchard": "Apfelplantagen Olivenplantage",
    "tree": "Kirschbaum Obstbäume",
    "roundabout": "Minikreisverkehr",
    "swimming pool": "Sportschwimmbecken Hallenschwimmbad",
}
"""Kind -> compounds whose last part names it; a Baumhaus is a house, and a Kirschbaum a tree."""
NAMED_BY_NO_END = (
    "Bahnhof Autobahn Fahrrad Marktplatz Spielplatz Flughafen Stadtpark Kornfeld Fußgängersteg Kinderwagen "
    "Eisenbahnwagen Straßenpflaster Kapitalanleger Güterumschlag Zugbegleiter Grundwasser Hochwasserschutz Museen "
    "gefahren Vorfahren Verfahren Aufzüge Genpool Liverpool Blackpool Whirlpool Raumschiff Luftschiffe Kirchenschiff "
    "Raumfähre Saarbrücken Zweibrücken Eselsbrücke Schilderbrücken Schlagbaum Stammbäume Schneckenhaus Vogelhäuser "
    "Raketensilo Datensilos Thinktank Frühstadien Sevilla Walhalla Baumschule Hausnummer Schiffbau Tankstelle "
    "Bootsmann Brückenkopf Teichrose Autobahnkreuz Fabrikarbeit Zeltplane Wurzelte Schiffsschraube Turmuhr"
)


@pytest.mark.parametrize(
    ("word", "kind"), [(word, kind) for kind, words in NAMED_BY_ITS_END.items() for word in words.split()]
)
@pytest.mark.parametrize("typed", [str, str.upper, str.lower])
def test_the_last_part_of_a_german_compound_names_its_kind(word: str, kind: str, typed: type[str]) -> None:
    assert kinds_of(f"alle {typed(word)}") == {kind}


@pytest.mark.parametrize("word", NAMED_BY_NO_END.split())
def test_what_a_compound_does_not_end_in_or_misleads_about_names_nothing(word: str) -> None:
    for typed in (word, word.upper(), word.lower()):
        assert kinds_of(f"alle {typed}") == set(), said(typed)
    with pytest.raises(InputError):
        check_questions(MINI, [word])


def test_there_are_forty_compounds_each_way() -> None:
    assert len(" ".join(NAMED_BY_ITS_END.values()).split()) >= 40 <= len(NAMED_BY_NO_END.split())


def test_words_of_other_languages_and_short_ones_are_not_taken_apart() -> None:
    for word in ("reboot", "thinktanks", "boot", "tank", "Öltank", "asilo", "incautos", "planalto", "lauto"):
        assert last_part(word, {"boot", "boote", "tank", "tanks", "silo", "auto", "autos"}) is None, word
    assert last_part("Heizöltanks", {"schiff"}) is None


@pytest.mark.parametrize(
    ("question", "asked"),
    [
        ("水", "water bodies"), ("所有的水", "all water bodies"), ("蓝色的水", "blue water bodies"),
        ("水塔", "水塔"), ("水体", "water bodies"), ("水库", "water bodies"), ("自来水厂", "自来水厂"),
        ("渔船", "渔 ships"), ("船坞", "船坞"), ("树林", "树林"), ("石桥", "石 bridges"), ("楼梯", "楼梯"),
        ("所有的车", "all cars"), ("自行车", "自行车"), ("油罐车", "trucks"),
        ("带游泳池的房子", "buildings with swimming pools"),
        ("找出所有带游泳池的房子", "find all buildings with swimming pools"),
        ("带太阳能板的建筑物在哪里?", "buildings with solar farms ?"),
        ("足球场旁边的停车场", "car parks next to the football fields"),
        ("找出足球场旁边的红色建筑物", "find red buildings next to the football fields"),
        ("河上的桥", "bridges on the river"), ("停车场里的汽车", "cars in the car parks"),
        ("红色的船", "red ships"), ("带游泳池的", "with swimming pools"), ("有多少艘船", "all ships"),
    ],
)  # fmt: skip
def test_chinese_says_first_what_stands_behind_its_noun_in_english(question: str, asked: str) -> None:
    assert said(question) == asked


@pytest.mark.parametrize(
    ("question", "asked"),
    [
        ("tenis courts", "tennis courts"), ("canchas de tennis", "tennis courts"), ("SOLAR PANNELS", "solar farms"),
        ("basketbal courts", "basketball courts"), ("aircrafts", "airplanes"), ("Tenisplätze", "tennis courts"),
        ("in den Häusern", "in the buildings"), ("s’il vous plaît, les avions", "the airplanes"),
        ("Alleen", "Alleen"), ("polls", "polls"), ("boots", "boots"),
    ],
)  # fmt: skip
def test_letters_doubled_or_not_and_plurals_of_any_kind_are_read(question: str, asked: str) -> None:
    assert said(question) == asked


@pytest.mark.parametrize(
    "question",
    ["what carries cargo over the sea ?", "where could people take shelter from a flood?", "the red tank"],
)
def test_a_french_ship_is_no_english_cargo(question: str) -> None:
    assert "ship " not in said(question)
    assert hear(MINI, question).unknown == ()


@pytest.mark.parametrize(
    ("question", "asked"),
    [
        ("all storage tanks at the refinery of Leuna", "all storage tanks"),
        ("please find all ships", "find all ships"),
        ("buildings with a damaged roof", "buildings with a roof"),
        ("ships and old tanks", "ships"), ("old ships and tanks", "ships"),
        ("buildings with swimming pools", "buildings"), ("带游泳池的房子", "buildings"),
        ("ships, cars and buildings", "ships"), ("red and white ships", "red and white ships"),
        ("where can two people play with rackets ?", "where can two people play with rackets ?"),
        ("ships next to Hamburg", "ships"),
        ("Could you please identify every residential house here, thanks?", "find every building"),
        ("two ships", "ships"), ("2 ships", "ships"), ("zwei Schiffe", "ships"),
        ("tanks larger than 20 m", "storage tanks"),
        ("no ships", "ships"), ("ships but not storage tanks", "ships"), ("Häuser ohne Schwimmbecken", "buildings"),
        ("all ships, no boats", "all ships"), ("除了船的建筑", "buildings"),
        ("what can fly without a runway ?", "what can fly without a runway ?"),
        ("the ship next to the bridge", "the ship next to the bridge"),
        ("the largest ship", "the largest ship"), ("where is oil kept ?", "where is oil kept ?"),
        ("Schnee", "Schnee"),
        ("boats near piers", "boats"), ("ships at piers", "ships"), ("Fischerboote am Steg", "boats"),
        ("storage tanks near a ship and a pier", "storage tanks"), ("trucks towing cars", "trucks"),
        ("cars on bridges", "cars on bridges"), ("the old ship on the bridge", "the ship on the bridge"),
        ("buildings with red roofs", "buildings"), ("buildings with red and white flags", "buildings"),
        ("buildings with a red damaged roof", "buildings with a red roof"), ("ships and red old tanks", "ships"),
        ("no cars, but ships", "ships"), ("keine Autos, nur Schiffe", "ships"), ("without cars: ships", "ships"),
        ("where can vehicles cross the river ?", "where can vehicles cross the river ?"),
        ("ALL SHIPS", "ALL SHIPS"), ("ships; trucks; cars", "ships"), ("cars that are not parked", "cars"),
        ("cars not on the red bridge", "cars"), ("no cars; ships", "ships"),
    ],
)  # fmt: skip
def test_what_the_model_lacks_is_left_out_of_what_it_is_asked(question: str, asked: str) -> None:
    assert asked_words(MINI, question) == asked
    assert prompt_text(MINI, Query(question)) == f"locate {asked}"


def test_a_model_that_knows_all_words_is_asked_all_of_them() -> None:
    listing = replace(SPEC, things=("ships", "boats"))
    for question in ("no ships at the refinery", "two ships", "ships near boats", "?!"):
        assert asked_words(SPEC, question) == question
        assert passed_over(listing, [question]) == []


@pytest.mark.parametrize(
    "question",
    [
        "no ships",
        "ships but not boats",
        "keine Schiffe",
        "Häuser ohne Schwimmbecken",
        "all ships, no boats",
        "ships and no boats in the water",
        "everything but ships",
        "cars that are not parked",
        "what is not red ?",
    ],
)
def test_what_a_question_rules_out_is_told_to_be_shown_perhaps(question: str) -> None:
    check_questions(MINI, [question])
    told = passed_over(MINI, [question])
    assert sum("rules nothing out" in said for said in told) == 1
    assert not any("one kind of thing at a time" in said for said in told)


@pytest.mark.parametrize(
    ("question", "second"),
    [
        ("ships and buildings", ["buildings"]), ("Häuser mit Schwimmbecken", ["swimming pools"]),
        ("ships, cars and old storage tanks", ["cars", "storage tanks"]), ("silos e tanques", []),
        ("Gewächshäuser und Folientunnel", []), ("the ship next to the bridge", []), ("ships but not boats", []),
        ("a car park and a car", ["car"]), ("boats near piers", ["piers"]), ("ships; trucks", ["trucks"]),
        ("ships and red old tanks", ["storage tanks"]), ("the ship and the ship", []),
    ],
)  # fmt: skip
def test_of_several_things_in_one_question_the_first_is_asked_and_the_others_are_told(
    question: str, second: list[str]
) -> None:
    told = [said for said in passed_over(MINI, [question]) if "one kind of thing at a time" in said]
    assert len(told) == bool(second)
    assert all(f"“{thing}”" in told[0] for thing in second)
    assert second_things(MINI, question) == second


@pytest.mark.parametrize("question", ["two ships", "zwei Schiffe", "两艘船", "2 ships", "ten ships"])
def test_numbers_are_told_to_be_passed_over(question: str) -> None:
    (told,) = passed_over(MINI, [question])
    assert any(f"“{number}”" in told for number in ("two", "2", "ten"))
    assert told.endswith("it was passed over.")


@pytest.mark.parametrize("place", ["harbour", "the marinas", "Häfen", "le port", "puertos", "porto", "港口"])
def test_who_asks_for_a_place_is_told_what_may_be_found_there(place: str) -> None:
    with pytest.raises(InputError, match="What it may find there: “ships”"):
        check_questions(MINI, [place])


def test_what_is_asked_for_already_is_no_hint() -> None:
    assert "find there" not in passed_over(MINI, ["les camions garés"])[0]
    (sentence,) = passed_over(MINI, ["all ships in the harbour"])
    assert sentence.endswith("“harbour” of “all ships in the harbour”; it was passed over.")
    (sentence,) = passed_over(MINI, ["Supertanker im Hafen"])
    assert "find there" not in sentence
    (sentence,) = passed_over(MINI, ["all cars at the airport"])
    assert "What it may find there: “airplanes”, “helicopters”." in sentence
