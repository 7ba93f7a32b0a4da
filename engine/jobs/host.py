"""Keeps one model in memory while it is needed, and lets go of it when it is not."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from typing import TYPE_CHECKING, Any, Literal, Protocol

from engine.catalogue.adapters import find_adapter
from engine.catalogue.models import find_model, list_models
from engine.types import ModelSpec, Policy, Verifier

if TYPE_CHECKING:
    from engine.model.loaded import LoadedModel


ModelState = Literal["idle", "loading", "ready"]
IDLE_S = 600.0
NO_ADAPTER = "none"


class Served(Protocol):
    """A loaded model: policy and verifier on one set of base weights.

    Attributes:
        name: what the user calls the model.
        device: where it computes, as the user would name it ("cpu", "NVIDIA RTX A2000").
        batch_size: questions that fit into one generation.
    """

    name: str
    device: str
    batch_size: int

    @property
    def policy(self) -> Policy:
        """Reasons and proposes."""
        ...

    @property
    def verifier(self) -> Verifier:
        """Scores."""
        ...

    def use_adapter(self, name: str | None) -> str | None:
        """Put an adapter on the base weights: the one named, the current one for None, none for ``none``.

        Returns:
            The name of the adapter that is on them now.
        """
        ...

    def close(self) -> None:
        """Free the memory."""
        ...


Loader = Callable[[str | None], Served]
"""From a model's name or folder (None: the default one) to the model in memory."""


class ModelHost:
    """Holds at most one loaded model; used by the job thread, asked about by the service."""

    def __init__(
        self,
        load: Loader,
        *,
        idle_s: float = IDLE_S,
        monotonic: Callable[[], float] = time.monotonic,
    ) -> None:
        """Load with ``load``; free the model after ``idle_s`` seconds without a job."""
        self._load = load
        self._idle_s = idle_s
        self._monotonic = monotonic
        self._lock = threading.Lock()
        self._served: Served | None = None
        self._key: str | None = None
        self._used = monotonic()
        self.state: ModelState = "idle"

    def acquire(self, model: str | None, adapter: str | None) -> tuple[Served, str | None]:
        """Return the model, and the name of the adapter that is on it now; load it when it isn't in memory.

        Args:
            model: name or folder; None for the default one.
            adapter: name; None for the one in use, ``none`` for the base weights alone.

        Raises:
            ModelError: it can't be found or loaded; none is in memory afterwards.
            RegistryError: the adapter is missing, damaged, or belongs to another model.
        """
        with self._lock:
            if self._served is None or self._key != model:
                self._free()
                self.state = "loading"
                try:
                    self._served, self._key = self._load(model), model
                finally:
                    self.state = "ready" if self._served else "idle"
            on_it = self._served.use_adapter(adapter)
            self._used = self._monotonic()
            return self._served, on_it

    def free(self) -> None:
        """Free the model's memory, if one is loaded."""
        with self._lock:
            self._free()

    def free_when_idle(self) -> None:
        """Free the model's memory when no job has used it for a while."""
        with self._lock:
            if self._served is not None and self._monotonic() - self._used >= self._idle_s:
                self._free()

    def touch(self) -> None:
        """Note that the model has just been used."""
        self._used = self._monotonic()

    def describe(self) -> dict[str, str | None]:
        """Return the state of the model, its name and its device, without waiting for a load to end."""
        served = self._served
        return {
            "state": self.state,
            "model": served.name if served else None,
            "device": served.device if served else None,
        }

    def _free(self) -> None:
        if self._served is not None:
            self._served.close()
        self._served, self._key, self.state = None, None, "idle"


QUESTIONS_AT_ONCE = {"cpu": 16, "cuda": 32}
"""Questions between two commits; the model divides them further where its memory asks for that."""
SMALL_BYTES = 64 * 2**20
SMALL_TIMES = 16
"""A model below this size answers so fast that it is asked this many times as much at once."""


def questions_at_once(loaded: LoadedModel) -> int:
    """How many questions a loaded model is asked between two commits."""
    many = QUESTIONS_AT_ONCE.get(loaded.device.type, 16)
    return many * SMALL_TIMES if loaded.memory_bytes() < SMALL_BYTES else many


class ServedModel:
    """A loaded model whose adapters are found by name, see :class:`engine.jobs.host.Served`."""

    def __init__(self, spec: ModelSpec, loaded: LoadedModel) -> None:
        """Serve ``loaded``, read from the folder that ``spec`` describes."""
        self.name = spec.name
        self.device = str(loaded.device)
        self.batch_size = questions_at_once(loaded)
        self._spec = spec
        self._loaded = loaded

    @property
    def policy(self) -> Policy:
        """Reasons and proposes."""
        return self._loaded.policy

    @property
    def verifier(self) -> Verifier:
        """Scores."""
        return self._loaded.verifier

    def use_adapter(self, name: str | None) -> str | None:
        """Let policy and verifier run with an adapter; returns its name.

        Its weights are read again each time: an adapter of the same name may have been imported since.

        Args:
            name: the adapter's; None for the one in use; ``none`` for the base weights alone.

        Raises:
            RegistryError: it is missing, damaged, or belongs to another model.
        """
        entry = None if name == NO_ADAPTER else find_adapter(self._spec, name)
        if entry is None:
            self._loaded.use()
            return None
        self._loaded.add_adapter(entry.name, entry.folder)
        self._loaded.use(policy=entry.name, verifier=entry.name)
        return entry.name

    def close(self) -> None:
        """Free the memory."""
        self._loaded.close()


def load_served(model: str | None) -> Served:
    """Load a model by name or folder; None is the default one.

    Raises:
        ModelError: it can't be found or loaded.
    """
    spec = find_model(model)
    from engine.model.loaded import load_model

    return ServedModel(spec, load_model(spec))


def list_served() -> list[dict[str, Any]]:
    """Return the models that can be used, as the wire shows them."""
    return [entry.as_json() for entry in list_models()]
