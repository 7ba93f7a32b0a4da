"""What a model is asked: one place for the words, shared by serving and training."""

from __future__ import annotations

import hashlib
from typing import Any, Literal

from engine.errors import ModelError
from engine.language.asked import asked_words
from engine.language.families import FAMILIES
from engine.types import ModelSpec, Query

Kind = Literal["locate", "verify", "presence"]

PROMPT_VERSION = "1"
"""Raised with every change of a family's templates; kept with each detection and adapter."""


def prompt_text(spec: ModelSpec, query: Query, kind: Kind = "locate") -> str:
    """The question in the words this model is asked in.

    Args:
        spec: the model; its own templates come before its family's.
        query: the analyst's question.
        kind: ``locate`` (boxes), ``verify`` (is it this crop?) or ``presence`` (is it anywhere here?).

    Raises:
        ModelError: the model's own template has no ``{query}`` in it.
    """
    template = spec.prompts.get(kind) or FAMILIES[spec.family].prompts[kind]
    if "{query}" not in template:
        raise ModelError(
            f"The prompt {kind!r} of model {spec.name} has no {{query}} in it: {template!r}. "
            f"Put {{query}} where the question belongs in {spec.path / 'remotezero.json'}."
        )
    return template.replace("{query}", question_text(spec, query))


def question_text(spec: ModelSpec, query: Query) -> str:
    """The question as it stands in the prompt: on one line, in the model's own words, lower-cased where it wants."""
    text = " ".join(asked_words(spec, query.text).split())
    return text.lower() if spec.lowercase else text


def build_messages(spec: ModelSpec, query: Query, kind: Kind = "locate") -> list[dict[str, Any]]:
    """The chat that carries one picture and the question, ready for a chat template.

    The picture comes first, so that questions about the same picture share their beginning.
    """
    content = [{"type": "image"}, {"type": "text", "text": prompt_text(spec, query, kind)}]
    return [{"role": "user", "content": content}]


def prompt_version(spec: ModelSpec) -> str:
    """Which words were used: :data:`PROMPT_VERSION`, and a short hash where the model brings its own."""
    if not spec.prompts and not spec.synonyms:
        return PROMPT_VERSION
    own = [f"{kind}={text}" for kind, text in sorted(spec.prompts.items())]
    own += [f"{typed}>{said}" for typed, said in sorted(spec.synonyms.items())]
    return f"{PROMPT_VERSION}+{hashlib.sha256(chr(10).join(own).encode()).hexdigest()[:8]}"
