"""STAC items, catalogues and a small STAC API for the tests of archives; rasters are small and real."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import numpy as np
from affine import Affine

from tests.engine.rasters import write_raster
from tests.engine.servers import Server

COG = "image/tiff; application=geotiff; profile=cloud-optimized"


def tif(path: Path, west: float = 10.0, north: float = 50.0, side_deg: float = 0.01) -> Path:
    """A square of 16 x 16 pixels in degrees."""
    path.parent.mkdir(parents=True, exist_ok=True)
    pixel = side_deg / 16
    transform = Affine(pixel, 0, west, 0, -pixel, north)
    return write_raster(path, [np.full((16, 16), 90, np.uint8)] * 3, crs="EPSG:4326", transform=transform)


def item(name: str, href: str = "", **more: Any) -> dict[str, Any]:
    """An item with one picture; ``more`` are properties, and ``bbox``, ``assets`` and ``links`` of the item itself."""
    own = {
        key: more.pop(key) for key in ("bbox", "assets", "links", "geometry", "stac_version") if key in more
    }
    picture = {"href": href or f"./{name}.tif", "type": COG, "roles": ["data"]}
    return {
        "type": "Feature", "stac_version": "1.0.0", "id": name, "geometry": None, "bbox": [10.0, 49.99, 10.01, 50.0],
        "properties": {"datetime": "2026-05-31T10:00:00Z", **more}, "links": [], "assets": {"image": picture}, **own,
    }  # fmt: skip


def collection_of(*items: Any) -> dict[str, Any]:
    """A collection of items."""
    return {"type": "FeatureCollection", "features": list(items)}


def catalogue(*links: tuple[str, str], name: str = "archive") -> dict[str, Any]:
    """A catalogue with links of a relation to an address."""
    listed = [{"rel": rel, "href": href} for rel, href in links]
    return {"type": "Catalog", "id": name, "stac_version": "1.0.0", "description": "A test.", "links": listed}


def write(path: Path, content: Any) -> str:
    """Write a document and return its path as text."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(content if isinstance(content, str) else json.dumps(content), encoding="utf-8")
    return str(path)


Answer = Callable[[str, dict[str, Any]], Any]


@contextmanager
def answering(answer: Answer) -> Iterator[Server]:
    """A server whose JSON is what ``answer(path, parameters)`` returns; bytes go out as they are, None is 404."""
    server = Server("")

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            asked = urlsplit(self.path)
            self._answer(asked.path, {key: values[0] for key, values in parse_qs(asked.query).items()})

        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
            self._answer(urlsplit(self.path).path, json.loads(body or b"{}"))

        def _answer(self, path: str, parameters: dict[str, Any]) -> None:
            server.asked.append(path)
            content = answer(path, parameters)
            body = content if isinstance(content, bytes) else json.dumps(content).encode()
            self.send_response(404 if content is None else 200)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as http:
        http.daemon_threads = True
        server.url = f"http://127.0.0.1:{http.server_port}"
        threading.Thread(target=http.serve_forever, daemon=True).start()
        try:
            yield server
        finally:
            http.shutdown()


CONFORMS = [
    "https://api.stacspec.org/v1.0.0/core",
    "https://api.stacspec.org/v1.0.0/item-search",
    "https://api.stacspec.org/v1.0.0/collections",
]


def api(
    items: list[dict[str, Any]], page: int = 2, names: tuple[str, ...] = ("images",)
) -> tuple[Answer, list[Any]]:
    """A STAC API over some items, ``page`` of them at a time, and the searches that it was asked."""
    searches: list[Any] = []
    home: list[str] = []

    def answer(path: str, asked: dict[str, Any]) -> Any:
        root = home[0] if home else ""
        links = [{"rel": "root", "href": root}, {"rel": "self", "href": root}]
        if path == "/":
            more = [
                {"rel": "data", "href": f"{root}/collections"},
                {"rel": "search", "href": f"{root}/search", "method": "POST", "type": "application/geo+json"},
            ]
            return {**catalogue(), "conformsTo": CONFORMS, "links": [*links, *more]}
        described = [
            {
                "type": "Collection", "id": name, "stac_version": "1.0.0", "description": "x", "license": "other",
                "extent": {"spatial": {"bbox": [[-180, -90, 180, 90]]}, "temporal": {"interval": [[None, None]]}},
                "links": [*links, {"rel": "items", "href": f"{root}/collections/{name}/items"}],
            }
            for name in names
        ]  # fmt: skip
        if path == "/collections":
            return {"collections": described, "links": []}
        if path.startswith("/collections/"):
            return next((one for one in described if path == f"/collections/{one['id']}"), None)
        if path != "/search":
            return None
        searches.append(asked)
        start = int(asked.get("token", 0))
        following = [
            {
                "rel": "next",
                "href": f"{root}/search",
                "method": "POST",
                "body": {**asked, "token": start + page},
            }
        ]
        found = items[start : start + page]
        return {**collection_of(*found), "links": following if start + page < len(items) else []}

    answer.home = home  # type: ignore[attr-defined]
    return answer, searches
