"""What each family is asked is what stands in its golden file, by transformers' own way and by ours."""

from __future__ import annotations

import json
from pathlib import Path
from types import SimpleNamespace

import pytest

from engine.language.families import FAMILIES
from engine.model.batches import PromptEncoder
from engine.model.halving import Halving
from engine.model.processed import encoder_for
from tests.engine.golden_prompts import (
    FOLDER,
    QUESTIONS,
    SIZES,
    by_the_library,
    file_of,
    frame_of,
    picture_of,
    shapes,
    short,
    tiny,
)
from tests.engine.tiny_models import KINDS

MODELS = Path(__file__).parents[2] / "docs" / "models.md"


@pytest.fixture(scope="module", params=KINDS)
def family(request):
    model, processor, spec = tiny(request.param)
    return SimpleNamespace(
        golden=json.loads(file_of(request.param).read_text(encoding="utf-8")),
        prompts=PromptEncoder(spec, model, processor),
        encoder=encoder_for(model, processor, FAMILIES[spec.family], Halving(AssertionError), lambda: 10**6),
        processor=processor,
        spec=spec,
    )


def test_every_family_that_runs_has_a_file_and_every_file_a_family():
    assert {path.stem for path in FOLDER.iterdir()} == set(KINDS)
    families = {json.loads(file_of(kind).read_text(encoding="utf-8"))["family"] for kind in KINDS}
    assert families == {name for name, row in FAMILIES.items() if row.runs}


def test_the_library_asks_as_the_file_says(family):
    assert by_the_library(family.processor, family.spec) == family.golden


def test_we_ask_as_the_file_says(family):
    shown, _ = family.encoder.shown(picture_of(SIZES[0]))
    for kind, question in QUESTIONS.items():
        expected = family.golden["prompts"][kind]
        assert family.prompts._prompt(kind, question) == expected["text"]
        assert short(family.prompts.ids(kind, question, shown)) == expected["ids"]


def test_pictures_have_the_sizes_that_the_file_says(family):
    found = {}
    for size in SIZES:
        picture = picture_of(size)
        shown, _ = family.encoder.shown(picture)
        ids = family.prompts.ids("locate", QUESTIONS["locate"], shown)
        look = family.encoder.look(picture)
        found["x".join(map(str, size))] = {"tokens": len(ids), **shapes(look.values)}
    assert found == family.golden["pictures"]


def test_boxes_are_meant_as_the_file_and_the_documents_say(family):
    row = FAMILIES[family.spec.family]
    assert frame_of(row) == family.golden["boxes"]
    lines = [line for line in MODELS.read_text(encoding="utf-8").splitlines() if line.startswith("| ")]
    (told,) = (line for line in lines if all(f"`{name}`" in line for name in row.model_types))
    assert f"| {frame_of(row)}" in told
    assert "| runs" in told
