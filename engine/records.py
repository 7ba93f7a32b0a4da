"""How detections, windows and pictures are written down, and read back equal to what they were."""

from __future__ import annotations

import io
from dataclasses import asdict, replace
from typing import Any

import numpy as np
from PIL import Image

from engine.types import Detection, Pixels, Window


def detection_record(detection: Detection) -> dict[str, Any]:
    """Return a detection as JSON values, without its crop."""
    return {name: value for name, value in asdict(replace(detection, crop=None)).items() if name != "crop"}


def detection_from_record(record: dict[str, Any]) -> Detection:
    """Rebuild the detection that :func:`detection_record` wrote, equal to the first one."""
    window = Window(**record["window"])
    x0, y0, x1, y1 = record["xyxy_src"]
    return Detection(**{**record, "window": window, "xyxy_src": (x0, y0, x1, y1)})


def png_bytes(pixels: Pixels) -> bytes:
    """Encode uint8 H x W x 3 pixels as PNG; quick rather than small."""
    stream = io.BytesIO()
    Image.fromarray(np.ascontiguousarray(pixels)).save(stream, format="PNG", compress_level=1)
    return stream.getvalue()
