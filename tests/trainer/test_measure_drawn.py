"""The drawn world measured kind by kind: which scenes are asked, and what is told of the answers."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np

from engine.evaluate.cases import cases_of
from engine.evaluate.samples import Answer
from trainer.lab.mini.measure_drawn import drawn_table, of_cases, samples_of
from trainer.lab.mini.measure_photos import SHOWN
from trainer.lab.photos import ALL_KINDS
from trainer.lab.scenes import DrawnScene, SceneObject

BOX, OTHER, FAR = (0.0, 0.0, 10.0, 10.0), (20.0, 0.0, 30.0, 10.0), (50.0, 50.0, 60.0, 60.0)


def scene(*kinds: str, clutter: tuple[str, ...] = ()) -> DrawnScene:
    objects = tuple(
        SceneObject(kind, None, box, 0.0, 10.0) for kind, box in zip(kinds, (BOX, OTHER), strict=False)
    )
    return DrawnScene(np.zeros((4, 4, 3), np.uint8), 1.0, objects, "home", clutter)


def test_scenes_that_may_hold_a_kind_unlisted_are_not_asked_about_it() -> None:
    scenes = [scene("tent", "tent"), scene("tent", "ship"), scene("ship"), scene(clutter=("tent",)), scene()]
    pictures = [Path(f"{n}.png") for n in range(len(scenes))]
    asked = samples_of("tent", scenes, pictures, 40)
    assert [(sample.key, sample.truth_src) for sample in asked] == [
        ("0", (BOX, OTHER)),
        ("1", (BOX,)),
        ("2", ()),
        ("4", ()),
    ]
    assert {sample.question for sample in asked} == {"all tents"}
    assert [sample.key for sample in samples_of("tent", scenes, pictures, 1)] == ["0", "2"]
    assert [sample.key for sample in samples_of("orchard", scenes, pictures, 2)] == ["0", "4"]


def test_a_box_that_is_hidden_for_its_score_is_found_but_not_recalled() -> None:
    samples = samples_of("tent", [scene("tent", "tent"), scene(), scene()], [Path("a.png")] * 3, 40)
    answers = {
        "0": Answer("0", (BOX, FAR, OTHER), (0.9, 0.8, 0.3), ("tent",) * 3),
        "1": Answer("1", (FAR,), (0.4,), ("tent",)),
    }
    assert [sample.key for sample in samples] == ["0", "1"]
    told = of_cases(cases_of(samples, answers, SHOWN))
    assert told == {
        "found": 1.0,
        "recall": 0.5,
        "precision": 0.5,
        "quiet": 1.0,
        "boxes": 2,
        "pictures": 1,
        "without": 1,
    }
    shown = answers | {"1": replace(answers["1"], scores=(0.6,))}
    assert of_cases(cases_of(samples, shown, SHOWN))["quiet"] == 0.0


def test_every_kind_has_a_line_whether_it_is_drawn_or_not() -> None:
    told = {
        "found": 1.0,
        "recall": 0.5,
        "precision": None,
        "quiet": 1.0,
        "boxes": 2,
        "pictures": 1,
        "without": 1,
    }
    lines = drawn_table({"tent": told}).splitlines()
    assert [line.split(" | ")[0].removeprefix("| ") for line in lines] == sorted(ALL_KINDS)
    assert "| tent | 100% | 50% | - | 100% | 2 in 1 | 1 |" in lines
    assert all(line.count("|") == 8 for line in lines)
