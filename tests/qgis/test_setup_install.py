"""Whole installations: scripted tools for the branches, real pip with tiny wheels, bundles."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from wheelhouse import make_bundle, make_wheelhouse

from remotezero_qgis.connection.environment import child_environment
from remotezero_qgis.connection.runtime import find_runtime
from remotezero_qgis.files import lock_folder
from remotezero_qgis.setup import installer, interpreters
from remotezero_qgis.setup import task as work
from remotezero_qgis.setup.bundle import bundle_places, find_bundle, read_bundle
from remotezero_qgis.setup.command import CommandError
from remotezero_qgis.setup.installer import SetupContext, install, install_lock
from remotezero_qgis.setup.plan import InstallPlan, Sources, make_plan
from remotezero_qgis.setup.problems import SetupCancelledError, SetupError

PYTHON = json.dumps([[3, 11], 64, "x86_64", True, True, True])


class Notes:
    """What a context was told."""

    def __init__(self) -> None:
        self.lines: list[str] = []
        self.steps: list[tuple[float, str]] = []
        self.stop = False

    def context(self, home: Path, run: Callable | None = None) -> SetupContext:
        keywords = {} if run is None else {"run": run}
        environment = child_environment(os.environ, home)
        return SetupContext(environment, self.lines.append, self._step, lambda: self.stop, **keywords)

    def _step(self, share: float, text: str) -> None:
        self.steps.append((share, text))


class Script:
    """Stands in for child processes: answers probes, makes environments, fails where told to."""

    def __init__(self, failures: dict[str, str] | None = None) -> None:
        self.commands: list[list[str]] = []
        self.failures = failures or {}

    def __call__(self, command, environment, on_line, cancelled) -> str:
        if cancelled():
            raise SetupCancelledError()
        self.commands.append(list(command))
        text = " ".join(command)
        for part, output in self.failures.items():
            if part in text:
                raise CommandError(command, 1, output)
        if "platform.machine" in text:
            return PYTHON
        if "import json, torch" in text:
            return '["0.1.0", "2.13.0", false]'
        if "venv" in command:
            python = Path(command[-1]) / "bin" / "python"
            python.parent.mkdir(parents=True)
            python.write_text("")
        on_line("Downloading torch-2.13.0.whl (200.0 MB)")
        return ""

    def tools(self) -> list[str]:
        return [
            "uv" if command[0].endswith("uv") else "pip" for command in self.commands if "install" in command
        ]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A data folder as users have them: a space and an umlaut."""
    return tmp_path / "Büro Daten" / "remote zero"


@pytest.fixture
def house(tmp_path: Path) -> Path:
    return make_wheelhouse(tmp_path / "house")


@pytest.fixture
def any_python(monkeypatch: pytest.MonkeyPatch) -> None:
    """The tiny wheels run on every Python, so the one of this QGIS will do."""
    versions = (*interpreters.SUPPORTED, sys.version_info[:2])
    monkeypatch.setattr(interpreters, "LINUX_CPU_ONLY", versions)


@pytest.fixture
def no_uv(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(installer, "find_uv", lambda home: None)


@pytest.fixture
def with_uv(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(installer, "find_uv", lambda home: "/opt/uv")


def online(folder: Path, house: Path) -> InstallPlan:
    return InstallPlan(folder, "cpu", Sources(house / "lock"), 400_000_000, 1_000)


def test_record_is_written_last_and_progress_only_rises(folder, house, with_uv) -> None:
    notes, script = Notes(), Script()
    runtime = install(online(folder, house), notes.context(folder, script))
    assert find_runtime(folder) == runtime
    assert runtime.version == "0.1.0"
    assert script.tools() == ["uv"] * 3
    shares = [share for share, _ in notes.steps]
    assert shares == sorted(shares)
    assert shares[-1] == 1.0
    assert any(0.1 < share < 0.9 for share, _ in notes.steps)


def test_pip_takes_over_where_uv_does_not_manage(folder, house, with_uv) -> None:
    script = Script({"/opt/uv pip": "error: unexpected argument"})
    notes = Notes()
    install(online(folder, house), notes.context(folder, script))
    assert "pip" in script.tools()
    assert find_runtime(folder) is not None
    assert any("going on with pip" in line for line in notes.lines)


def test_no_second_tool_is_tried_on_a_full_disk(folder, house, with_uv) -> None:
    script = Script({"/opt/uv pip": "No space left on device"})
    with pytest.raises(SetupError) as caught:
        install(online(folder, house), Notes().context(folder, script))
    assert caught.value.kind == "disk_full"
    assert "pip" not in script.tools()
    assert find_runtime(folder) is None
    assert list((folder / "runtime").iterdir()) == []


def test_the_engine_is_taken_from_beside_the_lock_and_from_no_index(folder, house, with_uv) -> None:
    script = Script()
    install(online(folder, house), Notes().context(folder, script))
    (command,) = [each for each in script.commands if any("requirements-engine.txt" in part for part in each)]
    assert "--no-index" in command
    assert command[command.index("--find-links") + 1] == str(house / "lock")


def test_damaged_engine_is_noticed_before_anything_big_is_downloaded(folder, house, with_uv) -> None:
    next((house / "lock").glob("*.whl")).write_bytes(b"cut off")
    script = Script()
    with pytest.raises(SetupError, match="Install the plugin again") as caught:
        install(online(folder, house), Notes().context(folder, script))
    assert caught.value.kind == "damaged_plugin"
    assert script.tools() == []


def test_a_bundle_beside_the_zip_is_found_and_others_are_passed_over(house, tmp_path) -> None:
    beside, elsewhere = tmp_path / "stick", tmp_path / "Downloads"
    beside.mkdir()
    elsewhere.mkdir()
    (beside / "remotezero-holiday.zip").write_bytes(b"no")
    make_bundle(house, beside / "remotezero-0.0.9-old.zip", version="0.0.9")
    make_bundle(house, beside / "remotezero-amiga.zip", platform="amiga-68k")
    assert find_bundle(bundle_places(tmp_path, str(beside / "plugin")), "0.1.0") is None
    made = make_bundle(house, beside / "remotezero-0.1.0-here.zip")
    assert find_bundle(bundle_places(tmp_path, str(beside / "plugin")), "0.1.0").path == made
    assert find_bundle((elsewhere, tmp_path / "absent"), "0.1.0") is None


def test_uv_is_fetched_with_its_hash_and_done_without_when_that_fails(folder, house, no_uv) -> None:
    script = Script({"requirements-uv.txt": "No matching distribution found for uv"})
    install(online(folder, house), Notes().context(folder, script))
    fetch = next(command for command in script.commands if "requirements-uv.txt" in command[-1])
    assert "--require-hashes" in fetch
    assert find_runtime(folder) is not None


def test_failed_installation_leaves_the_earlier_one_in_force(folder, house, with_uv) -> None:
    earlier = install(online(folder, house), Notes().context(folder, Script()))
    time.sleep(1.1)
    script = Script({"import json, torch": "ImportError: DLL load failed"})
    with pytest.raises(SetupError) as caught:
        install(online(folder, house), Notes().context(folder, script))
    assert caught.value.kind == "missing_library"
    assert find_runtime(folder) == earlier


def test_cancel_leaves_nothing_behind(folder, house, with_uv) -> None:
    notes = Notes()

    def run(command, environment, on_line, cancelled):
        if "venv" in command:
            notes.stop = True
        return Script()(command, environment, on_line, cancelled)

    with pytest.raises(SetupCancelledError):
        install(online(folder, house), notes.context(folder, run))
    assert find_runtime(folder) is None
    assert list((folder / "runtime").iterdir()) == []


def test_two_windows_do_not_install_at_once(folder, house, with_uv) -> None:
    folder.mkdir(parents=True)
    holder = subprocess.Popen(
        [sys.executable, "-c", "import fcntl,sys,time;f=open(sys.argv[1],'a');fcntl.flock(f,fcntl.LOCK_EX);"
         "print('held',flush=True);time.sleep(60)", str(folder / "install.lock")],
        stdout=subprocess.PIPE, text=True,
    )  # fmt: skip
    try:
        assert holder.stdout.readline() == "held\n"
        with pytest.raises(SetupError) as caught:
            install(online(folder, house), Notes().context(folder, Script()))
        assert caught.value.kind == "locked"
    finally:
        holder.kill()
        holder.wait()
    with install_lock(folder):
        assert (folder / "install.lock").exists()


def test_no_python_names_what_is_needed_and_what_is_there(folder, house, no_uv, monkeypatch) -> None:
    monkeypatch.setattr(installer, "find_interpreters", lambda home, ask: [])
    with pytest.raises(SetupError, match=r"needs Python 3\.11.*found: none"):
        install(online(folder, house), Notes().context(folder, Script()))


def test_real_pip_installs_from_wheels_into_a_path_with_space_and_umlaut(folder, house, any_python) -> None:
    plan = make_plan(folder, "cpu", Sources(house / "lock", wheels=house / "wheels"))
    notes = Notes()
    runtime = install(InstallPlan(folder, "cpu", plan.sources, 0, 1_000), notes.context(folder))
    assert runtime.version == "0.1.0"
    assert " " in runtime.python
    assert "ü" in runtime.python
    seen = subprocess.run([runtime.python, "-I", "-c", "import torch, remotezero_engine"], check=True)
    assert seen.returncode == 0


def test_changed_wheel_is_not_installed(folder, house, any_python) -> None:
    wheel = next((house / "wheels").glob("fastapi-*.whl"))
    with zipfile.ZipFile(wheel, "a") as archive:
        archive.writestr("fastapi/evil.py", "")
    with pytest.raises(SetupError) as caught:
        install(
            InstallPlan(folder, "cpu", Sources(house / "lock", wheels=house / "wheels"), 0, 1_000),
            Notes().context(folder),
        )
    assert caught.value.kind == "hash_mismatch"
    assert find_runtime(folder) is None


def test_bundle_brings_engine_and_models_without_a_network(folder, house, tmp_path, any_python) -> None:
    model = house / "models" / "mini-plus"
    model.mkdir(parents=True)
    (model / "config.json").write_text("{}")
    bundle = make_bundle(house, tmp_path / "bundle.zip")
    notes = Notes()
    imported = work.import_bundle(bundle, folder, notes.context(folder))
    assert imported.models == ("mini-plus",)
    assert find_runtime(folder) == imported.runtime
    assert [path.name for path in (folder / "models").iterdir()] == ["mini-plus"]
    assert not (folder / "bundle.part").exists()
    shares = [share for share, _ in notes.steps]
    assert shares == sorted(shares)


def test_damaged_bundle_is_refused_and_leaves_nothing(folder, house, tmp_path) -> None:
    bundle = make_bundle(house, tmp_path / "bundle.zip")
    files = {
        name: {"size": size, "sha256": "0" * 64} for name, (size, _) in read_bundle(bundle).files.items()
    }
    make_bundle(house, bundle, files=files)
    with pytest.raises(SetupError, match="is not what it was") as caught:
        work.import_bundle(bundle, folder, Notes().context(folder))
    assert caught.value.kind == "bundle_damaged"
    assert not (folder / "bundle.part").exists()


@pytest.mark.parametrize(
    "name", ["../evil", "/etc/evil", "wheels/../../evil", "wheels\\..\\evil", "C:/evil", "evil"]
)
def test_bundle_can_write_nowhere_else(house, tmp_path, name) -> None:
    bundle = make_bundle(house, tmp_path / "bundle.zip", files={name: {"size": 1, "sha256": "0"}})
    with pytest.raises(SetupError, match="file name"):
        read_bundle(bundle)


def test_bundle_for_another_system_says_so(house, tmp_path) -> None:
    bundle = make_bundle(house, tmp_path / "bundle.zip", platform="amiga-68k")
    with pytest.raises(SetupError, match="made for amiga-68k"):
        read_bundle(bundle)


def test_any_other_file_is_no_bundle(tmp_path) -> None:
    (tmp_path / "photo.zip").write_bytes(b"not a zip")
    with pytest.raises(SetupError, match="not a whole RemoteZero bundle"):
        read_bundle(tmp_path / "photo.zip")


@pytest.mark.skipif(
    not os.environ.get("REMOTEZERO_TEST_INSTALL"), reason="set REMOTEZERO_TEST_INSTALL=1: 450 MB"
)
def test_real_engine_installs_from_the_package_index(folder) -> None:
    runtime = install(make_plan(folder, "cpu", Sources(lock_folder())), Notes().context(folder))
    assert find_runtime(folder) == runtime
