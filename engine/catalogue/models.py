"""Which models there are, which can be got, and which are removed. Nothing here knows torch."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from engine.catalogue.adapters import Manifest, open_registry
from engine.catalogue.checkpoints import card_of_folder
from engine.catalogue.fitting import LIBRARIES_BYTES, OUTLINE_BYTES, Costs, smallest_plan
from engine.catalogue.footprint import Shapes, read_shapes
from engine.catalogue.licences import UNKNOWN, Licence, read_licence
from engine.catalogue.offers import Offer, read_offers
from engine.catalogue.origins import Origin, read_origin
from engine.catalogue.shelf import Shelved, claimed, shelved, take_away, unfinished
from engine.catalogue.specs import read_spec
from engine.errors import InputError, ModelError, RegistryError
from engine.files import subfolders
from engine.language.families import FAMILIES, OUTLINERS
from engine.paths import models_dir, resources_dir
from engine.remote.address import is_server
from engine.types import ModelSpec, Role

DEFAULT_MODEL = "mini"


@dataclass(frozen=True)
class Memory:
    """The least memory with which a model works, libraries included, in bytes: for finding, and for learning."""

    find_bytes: int
    learn_bytes: int


@dataclass(frozen=True)
class ModelEntry:
    """One model that can be loaded.

    Attributes:
        spec: how to load it.
        size_bytes: its weights on disk.
        memory: least memory for finding and for learning, libraries included.
        default: it is used when no model is named.
        shipped: it came with the engine.
        in_place: it is used where the user has it, and was not copied.
        origin: where it was got from, None where that is not known.
        adapters: what was trained on it, oldest first.
        current: name of the adapter in use, None for the base weights.
    """

    spec: ModelSpec
    size_bytes: int
    memory: Memory
    default: bool
    shipped: bool
    in_place: bool
    origin: Origin | None
    adapters: tuple[Manifest, ...]
    current: str | None

    def as_json(self) -> dict[str, Any]:
        """The entry as the service sends it."""
        return {
            "name": self.spec.name,
            "family": self.spec.family,
            "role": self.role,
            "path": str(self.spec.path),
            "licence": self.licence.name,
            "commercial": self.licence.commercial,
            "size_bytes": self.size_bytes,
            "memory_bytes": self.memory.find_bytes,
            "memory_learning_bytes": self.memory.learn_bytes,
            "default": self.default,
            "closed": bool(self.spec.words),
            "things": list(self.spec.things),
            "min_score": self.spec.min_score,
            "shipped": self.shipped,
            "in_place": self.in_place,
            "repository": self.origin.repository if self.origin else None,
            "commit": self.origin.commit if self.origin else None,
            "adapters": [adapter.as_json(current=adapter.name == self.current) for adapter in self.adapters],
            "missing_adapter": self.missing,
        }

    @property
    def licence(self) -> Licence:
        """As its ``remotezero.json`` says; of a folder that has none, as where it came from or its README does."""
        own = read_licence({"license": self.spec.licence})
        return own if own.name != UNKNOWN else licence_of(self.spec, self.origin)

    @property
    def role(self) -> Role:
        """What it is for: to find things, or to draw the outlines of what was found."""
        return "outline" if self.spec.family in OUTLINERS else "find"

    @property
    def missing(self) -> str | None:
        """Name of the adapter that is to be used and is not there, None where all is well."""
        return None if self.current in {None, *(adapter.name for adapter in self.adapters)} else self.current


def list_models(folders: tuple[Path, ...] = ()) -> list[ModelEntry]:
    """Every model that can be loaded: shipped, then imported, then in ``folders``; broken ones are left out.

    An imported model comes before a shipped one of the same name.
    """
    own = [Shelved(folder) for folder in folders] + shelved()
    shipped = [Shelved(folder) for folder in subfolders(resources_dir() / "models")]
    found: dict[str, ModelEntry] = {}
    for one in [*own, *shipped]:
        try:
            spec = read_spec(one.folder)
        except ModelError:
            continue
        spec = replace(spec, name=one.name or spec.name)
        if spec.name not in found:
            found[spec.name] = _entry(spec, in_place=one.in_place, is_shipped=one in shipped)
    return sorted(found.values(), key=lambda entry: (not entry.default, entry.spec.name))


def licence_of(spec: ModelSpec, origin: Origin | None) -> Licence:
    """What is to be accepted: as it was when the model was got, as its README says, or its ``remotezero.json``."""
    told = origin.licence if origin is not None else read_licence(card_of_folder(spec.path))
    return told if told.name != UNKNOWN else read_licence({"license": spec.licence})


def models_json() -> list[dict[str, Any]]:
    """Every model that can be loaded, as the service sends it."""
    return [entry.as_json() for entry in list_models()]


def find_model(name_or_path: str | Path | None = None) -> ModelSpec:
    """The model of a name, of a repository that was got, in a folder, or the default one for None.

    Raises:
        ModelError: there is no such model, its folder can't be used, or it only draws outlines.
    """
    spec = _find(name_or_path)
    if spec.family in OUTLINERS:
        raise ModelError(
            f"{spec.name} draws outlines of what was found, and can't be asked for anything. "
            "Name it with --outline-model, and with --model one that finds."
        )
    return spec


def find_outliner(name_or_path: str | Path | None = None) -> ModelSpec:
    """The same for models that draw outlines; None is the largest one that is here.

    Raises:
        ModelError: there is no such model, its folder can't be used, or it is one of the others.
    """
    if name_or_path is None:
        here = [entry for entry in list_models() if entry.role == "outline"]
        if not here:
            names = ", ".join(offer.name for offer in read_offers() if offer.role == "outline")
            raise ModelError(
                f"Outlines are drawn by a model of their own, and none is here. Get one ({names}): "
                "`remotezero models get NAME`, or in QGIS on the Models page."
            )
        return max(here, key=lambda entry: entry.size_bytes).spec
    spec = _find(name_or_path)
    if spec.family not in OUTLINERS:
        raise ModelError(
            f"{spec.name} is of the family {spec.family} and draws no outlines. "
            f"Name a model of {', '.join(OUTLINERS)}, or none for the one that is here."
        )
    return spec


def _find(name_or_path: str | Path | None) -> ModelSpec:
    wanted = DEFAULT_MODEL if name_or_path is None else str(name_or_path)
    if is_server(wanted):
        raise ModelError(
            "A model on a server finds and verifies, and can be the external verifier of learning. It can't learn "
            "or have adapters here: for that, name a model of this machine."
        )
    entries = list_models()
    published = [entry.spec for entry in entries if entry.origin and entry.origin.repository == wanted]
    if published and not Path(wanted).exists():
        return published[0]
    if Path(wanted).is_absolute() or "/" in wanted or "\\" in wanted or wanted.startswith("."):
        return read_spec(wanted)
    for entry in entries:
        if entry.spec.name == wanted:
            return entry.spec
    if Path(wanted).is_dir():
        return read_spec(wanted)
    known = ", ".join(entry.spec.name for entry in entries) or "none"
    offered = any(offer.name == wanted for offer in read_offers())
    get = f"; or get it: `remotezero models get {wanted}`" if offered else ""
    raise ModelError(
        f"There is no model {wanted!r} (there are: {known}). Name one of these, or give a folder{get}."
    )


def check_name_is_free(name: str) -> None:
    """Raise InputError where there is a model of this name, in whatever state."""
    taken = {entry.spec.name: entry for entry in list_models()}
    if name in taken:
        origin = taken[name].origin
        whence = f", from {origin.repository} at {origin.commit[:12]}" if origin else ""
        raise InputError(
            f"There is a model {name} already{whence}. Give this one another name (--name), or remove that one first."
        )
    if (models_dir() / name).exists() or any(one.name == name for one in shelved()):
        raise InputError(
            f"There is something called {name} among the models, and it can't be used. "
            f"Remove it first: `remotezero models remove {name}`."
        )


def _entry(spec: ModelSpec, *, in_place: bool, is_shipped: bool) -> ModelEntry:
    registry = open_registry(spec)
    try:
        current = registry.current()
    except RegistryError:
        current = None
    size = sum(path.stat().st_size for path in spec.path.glob("*.safetensors"))
    return ModelEntry(
        spec=spec,
        size_bytes=size,
        memory=_memory(spec, size),
        default=spec.name == DEFAULT_MODEL,
        shipped=is_shipped,
        in_place=in_place,
        origin=read_origin(spec.path),
        adapters=tuple(registry.list()),
        current=current,
    )


def _memory(spec: ModelSpec, size_bytes: int) -> Memory:
    """The least memory for finding and for learning; by the size of its files where they don't tell their shapes."""
    shapes = None if spec.family in OUTLINERS else read_shapes(spec.path)
    if spec.family in OUTLINERS or shapes is not None:
        return _least(shapes, spec.chip_px, size_bytes, load_in_4bit=spec.load_in_4bit)
    weights = int(size_bytes * (0.5 if spec.load_in_4bit else 1.0))
    return Memory(weights + LIBRARIES_BYTES, 2 * weights + LIBRARIES_BYTES)


def offered_memory(offer: Offer) -> Memory:
    """The least memory for finding and for learning of a model of the catalogue."""
    chip_px = FAMILIES[offer.family].chip_px if offer.shapes else 0
    return _least(offer.shapes, chip_px, offer.size_bytes, load_in_4bit=True)


def _least(shapes: Shapes | None, chip_px: int, size_bytes: int, *, load_in_4bit: bool) -> Memory:
    """By shapes; without them for a model that draws outlines, which never learns."""
    if shapes is None:
        return Memory(size_bytes + OUTLINE_BYTES + LIBRARIES_BYTES, 0)
    costs = Costs(shapes, load_in_4bit=load_in_4bit)
    find, learn = (smallest_plan(costs, task, chip_px).needed_bytes for task in ("locate", "learn"))
    return Memory(find + LIBRARIES_BYTES, max(find, learn) + LIBRARIES_BYTES)


def remove_model(name: str, in_use: Callable[[str], bool] = lambda _: False) -> dict[str, Any]:
    """Remove a model, what has come of one, or the note where one lies; adapters trained on it stay.

    Args:
        name: its name.
        in_use: tells whether a job works with it or waits to.

    Returns:
        Its name, and the folder that was left as it is (None where the files are gone).

    Raises:
        InputError: there is no such model, it came with the engine, or it is in use.
    """
    entry = next((entry for entry in list_models() if entry.spec.name == name), None)
    waiting = any(one.name == name for one in unfinished())
    placed = next((one for one in shelved() if one.name == name), None)
    lost = (models_dir() / name).is_dir() and not name.startswith(".")
    if entry is not None and entry.shipped and not waiting:
        raise InputError(f"{name} came with the engine and can't be removed.")
    if entry is None and not waiting and placed is None and not lost:
        raise InputError(f"There is no model {name[:80]!r}. `remotezero models list` lists what there is.")
    if in_use(name):
        raise InputError(f"{name} is in use: a job works with it or waits for it. Cancel that job first.")
    with claimed(name):
        take_away(name if entry is None or entry.shipped or entry.in_place else entry.spec.path.name)
    left = str(placed.folder) if placed is not None else None
    return {"name": name, "left": left}


def catalogue_json() -> list[dict[str, Any]]:
    """What can be got, what is being got, and what is in place but not there now; what is here says so.

    Each with ``state``: ``offered``, ``unfinished``, ``here`` or ``missing`` (its disk is not there).
    """
    here = {entry.spec.name: entry for entry in list_models()}
    parts = {one.name: one for one in unfinished()}
    rows = []
    for offer in read_offers():
        row = _Row(offer.name, offer.repository, offer.revision, offer.licence, offer.size_bytes)
        row.role = offer.role
        memory = offered_memory(offer)
        row.memory_bytes, row.memory_learning_bytes = memory.find_bytes, memory.learn_bytes
        row.state = "here" if offer.name in here else "offered"
        rows.append(row)
    offered = {row.name: row for row in rows}
    for name, one in parts.items():
        origin = one.origin
        row = offered.get(name) or _Row(name, origin.repository, origin.commit, origin.licence, 0)
        row.state, row.have_bytes, row.size_bytes = "unfinished", one.have_bytes, origin.size_bytes
        row.commit, row.licence = origin.commit, origin.licence
        rows += [] if name in offered else [row]
    for placed in shelved():
        if placed.name is not None and placed.name not in here:
            row = _Row(placed.name, None, None, Licence(), 0)
            row.state, row.folder = "missing", str(placed.folder)
            rows.append(row)
    return [row.as_json() for row in rows]


@dataclass
class _Row:
    name: str
    repository: str | None
    commit: str | None
    licence: Licence
    size_bytes: int
    role: Role | None = None
    state: str = "offered"
    have_bytes: int = 0
    memory_bytes: int | None = None
    memory_learning_bytes: int | None = None
    folder: str | None = None

    def as_json(self) -> dict[str, Any]:
        """As the wire shows it."""
        values = {key: value for key, value in vars(self).items() if key != "licence"}
        return {**values, "licence": self.licence.name, "commercial": self.licence.commercial}
