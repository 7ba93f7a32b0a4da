"""The model card: figures as measured, and what the model can't do."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from trainer.lab.mini.measure_drawn import drawn_table
from trainer.lab.mini.measure_photos import table

TEMPLATE = """---
license: gpl-2.0
pipeline_tag: image-text-to-text
library_name: transformers
---
# RemoteZero mini

A Qwen3-VL architecture with every dimension shrunk ({parameters:.1f} million parameters, {megabytes:.1f} MB),
trained from nothing on drawn overhead scenes (`trainer/lab/scenes`) and then on real pictures as well, so that
everything in RemoteZero can be tried at once, offline and without a GPU. It is made by `make model` and measured
by `make eval-model`; these are the measured figures.

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

### Drawn scenes, kind by kind
{drawn}

## Regions: the same world seen by other sensors, in other seasons and places
The verifier's eye keeps up better than the policy's hand; that gap is what self-improvement lives on.

| region | Acc@0.5 | mean IoU | verifier AUROC | none, absent | none, present |
|---|---|---|---|---|---|
{regions}

## Real pictures
{photos}

{real}

## What it can't do
- It knows {kinds} kinds of objects and a vocabulary of a few hundred English words, which are listed in
  `remotezero.json` with the synonyms that are put into them, in English and five other languages; a question
  that holds none of them is refused, and other words are passed over, which is said. Kinds that are not in the
  table of real pictures it has seen in drawings only, and what it finds of them on real ones nobody has measured; of
  those marked "not drawn" it has seen real pictures only. Those marked "tried" it was shown in real pictures, finds too
  seldom or was never measured on, and is not said to know. It is a demonstration and a benchmark, not a detector to
  rely on: for real work choose a larger model.
- It sees 256 x 256 pixels at a time; objects under about 16 pixels are hard for it.
- Its reasoning is one short sentence, and it can be wrong.

## Licence
GPL-2.0-or-later, like the rest of the project. Beside drawn scenes, these pictures were learned from:

| set | licence | attribution |
|---|---|---|
{sources}

The vision tower also learned to foretell features of EfficientNet-Lite0 with ImageNet weights (Apache-2.0).
"""


_USGS = "USGS; Yi Yang and Shawn Newsam, ACM GIS 2010"
SOURCES: dict[str, tuple[str, str, str]] = {
    "ucmerced": ("UC Merced Land Use", "US public domain; classes for research, to be cited", _USGS),
    "ucm_boxes": ("boxes on these, made by this project", "as above", _USGS),
    "ucm_own": ("further boxes on these, made by this project", "as above", _USGS),
    "urban_trees_naip": (
        "urban tree detection",
        "CC BY 4.0, imagery US public domain",
        "Ventura et al. 2024, JAG 130:103848; NAIP imagery USDA",
    ),
    "cars_kit_ais": ("KIT AIS cars", "CC BY 3.0", '"KIT AIS Data Set" (via jekhor/aerial-cars-dataset)'),
    "sen2ships": (
        "sen2ships",
        "MIT, imagery free with attribution",
        "ShipDetectionExperts; contains modified Copernicus Sentinel data 2022-2023",
    ),
    "aerial_maritime": ("Aerial Maritime Drone", "MIT", "Jacob Solawetz / Roboflow"),
    "neon_trees_sample": ("NEON tree sample", "MIT", "Weecology / NEON"),
    "naip_water_nd": ("NAIP water, North Dakota", "MIT, imagery US public domain", "USDA NAIP; Qiusheng Wu"),
}
"""Of every set that is learned from: its name, licence and attribution."""


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
    photos, drawn = report.get("photos"), report.get("drawn")
    text = TEMPLATE.format(
        photos=_of_photos(photos) if photos else "Kinds were not measured on this machine.",
        drawn=_of_drawings(drawn) if drawn else "Kinds were not measured on this machine.",
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
        sources="\n".join(f"| {' | '.join(row)} |" for row in SOURCES.values()),
    )
    (folder / "README.md").write_text(text, encoding="utf-8")


def _of_drawings(drawn: dict[str, Any]) -> str:
    return (
        'Held-out scenes of home with a kind, and as many without, asked for all of it ("all airplanes" and so '
        "on), 4-bit. Found: objects that a box overlaps with an IoU above 0.5, whatever its score; recall and "
        "precision of what scores 0.5 or more, and the share of scenes without the kind on which nothing does. "
        "Nobody knows how much of it holds on real pictures.\n\n"
        "| kind | found | recall | precision | silence | objects | scenes without |\n"
        "|---|---|---|---|---|---|---|\n"
        f"{drawn_table(drawn)}"
    )


def _number(value: float | None, digits: str) -> str:
    return "not measured" if value is None else format(value, digits)


def _of_photos(photos: dict[str, Any]) -> str:
    rows = table(photos)
    return (
        'Places that were never trained on, searched as the engine does ("all airplanes" and so on), 4-bit; recall '
        "and precision of what scores 0.5 or more, and the share of pictures without the kind on which nothing "
        "does. Where there is one place, pictures follow each other along a shore, a road or a list of tiles. "
        f" Mean AP50 of the first nine {_number(photos['ap50'], '.2f')}, silence {_share(photos['quiet'])}, expected "
        f"calibration error {_number(photos['ece'], '.3f')}.\n\n"
        "| kind | AP50 | recall | precision | silence | boxes | pictures without | places |\n"
        "|---|---|---|---|---|---|---|---|\n"
        f"{rows}"
    )


def _share(value: float | None) -> str:
    return "-" if value is None else f"{value:.1%}"
