"""The Run button, and in its place while a run goes on: progress, time left, Cancel."""

from __future__ import annotations

from qgis.PyQt.QtCore import Qt, pyqtSignal
from qgis.PyQt.QtWidgets import QHBoxLayout, QProgressBar, QPushButton, QStackedWidget, QVBoxLayout, QWidget

from ..connection.wire import JobProgress
from ..i18n import tr
from ..look import SoftLabel, icon, larger, unit
from .words import progress_words


class RunStrip(QStackedWidget):
    """Either a button or a progress bar.

    Signals:
        run_wanted(), cancel_wanted(): a button was pressed.
    """

    run_wanted = pyqtSignal()
    cancel_wanted = pyqtSignal()

    def __init__(self, text: str, picture: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._run = QPushButton(icon(picture), text)
        self._run.setDefault(True)
        self._run.setFont(larger(self.font(), 1.05, bold=True))
        self._run.setMinimumHeight(round(unit(self) * 2))
        self._run.clicked.connect(self.run_wanted)
        self._bar = QProgressBar()
        self._bar.setTextVisible(False)
        self._bar.setMaximumHeight(round(unit(self) * 0.6))
        self._words = SoftLabel()
        self._cancel = QPushButton(icon("/mTaskCancel.svg"), tr("Cancel"))
        self._cancel.clicked.connect(self.stop)

        idle = QWidget()
        row = QHBoxLayout(idle)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self._run, 1)
        busy = QWidget()
        words = QVBoxLayout()
        words.addWidget(self._bar)
        words.addWidget(self._words)
        row = QHBoxLayout(busy)
        row.setContentsMargins(0, 0, 0, 0)
        row.addLayout(words, 1)
        row.addWidget(self._cancel, 0, Qt.AlignmentFlag.AlignVCenter)
        self.addWidget(idle)
        self.addWidget(busy)

    @property
    def running(self) -> bool:
        """True while the progress bar is shown."""
        return self.currentIndex() == 1

    def set_running(self, running: bool) -> None:
        """Show the progress bar or the button."""
        self._bar.setRange(0, 0)
        self._words.setText(tr("Starting…") if running else "")
        self._cancel.setEnabled(True)
        self.setCurrentIndex(1 if running else 0)

    def set_text(self, text: str) -> None:
        """Say what the button does now."""
        self._run.setText(text)

    def set_ready(self, ready: bool, reason: str) -> None:
        """Allow a run, or say why it can't be started."""
        self._run.setEnabled(ready)
        self._run.setToolTip(reason)

    def set_progress(self, progress: JobProgress, words: str = "") -> None:
        """Show how far the work is: in ``words``, else as windows done and time left."""
        if progress.total:
            self._bar.setRange(0, progress.total)
            self._bar.setValue(progress.done)
            self._words.setText(words or progress_words(progress))

    def set_words(self, words: str) -> None:
        """Show what is going on."""
        if words:
            self._words.setText(words)

    @property
    def words(self) -> str:
        """What the strip says at the moment."""
        return self._words.text()

    def stop(self) -> None:
        """Ask for the end of what goes on, once."""
        if not self._cancel.isEnabled():
            return
        self._cancel.setEnabled(False)
        self._words.setText(tr("Stopping…"))
        self.cancel_wanted.emit()
