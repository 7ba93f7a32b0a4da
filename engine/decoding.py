"""The policy: one batched generation over many chips and questions, stopped at any token."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import torch
from torch import Tensor

from engine.batches import pad_batch
from engine.errors import JobCancelledError
from engine.types import Chip, Completion, ModelSpec, Pixels, Query, Stop

if TYPE_CHECKING:
    from engine.models import LoadedModel


@dataclass(frozen=True)
class Sample:
    """One answer as tokens, for training.

    Attributes:
        text: the answer without the chat's special tokens.
        prompt_ids: tokens of the question, picture tokens included.
        answer_ids: tokens of the answer, its end token included when it ended by itself.
        logprobs: log-probability of each answer token where they were asked for, else empty.
    """

    text: str
    prompt_ids: tuple[int, ...]
    answer_ids: tuple[int, ...]
    logprobs: tuple[float, ...] = ()


class HFPolicy:
    """Reasons over chips with a model of transformers; see :class:`engine.types.Policy`.

    Attributes:
        spec: the model.
        adapter: what it runs with; None for the base weights.
    """

    def __init__(self, loaded: LoadedModel) -> None:
        self.spec: ModelSpec = loaded.spec
        self.adapter: str | None = None
        self._loaded = loaded

    def generate(self, chips: Sequence[Chip], queries: Sequence[Query], stop: Stop) -> list[Completion]:
        """Answer ``queries[i]`` over ``chips[i]``, greedily, in as few batches as memory allows.

        Raises:
            JobCancelledError: at the first token after ``stop()`` became true.
            ModelError: even a single chip doesn't fit in memory.
        """
        pictures = [chip.pixels for chip in chips]
        answers = sample(self._loaded, self.adapter, pictures, queries, stop=stop)
        return [Completion(text=many[0].text, tokens=len(many[0].answer_ids)) for many in answers]


def sample(
    loaded: LoadedModel,
    adapter: str | None,
    pictures: Sequence[Pixels],
    queries: Sequence[Query],
    *,
    count: int = 1,
    temperature: float = 0.0,
    max_new_tokens: int | None = None,
    logprobs: bool = False,
    stop: Stop = lambda: False,
) -> list[list[Sample]]:
    """Answers to ``queries[i]`` over ``pictures[i]``; the picture is looked at once for all of them.

    Args:
        loaded: the model.
        adapter: what it runs with; None for the base weights.
        pictures: uint8 arrays, height x width x 3; equal objects are encoded once.
        queries: as many as pictures.
        count: answers to each pair.
        temperature: 0 for the likeliest token each time.
        max_new_tokens: length limit, the model's own by default.
        logprobs: also return the log-probability of each token, at temperature 1.
        stop: asked at every token.

    Raises:
        JobCancelledError: ``stop()`` became true.
        ModelError: a single row doesn't fit in memory.
    """
    if not pictures:
        return []
    rows = [index for index in range(len(pictures)) for _ in range(count)]
    with loaded.running(adapter):
        features = loaded.encoder.encode(pictures, adapter=loaded.eye(adapter), keep=True, stop=stop)
        prompts = [
            loaded.prompts.ids("locate", query.text, picture.tokens)
            for query, picture in zip(queries, features, strict=True)
        ]
        config = _generation_config(loaded, temperature, max_new_tokens, logprobs)
        length = max(map(len, prompts)) + config.max_new_tokens

        def run(batch: Sequence[int]) -> list[Sample]:
            inputs = pad_batch(
                [prompts[row] for row in batch],
                [features[row] for row in batch],
                loaded.prompts,
                loaded.device,
            )
            output = loaded.model.generate(
                **inputs, generation_config=config, stopping_criteria=_stopping(stop)
            )
            return _read(loaded, output, [prompts[row] for row in batch], inputs["input_ids"].shape[1])

        samples = loaded.in_batches(run, rows, tokens_each=length, keeps_cache=True)
    return [samples[start : start + count] for start in range(0, len(samples), count)]


def _generation_config(
    loaded: LoadedModel, temperature: float, max_new_tokens: int | None, logprobs: bool
) -> Any:
    """The checkpoint's end tokens and our own rule of choice; picture tokens are never written."""
    from transformers import GenerationConfig

    own = loaded.model.generation_config
    return GenerationConfig(
        max_new_tokens=max_new_tokens or loaded.spec.max_new_tokens,
        do_sample=temperature > 0,
        temperature=temperature if temperature > 0 else 1.0,
        top_k=0 if temperature > 0 else 50,
        top_p=1.0,
        repetition_penalty=1.0,
        suppress_tokens=loaded.silent_ids,
        eos_token_id=own.eos_token_id,
        pad_token_id=loaded.prompts.pad_id,
        output_logits=logprobs,
        return_dict_in_generate=True,
        use_cache=True,
    )


def _stopping(stop: Stop) -> Any:
    from transformers import StoppingCriteria, StoppingCriteriaList

    class Cancelled(StoppingCriteria):  # type: ignore[misc]  # the library is untyped
        def __call__(self, input_ids: Tensor, scores: Any, **kwargs: Any) -> Tensor:
            if stop():
                raise JobCancelledError("The job was cancelled while the model was writing.")
            return torch.zeros(input_ids.shape[0], dtype=torch.bool, device=input_ids.device)

    return StoppingCriteriaList([Cancelled()])


def _read(
    loaded: LoadedModel, output: Any, prompts: Sequence[tuple[int, ...]], prompt_length: int
) -> list[Sample]:
    """Cut each row at its first end token and decode it."""
    tokens = output.sequences[:, prompt_length:].cpu()
    ends = set(loaded.end_ids)
    rows = []
    for row in tokens.tolist():
        end = next((index + 1 for index, token in enumerate(row) if token in ends), len(row))
        rows.append(tuple(row[:end]))
    texts = loaded.tokenizer.batch_decode([list(row) for row in rows], skip_special_tokens=True)
    scores = _logprobs(output.logits, tokens, rows) if getattr(output, "logits", None) else [()] * len(rows)
    return [
        Sample(text, prompt, row, score)
        for text, prompt, row, score in zip(texts, prompts, rows, scores, strict=True)
    ]


def _logprobs(
    logits: Sequence[Tensor], tokens: Tensor, rows: Sequence[tuple[int, ...]]
) -> list[tuple[float, ...]]:
    """Log-probability of each written token, step by step so that no rows x steps x words tensor is made."""
    steps = [
        step.float().log_softmax(-1).gather(1, tokens[:, [index]].to(step.device)).squeeze(1).cpu()
        for index, step in enumerate(logits)
    ]
    table = torch.stack(steps, dim=1).tolist()
    return [tuple(values[: len(row)]) for values, row in zip(table, rows, strict=True)]
