"""Keeps one model in memory while it is needed, and lets go of it when it is not."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from typing import Literal

from engine.errors import ModelError
from engine.types import AdapterChoice, Loader, Outliner, OutlinerLoader, Served

ModelState = Literal["idle", "loading", "ready"]
IDLE_S = 600.0


class ModelHost:
    """Holds at most one loaded model; used by the job thread, asked about by the service."""

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
        self._served: Served | None = None
        self._key: str | None = None
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
