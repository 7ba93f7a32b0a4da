"""The report for support: everything that helps, nothing that tells who or where the user is."""

from __future__ import annotations

import getpass
import platform
import re
import socket
from collections.abc import Iterable
from dataclasses import asdict
from pathlib import Path

from qgis.core import Qgis
from qgis.PyQt.QtCore import PYQT_VERSION_STR, QT_VERSION_STR

from ..connection.runtime import find_runtime
from ..files import plugin_version
from ..settings import Settings
from .driver import Gpu
from .plan import free_bytes, human_size

TAIL_LINES = 80
LOGS = ("install.log", "engine.log")
NAMED_VALUE = r"(?i)(token|password|passwd|secret|authorization)([\"']?\s*[:=]\s*|\s+)[\"']?[^\s\"',;]+"
# Long runs of letters of both cases and digits, as tokens have them and file names don't.
RANDOM = r"(?<![\w-])(?=[\w-]*[A-Z])(?=[\w-]*[a-z])(?=[\w-]*\d)[\w-]{32,}"
HIDDEN = (
    (re.compile(r"(?i)\b(bearer|basic)\s+[^\s\"',;]+"), r"\1 [hidden]"),
    (re.compile(NAMED_VALUE), r"\1\2[hidden]"),
    (re.compile(RANDOM), "[hidden]"),
    (re.compile(r"(?i)\b(\w+://)[^/\s@]+@"), r"\1[hidden]@"),
    (re.compile(r"\b(?!127\.0\.0\.1\b)\d{1,3}(?:\.\d{1,3}){3}\b"), "[address]"),
    (re.compile(r"\b[\w.+-]+@[\w-]+\.[\w.]+\b"), "[mail]"),
    (re.compile(r"\b[0-9a-fA-F]{24,63}\b"), "[hidden]"),
)  # fmt: skip
KEPT_SETTINGS = ("accelerator", "model", "adapter", "zoom", "gsd_m")


def make_report(settings: Settings, gpu: Gpu | None) -> str:
    """Return the report as text; reads files, so keep it off the main thread."""
    runtime = find_runtime(settings.home, settings.runtime_python)
    facts = {
        "RemoteZero": plugin_version(),
        "QGIS": Qgis.QGIS_VERSION,
        "Qt / PyQt": f"{QT_VERSION_STR} / {PYQT_VERSION_STR}",
        "Python of QGIS": platform.python_version(),
        "System": f"{platform.system()} {platform.release()} {platform.machine()}",
        "GPU": "none"
        if gpu is None
        else f"{gpu.name}, {human_size(gpu.memory_bytes)}, CUDA {gpu.cuda[0]}.{gpu.cuda[1]}",
        "Data folder": f"{settings.home} ({human_size(free_bytes(settings.home))} free)",
        "Engine": "not installed"
        if runtime is None
        else f"{runtime.version} {runtime.accelerator} at {runtime.python}",
        "Engine elsewhere": "yes" if settings.is_remote else "no",
        "Further package index": "set" if settings.package_index else "none",
        **{name: value for name, value in asdict(settings).items() if name in KEPT_SETTINGS},
    }
    lines = [f"{name}: {value}" for name, value in facts.items()]
    for name in LOGS:
        lines += ["", f"--- {name}, last {TAIL_LINES} lines ---", *tail(settings.home / name)]
    return redact("\n".join(lines))


def tail(path: Path) -> list[str]:
    """Return the last lines of a log, [] when there is none."""
    try:
        return path.read_text(encoding="utf-8", errors="replace").splitlines()[-TAIL_LINES:]
    except OSError:
        return []


def redact(text: str, names: Iterable[str] | None = None) -> str:
    """Return ``text`` without the home folder, user and host names, addresses, mail, tokens and passwords.

    Args:
        text: any text.
        names: names to hide; None for this user's and this computer's.
    """
    home = str(Path.home())
    if len(home) > 1:
        text = (
            text.replace(home, "~")
            .replace(home.replace("\\", "/"), "~")
            .replace(home.replace("\\", "\\\\"), "~")
        )
    for pattern, replacement in HIDDEN:
        text = pattern.sub(replacement, text)
    for name in _own_names() if names is None else names:
        text = re.sub(rf"(?<![\w]){re.escape(name)}(?![\w])", "[name]", text, flags=re.IGNORECASE)
    return text


def _own_names() -> list[str]:
    names = [socket.gethostname()]
    try:
        names.append(getpass.getuser())
    except (KeyError, OSError, ImportError):
        names.append(Path.home().name)
    # Names this short, or this common, would black out half of the report.
    return [
        name for name in names if len(name) > 2 and name.lower() not in ("root", "user", "localhost", "qgis")
    ]
