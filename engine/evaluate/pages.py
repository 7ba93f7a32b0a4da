"""Pages without script: line plots as SVG in the page's own colours, and the looks that reports share."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

WIDTH, HEIGHT = 520, 220
LEFT, RIGHT, TOP, BOTTOM = 52, 12, 14, 34
COLOURS = ("#1f6feb", "#d1582b", "#2a8a57", "#8250df")

Series = tuple[str, Sequence[tuple[float, float]]]


def line_plot(title: str, x_label: str, series: Sequence[Series], *, shares: bool = False) -> str:
    """One plot of several named series of points; a series of one point is drawn as a dot.

    Args:
        title: what it is, for those who can't see it.
        x_label: below the axis.
        series: in the order of their colours.
        shares: both axes go from 0 to 1, so that plots of different reports can be laid side by side.

    Returns:
        An ``<svg>`` element; a sentence in place of it when there is no point at all.
    """
    points = [point for _, values in series for point in values]
    if not points:
        return f"<p>{escape(title)}: nothing was measured.</p>"
    x_low, x_high = (0.0, 1.0) if shares else _span([x for x, _ in points])
    y_low, y_high = (0.0, 1.0) if shares else _span([y for _, y in points])

    def place(x: float, y: float) -> tuple[float, float]:
        across = (x - x_low) / (x_high - x_low) * (WIDTH - LEFT - RIGHT)
        up = (y - y_low) / (y_high - y_low) * (HEIGHT - TOP - BOTTOM)
        return LEFT + across, HEIGHT - BOTTOM - up

    parts = [_axes(x_low, x_high, y_low, y_high, x_label)]
    for index, (name, values) in enumerate(series):
        colour = COLOURS[index % len(COLOURS)]
        placed = [place(x, y) for x, y in values]
        if len(placed) > 1:
            line = " ".join(f"{x:.1f},{y:.1f}" for x, y in placed)
            parts.append(f'<polyline points="{line}" fill="none" stroke="{colour}" stroke-width="2"/>')
        if len(placed) < 30:
            parts += [f'<circle cx="{x:.1f}" cy="{y:.1f}" r="3" fill="{colour}"/>' for x, y in placed]
        x_text = LEFT + 8 + index * 130
        parts.append(f'<text x="{x_text}" y="{TOP + 4}" fill="{colour}">{escape(name)}</text>')
    label = escape(title, quote=True)
    body = "".join(parts)
    return f'<svg viewBox="0 0 {WIDTH} {HEIGHT}" role="img" aria-label="{label}">{body}</svg>'


def _span(values: Sequence[float]) -> tuple[float, float]:
    low, high = min(values), max(values)
    if high - low < 1e-9:
        return low - 0.5, high + 0.5
    room = (high - low) * 0.08
    return low - room, high + room


def _axes(x_low: float, x_high: float, y_low: float, y_high: float, x_label: str) -> str:
    parts = []
    for step in range(5):
        share = step / 4
        y = HEIGHT - BOTTOM - share * (HEIGHT - TOP - BOTTOM)
        x = LEFT + share * (WIDTH - LEFT - RIGHT)
        parts.append(f'<line x1="{LEFT}" x2="{WIDTH - RIGHT}" y1="{y:.1f}" y2="{y:.1f}" stroke="#8884"/>')
        value = f"{y_low + share * (y_high - y_low):.3g}"
        parts.append(f'<text x="{LEFT - 6}" y="{y + 4:.1f}" text-anchor="end" class="tick">{value}</text>')
        value = f"{x_low + share * (x_high - x_low):.3g}"
        parts.append(
            f'<text x="{x:.1f}" y="{HEIGHT - BOTTOM + 16}" text-anchor="middle" class="tick">{value}</text>'
        )
    middle = (LEFT + WIDTH - RIGHT) / 2
    parts.append(
        f'<text x="{middle}" y="{HEIGHT - 3}" text-anchor="middle" class="tick">{escape(x_label)}</text>'
    )
    return "".join(parts)


STYLE = """
:root { color-scheme: light dark; }
body { font: 15px/1.5 system-ui, sans-serif; max-width: 70rem; margin: 2rem auto; padding: 0 1rem; }
h1 { font-size: 1.5rem; } h2 { font-size: 1.15rem; margin-top: 2.2rem; }
table { border-collapse: collapse; } td, th { padding: .25rem .8rem .25rem 0; text-align: left; }
td.number { text-align: right; font-variant-numeric: tabular-nums; } th.number { text-align: right; }
.plots { display: flex; flex-wrap: wrap; gap: 1rem; } svg { width: 30rem; max-width: 100%; }
svg text { font: 12px system-ui, sans-serif; } svg text.tick { fill: currentColor; opacity: .7; font-size: 11px; }
figure { margin: 0; } figcaption { font-size: .9rem; overflow-wrap: anywhere; }
"""


def whole_page(title: str, body: Sequence[str], style: str = "") -> str:
    """An HTML page of one file.

    Args:
        title: plain text.
        body: elements, already escaped.
        style: what its own elements look like.
    """
    head = f'<meta charset="utf-8"><title>{escape(title)}</title><style>{STYLE}{style}</style>'
    return f"<!doctype html><html lang=en><head>{head}</head><body>{''.join(body)}</body></html>"
