"""The plugin in Qt 6, as QGIS 4 has it: every name, enum and signal of Qt that the code leads to is there.

PyQt6's own descriptions of its classes are read for that, and nothing of Qt has to start. Where it can, the panel's
widgets are made, painted and used in it. There is no package of a QGIS with Qt 6 to test in, so QGIS is stood in for.
"""

from __future__ import annotations

import ast
import importlib.util
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from qt6_names import Names, Walk

ROOT = Path(__file__).resolve().parent.parent
PLUGIN = ROOT / "remotezero_qgis"
FILES = sorted(PLUGIN.rglob("*.py"))


@pytest.fixture(scope="module")
def names() -> Names:
    """Those of the PyQt6 that is installed."""
    found = importlib.util.find_spec("PyQt6")
    if found is None or found.origin is None:
        pytest.skip("PyQt6 is not installed: 'pip install --no-deps PyQt6' lets the names of Qt 6 be checked")
    return Names(Path(found.origin).parent)


def walk(names: Names, code: str) -> Walk:
    return Walk(names, ast.parse(code))


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.relative_to(PLUGIN).as_posix())
def test_every_name_of_qt_is_there_in_qt_6(names: Names, path: Path) -> None:
    assert walk(names, path.read_text(encoding="utf-8")).lost == []


def test_the_walk_goes_far(names: Names) -> None:
    walks = [walk(names, path.read_text(encoding="utf-8")) for path in FILES]
    enums, signals = sum(each.enums for each in walks), sum(each.signals for each in walks)
    print(f"\n{enums} steps into enums, {signals} signals of Qt")
    assert enums > 300
    assert signals > 40


@pytest.mark.parametrize(
    ("code", "lost"),
    [
        ("from qgis.PyQt.QtCore import Qt\nx = Qt.AlignLeft", ["Qt.AlignLeft"]),
        ("from qgis.PyQt.QtCore import Qt\nx = Qt.AlignmentFlag.AlignNowhere", ["Qt.AlignmentFlag.AlignNowhere"]),
        ("from qgis.PyQt.QtCore import Qt\nx = Qt.AlignmentFlag.AlignLeft", []),
        ("from qgis.PyQt.QtWidgets import QAction", ["QtWidgets.QAction"]),
        (
            "try:\n    from qgis.PyQt.QtGui import QAction\n"
            "except ImportError:\n    from qgis.PyQt.QtWidgets import QAction",
            [],
        ),
        ("from qgis.PyQt.QtCore import Qt\nif QGIS_VERSION >= 1:\n    pass\nelse:\n    x = Qt.AlignLeft", []),
        ("from qgis.PyQt.QtWidgets import QFrame\nx = QFrame.Shape.HLine\ny = QFrame.HLine", ["QFrame.HLine"]),
        ("from qgis.PyQt.QtWidgets import QPushButton\nb = QPushButton()\nb.clicked.connect(print)", []),
        (
            "from qgis.PyQt.QtWidgets import QPushButton\nb = QPushButton()\nb.setText.connect(print)",
            ["QPushButton.setText is no signal"],
        ),
        (
            "from qgis.PyQt.QtWidgets import QLabel\nclass A(QLabel):\n    def f(self):\n        self.own = 1\n"
            "        return self.own, self.text(), self.f, self.getNothing()",
            ["self.getNothing"],
        ),
        (
            "from qgis.PyQt.QtWidgets import QButtonGroup\nself.g = QButtonGroup()\n"
            "self.g.buttonClicked.connect(print)",
            [],
        ),
        ("from qgis.PyQt.QtCore import Qt\nx = Qt.Orientations() if hasattr(Qt, 'Orientations') else 0", []),
        ("from qgis.PyQt.QtCore import Qt\nx = Qt.Orientations()", ["Qt.Orientations"]),
    ],
)  # fmt: skip
def test_what_is_missing_would_be_seen(names: Names, code: str, lost: list[str]) -> None:
    assert walk(names, code).lost == lost


def test_the_widgets_live_in_qt_6(names: Names) -> None:
    """A short enum inside a method is met when the method runs."""
    begun = subprocess.run(
        [sys.executable, "-c", "import PyQt6.QtWidgets"], capture_output=True, text=True, check=False
    )
    if begun.returncode:
        pytest.skip(f"PyQt6 is here without a Qt that starts: {begun.stderr.strip().splitlines()[-1]}")
    command = [sys.executable, str(ROOT / "tests" / "qt6_stubs.py")]
    environment = {**os.environ, "PYTHONDONTWRITEBYTECODE": "1"}
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr[-3000:]
    report = json.loads(done.stdout.splitlines()[-1])
    print(f"\n{len(report['done'])} widgets in Qt {report['qt']}")
    assert report["wrong"] == {}
    assert len(report["done"]) > 20
