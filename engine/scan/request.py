"""What a scan of an archive is asked for, and what its folder holds: checked as the requests of the wire are."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

from pydantic import Field, model_validator

from engine.types import Zoom
from engine.wire import Band, Finite, PathText, Queries, Stretch, Strict, Text

SCAN_FILE = "scan.json"
"""The request, the hashes of model and adapter, the prompt's version and the versions of programs, as JSON."""

SCENES_FILE = "scenes.parquet"
"""A row a scene that was searched: id, raster, taken, bounds, cloud, windows, detections, seconds."""

FAILED_FILE = "failed.parquet"
"""A row a scene that could not be: scene, raster, reason. No file where there is none."""

DETECTIONS = "detections"
"""Folder of ``scene_id=ID/part-0.parquet``: GeoParquet in WGS 84, one for each scene with at least one box. Columns are
:data:`engine.imagery.attributes.FIELDS`, among them ``time``, when the box was found, and then ``scene``, the scene's
id, and ``taken``, when it was taken (RFC 3339 in UTC, null where nobody said)."""

SCENE_FOLDER = "scene_id="
"""Not the name of a column, which readers of the whole folder would find twice and of two types."""

AS_IT_LIKES = (
    "output", "workers", "cores", "price_per_hour", "cluster", "dashboard", "dry_run", "rate", "allow_network",
)  # fmt: skip
"""Fields that may differ between the parts of one scan, since they change nothing of what is found."""


KEPT = "What is finished is kept: start the same scan again, and it goes on from there."
"""What is said of a scan that ended early."""


def part_of(out: Path, scene: str) -> Path:
    """Where the boxes of a scene lie, if it has any."""
    return out / DETECTIONS / f"{SCENE_FOLDER}{scene}" / "part-0.parquet"


class ScanRequest(Strict):
    """Ask the same questions of every scene of an archive.

    Attributes:
        source: what :func:`engine.scan.sources.find_scenes` reads: a folder, a list, a mosaic, a catalogue.
        queries: questions in natural language.
        output: folder of the results; one that holds a part of the same scan is gone on with. Of a job, one that is
            no whole path lies in the job's own folder.
        bbox: west, south, east, north in degrees of WGS 84, west above east across the date line; scenes that it
            misses are left out.
        start, end: scenes taken from then and until then, RFC 3339 or a date; None for all.
        cloud: scenes with at most this cloud cover, in percent; None for all.
        asset: the asset of a STAC item that is the raster; None for the one that looks like a picture.
        limit: at most so many scenes, the first by id; None for all.
        model, adapter, bands, stretch, margin, gsd_src_m: as in :class:`engine.wire.RasterRequest`.
        zoom, gsd_m, overlap, veto: as in :class:`engine.wire.LocateRequest`.
        workers: processes that each hold the model; None for one a GPU, or one for every ``cores`` cores.
        cores: cores that one of them computes on where there is no GPU.
        price_per_hour: what an hour of this hardware costs, in any currency; None where nobody asks.
        cluster: address of a Ray cluster that runs already, whose machines all see the output folder and the scenes;
            None for one on this machine, started for the scan and ended with it.
        dry_run: say what the scan would take, and do nothing; see :func:`engine.scan.foresight.foresee`.
        rate: questions that one worker answers in a second, for ``dry_run``; None for what was measured here.
        dashboard: start Ray's dashboard, on loopback, with the cluster.
        allow_network: source and scenes may lead to the network; otherwise such ones are refused.
    """

    source: PathText
    queries: Queries
    output: PathText
    bbox: Annotated[list[Finite], Field(min_length=4, max_length=4)] | None = None
    start: Text | None = None
    end: Text | None = None
    cloud: Annotated[float, Field(ge=0.0, le=100.0)] | None = None
    asset: Text | None = None
    limit: Annotated[int, Field(ge=1)] | None = None
    model: PathText | None = None
    adapter: Text | None = None
    bands: Annotated[list[Band], Field(min_length=1, max_length=3)] | None = None
    stretch: Stretch | None = None
    margin: Annotated[float, Field(ge=0.0, le=4.0)] = 0.25
    gsd_src_m: Annotated[float, Field(gt=0.0, allow_inf_nan=False)] | None = None
    zoom: Zoom = "auto"
    gsd_m: Annotated[float, Field(gt=0.0, allow_inf_nan=False)] | None = None
    overlap: Annotated[float, Field(ge=0.0, le=0.75)] = 0.2
    veto: bool = True
    workers: Annotated[int, Field(ge=1, le=4096)] | None = None
    cores: Annotated[int, Field(ge=1, le=1024)] = 1
    price_per_hour: Annotated[float, Field(ge=0.0, allow_inf_nan=False)] | None = None
    cluster: Text | None = None
    dashboard: bool = False
    dry_run: bool = False
    rate: Annotated[float, Field(gt=0.0, allow_inf_nan=False)] | None = None
    allow_network: bool = False

    @model_validator(mode="after")
    def _on_earth(self) -> ScanRequest:
        if self.bbox is not None:
            west, south, east, north = self.bbox
            if not (-180 <= west <= 180 and -180 <= east <= 180 and -90 <= south < north <= 90):
                raise ValueError(
                    f"bbox is {self.bbox}: give west, south, east, north in degrees of WGS 84, south below north"
                )
        return self
