"""Readers of sets whose pictures have boxed kinds: COCO, DOTA, YOLO, and lines of JSON; and EarthReason's masks."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import yaml
from PIL import Image
from rasterio.features import shapes

from engine.errors import InputError
from engine.evaluate.overlap import hull
from engine.evaluate.reading import (
    Boxed,
    ReadOptions,
    field_of,
    need,
    picture_size,
    pictures_in,
    questions_about,
    read_json,
    read_lines,
    split_of,
    without_like,
)
from engine.evaluate.referring import mask_box
from engine.evaluate.samples import Conventions, Dataset, Sample
from engine.types import Xyxy

ALL = "all"
EVERY_BOX = Conventions(boxes="each", taken="all", shown_from=0.5)
ABSENT_NOTE = (
    "Each picture is asked about the kinds it shows, and about {absent} that it does not show, drawn by the seed; "
    "average precision is over these questions."
)


def read_coco(folder: Path, options: ReadOptions) -> Dataset:
    """COCO: one JSON document with images, annotations and categories, in the folder or in ``annotations``."""
    files = coco_files(folder)
    split = split_of(options, sorted(files), folder, "val2017", "annotations/instances_SPLIT.json")
    document = read_json(files[split])
    for part in ("images", "annotations", "categories"):
        field_of(document, [part], str(files[split]))
    names = {item["id"]: str(item["name"]) for item in document["categories"]}
    boxes: dict[Any, dict[str, list[Xyxy]]] = {item["id"]: {} for item in document["images"]}
    ignored: dict[Any, dict[str, list[Xyxy]]] = {item["id"]: {} for item in document["images"]}
    for item in document["annotations"]:
        if item["image_id"] not in boxes or item["category_id"] not in names:
            raise InputError(
                f"{files[split]} has an annotation of the image {str(item['image_id'])[:40]} and the category "
                f"{str(item['category_id'])[:40]}, and does not list both. Get the set whole."
            )
        side = ignored if item.get("iscrowd") else boxes
        box = item.get("bbox")
        xyxy = (box[0], box[1], box[0] + box[2], box[1] + box[3]) if box else mask_box(item, None)
        side[item["image_id"]].setdefault(names[item["category_id"]], []).append(xyxy)
    number = {name: key for key, name in names.items()}
    pictures = [
        Boxed(
            key=str(item["file_name"]),
            path=_picture_of(folder, files[split], str(item["file_name"])),
            boxes_src=boxes[item["id"]],
            ignored_src=ignored[item["id"]],
            complete=frozenset(names.values()),
            also={name: f"{item['id']}/{number[name]}" for name in names.values()},
        )
        for item in document["images"]
    ]
    samples = tuple(questions_about(pictures, options))
    notes = (ABSENT_NOTE.format(absent=options.absent), "Crowds count neither as found nor as missed.")
    return Dataset(folder.name, "coco", split, samples, EVERY_BOX, "auto", notes)


def coco_files(folder: Path) -> dict[str, Path]:
    """The documents of a COCO set by split; ``instances_`` and the ending are no part of its name."""
    found = [*folder.glob("*.json"), *(folder / "annotations").glob("*.json")]
    return {path.stem.removeprefix("instances_"): path for path in sorted(found) if _is_coco(path)}


def _is_coco(path: Path) -> bool:
    with path.open("rb") as stream:
        head = stream.read(2_000_000)
    return b'"images"' in head or (b'"annotations"' in head and b'"categories"' in head)


def _picture_of(folder: Path, file: Path, name: str) -> Path:
    places = [
        folder / "images" / name,
        folder / name,
        file.parent / name,
        folder / file.stem.removeprefix("instances_") / name,
    ]
    return next((place for place in places if place.is_file()), places[0])


def read_dota(folder: Path, options: ReadOptions) -> Dataset:
    """DOTA: ``images`` and ``labelTxt``, in the folder or in one a split; upright rectangles of quadrilaterals."""
    there = [name for name in ("train", "val", "test") if (folder / name / "labelTxt").is_dir()]
    split = split_of(options, there, folder, "val") if there else ALL
    root = folder / split if there else folder
    need(root, "DOTA", ["images", "labelTxt"])
    known, files = (
        {p.stem: p for p in pictures_in(root / "images")},
        sorted((root / "labelTxt").glob("*.txt")),
    )
    if lost := without_like({"images": list(known.values()), "labelTxt": files}):
        raise InputError(
            f"{root} looks like DOTA, in which each picture has its labels. {lost} Get the set whole."
        )
    pictures = []
    for file in files:
        boxes: dict[str, list[Xyxy]] = {}
        ignored: dict[str, list[Xyxy]] = {}
        gsd_m = None
        for line in read_lines(file):
            words = line.split()
            if line.lower().startswith(("imagesource", "gsd")):
                value = line.partition(":")[2].strip()
                gsd_m = _number(value) if line.lower().startswith("gsd") else gsd_m
                continue
            if len(words) < 9:
                raise InputError(
                    f"{file} has the line {line!r}: eight numbers and a kind were expected. Get it again."
                )
            corners = np.array([float(word) for word in words[:8]]).reshape(-1, 2)
            (x1, y1), (x2, y2) = corners.min(axis=0).tolist(), corners.max(axis=0).tolist()
            difficult = len(words) > 9 and words[9] == "1"
            (ignored if difficult else boxes).setdefault(words[8], []).append((x1, y1, x2, y2))
        pictures.append(Boxed(file.stem, known[file.stem], boxes, frozenset(), ignored, gsd_m=gsd_m))
    kinds = frozenset(kind for picture in pictures for kind in (*picture.boxes_src, *picture.ignored_src))
    whole = [Boxed(**{**vars(picture), "complete": kinds}) for picture in pictures]
    notes = (
        "True boxes are the upright rectangles of DOTA's quadrilaterals, which are larger than these.",
        "Objects marked difficult count neither as found nor as missed.",
        ABSENT_NOTE.format(absent=options.absent),
    )
    return Dataset(
        folder.name, "dota", split, tuple(questions_about(whole, options)), EVERY_BOX, "auto", notes
    )


def _number(text: str) -> float | None:
    try:
        return float(text) or None
    except ValueError:
        return None


def read_yolo(folder: Path, options: ReadOptions) -> Dataset:
    """YOLO: ``data.yaml`` names the kinds and the splits; a text file of shares of the picture for each picture."""
    need(folder, "YOLO", ["data.yaml"])
    try:
        described = yaml.safe_load((folder / "data.yaml").read_text(encoding="utf-8"))
    except (OSError, yaml.YAMLError) as error:
        raise InputError(f"{folder / 'data.yaml'} can't be read as YAML. Get the set again.") from error
    listed = field_of(described or {}, ["names"], "data.yaml")
    names = dict(listed) if isinstance(listed, dict) else dict(enumerate(listed))
    texts = [*names.values(), described.get("path") or ""]
    if not all(
        isinstance(text, str | int) for text in texts
    ):  # YAML can name a list that no memory could print
        raise InputError(f"{folder / 'data.yaml'} has names or a path that are no text. Get the set again.")
    there = [name for name in ("train", "val", "test") if described.get(name)]
    split = split_of(options, there, folder, "val")
    base = folder / str(described.get("path") or "")
    images = next(
        (p for p in (base / described[split], folder / described[split]) if p.is_dir()),
        base / described[split],
    )
    labels = Path(*("labels" if part == "images" else part for part in images.parts))
    for part in (images, labels):
        if not part.is_dir():
            raise InputError(
                f"{folder} looks like YOLO, but its folder {part} is missing. Get the set whole."
            )
    lost = sorted({p.stem for p in labels.glob("*.txt")} - {p.stem for p in pictures_in(images)})
    if lost:
        raise InputError(
            f"{len(lost)} label files of {folder} have no picture in {images}, the first is {lost[0]}. Get the set "
            "whole."
        )
    pictures = [
        Boxed(
            p.name,
            p,
            _yolo_boxes(p, labels / f"{p.stem}.txt", names),
            frozenset(str(n) for n in names.values()),
        )
        for p in pictures_in(images)
    ]
    unlabelled = sum(not (labels / f"{p.path.stem}.txt").is_file() for p in pictures)
    notes = (
        "Outlines of YOLO's segmentation are taken as their upright rectangles.",
        f"{unlabelled} of {len(pictures)} pictures have no label file: in YOLO's layout they show nothing of any kind.",
        ABSENT_NOTE.format(absent=options.absent),
    )
    samples = tuple(questions_about(pictures, options))
    return Dataset(folder.name, "yolo", split, samples, EVERY_BOX, "auto", notes)


def _yolo_boxes(picture: Path, file: Path, names: Mapping[Any, Any]) -> dict[str, list[Xyxy]]:
    if not file.is_file():
        return {}
    width, height = picture_size(picture)
    boxes: dict[str, list[Xyxy]] = {}
    for line in read_lines(file):
        numbers = [float(word) for word in line.split()]
        if len(numbers) < 5 or int(numbers[0]) not in names:
            raise InputError(
                f"{file} has the line {line!r}: a kind that data.yaml names, and four shares, were expected."
            )
        if len(numbers) == 5:
            x, y, w, h = numbers[1:]
            box = ((x - w / 2) * width, (y - h / 2) * height, (x + w / 2) * width, (y + h / 2) * height)
        else:
            xs, ys = numbers[1::2], numbers[2::2]
            box = (min(xs) * width, min(ys) * height, max(xs) * width, max(ys) * height)
        boxes.setdefault(str(names[int(numbers[0])]), []).append(box)
    return boxes


def read_jsonl(folder: Path, options: ReadOptions) -> Dataset:
    """Lines of JSON, ``labels.jsonl``: image, boxes with labels, and the kinds that are boxed completely.

    A line may have ``query``, too, with the answer in ``boxes``; then that is asked as it stands.
    """
    sets = [folder] if (folder / "labels.jsonl").is_file() else sorted(folder.glob("*/"))
    records = [(part, record) for part in sets for record in _records(part / "labels.jsonl")]
    there = sorted({str(record.get("split") or ALL) for _, record in records})
    split = split_of(options, there, folder, "test", "labels.jsonl")
    chosen = [(p, r) for p, r in records if str(r.get("split") or ALL) == split]
    asked = [
        _asked(part, number, r, len(sets) > 1) for number, (part, r) in enumerate(chosen) if r.get("query")
    ]
    unknown = next((r["query"] for _, r in chosen if r.get("query") and r.get("boxes") is None), None)
    if unknown is not None and options.with_truth:
        raise InputError(
            f"The question {unknown!r} of {folder} has no `boxes`. Add them, [] where nothing fits; only learning "
            "without boxes does without."
        )
    boxed = [_labelled(part, r, len(sets) > 1) for part, r in chosen if not r.get("query")]
    samples = (*asked, *questions_about(boxed, options))
    notes = (
        "A kind of which a picture's labels are not complete is not asked there: a box found there could be right.",
        ABSENT_NOTE.format(absent=options.absent),
    )
    return Dataset(folder.name, "jsonl", split, samples, EVERY_BOX, "auto", notes)


def _records(path: Path) -> Iterator[dict[str, Any]]:
    for number, line in enumerate(read_lines(path) if path.is_file() else (), start=1):
        try:
            record = json.loads(line)
        except ValueError as error:
            raise InputError(f"Line {number} of {path} is no JSON. Get the set again.") from error
        if not isinstance(record, dict):
            raise InputError(f"Line {number} of {path} is no JSON object. Get the set again.")
        field_of(record, ["image"], f"Line {number} of {path}")
        yield record


def _groups(part: Path, record: Mapping[str, Any]) -> dict[str, str]:
    groups = {
        "scene-type": record.get("class"), "language": record.get("language"), "type": record.get("type"),
        "source": part.name,
    }  # fmt: skip
    return {name: str(value) for name, value in groups.items() if value}


def _labelled(part: Path, record: Mapping[str, Any], several: bool) -> Boxed:
    boxes: dict[str, list[Xyxy]] = {}
    for item in record.get("boxes") or ():
        label = str(field_of(item, ["label"], f"A box of {record['image']}"))
        x1, y1, x2, y2 = (float(v) for v in field_of(item, ["xyxy"], f"A box of {record['image']}"))
        boxes.setdefault(label, []).append((x1, y1, x2, y2))
    place = str(record.get("place") or "")
    return Boxed(
        key=f"{part.name}/{record['image']}" if several else str(record["image"]),
        path=part / str(record["image"]),
        boxes_src=boxes,
        complete=frozenset(str(kind) for kind in record.get("complete_for") or ()),
        scene=f"{part.name}/{place}" if place else "",
        groups=_groups(part, record),
        gsd_m=record.get("gsd_m"),
    )


def _asked(part: Path, number: int, record: Mapping[str, Any], several: bool) -> Sample:
    boxes = [item["xyxy"] if isinstance(item, dict) else item for item in record.get("boxes") or ()]
    truth = tuple((float(a), float(b), float(c), float(d)) for a, b, c, d in boxes)
    groups = {**_groups(part, record), **({"kind": str(record["kind"])} if record.get("kind") else {})}
    return Sample(
        key=f"{part.name + '/' if several else ''}{record['image']}#{record.get('id', number)}",
        picture=str(part / str(record["image"])),
        question=str(record["query"]),
        truth_src=truth,
        kind=str(record.get("kind") or ""),
        scene=str(record.get("place") or record["image"]),
        groups=groups,
        gsd_m=record.get("gsd_m"),
        also=(str(record.get("id", number)),),
    )


def read_earthreason(folder: Path, options: ReadOptions) -> Dataset:
    """EarthReason: ``RSReasonSeg/SPLIT/{images,labels,QAs}``, paired by sorted order; the first question counts."""
    root = folder / "RSReasonSeg" if (folder / "RSReasonSeg").is_dir() else folder
    there = [name for name in ("train", "val", "test") if (root / name).is_dir()]
    split = split_of(options, there, folder, "test", "RSReasonSeg/SPLIT")
    need(root / split, "EarthReason", ["images", "labels", "QAs"])
    pictures, masks = pictures_in(root / split / "images"), pictures_in(root / split / "labels")
    said = sorted((root / split / "QAs").glob("*.json"))
    if not len(pictures) == len(masks) == len(said):
        lost = without_like({"images": pictures, "labels": masks, "QAs": said})
        raise InputError(
            f"{root / split} has {len(pictures)} images, {len(masks)} labels and {len(said)} QAs, and they pair by "
            f"their order: some are missing. {lost} Get the set whole."
        )
    samples = []
    for picture, mask, file in zip(pictures, masks, said, strict=True):
        record = read_json(file)
        questions = field_of(record, ["questions"], str(file))
        without = not field_of(record, ["answer"], str(file))
        parts = () if without else component_boxes(mask, picture_size(picture))
        if not without and not parts:
            raise InputError(f"{mask} is empty, and {file} has an answer: the pair is broken. Get it again.")
        targets = "none" if without else "one" if len(parts) == 1 else "several"
        groups = {"targets": targets, "scene-type": str(record.get("category") or "unnamed")}
        key = f"{split}/{picture.name}"
        samples.append(
            Sample(key, str(picture), str(questions[0]), parts, "", key, groups, also=(picture.stem,))
        )
    notes = (
        "True boxes are rectangles of masks: one a connected part (eight neighbours); the convention `boxes` says "
        "whether these or the rectangle round the whole mask are measured.",
        "Of several wordings of a question the first is asked, as the field does.",
    )
    conventions = Conventions(boxes="whole", taken="all", empty="one")
    return Dataset(folder.name, "earthreason", split, tuple(samples), conventions, "overview", notes)


def component_boxes(mask: Path, size: tuple[int, int]) -> tuple[Xyxy, ...]:
    """Rectangles round the connected parts of a mask, in pixels of a picture of this width and height.

    Raises:
        InputError: the mask can't be read.
    """
    try:
        with Image.open(mask) as image:
            values = np.asarray(image)
    except OSError as error:
        raise InputError(f"The mask {mask} can't be read. Get the set whole.") from error
    target = (values.any(axis=2) if values.ndim == 3 else values != 0).astype(np.uint8)
    scale_x, scale_y = size[0] / target.shape[1], size[1] / target.shape[0]
    found = []
    for outline, _ in shapes(target, mask=target.astype(bool), connectivity=8):
        x1, y1, x2, y2 = hull([(x, y, x, y) for x, y in outline["coordinates"][0]])
        found.append((x1 * scale_x, y1 * scale_y, x2 * scale_x, y2 * scale_y))
    return tuple(sorted(found))


READERS: Sequence[tuple[str, Any]] = (
    ("earthreason", read_earthreason),
    ("coco", read_coco),
    ("dota", read_dota),
    ("yolo", read_yolo),
    ("jsonl", read_jsonl),
)
