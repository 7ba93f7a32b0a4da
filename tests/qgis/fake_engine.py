"""A scripted engine: a process of its own that speaks the real wire, without a model.

Words in the query steer it: ``nothing`` finds nothing, ``fail`` fails, ``many`` finds forty boxes per
window, ``slow`` takes a second per window, ``stall`` goes silent after three windows, ``crash`` kills
its process after five (once per job), ``dies-taking`` when it has taken the job and not yet said so,
``dies-telling`` when it is asked what it found, ``dies-after`` when it has told that. What it found is on
disk before it is shown, so it can be killed at any moment and goes on after ``resume``. Runs as
``python fake_engine.py [--windows N] [--delay S]`` in the data folder ``REMOTEZERO_HOME``.
"""

from __future__ import annotations

import argparse
import fcntl
import json
import os
import secrets
import signal
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import unquote

import fake_improve
import fake_models
import fake_scan
from pictures import png

HOME = Path(os.environ["REMOTEZERO_HOME"])
# Where the raster of the tests is: what is searched when no area is asked for.
EVERYWHERE = json.dumps({"type": "Polygon", "coordinates": [[[400000, 5800000], [400064, 5800048]]]})
ENDED = ("done", "cancelled", "failed")
MODELS = [
    {
        "name": "mini", "family": "qwen3-vl", "path": "", "licence": "Apache-2.0", "size_bytes": 11_000_000,
        "memory_bytes": 60_000_000, "default": True, "shipped": True, "closed": True,
        "things": ["ships", "storage tanks"], "min_score": 0.3,
        "adapters": [
            {"name": "harbour-1", "round": 1, "current": False, "parent": None, "gain": 0.041,
             "created": "2026-11-20T09:10:00+00:00"},
            {"name": "harbour-2", "round": 2, "current": True, "parent": "harbour-1", "gain": 0.022,
             "created": "2026-11-20T10:20:00+00:00"},
        ],
    },
    {
        "name": "Qwen3-VL-4B", "family": "qwen3-vl", "path": "", "licence": "Apache-2.0", "size_bytes": 9_000_000_000,
        "memory_bytes": 6_000_000_000, "default": False, "adapters": [],
    },
]  # fmt: skip


class Jobs:
    """The jobs and their events, each change written to a file of its own before anybody sees it."""

    def __init__(self, windows: int, delay_s: float) -> None:
        self.windows, self.delay_s, self.models = windows, delay_s, MODELS
        self.changed = threading.Condition()
        self.clients: dict[str, float] = {}
        self.jobs: dict[str, dict] = {}
        (HOME / "fake").mkdir(parents=True, exist_ok=True)
        for path in sorted((HOME / "fake").glob("*.json")):
            job = json.loads(path.read_text())
            lines = path.with_suffix(".events").read_text().splitlines(keepends=True)
            job["events"] = [json.loads(line) for line in lines if line.endswith("\n")]
            done = [event["data"]["done"] for event in job["events"] if event["type"] == "progress"]
            job["progress"]["done"] = max(done, default=0)
            if job["state"] in ("queued", "running"):
                job["state"] = "failed"
                job["error"] = {
                    "type": "JobError",
                    "message": "The engine stopped while this job was running.",
                }
            self.jobs[job["id"]] = job

    def create(self, kind: str, request: dict) -> dict:
        job = {
            "id": secrets.token_hex(8), "kind": kind, "state": "queued", "request": request, "error": None,
            "created": time.strftime("%Y-%m-%dT%H:%M:%S+00:00", time.gmtime()), "started": None, "finished": None,
            "progress": {"done": 0, "total": self.windows, "seconds_left": None}, "result": None, "events": [],
        }  # fmt: skip
        self.jobs[job["id"]] = job
        self.start(job)
        return job

    def start(self, job: dict) -> None:
        job["state"], job["error"] = "queued", None
        self.save(job)
        threading.Thread(target=self.work, args=(job,), daemon=True).start()

    def save(self, job: dict) -> None:
        part = HOME / "fake" / (job["id"] + ".part")
        part.write_text(json.dumps(shown(job)))
        os.replace(part, part.with_suffix(".json"))
        part.with_suffix(".events").touch()

    def emit(self, job: dict, kind: str, data: dict) -> None:
        with self.changed:
            event = {"seq": len(job["events"]) + 1, "type": kind, "data": data}
            job["events"].append(event)
            with (HOME / "fake" / (job["id"] + ".events")).open("a") as file:
                file.write(json.dumps(event) + "\n")
            if kind == "state":
                self.save(job)
            self.changed.notify_all()

    def work(self, job: dict) -> None:
        asked = job["request"]
        query = " ".join(asked.get("queries") or [asked.get("query", "")])
        self.set_state(job, "running")
        if unreadable(asked.get("raster", "")):
            job["error"] = {"type": "RasterReadError", "message": f"{asked['raster']} can't be read."}
            return self.set_state(job, "failed")
        others = {"improve": fake_improve.improve, "get": fake_models.bring, "add": fake_models.bring}
        if job["kind"] in others:
            return others[job["kind"]](self, job)
        for window in range(job["progress"]["done"], self.windows):
            while window >= 3 and stalls(query, asked) and job["state"] != "cancelled":
                time.sleep(0.1)
            if job["state"] == "cancelled":
                return
            if "crash" in query and window == 5:
                die_once(job["id"])
            time.sleep(pause_s(query, asked) or self.delay_s)
            for feature in in_window(job, window):
                self.emit(job, "detection", feature)
            left = (self.windows - window - 1) * self.delay_s
            job["progress"] = {"done": window + 1, "total": self.windows, "seconds_left": left}
            self.emit(job, "progress", job["progress"])
            if "fail" in query and window == 2:
                message = "The raster could not be read at window 2. Copy it to this machine."
                job["error"] = {"type": "InputError", "message": message}
                self.set_state(job, "failed")
                return
        job["result"] = {"windows": self.windows, "blank": 0, "vetoed": 0, "unparsed": 0, "warnings": []}
        told = {
            "export": exported,
            "compare": changed,
            "evaluate": lambda _: MEASURED,
            "scan": fake_scan.scanned,
        }
        job["result"].update(told.get(job["kind"], lambda _: {})(job))
        if "unheard" in query:
            job["result"]["warnings"] = [
                "The model mini does not know the word “unheard”; it was passed over."
            ]
        self.set_state(job, "done")

    def set_state(self, job: dict, state: str) -> None:
        if job["state"] not in ENDED or state == "queued":
            job["state"] = state
            self.emit(job, "state", {"state": state})


def changed(job: dict) -> dict:
    """What is told of a comparison: how many boxes there are of each change."""
    seen = [e["data"]["properties"]["change"] for e in job["events"] if e["type"] == "detection"]
    return {"changes": {change: seen.count(change) for change in CHANGES}}


MEASURED = {
    "figures": {"f1": {"value": 0.5}, "boundary_m": {"value": 2.0}},
    "about": {"lines": ["Model: mini."]},
}
"""What is told of an evaluation."""


def die_once(job_id: str) -> None:
    """Kill this process, the first time that it is asked to for a job."""
    mark = HOME / "fake" / (job_id + ".crashed")
    if not mark.exists():
        mark.touch()
        os.kill(os.getpid(), signal.SIGKILL)


def die_where(word: str, job: dict) -> None:
    """Kill this process if the job's words ask for it here; of many rasters, over b.tif alone."""
    asked = job["request"]
    words = " ".join(asked.get("queries") or [asked.get("query", "")])
    if word in words and Path(asked.get("raster", "")).name not in ("a.tif", "c.tif"):
        die_once(job["id"])


def unreadable(raster: str) -> bool:
    """Whether a raster is a file of the tests that says so of itself."""
    path = Path(raster)
    return path.is_file() and path.stat().st_size < 100 and path.read_text(errors="replace") == "unreadable"


def stalls(query: str, asked: dict) -> bool:
    """``stall`` goes silent over every raster, ``stall-at-b`` over b.tif until there is a file ``go-on``."""
    if "stall-at-b" in query:
        raster = Path(asked["raster"])
        return raster.name == "b.tif" and not raster.with_name("go-on").exists()
    return "stall" in query


def pause_s(query: str, asked: dict) -> float:
    """``slow`` takes a second a window, ``slow-at-b`` a while over b.tif alone."""
    if "slow-at-b" in query:
        return 0.3 if Path(asked["raster"]).name == "b.tif" else 0.0
    return 1.0 if "slow" in query else 0.0


def crs_of(raster: str) -> str | None:
    """What the engine would read from the raster; here a text beside it, or the same for all."""
    beside = Path(raster + ".wkt")
    return beside.read_text() if beside.is_file() else os.environ.get("FAKE_CRS_WKT")


def exported(job: dict) -> dict:
    """What is told of an export, which writes nothing here."""
    output = job["request"]["output"]
    return {"output": output, "provenance": output + ".provenance.json", "features": 3, "rejected": 1}


def judged(job: dict, window: int, query: str) -> list[dict]:
    """A score for the polygon at this place; every third one is beside the raster."""
    if window % 3 == 2:
        return []
    properties = {"id": f"w{window}-0", "score": 0.5 + window / 100, "query": query, "model": "mini"}
    return [{"type": "Feature", "id": f"w{window}-0", "geometry": None, "properties": properties}]


CHANGES = ("new", "gone", "stayed", "unsure", "not_seen")


def compared(job: dict, window: int, query: str) -> list[dict]:
    """Boxes as of a search, with one change after the other."""
    features = found(job, window, query)
    for feature in features:
        change = CHANGES[window % len(CHANGES)]
        note = {"unsure": "The search missed it.", "not_seen": "The later raster has no data there."}
        feature["properties"].update(
            change=change,
            change_note=note.get(change, ""),
            source_other=job["request"]["before"],
            score_before=0.1 if change == "new" else 0.9,
            score_after={"gone": 0.2, "not_seen": None}.get(change, 0.8),
        )
    return features


def found(job: dict, window: int, query: str) -> list[dict]:
    """Boxes of one window, the same ones every time, on a grid over the request's area."""
    count = 0 if "nothing" in query else 40 if "many" in query else 1
    area = job["request"].get("area_crs") or json.loads(os.environ.get("FAKE_AREA", EVERYWHERE))
    points = [
        point for ring in area["coordinates"] for point in (ring if area["type"] == "Polygon" else ring[0])
    ]
    x0, x1 = min(p[0] for p in points), max(p[0] for p in points)
    y0, y1 = min(p[1] for p in points), max(p[1] for p in points)
    features = []
    for number in range(count):
        spot = (window * 7 + number * 13) % 97
        x, y = (
            x0 + (x1 - x0) * (0.05 + 0.85 * (spot % 10) / 10),
            y0 + (y1 - y0) * (0.05 + 0.85 * (spot // 10) / 10),
        )
        w, h = (x1 - x0) * 0.05, (y1 - y0) * 0.04
        ring = [[x, y], [x + w, y], [x + w, y + h], [x, y + h], [x, y]]
        score = round(((window * 37 + number * 11) % 100) / 100, 2)
        features.append({
            "type": "Feature", "id": f"{window}-{number}", "geometry": {"type": "Polygon", "coordinates": [ring]},
            "properties": {
                "id": f"{window}-{number}", "rank": None, "score": score, "label": "storage tank",
                "reasoning": "A round white roof with a shadow to the north-west; a ring road surrounds it.",
                "query": query, "model": "mini", "adapter": None, "prompt_version": "1",
                "source": job["request"]["raster"], "window": [window, 0, 0, 256, 256], "gsd_m": 0.5,
                "time": job["created"],
                **second_opinion(job["request"]),
            },
        })  # fmt: skip
    return features


def second_opinion(request: dict) -> dict:
    """What names another model that scored."""
    named = request.get("verifier")
    return {"verifier": named, "verifier_adapter": request.get("verifier_adapter")} if named else {}


def in_window(job: dict, window: int) -> list[dict]:
    """What a job finds in one window, question by question."""
    look = {"locate": found, "verify": judged, "compare": compared}.get(job["kind"], lambda *_: [])
    asked = job["request"].get("queries") or [job["request"].get("query", "")]
    found_for = [(number, look(job, window, query)) for number, query in enumerate(asked)]
    return [of_question(feature, number) for number, features in found_for for feature in features]


def of_question(feature: dict, number: int) -> dict:
    """The same box under another of the job's questions has an id and a score of its own."""
    if number:
        feature["id"] = feature["properties"]["id"] = f"{feature['id']}-{number}"
        feature["properties"]["score"] = round(
            (feature["properties"]["score"] * 100 + 31 * number) % 100 / 100, 2
        )
    return feature


class Handler(BaseHTTPRequestHandler):
    """The wire."""

    protocol_version = "HTTP/1.1"
    jobs: Jobs
    token: str

    def log_message(self, *_: object) -> None:
        """Stay quiet."""

    def reply(self, status: int, value: object = None, kind: str = "application/json") -> None:
        body = b"" if value is None else value if isinstance(value, bytes) else json.dumps(value).encode()
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def refuse(self, status: int, kind: str, message: str) -> None:
        self.reply(status, {"error": {"type": kind, "message": message}})

    def handle_any(self) -> None:
        if self.headers.get("Authorization") != f"Bearer {self.token}":
            return self.refuse(401, "AuthError", "no")
        path, _, query = self.path.partition("?")
        parts = path.strip("/").split("/")[1:]
        body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        if parts == ["health"]:
            busy = any(job["state"] == "running" for job in self.jobs.jobs.values())
            state = {
                "version": "0.1.0",
                "pid": os.getpid(),
                "state": "busy" if busy else "idle",
                "model": "mini",
            }
            return self.reply(200, {**state, "device": "cpu", "jobs_queued": 0})
        parts = [unquote(part) for part in parts]
        answer = fake_models.answer(self.command, parts, json.loads(body or b"{}"))
        if answer is not None:
            return self.reply(*answer)
        if parts == ["models"]:
            brought = [fake_models.installed(name) for name in fake_models.STATE["installed"]]
            return self.reply(200, MODELS + brought)
        if parts[:1] == ["models"]:
            model = next(model for model in MODELS if model["name"] == parts[1])
            return self.reply(
                *fake_improve.adapters(model, self.command, parts[2:], json.loads(body or b"{}"))
            )
        if parts[:1] == ["clients"]:
            self.jobs.clients[parts[1]] = time.time()
            return self.reply(204)
        if parts == ["jobs"] and self.command == "POST":
            data = json.loads(body)
            job = self.jobs.create(data["kind"], data["request"])
            die_where("dies-taking", job)
            return self.reply(201, shown(job))
        if parts == ["jobs"]:
            return self.reply(200, [shown(job) for job in reversed(self.jobs.jobs.values())])
        job = self.jobs.jobs.get(parts[1]) if parts[:1] == ["jobs"] else None
        if job is None:
            return self.refuse(404, "JobNotFoundError", f"There is no {path}.")
        self.handle_job(job, parts[2:], query)

    def handle_job(self, job: dict, parts: list[str], query: str) -> None:
        if not parts:
            if self.command == "DELETE":
                del self.jobs.jobs[job["id"]]
                (HOME / "fake" / (job["id"] + ".json")).unlink()
                return self.reply(204)
            return self.reply(200, shown(job))
        if parts == ["events"]:
            return self.stream(job, int(query.partition("=")[2] or 0))
        if parts == ["features"]:
            # A window that was cut short by a crash is done again, and finds the same.
            found = [event["data"] for event in job["events"] if event["type"] == "detection"]
            features = list({feature["id"]: feature for feature in found}.values())
            provisional = job["state"] != "done"
            wkt = crs_of(job["request"].get("raster", ""))
            die_where("dies-telling", job)
            told = {
                "type": "FeatureCollection",
                "features": features,
                "crs_wkt": wkt,
                "provisional": provisional,
            }
            self.reply(200, told)
            return die_where("dies-after", job)
        if parts[0] in ("report", "pictures", "crops"):
            return self.hand_out(*parts)
        if parts == ["cancel"]:
            if job["state"] in ENDED:
                return self.refuse(409, "JobStateError", "The job has ended.")
            self.jobs.set_state(job, "cancelled")
            return self.reply(200, shown(job))
        if parts == ["resume"]:
            if job["state"] not in ("failed", "cancelled"):
                return self.refuse(409, "JobStateError", f"The job is {job['state']}.")
            self.jobs.start(job)
            return self.reply(200, shown(job))
        return self.refuse(404, "JobError", "no such path")

    def hand_out(self, kind: str, name: str = "") -> None:
        if kind == "report":
            return self.reply(200, fake_improve.report(HOME), "text/html")
        side, mime = (96, "image/png") if kind == "crops" else (160, "image/jpeg")
        return self.reply(200, png(side, hash(name)), mime)

    def stream(self, job: dict, after: int) -> None:
        self.send_response(200)
        self.send_header("Content-Type", "application/x-ndjson")
        self.send_header("Transfer-Encoding", "chunked")
        self.end_headers()
        while True:
            with self.jobs.changed:
                self.jobs.changed.wait_for(lambda: len(job["events"]) > after or job["state"] in ENDED, 0.5)
                fresh = job["events"][after:]
                ended = job["state"] in ENDED
            for event in fresh:
                line = json.dumps(event).encode() + b"\n"
                self.wfile.write(b"%x\r\n%s\r\n" % (len(line), line))
                after = event["seq"]
            self.wfile.flush()
            if ended and after >= len(job["events"]):
                self.wfile.write(b"0\r\n\r\n")
                return

    do_GET = do_POST = do_PUT = do_DELETE = handle_any


def shown(job: dict) -> dict:
    return {key: value for key, value in job.items() if key != "events"}


def main() -> None:
    """Serve until killed; where another engine serves this folder already, only wait for it to be found."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--windows", type=int, default=12)
    parser.add_argument("--delay", type=float, default=0.05)
    arguments = parser.parse_args()
    with (HOME / "fake.lock").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            time.sleep(1)
            return
        serve(arguments)


def serve(arguments: argparse.Namespace) -> None:
    Handler.jobs, Handler.token = Jobs(arguments.windows, arguments.delay), secrets.token_urlsafe(24)
    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    part = HOME / "engine.json.part"
    part.write_text(json.dumps({"port": server.server_port, "token": Handler.token, "pid": os.getpid()}))
    part.chmod(0o600)
    os.replace(part, HOME / "engine.json")
    server.serve_forever()


if __name__ == "__main__":
    main()
