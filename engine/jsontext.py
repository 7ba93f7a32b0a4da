"""JSON as it leaves the engine: to the database, to callers, to the trainer, to standard output."""

from __future__ import annotations

import json
import re
from typing import Any

from engine.errors import InputError, ModelError

_CONTROLS = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\x80-\x9f]")


def json_text(value: Any, *, indent: int | None = None) -> str:
    """Encode ``value`` in plain ASCII, which any JSON reader takes.

    Raises:
        ModelError: a number in it is not finite. JSON has no word for that, and none of ours may be one.
    """
    try:
        return json.dumps(value, allow_nan=False, indent=indent)
    except ValueError as error:
        raise ModelError(
            "What was computed holds a number that is not finite, so it can't be trusted: the model's weights, or "
            "those of the adapter on it, are damaged. Use the model without an adapter (`none`), or get it again."
        ) from error
    except RecursionError as error:
        raise InputError("The request is nested too deep to be kept. Make it flatter.") from error


def well_formed(text: str) -> str:
    """A text without what files can't hold or terminals obey: halves of signs, which JSON can write, and controls."""
    return _CONTROLS.sub("\ufffd", text.encode("utf-16", "surrogatepass").decode("utf-16", "replace"))
