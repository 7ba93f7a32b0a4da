"""Damaged files of every kind that the engine reads: each is read, or refused in the one right class."""

from __future__ import annotations

import json
import random
import zipfile
from pathlib import Path

import numpy as np
import rasterio
from rasterio.transform import from_origin

from engine.catalogue.adapters import ADAPTER_FILES, MANIFEST, Manifest, Registry
from engine.catalogue.archive import import_adapter
from engine.catalogue.checkpoints import check_whole
from engine.catalogue.models import catalogue_json, list_models, models_json
from engine.catalogue.specs import read_spec
from engine.errors import InputError, ModelError, RegistryError, StoreError
from engine.imagery.raster import open_raster
from engine.jobs.database import Database
from engine.jobs.results import Finding, Progress, Results, WindowRecord
from engine.jobs.store import Store
from engine.paths import data_dir, models_dir, store_file
from engine.types import Detection, Feature, Rectangle, Window
from tests.engine.completions import fuzz
from tools.torture.accidents import mutated, odd_json

FORMATS = {
    "GTiff": "tif", "PNG": "png", "JPEG": "jpg", "HFA": "img", "ENVI": "bil", "JP2OpenJPEG": "jp2", "BMP": "bmp",
}  # fmt: skip
BASE = "ab" * 32
WIDTH, HEIGHT = 48, 40


def raster(draw: random.Random, folder: Path) -> str:
    """One raster after one accident: it is shown, or refused as an input."""
    driver = draw.choice(list(FORMATS))
    path = folder / f"a.{FORMATS[driver]}"
    pixels = np.random.default_rng(draw.randrange(2**32)).integers(1, 255, (3, HEIGHT, WIDTH), dtype=np.uint8)
    place = from_origin(500_000, 5_000_000, 2, 2)
    form = {"driver": driver, "width": WIDTH, "height": HEIGHT, "count": 3, "dtype": "uint8"}
    with rasterio.open(path, "w", **form, crs="EPSG:32632", transform=place) as made:
        made.write(pixels)
    path.write_bytes(mutated(path.read_bytes(), draw))
    try:
        with open_raster(str(path)) as opened:
            width, height = min(opened.width_src, 4096), min(opened.height_src, 4096)
            opened.read_chip(Rectangle(0, 0, width, height, min(width, 64), min(height, 64)))
    except InputError:
        return "refused"
    return "read"


def completion(draw: random.Random, folder: Path) -> str:
    """One torn completion, through the parser of every family."""
    counts = fuzz(1, draw.randrange(2**32))
    return "read" if counts["boxes"] else "refused"


def archive(draw: random.Random, folder: Path) -> str:
    """One adapter's archive after one accident: it is imported, or refused; the list of others is whole."""
    good = Manifest("good", "mini", BASE, None, 1, "1", "cd" * 32, 1.0, {"gain": 0.1})
    source = folder / "trained"
    source.mkdir()
    (source / ADAPTER_FILES[0]).write_text("{}")
    (source / ADAPTER_FILES[1]).write_bytes(draw.randbytes(2000))
    registry = Registry(folder / "adapters", "mini", BASE)
    stored = registry.publish(source, good)
    given = {**vars(stored), "name": "given"}
    packed = folder / "given.zip"
    manifest = odd_json(given, draw) if draw.random() < 0.5 else json.dumps(given).encode()
    how = draw.choice((zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED, zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA))
    with zipfile.ZipFile(packed, "w", how) as made:
        made.writestr(MANIFEST, manifest)
        for name in ADAPTER_FILES:
            made.writestr(name, (source / name).read_bytes())
        if draw.random() < 0.1:
            made.writestr(draw.choice(("../up", "/etc/x", "adapter_model.bin", MANIFEST)), b"0" * 10**6)
    data = bytearray(packed.read_bytes())
    for at in _all(data, b"PK\x01\x02") if draw.random() < 0.3 else ():
        data[at + 8 + draw.randrange(4)] ^= draw.choice((1, 8, 255))  # the flags (encrypted) and the method
    packed.write_bytes(mutated(bytes(data), draw) if draw.random() < 0.4 else bytes(data))
    try:
        import_adapter(registry, packed)
    except RegistryError:
        outcome = "refused"
    else:
        outcome = "read"
    listed = [json.dumps(item.as_json(current=False), allow_nan=False) for item in registry.list()]
    assert "good" in {item.name for item in registry.list()}, listed
    assert not list(registry.folder.glob(".staging-*")), "staging is left"
    return outcome


def _all(data: bytes, mark: bytes) -> list[int]:
    found, at = [], data.find(mark)
    while at >= 0:
        found.append(at)
        at = data.find(mark, at + 1)
    return found


CONFIG = {
    "model_type": "qwen3_vl",
    "text_config": {
        "num_hidden_layers": 2, "hidden_size": 8, "intermediate_size": 16, "num_attention_heads": 2,
        "num_key_value_heads": 1, "vocab_size": 100,
    },
    "vision_config": {"depth": 2, "hidden_size": 8},
}  # fmt: skip
TEMPLATES = (
    "{% for m in messages %}{{ m }}{% endfor %}", "{% for", "{{ ''.__class__ }}", "{% if %}", "{" * 3000, "",
)  # fmt: skip


def folder(draw: random.Random, work: Path) -> str:
    """One model folder with something wrong: it is taken, or refused without being loaded; the list is whole."""
    model = models_dir() / "odd"
    model.mkdir(parents=True)
    config = json.loads(json.dumps(CONFIG))
    if draw.random() < 0.2:
        config["text_config"][draw.choice(("num_hidden_layers", "vocab_size"))] = draw.choice(
            (10**6 + 1, 10**12)
        )
    whole = draw.random() < 0.4
    (model / "config.json").write_bytes(json.dumps(config).encode() if whole else odd_json(config, draw))
    own = {
        "name": "odd",
        "chip_px": 256,
        "words": ["ship"],
        "min_score": 0.5,
        "prompts": {"locate": "{query}"},
    }
    if draw.random() < 0.5:
        (model / "remotezero.json").write_bytes(odd_json(own, draw))
    if draw.random() < 0.5:
        text = draw.choice(TEMPLATES)
        (model / "chat_template.jinja").write_text(text)
        (model / "tokenizer_config.json").write_bytes(odd_json({"chat_template": text, "a": [1]}, draw))
    header = json.dumps(
        {"model.layers.0.w": {"dtype": "F16", "shape": [2, 2], "data_offsets": [0, 8]}}
    ).encode()
    weights = len(header).to_bytes(8, "little") + header + bytes(8)
    match draw.randrange(4):
        case 0:
            (model / "pytorch_model.bin").write_bytes(b"\x80\x04.")
        case 1:
            (model / "model.safetensors").write_bytes(mutated(weights, draw))
        case 2:
            (model / "model.safetensors.index.json").write_bytes(
                odd_json({"weight_map": {"w": "model-00001-of-00002.safetensors"}}, draw)
            )
            (model / "model.safetensors").write_bytes(weights)
        case _:
            (model / "model.safetensors").write_bytes(weights)
    try:
        read_spec(model)
        check_whole(model)
    except ModelError:
        outcome = "refused"
    else:
        outcome = "read"
    json.dumps([models_json(), catalogue_json()], allow_nan=False)
    assert any(entry.shipped for entry in list_models()), "the shipped model is not listed"
    return outcome


def home(draw: random.Random, work: Path) -> str:
    """One data folder after one accident: the next start works, with every job that can still be read."""
    path = store_file()
    fill(path)
    if draw.random() < 0.3:
        _misplace(draw, data_dir())
    else:
        path.write_bytes(mutated(path.read_bytes(), draw))
    try:
        store = Store(Database(path))
    except StoreError as error:
        if "Move it away" not in str(error) and "format" not in str(error):
            raise AssertionError(f"the wrong action: {error}") from error
        return "refused"
    results = Results(store)
    for job in store.jobs():
        json.dumps([job.as_json(), store.events(job.id), results.features(job.id)], allow_nan=False)
        shown = results.findings(job.id) if job.state != "done" else results.features(job.id)["features"]
        assert job.state != "done" or len(shown) == 1, "a job that is done has lost what it found"
    store.submit("locate", {"raster": "c.tif"})
    store.database.close()
    json.dumps([models_json(), catalogue_json()], allow_nan=False)
    return "read"


def _misplace(draw: random.Random, place: Path) -> None:
    names = (
        "jobs.sqlite",
        "jobs.sqlite-wal",
        "jobs.sqlite-shm",
        "models",
        "adapters",
        "adapters/mini",
        "jobs",
    )
    target = place / draw.choice((*names, "models/a/config.json", "models/b.place.json", "models/.get-c"))
    target.parent.mkdir(parents=True, exist_ok=True)
    if target.exists():
        target.unlink()
    if draw.random() < 0.5:
        target.mkdir(parents=True)
    else:
        target.write_bytes(draw.randbytes(draw.randrange(200)) or b"{}")


def fill(path: Path, jobs: int = 4) -> list[str]:
    """Make a job database with finished jobs of one finding each; returns their ids."""
    window = Window(0, 0, 64, 64, 64, 64, 0, "detail")
    crop = np.zeros((8, 8, 3), np.uint8)
    detection = Detection((1.0, 2.0, 9.0, 9.0), 0.5, "ship", "", "a ship", window, 1.0, crop=crop)
    shape = {"type": "Polygon", "coordinates": [[[0, 0], [0, 1], [1, 1], [0, 0]]]}
    store = Store(Database(path))
    results, made = Results(store), []
    for _ in range(jobs):
        store.submit("locate", {"raster": "a.tif", "queries": ["a ship"]})
        job = store.begin_next()
        assert job is not None
        found = [Finding("w0-0", detection, Feature(shape, {"id": "w0-0", "score": 0.5}))]
        results.commit(job.id, [WindowRecord(0, {"asked": 1}, tuple(found))], Progress(1, 1, None))
        results.save_features(job.id, found)
        store.finish(job.id, "done", result={"features": 1})
        made.append(job.id)
    store.database.close()
    return made
