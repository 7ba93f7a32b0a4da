"""The engine's HTTP interface as Python calls.

Every call waits on the network: use it in a task's ``run``, in Processing's worker
thread or in a test, never on QGIS's main thread. How bytes travel is the
transport's business (see :mod:`.transport`); it is handed in.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from typing import Any
from urllib.parse import quote

from ..errors import EngineError, EngineRefusedError, EngineUnreachableError
from ..i18n import tr
from .server_keys import is_server, known_key
from .transport import Lines, Reply, Transport
from .wire import AdapterChoice, CatalogueRow, Endpoint, Event, Job, LocateRequest, Model

CALL_TIMEOUT_S = 10.0
SILENCE_TIMEOUT_S = 20.0
# The engine reads all weights of a large model before it puts another adapter on them, and packs whole files.
ADAPTER_TIMEOUT_S = 180.0
BLANK = re.compile(r"[ \t\r\n]*")


class EngineClient:
    """One engine, spoken to through ``transport``.

    Every method raises EngineUnreachableError when no answer comes and
    EngineRefusedError when the answer is an error.
    """

    def __init__(self, transport: Transport) -> None:
        self._transport = transport

    @property
    def endpoint(self) -> Endpoint:
        """Where this engine listens."""
        return self._transport.endpoint

    def health(self, timeout_s: float = CALL_TIMEOUT_S) -> dict[str, Any]:
        """Return version, pid, state, model, device and queue length."""
        return self._json("GET", "/health", timeout_s=timeout_s)

    def models(self) -> list[Model]:
        """Return the installed models with their adapters."""
        return [Model.from_json(item) for item in self._json("GET", "/models")]

    def catalogue(self) -> list[CatalogueRow]:
        """Return the models that can be got, have come in part, or lie on a disk that is not there now."""
        return [CatalogueRow.from_json(item) for item in self._json("GET", "/catalogue")]

    def remove_model(self, name: str) -> str:
        """Remove a model, or what has come of one; returns the folder that was left, "" for none."""
        answer = self._json("DELETE", f"/models/{quote(name, safe='')}", timeout_s=ADAPTER_TIMEOUT_S)
        return str(answer.get("left") or "")

    def keep_hub_token(self, token: str) -> None:
        """Give the engine the access token for models that are not given to everybody; it keeps it in memory."""
        self._json("PUT", "/hub/token", {"token": token or None})

    def choose_adapter(self, model: str, adapter: AdapterChoice) -> Model:
        """Use another adapter of a model from now on, or none, and return the model as it is then."""
        path = f"/models/{quote(model, safe='')}/current"
        return Model.from_json(self._json("PUT", path, {"adapter": adapter.text}, ADAPTER_TIMEOUT_S))

    def import_adapter(self, model: str, file: str) -> Model:
        """Add an exported adapter to a model and return the model as it is then.

        Args:
            model: its name.
            file: path of the archive on the engine's machine; the adapter keeps the name it has in there.
        """
        path = f"/models/{quote(model, safe='')}/adapters"
        return Model.from_json(self._json("POST", path, {"file": file}, ADAPTER_TIMEOUT_S))

    def export_adapter(self, model: str, adapter: str, file: str, overwrite: bool) -> str:
        """Write an adapter to one archive at ``file``, on the engine's machine, and return its path."""
        path = f"/models/{quote(model, safe='')}/adapters/{quote(adapter, safe='')}/export"
        body = {"file": file, "overwrite": overwrite}
        return str(self._json("POST", path, body, ADAPTER_TIMEOUT_S)["file"])

    def delete_adapter(self, model: str, adapter: str) -> Model:
        """Delete an adapter with its files and return the model as it is then."""
        path = f"/models/{quote(model, safe='')}/adapters/{quote(adapter, safe='')}"
        return Model.from_json(self._json("DELETE", path, timeout_s=ADAPTER_TIMEOUT_S))

    def locate(self, request: LocateRequest) -> Job:
        """Queue a ``locate`` job, or a ``compare`` job where the request is one of two dates."""
        return self.create_job(request.KIND, request.to_json())

    def create_job(self, kind: str, request: dict[str, Any]) -> Job:
        """Queue a job of ``kind``: ``locate``, ``verify``, ``improve``, ``get`` or ``add``.

        The key of a server that the request names goes beside it, never into it.
        """
        self._give_keys(request)
        try:
            return Job.from_json(self._json("POST", "/jobs", {"kind": kind, "request": request}))
        except EngineUnreachableError as error:
            error.asked = (kind, json.loads(json.dumps(request)))
            raise

    def _give_keys(self, request: dict[str, Any]) -> None:
        for name in ("model", "verifier", "external_verifier"):
            address = request.get(name)
            if is_server(address) and known_key(address):
                self._json("PUT", "/servers/key", {"address": address, "key": known_key(address)})

    def forget_server_key(self, address: str) -> None:
        """Have the engine forget the key of a model server, which it keeps in memory."""
        self._json("PUT", "/servers/key", {"address": address, "key": None})

    def jobs(self) -> list[Job]:
        """Return all jobs the engine remembers."""
        return [Job.from_json(item) for item in self._json("GET", "/jobs")]

    def job(self, job_id: str) -> Job:
        """Return one job."""
        return Job.from_json(self._json("GET", f"/jobs/{quote(job_id, safe='')}"))

    def cancel(self, job_id: str) -> None:
        """Ask the engine to stop a job; what it found stays."""
        self._json("POST", f"/jobs/{quote(job_id, safe='')}/cancel")

    def resume(self, job_id: str, request: dict[str, Any]) -> None:
        """Put a failed or interrupted job back in the queue, to go on where it was.

        The engine may be another one than at the job's beginning: the key of a server that the job's ``request``
        names is given again.
        """
        self._give_keys(request)
        self._json("POST", f"/jobs/{quote(job_id, safe='')}/resume")

    def delete(self, job_id: str) -> None:
        """Forget a job and everything it found."""
        self._json("DELETE", f"/jobs/{quote(job_id, safe='')}")

    def features(self, job_id: str) -> dict[str, Any]:
        """Return a job's detections as a GeoJSON FeatureCollection in the raster's CRS."""
        return self._json("GET", f"/jobs/{quote(job_id, safe='')}/features", timeout_s=60.0, read=by_steps)

    def crop(self, job_id: str, detection_id: str) -> bytes:
        """Return the PNG of exactly what the verifier saw of one detection."""
        path = f"/jobs/{quote(job_id, safe='')}/crops/{quote(detection_id, safe='')}"
        return self._send("GET", path, None, CALL_TIMEOUT_S).body

    def report(self, job_id: str) -> bytes:
        """Return the HTML page that an ``improve`` or ``evaluate`` job wrote at its end."""
        return self._send("GET", f"/jobs/{quote(job_id, safe='')}/report", None, 60.0).body

    def picture(self, job_id: str, name: str) -> bytes:
        """Return one of the JPEGs that a ``round`` event names."""
        path = f"/jobs/{quote(job_id, safe='')}/pictures/{quote(name, safe='')}"
        return self._send("GET", path, None, CALL_TIMEOUT_S).body

    def open_events(self, job_id: str, after: int = 0) -> Lines:
        """Open a job's event stream behind ``after``; read it with :func:`read_events`."""
        path = f"/v1/jobs/{quote(job_id, safe='')}/events?after={after}"
        return self._transport.open_lines(path, SILENCE_TIMEOUT_S)

    def register(self, name: str) -> None:
        """Tell the engine that the client ``name`` is there (again)."""
        self._json("PUT", f"/clients/{quote(name, safe='')}")

    def unregister(self, name: str) -> None:
        """Tell the engine that the client ``name`` is gone."""
        self._json("DELETE", f"/clients/{quote(name, safe='')}", timeout_s=2.0)

    def _json(
        self,
        method: str,
        path: str,
        body: dict[str, Any] | None = None,
        timeout_s: float = CALL_TIMEOUT_S,
        read: Callable[[bytes], Any] = json.loads,
    ) -> Any:
        reply = self._send(method, path, body, timeout_s)
        if not reply.body:
            return None
        try:
            return read(reply.body)
        except (ValueError, IndexError) as error:
            raise EngineError(
                tr(
                    "The engine answered {method} {path} with something that is not JSON: {start}. "
                    "Is another program listening at this address? Check the engine's address in the settings."
                ).format(method=method, path=path, start=repr(reply.body[:80]))
            ) from error

    def _send(self, method: str, path: str, body: dict[str, Any] | None, timeout_s: float) -> Reply:
        content = None if body is None else json.dumps(body).encode()
        reply = self._transport.send(method, "/v1" + path, content, timeout_s)
        if reply.status >= 400:
            raise EngineRefusedError.from_body(reply.status, reply.body)
        return reply


def by_steps(body: bytes) -> Any:
    """Read JSON as ``json.loads`` does, but the items of an object's lists one by one.

    A hundred thousand features are seconds of work, in which ``json.loads`` lets no other thread have its turn.
    """
    text, decoder = body.decode(), json.JSONDecoder()
    place = _skip(text, 0)
    if text[place : place + 1] != "{":
        return json.loads(body)
    found: dict[str, Any] = {}
    place = _skip(text, place + 1)
    while text[place] != "}":
        name, place = decoder.raw_decode(text, place)
        place = _expect(text, place, ":")
        if text[place] == "[":
            found[name], place = _items(decoder, text, place)
        else:
            found[name], place = decoder.raw_decode(text, place)
        place = _next(text, place, "}")
    if _skip(text, place + 1) != len(text):
        raise ValueError("There is something behind the end.")
    return found


def _items(decoder: json.JSONDecoder, text: str, place: int) -> tuple[list[Any], int]:
    items = []
    place = _skip(text, place + 1)
    while text[place] != "]":
        item, place = decoder.raw_decode(text, place)
        items.append(item)
        place = _next(text, place, "]")
    return items, place + 1


def _next(text: str, place: int, end: str) -> int:
    """Return where the next item starts, or where ``end`` stands."""
    place = _skip(text, place)
    return place if text[place] == end else _expect(text, place, ",")


def _expect(text: str, place: int, mark: str) -> int:
    place = _skip(text, place)
    if text[place] != mark:
        raise ValueError(f"{mark!r} was expected at {place}.")
    return _skip(text, place + 1)


def _skip(text: str, place: int) -> int:
    """Return the next place that is no white space; text that ends too early is no JSON."""
    return BLANK.match(text, place).end()


def read_events(lines: Lines) -> Iterator[Event]:
    """Yield the events of an open stream until the engine ends it.

    Raises:
        EngineUnreachableError: the stream broke off, as it does when the engine dies.
        EngineError: a line is no event.
    """
    for line in lines:
        if line.strip():
            yield _event(line)


def _event(line: bytes) -> Event:
    try:
        data = json.loads(line)
        return Event(int(data["seq"]), str(data["type"]), data.get("data") or {})
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise EngineError(
            tr(
                "The engine tells of the run in a way that this version of the plugin does not understand. "
                "Update the engine in the settings, then load the run from “Earlier runs”."
            )
        ) from error
