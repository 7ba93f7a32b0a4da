"""Bytes that come over the network for an archive, against those that its windows need.

    python -m tools.bench.scan_bytes

A STAC catalogue and cloud-optimised GeoTIFFs are served on loopback by a server that answers range requests and counts
what it sends. The scenes of a box are found through the catalogue, and every window of each is read as the engine
reads it: in a process of its own, with the settings that it always has.

Needed are the header of each file (all that comes before its first tile) and the compressed bytes of each tile that
one of the windows touches, once, at the resolution at which GDAL reads that window. What else is sent counts against
the engine: alignment to blocks, tiles that come twice, samples for the stretch, answers about files that are not there.
"""

from __future__ import annotations

import json
import tempfile
import threading
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import numpy as np
import rasterio
from affine import Affine

from engine.imagery.raster import open_raster
from engine.imagery.windows import plan_windows
from engine.scan.sources import find_scenes
from engine.scan.wanted import Wanted
from engine.types import Window
from tools.bench.figure import Figure, table

CHIP_PX = 1024
TILE_PX = 512
AT_MOST = 1.3
PIECE = 2**16
NEARLY = 1.2
"""GDAL takes the coarsest overview that is less than this many times coarser than what is asked."""


@dataclass(frozen=True)
class Kind:
    """A scene to be served: its name, size, type of values and compression."""

    name: str
    width: int
    height: int
    dtype: str
    compress: str
    wanted: bool = True


KINDS = (
    Kind("photo", 4096, 4096, "uint8", "JPEG"),
    Kind("strip", 12_288, 2_560, "uint8", "DEFLATE"),
    Kind("sensor", 4096, 4096, "uint16", "DEFLATE"),
    Kind("elsewhere", 2048, 2048, "uint8", "DEFLATE", wanted=False),
)


@dataclass
class Served:
    """What a server has sent, by path.

    Attributes:
        url: where it listens.
        sent: bytes of bodies.
        requests: how many, those for what is not there included.
    """

    url: str = ""
    sent: Counter[str] = field(default_factory=Counter)
    requests: Counter[str] = field(default_factory=Counter)


@contextmanager
def serving_ranges(folder: Path) -> Iterator[Served]:
    """Serve a folder on loopback, whole files and ranges of them, and count what is sent."""
    served, lock = Served(), threading.Lock()

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_HEAD(self) -> None:
            self.answer(body=False)

        def do_GET(self) -> None:
            self.answer(body=True)

        def answer(self, *, body: bool) -> None:
            file, asked = folder / self.path.lstrip("/"), self.headers.get("Range")
            here = file.is_file()
            size = file.stat().st_size if here else 0
            first, last = 0, size - 1
            if asked:
                start, _, end = asked.removeprefix("bytes=").partition("-")
                first, last = int(start), min(int(end or last), last)
            self.send_response(404 if not here else 206 if asked else 200)
            if here and asked:
                self.send_header("Content-Range", f"bytes {first}-{last}/{size}")
            self.send_header("Accept-Ranges", "bytes")
            self.send_header("Content-Length", str(last - first + 1))
            self.end_headers()
            sent = self.send(file, first, last) if body and here else 0
            with lock:
                served.sent[self.path] += sent
                served.requests[self.path] += 1

        def send(self, file: Path, first: int, last: int) -> int:
            """Send a range of a file; what was sent before the reader left counts as well."""
            sent = 0
            with file.open("rb") as stream:
                stream.seek(first)
                while sent <= last - first:
                    piece = stream.read(min(PIECE, last - first + 1 - sent))
                    try:
                        self.wfile.write(piece)
                    except OSError:
                        break
                    sent += len(piece)
            return sent

        def log_message(self, *_: object) -> None:
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as http:
        http.daemon_threads = True
        served.url = f"http://127.0.0.1:{http.server_port}"
        threading.Thread(target=http.serve_forever, daemon=True).start()
        try:
            yield served
        finally:
            http.shutdown()


def write_archive(folder: Path, kinds: Sequence[Kind]) -> None:
    """Write the scenes as cloud-optimised GeoTIFFs and a catalogue of them; the same bytes in every run."""
    links = []
    for number, kind in enumerate(kinds):
        write_scene(folder / f"{kind.name}.tif", kind)
        west = 10.0 if kind.wanted else 40.0
        picture = {
            "href": f"./{kind.name}.tif",
            "type": "image/tiff; application=geotiff; profile=cloud-optimized",
            "roles": ["data"],
        }
        item = {
            "type": "Feature", "stac_version": "1.0.0", "id": kind.name, "geometry": None, "links": [],
            "bbox": [west, 45.0, west + 0.1, 45.1], "properties": {"datetime": f"2026-05-{number + 1:02}T10:00:00Z"},
            "assets": {"image": picture},
        }  # fmt: skip
        (folder / f"{kind.name}.json").write_text(json.dumps(item), encoding="utf-8")
        links.append({"rel": "item", "href": f"./{kind.name}.json"})
    catalogue = {
        "type": "Catalog",
        "stac_version": "1.0.0",
        "id": "bench",
        "description": "Bench.",
        "links": links,
    }
    (folder / "catalog.json").write_text(json.dumps(catalogue), encoding="utf-8")


def write_scene(path: Path, kind: Kind) -> None:
    """One scene: cells of colour with noise over them, which compresses about as imagery does."""
    rng = np.random.default_rng(len(kind.name))
    cells = rng.integers(20, 235, (3, kind.height // 8, kind.width // 8), dtype=np.int16)
    noise = rng.integers(-6, 7, (3, kind.height, kind.width), dtype=np.int16)
    pixels = (cells.repeat(8, axis=1).repeat(8, axis=2) + noise).astype(kind.dtype)
    if kind.dtype == "uint16":
        pixels *= 40
    options = {"quality": 85} if kind.compress == "JPEG" else {"predictor": 2}
    with rasterio.open(
        path, "w", driver="COG", width=kind.width, height=kind.height, count=3, dtype=kind.dtype, crs="EPSG:32632",
        transform=Affine(0.5, 0, 578_000, 0, -0.5, 4_990_000), blocksize=TILE_PX, compress=kind.compress, **options,
    ) as dataset:  # fmt: skip
        dataset.write(pixels)


def needed_bytes(path: Path, windows: Sequence[Window]) -> tuple[int, int]:
    """Bytes of the header, and of the tiles that windows touch, each tile once."""
    with rasterio.open(path) as dataset:
        levels = dataset.overviews(1)
        touched = {place for window in windows for place in _tiles(window, levels)}
        tiles = sum(int(_tag(dataset, "BLOCK_SIZE", *place)) for place in touched)
        header = min(int(_tag(dataset, "BLOCK_OFFSET", level, 0, 0)) for level in range(len(levels) + 1))
    return header, tiles


def _tiles(window: Window, levels: Sequence[int]) -> Iterator[tuple[int, int, int]]:
    """Level (0 is the full resolution), column and row of each tile under a window."""
    scale = min(window.width_src / window.width_px, window.height_src / window.height_px)
    level = max((n for n, factor in enumerate(levels, 1) if factor < NEARLY * scale), default=0)
    side = TILE_PX * (levels[level - 1] if level else 1)
    for column in range(window.col_src // side, (window.col_src + window.width_src - 1) // side + 1):
        for row in range(window.row_src // side, (window.row_src + window.height_src - 1) // side + 1):
            yield level, column, row


def _tag(dataset: rasterio.DatasetReader, name: str, level: int, column: int, row: int) -> str:
    overview = {"ovr": level - 1} if level else {}
    return str(dataset.get_tag_item(f"{name}_{column}_{row}", "TIFF", bidx=1, **overview) or 0)


def scan_bytes(kinds: Sequence[Kind] = KINDS) -> Figure:
    """Bytes sent of all wanted scenes, divided by those that their windows need."""
    detail: dict[str, object] = {}
    with tempfile.TemporaryDirectory() as name, serving_ranges(Path(name)) as served:
        folder = Path(name)
        write_archive(folder, kinds)
        wanted = Wanted.read(bbox=(9.9, 44.9, 10.2, 45.2))
        archive = find_scenes(f"{served.url}/catalog.json", wanted, allow_network=True)
        listing = sum(served.sent.values())
        all_sent = all_needed = 0
        for scene in archive.scenes:
            with open_raster(scene.raster, allow_network=True) as raster:
                windows = plan_windows(
                    raster.width_src,
                    raster.height_src,
                    chip_px=CHIP_PX,
                    zoom="auto",
                    gsd_src_m=raster.gsd_m,
                    gsd_m=None,
                )
                for window in windows:
                    raster.read_chip(window)
            header, tiles = needed_bytes(folder / f"{scene.id}.tif", windows)
            sent = sum(count for path, count in served.sent.items() if path.startswith(f"/{scene.id}.tif"))
            asked = sum(count for path, count in served.requests.items() if path.startswith(f"/{scene.id}."))
            detail[scene.id] = {
                "windows": len(windows),
                "sent": sent,
                "header": header,
                "tiles": tiles,
                "ratio": round(sent / (header + tiles), 4),
                "requests": asked,
            }
            all_sent, all_needed = all_sent + sent, all_needed + header + tiles
        unwanted = sum(served.sent[f"/{kind.name}.tif"] for kind in kinds if not kind.wanted)
    totals = {"sent": all_sent, "needed": all_needed, "listing": listing, "of_unwanted_scenes": unwanted}
    return Figure(
        "scan_bytes", all_sent / all_needed, AT_MOST, at_least=False, detail={**totals, "scenes": detail}
    )


if __name__ == "__main__":
    figure = scan_bytes()
    print(table([figure]))
    print(json.dumps(figure.detail, indent=1))
    raise SystemExit(not figure.met)
