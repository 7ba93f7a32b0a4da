"""What a served model is taken for: its family by its name or an option, and with it prompts and sizes."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from engine.language.families import FAMILIES
from engine.remote.address import ServerAddress
from engine.types import ModelSpec

USUAL_FAMILY = "qwen3-vl"
"""For names that say nothing: boxes from 0 to 1000, which most models of today write when they are asked to."""


def server_spec(address: ServerAddress, find: Callable[[str], ModelSpec]) -> ModelSpec:
    """The model of a server as data.

    With the option ``like`` it is asked as the model of that name on this machine is: by its prompts, its words
    and its sizes.

    Args:
        address: where it is served.
        find: finds a model of this machine by its name.

    Raises:
        ModelError: there is no model here of the name in ``like``.
    """
    like = address.options.get("like")
    if like is not None:
        spec = replace(find(like), name=address.text)
    else:
        family = FAMILIES[family_of_name(address.model)]
        spec = ModelSpec(address.text, Path(), family.name, family.chip_px, family.crop_px)
    named = address.options.get("family")
    if named is not None:
        family = FAMILIES[named]
        spec = replace(spec, family=named)
        spec = spec if like else replace(spec, chip_px=family.chip_px, crop_px=family.crop_px)
    return replace(
        spec,
        chip_px=address.number("chip_px") or spec.chip_px,
        crop_px=address.number("crop_px") or spec.crop_px,
        max_new_tokens=address.number("max_new_tokens") or spec.max_new_tokens,
    )


def family_of_name(model: str) -> str:
    """The family that a served model's name speaks of; the usual one where it speaks of none."""
    name = _plain(model)
    if re.search(r"glm\d*v", name):
        return "glm-v"
    found = [
        (len(sign), family.name)
        for family in FAMILIES.values()
        for sign in map(_plain, (family.name, *family.model_types))
        if sign in name
    ]
    return max(found)[1] if found else USUAL_FAMILY


def _plain(name: str) -> str:
    return re.sub(r"[^a-z0-9]", "", name.lower())
