"""A WMS on loopback: QGIS draws it, so the engine can be asked about it, at the chosen resolution."""

from __future__ import annotations

import contextlib
import http.server
import struct
import threading
import zlib
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
from qgis.core import QgsRasterLayer, QgsRectangle

from remotezero_qgis.engine_process import find_engine
from remotezero_qgis.layers import result_layers

BOUNDS = (1490000, 6890000, 1491000, 6891000)
CAPABILITIES = """<?xml version="1.0"?>
<WMS_Capabilities version="1.3.0" xmlns="http://www.opengis.net/wms" xmlns:xlink="http://www.w3.org/1999/xlink">
<Service><Name>WMS</Name><Title>Ground</Title><OnlineResource xlink:href="{url}"/></Service>
<Capability><Request>
<GetCapabilities><Format>text/xml</Format><DCPType><HTTP><Get><OnlineResource xlink:href="{url}?"/></Get></HTTP>
</DCPType></GetCapabilities>
<GetMap><Format>image/png</Format><DCPType><HTTP><Get><OnlineResource xlink:href="{url}?"/></Get></HTTP></DCPType>
</GetMap></Request><Exception><Format>XML</Format></Exception>
<Layer><Title>All</Title><CRS>EPSG:3857</CRS>
<Layer queryable="0"><Name>ground</Name><Title>Ground</Title><CRS>EPSG:3857</CRS>
<EX_GeographicBoundingBox><westBoundLongitude>13.385</westBoundLongitude><eastBoundLongitude>13.394</eastBoundLongitude>
<southBoundLatitude>52.499</southBoundLatitude><northBoundLatitude>52.505</northBoundLatitude>
</EX_GeographicBoundingBox>
<BoundingBox CRS="EPSG:3857" minx="{0}" miny="{1}" maxx="{2}" maxy="{3}"/></Layer></Layer></Capability>
</WMS_Capabilities>"""


def picture(width: int, height: int) -> bytes:
    """A PNG, red in its left half and blue in its right one."""
    row = b"\0" + b"\xc8\x1e\x1e" * (width // 2) + b"\x1e\x1e\xc8" * (width - width // 2)

    def chunk(name: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))

    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    parts = chunk(b"IHDR", head), chunk(b"IDAT", zlib.compress(row * height)), chunk(b"IEND", b"")
    return b"\x89PNG\r\n\x1a\n" + b"".join(parts)


class MapServer(http.server.BaseHTTPRequestHandler):
    """Answers GetCapabilities, and GetMap at any size; ``broken`` makes every map an error."""

    asked: list[dict]
    state: dict

    def log_message(self, *_):
        """Stay quiet."""

    def do_GET(self):
        query = {key.upper(): values[0] for key, values in parse_qs(urlsplit(self.path).query).items()}
        if query.get("REQUEST") == "GetMap":
            self.asked.append(query)
            body, kind = picture(int(query["WIDTH"]), int(query["HEIGHT"])), "image/png"
        else:
            url = f"http://127.0.0.1:{self.server.server_port}/wms"
            body, kind = CAPABILITIES.format(*BOUNDS, url=url).encode(), "text/xml"
        broken = self.state["broken"] and kind == "image/png"
        self.send_response(500 if broken else 200)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        with contextlib.suppress(BrokenPipeError):  # QGIS hangs up on what it no longer wants to draw
            self.wfile.write(body)


@pytest.fixture
def map_server():
    handler = type("Handler", (MapServer,), {"asked": [], "state": {"broken": False}})
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    handler.url = f"http://127.0.0.1:{server.server_port}/wms"
    yield handler
    server.shutdown()


@pytest.fixture
def wms_panel(panel, iface, project, map_server):
    """The panel over a WMS layer, the map's view on its middle 400 x 400 m."""
    uri = f"crs=EPSG:3857&dpiMode=7&format=image/png&layers=ground&styles&url={map_server.url}"
    layer = QgsRasterLayer(uri, "ground", "wms")
    assert layer.isValid(), layer.error().message()
    project.addMapLayer(layer)
    iface.setActiveLayer(layer)
    iface.mapCanvas().setDestinationCrs(layer.crs())
    iface.mapCanvas().setExtent(QgsRectangle(1490300, 6890300, 1490700, 6890700))
    return panel


def ask(panel, wait, question: str) -> None:
    panel.dock.question.setEditText(question)
    panel.asking.run()
    wait(lambda: not panel.runs.running, "the run")


def test_a_wms_is_rendered_at_the_chosen_resolution_and_asked_about(wms_panel, wait, map_server):
    wms_panel.dock.scope.set_zoom("detail", 2.0)
    ask(wms_panel, wait, "tanks on a map service")
    assert wms_panel.dock.banner.text == ""
    (found,) = result_layers()
    assert (found.featureCount(), found.crs().authid()) == (12, "EPSG:3857")
    request = find_engine(wms_panel.launch(), timeout_s=30.0).jobs()[0].request
    rendered = QgsRasterLayer(request["raster"], "rendered")
    assert rendered.isValid()
    # Two metres on the ground are 3.28 units of Web Mercator at this latitude.
    assert 118 <= rendered.width() <= 126
    assert rendered.extent().contains(QgsRectangle(1490305, 6890305, 1490695, 6890695))
    provider = rendered.dataProvider()
    box, size = rendered.extent(), (rendered.width(), rendered.height())
    red, blue = (provider.block(band, box, *size) for band in (1, 3))
    middle = rendered.height() // 2
    assert (red.value(middle, 5), blue.value(middle, 5)) == (200, 30)
    assert (red.value(middle, size[0] - 5), blue.value(middle, size[0] - 5)) == (30, 200)
    assert all(entry["LAYERS"] == "ground" for entry in map_server.asked)


def test_a_map_service_that_fails_is_told_and_asks_the_engine_nothing(wms_panel, wait, map_server):
    map_server.state["broken"] = True
    ask(wms_panel, wait, "tanks")
    assert "could not be rendered" in wms_panel.dock.banner.text
    client = find_engine(wms_panel.launch(), timeout_s=5.0)
    assert client is None or client.jobs() == []
    assert list(Path(wms_panel.launch().home / "snapshots").glob("*.tif")) == []
