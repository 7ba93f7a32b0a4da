"""A model on a server as jobs use one: the same policy and verifier as for a model in memory."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import partial
from typing import Any

from engine.catalogue.models import find_model
from engine.counting import count
from engine.errors import ModelError, RegistryError, ServerError
from engine.language.prompts import Kind, prompt_text
from engine.language.understanding import check_understood
from engine.remote.address import ServerAddress
from engine.remote.client import USUAL, Body, Client, Limits
from engine.remote.keys import KEYS
from engine.remote.pictures import as_sent, chat
from engine.remote.scoring import ANSWERS, Method, Reading, check_pictures, find_method, text_of
from engine.remote.spec import server_spec
from engine.types import (
    AdapterChoice,
    Chip,
    Completion,
    ModelSpec,
    Pixels,
    Policy,
    Query,
    Scoring,
    Stop,
    Verifier,
)

QUESTIONS_AT_ONCE = 16
"""Questions between two commits."""
NAMED = 5
ADVICE = "Serve an Instruct model, not a base or thinking one, or turn its thinking off on the server."
"""What to do where yes and no are not what the model would say."""
CUT = {"length", "max_tokens", "max_output_tokens", "limit", "content_filter", "abort", "error"}
"""What servers call the end of an answer that is not whole; some write it in capitals."""


class RemotePolicy:
    """Reasons over chips by a server's chat; see :class:`engine.types.Policy`."""

    def __init__(self, client: Client, model: str, spec: ModelSpec) -> None:
        """Ask ``model``, by its name on the server, as ``spec`` says."""
        self.spec = spec
        self._client, self._model = client, model

    def generate(self, chips: Sequence[Chip], queries: Sequence[Query], stop: Stop) -> list[Completion]:
        """Answer ``queries[i]`` over ``chips[i]``, the likeliest words each time.

        Raises:
            JobCancelledError: within a second after ``stop()`` became true.
            ServerError: the server has no answer.
        """

        def ask(chip: Chip, query: Query) -> tuple[str, Body]:
            words, picture = prompt_text(self.spec, query, "locate"), as_sent(self.spec, chip.pixels)
            return chat(
                self._model, words, picture, max_tokens=self.spec.max_new_tokens, temperature=0, seed=0
            )

        pairs = zip(chips, queries, strict=True)
        answers = self._client.ask([partial(ask, chip, query) for chip, query in pairs], stop)
        return [self._completion(answer) for answer in answers]

    def _completion(self, answer: Any) -> Completion:
        room = self.spec.max_new_tokens
        if isinstance(answer, dict) and answer.get("choices") == []:
            return Completion("", 0)
        try:
            choice = answer["choices"][0]
            message, ended = choice["message"], choice.get("finish_reason")
            text, thoughts = (
                message.get("content"),
                message.get("reasoning_content") or message.get("reasoning"),
            )
        except (KeyError, IndexError, TypeError, AttributeError) as error:
            raise ServerError(
                f"{self._client.address.host} answers with something that is no chat's answer. Is it a model server? "
                "Check the address: for most servers it ends in /v1."
            ) from error
        text = text_of(text)
        if isinstance(thoughts, str) and thoughts.strip():
            text = f"<think>{thoughts}</think>{text}" if text.strip() else f"<think>{thoughts}"
        usage = answer.get("usage")
        tokens = usage.get("completion_tokens") if isinstance(usage, dict) else None
        written = min(tokens, room - 1) if isinstance(tokens, int) and tokens > 0 else 0
        return Completion(text, room if str(ended).lower() in CUT else written)


class RemoteVerifier:
    """Scores pictures by a server; see :class:`engine.types.Verifier`.

    Attributes:
        mass: probability of yes and no together, the mean over the pictures of the last call; 1.0 before it.
    """

    def __init__(self, client: Client, model: str, spec: ModelSpec, method: Method) -> None:
        """Ask ``model``, by its name on the server, in the way that the server has."""
        self.spec, self.mass = spec, 1.0
        self._client, self._model, self._method = client, model, method

    def score(self, crops: Sequence[Pixels], queries: Sequence[Query], stop: Stop) -> list[float]:
        """P(yes) for ``crops[i]`` under ``queries[i]``, 0..1.

        Raises:
            JobCancelledError: within a second after ``stop()`` became true.
            ServerError: the server has no answer.
            NotUnderstoodError: to some question the model would say neither yes nor no.
        """
        return self._all(crops, queries, "verify", stop)

    def presence(self, chips: Sequence[Chip], queries: Sequence[Query], stop: Stop) -> list[float]:
        """P(anything in the whole chip satisfies the query), 0..1.

        Raises:
            JobCancelledError, ServerError, NotUnderstoodError: as for :meth:`score`.
        """
        return self._all([chip.pixels for chip in chips], queries, "presence", stop)

    def _all(
        self, pictures: Sequence[Pixels], queries: Sequence[Query], kind: Kind, stop: Stop
    ) -> list[float]:
        if not pictures:
            return []
        asks = [
            ask
            for picture, query in zip(pictures, queries, strict=True)
            for ask in self._method.requests(self._model, prompt_text(self.spec, query, kind), picture)
        ]
        answers, each = self._client.ask(asks, stop), self._method.asks
        readings = [self._read(answers[start : start + each]) for start in range(0, len(answers), each)]
        self.mass = sum(mass for _, mass in readings) / len(readings)
        check_understood(self.spec, queries, readings, lambda question: ADVICE)
        return [score for score, _ in readings]

    def _read(self, answers: Sequence[Any]) -> Reading:
        reading = self._method.read(self.spec, answers)
        if reading is None:
            raise ServerError(
                f"{self._client.address.host} gave {self._method.scoring} when it was tried, and none now. "
                "Resume the job once it runs as before."
            )
        return reading


class RemoteModel:
    """A served model; see :class:`engine.types.Served`. Its weights, and so its adapters, are the server's.

    Nothing is asked before :meth:`make_ready`.
    """

    def __init__(self, address: ServerAddress, limits: Limits = USUAL) -> None:
        """Take the model of an address; raises ModelError where its option ``like`` names none here."""
        self.name = server_spec(address, find_model).name
        self.device = f"server {address.host}"
        self.batch_size = QUESTIONS_AT_ONCE
        self.scoring: Scoring = "answers"
        self.notes: tuple[str, ...] = ()
        self.plan = ""
        self._address = address
        self._client = Client(address, limits)
        self._parts: tuple[RemotePolicy, RemoteVerifier] | None = None

    @property
    def policy(self) -> Policy:
        """Reasons and proposes."""
        return self._ready()[0]

    @property
    def verifier(self) -> Verifier:
        """Scores."""
        return self._ready()[1]

    def make_ready(self, stop: Stop) -> None:
        """Find out which model is served where the address names none, and how the server gives scores.

        Raises:
            ServerError: the server can't be reached or gives no answer.
            ModelError: the address names no model and the server has several; or its model is shown no pictures.
            InputError: the key can't be sent.
            JobCancelledError: within a second after ``stop()`` became true.
        """
        address = self._address
        model = address.model or _only_model(self._client, stop)
        spec = server_spec(replace(address, model=model), find_model)
        method = find_method(self._client, model, spec, stop)
        check_pictures(self._client, model, stop)
        self.name, self.scoring, self.notes = spec.name, method.scoring, notes(address, method.scoring)
        self._parts = (
            RemotePolicy(self._client, model, spec),
            RemoteVerifier(self._client, model, spec, method),
        )

    def use_adapter(self, choice: AdapterChoice) -> str | None:
        """None: what the server has is what is asked.

        Raises:
            RegistryError: an adapter was chosen by name.
        """
        if choice.name is not None:
            raise RegistryError(
                f"The adapter {choice.name} can't be put onto {self.name}: a server's weights are its own. Leave the "
                "adapter out, or have the server serve the model together with it, and name that."
            )
        return None

    def close(self) -> None:
        """Close the connections."""
        self._client.close()

    def _ready(self) -> tuple[RemotePolicy, RemoteVerifier]:
        if self._parts is None:
            raise RuntimeError("the server was asked before it was made ready")
        return self._parts


def notes(address: ServerAddress, scoring: Scoring) -> tuple[str, ...]:
    """What a user should know of the answers of a server."""
    said = []
    if scoring == "answers":
        said.append(
            f"{address.host} gives no log-probabilities and no typed decisions, so each question of yes or no was "
            f"asked {ANSWERS} times, and the share of yes is its answer: coarse, and a little different each time. "
            "A server that gives log-probabilities, such as vLLM or llama.cpp, has finer scores at less cost."
        )
    if scoring == "decisions":
        said.append(
            f"Yes and no of {address.host} are typed decisions. It puts questions in its own words round the engine's, "
            "so scores can differ from those of the same model in the engine."
        )
    if address.url.startswith("http:") and not address.is_loopback and KEYS.find(address):
        said.append(
            f"The key for {address.host} went over the network in the clear. Where others can listen, put https "
            "before that server."
        )
    return tuple(said)


def _only_model(client: Client, stop: Stop) -> str:
    names = client.models(stop)
    if len(names) == 1:
        return names[0]
    some = ", ".join(name[:80] for name in names[:NAMED]) + (", …" if len(names) > NAMED else "")
    listed = f"{count(len(names), 'model')} ({some})" if names else "no model"
    raise ModelError(
        f"{client.address.host} lists {listed}, and the address names none of them. Put its name behind #: "
        f"{client.address.url}#model-name."
    )
