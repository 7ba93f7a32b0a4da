"""A raster that was replaced under its old name between two parts of a scan is noticed, and nothing else is."""

from __future__ import annotations

import os
from pathlib import Path

import numpy as np
import pytest

from engine.scan.ledger import Ledger
from engine.scan.request import part_of
from engine.scan.run import replaced
from engine.scan.scenes import Scene
from engine.scan.stamps import stamp_of
from tests.engine.rasters import write_raster

MOSAIC = """<VRTDataset rasterXSize="8" rasterYSize="8"><VRTRasterBand dataType="Byte" band="1"><SimpleSource>
<SourceFilename relativeToVRT="1">{}</SourceFilename><SourceBand>1</SourceBand></SimpleSource></VRTRasterBand>
</VRTDataset>"""


def raster(path: Path, grey: int = 90) -> str:
    return str(write_raster(path, [np.full((8, 8), grey, np.uint8)]))


def stamp(name: str) -> str | None:
    return stamp_of(name, allow_network=False)


def test_a_raster_is_known_by_size_and_time_of_its_files(tmp_path: Path) -> None:
    name = raster(tmp_path / "a.tif")
    first, about = stamp(name), os.stat(name)
    assert first
    (tmp_path / "a.tif.aux.xml").write_text("<PAMDataset/>")
    assert stamp(name) == first, "QGIS writes such a file beside a raster that it shows"
    os.utime(name, ns=(about.st_atime_ns, about.st_mtime_ns + 10**9))
    assert stamp(name) != first
    os.utime(name, ns=(about.st_atime_ns, about.st_mtime_ns))
    assert stamp(name) == first
    with open(name, "ab") as longer:
        longer.write(b"more")
    os.utime(name, ns=(about.st_atime_ns, about.st_mtime_ns))
    assert stamp(name) != first


def test_the_parts_of_a_mosaic_count(tmp_path: Path) -> None:
    part = raster(tmp_path / "part.tif")
    mosaic = tmp_path / "all.vrt"
    mosaic.write_text(MOSAIC.format("part.tif"))
    first = stamp(str(mosaic))
    os.utime(part, ns=(0, 0))
    assert first
    assert stamp(str(mosaic)) != first


@pytest.mark.parametrize("name", ["nowhere.tif", "https://example.com/a.tif"])
def test_what_is_not_here_has_no_stamp(name: str) -> None:
    assert stamp_of(name, allow_network=True) is None


def test_what_was_found_in_a_raster_that_was_replaced_is_dropped(tmp_path: Path) -> None:
    ledger = Ledger(tmp_path / "out")
    ledger.begin()
    scenes = [Scene(one, raster(tmp_path / one)) for one in ("done.tif", "begun.tif", "same.tif", "new.tif")]
    for scene in scenes[:3]:
        ledger.commit(scene.id, 0, [], 1.0, stamp(scene.raster))
    for scene in (scenes[0], scenes[2]):
        ledger.finish(scene.id, {"windows": 1, "stamp": stamp(scene.raster)})
        part_of(ledger.out, scene.id).parent.mkdir(parents=True)
        part_of(ledger.out, scene.id).write_bytes(b"boxes")
    assert replaced(ledger, scenes, False) == []
    for scene in scenes[:2]:
        os.utime(scene.raster, ns=(0, 0))
    (said,) = replaced(ledger, scenes, False)
    assert said.startswith("2 rasters changed since being searched (done.tif is the first of them)")
    assert not ledger.is_finished("done.tif")
    assert not part_of(ledger.out, "done.tif").exists()
    assert ledger.batches("begun.tif") == {}
    assert ledger.is_finished("same.tif")
    assert part_of(ledger.out, "same.tif").exists()
    assert replaced(ledger, scenes, False) == [], "they are told of once"
