"""Training sets: the boxes of pictures as COCO's one JSON document, or as YOLO's text file a picture."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

from engine import __version__
from engine.export.pictures import Picture
from engine.types import Feature

PICTURES, LABELS = "images", "labels"
COCO_FILE, YOLO_FILE = "annotations.json", "data.yaml"
DIGITS = 3
"""After the point, of coordinates in pixels."""

NAMELESS = "object"


def classes(features: Sequence[Feature], by: str = "label") -> tuple[list[str], list[int]]:
    """The names of classes, sorted, and the class of each feature.

    A class is what a box is labelled, or what was asked: ``by`` is ``label`` or ``query``, and where a box lacks that
    one, the other counts. Upper and lower case are one.
    """
    names = [_class_name(feature, by) for feature in features]
    first: dict[str, str] = {}
    for name in names:
        first.setdefault(name.casefold(), name)
    order = {key: place for place, key in enumerate(sorted(first))}
    return [first[key] for key in order], [order[name.casefold()] for name in names]


def write_coco(
    folder: Path,
    pictures: Sequence[Picture],
    features: Sequence[Feature],
    crs_wkt: str | None,
    by: str = "label",
) -> None:
    """Write ``annotations.json``: ids count from 1, boxes are x, y, width and height in the picture's pixels.

    The outline is the segmentation. ``score``, ``query`` and ``box_id`` of an annotation and ``src`` of an image
    (its rectangle in the raster: column, row, width, height) are this program's own; readers of COCO pass over them.
    """
    names, class_of = classes(features, by)
    images: list[dict[str, Any]] = []
    annotations: list[dict[str, Any]] = []
    for image_id, picture in enumerate(pictures, start=1):
        frame = picture.rectangle
        images.append(
            {
                "id": image_id,
                "file_name": picture.name,
                "width": frame.width_px,
                "height": frame.height_px,
                "src": [frame.col_src, frame.row_src, frame.width_src, frame.height_src],
            }
        )
        for seen in picture.seen:
            about = features[seen.place].properties
            annotations.append(
                {
                    "id": len(annotations) + 1,
                    "image_id": image_id,
                    "category_id": class_of[seen.place] + 1,
                    **_outline(seen.outline_px),
                    "iscrowd": 0,
                    **{"score": about.get("score"), "query": about.get("query"), "box_id": about.get("id")},
                }
            )
    document = {
        "info": {
            "description": "Boxes exported by RemoteZero",
            "version": __version__,
            "date_created": datetime.now(UTC).isoformat(timespec="seconds"),
            "crs_wkt": crs_wkt,
        },
        "licenses": [],
        "images": images,
        "annotations": annotations,
        "categories": [
            {"id": place + 1, "name": name, "supercategory": ""} for place, name in enumerate(names)
        ],
    }
    (folder / COCO_FILE).write_text(json.dumps(document, ensure_ascii=False), encoding="utf-8")


def write_yolo(
    folder: Path, pictures: Sequence[Picture], features: Sequence[Feature], by: str = "label"
) -> None:
    """Write ``data.yaml`` and in ``labels`` one text file a picture, empty where it shows no box.

    A line is the class from 0, then the box's centre, width and height as shares of the picture's sides.
    """
    names, class_of = classes(features, by)
    labels = folder / LABELS
    labels.mkdir()
    for picture in pictures:
        frame = picture.rectangle
        lines = [
            f"{class_of[seen.place]} {_shares(seen.outline_px, frame.width_px, frame.height_px)}\n"
            for seen in picture.seen
        ]
        (labels / f"{Path(picture.name).stem}.txt").write_text("".join(lines), encoding="utf-8")
    listed = "".join(
        f"  {place}: {json.dumps(name, ensure_ascii=False)}\n" for place, name in enumerate(names)
    )
    (folder / YOLO_FILE).write_text(
        "# Exported by RemoteZero. The pictures are not split: put a part of them, from another place than the\n"
        f"# rest, into a folder of their own for val.\ntrain: {PICTURES}\nval: {PICTURES}\nnc: {len(names)}\n"
        f"names:\n{listed}",
        encoding="utf-8",
    )


def _class_name(feature: Feature, by: str) -> str:
    about: Mapping[str, Any] = feature.properties
    other = {"label": "query", "query": "label"}[by]
    return " ".join(str(about.get(by) or about.get(other) or NAMELESS).split()) or NAMELESS


def _outline(outline_px: BaseGeometry) -> dict[str, Any]:
    """Box, area and segmentation of an outline; COCO's polygons have no holes."""
    left, top, right, bottom = outline_px.bounds
    rings = [shapely.get_coordinates(part.exterior)[:-1] for part in shapely.get_parts(outline_px)]
    area = sum(shapely.Polygon(ring).area for ring in rings)
    return {
        "bbox": [round(value, DIGITS) for value in (left, top, right - left, bottom - top)],
        "area": round(area, DIGITS),
        "segmentation": [np.round(ring, DIGITS).ravel().tolist() for ring in rings],
    }


def _shares(outline_px: BaseGeometry, width_px: int, height_px: int) -> str:
    left, top, right, bottom = outline_px.bounds
    centre = ((left + right) / 2 / width_px, (top + bottom) / 2 / height_px)
    return " ".join(
        f"{share:.6f}" for share in (*centre, (right - left) / width_px, (bottom - top) / height_px)
    )
