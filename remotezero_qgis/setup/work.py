"""The pieces of set-up work that a task runs: install, import a bundle, use an existing runtime, remove."""

from __future__ import annotations

import json
import shutil
from dataclasses import dataclass, replace
from pathlib import Path

from ..i18n import tr
from .bundle import bundle_plan, describe, move_models, read_bundle, unpacked
from .installer import CHECK, ENVIRONMENTS, Desk, install
from .locking import install_lock
from .plan import Plan
from .problems import CHOOSE_RUNTIME, SetupError
from .process import CommandError
from .runtime import Runtime, forget_runtime

UNPACK_SHARE = 0.4


@dataclass(frozen=True)
class Imported:
    """What came out of a bundle: the runtime, and the names of the models that are new."""

    runtime: Runtime
    models: tuple[str, ...]


def install_online(plan: Plan, desk: Desk) -> Runtime:
    """Install from package indexes; see :func:`.installer.install`."""
    return install(plan, desk)


def import_bundle(path: Path, home: Path, desk: Desk) -> Imported:
    """Install from the archive at ``path`` without any network, models included.

    Raises:
        SetupError: the archive is damaged or for another machine, or the installation failed.
    """
    bundle = read_bundle(path)
    desk.log(describe(bundle))
    unpacking = replace(desk, progress=lambda share, text: desk.progress(share * UNPACK_SHARE, text))
    installing = replace(
        desk, progress=lambda share, text: desk.progress(UNPACK_SHARE + share * (1 - UNPACK_SHARE), text)
    )
    with unpacked(bundle, home, unpacking.progress, desk.cancelled) as folder:
        runtime = install(bundle_plan(bundle, folder, home), installing)
        return Imported(runtime, tuple(move_models(folder, home)))


def look_at_runtime(python: Path, desk: Desk) -> Runtime:
    """Ask an interpreter the user brought whether the engine starts in it.

    Raises:
        SetupError: ``no_engine_there``, with what Python said.
    """
    desk.progress(0.2, tr("Starting it for the first time"))
    try:
        answer = desk.run([str(python), "-I", "-c", CHECK], desk.environment, desk.log, desk.cancelled)
        engine, _, sees_gpu = json.loads(answer.strip().splitlines()[-1])
    except (CommandError, ValueError, IndexError) as error:
        reason = str(getattr(error, "output", error)).strip().splitlines()
        message = tr("{python} does not have what the engine needs: {reason}. Choose another Python.")
        text = message.format(python=python, reason=reason[-1] if reason else tr("no answer"))
        raise SetupError("no_engine_there", text, CHOOSE_RUNTIME) from error
    if not engine:
        message = tr("{python} has the packages but not the engine. Install remotezero-engine into it first.")
        raise SetupError("no_engine_there", message.format(python=python), CHOOSE_RUNTIME)
    return Runtime(str(python), engine, "cuda" if sees_gpu else "cpu")


def remove_runtime(home: Path, desk: Desk) -> None:
    """Delete the installed environment; models, adapters and results stay."""
    with install_lock(home):
        forget_runtime(home)
        desk.progress(0.2, tr("Removing the engine"))
        for folder in (ENVIRONMENTS, "cache", "tools", "python", "tmp"):
            shutil.rmtree(home / folder, ignore_errors=True)
