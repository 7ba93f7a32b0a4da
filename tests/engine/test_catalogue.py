"""Models and adapters as folders: what is found, what is said about the rest."""

from __future__ import annotations

import json
import math

import pytest

from engine.catalogue import models as catalogue
from engine.catalogue.adapters import ADAPTER_FILES, Manifest, base_sha256, open_registry
from engine.errors import ModelError, RegistryError
from engine.language.families import FAMILIES, OUTLINERS
from engine.language.prompts import PROMPT_VERSION, build_messages, prompt_text, prompt_version
from engine.paths import models_dir, resources_dir
from engine.types import CURRENT_ADAPTER, NO_ADAPTER, AdapterChoice, Query


def make_model(folder, model_type="qwen3_vl", weights=b"weights", **own):
    folder.mkdir(parents=True)
    (folder / "config.json").write_text(json.dumps({"model_type": model_type}))
    (folder / "model.safetensors").write_bytes(weights)
    if own:
        (folder / "remotezero.json").write_text(json.dumps(own))
    return folder


@pytest.fixture
def shipped(tmp_path, monkeypatch):
    folder = tmp_path / "shipped"
    monkeypatch.setattr(catalogue, "resources_dir", lambda: folder)
    make_model(folder / "models" / "mini", name="mini", chip_px=256, crop_px=128, licence="GPL-2.0-or-later")
    return folder


def test_a_plain_checkpoint_gets_its_familys_defaults(tmp_path):
    spec = catalogue.read_spec(make_model(tmp_path / "some-model", "qwen2_5_vl"))
    assert (spec.name, spec.family, spec.chip_px, spec.crop_px) == ("some-model", "qwen2.5-vl", 1008, 392)
    assert spec.load_in_4bit
    assert spec.path.is_absolute()


def test_the_folders_own_fields_come_first_and_unknown_ones_are_ignored(tmp_path):
    folder = make_model(tmp_path / "m", name="mini", chip_px=256, lowercase=True, colour="red", path="/etc")
    spec = catalogue.read_spec(folder)
    assert (spec.name, spec.chip_px, spec.lowercase, spec.path) == ("mini", 256, True, folder)


@pytest.mark.parametrize("line", [[0.95, -2.35], [20, 0], [0.001, 7], [1e6, -1e6]])
def test_a_line_over_scores_changes_no_order_and_leaves_no_probability(tmp_path, line):
    spec = catalogue.read_spec(make_model(tmp_path / "m", score_map=line))
    raw = [0.0, 1e-300, 1e-7, 0.1, 0.5, 0.9, 1 - 1e-7, 1.0]
    told = [spec.likely(score) for score in raw]
    assert told == sorted(told)
    assert told[0] == 0.0
    assert told[-1] == 1.0
    odds = line[0] * math.log(0.9 / 0.1) + line[1]
    assert told[5] == pytest.approx(1 / (1 + math.exp(-odds)) if abs(odds) < 700 else float(odds > 0))


def test_without_a_line_a_score_is_what_the_verifier_said(tmp_path):
    spec = catalogue.read_spec(make_model(tmp_path / "m"))
    assert [spec.likely(score) for score in (0.0, 0.2, 0.7, 1.0)] == [0.0, 0.2, 0.7, 1.0]


@pytest.mark.parametrize(
    ("own", "message"),
    [
        ({"family": "no-such"}, "names the family 'no-such'"),
        ({"chip_px": "wide"}, "chip_px = 'wide'"),
        ({"crop_px": 0}, "crop_px = 0"),
        ({"prompts": "locate"}, "prompts = 'locate'"),
        ({"prompts": {"locate": 7}}, "Give texts"),
        ({"words": "ship"}, "Give a list of texts"),
        ({"words": ["ship", 7]}, "Give a list of texts"),
        ({"name": None}, "name = None"),
        ({"name": "../../x"}, "without slashes"),
        ({"family": []}, "family = "),
        ({"load_in_4bit": "no"}, "true or false"),
        ({"score_map": 0.9}, "a slope above 0 and an offset"),
        ({"score_map": [0.0, -2.0]}, "a slope above 0 and an offset"),
        ({"score_map": [-1.0, 2.0]}, "a slope above 0 and an offset"),
        ({"score_map": [1.0, "low"]}, "a slope above 0 and an offset"),
        ({"score_map": [1.0, float("nan")]}, "a slope above 0 and an offset"),
        ({"score_map": [1.0, 2.0, 3.0]}, "a slope above 0 and an offset"),
    ],
)
def test_wrong_fields_are_named(tmp_path, own, message):
    with pytest.raises(ModelError, match=message):
        catalogue.read_spec(make_model(tmp_path / "m", **own))


def test_folders_that_are_no_models(tmp_path):
    with pytest.raises(ModelError, match="no model folder"):
        catalogue.read_spec(tmp_path / "nowhere")
    with pytest.raises(ModelError, match="has no config"):
        catalogue.read_spec(tmp_path)
    with pytest.raises(ModelError, match="'llama', which this engine doesn't know"):
        catalogue.read_spec(make_model(tmp_path / "text", "llama"))
    (tmp_path / "text" / "config.json").write_text("{")
    with pytest.raises(ModelError, match="can't be read"):
        catalogue.read_spec(tmp_path / "text")


def test_listing_puts_the_default_first_and_leaves_broken_folders_out(shipped):
    make_model(models_dir() / "another")
    (models_dir() / "half-copied").mkdir()
    entries = catalogue.list_models()
    assert [entry.spec.name for entry in entries] == ["mini", "another"]
    assert [entry.default for entry in entries] == [True, False]
    wire = entries[0].as_json()
    assert wire["size_bytes"] == len(b"weights")
    assert wire["memory_bytes"] > wire["size_bytes"]
    assert set(wire) == {
        "name", "family", "path", "licence", "commercial", "size_bytes", "memory_bytes", "memory_learning_bytes",
        "default", "shipped", "in_place", "repository", "commit", "adapters", "missing_adapter", "closed",
        "things", "min_score", "role",
    }  # fmt: skip


def test_an_imported_model_hides_the_shipped_one_of_its_name(shipped):
    imported = make_model(models_dir() / "newer", name="mini")
    assert [entry.spec.path for entry in catalogue.list_models()] == [imported]


def test_finding_by_name_folder_and_default(shipped, tmp_path):
    elsewhere = make_model(tmp_path / "elsewhere")
    assert catalogue.find_model().name == "mini"
    assert catalogue.find_model("mini").path == shipped / "models" / "mini"
    assert catalogue.find_model(elsewhere).name == "elsewhere"
    with pytest.raises(ModelError, match=r"no model 'maxi' \(there are: mini\)"):
        catalogue.find_model("maxi")


def test_adapters_of_a_model(shipped, tmp_path):
    registry = open_registry(catalogue.find_model())
    assert registry.list() == []
    assert registry.find(CURRENT_ADAPTER) is registry.find(NO_ADAPTER) is None
    trained = tmp_path / "trained"
    trained.mkdir()
    for file in ADAPTER_FILES:
        (trained / file).write_bytes(b"{}")
    for number in (1, 2):
        made = Manifest(
            f"round-{number}", "mini", registry.base_sha256, None, number, "1", "cd", 1e9 + number
        )
        registry.publish(trained, made)
    (registry.folder / "unfinished").mkdir()
    registry.choose(AdapterChoice("round-2"))
    assert [(entry.name, entry.round) for entry in registry.list()] == [("round-1", 1), ("round-2", 2)]
    assert registry.find(CURRENT_ADAPTER) == registry.list()[1]
    assert registry.find(AdapterChoice("round-1")) == registry.list()[0]
    with pytest.raises(RegistryError, match="round-1, round-2"):
        registry.find(AdapterChoice("round-3"))
    assert catalogue.list_models()[0].as_json()["adapters"][1] == {
        "name": "round-2",
        "round": 2,
        "current": True,
        "parent": None,
        "created": "2001-09-09T01:46:42+00:00",
        "gain": None,
    }


def test_a_current_adapter_that_is_gone_or_damaged_is_told(shipped):
    registry = open_registry(catalogue.find_model())
    registry.folder.mkdir(parents=True)
    (registry.folder / "current").write_text("gone\n")
    with pytest.raises(RegistryError, match="no adapter 'gone'"):
        registry.find(CURRENT_ADAPTER)
    assert catalogue.list_models()[0].as_json()["missing_adapter"] == "gone"
    (registry.folder / "gone").mkdir()
    (registry.folder / "gone" / "manifest.json").write_text("{")
    with pytest.raises(RegistryError, match="no valid JSON"):
        registry.find(CURRENT_ADAPTER)
    assert registry.find(NO_ADAPTER) is None
    assert registry.list() == []
    assert catalogue.list_models()[0].as_json()["missing_adapter"] == "gone"
    registry.choose(NO_ADAPTER)
    assert catalogue.list_models()[0].as_json()["missing_adapter"] is None


def test_a_model_may_have_a_name_that_no_adapter_could_have(shipped):
    make_model(models_dir() / "Qwen3 VL, 2 B")
    registry = open_registry(catalogue.find_model("Qwen3 VL, 2 B"))
    assert registry.find(CURRENT_ADAPTER) is None
    assert [entry.spec.name for entry in catalogue.list_models()] == ["mini", "Qwen3 VL, 2 B"]


def test_a_damaged_pointer_hides_no_model(shipped):
    registry = open_registry(catalogue.find_model())
    registry.folder.mkdir(parents=True)
    (registry.folder / "current").write_bytes(b"\xff\xfe")
    assert [entry.current for entry in catalogue.list_models()] == [None]
    with pytest.raises(RegistryError, match="adapters use none"):
        registry.find(CURRENT_ADAPTER)
    assert registry.find(NO_ADAPTER) is None


def test_the_base_fingerprint_follows_the_content(tmp_path):
    one = base_sha256(make_model(tmp_path / "one"))
    assert one == base_sha256(make_model(tmp_path / "two"))
    assert one != base_sha256(make_model(tmp_path / "three", weights=b"other weights"))
    assert one != base_sha256(make_model(tmp_path / "four", "qwen2_5_vl"))


def test_what_can_be_downloaded_is_pinned_and_can_be_run():
    models = json.loads((resources_dir() / "catalogue.json").read_text(encoding="utf-8"))["models"]
    assert models
    for model in models:
        assert model["family"] in OUTLINERS or FAMILIES[model["family"]].runs
        assert len(model["revision"]) == 40
        assert model["commercial"] == (model["licence"] == "Apache-2.0")


def test_prompts_are_the_familys_unless_the_model_brings_its_own(tmp_path):
    plain = catalogue.read_spec(make_model(tmp_path / "plain"))
    own = catalogue.read_spec(
        make_model(tmp_path / "own", lowercase=True, prompts={"locate": "locate {query}", "verify": "is it?"})
    )
    query = Query("the  Red {query} ship\n")
    assert '"the Red {query} ship"' in prompt_text(plain, query)
    assert prompt_text(own, query) == "locate the red {query} ship"
    assert "yes or no" in prompt_text(own, query, "presence")
    with pytest.raises(ModelError, match=r"no \{query\} in it"):
        prompt_text(own, query, "verify")
    content = build_messages(own, query)[0]["content"]
    assert [part["type"] for part in content] == ["image", "text"]
    assert prompt_version(plain) == PROMPT_VERSION
    assert prompt_version(own).startswith(f"{PROMPT_VERSION}+")


@pytest.mark.parametrize("family", [row for row in FAMILIES.values() if row.runs], ids=lambda row: row.name)
def test_every_prompt_of_a_runnable_family_asks_its_question_once(family):
    for text in family.prompts.values():
        assert text.count("{query}") == 1
        assert "{frame}" not in text
