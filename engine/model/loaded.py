"""A model folder in memory, ready to propose and to verify."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from engine.catalogue.adapters import MANIFEST, base_sha256, check_adapter
from engine.catalogue.fitting import Plan, Task
from engine.catalogue.specs import check_runs
from engine.errors import AdapterError, ModelError
from engine.language.families import FAMILIES
from engine.model.adapters import load_adapter, tuner_layers
from engine.model.devices import choose_device
from engine.model.halving import memory_suffices
from engine.model.loading import fitted, load_processor, load_weights, out_of_memory
from engine.model.policy import HFPolicy
from engine.model.steps import fuse_norms
from engine.model.verifier import HFVerifier
from engine.model.vision import speed_up_vision
from engine.model.weights import Weights
from engine.types import ModelSpec


def load_model(
    spec: ModelSpec,
    *,
    device: str | None = None,
    load_in_4bit: bool | None = None,
    adapter: str | Path | None = None,
) -> LoadedModel:
    """Load a model folder.

    Args:
        spec: what to load.
        device: ``cuda``, ``cuda:1`` or ``cpu``; CUDA where there is one by default.
        load_in_4bit: NF4; the spec's choice by default.
        adapter: folder of a LoRA adapter that both policy and verifier start with.

    Raises:
        ModelError: the folder is missing or damaged, its family is unknown here, or it doesn't fit.
        AdapterError: the adapter can't be put onto this model.
    """
    family = FAMILIES[spec.family]
    check_runs(spec)
    where = choose_device(device)
    in_4bit = spec.load_in_4bit if load_in_4bit is None else load_in_4bit
    spec, plan = fitted(spec, where, "locate", load_in_4bit=in_4bit)
    processor = load_processor(spec)
    model = load_weights(spec, where, load_in_4bit=in_4bit)
    if family.name == "qwen3-vl":
        speed_up_vision(model.model.visual)
    if where.type == "cuda":
        fuse_norms(model)
    loaded = LoadedModel(spec, model, processor)
    if plan is not None:
        loaded.plan, loaded.encoder.cache.limit_bytes = plan, plan.kept_bytes
    if adapter is not None:
        name = Path(adapter).name
        loaded.add_adapter(name, Path(adapter))
        loaded.use(policy=name, verifier=name)
    return loaded


class LoadedModel(Weights):
    """One set of base weights that is policy, verifier and previous round at once.

    Attributes:
        policy: reasons and proposes; runs with the adapter chosen in :meth:`use`.
        verifier: scores; runs with its own choice of adapter.
        plan: how it was fitted into memory; None where that was not worked out.
        task: what it is in memory for; decides which other model would do where its memory is not enough.
    """

    plan: Plan | None = None
    task: Task = "locate"

    def __init__(self, spec: ModelSpec, model: Any, processor: Any) -> None:
        """Serve a transformers model; see :class:`engine.model.weights.Weights`."""

        def refusal() -> ModelError:
            return out_of_memory(spec, self.device, self.task, in_memory=self.memory_bytes())

        super().__init__(spec, model, processor, refusal)
        self.policy = HFPolicy(self)
        self.verifier = HFVerifier(self, FAMILIES[spec.family])

    @property
    def adapters(self) -> tuple[str, ...]:
        """Names of the adapters that can be chosen."""
        names = {name for layer in tuner_layers(self.model) for name in layer.lora_A}
        return tuple(sorted(names))

    def add_adapter(self, name: str, folder: Path) -> None:
        """Put a LoRA adapter onto the base weights; one of the same name is replaced.

        What has a manifest is compared with it first; only a folder of a training that goes on has none.

        Raises:
            RegistryError: it is missing, damaged, or was trained on another base model.
            ModelMemoryError: there is no room for it.
        """
        if name in self.adapters:
            self.model.delete_adapter(name)
        self.encoder.cache.clear()
        if (Path(folder) / MANIFEST).is_file():
            check_adapter(Path(folder), base_sha256(self.spec.path))
        if not memory_suffices(lambda: load_adapter(self.model, name, Path(folder))):
            raise self.refusal()

    def use(self, *, policy: str | None = None, verifier: str | None = None) -> None:
        """Choose what policy and verifier run with; None is the base weights alone.

        Raises:
            AdapterError: there is no adapter of this name.
        """
        for name in (policy, verifier):
            if name is not None and name not in self.adapters:
                known = ", ".join(self.adapters) or "none"
                raise AdapterError(f"The adapter {name!r} is not loaded (loaded: {known}). Add it first.")
        self.policy.adapter, self.verifier.adapter = policy, verifier

    def close(self) -> None:
        """Give the memory back; the model can't be used afterwards."""
        self.policy = self.verifier = None  # type: ignore[assignment]
        super().close()
