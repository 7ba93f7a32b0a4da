"""The manual that comes with the plugin: its pages, the window that shows them, and F1."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

from qgis.PyQt.QtCore import QEvent, QObject, Qt, QUrl
from qgis.PyQt.QtGui import QDesktopServices, QKeyEvent, QResizeEvent
from qgis.PyQt.QtWidgets import QScrollBar, QTextBrowser, QToolBar, QToolButton, QVBoxLayout, QWidget

from .compat import QAction
from .files import manual_path
from .i18n import tr
from .look import icon, unit

CONTENTS = "index.html"
FIND = "find.html"
RESULTS = "results.html"
SELF_IMPROVE = "self-improve.html"
SET_UP = "set-up.html"
MODELS = "models.html"
SERVERS = "servers.html"
# QTextBrowser knows a small part of CSS; the sheet of the pages is for the browsers of the system.
SHEET = "p, li { margin-bottom: 6px } h1 { font-size: xx-large } code, pre { font-family: monospace }"
LINES_WIDE, LINES_HIGH = 42, 40
PICTURE_WIDTH = re.compile(r'(<img [^>]*width=")(\d+)"')


def page_url(page: str) -> QUrl:
    """Return where a page is on this disk; ``page`` may end in ``#place``."""
    name, _, place = page.partition("#")
    url = QUrl.fromLocalFile(str(manual_path(name)))
    if place:
        url.setFragment(place)
    return url


class Reader(QWidget):
    """A window that shows the manual, without a network and without another program.

    Args:
        owner: whoever opened it; it goes with its owner, and can be used beside a dialog that blocks all else.
    """

    def __init__(self, owner: QWidget) -> None:
        super().__init__(owner, Qt.WindowType.Window)
        self.setWindowTitle(tr("RemoteZero manual"))
        self.setWindowIcon(icon("remotezero"))
        self.text = _Pages()
        bar = QToolBar()
        self.back = QAction(icon("/mActionArrowLeft.svg"), tr("Back"), self)
        self.back.setEnabled(False)
        self.back.triggered.connect(self.text.backward)
        self.text.backwardAvailable.connect(self.back.setEnabled)
        contents = QAction(tr("Contents"), self)
        contents.triggered.connect(lambda: self.show_page(CONTENTS))
        outside = QAction(tr("Open in the browser"), self)
        outside.triggered.connect(lambda: QDesktopServices.openUrl(self.text.source()))
        for action in (self.back, contents, outside):
            bar.addAction(action)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(bar)
        layout.addWidget(self.text)
        self.resize(unit(self) * LINES_WIDE, unit(self) * LINES_HIGH)

    @property
    def page(self) -> str:
        """The name of the page that is shown, with its place."""
        url = self.text.source()
        return url.fileName() + (f"#{url.fragment()}" if url.hasFragment() else "")

    def show_page(self, page: str) -> None:
        """Show a page, and come to the front."""
        self.text.setSource(page_url(page))
        self.show()
        self.raise_()
        self.activateWindow()


class _Pages(QTextBrowser):
    """The pages; what is not one of them opens in the system's browser."""

    def __init__(self) -> None:
        super().__init__()
        self.setOpenLinks(False)
        self.document().setDefaultStyleSheet(SHEET)
        self.document().setDocumentMargin(unit(self))
        self.anchorClicked.connect(self._follow)

    def loadResource(self, kind: int, url: QUrl) -> object:
        """Give pictures, pages with pictures no wider than the window, and no style sheet."""
        if url.fileName().endswith(".css"):
            return ""
        path = Path(url.toLocalFile())
        if path.suffix != ".html" or not path.is_file():
            return super().loadResource(kind, url)
        room = self._room()
        text = path.read_text(encoding="utf-8")
        return PICTURE_WIDTH.sub(lambda found: f'{found[1]}{min(int(found[2]), room)}"', text)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Fit the pictures again, and stay at the same place of the page."""
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width() and not self.source().isEmpty():
            bar = self.verticalScrollBar()
            share = _share(bar)
            self.reload()
            bar.setValue(round(share * bar.maximum()))

    def _room(self) -> int:
        return max(100, self.viewport().width() - 2 * round(self.document().documentMargin()))

    def _follow(self, url: QUrl) -> None:
        whole = self.source().resolved(url)
        if whole.isLocalFile() and whole.fileName().endswith(".html"):
            self.setSource(whole)
        else:
            QDesktopServices.openUrl(whole)


def _share(bar: QScrollBar) -> float:
    """How far down a bar stands, from 0 to 1."""
    return bar.value() / bar.maximum() if bar.maximum() else 0.0


class Help(QObject):
    """F1 inside a widget, and the buttons that :meth:`button` makes: both open the page that fits.

    F1 is QGIS's own as well. What is pressed inside the widget is taken before QGIS's shortcut is looked for,
    since two shortcuts of one key would cancel each other out.

    Args:
        widget: in it F1 is heard.
        topic: returns the page that fits at the moment.
    """

    def __init__(self, widget: QWidget, topic: Callable[[], str]) -> None:
        super().__init__(widget)
        self._widget, self._topic = widget, topic
        self.reader: Reader | None = None
        widget.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Take F1."""
        wanted = (QEvent.Type.ShortcutOverride, QEvent.Type.KeyPress)
        if event.type() not in wanted or not isinstance(event, QKeyEvent) or event.key() != Qt.Key.Key_F1:
            return False
        event.accept()
        if event.type() == QEvent.Type.KeyPress:
            self.open()
        return True

    def open(self, page: str = "") -> None:
        """Show a page of the manual; without a name the one that fits."""
        if self.reader is None:
            self.reader = Reader(self._widget)
        self.reader.show_page(page or self._topic())

    def button(self) -> QToolButton:
        """Return a button that opens the page that fits."""
        made = QToolButton()
        made.setIcon(icon("/mActionHelpContents.svg"))
        made.setAutoRaise(True)
        made.setToolTip(tr("Help for this page (F1)"))
        made.setAccessibleName(made.toolTip())
        made.clicked.connect(lambda: self.open())
        return made
