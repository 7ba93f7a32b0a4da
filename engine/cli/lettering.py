"""Letters for pictures: a font of this machine that has them all, or else their nearest plain ones; never boxes."""

from __future__ import annotations

import unicodedata
from functools import lru_cache

from PIL import ImageFont

FONTS = (
    "DejaVuSans.ttf", "NotoSans-Regular.ttf", "NotoSansCJK-Regular.ttc", "wqy-zenhei.ttc", "Arial.ttf", "arial.ttf",
    "Arial Unicode.ttf", "msyh.ttc", "PingFang.ttc",
)  # fmt: skip
"""Fonts that systems have, tried in this order; Pillow's own, which has little beyond ASCII, comes last."""

NO_LETTER = "\U0010fffd"
"""Of private use: a font draws its box for it."""

UNKNOWN = "?"

Font = ImageFont.FreeTypeFont | ImageFont.ImageFont


def lettering(text: str, size_px: float) -> tuple[str, Font]:
    """What to write for a text, and in which font.

    Args:
        text: of any script.
        size_px: height of the letters.

    Returns:
        The text as it is with the first font that has all of its letters; where none has, that with most of them, and
        in place of what it lacks the letter without its accent, or a question mark.
    """
    fonts = [font for name in (*FONTS, None) if (font := _font(name, size_px)) is not None]
    best = min(fonts, key=lambda font: len(_lacking(text, font)))  # the first of several
    lacking = _lacking(text, best)
    return "".join(_plain(letter, best) if letter in lacking else letter for letter in text), best


@lru_cache(maxsize=64)
def _font(name: str | None, size_px: float) -> Font | None:
    if name is None:
        return ImageFont.load_default(size_px)
    try:
        return ImageFont.truetype(name, size_px)
    except (OSError, ImportError):
        return None


def _lacking(text: str, font: Font) -> set[str]:
    """Letters that the font has none for."""
    if not isinstance(font, ImageFont.FreeTypeFont):
        return {letter for letter in text if not letter.isascii()}
    box = bytes(font.getmask(NO_LETTER))
    return {letter for letter in text if not letter.isspace() and bytes(font.getmask(letter)) == box}


def _plain(letter: str, font: Font) -> str:
    plain = "".join(part for part in unicodedata.normalize("NFKD", letter) if not unicodedata.combining(part))
    return plain if plain and not _lacking(plain, font) else UNKNOWN
