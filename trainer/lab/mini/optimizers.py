"""Muon for the matrices inside the blocks, AdamW for everything else."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import torch
from torch import nn


class Optimizers:
    """Both optimizers behind one ``step``.

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
