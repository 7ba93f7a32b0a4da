"""The report of ``make bench-gpu`` as tables for people, in Markdown."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

GIB = 2**30


def tables(report: dict[str, Any]) -> str:
    """All tables.

    Args:
        report: as it is written; parts that were taken in an earlier run may say so by ``earlier``.
    """
    parts = [
        f"{report['card']}, torch {report['torch']}, a copy moves {report['bandwidth'] / 1e12:.2f} TB/s.",
        _table(
            ("model", "card", "chips", "s a chip", "s for 16 crops", "peak GiB, planned / measured"),
            _finding(report),
        ),
        _table(
            ("model", "card", "chips", "prompts at once", "s a step", "peak GiB, planned / measured"),
            _learning(report),
        ),
        _table(
            (
                "model",
                "rows",
                "ms a token",
                "not recorded",
                "tokens/s",
                "of the bound",
                "16 bit, of the bound",
            ),
            _writing(report),
        ),
    ]
    return "\n\n".join(parts)


def _table(titles: tuple[str, ...], rows: Iterator[tuple[str, ...]]) -> str:
    lines = [titles, ("---",) * len(titles), *rows]
    return "\n".join("| " + " | ".join(line) + " |" for line in lines)


def _parts(report: dict[str, Any], kind: str) -> Iterator[tuple[str, dict[str, Any], str, dict[str, Any]]]:
    """Model, its parts, the name of a part and what it found."""
    for model, parts in report["models"].items():
        for name, found in parts.items():
            if name.startswith(kind) and found:
                yield model, parts, name.removeprefix(kind), found


def _finding(report: dict[str, Any]) -> Iterator[tuple[str, ...]]:
    for model, parts, name, found in _parts(report, "locate, "):
        chips, card = name.split(", ")
        if found["plan"] is None:
            yield model, card, chips, "no plan", "", ""
            continue
        looking, writing, scoring = found["looking"], found["writing"], found["scoring"]
        seconds = looking["each"] + writing["seconds"] / writing["rows"]
        used = [parts["weights"]["planned"] + part["planned"] for part in (looking, writing)]
        taken = [part["held"] + part["peak"] for part in (looking, writing)] if "peak" in looking else [0]
        peak = _peaks(max(used), max(taken), found)
        yield (
            model,
            card,
            f"{chips}, {writing['rows']} at once",
            f"{seconds:.2f}",
            f"{scoring['seconds']:.2f}",
            peak,
        )


def _learning(report: dict[str, Any]) -> Iterator[tuple[str, ...]]:
    for model, _, name, found in _parts(report, "learn, "):
        chips, card = name.split(", ")
        if found["plan"] is None:
            yield model, card, chips, "no plan", "", ""
            continue
        step, drawing = found["step"], found["drawing"]
        kept = "again" if found["plan"]["checkpointing"] else "kept"
        seconds = f"{step['gradients_of_a_step_s']:.1f} + {drawing['drawing_of_a_step_s']:.1f}"
        at_once = f"{step['prompts']} × {step['group']} answers, layers {kept}"
        yield model, card, chips, at_once, seconds, _peaks(step["planned"], step.get("peak", 0), found)


def _writing(report: dict[str, Any]) -> Iterator[tuple[str, ...]]:
    for model, parts, name, found in _parts(report, "writing, "):
        recorded, growing, rows = found["recorded"], found["growing"], name.split()[0]
        in_16_bit = (parts.get("writing in 16 bit") or {}).get(rows)
        share = f"{in_16_bit['recorded']['share_of_bandwidth']:.0%}" if in_16_bit else "–"
        yield (
            model,
            rows,
            f"{1000 * recorded['token_s']:.1f}",
            f"{1000 * growing['token_s']:.1f}",
            f"{recorded['tokens_per_s']:.0f}",
            f"{recorded['share_of_bandwidth']:.0%}",
            share,
        )


def _peaks(planned: float, measured: float, found: dict[str, Any]) -> str:
    if found.get("earlier"):
        return f"{measured / GIB:.1f} measured ¹"
    return f"{planned / GIB:.1f} / {measured / GIB:.1f}"
