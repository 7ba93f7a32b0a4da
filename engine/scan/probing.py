"""What the model of a scan is: loaded once where the workers will run, before anything is read."""

from __future__ import annotations

import pickle
import platform
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, version
from typing import Any

from engine import __version__
from engine.errors import JobCancelledError, RemoteZeroError
from engine.imagery.apart import never
from engine.jobs.asked import identity_of, words_of
from engine.remote.address import is_server
from engine.remote.keys import KEYS
from engine.scan.cluster import unpacked
from engine.scan.reading import Look
from engine.scan.request import ScanRequest
from engine.types import AdapterChoice, Loader, Stop

PACKAGES = ("ray", "torch", "transformers", "rasterio", "numpy")
POLL_S = 0.2


@dataclass(frozen=True)
class Probed:
    """A model as it was loaded.

    Attributes:
        look: how to search with it.
        identity: what it must be in every part of a scan: names and hashes.
        versions: of the programs at work.
        device: where it computes.
    """

    look: Look
    identity: dict[str, Any]
    versions: dict[str, str]
    device: str


def probe(request: ScanRequest, load: Loader, *, gpus: int, stop: Stop) -> Probed:
    """Load the model in a process of Ray's, which ends again; what it is.

    Raises:
        RemoteZeroError: it can't be loaded, as the class that says so.
        JobCancelledError: ``stop`` became true.
    """
    import ray

    server = is_server(request.model)
    task = ray.remote(num_cpus=1, num_gpus=0 if server else gpus, max_calls=1, max_retries=2)(_probe)
    answer = task.remote(request.model_dump(mode="json"), load, KEYS.as_line())
    while not ray.wait([answer], timeout=POLL_S)[0]:
        if stop():
            raise JobCancelledError("The scan was stopped before its model was loaded.")
    found: Probed | RemoteZeroError = unpacked(ray.get(answer))
    if isinstance(found, RemoteZeroError):
        raise found
    return found


def _probe(values: dict[str, Any], load: Loader, keys: str) -> bytes:
    try:
        KEYS.take_line(keys)
        return pickle.dumps(probed_here(ScanRequest.model_validate(values), load))
    except RemoteZeroError as error:
        return pickle.dumps(type(error)(str(error)))


def probed_here(request: ScanRequest, load: Loader) -> Probed:
    """Load the model in this process, and say what it is."""
    served = load(request.model)
    try:
        served.make_ready(never)
        adapter = served.use_adapter(AdapterChoice.read(request.adapter))
        spec = served.policy.spec
        words = words_of(served)
        look = Look(request, spec, served.name, adapter, served.batch_size, words, served.scoring)
        identity = {"engine": __version__, **identity_of(request.model, served, adapter)}
        return Probed(look, identity, versions(), served.device)
    finally:
        served.close()


def versions() -> dict[str, str]:
    """Versions of what has a part in what is found."""
    found = {"remotezero": __version__, "python": platform.python_version()}
    for name in PACKAGES:
        try:
            found[name] = version(name)
        except PackageNotFoundError:
            continue
    return found
