"""The example questions of the panel and the README, asked of the default model: it shows what was asked for."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from engine.catalogue.models import find_model
from engine.imagery.raster import open_raster
from engine.model.loaded import LoadedModel, load_model
from engine.paths import resources_dir
from engine.search.pipeline import Search, SearchOptions, conclude, locate, plan
from engine.types import Query, Xyxy
from tests.engine.test_vocabulary import offered
from trainer.lab.mini.measure_photos import Found, chosen_photos, search_photo
from trainer.lab.photos import load_photos
from trainer.lab.scenes.samples import SAMPLES, draw_sample
from trainer.rewards import box_iou

REAL = Path(__file__).resolve().parents[3] / "shared" / "data" / "real"
ASKED_FOR = {
    "all ships": "ship",
    "a ship": "ship",
    "the largest ship": "ship",
    "what carries cargo over the sea ?": "ship",
    "all storage tanks": "storage tank",
    "where is oil kept ?": "storage tank",
    "all buildings": "building",
}
"""Every example, and the kind that a right answer to it is of."""
ON_PICTURES = {
    "all storage tanks": ("storage tank", 0.7),
    "where is oil kept ?": ("storage tank", 0.15),
    "all airplanes": ("airplane", 0.6),
    "all tennis courts": ("tennis court", 0.5),
    "all baseball diamonds": ("baseball diamond", 0.7),
    "all swimming pools": ("swimming pool", 0.6),
}
"""Questions for which there are labelled pictures, and how many of the things in them must be shown. What things are
for was learned from drawings alone."""


@pytest.fixture(scope="module")
def model() -> Iterator[LoadedModel]:
    loaded = load_model(find_model(), load_in_4bit=True)
    yield loaded
    loaded.close()


def test_every_example_has_a_kind_to_be_right_about() -> None:
    assert set(offered()) <= set(ASKED_FOR)


def shown_right(found: Found, least: float) -> tuple[int, int, int]:
    """How many boxes are shown, how many of them are right, and how many things are hit by one."""
    shown = [box for box, score in zip(found.boxes_px, found.scores, strict=True) if score >= least]
    right = [box for box in shown if any(box_iou(box, truth) >= 0.5 for truth in found.truth_px)]
    hit = [truth for truth in found.truth_px if any(box_iou(box, truth) >= 0.5 for box in shown)]
    return len(shown), len(right), len(hit)


@pytest.mark.slow
@pytest.mark.parametrize("question", sorted(set(offered())))
def test_an_example_is_answered_rightly_on_the_sample(model: LoadedModel, question: str) -> None:
    (harbour,) = (sample for sample in SAMPLES if sample.name == "harbour")
    truth: list[Xyxy] = [o.xyxy_px for o in draw_sample(harbour).objects if o.kind == ASKED_FOR[question]]
    with open_raster(str(resources_dir() / "sample" / "harbour.tif")) as raster:
        search = Search(raster, model.policy, model.verifier, SearchOptions(), stop=lambda: False)
        windows = plan(search, [Query(question)])
        results = [r for batch in locate(search, [Query(question)], windows) for r in batch]
        detections = conclude(search, [d for r in results for d in r.detections], windows)
    found = Found(tuple(truth), tuple(d.xyxy_src for d in detections), tuple(d.score for d in detections))
    shown, right, hit = shown_right(found, model.spec.min_score)
    assert right >= 0.7 * shown > 0, (shown, right, hit, len(truth))
    if not question.startswith(("the ", "a ")):
        assert hit >= 0.5 * len(truth), (shown, right, hit, len(truth))


@pytest.mark.slow
@pytest.mark.skipif(not REAL.is_dir(), reason=f"there are no labelled real pictures in {REAL}")
@pytest.mark.parametrize("question", ON_PICTURES)
def test_the_same_is_asked_of_real_pictures_of_places_never_trained_on(
    model: LoadedModel, question: str
) -> None:
    kind, least_found = ON_PICTURES[question]
    photos = chosen_photos(load_photos(REAL, "test"), kind, 8)
    counted = [
        (shown_right(found, model.spec.min_score), len(found.truth_px))
        for found in (search_photo(model, photo, kind, question) for photo in photos)
    ]
    shown, right, hit = (sum(figures[i] for figures, _ in counted) for i in range(3))
    total = sum(things for _, things in counted)
    silent = [figures[0] == 0 for figures, things in counted if not things]
    assert hit >= least_found * total > 0, (shown, right, hit, total)
    assert right >= 0.5 * shown, (shown, right, hit, total)
    assert sum(silent) >= 0.8 * len(silent), (sum(silent), len(silent))
