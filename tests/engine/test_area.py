"""Areas: which windows and boxes touch a polygon, with holes, several parts and rotated rasters."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
import shapely
from affine import Affine
from hypothesis import given
from hypothesis import strategies as st

from engine.errors import InputError
from engine.imagery.area import Area
from engine.imagery.raster import open_raster
from tests.engine.rasters import write_raster

DIAMOND = np.array([(50, 0), (100, 50), (50, 100), (0, 50), (50, 0)], float)
HOLE = np.array([(50, 25), (75, 50), (50, 75), (25, 50), (50, 25)], float)
coordinate = st.floats(-40, 140, allow_nan=False).map(lambda value: round(value, 2))


def area_of(raster, geometry):
    return Area.of(geometry, raster.transform, raster.width_src, raster.height_src)


def boxes() -> st.SearchStrategy[tuple[float, float, float, float]]:
    sides = st.floats(0.5, 60).map(lambda value: round(value, 2))
    return st.builds(lambda x, y, w, h: (x, y, x + w, y + h), coordinate, coordinate, sides, sides)


def in_diamond(x: np.ndarray, y: np.ndarray, radius: float) -> np.ndarray:
    return np.abs(x - 50) + np.abs(y - 50) <= radius


@given(boxes(), st.booleans())
def test_a_box_touches_a_polygon_when_one_of_its_points_is_inside(box, with_hole) -> None:
    area = Area(shapely.Polygon(DIAMOND, [HOLE] if with_hole else None))
    x, y = np.meshgrid(np.linspace(box[0], box[2], 61), np.linspace(box[1], box[3], 61))
    well_inside = in_diamond(x, y, 49.9) & ~(in_diamond(x, y, 25.1) if with_hole else False)
    inside = in_diamond(x, y, 50.1) & ~(in_diamond(x, y, 24.9) if with_hole else False)
    if well_inside.any():
        assert area.touches_box(box)
    x1, y1 = max(box[0] - 50, 50 - box[2], 0), max(box[1] - 50, 50 - box[3], 0)
    if x1 + y1 > 50.01 or (with_hole and not inside.any() and in_diamond(x, y, 24.9).all()):
        assert not area.touches_box(box)


def test_everywhere_touches_everything() -> None:
    assert Area().touches_box((-1e9, 0, 1, 1))
    assert Area().extent_src is None


def test_parts_are_looked_at_one_by_one() -> None:
    far = DIAMOND + 1000
    area = Area(shapely.MultiPolygon([shapely.Polygon(DIAMOND), shapely.Polygon(far)]))
    assert area.extent_src == (0, 0, 1100, 1100)
    assert area.touches_box((40, 40, 60, 60))
    assert area.touches_box((1040, 1040, 1060, 1060))
    assert not area.touches_box((500, 500, 600, 600))


def test_map_units_become_pixels_on_a_rotated_raster(tmp_path: Path) -> None:
    turned = Affine.translation(7_000, 9_000) @ Affine.rotation(30) @ Affine.scale(2, -2)
    path = write_raster(tmp_path / "turned.tif", [np.full((100, 100), 9, np.uint8)], transform=turned)
    ring = [list(turned @ corner) for corner in ((10, 20), (30, 20), (30, 60), (10, 60), (10, 20))]
    with open_raster(path) as raster:
        area = area_of(raster, {"type": "MultiPolygon", "coordinates": [[ring]]})
    assert area.extent_src == pytest.approx((10, 20, 30, 60))


@pytest.mark.parametrize(
    ("geometry", "words"),
    [
        ({"type": "Point", "coordinates": [0, 0]}, "'Point'"),
        ({"type": "Polygon", "coordinates": []}, "Polygon"),
        ({"type": "Polygon", "coordinates": [[[0, 0], [1, 1]]]}, "2 points"),
        ({"type": "Polygon", "coordinates": [[[0, 0], [1, 1], [1e400, 0]]]}, "3 points"),
        ({"type": "Polygon", "coordinates": [[[0, 0], [1, 1], [1, 0]]]}, "outside the raster"),
    ],
)
def test_areas_that_cannot_be_used_say_why(town_tif: Path, geometry: dict[str, object], words: str) -> None:
    with open_raster(town_tif) as raster, pytest.raises(InputError, match=words):
        area_of(raster, geometry)
