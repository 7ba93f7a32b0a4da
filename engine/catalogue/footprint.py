"""The shapes of a model, read from its configuration and from the headers of its weights."""

from __future__ import annotations

import json
import math
import re
import struct
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from math import prod
from pathlib import Path
from typing import Any

from engine.catalogue.headers import tensors
from engine.language.families import family_of_model_type

_LAYER = re.compile(r"\blayers\.(\d+)\.")
VISION_PARTS = ("visual", "vision", "merger", "projector", "connector")
"""What the modules of vision towers, and of what joins them to the language model, are called."""


@dataclass(frozen=True)
class Shapes:
    """What of a model decides how much memory it takes; weights are counted in numbers, not in bytes.

    Attributes:
        language: weights of the language model's layers, which are quantised.
        vision: weights of the vision tower and its mergers, which stay in 16 bit.
        embedding: weights of the embeddings and of the head, which stay in 16 bit.
        layers, hidden, intermediate, heads, kv_heads, head_dim: of the language model.
        vocabulary: words that an answer is chosen from.
        vision_layers, vision_hidden, vision_intermediate: of the vision tower.
        patch_px, merge: side of a patch in pixels, and how many patches a side make one token.
        deepstack: layers of the vision tower that are handed to the language model beside the last.
        cached: numbers that are kept of a token in all layers together; 0 where all layers are alike.
    """

    language: int
    vision: int
    embedding: int
    layers: int
    hidden: int
    intermediate: int
    kv_heads: int
    head_dim: int
    heads: int = 32
    vocabulary: int = 151_936
    vision_layers: int = 27
    vision_hidden: int = 1152
    vision_intermediate: int = 4304
    patch_px: int = 16
    merge: int = 2
    deepstack: int = 0
    cached: int = 0

    @property
    def token_px(self) -> int:
        """Side in pixels of what becomes one token."""
        return self.patch_px * self.merge

    @property
    def largest(self) -> int:
        """Weights of the largest matrix of the language model's layers."""
        return self.hidden * max(self.intermediate, self.heads * self.head_dim)


def shapes_from(
    config: Mapping[str, Any], *, language: int = 0, vision: int = 0, embedding: int = 0
) -> Shapes:
    """The shapes that a ``config.json`` tells, with weights as they were counted.

    Raises:
        KeyError: it lacks what every language model has.
    """
    text, sight = config.get("text_config") or config, config.get("vision_config") or {}
    heads = int(text["num_attention_heads"])
    return Shapes(
        language=language,
        vision=vision,
        embedding=embedding,
        layers=int(text["num_hidden_layers"]),
        hidden=int(text["hidden_size"]),
        intermediate=int(text["intermediate_size"]),
        kv_heads=int(text.get("num_key_value_heads") or heads),
        head_dim=int(text.get("head_dim") or text["hidden_size"] // heads),
        heads=heads,
        vocabulary=int(text.get("vocab_size") or config.get("vocab_size") or Shapes.vocabulary),
        vision_layers=_count(sight, Shapes.vision_layers, "depth", "num_hidden_layers"),
        vision_hidden=_count(sight, Shapes.vision_hidden, "hidden_size"),
        vision_intermediate=_count(sight, Shapes.vision_intermediate, "intermediate_size"),
        patch_px=_count(sight, Shapes.patch_px, "patch_size"),
        merge=_merge(config, sight),
        deepstack=len(sight.get("deepstack_visual_indexes") or ()),
    )


def shapes_of(config: Any) -> Shapes:
    """The shapes that a configuration of transformers tells, weights left out; layers may differ in width."""
    text = config.get_text_config()
    layers = [text] * text.num_hidden_layers
    if getattr(text, "is_heterogeneous", False):
        layers = [text.per_layer_config[layer] for layer in range(text.num_hidden_layers)]
    heads = (getattr(one, "head_dim", None) or one.hidden_size // one.num_attention_heads for one in layers)
    cached = sum(2 * one.num_key_value_heads * head for one, head in zip(layers, heads, strict=True))
    widths = {"intermediate_size": max(one.intermediate_size for one in layers)}
    vision = getattr(config, "vision_config", None)
    shown = {
        **config.to_dict(),
        "text_config": {**text.to_dict(), **widths},
        "vision_config": {} if vision is None else vision.to_dict(),
    }
    return replace(shapes_from(shown), cached=cached)


def _merge(config: Mapping[str, Any], sight: Mapping[str, Any]) -> int:
    """How many patches a side make one token: each family says it in its own words, and some only in their code."""
    if ratio := config.get("downsample_ratio"):
        return round(1 / float(ratio))
    if tokens := config.get("mm_tokens_per_image"):
        return round(int(sight["image_size"]) / int(sight["patch_size"]) / math.sqrt(float(tokens)))
    family = family_of_model_type(str(config.get("model_type", "")))
    own = _count(sight, 0, "spatial_merge_size", "pooling_kernel_size")
    return own or _count(config, family.merge if family else Shapes.merge, "downsample_factor")


def _count(config: Mapping[str, Any], default: int, *names: str) -> int:
    """The first of the named numbers; of two, height and width, the first."""
    value = next((config[name] for name in names if config.get(name)), default)
    return int(value[0] if isinstance(value, list | tuple) else value)


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
    counts, matrices = {"language": 0, "vision": 0, "embedding": 0}, dict[str, tuple[int, ...]]()
    for path, _, _ in stamp:
        for name, tensor in tensors(Path(path)):
            part = _part(name)
            counts[part] += prod(tensor["shape"])
            if part != "vision":
                matrices[name] = tuple(tensor["shape"])
    if not counts["language"]:
        raise ValueError("no weights of a language model")
    config = json.loads(config_file.read_text(encoding="utf-8"))
    text = config.get("text_config") or config
    told = {name: value for name, value in text.items() if value is not None}
    return shapes_from({**config, "text_config": {**_measured(matrices, told), **told}}, **counts)


def _measured(matrices: Mapping[str, tuple[int, ...]], told: Mapping[str, Any]) -> dict[str, int]:
    """What the matrices of a language model tell of its shapes: published files leave out what is usual.

    Args:
        matrices: shape by name.
        told: what the configuration says.
    """
    found: dict[str, int] = {}
    wide = narrow = 0
    for name, shape in matrices.items():
        kind = name.removesuffix(".weight").rpartition(".")[2]
        if len(shape) != 2:
            continue
        if kind == "embed_tokens":
            found["vocab_size"], found["hidden_size"] = shape
        if layer := _LAYER.search(name):
            found["num_hidden_layers"] = max(found.get("num_hidden_layers", 0), int(layer[1]) + 1)
        if kind in ("gate_proj", "w1"):
            found["intermediate_size"] = max(found.get("intermediate_size", 0), shape[0])
        wide = max(wide, shape[0] if kind == "q_proj" else 0)
        narrow = max(narrow, shape[0] if kind == "k_proj" else 0)
    if wide and narrow and "num_attention_heads" not in told:
        head = int(told.get("head_dim") or math.gcd(wide, narrow, 128))
        found |= {
            "num_attention_heads": wide // head,
            "num_key_value_heads": narrow // head,
            "head_dim": head,
        }
    return found


def _part(name: str) -> str:
    if any(part in name for part in VISION_PARTS):
        return "vision"
    return "embedding" if "embed_tokens" in name or "lm_head" in name else "language"
