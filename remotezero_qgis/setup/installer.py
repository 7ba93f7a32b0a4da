"""Installing the engine into an environment of its own, step by step.

Nothing here runs inside QGIS's Python but the steering: every tool is a child process. The record that makes
an installation count is written last, so that one broken off at any moment leaves the previous one in force.
"""

from __future__ import annotations

import json
import re
import shutil
import sys
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

from ..connection.environment import offline_environment
from ..connection.runtime import EngineRuntime, write_runtime
from ..i18n import tr
from .command import CommandError, run_command
from .interpreters import Interpreter, best_interpreter, find_interpreters, find_uv, supported_versions
from .plan import ENGINE_REQUIREMENT, InstallPlan, check_engine_wheel, check_folder, engine_wheel, lock_hash
from .problems import CHOOSE_RUNTIME, RETRY, SetupError, failure
from .tools import Tool, environment_python, fetch_uv_command, pip_tool, uv_tool, uv_variables

ENVIRONMENTS = "runtime"
# Share of the work that is done when a step begins.
STEPS = {"look": 0.0, "environment": 0.03, "engine": 0.05, "packages": 0.07, "check": 0.94, "done": 1.0}
DOWNLOAD_LINE = re.compile(r"\bDownload(?:ing|ed)\b.*?\((?P<size>[\d.]+)\s*(?P<unit>[kKMG])i?B\)")
UNITS = {"k": 1e3, "K": 1e3, "M": 1e6, "G": 1e9}
# Another tool would meet the same obstacle.
FINAL_KINDS = frozenset(
    {
        "disk_full",
        "cancelled",
        "hash_mismatch",
        "offline",
        "permission",
        "memory",
        "damaged_plugin",
        "no_cpu_torch",
    }
)
CHECK = (
    "import json, torch, transformers, bitsandbytes, rasterio, fastapi, importlib.metadata as m;"
    "names = {d.metadata['Name'] for d in m.distributions()};"
    "print(json.dumps([m.version('remotezero-engine') if 'remotezero-engine' in names else '',"
    " torch.__version__, torch.cuda.is_available()]))"
)
Command = Sequence[str]


@dataclass(frozen=True)
class SetupContext:
    """What the steps work with.

    Attributes:
        environment: variables of every child.
        log: is told each line.
        progress: is told the share of the work done (0..1) and what is being done.
        cancelled: asked all the time; True ends the installation.
        run: starts a child and returns its last lines.
    """

    environment: Mapping[str, str]
    log: Callable[[str], None]
    progress: Callable[[float, str], None]
    cancelled: Callable[[], bool]
    run: Callable[[Command, Mapping[str, str], Callable[[str], None], Callable[[], bool]], str] = run_command

    def do(self, step: str, command: Command, on_line: Callable[[str], None] | None = None) -> str:
        """Run ``command``; raises the classified SetupError when it fails."""
        self.log("$ " + " ".join(command))
        try:
            return self.run(command, self.environment, on_line or self.log, self.cancelled)
        except CommandError as error:
            raise failure(step, error.output) from error

    def ask(self, command: Command) -> str:
        """Run a short command quietly and return its output."""
        return self.run(command, self.environment, lambda line: None, self.cancelled)


def install(plan: InstallPlan, context: SetupContext) -> EngineRuntime:
    """Carry out ``plan`` and return the runtime that is in force from now on.

    Raises:
        SetupError: with its kind and the one action that helps.
    """
    context.progress(STEPS["look"], tr("Looking at disk and Python"))
    check_folder(plan.home, plan.disk_bytes)
    with install_lock(plan.home):
        folder = plan.home / ENVIRONMENTS / time.strftime("%Y%m%d-%H%M%S")
        try:
            runtime = _install_into(folder, plan, context)
        except BaseException:
            shutil.rmtree(folder, ignore_errors=True)
            raise
        write_runtime(plan.home, runtime)
        _tidy(plan.home, keep=folder)
    context.progress(STEPS["done"], tr("Installed"))
    return runtime


def _install_into(folder: Path, plan: InstallPlan, context: SetupContext) -> EngineRuntime:
    folder.parent.mkdir(parents=True, exist_ok=True)
    if plan.sources.wheels is not None:
        context = replace(context, environment=offline_environment(context.environment))
    interpreters = find_interpreters(plan.home, context.ask)
    context.log(
        "Python: " + (", ".join("{} {}.{}".format(i.path, *i.version) for i in interpreters) or "none")
    )
    tools = _tools(folder, plan, context, interpreters)
    for number, (tool, tool_context) in enumerate(tools):
        try:
            _fill(tool, plan, tool_context)
            break
        except SetupError as error:
            if error.kind in FINAL_KINDS or number + 1 == len(tools):
                raise
            context.log(
                "{} did not manage ({}), going on with {}.".format(
                    tool.name, error, tools[number + 1][0].name
                )
            )
            shutil.rmtree(folder, ignore_errors=True)
    return _checked(folder, plan, context)


def _tools(
    folder: Path, plan: InstallPlan, context: SetupContext, interpreters: Sequence[Interpreter]
) -> list[tuple[Tool, SetupContext]]:
    """Return the ways to install, the preferred one first."""
    best = best_interpreter(interpreters, plan.accelerator)
    pip_wheel = (
        next(iter(sorted(plan.sources.wheels.glob("pip-*.whl"))), None) if plan.sources.wheels else None
    )
    tools: list[tuple[Tool, SetupContext]] = []
    uv = None if plan.sources.wheels else _uv(plan.home, context, interpreters)
    if uv is not None:
        version = "{}.{}".format(*supported_versions(plan.accelerator)[0])
        tools.append((uv_tool(uv, folder, best, version), _uv_context(context, interpreters)))
    if best is not None and (best.can_install or pip_wheel is not None):
        tools.append((pip_tool(folder, best, pip_wheel), context))
    if not tools:
        raise no_python(plan.accelerator, interpreters)
    return tools


def no_python(accelerator: str, found: Sequence[Interpreter]) -> SetupError:
    """Return the error for a machine without a Python that fits."""
    versions = ", ".join("{}.{}".format(*version) for version in supported_versions(accelerator))
    seen = ", ".join("{}.{}".format(*each.version) for each in found) or tr("none")
    message = tr(
        "The engine needs Python {versions} that can make environments; found: {found}. "
        "Install it (on Debian and Ubuntu: python3-venv), or choose an existing runtime."
    )
    return SetupError("no_python", message.format(versions=versions, found=seen), CHOOSE_RUNTIME)


def _uv(home: Path, context: SetupContext, interpreters: Sequence[Interpreter]) -> str | None:
    found = find_uv(home)
    with_pip = next((each for each in interpreters if each.has_pip), None)
    if found is not None or with_pip is None:
        return found
    try:
        context.do(tr("Fetching uv"), fetch_uv_command(with_pip, home))
    except SetupError as error:
        if error.kind in FINAL_KINDS:
            raise
        context.log("uv can't be had here ({}).".format(error))
    return find_uv(home)


def _uv_context(context: SetupContext, interpreters: Sequence[Interpreter]) -> SetupContext:
    with_pip = next((each for each in interpreters if each.has_pip), None)
    if with_pip is None:
        return context
    try:
        config = context.ask([with_pip.path, "-I", "-m", "pip", "config", "list"])
    except CommandError:
        return context
    return replace(context, environment={**context.environment, **uv_variables(config, context.environment)})


def _fill(tool: Tool, plan: InstallPlan, context: SetupContext) -> None:
    context.progress(STEPS["environment"], tr("Making an environment with {tool}").format(tool=tool.name))
    for command in tool.create:
        context.do(tr("Making the environment"), command)
    # The engine comes first and without what it needs: when it is damaged, nothing was downloaded in vain.
    _install_engine(tool, plan, context)
    step = tr("Installing packages")
    context.progress(STEPS["packages"], step)
    meter = _meter(plan, context, step)
    together = [path for path, alone in plan.requirement_files if not alone]
    context.do(step, tool.command(together, plan.sources), meter)
    for path, alone in plan.requirement_files:
        if alone:
            context.do(step, tool.command([path], plan.sources, deps=False), meter)


def _install_engine(tool: Tool, plan: InstallPlan, context: SetupContext) -> None:
    wanted = engine_wheel(plan.sources.lock)
    if wanted is None:
        context.log("This is a checkout: the engine runs from it.")
        return
    step = tr("Installing the engine")
    context.progress(STEPS["engine"], step)
    # It came with the plugin, or lies among the wheels of a bundle; no package index has it.
    folder = plan.sources.wheels or plan.sources.lock
    check_engine_wheel(folder, wanted)
    requirement = plan.sources.lock / ENGINE_REQUIREMENT
    alone = replace(context, environment=offline_environment(context.environment))
    alone.do(step, tool.command([requirement], replace(plan.sources, wheels=folder), deps=False))


def _checked(folder: Path, plan: InstallPlan, context: SetupContext) -> EngineRuntime:
    step = tr("Starting it for the first time")
    context.progress(STEPS["check"], step)
    python = environment_python(folder)
    output = context.do(step, [str(python), "-I", "-c", CHECK])
    engine, torch, sees_gpu = json.loads(output.strip().splitlines()[-1])
    if plan.accelerator == "cuda" and not sees_gpu:
        context.log(
            tr("PyTorch {version} does not see the GPU: the driver may be too old. The CPU is used.").format(
                version=torch
            )
        )
    digest = lock_hash([path for path, _ in plan.requirement_files])
    return EngineRuntime(str(python), engine, plan.accelerator, digest)


def _meter(plan: InstallPlan, context: SetupContext, step: str) -> Callable[[str], None]:
    """Return a reader of install output that moves the progress on by the sizes it names."""
    seen = {"bytes": 0.0}

    def on_line(line: str) -> None:
        context.log(line)
        match = DOWNLOAD_LINE.search(line)
        if match and plan.download_bytes:
            seen["bytes"] += float(match["size"]) * UNITS[match["unit"]]
            share = min(seen["bytes"] / plan.download_bytes, 1.0)
            context.progress(STEPS["packages"] + share * (STEPS["check"] - STEPS["packages"]), step)

    return on_line


def _tidy(home: Path, keep: Path) -> None:
    """Free the disk of caches and older environments (on Windows a running engine may hold on to one)."""
    for folder in (home / "cache", home / "tmp"):
        shutil.rmtree(folder, ignore_errors=True)
    for folder in (home / ENVIRONMENTS).iterdir():
        if folder != keep:
            shutil.rmtree(folder, ignore_errors=True)


@contextmanager
def install_lock(home: Path) -> Iterator[None]:
    """Hold the data folder's install lock; the system lets go of it when this process ends.

    Raises:
        SetupError: ``locked``, another QGIS window is installing.
    """
    with (home / "install.lock").open("a+b") as stream:
        try:
            _take(stream.fileno())
        except OSError as error:
            text = tr(
                "Another QGIS window is installing into this folder. Wait until it has finished, then try "
                "again."
            )
            raise SetupError("locked", text, RETRY) from error
        yield


def _take(descriptor: int) -> None:
    if sys.platform == "win32":
        import msvcrt

        msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)
    else:
        import fcntl

        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
