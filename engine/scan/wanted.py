"""Which scenes of an archive are wanted: those of a box of the Earth, of a span of time, with few enough clouds."""

from __future__ import annotations

import math
import re
from calendar import monthrange
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from engine.errors import InputError

Bounds = tuple[float, float, float, float]
"""West, south, east, north in degrees of WGS 84; west above east across the date line."""

_DATE = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?")
_OPEN = ("", "..")


@dataclass(frozen=True)
class Wanted:
    """What is asked of scenes; everything that is None is not asked.

    A scene that does not say what is asked of it can't be taken: nobody knows whether it is wanted.

    Attributes:
        bbox: the scene's bounds meet this box; touching edges are no meeting.
        start, end: the scene was taken in this span, both ends included, or its own span meets it.
        cloud: its cloud cover in percent is at most so much.
    """

    bbox: Bounds | None = None
    start: datetime | None = None
    end: datetime | None = None
    cloud: float | None = None

    @classmethod
    def read(
        cls,
        bbox: str | Sequence[float] | None = None,
        dates: str | None = None,
        cloud: float | None = None,
    ) -> Wanted:
        """Read what people write.

        Args:
            bbox: ``west,south,east,north`` in degrees of WGS 84, or the four numbers; west above east, or an east
                beyond 180, reaches across the date line.
            dates: a year, a month, a day, a time (RFC 3339), or two of these as ``from/to``, where ``..`` or
                nothing leaves an end open. What has no zone is in UTC. A day, a month or a year is meant whole.
            cloud: percent, 0 to 100.

        Raises:
            InputError: one of them is no such thing.
        """
        start, end = (None, None) if dates is None else _span(dates)
        if cloud is not None and not 0 <= cloud <= 100:
            raise InputError(f"The cloud cover is {cloud}: give at most so many percent, from 0 to 100.")
        return cls(None if bbox is None else _box(bbox), start, end, cloud)

    @classmethod
    def between(
        cls, bbox: Sequence[float] | None, start: str | None, end: str | None, cloud: float | None
    ) -> Wanted:
        """Read the fields of a request, of whose span either end may be open; raises InputError as :meth:`read`."""
        dates = f"{start or '..'}/{end or '..'}" if start or end else None
        return cls.read(bbox, dates, cloud)

    def takes(self, start: datetime | None, end: datetime | None, cloud: float | None) -> bool:
        """Whether time and clouds of a scene are as wanted."""
        if self.start is not None and end is not None and end < self.start:
            return False
        if self.end is not None and start is not None and start > self.end:
            return False
        return self.cloud is None or cloud is None or cloud <= self.cloud

    def meets(self, bounds: Bounds) -> bool:
        """Whether the wanted box and a scene's bounds have ground in common."""
        return self.bbox is None or meet(self.bbox, bounds)


def meet(one: Bounds, other: Bounds) -> bool:
    """Whether two boxes overlap, either of which may reach across the date line. A point or a line counts."""
    if not _overlap(one[1], one[3], other[1], other[3]):
        return False
    return any(
        _overlap(west, east, another_west, another_east)
        for west, east in _pieces(one)
        for another_west, another_east in _pieces(other)
    )


def shared_part(one: Bounds, other: Bounds) -> float:
    """Which part of the smaller of two boxes lies in the other one, 0..1, by area in degrees; 1 of a point or line."""
    if not meet(one, other):
        return 0.0
    height = min(one[3], other[3]) - max(one[1], other[1])
    width = sum(
        max(0.0, min(east, another_east) - max(west, another_west))
        for west, east in _pieces(one)
        for another_west, another_east in _pieces(other)
    )
    smaller = min(_area(one), _area(other))
    return height * width / smaller if smaller else 1.0


def bounds_of(values: object) -> Bounds | None:
    """Four or six numbers (the latter with heights) as bounds; None where they are no box of the Earth."""
    if not isinstance(values, Sequence) or isinstance(values, str) or len(values) not in (4, 6):
        return None
    picked = list(values) if len(values) == 4 else [values[0], values[1], values[3], values[4]]
    if not all(isinstance(value, int | float) and not isinstance(value, bool) for value in picked):
        return None
    try:
        west, south, east, north = map(float, picked)
    except OverflowError:
        return None
    if not all(map(math.isfinite, (west, south, east, north))):
        return None
    if south > north or south < -90.5 or north > 90.5 or max(abs(west), abs(east)) > 540:
        return None
    if east - west >= 360:
        return -180.0, max(south, -90.0), 180.0, min(north, 90.0)
    return _turned(west, upper=False), max(south, -90.0), _turned(east, upper=True), min(north, 90.0)


def time_of(text: object) -> datetime | None:
    """A time as RFC 3339 or ISO 8601 write it, in UTC where no zone is given; None where it is none."""
    if not isinstance(text, str):
        return None
    try:
        read = datetime.fromisoformat(text.strip())
        return read.replace(tzinfo=UTC) if read.tzinfo is None else read.astimezone(UTC)
    except (ValueError, OverflowError):
        return None


def written(time: datetime) -> str:
    """A time as RFC 3339 in UTC."""
    return time.astimezone(UTC).isoformat().replace("+00:00", "Z")


def _overlap(low: float, high: float, other_low: float, other_high: float) -> bool:
    if low == high or other_low == other_high:
        return low <= other_high and other_low <= high
    return low < other_high and other_low < high


def _area(box: Bounds) -> float:
    return (box[3] - box[1]) * sum(east - west for west, east in _pieces(box))


def _pieces(box: Bounds) -> list[tuple[float, float]]:
    """West and east of the parts of a box on either side of the date line."""
    west, _, east, _ = box
    return [(west, east)] if west <= east else [(west, 180.0), (-180.0, east)]


def _turned(longitude: float, *, upper: bool) -> float:
    """A longitude from -180 to 180; the date line itself is 180 as an eastern edge and -180 as a western one."""
    if -180 <= longitude <= 180 and longitude != (-180 if upper else 180):
        return longitude
    turned = (longitude + 180) % 360 - 180
    return 180.0 if upper and turned == -180 else turned


def _box(given: str | Sequence[float]) -> Bounds:
    values: Sequence[object] = given if not isinstance(given, str) else _numbers(given)
    box = bounds_of(values) if len(values) == 4 else None
    if box is None:
        raise InputError(
            f"The bounding box {given} is none: give west,south,east,north in degrees, south below north, for "
            "instance 5.9,45.8,10.5,47.8."
        )
    return box


def _numbers(text: str) -> list[float]:
    try:
        return [float(part) for part in re.split(r"[,\s]+", text.strip())]
    except ValueError:
        return []


def _span(text: str) -> tuple[datetime | None, datetime | None]:
    first, slash, last = (part.strip() for part in text.partition("/"))
    start = None if first in _OPEN else _edge(first, text)[0]
    end = start and _edge(first, text)[1] if not slash else None if last in _OPEN else _edge(last, text)[1]
    if start is None and end is None:
        raise InputError(f"The dates {text!r} ask for nothing: give a day, or two as FROM/TO.")
    if start is not None and end is not None and start > end:
        raise InputError(f"The dates {text!r} end before they begin: give the earlier one first.")
    return start, end


def _edge(text: str, whole: str) -> tuple[datetime, datetime]:
    """First and last moment of what is written as a year, a month, a day or a time."""
    date = _DATE.fullmatch(text)
    try:
        if date is None:
            moment = time_of(text)
            if moment is None:
                raise ValueError
            return moment, moment
        year, month, day = (int(part) if part else None for part in date.groups())
        last_month = month or 12
        last_day = day or monthrange(year or 0, last_month)[1]
        begin = datetime(year or 0, month or 1, day or 1, tzinfo=UTC)
        last = datetime(year or 0, last_month, last_day, tzinfo=UTC)
        return begin, last + timedelta(days=1, microseconds=-1)
    except (ValueError, OverflowError) as error:
        raise InputError(
            f"The dates {whole!r} can't be read at {text!r}: write 2026, 2026-05, 2026-05-31 or a time such as "
            "2026-05-31T10:00:00Z, or two of these as FROM/TO."
        ) from error
