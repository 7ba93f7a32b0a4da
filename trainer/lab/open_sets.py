"""The sets that the open questions are asked about: drawn scenes, radar and languages, and real held-out pictures."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import rasterio
from PIL import Image

from engine.files import write_atomic
from engine.types import Xyxy
from trainer.lab.mini.data import QUERY_MIX
from trainer.lab.mini.synonyms import asked_in
from trainer.lab.photos import PLURALS, Photo, load_photos
from trainer.lab.scenes import DrawnScene, make_queries, render_scene, scene_rng

SCENE_TYPES: Mapping[str, str] = {
    "town": "urban", "industry": "urban", "airfield": "urban", "park": "forest", "farmland": "fields",
    "desert": "desert", "harbour": "coast", "coast": "coast", "sea": "coast", "river": "coast",
    "forest": "forest", "chaparral": "desert", "beach": "coast", "harbor": "coast", "agricultural": "fields",
    "golfcourse": "forest", "airplane": "urban", "runway": "urban", "storagetanks": "urban", "tenniscourt": "urban",
    "baseballdiamond": "urban", "freeway": "urban", "parkinglot": "urban",
}  # fmt: skip
"""Grounds of the drawn world, and scene classes of real tiles, as the four of the question and fields."""
LANGUAGE_KINDS = ("ship", "airplane", "building", "storage tank", "swimming pool")


def draw_set(folder: Path, count: int) -> list[DrawnScene]:
    """Held-out scenes of home as a set of questions on disk; two questions a scene."""
    scenes, lines = [], []
    for index in range(count):
        rng = scene_rng("home", "test", index)
        scene = render_scene(rng)
        samples = make_queries(scene, rng, n=2, types=QUERY_MIX)
        lines += [line_of(f"{index}.png", s.text, s.boxes_px, s.type, scene) for s in samples]
        save(folder / f"{index}.png", scene)
        scenes.append(scene)
    write_lines(folder, lines)
    return scenes


def line_of(
    image: str, text: str, boxes: Sequence[Xyxy], type_: str, scene: DrawnScene, language: str = "English"
) -> dict[str, Any]:
    """A question about a drawn scene as one line of the set."""
    return {
        "image": image, "query": text, "boxes": [list(box) for box in boxes], "type": type_, "language": language,
        "class": SCENE_TYPES.get(scene.theme, scene.theme), "gsd_m": scene.gsd_m, "place": image,
    }  # fmt: skip


def draw_languages(folder: Path, count: int) -> None:
    """The question about all of a kind, over scenes that show the kind, in every language that has a word for it."""
    lines = []
    for number in range(count):
        kind = LANGUAGE_KINDS[number % len(LANGUAGE_KINDS)]
        scene = render_scene(scene_rng("home", "test", 5_000 + number), kinds=[kind], n_objects=2)
        boxes = [item.xyxy_px for item in scene.objects if item.kind == kind]
        save(folder / f"{number}.png", scene)
        for language, text in {"English": f"all {PLURALS[kind]}", **asked_in(kind)}.items():
            lines.append(line_of(f"{number}.png", text, boxes, "plural", scene, language))
    write_lines(folder, lines)


def draw_radar(folder: Path, count: int) -> None:
    """Scenes as a radar with one look would record brightness: complex values whose magnitude is speckled.

    Brightness squared is the mean power, each pixel a circular Gaussian number of that power; nothing else of a radar
    (layover, double bounce) is drawn.
    """
    lines = []
    folder.mkdir(parents=True, exist_ok=True)
    for index in range(count):
        rng = scene_rng("home", "test", 7_000 + index)
        scene = render_scene(rng)
        samples = make_queries(scene, rng, n=2, types=("kind", "plural", "absent"))
        grey = scene.pixels.mean(axis=2) / 255
        noise = rng.normal(size=(2, *grey.shape)) / np.sqrt(2)
        values = (grey * (noise[0] + 1j * noise[1]) * 1000).astype(np.complex64)
        about = {"driver": "GTiff", "width": grey.shape[1], "height": grey.shape[0], "count": 1}
        with rasterio.open(folder / f"{index}.tif", "w", dtype="complex64", **about) as file:
            file.write(values, 1)
        lines += [line_of(f"{index}.tif", s.text, s.boxes_px, s.type, scene) for s in samples]
    write_lines(folder, lines)


def real_set(folder: Path, photos: Path, most: int) -> bool:
    """Real pictures of held-out places, as many of each set, that say where they lie; False where there are none."""
    if not photos.is_dir():
        return False
    by_set: dict[str, list[Photo]] = {}
    for photo in load_photos(photos, "test"):
        if photo.complete:
            by_set.setdefault(photo.source, []).append(photo)
    share = max(1, most // max(len(by_set), 1))
    kept = [
        every[int(i)]
        for every in by_set.values()
        for i in np.linspace(0, len(every) - 1, min(share, len(every)))
    ]
    write_lines(folder, [photo_line(photo) for photo in dict.fromkeys(kept)])
    return True


def photo_line(photo: Photo) -> dict[str, Any]:
    """A labelled picture as one line of the set."""
    boxes = [{"xyxy": list(o.xyxy_px), "label": o.kind} for o in photo.objects]
    return {
        "image": str(photo.path.resolve()), "boxes": boxes, "gsd_m": photo.gsd_m,
        "class": SCENE_TYPES.get(photo.scene, ""),
        "place": f"{photo.source} {photo.place}", "complete_for": sorted(photo.complete),
    }  # fmt: skip


def save(path: Path, scene: DrawnScene) -> None:
    """The picture of a scene."""
    path.parent.mkdir(parents=True, exist_ok=True)
    Image.fromarray(scene.pixels).save(path)


def write_lines(folder: Path, lines: Sequence[Mapping[str, Any]]) -> None:
    """The lines of a set."""
    folder.mkdir(parents=True, exist_ok=True)
    write_atomic(folder / "labels.jsonl", "".join(json.dumps(line) + "\n" for line in lines))
