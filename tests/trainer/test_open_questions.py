"""The sets behind the tables of open questions: drawn once, read by the readers of the engine, true to the scenes."""

from __future__ import annotations

import pytest
import rasterio

from engine.evaluate.readers import read_dataset
from engine.evaluate.reading import ReadOptions
from engine.language.synonyms import own_words
from trainer.lab.mini.synonyms import LANGUAGES, asked_in, synonyms
from trainer.lab.open_sets import (
    LANGUAGE_KINDS,
    SCENE_TYPES,
    draw_languages,
    draw_radar,
    draw_set,
    real_set,
)
from trainer.lab.photos import PLURALS
from trainer.lab.scenes import render_scene, scene_rng
from trainer.lab.scenes.scene import THEMES


def test_every_ground_of_the_drawn_world_is_a_scene_type():
    assert set(THEMES) <= set(SCENE_TYPES)
    assert {"urban", "forest", "desert", "coast"} <= {SCENE_TYPES[theme] for theme in THEMES}
    assert render_scene(scene_rng("home", "test", 0)).theme in THEMES


@pytest.mark.parametrize("kind", LANGUAGE_KINDS)
def test_a_kind_is_asked_in_every_language_and_meant_alike(kind):
    asked = asked_in(kind)
    assert set(asked) == set(LANGUAGES)
    words = (kind, PLURALS[kind], "all", "the")
    for text in asked.values():
        assert own_words(text, words, synonyms(words)) == f"all {PLURALS[kind]}", text


def test_the_drawn_sets_are_read_as_they_were_drawn(tmp_path):
    scenes = draw_set(tmp_path / "drawn", 4)
    dataset = read_dataset(tmp_path / "drawn", None, ReadOptions(split="all"))
    assert {sample.scene for sample in dataset.samples} == {f"{n}.png" for n in range(4)}
    boxes = {box for scene in scenes for item in scene.objects for box in [item.xyxy_px]}
    assert all(
        any(truth == pytest.approx(box) for box in boxes) for s in dataset.samples for truth in s.truth_src
    )
    assert {s.groups["scene-type"] for s in dataset.samples} <= set(SCENE_TYPES.values())
    draw_languages(tmp_path / "languages", 2)
    spoken = read_dataset(tmp_path / "languages", None, ReadOptions(split="all"))
    assert {s.groups["language"] for s in spoken.samples} == {"English", *LANGUAGES}
    assert len({s.truth_src for s in spoken.samples}) == 2


def test_radar_scenes_are_complex_and_as_bright_as_what_they_show(tmp_path):
    draw_radar(tmp_path / "radar", 2)
    with rasterio.open(tmp_path / "radar" / "0.tif") as file:
        values = file.read(1)
    assert values.dtype.kind == "c"
    # The magnitude of one look: its standard deviation is 0.52 of its mean where brightness does not change.
    assert 0.4 < abs(values).std() / abs(values).mean() < 1.2
    assert read_dataset(tmp_path / "radar", None, ReadOptions(split="all")).samples


def test_no_real_pictures_are_no_set(tmp_path):
    assert real_set(tmp_path / "real", tmp_path / "nowhere", 10) is False
