"""Where names lead, found out without asking anybody: what is on the network is told, and what is no file refused."""

from __future__ import annotations

import gzip
import json
import os
import shutil
import socket
import subprocess
import sys
import tarfile
import zipfile
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import numpy as np
import pyogrio.raw
import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st

from engine.errors import InputError, RasterReadError
from engine.imagery.raster import open_raster
from engine.imagery.sources import permitted
from engine.imagery.vectors import read_outlines
from engine.jobs.precheck import check_sources
from tests.engine.rasters import ramp, write_raster
from tests.engine.servers import serving

SIZE = 64


def vrt(source: str, *, relative: int = 0, tag: str = "SimpleSource", extra: str = "") -> str:
    """A mosaic of one source."""
    return (
        f'<VRTDataset rasterXSize="{SIZE}" rasterYSize="{SIZE}"><SRS>EPSG:32632</SRS>'
        f"<GeoTransform>0,1,0,0,0,-1</GeoTransform>{extra}"
        f'<VRTRasterBand dataType="Byte" band="1"><{tag}><SourceFilename relativeToVRT="{relative}">{source}'
        f"</SourceFilename><SourceBand>1</SourceBand></{tag}></VRTRasterBand></VRTDataset>"
    )


def warped(source: str) -> str:
    return (
        f'<VRTDataset rasterXSize="{SIZE}" rasterYSize="{SIZE}" subClass="VRTWarpedDataset"><GDALWarpOptions>'
        f'<SourceDataset relativeToVRT="0"><![CDATA[{source}]]></SourceDataset></GDALWarpOptions></VRTDataset>'
    )


def pansharpened(source: str) -> str:
    return (
        '<vrtdataset subClass="VRTPansharpenedDataset"><PansharpeningOptions><PanchroBand>'
        f"<SourceFilename>{source}</SourceFilename></PanchroBand></PansharpeningOptions></vrtdataset>"
    )


def wms(url: str, service: str = "WMS") -> str:
    return (
        f'<GDAL_WMS><Service name="{service}"><ServerUrl>{url}/${{z}}/${{x}}/${{y}}.png</ServerUrl></Service>'
        "<DataWindow><SizeX>64</SizeX><SizeY>64</SizeY></DataWindow></GDAL_WMS>"
    )


def file(folder: Path, name: str, text: str) -> str:
    """Write a text; its path."""
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return str(path)


def nested(folder: Path, url: str) -> str:
    file(folder, "deep/inner.vrt", vrt(f"/vsicurl/{url}/a.tif"))
    return file(folder, "outer.vrt", vrt("deep/inner.vrt", relative=1))


def inline(folder: Path, url: str) -> str:
    inner = vrt(f"/vsicurl/{url}/a.tif").replace("<", "&lt;").replace(">", "&gt;")
    return file(folder, "inline.vrt", vrt(inner))


def zipped(folder: Path, url: str) -> str:
    with zipfile.ZipFile(folder / "a.zip", "w") as archive:
        archive.writestr("in/a.vrt", vrt(f"{url}/a.tif"))
    return f"/vsizip/{folder}/a.zip/in/a.vrt"


def tarred(folder: Path, url: str) -> str:
    inner = file(folder, "b.vrt", vrt(f"{url}/a.tif"))
    with tarfile.open(folder / "b.tar.gz", "w:gz") as archive:
        archive.add(inner, "b.vrt")
    return f"/vsitar/{folder}/b.tar.gz/b.vrt"


def gzipped(folder: Path, url: str) -> str:
    with gzip.open(folder / "c.vrt.gz", "wt") as stream:
        stream.write(vrt(f"{url}/a.tif"))
    return f"/vsigzip/{folder}/c.vrt.gz"


def tile_index(folder: Path, url: str) -> str:
    pyogrio.raw.write(
        folder / "tiles.gti.gpkg",
        np.array([shapely.to_wkb(shapely.box(0, 0, 1, 1))], object),
        [np.array([f"/vsicurl/{url}/a.tif"], object)],
        ["location"],
        geometry_type="Polygon",
        crs="EPSG:32632",
    )
    return str(folder / "tiles.gti.gpkg")


def tile_index_by_xml(folder: Path, url: str) -> str:
    index = Path(tile_index(folder, url)).rename(folder / "plain.gpkg")
    return file(
        folder,
        "t.gti",
        f"<GDALTileIndexDataset><IndexDataset>{index.name}</IndexDataset></GDALTileIndexDataset>",
    )


def overview(folder: Path, url: str) -> str:
    path = write_raster(folder / "o.tif", [ramp(SIZE, SIZE)])
    file(folder, "o.tif.ovr", vrt(f"/vsicurl/{url}/a.tif"))
    return str(path)


def metadata(folder: Path, url: str) -> str:
    path = write_raster(folder / "p.tif", [ramp(SIZE, SIZE)])
    item = f'<Metadata domain="OVERVIEWS"><MDI key="OVERVIEW_FILE">{url}/a.tif</MDI></Metadata>'
    file(folder, "p.tif.aux.xml", f"<PAMDataset>{item}</PAMDataset>")
    return str(path)


def linked(folder: Path, url: str) -> str:
    os.symlink(nested(folder, url), folder / "link.tif")
    return str(folder / "link.tif")


def stac(folder: Path, url: str) -> str:
    item = {
        "type": "FeatureCollection",
        "stac_version": "1.0.0",
        "features": [{"assets": {"a": {"href": url}}}],
    }
    return file(folder, "items.json", json.dumps(item))


def pipeline(folder: Path, url: str) -> str:
    content = {"type": "gdal_streamed_alg", "command_line": f"gdal raster pipeline ! read {url}/a.tif"}
    return file(folder, "a.gdalg.json", json.dumps(content))


RASTERS: dict[str, Callable[[Path, str], str]] = {
    "address": lambda _, url: f"{url}/a.tif",
    "vsicurl": lambda _, url: f"/vsicurl/{url}/a.tif",
    "vsicurl options": lambda _, url: f"/vsicurl?max_retry=1&url={url.replace('/', '%2F').replace(':', '%3A')}",
    "vsicurl streaming": lambda _, url: f"/vsicurl_streaming/{url}/a.tif",
    "zip over curl": lambda _, url: f"/vsizip//vsicurl/{url}/a.zip/a.tif",
    "zip over curl in braces": lambda _, url: f"/vsizip/{{/vsicurl/{url}/a.zip}}/a.tif",
    "rasterio's zip": lambda _, url: f"zip+{url}/a.zip!a.tif",
    "cached": lambda _, url: f"/vsicached?file=/vsicurl/{url}/a.tif",
    "WMS": lambda _, url: f"WMS:{url}/wms?SERVICE=WMS",
    "WMTS": lambda _, url: f"WMTS:{url}/wmts",
    "netCDF": lambda _, url: f'NETCDF:"{url}/a.nc":values',
    "vrt connection": lambda _, url: f"vrt:///vsicurl/{url}/a.tif?bands=1",
    "STACIT": lambda _, url: f'STACIT:"{url}/items.json":asset=a',
    "VRT": lambda folder, url: file(folder, "a.vrt", vrt(f"/vsicurl/{url}/a.tif")),
    "VRT over an address": lambda folder, url: file(folder, "a.vrt", vrt(f"{url}/a.tif", tag="ComplexSource")),
    "VRT over a subdataset": lambda folder, url: file(folder, "a.vrt", vrt(f'NETCDF:"{url}/a.nc":v')),
    "VRT by another name": lambda folder, url: file(folder, "a.tif", "\n\n" + vrt(f"/vsicurl/{url}/a.tif")),
    "VRT in VRT": nested,
    "VRT inside VRT": inline,
    "VRT as a link": linked,
    "VRT with a remote mask": lambda folder, url: file(
        folder, "m.vrt", vrt("none.tif", extra=f"<MaskBand>{vrt(url + '/m.tif')}</MaskBand>")
    ),
    "warped": lambda folder, url: file(folder, "w.vrt", warped(f"/vsicurl/{url}/a.tif")),
    "pansharpened": lambda folder, url: file(folder, "p.vrt", pansharpened(f"/vsicurl/{url}/a.tif")),
    "VRT as text": lambda _, url: vrt(f"/vsicurl/{url}/a.tif"),
    "WMS file": lambda folder, url: file(folder, "wms.xml", wms(url)),
    "TMS file": lambda folder, url: file(folder, "tms.xml", wms(url, "TMS")),
    "WMS as text": lambda _, url: wms(url),
    "WMTS capabilities": lambda folder, url: file(
        folder, "wmts.xml", f'<Capabilities><Get xlink:href="{url}/wmts"/></Capabilities>'
    ),
    "MRF": lambda folder, url: file(
        folder, "a.mrf", f"<MRF_META><CachedSource><Source>{url}/a.tif</Source></CachedSource></MRF_META>"
    ),
    "zipped VRT": zipped,
    "tarred VRT": tarred,
    "gzipped VRT": gzipped,
    "tile index": tile_index,
    "tile index by XML": tile_index_by_xml,
    "STAC items": stac,
    "pipeline": pipeline,
    "overview file": overview,
    "metadata": metadata,
}  # fmt: skip

ELSEWHERE = {
    "s3": ("/vsis3/bucket/a.tif", "bucket (s3)"),
    "zip in s3": ("/vsizip/vsis3/bucket/a.zip/a.tif", "bucket (s3)"),
    "Azure": ("/vsiaz/container/a.tif", "container (az)"),
    "what comes next": ("/vsinew_streaming/there/a.tif", "there (new)"),
    "rasterio's s3": ("s3://bucket/a.tif", "bucket"),
    "user and key": ("https://me:secret@tiles.example:8443/a.tif?sig=secret", "tiles.example:8443"),
    "database": ("PG:host=db.example user=me password=secret dbname=gis", "db.example"),
    "database of a service": ("PG:dbname=gis", "the service PG"),
    "unknown service": ("EEDAI:image", "the service EEDAI"),
}


@pytest.mark.parametrize("kind", sorted(RASTERS))
def test_a_raster_on_the_network_is_told_and_nobody_is_asked(tmp_path: Path, kind: str) -> None:
    with serving(tmp_path) as server:
        name = RASTERS[kind](tmp_path, server.url)
        with pytest.raises(InputError, match="unasked: allow it") as refused:
            open_raster(name)
        with pytest.raises(InputError, match="unasked"):
            check_sources({"raster": name})
        with pytest.raises(InputError, match="unasked"):
            check_sources({"rasters": [name]})
        assert server.host in str(refused.value)
        assert server.asked == []
        assert permitted(name, allow_network=True).hosts == (server.host,)


@pytest.mark.parametrize("kind", sorted(ELSEWHERE))
def test_whom_it_would_ask_is_named_without_secrets(kind: str) -> None:
    name, host = ELSEWHERE[kind]
    for vector in (False, True):
        with pytest.raises(InputError) as refused:
            permitted(name, allow_network=False, vector=vector)
        assert f"leads to {host} on the network" in str(refused.value)
        assert "secret" not in str(refused.value)


def ogr_vrt(folder: Path, source: str) -> str:
    layer = f'<OGRVRTLayer name="a"><SrcDataSource>{source}</SrcDataSource></OGRVRTLayer>'
    return file(folder, "v.vrt", f"<OGRVRTDataSource>{layer}</OGRVRTDataSource>")


def zipped_vector(folder: Path, url: str) -> str:
    inner = ogr_vrt(folder, f"{url}/a.geojson")
    with zipfile.ZipFile(folder / "v.zip", "w") as archive:
        archive.write(inner, "v.vrt")
    return str(folder / "v.zip")


VECTORS: dict[str, Callable[[Path, str], str]] = {
    "address": lambda _, url: f"{url}/a.geojson",
    "vsicurl": lambda _, url: f"/vsicurl/{url}/a.gpkg",
    "WFS": lambda _, url: f"WFS:{url}/wfs",
    "OGC API": lambda _, url: f"OAPIF:{url}/api",
    "GeoJSON": lambda _, url: f"GeoJSON:{url}/a",
    "OGR VRT": lambda folder, url: ogr_vrt(folder, f"/vsicurl/{url}/a.gpkg"),
    "OGR VRT over a service": lambda folder, url: ogr_vrt(folder, f"WFS:{url}/wfs"),
    "OGR VRT in a zip": zipped_vector,
    "WFS description": lambda folder, url: file(
        folder, "wfs.xml", f"<OGRWFSDataSource><URL>{url}/wfs</URL></OGRWFSDataSource>"
    ),
    "pipeline": pipeline,
}


@pytest.mark.parametrize("kind", sorted(VECTORS))
def test_a_vector_on_the_network_is_told_and_nobody_is_asked(tmp_path: Path, kind: str) -> None:
    with serving(tmp_path) as server:
        name = VECTORS[kind](tmp_path, server.url)
        with pytest.raises(InputError, match="unasked: allow it") as refused:
            read_outlines(name, crs_wkt="EPSG:32632")
        with pytest.raises(InputError, match="unasked"):
            check_sources({"vector": name})
        assert server.host in str(refused.value)
        assert server.asked == []


def test_a_database_named_by_a_vector_file_is_told(tmp_path: Path) -> None:
    name = ogr_vrt(tmp_path, "PG:host=db.example password=secret")
    with pytest.raises(InputError, match=r"leads to db\.example") as refused:
        read_outlines(name, crs_wkt=None)
    assert "secret" not in str(refused.value)


def test_addresses_that_are_only_mentioned_do_no_harm(tmp_path: Path) -> None:
    write_raster(tmp_path / "a.tif", [ramp(SIZE, SIZE)])
    mention = '<Metadata><MDI key="LICENCE">https://licence.example/</MDI></Metadata>'
    mosaic = file(tmp_path, "a.vrt", vrt("a.tif", relative=1, extra=mention))
    file(tmp_path, "a.tif.aux.xml", f"<PAMDataset>{mention}</PAMDataset>")
    with open_raster(mosaic) as raster:
        assert raster.width_src == SIZE
    place = {"type": "Polygon", "coordinates": [[[0, 0], [1, 0], [1, 1], [0, 0]]]}
    feature = {"type": "Feature", "geometry": place, "properties": {"href": "https://shop.example/"}}
    outlines = file(tmp_path, "a.geojson", json.dumps({"type": "FeatureCollection", "features": [feature]}))
    assert len(read_outlines(outlines, crs_wkt=None).found) == 1


@pytest.mark.parametrize(
    "spelling",
    ["{path}", "file://{path}", "zip://{folder}/l.zip!l.tif", "/vsizip/{folder}/l.zip/l.tif", "GTIFF_DIR:1:{path}",
     "/vsigzip/{folder}/l.tif.gz", "vrt://{path}?bands=1"],
)  # fmt: skip
def test_local_rasters_are_local_however_they_are_spelled(tmp_path: Path, spelling: str) -> None:
    path = write_raster(tmp_path / "l.tif", [ramp(SIZE, SIZE)])
    with zipfile.ZipFile(tmp_path / "l.zip", "w") as archive:
        archive.write(path, "l.tif")
    with path.open("rb") as plain, gzip.open(tmp_path / "l.tif.gz", "wb") as packed:
        shutil.copyfileobj(plain, packed)
    name = spelling.format(path=path, folder=tmp_path)
    assert permitted(name, allow_network=False).hosts == ()
    with open_raster(name) as raster:
        assert raster.width_src == SIZE


@pytest.mark.parametrize(
    "name", ["gone.tif", "gone:here.tif", 'NETCDF:"/gone.nc":v', "C:\\gone.tif", "", "~", "a=b"]
)
def test_what_is_not_there_is_left_to_those_who_open_it(name: str) -> None:
    found = permitted(name, allow_network=True)
    assert found.files == ()
    assert [host for host in found.hosts if "service" not in host] == []


def pipe(folder: Path) -> str:
    os.mkfifo(folder / "pipe.tif")
    return str(folder / "pipe.tif")


def pipe_in_vrt(folder: Path) -> str:
    pipe(folder)
    return file(folder, "a.vrt", vrt("pipe.tif", relative=1))


def pipe_beside(folder: Path) -> str:
    os.mkfifo(folder / "a.tif.ovr")
    return str(write_raster(folder / "a.tif", [ramp(SIZE, SIZE)]))


def pipe_in_folder(folder: Path) -> str:
    (folder / "store.zarr").mkdir()
    os.mkfifo(folder / "store.zarr" / ".zgroup")
    return str(folder / "store.zarr")


def pipe_by_link(folder: Path) -> str:
    os.symlink(pipe(folder), folder / "link.tif")
    return str(folder / "link.tif")


def listening(folder: Path) -> str:
    place = str(folder / "s.tif")
    socket.socket(socket.AF_UNIX).bind(place)
    return place


def raw(source: str) -> str:
    return (
        '<VRTDataset rasterXSize="8" rasterYSize="8">'
        '<VRTRasterBand dataType="Byte" band="1" subClass="VRTRawRasterBand">'
        f'<SourceFilename relativeToVRT="0">{source}</SourceFilename>'
        "<ImageOffset>0</ImageOffset></VRTRasterBand></VRTDataset>"
    )


def endless(folder: Path) -> str:
    text = "x.tif"
    for _ in range(40):
        text = vrt(text).replace("&", "&amp;").replace("<", "&lt;")
    return file(folder, "e.vrt", vrt(text))


REFUSED: dict[str, tuple[Callable[[Path], str], str]] = {
    "pipe": (pipe, "is a pipe"),
    "pipe by a link": (pipe_by_link, "is a pipe"),
    "pipe in a VRT": (pipe_in_vrt, "is a pipe"),
    "pipe beside": (pipe_beside, "is a pipe"),
    "pipe in a folder": (pipe_in_folder, "is a pipe"),
    "pipe as a subdataset": (lambda folder: f"GTIFF_DIR:1:{pipe(folder)}", "is a pipe"),
    "pipe in an archive": (lambda folder: f"/vsizip/{pipe(folder)}/a.tif", "is a pipe"),
    "socket": (listening, "is a socket"),
    "device": (lambda _: "/dev/zero", "is a device"),
    "device in a VRT": (lambda folder: file(folder, "z.vrt", vrt("/dev/zero")), "is a device"),
    "process": (lambda _: "/proc/self/environ", "made up by the operating system"),
    "standard input": (lambda _: "/vsistdin/", "is standard input"),
    "standard input, limited": (lambda _: "/vsistdin?buffer_limit=-1", "is standard input"),
    "standard input in a VRT": (lambda folder: file(folder, "i.vrt", vrt("/vsistdin/")), "is standard input"),
    "part of a file": (lambda _: "/vsisubfile/0_100,/etc/passwd", "is a part of another file"),
    "raw": (lambda folder: file(folder, "r.vrt", raw("/etc/passwd")), "is taken for raw pixels"),
    "raw upwards": (
        lambda folder: file(folder, "in/r.vrt", raw("../../../../../../etc/passwd")),
        "raw pixels",
    ),
    "raw as text": (lambda _: raw("/etc/passwd"), "is taken for raw pixels"),
    "raw by a link": (
        lambda folder: (
            os.symlink("/etc/passwd", folder / "own"),
            file(folder, "r.vrt", raw(f"{folder}/own")),
        )[1],
        "raw pixels",
    ),
    "endless": (endless, "names itself over and over"),
}


@pytest.mark.skipif(os.name == "nt", reason="pipes and devices are no files there")
@pytest.mark.parametrize("kind", sorted(REFUSED))
def test_what_is_no_file_of_its_own_is_refused_before_anything_waits_for_it(
    tmp_path: Path, kind: str
) -> None:
    make, why = REFUSED[kind]
    name = make(tmp_path)
    for allowed in (False, True):
        with pytest.raises(RasterReadError, match=why):
            open_raster(name, allow_network=allowed)
        with pytest.raises(RasterReadError, match=why):
            check_sources({"raster": name, "allow_network": allowed})
    with pytest.raises(InputError, match="can't be read from"):
        read_outlines(name, crs_wkt=None)


def test_raw_pixels_beside_what_names_them_are_read(tmp_path: Path) -> None:
    (tmp_path / "pixels.bin").write_bytes(bytes(range(64)))
    name = file(tmp_path, "r.vrt", raw("pixels.bin").replace('relativeToVRT="0"', 'relativeToVRT="1"'))
    with open_raster(name) as raster:
        assert (raster.width_src, raster.height_src) == (8, 8)


def test_a_pipe_is_seen_that_came_after_the_folder_was_looked_at(tmp_path: Path) -> None:
    name = str(write_raster(tmp_path / "a.tif", [ramp(SIZE, SIZE)]))
    for other in ("a-b.tif", "ab.tif.ovr"):
        os.mkfifo(tmp_path / other)
    os.utime(tmp_path, (1_000_000_000, 1_000_000_000))
    assert permitted(name, allow_network=False).files
    os.mkfifo(tmp_path / "a.tif.ovr")
    with pytest.raises(InputError, match="is a pipe"):
        permitted(name, allow_network=False)


def test_a_ring_of_mosaics_is_followed_once(tmp_path: Path) -> None:
    first = file(tmp_path, "a.vrt", vrt("b.vrt", relative=1))
    file(tmp_path, "b.vrt", vrt("a.vrt", relative=1))
    assert {path.name for path in permitted(first, allow_network=False).files} == {"a.vrt", "b.vrt"}


def test_what_escapes_the_look_is_stopped_on_its_way_out(tmp_path: Path) -> None:
    """GDAL itself, in a process of the engine's, reaches nobody, whatever the environment spares from proxies."""
    with serving(tmp_path) as server:
        code = (
            "import sys, rasterio, pyogrio\n"
            "from engine.imagery.network import bar_network\n"
            "bar_network()\n"
            "for name in sys.argv[1:]:\n"
            "    for opened in (rasterio.open, pyogrio.read_info):\n"
            "        try: opened(name)\n"
            "        except Exception as error: print(type(error).__name__)\n"
            "        else: raise SystemExit(name)\n"
        )
        names = [
            f"/vsicurl/{server.url}/a.tif",
            f"{server.url}/a.tif",
            f"WMS:{server.url}/w?",
            f"WFS:{server.url}/w",
        ]
        environment = {**os.environ, "no_proxy": "*", "NO_PROXY": "*"}
        ran = subprocess.run(
            [sys.executable, "-c", code, *names], env=environment, check=False, capture_output=True, text=True
        )
        assert ran.returncode == 0, ran.stderr
        assert server.asked == []


@given(
    name=st.text(max_size=40)
    | st.from_regex(r"(/vsi[a-z]{2,6}/|[A-Z]{2,6}:|\w+://|<VRT\w+>)[\w/:{}.!\"]{0,20}")
)
def test_any_text_is_local_or_told(name: str) -> None:
    with suppress(InputError):
        assert permitted(name, allow_network=False).hosts == ()


def test_nothing_of_a_large_mosaic_is_left_out(tmp_path: Path) -> None:
    write_raster(tmp_path / "a.tif", [np.zeros((SIZE, SIZE), "uint8")])
    sources = "".join(
        f'<SimpleSource><SourceFilename relativeToVRT="1">a{number}.tif</SourceFilename></SimpleSource>'
        for number in range(3000)
    )
    last = "<SimpleSource><SourceFilename>https://last.example/a.tif</SourceFilename></SimpleSource>"
    name = file(tmp_path, "m.vrt", f"<VRTDataset><VRTRasterBand>{sources}{last}</VRTRasterBand></VRTDataset>")
    assert permitted(name, allow_network=True).hosts == ("last.example",)
