"""The OpenAPI document for people and agents: each field in a sentence, an example for each request and answer.

The sentences are those of the models' docstrings, so that they are written once. The examples are in
``examples.py``.
"""

from __future__ import annotations

import inspect
import re
from collections.abc import Iterator
from typing import Any

from fastapi import FastAPI
from fastapi.openapi.utils import get_openapi
from pydantic import BaseModel

from engine import answers, submissions, wire
from engine.service.examples import BODIES, ERROR, EVENT, KINDS

ABOUT = (
    "Ask a question over an aerial or satellite image, and get scored boxes on the map. Work is handed in as a job: "
    "`POST /v1/jobs`, then `GET /v1/jobs/{job_id}/events` until it ends, then `GET /v1/jobs/{job_id}/features`. "
    "All paths of files are those of the engine's machine. Every call carries the token of `engine.json` in the data "
    "folder as `Authorization: Bearer …`. Work with a model is done one job after the other."
)
TOKEN = {"type": "http", "scheme": "bearer", "description": "The token in engine.json, in the data folder."}
SUBMISSION = {"kind": "What is to be done.", "request": "With what: its fields depend on the kind."}
REF = "#/components/schemas/"
ROLE = re.compile(r":\w+:`[~.]?(?:[\w.]*\.)?(\w+)`")
FIELD = re.compile(r"^ {4}(\w+(?:, \w+)*): (.*)$")


def document(app: FastAPI) -> None:
    """Have ``app`` tell what its fields mean, with examples."""

    def openapi() -> dict[str, Any]:
        if app.openapi_schema is None:
            app.openapi_schema = _documented(
                get_openapi(title=app.title, version=app.version, description=ABOUT, routes=app.routes)
            )
        return app.openapi_schema

    app.openapi = openapi  # type: ignore[method-assign]


def _documented(schema: dict[str, Any]) -> dict[str, Any]:
    models = {
        name: model
        for module in (answers, submissions, wire)
        for name, model in inspect.getmembers(module, inspect.isclass)
        if issubclass(model, BaseModel)
    }
    components = schema["components"]["schemas"]
    for name, component in components.items():
        _describe(component, models[name])
    schema["components"]["securitySchemes"] = {"token": TOKEN}
    schema["security"] = [{"token": []}]
    for methods in schema["paths"].values():
        for operation in methods.values():
            _illustrate(operation, components)
    return schema


def _illustrate(operation: dict[str, Any], components: dict[str, Any]) -> None:
    """Give an operation its summary, its answers a description, and both bodies an example."""
    operation["summary"] = operation["description"].partition(";")[0].rstrip(".")
    for content in operation.get("requestBody", {}).get("content", {}).values():
        if "oneOf" in content["schema"]:
            content["examples"] = {
                kind: {"summary": f"A {kind} job", "value": {"kind": kind, "request": request}}
                for kind, request in KINDS.items()
            }
        else:
            content["example"] = _example(content["schema"])
    for status, answer in operation["responses"].items():
        for kind, content in answer.get("content", {}).items():
            if kind == "application/json":
                content["example"] = ERROR if status.endswith("XX") else _example(content["schema"])
                if not status.endswith("XX"):
                    answer["description"] = _meaning(content["schema"], components)
            elif kind == "application/x-ndjson":
                _describe(content["schema"], answers.EventLine)
                content["example"], answer["description"] = EVENT, "One such object a line."
            elif not status.endswith("XX"):
                answer["description"] = f"The bytes, as {kind}."
        if status == "204":
            answer["description"] = "Done; there is nothing to tell."


def _name(schema: dict[str, Any]) -> str:
    """The component that a body is, or is a list of."""
    reference: str = schema.get("items", schema)["$ref"]
    return reference.removeprefix(REF)


def _example(schema: dict[str, Any]) -> Any:
    one = BODIES[_name(schema)]
    return [one] if "items" in schema else one


def _meaning(schema: dict[str, Any], components: dict[str, Any]) -> str:
    sentence: str = components[_name(schema)]["description"].partition("\n")[0]
    return f"A list. Each: {sentence}" if "items" in schema else sentence


def _describe(component: dict[str, Any], model: type[BaseModel]) -> None:
    """Put the sentences of a model's docstring, and those of what it inherits, where OpenAPI has them."""
    component["description"] = _plain(inspect.getdoc(model) or "").partition("\n\nAttributes:")[0]
    sentences = dict(SUBMISSION) if model.__name__.endswith("Submission") else {}
    sentences |= {name: words for cls in reversed(model.__mro__) for name, words in field_sentences(cls)}
    for name, field in component.get("properties", {}).items():
        if name in sentences:
            field["description"] = sentences[name]


def field_sentences(model: type) -> Iterator[tuple[str, str]]:
    """Yield each field that a docstring's ``Attributes:`` explains, with its sentence."""
    names: list[str] = []
    words = ""
    for line in [*_plain(inspect.getdoc(model) or "").partition("Attributes:\n")[2].splitlines(), ""]:
        begun = FIELD.match(line)
        if begun or not line.strip():
            for name in names:
                yield name, words[:1].upper() + words[1:]
            names, words = (begun[1].split(", "), begun[2]) if begun else ([], "")
        else:
            words += " " + line.strip()


def _plain(text: str) -> str:
    """A docstring without the marks of its markup; what Python calls None is null here."""
    return ROLE.sub(r"\1", text).replace("``", "`").replace("None", "null").replace("\\|", "|")
