"""Base weights in memory and what every use of them shares: pictures, prompts, batches that fit."""

from __future__ import annotations

import gc
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any, TypeVar

import torch

from engine.errors import JobCancelledError, ModelError
from engine.language.families import FAMILIES
from engine.language.loose import MARK
from engine.model.adapters import active_adapter, tuner_layers
from engine.model.batches import PromptEncoder, backbone_of
from engine.model.loading import available_bytes, out_of_memory
from engine.model.processed import encoder_for
from engine.model.unpacking import unpacked
from engine.types import ModelSpec, Stop

T = TypeVar("T")
ROWS_AT_ONCE = {"cpu": 64, "cuda": 256}
TOKENS_AT_ONCE = {"cpu": 8192, "cuda": 65536}


class Weights:
    """One set of base weights, with any number of adapters on it.

    Args:
        spec: what it is.
        model: the transformers model, or a PEFT model round it while it is being trained.
        processor: the checkpoint's own.

    Attributes:
        encoder: looks at pictures, each once.
        prompts: turns questions into tokens.
        end_ids: tokens that end an answer.
        silent_ids: tokens that are never written (picture placeholders).
    """

    def __init__(self, spec: ModelSpec, model: Any, processor: Any) -> None:
        self.spec, self.model, self.processor = spec, model, processor
        self.tokenizer = processor.tokenizer
        self.prompts = PromptEncoder(spec, model, processor)
        self.encoder = encoder_for(model, processor, FAMILIES[spec.family])
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
        run: Callable[[Sequence[int]], list[T]],
        rows: Sequence[int],
        *,
        tokens_each: int,
        keeps_cache: bool = False,
        stop: Stop = lambda: False,
    ) -> list[T]:
        """Call ``run`` on runs of ``rows`` that fit in memory; a run that doesn't is halved and tried again.

        Args:
            run: takes some of the rows and returns one result for each.
            rows: all rows.
            tokens_each: tokens of the longest row, answer included.
            keeps_cache: keys and values of every layer are kept (generation).
            stop: asked before each run.

        Raises:
            JobCancelledError: ``stop()`` became true.
            ModelError: a single row doesn't fit.
        """
        size = self._rows_that_fit(tokens_each, keeps_cache)
        results: list[T] = []
        while len(results) < len(rows):
            if stop():
                raise JobCancelledError("The job was cancelled while the model was working.")
            batch = rows[len(results) : len(results) + size]
            try:
                results += run(batch)
            except torch.OutOfMemoryError as error:
                if len(batch) == 1:
                    raise out_of_memory(self.spec, self.device) from error
                size = len(batch) // 2
                torch.cuda.empty_cache()
        return results

    def _rows_that_fit(self, tokens_each: int, keeps_cache: bool) -> int:
        """Rows whose activations, and keys and values, take at most half of the free memory."""
        text = self.model.config.get_text_config()
        item = torch.finfo(self.model.dtype).bits // 8
        each = (8 * text.hidden_size + 3 * text.intermediate_size) * item
        if keeps_cache:
            each += _cache_values(text) * item
        kind = self.device.type
        free = available_bytes(self.device) or 2 * 2**30
        by_memory = free // 2 // (each * tokens_each)
        by_tokens = TOKENS_AT_ONCE.get(kind, 8192) // tokens_each
        return max(1, min(ROWS_AT_ONCE.get(kind, 64), int(by_memory), by_tokens))


def _cache_values(text: Any) -> int:
    """Keys and values of one token, in numbers; some families have layers of different widths."""
    layers = [text] * text.num_hidden_layers
    if getattr(text, "is_heterogeneous", False):
        layers = [text.per_layer_config[layer] for layer in range(text.num_hidden_layers)]
    heads = (getattr(one, "head_dim", None) or one.hidden_size // one.num_attention_heads for one in layers)
    return sum(2 * one.num_key_value_heads * head for one, head in zip(layers, heads, strict=True))
