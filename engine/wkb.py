"""Polygons as well-known binary (OGC 06-103r4, 8.2), the form in which GDAL takes and gives them."""

from __future__ import annotations

import struct
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import numpy as np

POLYGON = 3
MULTIPOLYGON = 6
_LITTLE_ENDIAN = b"\x01"

Rings = Sequence[Sequence[Sequence[float]]]


def to_wkb(geometry: Mapping[str, Any], *, multi: bool = False) -> bytes:
    """Write a GeoJSON Polygon or MultiPolygon; ``multi`` makes a MultiPolygon of a Polygon too.

    Raises:
        ValueError: it is of another type.
    """
    kind, coordinates = geometry["type"], geometry["coordinates"]
    if kind == "Polygon" and not multi:
        return _polygon(coordinates)
    if kind not in ("Polygon", "MultiPolygon"):
        raise ValueError(f"The geometry is a {kind}: only Polygon and MultiPolygon can be written.")
    polygons = [coordinates] if kind == "Polygon" else coordinates
    head = _LITTLE_ENDIAN + struct.pack("<II", MULTIPOLYGON, len(polygons))
    return head + b"".join(_polygon(rings) for rings in polygons)


def _polygon(rings: Rings) -> bytes:
    parts = [_LITTLE_ENDIAN, struct.pack("<II", POLYGON, len(rings))]
    for ring in rings:
        points = np.array([(point[0], point[1]) for point in ring], "<f8")
        parts += [struct.pack("<I", len(points)), points.tobytes()]
    return b"".join(parts)


def from_wkb(data: bytes) -> dict[str, Any] | None:
    """Read a two-dimensional Polygon or MultiPolygon as GeoJSON; None for any other or empty geometry."""
    order = "<" if data[:1] == _LITTLE_ENDIAN else ">"
    (kind,) = struct.unpack_from(order + "I", data, 1)
    if kind == POLYGON:
        rings, _ = _read_polygon(data, 0)
        return {"type": "Polygon", "coordinates": rings} if rings else None
    if kind == MULTIPOLYGON:
        polygons = [rings for rings in _read_polygons(data, order) if rings]
        return {"type": "MultiPolygon", "coordinates": polygons} if polygons else None
    return None


def _read_polygons(data: bytes, order: str) -> Iterator[list[list[list[float]]]]:
    (count,) = struct.unpack_from(order + "I", data, 5)
    offset = 9
    for _ in range(count):
        rings, offset = _read_polygon(data, offset)
        yield rings


def _read_polygon(data: bytes, offset: int) -> tuple[list[list[list[float]]], int]:
    order = "<" if data[offset : offset + 1] == _LITTLE_ENDIAN else ">"
    (n_rings,) = struct.unpack_from(order + "I", data, offset + 5)
    offset += 9
    rings: list[list[list[float]]] = []
    for _ in range(n_rings):
        (n_points,) = struct.unpack_from(order + "I", data, offset)
        points = np.frombuffer(data, order + "f8", 2 * n_points, offset + 4)
        rings.append(points.reshape(-1, 2).tolist())
        offset += 4 + 16 * n_points
    return rings, offset
