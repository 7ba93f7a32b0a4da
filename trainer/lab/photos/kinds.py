"""The kinds that only real pictures show, and what the labels of the real sets are called here."""

from __future__ import annotations

from collections.abc import Mapping

from trainer.lab.scenes.kinds import BY_NAME, KINDS

PHOTO_KINDS: tuple[str, ...] = (
    "tree", "car", "bus", "boat", "boat lift", "jet ski", "baseball diamond", "water",
)  # fmt: skip
"""Kinds without drawings. "water" is any body of water; a drawn pond is one of its own kind."""

ALL_KINDS: tuple[str, ...] = (*KINDS, *PHOTO_KINDS)
PLURALS: Mapping[str, str] = {
    **{kind.name: kind.plural for kind in BY_NAME.values()},
    **{kind: f"{kind}s" for kind in PHOTO_KINDS},
    "bus": "buses",
    "water": "water bodies",
}

TRIED: Mapping[str, str] = {
    "tree": "found one in ten of them on real pictures that were kept back",
    "bus": "was shown a single one, and there are none to measure it on",
    "boat": "found one in twelve of them on real pictures that were kept back",
    "pier": "found one in seven of them on real pictures that were kept back",
}
"""Learned like the others, but too seldom found on kept-back pictures, or not measured, to be promised: the model
card tells their figures, what the model is said to find leaves them out, and who asks for one is told why. A pier is
known from drawings."""
TOLD_KINDS: tuple[str, ...] = tuple(kind for kind in ALL_KINDS if kind not in TRIED)

BEST_GSD_M: Mapping[str, float] = {"tree": 0.2, "swimming pool": 0.2, "car": 0.15, "ship": 3.5, "water": 2.5}
"""Kinds that are a few pixels small in their sets: at most three pixels a side of a chip show one of these. Each is
the resolution at which most were found on kept-back pictures, of those that were tried (LOG.md)."""

LABELS: Mapping[str, str] = {"dock": "pier", "minibus": "bus"}
"""Labels of the sets that go by another name here."""

GROUNDS: Mapping[str, str] = {
    "agricultural": "field",
    "beach": "beach",
    "chaparral": "scrub",
    "forest": "forest",
    "freeway": "road",
    "golfcourse": "golf course",
    "harbor": "harbour",
    "intersection": "crossing",
    "overpass": "overpass",
    "parkinglot": "car park",
    "river": "river",
    "runway": "runway",
    "denseresidential": "houses",
    "mediumresidential": "houses",
    "mobilehomepark": "houses",
    "sparseresidential": "houses",
}
"""What a crop of a tile of a scene class is called where it shows no labelled object."""

_LARGE = frozenset({"airplane", "storage tank", "tennis court", "baseball diamond", "stadium", "ship"})
_SPORT = frozenset(
    {"tennis court", "baseball diamond", "basketball court", "football field", "baseball field"}
)
_BUILT = frozenset({"building", "greenhouse", "solar farm", "container yard", "cooling tower", "roundabout"})
_MOVING = frozenset({"car", "bus", "truck", "train", "helicopter", "boat", "jet ski", "boat lift"})
LOOKED_AT: Mapping[str, frozenset[str]] = {
    "agricultural": _LARGE | _SPORT | _BUILT | _MOVING | {"swimming pool", "bridge", "pier", "car park"},
    "beach": _LARGE | _SPORT | _BUILT | {"swimming pool", "bus", "train", "car park", "helicopter"},
    "chaparral": _LARGE
    | _SPORT
    | _BUILT
    | _MOVING
    | {"swimming pool", "bridge", "pier", "car park", "water"},
    "forest": _LARGE | _SPORT | {"bus", "train", "solar farm", "car park", "roundabout", "pier", "bridge"},
    "freeway": _LARGE | _SPORT | {"swimming pool", "boat", "jet ski", "pier", "solar farm", "roundabout"},
    "golfcourse": _LARGE | _SPORT | {"bus", "train", "boat", "car park", "pier", "solar farm", "roundabout"},
    "harbor": (_LARGE - {"ship"}) | _SPORT | {"swimming pool", "bridge", "roundabout", "solar farm", "train"},
    "parkinglot": _LARGE | _SPORT | {"boat", "pier", "bridge", "water", "roundabout", "solar farm"},
    "river": _LARGE | _SPORT | {"bus", "train", "solar farm", "car park", "roundabout", "storage tank"},
    "runway": _LARGE | _SPORT | _BUILT | {"swimming pool", "tree", "boat", "pier", "bridge", "water", "bus"},
    "airplane": _SPORT
    | {"baseball diamond", "swimming pool", "ship", "boat", "pier", "bridge", "solar farm"},
    "storagetanks": _SPORT | {"airplane", "baseball diamond", "ship", "boat", "jet ski", "bus"},
    "baseballdiamond": frozenset({"airplane", "storage tank", "ship", "boat", "jet ski", "pier"}),
    "tenniscourt": frozenset({"airplane", "storage tank", "ship", "boat", "jet ski", "pier"}),
}
"""What no tile of a scene class shows. Ten classes' tiles were looked at for this, eighty on a sheet; the lists for
airplanes, storage tanks, tennis courts and baseball diamonds rest on what such places are."""

ALIKE: tuple[frozenset[str], ...] = (
    frozenset({"ship", "boat", "boat lift", "jet ski"}),
    frozenset({"pond", "water", "swimming pool"}),
    frozenset({"baseball diamond", "baseball field"}),
    frozenset({"tree", "orchard"}),
    frozenset({"car", "car park", "truck"}),
    frozenset({"bus", "truck"}),
    frozenset({"pier", "bridge", "boat lift", "boat"}),
    frozenset({"storage tank", "building", "cooling tower"}),
    frozenset({"building", "greenhouse", "solar farm", "container yard", "stadium"}),
    frozenset({"stadium", "baseball diamond", "baseball field", "football field"}),
)
"""Kinds whose objects may lie on each other or go by each other's name: one is never a sure "no" for the other."""


COMMON = frozenset({"building", "bridge", "car park", "car", "pier", "boat"})
"""Kinds that tiles without boxes of them often show: beside such a tile a list of them would be too short."""


def alike(kind: str, other: str) -> bool:
    """Whether a crop of one kind may rightly be called the other."""
    return kind == other or any({kind, other} <= group for group in ALIKE)
