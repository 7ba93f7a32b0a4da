"""Map services on loopback: QGIS draws them, so the engine can be asked about them, at the chosen resolution."""

from __future__ import annotations

from pathlib import Path

import pytest
from map_services import BLUE, RED, serving
from qgis.core import QgsRasterLayer, QgsRectangle

from remotezero_qgis.connection.process import find_engine
from remotezero_qgis.layers.result_layers import result_layers

SOURCES = {
    "wms": ("wms", "crs=EPSG:3857&dpiMode=7&format=image/png&layers=ground&styles&url={url}"),
    "wmts": (
        "wms",
        "crs=EPSG:3857&dpiMode=7&format=image/png&layers=ground&styles=default&tileMatrixSet=squares"
        "&url={url}?SERVICE%3DWMTS%26REQUEST%3DGetCapabilities",
    ),
    "wcs": ("wcs", "crs=EPSG:3857&format=GeoTIFF&identifier=ground&version=1.0.0&url={url}"),
}


@pytest.fixture
def service():
    with serving() as handler:
        yield handler


@pytest.fixture
def service_panel(panel, iface, project, service, request):
    """The panel over a layer of one kind of service, the map's view on its middle 400 x 400 m."""
    provider, source = SOURCES[getattr(request, "param", "wms")]
    layer = QgsRasterLayer(source.format(url=service.url), "ground", provider)
    assert layer.isValid(), layer.error().message()
    project.addMapLayer(layer)
    iface.setActiveLayer(layer)
    iface.mapCanvas().setDestinationCrs(layer.crs())
    iface.mapCanvas().setExtent(QgsRectangle(1490300, 6890300, 1490700, 6890700))
    return panel


def ask(panel, wait, question: str) -> None:
    panel.dock.question.setEditText(question)
    panel.find.run()
    wait(lambda: not panel.runs.running, "the run")


@pytest.mark.parametrize("service_panel", sorted(SOURCES), indirect=True)
def test_a_service_is_rendered_at_the_chosen_resolution_and_asked_about(service_panel, wait, service):
    service_panel.dock.scope.set_zoom("detail", 2.0)
    ask(service_panel, wait, "tanks on a map service")
    assert service_panel.dock.banner.text == ""
    (found,) = result_layers()
    assert (found.featureCount(), found.crs().authid()) == (12, "EPSG:3857")
    request = find_engine(service_panel.launch(), timeout_s=30.0).jobs()[0].request
    rendered = QgsRasterLayer(request["raster"], "rendered")
    assert rendered.isValid()
    # Two metres on the ground are 3.28 units of Web Mercator at this latitude.
    assert 118 <= rendered.width() <= 126
    assert rendered.extent().contains(QgsRectangle(1490305, 6890305, 1490695, 6890695))
    provider = rendered.dataProvider()
    box, size = rendered.extent(), (rendered.width(), rendered.height())
    bands = [provider.block(band, box, *size) for band in (1, 2, 3)]
    middle = rendered.height() // 2
    assert tuple(band.value(middle, 5) for band in bands) == RED
    assert tuple(band.value(middle, size[0] - 5) for band in bands) == BLUE
    assert service.asked
    assert all("ground" in (q.get("LAYERS"), q.get("LAYER"), q.get("COVERAGE")) for q in service.asked)


def test_a_map_service_that_fails_is_told_and_asks_the_engine_nothing(service_panel, wait, service):
    service.state["broken"] = True
    ask(service_panel, wait, "tanks")
    assert "could not be rendered" in service_panel.dock.banner.text
    client = find_engine(service_panel.launch(), timeout_s=30.0)
    assert client is None or client.jobs() == []
    assert list(Path(service_panel.launch().home / "snapshots").glob("*.tif")) == []
