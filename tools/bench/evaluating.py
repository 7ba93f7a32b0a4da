"""An evaluation against the bare calls of its model: the same pictures, questions and boxes, nothing around them."""

from __future__ import annotations

import os
import tempfile
import time
from collections.abc import Iterator, Sequence
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


def evaluate_ratio(loaded: LoadedModel) -> list[Figure]:
    """Seconds of an evaluation for each second of the bare calls, and how memory grows in its second half.

    Both take turns, batch by batch, so that what else runs on the machine falls on both.
    """
    size = min(questions_at_once(loaded), max(1, PICTURES // 4))
    bare = evaluated = 0.0
    memory: list[int] = []
    with tempfile.TemporaryDirectory() as place:
        samples = list(pictures(Path(place)))
        bare_s(loaded, samples[: min(size, 64)])
        for number, start in enumerate(range(0, len(samples), size)):
            part = samples[start : start + size]
            bare += bare_s(loaded, part) if number % 2 else 0.0
            evaluated += evaluated_s(loaded, part, Path(place) / "run")
            memory.append(psutil.Process().memory_info().rss)
            bare += 0.0 if number % 2 else bare_s(loaded, part)
    detail = {"pictures": len(samples), "bare_s": round(bare, 1), "evaluate_s": round(evaluated, 1)}
    half = memory[len(memory) // 2 :]
    growth = (max(half) - half[0]) / 2**20
    return [
        Figure("evaluate_ratio", evaluated / bare, 1.2, at_least=False, detail=detail),
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


def evaluated_s(loaded: LoadedModel, samples: Sequence[Sample], folder: Path) -> float:
    """Seconds of reading, asking, scoring and writing every answer."""
    begun = time.perf_counter()
    options, looking = SearchOptions(zoom="overview"), Looking(probe=False)
    with open_answers(folder, {"bench": True}) as file:
        for answers in answer_all(ServedModel(loaded.spec, loaded), samples, options, looking, lambda: False):
            file.add(answers)
    return time.perf_counter() - begun


def bare_s(loaded: LoadedModel, samples: Sequence[Sample]) -> float:
    """Seconds inside the model alone: chips and crops are made beforehand, batch by batch."""
    spec, size, seconds = loaded.spec, questions_at_once(loaded), 0.0
    for start in range(0, len(samples), size):
        part = samples[start : start + size]
        chips = [chip_of(sample, spec.chip_px) for sample in part]
        asked = [Query(sample.question) for sample in part]
        begun = time.perf_counter()
        written = loaded.policy.generate(chips, asked, lambda: False)
        seconds += time.perf_counter() - begun
        crops, about = [], []
        for chip, query, completion in zip(chips, asked, written, strict=True):
            try:
                answer = parse_boxes(completion.text, spec.family, spec.chip_px, spec.chip_px)
            except CompletionParseError:
                continue
            crops += [cut_crop(chip, box.xyxy_px, crop_px=spec.crop_px) for box in answer.proposals]
            about += [query] * len(answer.proposals)
        begun = time.perf_counter()
        loaded.verifier.score(crops, about, lambda: False)
        seconds += time.perf_counter() - begun
    return seconds


def chip_of(sample: Sample, chip_px: int) -> Chip:
    """The whole picture as the model is shown it."""
    with open_raster(sample.picture, gsd_m=sample.gsd_m) as raster:
        whole = Rectangle(0, 0, raster.width_src, raster.height_src, chip_px, chip_px)
        return raster.read_chip(whole)
