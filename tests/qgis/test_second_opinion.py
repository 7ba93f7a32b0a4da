"""Another model scores: chosen in the panel and in Processing, named in the request and with each box."""

from __future__ import annotations

import pytest
from algorithms import run
from conftest import make_raster
from qgis.core import QgsApplication
from qgis.PyQt.QtWidgets import QApplication

from remotezero_qgis.connection.client import EngineClient
from remotezero_qgis.connection.process import find_engine
from remotezero_qgis.connection.wire import LocateRequest, Model
from remotezero_qgis.find.chain import Chain
from remotezero_qgis.find.many_planning import ManyRasters
from remotezero_qgis.layers.detections import COLUMNS, VERIFIER_COLUMNS, columns_of
from remotezero_qgis.layers.result_layers import result_layers
from remotezero_qgis.panel.second_opinion import SecondOpinion
from remotezero_qgis.settings import change_settings, load_settings

SERVER = "http://gpu.example:8000/v1#qwen3-vl"
HERE = "http://127.0.0.1:8000/v1#qwen3-vl"
OTHER = "Qwen3-VL-4B"


def asked(panel, wait, question="tanks"):
    panel.dock.question.setEditText(question)
    panel.dock.strip.run_wanted.emit()
    wait(lambda: not panel.runs.running, "the run")
    return next(job for job in find_engine(panel.launch(), timeout_s=30.0).jobs() if job.kind == "locate")


def model(name, **more):
    return Model.from_json({"name": name, **more})


def test_it_is_offered_once_there_is_another_model(project) -> None:
    choice = SecondOpinion()
    assert choice.isHidden()
    choice.fill([model("mini", default=True)])
    assert choice.isHidden()
    choice.fill([model("mini", default=True), model(OTHER), model("sam", role="outline")])
    assert not choice.isHidden()
    assert choice.choice.itemText(0) == "Scored by the model itself"
    assert choice.title.isHidden(), "the list says it itself"
    assert choice.choice.names == ["mini", OTHER]
    change_settings(servers=(SERVER,))
    assert not SecondOpinion().isHidden()


def test_what_goes_to_a_server_is_said_below_it(project) -> None:
    choice = SecondOpinion()
    choice.choose(SERVER)
    assert not choice.note.isHidden()
    assert choice.note.text().startswith(
        "Pieces of your rasters are sent to this server, on another computer."
    )
    choice.choose(HERE)
    assert "on another computer" not in choice.note.text()
    choice.choose(OTHER)
    assert choice.note.isHidden()
    assert not choice.title.isHidden()


def test_the_whole_address_is_told_where_the_list_cuts_it(project) -> None:
    choice = SecondOpinion()
    about = choice.choice.toolTip()
    assert about.startswith("Another model")
    choice.choose(SERVER)
    assert choice.choice.toolTip() == f"{SERVER}\n{about}"
    choice.choose("")
    assert choice.choice.toolTip() == about


@pytest.mark.parametrize("width", [280, 500, 700])
def test_it_stands_close_together_and_takes_no_room_while_it_is_hidden(panel, width) -> None:
    dock, scope = panel.dock, panel.dock.scope
    dock.setFloating(True)

    def below(upper, lower):
        dock.resize(width, 900)
        for _ in range(5):
            QApplication.processEvents()
        return (
            lower.mapTo(scope, lower.rect().topLeft()).y() - upper.mapTo(scope, upper.rect().bottomLeft()).y()
        )

    assert scope._verifier.isHidden()
    usual = below(scope._zooms, scope._model)
    assert below(scope._model, scope._outline) <= usual
    scope.choose_verifier(SERVER)
    assert below(scope._verifier.title, scope._verifier.choice) <= usual
    assert scope._verifier.title.height() == scope._verifier.title.heightForWidth(
        scope._verifier.title.width()
    )


def test_the_chosen_model_scores_and_is_kept_for_the_next_time(panel, wait) -> None:
    scope = panel.dock.scope
    scope.choose_verifier(OTHER)
    job = asked(panel, wait)
    assert (job.request["verifier"], job.request.get("model")) == (OTHER, None)
    assert load_settings().second_opinion == OTHER
    (layer,) = result_layers()
    row = next(layer.getFeatures())
    assert (row["model"], row["verifier"]) == ("mini", OTHER)
    box = panel.dock.results.model.detections[0]
    assert columns_of([box]) == (*COLUMNS, *VERIFIER_COLUMNS)
    scope.choose_verifier("")
    assert "verifier" not in asked(panel, wait, "other tanks").request
    assert load_settings().second_opinion == ""


def test_boxes_that_were_drawn_anew_are_scored_by_the_model_that_scored_them(
    panel, wait, monkeypatch
) -> None:
    panel.dock.scope.choose_verifier(OTHER)
    asked(panel, wait)
    (layer,) = result_layers()
    box = panel.dock.results
    row = next(one for one in layer.getFeatures() if one["rank"] == 1)
    moved = row.geometry()
    moved.translate(1.0, 1.0)
    layer.startEditing()
    layer.changeGeometry(row.id(), moved)
    assert layer.commitChanges()
    wait(lambda: len(box.model.rows.edited) == 1 and not box._edited.isHidden(), "the mark")
    requests, create = [], EngineClient.create_job

    def noting(client, kind, request):
        requests.append((kind, request["model"], request["adapter"]))
        return create(client, kind, request)

    monkeypatch.setattr(EngineClient, "create_job", noting)
    box._verify.click()
    wait(lambda: requests and not box.model.rows.edited and box._edited.isHidden(), "the verification")
    assert requests == [("verify", OTHER, "none")]


def test_the_lowest_score_at_first_is_that_of_the_model_that_scores(panel) -> None:
    scope = panel.dock.scope
    scope.set_models([model("mini", default=True, min_score=0.2), model(OTHER, min_score=0.7)])
    assert scope.min_score == 0.2
    scope.choose_verifier(OTHER)
    assert scope.min_score == 0.7
    scope.choose_verifier(SERVER)
    assert scope.min_score == 0.5


def test_nothing_is_said_to_stay_here_where_a_server_scores(panel) -> None:
    scope = panel.dock.scope
    scope.choose_verifier(SERVER)
    assert scope.sends_pictures
    assert "Nothing leaves this computer" not in panel.dock.blank._text.text()
    scope.drop_server(SERVER)
    assert scope.verifier == ""
    assert "Nothing leaves this computer" in panel.dock.blank._text.text()


def test_many_rasters_are_asked_with_it_and_its_adapter_is_part_of_what_was_asked(
    panel, wait, tmp_path, launch
) -> None:
    make_raster(tmp_path / "a.tif")
    panel.dock.scope.choose_verifier("mini")
    panel.find.many.choose(ManyRasters("a", (str(tmp_path / "a.tif"),)))
    request = asked(panel, wait).request
    assert (request["verifier"], request["verifier_adapter"]) == ("mini", "harbour-2")
    exact = Chain(panel.launch(), lambda: False, lambda _: None)._exact({"raster": "a", "verifier": SERVER})
    assert exact["verifier"] == SERVER
    assert "verifier_adapter" not in exact


def test_a_request_without_it_is_what_it_was() -> None:
    assert "verifier" not in LocateRequest("a.tif", ("ships",)).to_json()
    assert LocateRequest("a.tif", ("ships",), verifier=OTHER).to_json()["verifier"] == OTHER


@pytest.mark.parametrize(
    ("typed", "sent"), [({}, None), ({"VERIFIER": " "}, None), ({"VERIFIER": SERVER}, SERVER)]
)
@pytest.mark.parametrize(("name", "field"), [("locate", "verifier"), ("improve", "external_verifier")])
def test_processing_names_it(provider, engine, raster, name, field, typed, sent) -> None:
    own = {
        "locate": {"INPUT": raster, "QUERY": "tanks", "OUTPUT": "memory:"},
        "improve": {"RASTERS": [raster], "QUERIES": "tanks", "ROUNDS": 1, "MINUTES": 5},
    }
    run(f"remotezero:{name}", {**own[name], **typed})
    assert engine.jobs()[0].request.get(field) == sent


def test_the_columns_of_it_are_written_by_processing(provider, engine, raster) -> None:
    parameters = {"INPUT": raster, "QUERY": "tanks", "VERIFIER": OTHER, "OUTPUT": "memory:"}
    results, context = run("remotezero:locate", parameters)
    layer = context.takeResultLayer(results["OUTPUT"])
    assert {feature["verifier"] for feature in layer.getFeatures()} == {OTHER}


@pytest.mark.parametrize(("name", "there"), [("locate", True), ("locatemany", True), ("compare", True),
                                              ("improve", True), ("verify", False), ("scan", False)])  # fmt: skip
def test_where_one_model_does_it_all_there_is_no_such_parameter(provider, name, there) -> None:
    algorithm = QgsApplication.processingRegistry().createAlgorithmById(f"remotezero:{name}")
    assert (algorithm.parameterDefinition("VERIFIER") is not None) is there
