"""Photographs without georeference in QGIS: shown and searched in one frame, and placed by their camera when wanted."""

from __future__ import annotations

import os
import struct
from pathlib import Path

import pytest
from conftest import PYTHON_OF_ENGINE, ROOT, StubInterface, make_raster
from qgis.core import (
    QgsApplication,
    QgsCoordinateReferenceSystem,
    QgsProcessingContext,
    QgsProcessingFeedback,
    QgsProject,
    QgsRasterLayer,
    QgsVectorLayer,
)
from qgis.PyQt.QtCore import QBuffer, QByteArray, QIODevice
from qgis.PyQt.QtGui import QColor, QImage, QPainter
from qgis.PyQt.QtWidgets import QAction, QApplication

from remotezero_qgis import workbench
from remotezero_qgis.compat import POINT_GEOMETRY, POLYGON_GEOMETRY
from remotezero_qgis.connection.process import Launch, ensure_engine
from remotezero_qgis.layers.place import is_photograph
from remotezero_qgis.layers.result_layers import result_layers
from remotezero_qgis.layers.sought import Sought
from remotezero_qgis.processing.provider import RemoteZeroProvider

WIDTH, HEIGHT, ROOF = 600, 400, (420, 60, 60, 60)
LON, LAT = 13.41, 52.5043
DRONE = {"RelativeAltitude": "+60.00", "GimbalYawDegree": "+0.00", "GimbalPitchDegree": "-90.00"}
PICTURES = os.environ.get("REMOTEZERO_PICTURES", "")


def exif(orientation: int, position: bool) -> bytes:
    """An Exif segment: orientation, the 35 mm equivalent, and the GPS position, in the bytes of TIFF."""

    def directory(offset: int, entries: list, beyond: bytes = b"") -> bytes:
        data = struct.pack("<H", len(entries))
        data += b"".join(struct.pack("<HHI", tag, kind, count) + value for tag, kind, count, value in entries)
        return data + struct.pack("<I", 0) + beyond

    def ratios(degrees: float) -> bytes:
        parts = (int(degrees), int(degrees * 60 % 60))
        return b"".join(struct.pack("<II", part, 1) for part in parts) + struct.pack(
            "<II", round(degrees * 3600 % 60 * 10000), 10000
        )

    main, lens = 8, 8 + 2 + 3 * 12 + 4
    where = lens + 2 + 12 + 4
    beyond = where + 2 + 4 * 12 + 4
    tiff = b"II*\0" + struct.pack("<I", main)
    tiff += directory(main, [
        (0x0112, 3, 1, struct.pack("<HH", orientation, 0)),
        (0x8769, 4, 1, struct.pack("<I", lens)),
        (0x8825 if position else 0x8824, 4, 1, struct.pack("<I", where)),
    ])  # fmt: skip
    tiff += directory(lens, [(0xA405, 3, 1, struct.pack("<HH", 26, 0))])
    tiff += directory(
        where,
        [
            (1, 2, 2, b"N\0\0\0"),
            (2, 5, 3, struct.pack("<I", beyond)),
            (3, 2, 2, b"E\0\0\0"),
            (4, 5, 3, struct.pack("<I", beyond + 24)),
        ],
        ratios(LAT) + ratios(LON),
    )
    body = b"Exif\0\0" + tiff
    return b"\xff\xe1" + struct.pack(">H", len(body) + 2) + body


def xmp(values: dict[str, str]) -> bytes:
    attributes = " ".join(f'drone-dji:{name}="{value}"' for name, value in values.items())
    text = (
        '<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">'
        f'<rdf:Description rdf:about="" xmlns:drone-dji="http://www.dji.com/drone-dji/1.0/" {attributes}/>'
        "</rdf:RDF></x:xmpmeta>"
    )
    body = b"http://ns.adobe.com/xap/1.0/\0" + text.encode()
    return b"\xff\xe1" + struct.pack(">H", len(body) + 2) + body


def photograph(
    path: Path, drone: dict[str, str], orientation: int = 1, position: bool = True
) -> QgsRasterLayer:
    """A JPEG of a bright roof, in the project; the stored pixels are the same under each orientation."""
    image = QImage(WIDTH, HEIGHT, QImage.Format.Format_RGB888)
    image.fill(QColor(90, 90, 90))
    painter = QPainter(image)
    painter.fillRect(*ROOF, QColor(240, 240, 240))
    painter.end()
    data = QByteArray()
    buffer = QBuffer(data)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    image.save(buffer, "JPG", 98)
    plain = bytes(data)
    path.write_bytes(plain[:2] + exif(orientation, position) + xmp(drone) + plain[2:])
    layer = QgsRasterLayer(str(path), path.stem)
    assert layer.isValid()
    QgsProject.instance().addMapLayer(layer)
    return layer


@pytest.fixture
def real_panel(iface: StubInterface, project, home, monkeypatch):
    launch = Launch(
        home, str(PYTHON_OF_ENGINE), ("-m", "tests.engine.scripted"), folder=ROOT,
        environment={"OMP_NUM_THREADS": "1"},
    )  # fmt: skip
    monkeypatch.setattr(workbench, "launch_from_settings", lambda settings: launch)
    panel = workbench.Panel(iface, QAction(iface.mainWindow()))
    panel.dock.show()
    panel.dock.results.slider.setValue(0)
    yield panel
    panel.close()


def search(panel, iface, layer, wait) -> QgsVectorLayer:
    iface.setActiveLayer(layer)
    panel.dock.scope.set_place("layer")
    panel.dock.scope.set_zoom("overview", 0.0)
    panel.dock.question.setEditText("roof")
    panel.dock.strip.run_wanted.emit()
    wait(lambda: not panel.runs.running, "the search", timeout_s=120)
    return result_layers()[0]


real_engine = [
    pytest.mark.slow,
    pytest.mark.skipif(
        not PYTHON_OF_ENGINE.exists(), reason="the engine's environment .venv is not set up here"
    ),
]


def marked(*arguments):
    return pytest.param(*arguments, marks=real_engine)


@pytest.mark.parametrize("orientation", [marked(1), marked(6)])
def test_boxes_lie_on_the_picture_as_qgis_shows_it_and_no_crs_is_claimed(
    orientation, real_panel, iface, project, tmp_path, wait
) -> None:
    layer = photograph(tmp_path / "p.jpg", DRONE, orientation)
    assert (layer.width(), layer.height()) == (WIDTH, HEIGHT)
    found = search(real_panel, iface, layer, wait)
    assert not found.crs().isValid()
    (feature,) = found.getFeatures()
    box = feature.geometry().boundingBox()
    left, top, width, height = ROOF
    assert [box.xMinimum(), box.yMaximum()] == pytest.approx([left, -top], abs=3)
    assert [box.width(), box.height()] == pytest.approx([width, height], abs=4)
    assert layer.extent().contains(box)
    assert layer.dataProvider().sample(box.center(), 1)[0] > 200, "what QGIS shows in the box is the roof"
    if PICTURES:
        real_panel.dock.results.table.selectRow(0)
        iface.mapCanvas().setExtent(layer.extent())
        iface.mapCanvas().waitWhileRendering()
        QApplication.processEvents()
        iface.window.grab().save(str(Path(PICTURES) / f"photo-{orientation}.png"))
    project_file = tmp_path / "p.qgz"
    assert project.write(str(project_file))
    project.clear()
    assert project.read(str(project_file))
    assert not result_layers()[0].crs().isValid(), "also when the project is opened again"
    assert project.mapLayersByName("p")[0].extent().contains(box)


@pytest.mark.parametrize(("drone", "kind"), [marked(DRONE, "camera"), marked({}, "position")])
def test_the_panel_places_boxes_by_the_camera(
    drone, kind, real_panel, iface, project, tmp_path, wait
) -> None:
    layer = photograph(tmp_path / "p.jpg", drone)
    iface.setActiveLayer(layer)
    scope = real_panel.dock.scope
    assert scope._camera.isVisibleTo(scope)
    scope._camera.click()
    assert not scope._outline.isEnabled()
    found = search(real_panel, iface, layer, wait)
    assert found.crs().authid() == "EPSG:4326"
    (feature,) = found.getFeatures()
    assert feature["placed"] == kind
    centre = feature.geometry().boundingBox().center()
    assert centre.x() == pytest.approx(LON, abs=0.001)
    assert centre.y() == pytest.approx(LAT, abs=0.001)
    real_panel.dock.results.table.selectRow(0)
    said = real_panel.dock.results.card._reasoning.text()
    if kind == "camera":
        assert found.geometryType() == POLYGON_GEOMETRY
        assert centre.x() > LON, "the roof is to the right of the middle, and right is east"
        assert centre.y() > LAT
        assert 5 < feature["accuracy_m"] < 12
        assert 1 < feature["width_m"] < 20
        assert "Placed by the camera: right to about" in said
    else:
        assert found.geometryType() == POINT_GEOMETRY
        assert "how high its camera was" in real_panel.dock.banner.text
        assert "where the camera was" in said
    if PICTURES:
        real_panel.dock.setFloating(True)
        real_panel.dock.resize(280, 900)
        QApplication.processEvents()
        real_panel.dock.grab().save(str(Path(PICTURES) / f"camera-{kind}-280.png"))


def test_the_switch_is_there_for_photographs_alone(panel, raster, tmp_path) -> None:
    scope = panel.dock.scope
    assert not is_photograph(raster)
    assert not scope._camera.isVisibleTo(scope)
    layer = photograph(tmp_path / "p.jpg", DRONE)
    assert is_photograph(layer)
    scope.choose_raster(layer)
    scope._changed()
    assert scope._camera.isVisibleTo(scope)
    scope.set_place("layer")
    placed = QgsRasterLayer(str(make_raster(tmp_path / "other.tif")), "other")
    assert not is_photograph(placed)
    scope._camera.click()
    assert scope._height.isVisibleTo(scope)
    assert scope.camera_height_m == 0.0
    scope._height.setValue(42.5)
    plan, _ = panel.find._plan(panel.find.sought or (Sought("roof"),))
    assert plan.request.to_json()["camera_height_m"] == 42.5
    scope._camera.click()
    assert not scope._height.isVisibleTo(scope)
    assert "camera_height_m" not in panel.find._plan((Sought("roof"),))[0].request.to_json()
    world = tmp_path / "w.jpg"
    world.write_bytes((tmp_path / "p.jpg").read_bytes())
    (tmp_path / "w.jgw").write_text("0.5\n0\n0\n-0.5\n400000\n5800000\n")
    assert not is_photograph(QgsRasterLayer(str(world), "w"))


@pytest.mark.parametrize(("drone", "kind"), [marked(DRONE, "camera"), marked({}, "position")])
def test_the_algorithm_places_boxes_by_the_camera(drone, kind, project, home, tmp_path) -> None:
    layer = photograph(tmp_path / "p.jpg", drone)
    registry, provider = QgsApplication.processingRegistry(), RemoteZeroProvider()
    assert registry.addProvider(provider)
    launch = Launch(
        home, str(PYTHON_OF_ENGINE), ("-m", "tests.engine.scripted"), folder=ROOT,
        environment={"OMP_NUM_THREADS": "1"},
    )  # fmt: skip
    ensure_engine(launch, lambda: False)
    output = tmp_path / f"{kind}.gpkg"
    context, feedback = QgsProcessingContext(), QgsProcessingFeedback()
    context.setProject(QgsProject.instance())
    algorithm = registry.createAlgorithmById("remotezero:locate")
    parameters = {"INPUT": layer, "QUERY": "roof", "ZOOM": 1, "BY_CAMERA": True, "OUTPUT": str(output)}
    results, ok = algorithm.run(parameters, context, feedback, {}, False)
    registry.removeProvider(provider)
    assert ok, feedback.textLog()
    assert results["COUNT"] == 1
    found = QgsVectorLayer(str(output), kind, "ogr")
    assert found.crs() == QgsCoordinateReferenceSystem("EPSG:4326")
    (feature,) = found.getFeatures()
    assert feature["placed"] == kind
    assert found.geometryType() == (POLYGON_GEOMETRY if kind == "camera" else POINT_GEOMETRY)
    assert ("can't be placed" in feedback.textLog()) == (kind == "position")
