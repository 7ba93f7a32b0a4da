"""Photographs as drones and cameras write them, with EXIF and XMP, of a scene whose ground is known."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from PIL import Image, TiffImagePlugin, TiffTags
from PIL.PngImagePlugin import PngInfo

LON, LAT = 13.41, 52.5043
XMP = (
    '<?xpacket begin="" id="W5M0MpCehiHzreSzNTczkc9d"?><x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF '
    'xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"><rdf:Description rdf:about="" '
    'xmlns:drone-dji="http://www.dji.com/drone-dji/1.0/" {attributes}>{elements}</rdf:Description></rdf:RDF>'
    '</x:xmpmeta><?xpacket end="w"?>'
)
TURNED: dict[int, Any] = {
    1: None,
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_90,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_270,
}
"""How an upright picture is stored under each of EXIF's orientations."""


def dms(degrees: float) -> tuple[float, float, float]:
    whole, rest = divmod(abs(degrees) * 3600, 3600)
    return (whole, *divmod(rest, 60))


def photo(
    path: Path,
    upright: NDArray[np.uint8],
    *,
    lon: float | None = LON,
    lat: float | None = LAT,
    exif: dict[int, Any] | None = None,
    gps: dict[int, Any] | None = None,
    xmp: dict[str, str] | None = None,
    as_elements: bool = False,
    orientation: int = 1,
) -> Path:
    """Write a photograph.

    Args:
        path: ends in .jpg, .tif, .png or .webp.
        upright: H x W x 3, as it is to be looked at.
        lon, lat: the camera's position; None leaves it out.
        exif: further tags of the Exif directory by number.
        gps: further tags of the GPS directory.
        xmp: a drone's attributes by name.
        as_elements: write these as elements.
        orientation: EXIF's; the pixels are stored accordingly.
    """
    about = Image.Exif()
    about[0x0112] = orientation
    where = about.get_ifd(0x8825)
    if lon is not None and lat is not None:
        where.update({1: "NS"[lat < 0], 2: dms(lat), 3: "EW"[lon < 0], 4: dms(lon)})
    where.update(gps or {})
    about.get_ifd(0x8769).update(exif or {})
    named = xmp or {}
    parts = {
        "attributes": ""
        if as_elements
        else " ".join(f'drone-dji:{key}="{value}"' for key, value in named.items()),
        "elements": "".join(f"<drone-dji:{key}>{value}</drone-dji:{key}>" for key, value in named.items())
        if as_elements
        else "",
    }
    picture = Image.fromarray(upright)
    if TURNED[orientation] is not None:
        picture = picture.transpose(TURNED[orientation])
    more = {"xmp": XMP.format(**parts).encode()} if named else {}
    if path.suffix == ".tif":
        picture.save(path, tiffinfo=_as_tiff(about, more.get("xmp")))
    elif path.suffix == ".png":
        text = PngInfo()
        text.add_itxt("XML:com.adobe.xmp", more["xmp"].decode() if named else "")
        picture.save(path, exif=about, pnginfo=text)
    elif path.suffix == ".webp":
        picture.save(path, exif=about, lossless=True, **more)
    else:
        picture.save(path, exif=about, quality=98, subsampling=0, **more)
    return path


def _as_tiff(about: Image.Exif, xmp: bytes | None) -> TiffImagePlugin.ImageFileDirectory_v2:
    """The same tags as a TIFF has them: in directories of its own."""

    def rational(value: Any) -> Any:
        if isinstance(value, tuple):
            return tuple(map(rational, value))
        return TiffImagePlugin.IFDRational(value) if isinstance(value, float) else value

    tags = TiffImagePlugin.ImageFileDirectory_v2()
    tags[0x0112] = about[0x0112]
    for part in (0x8769, 0x8825):
        if about.get_ifd(part):
            tags[part] = {tag: rational(value) for tag, value in about.get_ifd(part).items()}
    if xmp:
        tags.tagtype[700] = TiffTags.BYTE
        tags[700] = xmp
    return tags
