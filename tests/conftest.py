"""Collection rules for every test folder. Standard library only: QGIS's own Python reads this file too."""

from __future__ import annotations

import importlib.util

collect_ignore = [] if importlib.util.find_spec("qgis") else ["qgis"]
