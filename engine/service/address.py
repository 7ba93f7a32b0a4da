"""Where the engine is: the file through which everybody finds it, and whether it answers."""

from __future__ import annotations

import http.client
import json
from dataclasses import dataclass
from pathlib import Path

from engine.paths import runtime_file


@dataclass(frozen=True)
class EngineAddress:
    """What ``engine.json`` holds: where the engine is, and the token that opens it."""

    host: str
    port: int
    token: str
    pid: int
    version: str
    started: str

    @property
    def url(self) -> str:
        """The engine's address."""
        return f"http://{f'[{self.host}]' if ':' in self.host else self.host}:{self.port}"


def find_engine() -> EngineAddress | None:
    """Return the engine that runs now, None when there is none; what it does not answer to is not it."""
    address = read_address(runtime_file())
    return address if address and answers(address) else None


def read_address(path: Path) -> EngineAddress | None:
    """Return what ``engine.json`` says, None when it is missing or damaged."""
    try:
        return EngineAddress(**json.loads(path.read_text(encoding="utf-8")))
    except (OSError, ValueError, TypeError):
        return None


def answers(address: EngineAddress, timeout_s: float = 5.0) -> bool:
    """Tell whether an engine is there that takes the file's token and has its process id."""
    connection = http.client.HTTPConnection(address.host, address.port, timeout=timeout_s)
    try:
        connection.request("GET", "/v1/health", headers={"Authorization": f"Bearer {address.token}"})
        answer = connection.getresponse()
        return answer.status == 200 and json.loads(answer.read()).get("pid") == address.pid
    except (OSError, http.client.HTTPException, ValueError):
        return False
    finally:
        connection.close()
