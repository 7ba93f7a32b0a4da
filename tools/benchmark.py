"""Writes docs/benchmark.md: the published figures beside ours, from the recipes and from reports that were taken in.

    python -m tools.benchmark                            # write the page again
    python -m tools.benchmark --take consensus=runs/consensus/report.json --card "RTX 3090"

A taken report's figure goes to docs/benchmark.json with its date and the card, and from there into the page.
"""

from __future__ import annotations

import argparse
import json
import time
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from engine.catalogue.footprint import Shapes
from engine.catalogue.models import catalogue_json
from engine.catalogue.offers import read_offers
from engine.files import write_atomic
from tools.rooms import ROOT

RECIPES, PAGE, TAKEN = (
    ROOT / "docs" / "recipes",
    ROOT / "docs" / "benchmark.md",
    ROOT / "docs" / "benchmark.json",
)
BEGIN, END = "<!-- made by tools/benchmark.py -->\n", "<!-- end -->"
ONLY_PUBLISHED = (
    ("LLaVA-1.5", "VRSBench referring, val", 36.3),
    ("MiniGPT-v2", "VRSBench referring, val", 35.8),
    ("GPT-4V", "VRSBench referring, val", 5.1),
)
"""Rows of the published comparison for which there is no recipe: serve the model, or bring its answers."""
QUESTIONS = {"EarthReason, test": 1928, "VRSBench referring, val": 16159}
CARD_BYTES_S, CARD_FLOPS = 936e9 * 0.5, 71e12 * 0.4
"""A 24 GB card of 2020 at what is reached in practice: half its bandwidth, two fifths of its arithmetic."""
PROMPT_TOKENS, ANSWER_TOKENS, CROP_TOKENS, LEARN_ANSWER_TOKENS = 1200, 120, 260, 160
FIND_ROWS, LEARN_ROWS = 2, 4
"""Answers that are written at once."""
ROUND_PAIRS, ROUND_ANSWERS, ROUND_STEPS, STEP_ANSWERS = 300, 8, 20, 128


@dataclass(frozen=True)
class Cost:
    """What a row takes on one 24 GB card: GB for finding and for learning, hours to evaluate and to train."""

    find_gb: float
    learn_gb: float
    evaluate_h: float
    train_h: float


def cost(model: str, questions: int, rounds: int) -> Cost | None:
    """The planner's memory, and hours by counting; None for a model that the catalogue does not have.

    This is the one place that knows where these figures come from.
    """
    offer = next((item for item in read_offers() if item.name == model), None)
    if offer is None or offer.shapes is None:
        return None
    memory = next(row for row in catalogue_json() if row["name"] == model)
    token_s = (2 * offer.shapes.language + 2 * offer.shapes.embedding) / CARD_BYTES_S
    look_s = _reading_s(offer.shapes, PROMPT_TOKENS) + _reading_s(offer.shapes, CROP_TOKENS)
    question_s = look_s + ANSWER_TOKENS * token_s / FIND_ROWS
    answers = ROUND_PAIRS * ROUND_ANSWERS + ROUND_STEPS * STEP_ANSWERS
    write_s = LEARN_ANSWER_TOKENS * token_s / LEARN_ROWS + look_s / ROUND_ANSWERS
    learn_s = 3 * _reading_s(offer.shapes, PROMPT_TOKENS // ROUND_ANSWERS + LEARN_ANSWER_TOKENS)
    round_s = answers * write_s + ROUND_STEPS * STEP_ANSWERS * learn_s
    return Cost(
        memory["memory_bytes"] / 1e9,
        memory["memory_learning_bytes"] / 1e9,
        questions * question_s / 3600,
        rounds * round_s / 3600,
    )


def _reading_s(shapes: Shapes, tokens: int) -> float:
    return 2 * shapes.language * tokens / CARD_FLOPS


def recipes() -> Iterator[tuple[str, dict[str, Any]]]:
    """Every recipe by the name of its file."""
    for path in sorted(RECIPES.glob("*.toml")):
        yield path.stem, tomllib.loads(path.read_text(encoding="utf-8"))


def page() -> str:
    """The document with its table and its notes on rows made anew; the rest of it is written by hand."""
    taken = json.loads(TAKEN.read_text(encoding="utf-8")) if TAKEN.is_file() else {}
    rows, notes = [], []
    for name, recipe in recipes():
        row = recipe["row"]
        published = row.get("published", {}).get("acc@0.5")
        worked = cost(
            row.get("model", ""), QUESTIONS[row["dataset"]], recipe.get("train", {}).get("rounds", 0)
        )
        rows.append(
            f"| {row['name']} | {row['dataset']} | {f'{published:.2f}' if published else ''} | "
            f"{_measured(taken.get(name))} | {_cost(worked)} | [{name}](recipes/{name}.toml) |"
        )
        if row.get("note"):
            notes.append(f"- **{row['name']}**: {row['note']}")
    rows += [f"| {name} | {dataset} | {figure:.2f} | | | |" for name, dataset, figure in ONLY_PUBLISHED]
    head = [
        "| row | set | published | measured here | on one 24 GB card | recipe |",
        "|---|---|---|---|---|---|",
    ]
    parts = PAGE.read_text(encoding="utf-8").split(BEGIN)
    told = [part.partition(END)[2] for part in parts[1:]]
    made = ("\n".join([*head, *rows]), "\n".join(notes))
    return parts[0] + "".join(f"{BEGIN}{new}\n{END}{rest}" for new, rest in zip(made, told, strict=True))


def _measured(taken: dict[str, Any] | None) -> str:
    if taken is None:
        return ""
    low, high = taken["low"], taken["high"]
    spread = "" if low is None else f" ({100 * low:.1f} to {100 * high:.1f})"
    return f"{100 * taken['value']:.2f}{spread}, {taken['card']}, {taken['date']}"


def _cost(worked: Cost | None) -> str:
    if worked is None:
        return ""
    learn = f", learn {worked.learn_gb:.0f} GB, {worked.train_h:.0f} h" if worked.train_h else ""
    return f"find {worked.find_gb:.0f} GB, {worked.evaluate_h:.1f} h{learn}"


def take(what: str, card: str) -> None:
    """Put a report's Acc@0.5 into docs/benchmark.json."""
    name, _, file = what.partition("=")
    if name not in dict(recipes()):
        raise SystemExit(f"There is no recipe {name!r}. There are {', '.join(dict(recipes()))}.")
    report = json.loads(Path(file).read_text(encoding="utf-8"))
    if "rows" in report:
        report = report["rows"][-1]
    figure = report["figures"]["acc@0.5"]
    known = json.loads(TAKEN.read_text(encoding="utf-8")) if TAKEN.is_file() else {}
    known[name] = {**figure, "card": card, "date": time.strftime("%Y-%m-%d")}
    write_atomic(TAKEN, json.dumps(known, indent=1, sort_keys=True) + "\n")


def main() -> None:
    """Take reports in, and write the page."""
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    arguments.add_argument("--take", action="append", default=[], metavar="RECIPE=REPORT.json")
    arguments.add_argument("--card", default="a card that was not named")
    chosen = arguments.parse_args()
    for what in chosen.take:
        take(what, chosen.card)
    write_atomic(PAGE, page())


if __name__ == "__main__":
    main()
