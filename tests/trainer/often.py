"""The trainer as a program that saves after every step: ``python -m tests.trainer.often request.json``.

What a short run would leave to chance, since it is over before its first checkpoint, is so met by a kill.
"""

from __future__ import annotations

import sys

from trainer.__main__ import main
from trainer.rollout.callbacks import Budget


def run(arguments: list[str]) -> int:
    """The trainer's ``main``, saving after every step."""
    Budget.save_every_s = property(lambda budget: 0.0)  # type: ignore[assignment,method-assign]
    return main(arguments)


if __name__ == "__main__":
    sys.exit(run(sys.argv[1:]))
