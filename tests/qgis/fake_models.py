"""The models of the scripted engine: a catalogue, and the jobs that bring one.

The model's or folder's name steers a job: ``limited`` wants its licence accepted, ``gated`` a token, ``broken``
fails, ``slow`` takes until it is cancelled.
"""

from __future__ import annotations

import time

TOKEN = "hf_secret"
STATE: dict = {"token": None, "removed": [], "installed": []}
OFFERS = [
    {
        "name": "Qwen3-VL-4B-Instruct", "repository": "Qwen/Qwen3-VL-4B-Instruct", "commit": "e" * 40,
        "licence": "Apache-2.0", "commercial": True, "size_bytes": 8_875_631_616, "have_bytes": 0,
        "memory_bytes": 4_900_000_000, "memory_learning_bytes": 7_700_000_000, "state": "offered", "folder": None,
    },
    {
        "name": "half-limited", "repository": "Org/half-limited", "commit": "f" * 40, "licence": "qwen-research",
        "commercial": False, "size_bytes": 4_000_000_000, "have_bytes": 1_000_000_000, "memory_bytes": None,
        "memory_learning_bytes": None, "state": "unfinished", "folder": None,
    },
    {
        "name": "sam2.1-hiera-tiny", "repository": "facebook/sam2.1-hiera-tiny", "commit": "d" * 40,
        "licence": "Apache-2.0", "commercial": True, "size_bytes": 156_000_000, "have_bytes": 0, "role": "outline",
        "memory_bytes": 1_500_000_000, "memory_learning_bytes": None, "state": "offered", "folder": None,
    },
    {
        "name": "On the disk", "repository": None, "commit": None, "licence": "unknown", "commercial": None,
        "size_bytes": 0, "have_bytes": 0, "memory_bytes": None, "memory_learning_bytes": None, "state": "missing",
        "folder": "/media/disk/model",
    },
]  # fmt: skip


def installed(name: str) -> dict:
    """A model as the engine lists it."""
    return {
        "name": name, "family": "qwen3-vl", "path": "", "licence": "Apache-2.0", "size_bytes": 4_000_000_000,
        "memory_bytes": 3_000_000_000, "memory_learning_bytes": 5_000_000_000, "default": False, "shipped": False,
        "in_place": False, "repository": None, "commit": None, "adapters": [],
        **({"licence": "qwen-research", "commercial": False} if "limited" in name else {}),
    }  # fmt: skip


def bring(jobs, job: dict) -> None:
    """Run a ``get`` or ``add`` job in the calling thread."""
    request = job["request"]
    what = request.get("model") or request["folder"]
    jobs.emit(job, "log", {"message": f"{what} is at {'e' * 40}."})
    if "limited" in what and not request.get("accept_licence"):
        return fail(
            jobs, job, "LicenceError", "Its licence qwen-research forbids commercial use. Accept it to go on."
        )
    if "gated" in what and STATE["token"] != TOKEN:
        return fail(jobs, job, "HubError", "It is given only to those who accept its conditions.")
    done = 0
    while done < 4 or "slow" in what:
        done += 1
        data = {"done": min(done, 4) * 1_000_000_000, "total": 4_000_000_000, "seconds_left": 1.0}
        jobs.emit(job, "progress", data)
        time.sleep(jobs.delay_s)
        if job["state"] == "cancelled":
            return
        if "broken" in what and done == 2:
            return fail(
                jobs, job, "HubError", "The connection broke off. Try again: what has come so far is kept."
            )
    name = what.rstrip("/").split("/")[-1]
    STATE["installed"].append(name)
    job["result"] = {"name": name}
    jobs.set_state(job, "done")


def fail(jobs, job: dict, kind: str, message: str) -> None:
    """End a job with an error."""
    job["error"] = {"type": kind, "message": message}
    jobs.set_state(job, "failed")


def answer(command: str, parts: list[str], body: dict) -> tuple[int, object] | None:
    """What the engine answers about the catalogue, the token, and removal; None for what is not asked here."""
    if parts == ["catalogue"]:
        gone = {*STATE["removed"], *STATE["installed"]}
        return 200, [offer for offer in OFFERS if offer["name"] not in gone]
    if parts == ["hub", "token"]:
        STATE["token"] = body["token"]
        return 204, None
    if command == "DELETE" and parts[:1] == ["models"] and len(parts) == 2:
        if parts[1] == "Qwen3-VL-4B":
            return 400, {
                "error": {"type": "InputError", "message": "Qwen3-VL-4B is in use. Cancel that job first."}
            }
        STATE["removed"].append(parts[1])
        return 200, {"name": parts[1], "left": "/media/disk/model" if parts[1] == "On the disk" else None}
    return None
