"""The list of models, and what the chosen one is in a sentence."""

from __future__ import annotations

import json
from collections.abc import Sequence
from html import escape

from qgis.PyQt.QtCore import Qt, pyqtSignal
from qgis.PyQt.QtWidgets import QWidget

from ..connection.wire import Model
from ..files import resource_path
from ..i18n import tr
from ..look import SoftLabel
from .server_choice import FORGET, SERVER, ServerChoice
from .server_scores import scores_of

ALL, OTHERS = "all", "others"
FEW = 4


class ModelChoice(ServerChoice):
    """The models the engine has, asked for when the list is opened, and those on servers that were used.

    Args:
        first: what the first entry says; "" for one that stands for the default model.
    """

    def __init__(self, parent: QWidget | None = None, servers: bool = True, first: str = "") -> None:
        super().__init__(first or tr("Default model"), parent, servers)
        self._first = first

    def fill(self, models: Sequence[Model]) -> None:
        """List the models that can be asked, with size and licence."""
        models = [model for model in models if model.role == "find"]
        chosen = self.currentData()
        default = [model.name for model in models if model.default]
        named = tr("Default: {name}").format(name=default[0]) if default else tr("Default model")
        self.setItemText(0, self._first or named)
        while self.count() > 1:
            self.removeItem(1)
        for model in models:
            self.addItem(model.name, model.name)
            facts = tr("{size} on disk, {memory} in use, licence {licence}").format(
                size=_bytes(model.size_bytes), memory=_bytes(model.memory_bytes), licence=model.licence
            )
            self.setItemData(self.count() - 1, facts, Qt.ItemDataRole.ToolTipRole)
        self.list_servers()
        self.choose(self._chosen if chosen in (SERVER, FORGET) else chosen or "")


def shipped_model() -> Model:
    """Return what the model that comes with the engine says of itself, to be told before an engine answers."""
    own = json.loads(resource_path("models/mini/remotezero.json").read_text(encoding="utf-8"))
    return Model.from_json({**own, "default": True, "closed": bool(own.get("words"))})


class ModelNote(SoftLabel):
    """What is to be known of a model before it is asked: that it is gone, what its licence forbids, what it can find.

    Signals:
        models_page_wanted(): the user wants another model.
    """

    models_page_wanted = pyqtSignal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("", parent)
        self._model: Model | None = None
        self._whole = False
        self.linkActivated.connect(self._follow)
        self.hide()

    def show_model(self, model: Model | None) -> None:
        """Speak of ``model``; hidden where nothing is to be said."""
        if model != self._model:
            self._whole = False
        self._model = model
        self._say()

    def show_gone(self, name: str) -> None:
        """Say that the engine has no model of this name, and where one is got."""
        self._model = None
        gone = tr("The model {name} is not there: it was removed, or its disk is not connected.")
        self.setText(escape(gone.format(name=name)) + " " + _link(OTHERS, tr("See the models…")))
        self.show()

    def show_server(self, address: str) -> None:
        """Say how the scores of a server's model come about, as far as that is known."""
        self._model = None
        self.setText(escape(scores_of(address)))
        self.show()

    def _say(self) -> None:
        model = self._model
        self.setVisible(model is not None and (model.closed or model.commercial is False))
        if model is not None:
            self.setText(" ".join(filter(None, (_licence_text(model), self._closed_text(model)))))

    def _closed_text(self, model: Model) -> str:
        if not model.closed:
            return ""
        named = model.things if self._whole else model.things[:FEW]
        more = len(model.things) - len(named)
        text = escape(
            tr("A demonstration model that finds {things}.") if named else tr("A demonstration model.")
        )
        things = escape(", ".join(named))
        if more:
            things += " " + _link(ALL, tr("and {n} more").format(n=more))
        return text.format(things=things) + " " + _link(OTHERS, tr("Get one for real imagery…"))

    def _follow(self, link: str) -> None:
        if link == OTHERS:
            self.models_page_wanted.emit()
            return
        self._whole = True
        self._say()


def _licence_text(model: Model) -> str:
    if model.commercial is not False:
        return ""
    text = tr("The licence of this model, {licence}, forbids commercial use.")
    return escape(text.format(licence=model.licence))


def _link(target: str, text: str) -> str:
    return f'<a href="{target}">{escape(text)}</a>'


def _bytes(count: int) -> str:
    if count >= 1_000_000_000:
        return tr("{n} GB").format(n=f"{count / 1e9:.1f}")
    return tr("{n} MB").format(n=f"{count / 1e6:.0f}")
