"""The nouns of the data path.

Frames, named in every variable that holds coordinates:

* ``_norm``: the model's own answer space (its family says which, for Qwen3-VL 0..1000).
* ``_px``: chip pixels, x right, y down, origin at the chip's top-left corner.
* ``_src``: pixels of the source raster at full resolution, x right, y down. Windows are cut
  and boxes of different windows are merged here, because boxes stay rectangles in it.
* ``_crs``: map units of the raster's coordinate reference system.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal, Protocol

import numpy as np
from affine import Affine
from numpy.typing import NDArray

Xyxy = tuple[float, float, float, float]
Pixels = NDArray[np.uint8]
Level = Literal["overview", "detail"]
Zoom = Literal["auto", "overview", "detail"]
Role = Literal["find", "outline"]
Stop = Callable[[], bool]
Scoring = Literal["logits", "log-probabilities", "decisions", "answers"]
"""Where scores come from: the model's own logits; or, from a server, the logarithms of its likeliest first tokens, its
typed decisions, or the share of yes among several answers."""


@dataclass(frozen=True)
class Query:
    """One natural-language question about a raster."""

    text: str


@dataclass(frozen=True)
class Rectangle:
    """A rectangle of the source raster, and the size at which it is read.

    Attributes:
        col_src, row_src, width_src, height_src: the rectangle, in whole source pixels.
        width_px, height_px: size of the chip that it becomes.
    """

    col_src: int
    row_src: int
    width_src: int
    height_src: int
    width_px: int
    height_px: int


@dataclass(frozen=True)
class Window(Rectangle):
    """One entry of a search's plan: a rectangle with its place among the others.

    Attributes:
        index: position in the plan, unique within one job.
        level: ``overview`` or ``detail``.
    """

    index: int
    level: Level


@dataclass(frozen=True)
class Chip:
    """Pixels of one rectangle, never without their place on Earth.

    Attributes:
        pixels: uint8, ``height_px`` x ``width_px`` x 3, stretched for display.
        valid: bool, ``height_px`` x ``width_px``; False where the raster has no data.
        rectangle: where it was cut.
        transform: chip pixel corner -> CRS map units.
        crs_wkt: WKT of the CRS, or None where the raster has none.
        gsd_m: ground sample distance of the chip in metres per pixel, or None when unknown.
    """

    pixels: Pixels
    valid: NDArray[np.bool_]
    rectangle: Rectangle
    transform: Affine
    crs_wkt: str | None
    gsd_m: float | None


@dataclass(frozen=True)
class Completion:
    """What the policy wrote about one chip: the raw text, and how many tokens it took."""

    text: str
    tokens: int


@dataclass(frozen=True)
class Proposal:
    """A box the policy answered with; not yet looked at by the verifier."""

    xyxy_px: Xyxy
    label: str


@dataclass(frozen=True)
class Detection:
    """A proposal with the verifier's score.

    Attributes:
        xyxy_src: the box in source pixels.
        score: the verifier's probability of "yes" for the crop, 0..1.
        label: the policy's label.
        reasoning: the policy's chain of reasoning, "" when it gave none.
        query: the question's text.
        window: the window it was found in.
        gsd_m: ground sample distance of that window's chip.
        truncated: the answer that it stands in ran out of room, so there may be more where it was found.
        crop: uint8 H x W x 3, exactly what the verifier saw (None once dropped or merged away).
    """

    xyxy_src: Xyxy
    score: float
    label: str
    reasoning: str
    query: str
    window: Window
    gsd_m: float | None
    truncated: bool = False
    crop: Pixels | None = field(default=None, compare=False, repr=False)


@dataclass(frozen=True)
class WindowResult:
    """A finished window: its detections, and its counts as :class:`engine.search.tally.Tally` adds them up."""

    window: Window
    detections: tuple[Detection, ...]
    report: dict[str, Any]


@dataclass(frozen=True)
class Feature:
    """A finished detection: GeoJSON geometry in the raster's CRS, and its attributes."""

    geometry: dict[str, Any]
    properties: dict[str, Any]


@dataclass(frozen=True)
class ModelSpec:
    """A model folder as data, read from its ``config.json`` and optional ``remotezero.json``.

    Attributes:
        name: what the user calls it.
        path: the folder.
        family: key into ``engine.language.families.FAMILIES``, or into ``OUTLINERS`` of the same module.
        chip_px: side of the square chip the model works best on.
        crop_px: side of the square crop the verifier looks at.
        load_in_4bit: NF4 by default.
        max_new_tokens: room for reasoning and answer. A box takes 33 tokens in Qwen's vocabulary: the default holds
            thirty; a window whose answer ran out of room is asked again in quarters.
        prompts: overrides of the family's prompt templates, by name.
        licence: SPDX identifier, shown in the catalogue.
        lowercase: questions are lower-cased before they are asked (models with a closed vocabulary).
        words: what a model with a closed vocabulary knows, see :mod:`engine.language.vocabulary`; empty where it
            knows all.
        synonyms: what may be typed instead of its words, and which of them is asked.
        best_gsd_m: for what is small, metres per pixel at which it is best seen; coarser rasters are enlarged.
        least_mass: probability that yes and no must have together for a score to be one; below half the model
            would rather say something else, and the score is a share of what is left over. 0: never checked.
        things: what such a model can find, in the plural, to be listed for people.
        tried: what it was shown as well and is not said to find, each with what came of it, said to who asks for it.
        min_score: boxes below this score are as likely wrong as right, and are not shown at first.
        score_map: slope and offset of a line in log-odds, see :meth:`likely`.
    """

    name: str
    path: Path
    family: str
    chip_px: int
    crop_px: int
    load_in_4bit: bool = True
    max_new_tokens: int = 1024
    prompts: dict[str, str] = field(default_factory=dict)
    licence: str = "unknown"
    lowercase: bool = False
    words: tuple[str, ...] = ()
    synonyms: dict[str, str] = field(default_factory=dict)
    best_gsd_m: dict[str, float] = field(default_factory=dict)
    least_mass: float = 0.5
    things: tuple[str, ...] = ()
    tried: dict[str, str] = field(default_factory=dict)
    min_score: float = 0.5
    score_map: tuple[float, float] = (1.0, 0.0)

    def likely(self, p_yes: float) -> float:
        """What the verifier's P(yes) of a found box is worth: the share of such boxes that are right.

        The slope is above 0, so that no two boxes change places.
        """
        return along_line(p_yes, *self.score_map)


def along_line(share: float, slope: float, offset: float) -> float:
    """A share with its log odds stretched by a slope and moved by an offset; 0, 1 and the line (1, 0) leave it."""
    if (slope, offset) == (1.0, 0.0) or not 0.0 < share < 1.0:
        return share
    odds = slope * math.log(share / (1.0 - share)) + offset
    rest = math.exp(-abs(odds))
    return (1.0 if odds > 0 else rest) / (1.0 + rest)


RESERVED_NAMES = ("current", "none")
"""Texts of :class:`AdapterChoice` that are no adapter's name, and that no adapter may be called."""


@dataclass(frozen=True)
class AdapterChoice:
    """Which adapter a model runs with: the one in use, none at all, or one by name.

    On the wire, on the command line and in stored jobs it is one text: ``current``, ``none`` (the model
    as it came) or a name. A request that leaves it out means the one in use.

    Attributes:
        text: the choice as it is written.
    """

    text: str = "current"

    @classmethod
    def read(cls, text: str | None) -> AdapterChoice:
        """The choice that a text stands for; None, as where it was left out, is the one in use."""
        return CURRENT_ADAPTER if text is None else cls(text)

    @property
    def name(self) -> str | None:
        """The name that was chosen; None for the one in use and for none at all."""
        return None if self.text in RESERVED_NAMES else self.text


CURRENT_ADAPTER = AdapterChoice("current")
NO_ADAPTER = AdapterChoice("none")


class Policy(Protocol):
    """Reasons over chips and proposes boxes."""

    spec: ModelSpec

    def generate(self, chips: Sequence[Chip], queries: Sequence[Query], stop: Stop) -> list[Completion]:
        """Answer ``queries[i]`` over ``chips[i]`` in one batch; raises JobCancelledError soon after stop() is true."""
        ...


class Verifier(Protocol):
    """Looks at crops and says how well each one satisfies its query.

    Attributes:
        spec: the model that looks: how large its crops are, and what its P(yes) is worth.
    """

    spec: ModelSpec

    def score(self, crops: Sequence[Pixels], queries: Sequence[Query], stop: Stop) -> list[float]:
        """P(yes) for ``crops[i]`` under ``queries[i]``, 0..1, one forward pass per batch."""
        ...

    def presence(self, chips: Sequence[Chip], queries: Sequence[Query], stop: Stop) -> list[float]:
        """P(anything in the whole chip satisfies the query), 0..1: the cheap veto of empty windows."""
        ...


class Served(Protocol):
    """A loaded model: policy and verifier on one set of base weights.

    Attributes:
        name: what the user calls the model.
        device: where it computes, as the user would name it ("cpu", "NVIDIA RTX A2000").
        batch_size: questions that fit into one generation.
        scoring: where its scores come from.
        notes: what a user should know of how it answers, in sentences.
        plan: how it was fitted into memory, as a line for people; empty where nothing was worked out.
    """

    name: str
    device: str
    batch_size: int
    scoring: Scoring
    notes: tuple[str, ...]
    plan: str

    @property
    def policy(self) -> Policy:
        """Reasons and proposes."""
        ...

    @property
    def verifier(self) -> Verifier:
        """Scores."""
        ...

    def make_ready(self, stop: Stop) -> None:
        """Do what is left to do before a job's first question; raises JobCancelledError soon after stop() is true."""
        ...

    def use_adapter(self, choice: AdapterChoice) -> str | None:
        """Put an adapter on the base weights, or take it off.

        Returns:
            The name of the adapter that is on them now.
        """
        ...

    def close(self) -> None:
        """Free the memory."""
        ...


class Outliner(Protocol):
    """A loaded model that says which pixels of a picture belong to what a box shows.

    Attributes:
        name: what the user calls the model.
        picture_px: side of the square pictures that it looks at.
        batch_size: pictures that it is shown between two commits.
    """

    name: str
    picture_px: int
    batch_size: int

    def masks(
        self, pictures: Sequence[Pixels], boxes_px: Sequence[Xyxy], stop: Stop
    ) -> list[NDArray[np.bool_]]:
        """The object in ``boxes_px[i]`` of ``pictures[i]``, as a mask of the picture's size."""
        ...

    def close(self) -> None:
        """Free the memory."""
        ...


Loader = Callable[[str | None], Served]
"""From a model's name or folder (None: the default one) to the model in memory."""

OutlinerLoader = Callable[[str | None], Outliner]
"""The same for models that draw outlines; None is the largest one that is here."""
