"""From nothing to the shipped model: ``python -m trainer.lab.mini.train``.

The whole recipe, top to bottom:

1. Draw scenes (``SceneBank``), a bank of few objects and a bank of the full mix.
2. *Dense*: the vision tower alone; every image token names the kind, colour and box it lies on, in the
   language model's own embeddings.
3. *Dialogue*: everything at once; several turns per chip and per crop; few objects first, then the
   full mix; the dense loss stays on.
4. *Dense on real pictures*: half of the chips are views of real pictures whose labels are partial, and the
   vision tower learns to foretell what a network trained on photographs sees in them.
5. *Dialogue on real pictures*: as before, about half real.
6. *Lists*: mostly real pictures, a third of them tiles with many things to list; on a processor three times, the last
   with a drawn chip more a step.
7. *Seconded*: the model so far boxes tiles that came with a scene class alone; what it finds again in a turned view
   is learned like labels that are never complete.

With a GPU the same stages run there, longer and on more chips a step, while the processor's cores make the data.
Checkpointed every few minutes and resumable: run the same command again, or with ``--minutes`` in pieces.
Each stage's step count is fixed, so that the result depends on the seed and not on how fast the machine is.
"""

from __future__ import annotations

import argparse
import ctypes.util
import json
import os
import sys
import time
from collections.abc import Collection
from dataclasses import replace
from functools import cached_property
from pathlib import Path
from typing import Any

import torch
from torch import Tensor, nn
from torch.optim.swa_utils import AveragedModel, get_ema_multi_avg_fn

from engine.catalogue.specs import read_spec
from engine.model.loaded import load_model
from engine.model.serving import ServedModel
from engine.model.vision import BFLOAT16_CPU, speed_up_vision
from engine.types import Stop
from trainer.lab.mini.architecture import build_model, save_checkpoint, start_from
from trainer.lab.mini.data import TrainingBatch
from trainer.lab.mini.losses import AnswerLoss, DenseHeads, encode
from trainer.lab.mini.optimizers import Optimizers
from trainer.lab.mini.stages import DRAWN_STAGES, GPU_STAGES, SEED, STAGES, BatchSource, Stage
from trainer.lab.mini.teacher import Lessons, load_teacher, taught_features
from trainer.lab.mini.vocabulary import build_tokenizer
from trainer.lab.photos import ALL_KINDS, TOLD_KINDS
from trainer.lab.scenes import KINDS

FULL_SCENES, FEW_SCENES = 12000, 2000
CHECKPOINT_SECONDS, WARM_UP_STEPS = 180, 40
AVERAGED = 0.1
"""Share of a stage's steps over which weights are averaged. Over more of them a short stage would keep much of the
weights that it began with."""
HEAD_STEPS = 150
"""For which heads that begin anew are fitted to a tower that was trained before, and the tower is left alone."""
MOST_WORKERS = 16
"""Each tensor of a batch that waits takes a file descriptor, of which a process has 1,024 unless told otherwise."""


class Trainer:
    """Model, heads, data and the step; the recipe itself is :func:`main`.

    Args:
        folder: for checkpoints, scenes and the log.
        stages: of the recipe.
        scenes: how many scenes of the full mix and of few objects.
        photos: folder of the sets of real pictures.
        device: on which to train.
        workers: processes that make the data meanwhile; 0: this one does.
        unlabelled: kinds of which the labels of real pictures are left out.
    """

    def __init__(
        self,
        folder: Path,
        stages: tuple[Stage, ...],
        scenes: tuple[int, int],
        photos: Path,
        *,
        device: torch.device | None = None,
        workers: int = 0,
        unlabelled: Collection[str] = (),
    ) -> None:
        self.folder, self.stages, self.workers = folder, stages, workers
        self.device = device or torch.device("cpu")
        self.source = BatchSource(folder / "scenes", scenes, photos, unlabelled)
        self.tokenizer = build_tokenizer()
        self.model = build_model(self.tokenizer, SEED)
        speed_up_vision(self.model.model.visual)
        self.model.to(self.device)
        width = self.model.config.text_config.hidden_size
        self.heads = DenseHeads(self.tokenizer, width).to(self.device)
        levels = len(self.model.config.vision_config.deepstack_visual_indexes)
        self.lessons = Lessons(width, levels).to(self.device)
        self.answers = AnswerLoss(self.tokenizer).to(self.device)
        self.stage_index, self.step, self.seconds = 0, 0, 0.0
        self.average = self._average()
        self.optimizers = self._optimizers()

    @cached_property
    def teacher(self) -> nn.Module:
        """The network whose features are learned."""
        return load_teacher().to(self.device)

    def _average(self) -> AveragedModel:
        """Weights averaged over the last steps of the stage: what is written in the end."""
        decay = 1 - 1 / max(AVERAGED * self._stage.steps, 2)
        return AveragedModel(self.model, multi_avg_fn=get_ema_multi_avg_fn(decay))

    @property
    def _stage(self) -> Stage:
        """The stage that is trained; the last one once all are done."""
        return self.stages[min(self.stage_index, len(self.stages) - 1)]

    def _optimizers(self) -> Optimizers:
        stage = self._stage
        language = [] if not stage.turns else [self.model.model.language_model]
        taught = [self.lessons] if stage.taught else []
        embedding = self.model.get_input_embeddings()
        modules = [self.model.model.visual, *language, self.heads, *taught, embedding]
        return Optimizers(modules, matrix_lr=stage.matrix_lr, other_lr=stage.other_lr)

    def start_from(self, folder: Path, first: int = DRAWN_STAGES) -> None:
        """Begin with a stage, with the weights of a model folder and rows for words new to it."""
        start_from(self.model, self.tokenizer, folder)
        self.stage_index = first
        self.average = self._average()
        self._fit_heads()
        self.optimizers = self._optimizers()

    def mix_in(self, folder: Path, share: float) -> None:
        """Put so much of a model folder's weights into the average: on the line between both lies more of either."""
        other = build_model(self.tokenizer, SEED)
        start_from(other, self.tokenizer, folder)
        with torch.no_grad():
            for weight, before in zip(self.average.module.parameters(), other.parameters(), strict=True):
                weight.lerp_(before.to(weight.device), share)

    def _fit_heads(self) -> None:
        """Teach the dense heads alone: a model folder has none, and new ones would bend the tower to themselves."""
        stage = self._stage
        alone = replace(stage, turns=0, crops_per_chip=0, seconded=False)
        optimizer = torch.optim.AdamW(self.heads.parameters(), lr=3e-3, betas=(0.9, 0.98), weight_decay=0.0)
        falling = torch.optim.lr_scheduler.LinearLR(optimizer, 1.0, 0.0, HEAD_STEPS)
        for step in range(HEAD_STEPS):
            batch = self.source.make(self.stage_index, alone, stage.steps + step).to(self.device)
            with torch.no_grad():
                tokens = encode(self.model, batch.chips).tokens
            embedding = self.model.get_input_embeddings().weight.detach()
            loss, _ = self.heads.loss(tokens, embedding, batch.dense, batch.open)
            loss.backward()
            optimizer.step()
            optimizer.zero_grad()
            falling.step()
            if step % 25 == 24:
                self.log({"stage": "heads", "step": step + 1, "loss": float(loss.detach())})

    def train_step(self, batch: TrainingBatch) -> dict[str, Tensor]:
        """One optimizer step; returns its figures, still on the device."""
        stage = self.stages[self.stage_index]
        batch = batch.to(self.device)
        on_gpu = self.device.type == "cuda"
        with torch.autocast(self.device.type, dtype=torch.bfloat16, enabled=on_gpu or BFLOAT16_CPU):
            features = encode(self.model, batch.chips)
            embedding = self.model.get_input_embeddings().weight
            dense, figures = self.heads.loss(features.tokens, embedding, batch.dense, batch.open)
            loss = stage.dense_weight * dense
            if stage.taught:
                taught = taught_features(self.teacher, batch.chips[-stage.taught :])
                lesson = self.lessons.loss(features, taught)
                loss = loss + stage.dense_weight * lesson
                figures["untaught"] = lesson.detach()
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
        self.average.update_parameters(self.model)
        return {"loss": loss.detach(), "gradient": norm, **figures}

    def save(self) -> None:
        """Write the checkpoint to a temporary name and rename it."""
        state: dict[str, Any] = {
            "model": self.model.state_dict(),
            "average": self.average.state_dict(),
            "heads": self.heads.state_dict(),
            "lessons": self.lessons.state_dict(),
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
        state = torch.load(path, weights_only=True, map_location=self.device)
        self.stage_index, self.step, self.seconds = state["position"]
        self.model.load_state_dict(state["model"])
        self.average = self._average()
        self.average.load_state_dict(state["average"])
        self.heads.load_state_dict(state["heads"])
        self.lessons.load_state_dict(state["lessons"])
        self.optimizers = self._optimizers()
        if self.step:
            self.optimizers.load_state_dict(state["optimizers"])
        return True

    def second(self, over: Stop) -> bool:
        """Let the weights so far box pictures that came without boxes, unless that was done; whether it is.

        Args:
            over: whether time is up; what was looked at by then is kept.
        """
        if self.source.pseudo.exists():
            return True
        self.save()
        folder = self.folder / "so-far"
        save_checkpoint(self.average.module, self.tokenizer, folder, ALL_KINDS)
        spec = read_spec(folder)
        loaded = load_model(spec, device=str(self.device), load_in_4bit=False)
        return self.source.second(ServedModel(spec, loaded), over)

    def log(self, record: dict[str, Any]) -> None:
        """Print a line of figures and append it to ``log.jsonl``."""
        rounded = {k: round(x, 4) if isinstance(x, float) else x for k, x in record.items()}
        with (self.folder / "log.jsonl").open("a", encoding="utf-8") as f:
            f.write(json.dumps(rounded) + "\n")
        print("  ".join(f"{k} {x}" for k, x in rounded.items()), flush=True)

    def run(self, minutes: float | None = None) -> bool:
        """All stages from wherever the checkpoint is, or what of them fits into some minutes.

        Returns:
            Whether the recipe is done.
        """
        began = saved = time.monotonic()
        while self.stage_index < len(self.stages):
            stage = self.stages[self.stage_index]
            if stage.seconded and not self.second(
                lambda: minutes is not None and time.monotonic() - began > minutes * 60
            ):
                return False
            sums: dict[str, list[Tensor]] = {}
            started = time.monotonic()
            for batch in self.source.batches(self.stage_index, stage, self.step, self.workers):
                for key, value in self.train_step(batch).items():
                    sums.setdefault(key, []).append(value)
                self.step += 1
                if self.step % 25 == 0 or self.step == stage.steps:
                    means = {key: float(torch.stack(values).nanmean()) for key, values in sums.items()}
                    self.seconds += time.monotonic() - started
                    started = time.monotonic()
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
                over = minutes is not None and time.monotonic() - began > minutes * 60
                if over or time.monotonic() - saved > CHECKPOINT_SECONDS:
                    self.save()
                    saved = time.monotonic()
                if over:
                    return False
            self.stage_index, self.step = self.stage_index + 1, 0
            if self.stage_index < len(self.stages):
                self.optimizers, self.average = self._optimizers(), self._average()
            self.save()
        return True


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
    parser.add_argument(
        "--photos", type=Path, default=Path("../shared/data/real"), help="sets of labelled real pictures"
    )
    parser.add_argument(
        "--start", type=Path, help="begin behind the drawn stages, with this model folder's weights"
    )
    parser.add_argument(
        "--mixed", type=float, default=0.0, metavar="SHARE",
        help="with --start: so much of the weights begun with stays in what is written",
    )  # fmt: skip
    parser.add_argument("--stage", help="with --start: the stage to begin with, by its name")
    parser.add_argument("--share", type=float, default=1.0, help="of the recipe's steps, for a shorter one")
    parser.add_argument(
        "--unlabelled", nargs="*", default=(), choices=ALL_KINDS, metavar="KIND",
        help="leave the boxes of these kinds in real pictures out: for a model that has something left to learn",
    )  # fmt: skip
    parser.add_argument("--workers", type=int, help="processes that make the data, where there is a GPU")
    parser.add_argument("--minutes", type=float, help="stop after so many minutes; run again to go on")
    parser.add_argument(
        "--write", action="store_true", help="write the model as it is now, and train no further"
    )
    arguments = parser.parse_args()
    keep_memory()
    torch.set_num_threads(len(os.sched_getaffinity(0)) if sys.platform == "linux" else os.cpu_count() or 1)
    arguments.work.mkdir(parents=True, exist_ok=True)
    on_gpu = torch.cuda.is_available()
    # Matrix products outside autocast (Muon's) may round to tf32 on a GPU; a processor has no such thing.
    torch.set_float32_matmul_precision("high")
    stages = tuple(stage.shortened(arguments.share) for stage in (GPU_STAGES if on_gpu else STAGES))
    names = [stage.name for stage in stages]
    if arguments.stage and arguments.stage not in names:
        parser.error(f"There is no stage {arguments.stage!r}; there are {', '.join(names)}.")
    most = arguments.workers or min(max((os.cpu_count() or 1) - 1, 1), MOST_WORKERS)
    trainer = Trainer(
        arguments.work,
        stages,
        (FULL_SCENES, FEW_SCENES),
        arguments.photos,
        device=torch.device("cuda" if on_gpu else "cpu"),
        workers=most if on_gpu else 0,
        unlabelled=arguments.unlabelled,
    )
    if not trainer.resume() and arguments.start:
        first = names.index(arguments.stage) if arguments.stage else DRAWN_STAGES
        trainer.start_from(arguments.start, first)
    if arguments.write or trainer.run(arguments.minutes):
        if arguments.start and arguments.mixed:
            trainer.mix_in(arguments.start, arguments.mixed)
        kinds = TOLD_KINDS if trainer.stage_index >= DRAWN_STAGES else KINDS
        save_checkpoint(trainer.average.module, trainer.tokenizer, arguments.output, kinds)


if __name__ == "__main__":
    main()
