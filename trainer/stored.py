"""Dataclasses that a run keeps on disk as JSON, so that it goes on after a crash; checked when they are read."""

from __future__ import annotations

import json
from dataclasses import asdict, fields, is_dataclass
from pathlib import Path
from typing import Any, TypeVar

from pydantic import TypeAdapter, ValidationError

from engine.errors import InputError
from engine.files import write_atomic
from engine.wrong_fields import reason, unreadable

Stored = TypeVar("Stored")


def write_stored(path: Path, value: Any) -> None:
    """Write a dataclass, or a list of them; readers see the old file or the new one."""
    plain = [asdict(item) for item in value] if isinstance(value, list) else asdict(value)
    write_atomic(path, json.dumps(plain))


def read_stored(kind: type[Stored], path: Path) -> Stored:
    """Read what :func:`write_stored` wrote; a field that the file lacks takes its default.

    Args:
        kind: a dataclass, or a list of one.
        path: of the file.

    Raises:
        InputError: the file is no JSON, lacks a field, has one that is not known, or one of another type.
    """
    try:
        data = json.loads(path.read_text(encoding="utf-8"))
        if is_dataclass(kind) and (unknown := set(data) - {field.name for field in fields(kind)}):
            raise ValueError(f"unknown fields {sorted(unknown)}")
        return TypeAdapter(kind).validate_python(data)
    except (OSError, ValueError, TypeError, ValidationError) as error:
        why = reason(error.errors()[0]) if isinstance(error, ValidationError) else unreadable(error)
        raise InputError(
            f"{path} was not written by this version of the trainer ({why}). "
            "Start a new run, or give another folder for it."
        ) from error
