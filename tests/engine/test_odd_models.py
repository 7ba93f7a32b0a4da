"""Model folders with sizes no model has, or a template that can't be read: refused in a sentence, unloaded."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from engine.catalogue.specs import read_spec
from engine.errors import ModelError


def folder(tmp_path: Path, config: dict[str, Any] | None = None, **files: str) -> Path:
    made = tmp_path / "model"
    made.mkdir()
    (made / "config.json").write_text(json.dumps({"model_type": "qwen3_vl", **(config or {})}))
    for name, text in files.items():
        (made / name.replace("__", ".")).write_text(text)
    return made


@pytest.mark.parametrize(
    "config",
    [
        {"text_config": {"num_hidden_layers": 1_000_000}},
        {"text_config": {"vocab_size": 10**12}},
        {"text_config": {"hidden_size": -8}},
        {"vision_config": {"depth": "many"}},
        {"num_attention_heads": 0.5},
    ],
)
def test_sizes_that_no_model_has_are_named(tmp_path: Path, config: dict[str, Any]) -> None:
    with pytest.raises(ModelError, match="and a model has from 1 to"):
        read_spec(folder(tmp_path, config))


@pytest.mark.parametrize(
    "files",
    [
        {"chat_template__jinja": "{% for m in messages %}"},
        {"chat_template__json": '{"chat_template": "{{ unclosed"}'},
        {"tokenizer_config__json": '{"chat_template": 3}'},
        {"tokenizer_config__json": '{"chat_template": [{"name": "default"}]}'},
        {"tokenizer_config__json": "[" * 100_000},
    ],
)
def test_a_broken_chat_template_is_named(tmp_path: Path, files: dict[str, str]) -> None:
    with pytest.raises(ModelError, match=r"chat template in .* is damaged"):
        read_spec(folder(tmp_path, **files))


@pytest.mark.parametrize(
    "template",
    [
        "{% generation %}{{ m }}{% endgeneration %}",
        "{%- generation -%}x{%- endgeneration -%}",
        "{% for m in messages %}{% if m %}{% continue %}{% endif %}{% endfor %}",
    ],
)
def test_templates_of_real_models_are_read(tmp_path: Path, template: str) -> None:
    assert read_spec(folder(tmp_path, chat_template__jinja=template)).family == "qwen3-vl"
