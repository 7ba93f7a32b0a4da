"""What the results area shows when there are no results: a picture, a sentence, what to do next."""

from __future__ import annotations

from qgis.PyQt.QtCore import Qt
from qgis.PyQt.QtWidgets import QLabel, QVBoxLayout, QWidget

from ..connection.wire import Job
from ..i18n import tr
from ..look import SoftLabel, icon, larger, unit
from .first_steps import FirstSteps


class BlankPage(QWidget):
    """A centred note."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        picture = QLabel()
        side = round(unit(self) * 3)
        picture.setPixmap(icon("remotezero").pixmap(side, side))
        self._title = QLabel()
        self._title.setFont(larger(self.font(), 1.2, bold=True))
        self._text = SoftLabel()
        self.steps = FirstSteps()
        self.steps.hide()
        layout = QVBoxLayout(self)
        layout.addStretch(2)
        for part in (picture, self._title, self._text):
            part.setAlignment(Qt.AlignmentFlag.AlignCenter)
            layout.addWidget(part)
        layout.addWidget(self.steps, 0, Qt.AlignmentFlag.AlignHCenter)
        layout.addStretch(3)
        self._title.setWordWrap(True)

    def say(self, title: str, text: str, steps: bool = False) -> None:
        """Show a title and a sentence; with ``steps`` also the ways to a raster."""
        self.steps.setVisible(steps)
        self._title.setText(title)
        self._text.setText(text)


def welcome(local: bool) -> tuple[str, str, bool]:
    """Return what :meth:`BlankPage.say` takes before the first run; ``local``: the engine is on this computer."""
    text = tr("Scored boxes appear here and on the map.")
    whole = f"{text} {tr('Nothing leaves this computer.')}" if local else text
    return tr("Ask in your own words"), whole, True


def nothing_found(job: Job | None) -> tuple[str, str]:
    """Return title and text for a run that looked everywhere and found nothing."""
    windows = (job.result.get("windows") or job.progress.total or 0) if job is not None else 0
    if windows and job.result.get("blank", 0) >= windows:
        return tr("No data here"), tr(
            "The raster has no data in the place that was searched. Choose another place, or another raster."
        )
    text = tr("%n window(s) were searched. Try other words, a larger area, or “Search in detail”.", n=windows)
    return tr("Nothing found"), text
