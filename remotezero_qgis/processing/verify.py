"""*Verify features*: score the polygons of a layer against a sentence."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

from qgis.core import (
    NULL,
    QgsFeature,
    QgsFeatureSink,
    QgsFields,
    QgsProcessing,
    QgsProcessingContext,
    QgsProcessingException,
    QgsProcessingFeatureSource,
    QgsProcessingFeedback,
    QgsProcessingParameterFeatureSink,
    QgsProcessingParameterFeatureSource,
    QgsProcessingParameterNumber,
    QgsProcessingParameterRasterLayer,
    QgsProcessingParameterString,
    QgsProcessingUtils,
    QgsVectorFileWriter,
)

from ..compat import MULTI_POLYGON, real_field, text_field
from ..i18n import tr
from .base import REAL, EngineAlgorithm
from .outputs import check_destination

SCORE, QUESTION, MODEL = ADDED = ("rz_score", "rz_query", "rz_model")
TABLE, COLUMN = "polygons", "question"
PLACE = re.compile(r"^w(\d+)-")


class VerifyAlgorithm(EngineAlgorithm):
    """Say of each polygon how well it shows what a sentence describes."""

    ICON = "verify"

    def __init__(self) -> None:
        super().__init__()
        self._request: dict[str, Any] = {}

    def name(self) -> str:
        """Id within the provider."""
        return "verify"

    def displayName(self) -> str:
        """Name in the toolbox."""
        return tr("Verify features")

    def tags(self) -> list[str]:
        """Words the toolbox search finds it by."""
        return tr("score,check,quality,polygon,map update,AI").split(",")

    def shortDescription(self) -> str:
        """One line for tooltips."""
        return tr("Scores existing polygons by how well the raster shows what a sentence describes.")

    def shortHelpString(self) -> str:
        """The help beside the dialog."""
        return tr(
            "Looks at the raster under each polygon and says, from 0 to 1, how well it shows what the "
            "sentence "
            "describes. Useful to check an older map against a newer image, or the output of another "
            "detector.\n\n"
            "All polygons and attributes are kept; the columns rz_score, rz_query and rz_model are added. "
            "A polygon "
            "beside the raster or over missing data gets no score."
        )

    def initAlgorithm(self, configuration: dict[str, Any] | None = None) -> None:
        """Declare the parameters."""
        polygons = QgsProcessing.SourceType.TypeVectorPolygon
        self.addParameter(QgsProcessingParameterFeatureSource("INPUT", tr("Polygons"), [polygons]))
        self.addParameter(QgsProcessingParameterRasterLayer("RASTER", tr("Raster")))
        self.addParameter(QgsProcessingParameterString("QUERY", tr("What the polygons should show")))
        margin = QgsProcessingParameterNumber(
            "MARGIN", tr("Context round a polygon"), REAL, 0.25, False, 0.0, 4.0
        )
        self.add_advanced(margin)
        self.add_model_parameters()
        self.addParameter(QgsProcessingParameterFeatureSink("OUTPUT", tr("Scored polygons"), polygons))
        self.explain(
            {
                "INPUT": tr(
                    "The polygons to check, in any CRS. All of them and all their attributes are kept."
                ),
                "RASTER": tr("The image to look at, as its layer's style shows it."),
                "QUERY": tr("One sentence that is right for a good polygon, such as “a building”."),
                "MARGIN": tr("How much round a polygon is looked at as well, as a share of its longer side."),
                "OUTPUT": tr(
                    "The polygons with rz_score (0 to 1, empty where the raster has no data), rz_query and rz_model."
                ),
            }
        )

    def checkParameterValues(
        self, parameters: dict[str, Any], context: QgsProcessingContext
    ) -> tuple[bool, str]:
        """Refuse an empty sentence, and an output that would destroy something, before anything runs."""
        if not self.parameterAsString(parameters, "QUERY", context).strip():
            return False, tr("The sentence is empty. Write what the polygons should show.")
        try:
            self._check_output(parameters, context)
        except ValueError as error:
            return False, str(error)
        return super().checkParameterValues(parameters, context)

    def prepare_request(
        self, parameters: dict[str, Any], context: QgsProcessingContext, feedback: QgsProcessingFeedback
    ) -> None:
        """Read the raster layer (main thread)."""
        layer = self.parameterAsRasterLayer(parameters, "RASTER", context)
        if layer is None:
            raise ValueError(self.invalidRasterError(parameters, "RASTER"))
        self._check_output(parameters, context)  # a model asks for no check of the parameters
        self._request = {
            **self.picture_request(layer, self.around(parameters, layer, context), 0.0, context),
            "query": self.parameterAsString(parameters, "QUERY", context).strip(),
            "margin": self.parameterAsDouble(parameters, "MARGIN", context),
            **self.model_request(parameters, context),
        }

    def processAlgorithm(
        self, parameters: dict[str, Any], context: QgsProcessingContext, feedback: QgsProcessingFeedback
    ) -> dict[str, Any]:
        """Hand the polygons over, run the job, and join the scores (worker thread)."""
        source = self.parameterAsSource(parameters, "INPUT", context)
        if source is None:
            raise QgsProcessingException(self.invalidSourceError(parameters, "INPUT"))
        kept = [place for place, field in enumerate(source.fields()) if field.name() not in ADDED]
        columns = QgsFields()
        own = [source.fields()[place] for place in kept]
        for field in (*own, real_field(SCORE), text_field(QUESTION), text_field(MODEL)):
            columns.append(field)
        path = Path(QgsProcessingUtils.generateTempFilename("polygons.gpkg"))
        handed_over = hand_over(source, path, context)
        if not handed_over:
            raise QgsProcessingException(tr("The layer holds no polygon. Choose one that does."))
        self.render(feedback)
        request = {**self._request, "vector": str(path), "layer": TABLE}
        _, features = self.run_job("verify", request, feedback)
        found = {place_of(feature): feature["properties"] for feature in features}
        scores = {fid: found[place] for place, fid in enumerate(handed_over) if place in found}
        # Only now: an earlier output of this name is lost with the sink, and a run may fail.
        sink, output = self.parameterAsSink(
            parameters, "OUTPUT", context, columns, source.wkbType(), source.sourceCrs()
        )
        for feature in source.getFeatures():
            sink.addFeature(
                _scored(feature, columns, kept, scores.get(feature.id(), {})), QgsFeatureSink.Flag.FastInsert
            )
        without = len(handed_over) - len(scores)
        feedback.pushInfo(
            tr("%n polygon(s) scored, {without} over missing data.", n=len(scores)).format(without=without)
        )
        return {"OUTPUT": output}

    def _check_output(self, parameters: dict[str, Any], context: QgsProcessingContext) -> None:
        raster = self.parameterAsRasterLayer(parameters, "RASTER", context)
        polygons = self.parameterAsVectorLayer(parameters, "INPUT", context)
        check_destination(parameters.get("OUTPUT"), [raster, polygons])


def hand_over(
    source: QgsProcessingFeatureSource, path: Path, context: QgsProcessingContext, column: str = ""
) -> list[int]:
    """Write the polygons where the engine can read them; return their ids in the order written.

    Args:
        source: the polygons.
        path: the package to write.
        context: of the algorithm's run.
        column: a field whose values go along as text, in a column ``question``; "" for none.

    Raises:
        QgsProcessingException: the file can't be written.
    """
    options = QgsVectorFileWriter.SaveVectorOptions()
    options.driverName, options.layerName = "GPKG", TABLE
    columns = QgsFields()
    if column:
        columns.append(text_field(COLUMN))
    writer = QgsVectorFileWriter.create(
        str(path), columns, MULTI_POLYGON, source.sourceCrs(), context.transformContext(), options
    )
    if writer.hasError() != QgsVectorFileWriter.WriterError.NoError:
        message = tr(
            "The polygons can't be written to {path} ({reason}). Free some disk space and try again."
        )
        raise QgsProcessingException(message.format(path=path, reason=writer.errorMessage()))
    written = []
    for feature in source.getFeatures():
        geometry = feature.geometry()
        if geometry.isEmpty():
            continue
        plain = QgsFeature(columns)
        geometry.convertToMultiType()
        plain.setGeometry(geometry)
        if column:
            value = feature[column]
            plain.setAttributes([None if value in (None, NULL) else str(value)])
        # The engine counts what is in the file: one that is not written must not be counted here.
        if writer.addFeature(plain, QgsFeatureSink.Flag.FastInsert):
            written.append(feature.id())
    del writer
    return written


def place_of(feature: dict[str, Any]) -> int:
    """Return which of the polygons handed over a scored feature is; the engine numbers them in its ids.

    Raises:
        QgsProcessingException: the id is of another form.
    """
    match = PLACE.match(str(feature["properties"].get("id", feature.get("id"))))
    if match is None:
        message = tr(
            "The engine's answer names a polygon {id}, which was not handed over. Update the engine."
        )
        raise QgsProcessingException(message.format(id=feature.get("id")))
    return int(match[1])


def _scored(
    feature: QgsFeature, columns: QgsFields, kept: list[int], properties: dict[str, Any]
) -> QgsFeature:
    """The feature with its own attributes, and the scores in place of those of an earlier check."""
    scored = QgsFeature(columns)
    scored.setGeometry(feature.geometry())
    added = [properties.get(name) for name in ("score", "query", "model")]
    own = feature.attributes()
    scored.setAttributes([own[place] for place in kept] + added)
    return scored
