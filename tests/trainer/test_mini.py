"""The small model's parts: what it is trained on is what the engine sends and reads."""

from __future__ import annotations

import json
from dataclasses import replace

import numpy as np
import pytest
import torch

from engine.catalogue.models import find_model
from engine.evaluate.overlap import box_iou, matched_iou
from engine.evaluate.precision import auroc
from engine.language.parser import parse_boxes
from engine.language.synonyms import own_words
from engine.language.vocabulary import hear
from trainer.lab.mini import vocabulary as v
from trainer.lab.mini.architecture import CHIP_PX, build_model, build_processor, own_fields
from trainer.lab.mini.data import dense_target, tightness, turned
from trainer.lab.mini.dialogue import Packer, TurnWriter
from trainer.lab.mini.losses import encode, patchify, run_language_model
from trainer.lab.photos import ALL_KINDS
from trainer.lab.scenes import KNOWN_WORDS, QUERY_WORDS, make_queries, render_scene, scene_rng
from trainer.lab.scenes.words import PURPOSES


@pytest.fixture(scope="module")
def tokenizer():
    return v.build_tokenizer()


@pytest.fixture(scope="module")
def model(tokenizer):
    return build_model(tokenizer, seed=1).eval()


@pytest.fixture(scope="module")
def scene():
    return next(
        s for s in (render_scene(scene_rng("home", "train", i)) for i in range(50)) if len(s.objects) > 2
    )


def test_every_word_of_the_drawn_world_is_known(tokenizer):
    for word in QUERY_WORDS:
        assert tokenizer.unk_token_id not in tokenizer(word)["input_ids"], word


def test_the_shipped_model_lists_the_words_of_the_recipe(tokenizer):
    """Made anew by writing ``own_fields()`` into the file, as ``save_checkpoint`` does."""
    shipped = find_model("mini")
    assert json.loads((shipped.path / "remotezero.json").read_text("utf-8")) == own_fields()
    assert set(shipped.words) >= set(KNOWN_WORDS) - {"vehicles"}
    for entry in shipped.words:
        assert tokenizer.unk_token_id not in tokenizer(entry)["input_ids"], entry


def test_a_model_that_has_seen_photos_knows_their_kinds_and_cars_as_vehicles(tokenizer):
    own = own_fields(ALL_KINDS)
    spec = replace(find_model("mini"), words=tuple(own["words"]), synonyms=own["synonyms"])
    for entry in spec.words:
        assert tokenizer.unk_token_id not in tokenizer(entry)["input_ids"], entry
    asked = {
        "all vehicles": "all cars",
        "the car": "the car",
        "Bäume": "trees",
        "le bateau rouge": "the red boat",
        "湖": "water bodies",
        "where can vehicles cross the river ?": "where can vehicles cross the river ?",
    }
    for question, own_question in asked.items():
        assert own_words(question, spec.words, spec.synonyms) == own_question
        assert hear(spec, question).unknown == ()


def test_no_question_that_was_taught_holds_an_unknown_word():
    spec = find_model("mini")
    for number in range(60):
        scene = render_scene(scene_rng("home", "train", number))
        for sample in make_queries(scene, scene_rng("home", "train", number), n=12):
            assert hear(spec, sample.text).unknown == (), sample.text


def test_what_was_taught_about_purposes_is_asked_as_it_was_taught():
    spec = find_model("mini")
    taught = [text for texts in PURPOSES.values() for text in texts]
    assert "where is cargo stacked ?" in taught
    for text in taught:
        assert own_words(text, spec.words, spec.synonyms) == text
        assert hear(spec, text).unknown == (), text


def test_written_answer_is_read_back_by_the_served_parser(tokenizer):
    writer = TurnWriter(tokenizer)
    turn = writer.locate("the ship", "the ship is in the north", [(32.0, 64.0, 96.0, 128.0)], "ship", 256)
    boxes = '[{"bbox_2d": [124, 248, 376, 500], "label": "ship"}]'
    text = f"<think>the ship is in the north</think>\n{boxes}"
    assert tokenizer(text)["input_ids"] == list(turn.answer)
    answer = parse_boxes(tokenizer.decode(turn.answer), "qwen3-vl", 256, 256)
    assert answer.reasoning == "the ship is in the north"
    assert answer.proposals[0].label == "ship"
    assert answer.proposals[0].xyxy_px == pytest.approx((32, 64, 96, 128), abs=1.0)


def test_patches_equal_the_processor(tokenizer, scene):
    processed = build_processor(tokenizer).image_processor(images=[scene.pixels], return_tensors="pt")
    assert torch.allclose(
        processed["pixel_values"], patchify(torch.from_numpy(scene.pixels[None])), atol=1e-5
    )


def test_a_packed_turn_is_computed_as_if_alone(tokenizer, model, scene):
    writer, packer = TurnWriter(tokenizer), Packer(tokenizer, 8)
    turns = [
        writer.locate("the ship", "no ship here", [], "ship", CHIP_PX),
        writer.name("what is this ?", "pond"),
        writer.yes_no("presence", "the pond", 1.0),
    ]
    pixels = torch.from_numpy(scene.pixels[None])
    with torch.no_grad():
        features = encode(model, pixels)
        together = packer.pack([turns])
        hidden = run_language_model(model, features, together)[together.rows, together.columns]
        alone = []
        for turn in turns:
            packed = packer.pack([[turn]])
            alone.append(run_language_model(model, features, packed)[packed.rows, packed.columns])
    assert torch.allclose(hidden, torch.cat(alone), atol=1e-4)


def test_a_packed_turn_is_what_the_processor_would_send(tokenizer, model, scene):
    processor = build_processor(tokenizer)
    turn = TurnWriter(tokenizer).yes_no("presence", "the pond", 1.0)
    packed = Packer(tokenizer, 8).pack([[turn]])
    messages = [
        {"role": "user", "content": [{"type": "image"}, {"type": "text", "text": "is there the pond here ?"}]}
    ]
    text = processor.apply_chat_template(messages, add_generation_prompt=True, tokenize=False)
    sent = processor(images=[scene.pixels], text=[text], return_tensors="pt")
    assert sent["input_ids"][0].tolist() == packed.input_ids[0, :-1].tolist()
    with torch.no_grad():
        served = model(**sent, logits_to_keep=1).logits[0, -1]
        hidden = run_language_model(model, encode(model, torch.from_numpy(scene.pixels[None])), packed)
        trained = model.lm_head(hidden[packed.rows, packed.columns])[0]
    assert torch.allclose(served, trained, atol=1e-3)


@pytest.mark.parametrize("quarter_turns", range(4))
@pytest.mark.parametrize("mirrored", [False, True])
def test_turning_a_scene_moves_its_boxes_with_its_pixels(scene, quarter_turns, mirrored):
    marked = np.zeros_like(scene.pixels)
    x1, y1, x2, y2 = (round(value) for value in scene.objects[0].xyxy_px)
    marked[y1:y2, x1:x2] = 255
    result = turned(type(scene)(marked, 1.0, scene.objects, "home"), quarter_turns, mirrored)
    rows, columns = np.nonzero(result.pixels[..., 0])
    seen = (columns.min(), rows.min(), columns.max() + 1, rows.max() + 1)
    assert box_iou(tuple(map(float, seen)), result.objects[0].xyxy_px) > 0.8


def test_dense_target_names_each_object_on_some_token(scene):
    kinds = set(dense_target(scene.objects)[:, 0].tolist())
    assert len(kinds - {0}) >= min(len({o.kind for o in scene.objects}), 2)


def test_verifier_target_rises_with_overlap():
    assert [tightness(x) for x in (0.1, 0.5, 0.9)] == [0.0, 0.5, 1.0]


def test_query_turns_fit_the_answer_budget(tokenizer, scene):
    writer = TurnWriter(tokenizer)
    for q in make_queries(scene, np.random.default_rng(0), n=20):
        assert len(writer.locate(q.text, q.reasoning, q.boxes_px, q.label, 256).answer) < 160


def test_matched_iou_counts_missed_and_invented_boxes_alike():
    box, other = (0.0, 0.0, 10.0, 10.0), (20.0, 20.0, 30.0, 30.0)
    assert matched_iou([box], [box]) == 1.0
    assert matched_iou([box], [box, other]) == matched_iou([box, other], [box]) == 0.5
    assert matched_iou([], []) == 1.0
    assert matched_iou([box], []) == 0.0


def test_auroc_of_separated_mixed_and_tied_scores():
    assert auroc([0.9, 0.8], [0.1, 0.2]) == 1.0
    assert auroc([0.5, 0.5], [0.5, 0.5]) == 0.5
    assert auroc([0.9, 0.1], [0.5]) == 0.5
