"""Damaged layers and labelled sets, by every way that they come in: each is read, or refused as an input."""

from __future__ import annotations

import json
import random
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
from PIL import Image

from engine.catalogue.models import find_model
from engine.cli.options import area_geometry
from engine.errors import InputError
from engine.evaluate.answers import read_predictions
from engine.evaluate.layers import read_layer_set
from engine.evaluate.readers import read_dataset
from engine.evaluate.reading import ReadOptions
from engine.export.run import export
from engine.imagery.attributes import FIELDS
from engine.imagery.outputs import write_features
from engine.imagery.vectors import read_outlines
from engine.types import Feature
from engine.wire import ExportRequest
from tests.engine.rasters import write_raster
from tools.torture.accidents import mutated, odd_json
from trainer.verdicts import read_verdicts

ENDINGS = ("gpkg", "geojson", "fgb")
UTM = "EPSG:32632"
SIDE = 64


def layer(draw: random.Random, folder: Path) -> str:
    """A result of this program after one accident, read again in one of the ways in which results are read."""
    path = folder / f"boxes.{draw.choice(ENDINGS)}"
    raster = str(write_raster(folder / "town.tif", [np.full((SIDE, SIDE), 90, np.uint8)] * 3, crs=UTM))
    write_features(path, [_feature(draw, number) for number in range(12)], UTM)
    data = path.read_bytes()
    is_text = path.suffix == ".geojson" and draw.random() < 0.6
    path.write_bytes(odd_json(json.loads(data), draw) if is_text else mutated(data, draw))
    way = draw.choice(WAYS)
    try:
        way(str(path), raster, folder)
    except InputError as error:
        sane(error)
        return "refused"
    return "read"


def sane(error: Exception) -> None:
    """A refusal is some sentences for a person, with no word of a library's in it."""
    text = str(error)
    alien = [word for word in ("sqlite3_", "Traceback", "site-packages", "object at 0x") if word in text]
    assert 20 < len(text) < 1200, text
    assert not alien, text


def _feature(draw: random.Random, number: int) -> Feature:
    x, y = 500_000 + draw.uniform(0, 100), 5_000_000 - draw.uniform(0, 100)
    ring = [[x, y], [x + 10, y], [x + 10, y - 10], [x, y - 10], [x, y]]
    about = dict.fromkeys(FIELDS) | {
        "rank": number + 1, "score": draw.random(), "label": "ship", "reasoning": "Bright.", "query": "all ships",
        "model": "mini", "verdict": draw.choice(("accepted", "rejected", None)), "gsd_m": 1.0,
    }  # fmt: skip
    return Feature({"type": "Polygon", "coordinates": [ring]}, about)


def _verified(path: str, raster: str, folder: Path) -> None:
    for outline in read_outlines(path, crs_wkt=UTM).found:
        json.dumps(outline.geometry, allow_nan=False)


def _exported(path: str, raster: str, folder: Path) -> None:
    for kind in ("csv", "coco"):
        asked = ExportRequest(vector=path, output=str(folder / f"out-{kind}"), format=kind, raster=raster)
        done = export(asked, None, lambda done, total: None, lambda: False)
        json.dumps(done, allow_nan=False)


def _judged(path: str, raster: str, folder: Path) -> None:
    read_verdicts([path], find_model(None))


def _measured(path: str, raster: str, folder: Path) -> None:
    read_layer_set(raster, path, None, query=None, column="query", gsd_src_m=1.0)


def _searched(path: str, raster: str, folder: Path) -> None:
    json.dumps(area_geometry(path, raster), allow_nan=False)


WAYS: tuple[Callable[[str, str, Path], None], ...] = (_verified, _exported, _judged, _measured, _searched)


def labelled(draw: random.Random, folder: Path) -> str:
    """A labelled set, and another program's predictions for it, with one accident to one of the two."""
    picture = folder / "images" / "a.png"
    picture.parent.mkdir()
    Image.new("RGB", (SIDE, SIDE)).save(picture)
    layout = draw.choice(list(SETS))
    name, content = SETS[layout](draw)
    labels = folder / name
    labels.parent.mkdir(exist_ok=True)
    labels.write_bytes(_as_written(content))
    harmed = draw.random() < 0.6
    if layout == "yolo":
        about = {"path": ".", "val": "images", "names": ["ship", "quay"]}
        spoilt = harmed and draw.random() < 0.4
        (folder / "data.yaml").write_bytes(odd_json(about, draw) if spoilt else _as_written(about))
    if harmed:
        labels.write_bytes(_damaged(content, draw))
    try:
        dataset = read_dataset(folder, layout, ReadOptions())
        for sample in dataset.samples:
            json.dumps([sample.question, sample.gsd_m, sample.truth_src, sample.ignored_src], allow_nan=False)
        row = {"id": dataset.samples[0].key, "boxes": [[1, 2, 3, 4], [5, 6, 7, 8]], "scores": [0.5, 0.7]}
        lines = folder / "predictions.jsonl"
        lines.write_bytes(_as_written(row) if harmed else _damaged(row, draw))
        for answer in read_predictions(lines, dataset, None):
            json.dumps([answer.boxes_src, answer.scores], allow_nan=False)
    except InputError as error:
        sane(error)
        return "refused"
    return "read"


def _as_written(content: dict[str, Any] | str) -> bytes:
    return (content if isinstance(content, str) else json.dumps(content)).encode()


def _damaged(content: dict[str, Any] | str, draw: random.Random) -> bytes:
    if isinstance(content, dict):
        return odd_json(content, draw)
    if draw.random() < 0.5:
        return mutated(content.encode(), draw)
    words = content.split(" ")
    words[draw.randrange(len(words))] = draw.choice(("nan", "inf", "-1", "1e309", "x", "", "999999999999"))
    return " ".join(words).encode()


def _coco(draw: random.Random) -> tuple[str, dict[str, Any]]:
    about = {"area": 1200, "iscrowd": 0}
    return "annotations.json", {
        "images": [{"id": 1, "file_name": "a.png", "width": SIDE, "height": SIDE}],
        "annotations": [
            {"id": 1, "image_id": 1, "category_id": 1, "bbox": [1, 2, 30, 40], **about},
            {"id": 2, "image_id": 1, "category_id": 2, "bbox": [5, 6, 7, 8], **about, "iscrowd": 1},
        ],
        "categories": [{"id": 1, "name": "ship"}, {"id": 2, "name": "quay"}],
    }


def _yolo(draw: random.Random) -> tuple[str, str]:
    return "labels/a.txt", "0 0.5 0.5 0.2 0.3\n1 0.1 0.1 0.05 0.05\n"


def _dota(draw: random.Random) -> tuple[str, str]:
    return "labelTxt/a.txt", "imagesource:x\ngsd:0.5\n1 1 20 1 20 20 1 20 ship 0\n3 3 9 3 9 9 3 9 quay 1\n"


def _lines(draw: random.Random) -> tuple[str, dict[str, Any]]:
    row: dict[str, Any] = {"id": "a", "image": "images/a.png", "gsd_m": 0.5}
    if draw.random() < 0.5:
        return "labels.jsonl", {**row, "query": "all ships", "boxes": [[1, 2, 30, 40]], "kind": "ship"}
    boxes = [{"label": "ship", "xyxy": [1, 2, 30, 40]}]
    return "labels.jsonl", {**row, "boxes": boxes, "complete_for": ["ship", "quay"]}


SETS: dict[str, Callable[[random.Random], tuple[str, dict[str, Any] | str]]] = {
    "coco": _coco, "yolo": _yolo, "dota": _dota, "jsonl": _lines,
}  # fmt: skip
