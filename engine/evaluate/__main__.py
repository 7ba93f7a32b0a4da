"""``python -m engine.evaluate REQUEST.json``: one evaluation as a child process, see :mod:`engine.jobs.child`."""

from __future__ import annotations

import sys

from engine.evaluate.sweeps import evaluate_all
from engine.model.serving import load_served
from engine.telling import do_request


def main(arguments: list[str]) -> int:
    """Evaluate, and return the exit code."""
    return do_request(
        arguments, "evaluation", lambda values, tell, stop: evaluate_all(values, load_served, tell, stop)
    )


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
