"""What happens between the ground and the file: light, air, optics, detector, compression."""

from __future__ import annotations

import io

import numpy as np
from PIL import Image, ImageFilter

from engine.types import Pixels
from trainer.synthetic.regions import Region
from trainer.synthetic.textures import TILE_PX, fractal


def expose(image: Image.Image, region: Region, rng: np.random.Generator) -> Pixels:
    """Turn a drawn ground into what the region's sensor delivers.

    Returns:
        uint8, height x width x 3.
    """
    image = _grade(_uneven(image, rng), region, rng)
    image = _soften(image, region, rng)
    if rng.random() < 0.35:
        buffer = io.BytesIO()
        image.save(buffer, "JPEG", quality=int(rng.integers(45, 90)))
        image = Image.open(buffer)
    return _noisy(np.asarray(image), region, rng)


def _tile(slope: float, seed: int, rng: np.random.Generator, height: int, width: int) -> np.ndarray:
    tile = fractal(slope, seed)
    y, x = rng.integers(0, TILE_PX, 2)
    if y + height <= TILE_PX and x + width <= TILE_PX:
        return tile[y : y + height, x : x + width]
    rows, columns = (y + np.arange(height)) % TILE_PX, (x + np.arange(width)) % TILE_PX
    return tile[rows][:, columns]


def _uneven(image: Image.Image, rng: np.random.Generator) -> Image.Image:
    """Let light and dirt vary over ground and objects alike."""
    light = (
        _tile(1.7, 3, rng, image.height, image.width) * 0.05
        + _tile(0.7, 5, rng, image.height, image.width) * 0.035
    )
    gain = np.clip((1.0 + light) * 128, 64, 250).astype(np.uint16)
    pixels = np.asarray(image).astype(np.uint16) * gain[..., None] >> 7
    return Image.fromarray(np.minimum(pixels, 255).astype(np.uint8))


def _grade(image: Image.Image, region: Region, rng: np.random.Generator) -> Image.Image:
    """Sensor colours, saturation, gamma, contrast, cast and haze."""
    saturation = rng.uniform(*region.saturation)
    grey = np.full((3, 3), 1 / 3)
    mix = (saturation * np.eye(3) + (1 - saturation) * grey) @ np.reshape(region.matrix, (3, 3))
    image = image.convert("RGB", tuple(np.hstack([mix, np.zeros((3, 1))]).ravel().tolist()))
    gamma, contrast = rng.uniform(*region.gamma), rng.uniform(*region.contrast)
    haze = rng.uniform(*region.haze) ** (1.0 if region.haze[0] else 1.4)
    if region.name == "home" and rng.random() < 0.08:
        haze = rng.uniform(0.3, 0.6)
    level = np.arange(256) / 255
    lut = []
    for channel in range(3):
        gain = region.gain[channel] * rng.uniform(0.95, 1.05)
        value = np.clip(gain * level, 0, 1) ** gamma
        value = (
            np.clip((value - 0.45) * contrast + 0.45, 0, 1) * (1 - haze)
            + haze * region.airlight[channel] / 255
        )
        lut += np.clip(value * 255, 0, 255).astype(int).tolist()
    return image.point(lut)


def _soften(image: Image.Image, region: Region, rng: np.random.Generator) -> Image.Image:
    """Optics: lost resolution, then a slight blur."""
    factor = rng.uniform(*region.shrink)
    if factor > 1.01:
        small = (max(8, round(image.width / factor)), max(8, round(image.height / factor)))
        image = image.resize(small, Image.Resampling.BOX).resize(image.size, Image.Resampling.BILINEAR)
    return image.filter(ImageFilter.GaussianBlur(rng.uniform(*region.blur_px)))


def _noisy(pixels: Pixels, region: Region, rng: np.random.Generator) -> Pixels:
    """Detector noise and stripes."""
    height, width = pixels.shape[:2]
    grain = np.stack([_tile(0.1, 21 + c, rng, height, width) for c in range(3)], -1) * rng.uniform(
        *region.noise
    )
    if region.stripes:
        grain = grain + (rng.standard_normal(width) * region.stripes)[None, :, None]
    return np.clip(pixels + grain, 0, 255).astype(np.uint8)
