"""Models on servers: each dialect as policy and verifier, over real HTTP."""

from __future__ import annotations

import base64
import io
import json
import threading
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from affine import Affine
from PIL import Image
from typer.testing import CliRunner

from engine.catalogue.models import find_model
from engine.cli.main import app
from engine.errors import InputError, JobCancelledError, ModelError, RegistryError
from engine.jobs.precheck import precheck
from engine.language.parser import parse_boxes
from engine.remote.address import read_address
from engine.remote.keys import KEYS, VARIABLE
from engine.remote.spec import family_of_name, server_spec
from engine.types import CURRENT_ADAPTER, NO_ADAPTER, AdapterChoice, Chip, Pixels, Query, Rectangle
from tests.engine.model_servers import (
    Body,
    Reply,
    at_most_five,
    chat_answer,
    llama_cpp,
    lm_studio,
    never,
    ollama,
    reached,
    speaking,
    vllm,
    words_of,
)

SHADES = (10, 240, 128, 60, 200, 30, 90, 150, 220, 5, 170)


def grey(shade: int, side: int = 64) -> Pixels:
    return np.full((side, side, 3), shade, dtype=np.uint8)


def chip(shade: int, side: int = 64) -> Chip:
    valid = np.ones((side, side), dtype=np.bool_)
    return Chip(
        grey(shade, side), valid, Rectangle(0, 0, side, side, side, side), Affine.identity(), None, None
    )


@pytest.mark.parametrize(
    ("speak", "scoring", "near"),
    [
        (vllm, "log-probabilities", 1e-2),
        (llama_cpp, "log-probabilities", 1e-2),
        (at_most_five, "log-probabilities", 1e-2),
        (ollama, "answers", 0.1),
        (lm_studio, "answers", 0.1),
    ],
    ids=lambda value: getattr(value, "__name__", None),
)
def test_each_dialect_scores_in_order_and_says_how(speak, scoring, near) -> None:
    with speaking(speak) as asked, reached(f"{asked.url}#qwen3-vl-8b") as model:
        assert model.scoring == scoring
        assert bool(model.notes) == (scoring == "answers")
        scores = model.verifier.score(
            [grey(shade) for shade in SHADES], [Query("the ship")] * len(SHADES), never
        )
        assert scores == pytest.approx([shade / 255 for shade in SHADES], abs=near)
        seen = model.verifier.presence([chip(200)], [Query("the ship")], never)
        assert seen == pytest.approx([200 / 255], abs=near)
        asked_words = [words_of(body) for body in asked.bodies if body.get("messages")]
        assert sum("the ship" in words for words in asked_words) == (len(SHADES) + 1) * (
            10 if scoring == "answers" else 1
        )
        assert all(body["model"] == "qwen3-vl-8b" for body in asked.bodies if body)


@pytest.mark.parametrize("speak", [vllm, llama_cpp, ollama, lm_studio], ids=lambda speak: speak.__name__)
def test_each_dialect_proposes(speak) -> None:
    with speaking(speak) as asked, reached(f"{asked.url}#qwen3-vl-8b") as model:
        answers = model.policy.generate([chip(9), chip(200)], [Query("ships")] * 2, never)
        for answer in answers:
            parsed = parse_boxes(answer.text, model.policy.spec.family, 64, 64)
            assert [box.xyxy_px for box in parsed.proposals] == [(6.4, 12.8, 19.2, 25.6)]
            assert answer.tokens == 7
        assert parsed.reasoning == {"vllm": "I see a ship.", "llama_cpp": "A ship lies at the pier."}.get(
            speak.__name__, ""
        )
        sent = asked.bodies[-1]
        assert (sent["temperature"], sent["max_tokens"]) == (0, 1024)


def test_typed_decisions_are_used_where_there_are_no_log_probabilities() -> None:
    def speak(path: str, body: Body) -> Reply:
        if path == "/v1/systemone":
            (place,) = body["assets"]
            question = body["questions"]["fits"]["instructions"]
            right = body["state"] == place and place not in question
            return Reply({"answers": {"fits": {"type": "noul", "noul": 0.25 if right else 7.0}}})
        return ollama(path, body)

    with speaking(speak) as asked, reached(f"{asked.url}#m") as model:
        assert model.scoring == "decisions"
        assert model.verifier.score([grey(3)], [Query("picture-0 or picture-1")], never) == [0.25]
        assert "typed decisions" in model.notes[0]


def test_an_answer_that_fills_its_room_is_known_by_it_and_thoughts_without_an_end_are_no_answer() -> None:
    def speak(path: str, body: Body) -> Reply:
        if body.get("logprobs"):
            return vllm(path, body)
        answer = chat_answer("", "length")
        answer.body["choices"][0]["message"]["reasoning"] = "Let me see: [1, 2, 3, 4]"
        return answer

    with speaking(speak) as asked, reached(f"{asked.url}?max_new_tokens=64#m") as model:
        (answer,) = model.policy.generate([chip(9)], [Query("ships")], never)
        assert (answer.tokens, answer.text) == (64, "<think>Let me see: [1, 2, 3, 4]")


def test_a_model_that_says_neither_yes_nor_no_has_no_scores() -> None:
    def speak(path: str, body: Body) -> Reply:
        rows = [{"token": "<think>", "logprob": -0.01}, {"token": "Yes", "logprob": -6.0}]
        return chat_answer("", logprobs={"content": [{"top_logprobs": rows}]})

    with speaking(speak) as asked, reached(f"{asked.url}#m") as model:
        refused = pytest.raises(ModelError, match=r"does not answer with yes or no: they have 0\.2%")
        with refused:
            model.verifier.score([grey(9)], [Query("x")], never)


def test_the_only_model_is_taken_and_several_are_listed() -> None:
    with speaking(vllm) as asked, reached(asked.url) as model:
        assert model.name == f"{asked.url}#Qwen/Qwen3-VL-8B-Instruct"
    several = pytest.raises(ModelError, match=r"2 models \(qwen/qwen3-vl-4b, text")
    with speaking(lm_studio) as asked, several, reached(asked.url):
        pass


def test_pictures_of_a_family_that_answers_in_pixels_are_sent_in_the_size_it_would_make_of_them() -> None:
    sizes: list[tuple[int, int]] = []

    def speak(path: str, body: Body) -> Reply:
        if not body.get("logprobs"):
            url = body["messages"][0]["content"][0]["image_url"]["url"].partition(",")[2]
            sizes.append(Image.open(io.BytesIO(base64.b64decode(url))).size)
            return chat_answer('[{"bbox_2d": [0, 0, 56, 28]}]')
        return vllm(path, body)

    with speaking(speak) as asked, reached(f"{asked.url}#Qwen2.5-VL-7B") as model:
        (answer,) = model.policy.generate([chip(9, 120)], [Query("ships")], never)
        assert sizes[1:] == [(112, 112)]  # behind the trial of pictures
        parsed = parse_boxes(answer.text, model.policy.spec.family, 120, 120)
        assert parsed.proposals[0].xyxy_px == pytest.approx((0, 0, 60, 30))


@pytest.mark.parametrize(
    ("name", "family"),
    [
        ("Qwen/Qwen3-VL-8B-Instruct", "qwen3-vl"), ("qwen2.5vl:7b", "qwen2.5-vl"), ("qwen3.5:9b", "qwen3.5"),
        ("OpenGVLab/InternVL3-8B", "internvl"), ("gemma-3-12b-it", "gemma"), ("GLM-4.5V", "glm-v"),
        ("my-own-model", "qwen3-vl"), ("", "qwen3-vl"),
    ],
)  # fmt: skip
def test_the_family_follows_from_the_name(name: str, family: str) -> None:
    assert family_of_name(name) == family
    assert (
        server_spec(read_address(f"http://h/v1?family=internvl&chip_px=512#{name}"), find_model).family
        == "internvl"
    )


def test_a_served_model_can_be_asked_as_one_of_this_machine_is() -> None:
    spec = server_spec(read_address("http://h/v1?like=mini&max_new_tokens=99#some/folder"), find_model)
    assert (spec.chip_px, spec.crop_px, spec.max_new_tokens) == (256, 128, 99)
    assert spec.prompts["verify"] == "is this {query} ?"
    assert spec.name == "http://h/v1#some/folder"
    with pytest.raises(ModelError, match="There is no model 'nobody'"):
        server_spec(read_address("http://h/v1?like=nobody#m"), find_model)


def test_adapters_are_the_servers_business() -> None:
    with speaking(vllm) as asked, reached(asked.url) as model:
        assert model.use_adapter(CURRENT_ADAPTER) is None
        assert model.use_adapter(NO_ADAPTER) is None
        with pytest.raises(RegistryError, match="weights are its own"):
            model.use_adapter(AdapterChoice("harbour"))


def test_cancelling_leaves_a_silent_server_and_closes_the_connections() -> None:
    begun, let_go = threading.Event(), threading.Event()

    def speak(path: str, body: Body) -> Reply:
        if not body.get("logprobs"):
            begun.set()
            let_go.wait(30)
        return vllm(path, body)

    with speaking(speak) as asked, reached(f"{asked.url}#m") as model:
        try:
            with pytest.raises(JobCancelledError, match="cancelled while 127"):
                model.policy.generate([chip(9)] * 3, [Query("ships")] * 3, begun.is_set)
            assert not let_go.is_set()
        finally:
            let_go.set()


def test_locate_and_verify_run_on_a_server(town_tif: Path, tmp_path: Path) -> None:
    layer = tmp_path / "boxes.gpkg"
    with speaking(ollama) as asked:
        address = f"{asked.url}?chip_px=256#qwen3-vl:8b"
        ran = CliRunner().invoke(
            app, ["locate", str(town_tif), "ships", "--model", address, "--json", "-o", str(layer)]
        )
    assert ran.exit_code == 0, ran.output
    document = json.loads(ran.stdout)
    result, features = document["result"], document["features"]["features"]
    assert result["scoring"] == "answers"
    assert any("asked 10 times" in warning for warning in result["warnings"])
    assert features
    about = features[0]["properties"]
    assert about["model"] == f"{asked.url}#qwen3-vl:8b"
    assert about["prompt_version"].endswith("+answers")
    with speaking(vllm) as asked:
        ran = CliRunner().invoke(
            app, ["verify", str(town_tif), str(layer), "ships", "--model", asked.url, "--json"]
        )
    assert ran.exit_code == 0, ran.output
    document = json.loads(ran.stdout)
    assert document["result"]["scoring"] == "log-probabilities"
    assert document["features"]["features"][0]["properties"]["prompt_version"] == "1"


def test_a_servers_model_does_not_learn_here(town_tif: Path) -> None:
    request = {"rasters": [str(town_tif)], "queries": ["ships"], "model": "http://h:1/v1#m"}
    with pytest.raises(InputError, match="can't learn here"):
        precheck("improve", request)
    precheck(
        "improve", {**request, "model": None, "queries": ["the ship"], "external_verifier": "http://h:1/v1#m"}
    )


def test_the_key_goes_to_its_own_server_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    with speaking(vllm) as one, speaking(vllm) as other:
        KEYS.keep(read_address(one.url), "secret-of-one")
        try:
            for asked in (one, other):
                with reached(asked.url) as model:
                    model.verifier.score([grey(9)], [Query("x")], never)
        finally:
            KEYS.keep(read_address(one.url), None)
        assert {head.get("Authorization") for head in one.heads} == {"Bearer secret-of-one"}
        assert {head.get("Authorization") for head in other.heads} == {None}
        monkeypatch.setenv(VARIABLE, "of-the-environment")
        with reached(other.url):
            pass
        assert other.heads[-1]["Authorization"] == "Bearer of-the-environment"


def test_a_key_from_the_systems_keyring() -> None:
    keyring = pytest.importorskip("keyring", reason="the optional library keyring is not installed")
    from keyring.backend import KeyringBackend
    from keyring.errors import KeyringLocked

    class Kept(KeyringBackend):
        priority = 1

        def get_password(self, service: str, username: str) -> str | None:
            if username == "http://locked:1":
                raise KeyringLocked
            return {("remotezero", "http://gpu.example:8000"): "from-the-ring"}.get((service, username))

        def set_password(self, service: str, username: str, password: str) -> None:
            raise NotImplementedError

    before = keyring.get_keyring()
    keyring.set_keyring(Kept())
    try:
        assert KEYS.find(read_address("http://gpu.example:8000/v1#m")) == "from-the-ring"
        assert KEYS.find(read_address("http://locked:1/v1#m")) is None
    finally:
        keyring.set_keyring(before)


def test_the_command_line_names_a_server_as_the_verifier_of_learning(
    town_tif: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[dict[str, Any]] = []

    def learn(request: dict[str, Any], *, quiet: bool) -> dict[str, Any]:
        asked.append(request)
        return {"warnings": []}

    monkeypatch.setattr("engine.cli.learning.improve_here", learn)
    named = ["improve", str(town_tif), "--verifier", "http://h:1/v1#m", "--json"]
    assert CliRunner().invoke(app, named).exit_code == 0
    assert asked[0]["external_verifier"] == "http://h:1/v1#m"
    named[3] = "http://user:hunter2@h:1/v1"
    refused = CliRunner().invoke(app, named)
    assert refused.exit_code == 2
    assert "hunter2" not in refused.output
    assert len(asked) == 1, "it is refused before anything is loaded"
