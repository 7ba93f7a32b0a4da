"""The models that a search asks: one that proposes and one that scores, ready, and known by names and hashes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from engine.catalogue.adapters import base_sha256, open_registry
from engine.jobs.host import ModelHost
from engine.language.prompts import prompt_version
from engine.language.vocabulary import check_questions, passed_over
from engine.remote.address import is_server
from engine.search.pairing import Scorer
from engine.types import NO_ADAPTER, AdapterChoice, Scoring, Served, Stop, Verifier
from engine.wire import LocateRequest, RasterRequest

AS_ASKED = ("logits", "log-probabilities")
"""Scorings that are the model's own for the very words of the prompt; others are part of the prompt's version."""


@dataclass(frozen=True)
class Judge:
    """A model that scores what another one proposes.

    Attributes:
        served: the model.
        adapter: on it.
        named: how the request names it.
    """

    served: Served
    adapter: str | None
    named: str


@dataclass(frozen=True)
class Asked:
    """The models of one search, ready to be asked.

    Attributes:
        model: proposes, and scores where nothing else does.
        adapter: on it.
        named: how the request names it; None for the default one.
        judge: scores, where the request names another model for that.
    """

    model: Served
    adapter: str | None
    named: str | None
    judge: Judge | None = None

    @property
    def verifier(self) -> Verifier:
        """Scores."""
        own = self.model.verifier
        return own if self.judge is None else Scorer(self.judge.served.verifier, own)

    @property
    def pins(self) -> dict[str, str]:
        """The adapters as fields of the request, for a job that goes on later."""
        second = {} if self.judge is None else {"verifier_adapter": self.judge.adapter or NO_ADAPTER.text}
        return {"adapter": self.adapter or NO_ADAPTER.text, **second}

    @property
    def prompt_version(self) -> str:
        """Of the words that are asked; of two models both, that of the one that proposes first."""
        return "/".join(map(words_of, self._both))

    @property
    def scoring(self) -> Scoring:
        """Where the scores come from."""
        return self._both[-1].scoring

    @property
    def notes(self) -> tuple[str, ...]:
        """What a user should know of how the models answer."""
        return tuple(note for served in self._both for note in served.notes)

    @property
    def identity(self) -> dict[str, Any]:
        """What both models are, by ``model`` and ``verifier``; empty where one does both."""
        if self.judge is None:
            return {}
        spec = self.judge.served.policy.spec
        judge = identity_of(self.judge.named, self.judge.served, self.judge.adapter)
        told = {**judge, "crop_px": spec.crop_px, "score_map": list(spec.score_map)}
        return {"model": identity_of(self.named, self.model, self.adapter), "verifier": told}

    def hear(self, questions: Sequence[str]) -> tuple[str, ...]:
        """A sentence for each thing in the questions that one of the models does not know, and that is left out.

        Raises:
            InputError: one of them knows nothing of a question.
        """
        said: dict[str, None] = {}
        for spec in (served.policy.spec for served in self._both):
            check_questions(spec, questions)
            said |= dict.fromkeys(passed_over(spec, questions))
        return tuple(said)

    @property
    def _both(self) -> tuple[Served, ...]:
        return (self.model,) if self.judge is None else (self.model, self.judge.served)


def ask_for(request: RasterRequest, host: ModelHost, stop: Stop) -> Asked:
    """Get the models of a search from the host, and make them ready.

    Args:
        request: names them.
        host: has them.
        stop: asked often.

    Raises:
        ModelMemoryError: there is no room for both.
        ModelError, RegistryError, ServerError: one can't be had.
        JobCancelledError: ``stop`` became true.
    """
    choice = AdapterChoice.read(request.adapter)
    if not isinstance(request, LocateRequest) or request.verifier is None:
        model, adapter = host.acquire(request.model, choice)
        model.make_ready(stop)
        return Asked(model, adapter, request.model)
    own = AdapterChoice.read(request.verifier_adapter)
    (model, adapter), (other, on_other) = host.acquire_both(request.model, choice, request.verifier, own)
    for served in (model, other):
        served.make_ready(stop)
    return Asked(model, adapter, request.model, Judge(other, on_other, request.verifier))


def words_of(served: Served) -> str:
    """The version of the words that a model is asked in."""
    words = prompt_version(served.policy.spec)
    return words if served.scoring in AS_ASKED else f"{words}+{served.scoring}"


def identity_of(named: str | None, served: Served, adapter: str | None) -> dict[str, Any]:
    """What a model is: name, hashes of its base and its adapter, and how it is asked; a server's has no hashes.

    Args:
        named: how the request names it.
        served: the model.
        adapter: on it.

    Raises:
        ModelError, RegistryError: its files can't be read.
    """
    spec = served.policy.spec
    here = not is_server(named) and (spec.path / "config.json").is_file()
    files = open_registry(spec).get(adapter).files if here and adapter is not None else None
    return {
        "name": served.name,
        "sha256": base_sha256(spec.path) if here else None,
        "adapter": adapter,
        "adapter_sha256": files,
        "prompt_version": words_of(served),
        "scoring": served.scoring,
    }
