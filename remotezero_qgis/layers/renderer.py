"""What the analyst sees of a raster layer, as band numbers and value ranges for the engine."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import zip_longest
from typing import Any

from qgis.core import (
    QgsContrastEnhancement,
    QgsMultiBandColorRenderer,
    QgsRasterLayer,
    QgsRasterRenderer,
    QgsSingleBandGrayRenderer,
    QgsSingleBandPseudoColorRenderer,
)

from ..compat import input_band


@dataclass(frozen=True)
class BandStretch:
    """Bands and their stretch as the layer's renderer shows them.

    Attributes:
        bands: one (grey) or three (red, green, blue) 1-based band numbers; empty leaves it to the engine.
        stretch: (min, max) per band in the raster's values; empty leaves it to the engine.
    """

    bands: tuple[int, ...] = ()
    stretch: tuple[tuple[float, float], ...] = ()

    def to_json(self) -> dict[str, Any]:
        """Return the fields of a request; what is left to the engine is left out."""
        request: dict[str, Any] = {}
        if self.bands:
            request["bands"] = list(self.bands)
        if self.bands and self.stretch:
            request["stretch"] = [list(limits) for limits in self.stretch]
        return request


def shared_band_stretch(looks: Sequence[BandStretch]) -> BandStretch:
    """Return what all looks have in common: a request has one, and each raster's own is used otherwise."""
    first = looks[0]
    if any(look.bands != first.bands for look in looks):
        return BandStretch()
    same = all(look.stretch == first.stretch for look in looks)
    return first if same else BandStretch(first.bands)


def band_stretch_of(layer: QgsRasterLayer) -> BandStretch:
    """Return the layer's band choice and min/max; an empty BandStretch for palettes and other renderers."""
    renderer = layer.renderer()
    if isinstance(renderer, QgsMultiBandColorRenderer):
        bands = (renderer.redBand(), renderer.greenBand(), renderer.blueBand())
        contrasts = (
            renderer.redContrastEnhancement(),
            renderer.greenContrastEnhancement(),
            renderer.blueContrastEnhancement(),
        )
        if min(bands) < 1:
            return BandStretch()
        return BandStretch(bands, _stretch([_range(contrast) for contrast in contrasts]))
    if isinstance(renderer, QgsSingleBandGrayRenderer):
        return BandStretch((input_band(renderer),), _stretch([_range(renderer.contrastEnhancement())]))
    if isinstance(renderer, QgsSingleBandPseudoColorRenderer):
        limits = (renderer.classificationMin(), renderer.classificationMax())
        return BandStretch((input_band(renderer),), _stretch([limits]))
    return BandStretch()


def show_band_stretch(layer: QgsRasterLayer, look: BandStretch) -> None:
    """Have a layer shown in bands that it has, with their stretch: what :func:`band_stretch_of` then returns."""
    provider = layer.dataProvider()
    contrasts = [_contrast(layer, band, limits) for band, limits in zip_longest(look.bands, look.stretch)]
    if len(look.bands) == 3:
        renderer: QgsRasterRenderer = QgsMultiBandColorRenderer(provider, *look.bands)
        setters = (
            renderer.setRedContrastEnhancement,
            renderer.setGreenContrastEnhancement,
            renderer.setBlueContrastEnhancement,
        )
    else:
        renderer = QgsSingleBandGrayRenderer(provider, look.bands[0])
        setters = (renderer.setContrastEnhancement,)
    for setter, contrast in zip(setters, contrasts):
        if contrast is not None:
            setter(contrast)
    layer.setRenderer(renderer)
    layer.triggerRepaint()


def _contrast(
    layer: QgsRasterLayer, band: int, limits: tuple[float, float] | None
) -> QgsContrastEnhancement | None:
    if limits is None:
        return None
    contrast = QgsContrastEnhancement(layer.dataProvider().dataType(band))
    contrast.setMinimumValue(limits[0])
    contrast.setMaximumValue(limits[1])
    contrast.setContrastEnhancementAlgorithm(
        QgsContrastEnhancement.ContrastEnhancementAlgorithm.StretchToMinimumMaximum
    )
    return contrast


def _range(contrast: QgsContrastEnhancement | None) -> tuple[float, float] | None:
    if contrast is None:
        return None
    if contrast.contrastEnhancementAlgorithm() == (
        QgsContrastEnhancement.ContrastEnhancementAlgorithm.NoEnhancement
    ):
        return None
    return contrast.minimumValue(), contrast.maximumValue()


def _stretch(ranges: Sequence[tuple[float, float] | None]) -> tuple[tuple[float, float], ...]:
    """Keep the ranges only when every band has a usable one."""
    usable = [item for item in ranges if item and all(map(math.isfinite, item)) and item[0] < item[1]]
    return tuple(usable) if len(usable) == len(ranges) else ()
