"""Readers of referring sets: one sentence, one target, in the layouts in which they are published."""

from __future__ import annotations

import io
import pickle
import re
import xml.etree.ElementTree as ET
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
from pycocotools import mask as coco_mask

from engine.errors import InputError
from engine.evaluate.overlap import hull
from engine.evaluate.reading import (
    ReadOptions,
    field_of,
    need,
    picture_size,
    pictures_in,
    read_json,
    read_lines,
    split_of,
    without_like,
)
from engine.evaluate.samples import Conventions, Dataset, Sample
from engine.types import Xyxy

ONE_TARGET = Conventions(boxes="whole", taken="best")
_WRITTEN = re.compile(r"<\s*(-?\d+(?:\.\d+)?)\s*>")


def read_vrsbench(folder: Path, options: ReadOptions) -> Dataset:
    """VRSBench's referring part: ``VRSBench_EVAL_referring.json`` beside ``Images_val``; boxes are percents."""
    file = "VRSBench_EVAL_referring.json"
    need(folder, "VRSBench", [file, "Images_val"])
    split_of(options, ["val"], folder, "val")
    samples = []
    for number, record in enumerate(read_json(folder / file)):
        where = f"Entry {number} of {file}"
        name = str(field_of(record, ["image_id"], where))
        written = _WRITTEN.findall(str(field_of(record, ["ground_truth"], where)))
        if len(written) != 4:
            raise InputError(
                f"{where} has the box {record['ground_truth']!r}: four numbers were expected. Get the set again."
            )
        picture = folder / "Images_val" / name
        width, height = picture_size(picture) if picture.is_file() else (1, 1)
        x1, y1, x2, y2 = (float(value) / 100 for value in written)
        unique = record.get("is_unique", record.get("unique"))
        groups = {"kind": str(record.get("obj_cls") or "unnamed"), "type": _unique(unique)}
        identity = str(record.get("question_id", number))
        samples.append(
            _one(
                identity,
                picture,
                field_of(record, ["question"], where),
                (x1 * width, y1 * height, x2 * width, y2 * height),
                groups,
            )
        )
    notes = ("Boxes are whole percents of the picture, so a true box is up to half a percent off.",)
    return Dataset(folder.name, "vrsbench", "val", tuple(samples), ONE_TARGET, "overview", notes)


def read_dior_rsvg(folder: Path, options: ReadOptions) -> Dataset:
    """DIOR-RSVG: ``Annotations/*.xml``, ``JPEGImages``, and splits that count objects through all files by name."""
    need(folder, "DIOR-RSVG", ["Annotations", "JPEGImages"])
    there = [name for name in ("train", "val", "test") if (folder / f"{name}.txt").is_file()]
    if not there:
        need(folder, "DIOR-RSVG", ["test.txt"])
    split = split_of(options, there, folder, "test")
    wanted = {int(line) for line in read_lines(folder / f"{split}.txt")}
    samples, place = [], 0
    for path in sorted((folder / "Annotations").glob("*.xml")):
        try:
            root = ET.parse(path).getroot()
        except (ET.ParseError, OSError) as error:
            raise InputError(f"{path} can't be read as XML. Get the set again.") from error
        for item in root.iter("object"):
            if place in wanted:
                samples.append(_rsvg_sample(folder, path, root, item, place))
            place += 1
    beyond = len([number for number in wanted if number >= place])
    if beyond:
        xml, pictures = (folder / "Annotations").glob("*.xml"), pictures_in(folder / "JPEGImages")
        lost = without_like({"Annotations": list(xml), "JPEGImages": pictures})
        raise InputError(
            f"{split}.txt of {folder} names {beyond} objects beyond the {place} that Annotations has: some of its "
            f"files are missing. {lost} Get the set whole."
        )
    notes = ("A split names objects by their number, counted through the files in the order of their names.",)
    return Dataset(folder.name, "dior-rsvg", split, tuple(samples), ONE_TARGET, "overview", notes)


def _rsvg_sample(folder: Path, path: Path, root: ET.Element, item: ET.Element, place: int) -> Sample:
    box, text = item.find("bndbox"), item.findtext("description")
    sides = [] if box is None else [box.findtext(side) for side in ("xmin", "ymin", "xmax", "ymax")]
    if not text or len(sides) != 4 or None in sides:
        raise InputError(
            f"Object {place} in {path} has no description or no whole bndbox. Get the set again."
        )
    x1, y1, x2, y2 = (float(side or 0) for side in sides)
    name = root.findtext("filename") or f"{path.stem}.jpg"
    kind = item.findtext("name") or "unnamed"
    return _one(str(place), folder / "JPEGImages" / name, text, (x1, y1, x2, y2), {"kind": kind})


def read_rrsis_d(folder: Path, options: ReadOptions) -> Dataset:
    """RRSIS-D: ``refs(unc).p`` and ``instances.json``; the true box is the rectangle of the mask."""
    root = folder / "rrsisd" if (folder / "rrsisd").is_dir() else folder
    need(root, "RRSIS-D", ["refs(unc).p", "instances.json"])
    images = next(
        (p for p in (folder / "images" / "rrsisd" / "JPEGImages", folder / "JPEGImages") if p.is_dir()), None
    )
    if images is None:
        need(folder, "RRSIS-D", ["images/rrsisd/JPEGImages"])
        raise AssertionError
    refs = _plain_pickle(root / "refs(unc).p")
    instances = read_json(root / "instances.json")
    annotations = {item["id"]: item for item in field_of(instances, ["annotations"], "instances.json")}
    sizes = {item["id"]: (item["height"], item["width"]) for item in field_of(instances, ["images"], "it")}
    kinds = {item["id"]: str(item["name"]) for item in instances.get("categories", ())}
    split = split_of(options, sorted({str(ref["split"]) for ref in refs}), folder, "test")
    samples = []
    for ref in refs:
        if ref["split"] != split:
            continue
        annotation = annotations.get(ref["ann_id"])
        if annotation is None:
            raise InputError(
                f"refs(unc).p of {folder} names the annotation {ref['ann_id']}, which instances.json lacks. Get the "
                "set whole."
            )
        box = mask_box(annotation, sizes.get(ref["image_id"]))
        for sentence in ref["sentences"]:
            identity = str(sentence.get("sent_id", ref["ref_id"]))
            kind = kinds.get(ref.get("category_id"), "unnamed")
            text = str(sentence.get("raw") or sentence.get("sent") or "")
            samples.append(_one(identity, images / str(ref["file_name"]), text, box, {"kind": kind}))
    notes = ("The true box is the rectangle round the target's mask.",)
    return Dataset(folder.name, "rrsis-d", split, tuple(samples), ONE_TARGET, "overview", notes)


def mask_box(annotation: dict[str, Any], size: tuple[int, int] | None) -> Xyxy:
    """The rectangle round an annotation's mask, in pixels; its ``bbox`` where it has no mask.

    Args:
        annotation: as COCO writes them: ``segmentation`` is run lengths, a list of such, or polygons.
        size: height and width of the picture.

    Raises:
        InputError: it has neither.
    """
    mask = annotation.get("segmentation")
    parts = mask if isinstance(mask, list) else [mask] if mask else []
    boxes: list[Xyxy] = []
    for part in parts:
        if isinstance(part, dict):
            counted = (
                part if not isinstance(part["counts"], list) else coco_mask.frPyObjects(part, *part["size"])
            )
            x, y, w, h = (float(value) for value in coco_mask.toBbox(counted))
            boxes.append((x, y, x + w, y + h))
        elif isinstance(part, list) and len(part) >= 6 and size is not None:
            corners = np.asarray(part, float).reshape(-1, 2)
            boxes.append((*corners.min(axis=0).tolist(), *corners.max(axis=0).tolist()))
    if boxes:
        return hull(boxes)
    x, y, w, h = (float(value) for value in field_of(annotation, ["bbox"], "An annotation"))
    return x, y, x + w, y + h


class _Plain(pickle.Unpickler):
    """Reads lists, mappings, texts and numbers, and no object: a file from the network could be anything."""

    def find_class(self, module: str, name: str) -> Any:
        raise pickle.UnpicklingError(f"it holds a {module}.{name}")


def _plain_pickle(path: Path) -> list[dict[str, Any]]:
    try:
        value = _Plain(io.BytesIO(path.read_bytes()), encoding="utf-8").load()
    except (OSError, pickle.UnpicklingError, EOFError, ValueError, IndexError, KeyError, TypeError) as error:
        raise InputError(
            f"{path} is not a plain list of references, and nothing else in it is read. Get the set again."
        ) from error
    if not isinstance(value, list) or not all(isinstance(item, dict) for item in value):
        raise InputError(f"{path} holds no list of references. Get the set again.")
    return value


def read_geobench_vlm(folder: Path, options: ReadOptions) -> Dataset:
    """GEOBench-VLM's grounding part: ``Ref-Det/qa.json``; true boxes are upright rectangles of its polygons."""
    root = folder / "Ref-Det" if (folder / "Ref-Det").is_dir() else folder
    need(root, "GEOBench-VLM", ["qa.json", "images"])
    split_of(options, ["test"], folder, "test")
    samples = []
    for number, record in enumerate(read_json(root / "qa.json")):
        where = f"Entry {number} of qa.json"
        name = Path(str(field_of(record, ["image_path", "image_name", "image"], where))).name
        asked = field_of(record, ["prompts", "prompt", "question"], where)
        text = str(asked[0] if isinstance(asked, list) and asked else asked)
        truth = tuple(
            _rectangles(field_of(record, ["ground_truth", "bboxes", "boxes", "bbox"], where), where)
        )
        kind = str(record.get("cls_description") or record.get("task") or "unnamed")
        groups = {"kind": kind, "type": str(record.get("task") or "grounding")}
        sample = _one(str(record.get("question_id", number)), root / "images" / name, text, truth[0], groups)
        samples.append(
            Sample(sample.key, sample.picture, text, truth, "", sample.scene, groups, also=sample.also)
        )
    notes = (
        "True boxes are the upright rectangles of the set's quadrilaterals.",
        "Of several wordings of a question the first is asked.",
    )
    conventions = Conventions(boxes="each", taken="all")
    return Dataset(folder.name, "geobench-vlm", "test", tuple(samples), conventions, "overview", notes)


def _rectangles(value: Any, where: str) -> list[Xyxy]:
    """Upright rectangles of whatever way boxes and quadrilaterals are nested."""
    if isinstance(value, list) and value and all(isinstance(item, int | float) for item in value):
        if len(value) == 4:
            x1, y1, x2, y2 = (float(item) for item in value)
            return [(min(x1, x2), min(y1, y2), max(x1, x2), max(y1, y2))]
        if len(value) >= 6 and len(value) % 2 == 0:
            return [_around(np.asarray(value, float).reshape(-1, 2))]
    if isinstance(value, list) and len(value) >= 3 and all(_is_point(item) for item in value):
        return [_around(np.asarray(value, float))]
    if isinstance(value, list) and value and all(isinstance(item, list) for item in value):
        return [box for item in value for box in _rectangles(item, where)]
    raise InputError(
        f"{where} has the true box {value!r}: four numbers or a polygon were expected. Get the set again."
    )


def _is_point(value: Any) -> bool:
    return isinstance(value, list) and len(value) == 2 and all(isinstance(v, int | float) for v in value)


def _around(points: Any) -> Xyxy:
    (x1, y1), (x2, y2) = points.min(axis=0), points.max(axis=0)
    return float(x1), float(y1), float(x2), float(y2)


def _one(identity: str, picture: Path, text: Any, box: Xyxy, groups: dict[str, str]) -> Sample:
    return Sample(
        key=f"{picture.name}#{identity}",
        picture=str(picture),
        question=str(text).strip(),
        truth_src=(box,),
        scene=picture.name,
        groups=groups,
        also=(identity,),
    )


def _unique(value: Any) -> str:
    return "unnamed" if value is None else "unique" if value else "one of several"


READERS: Sequence[tuple[str, Any]] = (
    ("vrsbench", read_vrsbench),
    ("dior-rsvg", read_dior_rsvg),
    ("rrsis-d", read_rrsis_d),
    ("geobench-vlm", read_geobench_vlm),
)
