"""The verifier: yes or no from the first answer token's logits, one forward pass for a batch of pictures.

The score is the softmax over {yes, no} of the first answer token, each summed over its spellings
(VQAScore, arXiv 2404.01291). Nothing is generated. A share of two words says something only where the model
was about to say one of them: how much of the probability they have together, the *mass*, is measured with
every call, and below ``ModelSpec.least_mass`` a question has no scores.
"""

from __future__ import annotations

import math
from collections.abc import Sequence

import torch

from engine.errors import ModelError
from engine.language.families import Family
from engine.language.prompts import Kind
from engine.language.understanding import check_understood
from engine.model.batches import last_token_only, pad_batch
from engine.model.vision import Features
from engine.model.weights import Weights
from engine.types import Chip, ModelSpec, Pixels, Query, Stop


class HFVerifier:
    """Scores crops with a model of transformers; see :class:`engine.types.Verifier`.

    Args:
        weights: the model.
        family: whose spellings of yes and no are read.

    Attributes:
        spec: the model.
        adapter: what it runs with; None for the base weights.
        mass: probability of yes and no together, the mean over the pictures of the last call; 1.0 before it.
    """

    def __init__(self, weights: Weights, family: Family) -> None:
        self.spec: ModelSpec = weights.spec
        self.adapter: str | None = None
        self.mass = 1.0
        self._weights = weights
        self._yes = weights.prompts.answer_ids(family.yes)
        self._no = weights.prompts.answer_ids(family.no)

    def score(self, crops: Sequence[Pixels], queries: Sequence[Query], stop: Stop) -> list[float]:
        """P(yes) for ``crops[i]`` under ``queries[i]``, 0..1.

        Raises:
            JobCancelledError: ``stop()`` became true; it is asked between batches.
            ModelError: even a single crop doesn't fit in memory.
            NotUnderstoodError: to some question the model would say neither yes nor no.
        """
        return self._ask(crops, queries, "verify", keep=False, stop=stop)

    def presence(self, chips: Sequence[Chip], queries: Sequence[Query], stop: Stop) -> list[float]:
        """P(anything in the whole chip satisfies the query), 0..1; the policy reuses the chip's features.

        Raises:
            JobCancelledError: ``stop()`` became true; it is asked between batches.
            ModelError: even a single chip doesn't fit in memory.
            NotUnderstoodError: to some question the model would say neither yes nor no.
        """
        return self._ask([chip.pixels for chip in chips], queries, "presence", keep=True, stop=stop)

    def _ask(
        self, pictures: Sequence[Pixels], queries: Sequence[Query], kind: Kind, *, keep: bool, stop: Stop
    ) -> list[float]:
        weights = self._weights

        def ask(rows: Sequence[int]) -> list[tuple[float, float]]:
            features = weights.encoder.encode(
                [pictures[row] for row in rows],
                adapter=weights.vision_key(self.adapter),
                keep=keep,
                stop=stop,
            )
            return self._read(features, [queries[row] for row in rows], kind, stop)

        largest = max((max(picture.shape[:2]) for picture in pictures), default=0)
        with weights.running(self.adapter):
            held = weights.costs.features(max(largest, self.spec.crop_px))
            pairs = weights.in_parts(ask, range(len(pictures)), held, stop)
        if pairs:
            self.mass = sum(mass for _, mass in pairs) / len(pairs)
        if not math.isfinite(self.mass):
            raise ModelError(
                f"The model {self.spec.name} computes no numbers where its yes and no should be. Use another adapter "
                "or none; where that does not help, download the model again."
            )
        check_understood(self.spec, queries, pairs, self._advice)
        return [score for score, _ in pairs]

    def _advice(self, question: str) -> str:
        """What to do where yes and no are not what the model would say: it is of the wrong kind, or was asked so."""
        if not self.spec.words:
            return "Take the model's Instruct variant, not its base or Thinking one, or another model as verifier."
        found = ", ".join(self.spec.things[:3])
        return (
            f"It knows words of “{question[:80]}” from other sentences alone. Leave that question out, or ask for a "
            f"thing that it finds ({found}…), or use a model that knows all words."
        )

    def _read(
        self, features: Sequence[Features], queries: Sequence[Query], kind: Kind, stop: Stop
    ) -> list[tuple[float, float]]:
        """Score and mass of each picture under its query."""
        weights = self._weights
        prompts = [
            weights.prompts.ids(kind, query.text, picture.shown)
            for query, picture in zip(queries, features, strict=True)
        ]

        def run(batch: Sequence[int]) -> list[tuple[float, float]]:
            inputs = pad_batch(
                [prompts[row] for row in batch],
                [features[row] for row in batch],
                weights.prompts,
                weights.device,
            )
            with last_token_only(weights.model):
                logits = weights.model(**inputs, use_cache=False, logits_to_keep=1).logits[:, -1].float()
            yes = logits[:, self._yes].logsumexp(-1)
            no = logits[:, self._no].logsumexp(-1)
            mass = (torch.logaddexp(yes, no) - logits.logsumexp(-1)).exp()
            return list(zip(torch.sigmoid(yes - no).tolist(), mass.tolist(), strict=True))

        return weights.in_batches(run, range(len(prompts)), tokens_each=max(map(len, prompts)), stop=stop)
