"""The questions that the panel proposes, asked of the default model over the sample that it offers."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

from engine.imagery.raster import open_raster
from engine.language.vocabulary import check_questions, passed_over
from engine.model.serving import load_served
from engine.search.pipeline import Search, SearchOptions, locate, plan
from engine.types import Query

ROOT = Path(__file__).resolve().parents[2]
SAMPLE = ROOT / "resources" / "sample" / "harbour.tif"


def proposed() -> list[str]:
    """Return the panel's examples, read without QGIS."""
    tree = ast.parse((ROOT / "remotezero_qgis" / "panel" / "question_box.py").read_text(encoding="utf-8"))
    found = [
        ast.literal_eval(node.value)
        for node in tree.body
        if isinstance(node, ast.Assign) and ast.unparse(node.targets[0]) == "EXAMPLES"
    ]
    return list(found[0])


@pytest.fixture(scope="module")
def search() -> Iterator[Search]:
    model = load_served(None)
    with open_raster(str(SAMPLE)) as raster:
        yield Search(raster, model.policy, model.verifier, SearchOptions(batch_size=8), lambda: False)
    model.close()


@pytest.mark.slow
@pytest.mark.parametrize("question", proposed())
def test_a_proposed_question_finds_what_is_shown_at_first(search: Search, question: str) -> None:
    """The search ends with the first box that is sure enough: what follows is what it is for any question."""
    spec = search.policy.spec
    check_questions(spec, [question])
    assert passed_over(spec, [question]) == []
    batches = locate(search, [Query(question)], plan(search))
    assert any(
        detection.score >= spec.min_score
        for batch in batches
        for window in batch
        for detection in window.detections
    )
