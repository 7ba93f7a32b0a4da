"""One scan, top to bottom: which scenes there are, what is left to do, all of it on Ray, and what came of it.

``python -m engine.scan.run REQUEST.json`` is a scan as a child process, see :mod:`engine.jobs.child`: so Ray has a
process of its own, and what it writes goes into that process's log.

The output folder is the state. A scan that was broken off anywhere and is started again goes on from what its ledger
has, asks nothing twice that was answered, and ends with what it would have ended with.
"""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet

from engine import __version__
from engine.counting import count
from engine.errors import InputError, JobError
from engine.files import hidden_beside, sync, write_atomic
from engine.jsontext import json_text
from engine.language.vocabulary import check_questions
from engine.model.serving import load_served
from engine.scan.cluster import Cluster, on_ray
from engine.scan.foresight import foresee, remember_rate
from engine.scan.gather import gather
from engine.scan.ledger import Ledger
from engine.scan.probing import Probed, probe
from engine.scan.progress import Progress
from engine.scan.reading import Look
from engine.scan.request import AS_IT_LIKES, FAILED_FILE, SCAN_FILE, SCENES_FILE, ScanRequest, part_of
from engine.scan.scenes import Scene
from engine.scan.sources import Archive, Wanted, find_scenes
from engine.scan.stamps import stamp_of
from engine.scan.stream import Hands, Work, stream
from engine.telling import Tell, do_request
from engine.types import Loader, Stop
from engine.wire import checked

TURNS = 3
"""So often what a turn over the archive left behind is tried again: Ray may lose what was read and not yet asked."""

SCENES_A_WORKER = 2
"""Where there are fewer, workers share scenes from the beginning, instead of taking them whole."""

READERS_AT_MOST = 32
STORE_BYTES_EACH = 48 * 2**20
"""Room in Ray's store for what lies between the readers and one worker."""

FAILED_COLUMNS = pa.schema([("scene", pa.string()), ("raster", pa.string()), ("reason", pa.string())])
SCENE_COLUMNS = pa.schema(
    [
        ("id", pa.string()),
        ("raster", pa.string()),
        ("taken", pa.string()),
        ("bounds", pa.list_(pa.float64())),
        ("cloud", pa.float64()),
        *((name, pa.int64()) for name in ("windows", "blank", "unreadable", "asked", "vetoed", "unparsed")),
        *((name, pa.int64()) for name in ("truncated", "quartered", "dropped", "detections")),
        ("gsd_m", pa.float64()),
        ("seconds", pa.float64()),
        ("notes", pa.list_(pa.string())),
    ]
)
ROWS_AT_ONCE = 8192


def scan(
    request: ScanRequest,
    tell: Tell,
    stop: Stop,
    load: Loader,
    *,
    ledger_of: Callable[[Path], Ledger] = Ledger,
) -> dict[str, Any]:
    """Search every scene of an archive.

    Args:
        request: what to search, for what, and into which folder.
        tell: told of ``progress`` (windows ``done`` of a ``total``, ``seconds_left``, and as :class:`Progress` says)
            and of a ``log`` in sentences.
        stop: asked several times a second; once true, the scan ends soon and keeps what is finished.
        load: loads the model, in each worker.
        ledger_of: makes the ledger of an output folder.

    Returns:
        ``scenes``, ``failed`` and ``detections`` in numbers, ``windows``, ``seconds``, ``output``, ``warnings`` and
        what :func:`engine.scan.gather.gather` says; of a dry run what :func:`engine.scan.foresight.foresee` says.

    Raises:
        InputError: the source, the output folder or a parameter can't be used; the folder holds another scan; not a
            single scene could be searched.
        ModelError: the model can't be loaded, or failed.
        JobError: Ray failed.
        JobCancelledError: ``stop`` became true.
    """
    if request.dry_run:
        archive = found(request, stop)
        return foresee(request, archive.scenes, len(archive.failed), workers_here(request), stop)
    out = made_folder(request)
    ledger = ledger_of(out)
    lock = ledger.lock()
    try:
        earlier = said_earlier(out, request)
        tell("log", {"message": "Looking for the scenes."})
        archive = found(request, stop)
        ledger.begin()
        with on_ray(
            request.cluster,
            slots=slots_of(request),
            store_bytes=STORE_BYTES_EACH * (2 * workers_here(request) + 1),
            stop=stop,
            dashboard=request.dashboard,
        ) as cluster:
            if cluster.dashboard:
                tell("log", {"message": cluster.about_dashboard()})
            tell("log", {"message": "Loading the model."})
            probed = probe(request, load, gpus=1 if cluster.gpus else 0, stop=stop)
            check_questions(probed.look.spec, request.queries)
            look = settled(out, request, probed, earlier)
            ledger.forget_failed()
            notes = replaced(ledger, archive.scenes, request.allow_network)
            for note in notes:
                tell("log", {"message": note})
            for one in archive.failed:
                ledger.fail(one.id, one.raster, one.reason)
            progress = Progress(request, archive.scenes, cluster.dashboard, tell)
            work = Work.of(look, load, ledger, hands_of(request, cluster))
            searched(work, archive.scenes, progress, stop)
            progress.end()
        remember_rate(request, progress.questions, progress.model_s, gpu=work.hands.gpus > 0)
        write_rows(out / SCENES_FILE, SCENE_COLUMNS, ledger.rows(failed=False))
        write_rows(out / FAILED_FILE, FAILED_COLUMNS, ledger.rows(failed=True))
        tell("log", {"message": "Joining what was found in overlapping scenes."})
        result = {**summed_up(out, ledger), **progress.summary(), **gather(out, tell, stop)}
        result["warnings"] = [*notes, *result["warnings"]]
        if result["failed"] and not result["scenes"]:
            raise InputError(none_searched(out, result["failed"], ledger))
        return result
    finally:
        lock.release()


def made_folder(request: ScanRequest) -> Path:
    """The output folder, made where it is not there; raises InputError where it holds something else."""
    out = Path(request.output)
    try:
        out.mkdir(parents=True, exist_ok=True)
        names = {path.name for path in out.iterdir()}
    except OSError as error:
        raise InputError(
            f"The output folder {out} can't be made or read ({error.strerror}). Choose another one."
        ) from error
    if names and not names & {SCAN_FILE, Ledger(out).private.name}:
        raise InputError(
            f"The output folder {out} holds other things ({sorted(names)[0]}…). Give an empty or a new folder."
        )
    return out


def found(request: ScanRequest, stop: Stop) -> Archive:
    """The scenes that are wanted, the first ``limit`` of them by id; raises as ``find_scenes`` does."""
    wanted = Wanted.between(request.bbox, request.start, request.end, request.cloud)
    archive = find_scenes(request.source, wanted, request.allow_network, stop, asset=request.asset)
    if request.limit is None or len(archive.scenes) <= request.limit:
        return archive
    return replace(archive, scenes=tuple(sorted(archive.scenes, key=lambda one: one.id)[: request.limit]))


def said_earlier(out: Path, request: ScanRequest) -> dict[str, Any] | None:
    """What the folder's description says of an earlier part of this scan; None where this is the first.

    Raises:
        InputError: it is of another scan.
    """
    path = out / SCAN_FILE
    if not path.exists():
        return None
    try:
        earlier: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
        asked, model = earlier["request"], earlier["model"]
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise InputError(f"The file {path} can't be read ({error}). Scan into another folder.") from error
    refuse_others(out, asked, asked_for(request))
    refuse_others(out, {"engine": model.get("engine")}, {"engine": __version__})
    return earlier


def refuse_others(out: Path, earlier: dict[str, Any], now: dict[str, Any]) -> None:
    """Raise InputError where two descriptions of a scan differ."""
    other = [name for name in now if earlier.get(name) != now[name]]
    if other:
        said = "; ".join(f"{name} was {earlier.get(name)!r} and is {now[name]!r}" for name in other)
        raise InputError(
            f"The folder {out} holds a scan that was another one: {said}. Give another output folder, or ask as before."
        )


def asked_for(request: ScanRequest) -> dict[str, Any]:
    """What of a request decides on what is found."""
    return {name: value for name, value in request.model_dump(mode="json").items() if name not in AS_IT_LIKES}


def settled(out: Path, request: ScanRequest, probed: Probed, earlier: dict[str, Any] | None) -> Look:
    """Write the scan's description, or hold the model against the one of its earlier part.

    Chips and batches keep the size they had at first: on another day another memory is free.

    Raises:
        InputError: the model, its adapter or its prompts are others than in the earlier part.
    """
    look = probed.look
    if earlier is None:
        about = {**probed.identity, "chip_px": look.spec.chip_px, "batch_size": look.batch_size}
        described = {"request": asked_for(request), "model": about, "versions": probed.versions}
        write_atomic(out / SCAN_FILE, json_text(described, indent=2) + "\n")
        return look
    was = earlier["model"]
    refuse_others(out, was, probed.identity)
    return replace(
        look, spec=replace(look.spec, chip_px=int(was["chip_px"])), batch_size=int(was["batch_size"])
    )


def searched(work: Work, scenes: Sequence[Scene], progress: Progress, stop: Stop) -> None:
    """Search what is not searched yet, again where a turn left something behind.

    Raises:
        JobError: some scenes are left, however often they are tried.
    """
    left = unfinished(work.ledger, scenes)
    progress.begin(len(scenes) - len(left))
    if 1 < work.hands.workers > len(left) // SCENES_A_WORKER:
        work = read_apart(work)
    for _ in range(TURNS):
        for told in stream(work, left, stop) if left else ():
            progress.add(told)
        left, work = unfinished(work.ledger, left), read_apart(work)
    if left:
        raise JobError(
            f"{len(left)} of {len(scenes)} scenes could not be finished, {left[0].id} among them: workers or readers "
            "died on them. What is finished is kept; start the same scan again, with fewer workers."
        )


def read_apart(work: Work) -> Work:
    """The same with readers of their own, so that several workers can share a scene."""
    return replace(work, hands=replace(work.hands, apart=True))


def replaced(ledger: Ledger, scenes: Sequence[Scene], allow_network: bool) -> list[str]:
    """Drop what was found in rasters that are others by now, under their old names; what to say of that."""
    others = []
    for scene in scenes:
        stamp = ledger.stamp(scene.id)
        now = stamp and stamp_of(scene.raster, allow_network=allow_network)
        if stamp and now and now != stamp:
            part_of(ledger.out, scene.id).unlink(missing_ok=True)
            ledger.reopen(scene.id)
            ledger.forget(scene.id)
            others.append(scene.id)
    if not others:
        return []
    which = others[0] if len(others) == 1 else f"{others[0]} is the first of them"
    return [
        f"{count(len(others), 'raster')} changed since being searched ({which}), by size or time of a file: what was "
        "found there is dropped, and the scene is searched anew."
    ]


def unfinished(ledger: Ledger, scenes: Sequence[Scene]) -> list[Scene]:
    """The scenes that are neither finished nor failed."""
    return [one for one in scenes if not ledger.is_finished(one.id) and not ledger.has_failed(one.id)]


def workers_here(request: ScanRequest) -> int:
    """How many workers there will be on this machine, as far as its cores tell."""
    return request.workers or max(1, len(cores_here()) // request.cores)


def cores_here() -> Sequence[int]:
    """The cores that this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return sorted(os.sched_getaffinity(0))
    return range(os.cpu_count() or 1)


def slots_of(request: ScanRequest) -> int:
    """How many cores Ray is told it has on this machine: those of the workers, and one for each reader."""
    workers = workers_here(request)
    return workers * request.cores + min(workers, READERS_AT_MOST) + 1


def hands_of(request: ScanRequest, cluster: Cluster) -> Hands:
    """Who works: one worker a GPU, or one for every so many cores; about as many readers, where a GPU would wait."""
    workers = request.workers or cluster.gpus
    if request.cluster is not None and not workers:
        workers = max(1, cluster.cores // (request.cores + 1))
    workers = workers or workers_here(request)
    readers = min(workers, READERS_AT_MOST)
    return Hands(workers, readers, request.cores, 1 if cluster.gpus else 0, apart=cluster.gpus > 0)


def write_rows(path: Path, schema: pa.Schema, rows: Iterator[dict[str, Any]]) -> None:
    """Write a table in parts, whole or not at all; where there are no rows, no file is left."""
    with _appearing(path) as hidden:
        with pyarrow.parquet.ParquetWriter(hidden, schema, compression="zstd") as writer:
            batch: list[dict[str, Any]] = []
            for row in rows:
                batch.append(row)
                if len(batch) == ROWS_AT_ONCE:
                    writer.write_table(pa.Table.from_pylist(batch, schema))
                    batch = []
            writer.write_table(pa.Table.from_pylist(batch, schema))
        sync(hidden)
        if pyarrow.parquet.read_metadata(hidden).num_rows:
            hidden.replace(path)
        else:
            path.unlink(missing_ok=True)


@contextmanager
def _appearing(path: Path) -> Iterator[Path]:
    hidden = hidden_beside(path)
    try:
        yield hidden
    finally:
        hidden.unlink(missing_ok=True)


def summed_up(out: Path, ledger: Ledger) -> dict[str, Any]:
    """The numbers of a finished scan, and what a user should know."""
    counts = dict.fromkeys(("scenes", "windows", "detections", "unreadable"), 0)
    for row in ledger.rows(failed=False):
        counts["scenes"] += 1
        for name in ("windows", "detections", "unreadable"):
            counts[name] += row[name]
    failed = sum(1 for _ in ledger.rows(failed=True))
    return {"output": str(out), **counts, "failed": failed}


def none_searched(out: Path, failed: int, ledger: Ledger) -> str:
    """Why a scan that could search no scene found nothing, in sentences."""
    first = next(ledger.rows(failed=True))
    return (
        f"None of the {count(failed, 'scene', 'scenes')} could be searched; {out / FAILED_FILE} says why of each. "
        f"The first is {first['scene']}: {first['reason']}"
    )


def main(arguments: list[str]) -> int:
    """Scan, and return the exit code."""
    return do_request(
        arguments,
        "scan",
        lambda values, tell, stop: scan(checked(ScanRequest, values), tell, stop, load_served),
    )


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
