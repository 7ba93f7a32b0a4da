"""A model folder as data: its configuration, and the fields of ``remotezero.json``, read and checked."""

from __future__ import annotations

import json
import math
from collections.abc import Callable
from dataclasses import fields
from pathlib import Path
from typing import Any

from engine.catalogue.checkpoints import SPEC_FILE, check_template, own_name
from engine.errors import ModelError
from engine.language.families import FAMILIES, OUTLINERS, Family, family_of_model_type
from engine.types import ModelSpec
from engine.wrong_fields import unreadable

MOST = {
    "num_hidden_layers": 1000,
    "depth": 1000,
    "vocab_size": 10_000_000,
    "hidden_size": 1_000_000,
    "intermediate_size": 10_000_000,
    "num_attention_heads": 10_000,
    "num_key_value_heads": 10_000,
}
"""The largest sizes in a configuration that are taken for real: some ten times those of any model there is."""

PACKINGS = ("bitsandbytes",)
"""Ways of packing weights that are unpacked with what is installed here."""

_OWN_FIELDS = {field.name for field in fields(ModelSpec)} - {"path"}


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
    _check_sizes(path / "config.json", config)
    check_template(path)
    own = _read_json(path / SPEC_FILE) if (path / SPEC_FILE).is_file() else {}
    _check_own(path / SPEC_FILE, own)
    family = _family(path, config, own.get("family"))
    known = {key: value for key, value in own.items() if key in _OWN_FIELDS}
    for name in ("words", "things"):
        known[name] = tuple(own.get(name, ()))
    if "score_map" in own:
        known["score_map"] = tuple(map(float, own["score_map"]))
    defaults = {"name": own_name(path, config), "chip_px": family.chip_px, "crop_px": family.crop_px}
    return ModelSpec(**{**defaults, **known, "family": family.name, "path": path.absolute()})


def check_runs(spec: ModelSpec) -> None:
    """Raise ModelError for a model that this engine can read the answers of, and not load."""
    family = FAMILIES.get(spec.family)
    if family is not None and not family.runs:
        runnable = ", ".join(name for name, row in FAMILIES.items() if row.runs)
        raise ModelError(
            f"Models of the family {spec.family} can't be loaded by this engine; it runs {runnable}. {family.advice}"
        )
    packing = _read_json(spec.path / "config.json").get("quantization_config")
    method = packing.get("quant_method") if isinstance(packing, dict) else None
    if packing is not None and method not in PACKINGS:
        raise ModelError(
            f"The weights in {spec.path} are packed by {str(method)[:40]!r}, which this engine does not unpack. Take "
            "the same model unpacked: it is put into 4 bit here, while it is loaded."
        )


def _check_sizes(path: Path, config: dict[str, Any]) -> None:
    """Raise ModelError for a size that no model has, before memory is asked for it."""
    parts = (config, config.get("text_config"), config.get("vision_config"))
    for part in (part for part in parts if isinstance(part, dict)):
        for name, most in MOST.items():
            value = part.get(name)
            if value is not None and not (_is_count(value) and value <= most):
                raise ModelError(
                    f"{path} has {name} = {str(value)[:40]}, and a model has from 1 to {most}. "
                    "Download the model again."
                )


def _check_own(path: Path, own: dict[str, Any]) -> None:
    """Raise ModelError for a field of a wrong kind."""
    for names, is_right, wanted in _KINDS:
        for name in names:
            if name in own and not is_right(own[name]):
                raise ModelError(f"{path} has {name} = {own[name]!r}. Give {wanted}.")


def _family(path: Path, config: dict[str, Any], named: Any) -> Family:
    """The family a folder names, else the one of its architecture."""
    if named is not None:
        known = {**FAMILIES, **OUTLINERS}
        if named not in known:
            raise ModelError(f"{path / SPEC_FILE} names the family {named!r}. Known are {', '.join(known)}.")
        return known[named]
    family = family_of_model_type(str(config.get("model_type")))
    if family is None:
        runnable = ", ".join(name for name, row in FAMILIES.items() if row.runs)
        raise ModelError(
            f"The model in {path} has the type {config.get('model_type')!r}, which this engine doesn't know. "
            f"Choose a checkpoint of {runnable}; for outlines, of {', '.join(OUTLINERS)}."
        )
    return family


def _read_json(path: Path) -> dict[str, Any]:
    try:
        value = json.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise ModelError(
            f"{path.parent} has no {path.name}, so it is no model folder. Choose another folder."
        ) from None
    except RecursionError:
        raise ModelError(f"{path} is nested too deep to be read. Download the model again.") from None
    except (OSError, ValueError) as error:
        raise ModelError(f"{path} can't be read ({unreadable(error)}). Download the model again.") from error
    if not isinstance(value, dict):
        raise ModelError(f"{path} holds no JSON object. Download the model again.")
    return value


def _is_count(value: Any) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and value > 0


def _is_size(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool) and 0 < value < math.inf


def _is_share(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool) and 0 <= value <= 1


def _is_line(value: Any) -> bool:
    if not isinstance(value, list) or len(value) != 2:
        return False
    slope, offset = value
    return _is_size(slope) and (offset == 0 or any(map(_is_size, (offset, _negative(offset)))))


def _negative(value: Any) -> Any:
    return -value if isinstance(value, int | float) else value


def _is_text(value: Any) -> bool:
    return isinstance(value, str)


def _is_name(value: Any) -> bool:
    return _is_text(value) and bool(value.strip()) and Path(value).name == value


_KINDS: tuple[tuple[tuple[str, ...], Callable[[Any], bool], str], ...] = (
    (("name",), _is_name, "a text without slashes"),
    (("family", "licence"), _is_text, "a text"),
    (("load_in_4bit",), lambda value: isinstance(value, bool), "true or false"),
    (("chip_px", "crop_px", "max_new_tokens"), _is_count, "a whole number above 0"),
    (("least_mass", "min_score"), _is_share, "a number from 0 to 1"),
    (
        ("words", "things"),
        lambda value: isinstance(value, list) and all(map(_is_text, value)),
        "a list of texts",
    ),
    (("score_map",), _is_line, "a slope above 0 and an offset, two numbers"),
    (("best_gsd_m",), lambda value: isinstance(value, dict), "an object of numbers above 0"),
    (("best_gsd_m",), lambda value: all(map(_is_size, value.values())), "numbers above 0"),
    (("prompts", "synonyms", "tried"), lambda value: isinstance(value, dict), "an object of texts"),
    (("prompts", "synonyms", "tried"), lambda value: all(map(_is_text, value.values())), "texts"),
)
"""What the fields of ``remotezero.json`` must be, and how that is said."""
