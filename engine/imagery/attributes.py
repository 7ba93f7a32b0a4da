"""The attributes that a written box has, and of which types they are."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import shapely
import shapely.geometry

from engine.types import Feature

FIELDS: dict[str, type] = {
    "id": str,
    "rank": int,
    "score": float,
    "label": str,
    "reasoning": str,
    "query": str,
    "model": str,
    "adapter": str,
    "prompt_version": str,
    "source": str,
    "window": str,
    "gsd_m": float,
    "truncated": bool,
    "time": str,
}

ADDED_FIELDS: dict[str, type] = {
    "verifier": str, "verifier_adapter": str,
    "source_id": int, "verdict": str, "width_m": float, "height_m": float,
    "outline": str, "outline_model": str, "box": str,
    "change": str, "score_before": float, "score_after": float, "change_note": str, "source_other": str,
    "placed": str, "accuracy_m": float,
    "scene": str, "taken": str,
}  # fmt: skip
"""Beside ``FIELDS``: of features that another model scored than found, that were those of a layer before, were looked
at in QGIS, have outlines, are of two dates, were placed by a camera, or are of a scene of an archive, which was taken
then."""


def in_picture(feature: Feature) -> Feature:
    """A feature that a camera placed, back in the frame of its picture; any other as it is."""
    if not feature.properties.get("placed"):
        return feature
    box = shapely.from_wkt(feature.properties["box"])
    return replace(feature, geometry=shapely.geometry.mapping(box))


def fields_of(features: Sequence[Feature]) -> dict[str, type]:
    """The columns of a result, by name and kind."""
    named = set().union(*(feature.properties for feature in features))
    return {**FIELDS, **{name: kind for name, kind in ADDED_FIELDS.items() if name in named}}
