"""What is sent to the service beside a job's own request: the job with its kind, keys and adapters."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field, SecretStr

from engine.scan.request import ScanRequest
from engine.wire import (
    AddRequest,
    CompareRequest,
    EvaluateRequest,
    ExportRequest,
    GetRequest,
    ImproveRequest,
    LocateRequest,
    PathText,
    Strict,
    Text,
    VerifyRequest,
)


class HubToken(Strict):
    """The access token for models that are not given to everybody. It is kept in memory alone.

    Attributes:
        token: of the hub; None forgets it.
    """

    token: SecretStr | None = None


class ServerKey(Strict):
    """The key of a model server, for that scheme, host and port alone; None forgets it. It is kept in memory alone.

    Attributes:
        address: of the server, as in a job's ``model``; no name and no password in it.
        key: what is sent as the bearer token.
    """

    address: PathText
    key: SecretStr | None = None


class CurrentAdapter(Strict):
    """Which adapter of a model to use from now on.

    Attributes:
        adapter: its name, or ``none`` for the model as it came.
    """

    adapter: Text


class AdapterImport(Strict):
    """An exported adapter to add.

    Attributes:
        file: path of it, on the engine's machine.
        name: another name for it; None for its own.
    """

    file: PathText
    name: Text | None = None


class AdapterExport(Strict):
    """Where to write an adapter.

    Attributes:
        file: path to write to, on the engine's machine.
        overwrite: a file that is there may be replaced.
    """

    file: PathText
    overwrite: bool = False


class LocateSubmission(Strict):
    """A ``locate`` job."""

    kind: Literal["locate"]
    request: LocateRequest


class VerifySubmission(Strict):
    """A ``verify`` job."""

    kind: Literal["verify"]
    request: VerifyRequest


class CompareSubmission(Strict):
    """A ``compare`` job."""

    kind: Literal["compare"]
    request: CompareRequest


class ImproveSubmission(Strict):
    """An ``improve`` job."""

    kind: Literal["improve"]
    request: ImproveRequest


class GetSubmission(Strict):
    """A ``get`` job."""

    kind: Literal["get"]
    request: GetRequest


class AddSubmission(Strict):
    """An ``add`` job."""

    kind: Literal["add"]
    request: AddRequest


class ExportSubmission(Strict):
    """An ``export`` job."""

    kind: Literal["export"]
    request: ExportRequest


class EvaluateSubmission(Strict):
    """An ``evaluate`` job."""

    kind: Literal["evaluate"]
    request: EvaluateRequest


class ScanSubmission(Strict):
    """A ``scan`` job."""

    kind: Literal["scan"]
    request: ScanRequest


Submission = Annotated[
    LocateSubmission
    | VerifySubmission
    | CompareSubmission
    | ImproveSubmission
    | GetSubmission
    | AddSubmission
    | ExportSubmission
    | EvaluateSubmission
    | ScanSubmission,
    Field(discriminator="kind"),
]
