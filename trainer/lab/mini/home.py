"""``python -m trainer.lab.mini.home``: what the shipped model can do at home, as questions with their answers.

Drawn places of their own: no training draws from the test sequence, and the evaluation does not reach so far into
it. The answers are those of the drawing, so the set stays as it is when the weights change; it is made anew when
the drawn world or its words do.
"""

from __future__ import annotations

import argparse
from pathlib import Path

from engine.types import Pixels, Xyxy
from trainer.home import FOLDER, HomePair, write_home
from trainer.lab.mini.data import QUERY_MIX
from trainer.lab.scenes import make_queries, render_scene, scene_rng

FIRST = 700_000
"""Where in the test sequence the set begins."""
SCENES = 96
QUERIES_PER_SCENE = 4


def draw_home(scenes: int = SCENES) -> tuple[list[Pixels], list[HomePair]]:
    """Drawn pictures and the questions about them, with all their boxes."""
    pictures, pairs = [], []
    for number in range(scenes):
        rng = scene_rng("home", "test", FIRST + number)
        scene = render_scene(rng)
        pictures.append(scene.pixels)
        asked = make_queries(scene, rng, n=QUERIES_PER_SCENE, types=QUERY_MIX)
        absent = make_queries(scene, rng, n=1, types=("absent",))
        for sample in {sample.text: sample for sample in (*asked, *absent)}.values():
            pairs.append(HomePair(number, sample.text, tuple(_tenths(box) for box in sample.boxes_px)))
    return pictures, pairs


def _tenths(box: Xyxy) -> Xyxy:
    x0, y0, x1, y1 = (round(float(value), 1) for value in box)
    return x0, y0, x1, y1


def main() -> None:
    """Write the set into a model's folder."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument(
        "--model", type=Path, default=Path("resources/models/mini"), help="the model's folder"
    )
    parser.add_argument("--scenes", type=int, default=SCENES)
    arguments = parser.parse_args()
    write_home(arguments.model / FOLDER, *draw_home(arguments.scenes))


if __name__ == "__main__":
    main()
