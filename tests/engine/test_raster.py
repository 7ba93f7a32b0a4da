"""Rasters with one peculiarity each: what the chip shows, what is valid, and where it lies."""

from __future__ import annotations

import numpy as np
import pytest
import rasterio
from affine import Affine
from rasterio.control import GroundControlPoint
from rasterio.enums import ColorInterp
from rasterio.rpc import RPC

from engine.errors import InputError, RasterReadError
from engine.imagery.area import Area
from engine.imagery.display import NEUTRAL
from engine.imagery.frames import point_src_to_crs
from engine.imagery.raster import open_raster
from engine.types import Rectangle
from tests.engine.rasters import NORTH_UP, ramp, write_raster

pytestmark = pytest.mark.filterwarnings("ignore::rasterio.errors.NotGeoreferencedWarning")


def whole(raster, width_px=None, height_px=None):
    return Rectangle(
        0,
        0,
        raster.width_src,
        raster.height_src,
        width_px or raster.width_src,
        height_px or raster.height_src,
    )


def rgb(height=20, width=30):
    return [ramp(height, width), np.full((height, width), 40, np.uint8), ramp(height, width)[:, ::-1]]


def test_eight_bit_colour_is_shown_as_it_is(tmp_path):
    bands = rgb()
    with open_raster(write_raster(tmp_path / "a.tif", bands)) as raster:
        chip = raster.read_chip(whole(raster))
        assert raster.bands == (1, 2, 3)
        assert raster.gsd_m == pytest.approx(2.0)
    assert np.array_equal(chip.pixels, np.stack(bands, axis=-1))
    assert chip.pixels.flags.c_contiguous
    assert chip.valid.all()
    assert chip.transform == NORTH_UP
    assert "32632" in (chip.crs_wkt or "")


def test_a_window_knows_where_it_was_cut(tmp_path):
    bands = rgb(40, 60)
    with open_raster(write_raster(tmp_path / "a.tif", bands)) as raster:
        chip = raster.read_chip(Rectangle(10, 20, 30, 16, 15, 8))
    assert chip.pixels.shape == (8, 15, 3)
    assert chip.gsd_m == pytest.approx(4.0)
    assert chip.transform @ (0, 0) == pytest.approx((500_020, 4_999_960))
    expected = bands[0][20:36, 10:40].reshape(8, 2, 15, 2).mean(axis=(1, 3))
    assert np.abs(chip.pixels[..., 0] - expected).max() <= 1


def test_sixteen_bits_are_stretched_over_the_whole_raster(tmp_path):
    band = ramp(50, 1000, "uint16", 50_000)
    with open_raster(write_raster(tmp_path / "a.tif", [band])) as raster:
        ((low, high),) = raster.stretch
        left = raster.read_chip(Rectangle(0, 0, 500, 50, 500, 50))
        right = raster.read_chip(Rectangle(499, 0, 500, 50, 500, 50))
    assert low == pytest.approx(50, rel=0.05)
    assert high == pytest.approx(49_950, rel=0.01)
    assert np.array_equal(left.pixels[:, 499], right.pixels[:, 0])
    assert left.pixels.min() == 0
    assert right.pixels.max() == 255
    assert np.array_equal(left.pixels[..., 0], left.pixels[..., 2])


def test_a_given_stretch_is_used_as_given(tmp_path):
    band = ramp(4, 101, "uint16", 1000)
    with open_raster(write_raster(tmp_path / "a.tif", [band]), stretch=[(200, 800)]) as raster:
        row = raster.read_chip(whole(raster)).pixels[0, :, 0]
    assert (row[:20] == 0).all()
    assert (row[80:] == 255).all()
    assert row[50] == pytest.approx(127.5, abs=1)


def test_a_stretch_is_in_the_values_after_scale_and_offset(tmp_path):
    path = write_raster(tmp_path / "a.tif", [ramp(4, 101, "int16", 1000)])
    with rasterio.open(path, "r+") as dataset:
        dataset.scales, dataset.offsets = (0.5,), (-10.0,)
    with open_raster(path, stretch=[(-10.0, 490.0)]) as raster:
        row = raster.read_chip(whole(raster)).pixels[0, :, 0]
    assert row[0] == 0
    assert row[50] == pytest.approx(127.5, abs=1)
    assert row[100] == 255
    with open_raster(path) as raster:
        assert raster.stretch[0][1] == pytest.approx(490, abs=1)


@pytest.mark.parametrize("dtype", ["int16", "uint32", "int32", "float32", "float64", "int8"])
def test_every_number_type_is_stretched(tmp_path, dtype):
    top = 100 if dtype == "int8" else 1000
    with open_raster(write_raster(tmp_path / "a.tif", [ramp(10, 100, dtype, top)])) as raster:
        row = raster.read_chip(whole(raster)).pixels[0, :, 0].astype(int)
    assert row[0] == 0
    assert row[-1] == 255
    assert (np.diff(row) >= 0).all()


def test_negative_sixteen_bit_values_are_stretched(tmp_path):
    with open_raster(write_raster(tmp_path / "a.tif", [ramp(10, 101, "int16", 1000) - 500])) as raster:
        row = raster.read_chip(whole(raster)).pixels[0, :, 0]
        assert raster.stretch[0] == pytest.approx((-500, 500), abs=1)
    assert (row[0], row[100]) == (0, 255)
    assert row[50] == pytest.approx(127.5, abs=1)


def test_nan_is_no_data(tmp_path):
    band = ramp(10, 20, "float32", 1.0)
    band[:5] = np.nan
    with open_raster(write_raster(tmp_path / "a.tif", [band], nodata=float("nan"))) as raster:
        chip = raster.read_chip(whole(raster))
    assert not chip.valid[:5].any()
    assert chip.valid[5:].all()
    assert (chip.pixels[:5] == NEUTRAL).all()


def test_infinities_are_no_data_and_leave_the_stretch_alone(tmp_path):
    band = ramp(10, 20, "float32", 1.0)
    band[0, 0], band[0, 1] = np.inf, -np.inf
    with open_raster(write_raster(tmp_path / "a.tif", [band])) as raster:
        chip = raster.read_chip(whole(raster))
        assert np.isfinite(raster.stretch).all()
    assert chip.valid.sum() == band.size - 2


def test_nodata_hides_a_pixel_only_where_all_bands_have_it(tmp_path):
    bands = [np.full((10, 10), 0, np.uint8), ramp(10, 10), np.full((10, 10), 0, np.uint8)]
    with open_raster(write_raster(tmp_path / "a.tif", bands, nodata=0)) as raster:
        chip = raster.read_chip(whole(raster))
    assert not chip.valid[:, 0].any()
    assert chip.valid[:, 1:].all()


@pytest.mark.parametrize("nodata", [-9999.0, 1e38])
def test_nodata_values_of_float_rasters(tmp_path, nodata):
    band = ramp(10, 20, "float32", 1.0)
    band[3:, :10] = nodata
    with open_raster(write_raster(tmp_path / "a.tif", [band], nodata=nodata)) as raster:
        chip = raster.read_chip(whole(raster))
        assert 0 <= raster.stretch[0][0] < raster.stretch[0][1] <= 1
    assert not chip.valid[3:, :10].any()
    assert chip.valid[:3].all()


def test_alpha_tells_what_is_valid_and_is_no_colour(tmp_path):
    alpha = np.full((20, 30), 255, np.uint8)
    alpha[:, :10] = 0
    path = write_raster(tmp_path / "a.tif", [*rgb(), alpha], photometric="RGB", alpha="YES")
    with open_raster(path) as raster:
        chip = raster.read_chip(whole(raster))
        assert raster.bands == (1, 2, 3)
    assert not chip.valid[:, :10].any()
    assert chip.valid[:, 10:].all()


def test_an_internal_mask_tells_what_is_valid(tmp_path):
    path = tmp_path / "a.tif"
    mask = np.full((20, 30), 255, np.uint8)
    mask[:7] = 0
    with rasterio.Env(GDAL_TIFF_INTERNAL_MASK=True):
        write_raster(path, rgb())
        with rasterio.open(path, "r+") as dataset:
            dataset.write_mask(mask)
    with open_raster(path) as raster:
        chip = raster.read_chip(whole(raster))
    assert not chip.valid[:7].any()
    assert chip.valid[7:].all()


def test_colours_are_found_by_their_interpretation(tmp_path):
    path = write_raster(tmp_path / "a.tif", rgb()[::-1])
    with rasterio.open(path, "r+") as dataset:
        dataset.colorinterp = [ColorInterp.blue, ColorInterp.green, ColorInterp.red]
    with open_raster(path) as raster:
        assert raster.bands == (3, 2, 1)
        assert np.array_equal(raster.read_chip(whole(raster)).pixels, np.stack(rgb(), axis=-1))


def test_colours_are_found_by_their_names(tmp_path):
    path = write_raster(tmp_path / "a.tif", [ramp(5, 5, "uint16")] * 5)
    with rasterio.open(path, "r+") as dataset:
        dataset.descriptions = ("coastal", "Blue", "Green", "Red", "nir")
    with open_raster(path) as raster:
        assert raster.bands == (4, 3, 2)


def test_bands_are_a_choice(tmp_path):
    path = write_raster(tmp_path / "a.tif", rgb())
    with open_raster(path, bands=[3, 3, 1]) as raster:
        chip = raster.read_chip(whole(raster))
    assert np.array_equal(chip.pixels[..., 0], rgb()[2])
    assert np.array_equal(chip.pixels[..., 2], rgb()[0])
    with open_raster(path, bands=[2], stretch=[(0, 80)]) as raster:
        assert (raster.read_chip(whole(raster)).pixels == 128).all()


@pytest.mark.parametrize(
    ("kwargs", "said"),
    [
        ({"bands": [4, 1, 1]}, "Band 4"),
        ({"bands": [0]}, "Band 0"),
        ({"bands": [1, 2]}, "2 bands"),
        ({"stretch": [(0, 1), (0, 1)]}, "2 pairs"),
        ({"stretch": [(5, 5)]}, "smaller first"),
        ({"stretch": [(0, float("nan"))]}, "smaller first"),
    ],
)
def test_choices_that_do_not_fit_are_refused(tmp_path, kwargs, said):
    path = write_raster(tmp_path / "a.tif", rgb())
    with pytest.raises(InputError, match=said):
        open_raster(path, **kwargs)


@pytest.mark.parametrize(("n_bands", "shown"), [(1, (1,)), (2, (1,)), (4, (1, 2, 3))])
def test_bands_without_meaning(tmp_path, n_bands, shown):
    path = write_raster(tmp_path / "a.tif", [ramp(8, 8)] * n_bands, photometric="MINISBLACK")
    with open_raster(path) as raster:
        assert raster.bands == shown
        assert raster.read_chip(whole(raster)).pixels.shape == (8, 8, 3)


def test_a_palette_is_shown_in_its_colours_and_averaged_as_colours(tmp_path):
    path = write_raster(
        tmp_path / "a.tif", [np.tile(np.array([[7, 9]], np.uint8), (8, 4))], photometric="PALETTE"
    )
    with rasterio.open(path, "r+") as dataset:
        dataset.write_colormap(1, {7: (200, 0, 0, 255), 9: (0, 100, 0, 255)})
    with open_raster(path) as raster:
        full = raster.read_chip(whole(raster)).pixels
        half = raster.read_chip(whole(raster, 4, 4)).pixels
    assert (full[:, ::2] == (200, 0, 0)).all()
    assert (full[:, 1::2] == (0, 100, 0)).all()
    assert (half == (100, 50, 0)).all()


def test_complex_values_are_shown_as_decibels(tmp_path):
    magnitude = np.logspace(0, 4, 100)
    band = np.broadcast_to(magnitude * np.exp(1j * np.arange(100)), (10, 100)).astype("complex64")
    band = band.copy()
    band[0] = 0
    with open_raster(write_raster(tmp_path / "a.tif", [band])) as raster:
        chip = raster.read_chip(whole(raster))
        assert raster.stretch[0] == pytest.approx((0.0, 80.0), abs=0.1)
    assert not chip.valid[0].any()
    assert np.abs(chip.pixels[1, 5:95, 0] - np.linspace(0, 255, 100)[5:95]).max() < 8


def test_a_rotated_raster_keeps_its_transform(tmp_path):
    transform = Affine.translation(500_000, 5_000_000) @ Affine.rotation(30) @ Affine.scale(3, -3)
    with open_raster(write_raster(tmp_path / "a.tif", rgb(), transform=transform)) as raster:
        assert raster.transform.almost_equals(transform, 1e-6)
        assert raster.gsd_m == pytest.approx(3.0)


def test_a_south_up_raster_is_not_flipped(tmp_path):
    transform = Affine(2.0, 0.0, 500_000.0, 0.0, 2.0, 5_000_000.0)
    bands = [ramp(30, 20).T.copy()[:20, :20]] * 3
    with open_raster(write_raster(tmp_path / "a.tif", bands, transform=transform)) as raster:
        chip = raster.read_chip(whole(raster))
    assert np.array_equal(chip.pixels[..., 0], bands[0])
    assert chip.transform.e > 0


def test_degrees_and_web_mercator_are_measured_on_the_ground(tmp_path):
    degrees = write_raster(
        tmp_path / "d.tif", rgb(), crs="EPSG:4326", transform=Affine(0.001, 0, 10, 0, -0.001, 60)
    )
    mercator = write_raster(
        tmp_path / "m.tif", rgb(), crs="EPSG:3857", transform=Affine(10, 0, 1_000_000, 0, -10, 8_399_738)
    )
    feet = write_raster(tmp_path / "f.tif", rgb(), crs="EPSG:2263", transform=Affine(1, 0, 1e6, 0, -1, 2e5))
    with open_raster(degrees) as raster:
        assert raster.gsd_m == pytest.approx(111.19 * 0.5**0.5, rel=0.01)
    with open_raster(mercator) as raster:
        assert raster.gsd_m == pytest.approx(5.0, rel=0.01)
    with open_raster(feet) as raster:
        assert raster.gsd_m == pytest.approx(0.3048, rel=0.001)


def test_a_raster_across_the_date_line(tmp_path):
    path = write_raster(
        tmp_path / "a.tif", rgb(), crs="EPSG:4326", transform=Affine(0.1, 0, 178.5, 0, -0.1, 1.0)
    )
    with open_raster(path) as raster:
        chip = raster.read_chip(whole(raster))
        assert raster.gsd_m == pytest.approx(11_119, rel=0.01)
    assert chip.valid.all()
    assert point_src_to_crs((30, 0), chip.transform) == pytest.approx((181.5, 1.0))


def test_without_a_crs_the_ground_sample_distance_is_unknown(tmp_path):
    with open_raster(write_raster(tmp_path / "a.tif", rgb(), crs=None)) as raster:
        assert (raster.crs_wkt, raster.gsd_m) == (None, None)
        assert "no CRS" in raster.warnings[0]
        assert raster.read_chip(whole(raster)).gsd_m is None


def test_without_any_georeference_boxes_lie_where_qgis_draws_the_picture(tmp_path):
    with open_raster(write_raster(tmp_path / "a.tif", rgb(), crs=None, transform=None)) as raster:
        assert point_src_to_crs((30, 20), raster.transform) == (30, -20)
        assert "no georeference" in raster.warnings[0]


def gcps(transform, width, height):
    corners = [(0, 0), (width, 0), (0, height), (width, height)]
    return [
        GroundControlPoint(row=row, col=col, x=(transform @ (col, row))[0], y=(transform @ (col, row))[1])
        for col, row in corners
    ]


@pytest.mark.parametrize("named_twice", [False, True])
def test_ground_control_points_are_warped(tmp_path, named_twice):
    transform = Affine.translation(500_000, 5_000_000) @ Affine.rotation(30) @ Affine.scale(2, -2)
    path = tmp_path / "a.tif"
    band = np.zeros((80, 120), np.uint8)
    band[30:50, 50:70] = 255
    write_raster(path, [band] * 3, crs=None, transform=None)
    with rasterio.open(path, "r+") as dataset:
        dataset.gcps = (gcps(transform, 120, 80), "EPSG:32632")
    if named_twice:
        with rasterio.open(path) as dataset:
            rasterio.shutil.copy(dataset, str(tmp_path / "b.vrt"), driver="VRT")
        path = tmp_path / "b.vrt"
        text = path.read_text()
        same = "<SRS>EPSG:32632</SRS><GeoTransform>0, 1, 0, 0, 0, 1</GeoTransform>"
        path.write_text(text.replace("<GCPList", f"{same}<GCPList", 1))
    with open_raster(path) as raster:
        chip = raster.read_chip(whole(raster))
        assert "4 ground control points" in raster.warnings[0]
    rows, columns = np.nonzero((chip.pixels[..., 0] > 200) & chip.valid)
    centre = chip.transform @ (columns.mean() + 0.5, rows.mean() + 0.5)
    assert centre == pytest.approx(transform @ (60, 40), abs=2)
    assert 0.3 < chip.valid.mean() < 0.9


def test_rational_polynomials_are_warped(tmp_path):
    path = write_raster(tmp_path / "a.tif", rgb(100, 100), crs=None, transform=None)
    line = [0.0, 0.0, -1.0] + [0.0] * 17
    sample = [0.0, 1.0, 0.0] + [0.0] * 17
    one = [1.0] + [0.0] * 19
    with rasterio.open(path, "r+") as dataset:
        dataset.rpcs = RPC(
            height_off=500.0,
            height_scale=1000.0,
            lat_off=45.0,
            lat_scale=0.01,
            line_den_coeff=one,
            line_num_coeff=line,
            line_off=50.0,
            line_scale=50.0,
            long_off=10.0,
            long_scale=0.01,
            samp_den_coeff=one,
            samp_num_coeff=sample,
            samp_off=50.0,
            samp_scale=50.0,
            err_bias=0.0,
            err_rand=0.0,
        )
    with open_raster(path) as raster:
        chip = raster.read_chip(whole(raster))
        assert "rational polynomial" in raster.warnings[0]
        centre = chip.transform @ (raster.width_src / 2, raster.height_src / 2)
    assert centre == pytest.approx((10.0, 45.0), abs=1e-3)
    assert chip.valid.mean() > 0.5


def test_nothing_but_nodata(tmp_path):
    with open_raster(write_raster(tmp_path / "a.tif", [np.zeros((9, 9), np.uint16)], nodata=0)) as raster:
        assert not raster.read_chip(whole(raster)).valid.any()
        assert "No pixel with data" in raster.warnings[0]


def test_a_huge_sparse_raster_is_read_through_its_overviews(tmp_path):
    path = tmp_path / "a.tif"
    profile = {"tiled": True, "blockxsize": 512, "blockysize": 512, "SPARSE_OK": "TRUE"}
    with rasterio.open(
        path,
        "w",
        driver="GTiff",
        width=36_000,
        height=18_000,
        count=1,
        dtype="uint16",
        crs="EPSG:4326",
        transform=Affine(0.01, 0, -180, 0, -0.01, 90),
        **profile,
    ) as dataset:
        dataset.write(np.full((1, 2048, 2048), 700, np.uint16), window=((0, 2048), (0, 2048)))
        dataset.build_overviews([32, 64])
    with open_raster(path) as raster:
        overview = raster.read_chip(whole(raster, 360, 180))
        detail = raster.read_chip(Rectangle(35_000, 17_000, 1000, 1000, 250, 250))
        assert raster.stretch[0][1] <= 700
    assert overview.pixels[:19, :19].min() > overview.pixels[100:, 100:].max()
    assert detail.pixels.shape == (250, 250, 3)


def test_a_large_raster_without_overviews_is_sampled_in_patches(tmp_path):
    path = write_raster(tmp_path / "a.tif", [ramp(40, 9000, "uint16", 9000)], compress="deflate")
    with open_raster(path) as raster:
        ((low, high),) = raster.stretch
    assert low == pytest.approx(180, abs=200)
    assert high == pytest.approx(8820, abs=200)


def test_windows_outside_are_refused(tmp_path):
    with (
        open_raster(write_raster(tmp_path / "a.tif", rgb())) as raster,
        pytest.raises(InputError, match="reaches outside"),
    ):
        raster.read_chip(Rectangle(20, 0, 20, 20, 20, 20))


def test_files_that_are_no_rasters_are_refused(tmp_path):
    (tmp_path / "a.txt").write_text("no raster")
    for path in (tmp_path / "a.txt", tmp_path / "missing.tif"):
        with pytest.raises(RasterReadError, match=path.name):
            open_raster(path)


def test_a_truncated_file_is_refused_when_it_is_read(tmp_path):
    path = write_raster(tmp_path / "a.tif", rgb(500, 500))
    data = path.read_bytes()
    path.write_bytes(data[: len(data) // 3])
    with pytest.raises(RasterReadError, match=r"a\.tif"), open_raster(path) as raster:
        raster.read_chip(whole(raster))


def test_windows_and_areas(tmp_path):
    with open_raster(write_raster(tmp_path / "a.tif", rgb())) as raster:
        ring = [[500_050, 4_999_990], [500_060, 4_999_990], [500_060, 4_999_970], [500_050, 4_999_990]]
        area = {"type": "Polygon", "coordinates": [ring]}
        assert Area.of(area, raster.transform, raster.width_src, raster.height_src).touches_rectangle(
            whole(raster)
        )
        assert not Area.of(area, raster.transform, raster.width_src, raster.height_src).touches_rectangle(
            Rectangle(0, 0, 10, 10, 10, 10)
        )


def test_with_a_crs_but_no_transform_boxes_lie_where_qgis_draws_the_picture(tmp_path):
    with open_raster(write_raster(tmp_path / "a.tif", rgb(), transform=None)) as raster:
        assert point_src_to_crs((30, 20), raster.transform) == (30, -20)
        assert raster.gsd_m is None


def test_bands_of_different_types_are_read_together(tmp_path):
    first = write_raster(tmp_path / "a.tif", [np.full((40, 60), 200, np.uint8)])
    second = write_raster(tmp_path / "b.tif", [np.full((40, 60), 900, np.uint16)])
    bands = "".join(
        f'<VRTRasterBand dataType="{kind}" band="{number}"><SimpleSource><SourceFilename>{path}</SourceFilename>'
        "<SourceBand>1</SourceBand></SimpleSource></VRTRasterBand>"
        for number, (kind, path) in enumerate(
            [("Byte", first), ("UInt16", second), ("UInt16", second)], start=1
        )
    )
    mixed = tmp_path / "mixed.vrt"
    mixed.write_text(
        '<VRTDataset rasterXSize="60" rasterYSize="40"><SRS>EPSG:32632</SRS>'
        f"<GeoTransform>500000, 2, 0, 5000000, 0, -2</GeoTransform>{bands}</VRTDataset>"
    )
    with open_raster(mixed, bands=(1, 2, 3), stretch=[(0, 1000)] * 3) as raster:
        pixels = raster.read_chip(whole(raster)).pixels
    assert pixels[20, 30].tolist() == [51, 230, 230]


def test_control_points_and_an_alpha_band_go_together(tmp_path):
    path = tmp_path / "a.tif"
    alpha = np.full((80, 120), 255, np.uint8)
    alpha[:, :40] = 0
    write_raster(
        path, [np.full((80, 120), 90, np.uint8)] * 3 + [alpha], crs=None, transform=None, photometric="RGB"
    )
    with rasterio.open(path, "r+") as dataset:
        dataset.colorinterp = [ColorInterp.red, ColorInterp.green, ColorInterp.blue, ColorInterp.alpha]
        dataset.gcps = (gcps(Affine(2, 0, 500_000, 0, -2, 5_000_000), 120, 80), "EPSG:32632")
    with open_raster(path) as raster:
        chip = raster.read_chip(whole(raster))
    assert not chip.valid[:, :30].any()
    assert chip.valid[10:-10, 50:-10].all()


def test_a_mosaic_that_was_gone_for_a_moment_is_read_again(tmp_path):
    part = write_raster(tmp_path / "part.tif", rgb())
    mosaic, away = tmp_path / "mosaic.vrt", tmp_path / "away"
    rasterio.shutil.copy(part, mosaic, driver="VRT")
    away.mkdir()
    with open_raster(mosaic) as raster:
        whole_before = raster.read_chip(whole(raster)).pixels
        for path in (part, mosaic):
            path.rename(away / path.name)
        raster._renew()
        for path in (part, mosaic):
            (away / path.name).rename(path)
        assert np.array_equal(raster.read_chip(whole(raster)).pixels, whole_before)
