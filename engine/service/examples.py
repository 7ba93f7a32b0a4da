"""An example of every body on the wire, by the name of its model; tests hold them to the models."""

from __future__ import annotations

from typing import Any

_SQUARE = [
    [565000.0, 5932800.0],
    [566200.0, 5932800.0],
    [566200.0, 5934000.0],
    [565000.0, 5934000.0],
    [565000.0, 5932800.0],
]
_BOX = [
    [565312.0, 5933410.5],
    [565398.5, 5933410.5],
    [565398.5, 5933432.0],
    [565312.0, 5933432.0],
    [565312.0, 5933410.5],
]
_WORK = "/data"

KINDS: dict[str, dict[str, Any]] = {
    "locate": {
        "raster": f"{_WORK}/harbour.tif",
        "queries": ["all ships", "the largest storage tank"],
        "zoom": "detail",
        "gsd_m": 0.5,
        "area_crs": {"type": "Polygon", "coordinates": [_SQUARE]},
    },
    "verify": {"raster": f"{_WORK}/harbour.tif", "vector": f"{_WORK}/old.gpkg", "query": "a building"},
    "compare": {
        "before": f"{_WORK}/harbour_2019.tif",
        "raster": f"{_WORK}/harbour.tif",
        "queries": ["a building"],
        "tolerance_m": 4.0,
    },
    "evaluate": {
        "raster": f"{_WORK}/harbour.tif",
        "vector": f"{_WORK}/ships.gpkg",
        "query": "all ships",
        "conventions": {"shown_from": 0.5},
    },
    "improve": {
        "rasters": [f"{_WORK}/harbour.tif"],
        "queries": ["all ships"],
        "minutes": 60,
        "rounds": 3,
    },
    "scan": {
        "source": f"{_WORK}/archive",
        "queries": ["all ships"],
        "output": f"{_WORK}/found",
        "bbox": [24.5, 59.9, 25.5, 60.4],
        "start": "2026-05-01",
        "end": "2026-08-31",
        "cloud": 20,
    },
    "get": {"model": "Qwen3-VL-4B-Instruct"},
    "add": {"folder": "/media/disk/Qwen3-VL-4B-Instruct", "in_place": True},
    "export": {"job": "20261126-130405-7f3a", "output": f"{_WORK}/training", "format": "coco"},
}
"""A request of each kind of job."""

ERROR: dict[str, Any] = {
    "error": {
        "type": "InputError",
        "message": "zoom is 'near': give 'overview', 'detail' or 'auto'.",
    }
}
EVENT: dict[str, Any] = {
    "seq": 7,
    "type": "progress",
    "data": {"done": 12, "total": 48, "seconds_left": 31.5},
}

_ADAPTER: dict[str, Any] = {
    "name": "harbour-2",
    "round": 2,
    "current": True,
    "parent": "harbour-1",
    "created": "2026-11-26T12:41:09Z",
    "gain": 0.031,
}
_FEATURE: dict[str, Any] = {
    "type": "Feature",
    "id": "w3-0",
    "geometry": {"type": "Polygon", "coordinates": [_BOX]},
    "properties": {
        "rank": 1,
        "score": 0.91,
        "label": "ship",
        "reasoning": "A long hull at the quay.",
        "query": "all ships",
        "model": "mini",
        "adapter": None,
        "source": f"{_WORK}/harbour.tif",
    },
}

BODIES: dict[str, Any] = {
    "Health": {
        "version": "0.1.0",
        "pid": 4711,
        "state": "ready",
        "model": "mini",
        "device": "cpu",
        "jobs_queued": 0,
    },
    "ModelAnswer": {
        "name": "mini",
        "family": "qwen3_vl",
        "role": "find",
        "path": "/opt/remotezero/resources/models/mini",
        "licence": "GPL-2.0-or-later",
        "commercial": None,
        "size_bytes": 13_500_000,
        "memory_bytes": 400_000_000,
        "memory_learning_bytes": 1_300_000_000,
        "default": True,
        "shipped": True,
        "in_place": False,
        "repository": None,
        "commit": None,
        "closed": True,
        "things": ["ships", "storage tanks", "buildings"],
        "min_score": 0.5,
        "adapters": [_ADAPTER],
        "missing_adapter": None,
    },
    "CatalogueRow": {
        "name": "Qwen3-VL-4B-Instruct",
        "repository": "Qwen/Qwen3-VL-4B-Instruct",
        "commit": "main",
        "licence": "apache-2.0",
        "commercial": True,
        "size_bytes": 8_900_000_000,
        "have_bytes": 0,
        "memory_bytes": 6_000_000_000,
        "memory_learning_bytes": 11_000_000_000,
        "role": "find",
        "state": "offered",
        "folder": None,
    },
    "RemovedAnswer": {"name": "Qwen3-VL-4B-Instruct", "left": None},
    "ExportAnswer": {"file": f"{_WORK}/harbour-2.rzadapter.zip"},
    "JobAnswer": {
        "id": "20261126-130405-7f3a",
        "kind": "locate",
        "state": "running",
        "request": KINDS["locate"],
        "created": "2026-11-26T13:04:05Z",
        "started": "2026-11-26T13:04:06Z",
        "finished": None,
        "progress": {"done": 12, "total": 48, "seconds_left": 31.5},
        "result": None,
        "error": None,
    },
    "Collection": {
        "type": "FeatureCollection",
        "crs_wkt": 'PROJCRS["WGS 84 / UTM zone 32N",…]',
        "provisional": False,
        "features": [_FEATURE],
    },
    "HubToken": {"token": None},
    "ServerKey": {"address": "http://gpu:8000/v1", "key": None},
    "CurrentAdapter": {"adapter": "harbour-2"},
    "AdapterImport": {"file": f"{_WORK}/harbour-2.rzadapter.zip"},
    "AdapterExport": {"file": f"{_WORK}/harbour-2.rzadapter.zip", "overwrite": False},
}
"""Every other body."""
