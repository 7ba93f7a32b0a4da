"""What the plugin adds to QGIS when it is loaded, and that nothing of it stays behind."""

from __future__ import annotations

import pytest
from conftest import delete_now
from qgis.core import QgsApplication, QgsProject
from qgis.PyQt.QtWidgets import QAction

import remotezero_qgis
from remotezero_qgis import workbench


@pytest.fixture
def plugin(iface, raster, launch, monkeypatch):
    engine = launch()
    monkeypatch.setattr(workbench, "launch_from_settings", lambda settings: engine)
    made = remotezero_qgis.classFactory(iface)
    made.initGui()
    yield made
    made.unload()


def test_loading_opens_nothing(plugin, iface):
    assert plugin.panel is None
    assert "dock" not in iface.added
    assert QgsApplication.processingRegistry().providerById("remotezero") is not None


def test_unloading_leaves_nothing(iface, raster, launch, monkeypatch):
    engine = launch()
    monkeypatch.setattr(workbench, "launch_from_settings", lambda settings: engine)
    before = set(iface.mainWindow().children())
    scene = set(iface.mapCanvas().scene().items())
    for _ in range(2):
        plugin = remotezero_qgis.classFactory(iface)
        plugin.initGui()
        assert sorted(iface.added) == [
            "CustomActionForLayerType", "LocatorFilter", "OptionsWidgetFactory", "PluginMenu", "PluginRasterMenu",
            "ToolBarIcon",
        ]  # fmt: skip
        plugin.open()
        assert "dock" in iface.added
        plugin.unload()
        assert iface.added == []
        delete_now()
        left = {
            child for child in set(iface.mainWindow().children()) - before if not isinstance(child, QAction)
        }
        assert not [child for child in left if type(child).__module__.startswith("remotezero_qgis")]
        assert set(iface.mapCanvas().scene().items()) == scene
        assert QgsApplication.processingRegistry().providerById("remotezero") is None


def test_unloading_in_the_middle_of_a_run_leaves_it_to_the_engine(iface, raster, launch, monkeypatch, wait):
    engine = launch(delay_s=0.5)
    monkeypatch.setattr(workbench, "launch_from_settings", lambda settings: engine)
    plugin = remotezero_qgis.classFactory(iface)
    plugin.initGui()
    iface.mapCanvas().setDestinationCrs(raster.crs())
    iface.mapCanvas().setExtent(raster.extent())
    iface.setActiveLayer(raster)
    plugin.ask("tanks")
    wait(lambda: plugin.panel.dock.results.model.rowCount() >= 1, "the first box")
    plugin.unload()
    delete_now()
    assert [layer.name() for layer in QgsProject.instance().mapLayers().values()] == ["harbour"]
    from remotezero_qgis.connection.process import find_engine

    client = find_engine(engine, timeout_s=30.0)
    wait(lambda: client.jobs()[0].state == "done", "the engine to finish by itself")
    wait(lambda: QgsApplication.taskManager().countActiveTasks() == 0, "the task to end")


def test_without_an_engine_the_panel_shows_the_set_up_page(iface, raster, home, monkeypatch):
    from remotezero_qgis.connection.process import Launch

    monkeypatch.setattr(workbench, "launch_from_settings", lambda settings: Launch(home))
    plugin = remotezero_qgis.classFactory(iface)
    plugin.initGui()
    panel = plugin.open()
    assert panel.dock.in_setup
    plugin.ask("tanks")
    assert not panel.runs.running
    monkeypatch.setattr(workbench, "launch_from_settings", lambda settings: Launch(home, "/bin/true"))
    panel.dock.setup.changed.emit()
    assert not panel.dock.in_setup
    plugin.unload()


@pytest.mark.parametrize("part", ["setup", "models", "remote"])
def test_a_change_on_the_options_page_reaches_the_panel(iface, raster, home, monkeypatch, part):
    from remotezero_qgis.connection.process import Launch

    monkeypatch.setattr(workbench, "launch_from_settings", lambda settings: Launch(home))
    plugin = remotezero_qgis.classFactory(iface)
    plugin.initGui()
    panel = plugin.open()
    page = plugin._page.createWidget(None)
    assert panel.dock.in_setup
    monkeypatch.setattr(workbench, "launch_from_settings", lambda settings: Launch(home, "/bin/true"))
    getattr(page, part).changed.emit()
    assert not panel.dock.in_setup
    page.setup.shut_down()
    page.remote.shut_down()
    plugin.unload()
