"""The list of models has an entry for a server: address, name and key are asked for, the key goes beside the job."""

from __future__ import annotations

from typing import Any

import pytest
from qgis.PyQt.QtWidgets import QApplication

from remotezero_qgis.connection.client import EngineClient
from remotezero_qgis.connection.server_keys import keep_key, known_key
from remotezero_qgis.connection.transport import Reply
from remotezero_qgis.panel.model_choice import SERVER, ModelChoice
from remotezero_qgis.panel.server_model import ServerDialog, problem_of
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
    "address", ["", "gpu", "ftp://h/", "http://", "http://h:0/v1", "http://h:99999/", "http://[::1/"]
)
def test_what_is_no_address_is_told(qgis_app: Any, address: str) -> None:
    assert problem_of(address)
    assert not problem_of("http://h:8000/v1")


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
    finally:
        keep_key(ADDRESS, "")
    assert not known_key(ADDRESS)
    paths = [path for _, path, _ in transport.sent]
    assert [path.endswith("/servers/key") for path in paths] == [True, False, False]
    assert b"sk-secret" in transport.sent[0][2]
    assert all(b"sk-secret" not in body for _, _, body in transport.sent[1:])
