"""Small pictures without any library."""

from __future__ import annotations

import struct
import zlib


def png(side: int, seed: int) -> bytes:
    """A small picture: a light square on a dark ground."""
    rows = bytearray()
    for y in range(side):
        rows.append(0)
        for x in range(side):
            inside = side // 4 <= x < 3 * side // 4 and side // 4 <= y < 3 * side // 4
            rows += bytes((200, 190, 170)) if inside else bytes((60, 80 + seed % 60, 50 + (x + y) % 30))
    return encode(side, side, bytes(rows))


def encode(width: int, height: int, rows: bytes) -> bytes:
    """Rows of RGB, each with a zero before it, as a PNG."""

    def chunk(name: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))

    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    parts = chunk(b"IHDR", head), chunk(b"IDAT", zlib.compress(rows)), chunk(b"IEND", b"")
    return b"\x89PNG\r\n\x1a\n" + b"".join(parts)
