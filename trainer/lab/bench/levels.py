"""How often the gate promotes a round that changed nothing: simulated, at several numbers of places.

The gains of the pairs of a place are drawn in six ways that have no gain in the mean; places are of unequal size,
and no control is worse, so that the bound on the gain alone decides.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from trainer.gate import HeldOut, judge

Gains = NDArray[np.float64]

NULLS: Mapping[str, Callable[[np.random.Generator, int], Gains]] = {
    "noise": lambda rng, n: rng.normal(0, 0.1, n) + rng.normal(0, 0.03),
    "mostly nothing": lambda rng, n: rng.choice([0.0, 0.3, -0.3], n, p=[0.9, 0.05, 0.05]),
    "rare losses": lambda rng, n: rng.choice([0.0, 0.1, -0.3], n, p=[0.8, 0.15, 0.05]),
    "rare wins": lambda rng, n: rng.choice([0.0, 0.9, -0.1], n, p=[0.54, 0.046, 0.414]),
    "bad places": lambda rng, n: rng.normal(0, 0.1, n) + 0.05 - rng.exponential(0.05),
    "coins": lambda rng, n: rng.random(n) - rng.random(n),
}
"""Gains of the pairs of one place, of no gain in the mean."""
PLACES = (2, 4, 8, 16)
SIMULATIONS = 1000
LEVEL_NOTE = (
    "Share of 1,000 simulated rounds each that the gate promotes though nothing changed, by how gains of a place's "
    "pairs are drawn and by the number of held-out places."
)


def promoted_share(kind: str, places: int, simulations: int = SIMULATIONS) -> float:
    """Share of simulated rounds without a gain that the gate promotes.

    Args:
        kind: of :data:`NULLS`.
        places: held-out ones.
        simulations: how many rounds.
    """
    rng = np.random.default_rng([places, len(kind)])
    promoted = 0
    for _ in range(simulations):
        counts = rng.integers(6, 30, places)
        gains = np.concatenate([NULLS[kind](rng, int(count)) for count in counts])
        index = np.repeat(np.arange(places), counts)
        promoted += judge(_quiet(np.zeros(len(gains)), index), _quiet(gains, index)).promoted
    return promoted / simulations


def _quiet(rewards: Gains, places: NDArray[np.int64]) -> HeldOut:
    """Figures of which nothing but the rewards changes."""
    flags = np.zeros(len(rewards), dtype=bool)
    none = np.zeros(0)
    return HeldOut(rewards, places, ~flags, flags, none, none, none.astype(bool))


def no_change(places: Sequence[int] = PLACES, simulations: int = SIMULATIONS) -> dict[str, dict[str, float]]:
    """Kind of gains -> number of places, as text -> share of rounds that are promoted."""
    return {kind: {str(n): promoted_share(kind, n, simulations) for n in places} for kind in NULLS}


def levels_table(table: Mapping[str, Mapping[str, float]]) -> list[str]:
    """What :func:`no_change` gives, as lines of a Markdown table."""
    places = list(next(iter(table.values())))
    lines = [
        "| gains | " + " | ".join(f"{n} places" for n in places) + " |",
        "|" + "---|" * (1 + len(places)),
    ]
    for kind, shares in table.items():
        lines.append(f"| {kind} | " + " | ".join(f"{shares[n]:.1%}" for n in places) + " |")
    return lines
