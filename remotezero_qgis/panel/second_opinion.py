"""Another model that scores what the chosen one finds: offered once there is another, with what that means."""

from __future__ import annotations

from collections.abc import Sequence

from qgis.PyQt.QtCore import Qt
from qgis.PyQt.QtWidgets import QVBoxLayout, QWidget

from ..connection.server_keys import is_elsewhere, is_server
from ..connection.wire import Model
from ..i18n import tr
from ..look import SoftLabel
from .model_choice import ModelChoice
from .server_scores import scores_of


class SecondOpinion(QWidget):
    """A list of models, below it what goes to the chosen one; hidden where there is none but the default model.

    Attributes:
        choice: the list.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._default = ""
        self.choice = ModelChoice(first=tr("Scored by the model itself"))
        self.choice.setAccessibleName(tr("Second opinion"))
        self._about = tr(
            "Another model that looks at each box and scores it. One on a server sees the boxes alone, and not the "
            "rest of the raster."
        )
        self.title, self.note = SoftLabel(tr("Second opinion")), SoftLabel("")
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.title)
        layout.addWidget(self.choice)
        # A form gives lines of text more room than they need: it goes below them, and not round the title.
        layout.addWidget(self.note, 1)
        self.note.setAlignment(Qt.AlignmentFlag.AlignTop)
        self.choice.currentIndexChanged.connect(self.tell_scoring)
        self.tell_scoring()

    @property
    def name(self) -> str:
        """The chosen model, "" for none."""
        name = self.choice.currentData() or ""
        return name if name in self.choice.names else ""

    def choose(self, name: str) -> None:
        """Choose a model, known to the engine or not."""
        self.choice.choose(name)
        self.tell_scoring()

    def fill(self, models: Sequence[Model]) -> None:
        """List the models that can be asked."""
        self._default = next((model.name for model in models if model.default), "")
        self.choice.fill(models)
        self.tell_scoring()

    def drop(self, address: str) -> None:
        """List a server no more."""
        self.choice.drop(address)
        self.tell_scoring()

    def tell_scoring(self, *_: object) -> None:
        """Say what goes to a server that scores, and how its scores come about."""
        address = self.name
        # A narrow panel cuts an address where it names the model.
        self.choice.setToolTip("\n".join(filter(None, (address, self._about))))
        self.title.setVisible(bool(address))
        self.note.setVisible(is_server(address))
        if is_server(address):
            sent = tr("Pieces of your rasters are sent to this server, on another computer.")
            said = [sent] if is_elsewhere(address) else []
            self.note.setText(" ".join([*said, scores_of(address)]))
        self.setVisible(any(name != self._default for name in self.choice.names))
