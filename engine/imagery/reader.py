"""Reads raw band values of a rectangle, and which of them are data, in as few GDAL calls as possible."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray
from rasterio.enums import ColorInterp, MaskFlags, Resampling
from rasterio.env import set_gdal_config
from rasterio.windows import Window as GdalWindow

from engine.imagery.network import is_open
from engine.types import Rectangle

HUGE = 1e29
"""No measurement is as large. The ends of float types stand for "no data", whether the file says so in more or
fewer digits or not at all, and an average over some millions of pixels with a single one of them is larger."""

CACHE_BYTES = 32 * 2**20
MOST_CACHE_BYTES = 256 * 2**20
CACHED_ROWS = 4
"""Rows of tiles that windows of a row touch: a window is rarely higher than two tiles, and begins anywhere in one."""

Raw = NDArray[Any]
Valid = NDArray[np.bool_]


def bound_cache(dataset: Any) -> None:
    """Say how much GDAL may keep of what it has read.

    Windows of neighbouring rows share tiles. On this computer a tile is read again at little cost; from the network
    each would come twice, so there the tiles of a whole row of windows are kept, where that is not too much.

    Args:
        dataset: the rasterio dataset that will be read, the only one of its process where it is on the network.
    """
    wanted = 0
    if is_open():
        height = max(shape[0] for shape in dataset.block_shapes)
        depth = sum(np.dtype(_numpy_name(kind)).itemsize for kind in dataset.dtypes)
        wanted = CACHED_ROWS * height * dataset.width * depth
    set_gdal_config("GDAL_CACHEMAX", min(max(CACHE_BYTES, wanted), MOST_CACHE_BYTES))


class BandReader:
    """Raw reads of some bands of one dataset.

    Attributes:
        dtype: numpy name of what :meth:`read` returns (complex bands become float32 decibels).
        complex: whether the bands are complex.
        scales: ``(scale, offset)`` per band, from raw values to the values QGIS shows.
    """

    def __init__(self, dataset: Any, bands: Sequence[int], *, palette: bool = False) -> None:
        """Find out once where this dataset keeps its "no data".

        Args:
            dataset: an open rasterio dataset.
            bands: band numbers from 1.
            palette: whether the values are places in a colour table, which can't be averaged.
        """
        self._dataset = dataset
        self._bands = list(bands)
        kinds = [np.dtype(_numpy_name(dataset.dtypes[band - 1])) for band in self._bands]
        common = np.result_type(*kinds)
        self.complex = common.kind == "c"
        self.dtype = "float32" if self.complex else common.name
        self.scales = [_scale(dataset.scales[band - 1], dataset.offsets[band - 1]) for band in self._bands]
        self._palette = palette
        self._finite = common.kind in "fc"
        flags = [dataset.mask_flag_enums[band - 1] for band in self._bands]
        self._nodata = [dataset.nodatavals[band - 1] for band in self._bands]
        self._has_nodata = any(MaskFlags.nodata in flag for flag in flags)
        self._alpha = next(
            (
                number
                for number, colour in enumerate(dataset.colorinterp, 1)
                if colour == ColorInterp.alpha and number not in self._bands
            ),
            None,
        )
        self._indexes = self._bands if self._alpha is None else [*self._bands, self._alpha]
        self._one_type = len({dataset.dtypes[index - 1] for index in self._indexes}) == 1
        self._mask = self._alpha is None and any(
            MaskFlags.all_valid not in flag and MaskFlags.nodata not in flag for flag in flags
        )

    def read(
        self, rectangle: Rectangle, width: int, height: int, *, nearest: bool = False
    ) -> tuple[Raw, Valid | None]:
        """Read a rectangle at ``width`` x ``height``.

        Args:
            rectangle: in source pixels.
            width: columns of the result.
            height: rows of the result.
            nearest: take single pixels rather than averages where the result is coarser.

        Returns:
            Raw values, bands x height x width, and height x width of what is data (None: all of it).

        Raises:
            RasterioError: GDAL can't read it.
        """
        options = {
            "window": GdalWindow(
                rectangle.col_src, rectangle.row_src, rectangle.width_src, rectangle.height_src
            ),
            "resampling": self._resampling(rectangle, width, height, nearest),
        }
        raw = self._read_bands((height, width), options)
        covered: Valid | None = None
        if self._alpha is not None:
            raw, covered = raw[:-1], np.asarray(raw[-1] > 0)
        elif self._mask:
            shape = (len(self._bands), height, width)
            masks: Raw = self._dataset.read_masks(self._bands, out_shape=shape, **options)
            covered = np.asarray(masks.any(axis=0))
        valid = _both(self._valid(raw), covered)
        return _decibels(raw, valid) if self.complex else (raw, valid)

    def _read_bands(self, shape: tuple[int, int], options: dict[str, Any]) -> Raw:
        """All bands, alpha last, in one call, unless their types differ, which rasterio refuses."""
        indexes = self._indexes
        if self._one_type:
            together: Raw = self._dataset.read(indexes, out_shape=(len(indexes), *shape), **options)
            return together
        return np.stack([self._dataset.read(index, out_shape=shape, **options) for index in indexes])

    def _resampling(self, rectangle: Rectangle, width: int, height: int, nearest: bool) -> Resampling:
        """Averages where the result is coarser, bilinear where it is finer."""
        if nearest or self.complex or self._palette:
            return Resampling.nearest
        if width < rectangle.width_src or height < rectangle.height_src:
            return Resampling.average
        finer = width > rectangle.width_src or height > rectangle.height_src
        return Resampling.bilinear if finer else Resampling.nearest

    def _valid(self, raw: Raw) -> Valid | None:
        """A pixel is data unless every band that has a nodata value has it there, or one is no number."""
        finite = np.asarray((np.abs(raw) < HUGE).all(axis=0)) if self._finite else None
        if not self._has_nodata:
            return finite
        some: Valid | None = None
        for values, nodata in zip(raw, self._nodata, strict=True):
            if nodata is not None and not np.isnan(nodata):
                differs = _differs(values, nodata)
                some = differs if some is None else np.asarray(some | differs)
        return _both(some, finite)


def _both(first: Valid | None, second: Valid | None) -> Valid | None:
    if first is None or second is None:
        return second if first is None else first
    return np.asarray(first & second)


def _decibels(raw: Raw, valid: Valid | None) -> tuple[Raw, Valid | None]:
    """Magnitude of complex values as 20 log10, the usual view of SAR; exact zeros are no data."""
    magnitude = np.abs(raw).astype(np.float32)
    lit = np.asarray((magnitude > 0).all(axis=0))
    decibels = 20 * np.log10(magnitude, out=np.zeros_like(magnitude), where=magnitude > 0)
    return decibels, _both(lit, valid)


def _differs(values: Raw, nodata: float) -> Valid:
    if values.dtype.kind == "f":
        return _float_differs(values, nodata)
    if values.dtype.kind in "iu":
        return _whole_differs(values, nodata)
    return np.asarray(values != nodata)


def _float_differs(values: Raw, nodata: float) -> Valid:
    """Compare as GDAL does, in the band's own type and to its last two digits."""
    kind = np.finfo(values.dtype)
    own = np.clip(nodata, kind.min, kind.max).astype(values.dtype)
    with np.errstate(over="ignore"):
        apart = np.abs(values - own)
    return np.asarray(apart > 4 * float(kind.eps) * abs(float(own)))


def _whole_differs(values: Raw, nodata: float) -> Valid:
    """Compare as whole numbers: against a float, every value would first be turned into one."""
    limits = np.iinfo(values.dtype)
    if not (limits.min <= nodata <= limits.max and float(nodata).is_integer()):
        return np.ones(values.shape, bool)
    return np.asarray(values != int(nodata))


def _numpy_name(dtype: str) -> str:
    """Rasterio's name of a band type -> numpy's."""
    return "complex64" if dtype == "complex_int16" else dtype


def _scale(scale: float, offset: float) -> tuple[float, float]:
    """Scale and offset as they can be used: a scale of zero, or one that is no number, is none."""
    return (scale if scale and np.isfinite(scale) else 1.0, offset if np.isfinite(offset) else 0.0)
