"""The drawn world: overhead scenes with exact boxes, questions about them, and shifted regions."""

from __future__ import annotations

from trainer.lab.scenes.asker import QuerySample, coarse_place
from trainer.lab.scenes.kinds import KINDS
from trainer.lab.scenes.palette import COLOURS
from trainer.lab.scenes.queries import QUERY_TYPES, make_queries
from trainer.lab.scenes.regions import REGIONS, Region
from trainer.lab.scenes.scene import DrawnScene, SceneObject, render_scene, scene_rng
from trainer.lab.scenes.words import KNOWN_WORDS, QUERY_WORDS, words_of

__all__ = [
    "COLOURS",
    "KINDS",
    "KNOWN_WORDS",
    "QUERY_TYPES",
    "QUERY_WORDS",
    "REGIONS",
    "DrawnScene",
    "QuerySample",
    "Region",
    "SceneObject",
    "coarse_place",
    "make_queries",
    "render_scene",
    "scene_rng",
    "words_of",
]
