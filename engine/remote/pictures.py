"""Pictures and words as a chat's request."""

from __future__ import annotations

import base64
import io
from typing import Any

import numpy as np
from PIL import Image

from engine.language.families import FAMILIES, sent_size
from engine.types import ModelSpec, Pixels


def png_base64(pixels: Pixels) -> str:
    """A picture as PNG, which loses nothing, in base64."""
    png = io.BytesIO()
    Image.fromarray(pixels).save(png, "PNG", compress_level=1)
    return base64.b64encode(png.getvalue()).decode("ascii")


def chat(model: str, words: str, picture: Pixels, **more: Any) -> tuple[str, dict[str, Any]]:
    """A chat of one message, the picture before the words as in the engine's own prompts."""
    content = [
        {"type": "image_url", "image_url": {"url": f"data:image/png;base64,{png_base64(picture)}"}},
        {"type": "text", "text": words},
    ]
    return "/chat/completions", {"model": model, "messages": [{"role": "user", "content": content}], **more}


def as_sent(spec: ModelSpec, pixels: Pixels) -> Pixels:
    """A chip as it is sent.

    A family that answers in pixels of the resized picture gets it in that size already, so that its numbers mean
    the same whatever the server makes of pictures.
    """
    family = FAMILIES[spec.family]
    height, width = pixels.shape[:2]
    size = sent_size(family, width, height)
    if family.full_scale is not None or size == (width, height):
        return pixels
    return np.asarray(Image.fromarray(pixels).resize(size, Image.Resampling.BICUBIC))
