"""Photographs without georeference: searched in their pixels, and placed by what they say of their camera."""

from __future__ import annotations

import json
import math
from contextlib import suppress
from pathlib import Path
from typing import Any

import numpy as np
import pyogrio.raw
import pytest
import rasterio
import shapely
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray
from PIL import Image, TiffImagePlugin
from rasterio.crs import CRS
from rasterio.warp import transform as transform_points
from typer.testing import CliRunner

from engine.cli.main import app
from engine.errors import InputError
from engine.imagery.camera import Camera, View, camera_of, read_camera
from engine.imagery.raster import open_raster
from engine.jobs.database import Database
from engine.jobs.host import ModelHost
from engine.jobs.results import Results
from engine.jobs.runs import run_job
from engine.jobs.store import Store
from engine.types import Rectangle
from engine.wire import CompareRequest, LocateRequest, checked
from tests.engine.photos import LAT, LON, photo
from tests.engine.rasters import ramp, write_raster
from tests.engine.scripted import ScriptedModel

WIDTH, HEIGHT = 600, 400
ROOF = (420, 60, 480, 120)
"""Left, top, right and bottom of the bright roof in the upright picture: to the right of the middle, and above."""
FILM_MM = 26
FOCAL_PX = FILM_MM / math.hypot(36, 24) * math.hypot(WIDTH, HEIGHT)
ABOVE_M = 60.0
GSD_M = ABOVE_M / FOCAL_PX
DRONE = {"RelativeAltitude": "+60.00", "GimbalYawDegree": "+0.00", "GimbalPitchDegree": "-90.00"}
LENS = {0xA405: FILM_MM}


def scene() -> NDArray[np.uint8]:
    pixels = np.full((HEIGHT, WIDTH, 3), 90, np.uint8)
    left, top, right, bottom = ROOF
    pixels[top:bottom, left:right] = 240
    return pixels


def searched(folder: Path, path: Path, **more: Any) -> tuple[dict[str, Any], dict[str, Any]]:
    store = Store(Database(folder / "jobs.sqlite"))
    results = Results(store)
    store.submit("locate", {"raster": str(path), "queries": ["roof"], "zoom": "overview", **more})
    job = store.begin_next()
    assert job is not None
    result = run_job(job, results, ModelHost(lambda name: ScriptedModel()), lambda: False)
    store.finish(job.id, "done", result=result)
    return result, results.features(job.id)


def east_north(lons: Any, lats: Any, lon: float = LON, lat: float = LAT) -> NDArray[np.float64]:
    flat = CRS.from_proj4(f"+proj=aeqd +lat_0={lat} +lon_0={lon} +datum=WGS84")
    return np.array(transform_points("EPSG:4326", flat, list(lons), list(lats))).T


def middle_m(feature: dict[str, Any], lon: float = LON, lat: float = LAT) -> NDArray[np.float64]:
    ring = np.array(feature["geometry"]["coordinates"][0])[:-1]
    found: NDArray[np.float64] = east_north(ring[:, 0], ring[:, 1], lon, lat).mean(axis=0)
    return found


def expected_m(yaw: float) -> NDArray[np.float64]:
    """Where the roof's middle is, east and north of a camera that looks straight down."""
    right = ((ROOF[0] + ROOF[2]) / 2 - WIDTH / 2) * GSD_M
    up = (HEIGHT / 2 - (ROOF[1] + ROOF[3]) / 2) * GSD_M
    turn = math.radians(yaw)
    return np.array(
        [right * math.cos(turn) + up * math.sin(turn), up * math.cos(turn) - right * math.sin(turn)]
    )


def test_a_photograph_is_searched_in_its_pixels_and_claims_no_place(tmp_path: Path) -> None:
    path = photo(tmp_path / "p.jpg", scene(), exif=LENS, xmp=DRONE)
    result, collection = searched(tmp_path, path)
    assert collection["crs_wkt"] is None
    (feature,) = collection["features"]
    xs, ys = zip(*feature["geometry"]["coordinates"][0], strict=True)
    assert [min(xs), min(ys), max(xs), max(ys)] == pytest.approx([420, -120, 480, -60], abs=3)
    assert "placed" not in feature["properties"]
    assert any("no georeference: boxes are in pixels" in warning for warning in result["warnings"])


@pytest.mark.parametrize("orientation", range(1, 9))
def test_pixels_are_those_of_the_file_whatever_its_orientation(orientation: int, tmp_path: Path) -> None:
    """GDAL turns nothing, and QGIS shows what GDAL reads: so the engine must not turn anything either."""
    path = photo(tmp_path / "p.jpg", scene(), orientation=orientation)
    with Image.open(path) as stored:
        pixels = np.asarray(stored)
    with open_raster(path) as raster:
        assert (raster.height_src, raster.width_src) == pixels.shape[:2]
        whole = Rectangle(0, 0, raster.width_src, raster.height_src, raster.width_src, raster.height_src)
        assert np.abs(raster.read_chip(whole).pixels.astype(int) - pixels).max() < 12


@pytest.mark.parametrize("orientation", range(1, 9))
@pytest.mark.parametrize("yaw", [0.0, 90.0, -135.0])
def test_a_box_is_placed_where_it_is_whatever_the_orientation_and_heading(
    orientation: int, yaw: float, tmp_path: Path
) -> None:
    drone = {**DRONE, "GimbalYawDegree": f"{yaw:+.2f}"}
    path = photo(tmp_path / "p.jpg", scene(), exif=LENS, xmp=drone, orientation=orientation)
    result, collection = searched(tmp_path, path, by_camera=True)
    assert CRS.from_wkt(collection["crs_wkt"]).to_epsg() == 4326
    (feature,) = collection["features"]
    assert middle_m(feature) == pytest.approx(expected_m(yaw), abs=3 * GSD_M)
    own = feature["properties"]
    assert own["placed"] == "camera"
    assert 5.0 <= own["accuracy_m"] < 12.0
    assert own["gsd_m"] == pytest.approx(GSD_M * max(WIDTH, HEIGHT) / 256, rel=0.02)
    assert shapely.geometry.shape(feature["geometry"]).exterior.is_ccw
    sides = shapely.Polygon(east_north(*np.array(feature["geometry"]["coordinates"][0]).T)).area
    assert sides == pytest.approx((60 * GSD_M) ** 2, rel=0.15)
    assert any(
        f"60 m above the ground, heading {yaw % 360:.0f} degrees" in said for said in result["warnings"]
    )
    assert not any("boxes are in pixels" in said for said in result["warnings"])


@pytest.mark.parametrize("orientation", [1, 6])
@pytest.mark.parametrize("kind", ["tif", "png", "webp"])
def test_other_kinds_of_files_are_placed_as_jpeg_is(kind: str, orientation: int, tmp_path: Path) -> None:
    told = [
        read_camera(
            str(photo(tmp_path / f"p.{end}", scene(), exif=LENS, xmp=DRONE, orientation=orientation)),
            height_m=None,
            allow_network=False,
            stop=lambda: False,
        )
        for end in ("jpg", kind)
    ]
    assert told[0] == told[1]
    assert told[0] is not None
    assert told[0].view is not None


def test_a_tiff_without_a_camera_says_so_and_one_with_a_place_keeps_it(tmp_path: Path) -> None:
    plain = photo(tmp_path / "scan.tif", scene(), lon=None, lat=None)
    with pytest.raises(InputError, match="where its camera was"):
        read_camera(str(plain), height_m=None, allow_network=False, stop=lambda: False)
    placed = write_raster(tmp_path / "placed.tif", [ramp(8, 8)])
    assert read_camera(str(placed), height_m=None, allow_network=False, stop=lambda: False) is None


def test_numbers_that_are_none_are_passed_over(tmp_path: Path) -> None:
    path = photo(tmp_path / "p.png", scene(), gps={31: TiffImagePlugin.IFDRational(0, 0)}, exif=LENS)
    camera = read_camera(str(path), height_m=60.0, allow_network=False, stop=lambda: False)
    assert camera is not None
    assert camera.error_m == 5.0


def test_south_and_west_have_their_signs(tmp_path: Path) -> None:
    path = photo(tmp_path / "p.jpg", scene(), lon=-70.25, lat=-33.5, exif=LENS, xmp=DRONE)
    _, collection = searched(tmp_path, path, by_camera=True)
    assert middle_m(collection["features"][0], -70.25, -33.5) == pytest.approx(expected_m(0), abs=3 * GSD_M)


def test_a_tilted_camera_sees_farther_ahead() -> None:
    view = View(100.0, 1000.0, 90.0, -60.0, 0.0, (1000, 800))
    middle = view.ground_m(np.array([[500.0, 400.0]]))[0]
    assert middle == pytest.approx([100 / math.tan(math.radians(60)), 0.0], abs=1e-9)
    top, bottom = view.ground_m(np.array([[500.0, 0.0], [500.0, 800.0]]))
    angle = math.degrees(math.atan(400 / 1000))
    assert top[0] == pytest.approx(100 / math.tan(math.radians(60 - angle)))
    assert bottom[0] == pytest.approx(100 / math.tan(math.radians(60 + angle)))
    left, right = view.ground_m(np.array([[0.0, 400.0], [1000.0, 400.0]]))
    assert left[1] == pytest.approx(-right[1])
    assert left[1] > 0, "who looks east has north on the left"
    assert view.gsd_m == pytest.approx(100 / math.sin(math.radians(60)) / 1000)


def test_a_gimbal_turned_over_is_the_same_as_one_that_is_not() -> None:
    points = np.array([[10.0, 20.0], [900.0, 700.0]])
    plain = View(50.0, 800.0, 30.0, -90.0, 0.0, (1000, 800)).ground_m(points)
    over = View(50.0, 800.0, -150.0, -90.0, 180.0, (1000, 800)).ground_m(points)
    assert over == pytest.approx(plain)


@given(
    st.floats(5, 500),
    st.floats(200, 5000),
    st.floats(-180, 360),
    st.floats(-90, -45),
    st.floats(-20, 20),
    st.integers(1, 8),
    st.tuples(st.floats(0, 1), st.floats(0, 1)),
)
def test_every_place_on_the_ground_is_seen_where_it_came_from(
    height_m: float,
    focal_px: float,
    yaw: float,
    pitch: float,
    roll: float,
    orientation: int,
    share: tuple[float, float],
) -> None:
    """The way back, written down on its own: a ray from the camera to the ground, seen by a pinhole."""
    view = View(height_m, focal_px, yaw, pitch, roll, (640, 480), orientation)
    point = np.array([[640 * share[0], 480 * share[1]]])
    ground = view.ground_m(point)[0]
    if not np.isfinite(ground).all():
        return
    right, down, forward = view._axes()
    for axis, other in ((right, down), (down, forward), (forward, right)):
        assert abs(float(axis @ other)) < 1e-9
    ray = np.array([*ground, -height_m])
    seen = np.array([ray @ right, ray @ down]) / (ray @ forward) * focal_px
    upright, (width, height) = view._upright(point)
    assert seen + np.array([width, height]) / 2 == pytest.approx(upright[0], rel=1e-6, abs=1e-4)


LACKING: dict[str, tuple[dict[str, Any], str]] = {
    "nothing but the place": ({}, "how high its camera was"),
    "no height": (
        {"exif": LENS, "xmp": {"GimbalYawDegree": "10"}},
        "how high its camera was",
    ),
    "a drone on the ground": ({"exif": LENS, "xmp": {**DRONE, "RelativeAltitude": "-0.30"}}, "how high"),
    "no lens": ({"xmp": DRONE}, "its angle of view"),
    "no heading": (
        {"exif": LENS, "xmp": {"RelativeAltitude": "+60.0", "GimbalPitchDegree": "-90"}},
        "which way is north",
    ),
    "the horizon": (
        {"exif": LENS, "xmp": {**DRONE, "GimbalPitchDegree": "-15.0"}},
        "the camera looks towards the horizon",
    ),
}


@pytest.mark.parametrize("case", LACKING)
def test_where_something_is_missing_boxes_are_points_at_the_camera_and_the_message_says_what(
    case: str, tmp_path: Path
) -> None:
    more, said = LACKING[case]
    path = photo(tmp_path / "p.jpg", scene(), **more)
    result, collection = searched(tmp_path, path, by_camera=True)
    (feature,) = collection["features"]
    assert feature["geometry"]["type"] == "Point"
    assert feature["geometry"]["coordinates"] == pytest.approx([LON, LAT], abs=1e-6)
    assert (feature["properties"]["placed"], feature["properties"]["accuracy_m"]) == ("position", None)
    (warning,) = [warning for warning in result["warnings"] if "can't be placed" in warning]
    assert said in warning
    assert "points at the camera's position" in warning


def test_a_picture_that_does_not_say_where_it_was_taken_is_refused_in_a_sentence(tmp_path: Path) -> None:
    path = photo(tmp_path / "p.jpg", scene(), lon=None, lat=None, exif=LENS, xmp=DRONE)
    with pytest.raises(InputError, match="does not say where its camera was"):
        searched(tmp_path, path, by_camera=True)
    null = photo(tmp_path / "null.jpg", scene(), lon=0.0, lat=0.0)
    with pytest.raises(InputError, match="does not say where its camera was"):
        searched(tmp_path, null, by_camera=True)


def test_ways_to_say_the_same(tmp_path: Path) -> None:
    """Elements instead of attributes, a compass, the sensor's resolution, and the height that the user knows."""

    def camera(name: str, height_m: float | None = None, **more: Any) -> Camera:
        path = photo(tmp_path / f"{name}.jpg", scene(), **more)
        found = read_camera(str(path), height_m=height_m, allow_network=False, stop=lambda: False)
        assert found is not None
        assert found.view is not None, found.notes
        return found

    plain = camera("plain", exif=LENS, xmp=DRONE)
    assert camera("elements", exif=LENS, xmp=DRONE, as_elements=True) == plain
    # 8.8 mm on a sensor with 4145 pixels to the centimetre, in a picture made half as large
    sensor = {0x920A: 8.8, 0xA20E: 4145.0, 0xA210: 3, 0xA002: 2 * WIDTH}
    by_sensor = camera("sensor", exif=sensor, xmp=DRONE)
    assert by_sensor.view is not None
    assert by_sensor.view.focal_px == pytest.approx(8.8 * 414.5 / 2)
    compass = camera("compass", exif=LENS, xmp={"RelativeAltitude": "60"}, gps={16: "M", 17: 271.5})
    assert compass.view is not None
    assert compass.view.yaw == pytest.approx(271.5)
    assert any("compass" in note for note in compass.notes)
    assert any("straight down" in note for note in compass.notes)
    known = camera("known", 30.0, exif=LENS, gps={16: "T", 17: 0.0})
    assert known.view is not None
    assert known.view.height_m == 30.0
    assert known.gsd_m == pytest.approx(GSD_M / 2)
    better = camera("better", exif=LENS, xmp=DRONE, gps={31: 0.5})
    assert better.error_m == 0.5


def test_a_georeferenced_raster_does_not_ask_its_camera(tmp_path: Path) -> None:
    path = write_raster(tmp_path / "r.tif", [ramp(64, 64)])
    assert read_camera(str(path), height_m=None, allow_network=False, stop=lambda: False) is None
    _, collection = searched(tmp_path, path, by_camera=True)
    assert CRS.from_wkt(collection["crs_wkt"]).to_epsg() == 32632


@given(st.dictionaries(st.sampled_from([f"EXIF_{name}" for name in (
    "GPSLatitude", "GPSLongitude", "GPSLatitudeRef", "FocalLengthIn35mmFilm", "FocalLength", "Orientation",
    "FocalPlaneXResolution", "FocalPlaneResolutionUnit", "GPSImgDirection", "GPSHPositioningError", "PixelXDimension",
)]), st.text(alphabet="()0123456789.eE+- NaninfSW", max_size=20)), st.text(max_size=60))  # fmt: skip
def test_odd_tags_are_read_or_refused_in_a_sentence(exif: dict[str, str], tail: str) -> None:
    xmp = 'drone-dji:RelativeAltitude="' + tail + '" drone-dji:GimbalYawDegree="1e999"'
    said = {"size": (600, 400), "exif": exif, "xmp": xmp}
    placed = {"EXIF_GPSLatitude": "(52) (30) (1)", "EXIF_GPSLongitude": "(13) (24) (1)"}
    camera = camera_of({**said, "exif": {**exif, **placed}}, "p.jpg", 50.0)
    assert abs(camera.lat) <= 90
    assert camera.notes
    with suppress(InputError):
        assert abs(camera_of(said, "p.jpg", None).lat) <= 90


def test_numbers_without_end_are_none() -> None:
    exif = {
        "EXIF_GPSLatitude": "(52)",
        "EXIF_GPSLongitude": "(13)",
        "EXIF_GPSImgDirection": "1e999",
        "EXIF_FocalLengthIn35mmFilm": "1e999",
        "EXIF_Orientation": "1e300",
    }
    (note,) = camera_of({"size": (600, 400), "exif": exif, "xmp": ""}, "p.jpg", 50.0).notes
    assert "its angle of view" in note
    assert "which way is north" in note


def test_outputs_pictures_and_training_sets_of_placed_boxes(tmp_path: Path, monkeypatch: Any) -> None:
    monkeypatch.setattr("engine.model.serving.load_served", lambda name: ScriptedModel())
    path = photo(tmp_path / "p.jpg", scene(), exif=LENS, xmp=DRONE)
    bare = photo(tmp_path / "bare.jpg", scene())
    run = CliRunner().invoke
    out, preview = tmp_path / "o.gpkg", tmp_path / "o.png"
    ran = run(app, ["locate", str(path), "roof", "--by-camera", "-o", str(out), "--preview", str(preview)])
    assert ran.exit_code == 0, ran.output
    meta, _, _, columns = pyogrio.raw.read(out)
    assert (meta["geometry_type"], meta["crs"]) == ("Polygon", "EPSG:4326")
    assert "accuracy_m" in list(meta["fields"])
    shown = np.asarray(Image.open(preview).convert("RGB")).astype(int)
    assert (np.ptp(shown[40:140, 400:500].reshape(-1, 3), axis=1) > 60).any(), (
        "the box is drawn in the picture"
    )
    ran = run(app, ["export", str(out), "-o", str(tmp_path / "set"), "--format", "coco", "--no-chips"])
    assert ran.exit_code == 0, ran.output
    sheet = json.loads((tmp_path / "set" / "annotations.json").read_text())
    assert sheet["annotations"][0]["bbox"] == pytest.approx([420, 60, 60, 60], abs=3)
    for name in ("points.gpkg", "points.geojson", "points.fgb"):
        ran = run(app, ["locate", str(bare), "roof", "--by-camera", "-o", str(tmp_path / name)])
        assert ran.exit_code == 0, ran.output
        meta, *_ = pyogrio.raw.read(tmp_path / name)
        assert meta["geometry_type"] == "Point"
    ran = run(
        app, ["locate", str(path), "roof", "--by-camera", "--rfc7946", "-o", str(tmp_path / "o.geojson")]
    )
    assert ran.exit_code == 0, ran.output
    assert columns is not None


def test_what_goes_not_together_is_refused() -> None:
    with pytest.raises(InputError, match="outlines are drawn in the picture alone"):
        checked(LocateRequest, {"raster": "a.jpg", "queries": ["x"], "by_camera": True, "outline": True})
    with pytest.raises(InputError, match="too far off to be compared"):
        checked(CompareRequest, {"before": "a.jpg", "raster": "b.jpg", "queries": ["x"], "by_camera": True})


def test_gdal_of_the_engine_reads_what_the_test_wrote(tmp_path: Path) -> None:
    path = photo(tmp_path / "p.jpg", scene(), exif=LENS, xmp=DRONE, orientation=6)
    with rasterio.open(path) as dataset:
        assert dataset.tags()["EXIF_Orientation"] == "6"
        assert "GimbalYawDegree" in dataset.tags(ns="xml:XMP")["xml:XMP"]
