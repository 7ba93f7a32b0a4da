"""What the engine knows already: models with their adapters, and the runs that were or are going on."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from qgis.PyQt.QtCore import QObject, QSignalBlocker, QTimer, pyqtSignal

from ..connection.background import Background
from ..connection.process import Launch, ensure_engine, find_engine
from ..connection.wire import Job, Model
from ..find.earlier_runs import SHOWN, job_line
from ..i18n import tr
from ..panel.banner import ERROR, INFO
from .learning import Learning
from .page import ImprovePage

# A cancelled run's last round may still be checked and kept for about a minute.
LOOK_AGAIN_MS = (15_000, 35_000, 70_000)
PATIENCE_S = 10.0


class Keeping(QObject):
    """Fills lists from the engine, carries out choices, and takes up a run that goes on already.

    Signals:
        models_came(list): the models, as Model.
    """

    models_came = pyqtSignal(list)

    def __init__(
        self,
        page: ImprovePage,
        learning: Learning,
        background: Background,
        launch: Callable[[], Launch],
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._page, self._learning = page, learning
        self._background, self._launch = background, launch
        self._models: list[Model] = []
        self._seen: set[str] = set()
        self._timers = [self._timer(delay) for delay in LOOK_AGAIN_MS]
        page.adapters.chosen.connect(self.choose)
        page.form.model.opened.connect(partial(self.refresh, True))
        page.form.model.currentIndexChanged.connect(self._show_adapters)
        page.earlier.aboutToShow.connect(self._fetch_earlier)
        learning.round_ended.connect(partial(self.refresh, True))
        learning.ended.connect(self._run_ended)

    def close(self) -> None:
        """Look no more."""
        for timer in self._timers:
            timer.stop()

    def refresh(self, start: bool = False) -> None:
        """Ask for models and runs; only with ``start`` is an engine started for it."""
        work = partial(_look, self._launch(), self._background, start)
        self._background.call(work, self._came)

    def choose(self, model: str, adapter: str) -> None:
        """Use another adapter from now on, "" for the model as it came."""
        self._page.adapters.set_enabled(False)
        work = partial(_choose, self._launch(), self._background, model, adapter)
        self._background.call(work, self._chosen, self._refused)

    def show_models(self, models: list[Model]) -> None:
        """Show models that were asked for elsewhere."""
        self._models = models
        with QSignalBlocker(self._page.form.model):
            self._page.form.model.fill(models)
        self._show_adapters()

    def _came(self, answer: tuple[list[Model], list[Job]] | None) -> None:
        if answer is None:
            return
        models, jobs = answer
        self.show_models(models)
        self.models_came.emit(models)
        # A run that was shown and is no longer watched is not taken up again without being asked.
        self._seen.add(self._learning.job_id)
        going_on = [job for job in jobs if not job.ended and job.id not in self._seen]
        if going_on and not self._learning.running:
            self._learning.load(going_on[0])

    def _show_adapters(self, *_: object) -> None:
        name = self._page.form.model.currentData() or ""
        found = [model for model in self._models if model.name == name or (not name and model.default)]
        model = found[0] if found else None
        self._page.adapters.show_model(model)
        current = model.current if model is not None else None
        self._learning.start_adapter = current.name if current is not None else ""

    def _chosen(self, model: Model) -> None:
        self._page.adapters.set_enabled(True)
        self._models = [model if other.name == model.name else other for other in self._models]
        self._show_adapters()
        self.models_came.emit(self._models)
        current = model.current
        text = tr("{name} is used from now on.") if current else tr("{model} is used as it came from now on.")
        name = current.name if current else ""
        self._page.banner.say(INFO, text.format(name=name, model=model.name))

    def _refused(self, error: Exception) -> None:
        self._page.adapters.set_enabled(True)
        self._page.banner.say(ERROR, str(error))

    def _run_ended(self, state: str) -> None:
        self.refresh(start=True)
        if state == "cancelled":
            for timer in self._timers:
                timer.start()

    def _timer(self, delay: int) -> QTimer:
        timer = QTimer(self)
        timer.setSingleShot(True)
        timer.setInterval(delay)
        timer.timeout.connect(self.refresh)
        return timer

    def _fetch_earlier(self) -> None:
        self._say(tr("Asking the engine…"))
        work = partial(_look, self._launch(), self._background, True)
        self._background.call(work, self._fill_earlier, lambda error: self._say(str(error)))

    def _fill_earlier(self, answer: tuple[list[Model], list[Job]]) -> None:
        _, jobs = answer
        if not jobs:
            self._say(tr("There are none yet."))
            return
        self._page.earlier.clear()
        for job in jobs[:SHOWN]:
            about = ", ".join(job.request.get("queries") or []) or tr("questions of its own")
            action = self._page.earlier.addAction(job_line(about, job))
            action.setToolTip("\n".join(str(path) for path in job.request.get("rasters") or []))
            action.triggered.connect(partial(self._load, job))
        self._page.earlier.setToolTipsVisible(True)

    def _load(self, job: Job, _checked: bool = False) -> None:
        self._learning.load(job)

    def _say(self, text: str) -> None:
        self._page.earlier.clear()
        self._page.earlier.addAction(text).setEnabled(False)


def _look(launch: Launch, background: Background, start: bool) -> tuple[list[Model], list[Job]] | None:
    client = ensure_engine(launch, lambda: background.closed) if start else find_engine(launch, PATIENCE_S)
    if client is None:
        return None
    runs = [job for job in client.jobs() if job.kind == "improve" and not job.request.get("only")]
    return client.models(), runs


def _choose(launch: Launch, background: Background, model: str, adapter: str) -> Model:
    return ensure_engine(launch, lambda: background.closed).choose_adapter(model, adapter)
