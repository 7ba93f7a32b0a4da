"""The gradients of a step, in as many parts as memory asks for; nothing here waits for another process."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import torch

from engine.errors import ModelError
from engine.model.halving import memory_suffices


@contextmanager
def as_if_alone(accelerator: Any) -> Iterator[None]:
    """Figures are not gathered from other processes while it lasts."""
    accelerator.gather = accelerator.gather_for_metrics = lambda value: value
    accelerator.reduce = lambda value, reduction="sum": value
    try:
        yield
    finally:
        for name in ("gather", "gather_for_metrics", "reduce"):
            delattr(accelerator, name)


class GradientParts:
    """Loss and gradients of a step, in as many parts as memory asks for; what was too much is not tried again.

    TRL's default loss is a sum over all answers' tokens, divided by a number that is fixed before: its parts add up
    to the loss of the whole, and so do their gradients. Whole questions are divided first, which costs next to nothing.
    Where not even one fits, layers are computed again in the backward pass instead of being kept; and only then are its
    answers divided, with the question read again for each part.

    Args:
        loss_of: (model, inputs) -> loss.
        backward: loss -> gradients added to the parameters'.
        refuse: the error for "not even one answer fits".
        most: answers of a part at first; all of them by default.
    """

    def __init__(
        self,
        loss_of: Callable[[Any, dict[str, Any]], torch.Tensor],
        backward: Callable[[torch.Tensor], Any],
        refuse: Callable[[], ModelError],
        most: int | None = None,
    ) -> None:
        self._loss_of, self._backward, self._refuse = loss_of, backward, refuse
        self._most = most

    def __call__(self, model: Any, inputs: dict[str, Any]) -> torch.Tensor:
        """Add the gradients of ``inputs``, and return their loss as a number that has no more to give.

        Raises:
            ModelError: not even one answer fits into memory.
        """
        owners = inputs["prompt_ids"][:, -1]
        order = torch.argsort(owners, stable=True)
        total, done = torch.zeros((), device=owners.device), 0
        while done < len(order):
            rows = order[done : done + (self._most or len(order))]
            if len(rows) == len(order):
                part = inputs
            else:
                part = {key: _rows_of(value, rows, len(order)) for key, value in inputs.items()}
            lost = self._add(model, part)
            if lost is not None:
                total, done = total + lost, done + len(rows)
                continue
            group = int((owners == owners[rows[0]]).sum())
            if len(rows) > group:
                self._most = max(group, len(rows) // 2 // group * group)
            elif not model.is_gradient_checkpointing:
                model.gradient_checkpointing_enable(gradient_checkpointing_kwargs={"use_reentrant": False})
            elif len(rows) > 1:
                self._most = len(rows) // 2
            else:
                raise self._refuse()
        return total

    def _add(self, model: Any, inputs: dict[str, Any]) -> torch.Tensor | None:
        """The loss, its gradients added; None where memory ran out, the gradients as they were."""
        learned = [weight for weight in model.parameters() if weight.requires_grad]
        before = [None if weight.grad is None else weight.grad.to("cpu", copy=True) for weight in learned]
        found: list[torch.Tensor] = []

        def work() -> None:
            loss = self._loss_of(model, inputs)
            self._backward(loss)
            found.append(loss.detach())

        if memory_suffices(work):
            return found[0]
        for weight, gradient in zip(learned, before, strict=True):
            weight.grad = None if gradient is None else gradient.to(weight.device)
        return None


def _rows_of(value: Any, rows: torch.Tensor, count: int) -> Any:
    """Some rows of what has one for each answer; the rest as it is."""
    if isinstance(value, torch.Tensor) and value.ndim and len(value) == count:
        return value[rows]
    return value
