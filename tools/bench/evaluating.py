"""An evaluation against the bare calls of its model: the same pictures, questions and boxes, nothing around them."""

from __future__ import annotations

import os
import tempfile
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import psutil
from PIL import Image

from engine.errors import CompletionParseError
from engine.evaluate.answers import open_answers
from engine.evaluate.asking import Looking, answer_all
from engine.evaluate.samples import Sample
from engine.imagery.crops import cut_crop
from engine.imagery.raster import open_raster
from engine.language.parser import parse_boxes
from engine.model.loaded import LoadedModel
from engine.model.serving import ServedModel, questions_at_once
from engine.search.pipeline import SearchOptions
from engine.types import Chip, Query, Rectangle
from tools.bench.figure import Figure
from tools.bench.places import DEMO, QUERY

PICTURES = int(os.environ.get("PICTURES", "1000"))
SIDE_PX = 512


@dataclass(frozen=True)
class Spent:
    """Seconds that passed, and those in which this process worked: on a busy machine the two drift apart."""

    wall_s: float = 0.0
    cpu_s: float = 0.0

    def __add__(self, other: Spent) -> Spent:
        return Spent(self.wall_s + other.wall_s, self.cpu_s + other.cpu_s)

    @classmethod
    def now(cls) -> Spent:
        """Both clocks, negated: added to those at the end they give what was spent."""
        return cls(-time.perf_counter(), -time.process_time())

    def until_now(self) -> Spent:
        """What was spent since :meth:`now`."""
        return self + Spent(time.perf_counter(), time.process_time())


def evaluate_ratio(loaded: LoadedModel) -> list[Figure]:
    """Seconds of an evaluation for each second of the bare calls, and how memory grows in its second half.

    The evaluation is one, so that it reads ahead as it does elsewhere. Half of the bare calls come before it and half
    after it, so that what else runs on the machine falls on both.
    """
    memory: list[int] = []
    with tempfile.TemporaryDirectory() as place:
        samples = list(pictures(Path(place)))
        half = len(samples) // 2
        bare_calls(loaded, samples[:64])
        bare = bare_calls(loaded, samples[:half])
        evaluated = evaluation(loaded, samples, Path(place) / "run", memory)
        bare += bare_calls(loaded, samples[half:])
    detail = {
        "pictures": len(samples), "bare_s": round(bare.wall_s, 1), "evaluate_s": round(evaluated.wall_s, 1),
        "bare_cpu_s": round(bare.cpu_s, 1), "evaluate_cpu_s": round(evaluated.cpu_s, 1),
    }  # fmt: skip
    later = memory[len(memory) // 2 :]
    growth = (max(later) - later[0]) / 2**20
    return [
        Figure("evaluate_ratio", evaluated.wall_s / bare.wall_s, 1.2, at_least=False, detail=detail),
        Figure(
            "evaluate_growth_mb", growth, 32.0, at_least=False, detail={"end_mb": round(memory[-1] / 2**20)}
        ),
    ]


def pictures(folder: Path) -> Iterator[Sample]:
    """Pictures cut from the demo raster, each of another place, and the question about each."""
    rng = np.random.default_rng(0)
    with open_raster(DEMO) as raster:
        for number in range(PICTURES):
            col, row = (int(rng.integers(size - SIDE_PX)) for size in (raster.width_src, raster.height_src))
            chip = raster.read_chip(Rectangle(col, row, SIDE_PX, SIDE_PX, SIDE_PX, SIDE_PX))
            path = folder / f"{number}.png"
            Image.fromarray(chip.pixels).save(path, compress_level=1)
            yield Sample(str(number), str(path), QUERY, (), scene=str(number), gsd_m=0.5)


def evaluation(loaded: LoadedModel, samples: Sequence[Sample], folder: Path, memory: list[int]) -> Spent:
    """What reading, asking, scoring and writing every answer takes.

    Args:
        loaded: the model.
        samples: what it is asked.
        folder: for the answers.
        memory: the bytes that this process holds after each batch are added.
    """
    begun = Spent.now()
    options, looking = SearchOptions(zoom="overview"), Looking(probe=False)
    with open_answers(folder, {"bench": True}) as file:
        for answers in answer_all(ServedModel(loaded.spec, loaded), samples, options, looking, lambda: False):
            file.add(answers)
            memory.append(psutil.Process().memory_info().rss)
    return begun.until_now()


def bare_calls(loaded: LoadedModel, samples: Sequence[Sample]) -> Spent:
    """What the model alone takes: chips and crops are made beforehand, batch by batch."""
    spec, size, spent = loaded.spec, questions_at_once(loaded), Spent()
    for start in range(0, len(samples), size):
        part = samples[start : start + size]
        chips = [chip_of(sample, spec.chip_px) for sample in part]
        asked = [Query(sample.question) for sample in part]
        begun = Spent.now()
        written = loaded.policy.generate(chips, asked, lambda: False)
        spent += begun.until_now()
        crops, about = [], []
        for chip, query, completion in zip(chips, asked, written, strict=True):
            try:
                answer = parse_boxes(
                    completion.text, spec.family, spec.chip_px, spec.chip_px, asked=query.text
                )
            except CompletionParseError:
                continue
            crops += [cut_crop(chip, box.xyxy_px, crop_px=spec.crop_px) for box in answer.proposals]
            about += [query] * len(answer.proposals)
        begun = Spent.now()
        loaded.verifier.score(crops, about, lambda: False)
        spent += begun.until_now()
    return spent


def chip_of(sample: Sample, chip_px: int) -> Chip:
    """The whole picture as the model is shown it."""
    with open_raster(sample.picture, gsd_m=sample.gsd_m) as raster:
        whole = Rectangle(0, 0, raster.width_src, raster.height_src, chip_px, chip_px)
        return raster.read_chip(whole)
