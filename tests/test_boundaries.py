"""The walls between the rooms, read from the syntax trees: who may import what, how large a file may grow."""

from __future__ import annotations

import ast
import re
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
PACKAGES = ("engine", "trainer", "remotezero_qgis")
FILES = sorted(path for package in PACKAGES for path in (ROOT / package).rglob("*.py"))
HEAVY = {"torch", "torchvision", "transformers", "peft", "bitsandbytes", "accelerate", "datasets"}
ENGINE_MODEL_FILES = {"models", "decoding", "vision", "torchvision_ops"}
TRAINER_MODEL_FOLDERS = {"mini", "rollout"}
QT_CLASS = re.compile(r"Qt$|Qgis$|Q[A-Z]|Qgs")
MAX_FILE_LINES = 400
MAX_FUNCTION_LINES = 80
FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef)
BROAD = {"Exception", "BaseException"}


def name_of(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


every_file = pytest.mark.parametrize("path", FILES, ids=name_of)


def files_of(package: str) -> list[Path]:
    return [path for path in FILES if path.relative_to(ROOT).parts[0] == package]


def imported(path: Path) -> set[str]:
    """Top-level names of every absolute import in the file, those inside functions included."""
    names: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            names |= {alias.name.split(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.level == 0 and node.module:
            names.add(node.module.split(".")[0])
    return names


def test_every_package_is_looked_at() -> None:
    assert {path.relative_to(ROOT).parts[0] for path in FILES} == set(PACKAGES)


@pytest.mark.parametrize("path", files_of("remotezero_qgis"), ids=name_of)
def test_the_plugin_needs_only_qgis_and_the_standard_library(path: Path) -> None:
    allowed = set(sys.stdlib_module_names) | {"qgis", "processing", "remotezero_qgis"}
    assert imported(path) <= allowed


@pytest.mark.parametrize("path", files_of("remotezero_qgis"), ids=name_of)
def test_the_plugin_takes_qt_through_qgis(path: Path) -> None:
    assert not imported(path) & {"PyQt5", "PyQt6", "PySide2", "PySide6", "sip"}


@pytest.mark.parametrize("path", files_of("engine"), ids=name_of)
def test_the_engine_knows_neither_qgis_nor_trainer(path: Path) -> None:
    assert not imported(path) & {"qgis", "trainer", "remotezero_qgis"}


@pytest.mark.parametrize("path", files_of("trainer"), ids=name_of)
def test_the_trainer_knows_no_qgis(path: Path) -> None:
    assert not imported(path) & {"qgis", "remotezero_qgis"}


@pytest.mark.parametrize("path", files_of("engine"), ids=name_of)
def test_the_engine_holds_torch_in_its_model_files(path: Path) -> None:
    if path.stem not in ENGINE_MODEL_FILES:
        assert not imported(path) & HEAVY


@pytest.mark.parametrize("path", files_of("trainer"), ids=name_of)
def test_the_trainer_holds_torch_in_its_model_files(path: Path) -> None:
    if path.relative_to(ROOT).parts[1] not in TRAINER_MODEL_FOLDERS:
        assert not imported(path) & HEAVY


def test_trl_is_in_one_file_only() -> None:
    assert len([path for path in FILES if "trl" in imported(path)]) <= 1


@every_file
def test_files_and_functions_stay_small(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert len(text.splitlines()) <= MAX_FILE_LINES
    functions = [node for node in ast.walk(ast.parse(text)) if isinstance(node, FUNCTIONS)]
    too_long = [node.name for node in functions if (node.end_lineno or 0) - node.lineno >= MAX_FUNCTION_LINES]
    assert not too_long


def is_broad(handler: ast.ExceptHandler) -> bool:
    caught = handler.type.elts if isinstance(handler.type, ast.Tuple) else [handler.type]
    return any(kind is None or getattr(kind, "id", "") in BROAD for kind in caught)


def broad_handlers(path: Path) -> Iterator[str]:
    """Names of the functions that hold a broad ``except`` (bare, Exception or BaseException)."""
    for function in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(function, FUNCTIONS):
            handlers = [node for node in ast.walk(function) if isinstance(node, ast.ExceptHandler)]
            yield from (function.name for handler in handlers if is_broad(handler))


@every_file
def test_broad_except_only_at_the_three_outermost_places(path: Path) -> None:
    """Allowed in QgsTask.run, in the job loop and in the HTTP handler."""
    if name_of(path) in {"engine/jobs.py", "engine/service.py"}:
        return
    allowed = {"run"} if path.is_relative_to(ROOT / "remotezero_qgis") else set()
    assert set(broad_handlers(path)) <= allowed


def short_enums(path: Path) -> Iterator[str]:
    """Attributes such as ``Qt.AlignLeft``, in Qt5 only; Qt6 knows ``Qt.AlignmentFlag.AlignLeft``."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    parents = {child: node for node in ast.walk(tree) for child in ast.iter_child_nodes(node)}
    for node in ast.walk(tree):
        if not (isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name)):
            continue
        parent, owner, name = parents[node], node.value.id, node.attr
        scope_or_call = isinstance(parent, ast.Attribute) or (
            isinstance(parent, ast.Call) and parent.func is node
        )
        looks_like_member = name[0].isupper() and not name.isupper()
        if QT_CLASS.match(owner) and looks_like_member and not scope_or_call:
            yield f"{owner}.{name} (line {node.lineno})"


@pytest.mark.parametrize("path", files_of("remotezero_qgis"), ids=name_of)
def test_qt_enums_are_fully_scoped(path: Path) -> None:
    """Only compat.py, which chooses by version, may name what one version alone has."""
    if path.name != "compat.py":
        assert not list(short_enums(path))


def test_a_short_enum_would_be_seen(tmp_path: Path) -> None:
    sample = tmp_path / "sample.py"
    sample.write_text(
        "flag = Qt.AlignLeft\nrole = Qt.ItemDataRole.DisplayRole\ncolour = QColor.fromRgb(1, 2, 3)\n"
    )
    assert list(short_enums(sample)) == ["Qt.AlignLeft (line 1)"]
