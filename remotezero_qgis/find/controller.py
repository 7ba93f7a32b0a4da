"""From question to boxes: connects the panel's upper half with the run that goes on."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import partial

from qgis.core import QgsMapLayer, QgsProject, QgsRasterLayer
from qgis.gui import QgsMapCanvas
from qgis.PyQt.QtCore import QObject, QUrl
from qgis.PyQt.QtGui import QDesktopServices

from ..connection.client import EngineClient
from ..connection.process import LOG_FILE
from ..connection.server_keys import recall
from ..connection.session import Session
from ..connection.wire import AdapterChoice, Job
from ..dock import Dock
from ..errors import EngineError, SnapshotError
from ..i18n import tr
from ..layers.marks import MapView, RectangleMark
from ..layers.place import (
    CANVAS,
    LAYER,
    RECTANGLE,
    ChosenPlace,
    PlaceError,
    snapshot_size,
    topmost_raster,
)
from ..layers.result_layers import Origin, finished_layer
from ..layers.snapshot import BYTES_PER_PIXEL, needs_snapshot
from ..layers.sought import Sought
from ..panel.banner import ERROR, INFO, WARNING
from ..panel.blank_page import nothing_found, welcome
from ..panel.question_box import remember
from ..panel.question_list import with_typed
from ..settings import change_settings, load_settings
from .many import ManyChooser
from .many_planning import plan_many
from .many_task import ManyOutcome, many_words
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
        view: MapView,
        runs: FindRuns,
        review: Review,
        session: Session,
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._dock, self._canvas, self._view, self._runs = dock, canvas, view, runs
        self._review, self._session = review, session
        self._active_id = ""
        self._last: tuple[FindPlan, Origin] | None = None
        self.rectangle = RectangleMark(canvas, self)
        self.many = ManyChooser(dock, session, self)
        self._restore()
        self._connect()
        self.refresh_setup()

    def _connect(self) -> None:
        dock, runs = self._dock, self._runs
        dock.strip.run_wanted.connect(lambda: self.run())
        dock.more_questions.clicked.connect(lambda _: self.add_question())
        dock.results.minimum_changed.connect(lambda _: dock.questions.keep_minimums(dock.results.minimums))
        dock.strip.cancel_wanted.connect(runs.cancel)
        dock.escaped.connect(self._escape)
        dock.whole_wanted.connect(self.search_whole)
        QgsProject.instance().layersRemoved.connect(self.follow_rasters)
        QgsProject.instance().layersAdded.connect(self.follow_rasters)
        dock.scope.changed.connect(self._scope_changed)
        self.many.changed.connect(self._scope_changed)
        dock.scope.draw_wanted.connect(self.rectangle.draw)
        dock.scope.models_wanted.connect(self._fetch_models)
        dock.scope.model_changed.connect(self._model_changed)
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
        self._review.shown.connect(self._show_searched)
        self._review.refused.connect(partial(dock.banner.say, WARNING))

    def _restore(self) -> None:
        settings = load_settings()
        self._dock.question.set_history(settings.history)
        self._dock.scope.set_zoom(settings.zoom, settings.gsd_m)
        self._dock.scope.choose_model(settings.model, AdapterChoice.read(settings.adapter))
        self._dock.scope.choose_verifier(settings.second_opinion)
        self.show_welcome()

    def close(self) -> None:
        """Take everything off the canvas, and listen to it and the project no more."""
        QgsProject.instance().layersRemoved.disconnect(self.follow_rasters)
        QgsProject.instance().layersAdded.disconnect(self.follow_rasters)
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
        else:
            self.follow_rasters()

    def follow_rasters(self, *_: object) -> None:
        """Have a raster whenever the project has one: without any that was active, the topmost."""
        if self._dock.scope.raster is None:
            self._dock.scope.set_active(topmost_raster(), topmost=True)
        self._scope_changed()

    def search_whole(self) -> None:
        """Ask the question of the run that is shown again, over the whole raster."""
        searched, dock = self._review.searched, self._dock
        if searched.raster is None or self._runs.running:
            return
        if dock.scope.raster is not searched.raster:
            dock.scope.choose_raster(searched.raster)
        dock.scope.set_place(LAYER)
        self.run(self._review.sought)

    def _escape(self) -> None:
        """Leave the drawing of a rectangle, else cancel the run that goes on."""
        if self.rectangle.drawing:
            self.rectangle.leave()
        elif self._runs.running:
            self._dock.strip.stop()

    def _show_searched(self) -> None:
        searched = self._review.searched
        self._dock.show_searched(
            searched.sentence, searched.partial and not self._runs.running, bool(searched.table_id)
        )
        self._dock.searched.setToolTip(searched.scores)

    @property
    def sought(self) -> tuple[Sought, ...]:
        """What the form asks for: the listed questions, and the typed one."""
        return with_typed(self._dock.questions.sought, self._dock.question.question)

    def add_question(self) -> None:
        """Put the typed question on the list of those that are asked together."""
        dock = self._dock
        if not dock.question.question:
            dock.banner.say(INFO, tr("Type what else to look for, then add it."))
        elif dock.questions.add(dock.question.question):
            dock.question.setEditText("")
        else:
            dock.banner.say(INFO, tr("This question is on the list already, or the list is full."))
        dock.question.setFocus()

    def run(self, sought: tuple[Sought, ...] = ()) -> None:
        """Start a run with what the form says; ``sought`` is asked in place of the form's questions."""
        dock, sought = self._dock, sought or self.sought
        if self._runs.running or dock.in_setup:
            return
        dock.banner.hide()
        if not sought:
            dock.banner.say(INFO, tr("Type what you are looking for, for instance “the largest ship”."))
            dock.question.setFocus()
            return
        if dock.scope.raster is None and self.many.rasters is None:
            dock.banner.say(INFO, tr("Choose a raster to search in: select it in the layer list or above."))
            return
        one = self.many.rasters is None
        if one and dock.scope.compare.wanted and dock.scope.compare.raster is None:
            dock.banner.say(
                INFO,
                tr(
                    "Choose the earlier raster to compare with, or switch the comparison off beside the raster."
                ),
            )
            return
        try:
            plan, origin = self._plan(sought)
        except (PlaceError, SnapshotError, EngineError) as error:
            dock.banner.say(ERROR, str(error))
            return
        history = load_settings().history
        for one in reversed(sought):
            history = remember(history, one.question)
        change_settings(history=history, **dock.scope.kept)
        dock.question.set_history(history)
        self._start(plan, origin)

    def _plan(self, sought: tuple[Sought, ...], again: bool = False) -> tuple[FindPlan, Origin]:
        recall(self._dock.scope.model, self._dock.scope.verifier)
        choices, launch = self._choices(sought), self._session.launch()
        if self.many.rasters is None:
            return plan_run(choices, launch)
        return plan_many(self.many.rasters, choices, launch, self._dock.scope.many.beside.isChecked(), again)

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
        if resume:
            recall(job.request.get("model"), job.request.get("verifier"))
        self._start(*plan_loading(job, self._session.launch(), resume))

    def _start(self, plan: FindPlan, origin: Origin) -> None:
        self._last = (plan, origin)
        self._dock.results.start_at(self._dock.scope.min_score)
        origin = replace(origin, min_score=self._dock.results.minimum)
        self._runs.start(plan, origin)

    def _place(self) -> ChosenPlace:
        scope, drawn = self._dock.scope, self.rectangle
        active = QgsProject.instance().mapLayer(self._active_id)
        return ChosenPlace(
            scope.place, self._view.settings(), drawn.rectangle, drawn.crs, active, scope.gsd_m
        )

    def _choices(self, sought: tuple[Sought, ...]) -> FindChoices:
        scope = self._dock.scope
        return FindChoices(
            sought,
            scope.raster,
            self._place(),
            scope.zoom,
            scope.model,
            scope.adapter,
            scope.outline,
            scope.compare.raster,
            scope.compare.tolerance_m,
            scope.by_camera,
            scope.camera_height_m,
            scope.verifier,
        )

    def _began(self, plan: FindPlan) -> None:
        self._dock.strip.set_running(True)
        self._review.follow(plan.job_id, plan.crs, plan.searched, plan.sought)
        self._dock.show_blank(tr("Looking…"), tr("Boxes appear here and on the map as they are found."))

    def _found(self, detections: list) -> None:
        self._review.add(detections)
        self._dock.show_results()

    def _ended(self, outcome: FindOutcome, layer: object) -> None:
        self._dock.strip.set_running(False)
        if outcome.searched is not None:
            self._review.searched = outcome.searched
        self._dock.scope.tell_scoring()
        self._review.show_run(layer, outcome.run_id, outcome.rows, outcome.crs)
        if outcome.detections:
            self._dock.show_results()
        elif outcome.state == "done":
            self._dock.show_blank(*nothing_found(outcome.job))
        else:
            self.show_welcome()
        self._show_end(outcome, layer)
        self._fetch_models(start=False)

    def show_welcome(self) -> None:
        """Show what to do, where the boxes would be."""
        local = self._session.launch().remote is None and not self._dock.scope.sends_pictures
        self._dock.show_blank(*welcome(local))

    def _model_changed(self) -> None:
        if self._dock.welcoming:
            self.show_welcome()

    def _show_end(self, outcome: FindOutcome, layer: object) -> None:
        dock = self._dock
        if isinstance(outcome, ManyOutcome):
            dock.banner.say(*self._end_of_many(outcome))
        elif outcome.state == "failed":
            resume = partial(self.load, outcome.job, True) if outcome.job else self._again
            dock.banner.say(ERROR, outcome.message, tr("Go on") if outcome.job else tr("Try again"), resume)
        elif outcome.state == "cancelled" and outcome.job is not None:
            found = len(outcome.detections)
            text = tr("Cancelled. %n box(es) found so far are kept.", n=found)
            text = text if found else tr("Cancelled. Nothing was found so far.")
            dock.banner.say(INFO, text, tr("Go on"), partial(self.load, outcome.job, True))
        elif outcome.table and layer is None:
            text = tr(
                "The layer or project was closed during the run. Nothing is lost: %n box(es) are saved.",
                n=len(outcome.detections),
            )
            load = partial(self.load, outcome.job)
            dock.banner.say(INFO, text, tr("Add them to the map"), load)
        elif outcome.state == "done" and outcome.job is not None:
            self._show_findings(outcome)

    def _end_of_many(self, outcome: ManyOutcome) -> tuple[str, str, str, Callable[[], None]]:
        """Say how a run over many rasters ended: kind, words, and the button with what it does."""
        total = len(self._last[0].asks) if self._last else len(outcome.rasters)
        words = many_words(outcome, total)
        kind = ERROR if outcome.state == "failed" else WARNING if outcome.unread else INFO
        if outcome.state != "done":
            return kind, words, tr("Go on"), self._again
        if outcome.known:
            return kind, words, tr("Ask all again"), self._all_again
        return kind, words, "", self._again

    def _all_again(self) -> None:
        if self._last is not None and not self._runs.running:
            plan, origin = self._last
            self._start(replace(plan, again=True), origin)

    def _show_findings(self, outcome: FindOutcome) -> None:
        """Pass on what the engine warns of; where nothing was found in a part, offer the rest."""
        sentences, searched = list(outcome.job.warnings), self._review.searched
        if not outcome.detections and searched.partial:
            sentences.append(tr("Nothing was found in {place}.").format(place=searched.place))
            self._dock.banner.say(
                WARNING if outcome.job.warnings else INFO,
                "\n".join(sentences),
                tr("Search the whole raster"),
                self.search_whole,
            )
        elif sentences:
            self._dock.banner.say(WARNING, "\n".join(sentences))

    def _view_hint(self) -> str:
        if self._dock.scope.place != CANVAS or not self._view.zoomed:
            return ""
        return tr("The view from before the zoom to a box is searched. Move the map to search what it shows.")

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
        if self.many.rasters is not None:
            self._dock.strip.set_ready(True, "")
            scope.set_hint(self._view_hint())
            return
        self._dock.strip.set_ready(
            raster is not None, "" if raster is not None else tr("Add a raster to the project first.")
        )
        scope.set_hint(self._hint(raster) if raster is not None else tr("Add a raster to the project first."))

    def _hint(self, raster: QgsRasterLayer) -> str:
        """Say what is not to be seen of the place: a view from before, and what a run would render first."""
        if not needs_snapshot(raster):
            return self._view_hint()
        try:
            width_px, height_px = snapshot_size(self._place(), raster)
        except (PlaceError, SnapshotError) as error:
            return str(error)
        return tr("Rendered for the engine first: {width} × {height} pixels, up to {size} MB.").format(
            width=width_px, height=height_px, size=max(1, round(width_px * height_px * BYTES_PER_PIXEL / 1e6))
        )
