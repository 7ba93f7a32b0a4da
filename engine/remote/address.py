"""The address of a model on a server, ``http://host:port/v1?options#model-name``: read, checked, without secrets."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from urllib.parse import SplitResult, parse_qsl, quote, unquote, urlsplit

import httpx2

from engine.errors import InputError
from engine.language.families import FAMILIES

LONGEST = 2048
NAME_LONGEST = 300
SIZES = {"chip_px": (64, 4096), "crop_px": (32, 2048), "max_new_tokens": (16, 32768)}
"""Options that are numbers, each with its bounds."""
OPTIONS = ("family", "like", *SIZES)
EXAMPLE = "http://gpu.example:8000/v1#model-name"
_SERVER = re.compile(r"\s*https?:", re.IGNORECASE)
_UNSEEN = re.compile(r"[\x00-\x20\x7f-\x9f\u2028\u2029]")
_SAFE = "/:@!$&'()*+,;=~-._%"
_PASTED = "/chat/completions"


@dataclass(frozen=True)
class ServerAddress:
    """Where a model is served.

    Attributes:
        url: what comes before ``/chat/completions``, in ASCII, without a slash at its end.
        model: the model's name there; "" for the only one that it serves.
        options: ``family``, ``like``, ``chip_px``, ``crop_px`` and ``max_new_tokens``, as far as they were given.
    """

    url: str
    model: str = ""
    options: Mapping[str, str] = field(default_factory=dict)

    @property
    def origin(self) -> str:
        """Scheme, host and port: what a key belongs to."""
        parts = urlsplit(self.url)
        return f"{parts.scheme}://{parts.netloc}"

    @property
    def host(self) -> str:
        """Host and port, for messages."""
        return urlsplit(self.url).netloc

    @property
    def is_loopback(self) -> bool:
        """The server is on this machine."""
        name = urlsplit(self.url).hostname or ""
        return name in ("localhost", "::1") or re.fullmatch(r"127(\.\d+){3}", name) is not None

    @property
    def text(self) -> str:
        """The address as results name it, without the options."""
        return f"{self.url}#{self.model}" if self.model else self.url

    def number(self, option: str) -> int | None:
        """The value of an option that is a number; None where it was not given."""
        given = self.options.get(option)
        return None if given is None else int(given)


def is_server(model: object) -> bool:
    """Tell whether a model's name is the address of a server."""
    return isinstance(model, str) and _SERVER.match(model) is not None


def read_address(text: str) -> ServerAddress:
    """Read an address.

    Raises:
        InputError: it can't be used; the message holds nothing of it that may be a secret.
    """
    given = text.strip()
    if len(given) > LONGEST or _UNSEEN.search(given):
        raise InputError(
            f"The server's address is longer than {LONGEST} characters, or has spaces or control characters in it. "
            f"Give one like {EXAMPLE}."
        )
    try:
        parts = urlsplit(given)
        port = parts.port
    except ValueError as error:
        raise InputError(
            "The server's address can't be read: its host is none, or its port is no number from 1 to 65535. "
            f"Give one like {EXAMPLE}."
        ) from error
    if "@" in parts.netloc:
        raise InputError(
            "The server's address holds a name or a password, which would be kept with every job. Leave them out: "
            "the key goes into REMOTEZERO_SERVER_KEY, the system's keyring, or QGIS's authentication settings."
        )
    if parts.scheme not in ("http", "https") or not parts.hostname or port == 0:
        raise InputError(
            "The server's address needs http:// or https://, a host, and a port other than 0. "
            f"Give one like {EXAMPLE}."
        )
    return ServerAddress(_url(parts, port), _model(parts), _options(parts))


def _url(parts: SplitResult, port: int | None) -> str:
    path = parts.path.rstrip("/").removesuffix(_PASTED).rstrip("/") or "/v1"
    host = parts.hostname or ""
    netloc = f"[{host}]" if ":" in host else host
    try:
        ascii_host = httpx2.URL(f"{parts.scheme}://{netloc}/").raw_host.decode("ascii")
    except (httpx2.InvalidURL, UnicodeError) as error:
        raise InputError(
            f"The host in the server's address is no host's name. Give one like {EXAMPLE}."
        ) from error
    netloc = f"[{ascii_host}]" if ":" in ascii_host else ascii_host
    usual = {"http": 80, "https": 443}[parts.scheme]
    shown_port = "" if port in (None, usual) else f":{port}"
    return f"{parts.scheme}://{netloc}{shown_port}{quote(path, safe=_SAFE)}"


def _model(parts: SplitResult) -> str:
    name = unquote(parts.fragment)
    if len(name) > NAME_LONGEST or _UNSEEN.search(name):
        raise InputError(
            "The model's name behind # is too long, or has spaces or control characters in it. "
            f"Give the name that the server lists, as in {EXAMPLE}."
        )
    return name


def _options(parts: SplitResult) -> dict[str, str]:
    options = dict(parse_qsl(parts.query, keep_blank_values=True))
    if not options.keys() <= set(OPTIONS) or bool(parts.query) != bool(options):
        raise InputError(
            f"The server's address has options that are not known. Known are {', '.join(OPTIONS)}. "
            "A key does not belong into an address."
        )
    family = options.get("family")
    if family is not None and family not in FAMILIES:
        raise InputError(
            f"The server's address names an unknown family. Known are {', '.join(FAMILIES)}: "
            f"give one, as in http://gpu.example:8000/v1?family={next(iter(FAMILIES))}#model-name."
        )
    for name, (low, high) in SIZES.items():
        value = options.get(name)
        if value is None:
            continue
        if not re.fullmatch(r"[0-9]{1,6}", value) or not low <= int(value) <= high:
            raise InputError(
                f"The option {name} of the server's address must be a number from {low} to {high}."
            )
    return options
