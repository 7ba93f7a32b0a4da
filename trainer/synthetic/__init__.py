"""The drawn world: overhead scenes with exact boxes, questions about them, and shifted regions."""

from __future__ import annotations

from trainer.synthetic.asker import QuerySample, coarse_place
from trainer.synthetic.kinds import KINDS
from trainer.synthetic.palette import COLOURS
from trainer.synthetic.queries import QUERY_TYPES, make_queries
from trainer.synthetic.regions import REGIONS, Region
from trainer.synthetic.scene import Scene, SceneObject, render_scene, scene_rng
from trainer.synthetic.words import QUERY_WORDS, words_of

__all__ = [
    "COLOURS",
    "KINDS",
    "QUERY_TYPES",
    "QUERY_WORDS",
    "REGIONS",
    "QuerySample",
    "Region",
    "Scene",
    "SceneObject",
    "coarse_place",
    "make_queries",
    "render_scene",
    "scene_rng",
    "words_of",
]
