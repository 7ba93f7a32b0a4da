"""The example questions of the panel and the README, asked of the default model: it shows what was asked for."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from engine.catalogue.models import find_model
from engine.evaluate.cases import Cases
from engine.model.loaded import LoadedModel, load_model
from engine.paths import resources_dir
from tests.engine.test_vocabulary import offered
from trainer.lab.mini.measure_photos import ask_about, chosen_photos
from trainer.lab.photos import Photo, PhotoObject, load_photos
from trainer.lab.scenes.samples import SAMPLES, draw_sample

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


def counted(cases: Cases) -> tuple[int, int, int]:
    """How many boxes are shown, how many of them are right, and how many things there are."""
    right, wrong, missed = (int(part.sum()) for part in cases.counts())
    return right + wrong, right, right + missed


@pytest.mark.slow
@pytest.mark.parametrize("question", sorted(set(offered())))
def test_an_example_is_answered_rightly_on_the_sample(model: LoadedModel, question: str) -> None:
    (harbour,) = (sample for sample in SAMPLES if sample.name == "harbour")
    kind = ASKED_FOR[question]
    photo = Photo(
        path=resources_dir() / "sample" / "harbour.tif",
        source="sample",
        split="test",
        place="harbour",
        gsd_m=harbour.gsd_m,
        objects=tuple(PhotoObject(o.kind, o.xyxy_px) for o in draw_sample(harbour).objects if o.kind == kind),
        complete=frozenset({kind}),
        scene="",
    )
    shown, right, things = counted(ask_about(model, [photo], kind, question))
    assert right >= 0.7 * shown > 0, (shown, right, things)
    if not question.startswith(("the ", "a ")):
        assert right >= 0.5 * things, (shown, right, things)


@pytest.mark.slow
@pytest.mark.skipif(not REAL.is_dir(), reason=f"there are no labelled real pictures in {REAL}")
@pytest.mark.parametrize("question", ON_PICTURES)
def test_the_same_is_asked_of_real_pictures_of_places_never_trained_on(
    model: LoadedModel, question: str
) -> None:
    kind, least_found = ON_PICTURES[question]
    cases = ask_about(model, chosen_photos(load_photos(REAL, "test"), kind, 8), kind, question)
    shown, right, things = counted(cases)
    silent = ~cases.shows[~cases.has_target]
    assert right >= least_found * things > 0, (shown, right, things)
    assert right >= 0.5 * shown, (shown, right, things)
    assert silent.mean() >= 0.8
