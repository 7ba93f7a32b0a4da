"""Work that outlives its page: QGIS deletes the page with its options window, and the next one takes the work up."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

from qgis.core import QgsApplication, QgsTask
from qgis.PyQt.QtCore import QObject, pyqtSignal

from .progress_box import ProgressBox

KEPT_LINES = 2000


class Going(QObject):
    """One piece of work at a time, what it has said so far, and how the last one ended where nobody saw it.

    Attributes:
        title: of what goes on or went on last.
        lines: of its log.
        share: how much is done, 0..1.
        text: what is being done, "" until something is told.

    Signals:
        line(str), step(float, str): passed on from the task.
        ended(object, object): what the work was about, and its outcome.
        over(): after that, for those who only need to know that something may have changed.
    """

    line = pyqtSignal(str)
    step = pyqtSignal(float, str)
    ended = pyqtSignal(object, object)
    over = pyqtSignal()

    def __init__(self) -> None:
        super().__init__()
        self.title, self.text, self.share = "", "", 0.0
        self.lines: list[str] = []
        self._task: QgsTask | None = None
        self._unseen: tuple[object, Any] | None = None
        self._pages = 0

    @property
    def task(self) -> QgsTask | None:
        """What goes on, None where nothing does."""
        return self._task

    def follow(self, page: QObject, ended: Callable[[Any, Any], None]) -> None:
        """Have a page told how the work ends, for as long as the page lives."""
        self._pages += 1
        self.ended.connect(ended)
        page.destroyed.connect(self._page_gone)

    def start(
        self, title: str, task: QgsTask, about: object, settle: Callable[[Any], None] | None = None
    ) -> None:
        """Begin a task that has the signals ``line``, ``step`` and ``ended``.

        Args:
            title: what it is, for people.
            task: not begun yet.
            about: handed back at the end, with the outcome.
            settle: called with the outcome at the end, whether a page is open or not.
        """
        self.title, self.text, self.share, self.lines = title, title, 0.0, []
        self._task, self._unseen = task, None
        task.line.connect(self._said)
        task.step.connect(self._stepped)
        task.ended.connect(partial(self._ended, about, settle))
        QgsApplication.taskManager().addTask(task)

    def cancel(self) -> None:
        """Cancel what goes on."""
        if self._task is not None:
            self._task.cancel()

    def take_unseen(self) -> tuple[object, Any] | None:
        """What ended while no page was open, once: what it was about, and its outcome."""
        unseen, self._unseen = self._unseen, None
        return unseen

    def taken_up(
        self, begin: Callable[[str], None], progress: ProgressBox, ended: Callable[[Any, Any], None]
    ) -> None:
        """Show a page that was just opened what goes on since before, or how it ended meanwhile.

        Args:
            begin: shows that something of this title goes on.
            progress: shows how far it is.
            ended: told what it was about and its outcome, where it ended while no page was open.
        """
        if self._task is not None:
            begin(self.title)
            progress.show_step(self.share, self.text)
            for line in self.lines:
                progress.add_line(line)
            return
        unseen = self.take_unseen()
        if unseen is not None:
            ended(*unseen)

    def _page_gone(self, *_: object) -> None:
        self._pages -= 1

    def _said(self, line: str) -> None:
        self.lines = [*self.lines[1 - KEPT_LINES :], line]
        self.line.emit(line)

    def _stepped(self, share: float, text: str) -> None:
        self.share, self.text = share, text
        self.step.emit(share, text)

    def _ended(self, about: object, settle: Callable[[Any], None] | None, outcome: Any) -> None:
        self._task = None
        if settle is not None:
            settle(outcome)
        if self._pages:
            self.ended.emit(about, outcome)
        else:
            self._unseen = (about, outcome)
        self.over.emit()
