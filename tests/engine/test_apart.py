"""Reading from the network where it was allowed, and leaving a reader that waits for somebody who says nothing."""

from __future__ import annotations

import os
import signal
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from engine.errors import InputError, JobCancelledError, RasterReadError
from engine.imagery import apart
from engine.imagery.apart import Apart, never
from engine.imagery.raster import Raster, open_raster
from engine.imagery.vectors import read_outlines
from engine.types import Rectangle
from tests.engine.rasters import ramp, write_raster
from tests.engine.servers import misbehaving, serving
from tests.engine.test_runtime import PATIENCE_S, Engines, client, ended, engines, wait_for

__all__ = ["engines"]

SIDE = 600
PATIENT = {"GDAL_HTTP_TIMEOUT": 600, "GDAL_HTTP_LOW_SPEED_TIME": 600, "GDAL_HTTP_CONNECTTIMEOUT": 600}
"""So patient a GDAL that nothing but leaving it can end the wait within a test."""


@pytest.fixture
def local(tmp_path: Path) -> Path:
    bands = [ramp(SIDE, SIDE), np.flipud(ramp(SIDE, SIDE).T), ramp(SIDE, SIDE)]
    return write_raster(tmp_path / "local.tif", bands, tiled=True, blockxsize=256, blockysize=256)


@pytest.fixture
def patient(monkeypatch: pytest.MonkeyPatch) -> None:
    for name, seconds in PATIENT.items():
        monkeypatch.setenv(name, str(seconds))


def mosaic(folder: Path, source: str) -> Path:
    path = folder / "mosaic.vrt"
    path.write_text(
        f'<VRTDataset rasterXSize="{SIDE}" rasterYSize="{SIDE}"><GeoTransform>0,1,0,0,0,-1</GeoTransform>'
        + "".join(
            f'<VRTRasterBand dataType="Byte" band="{band}"><SimpleSource><SourceFilename>{source}</SourceFilename>'
            f'<SourceBand>{band}</SourceBand><SrcRect xOff="0" yOff="0" xSize="{SIDE}" ySize="{SIDE}"/>'
            f'<DstRect xOff="0" yOff="0" xSize="{SIDE}" ySize="{SIDE}"/></SimpleSource></VRTRasterBand>'
            for band in (1, 2, 3)
        )
        + "</VRTDataset>",
        encoding="utf-8",
    )
    return path


@pytest.mark.parametrize("kind", ["address", "vsicurl", "mosaic"])
def test_an_allowed_raster_is_the_one_that_lies_there(local: Path, kind: str) -> None:
    rectangle = Rectangle(10, 20, 400, 300, 200, 150)
    with serving(local.parent) as server, open_raster(local) as here:
        address = f"{server.url}/{local.name}"
        name = {
            "address": address,
            "vsicurl": f"/vsicurl/{address}",
            "mosaic": str(mosaic(local.parent, address)),
        }
        with open_raster(name[kind], allow_network=True) as there:
            assert isinstance(there, Raster)
            assert (there.width_src, there.height_src, there.bands) == (SIDE, SIDE, here.bands)
            assert there.stretch == here.stretch
            chip = there.read_chip(rectangle)
            assert np.array_equal(chip.pixels, here.read_chip(rectangle).pixels)
            crop = there.read_crop((100, 100, 160, 150), crop_px=64)
            assert np.array_equal(crop, here.read_crop((100, 100, 160, 150), crop_px=64))
            assert there.value_range(rectangle) == here.value_range(rectangle)
            with pytest.raises(InputError, match="reaches outside"):
                there.read_chip(Rectangle(SIDE, 0, 10, 10, 10, 10))
        assert server.asked
        with pytest.raises(RasterReadError, match="closed"):
            there.read_chip(rectangle)


def test_allowed_outlines_are_read(tmp_path: Path) -> None:
    place = '{"type": "Polygon", "coordinates": [[[0, 0], [1, 0], [1, 1], [0, 0]]]}'
    feature = f'{{"type": "Feature", "properties": {{}}, "geometry": {place}}}'
    text = f'{{"type": "FeatureCollection", "features": [{feature}]}}'
    (tmp_path / "a.geojson").write_text(text, encoding="utf-8")
    with serving(tmp_path) as server:
        read = read_outlines(f"{server.url}/a.geojson", crs_wkt=None, allow_network=True)
        assert len(read.found) == 1
        with pytest.raises(InputError, match="can't be read"):
            read_outlines(f"{server.url}/gone.geojson", crs_wkt=None, allow_network=True)


def test_a_failure_names_whom_it_asked_and_no_secret(tmp_path: Path) -> None:
    with misbehaving("close") as server:
        address = f"http://me:secret@{server.host}/a.tif?key=secret"
        with pytest.raises(RasterReadError, match="see that this answers") as failed:
            open_raster(address, allow_network=True)
        assert f"reads from {server.host}" in str(failed.value)
        assert "secret" not in str(failed.value)
        assert server.asked


@pytest.mark.usefixtures("patient")
@pytest.mark.parametrize("how", ["silent", "trickle"])
def test_a_host_that_keeps_its_caller_waiting_can_be_left(how: str) -> None:
    with misbehaving(how) as server:
        asked = server.asked
        with pytest.raises(JobCancelledError, match=server.host):
            open_raster(f"/vsicurl/{server.url}/a.tif", allow_network=True, stop=lambda: bool(asked))
        asked.clear()
        name = f"/vsicurl/{server.url}/a.gpkg"
        with pytest.raises(JobCancelledError, match=server.host):
            read_outlines(name, crs_wkt=None, allow_network=True, stop=lambda: bool(asked))


@pytest.mark.usefixtures("patient")
def test_a_silent_host_is_given_up_once_and_for_all(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(apart, "SILENT_S", 0.5)
    with misbehaving("silent") as server:
        with pytest.raises(RasterReadError, match=f"Nothing has come from {server.host}"):
            open_raster(f"/vsicurl/{server.url}/a.tif", allow_network=True)
        reader = Apart(server.host, never, dict)
        monkeypatch.setattr(reader, "_silent_s", 0.0)
        for _ in range(2):
            with pytest.raises(RasterReadError, match="Nothing has come"):
                reader.call("popitem")


def test_a_reader_that_dies_is_told() -> None:
    reader = Apart("there", never, os._exit, 3)
    for _ in range(2):
        with pytest.raises(RasterReadError, match="The process that reads from there has died"):
            reader.call("anything")


def waits_for(server: Any) -> dict[str, Any]:
    return {"raster": f"/vsicurl/{server.url}/a.tif", "queries": ["roof"], "allow_network": True}


@pytest.fixture
def silent() -> Iterator[Any]:
    with misbehaving("silent") as server:
        yield server


def test_a_silent_host_holds_up_no_call_and_no_other_job(engines: Engines, silent: Any, local: Path) -> None:
    engines.start(**PATIENT)
    with client() as http:
        first = http.post("/v1/jobs", json={"kind": "locate", "request": waits_for(silent)}).json()["id"]
        wait_for(lambda: bool(silent.asked))
        request = {"raster": str(local), "queries": ["roof"]}
        second = http.post("/v1/jobs", json={"kind": "locate", "request": request}).json()["id"]
        assert http.get("/v1/health").json()["jobs_queued"] == 1
        assert http.get(f"/v1/jobs/{first}").json()["state"] == "running"
        assert http.post(f"/v1/jobs/{first}/cancel").json()["state"] == "cancelled"
        assert ended(http, second)["state"] == "done"


def test_an_engine_that_waits_for_a_silent_host_ends_when_told(engines: Engines, silent: Any) -> None:
    process, _ = engines.start(**PATIENT)
    with client() as http:
        http.post("/v1/jobs", json={"kind": "locate", "request": waits_for(silent)})
        wait_for(lambda: bool(silent.asked))
    process.send_signal(signal.SIGTERM)
    assert process.wait(PATIENCE_S) == 0


def test_an_engine_asks_nobody_unasked(engines: Engines, local: Path) -> None:
    engines.start()
    with serving(local.parent) as server, client() as http:
        name = str(mosaic(local.parent, f"{server.url}/{local.name}"))
        answer = http.post(
            "/v1/jobs", json={"kind": "locate", "request": {"raster": name, "queries": ["roof"]}}
        )
        job = ended(http, answer.json()["id"])
        assert job["error"]["type"] == "InputError"
        assert server.host in job["error"]["message"]
        assert server.asked == []
        allowed = {"raster": name, "queries": ["roof"], "allow_network": True}
        answer = http.post("/v1/jobs", json={"kind": "locate", "request": allowed})
        assert ended(http, answer.json()["id"])["state"] == "done"
        assert server.asked


def test_a_readers_caller_may_wait_in_any_thread(local: Path) -> None:
    """The job thread of the engine is not the main one, and QGIS calls from its own."""
    seen: list[int] = []

    def read(address: str) -> None:
        with open_raster(address, allow_network=True) as raster:
            seen.append(raster.width_src)

    with serving(local.parent) as server:
        threads = [threading.Thread(target=read, args=(f"{server.url}/{local.name}",)) for _ in range(2)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join(PATIENCE_S)
    assert seen == [SIDE, SIDE]
