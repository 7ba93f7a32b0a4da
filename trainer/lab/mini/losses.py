"""The two losses of the small model: answers in words and numbers, and what each image token sees."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import torch
import torch.nn.functional as F  # noqa: N812
from torch import Tensor, nn
from transformers import PreTrainedTokenizerFast, Qwen3VLForConditionalGeneration
from transformers.vision_utils import (
    get_vision_cu_seqlens,
    get_vision_interpolation_indices_and_weights,
    get_vision_position_ids,
)

from trainer.lab.mini.dialogue import PackedDialogues
from trainer.lab.mini.vocabulary import NUMBER_STEP, NUMBERS
from trainer.lab.photos.kinds import ALL_KINDS
from trainer.lab.scenes import COLOURS

BARE_WEIGHT = 0.3
"""Of a token on which nothing is boxed; most are."""


def spread(width: float) -> Tensor:
    """Soft targets for coordinates, ``251 x 251``: row i is a narrow bell round number i."""
    index = torch.arange(len(NUMBERS), dtype=torch.float32)
    return torch.softmax(-((index[:, None] - index[None]) ** 2) / (2 * width**2), dim=1)


@dataclass(frozen=True)
class VisionFeatures:
    """Image tokens of a batch of equal chips: ``B*T x D``, and one such tensor per deepstack level."""

    tokens: Tensor
    deepstack: list[Tensor]


def patchify(pixels: Tensor, patch: int = 16, merge: int = 2) -> Tensor:
    """uint8 ``B x H x W x 3`` to the family's flattened patches, ``B*(H/16)*(W/16) x 1536``.

    The same values as the family's image processor with mean and standard deviation 0.5.
    """
    b, h, w, _ = pixels.shape
    x = pixels.permute(0, 3, 1, 2).float().div_(127.5).sub_(1.0)
    gh, gw = h // patch, w // patch
    x = x.reshape(b, 3, gh // merge, merge, patch, gw // merge, merge, patch)
    x = x.permute(0, 2, 5, 3, 6, 1, 4, 7)
    x = x.unsqueeze(6).expand(-1, -1, -1, -1, -1, -1, 2, -1, -1)
    return x.reshape(b * gh * gw, -1)


def encode(model: Qwen3VLForConditionalGeneration, pixels: Tensor) -> VisionFeatures:
    """Run the vision tower over uint8 ``B x H x W x 3`` chips of one size."""
    b, h, w, _ = pixels.shape
    visual = model.model.visual
    grid, places = _places(
        (b, h // 16, w // 16), visual.num_grid_per_side, visual.spatial_merge_size, pixels.device
    )
    out = visual(patchify(pixels), grid_thw=grid, **places)
    return VisionFeatures(out.pooler_output, list(out.deepstack_features))


@lru_cache(maxsize=16)
def _places(
    shape: tuple[int, int, int], table_side: int, merge: int, device: torch.device
) -> tuple[Tensor, dict[str, Any]]:
    """The grid of so many chips of so many patches, and what the vision tower derives from it, made once.

    The tower would make them anew in every pass, image by image. The ends of the images stay on the processor,
    where they are read as numbers.
    """
    grid = torch.tensor([[1, *shape[1:]]]).repeat(shape[0], 1)
    indices, weights = get_vision_interpolation_indices_and_weights(
        grid, num_grid_per_side=table_side, mode="bilinear", align_corners=True, spatial_merge_size=merge
    )
    return grid, {
        "interp_indices": indices.to(device),
        "interp_weights": weights.to(device),
        "position_ids": get_vision_position_ids(grid, merge).to(device),
        "cu_seqlens": get_vision_cu_seqlens(grid),
    }


class DenseHeads(nn.Module):
    """Reads kind, colour and box off every image token, tied to the language model's own embeddings.

    Only the projections are new; the classes are word and number embeddings, so what the heads
    learn to write into an image token is already in the language model's vocabulary.
    """

    kind_mix: Tensor
    colour_ids: Tensor
    number_ids: Tensor
    spread: Tensor

    def __init__(self, tokenizer: PreTrainedTokenizerFast, width: int) -> None:
        super().__init__()
        self.norm = nn.LayerNorm(width)
        self.kind = nn.Linear(width, width)
        self.colour = nn.Linear(width, width)
        self.box = nn.Linear(width, 4 * width)
        word_ids = [tokenizer(k, add_special_tokens=False)["input_ids"] for k in ("nothing", *ALL_KINDS)]
        mix = torch.zeros(len(word_ids), len(tokenizer))
        for row, ids in enumerate(word_ids):
            mix[row, ids] = 1 / len(ids) ** 0.5
        self.register_buffer("kind_mix", mix, persistent=False)
        colour_ids = tokenizer.convert_tokens_to_ids([f"▁{c}" for c in COLOURS])
        self.register_buffer("colour_ids", torch.tensor(colour_ids), persistent=False)
        zero = tokenizer.convert_tokens_to_ids("▁0")
        self.register_buffer("number_ids", zero + torch.tensor(NUMBERS), persistent=False)
        self.register_buffer("spread", spread(1.5), persistent=False)
        self.scale = nn.Parameter(torch.tensor([2.0, 2.0, 2.0]))

    def forward(self, tokens: Tensor, embedding: Tensor) -> tuple[Tensor, Tensor, Tensor]:
        """Logits for kind (nothing first), colour and the four numbers; ``N x C``, ``N x C``, ``N x 4 x 251``."""
        x = self.norm(tokens)
        kinds = self.kind_mix @ embedding
        s = self.scale.exp()
        kind = self.kind(x) @ kinds.T * s[0]
        colour = self.colour(x) @ embedding[self.colour_ids].T * s[1]
        box = self.box(x).view(len(x), 4, -1) @ embedding[self.number_ids].T * s[2]
        return kind, colour, box

    def loss(
        self, tokens: Tensor, embedding: Tensor, target: Tensor, may_be: Tensor
    ) -> tuple[Tensor, dict[str, Tensor]]:
        """Loss and accuracies.

        Args:
            tokens: image tokens, ``N x D``.
            embedding: of the language model.
            target: ``N x 6``: kind (0 nothing boxed), colour (-1 none), four number indices.
            may_be: ``N x C``: what may be on a token on which nothing is boxed. Such a token learns only that
                it is one of these, so that labels that are not complete never teach "nothing".
        """
        kind, colour, box = self(tokens, embedding)
        log_kind = torch.log_softmax(kind.float(), dim=1)
        boxed = -log_kind.gather(1, target[:, :1])[:, 0]
        bare = -torch.logsumexp(log_kind.masked_fill(~may_be, -1e4), dim=1)
        weight = torch.where(target[:, 0] > 0, 1.0, BARE_WEIGHT)
        loss = (torch.where(target[:, 0] > 0, boxed, bare) * weight).sum() / weight.sum()
        has = target[:, 0] > 0
        coloured = target[:, 1] >= 0
        if coloured.any():
            loss = loss + 0.5 * F.cross_entropy(colour[coloured].float(), target[coloured, 1])
        if has.any():
            log_p = torch.log_softmax(box[has].float(), dim=-1)
            loss = loss - (self.spread[target[has, 2:]] * log_p).sum(-1).mean() + bell_entropy(self.spread)
        with torch.no_grad():
            error = (box[has].argmax(-1) - target[has, 2:]).abs().float().mean() * NUMBER_STEP
            figures = {
                "dense_kind": (kind.argmax(1) == target[:, 0])[has].float().mean(),
                "dense_colour": (colour.argmax(1) == target[:, 1])[coloured].float().mean(),
                "dense_box_norm": error,
            }
        return loss, figures


def bell_entropy(bells: Tensor) -> float:
    """Mean entropy of the soft targets, subtracted so that a perfect answer has loss 0."""
    return float((bells * bells.clamp_min(1e-9).log()).sum(1).mean())


class AnswerLoss(nn.Module):
    """Cross entropy of packed dialogues; soft bells for coordinates, soft probability for yes and no."""

    number_ids: Tensor
    spread: Tensor

    def __init__(self, tokenizer: PreTrainedTokenizerFast) -> None:
        super().__init__()
        self.zero = tokenizer.convert_tokens_to_ids("▁0")
        self.yes, self.no = tokenizer.convert_tokens_to_ids(["▁yes", "▁no"])
        self.register_buffer("number_ids", self.zero + torch.tensor(NUMBERS), persistent=False)
        self.register_buffer("spread", spread(1.0), persistent=False)
        self.entropy = bell_entropy(self.spread)

    def forward(
        self, model: Qwen3VLForConditionalGeneration, features: VisionFeatures, packed: PackedDialogues
    ) -> tuple[Tensor, dict[str, Tensor]]:
        """Mean loss over supervised tokens, and token accuracies by kind of token."""
        hidden = run_language_model(model, features, packed)
        logits = model.lm_head(hidden[packed.rows, packed.columns]).float()
        log_z = torch.logsumexp(logits, dim=1)
        hard = log_z - logits.gather(1, packed.labels[:, None])[:, 0]
        yes_no = packed.p_yes >= 0
        loss = hard.clone()
        if packed.soft.any():
            s = packed.soft
            bells = self.spread[(packed.labels[s] - self.zero) // NUMBER_STEP]
            loss[s] = log_z[s] - (bells * logits[s][:, self.number_ids]).sum(1) + self.entropy
        if yes_no.any():
            p = packed.p_yes[yes_no]
            mixed = p * logits[yes_no, self.yes] + (1 - p) * logits[yes_no, self.no]
            loss[yes_no] = log_z[yes_no] - mixed
        with torch.no_grad():
            right = logits.argmax(1) == packed.labels
            words = ~packed.soft & ~yes_no
            said_yes = logits[:, self.yes] > logits[:, self.no]
            decided = yes_no & ((packed.p_yes < 0.2) | (packed.p_yes > 0.8))
            near = (logits[packed.soft].argmax(1) - packed.labels[packed.soft]).abs() <= 16
            figures = {
                "words": right[words].float().mean(),
                "numbers_near": near.float().mean(),
                "yes_no": (said_yes == (packed.p_yes > 0.5))[decided].float().mean(),
            }
        return (loss * packed.weight).sum() / packed.weight.sum(), figures


def run_language_model(
    model: Qwen3VLForConditionalGeneration, features: VisionFeatures, packed: PackedDialogues
) -> Tensor:
    """Hidden states ``B x L x D`` of packed dialogues over encoded images."""
    embeds = model.get_input_embeddings()(packed.input_ids)
    embeds = embeds.masked_scatter(packed.image_mask[..., None], features.tokens.to(embeds.dtype))
    out = model.model.language_model(
        inputs_embeds=embeds,
        position_ids=packed.position_ids,
        attention_mask=packed.attention_mask(),
        visual_pos_masks=packed.image_mask,
        deepstack_visual_embeds=features.deepstack,
        use_cache=False,
    )
    hidden: Tensor = out.last_hidden_state
    return hidden
