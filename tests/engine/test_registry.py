"""The registry shows whole adapters only, and only to the model they were made for."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import zipfile
from dataclasses import replace
from pathlib import Path

import pytest

from engine.catalogue.adapters import Manifest, Registry
from engine.catalogue.archive import export_adapter, import_adapter
from engine.errors import OutputExistsError, RegistryError
from engine.types import NO_ADAPTER, AdapterChoice

BASE = "ab" * 32


def manifest(name: str, parent: str | None = None, created: float = 1.0, base: str = BASE) -> Manifest:
    return Manifest(name, "mini", base, parent, 1, "1", "cd" * 32, created, {"gain": 0.1})


@pytest.fixture
def weights(tmp_path: Path) -> Path:
    folder = tmp_path / "trained"
    folder.mkdir()
    (folder / "adapter_config.json").write_text("{}")
    (folder / "adapter_model.safetensors").write_bytes(os.urandom(2000))
    (folder / "optimizer.pt").write_bytes(b"not for the registry")
    return folder


@pytest.fixture
def registry(tmp_path: Path) -> Registry:
    return Registry(tmp_path / "adapters", "mini", BASE)


def test_publish_list_choose_and_go_back(registry: Registry, weights: Path) -> None:
    assert registry.list() == []
    assert registry.current() is None
    first = registry.publish(weights, manifest("first"))
    registry.publish(weights, manifest("second", parent="first", created=2.0))
    assert [m.name for m in registry.list()] == ["first", "second"]
    assert set(first.files) == {"adapter_config.json", "adapter_model.safetensors"}
    assert not (registry.folder / "first" / "optimizer.pt").exists()
    registry.choose(AdapterChoice("second"))
    registry.choose(AdapterChoice("first"))
    assert registry.current() == "first"
    registry.choose(NO_ADAPTER)
    assert registry.current() is None


def test_a_missing_file_leaves_nothing_behind(registry: Registry, weights: Path) -> None:
    (weights / "adapter_model.safetensors").unlink()
    with pytest.raises(RegistryError, match="did not finish"):
        registry.publish(weights, manifest("half"))
    assert registry.list() == []
    assert list(registry.folder.iterdir()) == []


def test_a_taken_name_is_refused_and_the_old_one_stays(registry: Registry, weights: Path) -> None:
    before = registry.publish(weights, manifest("same"))
    (weights / "adapter_config.json").write_text('{"r": 2}')
    with pytest.raises(RegistryError, match="there already"):
        registry.publish(weights, manifest("same"))
    assert registry.get("same") == before


def test_another_base_is_refused(registry: Registry, weights: Path, tmp_path: Path) -> None:
    with pytest.raises(RegistryError, match="was trained on mini"):
        registry.publish(weights, manifest("other", base="ef" * 32))
    registry.publish(weights, manifest("mine"))
    retrained = Registry(tmp_path / "adapters", "mini", "12" * 32)
    with pytest.raises(RegistryError, match="own base model"):
        retrained.choose(AdapterChoice("mine"))


def test_a_changed_file_is_refused(registry: Registry, weights: Path) -> None:
    registry.publish(weights, manifest("first"))
    (registry.folder / "first" / "adapter_model.safetensors").write_bytes(b"x")
    with pytest.raises(RegistryError, match="damaged"):
        registry.choose(AdapterChoice("first"))
    assert registry.current() is None


def test_delete_refuses_what_is_needed(registry: Registry, weights: Path) -> None:
    registry.publish(weights, manifest("first"))
    registry.publish(weights, manifest("second", parent="first"))
    registry.choose(AdapterChoice("second"))
    with pytest.raises(RegistryError, match="in use"):
        registry.delete("second")
    with pytest.raises(RegistryError, match="would go back"):
        registry.delete("first")
    registry.choose(NO_ADAPTER)
    registry.delete("second")
    registry.delete("first")
    assert registry.list() == []


@pytest.mark.parametrize("name", ["", "../up", ".hidden", "a/b", "x" * 101, "a b", "current", "none", "None"])
def test_names_that_leave_the_folder_are_refused(registry: Registry, name: str) -> None:
    with pytest.raises(RegistryError):
        registry.get(name)


def test_export_and_import_give_the_same_adapter(registry: Registry, weights: Path, tmp_path: Path) -> None:
    stored = registry.publish(weights, manifest("first", parent="gone"))
    file = export_adapter(registry, "first", tmp_path / "first.zip")
    with pytest.raises(OutputExistsError):
        export_adapter(registry, "first", file)
    elsewhere = Registry(tmp_path / "elsewhere", "mini", BASE)
    got = import_adapter(elsewhere, file)
    assert got == replace(stored, parent=None)
    assert elsewhere.path("first").is_dir()
    assert elsewhere.current() is None


def test_import_refuses_what_is_no_adapter(registry: Registry, weights: Path, tmp_path: Path) -> None:
    registry.publish(weights, manifest("first"))
    good = export_adapter(registry, "first", tmp_path / "good.zip")
    registry.delete("first")
    text = tmp_path / "text.zip"
    text.write_text("hello")
    with pytest.raises(RegistryError, match="can't be read"):
        import_adapter(registry, text)
    extra = tmp_path / "extra.zip"
    with zipfile.ZipFile(good) as source, zipfile.ZipFile(extra, "w") as target:
        for entry in source.namelist():
            target.writestr(entry, source.read(entry))
        target.writestr("../../evil.py", "x")
    with pytest.raises(RegistryError, match="no exported adapter"):
        import_adapter(registry, extra)
    changed = tmp_path / "changed.zip"
    with zipfile.ZipFile(good) as source, zipfile.ZipFile(changed, "w") as target:
        for entry in source.namelist():
            target.writestr(entry, b"other" if entry.endswith("safetensors") else source.read(entry))
    with pytest.raises(RegistryError, match="damaged"):
        import_adapter(registry, changed)
    assert registry.list() == []


def test_half_written_and_foreign_folders_are_invisible(registry: Registry, weights: Path) -> None:
    registry.publish(weights, manifest("good"))
    for name, text in (
        (".staging-1", json.dumps({"name": "x"})),
        ("foreign", "{"),
        ("old", '{"name": "old"}'),
    ):
        (registry.folder / name).mkdir()
        (registry.folder / name / "manifest.json").write_text(text)
    (registry.folder / "no-manifest").mkdir()
    assert [m.name for m in registry.list()] == ["good"]


def test_killed_at_any_moment_of_publishing_nothing_half_is_seen(tmp_path: Path, weights: Path) -> None:
    """SIGKILL while publishing in a loop; afterwards every visible adapter is whole."""
    script = (
        "import sys; from pathlib import Path; from engine.catalogue.adapters import Registry\n"
        "from engine.catalogue.adapters import Manifest; from engine.types import AdapterChoice\n"
        "r = Registry(Path(sys.argv[1]), 'mini', 'ab' * 32)\n"
        "print('go', flush=True)\n"
        "for i in range(10**6):\n"
        "    r.publish(Path(sys.argv[2]), Manifest(f'a{i}', 'mini', 'ab' * 32, None, 1, '1', '', float(i)))\n"
        "    r.choose(AdapterChoice(f'a{i}'))\n"
    )
    root = tmp_path / "adapters"
    for _ in range(3):
        root = root.with_name(root.name + "x")
        child = subprocess.Popen(
            [sys.executable, "-c", script, str(root), str(weights)], stdout=subprocess.PIPE, text=True
        )
        assert child.stdout is not None
        child.stdout.readline()
        registry = Registry(root, "mini", BASE)
        while len(registry.list()) < 3:
            assert child.poll() is None
        child.kill()
        child.communicate()
        for item in registry.list():
            assert registry.path(item.name).is_dir()
        current = registry.current()
        assert current is None or registry.path(current).is_dir()


def test_what_a_killed_program_left_is_swept(registry: Registry, weights: Path) -> None:
    registry.folder.mkdir(parents=True, exist_ok=True)
    old, young = registry.folder / ".staging-old", registry.folder / ".staging-young"
    for folder in (old, young):
        folder.mkdir()
        (folder / "adapter_model.safetensors").write_bytes(b"half")
    os.utime(old, (0, 0))
    registry.publish(weights, manifest("good"))
    assert not old.exists()
    assert young.exists(), "another program may still be writing there"
