"""Map services for loopback: one square kilometre, red in the west and blue in the east, as little as QGIS takes."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from urllib.parse import parse_qs, urlsplit

from loopback import Answering, listening
from osgeo import gdal, osr
from pictures import encode

BOUNDS = (1490000, 6890000, 1491000, 6891000)
RED, BLUE = (200, 30, 30), (30, 30, 200)
TILE_PX, TILE_UNITS = 256, 125.0
OGC_PIXEL_M = 0.00028

WMS = """<?xml version="1.0"?>
<WMS_Capabilities version="1.3.0" xmlns="http://www.opengis.net/wms" xmlns:xlink="http://www.w3.org/1999/xlink">
<Service><Name>WMS</Name><Title>Ground</Title><OnlineResource xlink:href="{url}"/></Service>
<Capability><Request>
<GetCapabilities><Format>text/xml</Format><DCPType><HTTP><Get><OnlineResource xlink:href="{url}?"/></Get></HTTP>
</DCPType></GetCapabilities>
<GetMap><Format>image/png</Format><DCPType><HTTP><Get><OnlineResource xlink:href="{url}?"/></Get></HTTP></DCPType>
</GetMap></Request><Exception><Format>XML</Format></Exception>
<Layer><Title>All</Title><CRS>EPSG:3857</CRS>
<Layer queryable="0"><Name>ground</Name><Title>Ground</Title><CRS>EPSG:3857</CRS>
<EX_GeographicBoundingBox><westBoundLongitude>13.38489773</westBoundLongitude><eastBoundLongitude>13.39388089</eastBoundLongitude>
<southBoundLatitude>52.49430286</southBoundLatitude><northBoundLatitude>52.49977183</northBoundLatitude>
</EX_GeographicBoundingBox>
<BoundingBox CRS="EPSG:3857" minx="{0}" miny="{1}" maxx="{2}" maxy="{3}"/></Layer></Layer></Capability>
</WMS_Capabilities>"""

WMTS = """<?xml version="1.0"?>
<Capabilities version="1.0.0" xmlns="http://www.opengis.net/wmts/1.0" xmlns:ows="http://www.opengis.net/ows/1.1"
 xmlns:xlink="http://www.w3.org/1999/xlink">
<ows:OperationsMetadata><ows:Operation name="GetTile"><ows:DCP><ows:HTTP><ows:Get xlink:href="{url}?">
<ows:Constraint name="GetEncoding"><ows:AllowedValues><ows:Value>KVP</ows:Value></ows:AllowedValues></ows:Constraint>
</ows:Get></ows:HTTP></ows:DCP></ows:Operation></ows:OperationsMetadata>
<Contents><Layer><ows:Title>Ground</ows:Title><ows:Identifier>ground</ows:Identifier>
<ows:WGS84BoundingBox><ows:LowerCorner>13.38489773 52.49430286</ows:LowerCorner>
<ows:UpperCorner>13.39388089 52.49977183</ows:UpperCorner></ows:WGS84BoundingBox>
<Style isDefault="true"><ows:Identifier>default</ows:Identifier></Style><Format>image/png</Format>
<TileMatrixSetLink><TileMatrixSet>squares</TileMatrixSet></TileMatrixSetLink></Layer>
<TileMatrixSet><ows:Identifier>squares</ows:Identifier>
<ows:SupportedCRS>urn:ogc:def:crs:EPSG::3857</ows:SupportedCRS>
<TileMatrix><ows:Identifier>0</ows:Identifier><ScaleDenominator>{scale}</ScaleDenominator>
<TopLeftCorner>{0} {3}</TopLeftCorner><TileWidth>256</TileWidth><TileHeight>256</TileHeight>
<MatrixWidth>8</MatrixWidth><MatrixHeight>8</MatrixHeight></TileMatrix></TileMatrixSet></Contents></Capabilities>"""

WCS = """<?xml version="1.0"?>
<WCS_Capabilities version="1.0.0" xmlns="http://www.opengis.net/wcs" xmlns:gml="http://www.opengis.net/gml"
 xmlns:xlink="http://www.w3.org/1999/xlink">
<Service><name>WCS</name><label>Ground</label></Service>
<Capability><Request>
<GetCapabilities><DCPType><HTTP><Get><OnlineResource xlink:href="{url}?"/></Get></HTTP></DCPType></GetCapabilities>
<DescribeCoverage><DCPType><HTTP><Get><OnlineResource xlink:href="{url}?"/></Get></HTTP></DCPType></DescribeCoverage>
<GetCoverage><DCPType><HTTP><Get><OnlineResource xlink:href="{url}?"/></Get></HTTP></DCPType></GetCoverage>
</Request></Capability>
<ContentMetadata><CoverageOfferingBrief><name>ground</name><label>Ground</label>
<lonLatEnvelope srsName="urn:ogc:def:crs:OGC:1.3:CRS84"><gml:pos>13.38489773 52.49430286</gml:pos>
<gml:pos>13.39388089 52.49977183</gml:pos>
</lonLatEnvelope></CoverageOfferingBrief></ContentMetadata></WCS_Capabilities>"""

COVERAGE = """<?xml version="1.0"?>
<CoverageDescription version="1.0.0" xmlns="http://www.opengis.net/wcs" xmlns:gml="http://www.opengis.net/gml">
<CoverageOffering><name>ground</name><label>Ground</label>
<lonLatEnvelope srsName="urn:ogc:def:crs:OGC:1.3:CRS84"><gml:pos>13.38489773 52.49430286</gml:pos>
<gml:pos>13.39388089 52.49977183</gml:pos>
</lonLatEnvelope>
<domainSet><spatialDomain>
<gml:Envelope srsName="EPSG:3857"><gml:pos>{0} {1}</gml:pos><gml:pos>{2} {3}</gml:pos></gml:Envelope>
<gml:RectifiedGrid dimension="2"><gml:limits><gml:GridEnvelope><gml:low>0 0</gml:low><gml:high>999 999</gml:high>
</gml:GridEnvelope></gml:limits><gml:axisName>x</gml:axisName><gml:axisName>y</gml:axisName>
<gml:origin><gml:pos>{0} {3}</gml:pos></gml:origin>
<gml:offsetVector>1 0</gml:offsetVector><gml:offsetVector>0 -1</gml:offsetVector></gml:RectifiedGrid>
</spatialDomain></domainSet>
<rangeSet><RangeSet><name>bands</name><label>bands</label></RangeSet></rangeSet>
<supportedCRSs><requestResponseCRSs>EPSG:3857</requestResponseCRSs><nativeCRSs>EPSG:3857</nativeCRSs></supportedCRSs>
<supportedFormats nativeFormat="GeoTIFF"><formats>GeoTIFF</formats></supportedFormats>
</CoverageOffering></CoverageDescription>"""


def columns(west: float, east: float, width: int) -> list[tuple[int, int, int]]:
    """The colour of each of ``width`` columns between two eastings."""
    middle, unit = (BOUNDS[0] + BOUNDS[2]) / 2, (east - west) / width
    return [RED if west + (column + 0.5) * unit < middle else BLUE for column in range(width)]


def png(west: float, east: float, width: int, height: int) -> bytes:
    """The ground between two eastings as a PNG."""
    row = b"\0" + b"".join(bytes(colour) for colour in columns(west, east, width))
    return encode(width, height, row * height)


def geotiff(box: tuple[float, float, float, float], width: int, height: int) -> bytes:
    """The ground in a box of EPSG:3857 as a GeoTIFF of three bands."""
    west, south, east, north = box
    path = f"/vsimem/{west}-{south}-{width}-{height}.tif"
    dataset = gdal.GetDriverByName("GTiff").Create(path, width, height, 3)
    dataset.SetGeoTransform((west, (east - west) / width, 0, north, 0, (south - north) / height))
    system = osr.SpatialReference()
    system.ImportFromEPSG(3857)
    dataset.SetProjection(system.ExportToWkt())
    for band in range(3):
        row = bytes(colour[band] for colour in columns(west, east, width))
        dataset.GetRasterBand(band + 1).WriteRaster(0, 0, width, height, row * height)
    del dataset
    file = gdal.VSIFOpenL(path, "rb")
    body = bytes(gdal.VSIFReadL(1, gdal.VSIStatL(path).size, file))
    gdal.VSIFCloseL(file)
    gdal.Unlink(path)
    return body


class MapService(Answering):
    """Answers as WMS, WMTS and WCS; ``broken`` makes every picture an error.

    Attributes:
        asked: the query of each picture that was asked for.
        url: of the service.
    """

    asked: list[dict[str, str]]
    state: dict[str, bool]
    url: str

    def do_GET(self):
        query = {key.upper(): values[0] for key, values in parse_qs(urlsplit(self.path).query).items()}
        kind, body = self.found(query)
        drawn = kind.startswith("image/")
        if drawn:
            self.asked.append(query)
        self.answer(500 if drawn and self.state["broken"] else 200, kind, body)

    def found(self, query: dict[str, str]) -> tuple[str, bytes]:
        """Content type and body."""
        asked, service = query.get("REQUEST"), query.get("SERVICE", "WMS").upper()
        if asked == "GetMap":
            west, _, east, _ = (float(part) for part in query["BBOX"].split(","))
            return "image/png", png(west, east, int(query["WIDTH"]), int(query["HEIGHT"]))
        if asked == "GetTile":
            west = BOUNDS[0] + int(query["TILECOL"]) * TILE_UNITS
            return "image/png", png(west, west + TILE_UNITS, TILE_PX, TILE_PX)
        if asked == "GetCoverage":
            west, south, east, north = (float(part) for part in query["BBOX"].split(","))
            return "image/tiff", geotiff(
                (west, south, east, north), int(query["WIDTH"]), int(query["HEIGHT"])
            )
        if asked == "DescribeCoverage":
            return "text/xml", COVERAGE.format(*BOUNDS).encode()
        words = {"WMTS": WMTS, "WCS": WCS}.get(service, WMS)
        scale = TILE_UNITS / TILE_PX / OGC_PIXEL_M
        return "text/xml", words.format(*BOUNDS, url=self.url, scale=scale).encode()


@contextlib.contextmanager
def serving() -> Iterator[type[MapService]]:
    """The service on a free port, until the context ends."""
    handler = type("Handler", (MapService,), {"asked": [], "state": {"broken": False}})
    with listening(handler) as port:
        handler.url = f"http://127.0.0.1:{port}/ows"
        yield handler
