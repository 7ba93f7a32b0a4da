"""A scan on a cluster that loses a machine ends in a sentence, and does not wait for it."""

from __future__ import annotations

import threading
from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

import pytest

from engine.errors import JobError
from engine.scan import stream as streaming
from engine.scan.asking import Told
from tests.engine.model_servers import never


@pytest.fixture
def silent(monkeypatch: pytest.MonkeyPatch) -> Callable[..., None]:
    """Have the stages tell one row and then nothing, on machines that are there one look after the other."""

    def make(*seen: set[str]) -> None:
        looks, asked = iter(seen), threading.Event()

        def pump(work: Any, scenes: Any, rows: Any, left: Any, attempt: Any) -> None:
            rows.put([Told("a")])
            asked.wait(60.0)
            rows.put(None)

        def alive() -> set[str]:
            try:
                return next(looks)
            except StopIteration:
                asked.set()
                return seen[-1]

        monkeypatch.setattr(streaming, "_pump", pump)
        monkeypatch.setattr(streaming, "machines_alive", alive)
        monkeypatch.setattr(streaming, "LOOK_S", 0.0)
        monkeypatch.setattr(streaming, "POLL_S", 0.01)

    return make


def work(*finished: int) -> Any:
    """Work whose ledger has so many finished windows, one look after the other."""
    looks = iter(finished)
    return SimpleNamespace(ledger=SimpleNamespace(windows=lambda: next(looks)))


def test_a_lost_machine_is_not_waited_for(silent: Callable[..., None]) -> None:
    silent({"a", "b"}, {"a"}, {"a"})
    with pytest.raises(JobError, match=r"A machine of the cluster is gone.*start the same scan again"):
        list(streaming.stream(work(5, 5), [], never))


def test_what_others_finish_without_a_row_is_waited_for(silent: Callable[..., None]) -> None:
    silent({"a", "b"}, {"a"}, {"a"}, {"a"})
    with pytest.raises(JobError, match="A machine of the cluster is gone"):
        list(streaming.stream(work(5, 6, 6), [], never))
    silent({"a", "b"}, {"a"}, {"a"}, {"a"})
    assert [one.scene for one in streaming.stream(work(5, 6, 7, *range(8, 10_000)), [], never)] == ["a"]


def test_silence_alone_and_a_machine_that_comes_end_nothing(silent: Callable[..., None]) -> None:
    silent({"a"}, {"a", "b"}, {"a", "b"})
    assert [one.scene for one in streaming.stream(work(), [], never)] == ["a"]
