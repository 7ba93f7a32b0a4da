"""From choices to a plan to a run that is watched: what the Self-improve tab does."""

from __future__ import annotations

import sys
from dataclasses import replace
from functools import partial
from pathlib import PureWindowsPath

from qgis.core import QgsApplication, QgsMapLayer, QgsProject, QgsRasterLayer
from qgis.gui import QgsMapCanvas
from qgis.PyQt.QtCore import QObject, QTimer, pyqtSignal

from ..connection.job_task import LEFT, JobOutcome
from ..connection.server_keys import recall
from ..connection.session import Session
from ..connection.wire import NO_ADAPTER, Job
from ..errors import EngineError, SnapshotError
from ..i18n import tr
from ..layers.marks import MapView, RectangleMark
from ..layers.place import RECTANGLE, PlaceError
from ..panel.banner import ERROR, INFO, WARNING
from ..panel.server_scores import note_scoring, scoring_words
from ..settings import change_settings, load_settings
from .page import ImprovePage
from .record import RunRecord
from .request import choices_of, plan_improve
from .run_files import RunFiles
from .task import ImprovePlan, ImproveTask
from .words import about_sentence, end_sentence, plan_sentences, stage_sentence

PLAN, QUESTIONS = "plan", "questions"
DRAIN_MS = 200
DRAIN_LIMIT = 500


class ImproveController(QObject):
    """Plans, starts, watches and ends one run at a time.

    Signals:
        began(): a plan or a run was started.
        ended(str): it ended in this state: ``done``, ``cancelled``, ``failed`` or ``left``.
        round_ended(): a round was kept or refused.
    """

    began = pyqtSignal()
    ended = pyqtSignal(str)
    round_ended = pyqtSignal()

    def __init__(
        self,
        page: ImprovePage,
        canvas: QgsMapCanvas,
        view: MapView,
        session: Session,
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._page, self._view, self._session = page, view, session
        self._active_id = ""
        self._task: ImproveTask | None = None
        self._ready: ImprovePlan | None = None
        self._outdated = False
        self._rounds = 1
        self._record = RunRecord()
        self._files = RunFiles(page.view, session, self)
        self.start_adapter = NO_ADAPTER
        self.rectangle = RectangleMark(canvas, self)
        self._drain = QTimer(self)
        self._drain.setInterval(DRAIN_MS)
        self._drain.timeout.connect(partial(self._take, DRAIN_LIMIT))
        self._connect()

    def _connect(self) -> None:
        page, project = self._page, QgsProject.instance()
        settings = load_settings()
        page.form.set_limits(settings.minutes, settings.rounds, settings.false_alarms)
        page.form.set_queries(settings.history)
        page.form.model.choose(settings.model)
        page.form.verifier.choose(settings.verifier)
        project.layersAdded.connect(page.form.follow_project)
        project.layersRemoved.connect(page.form.follow_project)
        page.form.changed.connect(self._edited)
        page.form.place.draw_wanted.connect(self.rectangle.draw)
        page.form.recent_wanted.connect(self._fill_recent)
        page.form.proposals_wanted.connect(partial(self._ask_first, QUESTIONS))
        self.rectangle.drawn.connect(self._edited)
        page.strip.run_wanted.connect(self.go_on)
        page.strip.cancel_wanted.connect(self.stop)
        self._files.failed.connect(partial(page.banner.say, WARNING))

    def close(self) -> None:
        """Leave a run to the engine, and let go of canvas and project."""
        project = QgsProject.instance()
        project.layersAdded.disconnect(self._page.form.follow_project)
        project.layersRemoved.disconnect(self._page.form.follow_project)
        self._drain.stop()
        self.rectangle.close()
        if self._task is not None:
            self._task.ended.disconnect(self._end)
            self._task.cancel()
            self._task = None

    @property
    def running(self) -> bool:
        """True while a plan is made or a run is watched."""
        return self._task is not None

    @property
    def record(self) -> RunRecord:
        """The run that is shown."""
        return self._record

    @property
    def job_id(self) -> str:
        """The job of the run that is shown, "" before the first."""
        return self._files.job_id

    def set_active_layer(self, layer: QgsMapLayer | None) -> None:
        """Follow QGIS's active layer; the first raster among them is ticked."""
        self._active_id = layer.id() if layer is not None else ""
        if isinstance(layer, QgsRasterLayer):
            self._page.form.tick(layer.id())

    def show_rectangle(self, visible: bool) -> None:
        """Show the drawn rectangle while the tab is in view."""
        self.rectangle.set_visible(visible and self._page.form.place.place == RECTANGLE)

    def go_on(self) -> None:
        """Do what the button says: show the plan, start the planned run, or go back to the form."""
        page = self._page
        if self.running:
            return
        page.banner.hide()
        if page.shows_run:
            self._edited()
            page.show_form()
        elif self._ready is not None:
            self._start(replace(self._ready, only=""))
        else:
            self._ask_first(PLAN)

    def stop(self) -> None:
        """Stop the run; what was kept stays."""
        if self._task is not None:
            self._task.stop()

    def load(self, job: Job, resume: bool = False) -> None:
        """Watch a job that exists, from its first event on; with ``resume`` have it go on first."""
        if self.running:
            self._page.banner.say(INFO, tr("Learning is going on. Load the earlier run when it has ended."))
            return
        self._page.banner.hide()
        if resume:
            recall(job.request.get("external_verifier"))
        self._start(ImprovePlan(self._session.launch(), job.request, job_id=job.id, resume=resume))

    def _ask_first(self, only: str) -> None:
        """Ask for the plan or for questions; learning begins only after the plan was seen."""
        if self.running:
            return
        self._page.banner.hide()
        self._edited()
        active = QgsProject.instance().mapLayer(self._active_id)
        choices = choices_of(self._page.form, self._view.settings(), self.rectangle, active)
        try:
            plan = plan_improve(choices, self._session.launch())
        except (PlaceError, SnapshotError, EngineError) as error:
            self._page.banner.say(ERROR, str(error))
            return
        form = self._page.form
        change_settings(
            minutes=form.minutes.value(),
            rounds=form.rounds.value(),
            false_alarms=form.false_alarms.choice,
            verifier=choices.verifier,
        )
        self._run(replace(plan, only=only))

    def _start(self, plan: ImprovePlan) -> None:
        self._record, self._files.job_id = RunRecord(), plan.job_id
        self._rounds = int(plan.request.get("rounds") or 1)
        view = self._page.view
        view.show_record(self._record)
        view.show_report_button(False)
        names = ", ".join(PureWindowsPath(str(path)).stem for path in plan.request.get("rasters") or [])
        view.say(tr("Learning from {rasters}").format(rasters=names), about_sentence(plan.request))
        self._page.show_run()
        self._run(plan)

    def _run(self, plan: ImprovePlan) -> None:
        self._ready, self._outdated = None, False
        self._task = ImproveTask(plan)
        self._task.queued.connect(self._queued)
        self._task.noted.connect(self._page.strip.set_words)
        self._task.interrupted.connect(partial(self._page.banner.say, WARNING))
        self._task.ended.connect(self._end)
        self._page.form.setEnabled(False)
        self._page.strip.set_running(True)
        self._drain.start()
        self.began.emit()
        QgsApplication.taskManager().addTask(self._task)

    def _queued(self, job_id: str) -> None:
        if self._task is not None and not self._task.plan.only:
            self._files.job_id = job_id

    def _take(self, limit: int) -> None:
        """Show what came in; pictures can't be asked for before the job's id is known."""
        if not self._task.plan.only and not self._files.job_id:
            return
        events = self._task.take(limit)
        if not events:
            return
        if self._task.plan.only:
            asked = RunRecord()
            asked.add(events)
            self._page.strip.set_words(stage_sentence(asked, 1))
            return
        rounds = len(self._record.rounds)
        self._record.add(events)
        self._page.view.show_record(self._record)
        words = stage_sentence(self._record, self._rounds)
        self._page.strip.set_words(words)
        self._page.strip.set_progress(self._record.progress, words)
        if len(self._record.rounds) != rounds:
            self.round_ended.emit()

    def _end(self, outcome: JobOutcome) -> None:
        self._take(sys.maxsize)
        plan, self._task = self._task.plan, None
        self._drain.stop()
        self._page.form.setEnabled(True)
        self._page.strip.set_running(False)
        if plan.only:
            self._end_asking(plan, outcome)
        else:
            self._end_run(outcome)
        self.ended.emit(outcome.state)

    def _end_asking(self, plan: ImprovePlan, outcome: JobOutcome) -> None:
        if outcome.state == "failed":
            self._page.banner.say(ERROR, outcome.message)
        elif outcome.state == "done" and plan.only == QUESTIONS:
            self._page.form.set_queries(tuple(outcome.job.result.get("queries") or ()))
        elif outcome.state == "done" and not self._outdated:
            self._ready = plan
            self._page.form.show_plan(plan_sentences(outcome.job.result, self.start_adapter))
            self._page.strip.set_text(tr("Start learning"))
            self._page.reveal(self._page.form.plan)

    def _end_run(self, outcome: JobOutcome) -> None:
        banner, view = self._page.banner, self._page.view
        self._page.strip.set_text(tr("New run"))
        view.show_report_button(outcome.state in ("done", "cancelled") and outcome.job is not None)
        again = partial(self.load, outcome.job) if outcome.job is not None else None
        resume = partial(self.load, outcome.job, True) if outcome.job is not None else None
        if outcome.state == "done":
            said = [end_sentence(outcome.job.result, in_use=outcome.job.request.get("promote", True))]
            view.say(" ".join([*said, *self._note_scoring(outcome)]))
            if outcome.job.warnings:
                banner.say(WARNING, " ".join(outcome.job.warnings))
        elif outcome.state == "failed":
            view.say(tr("The run failed"))
            banner.say(ERROR, outcome.message, tr("Go on") if resume else "", resume)
        elif outcome.state == LEFT:
            view.say(tr("The run goes on in the engine"))
            banner.say(
                INFO, tr("It is no longer watched here."), tr("Watch it again") if again else "", again
            )
        else:
            view.say(tr("The run was cancelled"))
            text = tr(
                "Cancelled. Rounds that were kept stay. The one that was going on is still checked if that "
                "takes less than a minute; it is listed below if it is kept."
            )
            banner.say(INFO, text, tr("Go on") if resume else "", resume)

    def _note_scoring(self, outcome: JobOutcome) -> list[str]:
        """Keep how the scores of a server came about, and say so; nothing where the model scored itself."""
        scoring = str((outcome.job.result.get("verifier") or {}).get("scoring") or "")
        note_scoring(outcome.job.request.get("external_verifier"), scoring)
        self._page.form.tell_scoring()
        return [words for words in [scoring_words(scoring)] if words]

    def _edited(self, *_: object) -> None:
        """Forget the plan: it is no longer what the form says."""
        self._ready, self._outdated = None, True
        self.show_rectangle(self._page.isVisible())
        if not self.running and not self._page.shows_run:
            self._page.form.show_plan([])
            self._page.strip.set_text(tr("Show the plan"))

    def _fill_recent(self) -> None:
        self._page.form.set_queries(load_settings().history)
