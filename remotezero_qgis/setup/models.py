"""Models as the engine has them: one list of those here and those to be had, and the task that brings one."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from qgis.PyQt.QtCore import pyqtSignal

from ..compat import TASK_FLAGS
from ..connection.client import EngineClient
from ..connection.job_task import JobTask
from ..connection.process import Launch
from ..connection.wire import CatalogueRow, Job, Model
from ..i18n import tr
from ..panel.words import time_words
from .plan import human_size

LICENCE_ERROR = "LicenceError"


@dataclass(frozen=True)
class ModelRow:
    """One line of the list.

    Attributes:
        name: of the model.
        texts: what the columns show: name, state, size, licence, memory for finding and for learning.
        whence: repository, commit or folder, for the tool tip.
        can_get: it can be got, or gone on with.
        can_remove: it can be removed.
    """

    name: str
    texts: tuple[str, ...]
    whence: str
    can_get: bool
    can_remove: bool


def list_rows(client: EngineClient) -> list[ModelRow]:
    """Ask the engine for all models: those that are here first, then those that can be had (worker thread)."""
    rows = [_installed(model) for model in client.models()]
    return rows + [_offered(row) for row in client.catalogue() if row.state != "here"]


def _installed(model: Model) -> ModelRow:
    state = tr("default") if model.default else tr("used where it is") if model.in_place else tr("installed")
    whence = " ".join(filter(None, (model.repository, model.commit)))
    shown = (_named(model.name, model.role), state, human_size(model.size_bytes))
    return ModelRow(model.name, (*shown, *_facts(model)), whence, can_get=False, can_remove=not model.shipped)


def _offered(row: CatalogueRow) -> ModelRow:
    if row.state == "missing":
        texts = (_named(row.name, row.role), tr("its disk is not there"), "", "", "", "")
        return ModelRow(row.name, texts, row.folder, can_get=False, can_remove=True)
    state = tr("not installed")
    if row.state == "unfinished":
        state = tr("{share} % has come").format(share=round(100 * row.have_bytes / max(row.size_bytes, 1)))
    texts = (_named(row.name, row.role), state, human_size(row.size_bytes), *_facts(row))
    whence = " ".join(filter(None, (row.repository, row.commit)))
    return ModelRow(row.name, texts, whence, can_get=True, can_remove=row.state == "unfinished")


def _named(name: str, role: str) -> str:
    return tr("{name}: outlines").format(name=name) if role == "outline" else name


def _facts(model: Model | CatalogueRow) -> tuple[str, ...]:
    """Licence, and memory for finding and for learning."""
    licence = model.licence
    if model.commercial is False:
        licence = tr("{licence} (no commercial use)").format(licence=licence)
    return (licence, _memory(model.memory_bytes), _memory(model.memory_learning_bytes))


def _memory(size_bytes: int) -> str:
    return human_size(size_bytes) if size_bytes else ""


class BringTask(JobTask):
    """Has the engine get or add a model; what has come stays when it is cancelled.

    Args:
        token: access token of the hub; "" has the engine forget one that was given before.

    Signals:
        step(float, str): share done, 0..1, and what is being brought, how much of it is here and how long it takes.
        line(str): a line of the log.
    """

    step = pyqtSignal(float, str)
    line = pyqtSignal(str)

    def __init__(self, title: str, launch: Launch, kind: str, request: dict[str, Any], token: str) -> None:
        super().__init__(title, TASK_FLAGS, launch)
        self._title, self._kind, self._request, self._token = title, kind, request, token

    def submit(self, client: EngineClient) -> Job:
        """Queue the job; the token goes beside it, never into it."""
        if self._kind == "get":
            client.keep_hub_token(self._token)
        return client.create_job(self._kind, self._request)

    def handle(self, event: Any) -> None:
        """Pass on what is told and how far it is."""
        if event.type == "log":
            self.line.emit(str(event.data.get("message") or ""))
        elif event.type == "progress":
            done, total = int(event.data.get("done") or 0), int(event.data.get("total") or 0)
            text = tr("{done} of {total}").format(done=human_size(done), total=human_size(total))
            left = event.data.get("seconds_left")
            if left is not None and done < total:
                text = tr("{done}, about {time} left").format(done=text, time=time_words(float(left)))
            self.setProgress(100.0 * done / max(total, 1))
            self.step.emit(done / max(total, 1), "{}: {}".format(self._title, text))
