"""*Export boxes*: a layer of boxes as files that other programs map with and train on."""

from __future__ import annotations

from typing import Any

from qgis.core import (
    QgsProcessing,
    QgsProcessingContext,
    QgsProcessingFeedback,
    QgsProcessingOutputFile,
    QgsProcessingOutputNumber,
    QgsProcessingParameterBoolean,
    QgsProcessingParameterEnum,
    QgsProcessingParameterFeatureSource,
    QgsProcessingParameterFileDestination,
    QgsProcessingParameterNumber,
    QgsProcessingParameterRasterLayer,
)

from ..find.export import formats, left_out, with_ending
from ..i18n import tr
from .base import REAL, WHOLE, EngineAlgorithm, raster_request


class ExportAlgorithm(EngineAlgorithm):
    """Write boxes as COCO, YOLO or a table, with their provenance beside them."""

    def __init__(self) -> None:
        super().__init__()
        self._request: dict[str, Any] = {}

    def name(self) -> str:
        """Id within the provider."""
        return "export"

    def displayName(self) -> str:
        """Name in the toolbox."""
        return tr("Export boxes")

    def tags(self) -> list[str]:
        """Words the toolbox search finds it by."""
        return tr("COCO,YOLO,training data,chips,GeoParquet,CSV").split(",")

    def shortDescription(self) -> str:
        """One line for tooltips."""
        return tr("Writes boxes as training data or tables for other programs.")

    def shortHelpString(self) -> str:
        """The help beside the dialog."""
        return tr(
            "COCO and YOLO are folders with pictures cut from the raster and the boxes in them. The other "
            "formats are one file. GeoJSON is in WGS 84.\n\n"
            "Rejected boxes are never exported. Where some boxes were accepted or rejected, only the accepted "
            "ones are, unless you take the undecided ones, too.\n\n"
            "Beside the output comes a file that tells which model found the boxes, in which raster, and when. "
            "A folder that exists is never replaced."
        )

    def initAlgorithm(self, configuration: dict[str, Any] | None = None) -> None:
        """Declare the parameters."""
        polygons = QgsProcessing.SourceType.TypeVectorPolygon
        self.addParameter(QgsProcessingParameterFeatureSource("INPUT", tr("Boxes"), [polygons]))
        self.addParameter(
            QgsProcessingParameterEnum("FORMAT", tr("Format"), list(formats().values()), False, 0)
        )
        words = [tr("The label of a box"), tr("The question that found it")]
        classes = QgsProcessingParameterEnum("CLASSES", tr("Classes of a training set"), words, False, 0)
        self.addParameter(QgsProcessingParameterBoolean("ALL", tr("Take undecided boxes, too"), False))
        self.addParameter(
            QgsProcessingParameterNumber("MIN_SCORE", tr("Lowest score"), REAL, 0.0, False, 0.0, 1.0)
        )
        raster = QgsProcessingParameterRasterLayer(
            "RASTER", tr("Raster (empty: those that the boxes name)"), optional=True
        )
        side = QgsProcessingParameterNumber(
            "CHIP_PX", tr("Side of a picture in pixels"), WHOLE, 640, False, 32, 4096
        )
        gsd = QgsProcessingParameterNumber("GSD", tr("Metres per pixel"), REAL, None, True, 0.0001)
        empty = QgsProcessingParameterBoolean("EMPTY", tr("Also cut pictures without boxes"), False)
        self.add_advanced(classes, raster, side, gsd, empty)
        self.addParameter(
            QgsProcessingParameterFileDestination("OUTPUT", tr("File or folder"), tr("All files (*)"))
        )
        self.addOutput(QgsProcessingOutputFile("PROVENANCE", tr("Provenance")))
        self.addOutput(QgsProcessingOutputNumber("COUNT", tr("Exported boxes")))
        self.explain(
            {
                "INPUT": tr("A result of Locate or of the panel. Rejected boxes are never exported."),
                "FORMAT": tr("COCO and YOLO are folders with pictures; the others are one file."),
                "CLASSES": tr(
                    "COCO and YOLO name classes. Take the questions where one layer holds the boxes of several."
                ),
                "ALL": tr("Otherwise only accepted boxes are taken, once some were accepted or rejected."),
                "MIN_SCORE": tr("From 0 to 1: boxes below are left out."),
                "RASTER": tr("Pictures for COCO and YOLO are cut from it."),
                "CHIP_PX": tr("Of the square pictures for COCO and YOLO."),
                "GSD": tr("Of the pictures. Empty: the finest at which a box was found."),
                "EMPTY": tr("Places where nothing was found teach a model what to leave alone."),
                "OUTPUT": tr("A file, or for COCO and YOLO a folder that does not exist yet."),
            }
        )

    def prepare_request(
        self, parameters: dict[str, Any], context: QgsProcessingContext, feedback: QgsProcessingFeedback
    ) -> None:
        """Read the layers (main thread)."""
        kind = list(formats())[self.parameterAsEnum(parameters, "FORMAT", context)]
        path, layer = self.parameterAsCompatibleSourceLayerPathAndLayerName(
            parameters, "INPUT", context, ["gpkg", "geojson", "fgb"], "gpkg", feedback
        )
        raster = self.parameterAsRasterLayer(parameters, "RASTER", context)
        request: dict[str, Any] = {
            "vector": path,
            "layer": layer or None,
            "output": with_ending(self.parameterAsFileOutput(parameters, "OUTPUT", context), kind),
            "format": kind,
            "classes": ("label", "query")[self.parameterAsEnum(parameters, "CLASSES", context)],
            "undecided": self.parameterAsBool(parameters, "ALL", context),
            "min_score": self.parameterAsDouble(parameters, "MIN_SCORE", context) or None,
            "overwrite": True,
            "chip_px": self.parameterAsInt(parameters, "CHIP_PX", context),
            "empty": self.parameterAsBool(parameters, "EMPTY", context),
            **(raster_request(raster) if raster is not None else {}),
        }
        if parameters.get("GSD") is not None:
            request["gsd_m"] = self.parameterAsDouble(parameters, "GSD", context)
        self._request = request

    def processAlgorithm(
        self, parameters: dict[str, Any], context: QgsProcessingContext, feedback: QgsProcessingFeedback
    ) -> dict[str, Any]:
        """Run the job (worker thread)."""
        job, _ = self.run_job("export", self._request, feedback)
        result = job.result
        reasons = left_out(result)
        if reasons:
            feedback.pushInfo(tr("Left out: {reasons}.").format(reasons=reasons))
        return {
            "OUTPUT": result.get("output"),
            "PROVENANCE": result.get("provenance"),
            "COUNT": result.get("features"),
        }
