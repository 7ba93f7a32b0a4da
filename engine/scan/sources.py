"""Where the scenes of an archive come from: a folder, a list, a pattern, rasters, or a catalogue of STAC items."""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from engine.errors import InputError, JobCancelledError
from engine.imagery.apart import never
from engine.imagery.network import without_secrets
from engine.scan.rasters import Candidate, Failed, Finder, rasters_of
from engine.scan.scenes import Scene
from engine.scan.wanted import Wanted
from engine.types import Stop

__all__ = ["Archive", "Failed", "Wanted", "find_scenes"]

MOST_SCENES = 1_000_000
ID_CHARS = 100

_SAFE = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]*(?<!\.)")
_RESERVED = re.compile(r"(?:con|prn|aux|nul|com\d|lpt\d)(?:\.|$)", re.I)


@dataclass(frozen=True)
class Archive:
    """What a source holds.

    Attributes:
        scenes: those that are wanted, in an order that is the same in every run.
        failed: those that can't be taken, with the reason.
        left_out: how many were not wanted: elsewhere, at another time, or too cloudy.
    """

    scenes: tuple[Scene, ...]
    failed: tuple[Failed, ...]
    left_out: int = 0


def find_scenes(
    source: str,
    wanted: Wanted | None = None,
    allow_network: bool = False,
    stop: Stop = never,
    *,
    asset: str | None = None,
) -> Archive:
    """Find the scenes of a source.

    Args:
        source: a folder, a pattern (``2026/*.tif``), a list of rasters (text or CSV), or one raster.
        wanted: which scenes to take; None for all.
        allow_network: the user has said that the network may be asked.
        stop: asked often.
        asset: which asset of STAC items to take, where they have several pictures.

    Raises:
        InputError: the source can't be used, or there is no scene to take in it; it leads to the network, and that
            was not allowed.
        JobCancelledError: ``stop`` became true.
    """
    wanted = wanted or Wanted()
    taken: list[Scene] = []
    failed: list[Failed] = []
    left_out = 0
    with Finder(allow_network, stop) as finder:
        for found in _each(rasters_of(source, finder), stop):
            one = finder.judge(found, wanted) if isinstance(found, Candidate) else found
            if isinstance(one, Scene):
                taken.append(one)
            elif one is None:
                left_out += 1
            else:
                failed.append(one)
            if len(taken) > MOST_SCENES:
                raise InputError(
                    f"{without_secrets(source)} has more than {MOST_SCENES:,} scenes that are wanted. Search it in "
                    "parts: give a smaller bounding box, or fewer dates."
                )
    scenes, doubled = _distinct(taken)
    failed += doubled
    if not scenes:
        raise InputError(_nothing(source, failed, left_out))
    return Archive(tuple(scenes), tuple(failed), left_out)


def _each(found: Iterable[Candidate | Failed], stop: Stop) -> Iterator[Candidate | Failed]:
    for one in found:
        if stop():
            raise JobCancelledError("Cancelled while the scenes were looked for.")
        yield one


def _nothing(source: str, failed: list[Failed], left_out: int) -> str:
    name = without_secrets(source)
    if failed:
        first = f"the first, {failed[0].id}: {failed[0].reason}"
        return f"No scene of {name} can be taken ({len(failed)} fail; {first})."
    return (
        f"None of the {left_out} scenes of {name} is wanted: give a larger bounding box, more dates, or allow more "
        "clouds."
    )


def _distinct(scenes: list[Scene]) -> tuple[list[Scene], list[Failed]]:
    """Scenes with names of their own, and those that are another scene's raster once more.

    A name does not depend on which other scenes there are, unless two scenes have the same: then both get a
    few characters that stand for their raster. So an archive that grows keeps the names of what it had.
    """
    first: dict[str, Scene] = {}
    failed: list[Failed] = []
    for scene in scenes:
        other = first.setdefault(scene.raster, scene)
        if other.id != scene.id:
            failed.append(Failed(scene.id, scene.raster, f"it is the raster of the scene {other.id} again"))
    named = {raster: safe_id(scene.id) for raster, scene in first.items()}
    shared = Counter(name.casefold() for name in named.values())
    return [
        replace(scene, id=name if shared[name.casefold()] == 1 else _marked(name, raster))
        for (raster, scene), name in zip(first.items(), named.values(), strict=True)
    ], failed


def safe_id(name: str) -> str:
    """A name as it can be that of a folder anywhere; one that can't be gets a few characters of its own."""
    if len(name) <= ID_CHARS and _SAFE.fullmatch(name) and not _RESERVED.match(name):
        return name
    plain = re.sub(r"[^A-Za-z0-9.-]+", "_", name).strip("._-") or "scene"
    return _marked(f"scene-{plain}" if _RESERVED.match(plain) else plain, name)


def _marked(name: str, of: str) -> str:
    return f"{name[: ID_CHARS - 9]}-{hashlib.sha256(of.encode('utf-8', 'replace')).hexdigest()[:8]}"
