"""Ground textures: periodic tiles of fractal noise, made once per process and cut from ever after.

A tile depends only on its arguments, so scenes stay reproducible whatever was drawn before.
"""

from __future__ import annotations

from functools import lru_cache

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageDraw

from trainer.lab.scenes.palette import Rgb, shade

TILE_PX = 512
VARIANTS = 3
# Material: spectral slope, coarse and fine contrast in grey levels, and hue wander.
_GRAIN: dict[str, tuple[float, float, float, float]] = {
    "grass": (1.25, 9.0, 6.0, 4.0),
    "dry grass": (1.3, 12.0, 6.0, 6.0),
    "field": (1.1, 7.0, 5.0, 3.0),
    "soil": (1.5, 13.0, 6.0, 4.0),
    "sand": (1.6, 10.0, 4.0, 3.0),
    "asphalt": (1.4, 7.0, 4.0, 1.0),
    "concrete": (1.4, 9.0, 5.0, 2.0),
    "gravel": (1.0, 9.0, 8.0, 2.0),
    "water": (1.5, 5.0, 2.5, 2.0),
    "woods": (1.0, 8.0, 5.0, 4.0),
}


@lru_cache(maxsize=64)
def fractal(slope: float, seed: int) -> NDArray[np.float32]:
    """Periodic noise, ``TILE_PX`` square, mean 0, deviation 1, amplitude falling as frequency**-slope."""
    rng = np.random.default_rng([seed, int(slope * 100)])
    fy, fx = np.fft.fftfreq(TILE_PX)[:, None], np.fft.rfftfreq(TILE_PX)[None, :]
    radius = np.hypot(fx, fy)
    radius[0, 0] = 1.0
    spectrum = np.fft.rfft2(rng.standard_normal((TILE_PX, TILE_PX))) * radius**-slope
    spectrum[0, 0] = 0.0
    noise = np.fft.irfft2(spectrum, s=(TILE_PX, TILE_PX))
    scaled: NDArray[np.float32] = (noise / noise.std()).astype(np.float32)
    return scaled


@lru_cache(maxsize=128)
def material_tile(material: str, colour: Rgb, variant: int) -> Image.Image:
    """RGB tile of one material round its mean colour."""
    slope, coarse, fine, hue = _GRAIN[material]
    light = fractal(slope, variant) * coarse + fractal(0.2, variant + 7) * fine
    wander = fractal(1.6, variant + 13) * hue
    tile = np.stack([light + wander, light, light - wander], -1) + np.asarray(colour, np.float32)
    image = Image.fromarray(np.clip(tile, 0, 255).astype(np.uint8))
    return _with_crowns(image, colour, variant) if material == "woods" else image


def _with_crowns(image: Image.Image, colour: Rgb, variant: int) -> Image.Image:
    """Cover a tile with tree crowns; the variant sets their size."""
    rng = np.random.default_rng([17, variant])
    draw = ImageDraw.Draw(image)
    radius = (3.0, 5.0, 8.0)[variant % VARIANTS]
    for x, y, r, tone in rng.random((int(90000 / radius**2), 4)).tolist():
        cx, cy, r = x * TILE_PX, y * TILE_PX, radius * (0.6 + 0.7 * r)
        crown = shade(colour, 0.75 + 0.5 * tone)
        draw.ellipse((cx - r, cy - r, cx + r, cy + r), fill=shade(crown, 0.66))
        draw.ellipse((cx - r, cy - r, cx + r * 0.6, cy + r * 0.6), fill=crown)
        draw.ellipse((cx - r * 0.7, cy - r * 0.7, cx, cy), fill=shade(crown, 1.3))
    return image


def cut(tile: Image.Image, rng: np.random.Generator, width_px: int, height_px: int) -> Image.Image:
    """Cut a random rectangle out of a periodic tile, repeating the tile where it is too small."""
    x, y = (int(v) for v in rng.integers(0, TILE_PX, 2))
    if x + width_px <= TILE_PX and y + height_px <= TILE_PX:
        return tile.crop((x, y, x + width_px, y + height_px))
    out = Image.new(tile.mode, (width_px, height_px))
    for left in range(-x, width_px, TILE_PX):
        for top in range(-y, height_px, TILE_PX):
            out.paste(tile, (left, top))
    return out


@lru_cache(maxsize=32)
def dirt_tile(percent: int) -> Image.Image:
    """Grey tile to multiply a drawing with: 255 is clean, ``percent`` the usual depth of the stains."""
    grime = fractal(1.2, 41) * 0.6 + fractal(0.6, 43) * 0.4
    return Image.fromarray(np.clip(255 * (1 - percent / 100 * (0.5 + 0.5 * grime)), 90, 255).astype(np.uint8))


@lru_cache(maxsize=96)
def crown_stamp(colour: Rgb, radius_px: int, variant: int) -> Image.Image:
    """RGBA stamp of one tree crown."""
    rng = np.random.default_rng([29, radius_px, variant])
    side = 2 * radius_px + 2
    image = Image.new("RGBA", (side * 3, side * 3), (*colour, 0))
    draw = ImageDraw.Draw(image)
    middle, full = side * 1.5, radius_px * 3.0
    for i in range(14):
        a, d = rng.uniform(0, 6.28), full * 0.5 * rng.random()
        x, y, r = middle + d * np.cos(a), middle + d * np.sin(a), full * rng.uniform(0.3, 0.5)
        draw.ellipse((x - r, y - r, x + r, y + r), fill=(*shade(colour, 0.7 + 0.5 * i / 14), 255))
    return image.reduce(3)
