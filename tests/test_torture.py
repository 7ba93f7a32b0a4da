"""Each part of the torture at a small count; the full one is `make torture`."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

pytest.importorskip("rasterio")

from tools.torture.__main__ import Run, run_part
from tools.torture.page import KEYS, page
from tools.torture.parts import PARTS

SEED = 7
ROOT = Path(__file__).resolve().parents[1]
FEW = {
    "disk": 2,
    "limits": 3,
    "kills": 1,
    "trainer": 1,
    "races": 1,
    "strangers": 7,
    "verifiers": 4,
    "openapi": 4,
}


@pytest.mark.slow
@pytest.mark.parametrize("part", PARTS)
def test_nothing_is_lost(part: str, tmp_path: Path) -> None:
    print(f"seed {SEED}")
    count, run = FEW.get(part, 12), Run(part, SEED)
    run_part(run, count)
    assert run.faults == []
    assert run.tried == count
    report = tmp_path / "torture.json"
    run.write(report)
    known = json.loads(report.read_text())
    assert known[PARTS[part].tried] == count
    assert known["wrong_class"] == known[PARTS[part].lost] == 0


def test_a_trial_is_the_same_whenever_it_is_drawn(tmp_path: Path) -> None:
    """In one go, and in two with the report between them."""
    whole, report = Run("parser", SEED), tmp_path / "torture.json"
    run_part(whole, 6)
    half = Run("parser", SEED)
    run_part(half, 3)
    half.write(report)
    rest = Run.read(report, "parser", SEED)
    assert rest.tried == 3
    run_part(rest, 6)
    assert rest.counts == whole.counts
    assert Run.read(report, "parser", SEED + 1).tried == 0


def test_the_page_says_what_was_tried_survived_and_lost(tmp_path: Path) -> None:
    report, run = tmp_path / "torture.json", Run("kills", 3)
    for outcome, why in (("resumed", ""), ("refused", ""), ("wrong", "kills 2: KeyError: 7")):
        run.tell(outcome, why)
    run.write(report)
    told = page(json.loads(report.read_text()))
    assert "| kills | 3 | 1 | 1 | 1 | 3 |" in told
    assert "kills 3 of 100" in told
    assert "raster not at all" in told
    assert "- kills 2: KeyError: 7" in told
    assert all(f"- `{key}`: " in told for key in KEYS)


def test_the_keys_are_those_of_the_parts() -> None:
    written = {name for part in PARTS.values() for name in (part.tried, part.lost)} | {"wrong_class", "seed"}
    assert set(KEYS) <= written


@pytest.mark.parametrize(
    ("status", "body", "told"),
    [
        (503, b'{"error": {"type": "ModelError", "message": "There is no model x. Get it."}}', True),
        (503, b'{"error": {"type": "StoreError", "message": "The disk is full. Make room."}}', True),
        (503, b'{"error": {"type": "HubError", "message": "No connection. Connect."}}', True),
        (500, b'{"error": {"type": "ModelError", "message": "There is no model x. Get it."}}', False),
        (503, b'{"error": {"type": "InputError", "message": "No."}}', False),
        (500, b'{"error": {"type": "RemoteZeroError", "message": "An unexpected error."}}', False),
        (503, b'{"error": {"type": "KeyError", "message": "x."}}', False),
        (503, b'{"error": {"type": "ModelError", "message": "x"}}', False),
        (503, b'{"error": "ModelError"}', False),
        (503, b"Service Unavailable", False),
    ],
)
def test_a_503_is_told_where_the_engine_means_it(status: int, body: bytes, told: bool) -> None:
    described = pytest.importorskip("tools.torture.described")
    assert described.is_told(status, body) is told


def in_a_process(code: str) -> str:
    ended = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, cwd=ROOT)
    assert ended.returncode == 0, ended.stderr
    return ended.stdout


def test_what_is_forked_is_a_program_of_its_own(tmp_path: Path) -> None:
    told = in_a_process(
        f"""
import os, signal, sys, time
from pathlib import Path
from tools.torture.forked import Forked
def told():
    held = [os.path.realpath("/proc/self/fd/" + number) for number in os.listdir("/proc/self/fd")]
    print(os.environ["WORD"], str(here) in held, repr(sys.stdin.read()))
    own = open(here.with_suffix(".own"), "w")
    parents.clear()  # as a collection does at any moment
    own.write("x")
    own.flush()
    return 3
def wrong():
    raise ValueError("seen")
def busy():
    while True: pass
log, out = Path({str(tmp_path / "log")!r}), Path({str(tmp_path / "out")!r})
here = log.with_suffix(".held")
parents = [open(here, "w")]
one = Forked(told, {{"WORD": "said"}})
print(one.stdout.read().decode().strip(), one.wait())
two = Forked(wrong, {{}}, log, out)
print(two.wait(), log.read_text().strip().splitlines()[-1], out.read_text())
three = Forked(busy, {{}})
print(three.wait(0.01), three.wait_for_work(0.05))
three.end()
print(three.wait(), three.worked_s >= 0.05)
"""
    )
    assert told.splitlines() == ["said False '' 3", "1 ValueError: seen ", "None None", "-9 True"]


def test_a_group_of_failures_is_told_with_its_reason() -> None:
    """A checker that raises several at once, none of which is an Exception, does not look like a crash."""
    told = in_a_process(
        """
import sys, types
from tools.torture import __main__ as torture
from tools.torture.parts import PARTS, Part
fake = types.ModuleType("tools.torture.fake")
def trial(draw, folder):
    raise BaseExceptionGroup("two", [SystemExit(1), KeyError("key")])
fake.trial = trial
sys.modules["tools.torture.fake"] = fake
PARTS["parser"] = Part("fake:trial", 1, "tried", "lost")
torture._child("parser", 1, 0, 1)
"""
    )
    outcome = json.loads(told)
    assert outcome["outcome"] == "wrong"
    assert "two" in outcome["why"]
