"""What the trainer is asked to do, and the ten knobs of a round.

A request is the JSON object that ``python -m trainer`` reads. The analyst sees at most the ten fields of
:class:`RoundConfig`; everything else follows from the model or from a measurement.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Any, Literal, TypeVar

from pydantic import AfterValidator, BeforeValidator, Field, field_validator, model_validator

from engine.errors import InputError
from engine.imagery.sources import leads_away
from engine.remote.address import is_server, read_address
from engine.wire import Strict, checked

Recipe = Literal["ours", "paper"]
RewardName = Literal["paper", "contrast", "consensus", "iou"]
Part = Literal["plan", "questions"]
PROMPTS_PER_STEP = 16
TUNING_PAIRS = 96
"""Pairs on which settings are chosen and the verifier is tried."""
SHARES = (1.0, 0.75, 0.5, 0.25)
"""How much of what a round learned is tried to be kept, the most first."""

RECIPES: Mapping[str, Mapping[str, Any]] = {
    "ours": {},
    # What is published (arXiv 2605.04451): the score with an area penalty, the round before as the verifier, learning
    # rate, batches of 6 x 8 answers, 10 epochs. Formula, margin, lambda, tau and size of groups are not: ours stay.
    "paper": {"reward": "paper", "learning_rate": 5e-6, "prompts": 6, "steps": 1000},
}
"""What a recipe sets where the request doesn't: ours, named after its reward ``consensus``, and the paper's own."""

OF_SCENES = ("bbox", "start", "end", "cloud", "asset")
"""Fields of a request that say which scenes of an archive are meant."""

Number = TypeVar("Number", int, float)
Whole = Annotated[int, Field(strict=True)]
Real = Annotated[float, Field(strict=True, allow_inf_nan=False)]


def _path_or_name(value: Any) -> Any:
    """A file's name as a path; what leads elsewhere stays as it is, since a path would lose one of its slashes."""
    return Path(value) if isinstance(value, str) and not leads_away(value) else value


RasterName = Annotated[Path | str, BeforeValidator(_path_or_name)]


def _between(low: Number, high: Number) -> AfterValidator:
    """Refuse numbers outside a range, with both of its ends."""

    def check(value: Number) -> Number:
        if not low <= value <= high:
            raise ValueError(f"give a value from {low} to {high}")
        return value

    return AfterValidator(check)


class RoundConfig(Strict):
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
        seed: of sampling, splitting and the gate.
    """

    reward: RewardName = "consensus"
    group_size: Annotated[Whole, _between(2, 64)] = 8
    learning_rate: Annotated[Real, _between(1e-7, 1e-1)] = 5e-4
    temperature: Annotated[Real, _between(0.1, 3.0)] = 1.0
    rank: Annotated[Whole, _between(1, 256)] = 16
    margin: Annotated[Real, _between(0.0, 2.0)] | None = None
    area_weight: Annotated[Real, _between(0.0, 10.0)] | None = None
    area_allowed: Annotated[Real, _between(0.0, 1.0)] | None = None
    absent_share: Annotated[Real, _between(0.0, 0.5)] = 0.3
    seed: Annotated[Whole, Field(ge=0)] = 0


class TrainingRequest(Strict):
    """One run of self-improvement.

    Attributes:
        source: an archive in the place of rasters, as :func:`engine.scan.sources.find_scenes` reads it: a folder, a
            list, a catalogue. Scenes are sampled from it, see :mod:`trainer.archive`.
        bbox, start, end, cloud, asset: which scenes of it, as in :class:`engine.scan.wanted.Wanted`.
        rasters: files, or other names that GDAL opens.
        dataset: instead of rasters the folder of a labelled set, whose pictures are each asked what the set asks about
            them; its true boxes are read for the reward ``iou`` alone.
        layout, split: of the set: told by its files where None, and the part that is learned from.
        allow_network: rasters may lead to the network; otherwise such ones are refused.
        queries: the analyst's questions; empty means that the model proposes them.
        model: name or folder of the base model; None for the default one.
        adapter: which adapter to start from, the text of an :class:`engine.types.AdapterChoice`.
        rounds: at most so many rounds.
        minutes: at most so many minutes in all, preparing and checking included.
        recipe: ``ours``, or ``paper`` for the authors' own setting as far as it is published.
        prompts: questions that an optimiser step compares, each with a group of answers.
        steps: at most so many optimiser steps a round. Short rounds, each with a fresh search, do better than
            long ones: what the verifier of a round can teach is learned soon, and then its mistakes are.
        area_crs: GeoJSON geometry in the rasters' CRS that limits the windows, or None.
        gsd_m: ground sample distance of the chips in metres, or None for the raster's own.
        bands, stretch: as in a locate request, applied to every raster.
        boxes: vector file with a ``query`` column; only for the reward ``iou``.
        verdicts: result layers whose accepted and rejected boxes may be used; none by default.
        external_verifier: folder of a second model, or the address of one on a server, see
            :mod:`engine.remote.address`; None for the previous round.
        run_dir: where state, checkpoints and reports are kept; None for the data folder.
        none_loss: share of "none" that a round may lose, at home and on the held-out pairs; None for any at home and
            the gate's usual limit on the pairs. What is lost at each share of a round stands in the report.
        harder_questions: learn first from what was answered in different ways, and ask next what was so before.
        gpus: so many processes share the training, one for each GPU (on a machine without one, on its CPU); the
            engine starts them.
        promote: move ``current`` to the new adapter when the gate lets it pass.
        gated: only what is surely better is kept. Without the gate every round is kept and its verdict told, the
            verifier is not tried first, and ``current`` stays where it is: for comparisons with methods that have none.
        only: ``plan`` says what the run would take, ``questions`` what the model would ask, and both end there.
        config: the knobs.
    """

    source: Annotated[str, Field(min_length=1)] | None = None
    bbox: tuple[Real, Real, Real, Real] | None = None
    start: str | None = None
    end: str | None = None
    cloud: Annotated[Real, _between(0.0, 100.0)] | None = None
    asset: str | None = None
    rasters: tuple[RasterName, ...] = ()
    dataset: Path | None = None
    layout: str | None = None
    split: str = "train"
    queries: tuple[str, ...] = ()
    model: str | None = None
    adapter: Annotated[str, Field(min_length=1)] = "current"
    rounds: Annotated[Whole, Field(ge=1)] = 3
    minutes: Annotated[Real, Field(gt=0)] = 60.0
    recipe: Recipe = "ours"
    prompts: Annotated[Whole, _between(1, 256)] = PROMPTS_PER_STEP
    steps: Annotated[Whole, Field(ge=1)] = 20
    area_crs: dict[str, Any] | None = None
    gsd_m: Annotated[Real, Field(gt=0)] | None = None
    bands: tuple[Whole, ...] | None = None
    stretch: tuple[tuple[Real, Real], ...] | None = None
    boxes: Path | None = None
    verdicts: tuple[str, ...] = ()
    external_verifier: str | None = None
    run_dir: Path | None = None
    none_loss: Annotated[Real, _between(0.0, 1.0)] | None = None
    harder_questions: Annotated[bool, Field(strict=True)] = False
    gpus: Annotated[Whole, _between(1, 64)] = 1
    promote: Annotated[bool, Field(strict=True)] = True
    gated: Annotated[bool, Field(strict=True)] = True
    only: Part | None = None
    config: RoundConfig = RoundConfig()
    allow_network: Annotated[bool, Field(strict=True)] = False

    @field_validator("bbox", "rasters", "queries", "bands", "stretch", "verdicts", mode="before")
    @classmethod
    def _listed(cls, value: Any) -> Any:
        if not isinstance(value, list | tuple):
            raise ValueError("give a list")
        return value

    @field_validator("external_verifier")
    @classmethod
    def _readable(cls, verifier: str | None) -> str | None:
        if verifier is not None and is_server(verifier):
            read_address(verifier)
        return verifier

    @field_validator("queries")
    @classmethod
    def _spoken(cls, queries: tuple[str, ...]) -> tuple[str, ...]:
        return tuple(text for text in (query.strip() for query in queries) if text)

    @model_validator(mode="after")
    def _one_source(self) -> TrainingRequest:
        if self.source is not None:
            if self.rasters or self.dataset is not None:
                beside = "rasters" if self.rasters else "a labelled set"
                raise ValueError(f"the request names {beside} and a source; give one of the two")
            if self.area_crs is not None:
                raise ValueError(
                    "scenes of an archive have CRSs of their own; give bbox, in degrees, for area_crs"
                )
        elif of_scenes := [name for name in OF_SCENES if getattr(self, name) is not None]:
            raise ValueError(
                f"{', '.join(of_scenes)} says which scenes of an archive are meant, and the request names none; give "
                "a folder, a list or a catalogue in the place of the rasters, or leave that out"
            )
        if self.source is None and self.dataset is None and not self.rasters:
            raise ValueError("the request names no raster; give at least one file")
        given = {
            "rasters": self.rasters, "queries": self.queries, "boxes": self.boxes, "gsd_m": self.gsd_m,
            "area_crs": self.area_crs, "verdicts": self.verdicts,
        }  # fmt: skip
        named = [name for name, value in given.items() if value]
        if self.dataset is not None and named:
            raise ValueError(
                f"a labelled set brings its own pictures, questions and boxes, and {', '.join(named)} came beside "
                "`dataset`; leave one of the two out"
            )
        return self


def parse_request(data: Mapping[str, Any]) -> TrainingRequest:
    """Read a request from JSON.

    Args:
        data: keys are those of :class:`TrainingRequest`; the knobs may stand at the top level too. A null
            stands for the default everywhere.

    Raises:
        InputError: a key is unknown, a value has the wrong type or range, or there is no raster.
    """
    values = _given(data)
    nested = values.pop("config", {})
    if not isinstance(nested, Mapping):
        raise InputError(f"config is {nested!r}. Give an object of knobs, or leave it out.")
    known, knobs = set(TrainingRequest.model_fields), set(RoundConfig.model_fields)
    if unknown := sorted((set(values) - known - knobs) | (set(nested) - knobs)):
        raise InputError(f"The request has unknown keys {unknown}. Known are {sorted(known | knobs)}.")
    # A recipe is what is set where the request sets nothing; one that is not known is told with the other fields.
    named = values.get("recipe")
    for key, value in (RECIPES.get(named, {}) if isinstance(named, str) else {}).items():
        if key not in nested:
            values.setdefault(key, value)
    chosen = _given(nested) | {key: values.pop(key) for key in knobs & set(values)}
    request = checked(TrainingRequest, {**values, "config": checked(RoundConfig, chosen)})
    if request.config.reward == "iou" and request.boxes is None and request.dataset is None:
        raise InputError("The reward 'iou' compares with drawn boxes. Name a vector file in `boxes`.")
    return request


def _given(data: Mapping[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in data.items() if value is not None}


def as_json(config: RoundConfig) -> dict[str, Any]:
    """The knobs as plain values, for manifests and reports."""
    return config.model_dump()
