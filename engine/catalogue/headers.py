"""What a safetensors file says of its tensors, read from its header alone."""

from __future__ import annotations

import json
import struct
from collections.abc import Iterator
from pathlib import Path
from typing import Any

HEADER_LIMIT = 100 * 2**20


def tensors(path: Path) -> Iterator[tuple[str, dict[str, Any]]]:
    """Name and description of every tensor in a safetensors file, from its header.

    Raises:
        ValueError: it is no safetensors file, or shorter or longer than its header says.
        OSError: it can't be read.
    """
    size = path.stat().st_size
    with path.open("rb") as stream:
        start = stream.read(8)
        length = struct.unpack("<Q", start)[0] if len(start) == 8 else size
        if length > min(HEADER_LIMIT, size - 8):
            raise ValueError(f"{path.name} does not begin with a safetensors header")
        header = json.loads(stream.read(length))
    if not isinstance(header, dict):
        raise ValueError(f"{path.name} does not begin with a safetensors header")
    header.pop("__metadata__", None)
    end = max((int(tensor["data_offsets"][1]) for tensor in header.values()), default=0)
    if 8 + length + end != size:
        raise ValueError(f"{path.name} has {size} bytes, and its header speaks of {8 + length + end}")
    yield from header.items()
