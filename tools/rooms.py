"""Writes the lists of rooms in README.md and DESIGN.md from the docstrings; a test fails when they are stale.

``python3 -m tools.rooms`` brings both up to date. A folder is described by the first line of its
``__init__.py``, a file by its own first sentence.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PACKAGES = ("engine", "trainer", "remotezero_qgis", "tools")
# Folders that hold no package, or none that is imported.
OTHERS = {
    "tests/": "One folder a package; tests/qgis runs in a real QGIS",
    "resources/": "Icons, styles, translations, the model catalogue, the default model and the sample rasters",
    "docs/": "The manual, how rasters, models, dates and learning work, reports of measurements",
}
DOCUMENTS = ("README.md", "DESIGN.md")


def first_sentence(path: Path) -> str:
    """The first sentence of a module's docstring, without its full stop; "" when it has none."""
    first = (ast.get_docstring(ast.parse(path.read_text(encoding="utf-8"))) or "").split("\n\n")[0]
    return re.split(r"\.(?:\s|$)", " ".join(first.split()))[0]


def folders() -> list[Path]:
    """Every folder that is a package, parents before what they hold."""
    return [init.parent for package in PACKAGES for init in sorted((ROOT / package).rglob("__init__.py"))]


def folder_name(folder: Path) -> str:
    """A folder as it is written in the lists."""
    return f"{folder.relative_to(ROOT).as_posix()}/"


def folder_lines() -> Iterator[str]:
    """One line a folder, for README.md."""
    described = {folder_name(folder): first_sentence(folder / "__init__.py") for folder in folders()} | OTHERS
    width = max(map(len, described))
    for name, sentence in described.items():
        yield f"{name:<{width}}  {sentence}"


def file_lines() -> Iterator[str]:
    """One line a folder and below it one line a file, for DESIGN.md."""
    for folder in folders():
        files = [path for path in sorted(folder.glob("*.py")) if path.name != "__init__.py"]
        width = max([len(path.name) for path in files], default=0)
        yield ""
        yield f"{folder_name(folder)}: {first_sentence(folder / '__init__.py')}"
        yield from (f"    {path.name:<{width}}  {first_sentence(path)}" for path in files)


def with_block(text: str, lines: Iterator[str]) -> str:
    """A document with the text between its marks replaced.

    Raises:
        ValueError: the marks are missing.
    """
    block = re.compile(r"(<!-- made by tools/rooms.py -->\n```\n).*?(```\n<!-- end -->)", re.DOTALL)
    if not block.search(text):
        raise ValueError("There is no block between <!-- made by tools/rooms.py --> and <!-- end -->.")
    made = "\n".join(lines).strip("\n") + "\n"
    return block.sub(lambda found: found[1] + made + found[2], text)


def documents() -> dict[Path, str]:
    """Both documents as they should be."""
    made = dict(zip(DOCUMENTS, (folder_lines(), file_lines()), strict=True))
    return {
        ROOT / name: with_block((ROOT / name).read_text(encoding="utf-8"), lines)
        for name, lines in made.items()
    }


def marked_rows(mark: str, document: str = "DESIGN.md") -> list[list[str]]:
    """The cells of a marked table of a document, its head left out; tests compare them with the code."""
    text = (ROOT / document).read_text(encoding="utf-8")
    block = text.split(f"<!-- {mark} -->\n")[1].split("<!-- end -->")[0]
    lines = [line for line in block.splitlines() if line.startswith("|")][2:]
    return [[cell.strip() for cell in re.split(r"(?<!\\)\|", line)[1:-1]] for line in lines]


if __name__ == "__main__":
    for path, text in documents().items():
        path.write_text(text, encoding="utf-8")
