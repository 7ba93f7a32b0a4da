"""The list of models has an entry for a server: address, name and key are asked for, the key goes beside the job."""

from __future__ import annotations

from typing import Any

import pytest
from qgis.core import QgsProcessingContext, QgsProject
from qgis.PyQt.QtWidgets import QApplication

from remotezero_qgis.connection.client import EngineClient
from remotezero_qgis.connection.server_keys import keep_key, known_key, recall
from remotezero_qgis.connection.transport import Reply
from remotezero_qgis.connection.wire import NO_ADAPTER
from remotezero_qgis.panel.blank_page import welcome
from remotezero_qgis.panel.model_choice import SERVER, ModelChoice
from remotezero_qgis.panel.server_model import ServerDialog, problem_of, remember
from remotezero_qgis.settings import load_settings

ADDRESS = "http://gpu.example:8000/v1#qwen3-vl"


def dialog_of(choice: ModelChoice) -> ServerDialog:
    place = choice.findData(SERVER)
    choice.setCurrentIndex(place)
    choice.activated.emit(place)
    QApplication.processEvents()
    return choice.findChildren(ServerDialog)[-1]


def test_a_server_is_chosen_by_its_address(qgis_app: Any) -> None:
    choice = ModelChoice()
    dialog = dialog_of(choice)
    assert choice.currentData() == ""
    dialog.url.setText("http://gpu.example:8000/v1")
    dialog.model.setText("qwen3-vl")
    dialog.accept()
    assert choice.currentData() == ADDRESS
    assert load_settings().servers[0] == ADDRESS
    choice.fill([])
    assert choice.currentData() == ADDRESS
    assert ModelChoice().findData(ADDRESS) > 0
    assert ModelChoice(servers=False).findData(ADDRESS) < 0


def test_without_an_address_the_choice_stays(qgis_app: Any) -> None:
    choice = ModelChoice()
    choice.choose("mini")
    dialog = dialog_of(choice)
    dialog.url.setText("http://user:hunter2@gpu.example/v1")
    dialog.accept()
    assert dialog.problem.text()
    assert "hunter2" not in dialog.problem.text() + "".join(load_settings().servers)
    dialog.reject()
    assert choice.currentData() == "mini"


@pytest.mark.parametrize(
    "address",
    [
        "", "gpu", "gpu:8000/v1", "ftp://h/", "http:/h:8000", "http://", "http://h:0/v1", "http://h:99999/",
        "http://[::1/", "http://h :8000/v1", "http://h:8000/v1\u200b", "http://h:8000/v1#a name",
        f"http://h/#{'x' * 301}", f"http://h/{'x' * 2050}", "http://h:8000/v1?api_key=sk-hunter2",
        "http://h:8000/v1?chip_px=512&key=hunter2", "http://h:8000/v1?hunter2",
    ],
)  # fmt: skip
def test_what_is_no_address_is_told_and_kept_nowhere(project: QgsProject, address: str) -> None:
    assert problem_of(address)
    assert "hunter2" not in problem_of(address)
    dialog = ServerDialog()
    dialog.url.setText(address)
    dialog.accept()
    assert dialog.problem.text()
    assert load_settings().servers == ()


def test_what_the_engine_takes_is_taken(qgis_app: Any) -> None:
    long = "HTTPS://h/v1?family=qwen2.5-vl&chip_px=512#Qwen/Qwen3-VL-8B"
    for address in ("http://h:8000/v1", long, "http://[::1]:80"):
        assert not problem_of(address), address


def test_a_new_key_takes_the_place_of_the_old_one(keys_database: Any) -> None:
    for key in ("sk-old", "sk-new"):
        remember(ADDRESS, key)
    assert len(keys_database.configIds()) == 1
    keep_key(ADDRESS, "")
    recall(ADDRESS)
    assert known_key(ADDRESS) == "sk-new"
    assert "sk-new" not in "".join(map(str, load_settings().server_authcfgs))


def test_a_list_that_is_filled_opens_no_keys(keys_database: Any) -> None:
    remember(ADDRESS, "sk-secret")
    keep_key(ADDRESS, "")
    choice = ModelChoice()
    choice.choose(ADDRESS)
    choice.fill([])
    assert not known_key(ADDRESS), "QGIS would have asked for its master password"
    place = choice.findData(ADDRESS)
    choice.setCurrentIndex(place)
    choice.activated.emit(place)
    assert known_key(ADDRESS) == "sk-secret"


def test_processing_gives_the_key_of_a_server(keys_database: Any, provider: Any) -> None:
    remember(ADDRESS, "sk-secret")
    keep_key(ADDRESS, "")
    locate = provider.algorithm("locate").create()
    asked = locate.model_request({"MODEL": ADDRESS}, QgsProcessingContext())
    assert asked["model"] == ADDRESS
    assert known_key(ADDRESS) == "sk-secret"


def test_only_what_stays_here_is_said_to_stay_here(panel: Any) -> None:
    scope, blank = panel.dock.scope, panel.dock.blank
    panel.dock.show_blank(*welcome(True))
    here = "http://127.0.0.1:8000/v1"
    for model, stays in (("", True), (ADDRESS, False), (here, True), (ADDRESS, False), ("mini", True)):
        scope.choose_model(model, NO_ADAPTER)
        assert ("Nothing leaves this computer" in blank._text.text()) is stays, model
    panel.dock.show_results()
    scope.choose_model(ADDRESS, NO_ADAPTER)
    assert not panel.dock.welcoming, "the results stay in front"


class Recorder:
    """A transport that keeps what was sent."""

    endpoint = None

    def __init__(self) -> None:
        self.sent: list[tuple[str, str, Any]] = []

    def send(self, method: str, path: str, body: bytes | None, *_: Any, **__: Any) -> Reply:
        self.sent.append((method, path, body))
        job = b'{"id": "1", "kind": "locate", "state": "queued", "request": {}, "progress": {"done": 0}}'
        return Reply(201, job)


def test_the_key_goes_beside_the_job(qgis_app: Any) -> None:
    keep_key(ADDRESS, "sk-secret")
    try:
        transport = Recorder()
        EngineClient(transport).create_job("locate", {"raster": "a.tif", "model": ADDRESS})
        EngineClient(transport).create_job("locate", {"raster": "a.tif", "model": "http://other.example/v1"})
        EngineClient(transport).resume("1", {"external_verifier": ADDRESS})
        EngineClient(transport).create_job(
            "locate", {"raster": "a.tif", "model": "mini", "verifier": ADDRESS}
        )
    finally:
        keep_key(ADDRESS, "")
    assert not known_key(ADDRESS)
    paths = [path for _, path, _ in transport.sent]
    assert [path.endswith("/servers/key") for path in paths] == [True, False, False, True, False, True, False]
    assert b"sk-secret" in transport.sent[0][2]
    others = [body or b"" for _, path, body in transport.sent if not path.endswith("/servers/key")]
    assert all(b"sk-secret" not in body for body in others)
