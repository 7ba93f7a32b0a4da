"""The data of a run, from the request to chips, questions and pairs of both.

The plan counts them before anything is loaded; the preparation makes them, and what is found on disk already
is not made again. Nothing here needs torch.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from engine.catalogue.models import find_model, list_models
from engine.errors import InputError
from engine.imagery.apart import never
from engine.imagery.area import Area
from engine.imagery.raster import open_raster
from engine.language.understanding import scores_on_the_whole
from engine.search.singling import sought
from engine.types import Chip, ModelSpec, Query, Stop, Verifier
from trainer.archive import chips_of_archive, sampled
from trainer.chips import (
    HELD_OUT_SHARE,
    MAX_CHIPS,
    ChipSet,
    check_places,
    check_rasters,
    chips_of,
    plan_blocks,
    wanted_blocks,
    write_chips,
)
from trainer.clock import Work, forecast, rates_of
from trainer.config import SHARES, TrainingRequest
from trainer.home import FOLDER, HomeSet
from trainer.labelled import LabelledSet
from trainer.queries import Pair, Presence, disputed, join, propose_queries
from trainer.state import RunState
from trainer.truth import drawn_pairs

TRAIN_PAIRS = 600
HELD_PAIRS = 360
LOOKED_AT_FOR_LABELS = 12
NO_HOME = (
    "What this model could do before can't be measured: it has no stored questions, and no boxes that you judged on "
    "earlier rasters were given (verdicts). A round is checked on the places kept aside alone."
)

ASKED_PAIRS = 600
"""Of an archive's pairs at most so many are put to the policy, to see where it and the verifier disagree."""
DISPUTED_PAIRS = 400

Labels = Callable[[Sequence[int]], list[str]]
Points = Callable[[Sequence[Pair]], list[bool | None]]
"""Pairs -> whether the policy points at anything there; None where its answer can't be read."""


def plan_run(request: TrainingRequest, stop: Stop = never) -> dict[str, Any]:
    """Count places and windows, and estimate memory and time.

    Raises:
        InputError: the rasters give too few places.
        RasterReadError: a raster can't be opened.
    """
    request, sample = sampled(request, request.run_dir, stop)
    spec = find_model(request.model)
    places, windows, notes = _counted(request, spec.chip_px, stop)
    check_places(places)
    chips = min(windows, MAX_CHIPS)
    home = len(HomeSet([spec.path / FOLDER]))
    return {
        "places": places,
        "windows": windows,
        "chips_at_most": chips,
        "pairs_at_most": {"train": min(TRAIN_PAIRS, 4 * chips), "held": HELD_PAIRS, "home": home},
        "memory_bytes": _memory(spec.name),
        "minutes": request.minutes,
        **_times(request, spec.name, chips, home),
        "rounds": request.rounds,
        "steps_a_round": request.steps,
        "warnings": [*notes, *([] if home else [NO_HOME]), *(sample.unread if sample else ())],
        **({"scenes": sample.about()} if sample else {}),
    }


def _counted(request: TrainingRequest, chip_px: int, stop: Stop) -> tuple[int, int, list[str]]:
    """Places and windows of a request's rasters, or of the pictures of its set, and what to know of the set."""
    if request.dataset is not None:
        labelled = LabelledSet(request)
        return labelled.places, len(labelled), [labelled.note] if labelled.note else []
    check_rasters(request.rasters)
    places = windows = 0
    for path in request.rasters:
        try:
            more = _of_raster(path, request, chip_px, stop)
        except InputError:
            if request.source is None:
                raise
            continue  # the run passes over it as well
        places, windows = places + more[0], windows + more[1]
    return places, windows, []


def _of_raster(path: Path | str, request: TrainingRequest, chip_px: int, stop: Stop) -> tuple[int, int]:
    """Places and windows of one raster."""
    places = windows = 0
    with open_raster(
        path, bands=request.bands, stretch=request.stretch, allow_network=request.allow_network, stop=stop
    ) as raster:
        area = Area.of(request.area_crs, raster.transform, raster.width_src, raster.height_src)
        blocks = plan_blocks(raster, chip_px, request.gsd_m, wanted_blocks(len(request.rasters)))
        for block in blocks.values():
            inside = sum(area.touches_rectangle(window) for window in block)
            places, windows = places + bool(inside), windows + inside
    return places, windows


def _times(request: TrainingRequest, model: str, chips: int, home: int) -> dict[str, Any]:
    """Seconds of a whole run by part, as measured on this machine before; nothing where none was."""
    known = rates_of(model)
    if known is None:
        return {"seconds": None, "measured": None}
    rates, date = known
    held = round(HELD_OUT_SHARE * chips)
    pairs, steps = min(TRAIN_PAIRS, 4 * (chips - held)), request.steps
    work = Work(chips, pairs, min(HELD_PAIRS, 4 * held), steps, steps * request.prompts, home, len(SHARES))
    expected = forecast(rates, work)
    rounds = request.rounds
    seconds = {
        "preparing": round(expected["preparing"]),
        "learning": round(rounds * (expected["searching"] + expected["training"])),
        "checking": round(rounds * expected["checking"] - (rounds - 1) * expected["checked before"]),
    }
    return {"seconds": seconds, "measured": date}


def _memory(name: str) -> int:
    """The catalogue's estimate of what learning takes, 0 for a model that is not in it."""
    return next((entry.memory.learn_bytes for entry in list_models() if entry.spec.name == name), 0)


def prepare_chips(request: TrainingRequest, spec: ModelSpec, folder: Path, stop: Stop) -> ChipSet:
    """Read the rasters into the run's chip set, or open the one that is there.

    Raises:
        InputError: the rasters give too few chips or places.
        RasterReadError: a raster can't be read.
    """
    if (folder / "chips.json").is_file():
        return ChipSet(folder)
    if request.dataset is not None:
        shown = LabelledSet(request).chips(spec.chip_px, stop)
        return write_chips(folder, shown, spec.chip_px, request.config.seed)
    check_rasters(request.rasters)
    if request.source is not None:
        return write_chips(
            folder, chips_of_archive(request, spec.chip_px, stop), spec.chip_px, request.config.seed
        )
    found = chips_of(
        request.rasters,
        chip_px=spec.chip_px,
        gsd_m=request.gsd_m,
        area_crs=request.area_crs,
        bands=request.bands,
        stretch=request.stretch,
        allow_network=request.allow_network,
        stop=stop,
    )
    return write_chips(folder, found, spec.chip_px, request.config.seed)


def presence_by(verifier: Verifier, chips: ChipSet, stop: Stop) -> Presence:
    """The verifier's presence over chip indices; each chip is read once per call."""

    def presence(indices: Sequence[int], texts: Sequence[str]) -> NDArray[np.float64]:
        opened: dict[int, Chip] = {index: chips.chip(index) for index in dict.fromkeys(indices)}
        queries = [sought(Query(text)) for text in texts]
        asked = [opened[index] for index in indices]
        beliefs = scores_on_the_whole(lambda: verifier.presence(asked, queries, stop))
        return np.asarray(beliefs, dtype=float)

    return presence


def prepare_pairs(
    request: TrainingRequest,
    state: RunState,
    chips: ChipSet,
    presence: Presence,
    labels: Labels,
    stop: Stop,
    points: Points | None = None,
) -> None:
    """Fill ``state.queries``, ``state.train`` and ``state.held_asked``.

    Args:
        request: with the analyst's questions, or none.
        state: filled in place.
        chips: of the run.
        presence: of the round-0 verifier.
        labels: chips -> what the policy calls the things it sees there.
        stop: asked often.
        points: where the policy points at anything; asked for an archive, whose pairs to learn from are then those
            about which policy and verifier disagree, and as many by chance. Held-out pairs stay as places give them.

    Raises:
        InputError: nothing is recognised where the model has to propose the questions.
    """
    config = request.config
    train, held = chips.indices(held_out=False), chips.indices(held_out=True)
    if request.dataset is not None:
        _own_pairs(request, state, chips, presence, stop)
        return
    if request.boxes is not None and config.reward == "iou":
        state.drawn = True
        state.train = _some(drawn_pairs(chips, train, request.boxes), TRAIN_PAIRS, config.seed)
        state.held_asked = _some(drawn_pairs(chips, held, request.boxes), HELD_PAIRS, config.seed)
        state.queries = sorted({pair.query for pair in state.train})
        return
    queries = list(request.queries) or proposed(train, presence, labels, config.seed)
    state.queries = queries
    state.train = join(train, queries, presence, wanted=TRAIN_PAIRS, seed=config.seed, stop=stop)
    if request.source is not None and points is not None:
        asked = state.train[:ASKED_PAIRS]
        state.train = disputed(asked, points(asked), DISPUTED_PAIRS, config.seed)
    state.held_asked = join(held, queries, presence, wanted=HELD_PAIRS, seed=config.seed + 1, stop=stop)


def _own_pairs(
    request: TrainingRequest, state: RunState, chips: ChipSet, presence: Presence, stop: Stop
) -> None:
    """Fill the state with what a labelled set asks about its own pictures; a round chooses of it what it can learn."""
    labelled, seed = LabelledSet(request), request.config.seed
    train, held = chips.indices(held_out=False), chips.indices(held_out=True)
    state.drawn = request.config.reward == "iou"
    if state.drawn:
        state.train, asked = labelled.drawn_pairs(chips, train), labelled.drawn_pairs(chips, held)
    else:
        state.train = labelled.pairs(chips, train, presence, stop)
        asked = labelled.pairs(chips, held, presence, stop)
    state.held_asked = _some(asked, HELD_PAIRS, seed)
    state.queries = sorted({pair.query for pair in state.train})


def proposed(chips: Sequence[int], presence: Presence, labels: Labels, seed: int) -> list[str]:
    """What the model asks about the chips to learn from, when nobody else asks.

    Raises:
        InputError: it recognises nothing there.
    """
    queries = propose_queries(chips, presence, labels(chips[:LOOKED_AT_FOR_LABELS]), seed)
    if not queries:
        raise InputError(
            f"The model recognises nothing with certainty on {len(chips)} chips. Write down what to look for."
        )
    return queries


def _some(pairs: Sequence[Pair], most: int, seed: int) -> list[Pair]:
    order = np.random.default_rng(seed).permutation(len(pairs))[:most]
    return [replace(pairs[int(index)]) for index in order]
