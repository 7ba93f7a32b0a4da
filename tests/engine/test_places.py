"""Transforms and control points that give no place: pixels and a sentence, or one sentence; never a broken box."""

from __future__ import annotations

import math

import numpy as np
import pytest
import rasterio
import shapely
from affine import Affine
from hypothesis import given
from hypothesis import strategies as st
from rasterio.control import GroundControlPoint

from engine.errors import InputError
from engine.imagery.frames import src_to_crs
from engine.imagery.georeference import placement, places
from engine.imagery.raster import open_raster
from tests.engine.rasters import ramp, write_raster

pytestmark = pytest.mark.filterwarnings("ignore::rasterio.errors.NotGeoreferencedWarning")

BROKEN = {
    "zero": Affine(0, 0, 0, 0, 0, 0),
    "nan": Affine(*[math.nan] * 6),
    "one nan": Affine(1, 0, math.nan, 0, -1, 0),
    "infinite": Affine(math.inf, 0, 0, 0, -1, 0),
    "flat": Affine(1, 0, 500_000, 0, 0, 5_000_000),
    "thin": Affine(0, 0, 500_000, 0, -1, 5_000_000),
    "one line": Affine(1, 1, 500_000, 1, 1, 5_000_000),
    "nearly one line": Affine(1, 1, 500_000, 1, 1 + 1e-12, 5_000_000),
    "overflowing": Affine(1e300, 0, 0, 0, -1e300, 0),
    "far away": Affine(1, 0, 1e200, 0, -1, 0),
    "finer than a number tells": Affine(1e-9, 0, 5e6, 0, -1e-9, 5e6),
    "vanishing": Affine(1e-200, 0, 0, 0, -1e-200, 0),
}


@pytest.mark.parametrize("transform", BROKEN.values(), ids=BROKEN.keys())
def test_a_transform_that_gives_no_place_is_told_and_not_used(tmp_path, transform):
    path = tmp_path / "a.vrt"
    tif = write_raster(tmp_path / "a.tif", [ramp(20, 30)] * 3)
    with rasterio.open(tif) as dataset:
        rasterio.shutil.copy(dataset, str(path), driver="VRT")
    values = ", ".join(repr(float(value)) for value in transform.to_gdal())
    text = path.read_text()
    before, _, rest = text.partition("<GeoTransform>")
    path.write_text(f"{before}<GeoTransform>{values}{rest[rest.index('</GeoTransform>') :]}")
    with open_raster(path) as raster:
        assert raster.transform == Affine.scale(1, -1)
        assert raster.gsd_m is None
        assert raster.crs_wkt is None
        assert "transform" in raster.warnings[0]
        assert "boxes are in pixels" in raster.warnings[0]
    with open_raster(path, gsd_m=0.5) as raster:
        assert raster.gsd_m == 0.5


class Stub:
    """As much of a dataset as its place needs."""

    def __init__(self, transform: Affine, width: int, height: int) -> None:
        self.transform, self.width, self.height = transform, width, height


NUMBERS = st.one_of(st.floats(), st.floats(-1e7, 1e7), st.sampled_from([0.0, 1.0, -1.0, 1e-7]))


@given(st.tuples(*[NUMBERS] * 6), st.integers(1, 40_000), st.integers(1, 40_000))
def test_boxes_are_valid_and_finite_whatever_the_transform(values, width, height):
    transform = placement(Stub(Affine(*values), width, height))
    for box in ((0, 0, width, height), (width - 1, height - 1, width, height), (0, 0, 1, 1)):
        ring = src_to_crs(box, transform)
        assert np.isfinite(ring).all()
        polygon = shapely.Polygon(ring)
        assert polygon.is_valid
        assert polygon.area > 0


@pytest.mark.parametrize(
    "transform",
    [
        Affine(1e-5, 0, 179.9, 0, -1e-5, -17),
        Affine(0.001, 0, 5e5, 0, -0.001, 9e6),
        Affine(9e4, 9e4, 0, 9e4, -9e4, 0),
    ],
)
def test_places_of_all_sizes_are_places(transform):
    assert places(Stub(transform, 20_000, 20_000))


def with_points(path, points):
    write_raster(path, [ramp(64, 64)] * 3, crs=None, transform=None)
    with rasterio.open(path, "r+") as dataset:
        dataset.gcps = ([GroundControlPoint(row=r, col=c, x=x, y=y) for r, c, x, y in points], "EPSG:4326")
    return path


@pytest.mark.parametrize(
    "points",
    [
        [(10 * n, 10 * n, 9 + n / 10, 52 - n / 10) for n in range(6)],
        [(1.0, 1.0, 9.0, 52.0)] * 5,
        [(1.0, 1.0, 9.0, 52.0)],
        [(0.0, 0.0, 9.0, 52.0), (0.0, 60.0, 9.0, 52.0), (60.0, 0.0, 9.0, 52.0)],
    ],
    ids=["on one line", "in one place", "one", "of one place on Earth"],
)
def test_control_points_that_place_nothing_are_refused_in_one_sentence(tmp_path, points):
    with pytest.raises(InputError, match=f"The {len(points)} ground control points") as caught:
        open_raster(with_points(tmp_path / "a.tif", points))
    assert str(caught.value).endswith("neither in one place nor on one line.")


def test_two_control_points_are_told(tmp_path):
    path = with_points(tmp_path / "a.tif", [(0.0, 0.0, 9.0, 52.0), (63.0, 63.0, 9.1, 51.9)])
    with open_raster(path) as raster:
        assert "no rotation" in raster.warnings[0]
