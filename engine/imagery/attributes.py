"""The attributes that a written box has, and of which types they are."""

from __future__ import annotations

from collections.abc import Sequence

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
    "source_id": int, "verdict": str, "width_m": float, "height_m": float,
    "outline": str, "outline_model": str, "box": str,
}  # fmt: skip
"""Beside ``FIELDS``, where features were those of a layer before, were looked at in QGIS, or have outlines."""


def fields_of(features: Sequence[Feature]) -> dict[str, type]:
    """The columns of a result, by name and kind."""
    named = set().union(*(feature.properties for feature in features))
    return {**FIELDS, **{name: kind for name, kind in ADDED_FIELDS.items() if name in named}}
