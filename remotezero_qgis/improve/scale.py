"""Round numbers for axes, and curves made light enough to draw. Plain numbers, no Qt."""

from __future__ import annotations

import math
from collections.abc import Sequence

MOST_POINTS = 240


def ticks(low: float, high: float, wanted: int) -> list[float]:
    """Return round numbers that cover ``low`` to ``high``, about ``wanted`` of them.

    Raises:
        ValueError: ``high`` is not above ``low``.
    """
    if not high > low:
        raise ValueError(f"an axis from {low} to {high} has no length")
    rough = (high - low) / max(1, wanted)
    power = 10.0 ** math.floor(math.log10(rough))
    step = next(power * factor for factor in (1, 2, 5, 10) if power * factor >= rough * 0.999)
    first, last = math.floor(low / step + 1e-9), math.ceil(high / step - 1e-9)
    return [number * step for number in range(first, last + 1)]


def label(value: float, all_ticks: Sequence[float]) -> str:
    """Return a tick's number with as many decimals as its neighbours need."""
    step = all_ticks[1] - all_ticks[0] if len(all_ticks) > 1 else 1.0
    decimals = max(0, -math.floor(math.log10(step) + 1e-9))
    return f"{value if abs(value) > step / 1e6 else 0.0:.{decimals}f}".replace("-", "−")


def thinned(points: Sequence[tuple[float, float]], most: int = MOST_POINTS) -> list[tuple[float, float]]:
    """Return means over runs of points, at most ``most`` of them."""
    size = max(1, -(-len(points) // most))
    groups = [points[start : start + size] for start in range(0, len(points), size)]
    return [(sum(x for x, _ in g) / len(g), sum(y for _, y in g) / len(g)) for g in groups]


def smoothed(points: Sequence[tuple[float, float]], share: float = 0.08) -> list[tuple[float, float]]:
    """Return a running mean over ``share`` of the points to either side, at least one."""
    reach = max(1, round(len(points) * share))
    result = []
    for place, (x, _) in enumerate(points):
        near = points[max(0, place - reach) : place + reach + 1]
        result.append((x, sum(y for _, y in near) / len(near)))
    return result
