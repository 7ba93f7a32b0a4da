"""A run as it goes on, and after it: verdicts, curves, and the same places before and after."""

from __future__ import annotations

from qgis.PyQt.QtCore import QSignalBlocker, Qt, pyqtSignal
from qgis.PyQt.QtGui import QPalette
from qgis.PyQt.QtWidgets import QComboBox, QFrame, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from ..i18n import tr
from ..look import SoftLabel, icon, larger, let_shrink, unit
from .chart import Chart, Series
from .places import Places
from .record import Round, RunRecord
from .words import verdict_sentence

TEAL, ORANGE, RED, YELLOW, BLUE = "#0f8b8d", "#e07b39", "#b8442f", "#d9a22e", "#4f7cac"


class RunView(QWidget):
    """Shows one record.

    Signals:
        picture_wanted(str): a picture of this name is needed.
        report_wanted(): the report should be opened.
    """

    picture_wanted = pyqtSignal(str)
    report_wanted = pyqtSignal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._record = RunRecord()
        self._title = QLabel()
        self._title.setWordWrap(True)
        self._title.setFont(larger(self.font(), 1.1, bold=True))
        self._about = SoftLabel()
        self._verdicts = QVBoxLayout()
        self.learning = Chart(
            tr("Score while learning"),
            tr("minutes of learning"),
            tr("The curve begins with the first step of learning."),
        )
        self.rounds = Chart(
            tr("On places kept aside"),
            tr("rounds"),
            tr("A point is added after each round."),
            whole=True,
        )
        self._choice = let_shrink(QComboBox())
        self._choice.currentIndexChanged.connect(self._show_places)
        self.places = Places()
        self.places.wanted.connect(self.picture_wanted)
        self.report = QPushButton(icon("/mActionFileOpen.svg"), tr("Open report"))
        self.report.clicked.connect(self.report_wanted)
        self._lay_out()
        self.show_record(self._record)

    def _lay_out(self) -> None:
        self._places_title = QLabel(tr("The same places"))
        self._places_title.setFont(larger(self.font(), 1.0, bold=True))
        heading = QHBoxLayout()
        heading.addWidget(self._places_title, 1)
        heading.addWidget(self._choice, 1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(round(unit(self) * 0.6))
        layout.addWidget(self._title)
        layout.addWidget(self._about)
        layout.addLayout(self._verdicts)
        layout.addWidget(self.report, 0, Qt.AlignmentFlag.AlignLeft)
        layout.addWidget(self.learning)
        layout.addWidget(self.rounds)
        layout.addLayout(heading)
        layout.addWidget(self.places)

    def say(self, title: str, about: str = "") -> None:
        """Show how the run stands and what it is about."""
        self._title.setText(title)
        self._about.setText(about)
        self._about.setVisible(bool(about))

    @property
    def title(self) -> str:
        """How the run stands."""
        return self._title.text()

    def show_report_button(self, wanted: bool) -> None:
        """Offer the report once there is one."""
        self.report.setVisible(wanted)

    def show_record(self, record: RunRecord) -> None:
        """Show curves, verdicts and pictures as they are now."""
        self._record = record
        self.learning.show_series((
            Series(tr("score of what it tries"), ORANGE, record.reward, noisy=True),
            Series(tr("score on places kept aside"), TEAL, record.held_out, dots=True),
        ))  # fmt: skip
        self.rounds.show_series((
            Series(tr("score"), TEAL, record.rewards(), dots=True),
            Series(tr("“yes” where the thing is not there"), RED, record.figures("wrong_yes"), dots=True),
            Series(tr("boxes for things that are not there"), YELLOW, record.figures("wrong_boxes"), dots=True),
            Series(tr("things that are there and not found"), BLUE, record.figures("empty"), dots=True),
        ))  # fmt: skip
        self._show_verdicts(record.rounds)
        self._list_rounds(record.rounds)

    @property
    def verdicts(self) -> list[str]:
        """The sentences shown, one for each round."""
        widgets = [self._verdicts.itemAt(place).widget() for place in range(self._verdicts.count())]
        return [widget.text for widget in widgets]

    def _show_verdicts(self, rounds: list[Round]) -> None:
        wanted = [verdict_sentence(done) for done in rounds]
        if wanted == self.verdicts:
            return
        while self._verdicts.count():
            self._verdicts.takeAt(0).widget().deleteLater()
        for done, sentence in zip(rounds, wanted):
            self._verdicts.addWidget(_Verdict(sentence, done))

    def _list_rounds(self, rounds: list[Round]) -> None:
        drawn = [done.number for done in rounds if done.pictures]
        listed = [self._choice.itemData(place) for place in range(self._choice.count())]
        if drawn != listed:
            with QSignalBlocker(self._choice):
                self._choice.clear()
                for number in drawn:
                    self._choice.addItem(tr("Round {number}").format(number=number), number)
                kept = [done.number for done in rounds if done.pictures and done.kept]
                self._choice.setCurrentIndex(drawn.index((kept or drawn)[-1]) if drawn else -1)
        for part in (self._places_title, self._choice, self.places):
            part.setVisible(bool(drawn))
        self._show_places()

    def _show_places(self, *_: object) -> None:
        number = self._choice.currentData()
        shown = [done for done in self._record.rounds if done.number == number]
        self.places.show_pictures(shown[0].pictures if shown else ())


class _Verdict(QFrame):
    """One round's verdict, with a sign that can be told without colour."""

    def __init__(self, text: str, done: Round, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.text = text
        self.setFrameShape(QFrame.Shape.StyledPanel)
        self.setBackgroundRole(QPalette.ColorRole.Base)
        self.setAutoFillBackground(True)
        sign, words = QLabel(), QLabel(text)
        side = round(unit(self) * 1.1)
        sign.setPixmap(icon("accept" if done.kept else "reject").pixmap(side, side))
        words.setWordWrap(True)
        words.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        words.setToolTip(done.reason)
        layout = QHBoxLayout(self)
        layout.addWidget(sign, 0, Qt.AlignmentFlag.AlignTop)
        layout.addWidget(words, 1)
