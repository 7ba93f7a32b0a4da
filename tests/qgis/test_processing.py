"""The algorithms against the scripted engine: results, cancel, crash, models, and what is greyed out."""

from __future__ import annotations

import sqlite3
import threading
from pathlib import Path

import pytest
from algorithms import run
from osgeo import gdal
from qgis.core import (
    QgsApplication,
    QgsCoordinateTransformContext,
    QgsFeature,
    QgsGeometry,
    QgsLocatorContext,
    QgsProcessingContext,
    QgsProcessingException,
    QgsProcessingFeatureSourceDefinition,
    QgsProcessingFeedback,
    QgsProject,
    QgsRasterLayer,
    QgsRectangle,
    QgsVectorFileWriter,
    QgsVectorLayer,
)
from qgis.gui import QgsFilterLineEdit, QgsLocatorWidget
from qgis.PyQt.QtCore import Qt
from qgis.PyQt.QtTest import QTest

from remotezero_qgis.entries import AskFilter
from remotezero_qgis.layers.renderer import BandStretch, shared_band_stretch
from remotezero_qgis.processing.provider import RemoteZeroProvider
from remotezero_qgis.settings import change_settings


def area(raster: QgsRasterLayer) -> str:
    box = raster.extent()
    return f"{box.xMinimum()},{box.xMaximum()},{box.yMinimum()},{box.yMaximum()} [{raster.crs().authid()}]"


def web_layer() -> QgsRasterLayer:
    """A layer GDAL can't open: tiles from a port where nobody listens, so that they stay blank."""
    source = "type=xyz&url=http://127.0.0.1:9/%7Bz%7D/%7Bx%7D/%7By%7D.png&zmax=3&zmin=0"
    return QgsRasterLayer(source, "tiles", "wms")


def polygons(raster: QgsRasterLayer, count: int) -> QgsVectorLayer:
    layer = QgsVectorLayer(f"Polygon?crs={raster.crs().authid()}&field=name:string", "map", "memory")
    corner = raster.extent()
    for number in range(count):
        feature = QgsFeature(layer.fields())
        x, y = corner.xMinimum() + number, corner.yMinimum() + number
        feature.setGeometry(QgsGeometry.fromRect(QgsRectangle(x, y, x + 5, y + 5)))
        feature.setAttributes([f"house {number}"])
        layer.dataProvider().addFeatures([feature])
    QgsProject.instance().addMapLayer(layer)
    return layer


def test_locate_returns_scored_boxes(provider, engine, raster) -> None:
    results, context = run(
        "remotezero:locate",
        {"INPUT": raster, "QUERY": "ships", "EXTENT": area(raster), "OUTPUT": "memory:"},
    )
    layer = context.takeResultLayer(results["OUTPUT"])
    assert results["COUNT"] == layer.featureCount() == 12
    assert layer.crs() == raster.crs()
    first = next(layer.getFeatures())
    assert 0 <= first["score"] <= 1
    assert first["reasoning"]
    assert first["width_m"] > 0
    assert raster.extent().contains(layer.extent())


def test_locate_sends_what_the_layer_shows(provider, engine, raster) -> None:
    run(
        "remotezero:locate",
        {
            "INPUT": raster, "QUERY": "ships\n\n ships \nthe dock", "EXTENT": area(raster), "ZOOM": 2,
            "GSD": 0.3, "OVERLAP": 0.1, "VETO": False, "MODEL": "mini", "OUTPUT": "memory:",
        },
    )  # fmt: skip
    request = engine.jobs()[0].request
    assert request["queries"] == ["ships", "the dock"]
    assert request["zoom"] == "detail"
    assert request["gsd_m"] == pytest.approx(0.3)
    assert request["veto"] is False
    assert request["bands"] == [1, 2, 3]
    assert request["raster"] == raster.source()
    assert request["model"] == "mini"
    assert "adapter" not in request
    assert request["area_crs"]["type"] == "Polygon"


@pytest.mark.parametrize(
    ("stored", "typed", "sent"),
    [("", None, None), ("none", None, "none"), ("harbour-1", None, "harbour-1"), ("none", "current", None),
     ("none", "", None), ("", " harbour-1 ", "harbour-1"), ("", "none", "none")],
)  # fmt: skip
def test_the_choice_of_adapter_is_one_text_from_the_dialog_to_the_wire(
    project, home, engine, raster, stored, typed, sent
) -> None:
    change_settings(adapter=stored)
    provider = RemoteZeroProvider()
    QgsApplication.processingRegistry().addProvider(provider)
    parameters = {"INPUT": raster, "QUERY": "nothing", "EXTENT": area(raster), "OUTPUT": "memory:"}
    run("remotezero:locate", parameters if typed is None else {**parameters, "ADAPTER": typed})
    QgsApplication.processingRegistry().removeProvider(provider)
    assert engine.jobs()[0].request.get("adapter") == sent


@pytest.mark.parametrize("name", ["locate", "verify", "improve"])
def test_the_network_is_allowed_by_a_parameter_whose_default_is_the_setting(provider, name) -> None:
    def default() -> bool:
        algorithm = QgsApplication.processingRegistry().createAlgorithmById(f"remotezero:{name}")
        return bool(algorithm.parameterDefinition("NETWORK").defaultValue())

    assert default() is False
    change_settings(allow_network=True)
    assert default() is True


@pytest.mark.parametrize(
    ("parameters", "sent"), [({}, None), ({"NETWORK": False}, None), ({"NETWORK": True}, True)]
)
def test_the_network_is_allowed_in_the_request_only_where_asked(
    provider, engine, raster, parameters, sent
) -> None:
    run("remotezero:locate", {"INPUT": raster, "QUERY": "ships", "OUTPUT": "memory:", **parameters})
    assert engine.jobs()[0].request.get("allow_network") is sent


def test_low_scores_are_left_out_on_request_only(provider, engine, raster) -> None:
    parameters = {
        "INPUT": raster,
        "QUERY": "ships",
        "EXTENT": area(raster),
        "MIN_SCORE": 0.5,
        "OUTPUT": "memory:",
    }
    results, context = run("remotezero:locate", parameters)
    layer = context.takeResultLayer(results["OUTPUT"])
    assert 0 < layer.featureCount() < 12
    assert min(feature["score"] for feature in layer.getFeatures()) >= 0.5


def test_nothing_found_is_an_empty_layer(provider, engine, raster) -> None:
    parameters = {"INPUT": raster, "QUERY": "nothing", "EXTENT": area(raster), "OUTPUT": "memory:"}
    results, _ = run("remotezero:locate", parameters)
    assert results["COUNT"] == 0


def test_what_the_engine_warns_of_is_passed_on(provider, engine, raster) -> None:
    feedback = QgsProcessingFeedback()
    parameters = {"INPUT": raster, "QUERY": "unheard", "EXTENT": area(raster), "OUTPUT": "memory:"}
    run("remotezero:locate", parameters, feedback)
    assert "does not know the word" in feedback.textLog()


def test_failed_job_raises_with_the_engines_words(provider, engine, raster) -> None:
    parameters = {"INPUT": raster, "QUERY": "fail", "EXTENT": area(raster), "OUTPUT": "memory:"}
    algorithm = QgsApplication.processingRegistry().createAlgorithmById("remotezero:locate")
    with pytest.raises(QgsProcessingException, match="could not be read at window 2"):
        algorithm.run(parameters, QgsProcessingContext(), QgsProcessingFeedback(), {}, False)


def test_empty_question_is_refused_before_anything_runs(provider, engine, raster) -> None:
    with pytest.raises(QgsProcessingException, match="question is empty"):
        run("remotezero:locate", {"INPUT": raster, "QUERY": " \n ", "OUTPUT": "memory:"})
    assert engine.jobs() == []


def test_cancel_stops_the_engines_job(provider, engine, raster, wait) -> None:
    feedback = QgsProcessingFeedback()
    threading.Timer(0.4, feedback.cancel).start()
    parameters = {"INPUT": raster, "QUERY": "stall", "EXTENT": area(raster), "OUTPUT": "memory:"}
    algorithm = QgsApplication.processingRegistry().createAlgorithmById("remotezero:locate")
    with pytest.raises(QgsProcessingException, match="Cancelled"):
        algorithm.run(parameters, QgsProcessingContext(), feedback, {}, False)
    assert engine.jobs()[0].state == "cancelled"


def test_engine_that_dies_is_started_again_and_no_box_is_lost(provider, launch, raster, monkeypatch) -> None:
    launched = launch(windows=12, delay_s=0.02)
    monkeypatch.setattr("remotezero_qgis.processing.base.launch_from_settings", lambda settings: launched)
    parameters = {"INPUT": raster, "QUERY": "crash", "EXTENT": area(raster), "OUTPUT": "memory:"}
    results, _ = run("remotezero:locate", parameters)
    assert results["COUNT"] == 12


def test_verify_keeps_polygons_and_adds_scores(provider, engine, raster) -> None:
    layer = polygons(raster, 12)
    empty = QgsFeature(layer.fields())
    empty.setAttributes(["no shape"])
    layer.dataProvider().addFeatures([empty])
    parameters = {"INPUT": layer, "RASTER": raster, "QUERY": "a house", "OUTPUT": "memory:"}
    results, context = run("remotezero:verify", parameters)
    scored = context.takeResultLayer(results["OUTPUT"])
    rows = {feature["name"]: feature["rz_score"] for feature in scored.getFeatures()}
    assert len(rows) == 13
    assert rows["house 0"] == pytest.approx(0.5)
    assert rows["house 10"] == pytest.approx(0.6)
    assert rows["house 2"] in (None, "") or str(rows["house 2"]) == "NULL"
    assert str(rows["no shape"]) in ("NULL", "None")
    handed = QgsVectorLayer(f"{engine.jobs()[0].request['vector']}|layername=polygons", "handed", "ogr")
    assert engine.jobs()[0].request["query"] == "a house"
    assert not handed.isValid() or handed.featureCount() == 12


def test_a_second_check_takes_the_place_of_the_first(provider, engine, raster) -> None:
    parameters = {"INPUT": polygons(raster, 4), "RASTER": raster, "QUERY": "a house", "OUTPUT": "memory:"}
    results, context = run("remotezero:verify", parameters)
    first = context.takeResultLayer(results["OUTPUT"])
    results, context = run("remotezero:verify", {**parameters, "INPUT": first, "QUERY": "a barn"})
    second = context.takeResultLayer(results["OUTPUT"])
    assert [field.name() for field in second.fields()] == [field.name() for field in first.fields()]
    assert {feature["rz_query"] for feature in second.getFeatures() if feature["name"] != "house 2"} == {
        "a barn"
    }


def test_improve_hands_back_adapter_and_report(provider, engine, raster) -> None:
    feedback = QgsProcessingFeedback()
    parameters = {"RASTERS": [raster], "QUERIES": "all ships", "ROUNDS": 2, "MINUTES": 5}
    results, _ = run("remotezero:improve", parameters, feedback)
    assert results["NEW_ADAPTER"] == "harbour-4"
    assert results["REPORT"].endswith("report.html")
    assert "Round 1: kept. On places kept aside the score changed by +0.050" in feedback.textLog()
    request = engine.jobs()[0].request
    assert request["rounds"] == 2
    assert request["rasters"] == [raster.source()]
    assert request["bands"] == [1, 2, 3]
    assert "verdicts" not in request, "only where they are named"


@pytest.mark.parametrize(
    ("chosen", "limit"),
    [({}, None), ({"FALSE_ALARMS": 0}, None), ({"FALSE_ALARMS": None}, None), ({"FALSE_ALARMS": 1}, 0.03),
     ({"FALSE_ALARMS": 2}, 0.0)],
)  # fmt: skip
def test_false_alarms_are_limited_in_the_request_only_where_asked(
    provider, engine, raster, chosen, limit
) -> None:
    parameters = {"RASTERS": [raster], "QUERIES": "all ships", "ROUNDS": 1, "MINUTES": 5, **chosen}
    run("remotezero:improve", parameters)
    request = engine.jobs()[0].request
    assert ("none_loss" in request) == (limit is not None)
    assert request.get("none_loss") == limit


def test_false_alarms_are_named_as_in_the_tab(provider) -> None:
    algorithm = QgsApplication.processingRegistry().createAlgorithmById("remotezero:improve")
    parameter = algorithm.parameterDefinition("FALSE_ALARMS")
    assert parameter.options() == ["As the check usually allows", "At most 3 points more", "No more at all"]
    assert "more often in vain" in parameter.help()


def test_verdicts_of_named_results_are_sent(provider, engine, raster, tmp_path) -> None:
    layer = saved(polygons(raster, 4), tmp_path / "mine.gpkg", "ships")
    parameters = {"RASTERS": [raster], "QUERIES": "all ships", "ROUNDS": 1, "MINUTES": 5, "VERDICTS": [layer]}
    run("remotezero:improve", parameters)
    assert engine.jobs()[0].request["verdicts"] == [f"{tmp_path / 'mine.gpkg'}|layername=ships"]
    feedback = QgsProcessingFeedback()
    with pytest.raises(AssertionError):
        run("remotezero:improve", {**parameters, "VERDICTS": [polygons(raster, 4)]}, feedback)
    assert "not kept in a file" in feedback.textLog()


@pytest.mark.parametrize(
    ("kind", "name", "written"),
    [(0, "out", "out.gpkg"), (1, "out.geojson", "out.geojson"), (5, "set.gpkg", "set"), (6, "set", "set")],
)
def test_export_sends_the_layer_to_the_engine(
    provider, engine, raster, tmp_path, kind, name, written
) -> None:
    layer = saved(polygons(raster, 4), tmp_path / "mine.gpkg", "ships")
    parameters = {
        "INPUT": layer, "FORMAT": kind, "MIN_SCORE": 0.4, "RASTER": raster, "OUTPUT": str(tmp_path / name),
    }  # fmt: skip
    results, _ = run("remotezero:export", parameters)
    asked = engine.jobs()[0].request
    assert (asked["vector"], asked["layer"]) == (str(tmp_path / "mine.gpkg"), "ships")
    assert asked["output"] == results["OUTPUT"] == str(tmp_path / written)
    assert asked["raster"] == raster.source()
    assert (asked["min_score"], asked["undecided"]) == (0.4, False)
    assert asked["format"] == ("gpkg", "geojson", "", "", "", "coco", "yolo")[kind]
    assert (results["COUNT"], results["PROVENANCE"]) == (3, str(tmp_path / written) + ".provenance.json")


def test_a_selection_in_memory_is_exported_as_such(provider, engine, raster, tmp_path) -> None:
    layer = polygons(raster, 4)
    layer.selectByIds([1, 2])
    source = QgsProcessingFeatureSourceDefinition(layer.id(), True)
    QgsProject.instance().addMapLayer(layer)
    run("remotezero:export", {"INPUT": source, "FORMAT": 3, "OUTPUT": str(tmp_path / "a.csv")})
    asked = engine.jobs()[0].request
    written = QgsVectorLayer("{}|layername={}".format(asked["vector"], asked["layer"] or ""), "read", "ogr")
    written = written if written.isValid() else QgsVectorLayer(asked["vector"], "read", "ogr")
    assert written.featureCount() == 2


def test_rasters_that_look_different_keep_their_own_looks() -> None:
    bands, stretch = (1, 2, 3), ((0.0, 255.0),) * 3
    same = BandStretch(bands, stretch)
    assert shared_band_stretch([same, BandStretch(bands, stretch)]).to_json() == {
        "bands": [1, 2, 3],
        "stretch": [[0, 255]] * 3,
    }
    assert shared_band_stretch([same, BandStretch(bands)]) == BandStretch(bands)
    assert shared_band_stretch([same, BandStretch((4,), ((0.0, 1.0),))]).to_json() == {}


def test_web_layer_without_a_place_is_refused_with_what_to_do(provider, engine, project) -> None:
    project.addMapLayer(layer := web_layer())
    feedback = QgsProcessingFeedback()
    algorithm = QgsApplication.processingRegistry().createAlgorithmById("remotezero:locate")
    parameters = {"INPUT": layer, "QUERY": "ships", "OUTPUT": "memory:"}
    assert not algorithm.run(parameters, QgsProcessingContext(), feedback, {}, True)[1]
    assert "Say where to look" in feedback.textLog()
    assert engine.jobs() == []


def test_web_layer_that_sends_nothing_is_no_empty_result(provider, engine, project) -> None:
    project.addMapLayer(layer := web_layer())
    extent = "0,20000,0,10000 [EPSG:3857]"
    with pytest.raises(QgsProcessingException, match="sent no picture"):
        run("remotezero:locate", {"INPUT": layer, "QUERY": "ships", "EXTENT": extent, "OUTPUT": "memory:"})
    assert engine.jobs() == []


def test_web_layer_is_rendered_where_one_looks(provider, engine, tile_layer) -> None:
    parameters = {
        "INPUT": tile_layer,
        "QUERY": "ships",
        "EXTENT": "0,20000,0,10000 [EPSG:3857]",
        "OUTPUT": "memory:",
    }
    results, _ = run("remotezero:locate", parameters)
    assert results["COUNT"] == 12
    request = engine.jobs()[0].request
    rendered = QgsRasterLayer(request["raster"], "rendered")
    assert rendered.isValid()
    assert (rendered.width(), rendered.height()) == (2048, 1024)
    assert request["stretch"] == [[0, 255]] * 3


def test_evaluate_hands_over_the_boxes_and_keeps_the_page(provider, engine, raster, tmp_path) -> None:
    page = tmp_path / "report.html"
    values = {"RASTER": raster, "INPUT": polygons(raster, 4), "OUTPUT": str(page)}
    results, _ = run("remotezero:evaluate", {**values, "QUERY": "a ship", "SHOWN_FROM": 0.25, "ZOOM": 2})
    request = engine.jobs()[0].request
    assert (request["query"], request["zoom"], request["conventions"]) == (
        "a ship",
        "detail",
        {"shown_from": 0.25},
    )
    assert (results["F1"], results["BOUNDARY_M"]) == (0.5, 2.0)
    assert "AP50" not in results, "a figure that is not known is no zero"
    assert page.read_text().startswith("<!doctype html><title>Report</title>")
    written = QgsVectorLayer(f"{request['vector']}|layername={request['layer']}", "handed over", "ogr")
    assert written.featureCount() == 4


def test_evaluate_asks_each_value_of_a_field(provider, engine, raster, tmp_path) -> None:
    layer = polygons(raster, 3)
    layer.startEditing()
    layer.changeAttributeValue(next(layer.getFeatures()).id(), 0, None)
    layer.commitChanges()
    values = {"RASTER": raster, "INPUT": layer, "FIELD": "name", "OUTPUT": str(tmp_path / "report.html")}
    run("remotezero:evaluate", values)
    request = engine.jobs()[0].request
    assert "query" not in request
    written = QgsVectorLayer(f"{request['vector']}|layername={request['layer']}", "handed over", "ogr")
    said = [feature[request["query_column"]] for feature in written.getFeatures()]
    assert said[1:] == ["house 1", "house 2"]
    assert not said[0]


@pytest.mark.parametrize("extra", [{}, {"QUERY": "a ship", "FIELD": "name"}])
def test_evaluate_wants_to_know_what_the_boxes_show(provider, engine, raster, tmp_path, extra) -> None:
    values = {"RASTER": raster, "INPUT": polygons(raster, 1), "OUTPUT": str(tmp_path / "report.html")}
    with pytest.raises(QgsProcessingException, match="Say what the polygons show"):
        run("remotezero:evaluate", {**values, **extra})


def test_without_an_engine_everything_is_greyed_out_with_a_reason(provider) -> None:
    assert "not installed" in provider.warningMessage()
    for algorithm in provider.algorithms():
        can, reason = algorithm.canExecute()
        assert not can
        assert "RemoteZero panel" in reason


def test_an_engine_elsewhere_is_an_engine(provider) -> None:
    change_settings(engine_url="http://10.0.0.9:8421")
    provider.engine_changed()
    assert provider.warningMessage() == ""
    assert all(algorithm.canExecute()[0] for algorithm in provider.algorithms())


def test_every_algorithm_explains_itself(provider) -> None:
    algorithms = provider.algorithms()
    assert {algorithm.id() for algorithm in algorithms} == {
        "remotezero:locate", "remotezero:locatemany", "remotezero:verify", "remotezero:compare", "remotezero:export",
        "remotezero:improve", "remotezero:evaluate", "remotezero:scan",
    }  # fmt: skip
    for algorithm in algorithms:
        assert algorithm.shortHelpString()
        assert algorithm.shortDescription()
        assert not algorithm.icon().isNull()
        assert algorithm.flags() & algorithm.Flag.FlagCanCancel
        assert not algorithm.flags() & algorithm.Flag.FlagNoThreading


@pytest.mark.parametrize("name", ["locate", "verify", "compare", "export", "improve", "evaluate", "scan"])
def test_algorithms_work_inside_a_model(provider, name) -> None:
    from qgis.core import QgsProcessingModelAlgorithm, QgsProcessingModelChildAlgorithm

    model = QgsProcessingModelAlgorithm("chain", "tests")
    child = QgsProcessingModelChildAlgorithm(f"remotezero:{name}")
    child.setChildId("ask")
    model.addChildAlgorithm(child)
    assert child.algorithm() is not None
    assert model.childAlgorithm("ask").algorithm().id() == f"remotezero:{name}"
    restored = QgsProcessingModelAlgorithm()
    assert restored.loadVariant(model.toVariant())
    assert list(restored.childAlgorithms()) == ["ask"]


def test_locator_offers_what_was_typed_then_earlier_questions(project) -> None:
    change_settings(history=("all ships", "the largest ship", "a bridge"))
    asked: list[str] = []
    ask_filter = AskFilter(asked.append)
    results = []
    ask_filter.resultFetched.connect(results.append)
    context = QgsLocatorContext()
    context.usingPrefix = True
    ask_filter.prepare("ship", context)
    ask_filter.fetchResults("ship", context, None)
    assert [result.displayString for result in results] == ["ship", "all ships", "the largest ship"]
    ask_filter.triggerResult(results[1])
    assert asked == ["all ships"]


def test_the_real_locator_bar_takes_the_prefix_and_runs_the_question(project, wait) -> None:
    asked: list[str] = []
    bar = QgsLocatorWidget()
    ask_filter = AskFilter(asked.append)
    bar.locator().registerFilter(ask_filter)
    bar.show()
    found: list[str] = []
    bar.locator().foundResult.connect(lambda result: found.append(result.displayString))
    assert ask_filter.activePrefix() == ask_filter.prefix() != ""
    others = [other.activePrefix() for other in bar.locator().filters() if other is not ask_filter]
    assert ask_filter.prefix() not in others
    line = bar.findChild(QgsFilterLineEdit)
    QTest.keyClicks(line, f"{ask_filter.prefix()} a red roof")
    wait(lambda: "a red roof" in found, "the locator's results")
    wait(lambda: QTest.keyClick(line, Qt.Key.Key_Return) or asked, "Return to run the question")
    assert asked[0] == "a red roof"
    bar.locator().deregisterFilter(ask_filter)
    bar.deleteLater()


def test_locator_stays_quiet_without_its_prefix_on_short_words(project) -> None:
    results: list = []
    ask_filter = AskFilter(lambda query: None)
    ask_filter.resultFetched.connect(results.append)
    ask_filter.fetchResults("ab", QgsLocatorContext(), None)
    assert results == []


def saved(layer: QgsVectorLayer, path: Path, table: str) -> QgsVectorLayer:
    """A layer as a table of a GeoPackage, beside what is in it already."""
    options = QgsVectorFileWriter.SaveVectorOptions()
    options.driverName, options.layerName = "GPKG", table
    if path.exists():
        options.actionOnExistingFile = QgsVectorFileWriter.ActionOnExistingFile.CreateOrOverwriteLayer
    code = QgsVectorFileWriter.writeAsVectorFormatV3(
        layer, str(path), QgsCoordinateTransformContext(), options
    )
    assert code[0] == QgsVectorFileWriter.WriterError.NoError, code
    return QgsVectorLayer(f"{path}|layername={table}", table)


def test_an_output_takes_the_place_of_nothing_that_is_read(provider, engine, raster, tmp_path) -> None:
    package = tmp_path / "parcels.gpkg"
    parcels = saved(polygons(raster, 2), package, "parcels")
    link = tmp_path / "link.gpkg"
    link.symlink_to(package)
    copy = tmp_path / "raster.gpkg"
    assert gdal.Translate(str(copy), raster.source(), format="GPKG") is not None
    read = QgsRasterLayer(str(copy), "a raster in a package")
    before = {path: path.read_bytes() for path in (package, copy)}
    verify = {"INPUT": parcels, "RASTER": raster, "QUERY": "a house"}
    same_table = f"ogr:dbname='{package}' table=\"parcels\" (geom)"
    for name, parameters in (
        ("verify", {**verify, "OUTPUT": str(package)}),
        ("verify", {**verify, "OUTPUT": str(link)}),
        ("verify", {**verify, "OUTPUT": same_table}),
        ("locate", {"INPUT": read, "QUERY": "ships", "EXTENT": area(raster), "OUTPUT": str(copy)}),
    ):
        with pytest.raises(QgsProcessingException, match="is being read"):
            run(f"remotezero:{name}", parameters)
    assert {path: path.read_bytes() for path in before} == before
    assert engine.jobs() == []


def test_an_output_takes_no_other_layers_along(provider, engine, raster, tmp_path) -> None:
    package = tmp_path / "mine.gpkg"
    saved(polygons(raster, 2), package, "parcels")
    parameters = {"INPUT": raster, "QUERY": "ships", "EXTENT": area(raster), "OUTPUT": str(package)}
    with pytest.raises(QgsProcessingException, match="holds other layers"):
        run("remotezero:locate", parameters)
    into = f"ogr:dbname='{package}' table=\"boxes\" (geom)"
    run("remotezero:locate", {**parameters, "OUTPUT": into})
    assert QgsVectorLayer(f"{package}|layername=parcels", "").featureCount() == 2
    assert QgsVectorLayer(f"{package}|layername=boxes", "").featureCount() == 12


def test_an_output_is_not_put_under_a_program_that_has_it_open(provider, engine, raster, tmp_path) -> None:
    package = tmp_path / "boxes.gpkg"
    parameters = {"INPUT": raster, "QUERY": "ships", "EXTENT": area(raster), "OUTPUT": str(package)}
    run("remotezero:locate", parameters)
    other = sqlite3.connect(str(package), isolation_level=None)
    other.execute("PRAGMA journal_mode=WAL")
    other.execute("CREATE TABLE notes (text TEXT)")
    with pytest.raises(QgsProcessingException, match="is open in"):
        run("remotezero:locate", parameters)
    other.close()
    run("remotezero:locate", parameters)
    assert QgsVectorLayer(str(package), "").featureCount() == 12
