"""Working with an engine on another computer: its address, its token, and whether it answers."""

from __future__ import annotations

from functools import partial

from qgis.PyQt.QtCore import pyqtSignal
from qgis.PyQt.QtWidgets import QFormLayout, QLineEdit, QPushButton, QVBoxLayout, QWidget

from ..connection.background import Background
from ..connection.client import EngineClient
from ..connection.process import remote_endpoint
from ..connection.transport import HttpTransport
from ..errors import EngineError
from ..flow import FlowRow
from ..i18n import tr
from ..look import SoftLabel
from ..panel.banner import ERROR, INFO, WARNING, Banner
from ..settings import forget_remote_engine, load_settings, store_remote_engine

ASK_TIMEOUT_S = 8.0


class RemoteBox(QWidget):
    """Address and token; the token goes into QGIS's authentication database, nowhere else.

    Signals:
        changed(): another engine is in force.
    """

    changed = pyqtSignal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._background = Background(self)
        self.banner = Banner()
        self.address, self.token = QLineEdit(), QLineEdit()
        self.address.setPlaceholderText("https://host:port")
        self.token.setEchoMode(QLineEdit.EchoMode.Password)
        self.connect_button = QPushButton(tr("Connect"))
        self.connect_button.clicked.connect(self.try_connection)
        self.local_button = QPushButton(tr("Use this computer"))
        self.local_button.clicked.connect(self.go_local)
        form = QFormLayout()
        form.addRow(tr("Address"), self.address)
        form.addRow(tr("Token"), self.token)
        row = FlowRow(self.connect_button, self.local_button)
        layout = QVBoxLayout(self)
        text = tr(
            "One computer with a GPU can serve the whole building. Rasters must lie where both computers "
            "find them "
            "under the same path."
        )
        layout.addWidget(SoftLabel(text))
        layout.addWidget(self.banner)
        layout.addLayout(form)
        layout.addLayout(row)
        layout.addStretch(1)
        self.refresh()

    def refresh(self) -> None:
        """Show the settings in force."""
        settings = load_settings()
        self.address.setText(settings.engine_url)
        self.token.setPlaceholderText(tr("stored") if settings.engine_authcfg else "")
        self.local_button.setEnabled(settings.is_remote)

    def try_connection(self) -> None:
        """Ask the engine at the address; keep address and token when it answers."""
        try:
            endpoint = remote_endpoint(self.address.text().strip(), self.token.text().strip())
        except EngineError as error:
            self.banner.say(ERROR, str(error))
            return
        client = EngineClient(HttpTransport(endpoint))
        self.connect_button.setEnabled(False)
        self._background.call(partial(client.health, ASK_TIMEOUT_S), self._answered, self._failed)

    def go_local(self) -> None:
        """Forget the other engine and its token."""
        forget_remote_engine()
        self.token.clear()
        self.refresh()
        self.banner.say(INFO, tr("The engine on this computer is used from now on."))
        self.changed.emit()

    def shut_down(self) -> None:
        """Wait for nothing any more."""
        self._background.close()

    def _answered(self, health: dict[str, object]) -> None:
        self.connect_button.setEnabled(True)
        url = self.address.text().strip()
        try:
            store_remote_engine(url, self.token.text().strip())
        except PermissionError as error:
            self.banner.say(ERROR, str(error))
            return
        self.token.clear()
        self.refresh()
        text = tr("Connected: engine {version} on {device}.")
        self.banner.say(INFO, text.format(version=health.get("version"), device=health.get("device")))
        if url.startswith("http:"):
            warning = tr(
                "Connected. The address is not https, so the token and the answers travel in the clear."
            )
            self.banner.say(WARNING, warning)
        self.changed.emit()

    def _failed(self, error: Exception) -> None:
        self.connect_button.setEnabled(True)
        self.banner.say(ERROR, str(error))
