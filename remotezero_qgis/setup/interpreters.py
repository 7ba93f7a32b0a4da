"""Finding a Python that the engine's wheels fit, and a uv when there is one."""

from __future__ import annotations

import json
import shutil
import sys
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

SUPPORTED = ((3, 11), (3, 12), (3, 13))
# PyTorch's CPU build for Linux is locked for the first of these alone.
LINUX_CPU_ONLY = ((3, 11),)
PROBE = (
    "import importlib.util as u, json, platform, struct, sys;"
    "print(json.dumps([list(sys.version_info[:2]), struct.calcsize('P') * 8, platform.machine().lower(),"
    "u.find_spec('venv') is not None, u.find_spec('ensurepip') is not None, u.find_spec('pip') is not None]))"
)
Ask = Callable[[Sequence[str]], str]


@dataclass(frozen=True)
class Interpreter:
    """A Python that was asked about itself.

    Attributes:
        path: full path of the executable.
        version: (major, minor).
        machine: ``x86_64``, ``amd64``, ``arm64``…
        bits: 32 or 64.
        has_venv, has_ensurepip, has_pip: which of these modules it can import.
    """

    path: str
    version: tuple[int, int]
    machine: str = ""
    bits: int = 64
    has_venv: bool = True
    has_ensurepip: bool = True
    has_pip: bool = True

    @property
    def can_install(self) -> bool:
        """Whether an environment with packages can be made with it alone."""
        return self.has_venv and (self.has_ensurepip or self.has_pip)


def supported_versions(accelerator: str, platform: str = sys.platform) -> tuple[tuple[int, int], ...]:
    """Return the Python versions the lock has wheels for, the best one first."""
    if accelerator == "cpu" and platform.startswith("linux"):
        return LINUX_CPU_ONLY
    return SUPPORTED


def probe(path: str, ask: Ask) -> Interpreter | None:
    """Ask the Python at ``path`` about itself; None when it is none or doesn't answer.

    Args:
        path: full path of an executable.
        ask: runs a command and returns its output; raises RuntimeError when the command fails.
    """
    try:
        answer = json.loads(ask([path, "-I", "-c", PROBE]).strip().splitlines()[-1])
        version, bits, machine, venv, ensurepip, pip = answer
    except (RuntimeError, ValueError, IndexError, TypeError):
        return None
    return Interpreter(path, (version[0], version[1]), machine, bits, venv, ensurepip, pip)


def find_interpreters(home: Path, ask: Ask) -> list[Interpreter]:
    """Return every Python found, QGIS's own first; each is asked once."""
    found: list[Interpreter] = []
    seen: set[str] = set()
    for path in _candidates(home):
        real = str(Path(path).resolve())
        if real in seen or not Path(path).is_file():
            continue
        seen.add(real)
        interpreter = probe(path, ask)
        if interpreter is not None:
            found.append(interpreter)
    return found


def best_interpreter(
    found: Sequence[Interpreter], accelerator: str, platform: str = sys.platform
) -> Interpreter | None:
    """Return the one of ``found`` the wheels fit best, None when none does."""
    versions = supported_versions(accelerator, platform)
    usable = [each for each in found if each.version in versions and each.bits == 64 and each.has_venv]
    return min(usable, key=lambda each: (not each.can_install, versions.index(each.version)), default=None)


def find_uv(home: Path) -> str | None:
    """Return the full path of uv: on PATH, fetched into ``home`` before, or where its installer puts it."""
    name = "uv.exe" if sys.platform == "win32" else "uv"
    places = (
        home / "tools" / "bin",
        home / "tools" / "Scripts",
        Path.home() / ".local" / "bin",
        Path.home() / ".cargo" / "bin",
    )
    for folder in places:
        if (folder / name).is_file():
            return str(folder / name)
    return shutil.which("uv")


def qgis_python() -> str:
    """Return QGIS's own Python; on Windows and macOS ``sys.executable`` is QGIS itself."""
    if Path(sys.executable).stem.lower().startswith("python"):
        return sys.executable
    prefix = Path(sys.prefix)
    version = "{}.{}".format(*sys.version_info[:2])
    for path in (prefix / "python.exe", prefix / "bin" / ("python" + version), prefix / "bin" / "python3"):
        if path.is_file():
            return str(path)
    return shutil.which("python3") or sys.executable


def _candidates(home: Path) -> Iterator[str]:
    yield qgis_python()
    for major, minor in SUPPORTED:
        named = shutil.which("python{}.{}".format(major, minor))
        if named:
            yield named
    for name in ("python3", "python"):
        named = shutil.which(name)
        if named:
            yield named
    patterns = ((home / "python", "*/bin/python3.1?"), (home / "python", "*/python.exe"))
    if sys.platform == "win32":
        patterns += (
            (Path.home() / "AppData" / "Local" / "Programs" / "Python", "Python31?/python.exe"),
            (Path("C:/"), "Python31?/python.exe"),
        )
    if sys.platform == "darwin":
        patterns += (
            (Path("/Library/Frameworks/Python.framework/Versions"), "3.1?/bin/python3"),
            (Path("/opt/homebrew/bin"), "python3.1?"),
            (Path("/usr/local/bin"), "python3.1?"),
        )
    for folder, pattern in patterns:
        yield from (str(path) for path in sorted(folder.glob(pattern)))
