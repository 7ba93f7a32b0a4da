"""How much memory a model takes, for finding and for learning, worked out from its shapes."""

from __future__ import annotations

import json
import struct
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from math import prod
from pathlib import Path
from typing import Any

LIBRARIES_BYTES = 600 * 2**20
"""What torch and its libraries take beside the weights."""
BYTES_NF4 = 4.127 / 8
"""Bytes of a weight in NF4 with its scales quantised as well (one byte for 64 weights, those packed once more)."""
BYTES_16 = 2
FIND_ROWS, FIND_TOKENS, ANSWER_TOKENS = 2, 1800, 512
LEARN_ROWS, LEARN_TOKENS, LEARN_ANSWER_TOKENS = 4, 1400, 160
LORA_SHARE, LORA_BYTES = 0.012, 16
"""Weights of an adapter as a share of the language model, and bytes of each: itself, gradient, Adam's two."""
OUTLINE_BYTES = 700 * 2**20
"""What a model that draws outlines needs beside its weights for one picture."""
HEADER_LIMIT = 100 * 2**20


@dataclass(frozen=True)
class Shapes:
    """What of a model decides how much memory it takes; weights are counted in numbers, not in bytes.

    Attributes:
        language: weights of the language model's layers, which are quantised.
        vision: weights of the vision tower and its mergers, which stay in 16 bit.
        embedding: weights of the embeddings and of the head, which stay in 16 bit.
        layers, hidden, intermediate, kv_heads, head_dim: of the language model.
    """

    language: int
    vision: int
    embedding: int
    layers: int
    hidden: int
    intermediate: int
    kv_heads: int
    head_dim: int


@dataclass(frozen=True)
class Footprint:
    """Memory to plan for, in bytes: for finding, and for learning."""

    find_bytes: int
    learn_bytes: int


def footprint(shapes: Shapes, *, load_in_4bit: bool = True) -> Footprint:
    """Estimate the memory of a GPU that a model needs.

    Weights, keys and values of the rows that are worked on at once, their activations, and the libraries.
    Learning adds the adapter with its gradients, the activations kept at each layer, and the answers' logits.

    Args:
        shapes: of the model.
        load_in_4bit: the language model is held in NF4.
    """
    each = BYTES_NF4 if load_in_4bit else BYTES_16
    weights = shapes.language * each + (shapes.vision + shapes.embedding) * BYTES_16
    cache = 2 * shapes.layers * shapes.kv_heads * shapes.head_dim * BYTES_16
    working = (8 * shapes.hidden + 3 * shapes.intermediate) * BYTES_16
    find = FIND_ROWS * (cache * FIND_TOKENS + working * (FIND_TOKENS - ANSWER_TOKENS))
    kept = shapes.layers * shapes.hidden * BYTES_16
    logits = shapes.embedding // max(shapes.hidden, 1) * 4 * 2
    tokens = LEARN_ROWS * LEARN_TOKENS
    learn = tokens * (kept + 2 * working) + LEARN_ROWS * LEARN_ANSWER_TOKENS * logits
    adapter = shapes.language * LORA_SHARE * LORA_BYTES
    return Footprint(
        round(weights + find) + LIBRARIES_BYTES, round(weights + max(find, learn + adapter)) + LIBRARIES_BYTES
    )


def outliner_footprint(size_bytes: int) -> Footprint:
    """Estimate the memory of a model that draws outlines, whose weights are of so many bytes; it never learns."""
    return Footprint(size_bytes + OUTLINE_BYTES + LIBRARIES_BYTES, 0)


def read_shapes(folder: Path) -> Shapes | None:
    """The shapes of a model folder, None where its files don't tell them; only headers are read."""
    files = sorted(folder.glob("*.safetensors"))
    try:
        stamp = tuple((str(path), path.stat().st_size, path.stat().st_mtime_ns) for path in files)
        return _shapes(folder / "config.json", stamp)
    except (OSError, ValueError, KeyError, TypeError, AttributeError, struct.error):
        return None


@lru_cache(maxsize=64)
def _shapes(config_file: Path, stamp: tuple[tuple[str, int, int], ...]) -> Shapes:
    counts = {"language": 0, "vision": 0, "embedding": 0}
    for path, _, _ in stamp:
        for name, tensor in tensors(Path(path)):
            counts[_part(name)] += prod(tensor["shape"])
    if not counts["language"]:
        raise ValueError("no weights of a language model")
    config = json.loads(config_file.read_text(encoding="utf-8"))
    text = config.get("text_config") or config
    heads = int(text["num_attention_heads"])
    return Shapes(
        **counts,
        layers=int(text["num_hidden_layers"]),
        hidden=int(text["hidden_size"]),
        intermediate=int(text["intermediate_size"]),
        kv_heads=int(text.get("num_key_value_heads") or heads),
        head_dim=int(text.get("head_dim") or text["hidden_size"] // heads),
    )


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


def _part(name: str) -> str:
    if "visual" in name or "vision" in name:
        return "vision"
    return "embedding" if "embed_tokens" in name or "lm_head" in name else "language"
