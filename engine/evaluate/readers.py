"""Which layout a labelled set has, and its reading; what is unknown or half there is refused by name."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np

from engine.errors import InputError
from engine.evaluate import boxed, referring
from engine.evaluate.reading import ReadOptions, check_boxes, check_pictures
from engine.evaluate.samples import Dataset, Sample

Reader = Callable[[Path, ReadOptions], Dataset]


@dataclass(frozen=True)
class Layout:
    """How a kind of set lies on disk.

    Attributes:
        marks: what tells it: one of these patterns matches something in its folder.
        read: reads it.
    """

    marks: tuple[str, ...]
    read: Reader


MARKS: Mapping[str, tuple[str, ...]] = {
    "earthreason": ("RSReasonSeg", "*/QAs", "QAs"),
    "vrsbench": ("VRSBench_EVAL_referring.json",),
    "dior-rsvg": ("JPEGImages", "Annotations/*.xml"),
    "rrsis-d": ("rrsisd", "refs(unc).p", "images/rrsisd"),
    "geobench-vlm": ("Ref-Det", "qa.json"),
    "dota": ("labelTxt", "*/labelTxt"),
    "yolo": ("data.yaml",),
    "jsonl": ("labels.jsonl", "*/labels.jsonl"),
    "coco": ("annotations/*.json", "*.json"),
}
"""In the order in which they are looked for: a folder of JSON files may be anything."""

LAYOUTS: Mapping[str, Layout] = {
    name: Layout(MARKS[name], read) for name, read in (*referring.READERS, *boxed.READERS)
}


def read_dataset(folder: Path, layout: str | None, options: ReadOptions) -> Dataset:
    """Read a labelled set.

    Args:
        folder: of the set.
        layout: its name in :data:`LAYOUTS`; None for what the folder shows.
        options: what is read of it, and how kinds are asked for.

    Raises:
        InputError: it is of no known layout, or parts of it are missing: which.
    """
    if not folder.is_dir():
        raise InputError(f"There is no folder {folder}. Give the folder of a labelled set.")
    name = layout or layout_of(folder)
    if name not in LAYOUTS:
        raise InputError(f"The layout {name!r} is not known. Name one of {', '.join(sorted(LAYOUTS))}.")
    with _told_as_a_sentence(folder, name):
        dataset = LAYOUTS[name].read(folder, options)
    check_pictures(dataset.samples, folder)
    check_boxes(dataset.samples, folder)
    keys = [sample.key for sample in dataset.samples]
    if len(set(keys)) < len(keys):
        again = next(key for key in keys if keys.count(key) > 1)
        raise InputError(f"{folder} has the question {again[:80]} twice. Get the set again.")
    return dataset


@contextmanager
def _told_as_a_sentence(folder: Path, layout: str) -> Iterator[None]:
    """A file that has the right name and another content is refused, and no library's word reaches the user."""
    try:
        yield
    except (LookupError, TypeError, ValueError, ArithmeticError, AttributeError, RecursionError) as error:
        if isinstance(error, InputError):
            raise
        raise InputError(
            f"{folder} was read as {layout}, and something in it is not as that layout has it "
            f"({type(error).__name__}: {str(error)[:80]}). Name another layout (--layout), or get the set again."
        ) from error


def layout_of(folder: Path) -> str:
    """The layout that a folder shows; raises InputError where it shows none."""
    for name, marks in MARKS.items():
        seen = any(next(folder.glob(mark), None) is not None for mark in marks)
        if seen and (name != "coco" or boxed.coco_files(folder)):
            return name
    known = "; ".join(f"{name}: {' or '.join(marks)}" for name, marks in sorted(MARKS.items()))
    raise InputError(
        f"{folder} is of no layout that is known here. Each is told by something in its folder ({known}). Name it "
        "(--layout) if it is one of them."
    )


def some_of(dataset: Dataset, limit: int | None, seed: int) -> Dataset:
    """At most so many samples, drawn by the seed, in the set's order; pictures that were drawn are asked whole.

    Whole, so that average precision of a picture stays what it is in the whole set.

    Raises:
        InputError: the limit is below 1.
    """
    if limit is None:
        return dataset
    if limit < 1:
        raise InputError(f"--limit is {limit}: give at least 1.")
    by_picture: dict[str, list[Sample]] = {}
    for sample in dataset.samples:
        by_picture.setdefault(sample.picture, []).append(sample)
    names = list(by_picture)
    chosen: set[str] = set()
    taken = 0
    for place in np.random.default_rng(seed).permutation(len(names)).tolist():
        size = len(by_picture[names[place]])
        if taken and taken + size > limit:
            continue
        chosen.add(names[place])
        taken += size
        if taken >= limit:
            break
    kept = tuple(sample for sample in dataset.samples if sample.picture in chosen)
    note = f"{len(kept)} of {len(dataset.samples)} questions, drawn by picture with the seed {seed}."
    return replace(dataset, samples=kept, notes=(*dataset.notes, note))
