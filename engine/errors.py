"""The errors a user can meet, and the one table from error to HTTP status.

Every message says what happened, the value received, and what to do next.
Domain code raises these and knows no HTTP; the service looks the status up
along the class's MRO with :func:`http_status`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from types import MappingProxyType


class RemoteZeroError(Exception):
    """Base of every error that the engine and the trainer raise on purpose."""


class InputError(RemoteZeroError, ValueError):
    """The request, raster, vector layer or parameter can't be used as given."""


class RasterReadError(InputError, OSError):
    """GDAL can't open or read the raster."""


class OutputExistsError(InputError, FileExistsError):
    """The output is there already and overwriting was not asked for."""


class ModelError(RemoteZeroError, RuntimeError):
    """A model folder is missing, damaged, of an unknown family, or does not fit in memory."""


class ModelMemoryError(ModelError):
    """A model, or what it works on, does not fit into the memory that is free."""


class NotUnderstoodError(ModelError):
    """A model would answer questions with something else than yes or no, so its scores for them mean nothing.

    Attributes:
        questions: their texts, each with a sentence that says so and what to do.
        scores: of the whole call, in its order: those for other questions are good.
        on_the_whole: taken together, the questions of the call have too little of yes and no as well.
    """

    def __init__(
        self,
        message: str,
        questions: Mapping[str, str] = MappingProxyType({}),
        scores: Sequence[float] = (),
        *,
        on_the_whole: bool = True,
    ) -> None:
        """Say what happened, of which questions, and what else the call gave."""
        super().__init__(message)
        self.questions, self.scores, self.on_the_whole = dict(questions), list(scores), on_the_whole

    @classmethod
    def of(
        cls, questions: Mapping[str, str], scores: Sequence[float] = (), *, on_the_whole: bool = True
    ) -> NotUnderstoodError:
        """The error for at least one question, in the sentence of the first and the names of the others."""
        (first, *others) = questions
        more = f" The same is true of {', '.join(f'“{text[:80]}”' for text in others)}." if others else ""
        return cls(questions[first] + more, questions, scores, on_the_whole=on_the_whole)


class HubError(ModelError, ConnectionError):
    """A model can't be had from the hub: no connection, no permission, no such repository."""


class ServerError(ModelError, ConnectionError):
    """A user's own model server can't be reached, refuses, or answers with what is no answer.

    Attributes:
        status: of its reply; None where there was none that counts.
    """

    def __init__(self, message: str, status: int | None = None) -> None:
        """Say what happened; ``status`` is that of the server's reply."""
        super().__init__(message)
        self.status = status


class LicenceError(InputError):
    """A model's licence has to be accepted before the model is got or added."""


class CompletionParseError(ModelError, ValueError):
    """The policy's text holds no answer in any known format (never the same as "nothing found")."""


class JobError(RemoteZeroError, RuntimeError):
    """A job can't be run, found or changed."""


class JobNotFoundError(JobError, LookupError):
    """No job has this id."""


class JobStateError(JobError):
    """The job's state forbids the request (for instance: cancel a finished job)."""


class JobLimitError(JobError):
    """Too many jobs are queued."""


class JobCancelledError(JobError):
    """The user cancelled; raised inside the pipeline to unwind, caught by the job loop."""


class StoreError(JobError):
    """The job database can't be read or written."""


class RegistryError(RemoteZeroError, RuntimeError):
    """An adapter is missing, damaged, or belongs to another base model."""


class AdapterError(RegistryError, ModelError):
    """An adapter can't be put onto the model that is loaded."""


HTTP_STATUS: dict[type[BaseException], int] = {
    InputError: 400,
    JobNotFoundError: 404,
    JobStateError: 409,
    JobLimitError: 429,
    StoreError: 503,
    JobError: 409,
    RegistryError: 409,
    ModelError: 503,
    RemoteZeroError: 500,
}


def http_status(error: BaseException) -> int:
    """Return the HTTP status of the nearest class in ``error``'s MRO that the table names, else 500."""
    for cls in type(error).__mro__:
        if cls in HTTP_STATUS:
            return HTTP_STATUS[cls]
    return 500
