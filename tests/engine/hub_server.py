"""A hub on loopback: the calls of the real one that getting a model makes, and all that can go wrong on the way."""

from __future__ import annotations

import hashlib
import http.server
import json
import re
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import safetensors.numpy

LFS = (".safetensors",)


def tiny_weights(seed: int = 0, count: int = 30_000) -> bytes:
    """A safetensors file that has a language model, a vision tower and embeddings, of no use whatever."""
    draw = np.random.default_rng(seed)
    shapes = {
        "model.language_model.layers.0.w": (count, 4),
        "model.visual.w": (64, 4),
        "embed_tokens.w": (32, 4),
    }
    return safetensors.numpy.save(
        {name: draw.normal(size=shape).astype(np.float32) for name, shape in shapes.items()}
    )


def tiny_files(seed: int = 0, licence: str = "apache-2.0", model_type: str = "qwen3_vl") -> dict[str, bytes]:
    """A repository with one weight file."""
    text = {"hidden_size": 4, "num_hidden_layers": 1, "num_attention_heads": 1, "intermediate_size": 8}
    config = {"model_type": model_type, "text_config": text, "seed": seed}
    return {
        "config.json": json.dumps(config).encode(),
        "tokenizer.json": b"{}",
        "merges.txt": b"",
        "README.md": f"---\nlicense: {licence}\n---\n# Tiny\n".encode(),
        "model.safetensors": tiny_weights(seed),
        "pytorch_model.bin": b"\x80\x04pickle",
        "modeling_tiny.py": b"import os\n",
        "onnx/model.onnx": b"x",
    }


def commit_of(files: dict[str, bytes]) -> str:
    """A name for a set of files, as long as git's."""
    digest = hashlib.sha1(usedforsecurity=False)
    for name, content in sorted(files.items()):
        digest.update(name.encode() + content)
    return digest.hexdigest()


@dataclass
class Hub:
    """What is published, what is to go wrong, and what was asked.

    Attributes:
        branches: repository to branch to commit.
        commits: repository and commit to files.
        gated, private: repositories that want a token.
        token: the one that opens them.
        cut: file name to the bytes after which each answer breaks off; a negative one breaks off every later one too.
        flipped: file names of which a byte arrives wrong.
        silent: nothing is answered.
        asked: method, path, range and whether a token came, of each request.
    """

    url: str = ""
    branches: dict[str, dict[str, str]] = field(default_factory=dict)
    commits: dict[tuple[str, str], dict[str, bytes]] = field(default_factory=dict)
    gated: set[str] = field(default_factory=set)
    private: set[str] = field(default_factory=set)
    token: str = "hf_secretsecretsecret"
    cut: dict[str, int] = field(default_factory=dict)
    flipped: set[str] = field(default_factory=set)
    silent: bool = False
    status: int = 0
    asked: list[tuple[str, str, str, bool]] = field(default_factory=list)
    on_resolve: Any = None

    def publish(self, repository: str, files: dict[str, bytes], branch: str = "main") -> str:
        """Put a commit on a branch; returns its name."""
        commit = commit_of(files)
        self.commits[repository, commit] = files
        self.branches.setdefault(repository, {})[branch] = commit
        return commit

    def ranges(self, name: str) -> list[str]:
        """The ranges that were asked of a large file."""
        return [asked for method, path, asked, _ in self.asked if method == "GET" and path == f"/cdn/{name}"]


class Handler(http.server.BaseHTTPRequestHandler):
    """Answers as the hub does."""

    protocol_version = "HTTP/1.1"
    hub: Hub

    def log_message(self, *_: object) -> None:
        """Stay quiet."""

    def do_GET(self) -> None:
        self._handle(body=True)

    def do_HEAD(self) -> None:
        self._handle(body=False)

    def _handle(self, *, body: bool) -> None:
        path = self.path.split("?")[0]
        authorised = self.headers.get("Authorization") == f"Bearer {self.hub.token}"
        asked = self.headers.get("Range", "")
        self.hub.asked.append((self.command, path, asked, "Authorization" in self.headers))
        if self.hub.silent:
            self.connection.settimeout(60)
            with socket_errors_ignored():
                self.connection.recv(1)
            self.close_connection = True
            return
        if self.hub.status:
            return self._send(self.hub.status, b"{}", body)
        if match := re.fullmatch(r"/api/models/([^/]+/[^/]+)(?:/revision/(.+))?", path):
            return self._info(match[1], match[2] or "main", authorised)
        if match := re.fullmatch(r"/([^/]+/[^/]+)/resolve/([^/]+)/(.+)", path):
            return self._resolve(match[1], match[2], match[3], authorised, body)
        if match := re.fullmatch(r"/cdn/(.+)", path):
            found = [files[match[1]] for files in self.hub.commits.values() if match[1] in files]
            etag = self.headers.get("X-Wanted", "")
            return self._file(match[1], self._by_query(found), body, etag)
        self._send(404, b"{}", body)

    def _by_query(self, found: list[bytes]) -> bytes:
        wanted = self.path.partition("?")[2]
        return next(content for content in found if hashlib.sha256(content).hexdigest() == wanted)

    def _refused(self, repository: str, authorised: bool) -> bool:
        if repository not in self.hub.branches or (repository in self.hub.private and not authorised):
            self._send(401, b"{}", True, {"X-Error-Code": "RepoNotFound"})
            return True
        if repository in self.hub.gated and not authorised:
            self._send(403, b"{}", True, {"X-Error-Code": "GatedRepo"})
            return True
        return False

    def _commit(self, repository: str, revision: str) -> str | None:
        commit = self.hub.branches.get(repository, {}).get(revision, revision)
        return commit if (repository, commit) in self.hub.commits else None

    def _info(self, repository: str, revision: str, authorised: bool) -> None:
        if self._refused(repository, authorised):
            return
        commit = self._commit(repository, revision)
        if commit is None:
            return self._send(404, b"{}", True, {"X-Error-Code": "RevisionNotFound"})
        files = self.hub.commits[repository, commit]
        siblings = [sibling(name, content) for name, content in files.items()]
        fields = re.findall(r"^(license\w*): (.+)$", files.get("README.md", b"").decode(), re.M)
        document = {"id": repository, "sha": commit, "siblings": siblings, "cardData": dict(fields)}
        self._send(200, json.dumps(document).encode(), True)
        if self.hub.on_resolve:
            self.hub.on_resolve()

    def _resolve(self, repository: str, revision: str, name: str, authorised: bool, body: bool) -> None:
        if self._refused(repository, authorised):
            return
        commit = self._commit(repository, revision)
        files = self.hub.commits.get((repository, commit or ""), {})
        if name not in files:
            return self._send(404, b"{}", body, {"X-Error-Code": "EntryNotFound"})
        if name.endswith(LFS):
            sha256 = hashlib.sha256(files[name]).hexdigest()
            return self._send(302, b"", body, {"Location": f"{self.hub.url}/cdn/{name}?{sha256}"})
        self._file(name, files[name], body, "")

    def _file(self, name: str, content: bytes, body: bool, _: str) -> None:
        if name in self.hub.flipped:
            content = content[:-1] + bytes([content[-1] ^ 1])
        size, start = len(content), 0
        if match := re.fullmatch(r"bytes=(\d+)-", self.headers.get("Range", "")):
            start = int(match[1])
        self.send_response(206 if start else 200)
        self.send_header("Content-Length", str(size - start))
        if start:
            self.send_header("Content-Range", f"bytes {start}-{size - 1}/{size}")
        self.end_headers()
        if not body:
            return
        cut = self.hub.cut.get(name)
        piece = content[start:] if cut is None else content[start : max(start, abs(cut))]
        with socket_errors_ignored():
            self.wfile.write(piece)
        if cut is not None:
            if cut > 0:
                del self.hub.cut[name]
            self.close_connection = True
            with socket_errors_ignored():
                self.connection.shutdown(socket.SHUT_RDWR)

    def _send(self, status: int, content: bytes, body: bool, headers: dict[str, str] | None = None) -> None:
        self.send_response(status)
        for name, value in (headers or {}).items():
            self.send_header(name, value)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        if body and self.command != "HEAD":
            self.wfile.write(content)


def sibling(name: str, content: bytes) -> dict[str, Any]:
    """A file as the hub describes it."""
    blob = hashlib.sha1(b"blob %d\0" % len(content) + content, usedforsecurity=False).hexdigest()
    entry: dict[str, Any] = {"rfilename": name, "size": len(content), "blobId": blob}
    if name.endswith(LFS):
        sha256 = hashlib.sha256(content).hexdigest()
        entry["lfs"] = {"sha256": sha256, "size": len(content), "pointerSize": 134}
    return entry


@contextmanager
def socket_errors_ignored() -> Iterator[None]:
    """A client that is gone is none of the server's business."""
    try:
        yield
    except OSError:
        return


@contextmanager
def serving(hub: Hub) -> Iterator[Hub]:
    """Serve ``hub`` on a free port of loopback."""
    handler = type("HubHandler", (Handler,), {"hub": hub})
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler)
    server.daemon_threads = True
    hub.url = f"http://127.0.0.1:{server.server_port}"
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield hub
    finally:
        server.shutdown()
        server.server_close()
