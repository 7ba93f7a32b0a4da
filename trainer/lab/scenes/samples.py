"""The sample rasters that ship: drawn places, georeferenced, a few megabytes in all.

``python -m trainer.lab.scenes.samples resources/sample`` writes them anew, the same each time.
"""

from __future__ import annotations

import argparse
import math
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import rasterio
from affine import Affine
from rasterio.enums import Resampling

from trainer.lab.scenes.kinds import BY_NAME, KINDS
from trainer.lab.scenes.landscape import Landscape
from trainer.lab.scenes.regions import REGIONS
from trainer.lab.scenes.scene import THEMES, DrawnScene, finish_scene, populate

METRES_PER_DEGREE = 111_320.0


@dataclass(frozen=True)
class Sample:
    """One sample raster.

    Attributes:
        name: file name without ".tif".
        theme: key in ``THEMES``; ``focus`` is the kind there is most of.
        size_px, gsd_m, count: side, metres per pixel, and how many objects are tried.
        seed: the place; the same seed gives the same raster.
        crs: EPSG code; ``corner`` is the top-left corner in it.
        creation: GDAL creation options.
    """

    name: str
    theme: str
    focus: str
    size_px: int
    gsd_m: float
    count: int
    seed: int
    crs: str
    corner: tuple[float, float]
    creation: dict[str, str | int]


_JPEG: dict[str, str | int] = {"compress": "jpeg", "photometric": "ycbcr", "jpeg_quality": 82}
_DEFLATE: dict[str, str | int] = {"compress": "deflate", "predictor": 2, "zlevel": 9}
SAMPLES: tuple[Sample, ...] = (
    Sample("harbour", "harbour", "ship", 1536, 1.0, 60, 5, "EPSG:32632", (565_000.0, 5_934_000.0), _JPEG),
    Sample(
        "airfield", "airfield", "airplane", 512, 0.6, 9, 5, "EPSG:32632", (563_200.0, 5_943_100.0), _DEFLATE
    ),
    Sample("town_4326", "town", "tennis court", 512, 0.8, 12, 2, "EPSG:4326", (9.98, 53.57), _DEFLATE),
)


def draw_sample(sample: Sample) -> DrawnScene:
    """Draw a sample's pixels, and with them the exact boxes of its objects in source pixels."""
    rng = np.random.default_rng([83, sample.seed])
    ground = Landscape(rng, REGIONS["home"], sample.size_px, sample.gsd_m)
    THEMES[sample.theme](ground)
    placed = populate(ground, BY_NAME[sample.focus], sample.theme, KINDS, sample.count)
    return finish_scene(ground, placed)


def transform_of(sample: Sample) -> Affine:
    """Pixel corner -> map units of the sample's CRS; a geographic one gets degrees of equal ground size."""
    x, y = sample.corner
    if sample.crs != "EPSG:4326":
        return Affine(sample.gsd_m, 0.0, x, 0.0, -sample.gsd_m, y)
    degree = sample.gsd_m / METRES_PER_DEGREE
    return Affine(degree / math.cos(math.radians(y)), 0.0, x, 0.0, -degree, y)


def write_sample(sample: Sample, folder: Path) -> Path:
    """Write one sample as a tiled GeoTIFF with overviews where it is large; returns its path."""
    path = folder / f"{sample.name}.tif"
    scene = draw_sample(sample)
    profile = {
        "driver": "GTiff",
        "dtype": "uint8",
        "count": 3,
        "width": sample.size_px,
        "height": sample.size_px,
        "crs": sample.crs,
        "transform": transform_of(sample),
        "tiled": True,
        "blockxsize": 256,
        "blockysize": 256,
        **sample.creation,
    }
    with rasterio.open(path, "w", **profile) as raster:
        raster.write(np.moveaxis(scene.pixels, -1, 0))
        raster.update_tags(TIFFTAG_IMAGEDESCRIPTION="Drawn by RemoteZero, not a real place")
        if sample.size_px > 1024:
            raster.build_overviews([2, 4], Resampling.average)
    return path


def main() -> None:
    """Write every sample raster into the folder given on the command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path, help="where the .tif files go")
    folder: Path = parser.parse_args().folder
    folder.mkdir(parents=True, exist_ok=True)
    for sample in SAMPLES:
        write_sample(sample, folder)


if __name__ == "__main__":
    main()
