"""A labelled set to learn from: its pictures are the chips, and each is asked what the set asks about it.

The published training sets are pairs of a picture and a question, where a run over rasters asks all its questions
everywhere. True boxes are read for the supervised yardstick alone; without it a set is so many pictures and sentences.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np

from engine.errors import JobCancelledError
from engine.evaluate.overlap import hull
from engine.evaluate.readers import read_dataset
from engine.evaluate.reading import ReadOptions
from engine.evaluate.samples import Dataset, Sample
from engine.imagery.frames import clip_xyxy, src_to_px
from engine.imagery.raster import open_raster
from engine.imagery.windows import plan_windows
from engine.types import Stop, Xyxy
from trainer.chips import MAX_CHIPS, ChipSet, CutChip
from trainer.config import TrainingRequest
from trainer.queries import Pair, Presence
from trainer.truth import MIN_INSIDE

ASKED_AT_ONCE = 64


class LabelledSet:
    """The set that a request names.

    Args:
        request: with its ``dataset``, ``layout`` and ``split``.

    Raises:
        InputError: the set is of no known layout, has no such split, or parts of it are missing.
    """

    def __init__(self, request: TrainingRequest) -> None:
        if request.dataset is None:
            raise RuntimeError("a run over rasters has no labelled set")
        config = request.config
        options = ReadOptions(split=request.split, seed=config.seed, with_truth=config.reward == "iou")
        self._request = request
        self.dataset: Dataset = read_dataset(request.dataset, request.layout, options)
        self._asked: dict[str, list[Sample]] = {}
        for sample in self.dataset.samples:
            self._asked.setdefault(sample.picture, []).append(sample)

    @property
    def places(self) -> int:
        """In how many places its pictures lie."""
        return len({samples[0].scene for samples in self._asked.values()})

    def __len__(self) -> int:
        return len(self._asked)

    @property
    def note(self) -> str:
        """How many of its pictures a run uses, where that is not all of them; else empty."""
        if len(self) <= MAX_CHIPS:
            return ""
        return f"{MAX_CHIPS} of the {len(self)} pictures of {self.dataset.name} are used, drawn by the seed."

    def chips(self, chip_px: int, stop: Stop) -> Iterator[CutChip]:
        """The pictures in an order drawn by the seed, looked at as they are when a model is measured on them.

        Args:
            chip_px: side of a chip.
            stop: asked before every picture.

        Raises:
            JobCancelledError: ``stop()`` became true.
            RasterReadError: a picture can't be read.
        """
        request, names = self._request, list(self._asked)
        for place in np.random.default_rng(request.config.seed).permutation(len(names)).tolist():
            if stop():
                raise JobCancelledError("The run was cancelled while its pictures were read.")
            picture = names[place]
            first = self._asked[picture][0]
            with open_raster(
                picture, bands=request.bands, stretch=request.stretch, gsd_m=first.gsd_m, stop=stop
            ) as raster:
                windows = plan_windows(
                    raster.width_src,
                    raster.height_src,
                    chip_px=chip_px,
                    zoom=self.dataset.zoom,
                    gsd_src_m=raster.gsd_m,
                    gsd_m=None,
                )
                for window in windows:
                    yield CutChip(picture, (0, 0), raster.read_chip(window), scene=first.scene)

    def pairs(self, chips: ChipSet, indices: Sequence[int], presence: Presence, stop: Stop) -> list[Pair]:
        """Each chip with the questions of its picture, and the verifier's belief that something there fits.

        Args:
            chips: the chip set, made of :meth:`chips`.
            indices: chips to use.
            presence: of the round-0 verifier.
            stop: asked between batches.

        Raises:
            JobCancelledError: ``stop()`` became true.
        """
        asked = [(i, sample.question) for i in indices for sample in self._asked[chips.records[i].raster]]
        pairs = []
        for start in range(0, len(asked), ASKED_AT_ONCE):
            if stop():
                raise JobCancelledError("The run was cancelled while it looked for what is asked.")
            part = asked[start : start + ASKED_AT_ONCE]
            beliefs = presence([chip for chip, _ in part], [text for _, text in part])
            pairs += [Pair(chip, text, float(b)) for (chip, text), b in zip(part, beliefs, strict=True)]
        return pairs

    def drawn_pairs(self, chips: ChipSet, indices: Sequence[int]) -> list[Pair]:
        """The same with the true boxes, in chip pixels: one rectangle round all where the set means one target."""
        return [
            Pair(index, sample.question, float(bool(truth)), truth)
            for index in indices
            for sample in self._asked[chips.records[index].raster]
            for truth in (self._truth(sample, chips, index),)
        ]

    def _truth(self, sample: Sample, chips: ChipSet, index: int) -> tuple[Xyxy, ...]:
        shown = chips.records[index].rectangle
        whole = self.dataset.conventions.boxes == "whole" and bool(sample.truth_src)
        found = []
        for box in [hull(sample.truth_src)] if whole else sample.truth_src:
            x0, y0, x1, y1 = src_to_px(box, shown)
            cut = clip_xyxy((x0, y0, x1, y1), (0, 0, shown.width_px, shown.height_px))
            inside = (cut[2] - cut[0]) * (cut[3] - cut[1]) if cut else 0.0
            if cut is not None and inside >= MIN_INSIDE * (x1 - x0) * (y1 - y0):
                found.append(cut)
        return tuple(found)
