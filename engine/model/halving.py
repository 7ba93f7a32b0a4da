"""Work done in runs that fit into memory: a run that doesn't is halved, and the work goes on.

How much fits is planned (:mod:`engine.catalogue.fitting`), but a plan can't know what other programs take a
moment later, nor how a driver cuts up its memory. So everything that takes many rows at once goes through
here: pictures, prompts, answers, and gradients.
"""

from __future__ import annotations

import gc
from collections.abc import Callable, Sequence
from typing import Any, TypeVar

import torch

from engine.errors import JobCancelledError, ModelError, ModelMemoryError

T = TypeVar("T")
_SPELLINGS = ("allocate memory", "not enough memory", "out of memory", "STATUS_ALLOC_FAILED")
"""How torch says on a CPU, and CUDA's libraries say, that there is no memory; neither has a class for it."""


def is_out_of_memory(error: BaseException) -> bool:
    """Whether an error says that memory is short, on whatever device and in whatever class, our own included."""
    if isinstance(error, torch.OutOfMemoryError | MemoryError | ModelMemoryError):
        return True
    return isinstance(error, RuntimeError) and any(words in str(error) for words in _SPELLINGS)


def memory_suffices(work: Callable[[], Any]) -> bool:
    """Do the work; False where memory ran out, with what it had taken given back.

    The error is left before memory is given back: its frames hold the tensors that were too many.
    """
    try:
        work()
        return True
    except (RuntimeError, MemoryError) as error:
        if not is_out_of_memory(error):
            raise
    gc.collect()
    if torch.cuda.is_available():
        torch.cuda.empty_cache()
    return False


class Halving:
    """Runs of rows of one kind of work; what was too much once is not tried again.

    Args:
        refuse: the error for "not even one fits".
    """

    def __init__(self, refuse: Callable[[], ModelError]) -> None:
        self._refuse = refuse
        self._most = float("inf")

    def forget(self) -> None:
        """Try as much as planned again: what was too much was so for another reason."""
        self._most = float("inf")

    def __call__(
        self,
        run: Callable[[Sequence[Any]], list[T]],
        rows: Sequence[Any],
        size: int,
        *,
        cost_each: float = 1.0,
        stop: Callable[[], bool] = lambda: False,
    ) -> list[T]:
        """Call ``run`` on runs of ``rows``, in their order.

        Args:
            run: takes some of the rows and returns one result for each.
            rows: all rows.
            size: rows to begin with.
            cost_each: of a row, tokens for instance: what was too much is remembered in it.
            stop: asked before each run.

        Returns:
            One result for each row.

        Raises:
            JobCancelledError: ``stop()`` became true.
            ModelError: a single row doesn't fit.
        """
        results: list[T] = []
        size = max(1, min(size, int(min(self._most / cost_each, len(rows)))))
        while len(results) < len(rows):
            if stop():
                raise JobCancelledError("The job was cancelled while the model was working.")
            batch, done = rows[len(results) : len(results) + size], list[T]()
            if memory_suffices(lambda batch=batch, done=done: done.extend(run(batch))):  # type: ignore[misc]
                results += done
            elif len(batch) == 1:
                raise self._refuse()
            else:
                size = len(batch) // 2
                self._most = min(self._most, size * cost_each)
        return results
