"""Keeps what a job asks in memory while it is needed, one model or two, and lets go of it when it is not."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from typing import Literal

from engine.errors import ModelError, ModelMemoryError
from engine.remote.address import is_server
from engine.types import AdapterChoice, Loader, Outliner, OutlinerLoader, Served

ModelState = Literal["idle", "loading", "ready"]
IDLE_S = 600.0
PROPOSES, SCORES = "proposes", "scores"

Held = tuple[str, str | None]
"""What a model does, and the name or folder by which it was asked for."""


class ModelHost:
    """Holds the model of a job, and where another one scores that as well; asked about by the service, too."""

    def __init__(
        self,
        load: Loader,
        *,
        idle_s: float = IDLE_S,
        monotonic: Callable[[], float] = time.monotonic,
        load_outliner: OutlinerLoader | None = None,
    ) -> None:
        """Load with ``load``; free the model after ``idle_s`` seconds without a job.

        ``load_outliner`` loads models that draw outlines; whoever asks for one closes it.
        """
        self._load = load
        self._load_outliner = load_outliner
        self._idle_s = idle_s
        self._monotonic = monotonic
        self._lock = threading.Lock()
        self._held: dict[Held, Served] = {}
        self._used = monotonic()
        self.state: ModelState = "idle"

    def acquire(self, model: str | None, adapter: AdapterChoice) -> tuple[Served, str | None]:
        """Return the model, and the name of the adapter that is on it now; load it when it isn't in memory.

        Args:
            model: name or folder; None for the default one.
            adapter: which adapter it is to run with.

        Raises:
            ModelError: it can't be found or loaded; none is in memory afterwards.
            RegistryError: the adapter is missing, damaged, or belongs to another model.
        """
        with self._lock:
            self._hold((PROPOSES, model))
            return self._with(PROPOSES, model, adapter)

    def acquire_both(
        self, model: str | None, adapter: AdapterChoice, verifier: str, verifier_adapter: AdapterChoice
    ) -> tuple[tuple[Served, str | None], tuple[Served, str | None]]:
        """Return the model that proposes and the one that scores, each with the name of the adapter that is on it.

        Args:
            model: name or folder of the one that proposes; None for the default one.
            adapter: which adapter it is to run with.
            verifier: name or folder of the one that scores.
            verifier_adapter: which adapter that is to run with.

        Raises:
            ModelMemoryError: there is no room for both; none is in memory afterwards.
            ModelError, RegistryError: as for :meth:`acquire`.
        """
        with self._lock:
            self._hold((SCORES, verifier), (PROPOSES, model))
            return self._with(PROPOSES, model, adapter), self._with(SCORES, verifier, verifier_adapter)

    def load_outliner(self, model: str | None) -> Outliner:
        """Load a model that draws outlines, beside the one that is in memory.

        Raises:
            ModelMemoryError: there is no room for it.
            ModelError: it can't be found or loaded.
        """
        if self._load_outliner is None:
            raise ModelError("This engine draws no outlines. Ask again without --outline.")
        return self._load_outliner(model)

    def free(self) -> None:
        """Free the memory of all models."""
        with self._lock:
            self._free()

    def free_when_idle(self) -> None:
        """Free the model's memory when no job has used it for a while."""
        with self._lock:
            if self._held and self._monotonic() - self._used >= self._idle_s:
                self._free()

    def touch(self) -> None:
        """Note that the model has just been used."""
        self._used = self._monotonic()

    def describe(self) -> dict[str, str | None]:
        """Return the state, and name and device of the model that proposes, without waiting for a load to end."""
        served = next((one for (role, _), one in list(self._held.items()) if role == PROPOSES), None)
        return {
            "state": self.state,
            "model": served.name if served else None,
            "device": served.device if served else None,
        }

    def holds(self, model: str) -> bool:
        """Tell whether a model of this name is in memory, whatever it does there."""
        return any(served.name == model for served in list(self._held.values()))

    def _with(self, role: str, name: str | None, adapter: AdapterChoice) -> tuple[Served, str | None]:
        served = self._held[role, name]
        on_it = served.use_adapter(adapter)
        self._used = self._monotonic()
        return served, on_it

    def _hold(self, *wanted: Held) -> None:
        """Have these in memory and no others, loaded one after the other.

        Each is planned into the memory that is left by those before it, so that where other ones are there, or in
        another order, all are loaded anew. Models on servers take none, and come and go.
        """
        if [held for held in self._held if _takes_memory(held)] != [w for w in wanted if _takes_memory(w)]:
            self._free()
        for held in [held for held in self._held if held not in wanted]:
            self._held.pop(held).close()
        missing = [one for one in wanted if one not in self._held]
        if not missing:
            return
        self.state = "loading"
        try:
            for one in missing:
                self._held[one] = self._loaded(one)
            self.state = "ready"
        finally:
            if self.state != "ready":
                self._free()

    def _loaded(self, wanted: Held) -> Served:
        try:
            return self._load(wanted[1])
        except ModelMemoryError as error:
            beside = [served.name for held, served in self._held.items() if _takes_memory(held)]
            if not beside:
                raise
            raise ModelMemoryError(
                f"{error} It was to stand beside the verifier {beside[0]}, and there is no room for both. Let one of "
                "them be smaller, or a server's; or search without another verifier, and let that one score the boxes "
                "afterwards: `remotezero verify`."
            ) from error

    def _free(self) -> None:
        while self._held:
            self._held.popitem()[1].close()
        self.state = "idle"


def _takes_memory(held: Held) -> bool:
    return not is_server(held[1])
