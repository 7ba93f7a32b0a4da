"""What a model with a closed vocabulary says of words that it does not have."""

from __future__ import annotations

import ast
import re
from dataclasses import replace
from pathlib import Path

import pytest

from engine.catalogue.models import find_model
from engine.errors import InputError
from engine.jobs.precheck import half_known, precheck
from engine.language.prompts import prompt_text, prompt_version
from engine.language.synonyms import own_words
from engine.language.vocabulary import check_questions, hear, nearest, passed_over
from engine.types import ModelSpec, Query
from tests.engine.fakes import SPEC

ROOT = Path(__file__).resolve().parents[2]
MINI = find_model()


def offered() -> list[str]:
    """Every question that the README, the Makefile and the panel give as an example."""
    texts = [(ROOT / name).read_text(encoding="utf-8") for name in ("README.md", "Makefile")]
    lines = re.findall(r'remotezero locate \S+((?: "[^"]+")+)', texts[0])
    found = [question for line in lines for question in re.findall(r'"([^"]+)"', line)]
    found += re.findall(r'remotezero verify \S+ \S+ "([^"]+)"', texts[0])
    found += re.findall(r"^QUERY \?= (.+)$", texts[1], re.MULTILINE)
    panel = ast.parse((ROOT / "remotezero_qgis/panel/question_box.py").read_text(encoding="utf-8"))
    (examples,) = [
        node.value
        for node in panel.body
        if isinstance(node, ast.Assign) and getattr(node.targets[0], "id", "") == "EXAMPLES"
    ]
    return found + list(ast.literal_eval(examples))


def said(spec: ModelSpec, question: str) -> str:
    """The question in the model's own words."""
    return own_words(question, spec.words, spec.synonyms)


def test_examples_are_found() -> None:
    assert {"all ships", "a ship", "the largest ship"} <= set(offered())


@pytest.mark.parametrize("question", offered())
def test_every_example_can_be_asked_of_the_default_model(question: str) -> None:
    check_questions(MINI, [question])


@pytest.mark.parametrize(
    ("question", "unknown", "near"),
    [
        ("the container", ["container"], "container yard"),
        ("the cart", ["cart"], "car"),
        ("solar oven", ["solar", "oven"], "solar farm"),
        ("Show me all buildigns, please!", ["buildigns"], "buildings"),
        ("hvor er skipene", ["hvor", "er", "skipene"], ""),
        ("Schnee im Hafen", ["Schnee", "Hafen"], ""),
        ("no hay nieve", ["nieve"], ""),
        ("雪", ["雪"], ""),
        ("123", ["123"], ""),
        ("find car-port", ["car-port"], ""),
    ],
)
def test_a_question_without_a_known_word_is_refused(question: str, unknown: list[str], near: str) -> None:
    assert hear(MINI, question).unknown == tuple(unknown)
    with pytest.raises(InputError, match="knows none of the words") as caught:
        check_questions(MINI, ["all ships", question])
    said = str(caught.value)
    assert all(f"“{word}”" in said for word in unknown)
    assert near in said
    assert "--model" in said
    assert "panel" in said


@pytest.mark.parametrize("question", ["?!", "...", "all", "where is it?"])
def test_a_question_that_names_nothing_is_refused(question: str) -> None:
    with pytest.raises(InputError, match="names nothing"):
        check_questions(MINI, [question])


@pytest.mark.parametrize(
    ("question", "unknown"),
    [
        ("the tram next to the ship", ["tram"]),
        ("buildings with a damaged roof", ["damaged"]),
        ("2 ships", ["2"]),
        ("THE SHÍP and the ﬁshing net", ["fishing"]),
        ("ships in the harbor of Århus", ["harbor", "Århus"]),
        ("Schiffe im Hafen von Århus", ["Hafen", "Århus"]),
        ("les navires du port", ["port"]),
    ],
)
def test_half_known_questions_run_and_are_flagged(question: str, unknown: list[str]) -> None:
    check_questions(MINI, [question])
    (said,) = passed_over(MINI, ["all ships", question])
    assert "does not know the word" in said
    assert all(f"“{word}”" in said for word in unknown)


@pytest.mark.parametrize(
    "question",
    ["all ships", "Find the car parks.", "WHERE DO CARS TURN IN A CIRCLE?", "the red tank", "ŠHIP"],
)
def test_known_questions_are_not_flagged(question: str) -> None:
    assert passed_over(MINI, [question]) == []


def test_a_word_of_a_name_is_known_in_that_name_only() -> None:
    assert hear(MINI, "the wind near the wind turbine").unknown == ("wind", "near")
    assert hear(replace(MINI, words=("car park",)), "the car park").known == ("car", "park")


@pytest.mark.parametrize(
    ("question", "asked"),
    [
        ("Houses", "buildings"),
        ("all aeroplanes", "all airplanes"),
        ("the parking lot", "the car park"),
        ("alle Schiffe", "all ships"),
        ("das größte Schiff", "the largest ship"),
        ("das groesste Schiff", "the largest ship"),
        ("wo sind die Häuser?", "where are the buildings ?"),
        ("wo ist ein Hubschrauber", "where is a helicopter"),
        ("Lagertanks im Norden", "storage tanks in the north"),
        ("l'avion", "the airplane"),
        ("l’avion", "the airplane"),
        ("tous les réservoirs blancs", "all white storage tanks"),
        ("le bateau rouge", "the red ship"),
        ("all reservoirs", "all water bodies"),
        ("réservoir rouge", "red storage tank"),
        ("all vehicles", "all cars"),
        ("les voitures", "the cars"),
        ("湖", "water bodies"),
        ("el barco más grande", "the largest ship"),
        ("todos los tanques de almacenamiento", "all storage tanks"),
        ("dónde hay piscinas", "where are swimming pools"),
        ("os navios vermelhos", "the red ships"),
        ("todas as piscinas", "all swimming pools"),
        ("游泳池", "swimming pools"),
        ("找出所有飞机", "find all airplanes"),
        ("最大的船", "largest ship"),
        ("红色的建筑物在哪里", "red buildings"),
    ],
)
def test_questions_in_other_words_and_languages_are_put_into_the_model_s_own(
    question: str, asked: str
) -> None:
    assert said(MINI, question) == asked
    assert prompt_text(MINI, Query(question)) == MINI.prompts["locate"].replace("{query}", asked)
    check_questions(MINI, [question])


@pytest.mark.parametrize(
    ("question", "own"),
    [
        ("alle Seen", "all water bodies"), ("See", "water"), ("wo ist Wasser", "where is water bodies"),
        ("l'eau", "the water"), ("água", "water"), ("水域", "water bodies"),
        ("PV modules", "solar farms"), ("Photovoltaikanlagen", "solar farms"), ("光伏", "solar farms"),
        ("placas solares", "solar farms"), ("panneaux photovoltaïques", "solar farms"),
        ("haeuser", "buildings"), ("Bruecken", "bridges"), ("Strassenbruecke", "bridge"),
        ("Tennisplaetze", "tennis courts"), ("gruene Boote", "green boats"), ("大楼", "buildings"),
        ("hangars", "buildings"), ("vans", "cars"), ("pitches", "football fields"),
        ("Gebäude mit Solaranlagen", "buildings with solar farms"),
        ("edificios con paneles solares", "buildings with solar farms"),
        ("swimming-pools", "swimming pools"), ("Solar-Anlagen", "solar farms"), ("Fußballplaetze", "football fields"),
        ("Seen im Norden", "water bodies in the north"), ("see vans", "see cars"), ("see houses", "see buildings"),
        ("see all ships", "see all ships"), ("see the ships seen from above", "see the ships seen from above"),
    ],
)  # fmt: skip
def test_spellings_and_words_that_stop_words_hide(question: str, own: str) -> None:
    assert own_words(question, MINI.words, MINI.synonyms) == own


@pytest.mark.parametrize("question", ["all trees", "alle Boote", "piers", "quays", "un árbol"])
def test_who_asks_for_what_is_seldom_found_is_told(question: str) -> None:
    (sentence,) = passed_over(MINI, [question])
    assert "is not said to find" in sentence
    assert "kept back" in sentence


@pytest.mark.parametrize("question", ["buses", "Busse", "ônibus", "公交车"])
def test_what_was_hardly_shown_is_refused_by_name(question: str) -> None:
    with pytest.raises(InputError, match=r"not said to find “bus(es)?”: it was shown a single one"):
        check_questions(MINI, [question])


def test_what_is_found_is_not_warned_of() -> None:
    assert passed_over(MINI, [f"all {thing}" for thing in MINI.things]) == []


@pytest.mark.parametrize(
    "question", ["the largest ship", "Find the  car parks.", "no boats", "what turns in the wind ?", "ŠHIP"]
)
def test_what_the_model_knows_stays_as_it_was_typed(question: str) -> None:
    assert said(MINI, question) == question


def test_every_synonym_leads_to_words_that_the_model_knows() -> None:
    for typed, meant in MINI.synonyms.items():
        for form in meant.lstrip("<>").split("|"):
            assert set(hear(MINI, form).unknown) <= MINI.tried.keys() | {"two"}, (typed, meant)
        assert said(replace(MINI, synonyms={typed: meant}), typed) != "" or meant == "" or meant[0] == ">", (
            typed
        )


@pytest.mark.parametrize("language", ["de", "fr", "es", "pt", "zh"])
def test_every_kind_can_be_asked_for_in_the_languages_of_the_interface(language: str) -> None:
    words = {
        "de": "Flugzeug Schiffe Tennisplatz Schwimmbecken Brücken Gewächshaus Gebäude Windräder Parkplatz Zelte",
        "fr": "avion navires piscine pont serre bâtiments éoliennes parking tentes stade",
        "es": "avión barcos piscina puente invernadero edificios aerogeneradores aparcamiento carpas estadio",
        "pt": "avião navios piscina ponte estufa edifícios aerogeradores estacionamento barracas estádio",
        "zh": "飞机 轮船 网球场 游泳池 桥 温室 建筑 风车 停车场 帐篷",
    }[language]
    assert passed_over(MINI, words.split()) == []


def test_a_model_without_synonyms_is_asked_as_it_was_typed() -> None:
    assert said(SPEC, "alle Schiffe") == "alle Schiffe"
    assert prompt_version(replace(SPEC, synonyms={"schiffe": "ships"})) != prompt_version(SPEC)


def test_a_model_that_lists_no_words_knows_all() -> None:
    assert SPEC.words == ()
    check_questions(SPEC, ["hvor er skipene", "?!"])
    assert passed_over(SPEC, ["hvor er skipene"]) == []


def test_near_words_are_few_and_real() -> None:
    assert nearest("shipps", MINI.words) == ["ships", "ship"]
    assert nearest("skyscraper", MINI.words) == []


def test_long_questions_make_no_long_sentences() -> None:
    with pytest.raises(InputError) as caught:
        check_questions(MINI, [" ".join(f"xq{n}z" for n in range(90))])
    assert len(str(caught.value)) < 700


def test_what_is_asked_of_a_model_by_name_is_looked_at_before_it_is_loaded() -> None:
    with pytest.raises(InputError, match="skipene"):
        precheck("locate", {"queries": ["skipene"]})
    with pytest.raises(InputError, match="skipene"):
        precheck("verify", {"query": "skipene", "model": "mini"})
    with pytest.raises(InputError, match="skipene"):
        precheck("improve", {"rasters": ["a.tif"], "queries": ["all ships", "skipene"]})
    for queries in ([], None, [""], 5, [5]):  # proposed, or for the trainer to refuse
        precheck("improve", {"rasters": ["a.tif"], "queries": queries})
    precheck("improve", {"queries": ["skipene"], "model": 5})


def test_words_passed_over_are_told_of_learning_too() -> None:
    (said,) = half_known({"rasters": ["a.tif"], "queries": ["all ships", "all fancy ships"]})
    assert "fancy" in said
    assert half_known({"rasters": ["a.tif"]}) == []
    precheck("locate", {"queries": ["skipene"], "model": "no such model"})
