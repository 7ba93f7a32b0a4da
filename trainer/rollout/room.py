"""How much is computed at once, from what is free."""

from __future__ import annotations

from collections.abc import Sequence

import torch

from engine.model.loaded import LoadedModel
from engine.model.loading import available_bytes
from trainer.config import PROMPTS_PER_STEP, RoundConfig
from trainer.rollout.grpo import Batch

WORKING_COPIES = 34
"""Tensors of the hidden size that one layer keeps for its backward pass, counted in Qwen's decoder layer."""


def choose_batch(
    loaded: LoadedModel, config: RoundConfig, prompt_tokens: int, answer_tokens: Sequence[int]
) -> Batch:
    """Fit a step into half of the free memory.

    Args:
        loaded: the model.
        config: group size.
        prompt_tokens: of the longest prompt.
        answer_tokens: lengths of the first policy's answers; longer ones than nearly all are cut off.
    """
    text = loaded.model.config.get_text_config()
    longest = sorted(answer_tokens)[int(0.95 * (len(answer_tokens) - 1))] if answer_tokens else 0
    max_new = min(loaded.spec.max_new_tokens, max(24, round(1.5 * longest) + 8))
    tokens = prompt_tokens + config.group_size * max_new
    each = tokens * text.hidden_size * torch.finfo(loaded.model.dtype).bits // 8
    room = (available_bytes(loaded.device) or 4 * 2**30) // 2
    plain, lean = (
        each * text.num_hidden_layers * WORKING_COPIES,
        each * (text.num_hidden_layers + WORKING_COPIES),
    )
    checkpointing = plain * PROMPTS_PER_STEP > room
    fit = max(1, room // (lean if checkpointing else plain))
    at_once = max(n for n in range(1, PROMPTS_PER_STEP + 1) if PROMPTS_PER_STEP % n == 0 and n <= fit)
    bf16 = loaded.device.type == "cuda" and torch.cuda.is_bf16_supported()
    return Batch(PROMPTS_PER_STEP, at_once, max_new, checkpointing, bf16)
