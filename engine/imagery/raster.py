"""Opens any raster that GDAL opens and reads windows of it as the picture an analyst sees.

Pixels leave this file as a :class:`Chip` only, with their place on Earth. Memory does not grow
with the raster: a read takes one rectangle at the chip's size, through overviews where there are any.
"""

from __future__ import annotations

import math
import warnings
from collections.abc import Sequence
from pathlib import Path
from types import TracebackType
from typing import Any

import numpy as np
import rasterio
from affine import Affine
from numpy.typing import NDArray
from rasterio.errors import NotGeoreferencedWarning

from engine.errors import InputError, RasterReadError
from engine.imagery.apart import Apart, never
from engine.imagery.crops import MARGIN, crop_square, enclosing, resample_square
from engine.imagery.display import (
    NEUTRAL,
    MinMax,
    Stretcher,
    check_stretch,
    choose_bands,
    full_range,
    palette_of,
    percentile_stretch,
    reduced,
    sample_rectangles,
)
from engine.imagery.frames import chip_transform, clip_xyxy, src_to_px
from engine.imagery.gdal_errors import GDAL_ERRORS, unreadable
from engine.imagery.georeference import (
    UNKNOWN_SIZE,
    crs_wkt_of,
    georeferenced,
    placement,
    places,
)
from engine.imagery.ground import metres_per_pixel
from engine.imagery.reader import BandReader, bound_cache
from engine.imagery.sources import permitted
from engine.types import Chip, Pixels, Rectangle, Stop

NO_DATA_MET = "No pixel with data was met in a sample of the whole raster."

OVERSAMPLE = 2
"""Palettes and complex values can't be averaged by GDAL: they are read this much finer, then reduced."""


def open_raster(
    path: str | Path,
    *,
    bands: Sequence[int] | None = None,
    stretch: Sequence[tuple[float, float]] | None = None,
    gsd_m: float | None = None,
    allow_network: bool = False,
    stop: Stop = never,
) -> Raster:
    """Open a raster for reading chips; use it as a context manager.

    One that leads to the network is read in a process of its own (:mod:`engine.imagery.apart`).

    Args:
        path: a file, or anything else that GDAL opens by name.
        bands: one or three band numbers from 1, in the order red, green, blue; None for the
            raster's own colour interpretation (red, green, blue where marked, else 1, 2, 3).
        stretch: ``(min, max)`` per band or one for all, in the values QGIS shows (band scale and
            offset applied); None for the default of :mod:`engine.imagery.display`.
        gsd_m: metres on the ground per source pixel, where the user knows better than the CRS; None
            for what the CRS tells.
        allow_network: the user has said that the network may be asked.
        stop: asked often while something on the network is waited for.

    Raises:
        RasterReadError: GDAL can't open it or read from it.
        InputError: it has no picture, or the bands, the stretch or ``gsd_m`` don't fit it; or it leads to the
            network, and that was not allowed.
        JobCancelledError: ``stop`` became true.
    """
    hosts = permitted(path, allow_network=allow_network).hosts
    if hosts:
        return _FarRaster(Apart(hosts[0], stop, _open, str(path), bands, stretch, gsd_m))
    return _open(str(path), bands, stretch, gsd_m)


def _open(
    name: str,
    bands: Sequence[int] | None,
    stretch: Sequence[tuple[float, float]] | None,
    gsd_m: float | None,
) -> Raster:
    if gsd_m is not None and not (math.isfinite(gsd_m) and gsd_m > 0):
        raise InputError(f"The raster's pixel size is given as {gsd_m} m: give a number above 0, or none.")
    with (
        warnings.catch_warnings(),
        rasterio.Env(),
    ):  # inside Env, GDAL's own words go to the log, not to stderr
        warnings.simplefilter("ignore", NotGeoreferencedWarning)
        try:
            dataset = rasterio.open(name)
        except GDAL_ERRORS as error:
            raise unreadable(name, "can't be opened", error) from error
        bound_cache(dataset)
        try:
            return Raster(name, dataset, bands, stretch, gsd_m)
        except GDAL_ERRORS as error:
            dataset.close()
            raise unreadable(name, "can't be used", error) from error
        except InputError:
            dataset.close()
            raise


class Raster:
    """An open raster.

    Attributes:
        path: as it was given.
        width_src: width in source pixels.
        height_src: height in source pixels.
        crs_wkt: WKT of the CRS, None without one.
        transform: source pixel corner -> map units.
        gsd_m: metres on the ground per source pixel at the centre, as given or as the CRS tells; None
            where neither does.
        bands: the band numbers shown, one (grey or palette) or three.
        stretch: ``(min, max)`` per band in the values QGIS shows.
        warnings: a sentence for each thing the user should know of.
    """

    def __init__(
        self,
        path: str,
        dataset: Any,
        bands: Sequence[int] | None,
        stretch: Sequence[tuple[float, float]] | None,
        gsd_m: float | None = None,
    ) -> None:
        """Take over an open rasterio dataset; see :func:`open_raster`."""
        self.path = path
        self._mosaic = dataset.driver == "VRT"
        self.bands = choose_bands(dataset, bands, path)
        self._source = dataset
        self._dataset, notes = georeferenced(dataset, path)
        self.width_src: int = self._dataset.width
        self.height_src: int = self._dataset.height
        self.crs_wkt = crs_wkt_of(self._dataset)
        self.transform: Affine = placement(self._dataset)
        self.gsd_m = self._size_by_crs_m() if gsd_m is None else gsd_m
        if self.gsd_m is None:
            notes.append(UNKNOWN_SIZE)
        self._palette = palette_of(self._dataset, self.bands)
        self._reader = BandReader(self._dataset, self.bands, palette=self._palette is not None)
        if stretch is None:
            stretch_raw = self._default_stretch(notes)
            self.stretch = self._shown(stretch_raw)
        else:
            self.stretch = check_stretch(stretch, len(self.bands))
            stretch_raw = self._raw(self.stretch)
        self._renew()
        self.warnings = tuple(notes)
        self._stretcher = Stretcher(stretch_raw, self._reader.dtype)

    def __enter__(self) -> Raster:
        """Return the raster itself."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Close the raster."""
        self.close()

    def close(self) -> None:
        """Give the file back."""
        self._dataset.close()
        self._source.close()

    def described(self) -> dict[str, Any]:
        """The attributes, by name."""
        return {name: value for name, value in vars(self).items() if not name.startswith("_")}

    def read_chip(self, rectangle: Rectangle) -> Chip:
        """Read one rectangle at its chip's size.

        Raises:
            RasterReadError: GDAL can't read that part.
            InputError: it reaches outside the raster.
        """
        self._check_inside(rectangle)
        width, height = self._read_size(rectangle)
        try:
            planes, valid = self._planes(rectangle, width, height)
        except GDAL_ERRORS as error:
            where = f"can't be read at column {rectangle.col_src}, row {rectangle.row_src}"
            raise unreadable(self.path, where, error) from error
        if valid is not None and not valid.all():
            hidden = ~valid
            for plane in planes:
                np.copyto(plane, NEUTRAL, where=hidden)
        pixels: Pixels = np.empty((height, width, 3), np.uint8)
        for channel in range(3):
            pixels[..., channel] = planes[channel % len(planes)]
        if (width, height) != (rectangle.width_px, rectangle.height_px):
            pixels, valid = reduced(pixels, valid, rectangle)
        if valid is None:
            valid = np.ones((rectangle.height_px, rectangle.width_px), bool)
        gsd_m = None if self.gsd_m is None else self.gsd_m * rectangle.width_src / rectangle.width_px
        return Chip(pixels, valid, rectangle, chip_transform(rectangle, self.transform), self.crs_wkt, gsd_m)

    def value_range(self, rectangle: Rectangle) -> MinMax | None:
        """Least and greatest value in a rectangle, as QGIS shows values; None where it has no data or can't be read."""
        samples, _ = self._values([rectangle])
        values = [band for band in samples[0] if band.size] if samples else []
        if not values or len(values) != len(self._reader.scales):
            return None
        ends = self._shown([(float(band.min()), float(band.max())) for band in values])
        return min(map(min, ends)), max(map(max, ends))

    def read_crop(self, xyxy_src: Sequence[float], *, margin: float = MARGIN, crop_px: int) -> Pixels:
        """Cut the verifier's crop of a box straight from the raster, at no less than the crop's resolution.

        For polygons that came from elsewhere, for boxes joined across windows, and for boxes found at
        a coarser resolution than the raster has.

        Args:
            xyxy_src: the box in source pixels.
            margin: as in :func:`engine.imagery.crops.cut_crop`.
            crop_px: side of the result.

        Returns:
            uint8 ``crop_px`` x ``crop_px`` x 3.

        Raises:
            InputError: the box or a parameter can't be used.
            RasterReadError: GDAL can't read that part of the raster.
        """
        square = crop_square(xyxy_src, margin)
        inside = clip_xyxy(square, (0.0, 0.0, self.width_src, self.height_src))
        if inside is None:
            return resample_square(np.empty((0, 0, 3), np.uint8), square, crop_px)
        left, top, right, bottom = enclosing(inside)
        scale = min(1.0, 2 * max(crop_px, 1) / (square[2] - square[0]))
        width_px, height_px = (max(1, round(side * scale)) for side in (right - left, bottom - top))
        rectangle = Rectangle(left, top, right - left, bottom - top, width_px, height_px)
        return resample_square(self.read_chip(rectangle).pixels, src_to_px(square, rectangle), crop_px)

    def _size_by_crs_m(self) -> float | None:
        if not self._dataset.crs or not places(self._dataset):
            return None
        return metres_per_pixel(self._dataset.crs, self.transform, self.width_src, self.height_src)

    def _planes(
        self, rectangle: Rectangle, width: int, height: int
    ) -> tuple[list[Pixels], NDArray[np.bool_] | None]:
        """One plane H x W for grey or three for colour, and what is valid of them (None: all)."""
        raw, valid = self._read(rectangle, width, height)
        if self._palette is None:
            return [self._stretcher.apply(band, plane) for band, plane in enumerate(raw)], valid
        red, green, blue, alpha = np.take(self._palette, raw[0], axis=1, mode="clip")
        opaque = alpha > 0
        return [red, green, blue], opaque if valid is None else valid & opaque

    def _read(
        self, rectangle: Rectangle, width: int, height: int, *, nearest: bool = False
    ) -> tuple[NDArray[Any], NDArray[np.bool_] | None]:
        """As :meth:`BandReader.read`; what could not be read once can't be read the next time either."""
        try:
            return self._reader.read(rectangle, width, height, nearest=nearest)
        except GDAL_ERRORS:
            self._renew()
            raise

    def _renew(self) -> None:
        """Open a mosaic once more, so that it forgets which of its parts it could not open.

        GDAL says so of each part once, whoever asks first; from then on it reads as zeros without a word.
        """
        if not self._mosaic:
            return
        with warnings.catch_warnings(), rasterio.Env():
            warnings.simplefilter("ignore", NotGeoreferencedWarning)
            try:
                source = rasterio.open(self.path)
                dataset, _ = georeferenced(source, self.path)
            except GDAL_ERRORS:
                return  # gone for a moment: the open one is as good, and the next failure tries again
        self.close()
        self._source, self._dataset = source, dataset
        self._reader = BandReader(self._dataset, self.bands, palette=self._palette is not None)

    def _read_size(self, rectangle: Rectangle) -> tuple[int, int]:
        if self._palette is None and not self._reader.complex:
            return rectangle.width_px, rectangle.height_px
        return (
            max(rectangle.width_px, min(rectangle.width_src, OVERSAMPLE * rectangle.width_px)),
            max(rectangle.height_px, min(rectangle.height_src, OVERSAMPLE * rectangle.height_px)),
        )

    def _check_inside(self, rectangle: Rectangle) -> None:
        right, bottom = rectangle.col_src + rectangle.width_src, rectangle.row_src + rectangle.height_src
        inside = rectangle.col_src >= 0 and rectangle.row_src >= 0
        if not (inside and right <= self.width_src and bottom <= self.height_src):
            raise InputError(
                f"The rectangle {rectangle.col_src}, {rectangle.row_src} to {right}, {bottom} reaches outside "
                f"{self.path}, which is {self.width_src} x {self.height_src} pixels: plan windows for it."
            )

    def _default_stretch(self, notes: list[str]) -> tuple[MinMax, ...]:
        """In raw values: 8-bit colour as it is, whatever the scale; all else by a sample of the raster."""
        if self._palette is not None:
            return ((0.0, 255.0),)
        whole = full_range(self._dataset, self.bands)
        if whole is not None:
            return whole
        stretch, any_valid = percentile_stretch(self._sample())
        if not any_valid:
            notes.append(NO_DATA_MET)
        return stretch

    def _sample(self) -> list[NDArray[Any]]:
        """Per band, valid raw values from all over the raster; parts that can't be read are left out.

        Raises:
            RasterioError: no part can be read.
        """
        coarser = bool(self._dataset.overviews(self.bands[0]))
        self._renew()
        whole, patches = (
            sample_rectangles(self.width_src, self.height_src, coarser=coarse) for coarse in (coarser, None)
        )
        for rectangles in (whole, patches):
            samples, failure = self._values(rectangles)
            if samples:
                return [np.concatenate(values) for values in zip(*samples, strict=True)]
        raise failure or RasterReadError(
            f"No part of {self.path} can be read: check that the file is complete."
        )

    def _values(self, rectangles: Sequence[Rectangle]) -> tuple[list[list[NDArray[Any]]], Exception | None]:
        samples: list[list[NDArray[Any]]] = []
        failure: Exception | None = None
        for rectangle in rectangles:
            try:
                raw, valid = self._read(rectangle, rectangle.width_px, rectangle.height_px, nearest=True)
            except GDAL_ERRORS as error:
                failure = failure or error
                continue
            samples.append([band.ravel() if valid is None else band[valid] for band in raw])
        return samples, failure

    def _shown(self, stretch_raw: Sequence[MinMax]) -> tuple[MinMax, ...]:
        """Raw values -> the values QGIS shows."""
        return tuple(
            (low * scale + offset, high * scale + offset)
            for (low, high), (scale, offset) in zip(stretch_raw, self._reader.scales, strict=True)
        )

    def _raw(self, stretch: Sequence[MinMax]) -> tuple[MinMax, ...]:
        """The values QGIS shows -> raw values."""
        return tuple(
            ((low - offset) / scale, (high - offset) / scale)
            for (low, high), (scale, offset) in zip(stretch, self._reader.scales, strict=True)
        )


class _FarRaster(Raster):
    """A raster that another process reads, with the attributes and the methods of one that is read here."""

    def __init__(self, reader: Apart) -> None:
        self._far = reader
        try:
            vars(self).update(reader.call("described"))
        except BaseException:
            reader.close()
            raise

    def close(self) -> None:
        """End the process that reads."""
        self._far.close()

    def read_chip(self, rectangle: Rectangle) -> Chip:
        """As :meth:`Raster.read_chip`; raises JobCancelledError as well."""
        chip: Chip = self._far.call("read_chip", rectangle)
        return chip

    def value_range(self, rectangle: Rectangle) -> MinMax | None:
        """As :meth:`Raster.value_range`."""
        ends: MinMax | None = self._far.call("value_range", rectangle)
        return ends
