"""What the scripted engine does with an ``improve`` job: a plan, or rounds with curves, verdicts and pictures.

Words in the questions steer it: ``refuse`` has every round refused, ``worse`` refuses because a control got
worse, ``fail`` fails in the second round (once), ``slow`` takes a second a step.
"""

from __future__ import annotations

import json
import math
import time
from pathlib import Path

STEPS = 6
PLACES = 3
PLAN = {
    "places": 24, "windows": 310, "chips_at_most": 310, "pairs_at_most": {"train": 1240, "held": 240},
    "memory_bytes": 1_300_000_000, "steps_a_round": 20,
}  # fmt: skip
STAGES = (
    ("chips", "Reading the rasters."),
    ("model", "310 chips. Loading mini."),
    ("queries", "Looking for what is asked."),
    ("calibrate", "900 pairs to learn from, 200 held out."),
)


def improve(jobs, job: dict) -> None:
    """Run the job in the calling thread, from the first round that is not done."""
    request = job["request"]
    rounds, minutes = int(request.get("rounds", 3)), float(request.get("minutes", 60))
    if request.get("only") == "questions":
        for stage, message in STAGES[:3]:
            jobs.emit(job, "log", {"stage": stage, "message": message})
            time.sleep(jobs.delay_s)
        job["result"] = {"queries": ["the ship", "the storage tank"]}
        jobs.set_state(job, "done")
        return
    if request.get("only") == "plan":
        job["result"] = {**PLAN, "minutes": minutes, "rounds": rounds, "warnings": warnings(request)}
        jobs.set_state(job, "done")
        return
    for stage, message in STAGES:
        jobs.emit(job, "log", {"stage": stage, "message": message})
    done = [event["data"] for event in job["events"] if event["type"] == "round"]
    words = " ".join(request.get("queries") or [])
    for number in range(len(done) + 1, rounds + 1):
        failing = "fail" in words and number == 2 and not job.get("failed_once")
        if not train(jobs, job, number, rounds, minutes, words):
            return
        if failing:
            job["failed_once"] = True
            job["error"] = {"type": "JobError", "message": "The training process ended with code -9."}
            jobs.set_state(job, "failed")
            return
        done.append(verdict(number, words))
        if done[-1]["promoted"]:
            publish(jobs, done[-1], done[:-1])
        jobs.emit(job, "round", done[-1])
    kept = [entry for entry in done if entry["promoted"]]
    job["result"] = {
        "adapter": kept[-1]["adapter"] if kept else None,
        "promoted": len(kept),
        "refused": len(done) - len(kept),
        "cancelled": False,
        "reason": done[-1]["reason"],
        "report": "/runs/report.html",
        "warnings": warnings(request),
    }
    jobs.set_state(job, "done")


def warnings(request: dict) -> list[str]:
    """What the engine says of questions with words that the model does not know."""
    queries = request.get("queries") or []
    return [f"The model does not know all words of “{text}”." for text in queries if "unknown" in text]


def train(jobs, job: dict, number: int, rounds: int, minutes: float, words: str) -> bool:
    """One round's steps; False when it was cancelled."""
    total = minutes * 60
    for step in range(1, STEPS + 1):
        if job["state"] == "cancelled":
            return False
        time.sleep(1.0 if "slow" in words else jobs.delay_s)
        at = total * (number - 1 + step / STEPS) / rounds
        share = at / total
        point = {
            "stage": "train", "round": number, "step": float(step), "seconds": total / rounds * step / STEPS,
            "done": round(at), "total": round(total), "seconds_left": round(total - at, 1),
        }  # fmt: skip
        reward = 0.3 + 0.2 * share + 0.04 * math.sin(9 * at)
        jobs.emit(job, "progress", {**point, "reward": reward, "reward_std": 0.2, "parsed": 0.98})
        if step % 2 == 0:
            jobs.emit(job, "progress", {**point, "held_out": 0.31 + 0.15 * share})
        job["progress"] = {name: point[name] for name in ("done", "total", "seconds_left")}
    return True


def verdict(number: int, words: str) -> dict:
    """The data of a ``round`` event."""
    kept, worse = not ("refuse" in words or "worse" in words), "worse" in words
    low = 0.004 if kept or worse else -0.02
    reward = 0.31 + 0.05 * number
    summary = {
        "reward": reward,
        "parsed": 0.98,
        "empty": 0.05,
        "wrong_yes": 0.06,
        "wrong_boxes": 0.1,
        "median_area": 0.02,
    }
    before = {**summary, "reward": reward - 0.05, "wrong_yes": 0.05}
    controls = [
        {"name": "yes to wrong queries", "before": 0.05, "after": 0.06, "limit": 0.02, "worse": worse}
    ]
    pictures = [
        {
            "query": query, "place": place, "score_before": None if place == 2 else 0.41, "score_after": 0.78,
            "before": f"/runs/pictures/round-{number}-place-{place}-before.jpg",
            "after": f"/runs/pictures/round-{number}-place-{place}-after.jpg",
        }
        for place, query in enumerate(("the largest ship", "a pier", "round storage tanks")[:PLACES])
    ]  # fmt: skip
    reason = "Better on places kept aside." if kept else "Refused: not surely a gain."
    return {
        "round": number, "promoted": kept, "reason": reason, "gain": 0.05, "gain_low": low, "gain_high": 0.09,
        "controls": controls, "before": before, "after": summary, "pictures": pictures,
        "adapter": f"harbour-{number + 2}" if kept else None,
    }  # fmt: skip


def publish(jobs, entry: dict, earlier: list[dict]) -> None:
    """Put a kept round's adapter into the registry and in use."""
    model = jobs.models[0]
    current = [adapter["name"] for adapter in model["adapters"] if adapter["current"]]
    model["adapters"] = [adapter for adapter in model["adapters"] if adapter["name"] != entry["adapter"]]
    model["adapters"].append({
        "name": entry["adapter"], "round": entry["round"], "current": False, "gain": entry["gain"],
        "parent": current[0] if current else None, "created": f"2026-11-22T10:{entry['round']:02d}:00+00:00",
    })  # fmt: skip
    choose(model, entry["adapter"])


def choose(model: dict, name: str) -> None:
    """Use an adapter, or with ``none`` the model as it came."""
    for adapter in model["adapters"]:
        adapter["current"] = adapter["name"] == name


def adapters(model: dict, method: str, parts: list[str], body: dict) -> tuple[int, dict]:
    """Answer what is asked about a model's adapters, with status and value; an export is the entry as JSON."""
    names = [adapter["name"] for adapter in model["adapters"]]
    asked = body.get("adapter") if parts == ["current"] else parts[1] if parts[1:] else None
    if method == "PUT" and asked in (None, "current"):
        return refusal(400, "InputError", f"The adapter to use is {asked}. Give a name, or none.")
    if asked not in (None, "none", *names):
        return refusal(404, "RegistryError", f"There is no adapter {asked}.")
    if method == "PUT":
        choose(model, asked)
    elif method == "DELETE":
        if [adapter["name"] for adapter in model["adapters"] if adapter["current"]] == [asked]:
            return refusal(409, "RegistryError", f"{asked} is in use. Use another one first.")
        model["adapters"] = [adapter for adapter in model["adapters"] if adapter["name"] != asked]
    elif parts[2:] == ["export"]:
        return export(
            next(a for a in model["adapters"] if a["name"] == asked), Path(body["file"]), body["overwrite"]
        )
    else:
        return add_file(model, Path(body["file"]), body.get("name"))
    return 200, model


def export(adapter: dict, file: Path, overwrite: bool) -> tuple[int, dict]:
    if file.exists() and not overwrite:
        return refusal(409, "RegistryError", f"{file} is there already.")
    file.write_text(json.dumps({**adapter, "current": False}))
    return 200, {"file": str(file)}


def add_file(model: dict, file: Path, name: str | None) -> tuple[int, dict]:
    if not file.is_file():
        return refusal(400, "InputError", f"There is no file {file}.")
    adapter = json.loads(file.read_text())
    adapter["name"] = name or adapter["name"]
    if adapter["name"] in [other["name"] for other in model["adapters"]]:
        return refusal(409, "RegistryError", f"There is an adapter {adapter['name']} already.")
    model["adapters"] = [*model["adapters"], adapter]
    return 201, model


def refusal(status: int, kind: str, message: str) -> tuple[int, dict]:
    return status, {"error": {"type": kind, "message": message}}


def report(folder: Path) -> bytes:
    """A report."""
    return f"<!doctype html><title>Report</title><p>Kept in {folder.name}".encode()
