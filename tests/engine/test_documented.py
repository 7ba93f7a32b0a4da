"""The OpenAPI document: every field in a sentence, every body with an example that the service would take or give."""

from __future__ import annotations

import inspect
from collections.abc import Iterator
from typing import Any

import jsonschema
import pytest
from pydantic import BaseModel, TypeAdapter

from engine import answers, submissions, wire
from engine.jobs.database import Database
from engine.jobs.host import ModelHost
from engine.jobs.loop import Jobs
from engine.jobs.runs import run_job
from engine.jobs.store import Store
from engine.service.app import create_app
from engine.service.documented import field_sentences
from engine.service.examples import BODIES, ERROR, EVENT, KINDS
from tests.engine.scripted import ScriptedModel
from trainer.config import TrainingRequest


@pytest.fixture(scope="module")
def document(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    database = Database(tmp_path_factory.mktemp("jobs") / "jobs.sqlite")
    store = Store(database)
    app = create_app(store, Jobs(store, ModelHost(lambda name: ScriptedModel()), run_job), "token")
    database.close()
    return app.openapi()


def operations(document: dict[str, Any]) -> Iterator[tuple[str, dict[str, Any]]]:
    for path, methods in document["paths"].items():
        for method, operation in methods.items():
            yield f"{method.upper()} {path}", operation


def bodies(document: dict[str, Any]) -> Iterator[tuple[str, str, dict[str, Any]]]:
    """Every body of every call: where it stands, its kind of content, and the content."""
    for name, operation in operations(document):
        for kind, content in operation.get("requestBody", {}).get("content", {}).items():
            yield f"{name} takes", kind, content
        for status, answer in operation["responses"].items():
            for kind, content in answer.get("content", {}).items():
                yield f"{name} gives {status}", kind, content


def test_every_field_is_explained(document: dict[str, Any]) -> None:
    silent = [
        f"{name}.{field}"
        for name, component in document["components"]["schemas"].items()
        for field, about in component.get("properties", {}).items()
        if len(about.get("description", "")) < 8
    ]
    assert silent == []


def test_every_call_every_answer_and_every_parameter_is_explained(document: dict[str, Any]) -> None:
    assert "Bearer" in document["info"]["description"]
    for name, operation in operations(document):
        assert operation["summary"] not in ("", None), name
        assert operation["description"].endswith("."), name
        for status, answer in operation["responses"].items():
            assert answer["description"] not in ("", "Successful Response"), f"{name} {status}"
        for parameter in operation.get("parameters", []):
            assert parameter["description"], f"{name} {parameter['name']}"
    for name, component in document["components"]["schemas"].items():
        assert component["description"], name


def test_sentences_are_plain(document: dict[str, Any]) -> None:
    """No markup of the docstrings, and no word of Python's, is left."""
    for name, component in document["components"]["schemas"].items():
        texts = [component["description"]]
        texts += [about.get("description", "") for about in component.get("properties", {}).values()]
        for text in texts:
            assert not any(mark in text for mark in (":class:", ":mod:", "``", "None", "Attributes:")), (
                f"{name}: {text}"
            )


def test_every_body_has_an_example_that_fits_its_schema(document: dict[str, Any]) -> None:
    binary = {"image/png", "image/jpeg", "text/html"}
    seen = 0
    for place, kind, content in bodies(document):
        if kind in binary:
            continue
        examples = [one["value"] for one in content.get("examples", {}).values()] or [content.get("example")]
        for example in examples:
            assert example is not None, place
            jsonschema.validate(example, {**content["schema"], "components": document["components"]})
            seen += 1
    assert seen > 50


def test_examples_are_what_the_models_take() -> None:
    models = {**vars(answers), **vars(wire), **vars(submissions)}
    for name, example in BODIES.items():
        assert issubclass(models[name], BaseModel)
        models[name].model_validate(example)
    submission: TypeAdapter[Any] = TypeAdapter(submissions.Submission)
    assert set(KINDS) == set(wire.Kind.__args__)
    for kind, request in KINDS.items():
        submission.validate_python({"kind": kind, "request": request})
    answers.ErrorAnswer.model_validate(ERROR)
    answers.EventLine.model_validate(EVENT)
    TrainingRequest.model_validate(KINDS["improve"])


def test_docstrings_explain_the_fields_there_are() -> None:
    """A sentence for a field that was renamed would get lost."""
    models = [
        model
        for module in (answers, wire)
        for _, model in inspect.getmembers(module, inspect.isclass)
        if issubclass(model, BaseModel) and model.__module__ == module.__name__
    ]
    assert len(models) > 20
    for model in models:
        assert {name for name, _ in field_sentences(model)} <= set(model.model_fields), model.__name__


def test_a_sentence_over_two_lines_and_for_two_fields_is_read_whole() -> None:
    class Sample:
        """One.

        Attributes:
            first: what :class:`engine.types.Zoom` says, on
                two lines; None for none.
            second, third: both.
        """

    assert dict(field_sentences(Sample)) == {
        "first": "What Zoom says, on two lines; null for none.",
        "second": "Both.",
        "third": "Both.",
    }
