"""A model that has lost the thread: it writes the same thing over and over."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

TIMES = 4
LEAST = 64
LOOK_EVERY = 16


def repeated_tail(items: Sequence[Any]) -> int:
    """Length of the shortest unit that the end of a sequence repeats; 0 where it repeats nothing.

    Args:
        items: token ids, or a text. The last ``LEAST`` of them at the least must be repetition, and
            ``TIMES`` units; the last unit may be cut off.
    """
    size = len(items)
    for unit in range(1, size // TIMES + 1) if size >= LEAST else ():
        tail = max(TIMES * unit, LEAST)
        if items[-1] == items[-1 - unit] and items[size - tail + unit :] == items[size - tail : size - unit]:
            return unit
    return 0


def is_loop(tokens: Sequence[int]) -> bool:
    """Whether an answer that is being written repeats itself; looked at every ``LOOK_EVERY`` tokens.

    It depends on the answer alone, so a row ends at the same token in whichever batch it is written.
    """
    return len(tokens) % LOOK_EVERY == 0 and repeated_tail(tokens) > 0
