"""What is wrong with a request's fields, in this program's own words: none of a library's text gets through."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping, Sequence
from typing import Any

SHOWN_FIELDS = 3
SHOWN_VALUE = 80
# What stands in a place and is no field of the user's: the parts of the request, and the kinds of a union.
NO_FIELDS = frozenset(
    {
        "body",
        "query",
        "path",
        "request",
        "locate",
        "verify",
        "compare",
        "improve",
        "get",
        "add",
        "export",
        "evaluate",
        "scan",
        "Polygon",
        "MultiPolygon",
    }
)
SECRETS = ("token", "key")
"""Fields whose value no message shows."""
_USER = re.compile(r"//[^/\s]*@")
Context = Mapping[str, Any]
REASONS: dict[str, Callable[[Context], str]] = {
    "missing": lambda _: "it is missing",
    "json_invalid": lambda _: "it is no valid JSON",
    "extra_forbidden": lambda _: "there is no such field here",
    "value_error": lambda about: str(about.get("error", "it can't be this")),
    "literal_error": lambda about: f"it must be {about['expected']}",
    "enum": lambda about: f"it must be {about['expected']}",
    "union_tag_invalid": lambda about: (
        f"its {about['discriminator']} must be one of {about['expected_tags']}"
    ),
    "union_tag_not_found": lambda about: f"it needs {about['discriminator']}",
    "greater_than": lambda about: f"it must be more than {about['gt']:g}",
    "greater_than_equal": lambda about: f"it must be at least {about['ge']:g}",
    "less_than": lambda about: f"it must be less than {about['lt']:g}",
    "less_than_equal": lambda about: f"it must be at most {about['le']:g}",
    "finite_number": lambda _: "it must be a finite number",
    "string_too_short": lambda _: "it must not be empty",
    "string_too_long": lambda about: f"it must have at most {about['max_length']} characters",
    "string_pattern_mismatch": lambda _: "it holds a character that can't stand here",
    "too_short": lambda about: f"it needs at least {about['min_length']} of them",
    "too_long": lambda about: f"it may have at most {about['max_length']} of them",
}
KINDS = {
    "string": "text",
    "int": "a whole number",
    "float": "a number",
    "bool": "true or false",
    "list": "a list",
    "tuple": "a list",
    "dict": "an object with fields",
    "model": "an object with fields",
    "dataclass": "an object with fields",
}


def explain(problems: Sequence[Mapping[str, Any]]) -> str:
    """Put pydantic's list of problems into one sentence a field, with the value received.

    Args:
        problems: each with ``type``, ``loc``, ``input`` and ``ctx``, as pydantic and FastAPI make them.

    Returns:
        Sentences about the first ``SHOWN_FIELDS`` fields, whose first problem each is named: a shape of
        a thousand wrong numbers is one wrong field.
    """
    if any(problem["type"] == "json_invalid" for problem in problems):
        return "The body of the request is no valid JSON. Correct it and send the request again."
    first: dict[str, str] = {}
    for problem in problems:
        path = _path(problem)
        first.setdefault(path[0] if path else "", _sentence(path, problem))
    shown = list(first.values())[:SHOWN_FIELDS]
    if len(first) > SHOWN_FIELDS:
        shown.append(f"{len(first) - SHOWN_FIELDS} more of its fields are wrong.")
    return " ".join([*shown, "Correct it and send the request again."])


def _path(problem: Mapping[str, Any]) -> list[str]:
    """Return the fields that lead to the problem; the last may be a field called as a part of a request is."""
    parts = [str(part) for part in problem["loc"] if part != "body"]
    outer = 0
    while outer < len(parts) - 1 and parts[outer] in NO_FIELDS:
        outer += 1
    return [
        part for place, part in enumerate(parts) if place >= outer and part not in ("Polygon", "MultiPolygon")
    ]


def _sentence(path: Sequence[str], problem: Mapping[str, Any]) -> str:
    place = ".".join(path) or "the request"
    if problem["type"] == "missing":
        return f"{place} is missing."
    value = "(not shown)" if path and path[-1] in SECRETS else repr(problem.get("input"))
    value = _USER.sub("//", value)
    shown = value if len(value) <= SHOWN_VALUE else value[: SHOWN_VALUE - 3] + "..."
    return f"{place} is {shown}: {reason(problem)}."


def reason(problem: Mapping[str, Any]) -> str:
    """Return what is wrong with one value, without the value and its place."""
    kind = str(problem["type"])
    if kind in REASONS:
        return REASONS[kind](problem.get("ctx") or {})
    return f"it must be {KINDS.get(kind.split('_')[0], 'a value of another kind')}"


def unreadable(error: OSError | ValueError | TypeError) -> str:
    """Return why a JSON file could not be read, for the brackets of a sentence."""
    if isinstance(error, json.JSONDecodeError):
        return f"it is no JSON at line {error.lineno}, column {error.colno}"
    if isinstance(error, UnicodeDecodeError):
        return "it is no UTF-8 text"
    if isinstance(error, OSError):
        return error.strerror or type(error).__name__
    return str(error)
