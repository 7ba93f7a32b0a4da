"""Layers, files and places around a run: what is sent of a raster, where boxes go, how they are kept."""

from __future__ import annotations

import json
from pathlib import PurePosixPath, PureWindowsPath

import pytest
from conftest import DATA, make_raster
from qgis.core import (
    QgsContrastEnhancement,
    QgsCoordinateReferenceSystem,
    QgsCoordinateTransform,
    QgsFeature,
    QgsGeometry,
    QgsMapSettings,
    QgsMultiBandColorRenderer,
    QgsPointXY,
    QgsProject,
    QgsRasterLayer,
    QgsRectangle,
    QgsSingleBandGrayRenderer,
    QgsVectorLayer,
)
from qgis.PyQt.QtCore import QSize

from remotezero_qgis.connection.process import Launch
from remotezero_qgis.connection.wire import LocateRequest
from remotezero_qgis.errors import RunCancelledError, SnapshotError
from remotezero_qgis.find import planning
from remotezero_qgis.layers.detections import COLUMNS, Ruler, from_geojson, from_values, polygon, to_features
from remotezero_qgis.layers.place import ChosenPlace, PlaceError, area_of_rectangle
from remotezero_qgis.layers.renderer import band_stretch_of
from remotezero_qgis.layers.result_layers import (
    Origin,
    add_result_layer,
    min_score,
    set_min_score,
    set_values,
)
from remotezero_qgis.layers.results_file import (
    ResultsFileError,
    drop_table,
    free_table,
    results_path,
    slug,
    sqlite_uri,
    table_name,
    verdicts,
    write_table,
)
from remotezero_qgis.layers.snapshot import needs_snapshot, plan_snapshot, size_px, source_of, write_snapshot
from remotezero_qgis.layers.sought import Sought
from remotezero_qgis.settings import change_settings

UTM = QgsCoordinateReferenceSystem("EPSG:32633")


def feature(number, score=0.5, **properties):
    x, y = 400000 + 10 * number, 5800000
    ring = [[x, y], [x + 4, y], [x + 4, y + 2], [x, y + 2], [x, y]]
    return {
        "type": "Feature",
        "geometry": {"type": "Polygon", "coordinates": [ring]},
        "properties": {
            "id": f"d{number}",
            "score": score,
            "label": "ship",
            "window": [0, 0, 256, 256],
            **properties,
        },
    }


@pytest.fixture
def boxes(project):
    ruler = Ruler(UTM, project.transformContext(), "EPSG:7030")
    return [from_geojson(feature(number, score=number / 4), ruler) for number in range(5)]


def test_a_box_survives_the_way_through_a_layer(boxes):
    for box, row in zip(boxes, to_features(boxes)):  # noqa: B905 (QGIS 3.22 may come with Python 3.9)
        back = from_values(dict(zip(COLUMNS, row.attributes())), row.geometry())  # noqa: B905
        assert back.geometry.equals(box.geometry)
        assert {**back.__dict__, "geometry": 0} == {**box.__dict__, "geometry": 0}


def test_sides_are_measured_on_the_ground(boxes):
    assert boxes[0].width_m == pytest.approx(4.0, abs=0.02)
    assert boxes[0].height_m == pytest.approx(2.0, abs=0.02)
    nowhere = Ruler(QgsCoordinateReferenceSystem(), QgsProject.instance().transformContext(), "")
    assert nowhere.sides_m(boxes[0].geometry) == (0.0, 0.0)


def test_a_geometry_that_is_no_polygon_is_refused():
    with pytest.raises(ValueError, match="Point"):
        polygon({"type": "Point", "coordinates": [0, 0]})


def test_bands_and_stretch_follow_the_renderer(raster):
    provider = raster.dataProvider()
    renderer = QgsMultiBandColorRenderer(provider, 3, 1, 2)
    for band, limits in ((3, (10, 200)), (1, (0, 120)), (2, (5, 255))):
        contrast = QgsContrastEnhancement(provider.dataType(band))
        contrast.setMinimumValue(limits[0])
        contrast.setMaximumValue(limits[1])
        contrast.setContrastEnhancementAlgorithm(
            QgsContrastEnhancement.ContrastEnhancementAlgorithm.StretchToMinimumMaximum
        )
        {3: renderer.setRedContrastEnhancement, 1: renderer.setGreenContrastEnhancement}.get(
            band, renderer.setBlueContrastEnhancement
        )(contrast)
    raster.setRenderer(renderer)
    look = band_stretch_of(raster)
    assert look.bands == (3, 1, 2)
    assert look.stretch == ((10, 200), (0, 120), (5, 255))
    raster.setRenderer(QgsSingleBandGrayRenderer(provider, 2))
    assert band_stretch_of(raster).bands == (2,)
    assert band_stretch_of(raster).stretch == ()


def test_a_request_leaves_out_what_the_engine_decides():
    assert LocateRequest("a.tif", ("ships",)).to_json() == {
        "raster": "a.tif", "queries": ("ships",), "zoom": "auto", "veto": True,
    }  # fmt: skip


def test_an_area_is_sent_in_the_rasters_crs(raster):
    degrees = QgsCoordinateReferenceSystem("EPSG:4326")
    to_degrees = QgsCoordinateTransform(raster.crs(), degrees, QgsProject.instance())
    area = area_of_rectangle(to_degrees.transformBoundingBox(raster.extent()), degrees, raster)
    ring = area["coordinates"][0]
    assert len(ring) > 5
    assert all(399900 < x < 400200 and 5799800 < y < 5800200 for x, y in ring)


def test_an_area_elsewhere_is_refused_with_a_way_out(raster):
    with pytest.raises(PlaceError, match=r"does not touch harbour\. Zoom"):
        area_of_rectangle(QgsRectangle(0, 0, 1, 1), UTM, raster)


WORLD_VIEWS = {
    "world": ("EPSG:4326", (-180, -90, 180, 90)),
    "past the poles": ("EPSG:4326", (-300, -150, 300, 150)),
    "past the poles of Mercator": ("EPSG:3857", (-9e7, -9e7, 9e7, 9e7)),
    "another zone": ("EPSG:32601", (-4e7, -2e7, 4e7, 2e7)),
    "a pole": ("EPSG:3031", (-2e7, -2e7, 2e7, 2e7)),
    "a globe": ("PROJ:+proj=ortho +lat_0=45 +lon_0=10", (-7e6, -7e6, 7e6, 7e6)),
}


@pytest.mark.parametrize("name", sorted(WORLD_VIEWS))
def test_a_view_of_the_world_asks_for_the_raster_and_for_nothing_else(raster, name):
    crs, rectangle = WORLD_VIEWS[name]
    area = area_of_rectangle(QgsRectangle(*rectangle), QgsCoordinateReferenceSystem(crs), raster)
    box = polygon(area).boundingBox()
    assert raster.extent().contains(box)
    assert box.width() == pytest.approx(raster.extent().width(), rel=0.02)
    assert box.height() == pytest.approx(raster.extent().height(), rel=0.02)
    assert len(json.dumps(area)) < 20_000


@pytest.mark.parametrize("name", sorted(WORLD_VIEWS))
def test_a_view_of_the_world_over_a_raster_of_the_world_has_only_numbers(project, tmp_path, name):
    crs, rectangle = WORLD_VIEWS[name]
    degrees = QgsCoordinateReferenceSystem("EPSG:4326")
    path = make_raster(tmp_path / "world.tif", extent=QgsRectangle(-180, -90, 180, 90), crs=degrees)
    world = QgsRasterLayer(str(path), "world")
    area = area_of_rectangle(QgsRectangle(*rectangle), QgsCoordinateReferenceSystem(crs), world)
    box = polygon(area).boundingBox()
    assert box.isFinite()
    assert world.extent().contains(box)
    assert box.contains(QgsPointXY(10, 45)) or name == "a pole"
    json.dumps(area, allow_nan=False)


def test_a_part_of_the_view_off_the_raster_is_not_asked_for(raster):
    area = area_of_rectangle(QgsRectangle(399000, 5800010, 400010, 5900000), UTM, raster)
    box = polygon(area).boundingBox()
    assert (box.xMinimum(), box.xMaximum(), box.yMinimum()) == (400000, 400010, 5800010)
    assert box.yMaximum() == raster.extent().yMaximum()


def test_an_area_that_only_touches_the_edge_is_refused(raster):
    with pytest.raises(PlaceError, match="does not touch"):
        area_of_rectangle(QgsRectangle(399000, 5800000, 400000, 5800048), UTM, raster)


def choices(raster, place, **changes):
    view = QgsMapSettings()
    view.setDestinationCrs(raster.crs())
    view.setOutputSize(QSize(400, 300))
    view.setExtent(raster.extent())
    values = {"kind": place, "view": view, "rectangle": QgsRectangle(), "rectangle_crs": raster.crs()}
    return planning.FindChoices((Sought("ships"),), raster, ChosenPlace(**{**values, **changes}), "auto")


def test_a_request_allows_the_network_only_where_the_user_did(raster, home, project):
    launch = Launch(home, "/bin/true")
    assert "allow_network" not in planning.plan_run(choices(raster, "layer"), launch)[0].request.to_json()
    change_settings(allow_network=True)
    assert planning.plan_run(choices(raster, "layer"), launch)[0].request.to_json()["allow_network"] is True


def test_each_place_becomes_its_area(raster, home, project):
    launch = Launch(home, "/bin/true")
    assert planning.plan_run(choices(raster, "layer"), launch)[0].request.area_crs is None
    canvas = planning.plan_run(choices(raster, "canvas"), launch)[0].request.area_crs
    assert polygon(canvas).boundingBox().contains(raster.extent())
    drawn = choices(raster, "rectangle", rectangle=QgsRectangle(400010, 5800010, 400020, 5800015))
    box = polygon(planning.plan_run(drawn, launch)[0].request.area_crs).boundingBox()
    assert (box.width(), box.height()) == (10, 5)
    with pytest.raises(PlaceError, match="No rectangle"):
        planning.plan_run(choices(raster, "rectangle"), launch)
    with pytest.raises(PlaceError, match="No polygon"):
        planning.plan_run(choices(raster, "selection"), launch)


def test_selected_polygons_are_united_and_projected(raster, home, project):
    polygons = QgsVectorLayer("Polygon?crs=EPSG:32633", "fields", "memory")
    rows = []
    for x in (400000, 400020):
        row = QgsFeature()
        row.setGeometry(QgsGeometry.fromRect(QgsRectangle(x, 5800000, x + 10, 5800010)))
        rows.append(row)
    polygons.dataProvider().addFeatures(rows)
    project.addMapLayer(polygons)
    polygons.selectAll()
    area = planning.plan_run(choices(raster, "selection"), Launch(home, "/bin/true"))[0].request.area_crs
    assert area["type"] == "MultiPolygon"
    assert polygon(area).area() == pytest.approx(200)


def test_results_are_kept_beside_the_project_or_in_the_data_folder(tmp_path):
    project = tmp_path / "Flood 2026.qgz"
    project.touch()
    assert results_path(str(project), tmp_path / "home", "s") == tmp_path / "Flood 2026_remotezero.gpkg"
    assert results_path("", tmp_path / "home", "s") == tmp_path / "home" / "results" / "unsaved_s.gpkg"
    remote = results_path("postgresql://db?project=flood", tmp_path / "home", "s")
    assert remote.parent == tmp_path / "home" / "results"


def test_table_names_are_plain_and_unique():
    assert table_name("Größte Schiffe?", "0a1b2c3d4e5f6071") == "grote_schiffe_2c3d4e5f6071"
    assert slug("船") == "run"
    assert table_name("x", "a" * 16) != table_name("x", "b" * 16)


def test_a_network_share_is_named_as_sqlite_reads_it():
    assert sqlite_uri(PureWindowsPath("//server/share/p.gpkg")) == "file:////server/share/p.gpkg"
    assert sqlite_uri(PureWindowsPath("C:/maps/p.gpkg")) == "file:///C:/maps/p.gpkg"
    assert sqlite_uri(PurePosixPath("/maps/p.gpkg")) == "file:///maps/p.gpkg"


def test_one_file_holds_many_runs_and_their_verdicts(project, tmp_path, boxes):
    path = tmp_path / "ü" / "p.gpkg"
    write_table(path, "ships_1", boxes, UTM, project.transformContext())
    write_table(path, "docks_1", boxes[:2], UTM, project.transformContext())
    layer, replaced = add_result_layer(path, "ships_1", Origin("j1", "ships", "", "harbour"))
    assert (layer.featureCount(), replaced) == (5, "")
    fid = next(row.id() for row in layer.getFeatures() if row["id"] == "d3")
    assert set_values(layer, {fid: {"verdict": "accepted"}})
    assert verdicts(path, "ships_1") == {"d3": "accepted"}
    assert free_table(path, "ships_1") == "ships_1_2"
    write_table(path, "ships_1_2", boxes[:3], UTM, project.transformContext())
    again, replaced = add_result_layer(path, "ships_1_2", Origin("j1", "ships", "", "harbour"))
    assert again is layer
    assert (layer.featureCount(), replaced) == (3, "ships_1")
    drop_table(path, "ships_1")
    assert free_table(path, "ships_1") == "ships_1"
    assert not set_values(layer, {fid: {"a column that the user removed": "accepted"}})


def test_the_filter_is_kept_with_the_layer(project, tmp_path, boxes):
    path = tmp_path / "p.gpkg"
    write_table(path, "ships", boxes, UTM, project.transformContext())
    layer, _ = add_result_layer(path, "ships", Origin("j", "ships", "", "harbour"))
    assert set_min_score(layer, 0.5)
    assert (layer.featureCount(), min_score(layer)) == (3, 0.5)
    layer.startEditing()
    assert not set_min_score(layer, 0.1)
    layer.rollBack()
    assert set_min_score(layer, 0.0)
    assert layer.featureCount() == 5


def test_a_full_or_locked_disk_is_told_with_a_way_out(project, tmp_path, boxes):
    folder = tmp_path / "a folder of that name"
    (folder / "p.gpkg").mkdir(parents=True)
    with pytest.raises(ResultsFileError, match="Earlier runs"):
        write_table(folder / "p.gpkg", "ships", boxes, UTM, project.transformContext())


AREA = QgsRectangle(1490000, 6890000, 1490600, 6890400)


def test_a_web_layer_is_rendered_to_a_raster_of_its_own(tile_layer, tmp_path, project):
    assert needs_snapshot(tile_layer)
    snapshot = plan_snapshot(tile_layer, AREA, 2.0, tmp_path / "out ü", "shot", project.transformContext())
    # A web-mercator metre is 0.61 m on the ground here, so 600 map units are about 366 m: 184 pixels of 2 m.
    assert snapshot.width_px == pytest.approx(183, abs=3)
    heard = []
    path = write_snapshot(snapshot, lambda: False, heard.append)
    made = QgsRasterLayer(str(path), "made")
    assert made.isValid()
    assert (made.width(), made.height()) == (snapshot.width_px, snapshot.height_px)
    assert made.crs().authid() == "EPSG:3857"
    assert made.extent().center().distance(AREA.center()) < 3
    assert tile_layer.asked
    block = made.dataProvider().block(1, made.extent(), made.width(), made.height())
    values = {int(block.value(row, column)) for row in range(0, 100, 7) for column in range(0, 150, 7)}
    assert {60, 200} <= values
    assert source_of(made) == str(path)


def test_a_rendering_that_would_be_huge_is_refused_with_its_size(tile_layer, tmp_path, project):
    with pytest.raises(SnapshotError, match=r"pixels .* GB.*coarser"):
        plan_snapshot(
            tile_layer, QgsRectangle(0, 0, 2e6, 2e6), 1.0, tmp_path, "shot", project.transformContext()
        )


def test_a_rendering_can_be_cancelled(tile_layer, tmp_path, project):
    snapshot = plan_snapshot(tile_layer, AREA, 0.2, tmp_path, "shot", project.transformContext())
    with pytest.raises(RunCancelledError):
        write_snapshot(snapshot, lambda: True, lambda _: None)
    assert not snapshot.path.exists()


def test_the_view_decides_the_resolution_of_a_web_layer(tile_layer, home):
    view = QgsMapSettings()
    view.setDestinationCrs(tile_layer.crs())
    view.setOutputSize(QSize(300, 200))
    view.setExtent(AREA)
    run_plan, _ = planning.plan_run(choices(tile_layer, "canvas", view=view), Launch(home, "/bin/true"))
    assert run_plan.snapshot.width_px == pytest.approx(300, abs=2)
    assert run_plan.request.raster == str(run_plan.snapshot.path)
    assert run_plan.request.bands == (1, 2, 3)
    assert run_plan.request.stretch == ((0.0, 255.0),) * 3


def test_sizes_follow_the_ground_not_the_map_unit():
    width, height = size_px(
        QgsRectangle(13.0, 52.0, 13.01, 52.01), QgsCoordinateReferenceSystem("EPSG:4326"), 1.0
    )
    assert width == pytest.approx(687, abs=5)
    assert height == width


@pytest.mark.skipif(not DATA.is_dir(), reason="the real test rasters are not here")
@pytest.mark.parametrize(
    "name", ["naip_2020.tif", "RGBA.uint16.tif", "landsat_2020_4326.tif", "sar_hh.tif", "naip_palette.tif"]
)
def test_real_rasters_can_be_asked_about(project, home, name):
    layer = QgsRasterLayer(str(DATA / name), name)
    assert layer.isValid()
    project.addMapLayer(layer)
    run_plan, origin = planning.plan_run(choices(layer, "canvas"), Launch(home, "/bin/true"))
    assert run_plan.request.raster == str(DATA / name)
    assert origin.raster_id == layer.id()
    look = band_stretch_of(layer)
    assert len(look.stretch) in (0, len(look.bands))


def test_a_crs_that_the_user_set_wins(project, tmp_path, home):
    layer = QgsRasterLayer(str(make_raster(tmp_path / "r.tif")), "r")
    project.addMapLayer(layer)
    assert not planning.plan_run(choices(layer, "layer"), Launch(home, "/bin/true"))[0].crs_is_users
    layer.setCrs(QgsCoordinateReferenceSystem("EPSG:32634"))
    run_plan = planning.plan_run(choices(layer, "layer"), Launch(home, "/bin/true"))[0]
    assert run_plan.crs_is_users
    assert run_plan.crs.authid() == "EPSG:32634"
