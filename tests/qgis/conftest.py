"""One QGIS application for all tests here, and a scripted engine per test."""

from __future__ import annotations

import contextlib
import json
import os
import signal
import sys
import threading
import time
import traceback
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent.parent
PYTHON_OF_ENGINE = ROOT / ".venv" / "bin" / "python"
DATA = ROOT.parent / "shared" / "data" / "rasters"
sys.path.insert(0, str(ROOT))
sys.path.insert(0, str(HERE))

from loopback import Answering, listening  # noqa: E402
from pictures import png  # noqa: E402
from qgis.core import (  # noqa: E402
    QgsApplication,
    QgsCoordinateReferenceSystem,
    QgsProject,
    QgsRasterLayer,
    QgsRectangle,
    QgsSettings,
)
from qgis.PyQt.QtCore import QCoreApplication, QEvent, QEventLoop, QObject, QTimer, pyqtSignal  # noqa: E402


@pytest.fixture(scope="session")
def qgis_app(tmp_path_factory: pytest.TempPathFactory) -> Iterator[QgsApplication]:
    profile = tmp_path_factory.mktemp("profile")
    os.environ["QGIS_CUSTOM_CONFIG_PATH"] = str(profile)
    QCoreApplication.setOrganizationName("RemoteZeroTests")
    QCoreApplication.setApplicationName("RemoteZeroTests")
    app = QgsApplication([], True, str(profile))
    app.initQgis()
    from remotezero_qgis.i18n import install_translator, remove_translator

    english = install_translator("en")
    yield app
    remove_translator(english)
    QgsProject.instance().clear()
    # A window that is left over would be deleted after the application it needs.
    for window in app.topLevelWidgets():
        window.deleteLater()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    app.processEvents()


@pytest.fixture(autouse=True)
def no_lost_errors(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Fail a test in which an exception got lost in a slot; Qt would abort the process otherwise."""
    lost: list[str] = []
    monkeypatch.setattr(
        sys, "excepthook", lambda *what: lost.append("".join(traceback.format_exception(*what)))
    )
    yield
    assert not lost, "".join(lost)


@pytest.fixture
def project(qgis_app: QgsApplication) -> Iterator[QgsProject]:
    """The project, empty before and after."""
    QgsSettings().remove("remotezero")
    QgsProject.instance().clear()
    yield QgsProject.instance()
    QgsProject.instance().clear()


@pytest.fixture
def wait(qgis_app: QgsApplication) -> Callable[..., None]:
    """Run the event loop until a condition holds; fail with a name when it does not in time."""

    def wait_for(condition: Callable[[], object], what: str = "", timeout_s: float = 60.0) -> None:
        deadline = time.monotonic() + timeout_s
        while not condition():
            if time.monotonic() > deadline:
                pytest.fail(f"waited {timeout_s} s in vain for {what or condition}")
            QCoreApplication.processEvents(QEventLoop.ProcessEventsFlag.AllEvents, 20)
            time.sleep(0.005)

    return wait_for


class GapMeter:
    """A 10 ms timer on the main thread: the longest gap between two beats is the longest freeze.

    Attributes:
        wall_ms: the longest gap so far, which on a busy machine is others' doing as well.
        own_ms: the most that the main thread itself worked in a gap.
        beats: how often the timer could fire.
    """

    def __init__(self) -> None:
        self.wall_ms = self.own_ms = 0.0
        self.beats = 0
        self._last = (time.perf_counter(), time.thread_time())
        self._timer = QTimer()
        self._timer.setInterval(10)
        self._timer.timeout.connect(self._beat)
        self._timer.start()

    def stop(self) -> None:
        """Measure the last gap, and no more."""
        self._timer.stop()
        self._beat()

    def _beat(self) -> None:
        now = (time.perf_counter(), time.thread_time())
        self.wall_ms = max(self.wall_ms, (now[0] - self._last[0]) * 1000)
        self.own_ms = max(self.own_ms, (now[1] - self._last[1]) * 1000)
        self.beats += 1
        self._last = now


@pytest.fixture
def main_thread_watched(qgis_app: QgsApplication, monkeypatch: pytest.MonkeyPatch):
    """A context that fails when the main thread called the engine, or when nobody did.

    Prints the longest gap between the beats of a 10 ms timer, and the main thread's own work in a gap.
    """
    from remotezero_qgis.connection import transport

    @contextlib.contextmanager
    def watched(when: str) -> Iterator[None]:
        callers = []
        connect = transport.HttpTransport._connect
        monkeypatch.setattr(
            transport.HttpTransport,
            "_connect",
            lambda self, timeout_s: callers.append(threading.current_thread()) or connect(self, timeout_s),
        )
        meter = GapMeter()
        yield
        meter.stop()
        print(
            f"\nmain thread {when}: longest gap {meter.wall_ms:.0f} ms, of its own work {meter.own_ms:.0f} ms; "
            f"{meter.beats} beats"
        )
        assert callers
        assert threading.main_thread() not in callers

    return watched


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A data folder; whatever engine it names at the end is killed."""
    folder = tmp_path / "data folder ü"
    folder.mkdir()
    monkeypatch.setenv("REMOTEZERO_HOME", str(folder))
    yield folder
    kill_engine(folder)


@pytest.fixture
def launch(home: Path):
    """How to start the scripted engine in ``home``."""
    from remotezero_qgis.connection.process import Launch

    def make(windows: int = 12, delay_s: float = 0.05):
        arguments = (str(HERE / "fake_engine.py"), "--windows", str(windows), "--delay", str(delay_s))
        return Launch(home, sys.executable, arguments, folder=home)

    return make


@pytest.fixture
def engine(launch):
    """The scripted engine, running in ``home``; finding it is how the algorithms come by one."""
    from remotezero_qgis.connection.process import ensure_engine

    return ensure_engine(launch(delay_s=0.02), lambda: False)


@pytest.fixture
def keys_database(project: QgsProject) -> Iterator[object]:
    """QGIS's authentication database, open; the servers' keys are forgotten at the end."""
    from remotezero_qgis.connection import server_keys

    manager = QgsApplication.authManager()
    manager.setMasterPassword("master", True)
    yield manager
    for entry in manager.configIds():
        manager.removeAuthenticationConfig(entry)
    server_keys._KEYS.clear()


@pytest.fixture
def provider(project: QgsProject, home: Path):
    """The provider of the algorithms, registered; taken out afterwards."""
    from remotezero_qgis.processing.provider import RemoteZeroProvider

    registry = QgsApplication.processingRegistry()
    made = RemoteZeroProvider()
    assert registry.addProvider(made)
    yield made
    registry.removeProvider(made)


@pytest.fixture
def raster(project: QgsProject, tmp_path: Path) -> QgsRasterLayer:
    """A small three-band raster of 64 x 48 m in UTM zone 33, in the project."""
    layer = QgsRasterLayer(str(make_raster(tmp_path / "harbour.tif")), "harbour")
    assert layer.isValid()
    project.addMapLayer(layer)
    return layer


def make_raster(path: Path, width: int = 128, height: int = 96, extent=None, crs=None) -> Path:
    from qgis.core import Qgis, QgsRasterBlock, QgsRasterFileWriter

    writer = QgsRasterFileWriter(str(path))
    writer.setOutputProviderKey("gdal")
    writer.setOutputFormat("GTiff")
    extent = extent or QgsRectangle(400000, 5800000, 400000 + width / 2, 5800000 + height / 2)
    crs = crs or QgsCoordinateReferenceSystem("EPSG:32633")
    provider = writer.createMultiBandRaster(Qgis.DataType.Byte, width, height, extent, crs, 3)
    for band in (1, 2, 3):
        block = QgsRasterBlock(Qgis.DataType.Byte, width, height)
        block.setData(bytes((x * band + y * 3) % 256 for y in range(height) for x in range(width)))
        provider.writeBlock(block, band, 0, 0)
    provider.setEditable(False)
    return path


def engine_pid(home: Path) -> int | None:
    try:
        return int(json.loads((home / "engine.json").read_text())["pid"])
    except (OSError, ValueError):
        return None


def kill_engine(home: Path) -> None:
    """SIGKILL the engine of a data folder, if it runs."""
    pid = engine_pid(home)
    if pid is not None:
        try:
            os.kill(pid, signal.SIGKILL)
        except ProcessLookupError:
            return


class StubInterface:
    """As much of QgisInterface as the plugin uses, with a real canvas and a real main window."""

    def __init__(self):
        from qgis.gui import QgsLayerTreeMapCanvasBridge, QgsMapCanvas, QgsMessageBar
        from qgis.PyQt.QtWidgets import QMainWindow

        self.window = QMainWindow()
        self.window.resize(1200, 900)
        self.canvas = QgsMapCanvas(self.window)
        self.window.setCentralWidget(self.canvas)
        self.bar = QgsMessageBar(self.canvas)
        root = QgsProject.instance().layerTreeRoot()
        self.bridge = QgsLayerTreeMapCanvasBridge(root, self.canvas, self.canvas)
        self.currentLayerChanged = _Signals(self.window).layer
        self.active = None
        self.added = []

    def mainWindow(self):
        return self.window

    def mapCanvas(self):
        return self.canvas

    def messageBar(self):
        return self.bar

    def activeLayer(self):
        return self.active

    def setActiveLayer(self, layer):
        self.active = layer
        self.currentLayerChanged.emit(layer)

    def addDockWidget(self, area, dock):
        self.window.addDockWidget(area, dock)
        self.added.append("dock")

    def removeDockWidget(self, dock):
        self.window.removeDockWidget(dock)
        self.added.remove("dock")

    def zoomToActiveLayer(self):
        self.canvas.setExtent(self.active.extent())

    def __getattr__(self, name):
        """Note what is added and removed: addX/registerX/... must be undone by removeX/deregisterX/..."""

        def note(*_arguments):
            for do, undo in (("add", "remove"), ("register", "deregister"), ("register", "unregister")):
                if name.startswith(undo):
                    self.added.remove(name[len(undo) :])
                    return
                if name.startswith(do):
                    kind = name[len(do) :]
                    self.added.append(kind.replace("PluginTo", "Plugin"))
                    return
            raise AttributeError(name)

        return note


class _Signals(QObject):
    """Holds the one signal that the stub needs."""

    layer = pyqtSignal(object)


def delete_now() -> None:
    """Destroy what was marked for deletion; outside a running event loop Qt would keep it."""
    from remotezero_qgis.compat import flag_value

    QCoreApplication.processEvents()
    QCoreApplication.sendPostedEvents(None, flag_value(QEvent.Type.DeferredDelete))


@pytest.fixture
def iface(qgis_app):
    stub = StubInterface()
    stub.window.show()
    yield stub
    stub.window.close()
    stub.window.deleteLater()
    delete_now()


@pytest.fixture
def panel(iface, raster, home, launch, monkeypatch):
    """The whole panel over one raster, its engine the scripted one."""
    from qgis.PyQt.QtWidgets import QAction

    from remotezero_qgis import workbench

    engine = launch()
    monkeypatch.setattr(workbench, "launch_from_settings", lambda settings: engine)
    canvas = iface.mapCanvas()
    canvas.setDestinationCrs(raster.crs())
    canvas.setExtent(raster.extent())
    iface.setActiveLayer(raster)
    action = QAction(iface.mainWindow())
    made = workbench.Panel(iface, action)
    # As a user does who wants to see every box, whatever its score.
    made.dock.results.slider.setValue(0)
    made.dock.show()
    yield made
    made.close()


class Tiles(Answering):
    """Serves one colour per tile column, as PNG."""

    asked: list[str]

    def do_GET(self):
        self.asked.append(self.path)
        self.answer(200, "image/png", png(256, int(self.path.split("/")[2])))


@pytest.fixture
def tile_layer(project):
    handler = type("Handler", (Tiles,), {"asked": []})
    with listening(handler) as port:
        url = f"http://127.0.0.1:{port}/{{z}}/{{x}}/{{y}}.png"
        layer = QgsRasterLayer(f"type=xyz&url={url}&zmin=0&zmax=18", "tiles", "wms")
        assert layer.isValid()
        layer.asked = handler.asked
        project.addMapLayer(layer)
        yield layer
