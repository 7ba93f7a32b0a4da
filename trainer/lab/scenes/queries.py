"""Questions about a scene, each with its exact answer and a short line of reasoning.

A singular question has exactly one right answer. Where an answer rests on a comparison (largest,
northernmost, nearest), the runner-up must be clearly behind, and words of place keep clear of
the borders between thirds.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence

import numpy as np

from engine.errors import InputError
from engine.types import Xyxy
from trainer.lab.scenes.asker import Asker, QuerySample
from trainer.lab.scenes.kinds import BY_NAME, KINDS
from trainer.lab.scenes.scene import DrawnScene, SceneObject
from trainer.lab.scenes.words import EDGES, NUMBERS, PLURAL, PURPOSES, SIZES, with_article

NEAR = ("nearest", "next to")


def make_queries(
    scene: DrawnScene, rng: np.random.Generator, *, n: int, types: Sequence[str] | None = None
) -> list[QuerySample]:
    """Ask up to ``n`` different questions; fewer where the scene does not allow as many.

    Args:
        scene: the scene to ask about.
        rng: source of all randomness.
        n: how many questions are wanted.
        types: which types to draw from, a type named twice twice as likely; None: all. Where the
            scene has objects and other types are asked for, at most a fifth (and one) are "absent".

    Raises:
        InputError: an unknown type.
    """
    chosen = tuple(QUERY_TYPES if types is None else types)
    unknown = sorted(set(chosen) - set(QUERY_TYPES))
    if unknown or not chosen:
        raise InputError(f"There are no query types {unknown!r}: use some of {', '.join(QUERY_TYPES)}.")
    if not scene.objects:
        chosen = tuple(name for name in chosen if name == "absent")
    asker = Asker(scene, rng)
    limit = n if set(chosen) == {"absent"} else max(1, n // 5)
    out: dict[str, QuerySample] = {}
    absent = 0
    for _ in range(n * 6):
        if len(out) >= n or not chosen:
            break
        name = chosen[int(rng.integers(len(chosen)))]
        sample = None if name == "absent" and absent >= limit else QUERY_TYPES[name](asker)
        if sample is not None and sample.text not in out:
            out[sample.text] = sample
            absent += name == "absent"
    return list(out.values())


def _named(obj: SceneObject) -> str:
    return f"{obj.colour} {obj.kind}" if obj.colour else obj.kind


def _kind(ask: Asker) -> QuerySample | None:
    index = ask.pick([i for i, o in enumerate(ask.objects) if ask.kinds[o.kind] == 1])
    if index is None:
        return None
    kind = ask.objects[index].kind
    return ask.answer(ask.one(kind), "kind", [index], f"the {kind} is in the {ask.where(index)}", None)


def _colour(ask: Asker) -> QuerySample | None:
    index = ask.pick([i for i, o in enumerate(ask.objects) if o.colour and ask.pairs[o.kind, o.colour] == 1])
    if index is None:
        return None
    obj = ask.objects[index]
    reasoning = f"the {_named(obj)} is in the {ask.where(index)}"
    return ask.answer(ask.one(_named(obj)), "colour", [index], reasoning, obj.colour)


def _size(ask: Asker) -> QuerySample | None:
    first = ask.several()
    if first is None:
        return None
    kind, word = ask.objects[first].kind, str(ask.rng.choice(list(SIZES)))
    area = {i: _area(ask.objects[i].xyxy_px) * SIZES[word] for i in ask.of_kind(kind)}
    best, second = sorted(area, key=lambda i: -area[i])[:2]
    large, small = sorted((abs(area[best]), abs(area[second])), reverse=True)
    if large < 1.35 * small or _cut_by_border(ask, best) or _cut_by_border(ask, second):
        return None
    reasoning = f"{NUMBERS[len(area)]} {BY_NAME[kind].plural} , the {word} is in the {ask.where(best)}"
    return ask.answer(ask.definite(f"{word} {kind}"), "size", [best], reasoning, None)


def _area(box: Xyxy) -> float:
    return (box[2] - box[0]) * (box[3] - box[1])


def _cut_by_border(ask: Asker, index: int) -> bool:
    x0, y0, x1, y1 = ask.objects[index].xyxy_px
    return x0 <= 0 or y0 <= 0 or x1 >= ask.size_px or y1 >= ask.size_px


def _position(ask: Asker) -> QuerySample | None:
    first = ask.several()
    if first is None:
        return None
    kind = ask.objects[first].kind
    group = ask.of_kind(kind)
    if ask.rng.random() < 0.5:
        word = str(ask.rng.choice(list(EDGES)))
        dx, dy = EDGES[word]
        far = {i: ask.centre(i)[0] * dx + ask.centre(i)[1] * dy for i in group}
        best, second = sorted(group, key=lambda i: -far[i])[:2]
        if far[best] - far[second] < 0.07 * ask.size_px:
            return None
        reasoning = f"{NUMBERS[len(group)]} {BY_NAME[kind].plural} , the {word} is in the {ask.where(best)}"
        return ask.answer(ask.definite(f"{word} {kind}"), "position", [best], reasoning, None)
    place = ask.where(first)
    if any(_on_edge_of_third(ask, i) or (i != first and ask.where(i) == place) for i in group):
        return None
    reasoning = f"the {kind} is in the {place}"
    return ask.answer(ask.definite(f"{kind} in the {place}"), "position", [first], reasoning, None)


def _on_edge_of_third(ask: Asker, index: int) -> bool:
    """Whether an object's centre is within 3 % of a line between thirds."""
    return any(abs(v / ask.size_px - edge) < 0.03 for v in ask.centre(index) for edge in (1 / 3, 2 / 3))


def _relation(ask: Asker) -> QuerySample | None:
    first = ask.several()
    anchor = ask.pick([i for i, o in enumerate(ask.objects) if ask.kinds[o.kind] == 1])
    if first is None or anchor is None:
        return None
    kind, other = ask.objects[first].kind, ask.objects[anchor].kind
    group = ask.of_kind(kind)
    gap = {i: math.dist(ask.centre(i), ask.centre(anchor)) for i in group}
    best, second = sorted(group, key=lambda i: gap[i])[:2]
    if gap[second] < 1.3 * gap[best] + 0.03 * ask.size_px:
        return None
    word = (
        NEAR[1]
        if gap[best] < 0.3 * ask.size_px and gap[second] > 2 * gap[best] and ask.rng.random() < 0.5
        else NEAR[0]
    )
    reasoning = f"the {kind} {word} the {other} is in the {ask.where(best)}"
    return ask.answer(ask.definite(f"{kind} {word} the {other}"), "relation", [best], reasoning, None)


def _purpose(ask: Asker) -> QuerySample | None:
    index = ask.pick([i for i, o in enumerate(ask.objects) if ask.kinds[o.kind] == 1])
    if index is None:
        return None
    kind = ask.objects[index].kind
    reasoning = f"this needs {with_article(kind)} , it is in the {ask.where(index)}"
    return ask.answer(str(ask.rng.choice(PURPOSES[kind])), "purpose", [index], reasoning, None)


def _plural(ask: Asker) -> QuerySample | None:
    index = ask.several() if ask.rng.random() < 0.8 else ask.pick(range(len(ask.objects)))
    if index is None:
        return None
    obj = ask.objects[index]
    group, noun, many = ask.of_kind(obj.kind), obj.kind, BY_NAME[obj.kind].plural
    colour = None
    same = [i for i in group if ask.objects[i].colour == obj.colour]
    if obj.colour and len(same) > 1 and ask.rng.random() < 0.5:
        group, colour, noun, many = same, obj.colour, f"{obj.colour} {noun}", f"{obj.colour} {many}"
    form = str(ask.rng.choice(PLURAL))
    text = form.replace("{1}", noun).replace("{}", many)
    reasoning = f"there is one {noun}" if len(group) == 1 else f"there are {NUMBERS[len(group)]} {many}"
    group = sorted(group, key=lambda i: (ask.centre(i)[1], ask.centre(i)[0]))
    return ask.answer(text, "plural", group, reasoning, colour)


def _absent(ask: Asker) -> QuerySample | None:
    rng = ask.rng
    missing = [k for k in KINDS if k not in ask.kinds and k not in ask.hidden]
    kind, colour, noun = str(rng.choice(missing)), None, ""
    if rng.random() < 0.4 and ask.objects:
        obj = ask.objects[int(rng.integers(len(ask.objects)))]
        others = [c for c in dict.fromkeys(BY_NAME[obj.kind].colours) if not ask.pairs[obj.kind, c]]
        if others:
            kind, colour = obj.kind, str(rng.choice(others))
    elif rng.random() < 0.3 and BY_NAME[kind].colours:
        colour = str(rng.choice(BY_NAME[kind].colours))
    noun = f"{colour} {kind}" if colour else kind
    style = rng.random()
    if colour is None and style < 0.2:
        text = str(rng.choice(PURPOSES[kind]))
    elif style < 0.35:
        many = f"{colour} {BY_NAME[kind].plural}" if colour else BY_NAME[kind].plural
        text = str(rng.choice(PLURAL)).replace("{1}", noun).replace("{}", many)
    elif style < 0.5:
        word = str(rng.choice([*SIZES, *EDGES]))
        text = ask.definite(f"{word} {noun}")
    else:
        text = ask.one(noun)
    return QuerySample(text, (), "absent", kind, f"no {noun} here", (), kind, colour)


QUERY_TYPES: dict[str, Callable[[Asker], QuerySample | None]] = {
    "kind": _kind,
    "colour": _colour,
    "size": _size,
    "position": _position,
    "relation": _relation,
    "purpose": _purpose,
    "plural": _plural,
    "absent": _absent,
}
