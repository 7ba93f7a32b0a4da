"""*Evaluate a model*: how well it finds what a layer of reference boxes shows."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from qgis.core import (
    QgsProcessing,
    QgsProcessingContext,
    QgsProcessingException,
    QgsProcessingFeedback,
    QgsProcessingOutputNumber,
    QgsProcessingParameterEnum,
    QgsProcessingParameterFeatureSource,
    QgsProcessingParameterField,
    QgsProcessingParameterFileDestination,
    QgsProcessingParameterNumber,
    QgsProcessingParameterRasterLayer,
    QgsProcessingParameterString,
    QgsProcessingUtils,
)

from ..connection.client import EngineClient
from ..connection.wire import Job
from ..errors import EngineError
from ..i18n import tr
from .base import REAL, EngineAlgorithm
from .verify import COLUMN, TABLE, hand_over

ZOOMS = ("auto", "overview", "detail")
FIGURES = {
    "F1": "f1",
    "PRECISION": "precision",
    "RECALL": "recall",
    "AP50": "ap50",
    "MEAN_IOU": "mean_iou",
    "BOUNDARY_M": "boundary_m",
}


class EvaluateAlgorithm(EngineAlgorithm):
    """Measure a model or an adapter against boxes that somebody trusts."""

    ICON = "verify"

    def __init__(self) -> None:
        super().__init__()
        self._request: dict[str, Any] = {}
        self._page = b""

    def name(self) -> str:
        """Id within the provider."""
        return "evaluate"

    def displayName(self) -> str:
        """Name in the toolbox."""
        return tr("Evaluate a model")

    def tags(self) -> list[str]:
        """Words the toolbox search finds it by."""
        return tr("accuracy,precision,recall,F1,AP,IoU,quality,reference,AI").split(",")

    def shortDescription(self) -> str:
        """One line for tooltips."""
        return tr("Says how well a model finds what a layer of reference boxes shows.")

    def shortHelpString(self) -> str:
        """The help beside the dialog."""
        return tr(
            "Searches the raster and compares what is found with the polygons of a layer: precision, recall, F1, "
            "average precision, overlap, and how far edges are off in metres, each with its interval. The report is "
            "one page with the best and the worst places.\n\n"
            "The layer has to be complete: a box that is found and not in it counts as wrong. Cut the raster to the "
            "part that was mapped, if only a part was.\n\n"
            "One question can be asked for all polygons, or each distinct value of a field is one."
        )

    def initAlgorithm(self, configuration: dict[str, Any] | None = None) -> None:
        """Declare the parameters."""
        polygons = QgsProcessing.SourceType.TypeVectorPolygon
        self.addParameter(QgsProcessingParameterRasterLayer("RASTER", tr("Raster")))
        self.addParameter(QgsProcessingParameterFeatureSource("INPUT", tr("Reference polygons"), [polygons]))
        self.addParameter(QgsProcessingParameterString("QUERY", tr("What the polygons show"), optional=True))
        self.addParameter(
            QgsProcessingParameterField(
                "FIELD",
                tr("Or the field that says it of each"),
                parentLayerParameterName="INPUT",
                optional=True,
            )
        )
        self.addParameter(
            QgsProcessingParameterNumber(
                "SHOWN_FROM", tr("Lowest score of a box that counts"), REAL, 0.5, False, 0.0, 1.0
            )
        )
        zooms = [tr("automatic"), tr("overview"), tr("in detail")]
        self.add_advanced(
            QgsProcessingParameterEnum("ZOOM", tr("Level of detail"), zooms, False, 0),
            QgsProcessingParameterNumber("MARGIN", tr("Context round a box"), REAL, 0.25, False, 0.0, 4.0),
        )
        self.add_model_parameters()
        self.addParameter(
            QgsProcessingParameterFileDestination("OUTPUT", tr("Report"), tr("Web pages (*.html)"))
        )
        for name, text in (
            ("F1", tr("F1")),
            ("PRECISION", tr("Precision")),
            ("RECALL", tr("Recall")),
            ("AP50", tr("Average precision at an IoU of 0.5")),
            ("MEAN_IOU", tr("Mean IoU")),
            ("BOUNDARY_M", tr("Mean error of edges in metres")),
        ):
            self.addOutput(QgsProcessingOutputNumber(name, text))
        self.explain(
            {
                "RASTER": tr("The image to search, as its layer's style shows it."),
                "INPUT": tr(
                    "Boxes or outlines that you trust, in any CRS. All such things have to be in it."
                ),
                "QUERY": tr(
                    "One question for all polygons, such as “all ships”. Leave it empty to use a field."
                ),
                "FIELD": tr(
                    "Each distinct value of it is asked as a question. Leave it empty to use one question."
                ),
                "SHOWN_FROM": tr("From 0 to 1: boxes below count as not found in precision, recall and F1."),
                "ZOOM": tr(
                    "0: automatic, both of the others where that is worth it. 1: the whole view at once, for "
                    "questions that need the overview. 2: overlapping windows, for small things."
                ),
                "MARGIN": tr(
                    "How much round a box the check sees as well, as a share of the box's longer side."
                ),
                "OUTPUT": tr("One page with the figures, their intervals, and the best and worst places."),
            }
        )

    def checkParameterValues(
        self, parameters: dict[str, Any], context: QgsProcessingContext
    ) -> tuple[bool, str]:
        """Refuse what does not say what the polygons show, before anything runs."""
        query = self.parameterAsString(parameters, "QUERY", context).strip()
        if bool(query) == bool(self._field(parameters, context)):
            return False, tr(
                "Say what the polygons show: write one question for all of them, or choose the field that says it of "
                "each."
            )
        return super().checkParameterValues(parameters, context)

    def prepare_request(
        self, parameters: dict[str, Any], context: QgsProcessingContext, feedback: QgsProcessingFeedback
    ) -> None:
        """Read the raster layer (main thread)."""
        layer = self.parameterAsRasterLayer(parameters, "RASTER", context)
        if layer is None:
            raise ValueError(self.invalidRasterError(parameters, "RASTER"))
        field = self._field(parameters, context)
        query = self.parameterAsString(parameters, "QUERY", context).strip()
        request = {
            **self.picture_request(layer, self.around(parameters, layer, context), 0.0, context),
            **({"query_column": COLUMN} if field else {"query": query}),
            "zoom": ZOOMS[self.parameterAsEnum(parameters, "ZOOM", context)],
            "margin": self.parameterAsDouble(parameters, "MARGIN", context),
            "conventions": {"shown_from": self.parameterAsDouble(parameters, "SHOWN_FROM", context)},
            **self.model_request(parameters, context),
        }
        if request.pop("allow_network", False):
            feedback.pushWarning(tr("An evaluation reads no rasters from the network."))
        self._request = request

    def processAlgorithm(
        self, parameters: dict[str, Any], context: QgsProcessingContext, feedback: QgsProcessingFeedback
    ) -> dict[str, Any]:
        """Hand the polygons over, run the job, and keep its page (worker thread)."""
        source = self.parameterAsSource(parameters, "INPUT", context)
        if source is None:
            raise QgsProcessingException(self.invalidSourceError(parameters, "INPUT"))
        path = Path(QgsProcessingUtils.generateTempFilename("polygons.gpkg"))
        if not hand_over(source, path, context, self._field(parameters, context)):
            raise QgsProcessingException(tr("The layer holds no polygon. Choose one that does."))
        self.render(feedback)
        request = {**self._request, "vector": str(path), "layer": TABLE}
        job, _ = self.run_job("evaluate", request, feedback)
        output = Path(self.parameterAsFileOutput(parameters, "OUTPUT", context))
        try:
            output.write_bytes(self._page)
        except OSError as error:
            message = tr("The report can't be written to {path} ({reason}). Choose another file.")
            raise QgsProcessingException(message.format(path=output, reason=error.strerror)) from error
        known = {name: figure["value"] for name, figure in job.result.get("figures", {}).items()}
        for line in job.result.get("about", {}).get("lines", ()):
            feedback.pushInfo(line)
        return {
            "OUTPUT": str(output),
            **{name: known[figure] for name, figure in FIGURES.items() if figure in known},
        }

    def gather(self, client: EngineClient, job: Job) -> list[dict[str, Any]]:
        """Fetch the report while the engine is there; an evaluation finds no features."""
        found = super().gather(client, job)
        try:
            self._page = client.report(job.id)
        except EngineError as error:
            raise QgsProcessingException(str(error)) from error
        return found

    def _field(self, parameters: dict[str, Any], context: QgsProcessingContext) -> str:
        # In QGIS 3.40 the older name is on its way out.
        read = getattr(self, "parameterAsStrings", None) or self.parameterAsFields
        names = read(parameters, "FIELD", context)
        return names[0] if names else ""
