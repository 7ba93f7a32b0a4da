"""The two ways to make an environment and fill it, uv and venv with pip, as command lines.

Both install from the hashed lock and from wheels only: no package runs code of its own while it is installed.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from .interpreters import Interpreter
from .plan import Sources

Ask = Callable[[Sequence[str]], str]
UV_REQUIREMENT = Path(__file__).resolve().parent / "requirements-uv.txt"
PIP_OPTION = re.compile(r"^(?:global|install|:env:)\.(?P<key>[\w-]+)\s*=\s*(?P<value>.*)$")


@dataclass(frozen=True)
class Tool:
    """One way to install: the commands that make the environment, and the beginning of every install command.

    Attributes:
        name: ``uv`` or ``pip``.
        create: commands to run in this order.
        install: beginning of the command that installs packages.
    """

    name: str
    create: tuple[tuple[str, ...], ...]
    install: tuple[str, ...]

    def command(self, files: Sequence[Path], sources: Sources, *, deps: bool = True) -> list[str]:
        """Return the command that installs ``files`` (requirement files) and nothing else."""
        command = [*self.install, "--require-hashes", "--only-binary", ":all:"]
        if not deps:
            command.append("--no-deps")
        if sources.wheels is not None:
            command += ["--no-index", "--find-links", str(sources.wheels)]
        elif sources.index:
            command += ["--extra-index-url", sources.index]
        for path in files:
            command += ["-r", str(path)]
        return command


def environment_python(folder: Path) -> Path:
    """Return the interpreter of the environment in ``folder``."""
    return folder / "Scripts" / "python.exe" if sys.platform == "win32" else folder / "bin" / "python"


def uv_tool(uv: str, folder: Path, interpreter: Interpreter | None, version: str) -> Tool:
    """Return uv as a tool; without ``interpreter`` it fetches Python ``version`` itself."""
    create = (uv, "venv", "--python", interpreter.path if interpreter else version, str(folder))
    install = (uv, "pip", "install", "--python", str(environment_python(folder)))
    # Every requirement is pinned by hash, so no index can put another file in its place.
    return Tool("uv", (create,), (*install, "--index-strategy", "unsafe-best-match"))


def pip_tool(folder: Path, interpreter: Interpreter, pip_wheel: Path | None = None) -> Tool:
    """Return venv and pip as a tool; ``pip_wheel`` serves a Python that has no ensurepip."""
    python = str(environment_python(folder))
    create = [interpreter.path, "-I", "-m", "venv", str(folder)]
    if interpreter.has_ensurepip:
        install = [python, "-I", "-m", "pip", "install"]
    else:
        create.insert(-1, "--without-pip")
        if pip_wheel is not None:
            install = [python, "-I", str(pip_wheel / "pip"), "install"]
        else:
            install = [interpreter.path, "-I", "-m", "pip", "--python", python, "install"]
    return Tool("pip", (tuple(create),), tuple(install))


def fetch_uv_command(interpreter: Interpreter, home: Path) -> list[str]:
    """Return the command by which pip puts the pinned uv into the data folder."""
    target = str(home / "tools")
    options = ["--require-hashes", "--only-binary", ":all:", "--no-deps", "--upgrade", "--target", target]
    return [interpreter.path, "-I", "-m", "pip", "install", *options, "-r", str(UV_REQUIREMENT)]


def uv_variables(pip_config: str, environment: Mapping[str, str]) -> dict[str, str]:
    """Translate pip's configuration into uv's variables, so that both reach the same packages.

    Args:
        pip_config: output of ``pip config list``.
        environment: the child's environment; a variable of uv that is set there is left alone.
    """
    found: dict[str, str] = {}
    for line in pip_config.splitlines():
        match = PIP_OPTION.match(line.strip())
        if match:
            value = match["value"].strip().strip("'\"").replace("\\n", " ")
            found[match["key"]] = " ".join(value.split())
    names = {
        "index-url": ("UV_DEFAULT_INDEX", found.get("index-url", "")),
        "extra-index-url": ("UV_INDEX", found.get("extra-index-url", "")),
        "find-links": ("UV_FIND_LINKS", found.get("find-links", "").replace(" ", ",")),
        "cert": ("SSL_CERT_FILE", found.get("cert", "")),
    }
    return {name: value for name, value in names.values() if value and name not in environment}
