"""The picture that QGIS shows: scales, alpha beside nodata, palettes without a table, few bits, odd nodata values."""

from __future__ import annotations

import re
from pathlib import Path

import numpy as np
import pytest
import rasterio
from rasterio.enums import ColorInterp

from engine.imagery.raster import open_raster
from engine.imagery.tone import flat_tone
from engine.types import Rectangle
from tests.engine.rasters import ramp, write_raster

CASES = Path(__file__).parents[3] / "shared" / "cases"


def picture(path, **options):
    """Pixels and validity of the whole raster, and its stretch."""
    with open_raster(path, **options) as raster:
        width, height = raster.width_src, raster.height_src
        chip = raster.read_chip(Rectangle(0, 0, width, height, width, height))
        return chip.pixels, chip.valid, raster.stretch


def rgb(height=20, width=30):
    return [ramp(height, width), np.full((height, width), 40, np.uint8), ramp(height, width)[:, ::-1]]


@pytest.mark.parametrize(("scale", "offset"), [(1 / 255, 0.0), (0.01, -3.0), (-2.0, 7.0), (1e-7, 1e3)])
def test_eight_bit_colour_is_shown_as_it_is_whatever_its_scale(tmp_path, scale, offset):
    path = write_raster(tmp_path / "a.tif", rgb())
    with rasterio.open(path, "r+") as dataset:
        dataset.scales, dataset.offsets = (scale,) * 3, (offset,) * 3
    pixels, _, stretch = picture(path)
    assert np.array_equal(pixels, np.stack(rgb(), axis=-1))
    assert stretch[0] == pytest.approx((offset, 255 * scale + offset))


def test_scales_that_are_no_numbers_are_none(tmp_path):
    path = write_raster(tmp_path / "a.tif", rgb())
    with rasterio.open(path, "r+") as dataset:
        dataset.scales, dataset.offsets = (0.0, float("nan"), 1.0), (0.0, 0.0, float("nan"))
    assert np.array_equal(picture(path)[0], np.stack(rgb(), axis=-1))


@pytest.mark.parametrize("nodata", [None, 0, 7])
def test_alpha_counts_beside_a_nodata_value(tmp_path, nodata):
    bands = [ramp(40, 60, "uint16", 9000) + 100 for _ in range(3)]
    alpha = np.full((40, 60), 65535, np.uint16)
    alpha[:, :20] = 0
    for band in bands:
        band[:, :20] = 65535
        band[:5, 40:] = 100 if nodata is None else nodata
    path = write_raster(tmp_path / "a.tif", [*bands, alpha], photometric="RGB", alpha="YES", nodata=nodata)
    _, valid, stretch = picture(path)
    assert stretch[0][1] < 9200
    assert not valid[:, :20].any()
    assert valid[5:, 20:].all()
    assert valid[:5, 40:].any() == (nodata is None)


def test_a_nodata_value_of_some_bands_hides_where_those_have_it(tmp_path):
    tif = write_raster(tmp_path / "a.tif", rgb())
    vrt = tmp_path / "a.vrt"
    with rasterio.open(tif) as dataset:
        rasterio.shutil.copy(dataset, str(vrt), driver="VRT")
    text = vrt.read_text()
    assert text.count('band="1">') == 1
    vrt.write_text(text.replace('band="1">', 'band="1"><NoDataValue>0</NoDataValue>'))
    _, valid, _ = picture(vrt)
    assert not valid[:, 0].any()
    assert valid[:, 1:].all()


def test_a_palette_without_a_table_is_grey(tmp_path):
    tif = write_raster(tmp_path / "a.tif", [ramp(20, 30)])
    vrt = tmp_path / "a.vrt"
    with rasterio.open(tif) as dataset:
        rasterio.shutil.copy(dataset, str(vrt), driver="VRT")
    text = vrt.read_text()
    assert "<ColorInterp>Gray</ColorInterp>" in text
    vrt.write_text(text.replace("<ColorInterp>Gray", "<ColorInterp>Palette"))
    with rasterio.open(vrt) as dataset:
        assert dataset.colorinterp[0] == ColorInterp.palette
    assert np.array_equal(picture(vrt)[0], picture(tif)[0])
    assert picture(vrt)[0].std() > 30


@pytest.mark.parametrize("bits", [1, 2, 4, 7])
@pytest.mark.parametrize("count", [1, 3])
def test_few_bits_fill_the_whole_range(tmp_path, bits, count):
    top = 2**bits - 1
    bands = [np.rint(ramp(20, 30, "float64", top)).astype(np.uint8)] * count
    path = write_raster(
        tmp_path / "a.tif", bands, nbits=bits, photometric="RGB" if count == 3 else "MINISBLACK"
    )
    pixels, _, stretch = picture(path)
    assert stretch[0] == (0, top) or (bits, count) == (1, 1)  # which GDAL calls a palette of black and white
    assert np.array_equal(pixels[..., 0], np.rint(bands[0] * (255 / top)))


LIMIT = float(np.finfo("float32").max)


@pytest.mark.filterwarnings("ignore:overflow encountered in cast:RuntimeWarning")
@pytest.mark.parametrize(
    ("nodata", "pixel"),
    [
        (-LIMIT, -LIMIT),
        (-3.4e38, -LIMIT),
        (-3.40282e38, -LIMIT),
        (3.4e38, LIMIT),
        (-1.7976931348623157e308, -LIMIT),
        (-9999.1, -9999.1),
        (0.1, 0.1),
        (1e20, 1e20),
    ],
)
def test_a_nodata_value_is_met_as_the_band_can_hold_it(tmp_path, nodata, pixel):
    band = ramp(32, 32, "float32", 1.0) + 5
    band[:8, :16] = np.float32(pixel)
    tif = write_raster(tmp_path / "a.tif", [band])
    vrt = tmp_path / "a.vrt"
    with rasterio.open(tif) as dataset:
        rasterio.shutil.copy(dataset, str(vrt), driver="VRT")
    text = vrt.read_text()
    vrt.write_text(text.replace('band="1">', f'band="1"><NoDataValue>{nodata!r}</NoDataValue>'))
    _, valid, stretch = picture(vrt)
    assert not valid[:8, :16].any()
    assert valid[8:].all()
    assert 5 <= stretch[0][0] < stretch[0][1] <= 6
    with open_raster(vrt) as raster:
        smaller = raster.read_chip(Rectangle(0, 0, 32, 32, 4, 4))
    assert smaller.valid[1:].all()
    assert not smaller.valid[0, :2].any()


def test_a_measured_value_beside_the_nodata_value_is_data(tmp_path):
    band = ramp(10, 10, "float32", 1.0)
    band[0, 0], band[0, 1] = 0.25, np.nextafter(np.float32(0.25), np.float32(1)) + np.float32(1e-5)
    _, valid, _ = picture(write_raster(tmp_path / "a.tif", [band], nodata=0.25))
    assert not valid[0, 0]
    assert valid[0, 1]


def test_the_stretch_keeps_bright_things_apart_and_leaves_out_clouds_and_defects(tmp_path):
    rng = np.random.default_rng(0)
    ground = rng.normal(3000, 200, (400, 400))
    ground[:20, :20] = 3900
    defects, cloud = ground.copy(), ground.copy()
    defects[rng.random((400, 400)) < 5e-4] = 65_535
    cloud[-50:, -50:] = 60_000
    (clean,), (dead,), (cloudy,) = (
        picture(write_raster(tmp_path / "a.tif", [band.astype(np.uint16)]))[2]
        for band in (ground, defects, cloud)
    )
    assert clean[0] < 2600
    assert 3500 < clean[1] <= 3900
    assert dead == pytest.approx(clean, abs=50)
    assert cloudy[1] < 7000
    assert cloudy[0] == pytest.approx(clean[0], abs=50)


@pytest.mark.parametrize(
    ("value", "options", "said"),
    [
        (0, {}, "all black .* have the value 0"),
        (255, {}, "all white .* have the value 255"),
        (77, {}, "red 77, green 77, blue 77.* have the value 77"),
        (77, {"stretch": [(200.0, 250.0)]}, "all black .* have the value 77"),
    ],
)
def test_a_flat_picture_is_told_with_its_reason(tmp_path, value, options, said):
    path = write_raster(tmp_path / "a.tif", [np.full((20, 30), value, np.uint8)] * 3)
    with open_raster(path, **options) as raster:
        assert re.search(said, flat_tone(raster) or "")


def test_a_stretch_beside_the_values_is_told(tmp_path):
    path = write_raster(tmp_path / "a.tif", [ramp(300, 300, "uint16", 200) + 50])
    with open_raster(path, stretch=[(1000.0, 3000.0)]) as raster:
        said = flat_tone(raster)
        assert "all black" in said
        assert "its values go from 50 to 2" in said
        assert "the stretch from 1000 to 3000" in said
    with open_raster(path) as raster:
        assert flat_tone(raster) is None


def test_nothing_but_nodata_is_told_once(tmp_path):
    for dtype in ("uint8", "uint16"):
        path = write_raster(tmp_path / f"{dtype}.tif", [np.zeros((60, 60), dtype)] * 3, nodata=0)
        with open_raster(path) as raster:
            notes = [*raster.warnings, flat_tone(raster)]
        assert [note for note in notes if note] == [
            "No pixel with data was met in a sample of the whole raster."
        ]


def test_a_picture_is_no_flat_one_where_a_hundredth_of_it_differs(tmp_path):
    band = np.zeros((500, 500), np.uint8)
    band[200:250, 300:350] = 200
    with open_raster(write_raster(tmp_path / "a.tif", [band] * 3)) as raster:
        assert flat_tone(raster) is None


@pytest.mark.skipif(not CASES.exists(), reason="needs the shared cases, ../shared/cases")
def test_the_pictures_of_the_cases():
    with_alpha, without = CASES / "alpha-and-nodata/alpha_nodata.tif", CASES / "alpha-and-nodata/alpha.tif"
    for one, other in zip(picture(with_alpha), picture(without), strict=True):
        assert np.allclose(one, other, atol=2, rtol=0.02)
    assert picture(with_alpha)[1].mean() == pytest.approx(0.88, abs=0.01)
    assert picture(CASES / "u8-scale/u8_scale.tif")[0].mean() > 60
    palette = picture(CASES / "palette-no-table/palette.vrt")[0]
    assert np.array_equal(palette, picture(CASES / "palette-no-table/g.tif")[0])
