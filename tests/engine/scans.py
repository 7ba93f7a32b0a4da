"""What tests of scans send to Ray's processes, which import it by its name."""

from __future__ import annotations

import time
from typing import Any

from engine.scan.ledger import Ledger


class SlowLedger(Ledger):
    """A ledger on a slow disk."""

    def commit(self, *args: Any, **kwargs: Any) -> None:
        time.sleep(0.15)
        super().commit(*args, **kwargs)
