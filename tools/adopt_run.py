"""Makes a trainer's finished run, such as one of the bench, a job of an engine: the panel shows it as its own.

``.venv/bin/python -m tools.adopt_run RUN_FOLDER DATA_FOLDER``
"""

from __future__ import annotations

import json
import os
import shutil
import sys
from pathlib import Path


def adopt(run: Path) -> str:
    """Copy a run into the data folder in force and return the id of its job."""
    from engine.jobs.database import Database
    from engine.jobs.store import Store
    from engine.paths import adapters_dir, job_dir, store_file

    store = Store(Database(store_file()))
    job = store.submit("improve", json.loads((run / "request.json").read_text()))
    store.begin_next()
    result = {}
    for line in (run / "events.ndjson").read_text().splitlines():
        event = json.loads(line)
        if event["type"] == "result":
            result = event["data"]
        else:
            store.report(job.id, event["type"], event["data"])
    if not result:
        raise SystemExit(f"{run} has no result yet. Wait for the end of the run.")
    store.finish(job.id, "done", result=result)
    shutil.copytree(run / "pictures", job_dir(job.id) / "pictures")
    shutil.copyfile(run / "report.html", job_dir(job.id) / "report.html")
    if (run / "home" / "adapters").is_dir():
        shutil.copytree(run / "home" / "adapters", adapters_dir(), dirs_exist_ok=True)
    return job.id


if __name__ == "__main__":
    folder, home = map(Path, sys.argv[1:])
    os.environ["REMOTEZERO_HOME"] = str(home)
    sys.stdout.write(adopt(folder) + "\n")
