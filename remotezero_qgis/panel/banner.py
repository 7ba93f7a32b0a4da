"""One line of news inside the panel: what happened and what to do about it."""

from __future__ import annotations

from collections.abc import Callable

from qgis.PyQt.QtCore import Qt
from qgis.PyQt.QtGui import QColor, QPalette
from qgis.PyQt.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QToolButton, QVBoxLayout, QWidget

from ..i18n import tr
from ..look import blend, icon, unit

INFO, WARNING, ERROR = "info", "warning", "error"
LOOKS = {
    INFO: ("#0f8b8d", "/mIconInfo.svg"),
    WARNING: ("#e5a13a", "/mIconWarning.svg"),
    ERROR: ("#c0392b", "/mIconCritical.svg"),
}


class Banner(QFrame):
    """Hidden until there is something to say; the user closes it, or the next run does."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setAutoFillBackground(True)
        self._picture = QLabel()
        self._text = QLabel()
        self._text.setWordWrap(True)
        self._text.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._button = QPushButton()
        self._button.clicked.connect(self._act)
        close = QToolButton()
        close.setIcon(icon("/mIconClose.svg"))
        close.setAutoRaise(True)
        close.setToolTip(tr("Close this message"))
        close.setAccessibleName(close.toolTip())
        close.clicked.connect(self.hide)
        self._action: Callable[[], None] | None = None

        words = QHBoxLayout()
        words.addWidget(self._picture, 0, Qt.AlignmentFlag.AlignTop)
        words.addWidget(self._text, 1)
        words.addWidget(close, 0, Qt.AlignmentFlag.AlignTop)
        layout = QVBoxLayout(self)
        layout.addLayout(words)
        # Below them all: beside picture and cross a narrow panel has no room for it.
        layout.addWidget(self._button, 0, Qt.AlignmentFlag.AlignLeft)
        self.hide()

    @property
    def text(self) -> str:
        """What the banner says, "" while it is hidden."""
        return "" if self.isHidden() else self._text.text()

    def say(self, kind: str, text: str, button: str = "", action: Callable[[], None] | None = None) -> None:
        """Show a message, with a button when there is something to do about it."""
        colour, picture = LOOKS[kind]
        palette = QPalette()
        ground = palette.color(QPalette.ColorRole.Base)
        palette.setColor(QPalette.ColorRole.Window, blend(ground, QColor(colour), 0.18))
        self.setPalette(palette)
        size = round(unit(self) * 1.1)
        self._picture.setPixmap(icon(picture).pixmap(size, size))
        self._text.setText(text)
        self._button.setText(button)
        self._button.setVisible(bool(button))
        self._action = action
        self.show()

    def _act(self) -> None:
        self.hide()
        if self._action is not None:
            self._action()
