"""A model folder: which of its files are taken, whether they are all there and whole, and what it is called."""

from __future__ import annotations

import json
import re
from collections.abc import Collection, Sequence
from pathlib import Path
from typing import Any

import huggingface_hub

from engine.catalogue.headers import tensors
from engine.counting import count
from engine.errors import ModelError
from engine.wrong_fields import unreadable

SPEC_FILE = "remotezero.json"
INDEX_FILE = "model.safetensors.index.json"
SHARD = re.compile(r"(?:pytorch_)?model(?:\.safetensors)?-\d{5,6}-of-\d{5,6}\.safetensors")
"""``model-00001-of-00002.safetensors``; Qwen3.5 writes ``model.safetensors-00001-of-00002.safetensors``."""
TAKEN = {
    SPEC_FILE, INDEX_FILE, "config.json", "generation_config.json", "preprocessor_config.json",
    "processor_config.json", "video_preprocessor_config.json", "chat_template.json", "chat_template.jinja",
    "tokenizer.json", "tokenizer_config.json", "tokenizer.model", "special_tokens_map.json", "added_tokens.json",
    "vocab.json", "vocab.txt", "merges.txt", "README.md", "LICENSE", "LICENSE.txt", "LICENSE.md", "LICENCE", "NOTICE",
}  # fmt: skip
_GENERATION = re.compile(r"{%-?\s*(end)?generation\s*-?%}")
NAMED = 3
COMMIT_FOLDER = re.compile(r"[0-9a-f]{40}")


def is_taken(name: str, names: Collection[str]) -> bool:
    """Whether a file of a repository or folder belongs to the model as it is loaded here.

    Python files, pickles and weights in other formats never do, nor does anything in a folder.

    Args:
        name: the file.
        names: all files that are there; with an index the weights are its shards, else the one file.
    """
    if name in TAKEN:
        return True
    return bool(SHARD.fullmatch(name)) if INDEX_FILE in names else name == "model.safetensors"


def check_whole(folder: Path) -> int:
    """Check that every weight file is there, is safetensors, and is as long as it says of itself.

    Returns:
        Bytes of the weights on disk.

    Raises:
        ModelError: no weights, weights in another format, a missing shard or a damaged file.
    """
    files = sorted(folder.glob("*.safetensors"))
    lost = missing_shards(folder, {path.name for path in files})
    if lost:
        raise ModelError(f"The model in {folder} lacks {named(lost)}. Download it again.")
    if not files:
        others = sorted(path.name for path in folder.glob("*.bin"))
        why = f"only {', '.join(others)}, which could run code when read" if others else "no weights"
        raise ModelError(
            f"The folder {folder} holds {why}. Choose a checkpoint whose weights are *.safetensors files."
        )
    for path in files:
        try:
            for _ in tensors(path):
                break
        except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
            raise ModelError(
                f"The weights {path} are damaged ({error}). Download the model again."
            ) from error
    return sum(path.stat().st_size for path in files)


def missing_shards(folder: Path, names: Collection[str]) -> list[str]:
    """Those weight files that the index in a folder names and that are not among ``names``; none without an index.

    Raises:
        ModelError: the index can't be read.
    """
    index = folder / INDEX_FILE
    if not index.is_file():
        return []
    try:
        wanted = {str(name) for name in json.loads(index.read_text(encoding="utf-8"))["weight_map"].values()}
    except (OSError, ValueError, KeyError, AttributeError, TypeError) as error:
        why = unreadable(error) if isinstance(error, OSError | ValueError) else "it has no weight_map"
        raise ModelError(f"{index} can't be read ({why}). Download the model again.") from error
    return sorted(wanted - set(names))


def named(names: Sequence[str]) -> str:
    """The first of some names, and how many more there are."""
    more = f" and {count(len(names) - NAMED, 'other')}" if len(names) > NAMED else ""
    return ", ".join(names[:NAMED]) + more


def why_no_model(what: str, names: Collection[str]) -> str:
    """Say why a repository or folder is no model that is loaded here, and what to do with it instead.

    Args:
        what: its name.
        names: its files, those in folders below it with their folders.
    """
    below = sorted({name.rpartition("/")[0] for name in names if _is_weights_below(name)})
    if "adapter_config.json" in names:
        return (
            f"{what} holds an adapter (LoRA), which is no model by itself. Get the model that it was trained on; "
            "an adapter that was exported from here comes back by `remotezero adapters import`, in QGIS in the "
            "Self-improve tab."
        )
    if any(name.lower().endswith(".gguf") for name in names):
        return (
            f"{what} holds GGUF files, which this engine does not read. Take the repository of the same model with "
            "*.safetensors weights; or have llama.cpp, Ollama or LM Studio serve it, and name the server: "
            "--model http://localhost:8080/v1, in QGIS A server… in the panel's list of models."
        )
    if below:
        return (
            f"{what} has its weights in {named(below)}, and a model is taken from one folder alone. "
            "Add that folder, from this disk (`remotezero models add FOLDER`, in QGIS Add a folder…)."
        )
    return (
        f"{what} has no config.json with *.safetensors weights, and other weights can run code when they are read. "
        "Choose one that has them."
    )


def _is_weights_below(name: str) -> bool:
    return "/" in name and name.endswith(".safetensors")


def check_template(folder: Path) -> None:
    """Raise ModelError where a model's chat template can't be read; nothing of it is run."""
    from jinja2 import Environment, TemplateError

    for name in ("chat_template.jinja", "chat_template.json", "tokenizer_config.json"):
        path = folder / name
        if not path.is_file():
            continue
        try:
            text = path.read_text(encoding="utf-8")
            held = text if path.suffix == ".jinja" else json.loads(text).get("chat_template")
            templates = [held] if isinstance(held, str) else [item["template"] for item in held or ()]
            for template in templates:
                # The tag that transformers adds to the language.
                Environment(extensions=["jinja2.ext.loopcontrols"]).parse(_GENERATION.sub("", template))
        except (
            OSError,
            ValueError,
            KeyError,
            TypeError,
            AttributeError,
            RecursionError,
            TemplateError,
        ) as error:
            raise ModelError(
                f"The chat template in {path} is damaged: it can't be read. Download the model again."
            ) from error


def own_name(folder: Path, config: dict[str, Any]) -> str:
    """What a model folder is called that does not say so itself: by its own name, where that is one.

    The folder of a snapshot in the hub's cache is a hash; its name stands two folders up, in its
    configuration, or in the README's first heading.

    Args:
        folder: the model folder.
        config: its ``config.json``.
    """
    if not COMMIT_FOLDER.fullmatch(folder.name):
        return folder.name
    cached = repository_of_cache(folder)
    told = [cached or "", config.get("_name_or_path"), config.get("name_or_path"), _heading(folder)]
    names = (Path(text).name for text in told if isinstance(text, str) and text.strip())
    return next((name for name in names if not COMMIT_FOLDER.fullmatch(name)), folder.name)


def repository_of_cache(folder: Path) -> str | None:
    """``owner/name`` of a snapshot in the hub's cache, None for any other folder."""
    above = folder.parent.parent.name
    if folder.parent.name != "snapshots" or not above.startswith("models--"):
        return None
    return above.removeprefix("models--").replace("--", "/", 1)


def card_of_folder(folder: Path) -> dict[str, Any]:
    """The fields at the top of the README.md in a folder; none where it has none or they can't be read."""
    try:
        return huggingface_hub.metadata_load(folder / "README.md") or {}
    except (OSError, ValueError):
        return {}


def _heading(folder: Path) -> str | None:
    """The README's first heading, where it is a name: one word."""
    try:
        lines = (folder / "README.md").read_text(encoding="utf-8", errors="replace").splitlines()
    except OSError:
        return None
    model = card_of_folder(folder).get("model_name")
    if isinstance(model, str):
        return model
    heads = [line.removeprefix("# ").strip() for line in lines if line.startswith("# ")]
    return heads[0] if heads and len(heads[0].split()) == 1 else None
