"""What a scan would take, before it is begun: windows, bytes, hours and cost. Scenes are opened; no model is asked."""

from __future__ import annotations

import json
import os
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import rasterio
from rasterio.errors import RasterioError

from engine.catalogue.adapters import base_sha256
from engine.catalogue.models import find_model
from engine.errors import InputError, JobCancelledError
from engine.files import write_atomic
from engine.imagery.apart import read_apart
from engine.imagery.gdal_errors import unreadable
from engine.imagery.raster import Raster
from engine.imagery.sources import permitted
from engine.jsontext import json_text
from engine.language.vocabulary import check_questions
from engine.paths import data_dir
from engine.remote.address import is_server, read_address
from engine.remote.spec import server_spec
from engine.scan.reading import Look, planned
from engine.scan.request import ScanRequest
from engine.scan.scenes import Scene
from engine.search.pipeline import said_of
from engine.types import ModelSpec, Stop, Window

OPENED_AT_MOST = 500
"""Of a larger archive so many scenes are opened, evenly over the list, and the rest is taken to be like them."""

RATES_FILE = "scan-rates.json"
LEAST_QUESTIONS = 20
"""A rate of fewer questions than this is not kept: a model's first answers are slow."""

NEARLY = 1.2
"""GDAL takes the coarsest overview that is less than this many times coarser than what is asked."""


@dataclass(frozen=True)
class Pixels:
    """How a scene's pixels lie in its file.

    Attributes:
        value_bytes: of one value.
        bands_read: bands that have to be read to have those that are shown.
        overviews: how many times coarser the smaller copies are.
        packed: bytes in the file for each byte of values; None where that is not known.
    """

    value_bytes: int
    bands_read: int
    overviews: tuple[int, ...]
    packed: float | None

    def bytes_of(self, window: Window) -> int:
        """Bytes of values that a window takes."""
        wanted = max(1.0, window.width_src / window.width_px)
        level = max((level for level in self.overviews if level < wanted * NEARLY), default=1)
        return round(window.width_src * window.height_src / level**2) * self.value_bytes * self.bands_read


def foresee(
    request: ScanRequest, scenes: Sequence[Scene], failed: int, workers: int, stop: Stop
) -> dict[str, Any]:
    """What a scan of these scenes would take.

    Args:
        request: what would be asked; its ``rate`` stands in place of the one that was measured here.
        scenes: those that would be searched.
        failed: how many can't be taken.
        workers: how many would hold the model.
        stop: asked before each scene.

    Returns:
        Numbers by name; ``hours`` and ``cost`` are None where no rate is known, and ``notes`` says why.

    Raises:
        InputError: the question can't be answered by the model, or no scene can be opened.
        JobCancelledError: ``stop`` became true.
    """
    spec = _spec(request.model)
    check_questions(spec, request.queries)
    look = Look(request, spec, spec.name, None, 1, "", "logits")
    chosen = _spread(scenes, OPENED_AT_MOST)
    windows = values = packed = opened = 0
    reasons: list[str] = []
    for scene in chosen:
        if stop():
            raise JobCancelledError("The plan was cancelled.")
        try:
            plan, pixels = _looked_at(look, scene, stop)
        except InputError as error:
            reasons.append(f"{scene.id}: {error}")
            continue
        opened += 1
        windows += len(plan)
        needed = sum(map(pixels.bytes_of, plan))
        values += needed
        packed += round(needed * (pixels.packed or 1.0))
    if not opened:
        raise InputError(f"None of {len(chosen)} scenes can be opened. The first: {reasons[0]}")
    times = len(scenes) / len(chosen)
    questions = round(windows * times) * len(said_of(look.queries, spec))
    rate, source = _rate(request)
    hours = questions / (rate * workers) / 3600 if rate else None
    price = request.price_per_hour
    return {
        "scenes": len(scenes),
        "scenes_opened": opened,
        "scenes_failed": failed + round(len(reasons) * times),
        "windows": round(windows * times),
        "questions": questions,
        "read_bytes": round(packed * times),
        "values_bytes": round(values * times),
        "workers": workers,
        "questions_per_second_of_one_worker": rate,
        "rate_is": source,
        "hours": None if hours is None else round(hours, 3),
        "cost": None if hours is None or price is None else round(hours * price, 2),
        "notes": [*reasons[:3], *([] if rate else [NO_RATE])],
    }


NO_RATE = (
    "How fast this model is here is not known: no scan with it has run on this machine. Scan a few scenes first "
    "(--limit), or say how many questions a worker answers in a second (--rate)."
)


def remember_rate(request: ScanRequest, questions: int, seconds: float, *, gpu: bool) -> None:
    """Keep how many questions one worker answered in a second of the model's time, for plans of later scans."""
    if questions < LEAST_QUESTIONS or seconds <= 0:
        return
    known = _rates()
    known[_key(request, gpu=gpu)] = round(questions / seconds, 4)
    write_atomic(data_dir() / RATES_FILE, json_text(known, indent=2), private=True)


def _rate(request: ScanRequest) -> tuple[float | None, str | None]:
    if request.rate is not None:
        return request.rate, "given"
    rate = _rates().get(_key(request, gpu=Path("/dev/nvidia0").exists()))
    return rate, "measured here" if rate else None


def _rates() -> dict[str, float]:
    try:
        known = json.loads((data_dir() / RATES_FILE).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    numbers = known.items() if isinstance(known, dict) else ()
    return {str(name): float(rate) for name, rate in numbers if isinstance(rate, int | float) and rate > 0}


def _key(request: ScanRequest, *, gpu: bool) -> str:
    if is_server(request.model):
        return read_address(str(request.model)).text
    where = "gpu" if gpu else f"{request.cores} cores"
    return f"{base_sha256(find_model(request.model).path)[:16]} on {where}"


def _spec(model: str | None) -> ModelSpec:
    return server_spec(read_address(str(model)), find_model) if is_server(model) else find_model(model)


def _spread(scenes: Sequence[Scene], most: int) -> list[Scene]:
    if len(scenes) <= most:
        return list(scenes)
    return [scenes[place * len(scenes) // most] for place in range(most)]


def _looked_at(look: Look, scene: Scene, stop: Stop) -> tuple[list[Window], Pixels]:
    """The plan of a scene and how its pixels lie; its stretch is not looked for, which would read pixels."""
    with look.open(scene, stretch=[(0.0, 1.0)]) as raster:
        windows = planned(look, raster)
        return windows, _pixels(look, scene, raster, stop)


def _pixels(look: Look, scene: Scene, raster: Raster, stop: Stop) -> Pixels:
    bands = [int(band) for band in raster.bands]
    hosts = permitted(scene.raster, allow_network=look.request.allow_network).hosts
    if hosts:
        found: Pixels = read_apart(hosts[0], stop, _lie, scene.raster, bands)
        return found
    return _lie(scene.raster, bands)


def _lie(name: str, bands: Sequence[int]) -> Pixels:
    try:
        with rasterio.Env(), rasterio.open(name) as dataset:
            together = dataset.interleaving is None or dataset.interleaving.value.upper() == "PIXEL"
            many = dataset.count if together else len(bands)
            size = max(_bytes_of(dataset.dtypes[band - 1]) for band in bands)
            levels = tuple(dataset.overviews(bands[0]))
            whole = dataset.width * dataset.height * dataset.count * size
            whole = round(whole * (1 + sum(1 / level**2 for level in levels)))
    except RasterioError as error:
        raise unreadable(name, "can't be opened", error) from error
    return Pixels(size, many, levels, os.path.getsize(name) / whole if os.path.isfile(name) else None)


def _bytes_of(kind: str) -> int:
    return 4 if kind == "complex_int16" else int(np.dtype(kind).itemsize)
