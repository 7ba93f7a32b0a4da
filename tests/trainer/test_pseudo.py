"""Boxes that the model puts onto pictures without any: what is kept of them, and what is learned from it."""

from __future__ import annotations

import json
from dataclasses import dataclass, field, replace
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from engine.evaluate.overlap import box_iou
from engine.types import Chip, Query
from tests.engine.fakes import SPEC, FakePolicy, FakeVerifier, box_text
from trainer.lab.mini import vocabulary
from trainer.lab.mini.architecture import CHIP_PX, CROP_PX
from trainer.lab.mini.dialogue import TurnWriter
from trainer.lab.mini.photo_turns import PhotoTurns
from trainer.lab.mini.pseudo import (
    KINDS_OF,
    SMALL_GSD_M,
    TILES_AT_ONCE,
    Found,
    agreed,
    make_pseudo,
    seconded,
    turned_back,
    wanted,
)
from trainer.lab.mini.stages import GPU_STAGES, STAGES, BatchSource
from trainer.lab.photos import ALL_KINDS, Photo, PhotoObject, ViewMaker, load_photos
from trainer.lab.photos.sets import OWN_SET, PSEUDO_SET, UCM_TEST, own_boxes
from trainer.lab.photos.views import turned_box, turned_pixels, window_view

CAR = (40.0, 60.0, 64.0, 74.0)


@pytest.fixture
def sets(tmp_path: Path) -> Path:
    """Dark tiles with one bright thing each: car parks, one of which is measured on, an overpass and a beach."""
    folder = tmp_path / "real" / "ucmerced"
    (folder / "images").mkdir(parents=True)
    pixels = np.full((256, 256, 3), 30, np.uint8)
    pixels[60:74, 40:64] = 250
    lines = []
    for stem in ("beach01", "overpass97", "parkinglot98", "parkinglot99", "parkinglot40"):
        Image.fromarray(pixels).save(folder / "images" / f"{stem}.png")
        lines.append({"image": f"images/{stem}.png", "gsd_m": 0.3, "boxes": [], "class": stem[:-2]})
    (folder / "labels.jsonl").write_text("".join(json.dumps(line) + "\n" for line in lines))
    return tmp_path / "real"


class Seeing(FakePolicy):
    """Finds what is bright, and in pictures that are not turned a thing that is not there as well."""

    def generate(self, chips, queries, stop):
        for chip, query in zip(chips, queries, strict=True):
            self.enqueue(self.seen(chip, query))
        return super().generate(chips, queries, stop)

    def seen(self, chip: Chip, query: Query) -> str:
        rows, columns = np.nonzero(chip.pixels[..., 0] > 200)
        if "bridge" in query.text or not len(rows):
            return "[]"
        box = (columns.min(), rows.min(), columns.max() + 1, rows.max() + 1)
        ghost = [(800.0, 800.0, 900.0, 900.0)] if box[0] < 60 else []
        return box_text(tuple(value * 1000 / 256 for value in box), *ghost, label="car")


@dataclass
class Model:
    """The least of a served model."""

    policy: FakePolicy = field(default_factory=Seeing)
    verifier: FakeVerifier = field(default_factory=FakeVerifier)
    name: str = SPEC.name
    device: str = "cpu"
    batch_size: int = 8
    scoring: str = "logits"
    notes: tuple[str, ...] = ()
    plan: str = ""


def never() -> bool:
    return False


def test_what_both_views_show_is_kept_with_the_mean_of_its_boxes() -> None:
    plain = [Found("car", (0, 0, 20, 10), 0.9), Found("car", (100, 0, 120, 10), 0.8)]
    turned = [Found("car", (2, 0, 22, 10), 0.7), Found("car", (115, 0, 135, 10), 0.9)]
    assert agreed(plain, turned) == [Found("car", (1, 0, 21, 10), 0.7)]
    assert agreed(plain, [replace(one, score=0.4) for one in turned]) == []
    assert agreed([replace(one, score=0.4) for one in plain], turned) == []
    assert agreed(plain, [replace(one, kind="boat") for one in turned]) == []
    assert agreed(plain, []) == agreed([], turned) == []


def test_one_place_is_one_thing() -> None:
    both = [Found("boat", (0, 0, 20, 10), 0.7), Found("ship", (1, 0, 20, 10), 0.8)]
    assert [one.kind for one in agreed(both, both)] == ["ship"]


def test_boxes_are_turned_back_with_their_picture() -> None:
    pixels = np.zeros((100, 140, 3), np.uint8)
    pixels[60:74, 40:64] = 250
    rows, columns = np.nonzero(turned_pixels(pixels, 1, False)[..., 0])
    seen = (columns.min(), rows.min(), columns.max() + 1, rows.max() + 1)
    assert turned_back(seen, 140) == CAR
    assert turned_back(turned_box(CAR, 256, 1, False), 256) == CAR


def test_only_what_labels_do_not_tell_is_looked_for(sets: Path) -> None:
    photos = {p.path.stem: p for p in load_photos(sets, "train")}
    assert wanted(photos["parkinglot98"]) == ["car"]
    assert wanted(photos["beach01"]) == []
    assert wanted(photos["overpass97"]) == ["bridge", "car"]
    assert wanted(photos["overpass97"], unlabelled=("car",)) == ["bridge"]
    assert wanted(replace(photos["overpass97"], complete=frozenset({"bridge"}))) == ["car"]
    assert {kind for kinds in KINDS_OF.values() for kind in kinds} <= set(ALL_KINDS)


def test_boxes_are_kept_of_training_pictures_alone_and_are_never_complete(sets: Path, tmp_path: Path) -> None:
    photos = load_photos(sets, "train")
    file = tmp_path / "pseudo.jsonl"
    model = Model()
    assert make_pseudo(model, photos, file, never)
    lines = [json.loads(line) for line in file.read_text(encoding="utf-8").splitlines()]
    assert [line["image"] for line in lines] == ["overpass97.png", "parkinglot98.png", "parkinglot99.png"]
    for line in lines:
        assert (line["box_kind"], line["complete_for"]) == ("pseudo", [])
        (box,) = line["boxes"]
        assert box["label"] == "car"
        assert box_iou(tuple(box["xyxy"]), CAR) > 0.9
    gsd_m = {query.text: chip.gsd_m for chip, query in model.policy.asked if chip.gsd_m < 0.3}
    assert gsd_m == {"all cars": pytest.approx(SMALL_GSD_M)}
    assert {query.text for _, query in model.policy.asked} == {"all cars", "all bridges"}
    for photo in seconded(file, photos):
        assert photo.source == PSEUDO_SET
        assert photo.partial == {"car"}
        assert "car" not in photo.complete
        assert {o.kind for o in photo.objects} == {"car"}


def test_a_whole_car_park_is_no_car(sets: Path, tmp_path: Path) -> None:
    photos = [p for p in load_photos(sets, "train") if p.scene == "parkinglot"]
    whole = Model(FakePolicy(default=box_text((0, 0, 1000, 1000), label="car")))
    assert make_pseudo(whole, photos, tmp_path / "pseudo.jsonl", never)
    # A window of the enlarged picture is a part of it that is too long for a car as well.
    assert seconded(tmp_path / "pseudo.jsonl", photos) == []


def test_looking_goes_on_where_it_was_stopped(sets: Path, tmp_path: Path) -> None:
    photo = next(p for p in load_photos(sets, "train") if p.scene == "parkinglot")
    photos = [photo] * (TILES_AT_ONCE + 2)
    file, calls = tmp_path / "pseudo.jsonl", iter((False, True))
    first, second, whole = Model(), Model(), Model()
    assert not make_pseudo(first, photos, file, lambda: next(calls))
    assert not file.exists()
    assert make_pseudo(second, photos, file, never)
    assert len(first.policy.asked) == TILES_AT_ONCE // 2 * len(second.policy.asked) > 0
    assert make_pseudo(whole, photos, tmp_path / "whole.jsonl", never)
    assert (tmp_path / "whole.jsonl").read_text() == file.read_text()


def with_cars(folder: Path) -> Photo:
    """A picture with five pseudo-boxes of cars."""
    path = folder / "parkinglot98.png"
    Image.fromarray(np.full((256, 256, 3), 30, np.uint8)).save(path)
    cars = tuple(PhotoObject("car", (30.0 * n, 60.0, 30.0 * n + 20, 84.0)) for n in range(5))
    complete, partial = frozenset({"airplane"}), frozenset({"car"})
    return Photo(path, PSEUDO_SET, "train", "", 0.3, cars, complete, "parkinglot", partial)


def test_no_list_of_a_kind_that_is_boxed_in_part_is_learned(tmp_path: Path) -> None:
    tokenizer = vocabulary.build_tokenizer()
    turns = PhotoTurns(TurnWriter(tokenizer))
    view = window_view(with_cars(tmp_path), (0, 0, 256, 256), CHIP_PX)
    assert view.partial == {"car"}
    names = 0
    for seed in range(40):
        for turn in turns.over_chip(view, np.random.default_rng(seed), 6):
            question, answer = tokenizer.decode(turn.question), tokenizer.decode(turn.answer)
            if "car" in question.split() or "cars" in question.split():
                assert question.startswith("is there")
                assert turn.p_yes == 1.0
            names += question.startswith("what is at") and answer == "car"
        _, about = turns.over_crop(view, np.random.default_rng(seed), 4, CROP_PX)
        for turn in about:
            question = tokenizer.decode(turn.question).split()
            if "car" in question or "cars" in question:
                assert turn.p_yes is not None
                assert turn.p_yes > 0.25
    assert names >= 3 * 40


def test_views_of_pseudo_boxes_are_cut_from_no_list_and_lend_no_piece(tmp_path: Path) -> None:
    maker = ViewMaker([with_cars(tmp_path)], CHIP_PX)
    assert maker._pasted == {}
    for seed in range(20):
        view = maker.make(np.random.default_rng(seed))
        assert view.partial == {"car"}
        assert "car" not in view.complete


def test_a_tile_with_own_boxes_keeps_them(sets: Path, tmp_path: Path) -> None:
    stem = next(stem for stem in sorted(own_boxes()) if stem.startswith("overpass"))
    assert int(stem[-2:]) not in UCM_TEST
    labels = sets / "ucmerced" / "labels.jsonl"
    labels.write_text(labels.read_text().replace("overpass97", stem))
    (sets / "ucmerced" / "images" / "overpass97.png").rename(sets / "ucmerced" / "images" / f"{stem}.png")
    photos = load_photos(sets, "train")
    assert make_pseudo(Model(), photos, tmp_path / "pseudo.jsonl", never)
    both = {p.path.stem: p for p in seconded(tmp_path / "pseudo.jsonl", photos)}[stem]
    own = next(p for p in photos if p.path.stem == stem)
    assert own.source == OWN_SET
    assert [o.kind for o in both.objects] == ["bridge"] * len(own.objects) + ["car"]
    assert both.partial == {"car"}
    assert "bridge" in both.complete


def test_a_seconded_stage_comes_last_and_draws_from_what_was_kept(sets: Path, tmp_path: Path) -> None:
    for stages in (STAGES, GPU_STAGES):
        assert [stage.seconded for stage in stages] == [False] * (len(stages) - 1) + [True]
    source = BatchSource(tmp_path / "scenes", (3, 2), sets)
    assert source.second(Model(), never)
    kinds = [{p.source for p in source._views_of(stage).photos} for stage in (STAGES[-2], STAGES[-1])]
    assert PSEUDO_SET not in kinds[0]
    assert PSEUDO_SET in kinds[1]
