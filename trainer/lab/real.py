"""Real pictures for the benches: learned from without their boxes, measured on places that are not learned from.

The pictures are not the project's. What is learned from is taken from sets of labelled pictures (see
``trainer.lab.photos``) by what its owner would know without a box: the set, or the class of a tile. Boxes are read
when it is measured, on the test places of the same sets, and for airplanes on pictures of another satellite, a
folder with ``index.jsonl`` (``image``, ``query``, ``xyxy_px``; null where nothing is to be found), which is never
learned from.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np
from affine import Affine

from engine.evaluate.cases import Cases
from engine.evaluate.figures import compared, measures
from engine.evaluate.precision import average_precision
from engine.evaluate.samples import Sample
from engine.imagery.raster import open_raster
from engine.imagery.windows import plan_windows
from engine.model.loaded import LoadedModel
from engine.types import Chip, Rectangle, Window
from trainer.chips import CutChip
from trainer.lab.mini.measure_photos import SHOWN, cases_about, chosen_photos, sample_of
from trainer.lab.photos import PLURALS, Photo, load_photos
from trainer.lab.photos.views import TILES
from trainer.queries import Pair

MOST_CHIPS = 240
MOST_MEASURED = 30
"""Pictures with what is asked, and as many without, at most."""
ABROAD_GSD_M = 0.5
DRAWS = 1000
FIGURES: Mapping[str, str] = {
    "ap50": "ap50",
    "acc50": "acc@0.5_targets",
    "miou": "mean_iou",
    "recall": "recall",
    "precision": "precision",
    "absent_recall": "empty_accuracy",
    "auroc": "own_boxes_auroc",
}
"""Figure of the bench -> that of an evaluation."""


@dataclass(frozen=True)
class RealSet:
    """What one run learns from, and what it is measured on.

    Attributes:
        kind: what is asked for.
        sources: sets that are learned from.
        scenes: classes of the tiles that are learned from; () for sets without classes.
        without: classes of as many further tiles, on which it is seldom or never seen.
        gsd_m: metres a pixel of the chips, None for the pictures' own.
        unseen: learned from and measured on the test places alone, half of them each: the default model learned from
            boxes of the others, where nothing is left to gain.
        abroad: measured on the pictures of another satellite.
    """

    kind: str
    sources: tuple[str, ...]
    scenes: tuple[str, ...] = ()
    without: tuple[str, ...] = ()
    gsd_m: float | None = None
    unseen: bool = False
    abroad: bool = False

    @property
    def questions(self) -> tuple[str, ...]:
        """What an analyst would ask over such pictures."""
        return (f"all {PLURALS[self.kind]}", f"every {self.kind}", f"find the {PLURALS[self.kind]}")


REAL_SETS: Mapping[str, RealSet] = {
    "real-airplanes": RealSet(
        "airplane", TILES, ("airplane",), ("runway", "storagetanks", "parkinglot"), abroad=True
    ),
    "real-cars": RealSet("car", ("cars_kit_ais",)),
    "real-tanks": RealSet("storage tank", TILES, ("storagetanks",), ("buildings", "river", "runway")),
    "real-courts": RealSet("tennis court", TILES, ("tenniscourt",), ("golfcourse", "beach", "parkinglot")),
    "real-pools": RealSet("swimming pool", ("urban_trees_naip",), gsd_m=0.2, unseen=True),
    "real-trees": RealSet("tree", ("urban_trees_naip",), gsd_m=0.2, unseen=True),
    "real-boat-lifts": RealSet("boat lift", ("aerial_maritime",), unseen=True),
    "real-jet-skis": RealSet("jet ski", ("aerial_maritime",), unseen=True),
}
"""Sets by the name of their run."""


def records(folder: Path) -> list[dict[str, Any]]:
    """The pictures of the other satellite; none where there is no index."""
    index = folder / "index.jsonl"
    if not index.is_file():
        return []
    return [json.loads(line) for line in index.read_text(encoding="utf-8").splitlines()]


def pictures(
    name: str, folder: Path, chip_px: int, *, most: int = MOST_CHIPS
) -> Iterator[tuple[CutChip, list[Pair]]]:
    """Chips of a set's training places, with the same questions about all of them and without boxes.

    Args:
        name: of :data:`REAL_SETS`.
        folder: of the sets of labelled pictures.
        chip_px: side of the chips.
        most: so many chips at most, evenly from all places.
    """
    real = REAL_SETS[name]
    planned = [
        (photo, window)
        for photo in _learned(real, load_photos(folder, "test" if real.unseen else "train"))
        for window in _windows(photo, real, chip_px)
    ]
    step = max(1.0, len(planned) / most)
    for number in range(min(most, len(planned))):
        photo, window = planned[int(number * step)]
        with open_raster(photo.path, gsd_m=photo.gsd_m) as raster:
            read = raster.read_chip(window)
        height, width = read.pixels.shape[:2]
        # Pictures have no place on Earth: they are laid below each other, so that no two chips share one.
        below = Rectangle(0, number * chip_px, width, height, width, height)
        chip = Chip(
            read.pixels, read.valid, below, Affine.translation(0, -number * chip_px), None, read.gsd_m
        )
        pairs = [Pair(number, text, 0.0) for text in real.questions]
        yield CutChip(place_of(photo), (0, 0), chip), pairs


def _learned(real: RealSet, photos: Sequence[Photo]) -> list[Photo]:
    """The pictures that are learned from: those of the wanted classes, and as many others."""
    of_set = [photo for photo in photos if photo.source in real.sources]
    if real.unseen:
        return _half(of_set, 0)
    if not real.scenes:
        return of_set
    wanted = [photo for photo in of_set if photo.scene in real.scenes]
    others = [photo for photo in of_set if photo.scene in real.without]
    step = max(1.0, len(others) / len(wanted))
    return wanted + [others[int(n * step)] for n in range(min(len(wanted), len(others)))]


def _half(photos: Sequence[Photo], number: int) -> list[Photo]:
    """The pictures of every second place: of the even ones (0) or of the odd ones (1)."""
    places = sorted({place_of(photo) for photo in photos})
    mine = set(places[number::2])
    return [photo for photo in photos if place_of(photo) in mine]


def _windows(photo: Photo, real: RealSet, chip_px: int) -> list[Window]:
    height, width = photo.pixels.shape[:2]
    return plan_windows(
        width,
        height,
        chip_px=chip_px,
        zoom="detail",
        gsd_src_m=photo.gsd_m,
        gsd_m=real.gsd_m,
        overlap=0.0,
    )


def place_of(photo: Photo) -> str:
    """Pictures that may show the same ground have the same place.

    Tiles of a class follow each other, two to a place; frames of a film as well, four to a place of each part of the
    frame; crops of a city come in several years.
    """
    numbers = [int(text) for text in re.findall(r"\d+", photo.path.stem)]
    if photo.source in TILES:
        return f"{photo.scene} {numbers[-1] // 2}"
    if photo.source == "cars_kit_ais":
        return f"{photo.place} {numbers[1:]} {numbers[0] // 4}"
    if photo.source == "aerial_maritime":
        return photo.place
    return f"{photo.source} {photo.place} {numbers[-1]}"


def measure_set(model: LoadedModel, name: str, folder: Path, abroad: Path) -> Cases:
    """Ask about the pictures that are measured, as a search would.

    Args:
        model: policy and verifier as they are set.
        name: of :data:`REAL_SETS`.
        folder: of the sets of labelled pictures.
        abroad: folder of the other satellite's pictures.
    """
    real = REAL_SETS[name]
    photos = load_photos(folder, "test")
    if real.unseen:
        photos = _half([photo for photo in photos if photo.source in real.sources], 1)
    chosen = chosen_photos(photos, real.kind, MOST_MEASURED)
    # What is counted as one when an interval is drawn: pictures of the same crop of a city or part of a film.
    samples = [replace(sample_of(photo, real.kind), scene=place_of(photo)) for photo in chosen]
    if real.abroad:
        samples += [_abroad(abroad, record, real.questions[0]) for record in records(abroad)]
    return cases_about(model, samples)


def _abroad(folder: Path, record: Mapping[str, Any], question: str) -> Sample:
    truth = (tuple(record["xyxy_px"]),) if record["xyxy_px"] else ()
    picture = str(folder / record["image"])
    return Sample(
        key=record["image"],
        picture=picture,
        question=question,
        truth_src=truth,
        scene=picture,
        gsd_m=ABROAD_GSD_M,
    )


def set_figures(cases: Cases) -> dict[str, Any]:
    """The figures of a set by the names that the bench uses; AP50 counts all boxes, the others those shown at 0.5."""
    once = np.ones(len(cases.scenes))
    precision = average_precision(cases.asked(), SHOWN.max_boxes)
    values = {name: measure.of(once) for name, measure in measures(cases, precision).items()}
    return {
        "questions": len(cases.items),
        **{
            own: round(values[name], 4)
            for own, name in FIGURES.items()
            if np.isfinite(values.get(name, np.nan))
        },
    }


def set_gain(after: Cases, before: Cases) -> dict[str, list[float | None]]:
    """What changed, with its 95 % interval over places: figure -> (value, low, high)."""
    found = compared(after, before, seed=0, draws=DRAWS)
    return {
        own: [found[name].value, found[name].low, found[name].high]
        for own, name in FIGURES.items()
        if name in found
    }
