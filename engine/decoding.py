"""The policy: one batched generation over many chips and questions, stopped at any token."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from engine.batches import last_token_only, pad_batch
from engine.types import Chip, Completion, ModelSpec, Query, Stop
from engine.vision import Features
from engine.writing import Begun, write

if TYPE_CHECKING:
    from engine.models import LoadedModel


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

        Each picture is looked at once, and not again when the verifier has just done so.

        Raises:
            JobCancelledError: at the first token after ``stop()`` became true.
            ModelError: even a single chip doesn't fit in memory.
        """
        if not chips:
            return []
        loaded = self._loaded
        with loaded.running(self.adapter):
            features = loaded.encoder.encode(
                [chip.pixels for chip in chips], adapter=loaded.eye(self.adapter), keep=True, stop=stop
            )
            prompts = [
                loaded.prompts.ids("locate", query.text, picture.tokens)
                for query, picture in zip(queries, features, strict=True)
            ]

            def run(batch: Sequence[int]) -> list[list[int]]:
                begun = self._read([prompts[row] for row in batch], [features[row] for row in batch])
                return write(
                    loaded.model,
                    begun,
                    max_new_tokens=self.spec.max_new_tokens,
                    end_ids=loaded.end_ids,
                    banned_ids=loaded.silent_ids,
                    stop=stop,
                )

            longest = max(map(len, prompts)) + self.spec.max_new_tokens
            answers = loaded.in_batches(
                run, range(len(prompts)), tokens_each=longest, keeps_cache=True, stop=stop
            )
        texts = loaded.tokenizer.batch_decode(answers, skip_special_tokens=True)
        return [Completion(text, len(answer)) for text, answer in zip(texts, answers, strict=True)]

    def _read(self, prompts: Sequence[tuple[int, ...]], features: Sequence[Features]) -> Begun:
        """Let the model read the prompts of one batch."""
        loaded = self._loaded
        inputs = pad_batch(prompts, features, loaded.prompts, loaded.device)
        with last_token_only(loaded.model):
            output = loaded.model(**inputs, use_cache=True, logits_to_keep=1)
        position = inputs["position_ids"].amax(dim=(0, 2)) + 1
        return Begun(output.past_key_values, inputs["attention_mask"], output.logits[:, -1], position)
