"""What can go wrong between QGIS and the engine."""

from __future__ import annotations

import json
from typing import Any

from .i18n import tr


class EngineError(Exception):
    """Base of everything that goes wrong with the engine."""


class EngineUnreachableError(EngineError, ConnectionError):
    """No answer: the engine is not running, has died, or is too slow.

    Attributes:
        asked: kind and request of the job that it was being given; it may have taken it all the same.
    """

    asked: tuple[str, dict[str, Any]] | None = None


class EngineMissingError(EngineError, FileNotFoundError):
    """No engine is installed, or its program can't be started."""


class RunCancelledError(EngineError):
    """The user cancelled; unwinds a task's work."""


class SnapshotError(EngineError, ValueError):
    """A layer can't be rendered to a raster for the engine."""


class EngineRefusedError(EngineError):
    """The engine answered with an error.

    Attributes:
        status: HTTP status.
        kind: the engine's class of error, such as ``InputError``; "" when unknown.
    """

    def __init__(self, status: int, kind: str, message: str) -> None:
        self.status = status
        self.kind = kind
        unknown = tr(
            "The engine answered with status {status} and no reason. Try again; its log may say more."
        )
        super().__init__(message or unknown.format(status=status))

    @classmethod
    def from_body(cls, status: int, body: bytes) -> EngineRefusedError:
        """Read an error answer, keeping the engine's own words."""
        if status == 401:
            text = tr(
                "The engine refused the token. Restart the engine, or enter the right token in the settings."
            )
            return cls(status, "", text)
        try:
            error = json.loads(body)["error"]
            return cls(status, str(error["type"]), str(error["message"]))
        except (ValueError, TypeError, KeyError):
            # A proxy's page, or the server's own words: nothing that tells a user what to do.
            return cls(status, "", "")
