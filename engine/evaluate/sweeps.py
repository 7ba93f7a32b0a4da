"""The same evaluation for several values of one setting, as one table."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from engine.errors import InputError
from engine.evaluate.report import JSON_FILE, MARKDOWN_FILE, sweep_table
from engine.evaluate.run import Tell, evaluate, own_folder
from engine.files import write_atomic
from engine.jsontext import json_text
from engine.types import Loader, Served, Stop
from engine.wire import EvaluateRequest, checked

SWEPT: Mapping[str, tuple[str, Callable[[str], Any]]] = {
    "alpha": ("margin", float),
    "margin": ("margin", float),
    "crop-px": ("crop_px", int),
    "degrade-verifier": ("degrade_verifier", float),
    "shown-from": ("shown_from", float),
    "zoom": ("zoom", str),
    "rendering": ("rendering", str),
    "verifier": ("verifier", str),
    "adapter": ("adapter", str),
    "question": ("question", str),
    "lambda": ("area_weight", float),
    "tau": ("area_allowed", float),
}
"""What can be swept, the field of the request it is, and how its values are read."""
MEASURED_ONLY = frozenset({"shown_from", "area_weight", "area_allowed"})
"""Fields of which no answer depends: the model is asked once for all their values."""


def evaluate_all(values: dict[str, Any], load: Loader, tell: Tell, stop: Stop) -> dict[str, Any]:
    """Run one evaluation, or one for each value that is swept.

    Args:
        values: of an ``EvaluateRequest``, and ``sweep``: ``NAME=VALUE,VALUE…``, see :data:`SWEPT`.
        load: loads models; each is loaded once.
        tell: as in :func:`engine.evaluate.run.evaluate`.
        stop: asked often.

    Returns:
        The report; of a sweep, ``sweep`` with one row a value, in the place of figures.

    Raises:
        InputError: the sweep can't be read.
        RemoteZeroError: whatever went wrong.
    """
    sweep = values.pop("sweep", None)
    request = checked(EvaluateRequest, values)
    if sweep is None:
        return evaluate(request, load, tell, stop)
    name, field, chosen = read_sweep(sweep)
    folder = Path(request.output) if request.output else own_folder(request)
    folder.mkdir(parents=True, exist_ok=True)
    rows = []
    with _Kept(load) as kept:
        for value in chosen:
            tell("log", {"message": f"{name} = {value}"})
            place = folder / ("answers" if field in MEASURED_ONLY else f"{name}={_plain(value)}")
            chosen_now = {**values, "output": str(place)}
            if field in MEASURED_ONLY:
                chosen_now["conventions"] = {**request.conventions, field: value}
            else:
                chosen_now[field] = value
            one = checked(EvaluateRequest, chosen_now)
            report = evaluate(one, kept.load, tell, stop)
            rows.append({"value": value, "figures": report["figures"], "page": report["page"]})
    found = {"title": f"{report['about']['title']}, by {name}", "sweep": name, "rows": rows}
    write_atomic(folder / JSON_FILE, json_text(found, indent=1) + "\n")
    write_atomic(folder / MARKDOWN_FILE, sweep_table(found))
    return {**found, "output": str(folder), "page": str(folder / MARKDOWN_FILE)}


def read_sweep(text: str) -> tuple[str, str, list[Any]]:
    """The name of a sweep, its field, and its values; raises InputError where it is none."""
    name, sign, listed = text.partition("=")
    if name not in SWEPT or not sign or not listed.strip():
        raise InputError(
            f"The sweep {text!r} can't be used: write NAME=VALUE,VALUE with one of {', '.join(sorted(SWEPT))}."
        )
    field, kind = SWEPT[name]
    try:
        return name, field, [kind(value.strip()) for value in listed.split(",")]
    except ValueError as error:
        raise InputError(f"The sweep {text!r} has a value that is no number. Correct it.") from error


def _plain(value: Any) -> str:
    return "".join(letter if letter.isalnum() or letter in ".-" else "_" for letter in str(value))[:60]


class _Kept:
    """Models that stay loaded from one run to the next."""

    def __init__(self, load: Loader) -> None:
        self._load = load
        self._models: dict[str | None, Served] = {}

    def __enter__(self) -> _Kept:
        return self

    def __exit__(self, *_: object) -> None:
        for model in self._models.values():
            model.close()

    def load(self, name: str | None) -> Served:
        """The model of a name, loaded once, and closed by nobody else."""
        if name not in self._models:
            self._models[name] = self._load(name)
        return _Lent(self._models[name])


class _Lent:
    """A model that its borrower can't close."""

    def __init__(self, model: Served) -> None:
        self._model = model

    def __getattr__(self, name: str) -> Any:
        return getattr(self._model, name)

    def close(self) -> None:
        """Nothing: it goes back."""
