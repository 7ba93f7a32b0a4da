"""Models from a hub on loopback: what arrives is what was published at one commit, whatever goes wrong on the way."""

from __future__ import annotations

import errno
import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import huggingface_hub.file_download
import pytest
from huggingface_hub import constants
from typer.testing import CliRunner

from engine.catalogue import getting, hub, shelf
from engine.catalogue.getting import get_model, getting_command
from engine.catalogue.models import catalogue_json as catalogue
from engine.catalogue.models import find_model, list_models, offered_memory, remove_model
from engine.catalogue.offers import find_source, read_offers
from engine.catalogue.origins import ORIGIN_FILE, read_origin
from engine.cli.main import app
from engine.errors import HubError, InputError, JobCancelledError, JobStateError, LicenceError, ModelError
from engine.jobs.child import run_child
from engine.paths import models_dir
from tests.engine.hub_server import Hub, serving, tiny_files, tiny_weights

REPOSITORY = "owner/tiny-vl"
Get = Callable[..., dict[str, Any]]


class Told:
    """Everything that was told."""

    def __init__(self) -> None:
        self.log: list[str] = []
        self.progress: list[dict[str, Any]] = []

    def __call__(self, kind: str, data: dict[str, Any]) -> None:
        if kind == "log":
            self.log.append(data["message"])
        else:
            self.progress.append(data)


@pytest.fixture
def told() -> Told:
    return Told()


@pytest.fixture
def a_hub(monkeypatch: pytest.MonkeyPatch) -> Iterator[Hub]:
    """A hub with one repository, and huggingface_hub pointed at it without its pauses."""
    with serving(Hub()) as served:
        served.publish(REPOSITORY, tiny_files())
        monkeypatch.setenv("HF_ENDPOINT", served.url)
        monkeypatch.setenv("HF_HUB_OFFLINE", "0")
        monkeypatch.setenv("HF_HOME", "/nonexistent")
        monkeypatch.delenv("HF_TOKEN", raising=False)
        monkeypatch.setattr(constants, "ENDPOINT", served.url)
        monkeypatch.setattr(
            constants, "HUGGINGFACE_CO_URL_TEMPLATE", served.url + "/{repo_id}/resolve/{revision}/{filename}"
        )
        monkeypatch.setattr("huggingface_hub.hf_api.constants.ENDPOINT", served.url)
        monkeypatch.setattr(constants, "HF_HUB_OFFLINE", False)
        monkeypatch.setattr(constants, "HF_HUB_ETAG_TIMEOUT", 20)
        monkeypatch.setattr(constants, "HF_HUB_DOWNLOAD_TIMEOUT", 20)
        monkeypatch.setattr(constants, "HF_TOKEN_PATH", "/nonexistent/token")
        monkeypatch.setattr(constants, "DOWNLOAD_CHUNK_SIZE", 10_000)
        monkeypatch.setattr(huggingface_hub.file_download.time, "sleep", lambda _: None)
        yield served


@pytest.fixture
def get(a_hub: Hub, told: Told) -> Get:
    """Get a model in this process."""
    return lambda model=REPOSITORY, **more: get_model(model, tell=told, **more)


def names(folder: Path) -> set[str]:
    return {path.name for path in folder.iterdir()}


def test_a_model_arrives_with_its_licence_its_commit_and_nothing_that_runs(get: Get, told: Told) -> None:
    result = get()
    folder = models_dir() / "tiny-vl"
    published = {"config.json", "tokenizer.json", "merges.txt", "README.md", "model.safetensors"}
    assert names(folder) == published | {ORIGIN_FILE, "remotezero.json"}
    entry = list_models()[-1]
    assert (entry.spec.name, entry.spec.licence, entry.spec.family) == ("tiny-vl", "Apache-2.0", "qwen3-vl")
    assert entry.origin is not None
    assert entry.origin.commit == result["commit"]
    assert result["commit"] in " ".join(told.log)
    assert "Apache-2.0" in " ".join(told.log)
    assert told.progress[-1]["done"] == told.progress[-1]["total"] == result["size_bytes"]
    assert list(models_dir().glob(".get-*")) == []
    assert find_model(REPOSITORY).path == folder


def test_only_what_is_taken_is_asked_for(get: Get, a_hub: Hub) -> None:
    get()
    paths = " ".join(path for _, path, _, _ in a_hub.asked)
    assert not [name for name in ("pytorch_model.bin", "modeling_tiny.py", "onnx") if name in paths]


def test_a_broken_connection_is_gone_on_with_in_the_same_run(get: Get, a_hub: Hub) -> None:
    a_hub.cut["model.safetensors"] = 200_000
    get()
    ranges = a_hub.ranges("model.safetensors")
    assert ranges[0] == ""
    assert len(ranges) == 2
    assert ranges[1].startswith("bytes=")
    assert int(ranges[1][6:-1]) > 100_000


def test_what_came_is_kept_and_gone_on_with_in_the_next_run(get: Get, a_hub: Hub) -> None:
    a_hub.cut["model.safetensors"] = -200_000
    with pytest.raises(HubError, match="what has come so far is kept"):
        get()
    (part,) = models_dir().glob(".get-tiny-vl/.model.safetensors.part")
    have = part.stat().st_size
    assert have > 100_000
    (row,) = [row for row in catalogue() if row["name"] == "tiny-vl"]
    assert (row["state"], row["have_bytes"] > have) == ("unfinished", True)
    assert "tiny-vl" not in [entry.spec.name for entry in list_models()]
    a_hub.cut.clear()
    a_hub.asked.clear()
    get()
    assert a_hub.ranges("model.safetensors") == [f"bytes={have}-"]
    assert [path for _, path, _, _ in a_hub.asked if "config.json" in path] == []


def test_a_wrong_byte_is_found_and_only_that_file_is_got_again(get: Get, a_hub: Hub) -> None:
    for name in ("tokenizer.json", "model.safetensors"):
        a_hub.flipped = {name}
        with pytest.raises(ModelError, match=f"{name} arrived damaged"):
            get()
        assert not list(models_dir().glob(f".get-tiny-vl/*{name}*"))
        assert [entry.spec.name for entry in list_models()] == ["mini"]
    a_hub.flipped = set()
    a_hub.asked.clear()
    assert get()["new"]
    assert [path for _, path, _, _ in a_hub.asked if "config.json" in path] == []


def test_a_branch_that_moves_between_resolving_and_download_changes_nothing(get: Get, a_hub: Hub) -> None:
    first = a_hub.branches[REPOSITORY]["main"]
    a_hub.on_resolve = lambda: a_hub.publish(REPOSITORY, tiny_files(seed=2))
    assert get()["commit"] == first
    assert (models_dir() / "tiny-vl" / "model.safetensors").read_bytes() == tiny_weights(0)


def test_a_branch_that_moves_while_a_download_rests_changes_nothing(get: Get, a_hub: Hub) -> None:
    first = a_hub.branches[REPOSITORY]["main"]
    a_hub.cut["model.safetensors"] = -200_000
    with pytest.raises(HubError):
        get()
    second = a_hub.publish(REPOSITORY, tiny_files(seed=2))
    a_hub.cut.clear()
    assert get()["commit"] == first != second
    again = get()
    assert (again["commit"], again["new"]) == (first, False)
    with pytest.raises(InputError, match=r"There is a model tiny-vl already, from owner/tiny-vl.*--name"):
        get(f"{REPOSITORY}@{second}")
    assert get(f"{REPOSITORY}@{second}", name="newer")["commit"] == second


def test_a_revision_is_a_branch_a_tag_or_a_commit(get: Get, a_hub: Hub) -> None:
    tagged = a_hub.publish(REPOSITORY, tiny_files(seed=3), "v1.0")
    assert get(f"{REPOSITORY}@v1.0")["commit"] == tagged
    with pytest.raises(HubError, match="no revision 'v9'"):
        get(f"{REPOSITORY}@v9", name="other")


def test_shards_are_complete_or_the_model_is_refused(get: Get, a_hub: Hub) -> None:
    files = tiny_files()
    del files["model.safetensors"]
    shards = [f"model-0000{number}-of-00002.safetensors" for number in (1, 2)]
    files["model.safetensors.index.json"] = json.dumps(
        {"weight_map": {"a": shards[0], "b": shards[1]}}
    ).encode()
    files["consolidated.safetensors"] = b"twice the same"
    files[shards[0]] = tiny_weights(1)
    a_hub.publish("owner/half", files)
    with pytest.raises(ModelError, match=f"lacks {shards[1]}"):
        get("owner/half")
    a_hub.publish("owner/whole", {**files, shards[1]: tiny_weights(2)})
    get("owner/whole")
    assert "consolidated.safetensors" not in names(models_dir() / "whole")


def test_a_model_that_can_not_be_used_is_told_before_its_weights_come(get: Get, a_hub: Hub) -> None:
    a_hub.publish("owner/text", tiny_files(model_type="llama"))
    with pytest.raises(ModelError, match="'llama', which this engine doesn't know"):
        get("owner/text")
    assert a_hub.ranges("model.safetensors") == []
    pickles = {name: content for name, content in tiny_files().items() if not name.endswith(".safetensors")}
    a_hub.publish("owner/pickle", pickles)
    with pytest.raises(ModelError, match="other weights can run code"):
        get("owner/pickle")


@pytest.mark.parametrize(
    ("licence", "says"),
    [
        ("cc-by-nc-4.0", "cc-by-nc-4.0 forbids commercial use"),
        ("other\nlicense_name: qwen-research", "qwen-research forbids commercial use"),
        ("other\nlicense_name: house-rules", "house-rules: whether it allows what you plan"),
        ("", "unknown: whether it allows"),
    ],
)
def test_a_licence_that_does_not_allow_everything_is_accepted_first(
    get: Get, a_hub: Hub, licence: str, says: str
) -> None:
    a_hub.publish("owner/limited", tiny_files(licence=licence))
    with pytest.raises(LicenceError, match=says):
        get("owner/limited")
    assert a_hub.ranges("model.safetensors") == []
    assert get("owner/limited", accept_licence=True)["new"]
    origin = read_origin(models_dir() / "limited")
    assert origin is not None
    assert origin.accepted


def test_a_gated_repository_says_where_to_accept_and_opens_with_a_token(
    get: Get, a_hub: Hub, told: Told
) -> None:
    a_hub.gated.add(REPOSITORY)
    with pytest.raises(HubError, match=f"accepts* its conditions .* {a_hub.url}/{REPOSITORY}.*HF_TOKEN"):
        get()
    with pytest.raises(HubError) as refused:
        get(token="hf_wrongwrongwrong")
    assert get(token=a_hub.token)["new"]
    kept = "".join(path.read_text() for path in (models_dir() / "tiny-vl").glob("*.json"))
    for token in ("hf_wrongwrongwrong", a_hub.token):
        assert token not in f"{refused.value} {told.log} {kept}"


def test_names_that_lead_nowhere_are_told(get: Get, a_hub: Hub) -> None:
    with pytest.raises(HubError, match=r"no repository owner/nothing.*owner/repository"):
        get("owner/nothing")
    a_hub.private.add(REPOSITORY)
    with pytest.raises(HubError, match="it is private, which takes an access token"):
        get()
    for bad in ("nothing", "../../etc", "a/b/c", "owner/repo@../x", ""):
        with pytest.raises(InputError):
            get(bad)
    with pytest.raises(InputError, match="can't be a model's name"):
        get(name="../outside")


def test_a_silent_host_and_none_at_all_are_told(
    get: Get, a_hub: Hub, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(constants, "HF_HUB_ETAG_TIMEOUT", 0.2)
    a_hub.silent = True
    with pytest.raises(HubError, match="is silent"):
        get()
    monkeypatch.setattr(constants, "ENDPOINT", "http://name:secret@127.0.0.1:9")
    with pytest.raises(HubError, match=r"no connection to http://127\.0\.0\.1:9") as refused:
        get()
    assert "secret" not in str(refused.value)


@pytest.mark.parametrize(("status", "says"), [(503, "can't serve it now"), (429, "fewer requests")])
def test_a_hub_that_is_down_or_busy_is_told(get: Get, a_hub: Hub, status: int, says: str) -> None:
    a_hub.status = status
    with pytest.raises(HubError, match=says):
        get()


def test_what_is_no_hub_is_told(get: Get, a_hub: Hub) -> None:
    a_hub.status = 200
    with pytest.raises(HubError, match="Check HF_ENDPOINT"):
        get()


def test_offline_mode_downloads_nothing(get: Get, a_hub: Hub, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(constants, "HF_HUB_OFFLINE", True)
    with pytest.raises(HubError, match=r"HF_HUB_OFFLINE is set.*models add FOLDER"):
        get()
    assert a_hub.asked == []


def test_a_disk_without_room_is_told_before_the_weights_come(
    get: Get, a_hub: Hub, monkeypatch: pytest.MonkeyPatch
) -> None:
    usage = type("Usage", (), {"free": 1_000_000})
    monkeypatch.setattr(shelf.shutil, "disk_usage", lambda _: usage)
    with pytest.raises(InputError, match=r"17 MB to spare are needed in .*1 MB are free"):
        get()
    assert a_hub.ranges("model.safetensors") == []


def test_a_disk_that_fills_up_keeps_what_has_come(
    get: Get, a_hub: Hub, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = hub.http_get

    def full(url: str, sink: Any, **options: Any) -> None:
        if "safetensors" in url:
            sink.write(b"x" * 50)
            raise OSError(errno.ENOSPC, "No space left on device")
        whole(url, sink, **options)

    monkeypatch.setattr(hub, "http_get", full)
    with pytest.raises(HubError, match="disk is full"):
        get()
    (part,) = models_dir().glob(".get-tiny-vl/.model.safetensors.part")
    assert part.stat().st_size == 50


def test_a_really_full_disk(get: Get, a_hub: Hub, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """On a file system of 256 KiB, with the look at its room taken away."""
    disk = tmp_path / "disk"
    disk.mkdir()
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=256k", "tmpfs", str(disk)], capture_output=True, check=False
    )
    if mounted.returncode:
        pytest.skip(f"no file system of its own can be had here: {mounted.stderr.decode().strip()}")
    try:
        monkeypatch.setenv("REMOTEZERO_HOME", str(disk))
        monkeypatch.setattr(getting, "check_room", lambda *_: None)
        with pytest.raises(HubError, match="disk is full"):
            get()
        assert [row["state"] for row in catalogue() if row["name"] == "tiny-vl"] == ["unfinished"]
        remove_model("tiny-vl")
        assert [path.name for path in (disk / "models").glob(".get-*")] == []
    finally:
        subprocess.run(["umount", str(disk)], check=True)


def test_two_at_once_do_not_write_into_each_other(get: Get) -> None:
    with shelf.claimed("tiny-vl"), pytest.raises(JobStateError, match="at this moment"):
        get()


def test_the_catalogue_is_taken_from_its_pins() -> None:
    for offer in read_offers():
        source = find_source(offer.name)
        assert (source.repository, source.revision) == (offer.repository, offer.revision)
        assert find_source(offer.repository) == source
        assert find_source(f"{offer.repository}@main").revision == "main"
        shapes = offer.shapes
        if shapes is None:  # it draws outlines
            continue
        assert 2 * (shapes.language + shapes.vision + shapes.embedding) == offer.size_bytes
        memory = offered_memory(offer)
        assert offer.size_bytes / 6 < memory.find_bytes < memory.learn_bytes
    (limited,) = [offer for offer in read_offers() if not offer.licence.is_free]
    assert limited.name == "Qwen2.5-VL-3B-Instruct"
    assert limited.licence.commercial is False


def test_a_mirror_that_gives_another_commit_is_refused(get: Get, a_hub: Hub) -> None:
    offer = read_offers()[0]
    other = a_hub.publish(offer.repository, tiny_files())
    a_hub.branches[offer.repository][offer.revision] = other
    with pytest.raises(HubError, match=f"gives {other} .* where {offer.revision}"):
        get(offer.name)


def child(told: Callable[[str, dict[str, Any]], None], tmp_path: Path, **wanted: Any) -> dict[str, Any]:
    """Get a model in a process of its own, as the engine and the command line do."""
    opening = json.dumps({"model": REPOSITORY, **wanted})
    return run_child(
        getting_command(), told, lambda: False, log_file=tmp_path / "log", opening=opening, work="download"
    )


def test_the_process_gets_models_by_its_own_environment(
    a_hub: Hub, told: Told, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    a_hub.gated.add(REPOSITORY)
    commands: list[str] = []

    def look(kind: str, data: dict[str, Any]) -> None:
        told(kind, data)
        for entry in Path("/proc").glob("[0-9]*/cmdline"):
            try:
                commands.append(entry.read_bytes().decode(errors="replace"))
            except OSError:
                continue

    result = child(look, tmp_path, token=a_hub.token)
    assert result["new"]
    assert any("engine.catalogue.getting" in command for command in commands)
    everything = " ".join(commands) + str(told.log) + (tmp_path / "log").read_text()
    assert a_hub.token not in everything
    monkeypatch.setenv("HF_HUB_OFFLINE", "1")
    with pytest.raises(HubError, match="HF_HUB_OFFLINE is set"):
        child(told, tmp_path, name="offline")


def test_a_cancelled_process_can_be_started_again(a_hub: Hub, tmp_path: Path) -> None:
    a_hub.publish(REPOSITORY, {**tiny_files(), "model.safetensors": tiny_weights(0, 500_000)})
    came: list[int] = []
    opening = json.dumps({"model": REPOSITORY})

    def tell(kind: str, data: dict[str, Any]) -> None:
        if kind == "progress":
            came.append(data["done"])

    with pytest.raises(JobCancelledError, match="download was cancelled"):
        run_child(
            getting_command(),
            tell,
            lambda: bool(came),
            log_file=tmp_path / "log",
            opening=opening,
            work="download",
        )
    assert get_model(REPOSITORY, tell=tell)["new"]


@pytest.mark.slow
def test_the_engine_pollutes_no_environment() -> None:
    """What loads models goes offline for itself alone; what gets them is its child."""
    program = (
        "import os, engine.model.loading, huggingface_hub\n"
        "print(os.environ.get('HF_HUB_OFFLINE'), huggingface_hub.constants.is_offline_mode())"
    )
    environment = {key: value for key, value in os.environ.items() if key != "HF_HUB_OFFLINE"}
    ran = subprocess.run(
        [sys.executable, "-c", program], env=environment, capture_output=True, text=True, check=True
    )
    assert ran.stdout.split() == ["None", "True"]


@pytest.mark.slow
def test_a_model_of_the_true_architecture_is_got_and_asked(
    get: Get, a_hub: Hub, town_tif: Path, tmp_path: Path
) -> None:
    from tests.engine.tiny_models import build_checkpoint

    made = build_checkpoint(tmp_path / "checkpoint", "qwen3-vl")
    files = {path.name: path.read_bytes() for path in made.iterdir()}
    files["README.md"] = b"---\nlicense: mit\n---\n"
    commit = a_hub.publish("owner/true-vl", files)
    assert get("owner/true-vl")["commit"] == commit
    words = [
        "locate",
        str(town_tif),
        "roof",
        "--model",
        "true-vl",
        "--zoom",
        "overview",
        "--no-veto",
        "--json",
    ]
    result = CliRunner().invoke(app, words)
    document = json.loads(result.stdout)
    # Random weights may answer nothing that can be read; then the engine says so of its answers, not of the model.
    if result.exit_code:
        assert document["error"]["type"] == "CompletionParseError", document
    else:
        assert document["result"]["model"] == "true-vl"
