"""Metres per pixel in any CRS, against geodesics; and what is said where nobody can know them."""

from __future__ import annotations

import math
import re
from pathlib import Path
from xml.sax.saxutils import escape

import numpy as np
import pytest
import rasterio
import rasterio.shutil
from affine import Affine
from hypothesis import given
from hypothesis import strategies as st
from rasterio.crs import CRS
from rasterio.warp import transform as transform_points

from engine.errors import InputError
from engine.imagery.ground import Ellipsoid, metres_per_pixel
from engine.imagery.raster import open_raster
from engine.imagery.vectors import read_polygons
from tests.engine.geodesy import geodesic
from tests.engine.rasters import ramp, write_raster

CASES = Path(__file__).parents[3] / "shared" / "cases"
SITE = 'LOCAL_CS["site grid",UNIT["{}",{}],AXIS["Easting",EAST],AXIS["Northing",NORTH]]'
UTM_OF_NO_UNIT = (
    CRS.from_epsg(32632).to_wkt().replace('UNIT["metre",1,AUTHORITY["EPSG","9001"]]', 'UNIT["unknown",1]')
)

PLACES = {
    "EPSG:4326": ((-180, 180), (-89, 89)),
    "EPSG:32632": ((5, 13), (-80, 84)),
    "EPSG:3857": ((-179, 179), (-84.9, 84.9)),
    "EPSG:3395": ((-179, 179), (-84.9, 84.9)),
    "EPSG:3413": ((-180, 180), (55, 89.9999)),
    "EPSG:3031": ((-180, 180), (-89.9999, -55)),
    "EPSG:6931": ((-180, 180), (50, 89.9999)),
    "EPSG:3035": ((-5, 30), (35, 65)),
    "ESRI:54009": ((-120, 120), (-70, 70)),
    "EPSG:2154": ((-4, 8), (42, 51)),
    "+proj=longlat +ellps=WGS84 +to_meter=0.0157079632679": ((-180, 180), (-80, 80)),
}
"""Where each CRS is defined, in degrees: all on WGS 84's ellipsoid, or one that differs by a tenth of a millimetre."""


@given(
    name=st.sampled_from(sorted(PLACES)),
    share=st.tuples(st.floats(0, 1), st.floats(0, 1)),
    pixel_m=st.floats(0.02, 2000),
    aspect=st.floats(0.2, 5),
    angle=st.floats(0, 360),
    shear=st.floats(-40, 40),
)
def test_a_pixel_is_as_large_as_geodesics_say(name, share, pixel_m, aspect, angle, shear):
    (west, east), (south, north) = PLACES[name]
    lon, lat = west + share[0] * (east - west), south + share[1] * (north - south)
    crs, geographic = CRS.from_user_input(name), CRS.from_epsg(4326)
    x, y = (values[0] for values in transform_points(geographic, crs, [lon], [lat]))
    unit = pixel_m / 111_000 if crs.is_geographic else pixel_m
    shape = Affine.rotation(angle) @ Affine.shear(shear, 0) @ Affine.scale(unit, -unit * aspect)
    place = Affine.translation(x, y) @ shape @ Affine.translation(-8, -5)
    steps = 100 / pixel_m, 100 / (pixel_m * aspect)
    ends = [place @ (8 + steps[0], 5), place @ (8, 5 + steps[1])]
    lons, lats = transform_points(crs, geographic, [x for x, _ in ends], [y for _, y in ends])
    sides = [geodesic((lon, lat), end) for end in zip(lons, lats, strict=True)]
    area = sides[0][0] * sides[1][0] * abs(math.sin(sides[0][1] - sides[1][1])) / (steps[0] * steps[1])
    assert metres_per_pixel(crs, place, 16, 10) == pytest.approx(math.sqrt(area), rel=0.005)


@pytest.mark.parametrize("crs", ["EPSG:6931", "EPSG:6932", "EPSG:3408", "EPSG:5041", "EPSG:3995"])
def test_a_pole_is_a_place_like_any_other(crs):
    middle = 2_000_000.0 if crs == "EPSG:5041" else 0.0
    at_the_pole = Affine(1.0, 0, middle - 128, 0, -1.0, middle + 128)
    beside_it = Affine(1.0, 0, middle + 5000, 0, -1.0, middle + 5000)
    size_m = metres_per_pixel(CRS.from_string(crs), at_the_pole, 256, 256)
    assert size_m == pytest.approx(metres_per_pixel(CRS.from_string(crs), beside_it, 256, 256), rel=1e-4)
    assert size_m == pytest.approx(1.0, rel=0.04)


@pytest.mark.parametrize(
    ("crs", "pixel", "metres"),
    [
        ("EPSG:2263", 1.0, 0.3048006),
        ("EPSG:32632+5773", 2.0, 2.0),
        ("+proj=utm +zone=32 +units=km", 0.002, 2.0),
        ("EPSG:4807", 0.0001, 0.0001 * math.pi / 200 * 6_371_000 * math.sqrt(math.cos(math.pi / 4))),
        ("EPSG:4979", 0.0001, 0.0001 * math.pi / 180 * 6_371_000 * math.sqrt(math.cos(math.pi / 4))),
        ("IAU_2015:49900", 0.0001, 0.0001 * math.pi / 180 * 3_396_190 * math.sqrt(math.cos(math.pi / 4))),
        ("IAU_2015:30100", 0.0001, 0.0001 * math.pi / 180 * 1_737_400 * math.sqrt(math.cos(math.pi / 4))),
        ("IAU_2015:30135", 5.0, 5.0),
        (SITE.format("metre", 1), 0.25, 0.25),
        (SITE.format("foot", 0.3048), 10.0, 3.048),
    ],
)
def test_units_and_bodies(tmp_path, crs, pixel, metres):
    definition = CRS.from_user_input(crs)
    angular = definition.is_geographic
    north = {"EPSG:4807": 50.0}.get(crs, 45.0)
    place = Affine(pixel, 0, 9.0, 0, -pixel, north) if angular else Affine(pixel, 0, 0, 0, -pixel, 10 * pixel)
    if crs.endswith(("5773", "km")):
        place = Affine.translation(500_000 * pixel / 2, 0) @ place
    if crs == "EPSG:2263":
        place = Affine.translation(1_000_000, 200_000) @ place
    path = write_raster(tmp_path / "a.tif", [ramp(20, 20)] * 3, crs=definition, transform=place)
    with open_raster(path) as raster:
        assert raster.gsd_m == pytest.approx(metres, rel=0.004)
        assert not raster.warnings
        assert raster.crs_wkt


def with_srs(path: Path, wkt: str) -> Path:
    """The raster as a VRT whose CRS is exactly this one, which GeoTIFF can't always keep."""
    out = path.with_suffix(".vrt")
    with rasterio.open(path) as dataset:
        rasterio.shutil.copy(dataset, str(out), driver="VRT")
    out.write_text(re.sub("<SRS.*?</SRS>", f"<SRS>{escape(wkt)}</SRS>", out.read_text()))
    return out


UNKNOWN = {
    "geocentric": CRS.from_epsg(4978).to_wkt(),
    "no unit": SITE.format("unknown", 1),
    "pixels": 'ENGCRS["x",EDATUM["d"],CS[Cartesian,2],AXIS["x",east],AXIS["y",north],SCALEUNIT["pixel",1]]',
    "heights": CRS.from_epsg(5773).to_wkt(),
    "a map of no unit": UTM_OF_NO_UNIT,
}


@pytest.mark.parametrize("wkt", UNKNOWN.values(), ids=UNKNOWN.keys())
def test_a_size_that_nobody_knows_is_asked_for_and_taken(tmp_path, wkt):
    path = with_srs(write_raster(tmp_path / "a.tif", [ramp(20, 20)] * 3), wkt)
    with open_raster(path) as raster:
        assert raster.gsd_m is None
        assert raster.crs_wkt
        assert len(raster.warnings) == 1
        assert "--gsd-of-raster" in raster.warnings[0]
    with open_raster(path, gsd_m=0.4) as raster:
        assert raster.gsd_m == 0.4
        assert not raster.warnings


@pytest.mark.parametrize("gsd_m", [0.0, -1.0, math.nan, math.inf])
def test_a_size_that_is_none_is_refused(tmp_path, gsd_m):
    with pytest.raises(InputError, match="above 0"):
        open_raster(write_raster(tmp_path / "a.tif", [ramp(20, 20)]), gsd_m=gsd_m)


def test_latitudes_from_the_centre_of_a_flat_body_are_told_from_those_of_its_plumb_lines():
    mars = CRS.from_user_input("IAU_2015:49902")
    place = Affine(0.001, 0, 0, 0, -0.001, 45)
    (a, b), across = (3_396_190.0, 3_376_200.0), math.cos(math.radians(45))
    radius = a * b / math.hypot(a * across, b * across)
    slope = radius * math.sin(math.pi / 2) * (a**2 - b**2) / 2 * radius**2 / (a * b) ** 2
    along = math.hypot(radius, slope)
    expected = math.radians(0.001) * math.sqrt(radius * across * along)
    assert metres_per_pixel(mars, place, 2, 2) == pytest.approx(expected, rel=2e-4)


def test_the_radii_of_the_ellipsoid_are_those_of_the_books():
    body = Ellipsoid(6_378_137.0, 0.00669437999014)
    lat, step = math.radians(52.0), 1e-5
    points = body.in_space(np.array([0.0, step, 0.0]), np.array([lat, lat, lat + step]))
    e2 = body.eccentricity2
    prime_vertical = body.radius_m / math.sqrt(1 - e2 * math.sin(lat) ** 2)
    meridian = prime_vertical * (1 - e2) / (1 - e2 * math.sin(lat) ** 2)
    assert np.linalg.norm(points[1] - points[0]) == pytest.approx(
        step * prime_vertical * math.cos(lat), rel=1e-8
    )
    assert np.linalg.norm(points[2] - points[0]) == pytest.approx(step * meridian, rel=1e-6)


def test_polygons_that_no_operation_brings_into_the_rasters_crs_are_refused_in_a_sentence(tmp_path):
    polygons = tmp_path / "a.geojson"
    polygons.write_text(
        '{"type": "FeatureCollection", "features": [{"type": "Feature", "properties": {}, "geometry": '
        '{"type": "Polygon", "coordinates": [[[9, 50], [9.1, 50], [9.1, 50.1], [9, 50]]]}}]}'
    )
    for wkt in (SITE.format("metre", 1), CRS.from_user_input("IAU_2015:49900").to_wkt()):
        with pytest.raises(InputError, match="reproject the layer first") as caught:
            read_polygons(polygons, crs_wkt=wkt)
        assert "{" not in str(caught.value)


@pytest.mark.skipif(not CASES.exists(), reason="needs the shared cases, ../shared/cases")
def test_the_pole_and_the_site_grid_of_the_cases():
    for name in ("pole-gsd/pole.tif", "local-crs/local.tif"):
        with open_raster(CASES / name) as raster:
            assert raster.gsd_m == pytest.approx(1.0)
            assert not raster.warnings
