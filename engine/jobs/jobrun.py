"""One job while it runs: what it works with, what an earlier, broken-off run finished, and whether it ended well."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from engine.errors import CompletionParseError, JobStateError, RasterReadError
from engine.imagery.windows import pieces
from engine.jobs.host import ModelHost
from engine.jobs.results import Results
from engine.jobs.store import Job
from engine.search.tally import Clock, Tally
from engine.types import Stop, Window

HubToken = Callable[[], str | None]

STRIP_FROM = 32
"""An overview of more windows than this is worth a word."""


@dataclass
class JobRun:
    """What one job works with while it runs."""

    job: Job
    results: Results
    host: ModelHost
    stop: Stop
    hub_token: HubToken = lambda: None
    clock: Clock = field(default_factory=Clock)

    def log(self, message: str) -> None:
        """Tell the job's listeners something in a sentence."""
        self.tell("log", {"message": message})

    def tell(self, kind: str, data: dict[str, Any]) -> None:
        """Tell the job's listeners of an event; how far it is, is kept as well."""
        store = self.results.store
        store.report(self.job.id, kind, data)
        if kind == "progress" and isinstance(data.get("done"), int):
            store.note_progress(self.job.id, data["done"], data.get("total"), data.get("seconds_left"))


def finished(run: JobRun) -> tuple[dict[int, dict[str, Any]], Tally]:
    """The windows that an earlier, broken-off run finished, by index, and their counts.

    Those it could not read are looked at again.
    """
    run.results.forget_unreadable(run.job.id)
    done = run.results.finished_windows(run.job.id)
    return done, Tally(done.values())


def require_same_plan(run: JobRun, done: Mapping[int, Any], windows: Sequence[Window]) -> None:
    """Refuse to go on where the windows are others than those that were finished earlier.

    Raises:
        JobStateError: the raster, the layer or the engine that plans has changed since then.
    """
    found_in = [finding.detection.window for finding in run.results.findings(run.job.id)] if done else []
    plan_of = {window.index: window for window in windows}
    others = any(
        window != (planned := plan_of.get(window.index))
        and (planned is None or window not in pieces(planned))
        for window in found_in
    )
    # A job that was broken off before plans were noted has their number in its progress alone.
    settled = run.results.settle_plan(run.job.id, (run.job.total if done else 0) or len(windows))
    if done and (settled != len(windows) or others or not done.keys() <= plan_of.keys()):
        raise JobStateError(
            f"The job was broken off after {len(done)} of {settled} windows, and there would be "
            f"{len(windows)} others now: the raster, the layer or the engine has changed since. What was found "
            "until then is kept with this job; ask again to search anew."
        )


def require_same_models(run: JobRun, identity: Mapping[str, Any]) -> None:
    """Refuse to go on with other models than those by which windows were finished earlier.

    Args:
        run: the job.
        identity: what its models are, by ``model`` and ``verifier``; empty where one does both, which is not held
            against anything.

    Raises:
        JobStateError: one of them has changed since then.
    """
    if not identity:
        return
    begun = bool(run.results.finished_windows(run.job.id))
    before = json.loads(run.results.settle_models(run.job.id, json.dumps(identity, sort_keys=True), begun))
    changed = [role for role, now in identity.items() if before.get(role) != now]
    if changed:
        told = "; ".join(f"the {role} {_other(before.get(role, {}), identity[role])}" for role in changed)
        raise JobStateError(
            f"The job was begun with other models: {told}. Boxes and scores of different models do not go together. "
            "What was found until then is kept with this job; ask again to search anew."
        )


def _other(before: Mapping[str, Any], now: Mapping[str, Any]) -> str:
    """What is different about a model."""
    different = [name for name in now if before.get(name) != now[name]]
    said = [
        "other files"
        if name.endswith("sha256")
        else f"another {name.replace('_', ' ')} ({before.get(name)}, now {now[name]})"
        for name in different
    ]
    return f"{now['name']} has {' and '.join(dict.fromkeys(said))}"


def require_readable(tally: Tally) -> None:
    """Refuse to call a run done of which nothing could be read.

    Raises:
        RasterReadError: not one window.
        CompletionParseError: not one answer of the model.
    """
    if tally.nothing_read():
        raise RasterReadError(tally.gaps[0]["why"])
    if tally.all_unread():
        raise CompletionParseError(
            f"Not one of the model's {tally.counts['asked']} answers could be read, so nothing is known of "
            f"this raster. {' '.join(tally.unread[:1])}"
        )


def strip_note(windows: list[Window]) -> list[str]:
    """A sentence where the raster is so long and thin that its overview is many windows."""
    pieces = [window for window in windows if window.level == "overview"]
    if len(pieces) <= STRIP_FROM:
        return []
    width, height = pieces[0].width_src, pieces[0].height_src
    return [
        f"The raster is a thin strip: its overview took {len(pieces)} windows of {width} x {height} pixels."
    ]
