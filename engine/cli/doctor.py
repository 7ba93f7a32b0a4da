"""What a supporter needs to know of this machine, with nothing in it that says whose it is.

Libraries that can take a process down with them (torch and its drivers) are asked in a child process,
so that the report is written however broken they are.
"""

from __future__ import annotations

import getpass
import importlib.metadata
import json
import os
import platform
import re
import shutil
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import psutil

from engine import __version__
from engine.errors import RemoteZeroError
from engine.paths import data_dir, resources_dir
from engine.service.address import find_engine

PACKAGES = (
    "torch",
    "torchvision",
    "transformers",
    "peft",
    "bitsandbytes",
    "trl",
    "safetensors",
    "rasterio",
    "pyogrio",
    "numpy",
    "fastapi",
    "uvicorn",
)
QUESTIONS = {
    "torch": """
import json, torch
cuda = torch.cuda.is_available()
names = [torch.cuda.get_device_properties(i) for i in range(torch.cuda.device_count())] if cuda else []
print(json.dumps({
    "cuda": cuda, "cuda_build": torch.version.cuda, "threads": torch.get_num_threads(),
    "gpus": [{"name": p.name, "memory_bytes": p.total_memory} for p in names],
}))
""",
    "rasterio": """
import json, rasterio
print(json.dumps({"gdal": rasterio.__gdal_version__, "proj": rasterio.__proj_version__,
                  "jp2": "JP2OpenJPEG" in rasterio.drivers.raster_driver_extensions().values()}))
""",
    "bitsandbytes": """
import json, bitsandbytes
print(json.dumps({"works": True}))
""",
}
"""Small programs, each of which prints one JSON object."""
CHILD_S = 180.0


def diagnose(model: str | None = None) -> dict[str, Any]:
    """Return the report as JSON values, already redacted.

    Args:
        model: one whose plans are reported as well, by its name.

    Raises:
        InputError: there is no model of this name.
        ModelError: its files don't tell its shapes.
    """
    with ThreadPoolExecutor() as pool:
        asked = {name: pool.submit(_ask, program) for name, program in QUESTIONS.items()}
        answers = {name: answer.result() for name, answer in asked.items()}
    report = {
        "engine": {
            "version": __version__,
            "python": platform.python_version(),
            "place": str(Path(__file__).parent.parent),
        },
        "system": {"platform": platform.platform(), "machine": platform.machine(), "cores": os.cpu_count()},
        "packages": {name: _version(name) for name in PACKAGES},
        **answers,
        "driver": _driver(),
        "memory": _memory(),
        "data": _data(),
        "models": _models(),
        "running_engine": _engine(),
    }
    if model is not None:
        from engine.catalogue.plans import plans_json

        plans = plans_json(model, None)
        report["plan"] = {"memory": plans["memory"], "tasks": [row["sentence"] for row in plans["plans"]]}
    cleaned: dict[str, Any] = redact(report)
    return cleaned


def redact(value: Any) -> Any:
    """Return JSON values with the home folder as ``~`` and the user's name as ``<user>``."""
    if isinstance(value, dict):
        return {key: redact(item) for key, item in value.items()}
    if isinstance(value, list):
        return [redact(item) for item in value]
    return redact_text(value) if isinstance(value, str) else value


def redact_text(text: str) -> str:
    """Return ``text`` without the home folder's path and the user's name."""
    for home in dict.fromkeys((str(Path.home()), os.path.realpath(Path.home()))):
        if len(home) > 1:
            text = re.sub(re.escape(home) + r"(?=$|[/\\\s'\":])", "~", text)
    user = _user()
    return re.sub(rf"(?<!\w){re.escape(user)}(?!\w)", "<user>", text) if user else text


def _user() -> str:
    try:
        user = getpass.getuser()
    except (OSError, KeyError):
        return ""
    return "" if user in ("root", "user") else user


def _version(package: str) -> str | None:
    try:
        return importlib.metadata.version(package)
    except importlib.metadata.PackageNotFoundError:
        return None


def _ask(program: str) -> dict[str, Any]:
    """Run a small program in this Python; its JSON, or why it gave none."""
    try:
        child = subprocess.run(
            [sys.executable, "-c", program],
            stdin=subprocess.DEVNULL,
            capture_output=True,
            timeout=CHILD_S,
            check=False,
        )
    except subprocess.TimeoutExpired:
        return {"error": f"gave no answer within {CHILD_S:.0f} s"}
    except OSError as error:
        return {"error": str(error)}
    if child.returncode:
        last = child.stderr.decode("utf-8", errors="replace").strip().splitlines()[-3:]
        return {"error": f"ended with code {child.returncode}: {' | '.join(last)}"}
    answer: dict[str, Any] = json.loads(child.stdout.splitlines()[-1])
    return answer


def _driver() -> dict[str, Any]:
    tool = shutil.which("nvidia-smi")
    if tool is None:
        return {"nvidia": None}
    query = ["--query-gpu=name,driver_version,memory.total,memory.free", "--format=csv,noheader"]
    try:
        child = subprocess.run(
            [tool, *query], stdin=subprocess.DEVNULL, capture_output=True, timeout=20, check=False
        )
    except (OSError, subprocess.TimeoutExpired) as error:
        return {"nvidia": str(error)}
    return {"nvidia": child.stdout.decode("utf-8", errors="replace").strip().splitlines()}


def _memory() -> dict[str, int]:
    memory = psutil.virtual_memory()
    return {"total_bytes": memory.total, "available_bytes": memory.available}


def _data() -> dict[str, Any]:
    try:
        folder = data_dir()
        return {
            "folder": str(folder),
            "free_bytes": shutil.disk_usage(folder).free,
            "resources": str(resources_dir()),
        }
    except RemoteZeroError as error:
        return {"error": str(error)}


def _models() -> list[dict[str, Any]] | dict[str, str]:
    from engine.catalogue.models import models_json

    try:
        return models_json()
    except RemoteZeroError as error:
        return {"error": str(error)}


def _engine() -> dict[str, Any] | None:
    runtime = find_engine()
    return {"url": runtime.url, "pid": runtime.pid, "started": runtime.started} if runtime else None
