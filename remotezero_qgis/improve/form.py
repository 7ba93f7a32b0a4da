"""What to learn from: rasters, place, questions and limits, and the plan that follows from them."""

from __future__ import annotations

from qgis.core import QgsProject, QgsRasterLayer
from qgis.PyQt.QtCore import QSignalBlocker, Qt, pyqtSignal
from qgis.PyQt.QtGui import QTextCursor
from qgis.PyQt.QtWidgets import (
    QCheckBox,
    QFormLayout,
    QFrame,
    QGridLayout,
    QLabel,
    QListWidget,
    QListWidgetItem,
    QPlainTextEdit,
    QPushButton,
    QSpinBox,
    QVBoxLayout,
    QWidget,
)

from ..connection.server_keys import is_elsewhere, is_server
from ..flow import FlowRow
from ..i18n import tr
from ..layers.place import LAYER
from ..layers.snapshot import needs_snapshot
from ..look import SoftLabel, icon, unit
from ..panel.model_choice import ModelChoice
from ..panel.place_choice import PlaceChoice
from ..panel.server_choice import ServerChoice
from ..panel.server_scores import scores_of
from .false_alarms import USUAL, FalseAlarmChoice

LAYER_ID = Qt.ItemDataRole.UserRole
LONGEST_MIN = 7 * 24 * 60


class ImproveForm(QWidget):
    """The form.

    Signals:
        changed(): anything a plan depends on.
        recent_wanted(): the questions asked before should be filled in.
        proposals_wanted(): the model should look at the rasters and propose questions.
    """

    changed = pyqtSignal()
    recent_wanted = pyqtSignal()
    proposals_wanted = pyqtSignal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._filling = False
        self.list = QListWidget()
        self.list.setFixedHeight(round(unit(self) * 5.6))
        self.list.setAccessibleName(tr("Rasters"))
        self.list.itemChanged.connect(self._changed)
        self.place = PlaceChoice()
        self.place.choose(LAYER)
        self.place.changed.connect(self._changed)
        self.questions = QPlainTextEdit()
        self.questions.setTabChangesFocus(True)
        self.questions.setFixedHeight(round(unit(self) * 5.6))
        self.questions.setPlaceholderText(
            tr("One question per line. Leave it empty and the model proposes its own.")
        )
        self.questions.setAccessibleName(tr("Questions"))
        self.questions.textChanged.connect(self._changed)
        self.recent = QPushButton(icon("/mActionHistory.svg"), tr("Recent questions"))
        self.recent.setToolTip(tr("Fill in the questions you asked in the Find tab"))
        self.recent.clicked.connect(self.recent_wanted)
        self.propose = QPushButton(icon("improve"), tr("Let the model propose"))
        self.propose.setToolTip(
            tr("The model looks at your rasters and writes down what it recognises there, for you to edit")
        )
        self.propose.clicked.connect(self.proposals_wanted)
        self.minutes = QSpinBox()
        self.minutes.setRange(1, LONGEST_MIN)
        self.minutes.setSuffix(tr(" min"))
        self.minutes.setToolTip(tr("Learning ends after so many minutes, whatever has been reached"))
        self.rounds = QSpinBox()
        self.rounds.setRange(1, 100)
        self.rounds.setToolTip(
            tr(
                "After each round it is checked whether the model got better; after two that did not, the run ends"
            )
        )
        for box in (self.minutes, self.rounds):
            box.valueChanged.connect(self._changed)
        self.false_alarms = FalseAlarmChoice()
        self.false_alarms.currentIndexChanged.connect(self._changed)
        self.verdicts = QCheckBox(tr("Use my verdicts"))
        self.verdicts.setToolTip(
            tr(
                "The boxes you judged in this project's results count more than the model's own check. They stay on "
                "this computer and are not part of what is learned from it."
            )
        )
        self.verdicts.toggled.connect(self._changed)
        self.model = ModelChoice(servers=False)
        self.model.currentIndexChanged.connect(self._changed)
        self.verifier = ServerChoice(tr("The model itself, as it was before the round"))
        self.verifier.setAccessibleName(tr("Second opinion"))
        self.verifier.setToolTip(
            tr(
                "Who looks at each box and scores it. A larger model on a server sees more than the one that learns; "
                "it is asked alone, and learns nothing itself."
            )
        )
        self.verifier.currentIndexChanged.connect(self._changed)
        self.verifier.currentIndexChanged.connect(self.tell_scoring)
        self.verifier_note = SoftLabel("")
        self.plan = _PlanCard()
        self._lay_out()
        self.tell_scoring()
        self.follow_project()

    def _lay_out(self) -> None:
        questions = QVBoxLayout()
        questions.addWidget(self.questions)
        questions.addLayout(FlowRow(self.recent, self.propose))
        limits = FlowRow(self.minutes, QLabel(tr("in at most")), self.rounds, QLabel(tr("rounds")))
        form = QFormLayout()
        form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
        form.setRowWrapPolicy(QFormLayout.RowWrapPolicy.WrapLongRows)
        form.addRow(tr("Rasters"), self.list)
        form.addRow(tr("Where"), self.place)
        form.addRow(tr("Questions"), questions)
        form.addRow("", self.verdicts)
        form.addRow(tr("Time"), limits)
        # Below its label: beside it a narrow dock cuts the words.
        form.addRow(QLabel(tr("False alarms")))
        form.addRow(self.false_alarms)
        form.addRow(tr("Model"), self.model)
        form.addRow(QLabel(tr("Second opinion")))
        form.addRow(self.verifier)
        form.addRow(self.verifier_note)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addLayout(form)
        layout.addWidget(self.plan)

    def follow_project(self, *_: object) -> None:
        """List the project's raster layers, those in the layer tree first, keeping the ticks."""
        ticked = {layer.id() for layer in self.rasters}
        project = QgsProject.instance()
        layers = {layer.id(): layer for layer in project.layerTreeRoot().layerOrder()}
        # A layer that was added this moment is not in the tree yet.
        layers.update(project.mapLayers())
        self._filling = True
        self.list.clear()
        for layer in layers.values():
            if isinstance(layer, QgsRasterLayer) and layer.isValid():
                self._add(layer, layer.id() in ticked)
        self._filling = False
        self._changed()

    def _add(self, layer: QgsRasterLayer, ticked: bool) -> None:
        rendered = needs_snapshot(layer)
        item = QListWidgetItem(
            tr("{layer} (rendered first)").format(layer=layer.name()) if rendered else layer.name()
        )
        item.setData(LAYER_ID, layer.id())
        item.setToolTip(layer.name())
        item.setFlags(item.flags() | Qt.ItemFlag.ItemIsUserCheckable)
        item.setCheckState(Qt.CheckState.Checked if ticked else Qt.CheckState.Unchecked)
        self.list.addItem(item)

    @property
    def rasters(self) -> tuple[QgsRasterLayer, ...]:
        """The ticked layers that are still in the project."""
        items = [self.list.item(row) for row in range(self.list.count())]
        ids = [item.data(LAYER_ID) for item in items if item.checkState() == Qt.CheckState.Checked]
        layers = [QgsProject.instance().mapLayer(layer_id) for layer_id in ids]
        return tuple(layer for layer in layers if layer is not None)

    def tick(self, layer_id: str) -> None:
        """Tick a layer, unless the user has ticked some already."""
        if self.rasters:
            return
        for row in range(self.list.count()):
            if self.list.item(row).data(LAYER_ID) == layer_id:
                self.list.item(row).setCheckState(Qt.CheckState.Checked)

    @property
    def queries(self) -> tuple[str, ...]:
        """The questions, each once."""
        lines = (" ".join(line.split()) for line in self.questions.toPlainText().splitlines())
        return tuple(dict.fromkeys(line for line in lines if line))

    def set_queries(self, queries: tuple[str, ...]) -> None:
        """Fill in questions, in a way that Ctrl+Z takes back."""
        cursor = self.questions.textCursor()
        cursor.select(QTextCursor.SelectionType.Document)
        cursor.insertText("\n".join(queries))

    def set_limits(self, minutes: int, rounds: int, false_alarms: str = USUAL) -> None:
        """Choose the limits."""
        with QSignalBlocker(self.minutes), QSignalBlocker(self.rounds), QSignalBlocker(self.false_alarms):
            self.minutes.setValue(minutes)
            self.rounds.setValue(rounds)
            self.false_alarms.choose(false_alarms)

    def tell_scoring(self, *_: object) -> None:
        """Say what goes to the server that scores, and how its scores come about."""
        address = self.verifier.currentData()
        self.verifier_note.setVisible(is_server(address))
        if is_server(address):
            sent = tr("Pieces of your rasters are sent to this server, on another computer.")
            said = [sent] if is_elsewhere(address) else []
            self.verifier_note.setText(" ".join([*said, scores_of(address)]))

    def show_plan(self, sentences: list[str]) -> None:
        """Show what the run would take; [] hides the plan."""
        self.plan.say(sentences)

    def _changed(self, *_: object) -> None:
        if not self._filling:
            self.changed.emit()


class _PlanCard(QFrame):
    """A framed list of sentences."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.sentences: list[str] = []
        self.setFrameShape(QFrame.Shape.StyledPanel)
        self._grid = QGridLayout(self)
        self._grid.setColumnStretch(1, 1)
        self.hide()

    def say(self, sentences: list[str]) -> None:
        """Show the sentences, or nothing."""
        self.sentences = sentences
        while self._grid.count():
            self._grid.takeAt(0).widget().deleteLater()
        for row, sentence in enumerate(sentences):
            self._grid.addWidget(SoftLabel("•"), row, 0, Qt.AlignmentFlag.AlignTop)
            self._grid.addWidget(SoftLabel(sentence), row, 1)
        self.setVisible(bool(sentences))
