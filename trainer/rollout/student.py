"""A loaded model that learns: one set of base weights, the adapter in training, and the ones it answers to.

* ``default`` is trained; the name is the one that TRL and PEFT expect.
* ``start`` is what the run began with: the verifier of round 0, by which every round is judged.
* ``previous`` is the last promoted round: the verifier of the round in training.

Without a starting adapter the last two are the base weights alone.
"""

from __future__ import annotations

import copy
import zlib
from collections import Counter
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import torch
from torch import nn

from engine.language.families import FAMILIES
from engine.model.loaded import LoadedModel
from engine.model.policy import draw_luck
from engine.model.verifier import HFVerifier
from engine.types import Pixels, Stop
from trainer.queries import Pair
from trainer.rollout.packing import Prefix
from trainer.rollout.prompts import Prompts
from trainer.rollout.sampling import sample

TRAINED = "default"
SCALE = 2
"""LoRA's alpha over its rank."""
ROWS_AT_ONCE = 96
"""Answers that are drawn together where memory does not matter."""


class Student:
    """Trains, answers and verifies.

    Args:
        loaded: the base model, without adapters.
        rank: of the LoRA matrices, on every linear layer of the parts that learn in this family.
        pixels_of: chip index -> uint8 H x W x 3.
        start: folder of the adapter that the run begins with, or None.
        seed: of the fresh weights and of what is drawn.
    """

    def __init__(
        self,
        loaded: LoadedModel,
        rank: int,
        pixels_of: Callable[[int], Pixels],
        start: Path | None,
        seed: int = 0,
    ) -> None:
        from peft import LoraConfig, PeftModel, get_peft_model

        self.loaded, loaded.task = loaded, "learn"
        self._seed = seed
        torch.manual_seed(seed)
        self.prompts = Prompts(loaded, pixels_of)
        self.start_name: str | None = None
        self.previous_name: str | None = None
        if start is not None:
            loaded.model = PeftModel.from_pretrained(loaded.model, start, TRAINED, is_trainable=True)
            loaded.model.load_adapter(start, "start", is_trainable=False)
            self.start_name = self.previous_name = "start"
        else:
            config = LoraConfig(
                r=rank,
                lora_alpha=SCALE * rank,
                lora_dropout=0.0,
                target_modules=linear_layers(loaded.model, FAMILIES[loaded.spec.family].learns),
                task_type="CAUSAL_LM",
            )
            loaded.model = get_peft_model(loaded.model, config, TRAINED)
        self._fresh = self._parent = self._weights()
        self._learned: dict[str, torch.Tensor] | None = None

    def begin_round(self, previous: Path | None) -> None:
        """Start from ``previous``, the last promoted adapter of this run; None: where the run began."""
        model = self.loaded.model
        if "previous" in model.peft_config:
            model.delete_adapter("previous")
        self.previous_name = self.start_name
        if previous is None:
            self._restore(self._fresh)
        else:
            model.load_adapter(previous, "previous", is_trainable=False)
            model.load_adapter(previous, TRAINED, is_trainable=True)
            self.previous_name = "previous"
        model.set_adapter(TRAINED)
        self._parent, self._learned = self._weights(), None

    def take_share(self, share: float) -> None:
        """Keep a share of what the round learned: the place on the line from its start (0) to its end (1)."""
        if self._learned is None:
            self._learned = self._weights()
        ends = (
            (name, self._parent[name].to(learned.dtype), learned) for name, learned in self._learned.items()
        )
        self._restore({name: torch.lerp(parent, learned, share) for name, parent, learned in ends})

    def begin_between(self, adapter: Path, share: float) -> None:
        """Stand on the line from where the run began (0) to an adapter that its first round learned (1)."""
        self.begin_round(adapter)
        self._parent, self._learned = self._fresh, self._weights()
        self.take_share(share)

    def verifier(self, name: str | None) -> HFVerifier:
        """A verifier that runs with the adapter ``name``, None for the base weights."""
        verifier = copy.copy(self.loaded.verifier)
        verifier.adapter = name
        return verifier

    def answer(self, pairs: Sequence[Pair], adapter: str | None, stop: Stop) -> list[str]:
        """Greedy answers under an adapter, with the served prompt and picture, in full precision."""
        return self.decode([ids for (ids,) in self.draw(pairs, adapter, stop)])

    def decode(self, answers: Sequence[Sequence[int]]) -> list[str]:
        """The text of each answer, without its end."""
        return self.loaded.texts(answers)

    def cut(self, answers: Sequence[Sequence[int]]) -> list[bool]:
        """Which answers have no end of the model's own: they ran out of room, or went round in circles."""
        ends = set(self.loaded.end_ids)
        return [not ids or ids[-1] not in ends for ids in answers]

    def draw(
        self,
        pairs: Sequence[Pair],
        adapter: str | None,
        stop: Stop,
        *,
        group_size: int = 1,
        temperature: float = 0.0,
        opening: Sequence[int] = (),
    ) -> list[list[list[int]]]:
        """Token ids of ``group_size`` answers to each pair, the given opening at their beginning.

        What is drawn for a pair depends on the seed and on what is asked, not on what else is or was drawn: a run that
        was killed and skips what it had done goes on as if nothing had happened, and processes can share the pairs.

        Raises:
            JobCancelledError: ``stop()`` became true.
            ModelError: not even one answer fits into memory.
        """
        tokens, luck = self.loaded.spec.max_new_tokens - len(opening), None
        if temperature > 0:
            asked = [f"{self._seed} {pair.chip} {pair.query}" for pair in pairs]
            luck = torch.cat(
                [luck_for(text, group_size, tokens) for text in asked] or [torch.zeros(0, tokens)]
            )
        with self.loaded.running(adapter):
            answers = self.sample(
                [self.prompts.prefix(pair).opened(opening) for pair in pairs],
                group_size=group_size,
                temperature=temperature,
                max_new_tokens=tokens,
                stop=stop,
                luck=luck,
            )
        whole = [[*opening, *ids] for ids in answers]
        return [whole[start : start + group_size] for start in range(0, len(whole), group_size)]

    def sample(
        self,
        prefixes: Sequence[Prefix],
        *,
        group_size: int,
        temperature: float,
        max_new_tokens: int,
        stop: Stop,
        luck: torch.Tensor | None = None,
    ) -> list[list[int]]:
        """``group_size`` answers to each prompt, in as many runs as memory asks for; the adapter as it is set.

        What is drawn does not depend on how it was divided: each answer has its own luck. A group that is too
        large is divided, too, and its prompt read for each part. The luck is drawn where none is given.

        Returns:
            Token ids of each answer, the group of the first prompt first.

        Raises:
            JobCancelledError: ``stop()`` became true.
            ModelError: not even one answer fits into memory.
        """
        loaded = self.loaded
        owners = [number for number in range(len(prefixes)) for _ in range(group_size)]
        if luck is None and temperature > 0:
            luck = draw_luck(len(owners), max_new_tokens)

        def run(rows: Sequence[int]) -> list[list[int]]:
            counts = Counter(owners[row] for row in rows)
            return sample(
                loaded.model,
                [prefixes[number] for number in counts],
                self.prompts.see,
                loaded.prompts,
                group_size=[*counts.values()],
                temperature=temperature,
                luck=None if luck is None else luck[list(rows)],
                max_new_tokens=max_new_tokens,
                eos_ids=loaded.end_ids,
                banned_ids=loaded.silent_ids,
                stop=stop,
            )

        longest = max((len(prefix.input_ids) for prefix in prefixes), default=0) + max_new_tokens
        rows = range(len(owners))
        at_once = max(group_size, ROWS_AT_ONCE // group_size * group_size)
        return loaded.in_batches(
            run,
            rows,
            tokens_each=longest,
            answer_tokens=max_new_tokens,
            answers=group_size,
            at_once=at_once,
            stop=stop,
        )

    def save(self, folder: Path) -> Path:
        """Write the trained adapter to ``folder``, as the registry takes it."""
        self.loaded.model.save_pretrained(folder, selected_adapters=[TRAINED])
        return folder

    def _weights(self) -> dict[str, torch.Tensor]:
        model = self.loaded.model
        return {n: p.detach().clone() for n, p in model.named_parameters() if p.requires_grad}

    def _restore(self, weights: dict[str, torch.Tensor]) -> None:
        own = dict(self.loaded.model.named_parameters())
        with torch.no_grad():
            for name, value in weights.items():
                own[name].copy_(value)


def luck_for(what: str, answers: int, tokens: int) -> torch.Tensor:
    """Numbers from 0 to 1 by which answers are drawn, ``answers x tokens``; they follow from ``what`` alone."""
    generator = torch.Generator().manual_seed(zlib.crc32(what.encode()))
    return torch.rand(answers, tokens, generator=generator)


def linear_layers(model: Any, parts: Sequence[str]) -> list[str]:
    """Names of all linear layers in some parts of a model, as its family says; the head is in none of them."""
    return [
        name
        for name, module in model.named_modules()
        if isinstance(module, nn.Linear) and not set(parts).isdisjoint(name.split("."))
    ]
