"""A trainer that is killed at any moment and started again ends as one that was left alone."""

from __future__ import annotations

import importlib
import json
import random
import shutil
import tempfile
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
from safetensors.numpy import load_file

from engine.catalogue.adapters import file_sha256
from tests.engine.tiny_models import build_checkpoint
from tests.trainer import often
from tests.trainer.patches import request_for, write_boxes, write_patches
from tools.torture.forked import Forked

STEPS = 4
MINUTES = 600
"""So many that the steps end the round: a round that ends by the clock ends elsewhere on every machine."""
SAME_WEIGHTS = 1e-6
"""The learning rate falls with the share of the time that is used, which no two runs have in common."""
DIFFER = ("created", "seconds", "curve", "pictures", "adapter", "name", "forecast")


def killed(draw: random.Random, folder: Path) -> str:
    """A run is killed once or twice, at random moments from its start to its end, and resumed."""
    world, whole, seconds = _world()
    whole = dict(whole)
    home, run = folder / "home", folder / "run"
    request = _request(world, run)
    times = draw.choice((1, 1, 2))
    done = False
    for _ in range(times):
        trainer = _start(request, home)
        code = trainer.wait_for_work(draw.uniform(0.0, seconds))
        trainer.end()
        assert not code, (
            f"not killed, but ended with code {code}: {request.with_suffix('.log').read_text()[-300:]}"
        )
        done = code == 0 or done
    resumed, _ = _outcome(request, home, run)
    moved = _moved(whole.pop("weights"), resumed.pop("weights"))
    assert moved <= SAME_WEIGHTS, f"killed and resumed: the weights are {moved:.1e} away"
    assert resumed == whole, f"killed and resumed: {_difference(whole, resumed)}"
    left = [str(path.relative_to(folder)) for path in folder.rglob(".staging-*")]
    assert not left, f"staging is left: {left}"
    return "read" if done else "resumed"


@cache
def _world() -> tuple[Path, dict[str, Any], float]:
    """Model, raster and boxes, what an uninterrupted run makes of them, and what it computes; once a process."""
    world = Path(tempfile.mkdtemp(prefix="torture-world-"))
    write_patches(world / "patches.tif")
    write_boxes(world / "boxes.geojson")
    model = build_checkpoint(world / "tiny")
    about = json.loads((model / "remotezero.json").read_text())
    (model / "remotezero.json").write_text(json.dumps({**about, "max_new_tokens": 8}))
    home, run = world / "home", world / "run"
    whole, seconds = _outcome(_request(world, run), home, run)
    shutil.rmtree(home)
    shutil.rmtree(run)
    return world, whole, seconds


def _request(world: Path, run: Path) -> Path:
    run.mkdir(parents=True, exist_ok=True)
    path = run / "request.json"
    values = request_for(world, world / "tiny", minutes=MINUTES, steps=STEPS, run_dir=str(run))
    path.write_text(json.dumps(values))
    return path


def _start(request: Path, home: Path) -> Forked:
    """A trainer at its first line, which prints into files beside its request."""
    _imported()
    words = {"REMOTEZERO_HOME": str(home)}
    log, out = (request.with_suffix(end) for end in (".log", ".out"))
    return Forked(lambda: often.run([str(request)]), words, log, out)


@cache
def _imported() -> None:
    """All that a run will import: what is forked afterwards begins with its own work."""
    for name in ("trainer.preparation", "trainer.rounds", "trainer.rollout.grpo"):
        importlib.import_module(name)


def _outcome(request: Path, home: Path, run: Path) -> tuple[dict[str, Any], float]:
    """Run to the end; the figures of its rounds, the trained weights, and how many seconds it computed."""
    trainer = _start(request, home)
    code = trainer.wait()
    told, errors = (request.with_suffix(end).read_text() for end in (".out", ".log"))
    assert code == 0, f"{told[-300:]} {errors[-300:]}"
    last = json.loads(told.splitlines()[-1])
    assert last["type"] == "result", last
    state = json.loads((run / "state.json").read_text())
    rounds = [_without(each, DIFFER) for each in state["rounds"]]
    saved = sorted(run.glob("round-*/adapter/adapter_model.safetensors"))
    published = sorted(home.rglob("adapter_model.safetensors"))
    made = {
        "rounds": rounds,
        "weights": [load_file(path) for path in saved],
        "published": [file_sha256(path) for path in published],
    }
    return made, trainer.worked_s


def _moved(ones: list[dict[str, Any]], others: list[dict[str, Any]]) -> float:
    """The largest difference between two lists of weights."""
    return max(
        (
            float(np.abs(one[name] - other[name]).max())
            for one, other in zip(ones, others, strict=True)
            for name in one
        ),
        default=0.0,
    )


def _without(value: Any, names: tuple[str, ...]) -> Any:
    if isinstance(value, dict):
        return {key: _without(held, names) for key, held in value.items() if key not in names}
    return [_without(held, names) for held in value] if isinstance(value, list) else value


def _difference(one: dict[str, Any], other: dict[str, Any]) -> str:
    return "; ".join(
        f"{key}: {str(one[key])[:200]} and {str(other[key])[:200]}" for key in one if one[key] != other[key]
    )
