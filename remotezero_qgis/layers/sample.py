"""The sample that comes with the plugin: a drawn harbour to try the first question on."""

from __future__ import annotations

import shutil
from pathlib import Path

from qgis.core import QgsProject, QgsRasterLayer

from ..files import resource_path
from ..i18n import tr

SAMPLE = "sample/harbour.tif"


def add_sample(home: Path) -> QgsRasterLayer:
    """Add the sample to the project and return its layer; one that is there already is used again.

    It is opened from the data folder: QGIS could not replace the plugin's own file while it is open.

    Raises:
        OSError: it can't be copied there.
    """
    path = home / SAMPLE
    shipped = resource_path(SAMPLE)
    if not path.is_file() or path.stat().st_size != shipped.stat().st_size:
        path.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(shipped, path)
    for layer in QgsProject.instance().mapLayers().values():
        if isinstance(layer, QgsRasterLayer) and layer.isValid() and layer.source() == str(path):
            return layer
    layer = QgsRasterLayer(str(path), tr("Sample harbour"))
    QgsProject.instance().addMapLayer(layer)
    return layer
