"""Scenes that a worker reads itself: a batch ahead and no more, and those that it leaves for others to share."""

from __future__ import annotations

import threading
from collections.abc import Generator, Mapping
from pathlib import Path
from typing import Any

import pytest

from engine.scan import ahead
from engine.scan.ahead import ALONE_WINDOWS, TRIES, Ahead, Reader
from engine.scan.ledger import Ledger
from engine.scan.reading import Pile, Unread
from engine.scan.scenes import Scene


class Source:
    """Numbers that are taken one by one; says when one more than ``most`` was asked for, and when it was closed."""

    def __init__(self, number: int, fails_at: int | None = None) -> None:
        self.number, self.fails_at, self.taken = number, fails_at, 0
        self.closed = threading.Event()

    def items(self) -> Generator[int, None, None]:
        try:
            for number in range(self.number):
                if number == self.fails_at:
                    raise OSError("the disk is gone")
                self.taken += 1
                yield number
        finally:
            self.closed.set()


def test_items_come_in_their_order_and_the_source_is_closed() -> None:
    source = Source(50)
    with Ahead(source.items()) as items:
        assert list(items) == list(range(50))
    assert source.closed.is_set()


def test_no_more_is_read_than_may_wait() -> None:
    source = Source(1000)
    most = 0
    with Ahead(source.items(), most=2) as items:
        for number in items:
            most = max(most, source.taken - number)
            if number == 200:
                break
    assert source.closed.is_set()
    assert most <= 4, "besides the one in hand, two wait and one is in the reader's hand"
    assert source.taken < 210


def test_what_goes_wrong_is_raised_in_its_place() -> None:
    source, got = Source(9, fails_at=3), list[int]()
    with pytest.raises(OSError, match="the disk is gone"), Ahead(source.items()) as items:
        got.extend(items)
    assert got == [0, 1, 2]
    assert source.closed.is_set()


@pytest.fixture
def plans(monkeypatch: pytest.MonkeyPatch) -> dict[str, int]:
    """Windows of each scene, by its id, in batches of ten; a scene that is not here can't be read."""
    plans: dict[str, int] = {}

    def read(look: Any, scene: Scene, done: Mapping[int, int]) -> Generator[Pile | Unread, None, None]:
        total = plans.get(scene.id)
        if total is None:
            yield Unread(scene, "it is torn")
            return
        todo = [first for first in range(0, total, 10) if first not in done]
        for first in todo:
            yield Pile(scene, {}, first, min(10, total - first), total, [], [])
        if not todo:
            yield Pile(scene, {}, total, 0, total, [], [])

    monkeypatch.setattr(ahead, "read_scene", read)
    return plans


def reader_of(folder: Path, *, shared: bool) -> tuple[Reader, Ledger]:
    ledger = Ledger(folder)
    ledger.begin()
    return Reader(None, ledger, shared), ledger  # type: ignore[arg-type]  # what `read_scene` above does not look at


def read(reader: Reader, *scenes: tuple[str, int]) -> list[tuple[str, int | str]]:
    """Scenes and the places of their batches, or why there are none."""
    piles = reader.piles([(Scene(name, f"{name}.tif"), rest) for name, rest in scenes])
    return [(pile.scene.id, pile.first if isinstance(pile, Pile) else pile.reason) for pile in piles]


def test_scenes_are_read_one_after_the_other(tmp_path: Path, plans: dict[str, int]) -> None:
    plans |= {"a": 25, "b": 5}
    reader, _ = reader_of(tmp_path, shared=False)
    assert read(reader, ("a", 0), ("torn", 0), ("b", 0)) == [
        ("a", 0), ("a", 10), ("a", 20), ("torn", "it is torn"), ("b", 0),
    ]  # fmt: skip


def test_what_is_finished_is_not_read_again(tmp_path: Path, plans: dict[str, int]) -> None:
    plans |= {"a": 25, "b": 5, "c": 5, "d": 10}
    reader, ledger = reader_of(tmp_path, shared=False)
    ledger.commit("a", 10, [{}] * 10, 1.0, None)
    ledger.commit("d", 0, [{}] * 10, 1.0, None)
    ledger.finish("b", {})
    ledger.fail("c", "c.tif", "it is torn")
    assert read(reader, *((name, 0) for name in "abcd")) == [("a", 0), ("a", 20), ("d", 10)]


@pytest.mark.parametrize(
    ("shared", "windows", "rest", "alone"),
    [
        (True, ALONE_WINDOWS, 0, True),
        (True, ALONE_WINDOWS + 1, 0, False),
        (True, 10 * ALONE_WINDOWS, 1, True),
        (False, 10 * ALONE_WINDOWS, 0, True),
    ],
)
def test_a_large_scene_is_left_where_others_would_wait(
    tmp_path: Path, plans: dict[str, int], shared: bool, windows: int, rest: int, alone: bool
) -> None:
    plans["large"] = windows
    reader, _ = reader_of(tmp_path, shared=shared)
    assert bool(read(reader, ("large", rest))) == alone


def test_how_large_is_too_large_depends_on_the_scenes_before(tmp_path: Path, plans: dict[str, int]) -> None:
    plans |= {"small": 10, "large": 2000}
    reader, _ = reader_of(tmp_path, shared=True)
    scenes = {name for name, _ in read(reader, *[("small", 9)] * 20, ("large", 5), ("small", 4))}
    assert scenes == {"small"}


def test_a_large_scene_of_which_little_is_left_is_not_left_to_others(
    tmp_path: Path, plans: dict[str, int]
) -> None:
    plans["large"] = 2 * ALONE_WINDOWS
    reader, ledger = reader_of(tmp_path, shared=True)
    ledger.commit("large", 0, [{}] * ALONE_WINDOWS, 1.0, None)
    assert read(reader, ("large", 0))


def test_a_scene_whose_reading_kills_is_given_up_and_goes_on_in_the_next_run(
    tmp_path: Path, plans: dict[str, int]
) -> None:
    plans["deadly"] = 30
    _, ledger = reader_of(tmp_path, shared=False)
    for _ in range(TRIES):
        reader = Reader(None, ledger, shared=False)  # type: ignore[arg-type]
        next(reader.piles([(Scene("deadly", "deadly.tif"), 0)]))
    assert "the worker died each time it was about to read on after 0 of" in str(read(reader, ("deadly", 0)))
    ledger.begin()
    assert len(read(reader, ("deadly", 0))) == 3
