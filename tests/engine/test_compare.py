"""Before and after: what is new, gone and stayed between two rasters, whatever their CRS, resolution and extent."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import pyogrio.raw
import pytest
import rasterio
import shapely
from affine import Affine
from PIL import Image
from rasterio.warp import transform as transform_points
from typer.testing import CliRunner

from engine.cli.main import app
from engine.errors import InputError, JobCancelledError
from engine.jobs.database import Database
from engine.jobs.host import ModelHost
from engine.jobs.precheck import precheck
from engine.jobs.results import Results
from engine.jobs.runs import run_job
from engine.jobs.store import Job, Store
from engine.search.changes import Sight, change_of, match
from engine.types import Chip, Completion, Pixels, Query, Stop
from engine.wire import CompareRequest, checked
from tests.engine.dates import SIDE_M, Place, town
from tests.engine.rasters import NORTH_UP
from tests.engine.scripted import ScriptedModel

GOES_ON: Stop = lambda: False  # noqa: E731
STAYED: tuple[Place, ...] = ((100.0, 100.0), (600.0, 940.0))
GONE: tuple[Place, ...] = ((1000.0, 160.0),)
NEW: tuple[Place, ...] = ((440.0, 500.0), (1240.0, 1100.0))


class Bench:
    """A store, and comparisons run in it."""

    def __init__(self, folder: Path) -> None:
        self.store = Store(Database(folder / "jobs.sqlite"))
        self.results = Results(self.store)
        self.model: Any = ScriptedModel()

    def submit(self, before: Path, after: Path, **more: Any) -> Job:
        request = {"before": str(before), "raster": str(after), "queries": ["roof"], "zoom": "detail", **more}
        self.store.submit("compare", request)
        return self.begin()

    def begin(self) -> Job:
        job = self.store.begin_next()
        assert job is not None
        return job

    def run(self, job: Job, stop: Stop = GOES_ON) -> tuple[dict[str, Any], dict[str, Any]]:
        result = run_job(job, self.results, ModelHost(lambda name: self.model), stop)
        self.store.finish(job.id, "done", result=result)
        return result, self.results.features(job.id)

    def compare(self, before: Path, after: Path, **more: Any) -> tuple[dict[str, Any], dict[str, Any]]:
        return self.run(self.submit(before, after, **more))


@pytest.fixture
def bench(tmp_path: Path) -> Bench:
    return Bench(tmp_path)


def by_place(collection: dict[str, Any]) -> dict[Place, dict[str, Any]]:
    """Properties by the north-west corner on the ground, to the nearest 20 m."""
    found: dict[Place, dict[str, Any]] = {}
    for feature in collection["features"]:
        xs, ys = zip(*feature["geometry"]["coordinates"][0], strict=True)
        if collection["crs_wkt"] is not None:
            xs, ys = transform_points(collection["crs_wkt"], "EPSG:32632", list(xs), list(ys))
        corner = (min(xs) - NORTH_UP.c, NORTH_UP.f - max(ys))
        key = (20.0 * round(corner[0] / 20), 20.0 * round(corner[1] / 20))
        assert key not in found, f"two boxes at {key}"
        found[key] = feature["properties"]
    return found


def changes(collection: dict[str, Any]) -> dict[Place, str]:
    return {place: own["change"] for place, own in by_place(collection).items()}


EXPECTED = {**dict.fromkeys(STAYED, "stayed"), **dict.fromkeys(GONE, "gone"), **dict.fromkeys(NEW, "new")}
DEGREE_M = 111_132.0


def degrees() -> tuple[Affine, tuple[int, int]]:
    """Pixels of about 1.5 m in degrees round the town's north-west corner, with some more land on each side."""
    (lon,), (lat,) = transform_points("EPSG:32632", "EPSG:4326", [NORTH_UP.c], [NORTH_UP.f])
    along, up = 1.5 / DEGREE_M / np.cos(np.radians(lat)), 1.5 / DEGREE_M
    return Affine(along, 0.0, lon - 60 * along, 0.0, -up, lat + 60 * up), (1250, 1100)


OTHER_FRAMES: dict[str, Callable[[], dict[str, Any]]] = {
    "the same grid": lambda: {},
    "finer pixels": lambda: {"transform": NORTH_UP @ Affine.scale(0.6), "size": (1334, 1200)},
    "coarser pixels": lambda: {"transform": NORTH_UP @ Affine.scale(2.0), "size": (400, 360)},
    "degrees": lambda: {"crs": "EPSG:4326", "transform": degrees()[0], "size": degrees()[1]},
    "south up": lambda: {
        "transform": NORTH_UP @ Affine.translation(0, 720) @ Affine.scale(1, -1),
    },
}


@pytest.mark.parametrize("frame", OTHER_FRAMES)
def test_what_changed_is_told_across_crs_resolution_and_extent(
    frame: str, bench: Bench, tmp_path: Path
) -> None:
    before = town(tmp_path / "before.tif", [*STAYED, *GONE], **OTHER_FRAMES[frame]())
    after = town(tmp_path / "after.tif", [*STAYED, *NEW])
    result, collection = bench.compare(before, after)
    assert changes(collection) == EXPECTED
    assert result["changes"] == {"new": 2, "gone": 1, "stayed": 2, "unsure": 0, "not_seen": 0}
    for place, own in by_place(collection).items():
        there_before = own["score_before"] >= 0.5
        there_after = own["score_after"] >= 0.5
        assert (there_before, there_after) == (place not in NEW, place not in GONE)
        assert own["score"] == max(own["score_before"], own["score_after"])
        assert own["change_note"] == ""
        found_on = before if place in GONE else after
        assert own["source"] == str(found_on)
        assert own["source_other"] == str(before if found_on == after else after)
    scores = [feature["properties"]["score"] for feature in collection["features"]]
    assert scores == sorted(scores, reverse=True)
    assert [f["properties"]["rank"] for f in collection["features"]] == [1, 2, 3, 4, 5]
    assert rasterio.crs.CRS.from_wkt(collection["crs_wkt"]).to_epsg() == 32632


def test_both_ways_round_are_each_others_mirror(bench: Bench, tmp_path: Path) -> None:
    one = town(tmp_path / "one.tif", [*STAYED, *GONE])
    other = town(tmp_path / "other.tif", [*STAYED, *NEW])
    _, forth = bench.compare(one, other)
    _, back = bench.compare(other, one)
    mirrored = {"new": "gone", "gone": "new", "stayed": "stayed"}
    assert {place: mirrored[change] for place, change in changes(forth).items()} == changes(back)


def test_boxes_of_the_earlier_date_lie_where_they_were_in_the_later_rasters_crs(
    bench: Bench, tmp_path: Path
) -> None:
    transform, size = degrees()
    before = town(tmp_path / "before.tif", [*GONE], crs="EPSG:4326", transform=transform, size=size)
    after = town(tmp_path / "after.tif", [])
    _, collection = bench.compare(before, after)
    (feature,) = collection["features"]
    left, top = GONE[0]
    box = shapely.box(
        NORTH_UP.c + left, NORTH_UP.f - top - SIDE_M, NORTH_UP.c + left + SIDE_M, NORTH_UP.f - top
    )
    found = shapely.geometry.shape(feature["geometry"])
    assert found.intersection(box).area / found.union(box).area > 0.9
    assert found.exterior.is_ccw


def test_a_place_that_one_raster_does_not_show_is_not_seen_and_never_gone(
    bench: Bench, tmp_path: Path
) -> None:
    """Cloud over a roof on the later date, and a later raster that ends in the middle of another."""
    edge = (1000.0, 500.0)
    before = town(tmp_path / "before.tif", [*STAYED, *GONE, edge])
    after = town(
        tmp_path / "after.tif",
        [*STAYED],
        size=(515, 720),
        hidden=[(560.0, 900.0, 700.0, 1060.0)],
    )
    result, collection = bench.compare(before, after)
    found = by_place(collection)
    assert found[STAYED[0]]["change"] == "stayed"
    assert found[STAYED[1]]["change"] == "not_seen"
    assert found[STAYED[1]]["change_note"] == "The later raster has no data there."
    assert found[STAYED[1]]["score_after"] is None
    assert found[edge]["change"] == found[GONE[0]]["change"] == "not_seen"
    assert result["changes"]["gone"] == 0
    assert any("not seen on both dates: the later raster has no data there" in w for w in result["warnings"])


def test_what_is_too_small_for_the_other_raster_is_not_seen(bench: Bench, tmp_path: Path) -> None:
    before = town(tmp_path / "before.tif", [], transform=NORTH_UP @ Affine.scale(15.0), size=(53, 48))
    after = town(tmp_path / "after.tif", [*NEW])
    result, collection = bench.compare(before, after)
    assert set(changes(collection).values()) == {"not_seen"}
    assert all(
        own["change_note"] == "The earlier raster is too coarse to show it."
        for own in by_place(collection).values()
    )
    assert any("pixels differ: 30 m before, 2 m after" in warning for warning in result["warnings"])


class Shy(ScriptedModel):
    """Its search overlooks one roof on the earlier raster, by its place; the verifier sees all."""

    def __init__(self, overlooked: Place, raster: str) -> None:
        super().__init__()
        self.overlooked, self.raster = overlooked, raster

    def generate(self, chips: Sequence[Chip], queries: Sequence[Query], stop: Stop) -> list[Completion]:
        left, top = self.overlooked
        spared = []
        for chip in chips:
            pixels = chip.pixels.copy()
            if self.is_earlier(chip):
                col, row = ~chip.transform @ (NORTH_UP.c + left, NORTH_UP.f - top)
                x, y = round(col), round(row)
                side = round(SIDE_M / chip.transform.a)
                pixels[max(0, y - 1) : max(0, y + side + 1), max(0, x - 1) : max(0, x + side + 1)] = 90
            spared.append(Chip(pixels, *list(vars(chip).values())[1:]))
        return super().generate(spared, queries, stop)

    def is_earlier(self, chip: Chip) -> bool:
        return chip.gsd_m == pytest.approx(1.2)


def test_what_the_search_missed_and_the_verifier_sees_is_unsure_and_not_new(
    bench: Bench, tmp_path: Path
) -> None:
    fine: dict[str, Any] = {"transform": NORTH_UP @ Affine.scale(0.6), "size": (1334, 1200)}
    before = town(tmp_path / "before.tif", [*STAYED], **fine)
    after = town(tmp_path / "after.tif", [*STAYED])
    bench.model = Shy(STAYED[0], str(before))
    _, collection = bench.compare(before, after)
    found = by_place(collection)
    assert found[STAYED[1]]["change"] == "stayed"
    own = found[STAYED[0]]
    assert own["change"] == "unsure"
    assert own["score_before"] >= 0.5
    assert own["change_note"].startswith(
        "The search missed it on the earlier date, and the verifier sees it ("
    )


class Doubting(ScriptedModel):
    """A verifier that says no to all."""

    def score(self, crops: Sequence[Pixels], queries: Sequence[Query], stop: Stop) -> list[float]:
        return [0.1] * len(crops)


def test_what_the_verifier_doubts_where_it_was_found_is_unsure(bench: Bench, tmp_path: Path) -> None:
    before = town(tmp_path / "before.tif", [*STAYED])
    after = town(tmp_path / "after.tif", [*STAYED, *NEW])
    bench.model = Doubting()
    _, collection = bench.compare(before, after)
    assert set(changes(collection).values()) == {"unsure"}
    own = by_place(collection)[NEW[0]]
    assert own["change_note"] == "The search found it on the later date, and the verifier doubts it (10%)."


def test_shifted_rasters_are_matched_within_the_tolerance_and_not_beyond(
    bench: Bench, tmp_path: Path
) -> None:
    before, after = town(tmp_path / "b.tif", [(400.0, 400.0)]), town(tmp_path / "a.tif", [(460.0, 400.0)])
    result, near = bench.compare(before, after, tolerance_m=61.0)
    assert result["tolerance_m"] == 61.0
    assert [f["properties"]["change"] for f in near["features"]] == ["stayed"]
    _, far = bench.compare(before, after, tolerance_m=59.0)
    assert sorted(f["properties"]["change"] for f in far["features"]) == ["gone", "new"]


def test_the_tolerance_grows_with_coarse_pixels(bench: Bench, tmp_path: Path) -> None:
    before = town(tmp_path / "b.tif", [], transform=NORTH_UP @ Affine.scale(4.0), size=(200, 180))
    result, _ = bench.compare(before, town(tmp_path / "a.tif", []))
    assert result["tolerance_m"] == 16.0
    result, _ = bench.compare(town(tmp_path / "c.tif", []), tmp_path / "a.tif")
    assert result["tolerance_m"] == 5.0


def test_only_what_both_cover_is_searched(bench: Bench, tmp_path: Path) -> None:
    before = town(tmp_path / "before.tif", [*STAYED, *GONE])
    after = town(tmp_path / "after.tif", [*STAYED], size=(200, 200))
    result, collection = bench.compare(before, after)
    alone = bench.store.submit("locate", {"raster": str(before), "queries": ["roof"], "zoom": "detail"})
    whole, _ = bench.run(bench.begin())
    assert alone.kind == "locate"
    assert result["windows"] < whole["windows"]
    assert changes(collection) == {STAYED[0]: "stayed"}


def test_an_area_of_the_later_raster_is_the_area_of_both(bench: Bench, tmp_path: Path) -> None:
    transform, size = degrees()
    before = town(tmp_path / "before.tif", [*STAYED, *GONE], crs="EPSG:4326", transform=transform, size=size)
    after = town(tmp_path / "after.tif", [*STAYED, *NEW])
    left, top = NORTH_UP.c + 60.0, NORTH_UP.f - 60.0
    area = {
        "type": "Polygon",
        "coordinates": [
            [[left, top - 160], [left + 160, top - 160], [left + 160, top], [left, top], [left, top - 160]]
        ],
    }
    result, collection = bench.compare(before, after, area_crs=area)
    assert changes(collection)[STAYED[0]] == "stayed"
    assert not {*GONE, *NEW[1:]} & changes(collection).keys()
    assert result["windows"] <= 4


REFUSED: dict[str, tuple[dict[str, Any], str]] = {
    "elsewhere": (
        {"transform": NORTH_UP @ Affine.translation(5000, 0)},
        "show no place in common",
    ),
    "another continent": (
        {"crs": "EPSG:4326", "transform": Affine(1e-5, 0, -70.0, 0, -1e-5, -30.0)},
        "show no place in common",
    ),
    "without a CRS": ({"crs": None}, "Nothing says how many metres a pixel of"),
}


@pytest.mark.parametrize("case", REFUSED)
def test_rasters_that_can_not_be_compared_are_refused_before_the_search(
    case: str, bench: Bench, tmp_path: Path
) -> None:
    more, said = REFUSED[case]
    after = town(tmp_path / "after.tif", [*STAYED])
    before = town(tmp_path / "before.tif", [])
    if case == "without a CRS":
        before = town(tmp_path / "plain.tif", [], **more)
    else:
        with rasterio.open(before) as dataset:
            bands = dataset.read()
        profile = {"driver": "GTiff", "width": 800, "height": 720, "count": 3, "dtype": "uint8", "nodata": 0}
        with rasterio.open(
            before, "w", **profile, crs=more.get("crs", "EPSG:32632"), transform=more["transform"]
        ) as d:
            d.write(bands)
    with pytest.raises(InputError, match=said):
        bench.compare(before, after)
    assert bench.model.answers == 0


def test_one_raster_without_a_crs_is_refused_though_its_pixels_have_a_size(
    bench: Bench, tmp_path: Path
) -> None:
    before = town(tmp_path / "before.tif", [], crs=None)
    after = town(tmp_path / "after.tif", [])
    with pytest.raises(InputError, match=r"has no CRS and .* has one"):
        bench.compare(before, after, before_gsd_src_m=2.0)


def test_two_pictures_of_one_size_without_georeference_are_compared_in_pixels(
    bench: Bench, tmp_path: Path
) -> None:
    paths = []
    for name, left in (("before.png", 40), ("after.png", 300)):
        pixels = np.full((400, 500, 3), 90, np.uint8)
        pixels[100:136, left : left + 36] = 240
        Image.fromarray(pixels).save(tmp_path / name)
        paths.append(tmp_path / name)
    size = {"gsd_src_m": 0.5, "before_gsd_src_m": 0.5}
    _, collection = bench.compare(paths[0], paths[1], **size)
    assert collection["crs_wkt"] is None
    assert sorted(f["properties"]["change"] for f in collection["features"]) == ["gone", "new"]
    Image.fromarray(np.full((300, 500, 3), 90, np.uint8)).save(tmp_path / "other.png")
    with pytest.raises(InputError, match="not pictures of one size"):
        bench.compare(tmp_path / "other.png", paths[1], **size)


class Ending(ScriptedModel):
    """Raises at its n-th call of ``score``, as a killed run ends."""

    def __init__(self, at: int) -> None:
        super().__init__()
        self.calls, self.at = 0, at

    def score(self, crops: Sequence[Pixels], queries: Sequence[Query], stop: Stop) -> list[float]:
        self.calls += 1
        if self.calls == self.at:
            raise JobCancelledError("broken off")
        return super().score(crops, queries, stop)


def without_times(collection: dict[str, Any]) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads(json.dumps(collection["features"]))
    for feature in found:
        del feature["properties"]["time"]
    return found


def test_a_comparison_goes_on_where_it_was_broken_off(bench: Bench, tmp_path: Path) -> None:
    before = town(tmp_path / "before.tif", [*STAYED, *GONE])
    after = town(tmp_path / "after.tif", [*STAYED, *NEW])
    bench.model = whole_model = Ending(0)
    result, whole = bench.compare(before, after)
    calls = whole_model.calls
    assert calls > 3
    for at in range(1, calls + 1):
        bench.model = Ending(at)
        job = bench.submit(before, after)
        with pytest.raises(JobCancelledError):
            bench.run(job)
        bench.store.cancel(job.id)
        bench.store.resume(job.id)
        bench.model = Ending(0)
        again, resumed = bench.run(bench.begin())
        assert without_times(resumed) == without_times(whole)
        assert again["changes"] == result["changes"]
        assert again["windows"] == result["windows"]
        assert bench.model.calls <= calls - at + 1


def test_progress_counts_windows_and_looks_and_cancel_is_heard(bench: Bench, tmp_path: Path) -> None:
    before = town(tmp_path / "before.tif", [*STAYED, *GONE])
    after = town(tmp_path / "after.tif", [*STAYED, *NEW])
    job = bench.submit(before, after)
    result, _ = bench.run(job)
    progress = [e["data"] for e in bench.store.events(job.id) if e["type"] == "progress"]
    assert result["looks"] == 3
    assert (progress[-1]["done"], progress[-1]["total"]) == (result["windows"] + 3,) * 2
    assert [one["done"] for one in progress] == sorted(one["done"] for one in progress)
    cancelled = bench.submit(before, after)
    with pytest.raises(JobCancelledError):
        bench.run(cancelled, lambda: bench.results.findings(cancelled.id) != [])


def test_the_picture_of_a_box_shows_both_dates(bench: Bench, tmp_path: Path) -> None:
    before = town(tmp_path / "before.tif", [*STAYED, *GONE])
    after = town(tmp_path / "after.tif", [*STAYED, *NEW])
    job = bench.submit(before, after)
    _, collection = bench.run(job)
    from io import BytesIO

    for feature in collection["features"]:
        picture = np.array(Image.open(BytesIO(bench.results.crop(job.id, feature["id"]))))
        side = picture.shape[0]
        assert picture.shape == (side, 2 * side + 4, 3)
        lit = [
            picture[side // 2, side // 2].min() > 200,
            picture[side // 2, side + 4 + side // 2].min() > 200,
        ]
        assert (
            lit
            == {"new": [False, True], "gone": [True, False], "stayed": [True, True]}[
                feature["properties"]["change"]
            ]
        )


def test_a_comparison_is_written_and_exported(bench: Bench, tmp_path: Path, monkeypatch: Any) -> None:
    """Training pictures of a date show what was found on that date: what is gone is not on the later raster."""
    before = town(tmp_path / "before.tif", [*STAYED, *GONE])
    after = town(tmp_path / "after.tif", [*STAYED, *NEW])
    monkeypatch.setattr("engine.model.serving.load_served", lambda name: ScriptedModel())
    out = tmp_path / "out.gpkg"
    words = ["compare", str(before), str(after), "roof", "--zoom", "detail", "-o", str(out)]
    ran = CliRunner().invoke(app, words)
    assert ran.exit_code == 0, ran.output
    assert "2 new, 1 gone, 2 stayed" in ran.output
    meta, _, _, columns = pyogrio.raw.read(out)
    named = dict(zip(meta["fields"], columns, strict=True))
    assert sorted(named["change"]) == ["gone", "new", "new", "stayed", "stayed"]
    assert named["score_before"].dtype == np.float64
    folder = tmp_path / "set"
    ran = CliRunner().invoke(
        app, ["export", str(out), "-o", str(folder), "--format", "coco", "--raster", str(after)]
    )
    assert ran.exit_code == 0, ran.output
    sheet = json.loads((folder / "annotations.json").read_text())
    assert len({one["id"] for one in sheet["annotations"]}) >= 4
    assert "1 box of the other date was left out" in ran.output
    csv = tmp_path / "out.csv"
    assert CliRunner().invoke(app, ["export", str(out), "-o", str(csv)]).exit_code == 0
    assert "stayed" in csv.read_text()


def test_the_command_refuses_before_it_loads_and_never_overwrites_what_it_reads(tmp_path: Path) -> None:
    before, after = town(tmp_path / "before.tif", []), town(tmp_path / "after.tif", [])
    run = CliRunner().invoke
    gone = run(
        app, ["compare", str(tmp_path / "none.tif"), str(after), "roof", "-o", str(tmp_path / "o.gpkg")]
    )
    assert gone.exit_code == 2
    assert str(tmp_path / "none.tif") in gone.output
    own = run(app, ["compare", str(before), str(after), "roof", "--tolerance", "0"])
    assert own.exit_code == 2
    assert "tolerance_m" in own.output
    mine = run(app, ["compare", str(before), str(after), "roof", "-o", str(before), "--overwrite"])
    assert mine.exit_code == 2
    with pytest.raises(InputError, match="draws no outlines"):
        checked(CompareRequest, {"before": "a", "raster": "b", "queries": ["x"], "outline": True})
    with pytest.raises(InputError, match="network"):
        precheck(
            "compare", {"before": "https://example.com/a.tif", "raster": str(after), "queries": ["roof"]}
        )


SIGHTS = [
    (Sight(True, 0.9), Sight(True, 0.8), "stayed"),
    (Sight(True, 0.9), Sight(False, 0.2), "gone"),
    (Sight(False, 0.2), Sight(True, 0.9), "new"),
    (Sight(True, 0.9), Sight(False, 0.5), "unsure"),
    (Sight(False, 0.6), Sight(True, 0.9), "unsure"),
    (Sight(True, 0.4), Sight(True, 0.9), "unsure"),
    (Sight(True, 0.4), Sight(False, 0.1), "unsure"),
    (Sight(True, 0.9), Sight(False, None), "not_seen"),
    (Sight(False, None), Sight(True, 0.4), "not_seen"),
]


@pytest.mark.parametrize(("before", "after", "change"), SIGHTS)
def test_what_two_looks_say(before: Sight, after: Sight, change: str) -> None:
    assert change_of(before, after, 0.5) == change


def matched(before: Sequence[Place], after: Sequence[Place], side: float, tolerance: float) -> dict[int, int]:
    boxes = [[shapely.box(x, y, x + side, y + side) for x, y in places] for places in (before, after)]
    queries = ["a"] * max(len(before), len(after))
    scale = np.ones((len(after), 2))
    return match(boxes[0], boxes[1], queries[: len(before)], queries[: len(after)], tolerance, scale)


def test_no_box_of_a_row_is_left_over() -> None:
    """Greedy alone would give the middle box to its nearest and leave one on each side without any."""
    before, after = [(0.0, 0.0), (10.0, 0.0), (20.0, 0.0)], [(7.0, 0.0), (17.0, 0.0), (24.0, 0.0)]
    assert matched(before, after, 4.0, 7.5) == {0: 0, 1: 1, 2: 2}
    chain_before = [(10.0 * n, 0.0) for n in range(40)]
    chain_after = [(10.0 * n + 6.0, 0.0) for n in range(40)]
    assert len(matched(chain_before, chain_after, 3.0, 6.5)) == 40


def test_a_pair_is_one_to_one_of_one_question_and_of_a_like_size() -> None:
    box, large = shapely.box(0, 0, 4, 4), shapely.box(-8, -8, 12, 12)
    scale = np.ones((1, 2))
    assert match([box], [box], ["a"], ["a"], 1.0, scale) == {0: 0}
    assert match([box], [box], ["a"], ["b"], 1.0, scale) == {}
    assert match([large], [box], ["a"], ["a"], 5.0, scale) == {}
    assert match([], [box], [], ["a"], 5.0, scale) == {}
    assert len(matched([(0.0, 0.0)], [(0.0, 0.0), (1.0, 0.0)], 4.0, 5.0)) == 1
    wide = [shapely.box(0, 0, 100, 100)], [shapely.box(0, 0, 80, 100)]
    assert match(*wide, ["a"], ["a"], 1.0, scale) == {0: 0}, "they share most of their ground"
    loose, apart = [shapely.box(0, 0, 100, 100)], [shapely.box(70, 0, 170, 100)]
    assert match(loose, [shapely.box(50, 0, 150, 100)], ["a"], ["a"], 1.0, scale) == {0: 0}, "a third of both"
    assert match(loose, apart, ["a"], ["a"], 1.0, scale) == {}
