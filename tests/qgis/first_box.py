"""Runs inside the real QGIS (``qgis --code``): from the plugin's zip to the first box, counting every click.

``FIRST_ZIP`` is the zip, ``FIRST_OUT`` the folder for ``report.json`` and the pictures. Each ``yield`` gives
QGIS its event loop back until the yielded condition holds.
"""

from __future__ import annotations

import json
import os
import sys
import time
import traceback
from collections.abc import Callable, Iterator
from pathlib import Path

import pyplugin_installer
from qgis.core import QgsProject
from qgis.PyQt.QtCore import Qt, QTimer
from qgis.PyQt.QtTest import QTest
from qgis.PyQt.QtWidgets import QWidget
from qgis.utils import iface, plugins

OUT = Path(os.environ["FIRST_OUT"])
NAME = "remotezero_qgis"
PATIENCE_S = float(os.environ.get("FIRST_PATIENCE", "240"))
report: dict = {"clicks": [], "seconds": {}, "error": ""}
begun = time.monotonic()


def click(what: str, widget: QWidget) -> None:
    """Press a button as a mouse does; it has to be seen to be pressed."""
    if not (widget.isVisible() and widget.isEnabled()):
        raise AssertionError(f"{what} can't be clicked")
    report["clicks"].append(what)
    QTest.mouseClick(widget, Qt.MouseButton.LeftButton)


def reached(what: str) -> None:
    """Note the time since the zip was installed, and keep a picture."""
    report["seconds"][what] = round(time.monotonic() - begun, 1)
    iface.mainWindow().grab().save(str(OUT / f"{what}.png"))


def steps() -> Iterator[Callable[[], object]]:
    """Everything a person does, from the zip to the first box."""
    global begun
    iface.mainWindow().resize(1400, 900)
    pyplugin_installer.instance().installFromZipFile(os.environ["FIRST_ZIP"])
    yield lambda: NAME in plugins
    begun = time.monotonic()
    plugin = plugins[NAME]
    click("the panel's button", iface.pluginToolBar().widgetForAction(plugin.action))
    yield lambda: plugin.panel is not None and plugin.panel.dock.isVisible() and plugin.panel.dock.in_setup
    page = plugin.panel.dock.setup
    yield lambda: page.install.isVisible()
    reached("first page")
    click("Install", page.install)
    yield lambda: not plugin.panel.dock.in_setup or page.banner.text
    if page.banner.text and plugin.panel.dock.in_setup:
        raise AssertionError(page.banner.text)
    yield lambda: plugin.panel.dock.blank.steps.isVisible()
    reached("installed")
    click("Load the sample", plugin.panel.dock.blank.steps.sample)
    yield lambda: plugin.panel.dock.results.model.rowCount() >= 1
    reached("first box")
    yield lambda: not plugin.panel.runs.running
    reached("all boxes")
    results = plugin.panel.dock.results
    report["shown"], report["found"] = results.model.rowCount(), results.model.total
    report["layers"] = sorted(layer.name() for layer in QgsProject.instance().mapLayers().values())
    report["question"] = plugin.panel.dock.question.question


class Driver:
    """Takes one step after the other."""

    def __init__(self) -> None:
        self.steps = steps()
        self.condition: Callable[[], object] = lambda: True
        self.deadline = time.monotonic() + PATIENCE_S
        self.timer = QTimer()
        self.timer.setInterval(20)
        self.timer.timeout.connect(self.go_on)
        self.timer.start()

    def go_on(self) -> None:
        """Take the next step once its condition holds."""
        try:
            if self.condition():
                self.condition = next(self.steps)
                self.deadline = time.monotonic() + PATIENCE_S
            elif time.monotonic() > self.deadline:
                raise TimeoutError(f"nothing happened after {report['clicks']}")
        except StopIteration:
            self.end()
        except Exception:
            report["error"] = traceback.format_exc()
            self.end()

    def end(self) -> None:
        """Write the report and leave QGIS."""
        self.timer.stop()
        (OUT / "report.json").write_text(json.dumps(report, indent=1))
        QgsProject.instance().setDirty(False)
        QTimer.singleShot(100, lambda: os._exit(0))


sys.excepthook = lambda *what: report.update(error="".join(traceback.format_exception(*what)))
driver = Driver()
