"""*Scan an archive*: the same questions over thousands of scenes, as one layer by scene and date."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any, ClassVar

from qgis.core import (
    QgsCoordinateReferenceSystem,
    QgsProcessing,
    QgsProcessingContext,
    QgsProcessingException,
    QgsProcessingFeedback,
    QgsProcessingLayerPostProcessorInterface,
    QgsProcessingOutputHtml,
    QgsProcessingOutputNumber,
    QgsProcessingOutputVectorLayer,
    QgsProcessingParameterBoolean,
    QgsProcessingParameterDateTime,
    QgsProcessingParameterExtent,
    QgsProcessingParameterFile,
    QgsProcessingParameterFolderDestination,
    QgsProcessingParameterNumber,
    QgsProcessingParameterString,
    QgsVectorLayer,
)

from ..connection.wire import Job
from ..i18n import tr
from ..layers.archive import show_archive
from ..layers.sought import name_of
from .base import REAL, WHOLE, EngineAlgorithm
from .locate import WGS84, add_search_parameters, search_request

FOLDER = QgsProcessingParameterFile.Behavior.Folder
DATE = QgsProcessingParameterDateTime.Type.Date
NOT_OF_ARCHIVES = ("OUTLINE", "OUTLINE_SQUARE", "OUTLINE_TOLERANCE", "MIN_SCORE")
PACKAGE, TABLE, PAGE = "found.gpkg", "sightings", "map.html"
NUMBERS = {
    "CLOUD": "cloud", "PRICE": "price_per_hour", "LIMIT": "limit", "WORKERS": "workers", "CORES": "cores",
}  # fmt: skip


class ArchiveStyler(QgsProcessingLayerPostProcessorInterface):
    """Gives a loaded layer the look of results, its place in time, and its filters."""

    def __init__(self, questions: Sequence[str]) -> None:
        super().__init__()
        self._questions = questions

    def postProcessLayer(
        self, layer: QgsVectorLayer, context: QgsProcessingContext, feedback: QgsProcessingFeedback
    ) -> None:
        """Prepare the layer (main thread)."""
        show_archive(layer, self._questions)


class ScanAlgorithm(EngineAlgorithm):
    """Find what sentences describe in an archive of scenes; what was finished is never asked twice.

    Attributes:
        stylers: of layers that are to be loaded, by their source. QGIS keeps none of them, and the algorithm is gone
            by the time that its layer is loaded.
    """

    ICON = "locate"
    stylers: ClassVar[dict[str, ArchiveStyler]] = {}

    def __init__(self) -> None:
        super().__init__()
        self._request: dict[str, Any] = {}
        self._folder = Path()

    def name(self) -> str:
        """Id within the provider."""
        return "scan"

    def displayName(self) -> str:
        """Name in the toolbox."""
        return tr("Scan an archive")

    def tags(self) -> list[str]:
        """Words the toolbox search finds it by."""
        return tr("find,detect,object,query,STAC,catalogue,folder,batch,big,Ray,AI,box").split(",")

    def shortDescription(self) -> str:
        """One line for tooltips."""
        return tr("Finds what sentences describe in thousands of scenes, several at a time.")

    def shortHelpString(self) -> str:
        """The help beside the dialog."""
        return tr(
            "Asks the same questions of all scenes of an archive: a folder, a list, a mosaic (VRT), or a STAC "
            "catalogue or collection. Several processes work side by side, on this machine or on a cluster.\n\n"
            "What was found comes as one layer. Its actions show one scene, one day or all; the temporal controller "
            "shows each box when its scene was taken. One thing that several scenes show has one number in the column "
            "thing, and is one feature in the layer found of the same file.\n\n"
            "When the run is broken off, start it again with the same parameters and the same folder: no finished "
            "window is asked twice. A scene that can't be read does not stop the others.\n\n"
            "The engine needs Ray for it, which is installed beside it once; the manual says how."
        )

    def initAlgorithm(self, configuration: dict[str, Any] | None = None) -> None:
        """Declare the parameters."""
        self.addParameter(
            QgsProcessingParameterFile("FOLDER", tr("Folder with scenes"), FOLDER, optional=True)
        )
        self.addParameter(
            QgsProcessingParameterFile(
                "SOURCE", tr("Or a list, mosaic or catalogue, or its address"), optional=True
            )
        )
        self.add_questions()
        self.addParameter(
            QgsProcessingParameterExtent("EXTENT", tr("Only scenes that meet this"), optional=True)
        )
        for name, text in (("START", tr("Only scenes taken from")), ("END", tr("Only scenes taken until"))):
            self.addParameter(QgsProcessingParameterDateTime(name, text, DATE, None, True))
        self.addParameter(
            QgsProcessingParameterNumber("CLOUD", tr("Most cloud cover in percent"), REAL, None, True, 0, 100)
        )
        add_search_parameters(self)
        for name in NOT_OF_ARCHIVES:
            self.removeParameter(name)
        for parameter in (
            QgsProcessingParameterString(
                "ASSET", tr("Picture of a STAC item (empty: the one that looks like it)"), "", optional=True
            ),
            QgsProcessingParameterNumber("LIMIT", tr("At most so many scenes"), WHOLE, None, True, 1),
            QgsProcessingParameterNumber("WORKERS", tr("Processes that search"), WHOLE, None, True, 1, 4096),
            QgsProcessingParameterNumber("CORES", tr("Cores of each"), WHOLE, 1, False, 1, 1024),
            QgsProcessingParameterNumber(
                "PRICE", tr("Price of an hour of this hardware"), REAL, None, True, 0
            ),
        ):
            self.add_advanced(parameter)
        self.add_model_parameters()
        self.addParameter(QgsProcessingParameterBoolean("LOAD", tr("Load what was found"), True))
        self.addParameter(QgsProcessingParameterFolderDestination("OUTPUT", tr("Folder of the results")))
        self.addOutput(QgsProcessingOutputVectorLayer("LAYER", tr("What each scene shows")))
        self.addOutput(QgsProcessingOutputHtml("MAP", tr("Map and tables")))
        for name, text in (
            ("COUNT", tr("Number of boxes")),
            ("THINGS", tr("Number of things, each counted once")),
            ("FAILED", tr("Scenes that could not be searched")),
        ):
            self.addOutput(QgsProcessingOutputNumber(name, text))
        self._explain()

    def _explain(self) -> None:
        self.explain(
            {
                "FOLDER": tr("All rasters in it and below it are scenes."),
                "SOURCE": tr(
                    "A text or CSV file of rasters, a VRT, a STAC item collection or catalogue (JSON, or items as "
                    "GeoParquet), or an address of one, which needs NETWORK. Give this or FOLDER."
                ),
                "EXTENT": tr("Scenes that lie elsewhere are left out. Empty: all of them."),
                "START": tr("Scenes that were taken before this day are left out. Empty: all of them."),
                "END": tr("Scenes that were taken after this day are left out. Empty: all of them."),
                "CLOUD": tr("Scenes with more clouds are left out. Empty: all of them."),
                "ASSET": tr("The key of an item's asset, such as “visual”."),
                "LIMIT": tr("To try it out on a few. Empty: all scenes."),
                "WORKERS": tr(
                    "Each holds the model in memory. Empty: one for each GPU, or for each core where there is none."
                ),
                "CORES": tr("How many cores each of them computes on where there is no GPU."),
                "PRICE": tr(
                    "In any currency; the messages then say what the rest will cost. Empty: nobody asks."
                ),
                "LOAD": tr("Off: the results are written and not added to the project."),
                "OUTPUT": tr(
                    "A folder for this archive and these questions. One that holds a part of the same scan is gone on "
                    "with. It gets found.gpkg, map.html, and tables of all scenes and boxes."
                ),
            }
        )

    def checkParameterValues(
        self, parameters: dict[str, Any], context: QgsProcessingContext
    ) -> tuple[bool, str]:
        """Refuse an empty question, and a scan of nothing or of two archives, before anything runs."""
        if empty := self.nothing_asked(parameters, context):
            return False, empty
        if bool(parameters.get("FOLDER")) == bool(parameters.get("SOURCE")):
            return False, tr(
                "Say where the scenes are: choose a folder, or a list or catalogue; one of the two."
            )
        return super().checkParameterValues(parameters, context)

    def prepare_request(
        self, parameters: dict[str, Any], context: QgsProcessingContext, feedback: QgsProcessingFeedback
    ) -> None:
        """Turn the parameters into the engine's request (main thread)."""
        request = {**search_request(self, parameters, context)}
        request["source"] = self.parameterAsString(parameters, "FOLDER", context) or self.parameterAsString(
            parameters, "SOURCE", context
        )
        self._folder = Path(self.parameterAsFileOutput(parameters, "OUTPUT", context))
        request["output"] = str(self._folder)
        if parameters.get("OUTPUT") == QgsProcessing.TEMPORARY_OUTPUT:
            feedback.pushWarning(
                tr(
                    "The results lie in {folder}, which is gone when QGIS ends. Choose a folder to keep them, and "
                    "to go on when the scan is broken off."
                ).format(folder=self._folder)
            )
        request.update(self._filters(parameters, context))
        request.update(self.numbers_given(parameters, context, NUMBERS))
        asset = self.parameterAsString(parameters, "ASSET", context).strip()
        self._request = {**request, **({"asset": asset} if asset else {})}

    def _filters(self, parameters: dict[str, Any], context: QgsProcessingContext) -> dict[str, Any]:
        """Return the place and the days that scenes have to meet, as far as the parameters say so."""
        wanted: dict[str, Any] = {}
        degrees = QgsCoordinateReferenceSystem(WGS84)
        extent = self.parameterAsExtent(parameters, "EXTENT", context, degrees)
        if not extent.isNull():
            wanted["bbox"] = [
                extent.xMinimum(), max(-90.0, extent.yMinimum()), extent.xMaximum(), min(90.0, extent.yMaximum()),
            ]  # fmt: skip
        for name, field in (("START", "start"), ("END", "end")):
            day = self.parameterAsDateTime(parameters, name, context)
            if parameters.get(name) and day.isValid():
                wanted[field] = day.date().toString("yyyy-MM-dd")
        return wanted

    def processAlgorithm(
        self, parameters: dict[str, Any], context: QgsProcessingContext, feedback: QgsProcessingFeedback
    ) -> dict[str, Any]:
        """Run the job, which writes its folder, and have its layer loaded (worker thread)."""
        folder = self._folder
        job, _ = self.run_job("scan", self._request, feedback)
        package = folder / PACKAGE
        if not package.is_file():
            message = tr(
                "The scan has ended, and its results are not on this computer: the engine wrote them to {folder} on "
                "its own. Open {file} from there."
            )
            raise QgsProcessingException(message.format(folder=folder, file=PACKAGE))
        source = f"{package}|layername={TABLE}"
        feedback.pushInfo(_summary(job))
        if self.parameterAsBool(parameters, "LOAD", context):
            self._load(source, context)
        result = job.result
        return {
            "OUTPUT": str(folder),
            "LAYER": source,
            "MAP": str(folder / PAGE),
            "COUNT": result.get("sightings", 0),
            "THINGS": result.get("found", 0),
            "FAILED": result.get("failed", 0),
        }

    def _load(self, source: str, context: QgsProcessingContext) -> None:
        project = context.project()
        if project is None:
            return
        name = name_of(self._request["queries"])
        details = QgsProcessingContext.LayerDetails(name, project, "LAYER")
        self.stylers[source] = ArchiveStyler(self._request["queries"])
        details.setPostProcessor(self.stylers[source])
        context.addLayerToLoadOnCompletion(source, details)


def _summary(job: Job) -> str:
    text = tr("{boxes} of {things} in {scenes}; {failed} could not be searched.")
    return text.format(
        boxes=tr("%n box(es)", n=job.result.get("sightings", 0)),
        things=tr("%n thing(s)", n=job.result.get("found", 0)),
        scenes=tr("%n scene(s)", n=job.result.get("scenes", 0)),
        failed=job.result.get("failed", 0),
    )
