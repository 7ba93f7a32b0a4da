"""From a model's name to a model that jobs can use. Importing this file does not import torch yet."""

from __future__ import annotations

from typing import TYPE_CHECKING

from engine.catalogue.adapters import open_registry
from engine.catalogue.models import find_model, find_outliner
from engine.remote.address import is_server, read_address
from engine.remote.served import RemoteModel
from engine.types import AdapterChoice, ModelSpec, Outliner, Policy, Scoring, Served, Stop, Verifier

if TYPE_CHECKING:
    from engine.model.loaded import LoadedModel

QUESTIONS_AT_ONCE = {"cpu": 16, "cuda": 32}
"""Questions between two commits; the model divides them further where its memory asks for that."""
SMALL_BYTES = 64 * 2**20
SMALL_TIMES = 16
"""A model below this size answers so fast that it is asked this many times as much at once."""


def questions_at_once(loaded: LoadedModel) -> int:
    """How many questions a loaded model is asked between two commits."""
    many = QUESTIONS_AT_ONCE.get(loaded.device.type, 16)
    if loaded.memory_bytes() < SMALL_BYTES:
        return many * SMALL_TIMES
    # Each chip is looked at once for the questions of a batch, if the features of all of them can be kept.
    return min(many, loaded.plan.chips) if loaded.plan else many


class ServedModel:
    """A loaded model whose adapters are found by name, see :class:`engine.types.Served`."""

    def __init__(self, spec: ModelSpec, loaded: LoadedModel) -> None:
        """Serve ``loaded``, read from the folder that ``spec`` describes."""
        self.name = spec.name
        self.device = str(loaded.device)
        self.batch_size = questions_at_once(loaded)
        self.scoring: Scoring = "logits"
        self.notes: tuple[str, ...] = ()
        self.plan = loaded.plan.sentence() if loaded.plan else ""
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

    def make_ready(self, stop: Stop) -> None:
        """Nothing: it is in memory."""

    def use_adapter(self, choice: AdapterChoice) -> str | None:
        """Let policy and verifier run with an adapter; returns its name, None for the base weights.

        Its files are checked and read again each time: one of the same name may have been imported since.

        Raises:
            RegistryError: it is missing, damaged, or belongs to another model.
        """
        registry = open_registry(self._spec)
        found = registry.find(choice)
        if found is None:
            self._loaded.use()
            return None
        self._loaded.add_adapter(found.name, registry.folder / found.name)
        self._loaded.use(policy=found.name, verifier=found.name)
        return found.name

    def close(self) -> None:
        """Free the memory."""
        self._loaded.close()


def load_served(model: str | None) -> Served:
    """Load a model by name or folder, or take the one at a server's address; None is the default one.

    Raises:
        ModelError: it can't be found or loaded.
        InputError: the address can't be used.
    """
    if is_server(model):
        return RemoteModel(read_address(str(model)))
    spec = find_model(model)
    from engine.model.loaded import load_model

    return ServedModel(spec, load_model(spec))


def load_outliner(model: str | None) -> Outliner:
    """Load a model that draws outlines, by name or folder; None is the largest one that is here.

    Raises:
        ModelError: it can't be found or loaded.
    """
    spec = find_outliner(model)
    from engine.model.outlining import read_outliner

    return read_outliner(spec)
