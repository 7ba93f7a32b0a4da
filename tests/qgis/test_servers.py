"""Servers in the panel: one as the second opinion of learning, how its scores come about, and one that is forgotten."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest
from conftest import make_raster
from qgis.core import QgsApplication, QgsMapSettings, QgsProject, QgsRasterLayer
from test_server_model import ADDRESS, Recorder

from remotezero_qgis.connection.client import EngineClient
from remotezero_qgis.connection.server_keys import keep_key, known_key, recall
from remotezero_qgis.connection.wire import Job, JobProgress
from remotezero_qgis.find.runs import _scored
from remotezero_qgis.find.searched import Searched
from remotezero_qgis.find.task import FindOutcome
from remotezero_qgis.improve.form import ImproveForm
from remotezero_qgis.improve.request import choices_of, plan_improve
from remotezero_qgis.improve.words import about_sentence
from remotezero_qgis.panel.model_choice import ModelChoice
from remotezero_qgis.panel.server_choice import FORGET, ForgetDialog, ServerChoice
from remotezero_qgis.panel.server_model import remember
from remotezero_qgis.panel.server_scores import note_scoring, scores_of, scoring_words
from remotezero_qgis.settings import change_settings, load_settings

OTHER = "http://gpu.example:8000/v1#llava"


def pick(choice: ServerChoice, data: str) -> None:
    place = choice.findData(data)
    assert place >= 0, data
    choice.setCurrentIndex(place)
    choice.activated.emit(place)


def planned(form: ImproveForm, home: Any) -> dict[str, Any]:
    settings = QgsMapSettings()
    drawn = SimpleNamespace(rectangle=None, crs=None)
    choices = choices_of(form, settings, drawn, form.rasters[0])
    return plan_improve(choices, SimpleNamespace(home=home)).request


def test_a_server_that_was_added_gives_the_second_opinion(keys_database: Any, tmp_path: Any) -> None:
    remember(ADDRESS, "sk-secret")
    keep_key(ADDRESS, "")
    layer = QgsRasterLayer(str(make_raster(tmp_path / "a.tif")), "a")
    QgsProject.instance().addMapLayer(layer)
    form = ImproveForm()
    form.tick(layer.id())
    assert "external_verifier" not in planned(form, tmp_path)
    assert form.model.findData(ADDRESS) < 0, "a server can't learn"
    pick(form.verifier, ADDRESS)
    assert form.verifier_note.isVisibleTo(form)
    assert "another computer" in form.verifier_note.text()
    keep_key(ADDRESS, "")
    request = planned(form, tmp_path)
    assert request["external_verifier"] == ADDRESS
    assert known_key(ADDRESS) == "sk-secret", "taken for the run that is about to begin"
    assert ADDRESS in about_sentence(request)
    transport = Recorder()
    EngineClient(transport).create_job("improve", request)
    assert [path.endswith("/servers/key") for _, path, _ in transport.sent] == [True, False]
    assert b"sk-secret" not in transport.sent[1][2]


def test_a_server_on_this_computer_is_not_said_to_be_elsewhere(project: QgsProject) -> None:
    remember("http://localhost:8000/v1", "")
    form = ImproveForm()
    pick(form.verifier, "http://localhost:8000/v1")
    assert "another computer" not in form.verifier_note.text()
    pick(form.verifier, "")
    assert not form.verifier_note.isVisibleTo(form)


@pytest.mark.parametrize("scoring", ["log-probabilities", "decisions", "answers"])
def test_how_scores_come_about_is_told_once_a_run_has_shown_it(project: QgsProject, scoring: str) -> None:
    remember(ADDRESS, "")
    assert "tried when it is first asked" in scores_of(ADDRESS)
    job = Job(
        "1", "locate", "done", {"model": ADDRESS}, JobProgress(), result={"scoring": scoring, "model": "m"}
    )
    told = _scored(Searched("layer", "ships"), FindOutcome("done", job))
    assert scores_of(ADDRESS) == scoring_words(scoring)
    assert scoring_words(scoring) in told.scores
    assert ADDRESS in told.scores
    assert Searched.read(told.text).scores == told.scores, "kept with the result layer"
    assert "tried when it is first asked" in scores_of(OTHER)


def test_a_model_of_this_computer_is_kept_nowhere(project: QgsProject) -> None:
    note_scoring("mini", "logits")
    note_scoring(None, "logits")
    note_scoring(ADDRESS, "")
    assert load_settings().server_scorings == ()
    assert not Searched("layer", "ships").scores


def test_the_panel_tells_it_below_the_model(panel: Any) -> None:
    scope = panel.dock.scope
    remember(ADDRESS, "")
    note_scoring(ADDRESS, "answers")
    pick(scope._model, ADDRESS) if scope._model.findData(ADDRESS) >= 0 else scope._model.choose(ADDRESS)
    assert scope.model_note.text() == scoring_words("answers")
    assert scope.model_note.isVisibleTo(scope)


def test_a_server_is_forgotten_with_its_key(keys_database: Any) -> None:
    remember(ADDRESS, "sk-secret")
    note_scoring(ADDRESS, "answers")
    change_settings(model=ADDRESS, verifier=ADDRESS)
    choice, gone = ModelChoice(), []
    choice.forgotten.connect(gone.append)
    choice.choose(ADDRESS)
    pick(choice, FORGET)
    assert choice.currentData() == ADDRESS, "nothing is forgotten by opening the dialog"
    dialog = choice.findChildren(ForgetDialog)[-1]
    dialog.list.setCurrentRow(-1)
    dialog.accept()
    assert load_settings().servers == (ADDRESS,), "nothing was chosen"
    dialog.list.setCurrentRow(0)
    dialog.accept()
    assert gone == [ADDRESS]
    assert choice.currentData() == ""
    assert choice.findData(ADDRESS) < 0
    assert choice.findData(FORGET) < 0, "there is none left"
    settings = load_settings()
    assert (settings.servers, settings.server_authcfgs, settings.server_scorings) == ((), (), ())
    assert (settings.model, settings.verifier) == ("", "")
    assert keys_database.configIds() == []
    recall(ADDRESS)
    assert not known_key(ADDRESS)


def test_a_key_stays_while_another_model_of_its_server_needs_it(keys_database: Any) -> None:
    remember(ADDRESS, "sk-secret")
    remember(OTHER, "")
    dialog = ForgetDialog()
    dialog.list.setCurrentRow(load_settings().servers.index(ADDRESS))
    dialog.accept()
    assert load_settings().servers == (OTHER,)
    assert len(keys_database.configIds()) == 1
    assert known_key(OTHER) == "sk-secret"


def test_a_database_that_holds_on_is_told_and_nothing_is_forgotten(
    keys_database: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    remember(ADDRESS, "sk-secret")
    refusing = SimpleNamespace(
        configIds=keys_database.configIds, removeAuthenticationConfig=lambda entry: False
    )
    monkeypatch.setattr(QgsApplication, "authManager", staticmethod(lambda: refusing))
    dialog = ForgetDialog()
    dialog.list.setCurrentRow(0)
    dialog.accept()
    monkeypatch.undo()
    assert "Authentication" in dialog.problem.text()
    assert "sk-secret" not in dialog.problem.text()
    assert load_settings().servers == (ADDRESS,)


def test_forgotten_in_one_list_is_gone_from_the_other(panel: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    remember(ADDRESS, "")
    scope, verifier = panel.dock.scope, panel.dock.improve.form.verifier
    for choice in (scope._model, verifier):
        choice.list_servers()
        choice.choose(ADDRESS)
    asked: list[Any] = []
    monkeypatch.setattr(panel.session, "ask", lambda work, done, **more: asked.append(work))
    pick(verifier, FORGET)
    dialog = verifier.findChildren(ForgetDialog)[-1]
    dialog.list.setCurrentRow(0)
    dialog.accept()
    assert (scope.model, verifier.currentData()) == ("", "")
    transport = Recorder()
    asked[0](EngineClient(transport))
    assert transport.sent[0][1].endswith("/servers/key")
    assert b'"key": null' in transport.sent[0][2]
