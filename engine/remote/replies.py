"""What comes back from a server, read with suspicion: no key, no library's words, no numbers that are none."""

from __future__ import annotations

import base64
import json
import re
from collections.abc import Mapping
from typing import Any
from urllib.parse import quote

from engine.errors import ServerError
from engine.jsontext import well_formed

SAID_AT_MOST = 200
SHORT = 6
"""A key of fewer characters is no secret, and occurs in any text; nothing a server says is then quoted."""
PIECE = 8
"""So many signs of a key in a row are a piece of it, whatever stands between them."""
_BEARER = re.compile(r"(?i)\b(bearer|basic)\s+\S+")
_LONG = re.compile(r"\S{80,}")


class Secret:
    """A server's key, which is sent and never shown; or the lack of one."""

    def __init__(self, key: str | None) -> None:
        """Hold ``key``; None where the server needs none."""
        self._key = key
        self._forms: tuple[str, ...] = ()
        if key and len(key) >= SHORT:
            packed = base64.b64encode(key.encode()).decode().rstrip("=")
            self._forms = tuple({key, quote(key, safe=""), packed, key.encode().hex()})

    @property
    def there(self) -> bool:
        """Whether there is a key."""
        return self._key is not None

    @property
    def is_short(self) -> bool:
        """Whether the key is too short to be found in texts."""
        return self._key is not None and not self._forms

    def headers(self) -> dict[str, str]:
        """The header that carries it."""
        return {"Authorization": f"Bearer {self._key}"} if self._key else {}

    def without(self, value: Any) -> Any:
        """A JSON value with the key taken out of all its texts, names included, and halves of signs made whole ones."""
        if isinstance(value, str):
            value = well_formed(value)
            for form in self._forms:
                value = re.sub(re.escape(form), "(key)", value, flags=re.IGNORECASE)
            return value
        if isinstance(value, list):
            return [self.without(item) for item in value]
        if isinstance(value, dict):
            return {self.without(name): self.without(item) for name, item in value.items()}
        return value

    def is_in(self, text: str) -> bool:
        """Whether a piece of the key is in a text, however it was broken up or its marks were written."""
        key, plain = _letters(self._key or ""), _letters(text)
        return any(key[start : start + PIECE] in plain for start in range(len(key) - PIECE + 1))

    def __repr__(self) -> str:
        return "Secret()"


def _letters(text: str) -> str:
    return "".join(sign for sign in text.lower() if sign.isalnum())


def read_json(raw: bytes, secret: Secret, host: str) -> Any:
    """The JSON of an answer, without the key.

    Raises:
        ServerError: it is none.
    """
    try:
        return secret.without(json.loads(raw.decode("utf-8-sig"), parse_constant=_refuse))
    except (ValueError, RecursionError) as error:
        raise ServerError(
            f"{host} answers with something that is no JSON. Is it a model server? Check the address: "
            "for most servers it ends in /v1."
        ) from error


def words(raw: bytes, secret: Secret) -> str:
    """What an error reply says in its own words, in one short line; "" where that can't be told or may be secret."""
    try:
        value = secret.without(json.loads(raw.decode("utf-8-sig")))
    except (ValueError, RecursionError):
        return ""
    said = "" if secret.is_short else _said(value)
    if _BEARER.search(said) or "authorization" in said.lower() or secret.is_in(said):
        return ""
    plain = "".join(sign if sign.isprintable() else " " for sign in _LONG.sub("…", said))
    flat = " ".join(plain.split()).replace('"', "'")
    return flat if len(flat) <= SAID_AT_MOST else flat[: SAID_AT_MOST - 1] + "…"


def _said(value: Any) -> str:
    for name in ("error", "detail", "message", "msg"):
        if isinstance(value, Mapping) and name in value:
            return _said(value[name])
    if isinstance(value, list) and value:
        return _said(value[0])
    return value if isinstance(value, str) else ""


def _refuse(name: str) -> float:
    raise ValueError(f"{name} is no JSON")
