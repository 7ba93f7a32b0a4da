"""The provider: the engine's jobs in the Processing toolbox, in models, batches and ``qgis_process``."""

from __future__ import annotations

from qgis.core import QgsProcessingProvider
from qgis.PyQt.QtGui import QIcon

from ..files import plugin_version, resource_path
from .base import missing_engine
from .compare import CompareAlgorithm
from .evaluate import EvaluateAlgorithm
from .export import ExportAlgorithm
from .improve import ImproveAlgorithm
from .locate import LocateAlgorithm
from .locate_many import LocateManyAlgorithm
from .scan import ScanAlgorithm
from .verify import VerifyAlgorithm


class RemoteZeroProvider(QgsProcessingProvider):
    """Locate in one raster, many or an archive, verify, compare, export, self-improve and evaluate as algorithms."""

    def id(self) -> str:
        """The name under which ``qgis_process`` finds the algorithms."""
        return "remotezero"

    def name(self) -> str:
        """What the toolbox shows."""
        return "RemoteZero"

    def longName(self) -> str:
        """Name and version, for the options page."""
        return f"RemoteZero {plugin_version()}"

    def icon(self) -> QIcon:
        """The plugin's own icon."""
        return QIcon(str(resource_path("icons/remotezero.svg")))

    def warningMessage(self) -> str:
        """Why the algorithms can't run now; shown in the toolbox above them."""
        return missing_engine()

    def supportsNonFileBasedOutput(self) -> bool:
        """Results can go into memory layers as well."""
        return True

    def loadAlgorithms(self) -> None:
        """Offer the algorithms; each says by itself when it can't run."""
        for algorithm in (
            LocateAlgorithm,
            LocateManyAlgorithm,
            ScanAlgorithm,
            VerifyAlgorithm,
            CompareAlgorithm,
            ExportAlgorithm,
            ImproveAlgorithm,
            EvaluateAlgorithm,
        ):
            self.addAlgorithm(algorithm())

    def engine_changed(self) -> None:
        """Look again whether there is an engine; called after it was installed or removed."""
        self.refreshAlgorithms()
