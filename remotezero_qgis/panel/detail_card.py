"""One box up close: what the verifier saw, why the model chose it, and the user's verdict."""

from __future__ import annotations

from qgis.PyQt.QtCore import Qt, pyqtSignal
from qgis.PyQt.QtGui import QImage, QPixmap
from qgis.PyQt.QtWidgets import QFrame, QGridLayout, QLabel, QScrollArea, QToolButton, QWidget

from ..flow import FlowRow
from ..i18n import tr
from ..layers.detections import ACCEPTED, REJECTED, UNDECIDED, Detection
from ..look import SoftLabel, icon, larger, unit
from .results_model import remarks, size_text

TWO_DATES = 1.5
"""A picture that is so many times wider than high shows two dates."""


class DetailCard(QFrame):
    """Shows one detection.

    Signals:
        judged(str): ``accepted``, ``rejected`` or "" was chosen for the detection shown.
        zoom_wanted(): the user wants to see it close by on the map.
    """

    judged = pyqtSignal(str)
    zoom_wanted = pyqtSignal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFrameShape(QFrame.Shape.StyledPanel)
        self._crop = QLabel()
        self._crop.setAlignment(Qt.AlignmentFlag.AlignCenter)
        side = round(unit(self) * 6.5)
        self._crop.setFixedSize(side, side)
        self._side = side
        self._crop.setFrameShape(QFrame.Shape.StyledPanel)
        self._crop.setWordWrap(True)
        self._crop.setToolTip(tr("Exactly what the verifier looked at"))
        self._title = QLabel()
        self._title.setFont(larger(self.font(), 1.05, bold=True))
        self._title.setWordWrap(True)
        self._facts = SoftLabel()
        self._reasoning = QLabel()
        self._reasoning.setWordWrap(True)
        self._reasoning.setAlignment(Qt.AlignmentFlag.AlignTop)
        self._reasoning.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._accept = self._button("accept", tr("Accept"), tr("This box is right (A)"), ACCEPTED)
        self._reject = self._button("reject", tr("Reject"), tr("This box is wrong (R)"), REJECTED)
        self._zoom = QToolButton()
        self._zoom.setIcon(icon("/mActionZoomToSelected.svg"))
        self._zoom.setToolTip(tr("Zoom to this box (Z, or a double click on its row)"))
        self._zoom.setAccessibleName(tr("Zoom to box"))
        self._zoom.clicked.connect(lambda _: self.zoom_wanted.emit())
        self._lay_out()
        self._id = ""
        self.show_detection(None)

    def _lay_out(self) -> None:
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.setWidget(self._reasoning)
        scroll.viewport().setAutoFillBackground(False)
        self._reasoning.setAutoFillBackground(False)
        verdict = FlowRow(self._accept, self._reject, self._zoom)
        grid = QGridLayout(self)
        grid.addWidget(self._crop, 0, 0, 3, 1, Qt.AlignmentFlag.AlignTop)
        grid.addWidget(self._title, 0, 1)
        grid.addWidget(self._facts, 1, 1)
        grid.addWidget(scroll, 2, 1)
        grid.addLayout(verdict, 3, 0, 1, 2)
        grid.setColumnStretch(1, 1)
        grid.setRowStretch(2, 1)

    def _button(self, picture: str, text: str, tip: str, verdict: str) -> QToolButton:
        button = QToolButton()
        button.setIcon(icon(picture))
        button.setText(text)
        button.setToolTip(tip)
        button.setCheckable(True)
        button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        button.clicked.connect(lambda checked: self.judged.emit(verdict if checked else UNDECIDED))
        return button

    def show_detection(self, detection: Detection | None, judgeable: bool = True) -> None:
        """Show a box, or nothing; ``judgeable`` is False while the run that found it goes on."""
        self.setVisible(detection is not None)
        if detection is None:
            self._id = ""
            return
        if detection.id != self._id:
            self._crop.setPixmap(QPixmap())
            self._crop.setText("…")
        self._id = detection.id
        self._title.setText(detection.label or detection.query)
        facts = [tr("{score} % sure").format(score=f"{detection.score * 100:.0f}"), size_text(detection)]
        self._facts.setText("  ·  ".join(fact for fact in facts if fact))
        lines = [" ".join(line.split()) for line in detection.reasoning.splitlines()]
        reasoning = "\n".join(lines).strip() or tr("The model gave no reasoning for this box.")
        self._reasoning.setText("\n".join([*remarks(detection), reasoning]))
        for button, verdict in ((self._accept, ACCEPTED), (self._reject, REJECTED)):
            button.setChecked(detection.verdict == verdict)
            button.setEnabled(judgeable)

    def show_crop(self, detection_id: str, png: bytes) -> None:
        """Show the verifier's picture, if it is still the one wanted."""
        if detection_id != self._id:
            return
        picture = QPixmap.fromImage(QImage.fromData(png))
        # Two dates side by side are wide: a little lower, so that text has room beside them in a narrow panel.
        wide = picture.width() > TWO_DATES * picture.height()
        self._crop.setFixedSize(*((self._side * 3 // 2, self._side * 3 // 4) if wide else (self._side,) * 2))
        self._crop.setToolTip(
            tr("Exactly what the verifier looked at, the earlier date on the left")
            if wide
            else tr("Exactly what the verifier looked at")
        )
        ratio = self.devicePixelRatioF()
        size = self._crop.contentsRect().size() * ratio
        scaled = picture.scaled(
            size, Qt.AspectRatioMode.KeepAspectRatio, Qt.TransformationMode.SmoothTransformation
        )
        scaled.setDevicePixelRatio(ratio)
        self._crop.setPixmap(scaled)

    def show_no_crop(self, detection_id: str, reason: str) -> None:
        """Say why there is no picture."""
        if detection_id == self._id:
            self._crop.setText(tr("No picture"))
            self._crop.setToolTip(reason)
