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

from engine.catalogue.fitting import LIBRARIES_BYTES, Costs, smallest_plan
from engine.catalogue.footprint import Shapes
from engine.catalogue.offers import read_offers
from engine.files import write_atomic
from engine.language.families import FAMILIES
from tools.rooms import ROOT
from trainer.chips import HELD_OUT_SHARE, MAX_CHIPS
from trainer.config import RoundConfig, parse_request
from trainer.dataset import HELD_PAIRS
from trainer.lessons import SEARCHED
from trainer.search import GUESSES

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
CARD_BYTES = 24e9
PROMPT_TOKENS, ANSWER_TOKENS, CROP_TOKENS, LEARN_ANSWER_TOKENS = 1200, 120, 260, 160
FIND_ROWS, LEARN_ROWS = 2, 4
"""Answers that are written at once."""


@dataclass(frozen=True)
class Cost:
    """What a row takes on one 24 GB card: GB for finding and for learning, hours to evaluate and to train."""

    find_gb: float
    learn_gb: float
    evaluate_h: float
    train_h: float


@dataclass(frozen=True)
class Sized:
    """A row's model: its shapes, the side of its pictures, how its language model is held, and what a token passes."""

    shapes: Shapes
    picture_px: int
    bits: int
    active: int


def cost(recipe: dict[str, Any]) -> Cost:
    """The planner's memory, and hours by counting.

    This is the one place that knows where these figures come from.
    """
    model = _sized(recipe["row"])
    costs = Costs(model.shapes, load_in_4bit=model.bits == 4)
    find, learn = (
        smallest_plan(costs, task, model.picture_px).needed_bytes + LIBRARIES_BYTES
        for task in ("locate", "learn")
    )
    token_s = 2 * (model.active + model.shapes.embedding) / CARD_BYTES_S
    look_s = _reading_s(model, PROMPT_TOKENS) + _reading_s(model, CROP_TOKENS)
    question_s = look_s + ANSWER_TOKENS * token_s / FIND_ROWS
    write_s = LEARN_ANSWER_TOKENS * token_s / LEARN_ROWS + look_s / RoundConfig().group_size
    learn_s = 3 * _reading_s(model, PROMPT_TOKENS // RoundConfig().group_size + LEARN_ANSWER_TOKENS)
    times = 1 + recipe["train"]["rounds"] if "sweep" in recipe["evaluate"] else 1
    written, learned = _answers(recipe["train"]) if "train" in recipe else (0, 0)
    return Cost(
        find / 1e9,
        max(find, learn) / 1e9,
        times * QUESTIONS[recipe["row"]["dataset"]] * question_s / 3600,
        (written * write_s + learned * learn_s) / 3600,
    )


def _answers(train: dict[str, Any]) -> tuple[int, int]:
    """How many answers a row's training writes in all its rounds, and of how many it takes gradients."""
    request = parse_request({**train, "dataset": "."})
    pairs = round(MAX_CHIPS * (1 - HELD_OUT_SHARE))
    learned = request.steps * request.prompts * request.config.group_size
    searched = min(pairs, round(SEARCHED * request.steps * request.prompts)) * (1 + GUESSES)
    sides = 1 + 2 * (1 + GUESSES) if request.config.reward == "consensus" else 1
    return request.rounds * (searched + learned + HELD_PAIRS * sides), request.rounds * learned


def _sized(row: dict[str, Any]) -> Sized:
    """A row's model as the catalogue has it, or as its recipe says."""
    if "shapes" in row:
        shapes = Shapes(**row["shapes"])
        return Sized(shapes, row["picture_px"], row["bits"], row.get("active", shapes.language))
    offer = next(item for item in read_offers() if item.name == row["model"])
    if offer.shapes is None:
        raise SystemExit(f"The catalogue has no shapes of {offer.name}. Add them.")
    return Sized(offer.shapes, FAMILIES[offer.family].chip_px, 4, offer.shapes.language)


def _reading_s(model: Sized, tokens: int) -> float:
    return 2 * model.active * tokens / CARD_FLOPS


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
        rows.append(
            f"| {row['name']} | {row['dataset']} | {f'{published:.2f}' if published else ''} | "
            f"{_measured(taken.get(name))} | {_cost(cost(recipe))} | [{name}](recipes/{name}.toml) |"
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


def _cost(worked: Cost) -> str:
    if max(worked.find_gb, worked.learn_gb if worked.train_h else 0) * 1e9 > CARD_BYTES:
        raise SystemExit(f"{worked} does not fit a card of {CARD_BYTES / 1e9:.0f} GB: say so in the page.")
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
