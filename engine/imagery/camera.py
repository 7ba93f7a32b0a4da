"""Where a photograph's camera was and where it looked, by EXIF and XMP: from pixels to rough places on the ground.

Frames: a picture's own pixels are those of the file as it is stored (``_src``), which is what GDAL, and so QGIS,
shows. EXIF's orientation says how the picture is held to be upright; that comes before anything is computed. The
camera looks along ``forward``; with ``right`` and ``down`` of the upright picture that is a frame in metres east,
north and up of the camera. The ground is taken for a plane, ``height_m`` below.
"""

from __future__ import annotations

import math
import re
import struct
import warnings
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import rasterio
import shapely
from numpy.typing import NDArray
from PIL import ExifTags, Image
from rasterio.crs import CRS
from rasterio.errors import NotGeoreferencedWarning
from rasterio.warp import transform as transform_points

from engine.errors import InputError
from engine.imagery.apart import read_apart
from engine.imagery.frames import Point
from engine.imagery.gdal_errors import GDAL_ERRORS
from engine.imagery.georeference import places
from engine.imagery.sources import permitted
from engine.types import Stop

FILM_DIAGONAL_MM = math.hypot(36.0, 24.0)
"""The equivalent focal length of EXIF is that of a camera whose film has this diagonal."""

GPS_ERROR_M, HEIGHT_ERROR, YAW_ERROR, COMPASS_ERROR = 5.0, 0.1, 5.0, 15.0
"""What is reckoned with where the file says nothing better: metres, a share of the height, and degrees."""
TILT_ERROR, UNKNOWN_TILT_ERROR = 2.0, 10.0
FARTHEST = 6.0
"""A picture that shows ground farther away than this many heights looks at the horizon, and is not placed."""

UNIT_MM = {2: 25.4, 3: 10.0, 4: 1.0, 5: 0.001}
"""EXIF's units of the resolution on the sensor, in millimetres."""

POSITION, HEIGHT, FOCAL, HEADING = (
    "where its camera was (GPS position)",
    "how high its camera was (RelativeAltitude, or --camera-height)",
    "its angle of view (focal length in 35 mm film)",
    "which way is north (GimbalYawDegree, GPSImgDirection)",
)
GDALS_NAMES = {"ExifImageWidth": "PixelXDimension", "ExifImageHeight": "PixelYDimension"}
"""Tags that Pillow calls otherwise than GDAL."""

_NUMBER = re.compile(r"[-+]?\d+(?:\.\d*)?(?:[eE][-+]?\d+)?")


@dataclass(frozen=True)
class View:
    """How the camera saw the ground.

    Attributes:
        height_m: above the ground.
        focal_px: distance of the picture from the lens, in pixels of the file.
        yaw, pitch, roll: degrees; clockwise from north, 0 at the horizon and -90 straight down, clockwise.
        size_src: width and height of the file in pixels.
        orientation: EXIF's, 1..8.
        yaw_error, tilt_error: degrees.
    """

    height_m: float
    focal_px: float
    yaw: float
    pitch: float
    roll: float
    size_src: tuple[int, int]
    orientation: int = 1
    yaw_error: float = YAW_ERROR
    tilt_error: float = TILT_ERROR

    def ground_m(self, points_src: NDArray[np.float64]) -> NDArray[np.float64]:
        """Points in the file's pixels, N x 2, on the ground: metres east and north of the camera; NaN for the sky."""
        upright, (width, height) = self._upright(points_src)
        across, along = (upright - np.array([width, height]) / 2).T / self.focal_px
        right, down, forward = self._axes()
        rays = np.outer(across, right) + np.outer(along, down) + forward
        with np.errstate(divide="ignore", invalid="ignore"):
            reach = np.where(rays[:, 2] < 0, self.height_m / -rays[:, 2], np.nan)
        return np.asarray(rays[:, :2] * reach[:, None])

    @property
    def gsd_m(self) -> float:
        """Metres across a pixel in the middle of the picture."""
        width, height = self.size_src
        middle = self.ground_m(np.array([[width / 2, height / 2]]))[0]
        return math.hypot(*middle, self.height_m) / self.focal_px

    def farthest(self) -> float:
        """How far away the farthest corner of the picture is on the ground, in heights; infinity for the sky."""
        width, height = self.size_src
        corners = np.array([[x, y] for x in (0.0, width) for y in (0.0, height)])
        far = np.hypot(*self.ground_m(corners).T) / self.height_m
        return float(far.max()) if np.isfinite(far).all() else math.inf

    def error_m(self, ground_m: NDArray[np.float64]) -> float:
        """How far off a place on the ground may be, the camera's position apart."""
        away = float(np.hypot(*ground_m))
        tilt = math.radians(self.tilt_error) * self.height_m * (1 + (away / self.height_m) ** 2)
        return math.hypot(away * HEIGHT_ERROR, away * math.sin(math.radians(self.yaw_error)), tilt)

    def _upright(self, points: NDArray[np.float64]) -> tuple[NDArray[np.float64], tuple[int, int]]:
        """Points of the stored picture in the upright one, and that one's size."""
        width, height = self.size_src
        x, y = points.T
        turned = {
            1: (x, y),
            2: (width - x, y),
            3: (width - x, height - y),
            4: (x, height - y),
            5: (y, x),
            6: (height - y, x),
            7: (height - y, width - x),
            8: (y, width - x),
        }[self.orientation]
        return np.column_stack(turned), (width, height) if self.orientation < 5 else (height, width)

    def _axes(self) -> tuple[NDArray[np.float64], NDArray[np.float64], NDArray[np.float64]]:
        """Right and down of the upright picture, and where the camera looks, each as east, north and up."""
        yaw, pitch, roll = (math.radians(angle) for angle in (self.yaw, self.pitch, self.roll))
        forward = np.array(
            [math.sin(yaw) * math.cos(pitch), math.cos(yaw) * math.cos(pitch), math.sin(pitch)]
        )
        level = np.array([math.cos(yaw), -math.sin(yaw), 0.0])
        below = np.cross(forward, level)
        right = math.cos(roll) * level + math.sin(roll) * below
        down = math.cos(roll) * below - math.sin(roll) * level
        return right, down, forward


@dataclass(frozen=True)
class Camera:
    """A photograph's camera.

    Attributes:
        lon, lat: where it was, in degrees of WGS 84.
        error_m: how far off that may be.
        view: how it saw the ground; None where the file does not say enough.
        notes: what a user should know of it, in sentences.
    """

    lon: float
    lat: float
    error_m: float
    view: View | None
    notes: tuple[str, ...]
    crs_wkt: str = field(default_factory=lambda: str(CRS.from_epsg(4326).to_wkt()))

    @property
    def gsd_m(self) -> float | None:
        """Metres across a pixel in the middle of the picture; None where that is not known."""
        return None if self.view is None else self.view.gsd_m

    def place(self, ring: Sequence[Point]) -> tuple[dict[str, Any], dict[str, Any]]:
        """A box on the ground.

        Args:
            ring: closed, in the frame that a picture without georeference has: x right, y up from its top-left
                corner.

        Returns:
            A GeoJSON geometry in WGS 84: a polygon on the ground, or the camera's position where no more is known;
            and the attributes ``placed`` (``camera`` or ``position``), ``accuracy_m`` (None where not even the size of
            what is seen is known) and ``box`` (WKT in the picture).
        """
        own: dict[str, Any] = {"box": shapely.to_wkt(shapely.Polygon(ring), rounding_precision=-1)}
        if self.view is None:
            return {"type": "Point", "coordinates": [self.lon, self.lat]}, {
                "placed": "position",
                "accuracy_m": None,
                **own,
            }
        ground = self.view.ground_m(np.array([(x, -y) for x, y in ring]))
        flat = CRS.from_proj4(f"+proj=aeqd +lat_0={self.lat!r} +lon_0={self.lon!r} +datum=WGS84 +units=m")
        lons, lats = transform_points(flat, "EPSG:4326", ground[:, 0].tolist(), ground[:, 1].tolist())
        placed = shapely.geometry.polygon.orient(shapely.Polygon(zip(lons, lats, strict=True)))
        error = math.hypot(self.error_m, self.view.error_m(ground[:-1].mean(axis=0)))
        coordinates = [[list(point) for point in placed.exterior.coords]]
        return {"type": "Polygon", "coordinates": coordinates}, {
            "placed": "camera",
            "accuracy_m": round(error, 1),
            **own,
        }


def read_camera(path: str, *, height_m: float | None, allow_network: bool, stop: Stop) -> Camera | None:
    """What a photograph says of its camera.

    Args:
        path: of the picture.
        height_m: the camera's height above the ground, where the user knows it; None for what the file says.
        allow_network: the user has said that the network may be asked.
        stop: asked often while something on the network is waited for.

    Returns:
        None for a raster that has a georeference of its own, or can't be opened.

    Raises:
        InputError: it says nothing of where its camera was, or leads to the network, and that was not allowed.
        JobCancelledError: ``stop`` became true.
    """
    hosts = permitted(path, allow_network=allow_network).hosts
    try:
        said = read_apart(hosts[0], stop, _said, path) if hosts else _said(path)
    except GDAL_ERRORS:
        return None  # whoever opens it to read it says more
    return None if said is None else camera_of(said, path, height_m)


def camera_of(said: Mapping[str, Any], path: str, height_m: float | None) -> Camera:
    """The camera that a picture's tags describe; see :func:`read_camera`.

    Args:
        said: ``size`` (width and height), ``exif`` (GDAL's texts by name) and ``xmp`` (a text).
        path: for messages.
        height_m: as there.
    """
    exif, xmp = said["exif"], said["xmp"]
    lat, lon = _degrees(exif, "Latitude", "S"), _degrees(exif, "Longitude", "W")
    if lat is None or lon is None or abs(lat) > 90 or abs(lon) > 180 or (lat == 0 and lon == 0):
        raise InputError(
            f"The picture {path} does not say {POSITION}, so its boxes can't be placed. Search it without "
            "--by-camera: boxes are then in its pixels."
        )
    error_m = _number(exif.get("EXIF_GPSHPositioningError")) or GPS_ERROR_M
    above = height_m if height_m is not None else _xmp(xmp, "RelativeAltitude")
    focal_px, notes = _focal_px(exif, said["size"]), list[str]()
    yaw, yaw_error = _yaw(exif, xmp, notes)
    lacking = [
        words
        for words, known in (
            (HEIGHT, above is not None and above > 1.0),
            (FOCAL, focal_px),
            (HEADING, yaw is not None),
        )
        if not known
    ]
    if lacking or above is None or focal_px is None or yaw is None:
        return _at_position(lon, lat, error_m, f"the picture does not say {', nor '.join(lacking)}")
    pitch = _xmp(xmp, "GimbalPitchDegree")
    if pitch is None:
        notes.append(
            "The picture does not say how its camera was tilted: it is taken to have looked straight down."
        )
    orientation = int(_number(exif.get("EXIF_Orientation")) or 1)
    view = View(
        above,
        focal_px,
        yaw,
        -90.0 if pitch is None else pitch,
        _xmp(xmp, "GimbalRollDegree") or 0.0,
        said["size"],
        orientation if 1 <= orientation <= 8 else 1,
        yaw_error,
        UNKNOWN_TILT_ERROR if pitch is None else TILT_ERROR,
    )
    if view.farthest() > FARTHEST:
        return _at_position(
            lon, lat, error_m, f"the camera looks towards the horizon (tilt {view.pitch:g} degrees)"
        )
    notes.insert(
        0,
        f"Boxes are placed by the camera: {above:g} m above the ground, heading {yaw % 360:.0f} degrees, tilt "
        f"{view.pitch:.0f} degrees, the ground taken for flat. The attribute accuracy_m says how far off each may be.",
    )
    return Camera(lon, lat, error_m, view, tuple(notes))


def _at_position(lon: float, lat: float, error_m: float, why: str) -> Camera:
    note = (
        f"Boxes can't be placed on the ground: {why}. All are points at the camera's position, which is right to "
        f"about {error_m:g} m."
    )
    return Camera(lon, lat, error_m, None, (note,))


def _said(path: str) -> dict[str, Any] | None:
    """What a picture without georeference says of itself; None where there is a georeference."""
    with warnings.catch_warnings(), rasterio.Env():
        warnings.simplefilter("ignore", NotGeoreferencedWarning)
        with rasterio.open(path) as dataset:
            if places(dataset) or dataset.crs or dataset.gcps[0] or dataset.rpcs is not None:
                return None
            exif = {**dataset.tags(), **dataset.tags(ns="EXIF")}
            said = {name: str(value) for name, value in exif.items() if name.startswith("EXIF_")}
            xmp = str(dataset.tags(ns="xml:XMP").get("xml:XMP", ""))
            size = dataset.width, dataset.height
    if "EXIF_Orientation" not in said:
        # GDAL passes on no EXIF of PNG and WebP, and not TIFF's orientation.
        more, more_xmp = _said_by_file(path)
        said, xmp = {**more, **said}, xmp or more_xmp
    return {"size": size, "exif": said, "xmp": xmp}


def _said_by_file(path: str) -> tuple[dict[str, str], str]:
    """EXIF and XMP as the file itself has them, under GDAL's names; nothing of what is no picture file here."""
    found: dict[str, str] = {}
    try:
        with Image.open(path) as picture:
            about = picture.getexif()
            parts = (about, about.get_ifd(ExifTags.IFD.Exif), about.get_ifd(ExifTags.IFD.GPSInfo))
            names = (ExifTags.TAGS, ExifTags.TAGS, ExifTags.GPSTAGS)
            xmp = picture.info.get("xmp") or picture.info.get("XML:com.adobe.xmp") or ""
    except (OSError, ValueError, SyntaxError, KeyError, struct.error, Image.DecompressionBombError):
        return {}, ""
    for part, named in zip(parts, names, strict=True):
        for tag, value in part.items():
            name = GDALS_NAMES.get(named.get(tag, ""), named.get(tag, ""))
            text = _exif_text(value)
            if name and text:
                found[f"EXIF_{name}"] = text
    return found, xmp.decode("utf-8", "replace") if isinstance(xmp, bytes) else str(xmp)


def _exif_text(value: Any) -> str:
    """A value of EXIF as GDAL writes it; "" for one that has no number where one should be."""
    if isinstance(value, str | bytes):
        return value.decode("ascii", "replace") if isinstance(value, bytes) else value
    try:
        numbers = [float(number) for number in (value if isinstance(value, tuple) else (value,))]
    except (TypeError, ValueError, ZeroDivisionError):
        return ""
    return " ".join(f"({number:.12g})" for number in numbers) if all(map(math.isfinite, numbers)) else ""


def _degrees(exif: Mapping[str, str], name: str, negative: str) -> float | None:
    """Degrees of EXIF's degrees, minutes and seconds."""
    parts = [float(part) for part in _NUMBER.findall(exif.get(f"EXIF_GPS{name}", ""))][:3]
    if not parts or not all(map(math.isfinite, parts)):
        return None
    value = float(sum(part / 60**place for place, part in enumerate(parts)))
    return -value if exif.get(f"EXIF_GPS{name}Ref", "").strip().upper().startswith(negative) else value


def _focal_px(exif: Mapping[str, str], size: tuple[int, int]) -> float | None:
    """The focal length in pixels of the file, by its 35 mm equivalent, else by the sensor's resolution."""
    film = _number(exif.get("EXIF_FocalLengthIn35mmFilm"))
    if film:
        return film / FILM_DIAGONAL_MM * math.hypot(*size)
    focal = _number(exif.get("EXIF_FocalLength"))
    density = _number(exif.get("EXIF_FocalPlaneXResolution"))
    unit = UNIT_MM.get(int(_number(exif.get("EXIF_FocalPlaneResolutionUnit")) or 2))
    if not (focal and density and unit):
        return None
    taken = _number(exif.get("EXIF_PixelXDimension"))  # of the camera's own picture; this one may be smaller
    return focal * density / unit * (max(size) / taken if taken else 1.0)


def _yaw(exif: Mapping[str, str], xmp: str, notes: list[str]) -> tuple[float | None, float]:
    """Which way the top of the upright picture points, clockwise from north, and how far off that may be."""
    for name in ("GimbalYawDegree", "FlightYawDegree"):
        yaw = _xmp(xmp, name)
        if yaw is not None:
            return yaw, YAW_ERROR
    found = _NUMBER.search(exif.get("EXIF_GPSImgDirection", ""))
    heading = float(found.group()) if found else math.nan
    if not math.isfinite(heading):
        return None, YAW_ERROR
    if exif.get("EXIF_GPSImgDirectionRef", "").strip().upper().startswith("M"):
        notes.append("The heading is that of a compass: magnetic north is taken for north.")
        return heading, COMPASS_ERROR
    return heading, YAW_ERROR


def _xmp(xmp: str, name: str) -> float | None:
    """A number of a drone's XMP, written as an attribute or as an element."""
    found = re.search(rf"[\w-]+:{name}(?:\s*=\s*[\"']|\s*>)\s*({_NUMBER.pattern})", xmp)
    value = float(found.group(1)) if found else math.nan
    return value if math.isfinite(value) else None


def _number(text: str | None) -> float | None:
    """The first number above zero in one of GDAL's texts; None where there is none."""
    found = _NUMBER.search(text or "")
    value = float(found.group()) if found else 0.0
    return value if value > 0 and math.isfinite(value) else None
