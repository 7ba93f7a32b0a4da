"""The report of the torture as a page: what was tried, what survived it, what was lost."""

from __future__ import annotations

import importlib
import platform
from collections.abc import Mapping
from typing import Any

from tools.torture.parts import PARTS

KEYS = (
    "engine_kills", "lost_detections", "trainer_kills", "adapter_mismatches", "raster_mutations", "raster_crashes",
    "completions", "stray_boxes", "sabotaged_runs", "harmful_promotions", "wrong_class", "seed",
)  # fmt: skip


def page(known: Mapping[str, Any]) -> str:
    """Markdown of build/reports/torture.json: its parts in their order, and the keys that other programs read."""
    runs = {name: known["runs"][name] for name in PARTS if name in known.get("runs", {})}
    tried, lost = sum(run["tried"] for run in runs.values()), sum(len(run["faults"]) for run in runs.values())
    days = sorted({run["finished"][:10] for run in runs.values()})
    lines = [
        f"# Torture, {' to '.join(dict.fromkeys((days[0], days[-1])))}" if days else "# Torture",
        "",
        f"Made by `make torture`. {tried:,} faults tried, {lost:,} lost. A fault is survived where the work went on or "
        "was resumed with the result it would have had; refused where it was told in the one right class of error; "
        "lost where anything else came of it: another class, a crash, no end, a difference.",
        "",
        "| part | tried | survived | refused | lost | seed | finished |",
        "|---|--:|--:|--:|--:|--:|---|",
        *(_row(name, run) for name, run in runs.items()),
        "",
        *_short(runs),
        "## What each part does",
        "",
        *(f"- **{name}**: {_said(name)}" for name in runs),
        "",
        "## Keys",
        "",
        *(f"- `{key}`: {known.get(key, 'not run')}" for key in KEYS),
        "",
        f"Python {platform.python_version()} on {platform.system()}. A part again: "
        f"`make torture PARTS=NAME SEED={known.get('seed', 1)}`.",
    ]
    faults = [fault for run in runs.values() for fault in run["faults"]]
    if faults:
        lines += ["", "## Lost", "", *(f"- {fault[:400]}" for fault in faults[:100])]
    return "\n".join(lines) + "\n"


def _row(name: str, run: Mapping[str, Any]) -> str:
    outcomes = run["outcomes"]
    survived = outcomes.get("read", 0) + outcomes.get("resumed", 0)
    return (
        f"| {name} | {run['tried']:,} | {survived:,} | {outcomes.get('refused', 0):,} | {len(run['faults']):,} "
        f"| {run['seed']} | {run['finished']} |"
    )


def _short(runs: Mapping[str, Any]) -> list[str]:
    """Which parts have not got their full count."""
    short = [
        f"{n} {run['tried']:,} of {PARTS[n].count:,}"
        for n, run in runs.items()
        if run["tried"] < PARTS[n].count
    ]
    short += [f"{name} not at all" for name in PARTS if name not in runs]
    return [f"Not the full count: {', '.join(short)}.", ""] if short else []


def _said(name: str) -> str:
    """What a part does, as the trial of it says."""
    module, function = PARTS[name].trial.split(":")
    text = getattr(importlib.import_module(f"tools.torture.{module}"), function).__doc__
    return " ".join(line.strip() for line in text.strip().splitlines() if line.strip())
