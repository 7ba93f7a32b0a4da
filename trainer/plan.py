"""What a run would take, told before it starts: places, chips, memory and time. Nothing is loaded for it."""

from __future__ import annotations

from typing import Any

from engine.catalogue.models import find_model, list_models
from engine.imagery.area import Area
from engine.imagery.raster import open_raster
from trainer.chips import MAX_CHIPS, check_places, check_rasters, plan_blocks
from trainer.config import TrainingRequest
from trainer.preparing import HELD_PAIRS, TRAIN_PAIRS

TRAINING_FACTOR = 1.3
"""Memory of a round over that of the model as it is served."""


def plan_run(request: TrainingRequest) -> dict[str, Any]:
    """Count places and windows, and estimate memory and time.

    Raises:
        InputError: the rasters give too few places.
        RasterReadError: a raster can't be opened.
    """
    check_rasters(request.rasters)
    spec = find_model(request.model)
    places = windows = 0
    for path in request.rasters:
        with open_raster(path, bands=request.bands, stretch=request.stretch) as raster:
            area = Area.of(raster, request.area_crs)
            for block in plan_blocks(raster, spec.chip_px, request.gsd_m).values():
                inside = sum(area.touches_window(window) for window in block)
                places, windows = places + bool(inside), windows + inside
    check_places(places)
    chips = min(windows, MAX_CHIPS)
    return {
        "places": places,
        "windows": windows,
        "chips_at_most": chips,
        "pairs_at_most": {"train": min(TRAIN_PAIRS, 4 * chips), "held": HELD_PAIRS},
        "memory_bytes": round(_memory(spec.name) * TRAINING_FACTOR),
        "minutes_of_training": request.minutes,
        "rounds": request.rounds,
        "steps_a_round": request.steps,
    }


def _memory(name: str) -> int:
    """The catalogue's estimate of a loaded model, 0 for one that is not in it."""
    return next((entry.memory_bytes for entry in list_models() if entry.spec.name == name), 0)
