"""The panel's small parts, each on its own."""

from __future__ import annotations

import http.client
import json
import os
import signal
import socket
import ssl
import subprocess
import sys
import threading
import time

import pytest
from conftest import HERE, engine_pid
from qgis.core import QgsProject, QgsRasterLayer
from qgis.PyQt.QtGui import QColor

from remotezero_qgis.connection import process as engine_process
from remotezero_qgis.connection.client import EngineClient, read_events
from remotezero_qgis.connection.process import (
    Launch,
    ensure_engine,
    find_endpoint,
    find_engine,
    remote_endpoint,
)
from remotezero_qgis.connection.session import Session
from remotezero_qgis.connection.transport import Reply, unreachable
from remotezero_qgis.connection.wire import (
    CURRENT_ADAPTER,
    NO_ADAPTER,
    AdapterChoice,
    Endpoint,
    Job,
    JobProgress,
    LocateRequest,
    Model,
)
from remotezero_qgis.errors import (
    EngineError,
    EngineMissingError,
    EngineRefusedError,
    EngineUnreachableError,
    RunCancelledError,
)
from remotezero_qgis.i18n import install_translator, remove_translator, tr
from remotezero_qgis.layers.sought import colour_of
from remotezero_qgis.panel.banner import ERROR, Banner
from remotezero_qgis.panel.blank_page import nothing_found
from remotezero_qgis.panel.question_box import QuestionBox, remember
from remotezero_qgis.panel.scope_box import ScopeBox
from remotezero_qgis.panel.words import job_text, progress_words, time_words
from remotezero_qgis.settings import change_settings, load_settings


@pytest.mark.parametrize(
    ("progress", "words"),
    [
        (JobProgress(3, 40, 120.0), "3 of 40 windows, about 2 min left"),
        (JobProgress(39, 40, 0.4), "39 of 40 windows, about 1 s left"),
        (JobProgress(1, 4000, 9000.0), "1 of 4000 windows, about 2.5 h left"),
        (JobProgress(3, 40, None), "3 of 40 windows"),
        (JobProgress(40, 40, 0.0), "40 of 40 windows"),
        (JobProgress(0, 1, None), "0 of 1 window"),
    ],
)
def test_progress_in_words(qgis_app, progress, words):
    assert progress_words(progress) == words


@pytest.mark.parametrize(
    ("language", "one", "many"),
    [
        ("en", "1 box so far", "5 boxes so far"),
        ("de", "Bisher 1 Rahmen", "Bisher 5 Rahmen"),
        ("es", "1 recuadro hasta ahora", "5 recuadros hasta ahora"),
        ("fr", "1 cadre jusqu'ici", "5 cadres jusqu'ici"),
        ("pt", "1 caixa até agora", "5 caixas até agora"),
        ("zh", "目前 1 个框", "目前 5 个框"),
        ("it", "1 box so far", "5 boxes so far"),
    ],
)
def test_each_language_has_its_kinds_of_number(qgis_app, language, one, many):
    translator = install_translator(language)
    assert (tr("%n box(es) so far", n=1), tr("%n box(es) so far", n=5)) == (one, many)
    remove_translator(translator)


@pytest.mark.parametrize(
    ("windows", "blank", "title", "words"),
    [
        (1, 0, "Nothing found", "1 window was searched"),
        (12, 3, "Nothing found", "12 windows were searched"),
        (12, 12, "No data here", "Choose another place"),
    ],
)
def test_where_there_is_no_data_other_words_would_not_help(qgis_app, windows, blank, title, words):
    job = Job.from_json(
        {"id": "a", "kind": "locate", "state": "done", "result": {"windows": windows, "blank": blank}}
    )
    told = nothing_found(job)
    assert told[0] == title
    assert words in told[1]
    assert ("other words" in told[1]) == (blank < windows)


def test_history_is_short_and_has_each_question_once():
    assert remember(("b", "a"), "a") == ("a", "b")
    assert len(remember(tuple(str(n) for n in range(30)), "new")) == 15


def test_the_question_line_offers_history_then_examples(qgis_app):
    box = QuestionBox()
    box.setEditText("  what  I typed ")
    box.set_history(("the largest ship", "docks"))
    texts = [box.itemText(place) for place in range(box.count())]
    assert texts[:3] == ["the largest ship", "docks", "Examples"]
    assert texts.count("the largest ship") == 1
    assert box.question == "what I typed"


def test_the_raster_follows_the_active_layer_until_one_is_chosen(project, raster, tmp_path):
    from conftest import make_raster

    other = QgsRasterLayer(str(make_raster(tmp_path / "other.tif")), "other")
    project.addMapLayer(other)
    box = ScopeBox()
    box.set_active(raster)
    assert box.raster is raster
    assert box._rasters.currentText() == "Active layer: harbour"
    box.set_active(other)
    assert box.raster is other
    box.choose_raster(raster)
    box.set_active(other)
    assert box.raster is raster
    box.choose_raster(None)
    assert box.raster is other
    QgsProject.instance().removeMapLayer(other.id())
    assert box.raster is None


def test_models_keep_the_choice_and_offer_their_adapters(project):
    box = ScopeBox()
    box.choose_model("later", AdapterChoice("fine-1"))
    assert (box.model, box.adapter) == ("later", AdapterChoice("fine-1"))
    models = [
        {"name": "mini", "default": True, "adapters": [{"name": "h-2", "current": True}, {"name": "h-1"}]},
        {"name": "later", "adapters": []},
    ]
    box.set_models([Model.from_json(item) for item in models])
    assert box.model == "later"
    box.choose_model("", AdapterChoice("h-1"))
    assert (box.model, box.adapter) == ("", AdapterChoice("h-1"))
    assert box._model.itemText(0) == "Default: mini"
    box.choose_model("mini", NO_ADAPTER)
    assert box.adapter == NO_ADAPTER
    box.choose_model("mini", CURRENT_ADAPTER)
    assert box.adapter == CURRENT_ADAPTER


@pytest.mark.parametrize(
    ("stored", "choice"),
    [("", "current"), ("current", "current"), ("none", "none"), ("harbour-1", "harbour-1")],
)
def test_a_stored_choice_of_adapter_is_read_right(panel, wait, stored, choice):
    change_settings(adapter=stored)
    assert AdapterChoice.read(load_settings().adapter) == AdapterChoice(choice)
    panel.find._restore()
    assert panel.dock.scope.adapter.text == choice


def test_the_adapter_in_use_is_left_out_of_a_request():
    assert LocateRequest("a.tif", ("ships",)).to_json() == {
        "raster": "a.tif", "queries": ("ships",), "zoom": "auto", "veto": True,
    }  # fmt: skip
    assert LocateRequest("a.tif", ("ships",), adapter=NO_ADAPTER).to_json()["adapter"] == "none"
    assert [choice.name for choice in (CURRENT_ADAPTER, NO_ADAPTER, AdapterChoice("h-1"))] == [
        None,
        None,
        "h-1",
    ]


def test_the_banner_does_what_it_offers(qgis_app):
    banner, done = Banner(), []
    banner.say(ERROR, "No disk left.", "Choose a folder", lambda: done.append(1))
    assert banner.text == "No disk left."
    banner._button.click()
    assert done == [1]
    assert banner.text == ""


def test_scores_have_five_colours():
    assert len({colour_of("#0f8b8d", n / 100).name() for n in range(101)}) == 5
    assert colour_of("#0f8b8d", 1.0) == colour_of("#0f8b8d", 0.99) == QColor("#0f8b8d")


@pytest.mark.parametrize(
    ("seconds", "words"),
    [(0, "1 s"), (59.4, "59 s"), (59.6, "1 min"), (61, "1 min"), (100, "1 min 40 s"), (160, "2 min 40 s"),
     (297, "5 min"), (700, "12 min"), (3600, "60 min"), (5400, "1.5 h")],
)  # fmt: skip
def test_a_length_of_time_is_told_as_exactly_as_it_matters(seconds, words):
    assert time_words(seconds) == words


def test_a_job_in_one_line(qgis_app):
    job = Job("1", "locate", "done", {"queries": ["a & b"]}, created="2026-11-22T10:00:00.123+00:00")
    assert job_text(job).startswith("a && b  (")
    assert "done" in job_text(job)


class Scripted:
    """A transport that answers from a list."""

    endpoint = Endpoint("127.0.0.1", 1, "t")

    def __init__(self, *replies):
        self.replies, self.sent = list(replies), []

    def send(self, method, path, body, timeout_s):
        self.sent.append((method, path, body))
        return self.replies.pop(0)


def test_the_engines_own_words_reach_the_user():
    body = json.dumps(
        {"error": {"type": "InputError", "message": "x.tif is no raster. Choose another."}}
    ).encode()
    client = EngineClient(Scripted(Reply(400, body)))
    with pytest.raises(EngineRefusedError, match=r"x\.tif is no raster") as caught:
        client.jobs()
    assert (caught.value.status, caught.value.kind) == (400, "InputError")


def test_a_foreign_program_at_the_address_is_recognised():
    with pytest.raises(EngineError, match="not JSON"):
        EngineClient(Scripted(Reply(200, b"<html>hello</html>"))).health()


@pytest.mark.parametrize(
    "body", [b"<html>502 Bad Gateway nginx</html>", b"Invalid HTTP request received.", b"[]", b"", b"\xff"]
)
def test_what_is_no_answer_of_the_engine_is_not_shown(body):
    with pytest.raises(EngineRefusedError) as caught:
        EngineClient(Scripted(Reply(502, body))).jobs()
    assert "status 502" in str(caught.value)
    assert len(body) < 4 or body.decode() not in str(caught.value)


@pytest.mark.parametrize("line", [b"{", b"[1]", b"{}", b'{"seq": "x", "type": "log"}', b"\xff\n", b"7"])
def test_a_line_that_is_no_event_is_told_in_our_words(line):
    with pytest.raises(EngineError, match="Update the engine"):
        list(read_events([line]))


@pytest.mark.parametrize(
    ("error", "words"),
    [
        (ConnectionRefusedError(111, "Connection refused"), "nothing listens there"),
        (TimeoutError("timed out"), "no answer in time"),
        (socket.gaierror(-2, "Name or service not known"), "no computer of this name"),
        (ssl.SSLError(1, "[SSL: WRONG_VERSION_NUMBER]"), "certificate"),
        (http.client.BadStatusLine("GARBAGE"), "broke off"),
        (ValueError("I/O operation on closed file"), "broke off"),
    ],
)
def test_why_nobody_answers_is_told_in_our_words(error, words):
    told = str(unreachable(Endpoint("127.0.0.1", 1, "t"), error))
    assert words in told
    assert not [part for part in map(str, error.args) if len(part) > 3 and part in told]


def test_ids_are_quoted_on_their_way():
    transport = Scripted(Reply(200, b"png"))
    EngineClient(transport).crop("a/b", "c?d")
    assert transport.sent[0][1] == "/v1/jobs/a%2Fb/crops/c%3Fd"


def test_adapters_on_the_wire():
    answer = {"name": "a/b", "file": "/x.zip", "adapters": [{"name": "h-1", "current": True}]}
    transport = Scripted(*[Reply(200, json.dumps(answer).encode())] * 4)
    client = EngineClient(transport)
    assert client.choose_adapter("a/b", NO_ADAPTER).in_use == AdapterChoice("h-1")
    assert client.import_adapter("a/b", "/x.zip").name == "a/b"
    assert client.export_adapter("a/b", "h 1", "/x.zip", overwrite=True) == "/x.zip"
    assert client.delete_adapter("a/b", "h 1").name == "a/b"
    assert [(method, path, json.loads(body or b"null")) for method, path, body in transport.sent] == [
        ("PUT", "/v1/models/a%2Fb/current", {"adapter": "none"}),
        ("POST", "/v1/models/a%2Fb/adapters", {"file": "/x.zip"}),
        ("POST", "/v1/models/a%2Fb/adapters/h%201/export", {"file": "/x.zip", "overwrite": True}),
        ("DELETE", "/v1/models/a%2Fb/adapters/h%201", None),
    ]


def test_a_session_asks_off_the_main_thread_and_answers_on_it(home, launch, wait):
    engine, said = launch(), []
    session = Session(lambda: engine)
    session.ask(lambda client: said.append("asked"), said.append, said.append, start=False)
    session.call(lambda: None, lambda _: said.append("nothing was there to ask"))
    wait(lambda: said, "the end of the first question")
    assert said == ["nothing was there to ask"]
    assert engine_pid(home) is None
    threads = []
    session.ask(
        lambda client: threads.append(threading.current_thread()) or client.health()["state"],
        lambda state: threads.append(threading.current_thread()) or said.append(state),
    )
    wait(lambda: len(said) == 2, "the answer")
    assert said[1] == "idle"
    assert threads[0] is not threading.main_thread()
    assert threads[1] is threading.main_thread()
    session.ask(
        lambda client: client.job("none"), said.append, lambda error: said.append(str(error)), start=False
    )
    wait(lambda: len(said) == 3, "the refusal")
    assert "There is no" in said[2]
    session.close()


def test_a_session_without_an_engine_says_so(home, wait):
    session, failures = Session(lambda: Launch(home)), []
    session.ask(lambda client: client.models(), failures.append, failures.append)
    wait(lambda: failures, "the failure")
    assert isinstance(failures[0], EngineMissingError)
    session.close()


def test_addresses_of_remote_engines():
    assert remote_endpoint("http://gpu-box:9000", "t").port == 9000
    assert remote_endpoint("gpu-box:9000", "t").host == "gpu-box"
    assert remote_endpoint("https://gpu.example", "t").port == 443
    with pytest.raises(EngineMissingError, match="http://host:port"):
        remote_endpoint("ftp://x", "t")


def test_the_token_is_never_shown():
    assert "secret" not in repr(Endpoint("h", 1, "secret"))


def test_a_damaged_runtime_file_is_no_engine(home):
    (home / "engine.json").write_text("{")
    assert find_endpoint(home) is None
    (home / "engine.json").write_text('["port"]')
    assert find_endpoint(home) is None
    (home / "engine.json").write_text('{"port": 1, "token": "t", "pid": 1}')
    assert find_engine(Launch(home)) is None


def test_the_engine_is_started_once_and_found_again(home, launch):
    how = launch()
    first = ensure_engine(how, lambda: False)
    again = ensure_engine(how, lambda: False)
    assert first.endpoint == again.endpoint
    assert first.health()["pid"] == engine_pid(home)


def test_nothing_of_qgis_reaches_the_engine(home, monkeypatch):
    monkeypatch.setenv("PYTHONPATH", "/somewhere/qgis/python")
    monkeypatch.setenv("PROJ_DATA", "/somewhere/proj")
    script = (
        "import json, os; seen = open(os.environ['REMOTEZERO_HOME'] + '/seen.json', 'w'); "
        "seen.write(json.dumps(dict(os.environ)))"
    )
    with pytest.raises(EngineUnreachableError):
        ensure_engine(Launch(home, sys.executable, ("-c", script)), lambda: False)
    seen = json.loads((home / "seen.json").read_text())
    assert "PYTHONPATH" not in seen
    assert "PROJ_DATA" not in seen
    assert seen["REMOTEZERO_HOME"] == str(home)


def test_a_stuck_engine_is_not_doubled_and_waiting_can_be_cancelled(home, monkeypatch):
    environment = {**os.environ, "REMOTEZERO_HOME": str(home)}
    process = subprocess.Popen([sys.executable, str(HERE / "fake_engine.py")], env=environment)
    try:
        while engine_pid(home) is None:
            time.sleep(0.05)
        process.send_signal(signal.SIGSTOP)
        started = []
        monkeypatch.setattr(engine_process, "_start", started.append)
        monkeypatch.setattr(EngineClient, "health", _impatient(EngineClient.health))
        asked = []
        with pytest.raises(RunCancelledError):
            ensure_engine(Launch(home, sys.executable), lambda: asked.append(1) or len(asked) > 2)
        assert started == []
    finally:
        process.kill()
        process.wait()


def _impatient(health):
    return lambda client, timeout_s=0.2: health(client, min(timeout_s, 0.2))
