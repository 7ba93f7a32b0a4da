"""Draws found boxes on their raster, for a look without a GIS."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from itertools import pairwise
from pathlib import Path

from PIL import Image, ImageDraw, ImageFont

from engine.cli.lettering import Font, lettering
from engine.errors import InputError, RasterReadError
from engine.files import check_free, hidden_beside
from engine.imagery.display import NEUTRAL
from engine.imagery.frames import point_crs_to_src
from engine.imagery.network import without_secrets
from engine.imagery.raster import Raster
from engine.imagery.sources import leads_away
from engine.types import Feature, Rectangle

SUFFIXES = (".png", ".jpg", ".jpeg")
MAX_SIDE_PX = 1600
MIN_SIDE_PX = 640
MAX_LABELS = 60
PIECE_PX = 64
CASING = (16, 20, 28)
PAPER = (246, 246, 242)
RAMP = (
    (0.0, (128, 138, 154)),
    (0.4, (64, 156, 255)),
    (0.65, (64, 210, 150)),
    (0.85, (255, 186, 40)),
    (1.0, (255, 88, 56)),
)

Rgb = tuple[int, int, int]
Points = list[tuple[float, float]]


def write_preview(path: str | Path, raster: Raster, features: Sequence[Feature], title: str) -> None:
    """Write a picture of the whole raster with the boxes on it, the best on top.

    Args:
        path: the picture to write; its ending says the format.
        raster: the open raster.
        features: ranked features in its CRS.
        title: a line for the foot of the picture.

    Raises:
        InputError: the picture can't be written.
        RasterReadError: GDAL can't read the raster.
    """
    longer = max(raster.width_src, raster.height_src)
    scale = max(MIN_SIDE_PX, min(MAX_SIDE_PX, longer)) / longer
    width, height = max(1, round(raster.width_src * scale)), max(1, round(raster.height_src * scale))
    picture = _picture(raster, width, height)
    draw = ImageDraw.Draw(picture)
    line = max(2, round(max(width, height) / 500))
    best_last = sorted(features, key=lambda feature: feature.properties["score"])
    for feature in best_last:
        _outline(draw, _rings_px(feature, raster, scale), score_colour(feature.properties["score"]), line)
    letter_px = max(11.0, max(width, height) / 75)
    for feature in best_last[-MAX_LABELS:]:
        _tag(draw, _rings_px(feature, raster, scale), feature, letter_px, (width, height))
    try:
        hidden = hidden_beside(Path(path).resolve())
        try:
            _with_foot(picture, title).save(hidden)
            hidden.replace(Path(path).resolve())
        finally:
            hidden.unlink(missing_ok=True)
    except (OSError, ValueError) as error:
        raise InputError(
            f"The preview can't be written to {path} ({error}). "
            "Give a .png file in a folder that you can write to."
        ) from error


def _picture(raster: Raster, width: int, height: int) -> Image.Image:
    """The whole raster at this size; piece by piece, those that can't be read grey, where it can't be read at once."""
    whole = Rectangle(0, 0, raster.width_src, raster.height_src, width, height)
    try:
        return Image.fromarray(raster.read_chip(whole).pixels)
    except RasterReadError:
        picture, some = Image.new("RGB", (width, height), (NEUTRAL,) * 3), False
        scale = raster.width_src / width, raster.height_src / height
        for left, top in ((x, y) for y in range(0, height, PIECE_PX) for x in range(0, width, PIECE_PX)):
            right, bottom = min(left + PIECE_PX, width), min(top + PIECE_PX, height)
            col, row = int(left * scale[0]), int(top * scale[1])
            size_src = max(1, int(right * scale[0]) - col), max(1, int(bottom * scale[1]) - row)
            with suppress(RasterReadError):
                piece = raster.read_chip(Rectangle(col, row, *size_src, right - left, bottom - top))
                picture.paste(Image.fromarray(piece.pixels), (left, top))
                some = True
        if not some:
            raise
        return picture


def check_preview(path: Path, inputs: Sequence[Path], *, overwrite: bool) -> None:
    """Check that :func:`write_preview` could write there, before the work is done.

    Args:
        path: the picture to write.
        inputs: files that are read, and may not be replaced.
        overwrite: a picture that is there may be replaced.

    Raises:
        OutputExistsError: the file exists and ``overwrite`` is false.
        InputError: no picture's name, no folder, or a file that is read.
    """
    if leads_away(str(path)):
        raise InputError(
            f"The preview {without_secrets(str(path))} is no file's name. Give the path of a file."
        )
    if path.suffix.lower() not in SUFFIXES:
        raise InputError(f"The preview {path} is no picture. Give a name that ends in {', '.join(SUFFIXES)}.")
    check_free(path, overwrite=overwrite, inputs=inputs)


def score_colour(score: float) -> Rgb:
    """Return the colour for a score: grey for no, over blue, green and amber, to red for a sure yes."""
    score = min(max(score, 0.0), 1.0)
    for (low, cold), (high, warm) in pairwise(RAMP):
        if score <= high:
            share = (score - low) / (high - low)
            red, green, blue = (round(c + (w - c) * share) for c, w in zip(cold, warm, strict=True))
            return (red, green, blue)
    return RAMP[-1][1]


def _rings_px(feature: Feature, raster: Raster, scale: float) -> list[Points]:
    coordinates = feature.geometry["coordinates"]
    polygons = [coordinates] if feature.geometry["type"] == "Polygon" else coordinates
    rings = []
    for polygon in polygons:
        points = [point_crs_to_src((x, y), raster.transform) for x, y, *_ in polygon[0]]
        rings.append([(x * scale, y * scale) for x, y in points])
    return rings


def _outline(draw: ImageDraw.ImageDraw, rings: list[Points], colour: Rgb, line: int) -> None:
    for ring in rings:
        draw.line(ring, fill=CASING, width=line + 2, joint="curve")
        draw.line(ring, fill=colour, width=line, joint="curve")


def _tag(
    draw: ImageDraw.ImageDraw,
    rings: list[Points],
    feature: Feature,
    letter_px: float,
    size: tuple[int, int],
) -> None:
    """Write rank, label and score above the box, or inside it where there is no room above."""
    score, label = feature.properties["score"], feature.properties["label"]
    parts = (f"{feature.properties['rank']}", label, f"{score:.2f}")
    text, font = lettering("  ".join(part for part in parts if part), letter_px)
    left, top = min(x for ring in rings for x, _ in ring), min(y for ring in rings for _, y in ring)
    x0, y0, x1, y1 = draw.textbbox((0, 0), text, font=font)
    pad = 3
    wide, high = x1 - x0 + 2 * pad, y1 - y0 + 2 * pad
    left = min(max(left, 0.0), max(0.0, size[0] - wide))
    top = top - high - 2 if top - high - 2 >= 0 else top + 2
    draw.rectangle((left, top, left + wide, top + high), fill=CASING)
    draw.rectangle((left, top, left + 2, top + high), fill=score_colour(score))
    draw.text((left + pad - x0 + 1, top + pad - y0), text, fill=PAPER, font=font)


def _with_foot(picture: Image.Image, title: str) -> Image.Image:
    """Put the title, and the key of colours, under the picture."""
    title, font = lettering(title, max(13.0, picture.width / 65))
    high = round(font.size * 2.2) if isinstance(font, ImageFont.FreeTypeFont) else 28
    whole = Image.new("RGB", (picture.width, picture.height + high), CASING)
    whole.paste(picture, (0, 0))
    draw = ImageDraw.Draw(whole)
    middle = picture.height + high / 2
    key_wide = max(80, picture.width // 6)
    key_left, key_high = picture.width - key_wide - 42, high // 5
    for x in range(key_wide):
        colour = score_colour(x / (key_wide - 1))
        draw.line((key_left + x, middle - key_high, key_left + x, middle + key_high), fill=colour)
    _, small = lettering("01", max(11.0, picture.width / 90))
    draw.text((key_left - 6, middle), "0", fill=PAPER, font=small, anchor="rm")
    draw.text((key_left + key_wide + 6, middle), "1", fill=PAPER, font=small, anchor="lm")
    draw.text((10, middle), _fitted(draw, title, font, key_left - 40), fill=PAPER, font=font, anchor="lm")
    return whole


def _fitted(
    draw: ImageDraw.ImageDraw,
    text: str,
    font: Font,
    width_px: float,
) -> str:
    shown = text
    while len(shown) > 1 and draw.textlength(shown, font=font) > width_px:
        shown = shown[:-2].rstrip() + "…"
    return shown
