"""What jobs found: finished windows, their detections and crops, and the merged features at the end.

One batch of windows is one transaction: after a crash a window is either finished with all its
detections, or it was never begun.
"""

from __future__ import annotations

import io
import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from typing import Any

import numpy as np
from PIL import Image

from engine.errors import JobNotFoundError
from engine.jobs.database import Database
from engine.jobs.store import Store, append_event, require_running, set_progress
from engine.jsontext import json_text
from engine.types import Detection, Feature, Pixels, Window, Xyxy

SCORE_DIGITS = 6


@dataclass(frozen=True)
class Finding:
    """A detection with the id and the (provisional) feature under which clients know it."""

    id: str
    detection: Detection
    feature: Feature


@dataclass(frozen=True)
class WindowRecord:
    """What is kept of one finished window: its number, its counts, and what was found in it."""

    index: int
    report: dict[str, Any]
    findings: tuple[Finding, ...]


@dataclass(frozen=True)
class Progress:
    """How far a job is, in windows, and the seconds that are left if it goes on like this."""

    done: int
    total: int
    seconds_left: float | None


class Results:
    """The findings of all jobs, in the same database as the jobs."""

    def __init__(self, store: Store) -> None:
        """Keep findings beside the jobs of ``store``."""
        self.store = store
        self.database: Database = store.database

    def commit(self, job_id: str, windows: Sequence[WindowRecord], progress: Progress) -> None:
        """Write a batch of finished windows, their detections and the events that tell of them.

        Raises:
            JobCancelledError: the job no longer runs; nothing was written.
        """
        encoded = {
            found.id: None if found.detection.crop is None else png_bytes(found.detection.crop)
            for window in windows
            for found in window.findings
        }
        with self.database.transaction() as rows:
            require_running(rows, job_id)
            for window in windows:
                rows.execute(
                    "INSERT INTO windows (job_id, window, report) VALUES (?, ?, ?)",
                    (job_id, window.index, json_text(window.report)),
                )
                for found in window.findings:
                    record, feature = json_text(detection_record(found.detection)), feature_json(found)
                    rows.execute(
                        "INSERT INTO detections (job_id, id, position, detection, feature, crop) VALUES "
                        "(?, ?, (SELECT count(*) FROM detections WHERE job_id = ?), ?, ?, ?)",
                        (job_id, found.id, job_id, record, json_text(feature), encoded[found.id]),
                    )
                    append_event(rows, job_id, "detection", feature)
            set_progress(rows, job_id, progress.done, progress.total, progress.seconds_left)
        self.store.on_change()

    def describe(self, job_id: str, crs_wkt: str | None, pins: Mapping[str, str]) -> None:
        """Note the CRS of a job's features, and pin fields of its request, which a resumed job keeps."""
        with self.database.transaction() as rows:
            require_running(rows, job_id)
            rows.execute(
                "UPDATE jobs SET crs_wkt = ?, request = json_patch(request, ?) WHERE id = ?",
                (crs_wkt, json.dumps(dict(pins)), job_id),
            )

    def forget_unreadable(self, job_id: str) -> None:
        """Have windows that could not be read looked at again: what hindered that may be gone by now."""
        with self.database.transaction() as rows:
            require_running(rows, job_id)
            rows.execute(
                "DELETE FROM windows WHERE job_id = ? AND json_extract(report, '$.unreadable') IS NOT NULL",
                (job_id,),
            )

    def finished_windows(self, job_id: str) -> dict[int, dict[str, Any]]:
        """Return the reports of a job's finished windows by window number."""
        found = self.database.rows("SELECT window, report FROM windows WHERE job_id = ?", job_id)
        return {row["window"]: json.loads(row["report"]) for row in found}

    def findings(self, job_id: str) -> list[Finding]:
        """Return all a job found, in the order of finding, without crops."""
        rows = self.database.rows(
            "SELECT id, detection, feature FROM detections WHERE job_id = ? ORDER BY position", job_id
        )
        return [
            Finding(
                row["id"],
                detection_from_record(json.loads(row["detection"])),
                _feature(json.loads(row["feature"])),
            )
            for row in rows
        ]

    def settle_plan(self, job_id: str, windows: int) -> int:
        """Note of how many windows a job's plan is, once; returns the number that was noted first."""
        with self.database.transaction() as rows:
            require_running(rows, job_id)
            rows.execute("INSERT OR IGNORE INTO plans (job_id, windows) VALUES (?, ?)", (job_id, windows))
            noted = rows.execute("SELECT windows FROM plans WHERE job_id = ?", (job_id,)).fetchone()
        return int(noted["windows"])

    def settle_models(self, job_id: str, identity: str, begun: bool) -> str:
        """Note what a job's models are; where windows were finished before, returns what was noted then.

        Args:
            job_id: of the job.
            identity: what they are, as JSON.
            begun: windows were finished before.
        """
        with self.database.transaction() as rows:
            require_running(rows, job_id)
            how = "IGNORE" if begun else "REPLACE"
            rows.execute(f"INSERT OR {how} INTO models (job_id, identity) VALUES (?, ?)", (job_id, identity))
            noted = rows.execute("SELECT identity FROM models WHERE job_id = ?", (job_id,)).fetchone()
        return str(noted["identity"])

    def keep_outlines(self, job_id: str, model: str, outlines: Mapping[Xyxy, dict[str, Any] | None]) -> None:
        """Keep the outlines that a model drew of boxes in source pixels; None where the box stays."""
        made = [
            (job_id, json.dumps(box), model, None if geometry is None else json.dumps(geometry))
            for box, geometry in outlines.items()
        ]
        with self.database.transaction() as rows:
            require_running(rows, job_id)
            rows.executemany(
                "INSERT OR REPLACE INTO outlines (job_id, box, model, geometry) VALUES (?, ?, ?, ?)", made
            )

    def outlines(self, job_id: str) -> dict[Xyxy, tuple[str, dict[str, Any] | None]]:
        """The outlines that were drawn for a job, by box: the model that drew it, and None where the box stays."""
        found = self.database.rows("SELECT box, model, geometry FROM outlines WHERE job_id = ?", job_id)
        kept = {}
        for row in found:
            x1, y1, x2, y2 = json.loads(row["box"])
            kept[(x1, y1, x2, y2)] = (row["model"], json.loads(row["geometry"]) if row["geometry"] else None)
        return kept

    def save_features(self, job_id: str, features: Sequence[Finding]) -> None:
        """Write the final features, in rank order, in place of any earlier ones."""
        rows_to_write = [
            (
                job_id,
                feature.id,
                rank,
                json_text(feature_json(feature)),
                None if feature.detection.crop is None else png_bytes(feature.detection.crop),
            )
            for rank, feature in enumerate(features, start=1)
        ]
        with self.database.transaction() as rows:
            require_running(rows, job_id)
            rows.execute("DELETE FROM features WHERE job_id = ?", (job_id,))
            rows.executemany(
                "INSERT INTO features (job_id, id, rank, feature, crop) VALUES (?, ?, ?, ?, ?)", rows_to_write
            )

    def features(self, job_id: str) -> dict[str, Any]:
        """Return a job's GeoJSON FeatureCollection: final and ranked once it is done."""
        job = self.store.job(job_id)
        done = job.state == "done"
        order = (
            "features WHERE job_id = ? ORDER BY rank"
            if done
            else "detections WHERE job_id = ? ORDER BY position"
        )
        features = [
            json.loads(row["feature"]) for row in self.database.rows(f"SELECT feature FROM {order}", job_id)
        ]
        return {
            "type": "FeatureCollection",
            "crs_wkt": job.crs_wkt,
            "provisional": not done,
            "features": features,
        }

    def crop(self, job_id: str, detection_id: str) -> bytes:
        """Return the PNG that the verifier saw; raises JobNotFoundError when there is none of that id."""
        self.store.job(job_id)
        for table in ("features", "detections"):
            row = self.database.row(
                f"SELECT crop FROM {table} WHERE job_id = ? AND id = ?", job_id, detection_id
            )
            if row is not None and row["crop"] is not None:
                return bytes(row["crop"])
        raise JobNotFoundError(
            f"Job {job_id} has no detection {detection_id[:80]!r}. GET /v1/jobs/{job_id}/features lists them."
        )


def feature_json(found: Finding) -> dict[str, Any]:
    """Return a finding as one GeoJSON Feature with ``id``."""
    return {
        "type": "Feature",
        "id": found.id,
        "geometry": found.feature.geometry,
        "properties": found.feature.properties,
    }


def _feature(document: dict[str, Any]) -> Feature:
    return Feature(document["geometry"], document["properties"])


def detection_record(detection: Detection) -> dict[str, Any]:
    """Return a detection as JSON values, without its crop."""
    return {name: value for name, value in asdict(replace(detection, crop=None)).items() if name != "crop"}


def detection_from_record(record: dict[str, Any]) -> Detection:
    """Rebuild the detection that :func:`detection_record` wrote, equal to the first one."""
    window = Window(**record["window"])
    x0, y0, x1, y1 = record["xyxy_src"]
    return Detection(**{**record, "window": window, "xyxy_src": (x0, y0, x1, y1)})


def png_bytes(pixels: Pixels) -> bytes:
    """Encode uint8 H x W x 3 pixels as PNG; quick rather than small."""
    stream = io.BytesIO()
    Image.fromarray(np.ascontiguousarray(pixels)).save(stream, format="PNG", compress_level=1)
    return stream.getvalue()
