"""Export boxes: the results menu's entry, the dialog that asks where to, and the engine's job that writes them."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import Any

from qgis.core import QgsApplication, QgsProviderRegistry, QgsVectorLayer
from qgis.PyQt.QtCore import QObject, QUrl
from qgis.PyQt.QtGui import QDesktopServices
from qgis.PyQt.QtWidgets import QFileDialog

from ..compat import TASK_FLAGS
from ..connection.client import EngineClient
from ..connection.job_task import JobOutcome, JobTask
from ..connection.process import Launch
from ..connection.session import Session
from ..connection.wire import Event, Job, JobProgress
from ..dock import Dock
from ..errors import EngineError
from ..i18n import tr
from ..layers.result_layers import JOB, min_score
from ..layers.results_file import slug
from ..layers.sought import minimums_of, sought_of
from ..panel.banner import ERROR, INFO, WARNING
from .review import Review

TABLES = {"gpkg": ".gpkg", "geojson": ".geojson", "fgb": ".fgb", "parquet": ".parquet", "csv": ".csv"}
"""Formats that are one file, and how it ends; the others are folders with pictures."""


def formats() -> dict[str, str]:
    """Return the name of every format by its word on the wire, in the order in which they are offered."""
    return {
        "gpkg": tr("GeoPackage"),
        "geojson": tr("GeoJSON in WGS 84 (RFC 7946)"),
        "parquet": tr("GeoParquet"),
        "csv": tr("CSV with WKT"),
        "fgb": tr("FlatGeobuf"),
        "coco": tr("COCO with pictures (a folder)"),
        "yolo": tr("YOLO with pictures (a folder)"),
    }


def with_ending(path: str, kind: str) -> str:
    """Return a path that ends as its format wants it; folders end in nothing that a table ends in."""
    ending = TABLES.get(kind, "")
    if ending:
        return path if path.lower().endswith(ending) else path + ending
    chosen = Path(path)
    return str(chosen.with_suffix("")) if chosen.suffix.lower() in TABLES.values() else path


def left_out(result: dict[str, Any]) -> str:
    """Return which boxes an export left out and why, "" for none."""
    words = (
        ("rejected", tr("{n} rejected")),
        ("undecided", tr("{n} without a verdict, while others have one")),
        ("below", tr("{n} below the lowest score")),
    )
    return ", ".join(text.format(n=result[name]) for name, text in words if result.get(name))


class ExportTask(JobTask):
    """Has the engine export a layer, in a QgsTask that can be cancelled."""

    def __init__(self, launch: Launch, request: dict[str, Any], name: str) -> None:
        super().__init__(tr("RemoteZero: exporting {layer}").format(layer=name), TASK_FLAGS, launch)
        self.request = request

    def submit(self, client: EngineClient) -> Job:
        """Queue the export."""
        return client.create_job("export", self.request)

    def handle(self, event: Event) -> None:
        """Show how many pictures are cut."""
        if event.type == "progress":
            self.setProgress(JobProgress.from_json(event.data).percent)


class Exports(QObject):
    """Carries out the menu entry; one export at a time."""

    def __init__(self, dock: Dock, review: Review, session: Session, parent: QObject) -> None:
        super().__init__(parent)
        self._dock, self._review, self._session = dock, review, session
        self.task: ExportTask | None = None
        dock.export.triggered.connect(self.ask)
        review.layers_changed.connect(self._refresh)
        review.shown.connect(self._refresh)
        self._refresh()

    def close(self) -> None:
        """Cancel what goes on and listen no more; for unloading."""
        if self.task is not None:
            self.task.ended.disconnect(self._end)
            self.task.cancel()
            self.task = None

    def ask(self) -> None:
        """Ask where to, and in which format, and begin."""
        layer = self._review.layer
        if layer is None or self.task is not None:
            return
        if layer.isEditable() and layer.isModified():
            text = tr("{layer} has edits that are not saved. Save them first, then export.")
            self._dock.banner.say(WARNING, text.format(layer=layer.name()))
            return
        names = formats()
        filters = [f"{name} (*{TABLES.get(kind, '')})" for kind, name in names.items()]
        title = tr("Export the boxes of {layer}").format(layer=layer.name())
        proposed = str(Path.home() / slug(layer.name()))
        path, chosen = QFileDialog.getSaveFileName(self._dock, title, proposed, ";;".join(filters))
        if path:
            kind = list(names)[filters.index(chosen)] if chosen in filters else _kind_of(path)
            self._begin(layer, path, kind)

    def _begin(self, layer: QgsVectorLayer, path: str, kind: str) -> None:
        output = with_ending(path, kind)
        parts = QgsProviderRegistry.instance().decodeUri("ogr", layer.source())
        sought, least = sought_of(layer), min_score(layer)
        request = {
            "vector": str(parts["path"]),
            "layer": str(parts["layerName"]),
            "job": str(layer.customProperty(JOB)),
            "output": output,
            "format": kind,
            "min_score": least or None,
            # Whoever asks several questions has made classes of them.
            "min_scores": minimums_of(sought, least) or None,
            "classes": "query" if len(sought) > 1 else "label",
            # The dialog has asked before it gave the path of a file that exists; of another path it has not.
            "overwrite": output == path,
        }
        try:
            launch = self._session.launch()
        except EngineError as error:
            self._dock.banner.say(ERROR, str(error))
            return
        self.task = ExportTask(launch, request, layer.name())
        self.task.ended.connect(self._end)
        text = tr("Exporting {layer}…").format(layer=layer.name())
        self._dock.banner.say(INFO, text, tr("Cancel"), self.task.cancel)
        QgsApplication.taskManager().addTask(self.task)
        self._refresh()

    def _end(self, outcome: JobOutcome) -> None:
        self.task = None
        self._refresh()
        banner = self._dock.banner
        if outcome.state == "failed":
            banner.say(ERROR, outcome.message)
            return
        if outcome.state != "done" or outcome.job is None:
            banner.say(INFO, tr("The export was cancelled; nothing was written."))
            return
        result = outcome.job.result
        output = str(result.get("output") or "")
        sentences = [
            tr(
                "%n box(es) are in {path} now; a file beside it tells where they come from.",
                n=int(result.get("features") or 0),
            ).format(path=output)
        ]
        if left_out(result):
            sentences.append(tr("Left out: {reasons}.").format(reasons=left_out(result)))
        warnings = outcome.job.warnings
        folder = partial(QDesktopServices.openUrl, QUrl.fromLocalFile(str(Path(output).parent)))
        kind = WARNING if warnings else INFO
        banner.say(kind, " ".join(sentences + warnings), tr("Open the folder"), folder)

    def _refresh(self, *_: object) -> None:
        self._dock.export.setEnabled(self._review.layer is not None and self.task is None)


def _kind_of(path: str) -> str:
    """Return the format that a path's ending says, GeoPackage where it says none."""
    ending = Path(path).suffix.lower()
    return next((kind for kind, end in TABLES.items() if end == ending), "gpkg")
