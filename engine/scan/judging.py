"""Whether a scene is wanted, where what is known of it does not say: its raster is opened and asked."""

from __future__ import annotations

import math
import os
import warnings
from dataclasses import dataclass, replace
from datetime import datetime
from types import TracebackType

import rasterio
from rasterio.errors import NotGeoreferencedWarning
from rasterio.warp import transform as transform_points
from rasterio.warp import transform_bounds

from engine.errors import InputError, RasterReadError
from engine.imagery.apart import Apart
from engine.imagery.dateline import extent_of
from engine.imagery.frames import src_to_crs
from engine.imagery.gdal_errors import GDAL_ERRORS, unreadable
from engine.imagery.georeference import crs_wkt_of, georeferenced, placement
from engine.imagery.network import without_secrets
from engine.imagery.sources import leads_away, permitted
from engine.scan.rasters import Candidate, Failed
from engine.scan.scenes import Scene
from engine.scan.wanted import Bounds, Wanted, bounds_of, time_of, written
from engine.types import Stop


@dataclass(frozen=True)
class Seen:
    """What a raster says of itself; None for what it doesn't say.

    Attributes:
        bounds: the box round it.
        time: when it was taken.
        cloud: its cloud cover in percent.
        corners: its four corners, one after the other, as longitude and latitude; beyond 180 across the date line.
    """

    bounds: Bounds | None
    time: datetime | None
    cloud: float | None
    corners: tuple[tuple[float, float], ...] | None = None


class Judge:
    """Judges scenes; use it as a context manager, since rasters of the network are opened in a process of its own."""

    def __init__(self, wanted: Wanted, allow_network: bool, stop: Stop) -> None:
        self._wanted, self._allow_network, self._stop = wanted, allow_network, stop
        self._far: Apart | None = None

    def __enter__(self) -> Judge:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._leave()

    def judge(self, found: Candidate) -> Scene | Failed | None:
        """The scene where it is wanted; None where it is not; and why it can't be taken where nobody can tell.

        Raises:
            JobCancelledError: ``stop`` became true while something on the network was waited for.
        """
        scene = found.scene
        try:
            if leads_away(scene.raster):
                permitted(scene.raster, allow_network=self._allow_network)
            elif not os.path.exists(scene.raster):
                raise InputError(f"There is no file {scene.raster}.")
            if self._surely_not(found):
                return None
            found = self._completed(found)
        except InputError as error:
            return Failed(scene.id, without_secrets(scene.raster), str(error))
        silent = self._silent(found)
        if silent:
            return Failed(scene.id, without_secrets(scene.raster), f"It does not say {silent[0]}.")
        return None if self._surely_not(found) else found.scene

    def _surely_not(self, found: Candidate) -> bool:
        """Whether what is known already rules a scene out."""
        bounds, wanted = found.scene.bounds, self._wanted
        elsewhere = bounds is not None and not wanted.meets(bounds)
        return elsewhere or not wanted.takes(found.start, found.end, found.scene.cloud)

    def _silent(self, found: Candidate) -> list[str]:
        """What is asked of a scene and not known of it."""
        wanted, silent = self._wanted, []
        if wanted.bbox is not None and found.scene.bounds is None:
            silent.append("where on Earth it lies, and a bounding box was asked for")
        if (wanted.start or wanted.end) and (found.start is None or found.end is None):
            silent.append("when it was taken, and dates were asked for: name its time in a list (CSV)")
        if wanted.cloud is not None and found.scene.cloud is None:
            silent.append("how cloudy it is, and a cloud cover was asked for: name it in a list (CSV)")
        return silent

    def _completed(self, found: Candidate) -> Candidate:
        """What is asked and not known, from the raster itself."""
        if not self._silent(found):
            return found
        seen, scene = self.look_at(found.scene.raster), found.scene
        start, end = found.start or seen.time, found.end or seen.time
        scene = replace(
            scene,
            bounds=scene.bounds or seen.bounds,
            time=scene.time or (written(start) if start else None),
            cloud=seen.cloud if scene.cloud is None else scene.cloud,
        )
        return Candidate(scene, start, end)

    def look_at(self, raster: str) -> Seen:
        """What a raster says of itself, wherever it lies; raises as :func:`look` does, and JobCancelledError."""
        hosts = permitted(raster, allow_network=self._allow_network).hosts
        if not hosts:
            return look(raster)
        if self._far is None:
            self._far = Apart(hosts[0], self._stop, _looker)
        try:
            seen: Seen = self._far.call("__call__", raster)
        except RasterReadError:
            self._leave()  # one that was silent or died answers no more
            raise
        return seen

    def _leave(self) -> None:
        if self._far is not None:
            self._far.close()
            self._far = None


def look(raster: str) -> Seen:
    """What a raster says of itself, by its header alone.

    Its time and clouds are those that providers give as metadata of the image (GDAL's domain ``IMAGERY``). The date
    of a TIFF is none of these: it is mostly the one on which the file was written.

    Raises:
        InputError: it can't be opened, or placed.
    """
    with warnings.catch_warnings(), rasterio.Env():
        warnings.simplefilter("ignore", NotGeoreferencedWarning)
        try:
            with rasterio.open(raster) as source:
                dataset, _ = georeferenced(source, raster)
                said = source.tags(ns="IMAGERY")
                try:
                    time = time_of(said.get("ACQUISITIONDATETIME"))
                    return Seen(_bounds(dataset), time, _cloud(said), _corners(dataset))
                finally:
                    if dataset is not source:
                        dataset.close()
        except GDAL_ERRORS as error:
            raise unreadable(raster, "can't be opened", error) from error


def _looker() -> object:
    return look


def _bounds(dataset: rasterio.io.DatasetReader) -> Bounds | None:
    wkt = crs_wkt_of(dataset)
    if wkt is None:
        return None
    left, bottom, right, top = extent_of(placement(dataset), dataset.width, dataset.height)
    return bounds_of(transform_bounds(wkt, "EPSG:4326", left, bottom, right, top, densify_pts=21))


def _corners(dataset: rasterio.io.DatasetReader) -> tuple[tuple[float, float], ...] | None:
    wkt = crs_wkt_of(dataset)
    if wkt is None:
        return None
    points = src_to_crs((0.0, 0.0, float(dataset.width), float(dataset.height)), placement(dataset))
    longitudes, latitudes = transform_points(wkt, "EPSG:4326", *zip(*points, strict=True))
    if not all(map(math.isfinite, (*longitudes, *latitudes))):
        return None
    first = longitudes[0]
    return tuple(
        (first + (x - first + 180) % 360 - 180, y) for x, y in zip(longitudes, latitudes, strict=True)
    )


def _cloud(said: dict[str, str]) -> float | None:
    try:
        cloud = float(said.get("CLOUDCOVER", ""))
    except ValueError:
        return None
    return cloud if 0 <= cloud <= 100 else None
