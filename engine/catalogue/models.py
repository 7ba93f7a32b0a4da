"""Which models and adapters there are: shipped, imported, or in any folder. Nothing here knows torch."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any

from engine.catalogue.adapters import Manifest, open_registry
from engine.errors import ModelError, RegistryError
from engine.files import subfolders
from engine.language.families import FAMILIES, Family, family_of_model_type
from engine.paths import models_dir, resources_dir
from engine.types import ModelSpec

DEFAULT_MODEL = "mini"
SPEC_FILE = "remotezero.json"
_OWN_FIELDS = {field.name for field in fields(ModelSpec)} - {"path"}
_OVERHEAD_BYTES = 600 * 2**20
"""What torch and its libraries take beside the weights."""


@dataclass(frozen=True)
class ModelEntry:
    """One model that can be loaded.

    Attributes:
        spec: how to load it.
        size_bytes: its weights on disk.
        memory_bytes: estimate of what it takes when loaded as the spec says, libraries included.
        default: it is used when no model is named.
        adapters: what was trained on it, oldest first.
        current: name of the adapter in use, None for the base weights.
    """

    spec: ModelSpec
    size_bytes: int
    memory_bytes: int
    default: bool
    adapters: tuple[Manifest, ...]
    current: str | None

    def as_json(self) -> dict[str, Any]:
        """The entry as the service sends it."""
        return {
            "name": self.spec.name,
            "family": self.spec.family,
            "path": str(self.spec.path),
            "licence": self.spec.licence,
            "size_bytes": self.size_bytes,
            "memory_bytes": self.memory_bytes,
            "default": self.default,
            "adapters": [adapter.as_json(current=adapter.name == self.current) for adapter in self.adapters],
        }


def read_spec(folder: str | Path) -> ModelSpec:
    """Read a model folder: ``config.json``, and ``remotezero.json`` where there is one.

    Raises:
        ModelError: no folder, no readable configuration, an unknown family, or a field of a wrong kind.
    """
    path = Path(folder).expanduser()
    if not path.is_dir():
        raise ModelError(
            f"There is no model folder {path}. Check the path, or choose one of the listed models."
        )
    config = _read_json(path / "config.json")
    own = _read_json(path / SPEC_FILE) if (path / SPEC_FILE).is_file() else {}
    _check_own(path / SPEC_FILE, own)
    family = _family(path, config, own.get("family"))
    known = {key: value for key, value in own.items() if key in _OWN_FIELDS}
    known["words"] = tuple(own.get("words", ()))
    defaults = {"name": path.name, "chip_px": family.chip_px, "crop_px": family.crop_px}
    return ModelSpec(**{**defaults, **known, "family": family.name, "path": path.absolute()})


def _check_own(path: Path, own: dict[str, Any]) -> None:
    """Raise ModelError for a field of a wrong kind."""
    for names, is_right, wanted in _KINDS:
        for name in names:
            if name in own and not is_right(own[name]):
                raise ModelError(f"{path} has {name} = {own[name]!r}. Give {wanted}.")


def list_models(folders: tuple[Path, ...] = ()) -> list[ModelEntry]:
    """Every model that can be loaded: shipped, then imported, then in ``folders``; broken ones are left out.

    An imported model comes before a shipped one of the same name.
    """
    found: dict[str, ModelSpec] = {}
    for folder in [*folders, *subfolders(models_dir()), *subfolders(resources_dir() / "models")]:
        try:
            spec = read_spec(folder)
        except ModelError:
            continue
        found.setdefault(spec.name, spec)
    ordered = sorted(found.values(), key=lambda spec: (spec.name != DEFAULT_MODEL, spec.name))
    return [_entry(spec) for spec in ordered]


def models_json() -> list[dict[str, Any]]:
    """Every model that can be loaded, as the service sends it."""
    return [entry.as_json() for entry in list_models()]


def find_model(name_or_path: str | Path | None = None) -> ModelSpec:
    """The model of a name, in a folder, or the default one for None.

    Raises:
        ModelError: there is no such model, or its folder can't be used.
    """
    wanted = DEFAULT_MODEL if name_or_path is None else str(name_or_path)
    if Path(wanted).is_absolute() or "/" in wanted or "\\" in wanted or wanted.startswith("."):
        return read_spec(wanted)
    entries = list_models()
    for entry in entries:
        if entry.spec.name == wanted:
            return entry.spec
    if Path(wanted).is_dir():
        return read_spec(wanted)
    known = ", ".join(entry.spec.name for entry in entries) or "none"
    raise ModelError(
        f"There is no model {wanted!r} (there are: {known}). Name one of these, or give a folder."
    )


def _family(path: Path, config: dict[str, Any], named: Any) -> Family:
    """The family a folder names, else the one of its architecture."""
    if named is not None:
        if named not in FAMILIES:
            raise ModelError(
                f"{path / SPEC_FILE} names the family {named!r}. Known are {', '.join(FAMILIES)}."
            )
        return FAMILIES[named]
    family = family_of_model_type(str(config.get("model_type")))
    if family is None:
        runnable = ", ".join(name for name, row in FAMILIES.items() if row.runs)
        raise ModelError(
            f"The model in {path} has the type {config.get('model_type')!r}, which this engine doesn't know. "
            f"Choose a checkpoint of {runnable}."
        )
    return family


def _entry(spec: ModelSpec) -> ModelEntry:
    size = sum(path.stat().st_size for path in spec.path.glob("*.safetensors"))
    weights = size * (0.35 if spec.load_in_4bit else 1.0)
    memory = int(weights * 1.3) + _OVERHEAD_BYTES
    registry = open_registry(spec)
    default = spec.name == DEFAULT_MODEL
    try:
        current = registry.current()
    except RegistryError:
        current = None
    return ModelEntry(spec, size, memory, default, tuple(registry.list()), current)


def _read_json(path: Path) -> dict[str, Any]:
    try:
        value = json.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise ModelError(
            f"{path.parent} has no {path.name}, so it is no model folder. Choose another folder."
        ) from None
    except (OSError, ValueError) as error:
        raise ModelError(f"{path} can't be read ({error}). Download the model again.") from error
    if not isinstance(value, dict):
        raise ModelError(f"{path} holds no JSON object. Download the model again.")
    return value


def _is_count(value: Any) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and value > 0


def _is_text(value: Any) -> bool:
    return isinstance(value, str)


def _is_name(value: Any) -> bool:
    return _is_text(value) and bool(value.strip()) and Path(value).name == value


_KINDS: tuple[tuple[tuple[str, ...], Callable[[Any], bool], str], ...] = (
    (("name",), _is_name, "a text without slashes"),
    (("family", "licence"), _is_text, "a text"),
    (("load_in_4bit",), lambda value: isinstance(value, bool), "true or false"),
    (("chip_px", "crop_px", "max_new_tokens"), _is_count, "a whole number above 0"),
    (("words",), lambda value: isinstance(value, list) and all(map(_is_text, value)), "a list of texts"),
    (("prompts", "synonyms"), lambda value: isinstance(value, dict), "an object of texts"),
    (("prompts", "synonyms"), lambda value: all(map(_is_text, value.values())), "texts"),
)
"""What the fields of ``remotezero.json`` must be, and how that is said."""
