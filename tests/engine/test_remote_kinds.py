"""What servers really send: errors as successes, parts, nulls, thoughts, no pictures, short contexts, certificates."""

from __future__ import annotations

import ssl
from typing import Any

import httpx2
import numpy as np
import pytest

from engine.errors import CompletionParseError, ModelError, ServerError
from engine.language.parser import parse_boxes
from engine.remote.refusals import refusal_of, unreachable
from engine.remote.scoring import first_word
from engine.types import Completion, Query
from tests.engine.model_servers import QUICK, Body, Reply, chat_answer, never, reached, speaking, vllm
from tests.engine.test_remote import chip
from tests.engine.test_remote_hostile import asked_raw

CROP = np.zeros((32, 32, 3), dtype=np.uint8)


@pytest.mark.parametrize(
    ("status", "said", "means"),
    [
        (500, "image input is not supported - hint: you may need to provide the mmproj", "takes no pictures"),
        (400, "Qwen/Qwen3-8B is not a multimodal model", "takes no pictures"),
        (200, "Model does not support images. Please use a model that does.", "takes no pictures"),
        (400, "the request exceeds the available context size, try increasing it", "larger one"),
        (400, "This model's maximum context length is 4096 tokens.", "larger one"),
        (404, "model 'x' not found", "no such model"),
        (400, "No models loaded. Please load a model in the developer page.", "no such model"),
        (400, "The plain HTTP request was sent to HTTPS port", "Begin the address with https"),
    ],
)
def test_refusals_say_what_to_do(status: int, said: str, means: str) -> None:
    with (
        speaking(lambda *_: Reply({"error": {"message": said}}, status)) as asked,
        pytest.raises(ServerError, match=means) as caught,
        reached(f"{asked.url}#m"),
    ):
        pass
    assert said.split("'")[0] in str(caught.value) or "https" in means
    assert refusal_of(status, "h", said, has_key=False, variable="X").startswith(
        ("h ", "The model", "Picture")
    )


@pytest.mark.parametrize(
    ("content", "word"),
    [
        ([{"type": "text", "text": "Yes"}, {"type": "text", "text": "."}], "yes"),
        ("<think>\n\n</think>\n\nNo.", "no"),
        ("It may be.</think>yes", "yes"),
        (None, ""),
        ([None, 7], ""),
    ],
)
def test_an_answer_in_parts_or_behind_thoughts_is_read(content: Any, word: str) -> None:
    assert first_word({"choices": [{"message": {"content": content}}]}) == word


def test_an_impossible_word_without_a_number_spoils_no_score() -> None:
    def speak(path: str, body: Body) -> Reply:
        answer = vllm(path, body)
        if body.get("logprobs"):
            rows = answer.body["choices"][0]["logprobs"]["content"][0]["top_logprobs"]
            rows.append({"token": "Perhaps", "logprob": None})
        return answer

    with speaking(speak) as asked, reached(f"{asked.url}#m") as model:
        assert model.scoring == "log-probabilities"
        assert 0 < model.verifier.score([CROP], [Query("x")], never)[0] < 0.1


def counting(with_picture: int, alone: int | None):
    """A server that counts so many tokens with a picture, and without one, or refuses to answer without one."""

    def speak(path: str, body: Body) -> Reply:
        if path != "/v1/chat/completions":
            return Reply({"error": "Unexpected endpoint or method."})
        pictured = isinstance(body["messages"][0]["content"], list)
        if not pictured and alone is None:
            return Reply(
                {"error": {"message": "missing 1 required positional argument: 'pixel_values'"}}, 500
            )
        answer = chat_answer("yes")
        answer.body["usage"]["prompt_tokens"] = with_picture if pictured else alone
        return answer

    return speak


@pytest.mark.parametrize("alone", [20, None])
def test_a_server_that_is_shown_its_pictures_is_taken(alone: int | None) -> None:
    with speaking(counting(216, alone)) as asked, reached(f"{asked.url}#m") as model:
        assert model.scoring == "answers"


def test_a_server_that_leaves_pictures_out_is_found_by_its_count() -> None:
    left_out = pytest.raises(ModelError, match="not shown the pictures")
    with speaking(counting(20, 20)) as asked, left_out, reached(f"{asked.url}#m"):
        pass


def test_certificates_that_can_not_be_read_are_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SSL_CERT_FILE", "/nonexistent/ca.pem")
    assert "SSL_CERT_FILE" in asked_raw("https://127.0.0.1:9/v1", QUICK)


@pytest.mark.parametrize(
    ("said", "means"),
    [
        ("[SSL: CERTIFICATE_VERIFY_FAILED] self-signed certificate", "SSL_CERT_FILE"),
        ("[SSL: CERTIFICATE_VERIFY_FAILED] Hostname mismatch", "another name"),
        ("[SSL: CERTIFICATE_VERIFY_FAILED] certificate has expired", "expired"),
        ("[SSL: WRONG_VERSION_NUMBER] wrong version number", "http://"),
    ],
)
def test_what_is_wrong_with_https_is_told(said: str, means: str) -> None:
    assert means in unreachable(httpx2.ConnectError(str(ssl.SSLError(said))), "h")


@pytest.mark.parametrize("ended", ["max_tokens", "MAX_TOKENS", "length", "content_filter", "abort", "error"])
def test_an_answer_that_ended_early_is_known_by_any_name_of_it(ended: str) -> None:
    with speaking(cut_after("ship: [100, 200, 300, 400]\nship: [500, 600, 700, 8", ended)) as asked:
        answer = first_answer(asked.url)
    assert answer.tokens == 1024
    parsed = parse_boxes(answer.text, "qwen3-vl", 100, 100, full=True)
    assert (len(parsed.proposals), parsed.truncated) == (1, True)


def test_a_whole_answer_is_not_called_cut() -> None:
    with speaking(cut_after("[]", "stop")) as asked:
        assert first_answer(asked.url).tokens == 7


def test_an_answer_without_choices_is_an_unread_window_and_no_failed_job() -> None:
    def speak(path: str, body: Body) -> Reply:
        asks = body.get("max_tokens", 0) > 8
        return Reply({"object": "chat.completion", "choices": []}) if asks else vllm(path, body)

    with speaking(speak) as asked, pytest.raises(CompletionParseError):
        parse_boxes(first_answer(asked.url).text, "qwen3-vl", 100, 100)


def test_halves_of_signs_and_controls_reach_no_file_and_no_terminal() -> None:
    label = r"s\ud83dh\u0000i\u001b[2Jp"  # as JSON writes them, once by the model and once by the server
    text = r"I see \ud83d it. [{\"bbox_2d\": [100, 200, 300, 400], \"label\": \"LABEL\"}]"
    text = text.replace("LABEL", label.replace("\\", "\\\\"))
    raw = '\ufeff{"choices": [{"message": {"content": "TEXT"}, "finish_reason": "stop"}]}'.replace(
        "TEXT", text
    )

    def speak(path: str, body: Body) -> Reply:
        return Reply(raw.encode()) if body.get("max_tokens", 0) > 8 else vllm(path, body)

    with speaking(speak) as asked:
        answer = first_answer(asked.url)
    parsed = parse_boxes(answer.text, "qwen3-vl", 100, 100)
    assert parsed.proposals[0].label == "s\ufffdh\ufffdi\ufffd[2Jp"
    assert parsed.reasoning == "I see \ufffd it."


def cut_after(text: str, ended: str):
    """A server whose answers have this text, and this reason for their end."""

    def speak(path: str, body: Body) -> Reply:
        return chat_answer(text, ended) if body.get("max_tokens", 0) > 8 else vllm(path, body)

    return speak


def first_answer(url: str) -> Completion:
    with reached(f"{url}#m") as model:
        return model.policy.generate([chip(9)], [Query("x")], never)[0]
