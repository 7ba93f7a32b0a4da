"""*Locate*: ask a question over a raster, get scored boxes."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from qgis.core import (
    QgsCoordinateReferenceSystem,
    QgsCoordinateTransformContext,
    QgsFeatureSink,
    QgsProcessing,
    QgsProcessingContext,
    QgsProcessingFeedback,
    QgsProcessingLayerPostProcessorInterface,
    QgsProcessingOutputNumber,
    QgsProcessingParameterBoolean,
    QgsProcessingParameterEnum,
    QgsProcessingParameterExtent,
    QgsProcessingParameterFeatureSink,
    QgsProcessingParameterNumber,
    QgsProcessingParameterRasterLayer,
    QgsVectorLayer,
)

from ..connection.wire import Event, Job
from ..i18n import tr
from ..layers.detections import (
    COLUMNS,
    Detection,
    Ruler,
    columns_of,
    fields,
    from_geojson,
    geometry_type,
    to_features,
)
from ..layers.look import draw
from ..layers.place import area_of_rectangle
from ..layers.sought import Sought
from .base import REAL, EngineAlgorithm, lines_of
from .outputs import check_destination

ZOOMS = ("auto", "overview", "detail")
WGS84 = "EPSG:4326"


class Styler(QgsProcessingLayerPostProcessorInterface):
    """Gives a loaded result layer the look of the panel's own."""

    def __init__(self, questions: Sequence[str]) -> None:
        super().__init__()
        self._questions = questions

    def postProcessLayer(
        self, layer: QgsVectorLayer, context: QgsProcessingContext, feedback: QgsProcessingFeedback
    ) -> None:
        """Draw the boxes (main thread)."""
        draw(layer, [Sought(question) for question in self._questions])
        layer.triggerRepaint()


class LocateAlgorithm(EngineAlgorithm):
    """Find what sentences describe, with a score per box."""

    ICON = KIND = "locate"
    COLUMNS = COLUMNS

    def __init__(self) -> None:
        super().__init__()
        self._request: dict[str, Any] = {}
        self._crs = QgsCoordinateReferenceSystem()
        self._context = QgsCoordinateTransformContext()
        self._ellipsoid = ""
        self._styler: Styler | None = None

    def name(self) -> str:
        """Id within the provider."""
        return "locate"

    def displayName(self) -> str:
        """Name in the toolbox."""
        return tr("Locate")

    def tags(self) -> list[str]:
        """Words the toolbox search finds it by."""
        return tr("find,detect,object,query,question,text,AI,box").split(",")

    def shortDescription(self) -> str:
        """One line for tooltips."""
        return tr("Finds what a sentence describes in a raster and scores every box.")

    def shortHelpString(self) -> str:
        """The help beside the dialog."""
        return tr(
            "Finds what a sentence describes in a raster.\n\n"
            "Write one question per line, for instance: all ships / the largest building / where could "
            "people "
            "take shelter from a flood?\n\n"
            "Zoom: 'whole view at once' suits questions that need the overview; 'search in detail' cuts "
            "the raster "
            "into overlapping windows at the given metres per pixel; 'automatic' does both where it is "
            "worth it.\n\n"
            "The model sees the bands and the contrast that the layer's style shows. Every box carries "
            "the score of "
            "an independent check (0 to 1), the reasoning, and where it came from. Keep low scores and "
            "filter later."
        )

    def initAlgorithm(self, configuration: dict[str, Any] | None = None) -> None:
        """Declare the parameters."""
        self.addParameter(QgsProcessingParameterRasterLayer("INPUT", tr("Raster")))
        self.add_questions()
        self.addParameter(QgsProcessingParameterExtent("EXTENT", tr("Where to look"), optional=True))
        add_search_parameters(self)
        for parameter in (
            QgsProcessingParameterBoolean(
                "BY_CAMERA", tr("Place a photograph's boxes by its camera (EXIF)"), False
            ),
            QgsProcessingParameterNumber(
                "CAMERA_HEIGHT", tr("The camera's height above the ground in metres"), REAL, None, True, 0.1
            ),
        ):
            self.add_advanced(parameter)
        self.add_model_parameters()
        self.add_second_opinion(another_model())
        self.addParameter(
            QgsProcessingParameterFeatureSink(
                "OUTPUT", tr("Boxes"), QgsProcessing.SourceType.TypeVectorPolygon
            )
        )
        self.addOutput(QgsProcessingOutputNumber("COUNT", tr("Number of boxes")))
        self._explain()

    def _explain(self) -> None:
        self.explain(
            {
                "INPUT": tr(
                    "Any raster that QGIS opens. The model sees its bands and contrast as the layer's style shows "
                    "them. A map service is rendered first, and then needs EXTENT."
                ),
                "EXTENT": tr("Only this part is searched. Empty: the whole raster."),
                "BY_CAMERA": tr(
                    "For a photograph without a place that says where its camera was and whither it looked. Its boxes "
                    "are then in WGS 84, and only roughly right. Off: they are in pixels."
                ),
                "CAMERA_HEIGHT": tr("Needed where the photograph does not say it. Empty: what it says."),
                "OUTPUT": tr(
                    "Polygons in the raster's CRS, with score (0 to 1), rank, label, reasoning, question, model and "
                    "where each came from."
                ),
            }
        )

    def checkParameterValues(
        self, parameters: dict[str, Any], context: QgsProcessingContext
    ) -> tuple[bool, str]:
        """Refuse an empty question, and an output that would destroy something, before anything runs."""
        if empty := self.nothing_asked(parameters, context):
            return False, empty
        try:
            check_destination(
                parameters.get("OUTPUT"), [self.parameterAsRasterLayer(parameters, "INPUT", context)]
            )
        except ValueError as error:
            return False, str(error)
        return super().checkParameterValues(parameters, context)

    def prepare_request(
        self, parameters: dict[str, Any], context: QgsProcessingContext, feedback: QgsProcessingFeedback
    ) -> None:
        """Turn layers and parameters into the engine's request (main thread)."""
        layer = self.parameterAsRasterLayer(parameters, "INPUT", context)
        if layer is None:
            raise ValueError(self.invalidRasterError(parameters, "INPUT"))
        check_destination(parameters.get("OUTPUT"), [layer])  # a model asks for no check of the parameters
        extent = self.parameterAsExtent(parameters, "EXTENT", context, layer.crs())
        wanted = search_request(self, parameters, context)
        request = self.picture_request(layer, extent, wanted.get("gsd_m", 0.0), context)
        by_camera = self.parameterDefinition("BY_CAMERA") is not None
        if by_camera and self.parameterAsBool(parameters, "BY_CAMERA", context):
            request["by_camera"] = True
            request.update(self.numbers_given(parameters, context, {"CAMERA_HEIGHT": "camera_height_m"}))
        if not extent.isNull():
            drawn = self.parameterAsExtent(parameters, "EXTENT", context)
            crs = self.parameterAsExtentCrs(parameters, "EXTENT", context)
            request["area_crs"] = area_of_rectangle(drawn, crs, layer)
        self._request = {**request, **wanted}
        self._crs = layer.crs()
        self._context = context.transformContext()
        self._ellipsoid = context.project().ellipsoid() if context.project() else ""

    def processAlgorithm(
        self, parameters: dict[str, Any], context: QgsProcessingContext, feedback: QgsProcessingFeedback
    ) -> dict[str, Any]:
        """Run the job and write its boxes (worker thread)."""
        self.render(feedback)
        job, found = self.run_job(self.KIND, self._request, feedback, box_counter(feedback))
        if any((feature.get("properties") or {}).get("placed") for feature in found):
            self._crs = QgsCoordinateReferenceSystem(WGS84)
        least = self.parameterAsDouble(parameters, "MIN_SCORE", context)
        boxes = self._boxes(found, least)
        columns = (*self.COLUMNS, *(name for name in columns_of(boxes) if name not in self.COLUMNS))
        # Only now: an earlier output of this name is lost with the sink, and a run may fail.
        sink, output = self.parameterAsSink(
            parameters, "OUTPUT", context, fields(columns), geometry_type(boxes), self._crs
        )
        sink.addFeatures(to_features(boxes, columns), QgsFeatureSink.Flag.FastInsert)
        count = len(boxes)
        feedback.pushInfo(self.summary(job, count))
        if context.willLoadLayerOnCompletion(output):
            self._styler = Styler(self._request["queries"])
            context.layerToLoadOnCompletionDetails(output).setPostProcessor(self._styler)
        return {"OUTPUT": output, "COUNT": count, **self.outputs_of(job)}

    def outputs_of(self, job: Job) -> dict[str, Any]:
        """Return further outputs of a kind of its own."""
        return {}

    def summary(self, job: Job, count: int) -> str:
        """Return what a run found in a sentence."""
        return _summary(job, count)

    def _boxes(self, features: list[dict[str, Any]], least: float) -> list[Detection]:
        ruler = Ruler(self._crs, self._context, self._ellipsoid)
        found = [from_geojson(feature, ruler) for feature in features]
        return [detection for detection in found if detection.score >= least]


def add_search_parameters(algorithm: EngineAlgorithm) -> None:
    """Declare how to look, which searching one raster and many have in common."""
    zooms = [tr("Automatic"), tr("Whole view at once"), tr("Search in detail")]
    algorithm.addParameter(QgsProcessingParameterEnum("ZOOM", tr("Zoom"), zooms, defaultValue=0))
    gsd = QgsProcessingParameterNumber(
        "GSD", tr("Metres per pixel for the search in detail"), REAL, None, True, 0.0001
    )
    algorithm.addParameter(gsd)
    algorithm.addParameter(
        QgsProcessingParameterBoolean("OUTLINE", tr("Draw outlines instead of boxes"), False)
    )
    algorithm.add_advanced(
        QgsProcessingParameterNumber("OVERLAP", tr("Overlap of windows"), REAL, 0.2, False, 0.0, 0.75),
        QgsProcessingParameterNumber(
            "MIN_SCORE", tr("Leave out boxes below this score"), REAL, 0.0, False, 0.0, 1.0
        ),
        QgsProcessingParameterNumber(
            "MARGIN", tr("Context round a box for its score"), REAL, 0.25, False, 0.0, 4.0
        ),
        QgsProcessingParameterBoolean("VETO", tr("Skip windows that show nothing of the kind"), True),
        QgsProcessingParameterBoolean("OUTLINE_SQUARE", tr("Outlines with right angles"), False),
        QgsProcessingParameterNumber(
            "OUTLINE_TOLERANCE", tr("Tolerance of outlines in metres"), REAL, None, True, 0.0001
        ),
    )
    algorithm.explain(
        {
            "ZOOM": tr(
                "0: automatic, both of the others where that is worth it. 1: the whole view at once, for "
                "questions that need the overview. 2: overlapping windows, for small things."
            ),
            "GSD": tr("How many metres a pixel of the windows stands for. Empty: as in the raster."),
            "OUTLINE": tr("Polygons of what is in the boxes; a model that draws outlines has to be here."),
            "OVERLAP": tr("Share of a window that its neighbour repeats, so that nothing is cut in two."),
            "MIN_SCORE": tr(
                "From 0 to 1. With 0 all boxes are written, to be filtered by their score later."
            ),
            "MARGIN": tr("How much round a box the check sees as well, as a share of the box's longer side."),
            "VETO": tr("Saves time. Turn it off for rare things that the check may not know from afar."),
            "OUTLINE_SQUARE": tr("Gives outlines right angles where that fits, as for buildings."),
            "OUTLINE_TOLERANCE": tr("How far an outline may lie from the edge. Empty: half a pixel."),
        }
    )


def search_request(
    algorithm: EngineAlgorithm, parameters: dict[str, Any], context: QgsProcessingContext
) -> dict[str, Any]:
    """Return what those parameters and the questions say, as the wire wants it; defaults that need no word left out."""
    request: dict[str, Any] = {
        "queries": lines_of(algorithm.parameterAsString(parameters, "QUERY", context)),
        "zoom": ZOOMS[algorithm.parameterAsEnum(parameters, "ZOOM", context)],
        "overlap": algorithm.parameterAsDouble(parameters, "OVERLAP", context),
        "margin": algorithm.parameterAsDouble(parameters, "MARGIN", context),
        "veto": algorithm.parameterAsBool(parameters, "VETO", context),
    }
    request.update(algorithm.numbers_given(parameters, context, {"GSD": "gsd_m"}))
    outlined = algorithm.parameterDefinition("OUTLINE") is not None
    if outlined and algorithm.parameterAsBool(parameters, "OUTLINE", context):
        request["outline"] = True
        request["outline_square"] = algorithm.parameterAsBool(parameters, "OUTLINE_SQUARE", context)
        tolerance = {"OUTLINE_TOLERANCE": "outline_tolerance_m"}
        request.update(algorithm.numbers_given(parameters, context, tolerance))
    judge = algorithm.second_opinion(parameters, context, "verifier")
    return {**request, **algorithm.model_request(parameters, context), **judge}


def another_model() -> str:
    """Return what may be named as a second opinion where boxes are found."""
    return tr(
        "Name or folder of another model, or the address of one on a server, that scores the boxes. Empty: the model "
        "that finds them."
    )


def box_counter(feedback: QgsProcessingFeedback) -> Any:
    """Return a listener that reports boxes, ten at a time."""
    counted = {"boxes": 0}

    def count(event: Event) -> None:
        if event.type == "detection":
            counted["boxes"] += 1
            if counted["boxes"] % 10 == 0:
                feedback.pushInfo(tr("%n box(es) so far", n=counted["boxes"]))

    return count


def _summary(job: Job, count: int) -> str:
    result = job.result
    text = tr("{boxes}; {windows} looked at, {blank} of them without data, {vetoed} skipped by the check.")
    return text.format(
        boxes=tr("%n box(es)", n=count),
        windows=tr("%n window(s)", n=result.get("windows", job.progress.total) or 0),
        blank=result.get("blank", 0),
        vetoed=result.get("vetoed", 0),
    )
