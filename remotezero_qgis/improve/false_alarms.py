"""How many more false alarms a round may cost: the choices that the tab and Processing offer."""

from __future__ import annotations

from qgis.PyQt.QtWidgets import QComboBox, QWidget

from ..i18n import tr
from ..look import let_shrink

USUAL, FEW, NO_MORE = "usual", "few", "none"
NONE_LOSS: dict[str, float | None] = {USUAL: None, FEW: 0.03, NO_MORE: 0.0}
"""By choice: the share of right "none", where nothing is, that a round may lose; None leaves it to the gate."""


def false_alarm_words() -> list[str]:
    """Return what each choice is called, in the order of ``NONE_LOSS``."""
    return [
        tr("As the check usually allows"),
        tr("At most 3 points more"),
        tr("No more at all"),
    ]


def false_alarm_help() -> str:
    """Return what is traded."""
    return tr(
        "How many more answers a round may give where nothing is. A model that answers more often finds more, and "
        "also answers more often in vain. The less you allow, the less of what a round learned may be kept."
    )


class FalseAlarmChoice(QComboBox):
    """The list of choices."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        let_shrink(self)
        for choice, words in zip(NONE_LOSS, false_alarm_words()):
            self.addItem(words, choice)
        self.setToolTip(false_alarm_help())
        self.setAccessibleName(tr("False alarms"))

    @property
    def choice(self) -> str:
        """``usual``, ``few`` or ``none``."""
        return self.currentData()

    def choose(self, choice: str) -> None:
        """Choose; what there is no such choice for is as usual."""
        self.setCurrentIndex(max(0, self.findData(choice)))
