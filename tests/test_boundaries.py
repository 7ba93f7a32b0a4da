"""The walls between the rooms, read from the syntax trees: who may import what, how large a file may grow."""

from __future__ import annotations

import ast
import configparser
import re
import sys
from collections.abc import Iterator
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

import pytest

from tools import rooms

ROOT = Path(__file__).resolve().parent.parent
PACKAGES = ("engine", "trainer", "remotezero_qgis")
TREES = {
    path.relative_to(ROOT).as_posix(): ast.parse(path.read_text(encoding="utf-8"))
    for package in PACKAGES
    for path in sorted((ROOT / package).rglob("*.py"))
}
HEAVY = {"torch", "torchvision", "transformers", "peft", "bitsandbytes", "accelerate", "datasets"}
TORCH_ROOMS = ("engine/model/", "trainer/")
TRL_FILE = "trainer/rollout/grpo.py"
JOB_LOOP, HTTP_HANDLER = "engine/jobs/loop.py", "engine/service/app.py"
LONGEST_CHAIN = 9
MAX_FILE_LINES = 400
SMALL_LINES = 60
TRANSFORMS = "engine/imagery/frames.py"
MAX_FUNCTION_LINES = 80
FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef)
BROAD = {"Exception", "BaseException"}
QT_CLASS = re.compile(r"Qt$|Qgis$|Q[A-Z]|Qgs")


def imported(tree: ast.Module) -> set[str]:
    """Top-level names of every absolute import, those inside functions included."""
    names: set[str] = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            names |= {alias.name.split(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.level == 0 and node.module:
            names.add(node.module.split(".")[0])
    return names


def offenders(package: str, forbidden: set[str], spared: set[str] = frozenset()) -> dict[str, set[str]]:
    """Files of a package that import what they may not, and what that is."""
    found = {
        name: imported(tree) & forbidden
        for name, tree in TREES.items()
        if name.startswith(f"{package}/") and name not in spared
    }
    return {name: what for name, what in found.items() if what}


def test_every_package_is_looked_at() -> None:
    assert {name.split("/")[0] for name in TREES} == set(PACKAGES)


def test_the_plugin_needs_only_qgis_and_the_standard_library() -> None:
    allowed = set(sys.stdlib_module_names) | {"qgis", "processing", "remotezero_qgis"}
    everything = set().union(*(imported(tree) for tree in TREES.values()))
    assert not offenders("remotezero_qgis", everything - allowed)


def test_the_engine_knows_neither_qgis_nor_trainer() -> None:
    assert not offenders("engine", {"qgis", "trainer", "remotezero_qgis"})


def test_the_trainer_knows_no_qgis() -> None:
    assert not offenders("trainer", {"qgis", "remotezero_qgis"})


def test_torch_stays_in_its_rooms() -> None:
    spared = {name for name in TREES if name.startswith(TORCH_ROOMS)}
    assert not offenders("engine", HEAVY, spared)


def test_tools_and_tests_are_nobody_elses_to_import() -> None:
    assert not {
        name: found for package in PACKAGES for name, found in offenders(package, {"tools", "tests"}).items()
    }


def test_nothing_outside_the_lab_knows_the_lab() -> None:
    inside = {name for name in TREES if name.startswith("trainer/lab/")}
    assert inside
    assert not {name: found for name in TREES.keys() - inside if (found := IMPORTS[name] & inside)}


def modules(tree: ast.Module, name: str) -> Iterator[str]:
    """Every module that a file may import, as dotted names; names taken from a package are tried as modules."""
    package = name.removesuffix(".py").removesuffix("/__init__").split("/")
    if not name.endswith("/__init__.py"):
        package = package[:-1]
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            above = package[: len(package) - node.level + 1] if node.level else []
            base = ".".join([*above, *([node.module] if node.module else [])])
            taken = [f"{base}.{alias.name}" for alias in node.names]
            yield from taken if all(map(file_of, taken)) else [*taken, base]


def file_of(module: str) -> str | None:
    """The file of one of our modules; None for anybody else's."""
    path = module.replace(".", "/")
    return next((name for name in (f"{path}.py", f"{path}/__init__.py") if name in TREES), None)


IMPORTS: dict[str, set[str]] = {
    name: {file for module in modules(tree, name) if (file := file_of(module)) and file != name}
    for name, tree in TREES.items()
}
"""Which of our files each of our files imports, inside functions and for type checking included."""


def names_in(tree: ast.Module) -> set[str]:
    """What can be imported from a file: what is defined, assigned or imported anywhere in it."""
    names = {node.name for node in ast.walk(tree) if isinstance(node, (*FUNCTIONS, ast.ClassDef))}
    names |= {
        node.id for node in ast.walk(tree) if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store)
    }
    imports = [node for node in ast.walk(tree) if isinstance(node, (ast.Import, ast.ImportFrom))]
    return names | {alias.asname or alias.name for node in imports for alias in node.names}


def lost_imports(tree: ast.Module) -> Iterator[str]:
    """Names that a file takes from engine, trainer or plugin, and that are no longer there."""
    for node in ast.walk(tree):
        if (
            isinstance(node, ast.ImportFrom)
            and not node.level
            and (node.module or "").split(".")[0] in PACKAGES
        ):
            file = file_of(node.module or "")
            known = names_in(TREES[file]) if file else set()
            for alias in node.names:
                if alias.name not in known and file_of(f"{node.module}.{alias.name}") is None:
                    yield f"{node.module}.{alias.name}"


def test_tools_import_what_is_there() -> None:
    """Most of them are run by hand, and nothing else would tell."""
    trees = {path: ast.parse(path.read_text(encoding="utf-8")) for path in (ROOT / "tools").rglob("*.py")}
    lost = {path.relative_to(ROOT).as_posix(): list(lost_imports(tree)) for path, tree in trees.items()}
    assert not {name: what for name, what in lost.items() if what}


def test_a_lost_import_would_be_seen() -> None:
    code = "from engine.errors import InputError, NoSuchError\nfrom engine.nowhere import it\nfrom engine import wire"
    assert list(lost_imports(ast.parse(code))) == ["engine.errors.NoSuchError", "engine.nowhere.it"]


def circles(imports: dict[str, set[str]]) -> list[str]:
    """A circle, as the files on it; empty where there is none."""
    try:
        TopologicalSorter(imports).prepare()
    except CycleError as error:
        return list(error.args[1])
    return []


def longest_chain(imports: dict[str, set[str]]) -> list[str]:
    """The longest walk from file to file along imports."""
    best: dict[str, list[str]] = {}
    for name in TopologicalSorter(imports).static_order():
        below = [best[other] for other in imports.get(name, ())]
        best[name] = [name, *max(below, key=len, default=[])]
    return max(best.values(), key=len)


def test_there_is_no_import_circle() -> None:
    assert circles(IMPORTS) == []


def test_a_circle_would_be_seen() -> None:
    assert len(circles({"a": {"b"}, "b": {"c"}, "c": {"a"}, "d": {"a"}})) == 4
    assert longest_chain({"a": {"b", "c"}, "b": {"c"}}) == ["a", "b", "c"]


def test_the_engine_is_not_a_tower() -> None:
    chain = longest_chain({name: found for name, found in IMPORTS.items() if name.startswith("engine/")})
    assert len(chain) <= LONGEST_CHAIN, " -> ".join(chain)


def test_trl_is_in_one_file() -> None:
    assert [name for name, tree in TREES.items() if "trl" in imported(tree)] == [TRL_FILE]


def test_files_stay_small() -> None:
    lines = {name: len((ROOT / name).read_text(encoding="utf-8").splitlines()) for name in TREES}
    assert not {name: count for name, count in lines.items() if count > MAX_FILE_LINES}


def read_by_one(lines: dict[str, int], imports: dict[str, set[str]]) -> set[str]:
    """Small files that exactly one other file imports; a package's own ``__init__.py`` is none of them."""
    readers = {name: sum(name in found for found in imports.values()) for name in lines}
    return {
        name
        for name, count in lines.items()
        if count < SMALL_LINES and readers[name] == 1 and not name.endswith("/__init__.py")
    }


def test_a_small_file_with_one_reader_has_its_reason_in_the_design() -> None:
    lines = {name: len((ROOT / name).read_text(encoding="utf-8").splitlines()) for name in TREES}
    reasons = {file.strip("`"): reason for file, reason in rooms.marked_rows("small files")}
    assert read_by_one(lines, IMPORTS) == set(reasons), (
        "the list is under 'Small files on purpose' in DESIGN.md"
    )
    assert all(reasons.values())


def test_a_small_file_with_one_reader_would_be_seen() -> None:
    lines = {"a.py": 20, "b.py": 20, "c.py": 200, "p/__init__.py": 1}
    assert read_by_one(
        lines, {"c.py": {"a.py", "b.py", "p/__init__.py"}, "b.py": {"c.py"}, "a.py": {"b.py"}}
    ) == {"a.py"}


def applied_transforms(tree: ast.Module) -> Iterator[int]:
    """Lines on which a raster's transform is turned round or multiplied with something."""
    for node in ast.walk(tree):
        used: list[ast.expr] = []
        if isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.Invert):
            used = [node.operand]
        elif isinstance(node, ast.BinOp) and isinstance(node.op, (ast.Mult, ast.MatMult)):
            used = [node.left, node.right]
        names = {getattr(part, "attr", getattr(part, "id", "")) for part in used}
        if any(name == "transform" or name.endswith("_transform") for name in names):
            yield node.lineno


def test_frames_are_changed_in_one_file() -> None:
    found = {name: list(applied_transforms(tree)) for name, tree in TREES.items() if name != TRANSFORMS}
    assert not {name: lines for name, lines in found.items() if lines}
    assert list(applied_transforms(TREES[TRANSFORMS]))


def test_functions_stay_small() -> None:
    lengths = {
        f"{name}: {node.name}": (node.end_lineno or 0) - node.lineno + 1
        for name, tree in TREES.items()
        for node in ast.walk(tree)
        if isinstance(node, FUNCTIONS)
    }
    assert not {where: length for where, length in lengths.items() if length > MAX_FUNCTION_LINES}


def test_one_version_for_engine_and_plugin() -> None:
    metadata = configparser.ConfigParser(interpolation=None)
    metadata.read(ROOT / "metadata.txt", encoding="utf-8")
    engine = (ROOT / "engine" / "__init__.py").read_text(encoding="utf-8")
    assert f'__version__ = "{metadata["general"]["version"]}"' in engine


def broad_handlers(tree: ast.Module) -> Iterator[str]:
    """Names of the functions that catch everything and don't raise it again."""
    for function in ast.walk(tree):
        if isinstance(function, FUNCTIONS):
            handlers = [node for node in ast.walk(function) if isinstance(node, ast.ExceptHandler)]
            yield from (function.name for handler in handlers if is_broad(handler))


def is_broad(handler: ast.ExceptHandler) -> bool:
    caught = handler.type.elts if isinstance(handler.type, ast.Tuple) else [handler.type]
    passes_on = isinstance(handler.body[-1], ast.Raise) and handler.body[-1].exc is None
    return not passes_on and any(kind is None or getattr(kind, "id", "") in BROAD for kind in caught)


def test_broad_except_only_in_task_run_job_loop_and_http_handler() -> None:
    found = {name: set(broad_handlers(tree)) for name, tree in TREES.items()}
    for name in (JOB_LOOP, HTTP_HANDLER):
        found.pop(name)
    plugin_tasks = {
        name: what - {"run"} for name, what in found.items() if name.startswith("remotezero_qgis/")
    }
    assert not {name: what for name, what in {**found, **plugin_tasks}.items() if what}


@pytest.mark.parametrize(
    ("code", "broad"),
    [
        ("try:\n  pass\n except Exception:\n  pass", True),
        ("try:\n  pass\n except BaseException:\n  tidy()\n  raise", False),
        ("try:\n  pass\n except (OSError, Exception):\n  pass", True),
        ("try:\n  pass\n except OSError:\n  pass", False),
    ],
)
def test_a_broad_except_would_be_seen(code: str, broad: bool) -> None:
    tree = ast.parse("def act():\n " + code)
    assert list(broad_handlers(tree)) == (["act"] if broad else [])


def short_enums(tree: ast.Module) -> Iterator[str]:
    """Values such as ``Qt.AlignLeft``, in Qt5 only; Qt6 knows ``Qt.AlignmentFlag.AlignLeft``."""
    parents = {child: node for node in ast.walk(tree) for child in ast.iter_child_nodes(node)}
    members = [
        node for node in parents if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name)
    ]
    scopes = {node.value.id for node in members}
    for node in members:
        owner, name = node.value.id, node.attr
        looks_like_member = name[0].isupper() and not name.isupper()
        if QT_CLASS.match(owner) and looks_like_member and not is_class(node, parents[node], scopes):
            yield f"{owner}.{name} (line {node.lineno})"


def is_class(node: ast.Attribute, parent: ast.AST, scopes: set[str]) -> bool:
    """Whether an attribute is used as a class: called, annotated with, or with a member of its own."""
    if isinstance(parent, ast.Attribute) or (isinstance(parent, ast.Call) and parent.func is node):
        return True
    if isinstance(parent, ast.Assign) and isinstance(parent.targets[0], ast.Name):
        return parent.targets[0].id in scopes
    return node in (getattr(parent, "annotation", None), getattr(parent, "returns", None))


def test_qt_enums_are_fully_scoped() -> None:
    """Only compat.py, which chooses by version, may name what one version alone has."""
    found = {
        name: list(short_enums(tree))
        for name, tree in TREES.items()
        if name.startswith("remotezero_qgis/") and not name.endswith("/compat.py")
    }
    assert not {name: what for name, what in found.items() if what}


def test_a_short_enum_would_be_seen() -> None:
    code = (
        "flag = Qt.AlignLeft\nrole = Qt.ItemDataRole.DisplayRole\nx: Qt.Orientation\nred = QColor.fromRgb(1)"
    )
    assert list(short_enums(ast.parse(code))) == ["Qt.AlignLeft (line 1)"]
