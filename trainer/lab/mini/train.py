"""From nothing to the shipped model: ``python -m trainer.lab.mini.train``.

The whole recipe, top to bottom:

1. Draw scenes (``SceneBank``), a bank of few objects and a bank of the full mix.
2. *Dense*: the vision tower alone; every image token names the kind, colour and box it lies on, in the
   language model's own embeddings.
3. *Dialogue*: everything at once; several turns per chip and per crop; few objects first, then the
   full mix; the dense loss stays on.

Checkpointed every few minutes and resumable: run the same command again. Each stage's step count is
fixed, so that the result depends on the seed and not on how fast the machine is.
"""

from __future__ import annotations

import argparse
import ctypes.util
import json
import os
import sys
import time
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import torch
from torch import nn

from engine.model.vision import speed_up_vision
from trainer.lab.mini.architecture import CHIP_PX, CROP_PX, TOKEN_PX, build_model, save_checkpoint
from trainer.lab.mini.data import BatchMaker, SceneBank, TrainingBatch
from trainer.lab.mini.dialogue import Packer, TurnWriter
from trainer.lab.mini.losses import AnswerLoss, DenseHeads, encode
from trainer.lab.mini.vocabulary import build_tokenizer

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
        dense_weight: weight of the dense loss.
        matrix_lr, other_lr: learning rates.
        decay_steps: steps at the end during which the learning rate falls to nothing.
    """

    name: str
    steps: int
    chips: int
    turns: int
    crops_per_chip: int
    few_steps: int
    dense_weight: float
    matrix_lr: float
    other_lr: float
    decay_steps: int


STAGES = (
    Stage("dense", 1700, 32, 0, 0, 150, 1.0, 4e-3, 2e-3, 0),
    Stage("dialogue", 920, 16, 6, 2, 300, 0.5, 3e-3, 2e-3, 340),
)
FULL_SCENES, FEW_SCENES = 12000, 2000
CHECKPOINT_SECONDS, WARM_UP_STEPS = 180, 40


class Optimizers:
    """Muon for the matrices inside the blocks and AdamW for everything else, behind one ``step``.

    Args:
        modules: the modules to train; frozen parameters are left out.
        matrix_lr: learning rate of the matrices (Muon, scaled to AdamW's update size).
        other_lr: learning rate of embeddings, norms, biases and heads (AdamW).
    """

    def __init__(self, modules: Iterable[nn.Module], *, matrix_lr: float, other_lr: float) -> None:
        matrices: list[nn.Parameter] = []
        others: list[nn.Parameter] = []
        seen: set[int] = set()
        for module in modules:
            for name, parameter in module.named_parameters():
                if not parameter.requires_grad or id(parameter) in seen:
                    continue
                seen.add(id(parameter))
                inner = parameter.ndim == 2 and ("blocks." in name or "layers." in name or "merger" in name)
                (matrices if inner else others).append(parameter)
        self._parameters = matrices + others
        self._all = (
            torch.optim.Muon(
                matrices, lr=matrix_lr, weight_decay=0.02, adjust_lr_fn="match_rms_adamw", ns_steps=4
            ),
            torch.optim.AdamW(others, lr=other_lr, betas=(0.9, 0.98), weight_decay=0.0),
        )
        self._base = (matrix_lr, other_lr)

    def step(self, factor: float) -> float:
        """Clip, update and clear at ``factor`` times the learning rates. Returns the gradient norm."""
        norm = float(nn.utils.clip_grad_norm_(self._parameters, 2.0))
        for optimizer, base in zip(self._all, self._base, strict=True):
            for group in optimizer.param_groups:
                group["lr"] = base * max(factor, 0.01)
            optimizer.step()
            optimizer.zero_grad(set_to_none=True)
        return norm

    def state_dict(self) -> list[dict[str, Any]]:
        """State of both, for a checkpoint."""
        return [optimizer.state_dict() for optimizer in self._all]

    def load_state_dict(self, states: list[dict[str, Any]]) -> None:
        """Restore what :meth:`state_dict` returned."""
        for optimizer, state in zip(self._all, states, strict=True):
            optimizer.load_state_dict(state)


class Trainer:
    """Model, heads, data and the step; the recipe itself is :func:`main`."""

    def __init__(self, folder: Path, stages: tuple[Stage, ...], scenes: tuple[int, int]) -> None:
        self.folder = folder
        self.stages = stages
        self.tokenizer = build_tokenizer()
        self.model = build_model(self.tokenizer, SEED)
        speed_up_vision(self.model.model.visual)
        self.heads = DenseHeads(self.tokenizer, self.model.config.text_config.hidden_size)
        self.answers = AnswerLoss(self.tokenizer)
        packers = (Packer(self.tokenizer, CHIP_PX // TOKEN_PX), Packer(self.tokenizer, CROP_PX // TOKEN_PX))
        self.maker = BatchMaker(TurnWriter(self.tokenizer), *packers)
        self.few = SceneBank(folder / "scenes", scenes[1], (1, 2), 1_000_000)
        self.full = SceneBank(folder / "scenes", scenes[0], None, 0)
        self.stage_index, self.step, self.seconds = 0, 0, 0.0
        self.optimizers = self._optimizers()

    def _optimizers(self) -> Optimizers:
        stage = self.stages[min(self.stage_index, len(self.stages) - 1)]
        language = [] if not stage.turns else [self.model.model.language_model]
        modules = [self.model.model.visual, *language, self.heads, self.model.get_input_embeddings()]
        return Optimizers(modules, matrix_lr=stage.matrix_lr, other_lr=stage.other_lr)

    def batch(self, stage: Stage) -> TrainingBatch:
        """The batch of the current step: a function of seed, stage and step alone."""
        rng = np.random.default_rng([SEED, self.stage_index, self.step])
        few_share = max(0.0, 1.0 - self.step / max(stage.few_steps, 1))
        scenes = []
        for _ in range(stage.chips):
            bank = self.few if rng.random() < few_share else self.full
            scenes.append(bank.scene(int(rng.integers(bank.count))))
        return self.maker.make(scenes, rng, turns=stage.turns, crops_per_chip=stage.crops_per_chip)

    def train_step(self) -> dict[str, float]:
        """One optimizer step; returns its figures."""
        stage = self.stages[self.stage_index]
        batch = self.batch(stage)
        with torch.autocast("cpu", dtype=torch.bfloat16):
            features = encode(self.model, batch.chips)
            embedding = self.model.get_input_embeddings().weight
            dense, figures = self.heads.loss(features.tokens, embedding, batch.dense)
            loss = stage.dense_weight * dense
            if batch.chip_turns is not None and batch.crops is not None and batch.crop_turns is not None:
                chip_loss, chip_figures = self.answers(self.model, features, batch.chip_turns)
                crop_loss, crop_figures = self.answers(
                    self.model, encode(self.model, batch.crops), batch.crop_turns
                )
                loss = loss + chip_loss + crop_loss
                figures |= {f"chip_{k}": x for k, x in chip_figures.items()}
                figures |= {f"crop_{k}": x for k, x in crop_figures.items()}
        loss.backward()
        left = (stage.steps - self.step) / max(stage.decay_steps, 1)
        norm = self.optimizers.step(min(1.0, self.step / WARM_UP_STEPS, left))
        return {"loss": loss.item(), "gradient": norm, **figures}

    def save(self) -> None:
        """Write the checkpoint to a temporary name and rename it."""
        state: dict[str, Any] = {
            "model": self.model.state_dict(),
            "heads": self.heads.state_dict(),
            "optimizers": self.optimizers.state_dict(),
            "position": (self.stage_index, self.step, self.seconds),
        }
        part = self.folder / "state.part"
        torch.save(state, part)
        os.replace(part, self.folder / "state.pt")

    def resume(self) -> bool:
        """Continue from the checkpoint if there is one."""
        path = self.folder / "state.pt"
        if not path.exists():
            return False
        state = torch.load(path, weights_only=True)
        self.stage_index, self.step, self.seconds = state["position"]
        self.model.load_state_dict(state["model"])
        self.heads.load_state_dict(state["heads"])
        self.optimizers = self._optimizers()
        self.optimizers.load_state_dict(state["optimizers"])
        return True

    def log(self, record: dict[str, Any]) -> None:
        """Print a line of figures and append it to ``log.jsonl``."""
        rounded = {k: round(x, 4) if isinstance(x, float) else x for k, x in record.items()}
        with (self.folder / "log.jsonl").open("a", encoding="utf-8") as f:
            f.write(json.dumps(rounded) + "\n")
        print("  ".join(f"{k} {x}" for k, x in rounded.items()), flush=True)

    def run(self) -> None:
        """All stages from wherever the checkpoint is."""
        saved = time.monotonic()
        while self.stage_index < len(self.stages):
            stage = self.stages[self.stage_index]
            sums: dict[str, list[float]] = {}
            while self.step < stage.steps:
                started = time.monotonic()
                for key, value in self.train_step().items():
                    sums.setdefault(key, []).append(value)
                self.step += 1
                self.seconds += time.monotonic() - started
                if self.step % 25 == 0 or self.step == stage.steps:
                    means = {key: float(np.nanmean(values)) for key, values in sums.items()}
                    self.log(
                        {
                            "stage": stage.name,
                            "step": self.step,
                            "seconds": round(self.seconds),
                            "cpu_seconds": round(time.process_time()),
                            **means,
                        }
                    )
                    sums = {}
                if time.monotonic() - saved > CHECKPOINT_SECONDS:
                    self.save()
                    saved = time.monotonic()
            self.stage_index, self.step = self.stage_index + 1, 0
            if self.stage_index < len(self.stages):
                self.optimizers = self._optimizers()
            self.save()


def keep_memory() -> None:
    """Ask glibc to keep freed blocks: giving each step's tensors back to the system costs page faults."""
    libc = ctypes.util.find_library("c")
    if sys.platform == "linux" and libc:
        mallopt = ctypes.CDLL(libc).mallopt
        trim_threshold, mmap_threshold = -1, -3
        mallopt(mmap_threshold, 32 * 1024 * 1024)
        mallopt(trim_threshold, 2**31 - 1)


def main() -> None:
    """Parse the command line, train or resume, and write the model folder."""
    parser = argparse.ArgumentParser(
        description="Train the shipped small model from nothing; run again to resume."
    )
    parser.add_argument(
        "--work", type=Path, default=Path("build/mini"), help="checkpoints, scenes and the log"
    )
    parser.add_argument(
        "--output", type=Path, default=Path("resources/models/mini"), help="the finished model folder"
    )
    arguments = parser.parse_args()
    keep_memory()
    torch.set_num_threads(os.cpu_count() or 1)
    arguments.work.mkdir(parents=True, exist_ok=True)
    trainer = Trainer(arguments.work, STAGES, (FULL_SCENES, FEW_SCENES))
    trainer.resume()
    trainer.run()
    save_checkpoint(trainer.model, trainer.tokenizer, arguments.output)


if __name__ == "__main__":
    main()
