"""Learning over an archive: which scenes, which chips and which pairs are taken of it."""

from __future__ import annotations

import json
import shutil
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest
import rasterio
from rasterio.transform import from_origin
from typer.testing import CliRunner

from engine.cli.main import app
from engine.errors import InputError, JobCancelledError
from engine.imagery.apart import never
from engine.jobs.precheck import check_sources
from engine.scan import judging
from engine.scan.rasters import learned_from
from engine.scan.wanted import Bounds, meet, shared_part
from engine.wire import ImproveRequest, checked
from trainer import archive
from trainer.archive import chips_of_archive, far_apart, sampled
from trainer.chips import ChipSet
from trainer.config import parse_request
from trainer.dataset import plan_run, prepare_chips, prepare_pairs
from trainer.queries import Pair, disputed
from trainer.state import RunState


def scene(path: Path, east_km: float, side: int = 128, north_km: float = 0.0) -> Path:
    """A square of noise, two metres a pixel, so many kilometres east and north of a place."""
    path.parent.mkdir(parents=True, exist_ok=True)
    pixels = np.random.default_rng(int(east_km * 10)).integers(0, 255, (3, side, side)).astype(np.uint8)
    profile = {"driver": "GTiff", "width": side, "height": side, "count": 3, "dtype": "uint8"}
    place = from_origin(4e5 + 1000 * east_km, 5e6 + 1000 * north_km, 2, 2)
    with rasterio.open(path, "w", crs="EPSG:32632", transform=place, **profile) as file:
        file.write(pixels)
    return path


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Twenty scenes in a row with gaps, one that lies on another, and one that is no raster."""
    here = tmp_path / "scenes"
    for number in range(20):
        scene(here / f"s{number:02}.tif", number)
    scene(here / "t.tif", 0.1)
    (here / "z.tif").write_text("no raster")
    return here


def test_places_are_taken_far_from_each_other_and_each_once() -> None:
    boxes = [(float(x), 0.0, x + 2.5, 1.0) for x in range(10)]
    chosen = far_apart(boxes, 10)
    assert chosen[:2] == [0, 9]
    assert chosen == far_apart(boxes, 10)
    assert not any(shared_part(boxes[a], boxes[b]) > 0.5 for a in chosen for b in chosen if a != b)
    assert len(chosen) == 5
    assert far_apart([], 3) == []
    assert far_apart(boxes, 1) == [0]


def test_tiles_of_a_grid_are_places_of_their_own_and_what_shares_ground_is_not(tmp_path: Path) -> None:
    """A UTM grid far from its middle meridian: the boxes in degrees of its tiles overlap, their ground does not."""
    tiles = [
        scene(tmp_path / f"{row}{column}.tif", 300 + 0.256 * column, north_km=0.256 * row)
        for row in range(3)
        for column in range(4)
    ]
    boxes = [judging.look(str(tile)).bounds for tile in tiles]
    assert sum(meet(boxes[5], other) for other in boxes if boxes[5] and other) > 3, (
        "these boxes do not overlap"
    )
    _, sample = sampled(parse_request({"source": str(tmp_path)}), None, never)
    assert sample is not None
    assert {Path(name).name for name in sample.rasters} == {tile.name for tile in tiles}
    scene(tmp_path / "across.tif", 300.35, north_km=0.05)
    _, sample = sampled(parse_request({"source": str(tmp_path)}), None, never)
    assert sample is not None
    assert len(sample.rasters) >= 8
    grounds = [rasterio.open(name).bounds for name in sample.rasters]
    assert not any(
        min(one.right, other.right) - max(one.left, other.left) > 1
        and min(one.top, other.top) - max(one.bottom, other.bottom) > 1
        for number, one in enumerate(grounds)
        for other in grounds[:number]
    )


@pytest.mark.parametrize(
    ("one", "other", "part"),
    [
        ((0.0, 0.0, 1.0, 1.0), (0.9, 0.0, 2.9, 1.0), 0.1),
        ((179.0, 0.0, -179.0, 1.0), (-179.5, 0.0, -178.5, 1.0), 0.5),
        ((0.0, 0.0, 1.0, 1.0), (1.0, 0.0, 2.0, 1.0), 0.0),
        ((0.0, 0.0, 1.0, 1.0), (0.5, 0.5, 0.5, 0.5), 1.0),
    ],
)
def test_how_much_two_places_share(one: Bounds, other: Bounds, part: float) -> None:
    assert shared_part(one, other) == pytest.approx(part)
    assert shared_part(other, one) == pytest.approx(part)


def test_places_across_the_date_line_are_near_each_other() -> None:
    assert far_apart([(179.0, 0.0, 179.5, 1.0), (179.8, 0.0, -179.8, 1.0), (10.0, 0.0, 11.0, 1.0)], 2) == [
        0,
        2,
    ]


def test_scenes_are_sampled_by_place_and_kept(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(archive, "MOST_SAMPLED", 6)
    request = parse_request({"source": str(folder)})
    chosen, sample = sampled(request, tmp_path / "run", never)
    assert sample is not None
    names = sorted(Path(name).name for name in sample.rasters)
    assert {"s00.tif", "s19.tif"} <= set(names)
    assert len(names) == 6
    assert "t.tif" not in names
    assert sample.about() == {"sampled": 6, "of": 22, "failed": 1, "left_out": 0}
    assert sample.sentence().startswith(
        "6 of 22 scenes are learned from, spread over the archive; 1 can't be used"
    )
    assert [str(path) for path in chosen.rasters] == list(sample.rasters)
    shutil.rmtree(folder)
    assert sampled(request, tmp_path / "run", never) == (chosen, sample)


def test_a_request_with_rasters_stays_as_it_is(folder: Path) -> None:
    request = parse_request({"rasters": [str(folder / "s00.tif")]})
    assert sampled(request, None, never) == (request, None)


def test_an_archive_of_which_nothing_can_be_opened_is_refused(tmp_path: Path) -> None:
    (tmp_path / "z.tif").write_text("no raster")
    with pytest.raises(InputError, match=r"can be learned from\. The first says: z\.tif"):
        sampled(parse_request({"source": str(tmp_path)}), None, never)


def test_choosing_can_be_left(folder: Path) -> None:
    with pytest.raises(JobCancelledError):
        sampled(parse_request({"source": str(folder)}), None, lambda: True)


def test_filters_choose_among_scenes(folder: Path) -> None:
    with rasterio.open(folder / "s10.tif") as dataset:
        west, south, east, north = rasterio.warp.transform_bounds(dataset.crs, "EPSG:4326", *dataset.bounds)
    asked = {"source": str(folder), "bbox": [west, south, east, north]}
    _, sample = sampled(parse_request(asked), None, never)
    assert sample is not None
    assert [Path(name).name for name in sample.rasters] == ["s10.tif"]
    assert sample.left_out == 20


@pytest.mark.slow
def test_the_command_line_filters_as_a_scan_does(
    folder: Path, tiny_folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("REMOTEZERO_HOME", str(tmp_path / "home"))
    edges = []
    for name in ("s02.tif", "s15.tif"):
        with rasterio.open(folder / name) as dataset:
            edges.append(rasterio.warp.transform_bounds(dataset.crs, "EPSG:4326", *dataset.bounds))
    (west, south, _, _), (_, _, east, north) = edges
    said = ["improve", str(folder), "--model", str(tiny_folder), "--plan", "--json"]
    box = f"--bbox={west},{south},{east},{north}"
    plan = CliRunner().invoke(app, [*said, box])
    assert plan.exit_code == 0, plan.output
    assert json.loads(plan.stdout)["scenes"] == {"sampled": 14, "of": 14, "failed": 1, "left_out": 7}
    for more, reason in (
        (["--start", "2026-05"], "when it was taken, and dates were asked for"),
        (["--cloud", "120"], "cloud"),
        (["--bbox", "west,1,2,3"], "--bbox is 'west,1,2,3'"),
    ):
        refused = CliRunner().invoke(app, [*said, *more])
        assert refused.exit_code == 2
        assert reason in refused.output
    one = CliRunner().invoke(app, ["improve", str(folder / "s10.tif"), *said[2:], box])
    assert one.exit_code == 2
    assert "bbox says which scenes of an archive are meant" in one.output


def test_rasters_without_a_place_are_taken_as_well(tmp_path: Path) -> None:
    for number in range(3):
        with rasterio.open(
            tmp_path / f"{number}.tif", "w", driver="GTiff", width=8, height=8, count=1, dtype="uint8"
        ) as file:
            file.write(np.zeros((1, 8, 8), np.uint8))
    _, sample = sampled(parse_request({"source": str(tmp_path)}), None, never)
    assert sample is not None
    assert len(sample.rasters) == 3


def test_a_plan_says_how_many_of_how_many_scenes(folder: Path, tiny_folder: Path) -> None:
    plan = plan_run(parse_request({"source": str(folder), "model": str(tiny_folder)}))
    assert plan["scenes"] == {"sampled": 20, "of": 22, "failed": 1, "left_out": 0}
    assert plan["places"] == 20
    assert any(sentence.startswith("z.tif: ") for sentence in plan["warnings"])


def test_every_scene_gives_as_many_chips_and_none_stops_the_others(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(archive, "MAX_CHIPS", 40)
    scene(folder / "large.tif", 40, side=512)
    request, _ = sampled(parse_request({"source": str(folder)}), None, never)
    (folder / "s03.tif").unlink()
    counts = Counter(Path(cut.raster).name for cut in chips_of_archive(request, 128, never))
    assert counts.pop("large.tif") == 2
    assert set(counts.values()) == {1}
    assert len(counts) == 19
    with pytest.raises(JobCancelledError):
        list(chips_of_archive(request, 128, lambda: True))
    shutil.rmtree(folder)
    with pytest.raises(InputError, match="can't be opened"):
        list(chips_of_archive(request, 128, never))


class _Spec:
    chip_px = 128


def test_held_out_chips_share_no_ground_with_those_to_learn_from(folder: Path, tmp_path: Path) -> None:
    request, _ = sampled(parse_request({"source": str(folder)}), tmp_path, never)
    chips = prepare_chips(request, _Spec(), tmp_path, never)  # type: ignore[arg-type]
    rasters = {
        held: {chips.records[index].raster for index in chips.indices(held_out=held)}
        for held in (False, True)
    }
    assert len(rasters[False]) >= 4
    assert len(rasters[True]) >= 8
    assert not rasters[False] & rasters[True]
    assert isinstance(chips, ChipSet)


def test_pairs_that_are_disputed_come_first_and_the_others_by_chance() -> None:
    pairs = [
        Pair(number, "the ship", presence) for number, presence in enumerate([0.9, 0.9, 0.1, 0.1, 0.5, 0.9])
    ]
    says = [True, False, False, True, None, True]
    two = disputed(pairs, says, 2, 0)
    assert {pair.chip for pair in two} & {1, 3}
    four = disputed(pairs, says, 4, 0)
    assert {1, 3} <= {pair.chip for pair in four}
    assert len({pair.chip for pair in four}) == 4
    assert four == disputed(pairs, says, 4, 0)
    assert sorted(pair.chip for pair in disputed(pairs, says, 20, 0)) == list(range(6))
    assert disputed([], [], 5, 0) == []


def test_only_what_is_learned_from_is_chosen_by_disagreement(folder: Path, tmp_path: Path) -> None:
    request, _ = sampled(parse_request({"source": str(folder), "queries": ["the ship"]}), tmp_path, never)
    chips = prepare_chips(request, _Spec(), tmp_path, never)  # type: ignore[arg-type]
    asked: list[Pair] = []

    def presence(indices: Sequence[int], texts: Sequence[str]) -> np.ndarray:
        return np.full(len(indices), 0.9)

    def points(pairs: Sequence[Pair]) -> list[bool | None]:
        asked.extend(pairs)
        return [True] * len(pairs)

    state = RunState()
    prepare_pairs(request, state, chips, presence, lambda indices: [], never, points)
    assert {pair.chip for pair in asked} == set(chips.indices(held_out=False))
    assert {pair.chip for pair in state.held_asked or []} == set(chips.indices(held_out=True))
    plain = request.model_copy(update={"source": None})
    asked.clear()
    prepare_pairs(plain, RunState(), chips, presence, lambda indices: [], never, points)
    assert asked == []


@pytest.mark.parametrize(
    ("request_", "said"),
    [
        ({}, "names no raster"),
        ({"source": "x", "rasters": ["y"]}, "one of the two"),
        ({"source": "x", "area_crs": {}}, "give bbox"),
        ({"source": "x", "bbox": [1, 2, 3]}, "bbox"),
        ({"source": "x", "cloud": 200}, "cloud"),
        ({"rasters": ["y"], "cloud": 20, "start": "2026"}, "start, cloud says which scenes"),
    ],
)
def test_requests_that_can_t_be_meant(request_: dict[str, object], said: str) -> None:
    with pytest.raises(InputError, match=said):
        parse_request(request_)


def test_the_wire_takes_a_source_in_the_place_of_rasters() -> None:
    assert checked(ImproveRequest, {"source": "/data", "cloud": 20}).source == "/data"
    for request in ({}, {"source": "/data", "rasters": ["/x.tif"]}):
        with pytest.raises(InputError, match="source"):
            checked(ImproveRequest, request)
    with pytest.raises(InputError, match="--allow-network"):
        check_sources({"source": "https://example.org/stac"})
    check_sources({"source": "https://example.org/stac", "allow_network": True})


def test_a_command_line_tells_an_archive_from_rasters(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(folder.parent)
    (folder / "items.json").write_text("{}")
    (folder / "list.txt").write_text("s00.tif")
    assert learned_from(["scenes"]) == {"source": str(folder)}
    for name in ("items.json", "list.txt"):
        assert learned_from([str(folder / name)]) == {"source": str(folder / name)}
    assert learned_from(["scenes/*.tif"]) == {"source": str(folder / "*.tif")}
    assert learned_from(["https://x.org/stac/collections/a"]) == {
        "source": "https://x.org/stac/collections/a"
    }
    for names in (["scenes/s00.tif"], ["scenes/s00.tif", "scenes/s01.tif"]):
        assert learned_from(names) == {"rasters": [str(folder.parent / name) for name in names]}
    for name in ("https://x.org/a.tif", "nowhere.tif"):
        assert learned_from([name]) == {"rasters": [name]}
