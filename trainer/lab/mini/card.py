"""The model card: figures as measured, and what the model can't do."""

from __future__ import annotations

from pathlib import Path
from typing import Any

TEMPLATE = """---
license: gpl-2.0
pipeline_tag: image-text-to-text
library_name: transformers
---
# RemoteZero mini

A Qwen3-VL architecture with every dimension shrunk ({parameters:.1f} million parameters, {megabytes:.1f} MB),
trained from nothing on drawn overhead scenes (`trainer/synthetic`), so that everything in RemoteZero can be
tried at once, offline and without a GPU. It is made by `make model` and measured by `make eval-model`; these
are the measured figures.

## At home: held-out drawn scenes, 4-bit
| figure | value |
|---|---|
| Acc@0.5, all query types with a target | {home[acc50]:.1%} |
| Acc@0.5, kind and colour queries | {home[acc50_kind_colour]:.1%} |
| mean IoU | {home[miou]:.3f} |
| verifier AUROC | {home[auroc]:.3f} |
| "none" answered where the target is absent | {home[absent_recall]:.1%} |
| "none" said where it is present | {home[false_absent]:.1%} |
| Acc@0.5 when boxes below a score of 0.5 are hidden | {home[shown_acc50]:.1%} |
| nothing shown above 0.5 where the target is absent | {home[shown_absent_recall]:.1%} |
| Acc@0.5 lost by 4-bit | {drop:+.1%} |
| seconds for one query on 512 x 512 pixels | {seconds} |

Several boxes are matched best first and the sum of their IoU divided by the larger count; IoU must exceed 0.5.

| query type | Acc@0.5 | queries |
|---|---|---|
{types}

## Regions: the same world seen by other sensors, in other seasons and places
The verifier's eye keeps up better than the policy's hand; that gap is what self-improvement lives on.

| region | Acc@0.5 | mean IoU | verifier AUROC | none, absent | none, present |
|---|---|---|---|---|---|
{regions}

## Real pictures
{real}

## What it can't do
- It knows {kinds} kinds of objects in drawn scenes and a vocabulary of a few hundred English words, which are
  listed in `remotezero.json`; a question that holds none of them is refused, and other words are passed over,
  which is said. It is a demonstration and a benchmark, not a detector to rely on: for real work choose a
  larger model.
- It sees 256 x 256 pixels at a time; objects under about 16 pixels are hard for it.
- Its reasoning is one short sentence, and it can be wrong.

## Licence
GPL-2.0-or-later, like the rest of the project. No picture that was not drawn by `trainer/synthetic` was used
in training.
"""


def write_card(folder: Path, report: dict[str, Any]) -> None:
    """Write ``README.md`` into the model folder from an evaluation report."""
    weights = folder / "model.safetensors"
    size = weights.stat().st_size
    row = (
        "| {0} | {1[acc50]:.1%} | {1[miou]:.3f} | {1[auroc]:.3f} "
        "| {1[absent_recall]:.1%} | {1[false_absent]:.1%} |"
    )
    airplanes = report["real_airplanes"]
    real = "Not measured on this machine."
    if airplanes:
        real = (
            '91 real pictures at 0.5 m (Airbus Aircraft Detection Sample Dataset, evaluation only), "the airplane": '
            f"Acc@0.5 {airplanes['acc50']:.1%}, mean IoU {airplanes['miou']:.3f}, verifier AUROC "
            f"{airplanes['auroc']:.3f}, none answered on {airplanes['absent_recall']:.1%} of the empty ones, "
            f"nothing shown above a score of 0.5 on {airplanes['shown_absent_recall']:.1%}."
        )
    text = TEMPLATE.format(
        parameters=size / 2e6,
        megabytes=size / 1e6,
        home=report["home"],
        drop=report["nf4_drop_acc50"],
        seconds=report["seconds_per_query"],
        types="\n".join(
            f"| {k} | {v['acc50']:.1%} | {v['queries']} |" for k, v in report["home"]["by_type"].items()
        ),
        regions="\n".join(row.format(name, figures) for name, figures in report["regions"].items()),
        real=real,
        kinds=report["kinds"],
    )
    (folder / "README.md").write_text(text, encoding="utf-8")
