"""``make sbom``: what this program consists of as CycloneDX: packages, and the default model with its hash.

python -m tools.sbom [FILE]
"""

from __future__ import annotations

import hashlib
import json
import subprocess
import sys
from pathlib import Path
from typing import Any

from engine import __version__
from engine.catalogue.models import find_model

ROOT = Path(__file__).resolve().parents[1]
REPORT = ROOT / "build" / "reports" / "sbom.json"
MODEL = "default-model"


def main(arguments: list[str]) -> int:
    """Write the bill, and say in a line what is in it."""
    target = Path(arguments[0]) if arguments else REPORT
    target.parent.mkdir(parents=True, exist_ok=True)
    tool = Path(sys.executable).with_name("cyclonedx-py")
    options = ["--pyproject", "pyproject.toml", "--mc-type", "application", "--output-format", "JSON"]
    told = subprocess.run(
        [tool, "environment", *options, sys.executable],
        cwd=ROOT, stdin=subprocess.DEVNULL, capture_output=True, text=True, check=False,
    )  # fmt: skip
    if told.returncode:
        print(f"The bill of materials can't be made: {told.stderr.strip()[-500:]}", file=sys.stderr)
        return 1
    bill = json.loads(told.stdout)
    complete(bill, model_component())
    target.write_text(json.dumps(bill, indent=2) + "\n", encoding="utf-8")
    kinds = [component["type"] for component in bill["components"]]
    print(f"{target}: {kinds.count('library')} packages and {len(kinds) - kinds.count('library')} model")
    return 0


def complete(bill: dict[str, Any], model: dict[str, Any]) -> None:
    """Add what the packages can't tell: the version that is built here, the model, and where packages come from."""
    bill["metadata"]["component"]["version"] = __version__
    for component in bill["components"]:
        version = component.get("version", "").partition("+")[0]
        component.setdefault("purl", f"pkg:pypi/{component['name'].lower().replace('_', '-')}@{version}")
    bill["components"].append(model)
    root = bill["metadata"]["component"]["bom-ref"]
    for entry in bill["dependencies"]:
        if entry["ref"] == root:
            entry.setdefault("dependsOn", []).append(MODEL)
    bill["dependencies"].append({"ref": MODEL})


def model_component() -> dict[str, Any]:
    """The default model: its name, its licence, and the hashes of its weights."""
    spec = find_model(None)
    files = sorted(spec.path.glob("*.safetensors"))
    hashes = [{"alg": "SHA-256", "content": hashlib.sha256(file.read_bytes()).hexdigest()} for file in files]
    about: dict[str, Any] = {
        "bom-ref": MODEL,
        "type": "machine-learning-model",
        "name": spec.name,
        "version": hashes[0]["content"][:16],
        "description": "The default model, trained by this project from nothing; its card is README.md beside it.",
        "hashes": hashes[:1],
    }
    if spec.licence:
        about["licenses"] = [{"license": {"id": spec.licence}}]
    return about


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
