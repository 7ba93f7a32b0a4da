"""A small run of self-improvement that any machine can do: a raster of coloured patches, boxes, and a request."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np
import rasterio
from rasterio.transform import from_origin

LEFT, TOP = 5e5, 5e6


def write_patches(path: Path) -> Path:
    """A picture of coloured patches, large enough for several places."""
    rng = np.random.default_rng(4)
    coarse = rng.integers(0, 255, (3, 40, 48))
    pixels = np.kron(coarse, np.ones((1, 16, 16))).astype(np.uint8)
    profile = {"driver": "GTiff", "width": 768, "height": 640, "count": 3, "dtype": "uint8"}
    with rasterio.open(
        path, "w", crs="EPSG:32632", transform=from_origin(LEFT, TOP, 1, 1), **profile
    ) as file:
        file.write(pixels)
    return path


def write_boxes(path: Path) -> Path:
    """A few drawn boxes: a model of random weights has no verifier that could teach it."""
    rng = np.random.default_rng(5)
    features = []
    for _ in range(120):
        x, y = LEFT + rng.uniform(0, 730), TOP - rng.uniform(0, 600)
        ring = [[x, y], [x + 30, y], [x + 30, y - 30], [x, y - 30], [x, y]]
        query = {"query": str(rng.choice(["the ship", "the airplane"]))}
        geometry = {"type": "Polygon", "coordinates": [ring]}
        features.append({"type": "Feature", "properties": query, "geometry": geometry})
    crs = {"type": "name", "properties": {"name": "urn:ogc:def:crs:EPSG::32632"}}
    path.write_text(json.dumps({"type": "FeatureCollection", "crs": crs, "features": features}))
    return path


def request_for(folder: Path, model: Path, **values: Any) -> dict[str, Any]:
    """A request over the patches and boxes in ``folder``, one round of it."""
    return {
        "rasters": [str(folder / "patches.tif")],
        "reward": "iou",
        "boxes": str(folder / "boxes.geojson"),
        "model": str(model),
        "rounds": 1,
        "minutes": 0.2,
        "group_size": 2,
        **values,
    }
