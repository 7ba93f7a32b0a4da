"""Models without a network: folders, removable disks, the hub's cache; removal; and the command line over all of it."""

from __future__ import annotations

import hashlib
import json
import shutil
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner, Result

from engine.catalogue import adding
from engine.catalogue.adding import add_model
from engine.catalogue.models import catalogue_json as catalogue
from engine.catalogue.models import find_model, list_models, remove_model
from engine.catalogue.origins import read_origin
from engine.catalogue.specs import read_spec
from engine.cli.main import app
from engine.errors import InputError, JobCancelledError, LicenceError, ModelError
from engine.paths import models_dir
from tests.engine.hub_server import Hub, serving, tiny_files, tiny_weights

COMMIT = "a" * 40


def silent(kind: str, data: dict[str, Any]) -> None:
    """Nobody listens."""


def add(folder: Path, **more: Any) -> dict[str, Any]:
    return add_model(folder, tell=silent, **more)


def listed() -> list[str]:
    return [entry.spec.name for entry in list_models()]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A model folder on a removable disk."""
    made = tmp_path / "disk" / "My Model"
    made.mkdir(parents=True)
    for name, content in tiny_files().items():
        if "/" not in name:
            (made / name).write_bytes(content)
    return made


@pytest.fixture
def cached(tmp_path: Path) -> Path:
    """A repository in the hub's cache, whose files are links to blobs named by their hashes."""
    repository = tmp_path / "hub" / "models--Qwen--Qwen3-VL-2B-Instruct"
    snapshot = repository / "snapshots" / COMMIT
    snapshot.mkdir(parents=True)
    (repository / "blobs").mkdir()
    (repository / "refs").mkdir()
    (repository / "refs" / "main").write_text(COMMIT)
    for name, content in tiny_files().items():
        if "/" in name:
            continue
        large = name.endswith(".safetensors")
        prefix = b"" if large else b"blob %d\0" % len(content)
        blob = (hashlib.sha256 if large else hashlib.sha1)(prefix + content).hexdigest()
        (repository / "blobs" / blob).write_bytes(content)
        (snapshot / name).symlink_to(Path("../../blobs") / blob)
    return repository


def test_a_folder_is_copied_without_what_could_run_code(folder: Path) -> None:
    result = add(folder)
    assert (result["name"], result["licence"], result["in_place"]) == ("My Model", "Apache-2.0", False)
    taken = {path.name for path in (models_dir() / "My Model").iterdir()}
    assert not taken & {"pytorch_model.bin", "modeling_tiny.py"}
    shutil.rmtree(folder.parent)
    assert find_model("My Model").licence == "Apache-2.0"
    with pytest.raises(InputError, match="There is a model My Model already"):
        add(models_dir() / "My Model")


def test_a_folder_is_used_where_it_is_while_its_disk_is_there(folder: Path) -> None:
    add(folder, in_place=True, name="On the disk")
    assert find_model("On the disk").path == folder
    assert [entry.in_place for entry in list_models()] == [False, True]
    away = folder.rename(folder.parent / "away")
    assert listed() == ["mini"]
    (row,) = [row for row in catalogue() if row["state"] == "missing"]
    assert (row["name"], row["folder"]) == ("On the disk", str(folder))
    with pytest.raises(InputError, match="remove On the disk"):
        add(away, name="On the disk")
    assert remove_model("On the disk") == {"name": "On the disk", "left": str(folder)}
    assert away.is_dir()
    assert list(models_dir().glob("[!.]*")) == []


def test_a_snapshot_of_the_hubs_cache_has_its_repositorys_name(cached: Path) -> None:
    snapshot = cached / "snapshots" / COMMIT
    assert read_spec(snapshot).name == "Qwen3-VL-2B-Instruct"
    assert add(cached)["name"] == "Qwen3-VL-2B-Instruct"
    origin = read_origin(models_dir() / "Qwen3-VL-2B-Instruct")
    assert origin is not None
    assert (origin.repository, origin.commit) == ("Qwen/Qwen3-VL-2B-Instruct", COMMIT)
    (row,) = [row for row in catalogue() if row["name"] == "Qwen3-VL-2B-Instruct"]
    assert row["state"] == "here"


@pytest.mark.parametrize("name", ["model.safetensors", "tokenizer.json"])
def test_a_damaged_blob_of_the_hubs_cache_is_found(cached: Path, name: str) -> None:
    path = cached / "snapshots" / COMMIT / name
    content = path.read_bytes()
    path.resolve().write_bytes(content[:-1] + bytes([content[-1] ^ 1]))
    with pytest.raises(ModelError, match=f"{name} is damaged"):
        add(cached)
    assert listed() == ["mini"]
    assert list(models_dir().glob(".get-*")) == []


@pytest.mark.parametrize(
    ("config", "readme", "name"),
    [
        ({"_name_or_path": "Org/Sat-VL"}, "", "Sat-VL"),
        ({"_name_or_path": f"/cache/{COMMIT}"}, "# Sat-VL-2\n", "Sat-VL-2"),
        ({}, "---\nmodel_name: Named\n---\n# Not this one, it is a sentence\n", "Named"),
        ({}, "# A long heading\n", COMMIT),
    ],
)
def test_a_folder_that_is_a_hash_is_named_by_what_is_in_it(
    folder: Path, config: dict[str, str], readme: str, name: str
) -> None:
    snapshot = folder.rename(folder.parent / COMMIT)
    path = snapshot / "config.json"
    path.write_text(json.dumps({**json.loads(path.read_text()), **config}))
    (snapshot / "README.md").write_text(readme)
    assert read_spec(snapshot).name == name


def test_what_is_no_whole_model_is_refused(folder: Path) -> None:
    weights = folder / "model.safetensors"
    weights.write_bytes(weights.read_bytes()[:-10])
    with pytest.raises(ModelError, match="are damaged"):
        add(folder)
    index = {"weight_map": {"a": "model-00001-of-00002.safetensors", "b": "model-00002-of-00002.safetensors"}}
    (folder / "model.safetensors.index.json").write_text(json.dumps(index))
    weights.rename(folder / "model-00001-of-00002.safetensors")
    with pytest.raises(ModelError, match="lacks model-00002-of-00002"):
        add(folder)
    for path in folder.glob("*.safetensors*"):
        path.unlink()
    with pytest.raises(ModelError, match=r"only pytorch_model\.bin, which could run code"):
        add(folder)
    with pytest.raises(ModelError, match="no model folder"):
        add(folder / "nowhere")
    assert list(models_dir().glob("[!.]*")) == []


def test_a_folder_without_a_known_licence_is_asked_about(folder: Path) -> None:
    (folder / "README.md").unlink()
    with pytest.raises(LicenceError, match="unknown: whether it allows"):
        add(folder)
    assert add(folder, accept_licence=True)["commercial"] is None
    assert find_model("My Model").licence == "unknown"


def test_what_was_got_once_is_checked_when_it_is_carried_on(folder: Path, tmp_path: Path) -> None:
    add(folder)
    stick = tmp_path / "stick"
    shutil.copytree(models_dir() / "My Model", stick)
    with pytest.raises(InputError, match="There is a model My Model already"):
        add(stick)
    assert add(stick, name="Carried")["licence"] == "Apache-2.0"


def test_a_folder_in_place_is_listed_with_the_licence_that_was_accepted(folder: Path) -> None:
    (folder / "README.md").write_text("---\nlicense: cc-by-nc-4.0\n---\n", encoding="utf-8")
    add(folder, name="There", in_place=True, accept_licence=True)
    wire = {entry.spec.name: entry.as_json() for entry in list_models()}["There"]
    assert (wire["licence"], wire["commercial"]) == ("cc-by-nc-4.0", False)


def test_copying_can_be_cancelled_and_leaves_nothing(folder: Path) -> None:
    with pytest.raises(JobCancelledError):
        add(folder, stop=lambda: True)
    assert list(models_dir().glob("[!.]*")) + list(models_dir().glob(".get-*")) == []


def test_a_disk_without_room_is_told(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    usage = type("Usage", (), {"free": 1000})
    monkeypatch.setattr(shutil, "disk_usage", lambda _: usage)
    with pytest.raises(InputError, match="are free"):
        add(folder)
    assert add(folder, in_place=True)["in_place"]


def test_what_is_shipped_in_use_or_not_there_is_not_removed(folder: Path) -> None:
    add(folder)
    with pytest.raises(InputError, match="came with the engine"):
        remove_model("mini")
    with pytest.raises(InputError, match="There is no model 'maxi'"):
        remove_model("maxi")
    with pytest.raises(InputError, match="in use"):
        remove_model("My Model", lambda name: name == "My Model")
    assert "My Model" in listed()
    remove_model("My Model")
    assert listed() == ["mini"]


def invoke(*words: str | Path, text: str | None = None) -> Result:
    return CliRunner().invoke(app, [str(word) for word in words], input=text)


def test_the_command_line_adds_lists_and_removes(folder: Path) -> None:
    result = invoke("models", "add", folder)
    assert result.exit_code == 0, result.output
    assert "copied" in result.stdout
    rows = {row["name"]: row for row in json.loads(invoke("models", "list", "--json").stdout)}
    assert rows["My Model"]["memory_learning_bytes"] >= rows["My Model"]["memory_bytes"] > 600_000_000
    assert rows["Qwen3-VL-8B-Instruct"]["state"] == "offered"
    table = invoke("models").stdout
    assert "My Model" in table.replace("\n", "")
    refused = invoke("models", "remove", "My Model", "--json")
    assert (refused.exit_code, "Give --yes" in refused.stdout) == (2, True)
    assert invoke("models", "remove", "My Model", text="n\n").exit_code == 0
    assert "My Model" in listed()
    assert invoke("models", "remove", "My Model", text="y\n").exit_code == 0
    assert listed() == ["mini"]


def test_a_token_is_not_taken_from_the_command_line(tmp_path: Path) -> None:
    result = invoke("models", "get", "owner/x", "--token", "hf_verysecret")
    assert result.exit_code == 2
    assert "everybody on this machine" in result.output.replace("\n", " ")
    assert "hf_verysecret" not in result.output


@pytest.mark.parametrize("way", ["file", "stdin", "environment"])
def test_the_command_line_gets_a_gated_model(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, way: str
) -> None:
    with serving(Hub()) as hub:
        hub.publish("owner/tiny", tiny_files(licence="cc-by-nc-4.0"))
        hub.gated.add("owner/tiny")
        monkeypatch.setenv("HF_ENDPOINT", hub.url)
        monkeypatch.setenv("HF_HUB_OFFLINE", "0")
        monkeypatch.setenv("HF_HOME", str(tmp_path / "hf"))
        words: list[str | Path] = ["models", "get", "owner/tiny"]
        if way == "file":
            (tmp_path / "token").write_text(hub.token + "\n")
            words += ["--token", tmp_path / "token"]
        elif way == "stdin":
            words += ["--token", "-"]
        else:
            monkeypatch.setenv("HF_TOKEN", hub.token)
        asked = invoke(*words, text=hub.token + "\n")
        assert asked.exit_code == 2
        assert "cc-by-nc-4.0 forbids commercial use" in asked.output.replace("\n", " ")
        result = invoke(*words, "--accept-licence", text=hub.token + "\n")
        assert result.exit_code == 0, result.output
        assert hub.token not in result.output
        assert "tiny" in listed()
        assert json.loads(invoke(*words, "--json", text=hub.token + "\n").stdout)["new"] is False


def test_a_catalogue_model_that_is_not_here_says_how_it_is_got() -> None:
    with pytest.raises(ModelError, match="remotezero models get Qwen3-VL-2B-Instruct"):
        find_model("Qwen3-VL-2B-Instruct")


def test_a_copy_that_arrives_broken_is_found(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    copy = adding._copy

    def short(source: Path, target: Path, *more: Any) -> None:
        copy(source, target, *more)
        if target.name == "model.safetensors":
            target.write_bytes(tiny_weights()[:-1])

    monkeypatch.setattr(adding, "_copy", short)
    with pytest.raises(ModelError, match="are damaged"):
        add(folder)
    assert list(models_dir().glob("[!.]*")) + list(models_dir().glob(".get-*")) == []
