"""Muon for the matrices inside the blocks and AdamW for everything else."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import torch
from torch import Tensor, nn

_NEWTON_SCHULZ = (3.4445, -4.775, 2.0315)


def orthogonal(stacked: Tensor, steps: int = 4) -> Tensor:
    """Nearly orthogonal matrices near those given, ``N x A x B``: Newton and Schulz's iteration, as Muon does it."""
    a, b, c = _NEWTON_SCHULZ
    tall = stacked.shape[1] > stacked.shape[2]
    x: Tensor = stacked.mT if tall else stacked
    x = x / x.norm(dim=(1, 2), keepdim=True).clamp(min=1e-7)
    for _ in range(steps):
        gram = x @ x.mT
        x = a * x + torch.baddbmm(gram, gram, gram, beta=b, alpha=c) @ x
    return x.mT if tall else x


class Muon(torch.optim.Optimizer):
    """Momentum whose updates are made orthogonal, scaled to the size of AdamW's.

    torch's own rounds the iteration to bfloat16; on a processor that does not multiply bfloat16 a step then
    takes twenty seconds instead of half of one. This one stays in the matrices' own type, equal shapes at once.
    """

    def __init__(self, matrices: Iterable[Tensor], lr: float, weight_decay: float) -> None:
        super().__init__(matrices, {"lr": lr, "weight_decay": weight_decay, "momentum": 0.95})

    @torch.no_grad()
    def step(self, closure: Any = None) -> None:  # type: ignore[override]
        """One update of every matrix that has a gradient."""
        for group in self.param_groups:
            by_shape: dict[torch.Size, list[Tensor]] = {}
            for matrix in group["params"]:
                if matrix.grad is not None:
                    by_shape.setdefault(matrix.shape, []).append(matrix)
            for shape, matrices in by_shape.items():
                gradients = [matrix.grad for matrix in matrices if matrix.grad is not None]
                buffers = [self._buffer(matrix) for matrix in matrices]
                torch._foreach_lerp_(buffers, gradients, 1 - group["momentum"])
                directions = torch._foreach_lerp(gradients, buffers, group["momentum"])
                updates = orthogonal(torch.stack(directions)).unbind()
                torch._foreach_mul_(matrices, 1 - group["lr"] * group["weight_decay"])
                torch._foreach_add_(matrices, updates, alpha=-group["lr"] * 0.2 * max(shape) ** 0.5)

    def _buffer(self, matrix: Tensor) -> Tensor:
        state = self.state[matrix]
        if not state:
            state["momentum_buffer"] = torch.zeros_like(matrix)
        buffer: Tensor = state["momentum_buffer"]
        return buffer


class Optimizers:
    """Both behind one ``step``.

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
        self._all: tuple[torch.optim.Optimizer, ...] = (
            Muon(matrices, lr=matrix_lr, weight_decay=0.02),
            torch.optim.AdamW(others, lr=other_lr, betas=(0.9, 0.98), weight_decay=0.0),
        )
        self._base = (matrix_lr, other_lr)

    def step(self, factor: float) -> Tensor:
        """Clip, update and clear at ``factor`` times the learning rates. Returns the gradient norm."""
        norm: Tensor = nn.utils.clip_grad_norm_(self._parameters, 2.0)
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
