"""A model on a server: its address asked for, kept and forgotten, its key in QGIS's authentication database."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

from qgis.core import QgsApplication, QgsAuthMethodConfig
from qgis.gui import QgsPasswordLineEdit
from qgis.PyQt.QtWidgets import QDialog, QDialogButtonBox, QFormLayout, QLineEdit, QWidget

from ..connection.server_keys import keep_key, origin_of
from ..i18n import tr
from ..look import SoftLabel, unit
from ..settings import change_settings, load_settings

KEPT = 8
LONGEST, LONGEST_NAME = 2048, 300
OPTIONS = ("family", "like", "chip_px", "crop_px", "max_new_tokens")
UNSEEN = re.compile(r"[\s\x00-\x1f\x7f-\x9f\u200b-\u200f\u2060\ufeff]")
"""What no address has, and what is not to be seen in one that was pasted."""


def problem_of(address: str) -> str:
    """Say what is wrong with an address, "" for one that can be asked; nothing of it is said back.

    What is accepted is kept among the settings and with every job, so that nothing may pass that can hold a key.
    """
    text = address.strip()
    url, _, name = text.partition("#")
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError:
        return tr("This is no address. Give one like http://host:8000/v1")
    if "@" in parts.netloc:
        return tr("Leave name and password out of the address; the key has a field of its own")
    if parts.scheme not in ("http", "https") or not parts.hostname or port == 0:
        return tr("This is no address. Give one like http://host:8000/v1")
    if UNSEEN.search(text):
        return tr(
            "There are spaces, or characters that can't be seen, in the address or the model's name. Type it anew"
        )
    if len(text) > LONGEST or len(name) > LONGEST_NAME:
        return tr("The address or the model's name is too long. Give the name that the server lists")
    given = {part.partition("=")[0] for part in parts.query.split("&")} if parts.query else set()
    if not given <= set(OPTIONS):
        known = ", ".join(OPTIONS)
        return tr("Behind ? only {options} may stand; the key has a field of its own").format(options=known)
    return ""


class ServerDialog(QDialog):
    """Asks for the address of a server, the model's name there, and its key where it wants one."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(tr("A model on a server"))
        self.setMinimumWidth(unit(self) * 26)
        self.url = QLineEdit()
        self.url.setPlaceholderText("http://localhost:8000/v1")
        self.model = QLineEdit()
        self.model.setPlaceholderText(tr("the only one that it serves"))
        self.key = QgsPasswordLineEdit()
        self.problem = SoftLabel("")
        kinds = QDialogButtonBox.StandardButton
        self.buttons = QDialogButtonBox(kinds.Ok | kinds.Cancel)
        form = QFormLayout(self)
        form.addRow(SoftLabel(tr("Pictures of your rasters are sent to this address, and to no other.")))
        form.addRow(tr("Address"), self.url)
        form.addRow(tr("Model"), self.model)
        form.addRow(tr("Key"), self.key)
        form.addRow(self.problem)
        form.addRow(self.buttons)
        self.buttons.accepted.connect(self.accept)
        self.buttons.rejected.connect(self.reject)

    @property
    def address(self) -> str:
        """What stands for the model: address and name."""
        url, _, behind = self.url.text().strip().partition("#")
        name = self.model.text().strip() or behind
        return "{}#{}".format(url, name) if name else url

    def accept(self) -> None:
        """Close where the address can be used and the key could be kept; say what is wrong otherwise."""
        wrong = problem_of(self.address)
        if not wrong:
            try:
                remember(self.address, self.key.text().strip())
            except PermissionError as error:
                wrong = str(error)
        self.problem.setText(wrong)
        self.adjustSize()
        if not wrong:
            super().accept()


def remember(address: str, key: str) -> None:
    """Keep an address among the settings, and a key in QGIS's authentication database (main thread only).

    Raises:
        PermissionError: the authentication database is locked or refuses the entry.
    """
    settings = load_settings()
    servers = (address, *(known for known in settings.servers if known != address))[:KEPT]
    entries = settings.server_authcfgs
    if key:
        known = [
            entry.partition(" ")[2] for entry in entries if entry.partition(" ")[0] == origin_of(address)
        ]
        entry_id = _store(origin_of(address), key, known[0] if known else "")
        others = [entry for entry in entries if entry.partition(" ")[0] != origin_of(address)]
        entries = ("{} {}".format(origin_of(address), entry_id), *others)
        keep_key(address, key)
    change_settings(servers=servers, server_authcfgs=entries)


def forget(address: str) -> None:
    """Forget an address, how its scores came about, and its key, where no other address needs that (main thread only).

    Raises:
        PermissionError: the authentication database does not let go of the key; nothing is forgotten then.
    """
    settings, origin = load_settings(), origin_of(address)
    servers = tuple(known for known in settings.servers if known != address)
    entries = settings.server_authcfgs
    if all(origin_of(known) != origin for known in servers):
        manager = QgsApplication.authManager()
        for entry in entries:
            of, _, entry_id = entry.partition(" ")
            kept = of == origin and entry_id in manager.configIds()
            if kept and not manager.removeAuthenticationConfig(entry_id):
                message = tr(
                    "QGIS's authentication database did not let go of the key for {url}. "
                    "Open Settings > Options > Authentication, and remove it there."
                )
                raise PermissionError(message.format(url=origin))
        entries = tuple(entry for entry in entries if entry.partition(" ")[0] != origin)
        keep_key(address, "")
    change_settings(
        servers=servers,
        server_authcfgs=entries,
        server_scorings=tuple(
            known for known in settings.server_scorings if known.partition(" ")[0] != address
        ),
        model="" if settings.model == address else settings.model,
        verifier="" if settings.verifier == address else settings.verifier,
        second_opinion="" if settings.second_opinion == address else settings.second_opinion,
    )


def _store(origin: str, key: str, entry_id: str) -> str:
    config = QgsAuthMethodConfig("Basic")
    config.setName("RemoteZero: {}".format(origin))
    config.setUri(origin)
    config.setConfig("username", "remotezero")
    config.setConfig("password", key)
    config.setConfig("realm", "")
    manager = QgsApplication.authManager()
    if entry_id in manager.configIds():
        config.setId(entry_id)
        stored = manager.updateAuthenticationConfig(config)
    else:
        stored = manager.storeAuthenticationConfig(config)
    # A bool in some versions and (bool, config) in others.
    done, entry = stored if isinstance(stored, tuple) else (stored, config)
    if not done:
        message = tr(
            "QGIS's authentication database did not accept the key for {url}. "
            "Open Settings > Options > Authentication, set the master password, and try again."
        )
        raise PermissionError(message.format(url=origin))
    return entry.id()
