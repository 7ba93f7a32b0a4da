"""What happens to a file: bytes change, go missing, or come from elsewhere; drawn from a seed."""

from __future__ import annotations

import json
import random
from typing import Any

PAGE = 4096
ODD_VALUES: tuple[Any, ...] = (
    None, True, -1, 0, 10**30, 0.5, float("nan"), float("inf"), "", "yesterday", "\0", "../../up", "current", "none",
    "x" * 5000, [], {}, [[[[]]]], {"a": {"b": []}}, "\ud800",
)  # fmt: skip


def mutated(data: bytes, draw: random.Random) -> bytes:
    """The bytes of a file after one accident: changed, cut, filled, grown, or with two pages changed over."""
    changed = bytearray(data)
    at = draw.randrange(len(data))
    page = at // PAGE * PAGE
    match draw.randrange(7):
        case 0:
            changed[at] ^= 1 << draw.randrange(8)
        case 1:
            changed[at : at + 64] = draw.randbytes(64)
        case 2:
            del changed[at:]
        case 3:
            changed[page : page + PAGE] = bytes(len(changed[page : page + PAGE]))
        case 4:
            changed[page : page + PAGE] = draw.randbytes(len(changed[page : page + PAGE]))
        case 5:
            changed[at:at] = draw.randbytes(draw.randrange(1, 5000))
        case _:
            pages = max(1, len(data) // PAGE)
            one, two = (draw.randrange(pages) * PAGE for _ in range(2))
            first, second = bytes(changed[one : one + PAGE]), bytes(changed[two : two + PAGE])
            changed[one : one + PAGE], changed[two : two + PAGE] = second, first
    return bytes(changed)


def odd_json(document: dict[str, Any], draw: random.Random) -> bytes:
    """A JSON document with one value that can't be, one that is missing, or one accident to its bytes."""
    values = json.loads(json.dumps(document))
    places = list(_places(values))
    holder, key = draw.choice(places)
    match draw.randrange(4):
        case 0:
            del holder[key]
        case 1:
            return mutated(json.dumps(values).encode(), draw)
        case _:
            holder[key] = draw.choice(ODD_VALUES)
    return json.dumps(values).encode()


def _places(value: Any) -> Any:
    for key in list(value) if isinstance(value, dict) else range(len(value)):
        yield value, key
        if isinstance(value[key], dict | list):
            yield from _places(value[key])
