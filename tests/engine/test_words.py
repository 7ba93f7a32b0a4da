"""What analysts type reaches the kinds that they mean: whole questions, German compounds, Chinese order, hints."""

from __future__ import annotations

import pytest

from engine.catalogue.models import find_model
from engine.errors import InputError
from engine.language.compounds import last_part
from engine.language.synonyms import WORD, fold, own_words
from engine.language.vocabulary import check_questions, hear, passed_over
from tests.engine.analysts import ASKED

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
        ("in den Häusern", "in the buildings"), ("s’il vous plaît, les avions", ", the airplanes"),
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


@pytest.mark.parametrize("place", ["harbour", "the marinas", "Häfen", "le port", "puertos", "porto", "港口"])
def test_who_asks_for_a_place_is_told_what_may_be_found_there(place: str) -> None:
    with pytest.raises(InputError, match="What it may find there: “ships”"):
        check_questions(MINI, [place])


def test_what_is_asked_for_already_is_no_hint() -> None:
    (sentence,) = passed_over(MINI, ["all ships in the harbour"])
    assert sentence.endswith("“harbour” of “all ships in the harbour”; it was passed over.")
    (sentence,) = passed_over(MINI, ["all cars at the airport"])
    assert "What it may find there: “airplanes”, “helicopters”." in sentence
