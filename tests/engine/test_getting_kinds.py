"""Repositories of every kind that people name: what is no model here is told before its weights come."""

from __future__ import annotations

import json

import pytest
from rich.console import Console

from engine.catalogue import hub
from engine.catalogue.adding import add_model
from engine.catalogue.checkpoints import is_taken
from engine.catalogue.offers import LONGEST_NAME, check_name
from engine.cli.models import TITLES, _table
from engine.errors import HubError, InputError, ModelError
from engine.paths import models_dir
from tests.engine.hub_server import Hub, tiny_files, tiny_weights
from tests.engine.test_getting import Get, Told, a_hub, get, told  # noqa: F401

INDEX = "model.safetensors.index.json"
PACKED = b'{"model_type": "qwen3_vl", "quantization_config": {"quant_method": "awq"}}'
HALF = b'{"weight_map": {"a": "model-00001-of-00002.safetensors", "b": "model-00002-of-00002.safetensors"}}'


def without_weights(**more: bytes) -> dict[str, bytes]:
    files = tiny_files()
    return {name: content for name, content in files.items() if name != "model.safetensors"} | more


def test_shards_are_taken_as_qwen35_names_them(get: Get, a_hub: Hub) -> None:  # noqa: F811
    shards = [f"model.safetensors-0000{number}-of-00002.safetensors" for number in (1, 2)]
    index = json.dumps({"weight_map": {"a": shards[0], "b": shards[1]}}).encode()
    a_hub.publish("owner/m", without_weights() | {INDEX: index} | dict.fromkeys(shards, tiny_weights()))
    get("owner/m")
    assert {*shards} <= {path.name for path in (models_dir() / "m").iterdir()}
    assert is_taken("model-00001-of-000163.safetensors", {INDEX})
    assert not is_taken("consolidated-00001-of-00002.safetensors", {INDEX})


@pytest.mark.parametrize(
    ("files", "says"),
    [
        (without_weights(**{"adapter_config.json": b"{}", "adapter_model.safetensors": b"x"}), "an adapter"),
        (without_weights(**{"m-Q4.gguf": b"GGUF"}), "GGUF"),
        (without_weights(**{"model/model.safetensors": b"x"}), "its weights in model"),
        (tiny_files(model_type="internvl_chat"), "ends in -hf"),
        (tiny_files() | {"config.json": PACKED}, "'awq'"),
        (without_weights(**{INDEX: HALF, "model-00001-of-00002.safetensors": tiny_weights()}), "lacks model-00002-of"),
    ],
    ids=["adapter", "gguf", "below", "own code", "packed", "shard"],
)  # fmt: skip
def test_what_is_no_model_here_costs_no_weights(get: Get, a_hub: Hub, files, says) -> None:  # noqa: F811
    a_hub.publish("owner/m", files)
    with pytest.raises(ModelError, match=says) as caught:
        get("owner/m")
    assert ".get-" not in str(caught.value)
    assert not [path for _, path, _, _ in a_hub.asked if path.startswith("/cdn/")]
    assert not (models_dir() / ".get-m").exists()


def test_a_file_of_another_length_is_thrown_away(get: Get, a_hub: Hub, monkeypatch) -> None:  # noqa: F811
    def longer(origin, file, part, have, token, advance) -> None:
        part.write_bytes(b"x" * (file.size_bytes + 1))
        raise OSError("Consistency check failed: file should be of size 1")

    monkeypatch.setattr(hub, "_get", longer)
    with pytest.raises(ModelError, match="thrown away"):
        get()


@pytest.mark.parametrize(
    ("error", "says"),
    [
        (ImportError("Using SOCKS proxy, but the 'socksio' package is not installed."), "SOCKS proxy"),
        (FileNotFoundError(2, "No such file or directory"), "SSL_CERT_FILE"),
    ],
)
def test_proxies_and_certificates_of_the_environment_are_told(error, says, monkeypatch) -> None:
    monkeypatch.setenv("SSL_CERT_FILE", "/nonexistent/ca.pem")
    with pytest.raises(HubError, match=says), hub.errors_told("o/m", None, None):
        raise error


def test_when_to_try_again_is_told() -> None:
    assert hub._when("7") == "in 7 s"
    assert hub._when("300") == "in 5 minutes"
    assert hub._when("Fri, 27 Nov 2026 08:00:00 GMT") == hub._when(None) == "later"


@pytest.mark.parametrize("name", ["Übersee Modell v1", "模型", "Модель-7B", "9b"])
def test_names_of_every_script_are_names(name: str) -> None:
    check_name(name)


@pytest.mark.parametrize("name", ["_a", ".a", " a", "a/b", "a:b", "", "模" * LONGEST_NAME, "a."])
def test_names_that_no_folder_can_have_are_refused(name: str) -> None:
    with pytest.raises(InputError, match="can't be a model's name"):
        check_name(name)


def test_a_folder_that_holds_no_model_says_what_it_holds(tmp_path) -> None:
    (tmp_path / "m").mkdir()
    (tmp_path / "m" / "model.safetensors").write_bytes(b"x")
    with pytest.raises(ModelError, match="its weights in m"):
        add_model(tmp_path, tell=lambda *_: None)
    with pytest.raises(ModelError, match="is a file, and a model is a folder"):
        add_model(tmp_path / "m" / "model.safetensors", tell=lambda *_: None)


def test_names_are_whole_in_a_narrow_list() -> None:
    row = [
        "Qwen2.5-VL-3B-Instruct",
        "can be got",
        "7.5 GB",
        "qwen-research (non-commercial)",
        "4.2 GB",
        "6.0 GB",
        "x/y@z",
    ]

    for width, columns in ((80, len(TITLES) - 1), (150, len(TITLES))):
        console, table = Console(width=width), _table([row], width)
        with console.capture() as seen:
            console.print(table)
        assert row[0] in seen.get()
        assert len(table.columns) == columns
