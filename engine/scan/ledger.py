"""What of a scan is finished: kept in files that many workers write at once, each of them whole or not there.

Windows are finished in the batches of :mod:`engine.search.pipeline`. A batch is one file, named after its place in
the scene's plan; what is there is never asked again. Once a scene is merged and written its batches go, and one
small file stands for it. So a scan in progress has as many files as it has scenes, and a few for each scene that is
being searched. Workers on several machines need a folder that all of them see.
"""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from filelock import FileLock

from engine.errors import InputError
from engine.files import take_lock, write_atomic
from engine.jsontext import json_text

PRIVATE = ".scan"
"""The folder of what only this program reads, in the output folder of a scan."""

_BATCH = re.compile(r"(\d+)-(\d+)\.json")


@dataclass(frozen=True)
class Ledger:
    """The finished part of a scan.

    Attributes:
        out: the scan's output folder.
    """

    out: Path

    @property
    def private(self) -> Path:
        """The folder of what only this program reads."""
        return self.out / PRIVATE

    def begin(self) -> None:
        """Make the folders, and drop what a killed worker left of scenes that were finished or half told."""
        for folder in (self._windows, self._scenes):
            folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        for half in self._scenes.glob(".*.json"):
            half.unlink(missing_ok=True)
        for folder in self._windows.iterdir():
            if self.is_finished(folder.name):
                shutil.rmtree(folder, ignore_errors=True)
            for tried in folder.glob("*.tried"):
                tried.unlink(missing_ok=True)

    def lock(self) -> FileLock:
        """Take the folder for this process.

        Raises:
            InputError: another scan works on it.
        """
        self.private.mkdir(mode=0o700, parents=True, exist_ok=True)
        lock = take_lock(self.private / "lock")
        if lock is None:
            raise InputError(
                f"Another scan is writing to {self.out}. Wait for its end, or give another output folder."
            )
        return lock

    def batches(self, scene: str) -> dict[int, int]:
        """The finished batches of a scene that is not finished: from the first window's place to how many there are."""
        try:
            found = [_BATCH.fullmatch(path.name) for path in (self._windows / scene).iterdir()]
        except FileNotFoundError:  # not begun, or finished by another worker at this very moment
            return {}
        return {int(match[1]): int(match[2]) for match in found if match}

    def windows(self) -> int:
        """How many windows are finished in all, those of finished scenes included; right while a scan is running.

        A scene's row is written before its batches go: looked at the other way round, none is missed and, of those
        with a row, none counted twice.
        """
        folders = list(self._windows.iterdir()) if self._windows.is_dir() else []
        begun = {folder.name: sum(self.batches(folder.name).values()) for folder in folders}
        finished = {path.stem: int(row["windows"]) for path, row in self._rows(failed=False)}
        return sum((begun | finished).values())

    def commit(
        self, scene: str, first: int, windows: list[dict[str, Any]], seconds: float, stamp: str | None
    ) -> None:
        """Keep a finished batch of windows.

        Args:
            scene: the scene's id.
            first: place of its first window in the scene's plan.
            windows: what is kept of each: ``index``, ``report`` and ``found``.
            seconds: how long the model took.
            stamp: of the raster that they were read from, see :mod:`engine.scan.stamps`.
        """
        folder = self._windows / scene
        folder.mkdir(mode=0o700, exist_ok=True)
        kept = {"first": first, "windows": windows, "seconds": seconds, "stamp": stamp}
        write_atomic(folder / f"{first:08}-{len(windows)}.json", json_text(kept))

    def try_once_more(self, scene: str, first: int, what: str = "asking") -> int:
        """Note that a batch is begun; returns how often it was in this run, more than once if workers died on it."""
        folder = self._windows / scene
        folder.mkdir(mode=0o700, exist_ok=True)
        with (folder / f"{first:08}.{what}.tried").open("ab") as tried:
            tried.write(b".")
            return tried.tell()

    def read(self, scene: str) -> list[dict[str, Any]]:
        """The finished batches of a scene, in the order of its plan."""
        found = sorted(path for path in (self._windows / scene).iterdir() if _BATCH.fullmatch(path.name))
        return [json.loads(path.read_text(encoding="utf-8")) for path in found]

    def stamp(self, scene: str) -> str | None:
        """The stamp of the raster of which something is kept; None where there is none."""
        row = self._scenes / f"{scene}.json"
        if row.is_file():
            about = json.loads(row.read_text(encoding="utf-8"))
        else:
            about = next(iter(self.read(scene)), {}) if (self._windows / scene).is_dir() else {}
        stamp: str | None = about.get("stamp")
        return stamp

    def lock_scene(self, scene: str) -> FileLock | None:
        """Take a scene, to be merged by one worker alone; None where another does that."""
        try:
            return take_lock(self._windows / scene / "lock")
        except OSError:  # it was finished, and its folder is gone
            return None

    def finish(self, scene: str, row: dict[str, Any]) -> None:
        """Note that a scene is finished for good, and what became of it; its batches are not needed any more."""
        write_atomic(self._scenes / f"{scene}.json", json_text(row))
        shutil.rmtree(self._windows / scene, ignore_errors=True)

    def forget(self, scene: str) -> None:
        """Have all windows of a scene asked again."""
        shutil.rmtree(self._windows / scene, ignore_errors=True)

    def reopen(self, scene: str) -> None:
        """Have a finished scene searched again, since what was written of it is damaged, gone or out of date."""
        (self._scenes / f"{scene}.json").unlink(missing_ok=True)

    def fail(self, scene: str, raster: str, reason: str) -> None:
        """Note that a scene could not be searched this time; the next run tries it again."""
        row = {"scene": scene, "raster": raster, "reason": reason}
        write_atomic(self._scenes / f"{scene}.failed.json", json_text(row))

    def is_finished(self, scene: str) -> bool:
        """Whether a scene is finished for good."""
        return (self._scenes / f"{scene}.json").is_file()

    def has_failed(self, scene: str) -> bool:
        """Whether a scene could not be searched."""
        return (self._scenes / f"{scene}.failed.json").is_file()

    def forget_failed(self) -> None:
        """Have scenes that could not be searched looked at again: what hindered that may be gone by now."""
        for path in self._scenes.glob("*.failed.json"):
            path.unlink(missing_ok=True)

    def rows(self, *, failed: bool) -> Iterator[dict[str, Any]]:
        """What is known of finished scenes, or of those that failed, by id; hidden files are half written."""
        return (row for _, row in self._rows(failed=failed))

    def _rows(self, *, failed: bool) -> Iterator[tuple[Path, dict[str, Any]]]:
        for path in sorted(self._scenes.glob("[!.]*.json")):
            if path.name.endswith(".failed.json") == failed:
                yield path, json.loads(path.read_text(encoding="utf-8"))

    @property
    def _windows(self) -> Path:
        return self.private / "windows"

    @property
    def _scenes(self) -> Path:
        return self.private / "scenes"
