"""The options that several commands share, and the compact spellings of lists, pairs and areas."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Annotated, Any, TypeVar

import typer

from engine.errors import InputError

Number = TypeVar("Number", int, float)

RasterPath = Annotated[str, typer.Argument(help="Any raster that GDAL opens.")]
Rasters = Annotated[
    list[str] | None,
    typer.Argument(metavar="RASTER", help="Rasters to learn from, or one archive of them."),
]
TrainingSet = Annotated[
    str | None,
    typer.Option(
        metavar="FOLDER", help="Instead of rasters: a labelled set's pictures, each with its own questions."
    ),
]
Model = Annotated[str | None, typer.Option(help="Name, folder, or http://host/v1#name; else the default.")]
Adapter = Annotated[
    str | None,
    typer.Option(
        help="A trained adapter; 'none' for the bare model; 'current', the one in use, if left out."
    ),
]
Scorer = Annotated[
    str | None,
    typer.Option(help="Another model that scores the boxes: name, folder, or http://host/v1#name."),
]
ScorerAdapter = Annotated[str | None, typer.Option(help="The adapter of that model.")]
Bands = Annotated[str | None, typer.Option(help="Band numbers to show as red,green,blue (or one): 4,3,2.")]
Stretch = Annotated[
    str | None,
    typer.Option(help="min,max for all bands, or one pair a band: 0,3000 or 0,3000,0,2800,0,2500."),
]
Margin = Annotated[float, typer.Option(help="Context round a box that the verifier sees, in box sides.")]
Output = Annotated[
    Path | None, typer.Option("-o", "--output", help="Write boxes to .gpkg, .geojson or .fgb.")
]
Rfc7946 = Annotated[
    bool, typer.Option("--rfc7946", help="Write GeoJSON in WGS 84, cut at the date line, as RFC 7946 asks.")
]
Overwrite = Annotated[bool, typer.Option("--overwrite", help="Replace the output when it exists.")]
Json = Annotated[bool, typer.Option("--json", help="Print one JSON document instead of tables.")]
Network = Annotated[
    bool,
    typer.Option("--allow-network", help="Let rasters and vectors lead to the network; refused otherwise."),
]
Outline = Annotated[
    bool,
    typer.Option(
        "--outline", help="Draw the outline of what is in each box, by a model for that (models get)."
    ),
]
OutlineModel = Annotated[
    str | None,
    typer.Option(
        metavar="MODEL", help="Name or folder of the model that draws; the largest here if left out."
    ),
]
Tolerance = Annotated[
    float | None,
    typer.Option(
        metavar="M",
        help="Metres by which an outline may be off the edge; 0 for none; half a pixel if left out.",
    ),
]
Square = Annotated[
    bool, typer.Option("--outline-square", help="Give outlines right angles where that fits: buildings.")
]
ByCamera = Annotated[
    bool,
    typer.Option(
        "--by-camera",
        help="Place boxes of a photograph by its EXIF and XMP: roughly, in longitude and latitude.",
    ),
]
CameraHeight = Annotated[
    float | None,
    typer.Option(metavar="M", help="The camera's height above the ground, if the file can't say."),
]
Box = Annotated[
    str | None,
    typer.Option(metavar="W,S,E,N", help="Of an archive: scenes that meet this box, in degrees of WGS 84."),
]
Start = Annotated[
    str | None, typer.Option(metavar="TIME", help="Of an archive: scenes taken from then: 2026-05-31.")
]
End = Annotated[str | None, typer.Option(metavar="TIME", help="Of an archive: scenes taken until then.")]
Cloud = Annotated[
    float | None, typer.Option(metavar="%", help="Of an archive: scenes with at most so many clouds.")
]
Asset = Annotated[str | None, typer.Option(help="Asset of STAC items that is the picture.")]
Preview = Annotated[Path | None, typer.Option(help="Also draw the boxes on the raster, into this .png.")]


def numbers(text: str | None, option: str, kind: Callable[[str], Number]) -> list[Number] | None:
    """Return the numbers of a comma-separated list; raises InputError when one is none."""
    if text is None:
        return None
    try:
        return [kind(part) for part in text.split(",")]
    except ValueError as error:
        raise InputError(f"{option} is {text!r}: give numbers with commas between them.") from error


def whole_path(name: str) -> str:
    """The whole path of what is there; other names as they are."""
    return str(path.absolute()) if (path := Path(name)).exists() else name


def scenes_wanted(
    bbox: str | None, start: str | None, end: str | None, cloud: float | None, asset: str | None
) -> dict[str, Any]:
    """Which scenes of an archive are meant, as requests say it; raises InputError when the box has no numbers."""
    box = numbers(bbox, "--bbox", float)
    return {"bbox": box, "start": start, "end": end, "cloud": cloud, "asset": asset}


def pairs(text: str | None) -> list[tuple[float, float]] | None:
    """Return (min, max) pairs of a comma-separated list; raises InputError when the count is odd."""
    values = numbers(text, "--stretch", float)
    if values is None:
        return None
    if len(values) % 2:
        raise InputError(f"--stretch is {text!r}: give min,max for all bands, or one min,max for each.")
    return list(zip(values[::2], values[1::2], strict=True))


def area_geometry(
    text: str | None, raster_path: str, *, allow_network: bool = False
) -> dict[str, Any] | None:
    """Return an area as a GeoJSON geometry in the raster's CRS.

    Args:
        text: ``xmin,ymin,xmax,ymax`` in the raster's CRS, or a vector file with polygons; None for none.
        raster_path: the raster whose CRS is meant.
        allow_network: the user has said that the network may be asked for both.

    Raises:
        InputError: it is neither, or the file holds no polygon.
    """
    if text is None:
        return None
    from engine.imagery.sources import leads_away

    if leads_away(text) or Path(text).exists():
        return _polygons_of(text, raster_path, allow_network)
    box = numbers(text, "--area", float) or []
    if len(box) != 4 or not (box[0] < box[2] and box[1] < box[3]):
        raise InputError(f"--area is {text!r}: give xmin,ymin,xmax,ymax, or an existing vector file.")
    left, bottom, right, top = box
    ring = [[left, bottom], [right, bottom], [right, top], [left, top], [left, bottom]]
    return {"type": "Polygon", "coordinates": [ring]}


def _polygons_of(path: str, raster_path: str, allow_network: bool) -> dict[str, Any]:
    from engine.imagery.dateline import extent_of
    from engine.imagery.raster import open_raster
    from engine.imagery.vectors import read_polygons

    with open_raster(raster_path, allow_network=allow_network) as raster:
        extent = extent_of(raster.transform, raster.width_src, raster.height_src)
        shapes = read_polygons(
            path, None, crs_wkt=raster.crs_wkt, extent_crs=extent, allow_network=allow_network
        )
    if not shapes:
        raise InputError(f"--area is {path!r}, which holds no polygon. Give a file that does.")
    parts: list[Any] = []
    for shape in shapes:
        parts += [shape["coordinates"]] if shape["type"] == "Polygon" else shape["coordinates"]
    return {"type": "MultiPolygon", "coordinates": parts}
