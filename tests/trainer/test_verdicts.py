"""The user's word comes before the verifier's, where the user lets it; and it stays in the run's folder."""

from __future__ import annotations

import json
import zipfile
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from affine import Affine
from typer.testing import CliRunner

from engine.catalogue.adapters import open_registry
from engine.catalogue.archive import export_adapter
from engine.catalogue.models import find_model
from engine.cli.main import app
from engine.errors import InputError
from engine.evaluate.overlap import AreaRule
from engine.imagery.outputs import write_features
from engine.jobs.precheck import check_sources
from engine.types import AdapterChoice, Chip, Feature, Rectangle
from tests.engine.fakes import SPEC, FakeVerifier
from tests.engine.rasters import write_raster
from trainer import rounds
from trainer.attempts import Attempt, Attempts
from trainer.calibrate import FEWEST_JUDGED, ScoreMap, auroc, fit_scores
from trainer.chips import ChipSet, CutChip, write_chips
from trainer.config import parse_request
from trainer.gate import Verdict
from trainer.home import FOLDER, HomeSet
from trainer.lessons import choose
from trainer.preparation import prepare_run
from trainer.queries import Pair
from trainer.rewarder import Answer, Rewarder
from trainer.rewards import judged_reward, told_scores, with_format
from trainer.rounds import Rounds
from trainer.state import RunState
from trainer.verdicts import fit_to_verdicts, prepare_home, read_verdicts, told_on, use_verdicts

UTM = "EPSG:32632"
PLACE = Affine(2.0, 0.0, 500_000.0, 0.0, -2.0, 5_000_000.0)
BOX = (10.0, 10.0, 60.0, 60.0)
OTHER = (100.0, 100.0, 150.0, 150.0)
THIRD = (200.0, 200.0, 220.0, 220.0)
SILENT = frozenset({"the dam"})


def never() -> bool:
    return False


def feature(
    box_src: tuple[float, ...], verdict: str | None, query: str = "the ship", **about: Any
) -> Feature:
    """A result in map units of a raster at ``PLACE``."""
    x0, y0, x1, y1 = box_src
    ring = [PLACE @ corner for corner in ((x0, y0), (x1, y0), (x1, y1), (x0, y1), (x0, y0))]
    properties = {"query": query, "verdict": verdict, "score": 0.7, "gsd_m": 2.0, **about}
    return Feature({"type": "Polygon", "coordinates": [[list(point) for point in ring]]}, properties)


def written(path: Path, features: list[Feature]) -> str:
    import rasterio.crs

    write_features(path, features, crs_wkt=rasterio.crs.CRS.from_string(UTM).to_wkt())
    return str(path)


def smooth(side: int, seed: int = 0) -> np.ndarray:
    rng = np.random.default_rng(seed)
    return np.kron(rng.integers(0, 255, (side // 16, side // 16, 3)), np.ones((16, 16, 1))).astype(np.uint8)


@pytest.fixture
def chips(tmp_path: Path) -> ChipSet:
    """Sixteen chips of 256 pixels in a row, 12 m apart, each a place of its own."""

    def cut(number: int) -> CutChip:
        shown = Rectangle(256 * number, 0, 256, 256, 256, 256)
        chip = Chip(
            smooth(256, number), np.ones((256, 256), bool), shown,
            PLACE @ Affine.translation(256 * number, 0), UTM, 2.0,
        )  # fmt: skip
        return CutChip("row.tif", (number, 0), chip)

    return write_chips(tmp_path / "run", [cut(number) for number in range(16)], 256, 0)


def shifted(box: tuple[float, ...], number: int) -> tuple[float, ...]:
    return (box[0] + 256 * number, box[1], box[2] + 256 * number, box[3])


def test_judged_boxes_are_told_on_the_chips_that_show_them(tmp_path: Path, chips: ChipSet) -> None:
    found = [
        feature(shifted(BOX, 2), "accepted"),
        feature(shifted(OTHER, 2), "rejected"),
        feature(shifted(THIRD, 2), ""),
        feature(shifted(BOX, 5), "Accepted", "a pier"),
        feature((250.0, 10.0, 300.0, 60.0), "accepted"),
    ]
    told = told_on(read_verdicts([written(tmp_path / "a.gpkg", found)], SPEC), chips)
    by_column = {record.rectangle.col_src // 256: index for index, record in enumerate(chips.records)}
    assert set(told) == {(by_column[2], "the ship"), (by_column[5], "a pier"), (by_column[1], "the ship")}
    right, wrong = told[by_column[2], "the ship"]
    assert np.allclose(right, [BOX])
    assert np.allclose(wrong, [OTHER])
    assert np.allclose(told[by_column[1], "the ship"][0], [(0.0, 10.0, 44.0, 60.0)]), "cut at the chip's edge"


def test_results_in_another_crs_are_brought_to_the_chips(tmp_path: Path, chips: ChipSet) -> None:
    import geopandas

    path = written(tmp_path / "a.gpkg", [feature(shifted(BOX, 3), "accepted")])
    geopandas.read_file(path).to_crs("EPSG:4326").to_file(tmp_path / "b.gpkg", layer="here")
    ((right, _),) = told_on(read_verdicts([f"{tmp_path / 'b.gpkg'}|layername=here"], SPEC), chips).values()
    assert np.allclose(right, [BOX], atol=0.5)


def test_files_without_a_verdict_or_a_known_question_are_refused(tmp_path: Path) -> None:
    closed = replace(SPEC, words=("ship", "ships"))
    silent = written(tmp_path / "a.gpkg", [feature(BOX, None)])
    strange = written(tmp_path / "b.gpkg", [feature(BOX, "accepted", "the zeppelin")])
    for name in (silent, strange):
        with pytest.raises(InputError, match="was accepted or rejected"):
            read_verdicts([name], closed)
    assert read_verdicts([strange], SPEC)[0].boxes
    with pytest.raises(InputError, match=r"nowhere\.gpkg"):
        read_verdicts([str(tmp_path / "nowhere.gpkg")], SPEC)


def test_verdicts_become_targets_and_evidence(tmp_path: Path, chips: ChipSet) -> None:
    train, held = chips.indices(held_out=False), chips.indices(held_out=True)
    column = {index: record.rectangle.col_src // 256 for index, record in enumerate(chips.records)}
    found = [
        feature(shifted(BOX, column[train[0]]), "accepted"),
        feature(shifted(BOX, column[train[1]]), "rejected", "a pier"),
        feature(shifted(OTHER, column[held[0]]), "accepted"),
    ]
    state = RunState(queries=["the ship"], train=[Pair(train[0], "the ship", 0.2)], held_asked=[])
    asked: list[tuple[int, str]] = []

    def presence(indices: list[int], texts: list[str]) -> np.ndarray:
        asked.extend(zip(indices, texts, strict=True))
        return np.full(len(indices), 0.3)

    said = use_verdicts(state, read_verdicts([written(tmp_path / "a.gpkg", found)], SPEC), chips, presence)
    assert state.train is not None
    assert state.held_asked is not None
    first, second = state.train
    assert (first.presence, first.accepted_px) == (1.0, (BOX,)), "the user saw it"
    assert (second.query, second.presence, second.rejected_px) == ("a pier", 0.3, (BOX,))
    assert state.held_asked[0].accepted_px == (OTHER,)
    assert state.queries == ["the ship", "a pier"]
    assert "2 pairs to learn from and 1 to check on" in said
    state.save(tmp_path)
    assert RunState.load(tmp_path).train == state.train


def judging(
    score: float = 0.9, name: str = "consensus", attempts: Attempts | None = None, **more: Any
) -> Rewarder:
    pixels = smooth(256)
    return Rewarder(
        SPEC, FakeVerifier(default=score), name, 0.25, AreaRule(0.5, 0.5), lambda chip: pixels, never, None,
        attempts or Attempts(), **more,
    )  # fmt: skip


def test_what_was_rejected_earns_nothing_and_what_was_accepted_is_the_measure() -> None:
    pair = Pair(0, "the ship", 1.0, accepted_px=(BOX,), rejected_px=(OTHER,))
    right, both, wrong, none = judging().rescore(
        [pair] * 4, [Answer((BOX,)), Answer((BOX, OTHER)), Answer((OTHER,)), Answer(())]
    )
    assert right.reward == pytest.approx(with_format(1.0))
    assert both.reward == pytest.approx(with_format(0.5))
    assert wrong.reward == none.reward == pytest.approx(with_format(0.0))
    assert (right.scores, wrong.scores) == ((1.0,), (0.0,))


def test_an_unjudged_box_beside_an_accepted_one_earns_its_score() -> None:
    """Others may be right: the user need not have judged all, and finding more may not cost."""
    assert judged_reward([BOX, THIRD], [0.9, 0.8], [BOX], [OTHER]) == pytest.approx(0.9)
    assert judged_reward([BOX, THIRD], [0.9, 0.1], [BOX], [OTHER]) == pytest.approx(0.55)
    assert judged_reward([THIRD], [0.8], [BOX], []) == pytest.approx(0.4), "and the accepted one was missed"
    assert judged_reward([BOX, BOX], [0.9, 0.9], [BOX], []) == pytest.approx(0.5), "named twice"
    assert told_scores([BOX, OTHER, THIRD], [0.5] * 3, [BOX], [OTHER]) == [1.0, 0.0, 0.5]


def test_where_all_was_rejected_the_searchs_answers_there_count_no_more() -> None:
    pair = Pair(0, "the ship", 0.9, rejected_px=(OTHER,))
    tried = Attempts([pair], [[Attempt((OTHER,), 0.0, (1,)), Attempt((BOX,), 0.9, (2,))]])
    wrong, right = judging(attempts=tried).rescore([pair] * 2, [Answer((OTHER,)), Answer((BOX,))])
    assert wrong.reward == pytest.approx(with_format(0.0))
    assert right.reward == pytest.approx(with_format((0.9 + 2.0) / 3))


def test_without_verdicts_nothing_is_other_than_before() -> None:
    pair = Pair(0, "the ship", 0.9)
    plain = judging(0.83).rescore([pair], [Answer((BOX, OTHER))])
    assert plain[0].scores == (0.83, 0.83)
    assert plain[0].reward == pytest.approx(with_format(0.83))
    assert ScoreMap()(0.83) == 0.83


def test_judged_pairs_are_among_the_lessons_but_never_all_of_them() -> None:
    pairs = [Pair(i, "q", 0.9) for i in range(100)] + [
        Pair(100 + i, "q", 1.0, accepted_px=(BOX,)) for i in range(30)
    ]
    chosen = [pairs[i] for i in choose(pairs, 20, 0.0, 0)]
    assert sum(pair.judged for pair in chosen) == 10
    assert len(chosen) == 20
    few = [pairs[i] for i in choose(pairs[:103], 20, 0.0, 0)]
    assert sum(pair.judged for pair in few) == 3


def test_a_score_that_believes_too_much_is_calibrated() -> None:
    rng = np.random.default_rng(0)
    truth = rng.uniform(0, 1, 400)
    accepted = rng.random(400) < truth
    odds = np.log(truth / (1 - truth))
    scores = 1 / (1 + np.exp(-(2.0 * odds + 1.5)))
    fitted = fit_scores(scores, accepted)
    told = np.array([fitted(score) for score in scores])
    assert np.mean((told - accepted) ** 2) < np.mean((scores - accepted) ** 2) - 0.02
    assert abs(told.mean() - accepted.mean()) < 0.03
    assert auroc(told[accepted], told[~accepted]) == pytest.approx(auroc(scores[accepted], scores[~accepted]))


@pytest.mark.parametrize("right", [0, FEWEST_JUDGED - 1, 100])
def test_few_verdicts_of_a_kind_calibrate_nothing(right: int) -> None:
    wrong = FEWEST_JUDGED - 1 if right == 100 else 100
    fitted = fit_scores([0.9] * (right + wrong), [True] * right + [False] * wrong)
    assert fitted(0.37) == 0.37
    assert (fitted.accepted, fitted.rejected) == (right, wrong)


def test_scores_are_calibrated_on_judged_crops_and_then_used() -> None:
    pairs = [Pair(i, "the ship", 1.0, accepted_px=(BOX,), rejected_px=(OTHER, THIRD)) for i in range(20)]
    rewarder = judging(0.9)
    fitted = fit_to_verdicts(rewarder, pairs)
    assert (fitted.accepted, fitted.rejected) == (20, 40)
    assert fitted(0.9) < 0.6
    used = replace(rewarder, worth=fitted, name="paper").rescore([Pair(0, "the ship", 0.9)], [Answer((BOX,))])
    assert used[0].scores == (fitted(0.9),)


@pytest.fixture
def earlier(tmp_path: Path) -> Path:
    pixels = smooth(640, 9)
    return write_raster(tmp_path / "earlier.tif", list(np.moveaxis(pixels, -1, 0)), crs=UTM, transform=PLACE)


def test_what_was_judged_on_earlier_rasters_is_home(tmp_path: Path, earlier: Path, tiny_folder: Path) -> None:
    spec = replace(find_model(str(tiny_folder)), chip_px=256)
    about = {"source": str(earlier)}
    far = (500.0, 500.0, 540.0, 560.0)
    found = [
        feature(BOX, "accepted", **about), feature(OTHER, "rejected", **about), feature(far, "accepted", **about),
        feature(BOX, "accepted", source=str(tmp_path / "gone.tif")),
        feature(BOX, "accepted", source=str(tmp_path / "own.tif")),
    ]  # fmt: skip
    request = parse_request({
        "rasters": [str(tmp_path / "own.tif")], "verdicts": [written(tmp_path / "a.gpkg", found)]
    })  # fmt: skip
    notes = prepare_home(request, spec, tmp_path / "run", never)
    assert len(notes) == 1
    assert "gone.tif is left out" in notes[0]
    home = HomeSet([tmp_path / "run" / FOLDER])
    near, away = home.pairs
    assert (near.boxes_px, near.rejected_px, near.complete) == ((BOX,), (OTHER,), False)
    assert home.pixels(near.picture).shape == (256, 256, 3)
    x0, y0, x1, y1 = away.boxes_px[0]
    assert (x1 - x0, y1 - y0) == (40, 60)
    assert (
        abs(home.pixels(away.picture).astype(int)[int(y0) + 5, int(x0) + 5] - smooth(640, 9)[505, 505]).max()
        < 40
    )
    again = (tmp_path / "run" / FOLDER / "home.json").stat().st_mtime_ns
    prepare_home(request, spec, tmp_path / "run", never)
    assert (tmp_path / "run" / FOLDER / "home.json").stat().st_mtime_ns == again, "once a run"


def test_a_file_of_verdicts_that_leads_to_the_network_is_refused_at_once() -> None:
    with pytest.raises(InputError, match="network"):
        check_sources({"rasters": [], "verdicts": ["/vsicurl/http://example.org/a.gpkg|layername=b"]})


def test_the_command_line_takes_several_files(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[dict[str, Any]] = []
    monkeypatch.setattr(
        "engine.cli.learning.improve_here", lambda request, quiet: asked.append(request) or {}
    )
    monkeypatch.setattr("engine.jobs.precheck.precheck", lambda kind, request: None)
    (tmp_path / "a.gpkg").write_bytes(b"")
    monkeypatch.chdir(tmp_path)
    done = CliRunner().invoke(
        app, ["improve", "x.tif", "--verdicts", "a.gpkg", "--verdicts", "b|layername=c", "--json"]
    )
    assert done.exit_code == 0, done.output
    assert asked[0]["verdicts"] == [str(tmp_path / "a.gpkg"), "b|layername=c"]
    CliRunner().invoke(app, ["improve", "x.tif", "--json"])
    assert "verdicts" not in asked[1]


@pytest.mark.slow
def test_no_confirmed_box_is_in_an_adapter_or_its_archive(
    tmp_path: Path, tiny_folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A kept round publishes figures and weights; neither its folder nor its archive knows a judged place."""
    monkeypatch.setenv("REMOTEZERO_HOME", str(tmp_path / "home"))
    pixels = smooth(1024, 5)
    raster = write_raster(tmp_path / "here.tif", list(np.moveaxis(pixels, -1, 0)), crs=UTM, transform=PLACE)
    old = write_raster(
        tmp_path / "old.tif", list(np.moveaxis(smooth(256, 6), -1, 0)), crs=UTM, transform=PLACE
    )
    secret = [(137.0 + 60 * i, 211.0 + 40 * i, 157.0 + 60 * i, 233.0 + 40 * i) for i in range(14)]
    verdicts = [feature(box, "accepted" if i % 2 else "rejected", "hidden jetty", source=str(raster))
                for i, box in enumerate(secret)]  # fmt: skip
    verdicts.append(feature((137.0, 211.0, 157.0, 233.0), "accepted", "hidden jetty", source=str(old)))
    judged = written(tmp_path / "judged.gpkg", verdicts)
    drawn = written(tmp_path / "drawn.gpkg", [feature(b, None) for b in secret])
    request = parse_request({
        "rasters": [str(raster)], "model": str(tiny_folder), "reward": "iou", "boxes": drawn, "verdicts": [judged],
        "rounds": 1, "steps": 1, "group_size": 2, "run_dir": str(tmp_path / "run"),
    })  # fmt: skip
    monkeypatch.setattr(rounds, "judge", lambda *a, **b: Verdict(True, "Promoted.", 0.1, 0.05, 0.2))
    prepared = prepare_run(request, tmp_path / "run", lambda kind, data: None, never)
    assert any(pair.judged for pair in [*(prepared.state.train or []), *(prepared.state.held_asked or [])])
    assert (tmp_path / "run" / FOLDER / "home.json").is_file()
    result = Rounds(prepared, lambda kind, data: None, never).run()
    assert result["promoted"] == 1
    spec = find_model(str(tiny_folder))
    folder = open_registry(spec).path(result["adapter"])
    archive = tmp_path / "out.zip"
    export_adapter(open_registry(spec), result["adapter"], archive)
    texts = [path.read_bytes() for path in folder.rglob("*") if path.is_file()]
    with zipfile.ZipFile(archive) as packed:
        texts += [packed.read(name) for name in packed.namelist()]
        assert not any("home" in name or name.endswith((".jpg", ".gpkg")) for name in packed.namelist())
    for text in texts:
        for word in (b"judged.gpkg", b"accepted_px", b"rejected_px", b"boxes_px"):
            assert word not in text
    manifest = json.loads((folder / "manifest.json").read_text())
    corners = {f"{value:g}" for box in secret for value in (500_000 + 2 * box[0], 5_000_000 - 2 * box[1])}
    assert not any(number in json.dumps(manifest) for number in corners)
    assert AdapterChoice(result["adapter"]).name == result["adapter"]
