"""Verdicts that can be taken back: shown at once, and written without QGIS standing still."""

from __future__ import annotations

from array import array
from collections import deque
from collections.abc import Callable, Sequence

from qgis.core import QgsProject, QgsVectorLayer
from qgis.PyQt.QtCore import QObject, QTimer, pyqtSignal

from ..compat import QUndoCommand, QUndoStack
from ..i18n import tr
from ..layers.detections import ACCEPTED, REJECTED
from ..layers.result_layers import set_values
from ..layers.result_rows import VERDICTS
from ..panel.results_box import ResultsBox

PART, SHOWN = 200, 10_000
"""How many verdicts are written, and how many are shown, at a time: QGIS stays free in between."""
Apply = Callable[[Sequence[int], bytes], bool]


class Verdicts(QObject):
    """The verdicts on one layer's boxes, with their history.

    Signals:
        refused(): a verdict could not be written.
        part_lost(): of many verdicts only some could be written; what is shown is no longer what is in the file.
    """

    refused = pyqtSignal()
    part_lost = pyqtSignal()

    def __init__(self, box: ResultsBox, parent: QObject) -> None:
        super().__init__(parent)
        self._box = box
        self._layer_id = ""
        self._stack = QUndoStack(self)
        self._unshown: deque[tuple[Sequence[int], bytes]] = deque()
        self._waiting: deque[tuple[Sequence[int], bytes]] = deque()
        self._next = QTimer(self)
        self._next.timeout.connect(self._go_on)
        self._stack.indexChanged.connect(self._tell)
        box.undo_wanted.connect(self._stack.undo)
        box.redo_wanted.connect(self._stack.redo)

    @property
    def writing(self) -> bool:
        """True while verdicts were given that are not in the layer yet."""
        return bool(self._unshown or self._waiting)

    def follow(self, layer_id: str) -> None:
        """Judge another layer's boxes from now on; the history begins anew."""
        if layer_id != self._layer_id:
            self.close()
            self._layer_id = layer_id
            self._stack.clear()
            self._tell()

    def judge(self, places: Sequence[int], verdict: str) -> None:
        """Give boxes a verdict, as one step of the history."""
        while self._unshown:
            self._show_part()
        rows, code = self._box.model.rows, VERDICTS.index(verdict)
        shown = rows.verdicts
        changing = [place for place in places if shown[place] != code]
        if not changing:
            return
        fids = array("q", map(rows.fids.__getitem__, changing))
        before = bytes(map(shown.__getitem__, changing))
        self._stack.push(
            _Step(_words(verdict, len(fids)), fids, before, bytes([code]) * len(fids), self._change)
        )

    def close(self) -> None:
        """Show and write what is still waiting, at once."""
        while self.writing:
            self._go_on()

    def _tell(self, *_: object) -> None:
        self._box.set_history(self._stack.undoText(), self._stack.redoText())

    def _change(self, fids: Sequence[int], verdicts: bytes) -> bool:
        """Write and show the first of them, the others soon; False, with nothing done, where that can't be."""
        parts = _pieces(fids, verdicts, PART)
        if not self._waiting:
            if not self._write(*parts.pop(0)):
                self.refused.emit()
                return False
            if not parts:
                self._repaint()
        self._waiting.extend(parts)
        first = not self._unshown
        self._unshown.extend(_pieces(fids, verdicts, SHOWN))
        if first:
            self._show_part()
        if self.writing:
            self._next.start(0)
        return True

    def _go_on(self) -> None:
        """Show one piece more, or write one; all are shown before the rest is written."""
        if self._unshown:
            self._show_part()
        elif self._waiting:
            self._write_part()
        if not self.writing:
            self._next.stop()
        self._box.set_unwritten(sum(len(verdicts) for _, verdicts in self._waiting))

    def _show_part(self) -> None:
        fids, verdicts = self._unshown.popleft()
        rows = self._box.model.rows
        places = rows.places_of(fids)
        if verdicts.count(verdicts[0]) == len(verdicts):
            self._box.judge(places, verdicts[:1] * len(places))
        else:
            given = dict(zip(fids, verdicts))
            self._box.judge(places, bytes(given[rows.fids[place]] for place in places))

    def _write_part(self) -> None:
        if not self._write(*self._waiting.popleft()):
            self._waiting.clear()
            self.part_lost.emit()
        if not self._waiting:
            self._repaint()

    @property
    def _layer(self) -> QgsVectorLayer | None:
        found = QgsProject.instance().mapLayer(self._layer_id)
        return found if isinstance(found, QgsVectorLayer) else None

    def _write(self, fids: Sequence[int], verdicts: bytes) -> bool:
        values = {fid: {"verdict": VERDICTS[code]} for fid, code in zip(fids, verdicts)}
        return self._layer is not None and set_values(self._layer, values)

    def _repaint(self) -> None:
        if self._layer is not None:
            self._layer.triggerRepaint()


class _Step(QUndoCommand):
    """One step of the history."""

    def __init__(self, text: str, fids: Sequence[int], before: bytes, after: bytes, change: Apply) -> None:
        super().__init__(text)
        self._fids, self._before, self._after, self._change = fids, before, after, change

    def redo(self) -> None:
        """Give the verdicts; a step that can't be done is none."""
        self.setObsolete(not self._change(self._fids, self._after))

    def undo(self) -> None:
        """Give back what was there."""
        self.setObsolete(not self._change(self._fids, self._before))


def _pieces(fids: Sequence[int], verdicts: bytes, size: int) -> list[tuple[Sequence[int], bytes]]:
    return [
        (fids[first : first + size], verdicts[first : first + size]) for first in range(0, len(fids), size)
    ]


def _words(verdict: str, count: int) -> str:
    texts = {ACCEPTED: tr("accept {n}"), REJECTED: tr("reject {n}")}
    return texts.get(verdict, tr("clear {n}")).format(n=count)
