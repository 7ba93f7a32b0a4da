"""Base weights in memory and what every use of them shares: pictures, prompts, batches that fit."""

from __future__ import annotations

import gc
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any, TypeVar

import torch

from engine.catalogue.fitting import SPARE, Costs
from engine.catalogue.footprint import shapes_of
from engine.errors import ModelError
from engine.language.families import FAMILIES
from engine.language.loose import MARK
from engine.model.adapters import active_adapter, tuner_layers
from engine.model.batches import PromptEncoder, backbone_of
from engine.model.devices import available_bytes
from engine.model.halving import Halving, memory_suffices
from engine.model.processed import encoder_for
from engine.model.unpacking import unpacked
from engine.types import ModelSpec, Stop

T = TypeVar("T")
ROWS_AT_ONCE = {"cpu": 64, "cuda": 256}
TOKENS_AT_ONCE = {"cpu": 8192, "cuda": 65536}
PARTS_AT_ONCE, HELD_SHARE = 256, 0.5
"""Pictures whose features are held at the same time, and the share of the free memory that these may take."""


class Weights:
    """One set of base weights, with any number of adapters on it.

    Args:
        spec: what it is.
        model: the transformers model, or a PEFT model round it while it is being trained.
        processor: the checkpoint's own.
        refusal: the error for "not even one row fits".

    Attributes:
        encoder: looks at pictures, each once.
        prompts: turns questions into tokens.
        costs: what pictures and rows take of memory.
        end_ids: tokens that end an answer.
        silent_ids: tokens that are never written (picture placeholders).
    """

    def __init__(
        self, spec: ModelSpec, model: Any, processor: Any, refusal: Callable[[], ModelError]
    ) -> None:
        self.spec, self.model, self.processor, self.refusal = spec, model, processor, refusal
        self.tokenizer = processor.tokenizer
        self.prompts = PromptEncoder(spec, model, processor)
        self.costs = Costs(shapes_of(model.config), item=torch.finfo(model.dtype).bits // 8)
        self._halving = {kind: Halving(refusal) for kind in ("looking", "reading", "writing", "holding")}
        self.encoder = encoder_for(
            model, processor, FAMILIES[spec.family], self._halving["looking"], self._patches_that_fit
        )
        ends = model.generation_config.eos_token_id
        self.end_ids: list[int] = [*ends] if isinstance(ends, list) else [ends or self.tokenizer.eos_token_id]
        names = ("image_token_id", "video_token_id", "vision_start_token_id", "vision_end_token_id")
        silent = [getattr(model.config, name, None) for name in names] + list(processor.image_token_ids)
        self.silent_ids: list[int] = [*dict.fromkeys(number for number in silent if number is not None)]
        special = zip(self.tokenizer.all_special_ids, self.tokenizer.all_special_tokens, strict=True)
        self._unspoken = {number for number, token in special if not MARK.fullmatch(token)}

    @property
    def device(self) -> torch.device:
        """Where the weights are."""
        return torch.device(self.model.device)

    def texts(self, answers: Sequence[Sequence[int]]) -> list[str]:
        """Token ids as text, without the chat's own tokens; marks of boxes and thoughts are part of an answer."""
        spoken = [[token for token in answer if token not in self._unspoken] for answer in answers]
        return list(self.tokenizer.batch_decode(spoken, skip_special_tokens=False))

    def memory_bytes(self) -> int:
        """Bytes of all weights, adapters included."""
        return int(self.model.get_memory_footprint())

    def close(self) -> None:
        """Give the memory back; the model can't be used afterwards."""
        self.encoder.cache.clear()
        self.model = self.encoder = self.prompts = None  # type: ignore[assignment]
        gc.collect()
        if torch.cuda.is_available():
            torch.cuda.empty_cache()

    def vision_key(self, adapter: str | None) -> str:
        """Name under which vision features are kept: the adapter's where it reaches the vision tower."""
        if adapter is None:
            return ""
        speaks = set(tuner_layers(backbone_of(self.model).language_model))
        sees = [layer for layer in tuner_layers(self.model) if layer not in speaks]
        return adapter if any(adapter in layer.lora_A for layer in sees) else ""

    @contextmanager
    def running(self, adapter: str | None) -> Iterator[None]:
        """Compute without gradients under an adapter, and leave a model in training as it was."""
        if self.model is None:
            raise ModelError(f"The model {self.spec.name} was closed. Load it again.")
        training = self.model.training
        learning = any(weight.requires_grad for weight in self.model.parameters())
        if learning:
            self.encoder.cache.clear()
        self.model.eval()
        quiet = torch.no_grad() if learning else torch.inference_mode()
        with active_adapter(self.model, adapter), unpacked(self.model), quiet:
            try:
                yield
            finally:
                self.model.train(training)

    def in_batches(
        self,
        run: Callable[[Sequence[Any]], list[T]],
        rows: Sequence[Any],
        *,
        tokens_each: int,
        answer_tokens: int = 0,
        answers: int = 1,
        at_once: int | None = None,
        stop: Stop = lambda: False,
    ) -> list[T]:
        """Call ``run`` on runs of ``rows`` that fit in memory; a run that doesn't is halved and tried again.

        Args:
            run: takes some of the rows and returns one result for each.
            rows: all rows.
            tokens_each: tokens of the longest row, answer included.
            answer_tokens: of them, those that are written (generation keeps keys and values of all).
            answers: rows of one prompt, which is read once for them.
            at_once: rows where memory does not matter, instead of what suits the device.
            stop: asked before each run.

        Raises:
            JobCancelledError: ``stop()`` became true.
            ModelError: a single row doesn't fit.
        """
        size = self.rows_that_fit(tokens_each, answer_tokens, answers, at_once)
        kind = "writing" if answer_tokens else "reading"
        return self._halving[kind](run, rows, size, cost_each=tokens_each, stop=stop)

    def in_parts(
        self, run: Callable[[Sequence[Any]], list[T]], rows: Sequence[Any], held_each: float, stop: Stop
    ) -> list[T]:
        """Call ``run`` on parts of ``rows``, of each of which it holds something until the part is done.

        Batches of the same part are halved by themselves; where not even one row of a batch has room, since too
        much is held beside it, the part is halved and features that were kept are given up.

        Args:
            run: takes some of the rows and returns one result for each.
            rows: all rows.
            held_each: bytes that are held of a row.
            stop: asked before each part.

        Raises:
            JobCancelledError: ``stop()`` became true.
            ModelError: a single row doesn't fit.
        """

        def part(some: Sequence[Any]) -> list[T]:
            done: list[T] = []
            if memory_suffices(lambda: done.extend(run(some))):
                return done
            self.encoder.cache.clear()
            for kind in ("looking", "reading", "writing"):
                self._halving[kind].forget()
            if len(some) > 1:
                raise self.refusal()
            return run(some)

        size = max(1, min(PARTS_AT_ONCE, int(self.room() * HELD_SHARE / max(held_each, 1.0))))
        return self._halving["holding"](part, rows, size, stop=stop)

    def room(self) -> float:
        """Bytes that may be taken: nearly all that is free on a card, half where all programs share the memory."""
        free = available_bytes(self.device) or 2 * 2**30
        return free / (SPARE if self.device.type == "cuda" else 2)

    def rows_that_fit(
        self, tokens_each: int, answer_tokens: int = 0, answers: int = 1, at_once: int | None = None
    ) -> int:
        """Rows that are begun with, see :meth:`in_batches`."""
        kind = self.device.type
        each = self.costs.row(tokens_each - answer_tokens, answer_tokens, answers)
        most = at_once or min(ROWS_AT_ONCE.get(kind, 64), TOKENS_AT_ONCE.get(kind, 8192) // tokens_each)
        return max(1, min(most, int(self.room() // each)))

    def _patches_that_fit(self) -> int:
        return max(1, int(self.room() // self.costs.patch()))
