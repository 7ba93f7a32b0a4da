"""Views of labelled pictures as training chips: another resolution, turn, light and quality each time."""

from __future__ import annotations

import io
import math
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
from PIL import Image, ImageEnhance, ImageFilter

from engine.types import Pixels, Xyxy
from trainer.lab.photos.kinds import COMMON
from trainer.lab.photos.paste import Cutout, cut_out, paste
from trainer.lab.photos.sets import OWN_SET, PSEUDO_SET, UCM_SETS, Photo
from trainer.lab.scenes.scene import SceneObject

SHARES: Mapping[str, float] = {
    "ucm_boxes": 0.2,
    OWN_SET: 0.32,
    PSEUDO_SET: 0.16,
    "ucmerced": 0.08,
    "urban_trees_naip": 0.2,
    "cars_kit_ais": 0.06,
    "sen2ships": 0.06,
    "aerial_maritime": 0.05,
    "naip_water_nd": 0.06,
    "neon_trees_sample": 0.01,
}
"""How often a view is of each set."""
TILES = (*UCM_SETS, OWN_SET)
"""Sets of tiles of one resolution, which may lie side by side."""
ZOOMS: Mapping[str, tuple[float, float]] = {
    "urban_trees_naip": (0.24, 0.45),
    "sen2ships": (0.28, 0.8),
    "cars_kit_ais": (0.5, 1.6),
    "aerial_maritime": (0.6, 1.5),
    "naip_water_nd": (0.5, 1.4),
    "neon_trees_sample": (0.5, 1.5),
}
"""Range of source pixels per chip pixel, set by set; ``_ZOOM`` for the others."""
_ZOOM = (0.55, 1.0)
LEAST_SEEN = 0.45
"""Share of an object that must be in view for it to count as there; less is neither there nor absent."""
LEAST_PX = 7.0
MOST_OBJECTS = 40
PASTED_SHARE, MANY_SHARE = 0.3, 0.25
PASTED = (
    "airplane",
    "storage tank",
    "tennis court",
    "baseball diamond",
    "car",
    "swimming pool",
    "boat",
    "bus",
)
GROUNDS = (
    "agricultural",
    "beach",
    "chaparral",
    "forest",
    "freeway",
    "golfcourse",
    "runway",
    "river",
    "parkinglot",
)


@dataclass(frozen=True)
class PhotoView:
    """A square chip of a real picture and what is known of it.

    Attributes:
        pixels: uint8, ``chip_px`` x ``chip_px`` x 3.
        objects: what is boxed in it.
        complete: kinds of which every object is among ``objects``.
        scene: scene class of the ground, "" where none is known.
        partial: kinds of which some are among ``objects`` and others may be missing.
    """

    pixels: Pixels
    objects: tuple[SceneObject, ...]
    complete: frozenset[str]
    scene: str
    partial: frozenset[str] = frozenset()

    def absent(self) -> list[str]:
        """Kinds that are surely not in view."""
        there = {o.kind for o in self.objects}
        return sorted(self.complete - there)


class ViewMaker:
    """Draws views from pictures.

    Args:
        photos: what to draw from.
        chip_px: side of the views.
    """

    def __init__(self, photos: Sequence[Photo], chip_px: int) -> None:
        self.photos, self._chip_px = photos, chip_px
        self._by_source: dict[str, list[Photo]] = {}
        for photo in photos:
            self._by_source.setdefault(photo.source, []).append(photo)
        self._sources = [source for source in SHARES if source in self._by_source]
        weights = np.array([SHARES[source] for source in self._sources])
        self._weights = weights / weights.sum()
        tiles = [p for source in TILES for p in self._by_source.get(source, ())]
        self._known = {kind: [p for p in tiles if kind in p.complete] for kind in sorted(COMMON)}
        self._showing = {
            kind: [p for p in known if any(o.kind == kind for o in p.objects)]
            for kind, known in self._known.items()
        }
        self._grounds = [p for p in self._by_source.get("ucmerced", ()) if p.scene in GROUNDS]
        self._pasted: dict[str, list[tuple[Photo, Xyxy]]] = {}
        for photo in photos:
            for o in photo.objects:
                if o.kind in PASTED and o.kind not in photo.partial and _clear(o.xyxy_px, photo):
                    self._pasted.setdefault(o.kind, []).append((photo, o.xyxy_px))

    def make(self, rng: np.random.Generator) -> PhotoView:
        """One view: of a picture, of several side by side, or of ground with objects of other pictures on it."""
        source = str(rng.choice(self._sources, p=self._weights))
        photos = self._by_source[source]
        kind = rng.random()
        if source in TILES and kind < MANY_SHARE:
            view = self._many(photos if source == OWN_SET else self._by_source.get("ucm_boxes", photos), rng)
        elif (
            source in ("ucm_boxes", "ucmerced")
            and self._grounds
            and self._pasted
            and kind < MANY_SHARE + PASTED_SHARE
        ):
            view = self._with_pasted(rng)
        else:
            view = self._of(photos[int(rng.integers(len(photos)))], rng, self._chip_px)
        turns, mirrored = int(rng.integers(4)), bool(rng.integers(2))
        view = turned_view(view, turns, mirrored)
        return replace(view, pixels=spoilt(view.pixels, rng))

    def _of(self, photo: Photo, rng: np.random.Generator, size: int) -> PhotoView:
        height, width = photo.pixels.shape[:2]
        low, high = ZOOMS.get(photo.source, _ZOOM)
        zoom = math.exp(rng.uniform(math.log(low), math.log(high)))
        side = min(self._chip_px * zoom, float(min(height, width)))
        x, y = rng.uniform(0, width - side + 1e-6), rng.uniform(0, height - side + 1e-6)
        if photo.objects and rng.random() < 0.75:
            x1, y1, x2, y2 = photo.objects[int(rng.integers(len(photo.objects)))].xyxy_px
            x = float(np.clip((x1 + x2) / 2 - rng.uniform(0.15, 0.85) * side, 0, width - side))
            y = float(np.clip((y1 + y2) / 2 - rng.uniform(0.15, 0.85) * side, 0, height - side))
        return window_view(photo, (x, y, x + side, y + side), size)

    def _many(self, photos: Sequence[Photo], rng: np.random.Generator) -> PhotoView:
        """Tiles side by side, two or four a side: what they show at a coarser resolution, and more of it.

        The first is one of ``photos``. Where it is known of a common kind how many it shows, the others are mostly
        tiles of which that is known as well.
        """
        tiles = int(rng.choice((2, 2, 4)))
        first = photos[int(rng.integers(len(photos)))]
        common = sorted(COMMON & {o.kind for o in first.objects} & first.complete)
        wanted = common[int(rng.integers(len(common)))] if common else ""
        chosen = [first]
        while len(chosen) < tiles * tiles:
            if wanted and rng.random() < 0.97:
                group = (self._showing if rng.random() < 0.6 else self._known)[wanted]
            else:
                source = "ucm_boxes" if rng.random() < 0.4 else "ucmerced"
                group = self._by_source.get(source) or self._by_source[self._sources[0]]
            chosen.append(group[int(rng.integers(len(group)))])
        side = self._chip_px // tiles
        pixels = np.empty((self._chip_px, self._chip_px, 3), np.uint8)
        objects: list[SceneObject] = []
        complete = known = first.complete
        for place, photo in enumerate(chosen):
            part = self._of(photo, rng, side)
            top, left = place // tiles * side, place % tiles * side
            pixels[top : top + side, left : left + side] = part.pixels
            objects += [_moved(o, left, top) for o in part.objects]
            complete, known = complete & part.complete, known & photo.complete
        kept = tuple(o for o in objects if o.kind not in COMMON or o.kind in known)
        return PhotoView(pixels, kept, complete, "")

    def _with_pasted(self, rng: np.random.Generator) -> PhotoView:
        ground = self._of(self._grounds[int(rng.integers(len(self._grounds)))], rng, self._chip_px)
        pixels, objects = ground.pixels.copy(), list(ground.objects)
        kind = str(rng.choice(sorted(self._pasted)))
        scale = math.exp(rng.uniform(math.log(0.3), math.log(1.6)))
        for _ in range(int(rng.integers(1, 6))):
            photo, box = self._pasted[kind][int(rng.integers(len(self._pasted[kind])))]
            piece: Cutout = cut_out(photo.pixels, box, scale, int(rng.integers(4)), bool(rng.integers(2)))
            placed = paste(pixels, piece, [o.xyxy_px for o in objects], rng)
            if placed is not None and max(placed[2] - placed[0], placed[3] - placed[1]) >= LEAST_PX:
                objects.append(_object(kind, placed))
        if rng.random() < 0.5:
            # Pieces of bare ground, pasted the same way: the seam must not give an object away.
            other = self._grounds[int(rng.integers(len(self._grounds)))]
            side = float(rng.uniform(20, 90))
            x, y = rng.uniform(0, min(other.pixels.shape[:2]) - side, 2)
            paste(pixels, cut_out(other.pixels, (x, y, x + side, y + side), 1.0, 0, False),
                  [o.xyxy_px for o in objects], rng)  # fmt: skip
        return PhotoView(pixels, tuple(objects), ground.complete, ground.scene)


def window_view(photo: Photo, window_px: Xyxy, size: int) -> PhotoView:
    """A square window of a picture at ``size`` pixels, with the boxes that are in it.

    Kinds of which a part too small to be told is in view, or too small a thing, are taken off ``complete``.
    """
    left, top, right, _ = window_px
    scale = size / (right - left)
    image = Image.fromarray(photo.pixels)
    pixels = np.asarray(
        image.resize((size, size), Image.Resampling.BILINEAR, box=window_px, reducing_gap=None)
    )
    objects: list[SceneObject] = []
    unsure: set[str] = set()
    for o in photo.objects:
        x1, y1, x2, y2 = ((v - o_) * scale for v, o_ in zip(o.xyxy_px, (left, top, left, top), strict=True))
        box = (max(x1, 0.0), max(y1, 0.0), min(x2, float(size)), min(y2, float(size)))
        if box[2] <= box[0] or box[3] <= box[1]:
            continue
        seen = (box[2] - box[0]) * (box[3] - box[1]) / max((x2 - x1) * (y2 - y1), 1e-6)
        # Of a thing larger than the window a part is still a thing: water goes on beyond every edge.
        if (seen >= LEAST_SEEN or o.kind == "water") and max(box[2] - box[0], box[3] - box[1]) >= LEAST_PX:
            objects.append(_object(o.kind, box))
        else:
            unsure.add(o.kind)
    return PhotoView(pixels, tuple(objects), photo.complete - unsure, photo.scene, photo.partial)


def turned_view(view: PhotoView, quarter_turns: int, mirrored: bool) -> PhotoView:
    """The view rotated counter-clockwise by quarter turns and then mirrored left to right."""
    size = view.pixels.shape[0]
    objects = tuple(
        _object(o.kind, turned_box(o.xyxy_px, size, quarter_turns, mirrored)) for o in view.objects
    )
    pixels = turned_pixels(view.pixels, quarter_turns, mirrored)
    return replace(view, pixels=pixels, objects=objects)


_TURNS = (None, Image.Transpose.ROTATE_90, Image.Transpose.ROTATE_180, Image.Transpose.ROTATE_270)


def turned_pixels(pixels: Pixels, quarter_turns: int, mirrored: bool) -> Pixels:
    """A picture rotated counter-clockwise by quarter turns and then mirrored left to right."""
    image = Image.fromarray(pixels)
    turn = _TURNS[quarter_turns % 4]
    image = image if turn is None else image.transpose(turn)
    return np.asarray(image.transpose(Image.Transpose.FLIP_LEFT_RIGHT) if mirrored else image)


def turned_box(box: Xyxy, size: int, quarter_turns: int, mirrored: bool) -> Xyxy:
    """A box of a square picture of this size, after the same turn as its pixels."""
    x1, y1, x2, y2 = box
    for _ in range(quarter_turns % 4):
        x1, y1, x2, y2 = y1, size - x2, y2, size - x1
    return (size - x2, y1, size - x1, y2) if mirrored else (x1, y1, x2, y2)


def spoilt(pixels: Pixels, rng: np.random.Generator) -> Pixels:
    """The picture under another light and through a worse sensor: colour, haze, blur, noise, compression."""
    image = Image.fromarray(pixels)
    curves = np.tile(np.arange(256) / 255, (3, 1))
    if rng.random() < 0.8:
        image = ImageEnhance.Color(image).enhance(float(rng.uniform(0.6, 1.3)))
        curves = (curves - 0.45) * rng.uniform(0.75, 1.3) + 0.45 + rng.normal(0, 0.05)
        tint = np.exp(rng.normal(0, 0.06, (3, 1)))
        curves = np.clip(curves * tint, 0, 1) ** math.exp(rng.normal(0, 0.2))
    if rng.random() < 0.2:
        haze = rng.uniform(0.05, 0.4)
        curves = curves * (1 - haze) + haze * np.array([[0.78], [0.8], [0.82]])
    image = image.point(np.clip(curves * 255, 0, 255).astype(np.uint8).ravel().tolist())
    if rng.random() < 0.3:
        noise = rng.standard_normal(pixels.shape, np.float32) * np.float32(rng.uniform(1.3, 7.6))
        image = Image.fromarray(np.clip(np.asarray(image) + noise, 0, 255).astype(np.uint8))
    if rng.random() < 0.25:
        image = image.filter(ImageFilter.GaussianBlur(float(rng.uniform(0.4, 1.2))))
    if rng.random() < 0.3:
        buffer = io.BytesIO()
        image.save(buffer, "JPEG", quality=int(rng.integers(35, 90)))
        image = Image.open(buffer)
    return np.asarray(image)


def counts(view: PhotoView) -> Counter[str]:
    """How many of each kind are boxed in a view."""
    return Counter(o.kind for o in view.objects)


def _object(kind: str, box: Xyxy) -> SceneObject:
    return SceneObject(kind, None, box, 0.0, max(box[2] - box[0], box[3] - box[1]))


def _moved(o: SceneObject, dx: float, dy: float) -> SceneObject:
    x1, y1, x2, y2 = o.xyxy_px
    return _object(o.kind, (x1 + dx, y1 + dy, x2 + dx, y2 + dy))


def _clear(box: Xyxy, photo: Photo) -> bool:
    """Whether an object lies whole inside its picture, so that what is cut out is all of it."""
    height, width = photo.pixels.shape[:2]
    return box[0] > 3 and box[1] > 3 and box[2] < width - 3 and box[3] < height - 3
