"""Writes the tree in README.md: every source file with the first sentence of its own docstring.

python3 tests/readme_tree.py
"""

from __future__ import annotations

import ast
import re
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
README = ROOT / "README.md"
FOLDERS = ("engine", "trainer", "remotezero_qgis")
BLOCK = re.compile(r"(<!-- tree -->\n```\n).*?(```\n<!-- end of tree -->)", re.DOTALL)


def comment(path: Path) -> str:
    """The first line of a module's docstring, up to its first full stop."""
    first = (ast.get_docstring(ast.parse(path.read_text(encoding="utf-8"))) or "").split("\n")[0]
    return re.split(r"\.(?:\s|$)", first)[0]


def tree() -> str:
    """One line a file, folders in the order of the data path."""
    lines = []
    for folder in FOLDERS:
        files = sorted(
            path for path in (ROOT / folder).rglob("*.py") if path.name != "__init__.py" or comment(path)
        )
        names = {path: path.relative_to(ROOT).as_posix() for path in files}
        width = max(map(len, names.values()))
        lines += [f"{names[path]:<{width}}  {comment(path)}".rstrip() for path in files]
        lines.append("")
    return "\n".join(lines)


if __name__ == "__main__":
    text = README.read_text(encoding="utf-8")
    README.write_text(BLOCK.sub(lambda found: found[1] + tree() + found[2], text), encoding="utf-8")
