"""*Scan an archive* in a real QGIS: what is asked, what is loaded, and how it is filtered by scene and date."""

from __future__ import annotations

import subprocess
import threading
from functools import partial
from pathlib import Path

import pytest
from algorithms import Heard, run
from conftest import PYTHON_OF_ENGINE, ROOT
from qgis.core import (
    Qgis,
    QgsAction,
    QgsCategorizedSymbolRenderer,
    QgsDateTimeRange,
    QgsExpression,
    QgsExpressionContext,
    QgsExpressionContextUtils,
    QgsFeature,
    QgsProcessingContext,
    QgsProcessingException,
    QgsProcessingFeedback,
    QgsProcessingUtils,
    QgsProject,
    QgsTemporalUtils,
    QgsVectorLayer,
    QgsVectorLayerTemporalContext,
)
from qgis.PyQt.QtCore import QDate, QDateTime, Qt, QTime

from remotezero_qgis.layers.archive import all_scenes, only_day, only_scene, show_archive

scan = partial(run, "remotezero:scan")


def loaded(context: QgsProcessingContext) -> list[QgsVectorLayer]:
    """Load what an algorithm wants loaded, as the Processing plugin does once it has ended."""
    layers = []
    for source, details in context.layersToLoadOnCompletion().items():
        layer = QgsProcessingUtils.mapLayerFromString(source, context)
        assert layer is not None, source
        layer.setName(details.name)
        QgsProject.instance().addMapLayer(context.temporaryLayerStore().takeMapLayer(layer))
        if details.postProcessor():
            details.postProcessor().postProcessLayer(layer, context, QgsProcessingFeedback())
        layers.append(layer)
    return layers


def scenes(layer: QgsVectorLayer) -> list[str]:
    return sorted(feature["scene"] for feature in layer.getFeatures())


def clicked(action: QgsAction, layer: QgsVectorLayer, feature: QgsFeature) -> None:
    """Run an action as QGIS does, which has no runner of Python here."""
    scope = QgsExpressionContext(QgsExpressionContextUtils.globalProjectLayerScopes(layer))
    scope.setFeature(feature)
    assert action.type() == QgsAction.ActionType.GenericPython
    exec(QgsExpression.replaceExpressionText(action.command(), scope), {})


def at(layer: QgsVectorLayer, begin: str, end: str) -> list[str]:
    """The scenes of the boxes that the temporal controller shows in a stretch of time."""
    context = QgsVectorLayerTemporalContext()
    context.setLayer(layer)
    moments = (
        QDateTime(QDate.fromString(day, "yyyy-MM-dd"), QTime(0, 0), Qt.TimeSpec.UTC) for day in (begin, end)
    )
    text = layer.temporalProperties().createFilterString(context, QgsDateTimeRange(*moments))
    return sorted(feature["scene"] for feature in layer.getFeatures(text))


def test_what_the_parameters_say_is_what_is_asked(provider, engine, tmp_path) -> None:
    results, _ = scan({
        "FOLDER": str(tmp_path), "QUERY": "all ships\n\nall cars", "EXTENT": "13,14,52,53 [EPSG:4326]",
        "START": "2024-05-01", "END": "2024-08-31", "CLOUD": 20, "ZOOM": 2, "LIMIT": 10, "WORKERS": 2, "CORES": 1,
        "OUTPUT": str(tmp_path / "out"),
    })  # fmt: skip
    (job,) = engine.jobs()
    assert job.kind == "scan"
    asked = dict(job.request)
    assert asked.pop("bbox") == pytest.approx([13, 52, 14, 53])
    assert asked == {
        "source": str(tmp_path), "output": str(tmp_path / "out"), "queries": ["all ships", "all cars"],
        "start": "2024-05-01", "end": "2024-08-31", "cloud": 20.0, "limit": 10, "workers": 2, "cores": 1,
        "zoom": "detail", "overlap": 0.2, "margin": 0.25, "veto": True,
        **{name: value for name, value in asked.items() if name in ("model", "adapter")},
    }  # fmt: skip
    assert (results["COUNT"], results["THINGS"], results["FAILED"]) == (6, 4, 1)
    assert Path(results["MAP"]).is_file()
    assert results["LAYER"] == f"{tmp_path / 'out' / 'found.gpkg'}|layername=sightings"


def test_nothing_is_asked_of_no_archive_or_of_two(provider, tmp_path) -> None:
    for wrong in ({}, {"FOLDER": str(tmp_path), "SOURCE": "list.txt"}):
        with pytest.raises(QgsProcessingException, match="one of the two"):
            scan({**wrong, "QUERY": "all ships", "OUTPUT": str(tmp_path)})
    with pytest.raises(QgsProcessingException, match="question is empty"):
        scan({"FOLDER": str(tmp_path), "QUERY": " ", "OUTPUT": str(tmp_path)})


def test_one_layer_is_loaded_and_filtered_by_scene_and_day(provider, engine, tmp_path) -> None:
    _, context = scan({"FOLDER": str(tmp_path), "QUERY": "all ships", "OUTPUT": str(tmp_path / "out")})
    (layer,) = loaded(context)
    assert layer.name() == "all ships"
    assert scenes(layer) == ["harbour_a", "harbour_b", "harbour_c"]
    first = next(feature for feature in layer.getFeatures() if feature["scene"] == "harbour_a")
    only_scene(layer.id(), first.id())
    assert scenes(layer) == ["harbour_a"]
    all_scenes(layer.id())
    only_day(layer.id(), first.id())
    assert scenes(layer) == ["harbour_a"]
    all_scenes(layer.id())
    timeless = next(feature for feature in layer.getFeatures() if feature["scene"] == "harbour_c")
    only_day(layer.id(), timeless.id())
    assert len(scenes(layer)) == 3
    only_scene("no such layer", 1)


def test_the_actions_of_the_layer_do_it_with_a_click(provider, engine, tmp_path) -> None:
    _, context = scan({"FOLDER": str(tmp_path), "QUERY": "all ships", "OUTPUT": str(tmp_path / "out")})
    (layer,) = loaded(context)
    offered = layer.actions().actions("Feature")
    assert [action.name() for action in offered] == [
        "Only this scene",
        "Only scenes of this day",
        "All scenes",
    ]
    feature = next(feature for feature in layer.getFeatures() if feature["scene"] == "harbour_b")
    shown = {"All scenes": ["harbour_a", "harbour_b", "harbour_c"]}
    for action in offered:
        clicked(action, layer, feature)
        assert scenes(layer) == shown.get(action.name(), ["harbour_b"]), action.name()


def test_the_temporal_controller_shows_a_box_when_its_scene_was_taken(provider, engine, tmp_path) -> None:
    _, context = scan({"FOLDER": str(tmp_path), "QUERY": "all ships", "OUTPUT": str(tmp_path / "out")})
    (layer,) = loaded(context)
    times = layer.temporalProperties()
    assert times.isActive()
    assert times.mode() == Qgis.VectorTemporalMode.FeatureDateTimeInstantFromField
    assert "harbour_a" in at(layer, "2024-05-01", "2024-05-02")
    assert "harbour_b" not in at(layer, "2024-05-01", "2024-05-02")
    assert at(layer, "2024-06-01", "2024-06-02") == ["harbour_b", "harbour_c"], (
        "one without a time is always shown"
    )
    whole = QgsTemporalUtils.calculateTemporalRangeForProject(QgsProject.instance())
    assert whole.begin().toUTC().toString(Qt.DateFormat.ISODate) == "2024-05-01T10:00:00Z"
    assert whole.end().toUTC().toString(Qt.DateFormat.ISODate) == "2024-06-01T10:30:00Z"


def test_it_can_be_left_unloaded(provider, engine, tmp_path) -> None:
    parameters = {"FOLDER": str(tmp_path), "QUERY": "all ships", "OUTPUT": str(tmp_path / "out")}
    _, context = scan({**parameters, "LOAD": False})
    assert context.layersToLoadOnCompletion() == {}


def test_a_folder_that_will_not_stay_is_warned_of(provider, engine, tmp_path) -> None:
    heard = Heard()
    results, _ = scan({"FOLDER": str(tmp_path), "QUERY": "ships", "OUTPUT": "TEMPORARY_OUTPUT"}, heard)
    assert Path(results["OUTPUT"]).is_dir()
    assert any("gone when QGIS ends" in warning for warning in heard.warnings)


def test_a_cancelled_scan_is_cancelled_in_the_engine(provider, engine, tmp_path) -> None:
    feedback = QgsProcessingFeedback()
    threading.Timer(1.0, feedback.cancel).start()
    with pytest.raises(QgsProcessingException, match="Cancelled"):
        scan({"FOLDER": str(tmp_path), "QUERY": "stall", "OUTPUT": str(tmp_path / "out")}, feedback)
    assert engine.jobs()[0].state == "cancelled"


GATHERED = """
import json, sys
from pathlib import Path
from engine.scan.gather import gather
from tests.engine.archives import row, square, write_scene
out = Path(sys.argv[1])
write_scene(out, "a'b", [row(0, square(25, 60, 60), 0.8)], "2024-05-01T10:00:00Z")
boxes = [row(0, square(25, 60, 60), 0.9), row(1, square(25.1, 60), 0.3, "all cars")]
write_scene(out, "c", boxes, "2024-06-01T10:00:00Z")
gather(out, lambda kind, data: None, lambda: False)
"""


@pytest.fixture
def gathered(project, tmp_path: Path) -> Path:
    """The package that the engine itself makes."""
    if not PYTHON_OF_ENGINE.exists():
        pytest.skip("the engine's environment is not there")
    done = subprocess.run(
        [str(PYTHON_OF_ENGINE), "-c", GATHERED, str(tmp_path)], cwd=ROOT, capture_output=True, text=True
    )
    assert done.returncode == 0, done.stderr
    return tmp_path / "found.gpkg"


@pytest.mark.parametrize("table", ["found", "sightings"])
def test_what_the_engine_writes_has_its_look_wherever_it_is_opened(gathered: Path, table: str) -> None:
    layer = QgsVectorLayer(f"{gathered}|layername={table}", table, "ogr")
    assert layer.isValid()
    assert layer.crs().authid() == "EPSG:4326"
    renderer = layer.renderer()
    assert isinstance(renderer, QgsCategorizedSymbolRenderer)
    assert renderer.classAttribute() == "query"
    assert [category.value() for category in renderer.categories()][:2] == ["all cars", "all ships"]
    assert [category.symbol().color().name() for category in renderer.categories()][:2] == [
        "#0f8b8d",
        "#d1495b",
    ]
    assert layer.labelsEnabled()
    assert layer.hasSpatialIndex() == layer.SpatialIndexPresence.SpatialIndexPresent


def test_what_the_engine_writes_is_filtered_by_scene_day_and_time(gathered: Path) -> None:
    layer = QgsVectorLayer(f"{gathered}|layername=sightings", "sightings", "ogr")
    QgsProject.instance().addMapLayer(layer)
    show_archive(layer, ["all ships", "all cars"])
    first = next(feature for feature in layer.getFeatures() if feature["scene"] == "a'b")
    only_scene(layer.id(), first.id())
    assert scenes(layer) == ["a'b"]
    all_scenes(layer.id())
    other = next(feature for feature in layer.getFeatures() if feature["scene"] == "c")
    only_day(layer.id(), other.id())
    assert scenes(layer) == ["c", "c"]
    all_scenes(layer.id())
    assert at(layer, "2024-05-01", "2024-05-02") == ["a'b"]
    assert at(layer, "2024-06-01", "2024-06-02") == ["c", "c"]
