"""Learning from a labelled set: each picture with its own question, places apart, boxes only for who asks for them."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PIL import Image

from engine.catalogue.specs import read_spec
from engine.errors import InputError
from tests.engine.miniatures import MAKERS
from trainer.chips import ChipSet
from trainer.config import TrainingRequest, parse_request
from trainer.dataset import plan_run, prepare_chips, prepare_pairs
from trainer.gate import Verdict
from trainer.labelled import LabelledSet
from trainer.state import RunState

PICTURES, SIDE = 30, 192
TRUE = [[30, 40, 90, 100], [120, 20, 150, 60]]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Lines of JSON: a picture of noise each, two in one place, and what is asked about it."""
    rng = np.random.default_rng(3)
    lines = []
    for number in range(PICTURES):
        noise = np.kron(rng.integers(0, 255, (12, 12, 3)), np.ones((16, 16, 1))).astype(np.uint8)
        Image.fromarray(noise).save(tmp_path / f"{number}.png")
        line = {
            "image": f"{number}.png",
            "query": f"the thing number {number}",
            "place": f"town {number // 2}",
        }
        lines.append({**line, "boxes": TRUE[: number % 3], "split": "train", "gsd_m": 0.5})
    lines.append({"image": "0.png", "query": "another wording", "boxes": TRUE[:1], "split": "train"})
    (tmp_path / "labels.jsonl").write_text("".join(json.dumps(line) + "\n" for line in lines))
    return tmp_path


def request(folder: Path, tiny: Path, **values: Any) -> TrainingRequest:
    return parse_request({"dataset": str(folder), "model": str(tiny), **values})


def joined(asked: TrainingRequest, tiny: Path, run: Path) -> tuple[ChipSet, RunState]:
    """Chips and pairs of a run, by a verifier that says of every picture the same."""
    chips, state = prepare_chips(asked, read_spec(tiny), run, lambda: False), RunState()

    def presence(indices: Sequence[int], texts: Sequence[str]) -> np.ndarray:
        return np.full(len(indices), 0.7)

    prepare_pairs(asked, state, chips, presence, lambda indices: [], lambda: False)
    return chips, state


def test_each_picture_is_asked_its_own_questions_and_no_box_is_read(folder: Path, tiny_folder: Path) -> None:
    for line in ("no boxes", "boxes"):
        if line == "no boxes":
            text = (folder / "labels.jsonl").read_text()
            kept = [{k: v for k, v in json.loads(one).items() if k != "boxes"} for one in text.splitlines()]
            (folder / "labels.jsonl").write_text("".join(json.dumps(one) + "\n" for one in kept))
        chips, state = joined(request(folder, tiny_folder), tiny_folder, folder / line)
        assert state.train is not None
        assert state.held_asked is not None
        pairs = [*state.train, *state.held_asked]
        assert len(chips) == PICTURES
        assert len(pairs) == PICTURES + 1
        assert all(pair.truth_px is None and pair.presence == 0.7 for pair in pairs)
        for pair in pairs:
            number = Path(chips.records[pair.chip].raster).stem
            assert pair.query in (f"the thing number {number}", "another wording")
        assert not state.drawn
    with pytest.raises(InputError, match="has no `boxes`"):
        LabelledSet(request(folder, tiny_folder, reward="iou"))


def test_pictures_of_one_place_are_on_one_side(folder: Path, tiny_folder: Path) -> None:
    chips, _ = joined(request(folder, tiny_folder), tiny_folder, folder / "run")
    sides = {}
    for record in chips.records:
        town = int(Path(record.raster).stem) // 2
        sides.setdefault(town, set()).add((record.place, record.held_out))
    assert all(len(side) == 1 for side in sides.values())
    assert sum(record.held_out for record in chips.records) >= 8


def test_true_boxes_are_those_of_the_set_in_pixels_of_the_chip(folder: Path, tiny_folder: Path) -> None:
    asked = request(folder, tiny_folder, reward="iou")
    chips, state = joined(asked, tiny_folder, folder / "run")
    assert state.drawn
    assert state.train is not None
    assert state.held_asked is not None
    scale = read_spec(tiny_folder).chip_px / SIDE
    for pair in [*state.train, *state.held_asked]:
        number = int(Path(chips.records[pair.chip].raster).stem)
        wanted = TRUE[:1] if pair.query == "another wording" else TRUE[: number % 3]
        assert pair.truth_px is not None
        assert np.array(pair.truth_px) == pytest.approx(np.array(wanted) * scale)
        assert pair.presence == float(bool(wanted))


def test_one_target_is_one_rectangle_round_all_its_parts(tmp_path: Path, tiny_folder: Path) -> None:
    folder = MAKERS["earthreason"](tmp_path / "set")
    labelled = LabelledSet(request(folder, tiny_folder, split="test", reward="iou"))
    assert labelled.places == len(labelled) == 4
    sizes = {Path(s.picture).stem: len(s.truth_src) for s in labelled.dataset.samples}
    assert sizes == {"p0": 1, "p1": 2, "p2": 0, "p3": 1}
    shown = list(labelled.chips(128, lambda: False))
    assert sorted(Path(chip.raster).stem for chip in shown) == sorted(sizes)
    assert {max(chip.chip.pixels.shape[:2]) for chip in shown} == {128}, "the whole picture in one chip"


def test_a_plan_counts_pictures_and_places(folder: Path, tiny_folder: Path) -> None:
    plan = plan_run(request(folder, tiny_folder))
    assert (plan["windows"], plan["places"]) == (PICTURES, PICTURES // 2)


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"rasters": ["a.tif"]}, "rasters came beside"),
        ({"queries": ["the ship"], "gsd_m": 1.0}, "queries, gsd_m came beside"),
        ({"split": "autumn"}, "no split 'autumn'. It has: train"),
        ({"dataset": "nowhere"}, "no folder nowhere"),
    ],
)
def test_what_has_no_meaning_beside_a_set_is_refused(
    change: dict[str, Any], words: str, folder: Path, tiny_folder: Path
) -> None:
    with pytest.raises(InputError, match=words):
        LabelledSet(request(**{"folder": folder, "tiny": tiny_folder, **change}))


def test_without_the_gate_a_round_is_kept_and_its_verdict_told() -> None:
    refused = Verdict(False, "Refused: no gain.", 0.0, -0.1, 0.1)
    kept = refused.passed_by()
    assert kept.promoted
    assert kept.reason == "Kept without the gate, which would say: Refused: no gain."
    broken = Verdict(False, "Refused: broken.", 0.0, -1.0, 1.0, measured=False)
    assert broken.passed_by() == broken
