from __future__ import annotations

import json
import math
from functools import lru_cache

import numpy as np
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from engine.errors import InputError
from engine.paths import resources_dir
from trainer.lab.mini.dialogue import TurnWriter
from trainer.lab.mini.vocabulary import build_tokenizer
from trainer.lab.scenes import (
    COLOURS,
    KINDS,
    QUERY_TYPES,
    QUERY_WORDS,
    DrawnScene,
    SceneObject,
    coarse_place,
    make_queries,
    render_scene,
    scene_rng,
    words_of,
)
from trainer.lab.scenes.kinds import BY_NAME
from trainer.lab.scenes.words import EDGES, PURPOSES, REASONING_WORDS

INDEX = st.integers(0, 10**6)


@lru_cache(256)
def drawn(index):
    return render_scene(scene_rng("home", "test", index))


def asked(index, n=10, types=None):
    scene = drawn(index)
    return scene, make_queries(scene, scene_rng("home", "test", index + 1), n=n, types=types)


def made(*objects):
    """A scene of blank pixels with the given (kind, colour, box) triples."""
    listed = tuple(SceneObject(k, c, b, 0.0, b[2] - b[0]) for k, c, b in objects)
    return DrawnScene(np.zeros((256, 256, 3), np.uint8), 1.0, listed, "home")


def centre(scene, i):
    x0, y0, x1, y1 = scene.objects[i].xyxy_px
    return (x0 + x1) / 2, (y0 + y1) / 2


def right_answers(scene, q):
    """All objects that answer a question, worked out from its words alone."""
    group = [i for i, o in enumerate(scene.objects) if o.kind == q.kind]
    group = [i for i in group if q.colour in (None, scene.objects[i].colour)]
    if q.type == "size":
        area = {
            i: math.prod(np.subtract(scene.objects[i].xyxy_px[2:], scene.objects[i].xyxy_px[:2]))
            for i in group
        }
        best = min(area.values()) if "smallest" in q.text else max(area.values())
        return [i for i in group if area[i] == best]
    if q.type == "position" and " in the " in q.text:
        place = q.text.split(" in the ")[1]
        return [i for i in group if coarse_place(scene.objects[i].xyxy_px, 256) == place]
    if q.type == "position":
        dx, dy = next(EDGES[word] for word in q.text.split() if word in EDGES)
        reach = {i: centre(scene, i)[0] * dx + centre(scene, i)[1] * dy for i in group}
        return [i for i in group if reach[i] == max(reach.values())]
    if q.type == "relation":
        other = q.text.rpartition(" the ")[2]
        anchors = [i for i, o in enumerate(scene.objects) if o.kind == other]
        assert len(anchors) == 1
        gap = {i: math.dist(centre(scene, i), centre(scene, anchors[0])) for i in group}
        return [i for i in group if gap[i] == min(gap.values())]
    return group


@settings(max_examples=40)
@given(index=INDEX)
def test_every_question_has_the_answer_that_its_words_demand(index):
    scene, queries = asked(index)
    for q in queries:
        assert sorted(q.targets) == sorted(right_answers(scene, q)), q
        assert q.boxes_px == tuple(scene.objects[i].xyxy_px for i in q.targets)
        assert q.label == q.kind
        if q.type == "absent":
            assert not q.targets
            assert q.kind not in scene.clutter_kinds
        elif q.type == "plural":
            assert q.targets
        else:
            assert len(q.targets) == 1


@settings(max_examples=40)
@given(index=INDEX)
@example(index=988)  # "the tennis court next to the basketball court is in the south west"
def test_texts_stay_inside_the_vocabulary_and_short(index):
    known = set(QUERY_WORDS)
    for q in asked(index)[1]:
        for text in (q.text, q.label, q.reasoning):
            assert text == text.lower() == " ".join(text.split())
            assert set(words_of(text)) <= known, text
        assert len(words_of(q.reasoning)) <= REASONING_WORDS


@pytest.fixture(scope="module")
def writer():
    return TurnWriter(build_tokenizer())


@settings(max_examples=40)
@given(index=INDEX)
@example(index=988)
def test_every_answer_fits_the_room_that_the_shipped_model_has(writer, index):
    room = json.loads((resources_dir() / "models" / "mini" / "remotezero.json").read_text())["max_new_tokens"]
    for q in asked(index)[1]:
        turn = writer.locate(q.text, q.reasoning, q.boxes_px, q.label, 256)
        assert len(turn.answer) + 1 <= room, q


def test_the_longest_reasoning_is_as_long_as_is_said():
    tank = ("storage tank", "white", (10, 200, 30, 220))
    scene = made(tank, ("car park", None, (40, 200, 70, 230)), ("car park", None, (200, 10, 230, 40)))
    asked_for = make_queries(scene, np.random.default_rng(6), n=8, types=["relation"])
    assert max(len(words_of(q.reasoning)) for q in asked_for) == REASONING_WORDS
    assert "the car park next to the storage tank is in the south west" in {q.reasoning for q in asked_for}


@settings(max_examples=20)
@given(index=INDEX)
def test_one_target_is_named_with_its_place_in_the_reasoning(index):
    scene, queries = asked(index)
    for q in queries:
        if len(q.targets) == 1 and q.type != "plural":
            assert q.reasoning.endswith(coarse_place(scene.objects[q.targets[0]].xyxy_px, 256))


def test_the_vocabulary_is_small_sorted_and_lower_case():
    assert list(QUERY_WORDS) == sorted(set(QUERY_WORDS))
    assert len(QUERY_WORDS) <= 400
    assert all(word == word.lower() for word in QUERY_WORDS)
    assert {word for name in (*KINDS, *COLOURS) for word in name.split()} <= set(QUERY_WORDS)


def test_there_are_enough_kinds_and_every_one_has_purposes_of_its_own():
    assert len(KINDS) >= 24
    assert set(PURPOSES) == set(KINDS)
    texts = [text for texts in PURPOSES.values() for text in texts]
    assert len(texts) == len(set(texts))


def test_all_types_come_up():
    found = {q.type for index in range(60) for q in asked(index)[1]}
    assert found == set(QUERY_TYPES)


@pytest.mark.parametrize("name", sorted(QUERY_TYPES))
def test_only_the_wanted_types_are_asked(name):
    assert {q.type for index in range(40) for q in asked(index, types=[name])[1]} == {name}


def test_absent_is_a_fifth_at_most_where_there_is_something_to_ask():
    scene = made(("ship", "red", (20, 20, 60, 40)), ("pier", "grey", (120, 120, 200, 160)))
    queries = make_queries(scene, np.random.default_rng(1), n=10)
    assert 1 <= sum(q.type == "absent" for q in queries) <= 2
    bare = make_queries(made(), np.random.default_rng(1), n=6)
    assert [q.type for q in bare] == ["absent"] * 6


def test_two_of_a_kind_are_never_asked_for_as_one():
    scene = made(("ship", "red", (20, 20, 60, 40)), ("ship", "red", (120, 120, 162, 142)))
    rng = np.random.default_rng(2)
    assert not make_queries(scene, rng, n=5, types=["kind"])
    assert not make_queries(scene, rng, n=5, types=["colour"])
    assert not make_queries(scene, rng, n=5, types=["purpose"])
    assert not make_queries(scene, rng, n=5, types=["size"])
    assert {q.targets for q in make_queries(scene, rng, n=5, types=["plural"])} == {(0, 1)}


def test_a_place_near_a_border_of_thirds_is_not_named():
    near = ("ship", "red", (70, 20, 100, 40))
    scene = made(near, ("ship", "blue", (200, 200, 230, 220)))
    queries = make_queries(scene, np.random.default_rng(3), n=12, types=["position"])
    assert queries
    assert all(" in the " not in q.text for q in queries)


def test_the_nearest_needs_a_clear_lead():
    pier = ("pier", "grey", (100, 100, 140, 110))
    close = made(pier, ("ship", None, (60, 100, 80, 110)), ("ship", None, (162, 100, 182, 110)))
    assert not make_queries(close, np.random.default_rng(4), n=4, types=["relation"])
    clear = made(pier, ("ship", None, (60, 100, 80, 110)), ("ship", None, (230, 200, 250, 210)))
    assert {q.targets for q in make_queries(clear, np.random.default_rng(4), n=4, types=["relation"])} == {
        (1,)
    }


def test_kinds_that_the_ground_may_show_are_never_asked_for():
    scene = DrawnScene(np.zeros((256, 256, 3), np.uint8), 1.0, (), "home", ("building",))
    queries = make_queries(scene, np.random.default_rng(5), n=200, types=["absent"])
    assert len(queries) > 100
    assert "building" not in {q.kind for q in queries}


def test_equal_generators_ask_equal_questions():
    assert asked(11)[1] == asked(11)[1]


def test_an_unknown_type_is_refused():
    with pytest.raises(InputError, match="riddle"):
        make_queries(made(), np.random.default_rng(0), n=1, types=["riddle"])


def test_plurals_differ_from_singulars():
    assert all(k.plural != k.name for k in BY_NAME.values())
