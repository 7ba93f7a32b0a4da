"""Licences of models: what a repository says of its own, and whether a user has to be asked first."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

FREE = {
    "apache-2.0": "Apache-2.0",
    "mit": "MIT",
    "bsd-2-clause": "BSD-2-Clause",
    "bsd-3-clause": "BSD-3-Clause",
    "cc0-1.0": "CC0-1.0",
    "cc-by-4.0": "CC-BY-4.0",
    "cc-by-sa-4.0": "CC-BY-SA-4.0",
    "gpl-2.0": "GPL-2.0-only",
    "gpl-3.0": "GPL-3.0-only",
    "lgpl-3.0": "LGPL-3.0-only",
    "agpl-3.0": "AGPL-3.0-only",
    "mpl-2.0": "MPL-2.0",
    "isc": "ISC",
    "unlicense": "Unlicense",
}
"""Licences that allow any use, by the hub's name; with their SPDX identifiers."""
NON_COMMERCIAL_WORDS = ("-nc", "research", "non-commercial", "noncommercial", "academic")
UNKNOWN = "unknown"


@dataclass(frozen=True)
class Licence:
    """A model's licence.

    Attributes:
        name: SPDX identifier, or what the repository calls it; ``unknown`` where it says nothing.
        commercial: whether it allows commercial use; None where that is not known.
    """

    name: str = UNKNOWN
    commercial: bool | None = None

    @property
    def is_free(self) -> bool:
        """It allows any use, so nobody has to be asked."""
        return self.commercial is True

    def sentence(self) -> str:
        """What a user should know before the model is used."""
        if self.commercial is False:
            return f"Its licence {self.name} forbids commercial use."
        if self.commercial is None:
            return f"Its licence is {self.name}: whether it allows what you plan is for you to read."
        return f"Its licence is {self.name}."


def read_licence(card: Mapping[str, Any] | None) -> Licence:
    """The licence that a repository's card names.

    Args:
        card: the fields at the top of its README.md.
    """
    fields = card or {}
    first = fields.get("license")
    known = first[0] if isinstance(first, list) and first else first
    if not isinstance(known, str) or not known.strip():
        return Licence()
    if known.lower() in FREE:
        return Licence(FREE[known.lower()], True)
    own = fields.get("license_name") if known.lower() == "other" else None
    name = own.strip() if isinstance(own, str) and own.strip() else known.strip()
    forbids = any(word in name.lower() for word in NON_COMMERCIAL_WORDS)
    return Licence(name[:80], False if forbids else None)
