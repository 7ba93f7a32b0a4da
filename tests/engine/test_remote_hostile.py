"""Servers that misbehave, addresses that hold secrets, and a key that must never be shown."""

from __future__ import annotations

import base64
import gzip
import json
import logging
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from typer.testing import CliRunner

from engine.cli.main import app
from engine.errors import InputError, ModelError, RemoteZeroError, ServerError
from engine.jobs.precheck import precheck
from engine.remote.address import is_server, read_address
from engine.remote.client import Client, Limits
from engine.remote.keys import KEYS, ServerKeys, checked_key
from engine.remote.replies import Secret
from engine.types import Query
from tests.engine.model_servers import (
    QUICK,
    Body,
    Reply,
    chat_answer,
    never,
    reached,
    speaking,
    vllm,
)

KEY = "sk-Very+Secret/Key=42"
CROP = np.zeros((32, 32, 3), dtype=np.uint8)


@pytest.fixture
def keyed(monkeypatch: pytest.MonkeyPatch) -> str:
    monkeypatch.setenv("REMOTEZERO_SERVER_KEY", KEY)
    return KEY


def refused(speak, limits: Limits = QUICK) -> str:
    """The sentence with which one question to a server fails."""
    with speaking(speak) as asked:
        client = Client(read_address(asked.url), limits)
        try:
            with pytest.raises(ServerError) as caught:
                client.ask([lambda: ("/chat/completions", {"a": 1})], never)
        finally:
            client.close()
    return str(caught.value)


@contextmanager
def raw(answer: bytes, *, times: int = 1, drip: bool = False) -> Iterator[str]:
    """A server that writes bytes, whatever is asked; with ``drip`` a space now and then for ever."""
    listener = socket.create_server(("127.0.0.1", 0))
    over = threading.Event()

    def serve() -> None:
        while not over.is_set():
            try:
                caller, _ = listener.accept()
            except OSError:
                return
            with caller:
                try:
                    caller.recv(65536)
                    for _ in range(times):
                        caller.sendall(answer)
                    while drip and not over.wait(0.02):
                        caller.sendall(b" ")
                except OSError:
                    continue

    thread = threading.Thread(target=serve, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{listener.getsockname()[1]}/v1"
    finally:
        over.set()
        listener.close()


def asked_raw(url: str, limits: Limits = QUICK) -> str:
    client = Client(read_address(f"{url}#m"), limits)
    try:
        with pytest.raises(ServerError) as caught:
            client.ask([lambda: ("/chat/completions", {})], never)
    finally:
        client.close()
    return str(caught.value)


ECHOES = {
    "as it is": lambda key: key,
    "a header": lambda key: f"bad header Authorization: Bearer {key} in request",
    "base64": lambda key: base64.b64encode(key.encode()).decode(),
    "quoted": lambda key: key.replace("+", "%2B").replace("/", "%2F").replace("=", "%3D"),
    "hex": lambda key: key.encode().hex(),
    "capitals": lambda key: key.upper(),
}


@pytest.mark.parametrize("status", [400, 401, 403, 404, 413, 422, 429, 500, 503])
@pytest.mark.parametrize("echo", ECHOES.values(), ids=ECHOES)
def test_an_error_that_echoes_the_key_does_not_show_it(keyed: str, status: int, echo) -> None:
    said = echo(keyed)
    for body in ({"error": {"message": said}}, {"detail": [{"msg": said}]}, said.encode(), {said: said}):
        message = refused(lambda path, _, body=body: Reply(body, status))
        for form in ECHOES.values():
            assert form(keyed).lower() not in message.lower()


@pytest.mark.parametrize(
    "broken",
    [
        lambda key: key[:9] + "\n" + key[9:],
        lambda key: " ".join(key),
        lambda key: key.replace("+", "&#43;").replace("/", "\\/"),
        lambda key: f"{key[:12]}…",
        lambda key: f"it ends in {key[-12:]}",
    ],
    ids=["two lines", "spaced", "entities", "its beginning", "its end"],
)
def test_a_key_in_pieces_is_not_shown_either(keyed: str, broken) -> None:
    message = refused(lambda path, _: Reply({"error": {"message": broken(keyed)}}, 400))
    letters = "".join(sign for sign in message if sign.isalnum())
    plain = "".join(sign for sign in keyed if sign.isalnum())
    assert not [plain[at : at + 8] for at in range(len(plain) - 7) if plain[at : at + 8] in letters]
    assert "status 400" in message


def test_the_key_is_in_no_completion_log_or_job(
    keyed: str, town_tif: Path, caplog: pytest.LogCaptureFixture
) -> None:
    def speak(path: str, body: Body) -> Reply:
        if body.get("logprobs"):
            return vllm(path, body)
        return chat_answer(f'{keyed}: [{{"bbox_2d": [1, 2, 300, 400], "label": "{keyed}"}}]')

    caplog.set_level(logging.INFO)
    with speaking(speak) as asked:
        ran = CliRunner().invoke(
            app, ["locate", str(town_tif), "ships", "--model", f"{asked.url}#m", "--json"]
        )
        assert asked.heads[0]["Authorization"] == f"Bearer {keyed}"
    assert ran.exit_code == 0, ran.output
    assert json.loads(ran.stdout)["features"]["features"][0]["properties"]["label"] == "(key)"
    assert keyed not in ran.output + caplog.text
    assert keyed not in repr(Secret(keyed)) + str(vars(KEYS))


def test_a_key_that_is_any_word_spoils_no_answer(monkeypatch: pytest.MonkeyPatch) -> None:
    assert Secret("1").without({"a": "[1, 2]"}) == {"a": "[1, 2]"}
    monkeypatch.setenv("REMOTEZERO_SERVER_KEY", "1")
    assert "1 is wrong" not in refused(lambda *_: Reply({"error": "1 is wrong"}, 400))


def test_answers_are_bounded() -> None:
    small = Limits(tries=1, answer_bytes=1000, total_s=20)
    assert "more than" in refused(lambda *_: Reply(b"x" * 100_000), small)
    head = b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n\r\n"
    with raw(head + b" " * 65536, times=10**6) as url:
        assert "more than 4 MiB" in asked_raw(url, Limits(tries=1, total_s=60))
    with raw(b"HTTP/1.1 500 No\r\n\r\n" + b"y" * 65536, times=10**6) as url:
        assert "status 500" in asked_raw(url, Limits(tries=1, total_s=60))
    announced = b"HTTP/1.1 200 OK\r\nContent-Length: 2147483648\r\n\r\n" + b" " * 65536
    with raw(announced) as url:
        assert "broke off" in asked_raw(url)


def test_an_answer_that_drips_or_never_comes_ends_in_time() -> None:
    short = Limits(tries=1, connect_s=20.0, total_s=0.3)
    with raw(b"HTTP/1.1 200 OK\r\n\r\n", drip=True) as url:
        assert "not answered within 0.3 s" in asked_raw(url, short)
    held = threading.Event()

    def silent(*_: object) -> Reply:
        held.wait(30)
        return Reply({})

    try:
        assert "not answered within 0.3 s" in refused(silent, short)
    finally:
        held.set()


def test_packed_answers_are_not_unpacked() -> None:
    bomb = gzip.compress(b" " * 50_000_000)
    message = refused(lambda *_: Reply(bomb, headers={"Content-Encoding": "gzip"}))
    assert "packs its answers" in message


def test_redirects_are_not_followed(keyed: str) -> None:
    with speaking(vllm) as elsewhere:
        for status in (301, 302, 303, 307, 308):
            target = {"Location": f"{elsewhere.url}/chat/completions"}
            message = refused(lambda *_, status=status: Reply({}, status, target))
            assert f"status {status}" in message
        assert not elsewhere.paths


@pytest.mark.parametrize(
    "body",
    [
        b"", b"null", b"[]", b"7", b"{}", b"\xff\xfe", b"<html>502</html>", b"[" * 200_000, b'{"choices": []}',
        b'{"choices": [{"logprobs": {"content": [{"top_logprobs": []}]}}]}',
        b'{"choices": [{"logprobs": {"content": [{"top_logprobs": [{"token": "yes", "logprob": 1e999}]}]}}]}',
        b'{"choices": [{"logprobs": {"content": [{"top_logprobs": [{"token": "yes", "logprob": NaN}]}]}}]}',
        b'{"choices": [{"logprobs": {"content": [{"top_logprobs": [{"token": "yes", "logprob": 800.0}]}]}}]}',
        b'{"choices": [{"logprobs": {"content": [{"top_logprobs": [{"token": "yes", "logprob": "x"}]}]}}]}',
        b'{"choices": [{"logprobs": {"content": [{"top_logprobs": 5}]}}]}',
        b'{"choices": [{"message": {"content": ' + b"9" * 5000 + b"}}]}",
        b'{"answers": {"fits": {"noul": 1e400}}}', b'{"answers": {"fits": {"noul": true}}}',
    ],
)  # fmt: skip
def test_answers_that_are_none_give_no_score_and_no_strange_error(body: bytes) -> None:
    failed = pytest.raises(ModelError)
    with speaking(lambda *_: Reply(body)) as asked, failed as caught, reached(f"{asked.url}#m") as model:
        model.verifier.score([CROP], [Query("x")], never)
    assert asked.host in str(caught.value) or "yes or no" in str(caught.value)


def test_numbers_that_overflow_in_decisions_are_no_scores() -> None:
    def speak(path: str, _: Body) -> Reply:
        return (
            Reply(b'{"answers": {"fits": {"noul": 1e400}}}') if path.endswith("one") else chat_answer("yes")
        )

    with speaking(speak) as asked, reached(f"{asked.url}#m") as model:
        assert model.scoring == "answers"


def test_a_busy_server_is_asked_again_and_a_dead_one_is_told() -> None:
    left = [Reply({}, 429, {"Retry-After": "0"}), Reply({}, 503), None]

    def speak(path: str, body: Body) -> Reply:
        return (left.pop(0) if left else None) or vllm(path, body)

    with speaking(speak) as asked, reached(f"{asked.url}#m") as model:
        assert model.scoring == "log-probabilities"
        assert len(asked.paths) == 3
    assert "too busy" in refused(lambda *_: Reply({}, 503))
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port = listener.getsockname()[1]
    assert f"127.0.0.1:{port} can't be reached" in asked_raw(f"http://127.0.0.1:{port}/v1")


def test_a_connection_that_is_reset_is_tried_again() -> None:
    listener = socket.create_server(("127.0.0.1", 0))
    body = json.dumps({"fine": True}).encode()
    answer = b"HTTP/1.1 200 OK\r\nContent-Length: %d\r\n\r\n%s" % (len(body), body)

    def serve() -> None:
        for number in range(2):
            caller, _ = listener.accept()
            with caller:
                caller.recv(65536)
                if number:
                    caller.sendall(answer)

    thread = threading.Thread(target=serve, daemon=True)
    thread.start()
    client = Client(read_address(f"http://127.0.0.1:{listener.getsockname()[1]}/v1"), QUICK)
    try:
        assert client.ask([lambda: ("/x", {})], never) == [{"fine": True}]
    finally:
        client.close()
        listener.close()


SECRETS = [
    "http://user:hunter2@gpu.example:8000/v1#m", "https://hunter2@gpu.example/v1", "http://gpu.example/v1?key=hunter2#m",
    "http://gpu.example/v1?hunter2", "http://user:hunter2@gpu.example:99999/v1", "http://user:hunter2@[::1/v1",
    "http://user:hunter2@/v1", "http://us er:hunter2@h/v1", "http://gpu.example/v1?family=hunter2",
]  # fmt: skip


@pytest.mark.parametrize("address", SECRETS)
def test_addresses_with_secrets_are_refused_before_they_are_kept(address: str, town_tif: Path) -> None:
    for kind, request in (
        ("locate", {"raster": str(town_tif), "queries": ["x"], "model": address}),
        ("improve", {"rasters": [str(town_tif)], "queries": ["x"], "external_verifier": address}),
    ):
        with pytest.raises(InputError) as caught:
            precheck(kind, request)
        assert "hunter2" not in str(caught.value)
    ran = CliRunner().invoke(app, ["locate", str(town_tif), "x", "--model", address])
    assert ran.exit_code == 2
    assert "hunter2" not in ran.output


@pytest.mark.parametrize(
    "address",
    [
        "http://", "http://:80/v1", "http://h:0/v1", "http://h:65536/v1", "http://h:abc/v1", "http://h:-1/v1",
        "http://h /v1", "http://h\x00/v1", "http://h/v1\n#m", "http://[::1/v1", "http://h/v1#" + "m" * 400,
        "http://" + "h" * 3000, "http://h/v1?chip_px=9", "http://h/v1?chip_px=1e3", "http://h/v1?chip_px=٣٤٥",
        "http://-\u200d-/v1", "http://h/v1?family=none",
    ],
)  # fmt: skip
def test_addresses_that_can_not_be_used_are_told_in_a_sentence(address: str) -> None:
    with pytest.raises(InputError, match=r"ddress|behind #"):
        read_address(address)


@given(st.text(max_size=60))
def test_any_text_is_an_address_or_refused(text: str) -> None:
    address = "http://" + text
    assert is_server(address)
    try:
        read = read_address(address)
    except InputError:
        return
    assert read.url.isascii()
    assert read_address(read.text).url == read.url


@pytest.mark.parametrize(
    "path", ["/modèle/v1", "/v1/ü ä".replace(" ", ""), "/%e4/v1", "/v1/chat/completions"]
)
def test_paths_that_are_not_ascii_are_sent_as_they_must_be(path: str) -> None:
    with speaking(lambda *_: Reply({"ok": 1})) as asked:
        client = Client(read_address(asked.url.removesuffix("/v1") + path), QUICK)
        try:
            assert client.ask([lambda: ("/chat/completions", {})], never) == [{"ok": 1}]
        finally:
            client.close()
        assert asked.paths[0].isascii()
        assert asked.paths[0].count("/chat/completions") == 1


@pytest.mark.parametrize("key", ["a\r\nX: y", "schlüssel", "two words", "x" * 5000, "\x00", " "])
def test_keys_that_can_not_be_sent_are_refused_without_being_shown(key: str) -> None:
    with pytest.raises(InputError) as caught:
        checked_key(key)
    assert key.strip() == "" or key not in str(caught.value)


def test_keys_pass_to_a_child_as_one_line() -> None:
    keys, other = ServerKeys(), ServerKeys()
    keys.keep(read_address("http://h:8000/v1#m"), KEY)
    line = keys.as_line()
    assert "\n" not in line
    other.take_line(line + "\n")
    assert other.find(read_address("http://h:8000/other#n")) == KEY
    assert other.find(read_address("http://h:8001/v1")) is None
    for wrong in ("", "cancel", "[1]", '{"a": 1}'):
        with pytest.raises(RemoteZeroError):
            other.take_line(wrong)
