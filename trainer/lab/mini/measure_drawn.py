"""How well a model finds each kind of the drawn world, at home.

"all …s" is asked of held-out scenes that hold a kind and of as many that don't, and measured as real pictures are
(:mod:`trainer.lab.mini.measure_photos`).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from PIL import Image

from engine.evaluate.cases import Cases, cases_of
from engine.evaluate.samples import Conventions, Sample
from engine.model.loaded import LoadedModel
from trainer.lab.mini.measure_photos import cases_about, evenly, figures
from trainer.lab.photos.kinds import ALL_KINDS, PLURALS
from trainer.lab.scenes import KINDS, DrawnScene, render_scene, scene_rng

SCENES = 600
"""Held-out scenes of home from which those with and without a kind are taken."""
MOST = 40
"""Of either."""
ANY_SCORE = Conventions(shown_from=0.0)


def measure_drawn(model: LoadedModel, scenes: int = SCENES, most: int = MOST) -> dict[str, dict[str, Any]]:
    """Figures of every drawn kind, by its name; see :func:`of_cases`.

    Scenes are searched at their own resolution, as in the other figures of the drawn world.

    Args:
        model: policy and verifier as they are set.
        scenes: how many of the first held-out scenes are drawn.
        most: scenes with a kind, and as many without, that are asked about it.
    """
    drawn = [render_scene(scene_rng("home", "test", index)) for index in range(scenes)]
    with TemporaryDirectory() as folder:
        pictures = [Path(folder) / f"{index}.png" for index in range(scenes)]
        for path, scene in zip(pictures, drawn, strict=True):
            Image.fromarray(scene.pixels).save(path)
        return {
            kind: of_cases(cases_about(model, samples_of(kind, drawn, pictures, most)))
            for kind in sorted(KINDS)
        }


def samples_of(kind: str, scenes: Sequence[DrawnScene], pictures: Sequence[Path], most: int) -> list[Sample]:
    """Questions about a kind over the scenes that hold it, and over as many that are sure to be without it."""
    true = [tuple(o.xyxy_px for o in scene.objects if o.kind == kind) for scene in scenes]
    there = evenly([index for index, boxes in enumerate(true) if boxes], most)
    free = [index for index, s in enumerate(scenes) if not true[index] and kind not in s.clutter_kinds]
    return [
        Sample(f"{index}", str(pictures[index]), f"all {PLURALS[kind]}", true[index], kind, f"{index}")
        for index in [*there, *evenly(free, len(there) or most)]
    ]


def of_cases(cases: Cases) -> dict[str, Any]:
    """What is told of a kind.

    ``found`` is the share of its objects that a box overlaps with an IoU above 0.5, whatever its score; ``recall``,
    ``precision`` and ``quiet`` (nothing shown where the kind is not) are those of boxes with a score of 0.5 or more.
    None is what could not be measured.
    """
    told = figures(cases)
    answers = {item.sample.key: item.answer for item in cases.items}
    every = figures(cases_of([item.sample for item in cases.items], answers, ANY_SCORE))
    kept = ("recall", "precision", "quiet", "boxes", "pictures", "without")
    return {"found": every["recall"], **{name: told[name] for name in kept}}


def drawn_table(drawn: Mapping[str, Mapping[str, Any]]) -> str:
    """Every kind as a line of a Markdown table, by name; of some there are no drawings."""

    def share(value: float | None) -> str:
        return "-" if value is None else f"{value:.0%}"

    rows = []
    for kind in sorted(ALL_KINDS):
        k = drawn.get(kind)
        if k is None:
            rows.append(f"| {kind} | not drawn | - | - | - | - | - |")
            continue
        shares = " | ".join(share(k[name]) for name in ("found", "recall", "precision", "quiet"))
        rows.append(f"| {kind} | {shares} | {k['boxes']} in {k['pictures']} | {k['without']} |")
    return "\n".join(rows)
