"""The Self-improve tab: its parts and their places; what they do is in controller.py and catalogue.py."""

from __future__ import annotations

from qgis.PyQt.QtCore import Qt, QTimer
from qgis.PyQt.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QMenu,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from ..i18n import tr
from ..look import SoftLabel, icon, scrolled, unit
from ..panel.banner import Banner
from ..panel.run_strip import RunStrip
from .adapters_box import AdaptersBox
from .form import ImproveForm
from .view import RunView


class ImprovePage(QWidget):
    """Form or run, adapters below them, and the button that leads on at the bottom."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.banner = Banner()
        self.form = ImproveForm()
        self.view = RunView()
        self.adapters = AdaptersBox()
        self.strip = RunStrip(tr("Show the plan"), "improve")
        self.waiting = SoftLabel(tr("While the model learns, questions of the Find tab wait."))
        self._revealed: QWidget = self.form
        self.earlier = QMenu(tr("Earlier learning"), self)
        self.earlier.setIcon(icon("/mActionHistory.svg"))
        content = QWidget()
        inside = QVBoxLayout(content)
        inside.setContentsMargins(0, 0, round(unit(self) * 0.4), 0)
        inside.setSpacing(round(unit(self) * 0.7))
        for part in (self.form, self.view, self._line(), self.adapters):
            inside.addWidget(part)
        inside.addStretch(1)
        self._area = scrolled(content)
        # Always there: the pictures' height follows the width, which must not follow the height in turn.
        self._area.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)
        layout = QVBoxLayout(self)
        layout.setSpacing(round(unit(self) * 0.5))
        layout.addLayout(self._make_heading())
        layout.addWidget(self.banner)
        layout.addWidget(self._area, 1)
        layout.addWidget(self.waiting)
        layout.addWidget(self.strip)
        self.show_form()

    def _make_heading(self) -> QHBoxLayout:
        about = SoftLabel(
            tr(
                "The model practises on your own imagery, without any labels. A round is kept only when it "
                "proves better on places kept aside."
            )
        )
        menu = QMenu(self)
        menu.addMenu(self.earlier)
        more = QToolButton()
        more.setText("⋯")
        more.setAutoRaise(True)
        more.setToolTip(tr("Earlier learning"))
        more.setAccessibleName(more.toolTip())
        more.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        more.setMenu(menu)
        row = QHBoxLayout()
        row.addWidget(about, 1)
        row.addWidget(more, 0, Qt.AlignmentFlag.AlignTop)
        return row

    def _line(self) -> QFrame:
        line = QFrame()
        line.setFrameShape(QFrame.Shape.HLine)
        line.setFrameShadow(QFrame.Shadow.Sunken)
        return line

    @property
    def shows_run(self) -> bool:
        """Whether a run is shown in place of the form."""
        return not self.view.isHidden()

    def show_form(self) -> None:
        """Show what can be chosen."""
        self._show(self.form)

    def show_run(self) -> None:
        """Show a run."""
        self._show(self.view)

    def reveal(self, part: QWidget) -> None:
        """Bring a part of the tab into view, once it has found its place."""
        self._revealed = part
        QTimer.singleShot(0, self._reveal)

    def _reveal(self) -> None:
        self._area.ensureWidgetVisible(self._revealed, 0, 0)

    def scroll_to(self, part: QWidget) -> None:
        """Bring a part of the tab into view, from its upper edge on."""
        top = part.mapTo(self._area.widget(), part.rect().topLeft()).y()
        self._area.verticalScrollBar().setValue(top)

    def _show(self, part: QWidget) -> None:
        self.form.setVisible(part is self.form)
        self.view.setVisible(part is self.view)
        self._area.verticalScrollBar().setValue(0)
