"""Where the scenes of an archive lie and what was found in them, as one SVG of bounded size without a base map."""

from __future__ import annotations

import math
import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass
from html import escape
from pathlib import Path

from engine.counting import count
from engine.scan.rows import searched_scenes

WIDTH, LEAST_HEIGHT, MOST_HEIGHT = 960, 300, 640
MARKS_AT_MOST = 1500
"""More things than this are drawn as circles of several."""

FOOTPRINTS_AT_MOST = 1000
"""More scenes than this are drawn as the cells of a grid that have some."""

CELL_PX = 8.0
LEAST_DEG = 0.002
DOT_PX = 4.0
LOOK = """
svg { width: 100%; height: auto; background: #8881; border: 1px solid #8884; }
.scene { fill: #8883; stroke: #888; stroke-width: .7; } .line { stroke: #8885; stroke-width: .6; }
circle { fill-opacity: .75; stroke: #fff; stroke-width: .6; }
"""


@dataclass(frozen=True)
class _Frame:
    """The part of the Earth that the map shows, in degrees; ``west`` may be such that ``east`` lies beyond 180."""

    west: float
    south: float
    east: float
    north: float

    @property
    def height(self) -> float:
        """In pixels: distances are right in the middle, as far as that makes a picture to look at."""
        squeeze = max(0.1, math.cos(math.radians((self.south + self.north) / 2)))
        ratio = (self.north - self.south) / ((self.east - self.west) * squeeze)
        return round(min(MOST_HEIGHT, max(LEAST_HEIGHT, WIDTH * ratio)))

    def x(self, lon: float) -> float:
        """Pixels from the left."""
        turned = self.west + (lon - self.west) % 360 if not self.west <= lon <= self.east else lon
        return (turned - self.west) / (self.east - self.west) * WIDTH

    def y(self, lat: float) -> float:
        """Pixels from the top."""
        return (self.north - lat) / (self.north - self.south) * self.height


def sketch(out: Path, db: sqlite3.Connection, colours: dict[str, str]) -> str:
    """The picture; "" where no place is known.

    Args:
        out: the scan's folder.
        db: the tables of :class:`engine.scan.things.Things`, joined.
        colours: of the questions; the marks of the n-th have the class ``q<n>``.
    """
    frame = _frame(out, db)
    if frame is None:
        return ""
    marks = (
        _single(db, frame, colours) if thing_count(db) <= MARKS_AT_MOST else _clustered(db, frame, colours)
    )
    label = "Scenes as grey rectangles, what was found as dots in the colour of its question"
    return (
        f'<svg viewBox="0 0 {WIDTH} {frame.height}" role="img" aria-label="{label}">'
        f"{_graticule(frame)}{_footprints(out, frame)}{marks}</svg>"
    )


def thing_count(db: sqlite3.Connection) -> int:
    """How many things there are."""
    return int(db.execute("SELECT count(*) FROM thing").fetchone()[0])


def _single(db: sqlite3.Connection, frame: _Frame, colours: dict[str, str]) -> str:
    """A dot for each thing, the surest on top."""
    named, parts = list(colours), []
    for text, score, times, scenes, lon, lat in db.execute(
        "SELECT text, score, times, scenes, lon, lat FROM thing JOIN question ON question.no = thing.question "
        "ORDER BY score, thing.no DESC"
    ):
        seen = scenes if times == 1 else f"{times} scenes: {scenes}"
        about = escape(f"{text}: {score * 100:.0f} %, in {seen}"[:400])
        parts.append(
            f'<circle class="q{named.index(text)}" cx="{frame.x(lon):.1f}" cy="{frame.y(lat):.1f}" r="{DOT_PX}" '
            f'fill="{colours[text]}"><title>{about}</title></circle>'
        )
    return "".join(parts)


def _clustered(db: sqlite3.Connection, frame: _Frame, colours: dict[str, str]) -> str:
    """A circle for the things of a question in one cell of a grid; the fewer cells the more there would be."""
    db.create_function("across", 1, frame.x, deterministic=True)
    db.create_function("down", 1, frame.y, deterministic=True)
    cell = 2 * CELL_PX
    groups: list[tuple[str, int, float, float, float]] = []
    while True:
        groups = db.execute(
            "SELECT text, count(*), max(score), avg(across(lon)), avg(down(lat)) FROM thing "
            "JOIN question ON question.no = thing.question "
            "GROUP BY text, CAST(across(lon) / ? AS INTEGER), CAST(down(lat) / ? AS INTEGER) "
            "ORDER BY count(*) DESC, text, avg(across(lon)), avg(down(lat)) LIMIT ?",
            (cell, cell, MARKS_AT_MOST + 1),
        ).fetchall()
        if len(groups) <= MARKS_AT_MOST:
            break
        cell *= 1.5
    named, most = list(colours), groups[0][1]
    share = 0.5 if len({text for text, *_ in groups}) == 1 else 0.3
    parts = []
    for text, number, score, x, y in groups:
        radius = max(1.5, share * cell * math.sqrt(number / most))
        place = named.index(text)  # beside those of other questions, which would hide it
        x += (0.5 - share) * cell * math.sin(place * math.tau / len(named))
        y += (0.5 - share) * cell * math.cos(place * math.tau / len(named))
        about = escape(f"{count(number, 'thing')}, {text}: the surest {score * 100:.0f} %")
        parts.append(
            f'<circle class="q{place}" cx="{x:.1f}" cy="{y:.1f}" r="{radius:.1f}" '
            f'fill="{colours[text]}"><title>{about}</title></circle>'
        )
    return "".join(parts)


def _frame(out: Path, db: sqlite3.Connection) -> _Frame | None:
    """The extent of scenes and things; it begins after the widest stretch of longitudes that has nothing."""
    taken, south, north = [False] * 360, math.inf, -math.inf
    for west, low, width, high in _extents(out, db):
        south, north = min(south, low), max(north, high)
        for degree in range(math.floor(west), math.floor(west + width) + 1):
            taken[degree % 360] = True
    if south > north:
        return None
    begin = _after_gap(taken)
    least, most = math.inf, -math.inf
    for west, _, width, _ in _extents(out, db):
        left = begin + (west - begin) % 360
        least, most = min(least, left), max(most, left + width)
    return _padded(least, south, min(most, least + 360), north)


def _extents(out: Path, db: sqlite3.Connection) -> Iterator[tuple[float, float, float, float]]:
    """Of each scene, and of all things on one degree of longitude: west, south, width, north."""
    for scene in searched_scenes(out):
        if scene.bounds is not None:
            west, south, _, north = scene.bounds
            yield west, south, _width(scene.bounds), north
    for west, south, east, north in db.execute(
        "SELECT min(lon), min(lat), max(lon), max(lat) FROM thing GROUP BY CAST(lon + 180 AS INTEGER)"
    ):
        yield west, south, east - west, north


def _width(bounds: tuple[float, float, float, float]) -> float:
    """Degrees from west to east, across the date line where west is above east."""
    west, _, east, _ = bounds
    return (east - west) % 360 if east < west else east - west


def _after_gap(taken: list[bool]) -> float:
    """The degree of longitude, -180..180, at which the taken ones begin after their widest gap."""
    if all(taken):
        return -180.0
    best, begin, run = 0, 0, 0
    for degree in range(720):
        if taken[degree % 360]:
            if run > best:
                best, begin = run, degree % 360
            run = 0
        else:
            run += 1
    return float((begin + 180) % 360 - 180)


def _padded(west: float, south: float, east: float, north: float) -> _Frame:
    wide = max((east - west) * 0.05, LEAST_DEG)
    high = max((north - south) * 0.05, LEAST_DEG)
    if east - west + 2 * wide >= 360:
        wide = (360 - (east - west)) / 2
    return _Frame(west - wide, max(-90.0, south - high), east + wide, min(90.0, north + high))


def _graticule(frame: _Frame) -> str:
    parts = []
    step_x, step_y = _step((frame.east - frame.west) / 7), _step((frame.north - frame.south) / 5)
    for place in range(math.ceil(frame.west / step_x), math.floor(frame.east / step_x) + 1):
        x = frame.x(place * step_x)
        parts.append(f'<line class="line" x1="{x:.1f}" x2="{x:.1f}" y1="0" y2="{frame.height}"/>')
        lon = (place * step_x + 180) % 360 - 180
        text = _degrees(abs(lon), step_x, "E" if lon > 0 else "W" if lon < 0 else "")
        parts.append(f'<text class="tick" x="{x + 3:.1f}" y="{frame.height - 5}">{text}</text>')
    for place in range(math.ceil(frame.south / step_y), math.floor(frame.north / step_y) + 1):
        y = frame.y(place * step_y)
        parts.append(f'<line class="line" x1="0" x2="{WIDTH}" y1="{y:.1f}" y2="{y:.1f}"/>')
        lat = place * step_y
        text = _degrees(abs(lat), step_y, "N" if lat > 0 else "S" if lat < 0 else "")
        parts.append(f'<text class="tick" x="4" y="{y - 3:.1f}">{text}</text>')
    return "".join(parts)


def _step(rough: float) -> float:
    power: float = 10.0 ** math.floor(math.log10(rough))
    return next(step * power for step in (1, 2, 5, 10) if step * power >= rough)


def _degrees(value: float, step: float, side: str) -> str:
    return f"{value:.{max(0, -math.floor(math.log10(step)))}f}° {side}".strip()


def _footprints(out: Path, frame: _Frame) -> str:
    """Rectangles of scenes; of many, one for each cell of a grid that has some."""
    rectangles: list[str] = []
    cells: dict[tuple[int, int], int] = {}
    for scene in searched_scenes(out):
        if scene.bounds is None:
            continue
        west, south, _, north = scene.bounds
        left, top, low = frame.x(west), frame.y(north), frame.y(south)
        width = _width(scene.bounds) / (frame.east - frame.west) * WIDTH
        if len(rectangles) <= FOOTPRINTS_AT_MOST:
            told = (scene.name, scene.taken, count(scene.boxes, "box", "boxes"))
            rectangles.append(
                _rectangle(left, top, max(3.0, width), max(3.0, low - top), ", ".join(filter(None, told)))
            )
        place = (int((left + width / 2) // CELL_PX), int((top + low) / 2 // CELL_PX))
        cells[place] = cells.get(place, 0) + 1
    if len(rectangles) <= FOOTPRINTS_AT_MOST:
        return "".join(rectangles)
    cell = CELL_PX
    while len(cells) > FOOTPRINTS_AT_MOST:
        cell *= 2
        wider: dict[tuple[int, int], int] = {}
        for (column, row), number in cells.items():
            wider[column // 2, row // 2] = wider.get((column // 2, row // 2), 0) + number
        cells = wider
    return "".join(
        _rectangle(column * cell, row * cell, cell, cell, count(number, "scene"))
        for (column, row), number in sorted(cells.items())
    )


def _rectangle(x: float, y: float, width: float, height: float, about: str) -> str:
    place = f'x="{x:.1f}" y="{y:.1f}" width="{width:.1f}" height="{height:.1f}"'
    return f'<rect class="scene" {place}><title>{escape(about[:400])}</title></rect>'
