"""The plugin zip, opened: its layout, its metadata, and the checks the plugin site runs on it."""

from __future__ import annotations

import ast
import configparser
import hashlib
import json
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from tools import package_plugin
from tools.package_bundle import PLATFORMS, wanted_lines
from tools.package_plugin import MAX_BYTES, PACKAGE, build_plugin

REQUIRED = (
    "name", "description", "version", "qgisMinimumVersion", "author", "email", "about", "tracker", "repository",
)  # fmt: skip
SUFFIXES = frozenset(
    {".py", ".txt", ".json", ".svg", ".qml", ".qm", ".whl", ".tif", ".html", ".css", ".png", ""}
)


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A file with the name of the engine's wheel; what is in it does not matter here."""
    path = tmp_path_factory.mktemp("wheels") / "remotezero_engine-0.1.0-py3-none-any.whl"
    path.write_bytes(b"wheel")
    return path


@pytest.fixture(scope="module")
def plugin(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The built zip."""
    return build_plugin(tmp_path_factory.mktemp("built") / "remotezero_qgis.zip", wheel)


@pytest.fixture(scope="module")
def unpacked(plugin: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The zip's one folder, unpacked as QGIS does it."""
    folder = tmp_path_factory.mktemp("plugins")
    with zipfile.ZipFile(plugin) as archive:
        archive.extractall(folder)
    return folder / PACKAGE


def test_one_folder_that_python_can_import(plugin: Path) -> None:
    names = zipfile.ZipFile(plugin).namelist()
    assert {name.split("/")[0] for name in names} == {PACKAGE}
    assert PACKAGE.isidentifier()
    assert f"{PACKAGE}/__init__.py" in names
    assert len(names) == len(set(names))


def test_small_and_without_programs_or_leftovers(plugin: Path) -> None:
    assert plugin.stat().st_size < MAX_BYTES
    for name in zipfile.ZipFile(plugin).namelist():
        path = Path(name)
        assert path.suffix in SUFFIXES, name
        assert not {"__pycache__", "__MACOSX", ".git"} & set(path.parts), name
        assert not path.name.startswith("."), name


def test_what_the_plugin_needs_is_inside(unpacked: Path) -> None:
    for name in (
        "LICENSE", "metadata.txt", "lock/requirements.txt", "lock/requirements-cpu.txt", "lock/requirements-cuda.txt",
        "lock/requirements-nodeps.txt", "lock/requirements-engine.txt",
        "lock/remotezero_engine-0.1.0-py3-none-any.whl", "resources/sample/harbour.tif",
        "resources/icons/remotezero.svg", "setup/requirements-uv.txt", "setup/sizes.json",
        "manual/index.html", "manual/manual.css",
    ):  # fmt: skip
        assert (unpacked / name).is_file(), name
    assert len(list((unpacked / "resources" / "i18n").glob("*.qm"))) >= 5


def test_metadata_says_what_the_plugin_site_asks_for(unpacked: Path) -> None:
    parser = configparser.ConfigParser(interpolation=None)
    parser.read(unpacked / "metadata.txt", encoding="utf-8")
    general = parser["general"]
    for key in REQUIRED:
        assert general[key].strip(), key
    assert general["qgisMinimumVersion"] == "3.22"
    assert general["qgisMaximumVersion"] == "4.99"
    assert general["hasProcessingProvider"] == "yes"
    assert "plugin" not in general["name"].lower()
    assert "dependencies" in general["about"].lower()
    assert (unpacked / general["icon"]).is_file()


def test_zip_names_the_very_wheel_that_it_installs(unpacked: Path, wheel: Path) -> None:
    requirement = (unpacked / "lock" / "requirements-engine.txt").read_text()
    assert requirement.startswith("remotezero-engine==0.1.0 ")
    assert hashlib.sha256(wheel.read_bytes()).hexdigest() in requirement


def test_the_engine_comes_with_the_zip_and_is_the_one_it_names(unpacked: Path, wheel: Path) -> None:
    assert (unpacked / "lock" / wheel.name).read_bytes() == wheel.read_bytes()


def test_a_zip_that_the_plugin_site_would_refuse_is_not_made(
    wheel: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(package_plugin, "MAX_BYTES", 1000)
    with pytest.raises(SystemExit, match="the plugin site takes less than"):
        build_plugin(tmp_path / "large.zip", wheel)
    assert list(tmp_path.iterdir()) == []


def test_every_locked_package_has_a_hash(unpacked: Path) -> None:
    for path in [*(unpacked / "lock").glob("*.txt"), unpacked / "setup" / "requirements-uv.txt"]:
        text = path.read_text()
        assert "://" not in text, path.name
        pinned = [line for line in text.splitlines() if line and not line.startswith((" ", "#"))]
        assert pinned
        assert all("==" in line for line in pinned), path.name
        assert text.count("--hash=sha256:") >= len(pinned), path.name


def test_same_input_gives_the_same_bytes(plugin: Path, wheel: Path, tmp_path: Path) -> None:
    assert build_plugin(tmp_path / "again.zip", wheel).read_bytes() == plugin.read_bytes()


def test_code_runs_on_the_python_of_the_oldest_qgis(unpacked: Path) -> None:
    for path in unpacked.rglob("*.py"):
        ast.parse(path.read_text(encoding="utf-8"), str(path), feature_version=(3, 9))


def test_bandit_finds_nothing_at_any_level(unpacked: Path) -> None:
    report = run("bandit", "-q", "-r", str(unpacked), "-f", "json")
    findings = json.loads(report.stdout)["results"]
    assert [(item["test_id"], item["filename"], item["line_number"]) for item in findings] == []


def test_detect_secrets_finds_nothing(unpacked: Path) -> None:
    report = run("detect_secrets", "scan", "--all-files", str(unpacked), cwd=unpacked.parent)
    assert json.loads(report.stdout)["results"] == {}


def test_flake8_finds_nothing(unpacked: Path) -> None:
    report = run(
        "flake8", "--isolated", "--max-line-length=120", "--extend-ignore=E203,W503,E701,E704", str(unpacked)
    )
    assert report.stdout == ""


def test_bundle_takes_what_the_target_needs_and_not_what_this_machine_does() -> None:
    lock = (
        "colorama==0.4 ; sys_platform == 'win32' \\\n    --hash=sha256:aa\n"
        "numpy==2.4 \\\n    --hash=sha256:bb \\\n    --hash=sha256:cc\n"
        "triton==3.7 ; python_full_version < '3.15' and sys_platform == 'linux' \\\n    --hash=sha256:dd\n"
    )
    windows = {**PLATFORMS["windows-amd64"][0], "python_version": "3.12", "python_full_version": "3.12.0"}
    linux = {**PLATFORMS["linux-x86_64"][0], "python_version": "3.11", "python_full_version": "3.11.0"}
    assert "\n".join(wanted_lines(lock, windows)) == (
        "colorama==0.4 \\\n    --hash=sha256:aa\nnumpy==2.4 \\\n    --hash=sha256:bb \\\n    --hash=sha256:cc"
    )
    assert [line.split("==")[0] for line in wanted_lines(lock, linux) if "==" in line] == ["numpy", "triton"]


def run(module: str, *arguments: str, cwd: Path | None = None) -> subprocess.CompletedProcess[str]:
    """Run a checker of the development environment, skipping where it is not installed."""
    pytest.importorskip(module)
    command = [sys.executable, "-m", module, *arguments]
    return subprocess.run(
        command, capture_output=True, text=True, stdin=subprocess.DEVNULL, cwd=cwd, check=False
    )
