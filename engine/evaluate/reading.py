"""What the readers of labelled sets share: how they refuse, and how pictures with boxed kinds become questions."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import Any

import numpy as np
from PIL import Image, UnidentifiedImageError

from engine.counting import count
from engine.errors import InputError
from engine.evaluate.samples import Sample
from engine.types import Xyxy

PICTURES = (".jpg", ".jpeg", ".png", ".tif", ".tiff", ".bmp", ".jp2")
LARGEST_SRC = 1e8
"""No picture has as many columns or rows; NaN is not below it either."""
_IRREGULAR = {"bus": "buses", "person": "people", "water": "water bodies"}


@dataclass(frozen=True)
class ReadOptions:
    """What is read of a set, and how its kinds are asked for.

    Attributes:
        split: the part of the set; None for the one that its field measures on.
        template: the question about a kind, with ``{kind}`` or ``{kinds}`` (the plural) in it.
        questions: the question about a kind, where the template is not right for it.
        absent: about so many kinds that are surely not there each picture is asked as well.
        seed: of what is drawn: which absent kinds.
        with_truth: a question without its boxes is refused; who learns without boxes has no need of them.
    """

    split: str | None = None
    template: str = "all {kinds}"
    questions: Mapping[str, str] = field(default_factory=dict)
    absent: int = 1
    seed: int = 0
    with_truth: bool = True

    def question(self, kind: str) -> str:
        """The question about a kind."""
        plain = re.sub(r"[-_]+", " ", kind).strip()
        return self.questions.get(kind) or self.template.format(kind=plain, kinds=plural(plain))


@dataclass(frozen=True)
class Boxed:
    """A picture with boxes of several kinds.

    Attributes:
        key: of the picture, unique in its set.
        path: of the picture.
        boxes_src: kind -> boxes.
        ignored_src: kind -> boxes that count neither way.
        complete: kinds of which every object is boxed, so that none boxed means none there.
        scene: what is drawn together in the bootstrap.
        groups: groupings of all its samples.
        gsd_m: metres per pixel, None where nobody says.
        also: kind -> other names of its sample.
    """

    key: str
    path: Path
    boxes_src: Mapping[str, Sequence[Xyxy]]
    complete: frozenset[str]
    ignored_src: Mapping[str, Sequence[Xyxy]] = field(default_factory=dict)
    scene: str = ""
    groups: Mapping[str, str] = field(default_factory=dict)
    gsd_m: float | None = None
    also: Mapping[str, str] = field(default_factory=dict)


def questions_about(pictures: Iterable[Boxed], options: ReadOptions) -> Iterator[Sample]:
    """Each picture under the kinds that it shows, and under some that it surely does not show.

    A kind of which only some objects are boxed is not asked: a box that was found there could be right.
    """
    for number, picture in enumerate(pictures):
        there = sorted(kind for kind, boxes in picture.boxes_src.items() if boxes)
        # A crowd that counts neither way still shows the kind: it is not absent.
        hidden = {kind for kind, boxes in picture.ignored_src.items() if boxes}
        lacking = sorted(picture.complete - set(there) - hidden)
        rng = np.random.default_rng([options.seed, number])
        drawn = rng.permutation(len(lacking))[: options.absent]
        for kind in [*there, *(lacking[i] for i in sorted(drawn.tolist()))]:
            truth = tuple(picture.boxes_src.get(kind, ()))
            if truth and kind not in picture.complete:
                continue
            yield Sample(
                key=f"{picture.key}#{kind}",
                picture=str(picture.path),
                question=options.question(kind),
                truth_src=truth,
                kind=kind,
                scene=picture.scene or picture.key,
                groups={**picture.groups, "kind": kind},
                gsd_m=picture.gsd_m,
                ignored_src=tuple(picture.ignored_src.get(kind, ())),
                also=(picture.also[kind],) if kind in picture.also else (),
            )


def plural(noun: str) -> str:
    """The plural of an English noun, as far as rules go."""
    head, _, last = noun.rpartition(" ")
    before = f"{head} " if head else ""
    if last in _IRREGULAR:
        return before + _IRREGULAR[last]
    if re.search(r"(s|x|z|ch|sh)$", last):
        return f"{before}{last}es"
    if re.search(r"[^aeiou]y$", last):
        return f"{before}{last[:-1]}ies"
    return f"{before}{last}s"


def need(folder: Path, layout: str, names: Sequence[str]) -> None:
    """Refuse a set that lacks some of the files and folders of its layout.

    Raises:
        InputError: which are missing.
    """
    missing = [name for name in names if not (folder / name).exists()]
    if missing:
        raise InputError(
            f"{folder} looks like {layout}, but {count(len(missing), 'part')} of it {_is(missing)} missing: "
            f"{', '.join(missing)}. Get the set whole, or name another layout (--layout)."
        )


def check_pictures(samples: Sequence[Sample], folder: Path) -> None:
    """Refuse a set without some of its pictures; raises InputError that names the first ones."""
    names = dict.fromkeys(sample.picture for sample in samples)
    missing = [name for name in names if not Path(name).is_file()]
    if missing:
        first = ", ".join(name[:200] for name in missing[:3])
        raise InputError(
            f"{len(missing)} of the {len(names)} pictures that {folder} speaks of are not there: {first}"
            f"{' and others' if len(missing) > 3 else ''}. Get the set whole; --limit would not help, since what is "
            "missing may be what matters."
        )
    if not samples:
        raise InputError(
            f"{folder} holds no question to measure with. Choose another split (--split) or set."
        )


def check_boxes(samples: Sequence[Sample], folder: Path) -> None:
    """Refuse a set with a box or a resolution that can't be; raises InputError that names its question."""
    for sample in samples:
        if not (sample.gsd_m is None or is_size(sample.gsd_m)):
            raise InputError(
                f"{folder} says of {sample.key[:80]} that it has {str(sample.gsd_m)[:40]} metres per pixel. Get "
                "the set again."
            )
        for box in (*sample.truth_src, *sample.ignored_src):
            if not is_box(box):
                raise InputError(
                    f"{folder} has the box {str(list(box))[:120]} for {sample.key[:80]}, which is no rectangle. "
                    "Get the set again."
                )


def is_size(value: object) -> bool:
    """Whether this is a number of metres that a pixel can have."""
    return isinstance(value, int | float) and not isinstance(value, bool) and 0 < value < LARGEST_SRC


def is_box(box: Sequence[float]) -> bool:
    """Whether these are four numbers, in the order left, top, right, bottom, of a size that a picture can have."""
    return (
        len(box) == 4
        and all(isinstance(value, int | float | np.number) and abs(value) < LARGEST_SRC for value in box)
        and box[0] <= box[2]
        and box[1] <= box[3]
    )


def split_of(
    options: ReadOptions, there: Sequence[str], folder: Path, usual: str, made_of: str = "SPLIT"
) -> str:
    """The split that is meant: the one that was asked for, the usual one, or the only one that nobody learned from.

    Args:
        options: may name it.
        there: the splits that the set has.
        folder: of the set.
        usual: what its field measures on.
        made_of: the file or folder of a split, below ``folder``, with SPLIT for its name.

    Raises:
        InputError: the set has no such one.
    """
    only = there[0] if len(there) == 1 and there[0] != "train" else ""
    chosen = options.split or (usual if usual in there else only)
    if not there:
        missing = made_of.replace("SPLIT", chosen or usual)
        raise InputError(f"{folder} has no {missing}. Get the set whole, or name another layout (--layout).")
    if chosen not in there:
        has = ", ".join(there) or "none"
        raise InputError(
            f"{folder} has no split {chosen or usual!r}. It has: {has}. Name one of them (--split)."
        )
    return chosen


def without_like(names: Mapping[str, Sequence[Path]]) -> str:
    """A sentence about the first file that has no like of its name in another folder; "" where none can be told.

    Args:
        names: folder -> its files, which belong together by their names without the ending.
    """
    stems = {folder: {path.stem for path in paths} for folder, paths in names.items()}
    for stem in sorted(set().union(*stems.values())):
        lacking = [folder for folder, there in stems.items() if stem not in there]
        if lacking and len(lacking) < len(stems):
            return f"The first that lacks its like is {stem}: {' and '.join(lacking)} have none of that name."
    return ""


def read_json(path: Path) -> Any:
    """A JSON file; raises InputError where it can't be read."""
    try:
        return json.loads(path.read_text(encoding="utf-8-sig"))
    except (OSError, ValueError, RecursionError) as error:
        raise InputError(f"{path} can't be read as JSON. Get the set again.") from error


def read_lines(path: Path) -> list[str]:
    """The lines of a text file that hold something; raises InputError where it can't be read."""
    try:
        return [line for line in path.read_text(encoding="utf-8-sig").splitlines() if line.strip()]
    except (OSError, UnicodeDecodeError) as error:
        raise InputError(f"{path} can't be read as text in UTF-8. Get the set again.") from error


def field_of(record: Mapping[str, Any], names: Sequence[str], where: str) -> Any:
    """The first of several spellings of a field that a record has.

    Raises:
        InputError: it has none of them; says which it has.
    """
    for name in names:
        if record.get(name) is not None:
            return record[name]
    raise InputError(
        f"{where} has no {' or '.join(names)}; it has {', '.join(sorted(record)) or 'nothing'}. This is another "
        "layout than the one that is known here."
    )


@lru_cache(maxsize=4096)
def picture_size(path: Path) -> tuple[int, int]:
    """Width and height of a picture, from its header.

    Raises:
        InputError: it can't be read.
    """
    try:
        with Image.open(path) as image:
            return image.size
    except (OSError, UnidentifiedImageError) as error:
        raise InputError(f"The picture {path} can't be read. Get the set whole.") from error


def pictures_in(folder: Path) -> list[Path]:
    """The pictures of a folder by name."""
    return sorted(path for path in folder.iterdir() if path.suffix.lower() in PICTURES)


def _is(things: Sequence[object]) -> str:
    return "is" if len(things) == 1 else "are"
