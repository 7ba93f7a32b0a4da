"""What happens between the ground and the file: light, air, optics, detector, compression."""

from __future__ import annotations

import io
import math
from functools import lru_cache
from typing import Any

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from engine.types import Pixels
from trainer.lab.scenes.regions import Region
from trainer.lab.scenes.textures import TILE_PX, fractal


def expose(image: Image.Image, region: Region, rng: np.random.Generator) -> Pixels:
    """Turn a drawn ground into what the region's sensor delivers.

    Returns:
        uint8, height x width x 3.
    """
    image = _coarsened(_grade(image, region, rng), region, rng)
    pixels = _blurred(np.asarray(image), rng.uniform(*region.blur_px))
    if rng.random() < 0.35:
        buffer = io.BytesIO()
        Image.fromarray(pixels).save(buffer, "JPEG", quality=int(rng.integers(45, 90)))
        pixels = np.asarray(Image.open(buffer))
    return _detect(pixels, region, rng)


@lru_cache(maxsize=8)
def _light_tile(seed: int) -> NDArray[np.uint16]:
    """Uneven light and dirt on ground and objects alike, as gains in 128ths."""
    light = fractal(1.7, seed) * 0.05 + fractal(0.7, seed + 2) * 0.035
    return np.clip((1.0 + light) * 128, 80, 200).astype(np.uint16)[..., None]


@lru_cache(maxsize=8)
def _grain_tile(seed: int) -> NDArray[np.int16]:
    """Detector noise of the three channels, deviation 32; a third of it is common to them."""
    common = fractal(0.2, seed)
    layers = [0.55 * common + 0.83 * fractal(0.1, seed + c) for c in (1, 2, 3)]
    return (np.stack(layers, -1) * 32).astype(np.int16)


def _cut(tile: NDArray[Any], rng: np.random.Generator, height: int, width: int) -> NDArray[Any]:
    """Cut a random rectangle out of a periodic tile."""
    y, x = (int(v) for v in rng.integers(0, TILE_PX, 2))
    if y + height <= TILE_PX and x + width <= TILE_PX:
        return tile[y : y + height, x : x + width]
    rows, columns = (y + np.arange(height)) % TILE_PX, (x + np.arange(width)) % TILE_PX
    return tile[rows][:, columns]


def _grade(image: Image.Image, region: Region, rng: np.random.Generator) -> Image.Image:
    """Sensor colours, saturation, gamma, contrast, cast and haze."""
    saturation = rng.uniform(*region.saturation)
    mix = (saturation * np.eye(3) + (1 - saturation) / 3) @ np.reshape(region.matrix, (3, 3))
    image = image.convert("RGB", tuple(np.hstack([mix, np.zeros((3, 1))]).ravel().tolist()))
    gamma, contrast = rng.uniform(*region.gamma), rng.uniform(*region.contrast)
    low, high = region.haze
    haze = low + (high - low) * rng.random() ** 1.5
    if rng.random() < region.haze_bank:
        haze = rng.uniform(0.35, 0.6)
    warmth = rng.uniform(-0.06, 0.06)
    gain = np.asarray(region.gain) * rng.uniform(0.98, 1.02, 3) * (1 + warmth, 1, 1 - warmth)
    value = np.clip(gain[:, None] * np.linspace(0, 1, 256), 0, 1) ** gamma
    value = np.clip((value - 0.45) * contrast + 0.45, 0, 1) * (1 - haze)
    value += haze * np.asarray(region.airlight)[:, None] / 255
    return image.point(np.clip(value * 255, 0, 255).astype(int).ravel().tolist())


def _coarsened(image: Image.Image, region: Region, rng: np.random.Generator) -> Image.Image:
    """Resolution lost to a coarser grid and brought back by interpolation."""
    factor = rng.uniform(*region.shrink)
    if factor < 1.01:
        return image
    small = (max(8, round(image.width / factor)), max(8, round(image.height / factor)))
    return image.resize(small, Image.Resampling.BOX).resize(image.size, Image.Resampling.BILINEAR)


def _blurred(pixels: Pixels, radius_px: float) -> Pixels:
    """The optics' slight blur: a separable 3-tap Gaussian in 64ths; the outermost pixels stay."""
    side = math.exp(-0.5 / max(0.25, radius_px) ** 2)
    outer = round(64 * side / (1 + 2 * side))
    inner = np.uint16(64 - 2 * outer)
    weight = np.uint16(outer)
    rows = pixels.astype(np.uint16)
    rows[1:-1] = (rows[1:-1] * inner + (rows[:-2] + rows[2:]) * weight) >> 6
    rows[:, 1:-1] = (rows[:, 1:-1] * inner + (rows[:, :-2] + rows[:, 2:]) * weight) >> 6
    return rows.astype(np.uint8)


def _detect(pixels: Pixels, region: Region, rng: np.random.Generator) -> Pixels:
    """Uneven light, detector noise and stripes, and the step to whole numbers."""
    height, width = pixels.shape[:2]
    light = _cut(_light_tile(int(rng.integers(3, 7))), rng, height, width)
    grain = _cut(_grain_tile(int(rng.choice([21, 31]))), rng, height, width)
    out: NDArray[np.int16] = (pixels.astype(np.uint16) * light >> 7).astype(np.int16)
    out += grain * np.int16(round(float(rng.uniform(*region.noise)) * 8)) >> 8
    if region.stripes:
        stripes: NDArray[np.float64] = rng.standard_normal((1, width, 1)) * region.stripes
        out += stripes.astype(np.int16)
    seen: Pixels = np.clip(out, 0, 255).astype(np.uint8)
    return seen
