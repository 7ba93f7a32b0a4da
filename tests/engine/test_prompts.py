"""Prompts as tokens: questions are text whatever they spell, thoughts are skipped, and the real tokenizer agrees."""

from __future__ import annotations

from pathlib import Path
from types import SimpleNamespace

import numpy as np
import pytest
from PIL import Image

from engine.errors import ModelError
from engine.language.families import FAMILIES, family_of_model_type
from engine.language.parser import parse_boxes
from engine.language.prompts import build_messages, prompt_text
from engine.model.batches import PromptEncoder
from engine.types import ModelSpec, Query
from tests.engine.tiny_models import CHAT_TEMPLATE, KINDS, build_family, build_processor, build_tokenizer

REAL = Path(__file__).parents[2] / "build" / "tokenizers" / "qwen3"
PICTURE_TOKENS = 6
BOX = '\t{"bbox_2d": [123, 456, 789, 912], "label": "ship"},\n'
THINKING = CHAT_TEMPLATE.replace(
    "assistant\\n' }}{% endif %}", "assistant\\n' }}{% if enable_thinking is not defined or enable_thinking %}"
    "{{ '<think>\\n' }}{% else %}{{ '<think>\\n\\n</think>\\n\\n' }}{% endif %}{% endif %}",
)  # fmt: skip
ALWAYS_THINKING = CHAT_TEMPLATE.replace(
    "assistant\\n' }}{% endif %}", "assistant\\n<think>\\n' }}{% endif %}"
)


def encoder_for(processor, family):
    """Prompts of a model that isn't there: only its processor is asked."""
    spec = ModelSpec("tiny", Path("tiny"), family, 128, 64)
    config = SimpleNamespace(image_token_id=processor.image_token_id)
    absent = SimpleNamespace(config=config, model=SimpleNamespace(forward=lambda input_ids: None))
    return PromptEncoder(spec, absent, processor), spec


@pytest.fixture(scope="module", params=KINDS)
def tiny(request):
    model, processor = build_family(request.param)
    spec = ModelSpec("tiny", Path("tiny"), family_of_model_type(model.config.model_type).name, 128, 64)
    return PromptEncoder(spec, model, processor), spec, processor


@pytest.fixture(scope="module")
def real():
    """The processor of Qwen3-VL with its real tokenizer, as its configuration builds it."""
    if not (REAL / "tokenizer.json").is_file():
        pytest.skip("the tokenizer is not there; .ci/tokenizer fetches it")
    from transformers import AutoTokenizer, Qwen2VLImageProcessor, Qwen3VLProcessor, Qwen3VLVideoProcessor

    tokenizer = AutoTokenizer.from_pretrained(REAL)
    common = {"patch_size": 16, "merge_size": 2, "temporal_patch_size": 2}
    middle = {"image_mean": [0.5] * 3, "image_std": [0.5] * 3}
    size = {"shortest_edge": 65536, "longest_edge": 16777216}
    return Qwen3VLProcessor(
        image_processor=Qwen2VLImageProcessor(size=size, **common, **middle),
        tokenizer=tokenizer,
        video_processor=Qwen3VLVideoProcessor(size=size, **common),
        chat_template=CHAT_TEMPLATE,
    )


def controls(tokenizer, ids, picture):
    """The control tokens among some ids, in order, picture placeholders aside."""
    special = {*tokenizer.all_special_ids, *tokenizer.convert_tokens_to_ids(["<think>", "</think>"])}
    return [token for token in ids if token in special and token != picture]


@pytest.mark.parametrize("kind", ["locate", "verify", "presence"])
def test_control_tokens_in_a_question_are_text(tiny, kind):
    encoder, spec, processor = tiny
    tokenizer = processor.tokenizer
    shown = tokenizer.convert_ids_to_tokens(encoder.image_id) * PICTURE_TOKENS
    question = f"a {' '.join(tokenizer.all_special_tokens)} <think> ship"
    plain, spelled = encoder.ids(kind, "a ship", shown), encoder.ids(kind, question, shown)
    assert controls(tokenizer, spelled, encoder.image_id) == controls(tokenizer, plain, encoder.image_id)
    assert spelled.count(encoder.image_id) == PICTURE_TOKENS
    assert prompt_text(spec, Query(question), kind) in tokenizer.decode(spelled)


@pytest.mark.parametrize("template", ["{% for", "{{ raise_exception('no') }}", "a text without a picture"])
def test_a_chat_template_that_can_not_be_used_is_said_in_one_sentence(tiny, template, monkeypatch):
    encoder, _, processor = tiny
    monkeypatch.setattr(processor, "chat_template", template)
    encoder.ids.cache_clear()
    with pytest.raises(ModelError, match=r"Restore chat_template\.jinja"):
        encoder.ids("verify", "a ship", PICTURE_TOKENS)


def test_every_added_token_of_the_real_tokenizer_is_text_in_a_question(real):
    encoder, _ = encoder_for(real, "qwen3-vl")
    tokenizer = real.tokenizer
    added = {str(token): number for number, token in tokenizer.added_tokens_decoder.items()}
    plain = [token for token in encoder.ids("verify", "a ship", 4) if token in added.values()]
    for name in added:
        ids = encoder.ids("verify", f"a {name}{name} ship {name[1:]}", 4)
        assert [token for token in ids if token in added.values()] == plain, name
        assert f'"a {name}{name} ship {name[1:]}"' in tokenizer.decode(ids)


def test_prompts_are_what_the_real_tokenizer_and_processor_make(real):
    encoder, spec = encoder_for(real, "qwen3-vl")
    for kind in ("locate", "verify", "presence"):
        text = prompt_text(spec, Query("große Schiffe am Kai, 船"), kind)
        written = (
            f"<|im_start|>user\n<|vision_start|>{'<|image_pad|>' * 64}<|vision_end|>{text}<|im_end|>\n"
            "<|im_start|>assistant\n"
        )
        ids = list(encoder.ids(kind, "große Schiffe am Kai, 船", 64))
        assert ids == real.tokenizer(written)["input_ids"]
        chat = real.apply_chat_template(
            build_messages(spec, Query("große Schiffe am Kai, 船"), kind),
            tokenize=False,
            add_generation_prompt=True,
        )
        picture = Image.fromarray(np.zeros((256, 256, 3), np.uint8))
        assert ids == real(text=[chat], images=[picture])["input_ids"][0]


def test_every_spelling_of_yes_and_no_is_one_token(real):
    encoder, _ = encoder_for(real, "qwen3-vl")
    row = FAMILIES["qwen3-vl"]
    ids = [*encoder.answer_ids(row.yes), *encoder.answer_ids(row.no)]
    assert len(set(ids)) == len(row.yes) + len(row.no) == 10


def test_a_box_takes_33_tokens_so_the_default_room_holds_thirty(real):
    def tokens(boxes):
        return len(real.tokenizer(f"```json\n[\n{BOX * boxes}]\n```")["input_ids"])

    assert tokens(11) - tokens(1) == 10 * 33
    room = ModelSpec("any", Path("any"), "qwen3-vl", 1024, 384).max_new_tokens
    assert tokens(30) <= room < tokens(32)
    assert len(parse_boxes(f"```json\n[\n{BOX * 3}]\n```", "qwen3-vl", 1000, 1000).proposals) == 3


@pytest.mark.parametrize("template", [THINKING, ALWAYS_THINKING], ids=["can be told", "always thinks"])
def test_thoughts_that_a_template_begins_are_ended(template):
    processor = build_processor(build_tokenizer(), "qwen3-vl")
    plain, _ = encoder_for(processor, "qwen3-vl")
    without = processor.tokenizer.decode(plain.ids("verify", "a ship", 4))
    processor.chat_template = template
    encoder, _ = encoder_for(processor, "qwen3-vl")
    for question in ("a ship", "a <|im_end|> ship"):
        text = processor.tokenizer.decode(encoder.ids("verify", question, 4))
        assert text == without.replace("a ship", question) + "<think>\n\n</think>\n\n"


def test_marks_of_boxes_are_part_of_an_answer_and_the_chat_is_not():
    from engine.language.loose import MARK

    for name in (
        "<box>",
        "</box>",
        "<|det|>",
        "<|/ref|>",
        "<|box_start|>",
        "<loc0012>",
        "<loc_7>",
        "</think>",
    ):
        assert MARK.fullmatch(name), name
    for name in ("<|im_end|>", "<|endoftext|>", "<|image_pad|>", "<pad>", "</s>", "<bos>"):
        assert not MARK.fullmatch(name), name
