"""Every setting of the plugin: one dataclass over QgsSettings, each field overridable by the environment.

Secrets are not among them. The token of a remote engine lives in QGIS's authentication database, and only
the id of its entry is a setting.
"""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from pathlib import Path

from qgis.core import QgsApplication, QgsAuthMethodConfig, QgsSettings

from .i18n import tr

GROUP = "remotezero"
ENVIRONMENT = {
    "data_folder": "REMOTEZERO_HOME",
    "runtime_python": "REMOTEZERO_PYTHON",
    "engine_url": "REMOTEZERO_ENGINE_URL",
    "accelerator": "REMOTEZERO_ACCELERATOR",
    "package_index": "REMOTEZERO_PACKAGE_INDEX",
    "model": "REMOTEZERO_MODEL",
}
LISTS = ("history", "servers", "server_authcfgs", "server_scorings")
ACCESS_VARIABLE = "REMOTEZERO_ENGINE_TOKEN"


@dataclass(frozen=True)
class Settings:
    """What the user chose; "" always means "the default".

    Attributes:
        data_folder: where the engine, models, adapters and results live.
        runtime_python: interpreter of an existing runtime, used instead of the installed one.
        engine_url: address of an engine that serves the building, ``http://host:port``; "" for a local one.
        engine_authcfg: id of the authentication entry that holds that engine's token.
        accelerator: ``cpu``, ``cuda``, or "" to go by the driver.
        package_index: further package index to install from, besides what pip itself is configured with.
        model: what the panel starts with.
        servers: addresses of models on servers that were used, newest first.
        server_authcfgs: ids of the authentication entries that hold their keys, each as ``address id``.
        server_scorings: where their scores came from in a run, each as ``address scoring``.
        second_opinion: another model that scores what the panel finds, by name or address; "" for none.
        adapter: what the panel starts with, as the text of an AdapterChoice; "" is the one in use, too.
        zoom: ``auto``, ``overview`` or ``detail``.
        gsd_m: metres per pixel for ``detail``; 0 lets the engine choose.
        minutes, rounds: limits of self-improvement.
        verifier: address of the server whose model scores what is learned from; "" for the learning model itself.
        false_alarms: how many more of them a round may cost: ``usual``, ``few`` or ``none``.
        allow_network: whether rasters may lead to the network; the engine refuses such ones otherwise.
        history: recent queries, newest first.
    """

    data_folder: str = ""
    runtime_python: str = ""
    engine_url: str = ""
    engine_authcfg: str = ""
    accelerator: str = ""
    package_index: str = ""
    model: str = ""
    second_opinion: str = ""
    adapter: str = ""
    servers: tuple[str, ...] = ()
    server_authcfgs: tuple[str, ...] = ()
    server_scorings: tuple[str, ...] = ()
    zoom: str = "auto"
    gsd_m: float = 0.0
    minutes: int = 60
    rounds: int = 3
    verifier: str = ""
    false_alarms: str = "usual"
    allow_network: bool = False
    history: tuple[str, ...] = ()

    @property
    def home(self) -> Path:
        """The data folder in force."""
        return Path(self.data_folder).expanduser() if self.data_folder else default_home()

    @property
    def is_remote(self) -> bool:
        """Whether the engine runs on another machine."""
        return bool(self.engine_url)


def default_home(environ: Mapping[str, str] = os.environ, platform: str = sys.platform) -> Path:
    """Return the platform's place for the data folder; the engine looks in the same one."""
    if platform == "win32":
        return Path(environ.get("LOCALAPPDATA") or Path.home() / "AppData" / "Local") / "RemoteZero"
    if platform == "darwin":
        return Path.home() / "Library" / "Application Support" / "RemoteZero"
    return Path(environ.get("XDG_DATA_HOME") or Path.home() / ".local" / "share") / "remotezero"


def load_settings(environ: Mapping[str, str] = os.environ) -> Settings:
    """Read the settings; a variable of ``ENVIRONMENT`` that is set and not empty wins over what is stored."""
    stored = QgsSettings()
    values: dict[str, object] = {}
    for field in fields(Settings):
        key = "{}/{}".format(GROUP, field.name)
        if not stored.contains(key):
            continue
        if field.name in LISTS:
            values[field.name] = _strings(stored.value(key, "[]", type=str))
        else:
            values[field.name] = stored.value(key, field.default, type=type(field.default))
    for name, variable in ENVIRONMENT.items():
        if environ.get(variable):
            values[name] = environ[variable]
    return replace(Settings(), **values)


def save_settings(settings: Settings) -> None:
    """Store ``settings``; a field the environment overrides at the moment keeps its stored value."""
    stored = QgsSettings()
    for field in fields(Settings):
        if os.environ.get(ENVIRONMENT.get(field.name, "")):
            continue
        value = getattr(settings, field.name)
        text = json.dumps(value, ensure_ascii=False) if field.name in LISTS else value
        stored.setValue("{}/{}".format(GROUP, field.name), text)


def change_settings(**changes: object) -> Settings:
    """Load, change the named fields, save, and return the new settings."""
    settings = replace(load_settings(), **changes)
    save_settings(settings)
    return settings


def remote_token(settings: Settings) -> str:
    """Return the token of the remote engine, "" when none is stored.

    Main thread only: QGIS may ask the user for the master password here.
    """
    if os.environ.get(ACCESS_VARIABLE):
        return os.environ[ACCESS_VARIABLE]
    if not settings.engine_authcfg:
        return ""
    config = QgsAuthMethodConfig()
    found = QgsApplication.authManager().loadAuthenticationConfig(settings.engine_authcfg, config, True)
    entry = found[1] if isinstance(found, tuple) else config
    return entry.config("password")


def token_is_locked(settings: Settings) -> bool:
    """Say whether QGIS would ask for its master password before it gives the remote engine's token."""
    if not settings.is_remote or not settings.engine_authcfg or os.environ.get(ACCESS_VARIABLE):
        return False
    return not QgsApplication.authManager().masterPasswordIsSet()


def store_remote_engine(url: str, token: str) -> Settings:
    """Keep ``url`` as a setting and ``token`` in QGIS's authentication database (main thread only).

    Raises:
        PermissionError: the authentication database is locked or refuses the entry.
    """
    settings = load_settings()
    config = QgsAuthMethodConfig("Basic")
    config.setName("RemoteZero")
    config.setUri(url)
    config.setConfig("username", "remotezero")
    config.setConfig("password", token)
    config.setConfig("realm", "")
    manager = QgsApplication.authManager()
    if settings.engine_authcfg in manager.configIds():
        config.setId(settings.engine_authcfg)
        stored = manager.updateAuthenticationConfig(config)
    else:
        stored = manager.storeAuthenticationConfig(config)
    # Both calls return a bool in some versions and (bool, config) in others.
    done, entry = stored if isinstance(stored, tuple) else (stored, config)
    if not done:
        message = tr(
            "QGIS's authentication database did not accept the token for {url}. "
            "Open Settings > Options > Authentication, set the master password, and try again."
        )
        raise PermissionError(message.format(url=url))
    return change_settings(engine_url=url, engine_authcfg=entry.id())


def forget_remote_engine() -> Settings:
    """Go back to a local engine and remove the stored token (main thread only)."""
    settings = load_settings()
    if settings.engine_authcfg:
        QgsApplication.authManager().removeAuthenticationConfig(settings.engine_authcfg)
    return change_settings(engine_url="", engine_authcfg="")


def _strings(text: str) -> tuple[str, ...]:
    try:
        values = json.loads(text)
    except ValueError:
        return ()
    return tuple(str(value) for value in values) if isinstance(values, list) else ()
