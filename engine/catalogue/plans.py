"""The plans of a model by name, for people: within a card of some size, or within what this machine has free."""

from __future__ import annotations

import json
import subprocess
import sys
from dataclasses import asdict
from pathlib import Path
from typing import Any

import psutil

from engine.catalogue.fitting import (
    LIBRARIES_BYTES,
    Costs,
    Task,
    make_plan,
    smallest_plan,
    what_would_fit,
)
from engine.catalogue.footprint import Shapes, read_shapes
from engine.catalogue.models import ModelEntry, list_models
from engine.catalogue.offers import finders, read_offers
from engine.catalogue.specs import read_spec
from engine.errors import InputError, ModelError
from engine.language.families import FAMILIES

TASKS: tuple[Task, ...] = ("locate", "verify", "learn")
WORK = {"locate": "finding", "verify": "scoring", "learn": "learning"}
CARDS_GB = (8, 12, 16, 24)
_FREE = "import torch; print(torch.cuda.mem_get_info()[0] if torch.cuda.is_available() else -1)"
CHILD_S = 120.0


def plans_json(name: str, memory_gb: float | None) -> dict[str, Any]:
    """How a model would be used for each task.

    Args:
        name: of a model that is here, its repository or folder, or of the catalogue.
        memory_gb: of a card, in GiB; None for what is free on this machine.

    Returns:
        ``{memory, plans: [{task, fits, sentence, …}]}``

    Raises:
        InputError: there is no such model.
        ModelError: its files don't tell its shapes.
    """
    shapes, chip_px, crop_px, in_4bit = _find(name)
    item, free, where = 2, 0.0, ""
    if memory_gb is not None:
        free, where = memory_gb * 2**30 - LIBRARIES_BYTES, f"a card of {memory_gb:g} GB"
    elif (on_card := _free_on_card()) is not None:
        free, where = on_card, f"the {on_card / 2**30:.1f} GiB that are free on the GPU"
    else:
        item, free = 4, psutil.virtual_memory().available
        where = f"the {free / 2**30:.1f} GiB of this machine's memory that are free; there is no GPU"
    costs, rows = Costs(shapes, item, in_4bit), list[dict[str, Any]]()
    for task in TASKS:
        side = crop_px if task == "verify" else chip_px
        plan = make_plan(costs, task, side, free)
        if plan is not None:
            rows.append({"fits": True, "sentence": plan.sentence(), **asdict(plan)})
            continue
        least = smallest_plan(costs, task, side)
        others = [offer for offer in finders() if offer[0] != name]
        text = (
            f"No room for {WORK[task]}: the smallest plan takes {least.needed_bytes / 2**30:.1f} GiB. "
            f"{what_would_fit(others, task, free, item=item)}"
        )
        rows.append({"fits": False, "sentence": text, **asdict(least)})
    return {"memory": where, "plans": rows}


def cards_table() -> str:
    """What fits which card, the catalogue's models in rows, as a table for docs/models.md."""
    lines = [
        "| model | " + " | ".join(f"{card} GB" for card in CARDS_GB) + " |",
        "|---" * (1 + len(CARDS_GB)) + "|",
    ]
    for model, shapes, side_px in finders():
        cells = []
        for card in CARDS_GB:
            free, costs = card * 2**30 - LIBRARIES_BYTES, Costs(shapes)
            find, learn = (make_plan(costs, task, side_px, free) for task in ("locate", "learn"))
            found = f"find: {find.rows} × {find.chip_px} px" if find else "no"
            kept = " (checkpointing)" if learn and learn.checkpointing else ""
            learned = (
                f"learn: {learn.rows} × {learn.group_size} answers, {learn.chip_px} px{kept}"
                if learn
                else "—"
            )
            cells.append(f"{found}; {learned}")
        lines.append(f"| {model} | " + " | ".join(cells) + " |")
    return "\n".join(lines)


def _find(name: str) -> tuple[Shapes, int, int, bool]:
    """Shapes, chips, crops, and whether it is loaded in 4 bit."""
    here = [entry.spec for entry in list_models() if name in (entry.spec.name, _repository(entry))]
    if not here and Path(name).is_dir():
        here = [read_spec(name)]
    if here:
        shapes = read_shapes(here[0].path)
        if shapes is None:
            raise ModelError(
                f"The files of {name} don't tell its shapes. Get it again: `remotezero models get`."
            )
        return shapes, here[0].chip_px, here[0].crop_px, here[0].load_in_4bit
    offers = {offer.name: offer for offer in read_offers() if offer.shapes is not None}
    if name not in offers:
        raise InputError(f"There is no model {name[:80]!r}. `remotezero models list` lists what there is.")
    family = FAMILIES[offers[name].family]
    return {model: shapes for model, shapes, _ in finders()}[name], family.chip_px, family.crop_px, True


def _repository(entry: ModelEntry) -> str | None:
    return entry.origin.repository if entry.origin else None


def _free_on_card() -> float | None:
    """Free memory of the GPU, asked in a process of its own since a driver can take one down; None without one."""
    try:
        done = subprocess.run(
            [sys.executable, "-c", _FREE], capture_output=True, text=True, timeout=CHILD_S, check=True
        )
        free = float(json.loads(done.stdout))
    except (OSError, subprocess.SubprocessError, ValueError):
        return None
    return free if free > 0 else None
