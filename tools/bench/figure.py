"""One measured figure, and how it is printed."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True)
class Figure:
    """A measurement beside its target.

    Attributes:
        key: its name in ``bench.json``.
        value: what was measured.
        target: what is asked for.
        at_least: True when more is better.
        unit: printed after the value.
        detail: the measurements it was made of.
    """

    key: str
    value: float
    target: float
    at_least: bool
    unit: str = ""
    detail: dict[str, Any] = field(default_factory=dict)

    @property
    def met(self) -> bool:
        """Whether the target is reached."""
        return self.value >= self.target if self.at_least else self.value <= self.target


def table(figures: list[Figure]) -> str:
    """The figures as lines of text, one each."""
    lines = [f"{'figure':<20} {'measured':>10} {'target':>10}  met  made of"]
    for figure in figures:
        sign = ">=" if figure.at_least else "<="
        made_of = ", ".join(f"{name} {value}" for name, value in figure.detail.items())
        measured, target = f"{figure.value:.3g}{figure.unit}", f"{sign} {figure.target:g}"
        met = "yes" if figure.met else "NO"
        lines.append(f"{figure.key:<20} {measured:>10} {target:>10}  {met:<3}  {made_of}")
    return "\n".join(lines)
