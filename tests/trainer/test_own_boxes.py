"""Boxes that were put onto tiles which came without any, and labels that are left out on purpose."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from trainer.lab.photos import ALL_KINDS, ViewMaker, load_photos
from trainer.lab.photos.kinds import COMMON
from trainer.lab.photos.sets import OWN_BOXES, OWN_SET, UCM_TEST, own_boxes

TILE_PX = 256


def boxed_with(kind: str) -> list[str]:
    """Tiles for training whose own boxes show this kind."""
    return [
        stem
        for stem, (objects, _) in sorted(own_boxes().items())
        if any(o.kind == kind for o in objects) and int(stem[-2:]) not in UCM_TEST
    ]


@pytest.fixture
def sets(tmp_path: Path) -> Path:
    """Grey tiles by the names of boxed ones, one that nobody boxed, and a beach, which shows no building."""
    folder = tmp_path / "ucmerced"
    (folder / "images").mkdir(parents=True)
    lines = []
    stems = [*boxed_with("building")[:3], "sparseresidential99", "beach01"]
    for number, stem in enumerate(stems):
        image = f"images/{stem}.png"
        Image.fromarray(np.full((TILE_PX, TILE_PX, 3), 40 * number + 40, np.uint8)).save(folder / image)
        lines.append({"image": image, "gsd_m": 0.3, "boxes": [], "class": stem[:-2]})
    (folder / "labels.jsonl").write_text("".join(json.dumps(line) + "\n" for line in lines))
    return tmp_path


def test_every_own_box_is_a_known_thing_inside_its_tile():
    lines = [json.loads(line) for line in OWN_BOXES.read_text(encoding="utf-8").splitlines()]
    assert len({line["image"] for line in lines}) == len(lines) == len(own_boxes())
    for line in lines:
        assert set(line["complete"]) <= COMMON <= set(ALL_KINDS), line["image"]
        for x1, y1, x2, y2, kind in line["boxes"]:
            assert kind in line["complete"], line["image"]
            assert 0 <= x1 < x2 <= TILE_PX, line["image"]
            assert 0 <= y1 < y2 <= TILE_PX, line["image"]


def test_own_boxes_are_measured_on_other_tiles_than_they_are_learned_from():
    for kind in ("building", "bridge", "car park"):
        shown = {
            int(stem[-2:]) in UCM_TEST
            for stem, (objects, _) in own_boxes().items()
            if any(o.kind == kind for o in objects)
        }
        assert shown == {True, False}, kind


def test_a_tile_with_own_boxes_is_a_set_of_its_own(sets: Path) -> None:
    photos = {p.path.stem: p for p in load_photos(sets, "train")}
    stem = boxed_with("building")[0]
    assert photos[stem].source == OWN_SET
    assert photos[stem].objects == own_boxes()[stem][0]
    assert "building" in photos[stem].complete
    assert photos["sparseresidential99"].source == "ucmerced"
    assert "building" not in photos["sparseresidential99"].complete


def test_beside_a_tile_without_boxes_no_list_of_a_common_kind_is_learned(sets: Path) -> None:
    views = ViewMaker(load_photos(sets, "train"), TILE_PX)
    own = [p for p in views.photos if p.source == OWN_SET]
    unknown = next(p for p in views.photos if p.source == "ucmerced" and "building" not in p.complete)
    views._known["building"] = views._showing["building"] = [unknown]
    mixed = [views._many(own, np.random.default_rng(seed)) for seed in range(8)]
    assert not any(o.kind == "building" for view in mixed for o in view.objects)
    assert not any("building" in view.complete for view in mixed)
    views._known["building"] = views._showing["building"] = own
    whole = [views._many(own, np.random.default_rng(seed)) for seed in range(8)]
    assert any(o.kind == "building" for view in whole for o in view.objects)


def test_kinds_that_are_to_stay_unlabelled_say_nothing(sets: Path) -> None:
    stem = boxed_with("building")[0]
    for photo in load_photos(sets, "train", unlabelled=("building", "airplane")):
        assert not {"building", "airplane"} & photo.complete
        assert not any(o.kind == "building" for o in photo.objects)
    assert any(p.path.stem == stem for p in load_photos(sets, "train", unlabelled=("building",)))
