"""What is looked at before a job is taken on, so that a question asked in vain is told at once."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Any

from engine.catalogue.models import find_model, find_outliner
from engine.errors import InputError, ModelError
from engine.imagery.sources import leads_away, permitted
from engine.language.vocabulary import check_questions, passed_over
from engine.remote.address import is_server, read_address
from engine.remote.spec import server_spec
from engine.types import CURRENT_ADAPTER, ModelSpec


def questions_of(request: Mapping[str, Any]) -> list[str]:
    """The questions of a request that asks some; none where it has none."""
    several = request.get("queries")
    asked = several if isinstance(several, list) and several else [request.get("query")]
    return [question for question in asked if isinstance(question, str) and question.strip()]


def check_sources(request: Mapping[str, Any]) -> None:
    """Refuse rasters and vectors that lead to the network, where the request does not allow it, or to no file.

    Raises:
        InputError: there is such a one.
    """
    allowed = request.get("allow_network") is True
    for name in request.get("rasters") or [request.get("before"), request.get("raster")]:
        if name:
            permitted(name, allow_network=allowed)
    archive = request.get("source")
    if isinstance(archive, str) and leads_away(archive):
        permitted(archive, allow_network=allowed)
    judged = request.get("verdicts")
    layers = [str(name).partition("|layername=")[0] for name in judged] if isinstance(judged, list) else []
    for name in (request.get("vector"), request.get("boxes"), *layers):
        if isinstance(name, str) and name:
            permitted(name, allow_network=allowed, vector=True)


def check_servers(kind: str, request: Mapping[str, Any]) -> None:
    """Refuse addresses of servers that can't be used, before they are kept with a job.

    Raises:
        InputError: there is such a one, or one is to learn.
    """
    for name in ("model", "external_verifier", "verifier"):
        value = request.get(name)
        if is_server(value):
            read_address(str(value))
    if kind == "improve" and is_server(request.get("model")):
        raise InputError(
            "A model on a server can't learn here. Name a model of this machine, and the server as its external "
            "verifier: external_verifier."
        )


def precheck(kind: str, request: Mapping[str, Any]) -> None:
    """Refuse numbers that are none, sources and servers that may not be used, and a question without a known word.

    Nothing is loaded or opened for that.

    A model that can't be found is left to the job, whose error says more.

    Raises:
        InputError: there is such a number, source, address or question.
        ModelError: outlines are asked for, and there is no model that draws them.
    """
    check_numbers(request)
    check_sources(request)
    check_servers(kind, request)
    if kind in ("locate", "verify", "compare", "improve", "evaluate", "scan"):
        for spec in _asked_models(request):
            check_questions(spec, questions_of(request))
    if kind in ("locate", "compare"):
        check_verifier(request)
    if kind in ("locate", "verify") and request.get("outline"):
        named = request["outline"]
        find_outliner(named if isinstance(named, str) else None)


def check_numbers(value: Any, name: str = "") -> None:
    """Raise InputError where a request holds a number that is not finite: no file or message can carry one."""
    if isinstance(value, float) and not math.isfinite(value):
        raise InputError(
            f"{name} is {value}: it must be a finite number. Correct it and send the request again."
        )
    if isinstance(value, Mapping):
        for key, part in value.items():
            check_numbers(part, f"{name}.{key}" if name else str(key))
    elif isinstance(value, list | tuple):
        for number, part in enumerate(value):
            check_numbers(part, f"{name}[{number}]")


def check_verifier(request: Mapping[str, Any]) -> None:
    """Raise InputError where the verifier is the model that proposes, or where it has an adapter and is not named."""
    verifier, adapters = request.get("verifier"), (request.get("adapter"), request.get("verifier_adapter"))
    if verifier is None:
        if adapters[1] is not None:
            raise InputError(
                f"verifier_adapter is {str(adapters[1])[:100]!r}, and no verifier is named that it could be put onto. "
                "Name one, or leave the adapter out."
            )
        return
    model = request.get("model")
    found = (_found(model), _found(verifier))
    same = found[0] == found[1] is not None or model == verifier
    if same and (adapters[0] or CURRENT_ADAPTER.text) == (adapters[1] or CURRENT_ADAPTER.text):
        raise InputError(
            f"The verifier {str(verifier)[:200]} is the model that proposes, which scores its boxes anyway. Leave the "
            "verifier out, or name another model."
        )


def half_known(request: Mapping[str, Any]) -> list[str]:
    """A sentence for each question of a request that holds words which the model passes over."""
    questions = questions_of(request)
    spec = _found(request.get("model")) if questions else None
    return [] if spec is None else passed_over(spec, questions)


def _asked_models(request: Mapping[str, Any]) -> list[ModelSpec]:
    """The models that would be asked; none where nothing is asked, and without those that can't be found."""
    if not questions_of(request):
        return []
    named = [request.get("model"), *filter(None, [request.get("verifier")])]
    return [spec for spec in map(_found, named) if spec is not None]


def _found(name: Any) -> ModelSpec | None:
    """The model of a name, the default one for None; None where it can't be found."""
    if not isinstance(name, str | None):
        return None
    try:
        return server_spec(read_address(name), find_model) if name and is_server(name) else find_model(name)
    except ModelError:
        return None
