"""What the engine knows already: models with their adapters, and the runs that were or are going on."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

from qgis.PyQt.QtCore import QObject, QSignalBlocker, QTimer, pyqtSignal

from ..connection.client import EngineClient
from ..connection.session import Session
from ..connection.wire import NO_ADAPTER, AdapterChoice, Job, Model
from ..i18n import tr
from ..panel.banner import ERROR, INFO
from ..panel.words import SHOWN, job_line
from ..settings import load_settings
from .controller import ImproveController
from .page import ImprovePage

# A cancelled run's last round may still be checked and kept for about a minute.
LOOK_AGAIN_MS = (15_000, 35_000, 70_000)
PATIENCE_S = 10.0


class Catalogue(QObject):
    """Fills lists from the engine, carries out choices, and takes up a run that goes on already.

    Signals:
        models_came(list): the models, as Model.
    """

    models_came = pyqtSignal(list)

    def __init__(
        self,
        page: ImprovePage,
        controller: ImproveController,
        session: Session,
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._page, self._controller, self._session = page, controller, session
        self._models: list[Model] = []
        self._seen: set[str] = set()
        self._timers = [self._timer(delay) for delay in LOOK_AGAIN_MS]
        page.adapters.chosen.connect(self.choose)
        page.adapters.export_wanted.connect(self._export)
        page.adapters.import_wanted.connect(self._import)
        page.adapters.delete_wanted.connect(self._delete)
        page.form.model.opened.connect(partial(self.refresh, True))
        page.form.model.currentIndexChanged.connect(self._show_adapters)
        page.earlier.aboutToShow.connect(self._fetch_earlier)
        controller.round_ended.connect(partial(self.refresh, True))
        controller.ended.connect(self._run_ended)

    def close(self) -> None:
        """Ask no more."""
        for timer in self._timers:
            timer.stop()

    def refresh(self, start: bool = False) -> None:
        """Ask for models and runs; only with ``start`` is an engine started for it."""
        self._session.ask(_look, self._came, start=start, patience_s=PATIENCE_S)

    def choose(self, model: str, adapter: AdapterChoice) -> None:
        """Use another adapter from now on, or none."""
        self._change(lambda client: client.choose_adapter(model, adapter), self._chosen)

    def _export(self, model: str, adapter: str, file: str, overwrite: bool) -> None:
        self._change(lambda client: client.export_adapter(model, adapter, file, overwrite), self._exported)

    def _import(self, model: str, file: str) -> None:
        self._change(lambda client: client.import_adapter(model, file), self._imported)

    def _delete(self, model: str, adapter: str) -> None:
        self._change(lambda client: client.delete_adapter(model, adapter), partial(self._deleted, adapter))

    def _change(self, work: Callable[[EngineClient], Any], done: Callable[[Any], None]) -> None:
        """Have the engine do something with the adapters; nothing else is done with them meanwhile."""
        self._page.adapters.set_enabled(False)
        self._session.ask(work, done, self._refused)

    def _came(self, answer: tuple[list[Model], list[Job]]) -> None:
        models, jobs = answer
        self._models = models
        with QSignalBlocker(self._page.form.model):
            self._page.form.model.fill(models)
        self._show_adapters()
        self.models_came.emit(models)
        # A run that was shown and is no longer watched is not taken up again without being asked.
        self._seen.add(self._controller.job_id)
        going_on = [job for job in jobs if not job.ended and job.id not in self._seen]
        if going_on and not self._controller.running:
            self._controller.load(going_on[0])

    def _show_adapters(self, *_: object) -> None:
        name = self._page.form.model.currentData() or ""
        found = [model for model in self._models if model.name == name or (not name and model.default)]
        model = found[0] if found else None
        self._page.adapters.show_model(model)
        self._controller.start_adapter = model.in_use if model is not None else NO_ADAPTER

    def _chosen(self, model: Model) -> None:
        current = model.current
        text = tr("{name} is used from now on.") if current else tr("{model} is used as it came from now on.")
        self._changed(model, text.format(name=model.in_use.name, model=model.name))

    def _imported(self, model: Model) -> None:
        known = {
            adapter.name for other in self._models if other.name == model.name for adapter in other.adapters
        }
        fresh = [adapter.name for adapter in model.adapters if adapter.name not in known]
        text = tr("{name} is imported. It can be used from now on.")
        self._changed(model, text.format(name=", ".join(fresh)))
        for name in fresh:
            self._page.adapters.pick(AdapterChoice(name))

    def _deleted(self, adapter: str, model: Model) -> None:
        self._changed(model, tr("{name} is deleted.").format(name=adapter))

    def _exported(self, file: str) -> None:
        self._page.adapters.set_enabled(True)
        text = tr("The adapter is in {file} now.")
        if load_settings().is_remote:
            text = tr("The adapter is in {file} now, on the engine's machine.")
        self._page.banner.say(INFO, text.format(file=file))
        self.refresh()

    def _changed(self, model: Model, text: str) -> None:
        """Show a model that the engine has changed, and say what has changed."""
        self._page.adapters.set_enabled(True)
        self._models = [model if other.name == model.name else other for other in self._models]
        self._show_adapters()
        self.models_came.emit(self._models)
        self._page.banner.say(INFO, text)

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
        self._session.ask(_look, self._fill_earlier, lambda error: self._say(str(error)))

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
        self._controller.load(job)

    def _say(self, text: str) -> None:
        self._page.earlier.clear()
        self._page.earlier.addAction(text).setEnabled(False)


def _look(client: EngineClient) -> tuple[list[Model], list[Job]]:
    runs = [job for job in client.jobs() if job.kind == "improve" and not job.request.get("only")]
    return client.models(), runs
