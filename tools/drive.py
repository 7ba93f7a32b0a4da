"""Runs inside the real QGIS (``qgis --code``): uses the plugin as a person would, and writes down what it saw.

The environment says what to do: ``DRIVE_OUT`` is the folder for ``report.json`` and the pictures,
``DRIVE_RASTER`` the raster to open, ``DRIVE_QUESTION`` what to ask, ``DRIVE_KILL`` that the engine is killed
in the middle, ``DRIVE_LEARN`` that the Self-improve tab is opened on a run that the engine knows. Where
there is no engine, the session ends with the set-up page. Steps are a generator: each ``yield`` gives QGIS
its event loop back until the yielded condition holds.
"""

from __future__ import annotations

import json
import os
import signal
import sys
import time
import traceback
from collections.abc import Callable, Iterator
from pathlib import Path

from qgis.core import QgsApplication, QgsProject, QgsRasterLayer
from qgis.PyQt.QtCore import QTimer
from qgis.utils import iface, loadPlugin, plugins, startPlugin, unloadPlugin

OUT = Path(os.environ["DRIVE_OUT"])
HOME = Path(os.environ["REMOTEZERO_HOME"])
NAME = "remotezero_qgis"
STEP_TIMEOUT_S = float(os.environ.get("DRIVE_TIMEOUT", "240"))
report: dict = {"steps": [], "error": ""}


class Pulse:
    """A 10 ms timer on the main thread: the longest gap between two beats is the longest freeze."""

    def __init__(self) -> None:
        self.timer = QTimer()
        self.timer.setInterval(10)
        self.timer.timeout.connect(self.beat)
        self.restart()

    def restart(self) -> None:
        """Forget the gaps so far."""
        self.wall_s, self.own_s = 0.0, 0.0
        self.last = (time.perf_counter(), time.thread_time())
        self.timer.start()

    def beat(self) -> None:
        """Measure the gap since the last beat."""
        now = (time.perf_counter(), time.thread_time())
        self.wall_s = max(self.wall_s, now[0] - self.last[0])
        self.own_s = max(self.own_s, now[1] - self.last[1])
        self.last = now


def grab(name: str, whole: bool = False) -> None:
    """Save a picture of the panel, or of the whole window."""
    widget = iface.mainWindow() if whole else plugins[NAME].panel.dock
    widget.grab().save(str(OUT / f"{name}.png"))


def pause(seconds: float) -> Callable[[], bool]:
    """Return a condition that holds after some seconds."""
    end = time.monotonic() + seconds
    return lambda: time.monotonic() > end


def seen(step: str, **facts: object) -> None:
    """Write down what a step showed."""
    report["steps"].append({"step": step, **facts})


def result_layers() -> list:
    """Return the layers that runs have added to the project."""
    return [
        layer
        for layer in QgsProject.instance().mapLayers().values()
        if layer.customProperty("remotezero/job")
    ]


def steps() -> Iterator[Callable[[], object]]:
    """Everything a person does, from the start to unloading; yields what to wait for."""
    seen("started", loaded=NAME in plugins, opened_by_itself=plugins[NAME].panel is not None)
    raster = Path(os.environ["DRIVE_RASTER"])
    layer = QgsRasterLayer(str(raster), raster.stem)
    QgsProject.instance().addMapLayer(layer)
    iface.setActiveLayer(layer)
    iface.zoomToActiveLayer()
    iface.mainWindow().resize(1500, 950)
    plugins[NAME].action.trigger()
    panel = plugins[NAME].panel
    panel.dock.setMinimumWidth(430)
    yield pause(3)
    seen("opened", visible=panel.dock.isVisible(), set_up=panel.dock.in_setup)
    if panel.dock.in_setup:
        grab("first-run")
        return
    if os.environ.get("DRIVE_LEARN"):
        yield from learn(panel)
        return
    grab("empty")
    yield from ask(panel)
    yield from options()
    yield from fail(panel, raster)
    yield from unload()


def ask(panel: object) -> Iterator[Callable[[], object]]:
    """Ask the question and look at the results."""
    panel.dock.question.setEditText(os.environ["DRIVE_QUESTION"])
    if os.environ.get("DRIVE_FINE"):
        yield from look_closer(panel, float(os.environ["DRIVE_FINE"]))
    else:
        # Every box that is found is counted, and not only what scores enough.
        panel.dock.results.slider.setValue(0)
    pulse = Pulse()
    panel.find.run()
    wanted = int(os.environ.get("DRIVE_SHOWN", "3"))
    yield lambda: panel.dock.results.model.rowCount() >= wanted or not panel.runs.running
    seen("running", going_on=panel.runs.running)
    if not os.environ.get("DRIVE_FINE"):
        grab("running")
    if os.environ.get("DRIVE_KILL"):
        os.kill(json.loads((HOME / "engine.json").read_text())["pid"], signal.SIGKILL)
    yield lambda: not panel.runs.running
    seen(
        "asked",
        features=[layer.featureCount() for layer in result_layers()],
        rows=panel.dock.results.model.rowCount(),
        banner=panel.dock.banner.text,
        longest_gap_ms=round(pulse.wall_s * 1000),
        longest_own_work_ms=round(pulse.own_s * 1000),
    )
    pulse.timer.stop()
    panel.dock.results.table.selectRow(0)
    yield pause(3)
    grab("results")
    grab("window", whole=True)


def options() -> Iterator[Callable[[], object]]:
    """Look at the pages of QGIS's options that the engine serves."""
    page = plugins[NAME]._page.createWidget(None)
    page.resize(760, 520)
    page.show_models()
    page.show()
    yield lambda: page.models.list.topLevelItemCount() > 0 or page.models.banner.text
    yield pause(1)
    page.grab().save(str(OUT / "models.png"))
    page._tabs.setCurrentIndex(2)
    yield pause(0.5)
    page.grab().save(str(OUT / "another-computer.png"))
    page.models.shut_down()
    page.deleteLater()


def look_closer(panel: object, gsd_m: float) -> Iterator[Callable[[], object]]:
    """Search at ``gsd_m``, which takes long enough for a picture, and cancel."""
    panel.dock.scope.set_zoom("detail", gsd_m)
    panel.find.run()
    bar = panel.dock.strip._bar
    yield lambda: not panel.runs.running or 3 * bar.value() > bar.maximum() > 0
    grab("running")
    panel.runs.cancel()
    yield lambda: not panel.runs.running
    panel.dock.scope.set_zoom("auto", 0.0)
    for layer in result_layers():
        QgsProject.instance().removeMapLayer(layer)


def learn(panel: object) -> Iterator[Callable[[], object]]:
    """Show a plan, then the run that the engine has: its verdict and curves, and its places."""
    tab = panel.dock.improve
    iface.mainWindow().resize(1500, 1180)
    panel.dock.tabs.setCurrentWidget(tab)
    tab.earlier.aboutToShow.emit()
    yield lambda: any(action.isEnabled() for action in tab.earlier.actions())
    tab.form.set_queries(tuple(os.environ["DRIVE_LEARN"].split("|")))
    tab.strip.run_wanted.emit()
    yield lambda: not panel.improve.running
    yield pause(1)
    seen("planned", plan=tab.form.plan.sentences, banner=tab.banner.text)
    grab("self-improve-plan")
    tab.earlier.actions()[0].trigger()
    yield lambda: not panel.improve.running and all(pair.complete for pair in tab.view.places.pairs)
    yield pause(1)
    seen("learned", verdicts=tab.view.verdicts, title=tab.view.title, banner=tab.banner.text)
    grab("self-improve")
    tab.scroll_to(tab.view.places)
    yield pause(0.5)
    grab("self-improve-places")


def fail(panel: object, raster: Path) -> Iterator[Callable[[], object]]:
    """Ask again once the raster has gone, as a pulled memory stick would have it."""
    iface.zoomToActiveLayer()
    away = raster.with_suffix(".away")
    raster.rename(away)
    panel.dock.question.setEditText(os.environ.get("DRIVE_FAILING", os.environ["DRIVE_QUESTION"]))
    panel.find.run()
    yield lambda: not panel.runs.running
    away.rename(raster)
    yield pause(0.5)
    grab("error")
    seen("failed", banner=panel.dock.banner.text)


def unload() -> Iterator[Callable[[], object]]:
    """Unload the plugin, look at what it left behind, and load it again."""
    from remotezero_qgis.dock import Dock

    unloadPlugin(NAME)
    yield pause(0.5)
    left = [type(child).__name__ for child in iface.mainWindow().findChildren(Dock)]
    provider = QgsApplication.processingRegistry().providerById("remotezero")
    seen("unloaded", left=left, provider=provider is not None)
    seen("loaded again", done=loadPlugin(NAME) and startPlugin(NAME))
    yield pause(0.5)


class Driver:
    """Takes one step after the other."""

    def __init__(self) -> None:
        self.steps = steps()
        self.condition: Callable[[], object] = pause(1)
        self.deadline = time.monotonic() + STEP_TIMEOUT_S
        self.timer = QTimer()
        self.timer.setInterval(20)
        self.timer.timeout.connect(self.go_on)
        self.timer.start()

    def go_on(self) -> None:
        """Take the next step once its condition holds."""
        try:
            if self.condition():
                self.condition = next(self.steps)
                self.deadline = time.monotonic() + STEP_TIMEOUT_S
            elif time.monotonic() > self.deadline:
                raise TimeoutError(f"after {report['steps'][-1]['step']}, nothing happened any more")
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
