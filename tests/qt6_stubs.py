"""Run with a Python that has PyQt6: the plugin's widgets in Qt 6, made, painted and used; QGIS is stood in for.

``python tests/qt6_stubs.py`` prints a line of JSON: what was tried, and what went wrong in it. Names of ``qgis.core``
and ``qgis.gui`` are classes that take anything; those that are shown are Qt's own widgets.
"""

from __future__ import annotations

import json
import os
import sys
import traceback
import types
from pathlib import Path
from typing import Any

os.environ["QT_QPA_PLATFORM"] = "offscreen"
ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from PyQt6 import QtCore, QtGui, QtNetwork, QtTest, QtWidgets, QtXml, sip  # noqa: E402


class Silent:
    """Takes every call and every operation, and is nothing."""

    def __init__(self, *_: Any, **__: Any) -> None: ...

    def __call__(self, *_: Any, **__: Any) -> Any:
        return Silent()

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)
        return Silent()

    def __or__(self, _: Any) -> Any:
        return self

    __ror__ = __and__ = __or__

    def __iter__(self) -> Any:
        return iter(())

    def __bool__(self) -> bool:
        return False


class Kind(type(QtCore.QObject)):
    """The class of stand-ins: members that nobody wrote are silent ones."""

    def __getattr__(cls, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)
        return Silent()


def stand_in(name: str, base: type) -> type:
    """Return a class of Qt's kind that takes every argument and has every method."""

    def begin(self: Any, *arguments: Any, **_: Any) -> None:
        parents = [each for each in arguments if isinstance(each, QtCore.QObject)]
        base.__init__(self, *parents[-1:])

    def member(self: Any, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)
        return Silent()

    return Kind(name, (base,), {"__init__": begin, "__getattr__": member})


class Module(types.ModuleType):
    """``qgis.core`` or ``qgis.gui``: every name is a stand-in."""

    def __init__(self, name: str, base: type, **own: Any) -> None:
        super().__init__(name)
        self.base = base
        self.__dict__.update(own)

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)
        made = stand_in(name, self.base)
        setattr(self, name, made)
        return made


class Application(QtWidgets.QApplication):
    """QgsApplication, as far as looks go."""

    @staticmethod
    def getThemeIcon(_: str) -> QtGui.QIcon:
        return QtGui.QIcon()

    @staticmethod
    def taskManager() -> Silent:
        return Silent()


def lay_out() -> None:
    """Make ``qgis`` a package of stand-ins."""
    qgis, binding = types.ModuleType("qgis"), types.ModuleType("qgis.PyQt")
    qgis.__path__ = binding.__path__ = []
    binding.sip = sip
    for module in (QtCore, QtGui, QtNetwork, QtTest, QtWidgets, QtXml):
        name = module.__name__.rpartition(".")[2]
        sys.modules[f"qgis.PyQt.{name}"] = module
        setattr(binding, name, module)
    versioned = Kind("Qgis", (QtCore.QObject,), {"QGIS_VERSION_INT": 40000})
    core = Module("qgis.core", QtCore.QObject, QgsApplication=Application, Qgis=versioned)
    task = Kind("QgsTask", (QtCore.QObject,), {})
    core.QgsTask = task
    gui = Module("qgis.gui", QtWidgets.QWidget)
    gui.QgsDockWidget = stand_in("QgsDockWidget", QtWidgets.QDockWidget)
    gui.QgsCollapsibleGroupBox = stand_in("QgsCollapsibleGroupBox", QtWidgets.QGroupBox)
    sys.modules |= {"qgis": qgis, "qgis.PyQt": binding, "qgis.core": core, "qgis.gui": gui}


def widgets() -> dict[str, Any]:
    """Return how to make each widget of which Qt alone is asked."""
    from remotezero_qgis import dock, flow, manual
    from remotezero_qgis.improve import chart, form, page, view
    from remotezero_qgis.layers import detections
    from remotezero_qgis.panel import (
        banner,
        blank_page,
        detail_card,
        first_steps,
        model_choice,
        place_choice,
        question_box,
        results_box,
        run_strip,
        scope_box,
        server_model,
    )
    from remotezero_qgis.setup import build_choice, progress_box
    from remotezero_qgis.setup import form as setup_form

    def said() -> Any:
        made = banner.Banner()
        made.say(banner.WARNING, "Something happened.", "Mend it", lambda: None)
        return made

    def row() -> Any:
        made = QtWidgets.QWidget()
        made.setLayout(flow.FlowRow(QtWidgets.QPushButton("one"), QtWidgets.QPushButton("two")))
        return made

    def reader() -> Any:
        owner = QtWidgets.QWidget()
        owner.reader = manual.Reader(owner)
        owner.reader.show_page("troubleshooting.html#AdapterError")
        return owner

    def helped() -> Any:
        made = QtWidgets.QWidget()
        made.helper = manual.Help(made, lambda: manual.FIND)
        QtWidgets.QVBoxLayout(made).addWidget(made.helper.button())
        QtTest.QTest.keyClick(made, QtCore.Qt.Key.Key_F1)
        assert made.helper.reader.page == manual.FIND
        return made

    def docked() -> Any:
        made = dock.Dock(lambda parent: setup_form.SetupForm(parent, first_run=True), page.ImprovePage())
        made.show_learning(True)
        made.show_searched("Searched: all.", more=True)
        made.show_setup(True)
        made.show_setup(False)
        made.show_results()
        return made

    def rows() -> Any:
        from qgis.core import QgsGeometry

        made = results_box.ResultsBox()
        facts = ("a quay", "all ships", "mini", "", "1", "harbour.tif", "[0, 0, 9, 9]", 0.5, "", 60.0, 20.0)
        made.add(
            [
                detections.Detection(
                    f"w{number}-0", number, number / 30, "ship", *facts, verdict, QgsGeometry()
                )
                for number in range(30)
                for verdict in ("accepted" if number % 2 else "",)
            ]
        )
        assert made.model.total == 30
        made.table.selectRow(3)
        return made

    def curves() -> Any:
        made = chart.Chart("Score", "step", "Nothing yet.")
        points = [(step, 0.4 + step / 100) for step in range(30)]
        made.show_series([chart.Series("score", "#0f8b8d", points, noisy=True, dots=True)])
        return made

    return {
        "Banner": said, "FlowRow": row, "Reader": reader, "Help": helped, "Dock": docked,
        "BlankPage": blank_page.BlankPage,
        "DetailCard": detail_card.DetailCard, "FirstSteps": first_steps.FirstSteps,
        "ModelChoice": model_choice.ModelChoice, "PlaceChoice": place_choice.PlaceChoice,
        "QuestionBox": question_box.QuestionBox, "ResultsBox": rows,
        "RunStrip": lambda: run_strip.RunStrip("Find", "run"), "ScopeBox": scope_box.ScopeBox,
        "BuildChoice": build_choice.BuildChoice, "ProgressBox": progress_box.ProgressBox,
        "SetupForm": lambda: setup_form.SetupForm(first_run=True), "Chart": curves,
        "ImproveForm": form.ImproveForm, "ImprovePage": page.ImprovePage, "RunView": view.RunView,
        "ServerDialog": server_model.ServerDialog,
    }  # fmt: skip


def use(widget: QtWidgets.QWidget) -> None:
    """Show a widget, paint it at two widths, press the keys that it listens to, and change the theme."""
    widget.show()
    for width in (280, 500):
        widget.resize(width, 700)
        Application.processEvents()
        widget.grab()
    for part in [widget, *widget.findChildren(QtWidgets.QWidget)]:
        if isinstance(part, (QtWidgets.QTableView, QtWidgets.QComboBox)):
            for key in (QtCore.Qt.Key.Key_Down, QtCore.Qt.Key.Key_A, QtCore.Qt.Key.Key_N):
                QtTest.QTest.keyClick(part, key)
    Application.sendEvent(widget, QtCore.QEvent(QtCore.QEvent.Type.ApplicationPaletteChange))
    Application.processEvents()


def main() -> None:
    """Try them all."""
    lay_out()
    app = Application([])
    known = widgets()
    lost: list[str] = []
    sys.excepthook = lambda *what: lost.append("".join(traceback.format_exception(*what)))
    done, wrong = [], {}
    for name, make in known.items():
        try:
            use(make())
        except Exception:
            wrong[name] = traceback.format_exc()
        if lost:
            wrong[name] = wrong.get(name, "") + "".join(lost)
            lost.clear()
        done.append(name)
    app.closeAllWindows()
    sys.stdout.write(json.dumps({"done": done, "wrong": wrong, "qt": QtCore.qVersion()}) + "\n")
    sys.stdout.flush()
    os._exit(0)


if __name__ == "__main__":
    main()
