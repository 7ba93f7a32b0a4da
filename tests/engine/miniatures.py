"""Labelled sets in miniature, one of each layout, with boxes that are known: bright squares on dark ground.

The scripted model of :mod:`tests.engine.scripted` finds every bright square, so what an evaluation must say is known.
"""

from __future__ import annotations

import json
import pickle
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import numpy as np
from PIL import Image
from pycocotools import mask as coco_mask

Box = tuple[int, int, int, int]
SIZE = (256, 192)
SQUARES: tuple[tuple[Box, ...], ...] = (
    ((40, 30, 80, 70),),
    ((100, 60, 160, 100), (20, 120, 60, 160)),
    (),
    ((200, 100, 240, 180),),
)
"""Of each picture the bright squares; the third has none."""


def paint(path: Path, squares: Sequence[Box], size: tuple[int, int] = SIZE) -> Path:
    """A dark picture with bright squares."""
    pixels = np.full((size[1], size[0], 3), 60, np.uint8)
    for x1, y1, x2, y2 in squares:
        pixels[y1:y2, x1:x2] = 240
    path.parent.mkdir(parents=True, exist_ok=True)
    Image.fromarray(pixels).save(path)
    return path


def paint_mask(path: Path, squares: Sequence[Box], size: tuple[int, int] = SIZE) -> Path:
    """A mask of the same squares: 255 where they are."""
    mask = np.zeros((size[1], size[0]), np.uint8)
    for x1, y1, x2, y2 in squares:
        mask[y1:y2, x1:x2] = 255
    path.parent.mkdir(parents=True, exist_ok=True)
    Image.fromarray(mask).save(path)
    return path


def write(path: Path, value: Any) -> None:
    """JSON, or text as it is."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(value if isinstance(value, str) else json.dumps(value), encoding="utf-8")


def earthreason(folder: Path) -> Path:
    """Four pictures, one of them without a target, in ``RSReasonSeg/test``."""
    root = folder / "RSReasonSeg" / "test"
    for number, squares in enumerate(SQUARES):
        paint(root / "images" / f"p{number}.jpg", squares)
        paint_mask(root / "labels" / f"p{number}.png", squares)
        said = {
            "questions": [f"Where could one land, {number}?", "Another wording"],
            "answer": ["here"] * bool(squares),
        }
        write(root / "QAs" / f"p{number}.json", said)
    return folder


def vrsbench(folder: Path) -> Path:
    """Three references; boxes are percents of 200 x 100 pixels."""
    boxes = ((10, 20, 30, 60), (50, 10, 75, 50), (20, 60, 40, 90))
    records = []
    for number, (x1, y1, x2, y2) in enumerate(boxes):
        name = f"P{number}.png"
        paint(folder / "Images_val" / name, [(2 * x1, y1, 2 * x2, y2)], (200, 100))
        records.append(
            {
                "image_id": name, "question": f"The plane number {number}", "obj_cls": "plane", "type": "ref",
                "ground_truth": "{" + "".join(f"<{v}>" for v in (x1, y1, x2, y2)) + "}", "question_id": 100 + number,
                "is_unique": number == 0,
            }
        )  # fmt: skip
    write(folder / "VRSBench_EVAL_referring.json", records)
    return folder


def dior_rsvg(folder: Path) -> Path:
    """Three objects in two files; the test split is the first and the last."""
    boxes = [[(40, 30, 80, 70)], [(100, 60, 160, 100), (20, 120, 60, 160)]]
    for number, squares in enumerate(boxes):
        paint(folder / "JPEGImages" / f"0000{number}.jpg", squares)
        items = "".join(
            f"<object><name>ship</name><bndbox><xmin>{x1}</xmin><ymin>{y1}</ymin><xmax>{x2}</xmax><ymax>{y2}</ymax>"
            f"</bndbox><description>ship {number}.{place}</description></object>"
            for place, (x1, y1, x2, y2) in enumerate(squares)
        )
        text = f"<annotation><filename>0000{number}.jpg</filename>{items}</annotation>"
        write(folder / "Annotations" / f"0000{number}.xml", text)
    write(folder / "train.txt", "1\n")
    write(folder / "test.txt", "0\n2\n")
    return folder


def rrsis_d(folder: Path) -> Path:
    """Two references with masks: run lengths in a list, and polygons."""
    first = np.zeros((SIZE[1], SIZE[0]), np.uint8, order="F")
    first[30:70, 40:80] = 1
    runs = coco_mask.encode(first)
    runs["counts"] = runs["counts"].decode("ascii")
    annotations = [
        {"id": 7, "image_id": 1, "category_id": 3, "segmentation": [runs], "bbox": [0, 0, 1, 1]},
        {
            "id": 8, "image_id": 2, "category_id": 3,
            "segmentation": [[100, 60, 160, 60, 160, 100, 100, 100]], "bbox": [0, 0, 1, 1],
        },
    ]  # fmt: skip
    images = [{"id": n, "file_name": f"0{n}.jpg", "height": SIZE[1], "width": SIZE[0]} for n in (1, 2)]
    write(
        folder / "rrsisd" / "instances.json",
        {"images": images, "annotations": annotations, "categories": [{"id": 3, "name": "airport"}]},
    )
    refs = [
        {
            "ref_id": n, "ann_id": 6 + n, "image_id": n, "category_id": 3, "split": "test", "file_name": f"0{n}.jpg",
            "sentences": [{"sent_id": 40 + n, "sent": f"the airport {n}", "raw": f"The airport {n}"}],
        }
        for n in (1, 2)
    ]  # fmt: skip
    (folder / "rrsisd" / "refs(unc).p").write_bytes(pickle.dumps(refs))
    for n, squares in ((1, SQUARES[0]), (2, SQUARES[1][:1])):
        paint(folder / "images" / "rrsisd" / "JPEGImages" / f"0{n}.jpg", squares)
    return folder


def geobench_vlm(folder: Path) -> Path:
    """Two questions, the second with two targets, one of them a quadrilateral that stands on its corner."""
    root = folder / "Ref-Det"
    paint(root / "images" / "ref_0.png", SQUARES[0])
    paint(root / "images" / "ref_1.png", SQUARES[1])
    write(
        root / "qa.json",
        [
            {
                "image_path": "Ref-Det/images/ref_0.png", "prompts": ["the ship", "a ship"], "question_id": 0,
                "ground_truth": [[40, 30], [80, 30], [80, 70], [40, 70]], "task": "Ref-Det", "cls_description": "ship",
            },
            {
                "image_path": "images/ref_1.png", "prompts": ["both ships"], "question_id": 1, "task": "Ref-Det",
                "ground_truth": [[130, 60, 160, 80, 130, 100, 100, 80], [20, 120, 60, 120, 60, 160, 20, 160]],
            },
        ],
    )  # fmt: skip
    return folder


def coco(folder: Path) -> Path:
    """Four pictures, two categories, one crowd."""
    annotations = []
    for number, squares in enumerate(SQUARES):
        paint(folder / "images" / f"p{number}.png", squares)
        for x1, y1, x2, y2 in squares:
            annotations.append(
                {
                    "id": len(annotations) + 1, "image_id": number + 1, "category_id": 1, "iscrowd": 0,
                    "bbox": [x1, y1, x2 - x1, y2 - y1], "area": (x2 - x1) * (y2 - y1),
                }
            )  # fmt: skip
    annotations.append(
        {"id": 99, "image_id": 1, "category_id": 2, "iscrowd": 1, "bbox": [0, 0, 10, 10], "area": 100}
    )
    write(
        folder / "annotations" / "instances_val2017.json",
        {
            "images": [
                {"id": n + 1, "file_name": f"p{n}.png", "width": SIZE[0], "height": SIZE[1]}
                for n in range(len(SQUARES))
            ],
            "annotations": annotations,
            "categories": [{"id": 1, "name": "roof"}, {"id": 2, "name": "bus"}],
        },
    )
    return folder


def dota(folder: Path) -> Path:
    """Two pictures in ``val``; one quadrilateral stands on its corner, one object is difficult."""
    root = folder / "val"
    paint(root / "images" / "P1.png", SQUARES[0])
    paint(root / "images" / "P2.png", SQUARES[1])
    write(root / "labelTxt" / "P1.txt", "imagesource:GoogleEarth\ngsd:0.5\n60 30 80 50 60 70 40 50 plane 0\n")
    lines = ["100 60 160 60 160 100 100 100 plane 0", "20 120 60 120 60 160 20 160 ship 1"]
    write(root / "labelTxt" / "P2.txt", "imagesource:GoogleEarth\ngsd:null\n" + "\n".join(lines) + "\n")
    return folder


def yolo(folder: Path) -> Path:
    """Four pictures in ``images/val``; the second label of the second picture is an outline."""
    write(
        folder / "data.yaml", "path: .\ntrain: images/train\nval: images/val\nnames:\n  0: roof\n  1: bus\n"
    )
    for number, squares in enumerate(SQUARES):
        paint(folder / "images" / "val" / f"p{number}.png", squares)
        lines = []
        for place, (x1, y1, x2, y2) in enumerate(squares):
            width, height = SIZE
            if place:
                corners = [x1 / width, y1 / height, x2 / width, y1 / height, x2 / width, y2 / height]
                lines.append("0 " + " ".join(map(str, corners)))
            else:
                lines.append(
                    f"0 {(x1 + x2) / 2 / width} {(y1 + y2) / 2 / height} {(x2 - x1) / width} {(y2 - y1) / height}"
                )
        if squares:
            write(folder / "labels" / "val" / f"p{number}.txt", "\n".join(lines) + "\n")
    return folder


def jsonl(folder: Path) -> Path:
    """Three labelled pictures, of which one is complete for nothing, and one question as it stands."""
    lines = []
    for number, squares in enumerate(SQUARES):
        paint(folder / "images" / f"p{number}.png", squares)
        lines.append(
            {
                "image": f"images/p{number}.png", "gsd_m": 0.5, "place": f"town {number // 2}",
                "class": "urban" if number < 2 else "coast",
                "boxes": [{"xyxy": list(box), "label": "roof"} for box in squares],
                "complete_for": ["roof"] if number != 3 else [],
            }
        )  # fmt: skip
    lines.append(
        {
            "image": "images/p0.png", "query": "das helle Dach", "language": "de", "id": "q1", "kind": "roof",
            "boxes": [list(SQUARES[0][0])],
        }
    )  # fmt: skip
    write(folder / "labels.jsonl", "".join(json.dumps(line) + "\n" for line in lines))
    return folder


MAKERS: dict[str, Callable[[Path], Path]] = {
    "earthreason": earthreason,
    "vrsbench": vrsbench,
    "dior-rsvg": dior_rsvg,
    "rrsis-d": rrsis_d,
    "geobench-vlm": geobench_vlm,
    "coco": coco,
    "dota": dota,
    "yolo": yolo,
    "jsonl": jsonl,
}
