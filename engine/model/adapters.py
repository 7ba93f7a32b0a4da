"""LoRA adapters on one set of base weights: loaded after their shapes were checked, switched in place."""

from __future__ import annotations

import json
import math
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from safetensors import SafetensorError, safe_open

from engine.errors import AdapterError
from engine.model.halving import is_out_of_memory

WEIGHTS = "adapter_model.safetensors"
CONFIG = "adapter_config.json"


class quiet:
    """No progress bars or advice on the user's terminal while weights are loaded."""

    def __enter__(self) -> None:
        from transformers.utils import logging as library

        self._library = library
        self._verbosity = library.get_verbosity()
        library.set_verbosity_error()
        library.disable_progress_bar()

    def __exit__(self, *_: object) -> None:
        self._library.set_verbosity(self._verbosity)


def load_adapter(model: Any, name: str, folder: Path) -> None:
    """Put the adapter in ``folder`` onto ``model`` under ``name``, frozen and not yet active.

    Args:
        model: the base model; its own weights stay as they are.
        name: what the adapter is switched by.
        folder: holds ``adapter_config.json`` and ``adapter_model.safetensors``.

    Raises:
        AdapterError: the adapter is missing, damaged, or was trained on another base model.
    """
    _check_shapes(model, folder)
    _check_numbers(folder)
    try:
        with quiet():
            model.load_adapter(str(folder), adapter_name=name, adapter_kwargs={"local_files_only": True})
    except (ValueError, RuntimeError, KeyError, TypeError, OSError) as error:
        if is_out_of_memory(error):
            raise
        raise AdapterError(
            f"The adapter in {folder} can't be put onto this model ({error}). "
            "Import it again or choose another."
        ) from error


def _check_shapes(model: Any, folder: Path) -> None:
    """Compare every LoRA matrix with the layer it is meant for, before anything is touched."""
    path = folder / WEIGHTS
    if not path.is_file():
        raise AdapterError(
            f"There is no {WEIGHTS} in {folder}. Adapters are read as safetensors only; import it again."
        )
    try:
        with safe_open(path, framework="pt") as stored:
            shapes = {key: tuple(stored.get_slice(key).get_shape()) for key in stored.keys()}  # noqa: SIM118
    except (SafetensorError, OSError) as error:
        raise AdapterError(f"{path} is damaged ({error}). Import the adapter again.") from error
    layers = {
        layer_name: layer for layer_name, layer in model.named_modules() if hasattr(layer, "in_features")
    }
    for key, shape in shapes.items():
        if ".lora_A." not in key and ".lora_B." not in key:
            raise AdapterError(
                f"{path} holds {key!r}, which is no LoRA matrix. Only LoRA adapters can be used."
            )
        target, _, rest = key.removeprefix("base_model.model.").partition(".lora_")
        layer = layers.get(target)
        side, found = ("in_features", shape[1]) if rest.startswith("A") else ("out_features", shape[0])
        expected = getattr(layer, side, None)
        if expected != found:
            here = f"has {side} {expected}" if layer is not None else "has no such layer"
            raise AdapterError(
                f"The adapter in {folder} belongs to another base model: its {target} has {side} {found}, "
                f"this model {here}. Choose an adapter that was trained on this model."
            )


def _check_numbers(folder: Path) -> None:
    """Refuse weights and scales that are no numbers: every score under them would be one half, or none."""
    try:
        config = json.loads((folder / CONFIG).read_text(encoding="utf-8"))
        rank, alpha = config["r"], config["lora_alpha"]
        usable = rank > 0 and math.isfinite(rank) and math.isfinite(alpha)
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise AdapterError(f"{folder / CONFIG} can't be read. Import the adapter again.") from error
    if not usable:
        raise AdapterError(
            f"{folder / CONFIG} says rank {rank} and alpha {alpha}, by which nothing can be scaled. "
            "The adapter is damaged: import it again or choose another."
        )
    with safe_open(folder / WEIGHTS, framework="pt") as stored:
        for key in stored.keys():  # noqa: SIM118
            if not stored.get_tensor(key).isfinite().all():
                raise AdapterError(
                    f"{folder / WEIGHTS} holds values that are no numbers (in {key}). "
                    "The adapter is broken: choose another, or learn it again."
                )


def tuner_layers(model: Any) -> list[Any]:
    """The layers of ``model`` that carry adapters."""
    from peft.tuners.tuners_utils import BaseTunerLayer

    return [module for module in model.modules() if isinstance(module, BaseTunerLayer)]


@contextmanager
def active_adapter(model: Any, name: str | None) -> Iterator[None]:
    """Run ``model`` with the adapter ``name``, or with the base weights alone for None.

    While adapter weights are being trained, what was active before and what is trained is put back at
    the end; otherwise the switch stays, so that the next call with the same adapter costs nothing.

    Raises:
        AdapterError: the model carries no adapter of this name.
    """
    layers = tuner_layers(model)
    if name is not None and not any(name in layer.lora_A for layer in layers):
        raise AdapterError(
            f"The adapter {name!r} is not on the model any more. Add it again, or choose another."
        )
    before = [(layer, list(layer.active_adapters), bool(layer.disable_adapters)) for layer in layers]
    if all(off if name is None else (not off and active == [name]) for _, active, off in before):
        yield
        return
    trained = [weight for layer in layers for weight in layer.parameters() if weight.requires_grad]
    for layer in layers:
        _switch(layer, name)
    try:
        yield
    finally:
        for layer, active, off in before if trained else ():
            layer.enable_adapters(True)
            layer.set_adapter(active, inference_mode=True)
            if off:
                layer.enable_adapters(False)
        for layer in layers:
            layer.requires_grad_(False)
        for weight in trained:
            weight.requires_grad_(True)


def _switch(layer: Any, name: str | None) -> None:
    if name is None:
        layer.enable_adapters(False)
        return
    layer.enable_adapters(True)
    layer.set_adapter(name, inference_mode=True)
