"""The question: a line with history and examples."""

from __future__ import annotations

from qgis.PyQt.QtCore import Qt, pyqtSignal
from qgis.PyQt.QtGui import QStandardItem, QStandardItemModel
from qgis.PyQt.QtWidgets import QComboBox, QCompleter, QWidget

from ..i18n import tr
from ..look import icon, larger, let_shrink

HISTORY_LENGTH = 15


# In English in every language of the interface, though the model that ships is asked in six. Each has its answer in the
# sample, the first one is asked with it.
EXAMPLES = (
    "all ships",
    "the largest ship",
    "all storage tanks",
    "where is oil kept ?",
    "what carries cargo over the sea ?",
    "all buildings",
)


class QuestionBox(QComboBox):
    """An editable list: recent questions first, then examples.

    Signals:
        asked(): the user pressed Return.
    """

    asked = pyqtSignal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setEditable(True)
        self.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
        let_shrink(self)
        self.setFont(larger(self.font(), 1.15))
        self.setAccessibleName(tr("Question"))
        self.setToolTip(tr("Say in your own words what to look for. Return starts the run."))
        line = self.lineEdit()
        line.setPlaceholderText(tr("What are you looking for?"))
        line.setClearButtonEnabled(True)
        line.returnPressed.connect(self.asked)
        self.completer().setCompletionMode(QCompleter.CompletionMode.PopupCompletion)
        self.completer().setFilterMode(Qt.MatchFlag.MatchContains)
        self.set_history(())

    @property
    def question(self) -> str:
        """What is typed, trimmed."""
        return " ".join(self.currentText().split())

    def set_history(self, history: tuple[str, ...]) -> None:
        """Show recent questions above the examples, keeping what is typed."""
        typed = self.currentText() if self.count() else ""
        model = QStandardItemModel(self)
        for text in history:
            model.appendRow(QStandardItem(icon("/mActionHistory.svg"), text))
        heading = QStandardItem(tr("Examples"))
        heading.setFlags(Qt.ItemFlag.NoItemFlags)
        model.appendRow(heading)
        for text in EXAMPLES:
            if text not in history:
                model.appendRow(QStandardItem(text))
        self.setModel(model)
        self.setCurrentIndex(-1)
        self.setEditText(typed)


def remember(history: tuple[str, ...], question: str) -> tuple[str, ...]:
    """Return the history with ``question`` in front, once, and no longer than ``HISTORY_LENGTH``."""
    rest = [text for text in history if text != question]
    return (question, *rest)[:HISTORY_LENGTH]
