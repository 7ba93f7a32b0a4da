"""What GDAL and PROJ raise through rasterio, by name, and what they say in one line.

Rasterio wraps most of their errors in its own classes, but not those of coordinate operations, of warped
views and of CRSs, which share no base class with the others.
"""

from __future__ import annotations

import re

from rasterio._err import CPLE_BaseError
from rasterio.errors import CRSError, RasterioError, RPCError

from engine.errors import RasterReadError
from engine.imagery.network import without_secrets

GDAL_ERRORS: tuple[type[Exception], ...] = (
    RasterioError, CRSError, RPCError, CPLE_BaseError, UnicodeDecodeError,
)  # fmt: skip
"""The last of them where a damaged file has a text, the definition of its CRS for one, that is no text."""

REASON_CHARS = 200
"""PROJ quotes whole definitions of CRSs; so much of a line says enough."""


def reason(error: BaseException, path: str = "") -> str:
    """The first line of what went wrong, without the path it begins with and without its full stop."""
    if isinstance(error, UnicodeDecodeError):
        return "a text in it is damaged"
    lines = str(error.__cause__ or error).strip().splitlines()
    if not lines:
        return type(error).__name__
    line = without_secrets(lines[0].removeprefix(f"{path}: "))
    line = re.sub(r"'\{.*\}'|'\{.*", "a CRS that has no code", line).rstrip(".")
    return line if len(line) <= REASON_CHARS else line[: REASON_CHARS - 1].rstrip() + "…"


def unreadable(path: str, what: str, error: Exception) -> RasterReadError:
    """The sentence for a raster, or a part of one, that GDAL can't open or read."""
    return RasterReadError(
        f"The raster {without_secrets(path)} {what} ({reason(error, path)}): check that the file "
        "is complete and opens in QGIS, or convert it to GeoTIFF."
    )
