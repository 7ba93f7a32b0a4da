from __future__ import annotations

from dataclasses import replace
from functools import cache
from itertools import combinations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine.errors import InputError
from trainer.lab.scenes import COLOURS, KINDS, REGIONS, render_scene, scene_rng
from trainer.lab.scenes.kinds import BY_NAME
from trainer.lab.scenes.landscape import Landscape
from trainer.lab.scenes.placing import Placed
from trainer.lab.scenes.scene import THEMES
from trainer.lab.scenes.stamping import VISIBLE_ALPHA, stamp


@cache
def drawn(index):
    return render_scene(scene_rng("home", "test", index))


def iou(a, b):
    width, height = min(a[2], b[2]) - max(a[0], b[0]), min(a[3], b[3]) - max(a[1], b[1])
    if width <= 0 or height <= 0:
        return 0.0
    areas = [(c[2] - c[0]) * (c[3] - c[1]) for c in (a, b)]
    return width * height / (sum(areas) - width * height)


def alpha_of(kind, angle_deg, size_px, seed, x_px=64.0, y_px=64.0):
    """The drawn object's opacity, recovered from what it does to black and to white ground."""
    flat = replace(BY_NAME[kind], height_m=0.0)
    aspect = sum(flat.aspect) / 2
    results, box = [], None
    for grey in (0, 255):
        ground = Landscape(np.random.default_rng(seed), REGIONS["home"], 128, 1.0)
        ground.image.paste((grey,) * 3, (0, 0, 128, 128))
        colour = flat.colours[0] if flat.colours else None
        reach = (0.0, 0.0, 128.0, 128.0)
        box = stamp(ground, Placed(flat, colour, x_px, y_px, size_px, aspect, angle_deg, reach), 1.0)
        results.append(np.asarray(ground.image).astype(int))
    return 255 - (results[1] - results[0]).mean(-1), box


@pytest.mark.parametrize("kind", KINDS)
@settings(max_examples=4)
@given(angle_deg=st.floats(0, 360), seed=st.integers(0, 1000), x_px=st.floats(20, 110))
def test_a_box_is_the_tight_frame_of_what_is_drawn(kind, angle_deg, seed, x_px):
    alpha, box = alpha_of(kind, angle_deg, max(44.0, BY_NAME[kind].min_px), seed, x_px=x_px)
    rows, columns = np.nonzero(alpha >= VISIBLE_ALPHA - 3)
    assert box is not None
    assert np.abs(np.subtract(box, (columns.min(), rows.min(), columns.max() + 1, rows.max() + 1))).max() <= 1


@pytest.mark.parametrize("kind", KINDS)
def test_an_object_is_as_long_as_it_says(kind):
    alpha, box = alpha_of(kind, 0.0, 80.0, 3)
    assert box is not None
    length = max(box[2] - box[0], box[3] - box[1])
    # Rotors and blades may stand anywhere within their circle.
    least = 0.7 if kind in ("helicopter", "wind turbine") else 0.88
    assert 80 * least <= length <= 84
    assert alpha.max() > 250


@settings(max_examples=30)
@given(index=st.integers(0, 10**6), region=st.sampled_from(sorted(REGIONS)))
def test_scenes_keep_their_promises(index, region):
    scene = render_scene(scene_rng(region, "train", index), region=region)
    assert scene.pixels.shape == (256, 256, 3)
    assert scene.pixels.dtype == np.uint8
    assert scene.region == region
    assert 0.3 <= scene.gsd_m <= 20
    assert len(scene.objects) <= 8
    for o in scene.objects:
        x0, y0, x1, y1 = o.xyxy_px
        assert 0 <= x0 < x1 <= 256
        assert 0 <= y0 < y1 <= 256
        assert max(x1 - x0, y1 - y0) >= 8
        assert o.kind in KINDS
        assert o.kind not in scene.clutter_kinds
        assert (o.colour in COLOURS) if BY_NAME[o.kind].colours else (o.colour is None)
        low, high = BY_NAME[o.kind].size_m
        if o.kind != "bridge":
            assert low * 0.99 <= o.size_px * scene.gsd_m <= high * 1.01
    for a, b in combinations(scene.objects, 2):
        assert iou(a.xyxy_px, b.xyxy_px) < 0.1


def test_equal_arguments_give_equal_scenes_and_others_do_not():
    first, again = (render_scene(scene_rng("home", "train", 5)) for _ in range(2))
    assert np.array_equal(first.pixels, again.pixels)
    assert first.objects == again.objects
    for region, split, index in (("home", "test", 5), ("home", "train", 6), ("winter", "train", 5)):
        assert not np.array_equal(first.pixels, render_scene(scene_rng(region, split, index)).pixels)


def test_a_scene_does_not_depend_on_those_drawn_before_it():
    alone = render_scene(scene_rng("home", "test", 9)).pixels
    for index in range(3):
        render_scene(scene_rng("coarse", "test", index), region="coarse")
    assert np.array_equal(alone, render_scene(scene_rng("home", "test", 9)).pixels)


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_can_be_asked_for(kind):
    found = [
        o.kind
        for index in range(5)
        for o in render_scene(scene_rng("home", "test", index), kinds=[kind], n_objects=2).objects
    ]
    assert len(found) >= 4
    assert set(found) == {kind}


def test_the_number_of_objects_is_kept_where_there_is_room():
    counts = [len(render_scene(scene_rng("home", "test", i), n_objects=1).objects) for i in range(20)]
    assert sum(counts) >= 18
    assert all(not render_scene(scene_rng("home", "test", i), n_objects=0).objects for i in range(5))


def test_left_alone_scenes_are_empty_single_and_crowded():
    counts = [len(drawn(i).objects) for i in range(80)]
    assert counts.count(0) >= 2
    assert counts.count(1) >= 4
    assert max(counts) >= 6


def test_a_distractor_of_the_same_kind_is_common():
    scenes = [drawn(i) for i in range(80)]
    repeated = [s for s in scenes if len({o.kind for o in s.objects}) < len(s.objects)]
    assert len(repeated) > 20


def test_each_kind_has_landscapes_that_exist():
    for kind in BY_NAME.values():
        assert set(kind.themes) <= set(THEMES), kind.name


def test_a_region_looks_unlike_home():
    home = np.stack([drawn(i).pixels for i in range(12)]).astype(float)
    for name in sorted(set(REGIONS) - {"home", "coarse"}):
        there = np.stack(
            [render_scene(scene_rng("home", "test", i), region=name).pixels for i in range(12)]
        ).astype(float)
        assert np.abs(there - home).mean() > 12, name


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        ({"region": "mars"}, "mars"),
        ({"kinds": ["submarine"]}, "submarine"),
        ({"kinds": []}, "kinds"),
        ({"size_px": 63}, "63 px"),
    ],
)
def test_impossible_wishes_are_refused_with_the_value(arguments, words):
    with pytest.raises(InputError, match=words):
        render_scene(np.random.default_rng(0), **arguments)


def test_an_unknown_split_is_refused():
    with pytest.raises(InputError, match="validation"):
        scene_rng("home", "validation", 0)
