"""What can be done with the boxes of a run: the actions of its menu, with the keys that they answer to."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

from qgis.PyQt.QtCore import QObject, Qt, pyqtSignal
from qgis.PyQt.QtGui import QKeyEvent, QKeySequence
from qgis.PyQt.QtWidgets import QMenu, QWidget

from ..compat import QAction
from ..i18n import tr
from ..layers.detections import ACCEPTED, REJECTED, UNDECIDED
from ..look import icon

CONTROL = Qt.KeyboardModifier.ControlModifier


class ResultsActions(QObject):
    """The menu *Review*, and its keys.

    QGIS has shortcuts of its own for some of these keys (undo, copy). So the widget that has the focus asks
    :meth:`for_key` before any shortcut is looked for, and triggers what it gets.

    Attributes:
        menu: the menu; what is added to it comes at its end.

    Signals:
        judged(str): a verdict on the chosen boxes.
        all_judged(str): a verdict on all boxes shown.
        unsure_wanted(), zoom_wanted(), undo_wanted(), redo_wanted(), copy_wanted(), verify_wanted().
    """

    judged = pyqtSignal(str)
    all_judged = pyqtSignal(str)
    unsure_wanted = pyqtSignal()
    zoom_wanted = pyqtSignal()
    undo_wanted = pyqtSignal()
    redo_wanted = pyqtSignal()
    copy_wanted = pyqtSignal()
    verify_wanted = pyqtSignal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.menu = QMenu(parent)
        self._letters: dict[int, QAction] = {}
        self._keys: list[tuple[Any, QAction]] = []
        self._judging = [
            self._add(tr("Accept"), partial(self.judged.emit, ACCEPTED), "accept", "A", Qt.Key.Key_A),
            self._add(tr("Reject"), partial(self.judged.emit, REJECTED), "reject", "R", Qt.Key.Key_R),
            self._add(tr("Clear verdict"), partial(self.judged.emit, UNDECIDED), "", "U", Qt.Key.Key_U),
        ]
        self._add(tr("Next unsure box"), self.unsure_wanted.emit, "", "N", Qt.Key.Key_N)
        self._add(tr("Zoom to box"), self.zoom_wanted.emit, "/mActionZoomToSelected.svg", "Z", Qt.Key.Key_Z)
        self.menu.addSeparator()
        for text, verdict in (
            (tr("Accept all shown"), ACCEPTED),
            (tr("Reject all shown"), REJECTED),
            (tr("Clear verdicts of all shown"), UNDECIDED),
        ):
            self._judging.append(self._add(text, partial(self.all_judged.emit, verdict)))
        self.menu.addSeparator()
        self.undo = self._add(
            tr("Undo"), self.undo_wanted.emit, "/mActionUndo.svg", QKeySequence.StandardKey.Undo
        )
        self.redo = self._add(tr("Redo"), self.redo_wanted.emit, "/mActionRedo.svg", "Ctrl+Y")
        self._keys.append((QKeySequence.StandardKey.Redo, self.redo))
        self._add(
            tr("Copy rows"), self.copy_wanted.emit, "/mActionEditCopy.svg", QKeySequence.StandardKey.Copy
        )
        self.menu.addSeparator()
        self.verify = self._add(tr("Verify edited boxes again"), self.verify_wanted.emit, "verify")
        self.set_history("", "")

    def _add(
        self,
        text: str,
        do: Callable[[], None],
        picture: str = "",
        shortcut: Any = "",
        letter: int | None = None,
    ) -> QAction:
        action = self.menu.addAction(text)
        if picture:
            action.setIcon(icon(picture))
        if shortcut:
            action.setShortcut(QKeySequence(shortcut))
            # It is shown in the menu; the widgets with the focus have it done.
            action.setShortcutContext(Qt.ShortcutContext.WidgetShortcut)
            if not isinstance(shortcut, str):
                self._keys.append((shortcut, action))
        if letter is not None:
            self._letters[letter] = action
        action.triggered.connect(lambda _checked=False: do())
        return action

    def for_key(self, event: QKeyEvent) -> QAction | None:
        """Return what a key stands for, None when it is not one of ours."""
        for standard, action in self._keys:
            if event.matches(standard):
                return action
        if event.modifiers() == CONTROL and event.key() == Qt.Key.Key_Y:
            return self.redo
        return self._letters.get(event.key()) if event.modifiers() == Qt.KeyboardModifier.NoModifier else None

    def set_judgeable(self, judgeable: bool) -> None:
        """Allow verdicts, or not while a run goes on."""
        for action in self._judging:
            action.setEnabled(judgeable)

    def set_history(self, undo: str, redo: str) -> None:
        """Say what would be undone and done again, "" for nothing."""
        self.undo.setEnabled(bool(undo))
        self.redo.setEnabled(bool(redo))
        self.undo.setText(tr("Undo: {what}").format(what=undo) if undo else tr("Undo"))
        self.redo.setText(tr("Redo: {what}").format(what=redo) if redo else tr("Redo"))
