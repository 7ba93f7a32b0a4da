"""Work going on: what, how far, Cancel, and the log for those who want it."""

from __future__ import annotations

from qgis.PyQt.QtCore import Qt, pyqtSignal
from qgis.PyQt.QtWidgets import (
    QHBoxLayout,
    QLabel,
    QPlainTextEdit,
    QProgressBar,
    QPushButton,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from ..i18n import tr
from ..look import unit

LOG_LINES = 2000
PARTS = 1000


class ProgressBox(QWidget):
    """A bar with words over it and a log under it.

    Signals:
        cancelled(): the user pressed Cancel.
    """

    cancelled = pyqtSignal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.step = QLabel()
        self.step.setWordWrap(True)
        self.bar = QProgressBar()
        self.bar.setRange(0, PARTS)
        self.bar.setTextVisible(False)
        self.cancel = QPushButton(tr("Cancel"))
        self.cancel.clicked.connect(self._cancel)
        self.toggle = QToolButton()
        self.toggle.setText(tr("Show details"))
        self.toggle.setCheckable(True)
        self.toggle.setAutoRaise(True)
        self.toggle.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self.toggle.setArrowType(Qt.ArrowType.RightArrow)
        self.toggle.toggled.connect(self._show_log)
        self.log = QPlainTextEdit()
        self.log.setReadOnly(True)
        self.log.setMaximumBlockCount(LOG_LINES)
        self.log.setLineWrapMode(QPlainTextEdit.LineWrapMode.NoWrap)
        self.log.setMinimumHeight(unit(self) * 8)
        self.log.setAccessibleName(tr("Log of the installation"))
        self.log.hide()
        row = QHBoxLayout()
        row.addWidget(self.bar, 1)
        row.addWidget(self.cancel)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.step)
        layout.addLayout(row)
        layout.addWidget(self.toggle)
        layout.addWidget(self.log, 1)

    def begin(self, text: str) -> None:
        """Start over."""
        self.log.clear()
        self.cancel.setEnabled(True)
        self.set_running(True)
        self.show_step(0.0, text)

    def set_running(self, running: bool) -> None:
        """Show bar and Cancel only while work goes on; the log stays."""
        for part in (self.step, self.bar, self.cancel):
            part.setVisible(running)

    def show_step(self, share: float, text: str) -> None:
        """Move the bar (share 0..1) and say what is being done."""
        self.step.setText(text)
        self.bar.setValue(round(share * PARTS))

    def add_line(self, line: str) -> None:
        """Add a line to the log."""
        self.log.appendPlainText(line)

    def _show_log(self, shown: bool) -> None:
        self.log.setVisible(shown)
        self.toggle.setText(tr("Hide details") if shown else tr("Show details"))
        self.toggle.setArrowType(Qt.ArrowType.DownArrow if shown else Qt.ArrowType.RightArrow)

    def _cancel(self) -> None:
        self.cancel.setEnabled(False)
        self.step.setText(tr("Cancelling…"))
        self.cancelled.emit()
