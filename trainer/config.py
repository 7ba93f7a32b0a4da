"""What an improve request says, and the ten knobs of a round.

A request is the JSON object that ``python -m trainer`` reads. The analyst sees at most the ten fields of
:class:`RoundConfig`; everything else follows from the model or from a measurement.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, fields, replace
from pathlib import Path
from typing import Any, Literal, get_args

from engine.errors import InputError

RewardName = Literal["paper", "contrast", "consensus", "iou"]
Part = Literal["plan", "questions"]
PROMPTS_PER_STEP = 16


@dataclass(frozen=True)
class RoundConfig:
    """The knobs of a run; ``None`` means "measure it without boxes" (see ``trainer.calibrate``).

    Attributes:
        reward: ``paper``, ``contrast`` or ``consensus`` (label-free), or ``iou`` (supervised, needs boxes).
        group_size: completions per chip and query, compared with each other.
        learning_rate: of the LoRA weights.
        temperature: of the sampled completions.
        rank: of the LoRA matrices.
        margin: alpha, the context round a crop as a share of its longer side.
        area_weight: lambda, how much reward a unit of excess area costs.
        area_allowed: tau, the share of the chip a box may cover for free.
        absent_share: share of training pairs whose right answer is "none".
        seed: of sampling, splitting and the bootstrap.
    """

    reward: RewardName = "consensus"
    group_size: int = 8
    learning_rate: float = 5e-4
    temperature: float = 1.0
    rank: int = 16
    margin: float | None = None
    area_weight: float | None = None
    area_allowed: float | None = None
    absent_share: float = 0.1
    seed: int = 0

    def __post_init__(self) -> None:
        """Refuse values outside their range.

        Raises:
            InputError: names the knob, its value and its range.
        """
        if self.reward not in get_args(RewardName):
            raise InputError(
                f"The reward {self.reward!r} is not known. Choose one of {', '.join(get_args(RewardName))}."
            )
        for name, low, high in _RANGES:
            value = getattr(self, name)
            if value is not None and not (_is_number(value) and low <= value <= high):
                raise InputError(f"{name} is {value!r}. Give a value from {low} to {high}.")


_RANGES: tuple[tuple[str, float, float], ...] = (
    ("group_size", 2, 64),
    ("learning_rate", 1e-7, 1e-1),
    ("temperature", 0.1, 3.0),
    ("rank", 1, 256),
    ("margin", 0.0, 2.0),
    ("area_weight", 0.0, 10.0),
    ("area_allowed", 0.0, 1.0),
    ("absent_share", 0.0, 0.5),
)


@dataclass(frozen=True)
class ImproveRequest:
    """One run of self-improvement.

    Attributes:
        rasters: files that GDAL opens.
        queries: the analyst's questions; empty means that the model proposes them.
        model: name or folder of the base model; None for the default one.
        adapter: adapter to start from, ``none`` for the base weights; None for the model's current one.
        rounds: at most so many rounds.
        minutes: at most so many minutes of training in all.
        steps: at most so many optimiser steps a round. Short rounds, each with a fresh search, do better than
            long ones: what the verifier of a round can teach is learned soon, and then its mistakes are.
        area_crs: GeoJSON geometry in the rasters' CRS that limits the windows, or None.
        gsd_m: ground sample distance of the chips in metres, or None for the raster's own.
        bands, stretch: as in a locate request, applied to every raster.
        boxes: vector file with a ``query`` column; only for the reward ``iou``.
        external_verifier: folder of a second model, or an OpenAI-compatible URL; None for the previous round.
        external_model: the model's name at that URL.
        run_dir: where state, checkpoints and reports are kept; None for the data folder.
        promote: move ``current`` to the new adapter when the gate lets it pass.
        only: ``plan`` says what the run would take, ``questions`` what the model would ask, and both end there.
        config: the knobs.
    """

    rasters: tuple[Path, ...]
    queries: tuple[str, ...] = ()
    model: str | None = None
    adapter: str | None = None
    rounds: int = 3
    minutes: float = 60.0
    steps: int = 20
    area_crs: dict[str, Any] | None = None
    gsd_m: float | None = None
    bands: tuple[int, ...] | None = None
    stretch: tuple[tuple[float, float], ...] | None = None
    boxes: Path | None = None
    external_verifier: str | None = None
    external_model: str | None = None
    run_dir: Path | None = None
    promote: bool = True
    only: Part | None = None
    config: RoundConfig = field(default_factory=RoundConfig)


def parse_request(data: Mapping[str, Any]) -> ImproveRequest:
    """Read a request from JSON.

    Args:
        data: keys are those of :class:`ImproveRequest`; the knobs may stand at the top level too.

    Raises:
        InputError: a key is unknown, a value is out of range, or there is no raster.
    """
    knobs = {f.name for f in fields(RoundConfig)}
    known = {f.name for f in fields(ImproveRequest)}
    nested = data.get("config") or {}
    if not isinstance(nested, Mapping):
        raise InputError(f"config is {nested!r}. Give an object of knobs, or leave it out.")
    if unknown := sorted((set(data) - known - knobs) | (set(nested) - knobs)):
        raise InputError(f"The request has unknown keys {unknown}. Known are {sorted(known | knobs)}.")
    _check_kinds(data)
    chosen = {**nested, **{key: data[key] for key in knobs & set(data)}}
    values = {key: data[key] for key in known & set(data) if key != "config" and data[key] is not None}
    request = _typed(values, RoundConfig(**chosen))
    if not request.rasters:
        raise InputError("The request names no raster. Give at least one file in `rasters`.")
    if request.rounds < 1 or request.minutes <= 0 or request.steps < 1:
        raise InputError(
            f"rounds is {request.rounds}, minutes is {request.minutes} and steps is {request.steps}. "
            "Give at least 1 round, more than 0 minutes and at least 1 step."
        )
    if request.only is not None and request.only not in get_args(Part):
        raise InputError(
            f"only is {request.only!r}. Give one of {', '.join(get_args(Part))}, or leave it out to learn."
        )
    if request.config.reward == "iou" and request.boxes is None:
        raise InputError("The reward 'iou' compares with drawn boxes. Name a vector file in `boxes`.")
    return request


def _check_kinds(data: Mapping[str, Any]) -> None:
    for key in ("rasters", "queries"):
        if isinstance(data.get(key), str):
            raise InputError(f"{key} is {data[key]!r}. Give a list of strings.")
    for key in ("rounds", "minutes", "steps", "gsd_m"):
        if data.get(key) is not None and not _is_number(data[key]):
            raise InputError(f"{key} is {data[key]!r}. Give a number.")


def _is_number(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


def _typed(values: dict[str, Any], config: RoundConfig) -> ImproveRequest:
    try:
        values["rasters"] = tuple(Path(item) for item in values.get("rasters", ()))
        values["queries"] = tuple(
            text for text in (str(item).strip() for item in values.get("queries", ())) if text
        )
        for key in ("boxes", "run_dir"):
            if key in values:
                values[key] = Path(values[key])
        if "bands" in values:
            values["bands"] = tuple(int(band) for band in values["bands"])
        if "stretch" in values:
            values["stretch"] = tuple((float(low), float(high)) for low, high in values["stretch"])
        return replace(ImproveRequest(rasters=()), config=config, **values)
    except (TypeError, ValueError) as error:
        raise InputError(f"The request can't be read ({error}): {values}. Check the types.") from error


def as_json(config: RoundConfig) -> dict[str, Any]:
    """The knobs as plain values, for manifests and reports."""
    return asdict(config)
