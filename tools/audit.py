"""The code, its secrets and its packages looked over: each check tells its result, and none keeps another from running.

    python -m tools.audit

Known holes are looked up in a database that an office without internet does not have. What was not looked up is
not called safe: it is counted, and said.
"""

from __future__ import annotations

import json
import re
import subprocess
import sys
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
CODE = ("engine", "trainer", "remotezero_qgis", "tools")
WRITTEN = re.compile(r"\.(py|toml|md|json|sh|html|cfg|txt)$|(^|/)Makefile$|^\.ci/")
NOT_LOOKED_AT = re.compile(
    r"^(resources/models/|resources/catalogue\.json|requirements|tests/)|^docs/[\w-]*\.json$"
)
"""Weights and hashes by design; in tests, secrets that are none; in reports, names of a GPU's kernels."""
SHOWN = r"http://(name:password|NAME:PASSWORD)@host:port"
"""How the documents and messages show where a proxy's password goes."""
AUDIT_S = 300


@dataclass(frozen=True)
class Outcome:
    """What one check says.

    Attributes:
        name: of the program.
        good: whether nothing stands against the tree.
        sentence: its result.
        details: what it found, as it says it.
    """

    name: str
    good: bool
    sentence: str
    details: str = ""


def main() -> int:
    """Run all three; returns 1 where one found something, or could not run."""
    outcomes = [code(), secrets(), holes()]
    for outcome in outcomes:
        if outcome.details:
            print(outcome.details)
        print(f"{outcome.name}: {outcome.sentence}")
    return 0 if all(outcome.good for outcome in outcomes) else 1


def code() -> Outcome:
    """Bandit over the code that is shipped, and over the tools."""
    done = _run("bandit", "-q", "-r", "-f", "json", "-c", "pyproject.toml", *CODE)
    told = _json(done.stdout)
    if told is None:
        return Outcome("bandit", False, "it could not run.", done.stderr[-2000:])
    if told["errors"]:
        return Outcome("bandit", False, "it could not read all files.", json.dumps(told["errors"], indent=1))
    grave = [one for one in told["results"] if "LOW" not in (one["issue_severity"], one["issue_confidence"])]
    lines = sum(about["loc"] for name, about in told["metrics"].items() if name != "_totals")
    sentence = f"{len(grave)} findings of medium or high severity in {lines} lines."
    details = [
        f"{one['filename']}:{one['line_number']}: {one['test_id']} {one['issue_text']}" for one in grave
    ]
    return Outcome("bandit", not grave, sentence, "\n".join(details))


def secrets() -> Outcome:
    """Look for secrets every text that git knows."""
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=False)
    names = [
        name for name in listed.stdout.split("\0") if WRITTEN.search(name) and not NOT_LOOKED_AT.search(name)
    ]
    if not names:
        return Outcome("detect-secrets", False, f"git lists no files ({listed.stderr.strip()[:200]}).")
    done = _run("detect_secrets.pre_commit_hook", "--no-verify", "--exclude-lines", SHOWN, *names)
    found = done.stdout.count("Secret Type:")
    good = done.returncode == 0
    return Outcome(
        "detect-secrets", good, f"{found} likely secrets in {len(names)} files.",
        "" if good else (done.stdout + done.stderr)[-4000:],
    )  # fmt: skip


def holes() -> Outcome:
    """pip-audit over what is installed."""
    try:
        done = _run("pip_audit", "--progress-spinner", "off", "--timeout", "5", "-f", "json")
    except subprocess.TimeoutExpired:
        return Outcome(
            "pip-audit", True, "the database of known holes did not answer; nothing was looked up in it."
        )
    return judged(done.stdout, done.stderr)


def judged(stdout: str, stderr: str) -> Outcome:
    """What pip-audit's answer is worth: holes count, and so does what could not be looked up."""
    told = _json(stdout)
    if told is None:
        last = (stderr.strip().splitlines() or ["it said nothing"])[-1]
        if "No module named" in last:
            return Outcome("pip-audit", False, "it is not installed. Run `make setup`.")
        return Outcome(
            "pip-audit", True,
            f"the database of known holes is not there, so nothing was looked up in it ({last[:200]}).",
        )  # fmt: skip
    packages = told["dependencies"]
    looked = [package for package in packages if "vulns" in package]
    bad = [package for package in looked if package["vulns"]]
    missing = len(packages) - len(looked)
    if not looked:
        return Outcome(
            "pip-audit", True,
            f"the database of known holes knows none of the {len(packages)} packages, so it is not there; nothing "
            "was looked up.",
        )  # fmt: skip
    unknown = f" {missing} could not be looked up: {_few(p['name'] for p in packages if 'vulns' not in p)}."
    sentence = f"{len(bad)} of {len(looked)} packages have known holes.{unknown if missing else ''}"
    lines = [f"{p['name']} {p['version']}: {', '.join(hole['id'] for hole in p['vulns'])}" for p in bad]
    return Outcome("pip-audit", not bad, sentence, "\n".join(lines))


def _few(names: Iterable[str]) -> str:
    listed = sorted(names)
    return ", ".join(listed[:5]) + (f" and {len(listed) - 5} more" if len(listed) > 5 else "")


def _run(module: str, *arguments: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", module, *arguments]
    return subprocess.run(
        command,
        cwd=ROOT,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        timeout=AUDIT_S,
        check=False,
    )


def _json(text: str) -> Any:
    try:
        return json.loads(text)
    except ValueError:
        return None


if __name__ == "__main__":
    sys.exit(main())
