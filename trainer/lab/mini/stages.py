"""The recipe's stages, in the numbers of a processor and in those of a GPU; and the batches of one stage."""

from __future__ import annotations

import os
from collections.abc import Collection, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np
import torch
from torch.utils.data import DataLoader, Dataset

from engine.types import Served, Stop
from trainer.lab.mini.architecture import CHIP_PX, CROP_PX, TOKEN_PX
from trainer.lab.mini.data import BatchMaker, SceneBank, TrainingBatch
from trainer.lab.mini.dialogue import Packer, TurnWriter
from trainer.lab.mini.pseudo import make_pseudo, seconded
from trainer.lab.mini.vocabulary import build_tokenizer
from trainer.lab.photos import ViewMaker, load_photos

SEED = 20261122


@dataclass(frozen=True)
class Stage:
    """One stage of the recipe.

    Attributes:
        steps: optimizer steps.
        chips: chips per step.
        turns: locating turns per chip; 0 trains the vision tower alone.
        crops_per_chip: crops cut from each chip for the verifier's turns.
        few_steps: steps during which the bank of few objects is mixed in, fading out.
        photos: how many of the chips are views of real pictures.
        taught: of how many of the chips, counted from the last, the teacher's features are learned.
        dense_weight: weight of the dense loss.
        matrix_lr, other_lr: learning rates.
        decay_steps: steps at the end during which the learning rate falls to nothing.
        seconded: with boxes that the model itself puts onto pictures before the stage begins (``pseudo.py``).
    """

    name: str
    steps: int
    chips: int
    turns: int
    crops_per_chip: int
    few_steps: int
    photos: int
    taught: int
    dense_weight: float
    matrix_lr: float
    other_lr: float
    decay_steps: int
    seconded: bool = False

    def shortened(self, share: float) -> Stage:
        """The stage with this share of its steps."""
        numbers = {name: round(getattr(self, name) * share) for name in ("steps", "few_steps", "decay_steps")}
        return replace(self, **numbers)


STAGES = (
    Stage("dense", 1700, 32, 0, 0, 150, 0, 0, 1.0, 4e-3, 2e-3, 0),
    Stage("dialogue", 920, 16, 6, 2, 300, 0, 0, 0.5, 3e-3, 2e-3, 340),
    Stage("dense, real", 1000, 32, 0, 0, 0, 18, 8, 1.0, 2.5e-3, 1.5e-3, 0),
    Stage("dialogue, real", 1400, 16, 6, 2, 0, 9, 0, 0.5, 2e-3, 1.2e-3, 400),
    Stage("dialogue, real, lists", 550, 16, 6, 2, 0, 12, 0, 0.5, 1e-3, 6e-4, 522),
    Stage("dialogue, real, lists again", 640, 16, 6, 2, 0, 12, 0, 0.5, 1e-3, 6e-4, 610),
    Stage("dialogue, real, lists, third", 700, 16, 6, 2, 0, 11, 0, 0.5, 1e-3, 6e-4, 670),
    Stage("dialogue, real, seconded", 300, 16, 6, 2, 0, 12, 0, 0.5, 7e-4, 4e-4, 285, seconded=True),
)
GPU_STAGES = (
    Stage("dense", 2500, 128, 0, 0, 150, 0, 0, 1.0, 4e-3, 2e-3, 0),
    Stage("dialogue", 2000, 64, 6, 2, 300, 0, 0, 0.5, 3e-3, 2e-3, 700),
    Stage("dense, real", 1767, 160, 0, 0, 0, 96, 112, 1.0, 3e-3, 2e-3, 0),
    Stage("dialogue, real", 2467, 80, 6, 2, 0, 48, 40, 0.5, 2.5e-3, 1.5e-3, 1470),
    Stage("dialogue, real, again", 1768, 144, 6, 2, 0, 100, 48, 0.5, 2e-3, 1.2e-3, 1620),
    Stage("dialogue, real, lists", 1600, 144, 6, 3, 0, 104, 48, 0.5, 2e-3, 1.2e-3, 1500),
    Stage("dialogue, real, seconded", 800, 144, 6, 3, 0, 104, 48, 0.5, 1e-3, 6e-4, 760, seconded=True),
)
"""On a GPU more of everything takes a fraction of the time; its steps take as long for 144 chips as for 80."""
DRAWN_STAGES = 2
"""Stages that need no real pictures; ``--start`` begins behind them, with the weights of a model folder."""


class BatchSource(Dataset[TrainingBatch]):
    """Batches by stage and step: functions of the seed, the stage and the step alone, wherever they are made.

    Args:
        folder: for the drawn scenes.
        scenes: how many scenes of the full mix and of few objects.
        photos: folder of the sets of real pictures.
        unlabelled: kinds of which the labels of real pictures are left out.

    Attributes:
        pseudo: file of the boxes that the model puts onto pictures; a seconded stage wants it there.
    """

    def __init__(
        self, folder: Path, scenes: tuple[int, int], photos: Path, unlabelled: Collection[str] = ()
    ) -> None:
        self._folder, self._scenes, self._photos = folder, scenes, photos
        self._unlabelled = frozenset(unlabelled)
        self.pseudo = folder.with_name("pseudo.jsonl")
        tokenizer = build_tokenizer()
        packers = (Packer(tokenizer, CHIP_PX // TOKEN_PX), Packer(tokenizer, CROP_PX // TOKEN_PX))
        self._maker = BatchMaker(TurnWriter(tokenizer), *packers)
        self._stage: tuple[int, Stage] | None = None

    @cached_property
    def few(self) -> SceneBank:
        """Scenes of one or two objects."""
        return SceneBank(self._folder, self._scenes[1], (1, 2), 1_000_000)

    @cached_property
    def full(self) -> SceneBank:
        """Scenes of the renderer's own mix."""
        return SceneBank(self._folder, self._scenes[0], None, 0)

    @cached_property
    def views(self) -> ViewMaker:
        """Views of the real pictures that may be trained on."""
        return ViewMaker(load_photos(self._photos, "train", self._unlabelled), CHIP_PX)

    @cached_property
    def seconded_views(self) -> ViewMaker:
        """The same, and those of the pictures with boxes of the model's own."""
        photos = self.views.photos
        return ViewMaker([*photos, *seconded(self.pseudo, photos)], CHIP_PX)

    def _views_of(self, stage: Stage) -> ViewMaker:
        return self.seconded_views if stage.seconded else self.views

    def second(self, model: Served, stop: Stop) -> bool:
        """Let a model put its boxes onto pictures for training; whether that is done (:func:`make_pseudo`)."""
        return make_pseudo(model, self.views.photos, self.pseudo, stop, self._unlabelled)

    def __getstate__(self) -> dict[str, Any]:
        """Without pictures: a worker that is started anew instead of forked opens its own."""
        opened = ("few", "full", "views", "seconded_views")
        return {k: v for k, v in self.__dict__.items() if k not in opened}

    def __getitem__(self, step: int) -> TrainingBatch:
        """The batch of one step of the stage last given to :meth:`batches`."""
        assert self._stage is not None
        return self.make(*self._stage, step)

    def make(self, number: int, stage: Stage, step: int) -> TrainingBatch:
        """The batch of one step of a stage, which is the recipe's ``number``-th."""
        rng = np.random.default_rng([SEED, number, step])
        few_share = max(0.0, 1.0 - step / stage.few_steps) if stage.few_steps else 0.0
        scenes = []
        for _ in range(stage.chips - stage.photos):
            bank = self.few if rng.random() < few_share else self.full
            scenes.append(bank.scene(int(rng.integers(bank.count))))
        views = [self._views_of(stage).make(rng) for _ in range(stage.photos)]
        return self._maker.make(scenes, views, rng, turns=stage.turns, crops_per_chip=stage.crops_per_chip)

    def batches(self, number: int, stage: Stage, first: int, workers: int) -> Iterator[TrainingBatch]:
        """The batches of a stage from a step on, made ahead by so many other processes (0: by this one)."""
        self._stage = (number, stage)
        if workers:
            self._read_ahead(stage)
        return iter(
            DataLoader(
                self,
                batch_size=None,
                sampler=range(first, stage.steps),
                num_workers=workers,
                prefetch_factor=2 if workers else None,
                pin_memory=torch.cuda.is_available(),
            )
        )

    def _read_ahead(self, stage: Stage) -> None:
        """Open banks and decode pictures here, so that forked workers share one copy of them."""
        assert self.full.count
        if stage.few_steps:
            assert self.few.count
        if stage.photos:
            with ThreadPoolExecutor(os.cpu_count()) as pool:
                list(pool.map(lambda photo: photo.pixels.shape, self._views_of(stage).photos))
