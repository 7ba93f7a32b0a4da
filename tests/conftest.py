"""Collection rules for every test folder. Standard library only: QGIS's own Python reads this file too."""

from __future__ import annotations

import importlib.util

# "qgis" alone would also be found as this folder's own tests/qgis.
collect_ignore = [] if importlib.util.find_spec("qgis.core") else ["qgis"]
