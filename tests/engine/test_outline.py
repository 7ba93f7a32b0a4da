"""Outlines of masks whose answer is known: area, overlap and validity, in whatever frame the raster has."""

from __future__ import annotations

import math
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pyogrio.raw
import pytest
import shapely
from affine import Affine
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray
from rasterio.crs import CRS
from shapely.geometry import box, shape

from engine.imagery.frames import points_square_to_src, points_src_to_crs
from engine.imagery.ground_plane import Ground
from engine.imagery.outline import (
    SQUARE_IOU,
    OutlineStyle,
    draw_outline,
    iou,
    square_round,
)
from engine.imagery.outputs import write_features
from engine.types import Feature, Xyxy

UTM = CRS.from_epsg(32632).to_wkt()
DEGREES = CRS.from_epsg(4326).to_wkt()
SIZE = (2000, 1500)
BOX: Xyxy = (900.0, 700.0, 1000.0, 770.0)
PICTURE_PX = 512
NORTH_UP = Affine(0.5, 0.0, 500_000.0, 0.0, -0.5, 5_000_000.0)
Inside = Callable[[NDArray[Any], NDArray[Any]], NDArray[np.bool_]]


def mask_of(inside: Inside, box_src: Xyxy = BOX) -> tuple[NDArray[np.bool_], Xyxy]:
    """The mask of a shape given in source pixels from the box's centre, and the square it covers."""
    square, _ = square_round(box_src, PICTURE_PX)
    middles = np.arange(PICTURE_PX) + 0.5
    x, y = np.meshgrid(middles, middles)
    at = points_square_to_src(np.column_stack([x.ravel(), y.ravel()]), square, PICTURE_PX)
    dx = at[:, 0] - (box_src[0] + box_src[2]) / 2
    dy = at[:, 1] - (box_src[1] + box_src[3]) / 2
    return inside(dx, dy).reshape(PICTURE_PX, PICTURE_PX), square


def rectangle(width: float, height: float, degrees: float) -> Inside:
    turn = math.radians(degrees)

    def inside(dx: NDArray[Any], dy: NDArray[Any]) -> NDArray[np.bool_]:
        along = dx * math.cos(turn) + dy * math.sin(turn)
        across = dy * math.cos(turn) - dx * math.sin(turn)
        return (np.abs(along) < width / 2) & (np.abs(across) < height / 2)

    return inside


def disc(radius: float, hole: float = 0.0) -> Inside:
    return lambda dx, dy: (dx**2 + dy**2 < radius**2) & (dx**2 + dy**2 >= hole**2)


def drawn(
    inside: Inside,
    *,
    transform: Affine = NORTH_UP,
    crs: str | None = UTM,
    gsd_m: float | None = 0.5,
    box_src: Xyxy = BOX,
    **style: Any,
) -> Any:
    """The outline as a shape in source pixels, checked to be valid, finite and anticlockwise on the map."""
    mask, square = mask_of(inside, box_src)
    ground = Ground.of(transform, crs, gsd_m, *SIZE)
    geometry = draw_outline(mask, square, box_src, ground, SIZE, OutlineStyle(**style))
    if geometry is None:
        return None
    on_map = shape(geometry)
    assert on_map.is_valid
    assert np.isfinite(shapely.get_coordinates(on_map)).all()
    assert all(part.exterior.is_ccw for part in shapely.get_parts(on_map))
    return shapely.transform(on_map, lambda at: points_src_to_crs(at, ~transform))


def true_rectangle(width: float, height: float, degrees: float) -> Any:
    plain = box(-width / 2, -height / 2, width / 2, height / 2)
    return shapely.affinity.translate(
        shapely.affinity.rotate(plain, degrees, origin=(0, 0)),
        (BOX[0] + BOX[2]) / 2,
        (BOX[1] + BOX[3]) / 2,
    )


FRAMES = {
    "north up": (NORTH_UP, UTM, 0.5),
    "south up": (Affine(0.5, 0.0, 5e5, 0.0, 0.5, 5e6), UTM, 0.5),
    "rotated": (NORTH_UP @ Affine.rotation(30), UTM, 0.5),
    "skewed": (NORTH_UP @ Affine.shear(20, 0), UTM, 0.5),
    "degrees": (Affine(1e-5, 0.0, 24.0, 0.0, -5e-6, 60.0), DEGREES, 0.5564),
    "feet": (Affine(1.6404, 0.0, 987_000.0, 0.0, -1.6404, 212_000.0), CRS.from_epsg(2263).to_wkt(), 0.5),
    "stretched in the north": (
        Affine(1.0, 0.0, 2_671_667.0, 0.0, -1.0, 8_399_737.0),
        CRS.from_epsg(3857).to_wkt(),
        0.5009,
    ),
    "over the date line": (Affine(1e-5, 0.0, 179.99, 0.0, -1e-5, 5.0), DEGREES, 1.11),
    "no place": (Affine.identity(), None, None),
}


@pytest.mark.parametrize("frame", FRAMES)
@pytest.mark.parametrize("square", [False, True])
def test_a_rotated_rectangle_is_found_in_every_frame(frame: str, square: bool) -> None:
    transform, crs, gsd_m = FRAMES[frame]
    found = drawn(rectangle(80, 40, 20), transform=transform, crs=crs, gsd_m=gsd_m, square=square)
    assert iou(found, true_rectangle(80, 40, 20)) > (0.9 if square else 0.97)
    assert found.area == pytest.approx(80 * 40, rel=0.1 if square else 0.02)


def corners_deg(transform: Affine, crs: str | None, gsd_m: float | None, found: Any) -> NDArray[Any]:
    """The angles of an outline's corners on the ground."""
    plane = Ground.of(transform, crs, gsd_m, *SIZE).plane(BOX)
    points = plane.from_src(shapely.get_coordinates(found.exterior))
    edges = np.diff(points, axis=0)
    directions = np.arctan2(edges[:, 1], edges[:, 0])
    return np.degrees(np.abs(np.angle(np.exp(1j * (directions - np.roll(directions, 1))))))


@pytest.mark.parametrize("frame", ["north up", "rotated", "degrees", "no place"])
def test_right_angles_are_right_on_the_ground(frame: str) -> None:
    transform, crs, gsd_m = FRAMES[frame]
    found = drawn(rectangle(80, 40, 0), transform=transform, crs=crs, gsd_m=gsd_m, square=True)
    assert len(found.exterior.coords) == 5
    assert corners_deg(transform, crs, gsd_m, found) == pytest.approx(90, abs=0.1)


def ell(dx: NDArray[Any], dy: NDArray[Any]) -> NDArray[np.bool_]:
    whole = rectangle(80, 60, 25)(dx, dy)
    turn = math.radians(25)
    along, across = dx * math.cos(turn) + dy * math.sin(turn), dy * math.cos(turn) - dx * math.sin(turn)
    return whole & ~((along > 0) & (across > 0))


def test_a_building_of_several_wings_keeps_them() -> None:
    found = drawn(ell, square=True)
    assert found.area == pytest.approx(80 * 60 * 0.75, rel=0.03)
    assert len(found.exterior.coords) == 7
    assert corners_deg(NORTH_UP, UTM, 0.5, found) == pytest.approx(90, abs=0.5)


def test_what_is_round_is_not_squared() -> None:
    plain, asked = drawn(disc(30)), drawn(disc(30), square=True)
    assert asked.equals(plain)
    assert plain.area == pytest.approx(math.pi * 30**2, rel=0.02)


def test_a_ring_keeps_its_hole_and_a_pinhole_is_filled() -> None:
    ring = drawn(disc(30, hole=12))
    assert len(ring.interiors) == 1
    assert ring.area == pytest.approx(math.pi * (30**2 - 12**2), rel=0.03)
    assert not drawn(disc(30, hole=3)).interiors


def test_two_parts_stay_and_crumbs_go() -> None:
    def two(dx: NDArray[Any], dy: NDArray[Any]) -> NDArray[np.bool_]:
        crumb = (np.abs(dx) < 2) & (np.abs(dy - 28) < 2)
        return disc(15)(dx - 25, dy) | disc(12)(dx + 25, dy) | crumb

    found = drawn(two)
    assert found.geom_type == "MultiPolygon"
    assert len(found.geoms) == 2
    assert found.area == pytest.approx(math.pi * (15**2 + 12**2), rel=0.03)


def test_nothing_lies_beyond_the_raster() -> None:
    corner: Xyxy = (0.0, 0.0, 60.0, 40.0)
    for square in (False, True):
        found = drawn(disc(30), box_src=corner, square=square)
        assert box(0, 0, *SIZE).buffer(1e-6).covers(found)
        at_edge = drawn(rectangle(200, 30, 0), box_src=corner, square=square)
        assert box(0, 0, *SIZE).buffer(1e-6).covers(at_edge)
        assert at_edge.bounds[0] == pytest.approx(0, abs=1e-6)


def test_one_pixel_is_a_polygon() -> None:
    mask, square = mask_of(disc(0))
    mask[PICTURE_PX // 2, PICTURE_PX // 2] = True
    ground = Ground.of(NORTH_UP, UTM, 0.5, *SIZE)
    pixel_m = (square[2] - square[0]) / PICTURE_PX * 0.5
    for style in (OutlineStyle(), OutlineStyle(50.0), OutlineStyle(50.0, square=True)):
        found = draw_outline(mask, square, BOX, ground, SIZE, style)
        assert found is not None
        assert shape(found).is_valid
        assert shape(found).area == pytest.approx(pixel_m**2, rel=1e-6)


def test_an_empty_mask_and_one_beside_the_box_give_nothing() -> None:
    assert drawn(disc(0)) is None
    assert drawn(lambda dx, dy: (dx > 90) & (dy > 60)) is None


def test_what_spreads_far_beyond_its_box_is_cut() -> None:
    found = drawn(lambda dx, dy: np.ones_like(dx, bool))
    width, height = BOX[2] - BOX[0], BOX[3] - BOX[1]
    assert found.area < (width + 0.35 * width) * (height + 0.35 * width)
    assert found.covers(box(*BOX))


@pytest.mark.parametrize("frame", [frame for frame in FRAMES if frame != "no place"])
@pytest.mark.parametrize("tolerance_m", [0.5, 2.0, 4.0])
def test_an_outline_lies_within_its_tolerance(frame: str, tolerance_m: float) -> None:
    """In metres on the ground, as the frame's own pixels tell them: 30 pixels of the disc's radius are given."""
    transform, crs, gsd_m = FRAMES[frame]
    assert gsd_m is not None
    where = {"transform": transform, "crs": crs, "gsd_m": gsd_m}
    tolerance_m *= 2 * gsd_m
    plane = Ground.of(transform, crs, gsd_m, *SIZE).plane(BOX)
    exact, plain = (
        shapely.transform(drawn(disc(30), **where, tolerance_m=within), plane.from_src)
        for within in (1e-6, tolerance_m)
    )
    assert plain.hausdorff_distance(exact) <= tolerance_m + 1e-6
    assert len(plain.exterior.coords) < len(exact.exterior.coords)


@pytest.mark.parametrize("frame", FRAMES)
def test_without_a_tolerance_an_outline_runs_along_the_pixels(frame: str) -> None:
    transform, crs, gsd_m = FRAMES[frame]
    found = drawn(disc(30, hole=12), transform=transform, crs=crs, gsd_m=gsd_m, tolerance_m=0.0)
    mask, square = mask_of(disc(30, hole=12))
    pixel = ((square[2] - square[0]) / PICTURE_PX) ** 2
    assert found.area == pytest.approx(mask.sum() * pixel, rel=1e-6)
    assert drawn(
        rectangle(80, 40, 0), transform=transform, crs=crs, gsd_m=gsd_m, tolerance_m=0.0, square=True
    )


@pytest.mark.parametrize("frame", FRAMES)
def test_a_box_that_reaches_beyond_the_raster_gets_what_lies_on_it(frame: str) -> None:
    transform, crs, gsd_m = FRAMES[frame]
    over: Xyxy = (-50.0, SIZE[1] - 40.0, 50.0, SIZE[1] + 30.0)
    where = {"transform": transform, "crs": crs, "gsd_m": gsd_m, "box_src": over}
    for square in (False, True):
        found = drawn(disc(30), **where, square=square)
        assert box(0, 0, *SIZE).buffer(1e-4).covers(found)
        assert found.area == pytest.approx(math.pi * 30**2 / 2, rel=0.7)
    beyond: Xyxy = (-200.0, 10.0, -100.0, 80.0)
    assert drawn(disc(30), **{**where, "box_src": beyond}) is None


def test_a_large_box_is_seen_coarser_and_a_small_one_not_too_large() -> None:
    large, _ = square_round((0.0, 0.0, 4000.0, 2000.0), 1024)
    small, _ = square_round((100.0, 100.0, 104.0, 102.0), 1024)
    assert large[2] - large[0] == 8000
    assert small[2] - small[0] == 128


@given(
    st.floats(10, 100), st.floats(10, 60), st.floats(0, 180), st.booleans(), st.sampled_from(sorted(FRAMES))
)
def test_any_rectangle_in_any_frame_is_near_its_mask(
    width: float, height: float, degrees: float, square: bool, frame: str
) -> None:
    transform, crs, gsd_m = FRAMES[frame]
    found = drawn(rectangle(width, height, degrees), transform=transform, crs=crs, gsd_m=gsd_m, square=square)
    near = box(BOX[0] - 16, BOX[1] - 16, BOX[2] + 16, BOX[3] + 16)
    truth = true_rectangle(width, height, degrees).intersection(near)
    assert iou(found, truth) > (SQUARE_IOU - 0.05 if square else 0.9)


def test_an_outline_over_the_date_line_is_cut_there(tmp_path: Path) -> None:
    transform, crs, gsd_m = FRAMES["over the date line"]
    round_it: Xyxy = (960.0, 700.0, 1060.0, 770.0)
    mask, square = mask_of(disc(30), round_it)
    ground = Ground.of(transform, crs, gsd_m, *SIZE)
    geometry = draw_outline(mask, square, round_it, ground, SIZE, OutlineStyle())
    assert geometry is not None
    assert shape(geometry).bounds[2] > 180
    path = tmp_path / "outline.geojson"
    write_features(path, [Feature(geometry, {"id": "a", "outline": "mask"})], crs, rfc7946=True)
    _, _, shapes, _ = pyogrio.raw.read(path)
    cut = shapely.from_wkb(shapes[0])
    assert cut.geom_type == "MultiPolygon"
    assert (cut.bounds[0], cut.bounds[2]) == (-180, 180)
    assert cut.area == pytest.approx(shape(geometry).area, rel=1e-3)
