"""What the model could do before: stored pictures and questions with their answers, asked before and after a round.

A home set is a folder: ``home.json`` and the pictures that it names. The shipped model brings one of drawn places
that it was never trained on; for any model one is made of the boxes that the user judged on earlier rasters. It
is never learned from.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from PIL import Image

from engine.errors import InputError
from engine.evaluate.overlap import matched_iou
from engine.types import Pixels, Xyxy
from trainer.gate import Home
from trainer.queries import Pair
from trainer.rewarder import Answer
from trainer.rewards import judged_share
from trainer.stored import read_stored, write_stored

FOLDER = "home"
FILE = "home.json"
RIGHT_FROM = 0.5
"""An answer is right where its matched IoU is above this."""
QUALITY = 85


@dataclass(frozen=True)
class HomePair:
    """A question about a stored picture, and its answer.

    Attributes:
        picture: number of the picture in its set.
        query: the question.
        boxes_px: the boxes that are right, in the picture's pixels.
        rejected_px: boxes that are known to be wrong.
        complete: nothing else is right; False where only some boxes were judged.
    """

    picture: int
    query: str
    boxes_px: tuple[Xyxy, ...]
    rejected_px: tuple[Xyxy, ...] = ()
    complete: bool = True

    def is_right(self, answer: Answer) -> bool:
        """Whether an answer is right, as far as this pair can tell."""
        if answer.boxes_px is None:
            return False
        if self.complete:
            return matched_iou(answer.boxes_px, self.boxes_px) > RIGHT_FROM
        return judged_share(answer.boxes_px, self.boxes_px, self.rejected_px) > RIGHT_FROM


@dataclass(frozen=True)
class _Index:
    pictures: tuple[str, ...]
    pairs: tuple[HomePair, ...]


class HomeSet:
    """The home sets of one run, one after the other; pictures are read as they are asked for.

    Args:
        folders: those without a set are passed over.

    Raises:
        InputError: a set is damaged.
    """

    def __init__(self, folders: Sequence[Path]) -> None:
        self.pairs: list[HomePair] = []
        self._pictures: list[Path] = []
        for folder in folders:
            if not (folder / FILE).is_file():
                continue
            index = read_stored(_Index, folder / FILE)
            first = len(self._pictures)
            self._pictures += [folder / name for name in index.pictures]
            for pair in index.pairs:
                if not 0 <= pair.picture < len(index.pictures):
                    raise InputError(
                        f"{folder / FILE} asks about picture {pair.picture}, and names {len(index.pictures)}. "
                        "Get the model again, or start a new run."
                    )
                moved = HomePair(
                    first + pair.picture, pair.query, pair.boxes_px, pair.rejected_px, pair.complete
                )
                self.pairs.append(moved)

    def __len__(self) -> int:
        return len(self.pairs)

    def pixels(self, picture: int) -> Pixels:
        """One picture, uint8 H x W x 3.

        Raises:
            InputError: its file can't be read.
        """
        path = self._pictures[picture]
        try:
            with Image.open(path) as image:
                return np.array(image.convert("RGB"))
        except OSError as error:
            raise InputError(
                f"The stored picture {path} can't be read, so what the model could do before can't be measured. "
                "Get the model again, or start a new run."
            ) from error

    def asked(self, first: int) -> list[Pair]:
        """The pairs as a student is asked them; the pictures are its chips from number ``first`` on."""
        return [Pair(first + pair.picture, pair.query, float(bool(pair.boxes_px))) for pair in self.pairs]

    def judge(self, answers: Sequence[Answer]) -> Home:
        """Which of the answers, one a pair, are right."""
        return self.remembered([pair.is_right(a) for pair, a in zip(self.pairs, answers, strict=True)])

    def remembered(self, right: Sequence[bool]) -> Home:
        """The same from what was kept of it: which answers were right."""
        target = np.array([bool(pair.boxes_px) for pair in self.pairs], dtype=bool)
        return Home(np.array(right, dtype=bool), target)


def write_home(folder: Path, pictures: Sequence[Pixels], pairs: Sequence[HomePair]) -> Path:
    """Write a home set; its index comes last.

    Args:
        folder: what lies in it already is replaced file by file.
        pictures: uint8 H x W x 3.
        pairs: about them.
    """
    folder.mkdir(parents=True, exist_ok=True)
    names = tuple(f"{number:03d}.jpg" for number in range(len(pictures)))
    (folder / FILE).unlink(missing_ok=True)
    for old in set(folder.glob("*.jpg")) - {folder / name for name in names}:
        old.unlink()
    for name, pixels in zip(names, pictures, strict=True):
        Image.fromarray(pixels).save(folder / name, quality=QUALITY)
    write_stored(folder / FILE, _Index(names, tuple(pairs)))
    return folder


def pictures_of(chips: Callable[[int], Pixels], count: int, home: HomeSet) -> Callable[[int], Pixels]:
    """A run's chips, and after them the pictures of home, by one number."""
    return lambda index: chips(index) if index < count else home.pixels(index - count)
