"""Ray Data's scheduling rests between its steps, as long as they ask for and no longer than a worker can spare."""

from __future__ import annotations

from types import SimpleNamespace

import pytest

from engine.scan import cluster
from engine.scan.cluster import PACE_GROWS, PACE_S, PACE_SHARE, Paced

LONG_S = PACE_S / PACE_GROWS
"""After so long a scan rests as long as it ever does."""


class Clock:
    """Time that passes by sleeping and by working alone."""

    def __init__(self) -> None:
        self.now_s, self.cpu_s, self.slept = 100.0, 5.0, list[float]()

    def sleep(self, seconds: float) -> None:
        self.slept.append(seconds)
        self.now_s += seconds

    def work(self, cpu_s: float, waited_s: float = 0.0) -> None:
        self.cpu_s += cpu_s
        self.now_s += cpu_s + waited_s


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    """A clock of our own in the place of the module's."""
    clock = Clock()
    names = {"sleep": clock.sleep, "monotonic": lambda: clock.now_s, "thread_time": lambda: clock.cpu_s}
    monkeypatch.setattr(cluster, "time", SimpleNamespace(**names))
    return clock


@pytest.mark.parametrize("step_s", [0.0005, 0.001, 0.0014])
def test_steps_take_no_more_than_their_share(clock: Clock, step_s: float) -> None:
    paced = Paced()
    paced.before_execution_starts(None)
    clock.work(0.0, waited_s=LONG_S)
    paced.on_execution_step(None)
    begun_s, begun_cpu_s = clock.now_s, clock.cpu_s
    for _ in range(50):
        clock.work(step_s, waited_s=0.01)
        paced.on_execution_step(None)
    share = (clock.cpu_s - begun_cpu_s) / (clock.now_s - begun_s)
    assert share == pytest.approx(PACE_SHARE)


def test_a_step_that_waited_long_enough_by_itself_does_not_rest(clock: Clock) -> None:
    paced = Paced()
    for _ in range(3):
        clock.work(0.001, waited_s=1.0)
        paced.on_execution_step(None)
    assert sum(clock.slept) == 0.0


def test_a_slow_step_rests_no_longer_than_a_worker_can_spare(clock: Clock) -> None:
    paced = Paced()
    clock.work(0.0, waited_s=LONG_S)
    for _ in range(3):
        clock.work(2.0)
        paced.on_execution_step(None)
    assert clock.slept
    assert max(clock.slept) == PACE_S


def test_a_scan_begins_without_waiting(clock: Clock) -> None:
    paced = Paced()
    for _ in range(20):
        clock.work(0.01)
        paced.on_execution_step(None)
    assert 0 < sum(clock.slept) < 0.5
    assert clock.slept == sorted(clock.slept)


def test_nothing_but_steps_rests(clock: Clock) -> None:
    paced = Paced()
    paced.before_execution_starts(None)
    paced.after_execution_succeeds(None)
    paced.after_execution_fails(None, RuntimeError())
    assert clock.slept == []
