"""Folders of scans as the tests need them: rows of boxes by scene, written as a scan writes them."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet
import shapely

from engine.imagery.attributes import FIELDS

KINDS = {str: pa.string(), int: pa.int64(), float: pa.float64(), bool: pa.bool_()}
METRE = 1 / 111_320
SCHEMA = pa.schema(
    [
        *((name, KINDS[kind]) for name, kind in FIELDS.items()),
        ("scene", pa.string()),
        ("taken", pa.string()),
        ("geometry", pa.binary()),
    ]
)


def square(lon: float, lat: float, side_m: float = 10.0) -> Any:
    """A square in degrees near the equator: its lower left corner and its side in metres."""
    return shapely.box(lon, lat, lon + side_m * METRE, lat + side_m * METRE)


def row(number: int, shape: Any, score: float, query: str = "all ships") -> dict[str, Any]:
    """A box as a scan keeps it, but for its scene."""
    return {
        "id": f"w{number}-0",
        "rank": number + 1,
        "score": score,
        "label": query.removeprefix("all "),
        "reasoning": "Long, with a wake.",
        "query": query,
        "model": "mini",
        "adapter": None,
        "prompt_version": "1",
        "source": "scene.tif",
        "window": "detail 0 0 640 640",
        "gsd_m": 0.5,
        "truncated": False,
        "time": "2026-11-26T10:00:00+00:00",
        "geometry": shapely.to_wkb(shape),
    }


def write_scene(out: Path, scene: str, rows: Sequence[dict[str, Any]], taken: str | None = None) -> Path:
    """Write the rows of one scene; returns the file."""
    folder = out / "detections" / f"scene_id={scene}"
    folder.mkdir(parents=True, exist_ok=True)
    whole = [{**one, "scene": scene, "taken": taken} for one in rows]
    path = folder / "part-0.parquet"
    pyarrow.parquet.write_table(pa.Table.from_pylist(whole, SCHEMA), path)
    return path


def write_tables(
    out: Path,
    scenes: Sequence[tuple[str, str | None, Sequence[float] | None, int]],
    failed: Sequence[tuple[str, str]] = (),
    queries: Sequence[str] = (),
) -> None:
    """Write what a scan says of itself: the scenes (id, taken, bounds, boxes), those that failed, the questions."""
    out.mkdir(parents=True, exist_ok=True)
    kinds = pa.schema(
        [
            ("id", pa.string()),
            ("raster", pa.string()),
            ("taken", pa.string()),
            ("bounds", pa.list_(pa.float64())),
            ("detections", pa.int64()),
        ]
    )
    rows = [
        {"id": name, "raster": f"{name}.tif", "taken": taken, "bounds": bounds, "detections": boxes}
        for name, taken, bounds, boxes in scenes
    ]
    pyarrow.parquet.write_table(pa.Table.from_pylist(rows, kinds), out / "scenes.parquet")
    if failed:
        lost = [{"scene": name, "raster": f"{name}.tif", "reason": reason} for name, reason in failed]
        pyarrow.parquet.write_table(pa.Table.from_pylist(lost), out / "failed.parquet")
    (out / "scan.json").write_text(json.dumps({"request": {"queries": list(queries)}}), encoding="utf-8")
