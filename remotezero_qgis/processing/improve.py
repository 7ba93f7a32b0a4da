"""*Self-improve*: let the model learn from the user's own rasters, without labels."""

from __future__ import annotations

from typing import Any

from qgis.core import (
    QgsMapLayer,
    QgsProcessing,
    QgsProcessingContext,
    QgsProcessingFeedback,
    QgsProcessingOutputFile,
    QgsProcessingOutputString,
    QgsProcessingParameterBoolean,
    QgsProcessingParameterEnum,
    QgsProcessingParameterExtent,
    QgsProcessingParameterMultipleLayers,
    QgsProcessingParameterNumber,
    QgsProcessingParameterString,
    QgsProviderRegistry,
)

from ..connection.wire import Event
from ..i18n import tr
from ..improve.false_alarms import NONE_LOSS, false_alarm_help, false_alarm_words
from ..improve.record import Round
from ..improve.words import verdict_sentence
from ..layers.place import area_of_rectangle
from ..layers.renderer import band_stretch_of, shared_band_stretch
from ..layers.results_file import table_of
from .base import REAL, WHOLE, EngineAlgorithm, lines_of, raster_request


class ImproveAlgorithm(EngineAlgorithm):
    """Train an adapter in gated rounds; the current one changes only when a round really is better."""

    ICON = "improve"

    def __init__(self) -> None:
        super().__init__()
        self._request: dict[str, Any] = {}

    def name(self) -> str:
        """Id within the provider."""
        return "improve"

    def displayName(self) -> str:
        """Name in the toolbox."""
        return tr("Self-improve")

    def tags(self) -> list[str]:
        """Words the toolbox search finds it by."""
        return tr("train,learn,adapter,unlabelled,AI").split(",")

    def shortDescription(self) -> str:
        """One line for tooltips."""
        return tr("Lets the model learn from your own rasters, without any labels.")

    def shortHelpString(self) -> str:
        """The help beside the dialog."""
        return tr(
            "The model practises on your rasters: it proposes boxes, its own check scores them, and it "
            "learns from "
            "the scores. No labels are needed, and nothing leaves the computer.\n\n"
            "After each round a gate compares old and new on places kept aside. A round that is not "
            "better, or that "
            "answers wrong questions with yes more often, is thrown away. You can go back to any earlier "
            "adapter.\n\n"
            "Questions: one per line; leave empty and the model proposes its own."
        )

    def initAlgorithm(self, configuration: dict[str, Any] | None = None) -> None:
        """Declare the parameters."""
        rasters = QgsProcessing.SourceType.TypeRaster
        self.addParameter(QgsProcessingParameterMultipleLayers("RASTERS", tr("Rasters"), rasters))
        self.addParameter(
            QgsProcessingParameterString(
                "QUERIES", tr("Questions (one per line; empty: proposed)"), "", multiLine=True, optional=True
            )
        )
        self.addParameter(QgsProcessingParameterExtent("EXTENT", tr("Where to learn"), optional=True))
        self.addParameter(
            QgsProcessingParameterNumber("ROUNDS", tr("Rounds at most"), WHOLE, 3, False, 1, 100)
        )
        self.addParameter(
            QgsProcessingParameterNumber("MINUTES", tr("Minutes at most"), REAL, 60.0, False, 1.0)
        )
        alarms = QgsProcessingParameterEnum(
            "FALSE_ALARMS", tr("False alarms"), false_alarm_words(), defaultValue=0, optional=True
        )
        gsd = QgsProcessingParameterNumber("GSD", tr("Metres per pixel"), REAL, None, True, 0.0001)
        keep = QgsProcessingParameterBoolean(
            "PROMOTE", tr("Use the new adapter when it is better than the old"), True
        )
        polygons = QgsProcessing.SourceType.TypeVectorPolygon
        verdicts = QgsProcessingParameterMultipleLayers(
            "VERDICTS", tr("Results whose accepted and rejected boxes may be used"), polygons, optional=True
        )
        self.add_advanced(alarms, gsd, keep, verdicts)
        self.add_model_parameters()
        self.add_second_opinion(
            tr(
                "Folder of another model, or the address of one on a server, that scores the boxes and learns nothing "
                "itself. Empty: the model that learns, as it was before the round."
            )
        )
        self.explain(
            {
                "RASTERS": tr(
                    "Images of the kind that you will search later. Nobody has to draw boxes in them."
                ),
                "QUERIES": tr(
                    "What you will ask later, one question a line. Empty: the model proposes its own."
                ),
                "EXTENT": tr("Only this part is learned from. Empty: all of the rasters."),
                "ROUNDS": tr(
                    "After each round it is decided whether the model got better; two refusals end the run."
                ),
                "MINUTES": tr("All of it, preparing and checking included."),
                "FALSE_ALARMS": false_alarm_help(),
                "GSD": tr(
                    "How many metres a pixel stands for when the model practises. Empty: as in the raster."
                ),
                "PROMOTE": tr(
                    "Off: what was learned is kept in the list of adapters, and the old one stays in use."
                ),
                "VERDICTS": tr(
                    "Result layers that are kept in files. Without them the model learns from its own check alone."
                ),
            }
        )
        self.addOutput(QgsProcessingOutputString("NEW_ADAPTER", tr("Adapter")))
        self.addOutput(QgsProcessingOutputFile("REPORT", tr("Report")))

    def prepare_request(
        self, parameters: dict[str, Any], context: QgsProcessingContext, feedback: QgsProcessingFeedback
    ) -> None:
        """Read the raster layers (main thread)."""
        layers = self.parameterAsLayerList(parameters, "RASTERS", context)
        if not layers:
            raise ValueError(tr("No raster was chosen. Choose at least one."))
        request: dict[str, Any] = {
            "rasters": [raster_request(layer)["raster"] for layer in layers],
            "queries": lines_of(self.parameterAsString(parameters, "QUERIES", context)),
            "rounds": self.parameterAsInt(parameters, "ROUNDS", context),
            "minutes": self.parameterAsDouble(parameters, "MINUTES", context),
            "promote": self.parameterAsBool(parameters, "PROMOTE", context),
            **shared_band_stretch([band_stretch_of(layer) for layer in layers]).to_json(),
            **self._area(parameters, layers, context),
            **self.model_request(parameters, context),
            **self.second_opinion(parameters, context, "external_verifier"),
        }
        judged = self.parameterAsLayerList(parameters, "VERDICTS", context)
        if judged:
            request["verdicts"] = [_file_of(layer) for layer in judged]
        none_loss = list(NONE_LOSS.values())[self.parameterAsEnum(parameters, "FALSE_ALARMS", context)]
        if none_loss is not None:
            request["none_loss"] = none_loss
        request.update(self.numbers_given(parameters, context, {"GSD": "gsd_m"}))
        self._request = request

    def processAlgorithm(
        self, parameters: dict[str, Any], context: QgsProcessingContext, feedback: QgsProcessingFeedback
    ) -> dict[str, Any]:
        """Run the job (worker thread)."""

        def report_round(event: Event) -> None:
            if event.type == "round":
                feedback.pushInfo(verdict_sentence(Round.from_json(event.data)))

        job, _ = self.run_job("improve", self._request, feedback, report_round)
        return {
            "NEW_ADAPTER": str(job.result.get("adapter") or ""),
            "REPORT": str(job.result.get("report") or ""),
        }

    def _area(
        self, parameters: dict[str, Any], layers: list[QgsMapLayer], context: QgsProcessingContext
    ) -> dict[str, Any]:
        extent = self.parameterAsExtent(parameters, "EXTENT", context)
        if extent.isNull():
            return {}
        if any(layer.crs() != layers[0].crs() for layer in layers):
            raise ValueError(
                tr("An area needs rasters of one CRS. Leave the area empty, or choose such rasters.")
            )
        crs = self.parameterAsExtentCrs(parameters, "EXTENT", context)
        return {"area_crs": area_of_rectangle(extent, crs, layers[0])}


def _file_of(layer: QgsMapLayer) -> str:
    """A layer as GDAL names it: its file, and its table where the file has several."""
    named = table_of(layer)
    if named is not None:
        return "{}|layername={}".format(*named)
    if layer.providerType() != "ogr":
        raise ValueError(
            tr("{layer} is not kept in a file. Save it to one, then its verdicts can be used.").format(
                layer=layer.name()
            )
        )
    return str(QgsProviderRegistry.instance().decodeUri("ogr", layer.source())["path"])
