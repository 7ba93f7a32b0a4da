"""The names of Qt 6, read from the ``.pyi`` files that come with PyQt6, and where the plugin's code leads in them.

Nothing of Qt is loaded for it. Of the code is followed: what is imported from ``qgis.PyQt``, what hangs on these
classes (enums to their last member), and what is called or connected on ``self`` and on variables that were
assigned from such a class.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

BINDING = "qgis.PyQt"
# Members that every Python object and every enum member has.
PLAIN = frozenset(dir(object)) | {"name", "value", "emit", "connect", "disconnect", "__members__"}


@dataclass
class QtClass:
    """One class: its members, those that are classes themselves, and the names of its bases."""

    members: set[str] = field(default_factory=set)
    inner: dict[str, QtClass] = field(default_factory=dict)
    bases: list[str] = field(default_factory=list)
    signals: set[str] = field(default_factory=set)


class Names:
    """All modules of PyQt6 that are asked for.

    Args:
        folder: of the PyQt6 package.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._modules: dict[str, QtClass] = {}

    def module(self, name: str) -> QtClass | None:
        """Return a module's names; None where there is no such module."""
        path = self._folder / f"{name}.pyi"
        if name not in self._modules and path.is_file():
            self._modules[name] = _read(ast.parse(path.read_text(encoding="utf-8")).body)
        return self._modules.get(name)

    def find(self, cls: QtClass, module: str, name: str) -> bool:
        """Tell whether a class or one of its bases has a member."""
        return name in PLAIN or any(name in each.members for each in self.line(cls, module))

    def is_signal(self, cls: QtClass, module: str, name: str) -> bool:
        """Tell whether it is a signal."""
        return any(name in each.signals for each in self.line(cls, module))

    def line(self, cls: QtClass, module: str) -> Iterator[QtClass]:
        """Yield a class and its bases."""
        yield cls
        for base in cls.bases:
            where, _, name = base.rpartition(".")
            home = self.module(where or module)
            if home is not None and name in home.inner:
                yield from self.line(home.inner[name], where or module)


def _read(body: list[ast.stmt]) -> QtClass:
    made = QtClass()
    for node in body:
        if isinstance(node, ast.ClassDef):
            made.members.add(node.name)
            made.inner[node.name] = _read(node.body)
            made.inner[node.name].bases = [ast.unparse(base) for base in node.bases]
        elif isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef)):
            made.members.add(node.name)
        elif isinstance(node, ast.AnnAssign) and isinstance(node.target, ast.Name):
            made.members.add(node.target.id)
            if "pyqtSignal" in ast.unparse(node.annotation):
                made.signals.add(node.target.id)
        elif isinstance(node, ast.Assign):
            made.members |= {target.id for target in node.targets if isinstance(target, ast.Name)}
    return made


class Walk(ast.NodeVisitor):
    """Follows one file of the plugin into Qt's names; :attr:`lost` is what is not there.

    Args:
        names: those of Qt 6.
        tree: of the file.
    """

    def __init__(self, names: Names, tree: ast.Module) -> None:
        self._names = names
        self._imported: dict[str, tuple[str, str]] = {}
        self._types: dict[str, str] = {}
        self._classes: list[tuple[str, set[str]]] = []
        self._spared: set[str] = set()
        self.lost: list[str] = []
        self.enums = self.signals = 0
        for node in ast.walk(tree):
            self._import(node)
            self._assigned(node)
        self._collect_spared(tree)
        self.visit(tree)

    def _import(self, node: ast.AST) -> None:
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith(BINDING + "."):
            module = str(node.module).removeprefix(BINDING + ".")
            for alias in node.names:
                home = self._names.module(module)
                if home is not None and alias.name in home.members:
                    self._imported[alias.asname or alias.name] = (module, alias.name)

    def _assigned(self, node: ast.AST) -> None:
        """Remember of which class a variable is; one that is of two classes is of none."""
        if (
            isinstance(node, ast.Assign)
            and isinstance(node.value, ast.Call)
            and isinstance(node.value.func, ast.Name)
        ):
            made = node.value.func.id
            for target in node.targets:
                name = ast.unparse(target)
                self._types[name] = made if self._types.get(name, made) == made else ""
        elif isinstance(node, (ast.Assign, ast.AugAssign, ast.For, ast.withitem, ast.arg)):
            for target in ast.walk(getattr(node, "target", None) or node):
                if isinstance(target, (ast.Name, ast.Attribute)) and isinstance(target.ctx, ast.Store):
                    self._types[ast.unparse(target)] = ""
            if isinstance(node, ast.arg):
                self._types[node.arg] = ""

    def _collect_spared(self, tree: ast.Module) -> None:
        """What is asked for by ``hasattr`` first may be missing."""
        for node in ast.walk(tree):
            if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "hasattr":
                self._spared.add(f"{ast.unparse(node.args[0])}.{ast.literal_eval(node.args[1])}")

    def visit_Try(self, node: ast.Try) -> None:
        """One of the ways has to lead on: the first that does counts."""
        if any(getattr(handler.type, "id", "") == "ImportError" for handler in node.handlers):
            ways = [node.body, *(handler.body for handler in node.handlers)]
            missing = [[name for part in way for name in self._missing(part)] for way in ways]
            if all(missing):
                self.lost += missing[0]
        else:
            self.generic_visit(node)

    def visit_If(self, node: ast.If) -> None:
        """What is meant for versions of QGIS before the fourth is not reached in Qt 6."""
        if ast.unparse(node.test).startswith("QGIS_VERSION >= "):
            for part in node.body:
                self.visit(part)
        else:
            self.generic_visit(node)

    def visit_ImportFrom(self, node: ast.ImportFrom) -> None:
        """Every imported name is there."""
        self.lost += self._missing(node)

    def _missing(self, node: ast.stmt) -> list[str]:
        if not isinstance(node, ast.ImportFrom) or not (node.module or "").startswith(BINDING):
            return []
        module = str(node.module).removeprefix(BINDING).lstrip(".")
        if not module:
            modules = {"sip"} | {path.stem for path in self._names._folder.glob("*.pyi")}
            return [alias.name for alias in node.names if alias.name not in modules]
        home = self._names.module(module)
        members = home.members if home is not None else set()
        # PyQt's own, which its .pyi has in another form.
        members = members | {"pyqtSignal", "pyqtSlot", "pyqtProperty"}
        return [f"{module}.{alias.name}" for alias in node.names if alias.name not in members]

    def visit_ClassDef(self, node: ast.ClassDef) -> None:
        """Inside a class whose one base is of Qt, ``self`` is followed as well."""
        qt = [base.id for base in node.bases if isinstance(base, ast.Name) and base.id in self._imported]
        own = {part.name for part in node.body if isinstance(part, ast.FunctionDef)}
        own |= {target.id for part in node.body if isinstance(part, ast.Assign) for target in part.targets}
        own |= {
            part.attr
            for part in ast.walk(node)
            if isinstance(part, ast.Attribute)
            and isinstance(part.ctx, ast.Store)
            and ast.unparse(part.value) == "self"
        }
        own |= {
            part.target.attr
            for part in ast.walk(node)
            if isinstance(part, ast.AnnAssign) and isinstance(part.target, ast.Attribute)
        }
        self._classes.append((qt[0] if len(node.bases) == 1 and qt else "", own))
        self.generic_visit(node)
        self._classes.pop()

    def visit_Attribute(self, node: ast.Attribute) -> None:
        """Follow a chain to its end."""
        parts = ast.unparse(node).split(".") if _is_chain(node) else []
        if not parts:
            self.generic_visit(node)
            return
        if parts[0] in self._imported:
            self._follow(*self._imported[parts[0]], parts[1:], parts[0])
        elif parts[0] == "self" and self._classes and self._classes[-1][0]:
            base, own = self._classes[-1]
            if parts[1] not in own:
                self._on_instance(base, parts[1], f"self.{parts[1]}")
        for length in range(1, len(parts)):
            made = self._types.get(".".join(parts[:length]), "")
            if made in self._imported:
                self._on_instance(made, parts[length], f"{made}.{parts[length]}", parts[length + 1 :])

    def _follow(self, module: str, name: str, rest: list[str], said: str) -> None:
        cls = self._names.module(module)
        assert cls is not None
        here: QtClass | None = cls.inner.get(name)
        for part in rest:
            if here is None:
                return
            said += f".{part}"
            if said in self._spared:
                return
            if not self._names.find(here, module, part):
                self.lost.append(said)
                return
            self.enums += part[:1].isupper()
            here = next(
                (each.inner[part] for each in self._names.line(here, module) if part in each.inner), None
            )

    def _on_instance(self, made: str, member: str, said: str, rest: list[str] | None = None) -> None:
        module, name = self._imported[made]
        home = self._names.module(module)
        cls = home.inner.get(name) if home is not None else None
        if cls is None or said in self._spared:
            return
        if not self._names.find(cls, module, member):
            self.lost.append(said)
        elif rest and rest[0] in ("connect", "disconnect", "emit"):
            self.signals += 1
            if not self._names.is_signal(cls, module, member):
                self.lost.append(f"{said} is no signal")


def _is_chain(node: ast.expr) -> bool:
    while isinstance(node, ast.Attribute):
        node = node.value
    return isinstance(node, ast.Name)
