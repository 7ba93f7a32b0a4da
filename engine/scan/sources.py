"""Where the scenes of an archive come from: a folder, a list, a pattern, rasters, or a catalogue of STAC items."""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from functools import partial
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from engine.errors import InputError, JobCancelledError
from engine.imagery.apart import Apart, never
from engine.imagery.network import without_secrets
from engine.imagery.sources import leads_away, permitted
from engine.scan.judging import Judge
from engine.scan.rasters import Candidate, Failed, has_items, rasters_of
from engine.scan.scenes import Scene
from engine.scan.wanted import Wanted
from engine.types import Stop

if TYPE_CHECKING:
    from engine.scan.stac import Listing

__all__ = ["Archive", "Failed", "Wanted", "find_scenes"]

MOST_SCENES = 1_000_000
MOST_LEFT_OUT = 20_000_000
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
        source: a folder, a pattern (``2026/*.tif``), a list of rasters (text, or CSV with a column ``raster``), one
            raster, a mosaic (VRT: its parts, where it only lays them side by side), a STAC item, a collection of
            items (JSON, or lines of it), a table of items (GeoParquet), a catalogue, or the address of one of these
            or of a STAC API.
        wanted: which scenes to take; None for all. What a scene does not say itself is asked of its raster, which
            is opened for that; a scene of which it stays unknown can't be taken.
        allow_network: the user has said that the network may be asked.
        stop: asked often.
        asset: which asset of STAC items to take; None for the one with the pixels.

    Raises:
        InputError: the source can't be used, or there is no scene to take in it; it leads to the network, and that
            was not allowed.
        JobCancelledError: ``stop`` became true.
    """
    wanted = wanted or Wanted()
    taken: list[Scene] = []
    failed: list[Failed] = []
    left_out = 0
    with (
        Judge(wanted, allow_network, stop) as judge,
        _listing(source, wanted, asset, allow_network, stop) as found,
    ):
        for candidate in found:
            if stop():
                raise JobCancelledError("Cancelled while the scenes were looked for.")
            one = judge.judge(candidate) if isinstance(candidate, Candidate) else candidate
            if isinstance(one, Scene):
                taken.append(one)
            elif isinstance(one, Failed):
                failed.append(one)
            else:
                left_out += 1
            if len(taken) + len(failed) > MOST_SCENES or left_out > MOST_LEFT_OUT:
                raise InputError(
                    f"{without_secrets(source)} has more than {MOST_SCENES:,} scenes. Search it in parts: give one of "
                    "its folders or collections, a smaller bounding box, or fewer dates."
                )
    scenes, doubled = _distinct(taken)
    failed += doubled
    if not scenes:
        raise InputError(_nothing(source, failed, left_out))
    return Archive(tuple(scenes), tuple(failed), left_out)


@contextmanager
def _listing(
    source: str, wanted: Wanted, asset: str | None, allow_network: bool, stop: Stop
) -> Iterator[Iterator[Candidate | Failed]]:
    """What a source holds, one by one; items are listed in another process where the network may be asked."""
    if not has_items(source):
        if asset is not None:
            raise InputError(
                f"{without_secrets(source)} has rasters and no STAC items: leave the asset {asset!r} out."
            )
        yield rasters_of(source, allow_network, stop)
        return
    if not allow_network:
        if leads_away(source):
            permitted(source, allow_network=False)
        yield _portions(make_listing(source, wanted, asset, False).more)
        return
    where = urlsplit(source).hostname or source
    reader = Apart(where, stop, make_listing, source, wanted, asset, True)
    try:
        yield _portions(partial(reader.call, "more"))
    finally:
        reader.close()


def _portions(more: Callable[[], list[Candidate | Failed]]) -> Iterator[Candidate | Failed]:
    while portion := more():
        yield from portion


def make_listing(source: str, wanted: Wanted, asset: str | None, allow_network: bool) -> Listing:
    """The items of a source; raises InputError where the packages for them are not installed."""
    try:
        from engine.scan.stac import Listing
    except ImportError as error:
        raise InputError(
            f"{without_secrets(source)} is read with packages that are not installed ({error.name}): install them with "
            "pip install 'remotezero-engine[scan]', or give a folder or a list of rasters."
        ) from error
    return Listing(source, wanted, asset, allow_network)


def _nothing(source: str, failed: list[Failed], left_out: int) -> str:
    name = without_secrets(source)
    if failed:
        many = f"all {len(failed)} fail. The first is" if len(failed) > 1 else "it has"
        return f"No scene of {name} can be taken: {many} {failed[0].id}: {failed[0].reason}"
    if not left_out:
        return f"There is no scene in {name}. Give another folder, list or catalogue."
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
            failed.append(
                Failed(scene.id, scene.raster, f"It is the raster of the scene {other.id} once more.")
            )
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
