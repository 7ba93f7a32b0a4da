"""Presets: what to look for and how, kept under a name in the data folder and shared as a file."""

from __future__ import annotations

import json
import math
import os
import re
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from ..connection.server_keys import is_server
from ..errors import EngineError
from ..i18n import tr
from ..layers.place import CANVAS, LAYER, RECTANGLE, SELECTION
from ..layers.renderer import BandStretch
from ..layers.results_file import slug
from ..layers.sought import Sought

FORMAT, VERSION = "remotezero-preset", 1
FOLDER, ENDING = "presets", ".json"
MOST_BYTES, MOST_QUESTIONS, MOST_LETTERS = 1_000_000, 64, 500
ZOOMS = ("auto", "overview", "detail")
PLACES = (CANVAS, LAYER, RECTANGLE, SELECTION)
COLOUR = re.compile(r"#[0-9a-fA-F]{6}")


class PresetError(EngineError, ValueError):
    """A file is no preset, or one can't be kept."""


@dataclass(frozen=True)
class Preset:
    """What the form says, under a name.

    Attributes:
        name: what the user calls it.
        sought: the questions with colours and lowest scores.
        model, adapter: by name; "" is the default model, and for the adapter the one in use.
        verifier: name of another model that scores, "" for none.
        zoom, gsd_m, outline: as in the form.
        place: ``canvas``, ``layer``, ``rectangle`` or ``selection``.
        rectangle, crs: of a drawn rectangle: xmin, ymin, xmax, ymax in map units, and the CRS as text.
        look: the bands and their stretch; empty for the raster's own.
    """

    name: str
    sought: tuple[Sought, ...]
    model: str = ""
    adapter: str = ""
    zoom: str = "auto"
    gsd_m: float = 0.0
    outline: bool = False
    place: str = CANVAS
    rectangle: tuple[float, ...] = ()
    crs: str = ""
    look: BandStretch = field(default_factory=BandStretch)
    verifier: str = ""

    @property
    def names_server(self) -> bool:
        """Whether a model on a server finds or scores."""
        return is_server(self.model) or is_server(self.verifier)

    @property
    def shared(self) -> Preset:
        """The preset as it may leave this machine: models on servers stay here, with their addresses."""
        shared = replace(self, model="", adapter="") if is_server(self.model) else self
        return replace(shared, verifier="") if is_server(self.verifier) else shared

    @property
    def text(self) -> str:
        """For a file."""
        questions = [
            {"question": one.question, "colour": one.colour, "min_score": one.minimum} for one in self.sought
        ]
        content = {
            "format": FORMAT,
            "version": VERSION,
            "name": self.name,
            "questions": questions,
            "model": self.model,
            "adapter": self.adapter,
            "verifier": self.verifier,
            "zoom": self.zoom,
            "gsd_m": self.gsd_m,
            "outline": self.outline,
            "area": {"place": self.place, "rectangle": list(self.rectangle), "crs": self.crs},
            "look": {"bands": list(self.look.bands), "stretch": [list(one) for one in self.look.stretch]},
        }
        return json.dumps(content, ensure_ascii=False, indent=1) + "\n"


def read_preset(text: str, source: str) -> Preset:
    """Read what :attr:`Preset.text` wrote.

    Args:
        text: of the file.
        source: what the file is called, for the sentence.

    Raises:
        PresetError: it is something else, and what is wrong with it.
    """
    try:
        values = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise PresetError(tr("{file} is no preset: it is no JSON.").format(file=source)) from error
    if not isinstance(values, dict) or values.get("format") != FORMAT:
        raise PresetError(
            tr("{file} is no preset of RemoteZero. Choose a file that was exported as one.").format(
                file=source
            )
        )
    if values.get("version") != VERSION:
        raise PresetError(
            tr("{file} was made by a newer version. Update the plugin, then import it.").format(file=source)
        )
    reader = _Reader(values, source)
    sought = tuple(reader.inside(one, "questions").sought() for one in reader.items("questions"))
    if not sought or len(sought) > MOST_QUESTIONS:
        reader.refuse("questions")
    area, look = reader.inside(values.get("area", {}), "area"), reader.inside(values.get("look", {}), "look")
    rectangle = tuple(area.items("rectangle", is_number))
    stretch = tuple(tuple(one) for one in look.items("stretch", _is_range))
    bands = tuple(look.items("bands", _is_band))
    if len(rectangle) not in (0, 4) or len(bands) not in (0, 1, 3) or len(stretch) not in (0, len(bands)):
        reader.refuse("area" if len(rectangle) not in (0, 4) else "look")
    return Preset(
        name=reader.value("name", _is_text),
        sought=sought,
        model=reader.value("model", _is_short, ""),
        adapter=reader.value("adapter", _is_short, ""),
        verifier=reader.value("verifier", _is_short, ""),
        zoom=reader.value("zoom", ZOOMS.__contains__, "auto"),
        gsd_m=float(reader.value("gsd_m", _is_size, 0.0)),
        outline=reader.value("outline", lambda value: isinstance(value, bool), False),
        place=area.value("place", PLACES.__contains__, CANVAS),
        rectangle=rectangle,
        crs=area.value("crs", lambda value: isinstance(value, str) and _can_be_kept(value), ""),
        look=BandStretch(bands, stretch),
    )


class _Reader:
    """Takes values out of JSON that anybody may have written."""

    def __init__(self, values: dict[str, Any], source: str) -> None:
        self._values, self._source = values, source

    def refuse(self, name: str) -> None:
        """Raise PresetError for a field."""
        message = tr("{file} can't be used as a preset: “{field}” is wrong or missing. Export it anew.")
        raise PresetError(message.format(file=self._source, field=name))

    def inside(self, values: Any, name: str) -> _Reader:
        """Return a reader of what lies inside a field."""
        if not isinstance(values, dict):
            self.refuse(name)
        return _Reader(values, self._source)

    def value(self, name: str, fits: Callable[[Any], bool], default: Any = None) -> Any:
        """Return a field that fits; without a ``default`` it has to be there."""
        value = self._values.get(name, default)
        if isinstance(value, (list, dict)) or not fits(value):
            self.refuse(name)
        return value

    def items(self, name: str, fits: Callable[[Any], bool] = lambda _: True) -> list[Any]:
        """Return the items of a list, all of which fit; [] where it is left out."""
        values = self._values.get(name, [])
        if not isinstance(values, list) or not all(map(fits, values)):
            self.refuse(name)
        return values

    def sought(self) -> Sought:
        """Return one question."""
        colour = self.value("colour", lambda value: value == "" or _is_colour(value), "")
        minimum = self.value("min_score", lambda value: value is None or _is_share(value))
        return Sought(" ".join(self.value("question", _is_text).split()), colour, minimum)


class Presets:
    """The presets of the data folder, one file each."""

    def __init__(self, home: Path) -> None:
        self._folder = home / FOLDER

    def all(self) -> list[Preset]:
        """Return those that can be read, by name."""
        found = []
        for path in sorted(self._folder.glob("*" + ENDING)):
            try:
                found.append(read_file(path))
            except PresetError:
                continue
        return sorted(found, key=lambda preset: preset.name.casefold())

    def keep(self, preset: Preset) -> None:
        """Keep a preset, in place of one of the same name.

        Raises:
            PresetError: the data folder can't be written.
        """
        write_file(self._path(preset.name), preset)

    def forget(self, name: str) -> None:
        """Delete a preset."""
        self._path(name).unlink(missing_ok=True)

    def _path(self, name: str) -> Path:
        same = [path for path in self._folder.glob("*" + ENDING) if _name_in(path) == name]
        taken = {path.stem for path in self._folder.glob("*" + ENDING)}
        stem = slug(name)
        numbered = (f"{stem}_{number}" for number in range(2, len(taken) + 3))
        free = next(one for one in (stem, *numbered) if one not in taken)
        return same[0] if same else self._folder / (free + ENDING)


def read_file(path: Path) -> Preset:
    """Read a preset from a file; raises PresetError where it is none."""
    try:
        if path.stat().st_size > MOST_BYTES:
            raise PresetError(tr("{file} is too large for a preset.").format(file=path.name))
        text = path.read_text(encoding="utf-8-sig")
    except OSError as error:
        message = tr("{file} can't be read ({reason}). Choose another file.")
        raise PresetError(message.format(file=path.name, reason=error.strerror or "")) from error
    except ValueError as error:
        if isinstance(error, PresetError):
            raise
        raise PresetError(tr("{file} is no preset: it is no text.").format(file=path.name)) from error
    return read_preset(text, path.name)


def write_file(path: Path, preset: Preset) -> None:
    """Write a preset to a file; raises PresetError where that can't be done."""
    part = path.with_name(path.name + ".part")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        part.write_text(preset.text, encoding="utf-8")
        os.replace(part, path)
    except OSError as error:
        message = tr("The preset can't be written to {path} ({reason}). Choose another place.")
        raise PresetError(message.format(path=path, reason=error.strerror or "")) from error


def _name_in(path: Path) -> str:
    try:
        return read_file(path).name
    except PresetError:
        return ""


def _is_text(value: Any) -> bool:
    return _is_short(value) and bool(value.strip())


def _is_short(value: Any) -> bool:
    return (
        isinstance(value, str) and len(value) <= MOST_LETTERS and "\x00" not in value and _can_be_kept(value)
    )


def _can_be_kept(text: str) -> bool:
    """Half a sign, which JSON can name, can't be written to a file."""
    try:
        text.encode("utf-8")
    except UnicodeEncodeError:
        return False
    return True


def _is_colour(value: Any) -> bool:
    return isinstance(value, str) and COLOUR.fullmatch(value) is not None


def is_number(value: Any) -> bool:
    """Say whether a value is a number that can be calculated with."""
    if not isinstance(value, (int, float)) or isinstance(value, bool):
        return False
    try:
        return math.isfinite(value)
    except OverflowError:  # JSON has whole numbers of any length
        return False


def _is_share(value: Any) -> bool:
    return is_number(value) and 0 <= value <= 1


def _is_size(value: Any) -> bool:
    return is_number(value) and 0 <= value <= 10_000


def _is_band(value: Any) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and 1 <= value <= 65535


def _is_range(value: Any) -> bool:
    return isinstance(value, list) and len(value) == 2 and all(map(is_number, value)) and value[0] < value[1]
