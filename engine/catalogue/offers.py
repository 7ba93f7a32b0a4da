"""What can be got: the models of the shipped catalogue, and any repository by its name."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass

from engine.catalogue.footprint import Shapes
from engine.catalogue.licences import Licence
from engine.errors import InputError
from engine.language.families import FAMILIES, OUTLINERS
from engine.paths import resources_dir
from engine.types import Role

REPOSITORY = re.compile(r"[A-Za-z0-9][\w.-]{0,95}/[A-Za-z0-9][\w.-]{0,95}")
REVISION = re.compile(r"[\w][\w./-]{0,199}")
LONGEST_NAME = 150
"""Bytes of a model's name: a folder's has 255, some of which go to what is on the way into it."""
COMMIT = re.compile(r"[0-9a-f]{40}")


@dataclass(frozen=True)
class Offer:
    """A model of the catalogue.

    Attributes:
        name: what it is called here.
        repository: owner and name where it is published.
        revision: the commit that it is taken from.
        family: see :mod:`engine.language.families`.
        licence: as it stands in the repository.
        size_bytes: of its weights on disk.
        shapes: of its weights; None for models that draw outlines.
    """

    name: str
    repository: str
    revision: str
    family: str
    licence: Licence
    size_bytes: int
    shapes: Shapes | None

    @property
    def role(self) -> Role:
        """What it is for."""
        return "outline" if self.family in OUTLINERS else "find"


@dataclass(frozen=True)
class Source:
    """Where a model is to be got from.

    Attributes:
        repository: owner and name.
        revision: a commit, a branch or a tag; None for the repository's own branch.
        name: what the model will be called here.
    """

    repository: str
    revision: str | None
    name: str


def read_offers() -> list[Offer]:
    """The models of the shipped catalogue."""
    document = json.loads((resources_dir() / "catalogue.json").read_text(encoding="utf-8"))
    return [
        Offer(
            name=entry["name"],
            repository=entry["repository"],
            revision=entry["revision"],
            family=entry["family"],
            licence=Licence(entry["licence"], entry["commercial"]),
            size_bytes=entry["size_bytes"],
            shapes=Shapes(**entry["shapes"]) if entry["shapes"] else None,
        )
        for entry in document["models"]
    ]


def finders() -> list[tuple[str, Shapes, int]]:
    """Name, shapes and side of the chips of those models of the catalogue that find things."""
    offers = [(offer, offer.shapes) for offer in read_offers()]
    return [
        (offer.name, shapes, FAMILIES[offer.family].chip_px) for offer, shapes in offers if shapes is not None
    ]


def outliners() -> list[tuple[str, int]]:
    """Name and bytes of the weights of those models of the catalogue that draw outlines."""
    return [(offer.name, offer.size_bytes) for offer in read_offers() if offer.role == "outline"]


def find_source(text: str, name: str | None = None) -> Source:
    """Read ``NAME`` of the catalogue, or ``owner/repository`` with or without ``@revision``.

    A repository of the catalogue is taken from its pinned commit unless a revision is named.

    Args:
        text: what the user asked for.
        name: another name for the model here.

    Raises:
        InputError: it is neither.
    """
    where, _, revision = text.strip().partition("@")
    offers = read_offers()
    offer = next((offer for offer in offers if where in (offer.name, offer.repository)), None)
    if offer is None and not REPOSITORY.fullmatch(where):
        known = ", ".join(offer.name for offer in offers)
        raise InputError(
            f"{text[:200]!r} is neither a model of the catalogue ({known}) nor a repository. "
            "Name one of these, or give owner/repository, with @revision for one that you mean."
        )
    if revision and (not REVISION.fullmatch(revision) or ".." in revision):
        raise InputError(f"{revision[:200]!r} is no revision. Give a commit, a branch or a tag after the @.")
    repository = offer.repository if offer else where
    chosen = name or (offer.name if offer else repository.split("/")[1])
    check_name(chosen)
    return Source(repository, revision or (offer.revision if offer else None), chosen)


def check_name(name: str) -> None:
    """Raise InputError for a name that can't be a folder's on every system."""
    too_long = len(name.encode("utf-8", "surrogatepass")) > LONGEST_NAME
    if too_long or not re.fullmatch(r"[^\W_][\w .,+-]*", name) or name.endswith((".", " ")):
        raise InputError(
            f"{name[:100]!r} can't be a model's name. Take letters, digits, spaces and . , + - _, at most "
            f"{LONGEST_NAME} bytes of them, and begin with a letter or a digit; give it with --name."
        )
