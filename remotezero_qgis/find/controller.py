"""From question to boxes: connects the panel's upper half with the run that goes on."""

from __future__ import annotations

from functools import partial

from qgis.core import QgsMapLayer, QgsProject, QgsRasterLayer
from qgis.gui import QgsMapCanvas
from qgis.PyQt.QtCore import QObject, QUrl
from qgis.PyQt.QtGui import QDesktopServices

from ..connection.client import EngineClient
from ..connection.process import LOG_FILE
from ..connection.session import Session
from ..connection.wire import AdapterChoice, Job
from ..dock import Dock
from ..errors import EngineError, SnapshotError
from ..i18n import tr
from ..layers.marks import RectangleMark
from ..layers.place import CANVAS, RECTANGLE, ChosenPlace, PlaceError, snapshot_size
from ..layers.result_layers import Origin, finished_layer
from ..layers.snapshot import BYTES_PER_PIXEL, needs_snapshot
from ..panel.banner import ERROR, INFO, WARNING
from ..panel.blank_page import nothing_found, welcome
from ..panel.question_box import remember
from ..settings import change_settings, load_settings
from .planning import FindChoices, plan_loading, plan_run
from .review import Review
from .runs import FindRuns
from .task import FindOutcome, FindPlan


class FindController(QObject):
    """Reads the form, starts runs, and shows how they go."""

    def __init__(
        self,
        dock: Dock,
        canvas: QgsMapCanvas,
        runs: FindRuns,
        review: Review,
        session: Session,
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._dock, self._canvas, self._runs = dock, canvas, runs
        self._review, self._session = review, session
        self._active_id = ""
        self._last: tuple[FindPlan, Origin] | None = None
        self.rectangle = RectangleMark(canvas, self)
        self._restore()
        self._connect()
        self.refresh_setup()

    def _connect(self) -> None:
        dock, runs = self._dock, self._runs
        dock.strip.run_wanted.connect(self.run)
        dock.strip.cancel_wanted.connect(runs.cancel)
        QgsProject.instance().layersRemoved.connect(self._scope_changed)
        dock.scope.changed.connect(self._scope_changed)
        dock.scope.draw_wanted.connect(self.rectangle.draw)
        dock.scope.models_wanted.connect(self._fetch_models)
        dock.shown.connect(self._panel_shown)
        self.rectangle.drawn.connect(self._scope_changed)
        self._canvas.extentsChanged.connect(self._view_changed)
        runs.began.connect(self._began)
        runs.queued.connect(self._review.set_job)
        runs.found.connect(self._found)
        runs.progressed.connect(dock.strip.set_progress)
        runs.noted.connect(dock.strip.set_words)
        runs.interrupted.connect(partial(dock.banner.say, WARNING))
        runs.ended.connect(self._ended)
        self._review.refused.connect(partial(dock.banner.say, WARNING))

    def _restore(self) -> None:
        settings = load_settings()
        self._dock.question.set_history(settings.history)
        self._dock.scope.set_zoom(settings.zoom, settings.gsd_m)
        self._dock.scope.choose_model(settings.model, AdapterChoice.read(settings.adapter))
        self._show_welcome()

    def close(self) -> None:
        """Take everything off the canvas, and listen to it and the project no more."""
        QgsProject.instance().layersRemoved.disconnect(self._scope_changed)
        self._dock.scope.changed.disconnect(self._scope_changed)
        self._canvas.extentsChanged.disconnect(self._view_changed)
        self.rectangle.close()

    def refresh_setup(self) -> None:
        """Show the set-up page when there is no engine, else the panel."""
        possible = self._session.launch().possible
        self._dock.show_setup(not possible)
        if possible:
            self._panel_shown()

    def set_active_layer(self, layer: QgsMapLayer | None) -> None:
        """Follow QGIS's active layer; one that is no raster leaves the last raster in force."""
        self._active_id = layer.id() if layer is not None else ""
        if isinstance(layer, QgsRasterLayer):
            self._dock.scope.set_active(layer)
        elif self._dock.scope.raster is None:
            self._dock.scope.set_active(None)

    def run(self) -> None:
        """Start a run with what the form says."""
        dock = self._dock
        if self._runs.running or dock.in_setup:
            return
        dock.banner.hide()
        if not dock.question.question:
            dock.banner.say(INFO, tr("Type what you are looking for, for instance “the largest ship”."))
            dock.question.setFocus()
            return
        if dock.scope.raster is None:
            dock.banner.say(INFO, tr("Choose a raster to search in: select it in the layer list or above."))
            return
        try:
            plan, origin = plan_run(self._choices(), self._session.launch())
        except (PlaceError, SnapshotError, EngineError) as error:
            dock.banner.say(ERROR, str(error))
            return
        scope = dock.scope
        history = remember(load_settings().history, dock.question.question)
        change_settings(
            history=history, zoom=scope.zoom, gsd_m=scope.gsd_m, model=scope.model, adapter=scope.adapter.text
        )
        dock.question.set_history(history)
        self._start(plan, origin)

    def load(self, job: Job, resume: bool = False) -> None:
        """Load an earlier job, or have a failed or cancelled one go on."""
        if self._runs.running:
            self._dock.banner.say(INFO, tr("A run is going on. Load the earlier one when it has ended."))
            return
        self._dock.banner.hide()
        layer = finished_layer(job.id)
        if layer is not None:
            # Written anew it would lose what was edited in it.
            self._review.show_layer(layer)
            self._dock.banner.say(
                INFO, tr("This run is in the project already: {layer}.").format(layer=layer.name())
            )
            return
        self._start(*plan_loading(job, self._session.launch(), resume))

    def _start(self, plan: FindPlan, origin: Origin) -> None:
        self._last = (plan, origin)
        self._runs.start(plan, origin)

    def _place(self) -> ChosenPlace:
        scope, drawn = self._dock.scope, self.rectangle
        active = QgsProject.instance().mapLayer(self._active_id)
        view = self._canvas.mapSettings()
        return ChosenPlace(scope.place, view, drawn.rectangle, drawn.crs, active, scope.gsd_m)

    def _choices(self) -> FindChoices:
        scope, question = self._dock.scope, self._dock.question.question
        return FindChoices(question, scope.raster, self._place(), scope.zoom, scope.model, scope.adapter)

    def _began(self, plan: FindPlan) -> None:
        self._dock.strip.set_running(True)
        self._review.follow(plan.job_id, plan.crs)
        self._dock.show_blank(tr("Looking…"), tr("Boxes appear here and on the map as they are found."))

    def _found(self, detections: list) -> None:
        self._review.add(detections)
        self._dock.show_results()

    def _ended(self, outcome: FindOutcome, layer: object) -> None:
        self._dock.strip.set_running(False)
        job_id = outcome.job.id if outcome.job else ""
        self._review.show_run(layer, job_id, outcome.rows, outcome.crs)
        if outcome.detections:
            self._dock.show_results()
        elif outcome.state == "done":
            self._dock.show_blank(*nothing_found(outcome.job))
        else:
            self._show_welcome()
        self._show_end(outcome, layer)
        self._fetch_models(start=False)

    def _show_welcome(self) -> None:
        self._dock.show_blank(*welcome(self._session.launch().remote is None))

    def _show_end(self, outcome: FindOutcome, layer: object) -> None:
        dock = self._dock
        if outcome.state == "failed":
            resume = partial(self.load, outcome.job, True) if outcome.job else self._again
            dock.banner.say(ERROR, outcome.message, tr("Go on") if outcome.job else tr("Try again"), resume)
        elif outcome.state == "cancelled" and outcome.job is not None:
            text = tr("Cancelled. {n} boxes found so far are kept.").format(n=len(outcome.detections))
            dock.banner.say(INFO, text, tr("Go on"), partial(self.load, outcome.job, True))
        elif outcome.table and layer is None:
            text = tr("The layer or project was closed during the run. Nothing is lost: {n} boxes are saved.")
            load = partial(self.load, outcome.job)
            dock.banner.say(INFO, text.format(n=len(outcome.detections)), tr("Add them to the map"), load)
        elif outcome.state == "done" and outcome.job is not None and outcome.job.warnings:
            dock.banner.say(WARNING, " ".join(outcome.job.warnings))

    def _again(self) -> None:
        if self._last is not None and not self._runs.running:
            self._start(*self._last)

    def open_log(self) -> None:
        """Open the engine's log in the system's viewer."""
        QDesktopServices.openUrl(QUrl.fromLocalFile(str(self._session.launch().home / LOG_FILE)))

    def _panel_shown(self) -> None:
        if not self._dock.in_setup:
            self._fetch_models(start=False)

    def _fetch_models(self, start: bool = True) -> None:
        self._session.ask(EngineClient.models, self._dock.scope.set_models, start=start)

    def _view_changed(self) -> None:
        if self._dock.isVisible() and self._dock.scope.place == CANVAS:
            self._scope_changed()

    def _scope_changed(self, *_: object) -> None:
        scope = self._dock.scope
        self.rectangle.set_visible(scope.place == RECTANGLE)
        raster = scope.raster
        self._dock.strip.set_ready(
            raster is not None, "" if raster is not None else tr("Add a raster to the project first.")
        )
        scope.set_hint(self._hint(raster) if raster is not None else tr("Add a raster to the project first."))

    def _hint(self, raster: QgsRasterLayer) -> str:
        """Say what a run would render of a layer that the engine can't open itself."""
        if not needs_snapshot(raster):
            return ""
        try:
            width_px, height_px = snapshot_size(self._place(), raster)
        except (PlaceError, SnapshotError) as error:
            return str(error)
        return tr("Rendered for the engine first: {width} × {height} pixels, up to {size} MB.").format(
            width=width_px, height=height_px, size=max(1, round(width_px * height_px * BYTES_PER_PIXEL / 1e6))
        )
