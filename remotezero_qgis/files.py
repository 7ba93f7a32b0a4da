"""Where the files that come with the plugin are: in the installed zip, or in a checkout."""

from __future__ import annotations

import configparser
from pathlib import Path

PACKAGE = Path(__file__).resolve().parent


def resource_path(name: str) -> Path:
    """Return the path of ``resources/<name>``: inside the package in the zip, beside it in a checkout."""
    inside = PACKAGE / "resources"
    return (inside if inside.is_dir() else PACKAGE.parent / "resources") / name


def manual_path(page: str) -> Path:
    """Return the path of a page of the manual: inside the package in the zip, in ``docs`` in a checkout."""
    inside = PACKAGE / "manual"
    return (inside if inside.is_dir() else PACKAGE.parent / "docs" / "manual") / page


def lock_folder() -> Path:
    """Return the folder of the ``requirements*.txt`` files the engine is installed from."""
    inside = PACKAGE / "lock"
    return inside if inside.is_dir() else PACKAGE.parent


def metadata(key: str) -> str:
    """Return ``key`` of the plugin's metadata.txt, "" when it is not there."""
    inside = PACKAGE / "metadata.txt"
    parser = configparser.ConfigParser(interpolation=None)
    parser.read(inside if inside.is_file() else PACKAGE.parent / "metadata.txt", encoding="utf-8")
    return parser.get("general", key, fallback="")


def plugin_version() -> str:
    """Return the version in metadata.txt: its only source."""
    return metadata("version")
