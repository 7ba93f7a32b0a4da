"""The sidecar of an export: what found the boxes, in which raster, what was left out, and hashes of it all."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from rasterio.crs import CRS

from engine import __version__
from engine.imagery.gdal_errors import GDAL_ERRORS
from engine.types import Feature, Stop
from engine.wire import ExportRequest

ENDING = ".provenance.json"
HASHED_AT_MOST = 4 * 2**30
"""A larger raster is named with its size and date alone: reading it all would take longer than the export."""

BLOCK = 2**20


def sidecar_of(output: Path) -> Path:
    """Where an export's provenance stands: beside it, under its name."""
    return output.with_name(output.name + ENDING)


def provenance(
    asked: ExportRequest,
    features: Sequence[Feature],
    crs_wkt: str | None,
    made: Path,
    rasters: Sequence[str],
    about: dict[str, Any],
    stop: Stop,
) -> str:
    """The text of a sidecar.

    Args:
        asked: what was exported, and how.
        features: those exported.
        crs_wkt: their CRS.
        made: the finished file or folder, under whatever name it has by now.
        rasters: names of the rasters that the boxes come from.
        about: what else is known: ``format``, ``layer``, ``boxes`` left out, and the pictures that were cut.
        stop: once it is true, what is not hashed yet stays without a hash.
    """
    files = sorted(path for path in made.rglob("*") if path.is_file()) if made.is_dir() else []
    document = {
        "made_by": f"RemoteZero engine {__version__}",
        "date": datetime.now(UTC).isoformat(timespec="seconds"),
        "output": {
            "name": Path(asked.output).name,
            **({} if files else _file(made, stop)),
            "files": [{"name": path.relative_to(made).as_posix(), **_file(path, stop)} for path in files],
        },
        "source": {
            "job": asked.job,
            "vector": None
            if asked.vector is None
            else {"path": asked.vector, **_file(Path(asked.vector), stop)},
        },
        "rasters": [{"path": raster, **_file(Path(raster), stop)} for raster in rasters],
        **{
            name: distinct(features, name)
            for name in (
                "model",
                "adapter",
                "verifier",
                "verifier_adapter",
                "prompt_version",
                "query",
                "label",
            )
        },
        "found": _span(features, "time"),
        "gsd_m": _span(features, "gsd_m"),
        "crs": crs_name(crs_wkt),
        "crs_wkt": crs_wkt,
        "asked": asked.model_dump(exclude_none=True),
        **about,
    }
    return json.dumps(document, ensure_ascii=False, indent=2) + "\n"


def distinct(features: Sequence[Feature], name: str) -> list[Any]:
    """The values that a property has, each once, in the order of the features."""
    return [
        value
        for value in dict.fromkeys(feature.properties.get(name) for feature in features)
        if value is not None
    ]


def crs_name(crs_wkt: str | None) -> str:
    """A CRS as its authority's code, as WKT where it has none, or "" where there is none."""
    try:
        code = CRS.from_user_input(crs_wkt).to_authority() if crs_wkt else None
    except GDAL_ERRORS:
        code = None
    return ":".join(code) if code else crs_wkt or ""


def _span(features: Sequence[Feature], name: str) -> list[Any] | None:
    """The least and the greatest value of a property, None where no feature has it."""
    values = distinct(features, name)
    return [min(values), max(values)] if values else None


def _file(path: Path, stop: Stop) -> dict[str, Any]:
    """Size, date and hash of a file; empty for what is no file that can be read."""
    try:
        about = path.stat()
        changed = datetime.fromtimestamp(about.st_mtime, UTC).isoformat(timespec="seconds")
        known: dict[str, Any] = {"size_bytes": about.st_size, "changed": changed}
        if path.is_file() and about.st_size <= HASHED_AT_MOST:
            known["sha256"] = _sha256(path, stop)
    except (OSError, ValueError):
        return {}
    return known


def _sha256(path: Path, stop: Stop) -> str | None:
    digest = hashlib.sha256()
    with path.open("rb") as stream:
        while block := stream.read(BLOCK):
            if stop():
                return None
            digest.update(block)
    return digest.hexdigest()
