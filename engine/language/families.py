"""Model families as data: how each one is asked, and in which space its boxes are.

A family is a row of :data:`FAMILIES`. Nothing here knows torch; the model files read the same
rows as the parser, so what is sent and what is read back can't disagree about a coordinate.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

BOX = '{"bbox_2d": [x1, y1, x2, y2], "label": "what it is"}'
Y_FIRST_BOX = '{"box_2d": [y1, x1, y2, x2], "label": "what it is"}'
LOCATE = (
    'You look at an overhead image. Find everything in it that answers this: "{query}".\n'
    "First say in one or two short sentences what is sought and where it can be seen. "
    "Then give the answer as a JSON list with one entry for each object that fits, "
    "[{box}], {frame}. "
    "If nothing in the image fits, the answer is []."
)
VERIFY = (
    'Someone asked of an overhead image: "{query}". This is a part of that image. '
    "Does what is in its middle answer the question? Reply with one word, yes or no."
)
PRESENCE = (
    'Someone asked of this overhead image: "{query}". '
    "Is there anything in the image that answers the question? Reply with one word, yes or no."
)


def _prompts(frame: str, box: str = BOX) -> Mapping[str, str]:
    locate = LOCATE.replace("{box}", box).replace("{frame}", frame)
    return MappingProxyType({"locate": locate, "verify": VERIFY, "presence": PRESENCE})


THOUSAND = "with coordinates from 0 to 1000 counted from the top left corner"
RELATIVE = _prompts(THOUSAND)
Y_FIRST = _prompts(THOUSAND, Y_FIRST_BOX)
SHARES = _prompts("with coordinates from 0 to 1 counted from the top left corner")
ABSOLUTE = _prompts("with coordinates in pixels counted from the top left corner")


@dataclass(frozen=True)
class Family:
    """One model family.

    Attributes:
        name: key into :data:`FAMILIES`.
        model_types: values of ``model_type`` in ``config.json`` that belong to it.
        runs: True where this engine can load it; the others are known to the parser only.
        full_scale: the number that stands for the whole width or height in its answers; None when
            it answers in pixels of the resized picture.
        advice: what to do with one that does not run.
        own_processor: True where a picture is whatever the checkpoint's own processor makes of it (tiles,
            crops, marks in the text) and positions are counted; else it is resized here, by the rule of the
            Qwen processors, and its tokens have places in two dimensions.
        packs: True where every layer is plain attention, so that answers which are compared in training can
            share one row with their prompt.
        learns: parts of the model whose linear layers carry adapters, as their modules are called. The eye of
            the Qwen-VLs is one of them: what a new region looks like has to reach it. The others'
            learn to speak alone, and their pictures are looked at as the checkpoint does.
        square: True where pictures that are not square are filled up at their right or bottom before they
            are sent, since the processor would cut them.
        y_first: True when a box is (y1, x1, y2, x2).
        merge: patches a side that make one token, where ``config.json`` does not say.
        factor_px: side of one merged vision token; sent pictures are multiples of it. 0: not resized.
        min_pixels, max_pixels: bounds of the resized picture's pixel count.
        min_side_px: pictures with a shorter side are enlarged before they are sent.
        chip_px, crop_px: sensible defaults for ``ModelSpec``.
        prompts: templates ``locate``, ``verify``, ``presence`` with ``{query}`` in them.
        yes, no: spellings of the answer whose first tokens are summed; those that are not one token
            of a model's vocabulary are left out there.
    """

    name: str
    model_types: tuple[str, ...]
    runs: bool
    full_scale: float | None
    advice: str = "Serve this one elsewhere, or choose another model."
    own_processor: bool = False
    packs: bool = False
    learns: tuple[str, ...] = ("language_model",)
    square: bool = False
    y_first: bool = False
    merge: int = 2
    factor_px: int = 0
    min_pixels: int = 1
    max_pixels: int = 2**31
    min_side_px: int = 1
    chip_px: int = 1024
    crop_px: int = 384
    prompts: Mapping[str, str] = field(default_factory=lambda: RELATIVE)
    yes: tuple[str, ...] = ("Yes", "yes", " Yes", " yes", "YES")
    no: tuple[str, ...] = ("No", "no", " No", " no", "NO")


_ALL = (
    Family(
        "qwen3-vl",
        ("qwen3_vl",),
        runs=True,
        full_scale=1000.0,
        packs=True,
        learns=("language_model", "visual"),
        factor_px=32,
        min_pixels=256 * 256,
        max_pixels=4096 * 4096,
        min_side_px=64,
    ),
    Family(
        "qwen2.5-vl",
        ("qwen2_5_vl",),
        runs=True,
        full_scale=None,
        packs=True,
        learns=("language_model", "visual"),
        factor_px=28,
        min_pixels=56 * 56,
        max_pixels=28 * 28 * 16384,
        min_side_px=56,
        chip_px=1008,
        crop_px=392,
        prompts=ABSOLUTE,
    ),
    # As Qwen3-VL; most of its layers keep a state, so that its answers don't pack.
    Family(
        "qwen3.5",
        ("qwen3_5",),
        runs=True,
        full_scale=1000.0,
        factor_px=32,
        min_pixels=256 * 256,
        max_pixels=4096 * 4096,
        min_side_px=64,
    ),
    # [[x1, y1, x2, y2]] in <box> behind a name in <ref>, or JSON.
    Family(
        "internvl",
        ("internvl",),
        runs=True,
        full_scale=1000.0,
        own_processor=True,
        packs=True,
        chip_px=896,
        crop_px=448,
    ),
    Family(
        "internvl-chat",
        ("internvl_chat",),
        runs=False,
        full_scale=1000.0,
        advice="Take the repository of the same model whose name ends in -hf.",
    ),
    Family("deepseek-vl2", ("deepseek_vl_v2",), runs=False, full_scale=999.0),
    Family("geochat", ("geochat",), runs=False, full_scale=100.0),
    Family("paligemma", ("paligemma",), runs=False, full_scale=1024.0, y_first=True),
    Family("moondream", ("moondream", "moondream1"), runs=False, full_scale=1.0),
    Family("florence2", ("florence2",), runs=False, full_scale=1000.0),
    Family("glm-v", ("glm4v", "glm4v_moe", "glm46v"), runs=False, full_scale=1000.0),
    # As Gemini: box_2d, y first. Its picture tokens look at each other, and its layers through windows.
    Family(
        "gemma",
        ("gemma3", "gemma4", "gemma4_unified"),
        runs=True,
        full_scale=1000.0,
        own_processor=True,
        y_first=True,
        merge=3,
        chip_px=896,
        prompts=Y_FIRST,
    ),
    # Shares of the square that a picture is filled up to, as it was taught.
    Family(
        "llava",
        ("llava",),
        runs=True,
        full_scale=1.0,
        own_processor=True,
        packs=True,
        square=True,
        merge=1,
        chip_px=336,
        crop_px=336,
        prompts=SHARES,
    ),
    # Shares of the picture; convolutions keep a state.
    Family("lfm2-vl", ("lfm2_vl",), runs=True, full_scale=1.0, own_processor=True, prompts=SHARES),
    # As in its <box>x1 y1 x2 y2</box>; the language model of Qwen3.5.
    Family(
        "minicpm-v", ("minicpmv4_6", "minicpmv4_7"), runs=True, full_scale=1000.0, own_processor=True, merge=4
    ),
    Family("gemini", (), runs=False, full_scale=1000.0, y_first=True),
    Family("remotereasoner", (), runs=False, full_scale=None, prompts=ABSOLUTE),
)

FAMILIES: Mapping[str, Family] = MappingProxyType({family.name: family for family in _ALL})

_OUTLINERS = (
    Family("sam2", ("sam2", "sam2_video"), runs=True, full_scale=None, crop_px=1024),
    Family("edgetam", ("edgetam", "edgetam_video"), runs=True, full_scale=None, crop_px=1024),
    Family("sam3", ("sam3_tracker", "sam3_video"), runs=True, full_scale=None, chip_px=1008, crop_px=1008),
)

OUTLINERS: Mapping[str, Family] = MappingProxyType({family.name: family for family in _OUTLINERS})
"""Families that say which pixels of a box belong to what is in it, and can be asked nothing in words."""


def family_of_model_type(model_type: str) -> Family | None:
    """Return the family whose ``config.json`` carries ``model_type``, or None when no family does."""
    return next((family for family in (*_ALL, *_OUTLINERS) if model_type in family.model_types), None)


def sent_size(
    family: Family,
    width_px: int,
    height_px: int,
    *,
    min_pixels: int | None = None,
    max_pixels: int | None = None,
) -> tuple[int, int]:
    """Size at which a picture of ``width_px`` x ``height_px`` is shown to the model.

    Both sides become multiples of the family's token side, the pixel count stays within the bounds
    and the aspect ratio is kept as well as that allows (the rule of the Qwen processors). A side that
    is still shorter than the family's minimum is stretched, so no strip is too narrow to be sent.

    Args:
        family: the model's family.
        width_px: width of the picture, at least 1.
        height_px: height of the picture, at least 1.
        min_pixels: the checkpoint's own lower bound where it differs from the family's.
        max_pixels: the checkpoint's own upper bound.

    Returns:
        (width, height) in pixels of the resized picture.
    """
    if not family.factor_px:
        return width_px, height_px
    low = family.min_pixels if min_pixels is None else min_pixels
    high = family.max_pixels if max_pixels is None else max_pixels
    factor = family.factor_px
    room = max(1.0, family.chip_px / max(width_px, height_px))
    enlarge = min(room, max(1.0, family.min_side_px / min(width_px, height_px)))
    width = max(width_px * enlarge, family.min_side_px)
    height = max(height_px * enlarge, family.min_side_px)
    width_out = max(factor, round(width / factor) * factor)
    height_out = max(factor, round(height / factor) * factor)
    if width_out * height_out > high:
        shrink = math.sqrt(width * height / high)
        width_out = max(factor, math.floor(width / shrink / factor) * factor)
        height_out = max(factor, math.floor(height / shrink / factor) * factor)
    elif width_out * height_out < low:
        grow = math.sqrt(low / (width * height))
        width_out = math.ceil(width * grow / factor) * factor
        height_out = math.ceil(height * grow / factor) * factor
    return width_out, height_out


def answer_scale(family: Family, width_px: int, height_px: int) -> tuple[float, float]:
    """Numbers in the family's answers that stand for a chip's whole width and height.

    Args:
        family: the model's family.
        width_px: width of the chip.
        height_px: height of the chip.

    Returns:
        (scale_x, scale_y): ``x_norm / scale_x * width_px`` is x in chip pixels.
    """
    if family.full_scale is not None:
        side = max(width_px, height_px) if family.square else 0
        return (
            family.full_scale * (width_px / side if side else 1),
            family.full_scale * (height_px / side if side else 1),
        )
    width, height = sent_size(family, width_px, height_px)
    return float(width), float(height)
