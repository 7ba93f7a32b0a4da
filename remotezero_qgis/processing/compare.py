"""*Compare two dates*: one question over two rasters of one place, to see what is new, gone and unchanged."""

from __future__ import annotations

from typing import Any

from qgis.core import (
    QgsProcessingContext,
    QgsProcessingFeedback,
    QgsProcessingOutputNumber,
    QgsProcessingParameterNumber,
    QgsProcessingParameterRasterLayer,
)

from ..connection.wire import Job
from ..i18n import tr
from ..layers.changes import COLOURS, GONE, NEW, STAYED, change_word
from ..layers.detections import CHANGE_COLUMNS, COLUMNS
from .base import REAL, raster_request
from .locate import LocateAlgorithm
from .outputs import check_destination

NOT_OF_TWO_DATES = ("OUTLINE", "OUTLINE_SQUARE", "OUTLINE_TOLERANCE", "BY_CAMERA", "CAMERA_HEIGHT")
COUNTED = {"NEW": NEW, "GONE": GONE, "STAYED": STAYED}


class CompareAlgorithm(LocateAlgorithm):
    """Ask the same of two rasters, and say what became of each box."""

    ICON = KIND = "compare"
    COLUMNS = (*COLUMNS, *CHANGE_COLUMNS)

    def name(self) -> str:
        """Id within the provider."""
        return "compare"

    def displayName(self) -> str:
        """Name in the toolbox."""
        return tr("Compare two dates")

    def tags(self) -> list[str]:
        """Words the toolbox search finds it by."""
        return tr("change,before,after,new,gone,difference,time,AI").split(",")

    def shortDescription(self) -> str:
        """One line for tooltips."""
        return tr("Finds what is new, what is gone and what stayed between two rasters of one place.")

    def shortHelpString(self) -> str:
        """The help beside the dialog."""
        return tr(
            "Asks the same question of two rasters of one place, and says of each box whether it is new, gone, or "
            "stayed.\n\n"
            "CRS, resolution and extent of the rasters may differ. What both cover is searched on each; boxes are "
            "matched within the tolerance; and the verifier looks at every place that was found on one date only on "
            "the other date as well. So 'gone' means that it is not seen there, and not only that it was not "
            "found. Where search and verifier disagree the change is 'unsure', and where the other raster has no "
            "data, is under a masked cloud or too coarse, it is 'not_seen'.\n\n"
            "The attributes score_before and score_after are the verifier's on both dates. 'Stayed' says that one "
            "such thing is there on both dates, not that it is the same one."
        )

    def initAlgorithm(self, configuration: dict[str, Any] | None = None) -> None:
        """Declare the parameters."""
        self.addParameter(QgsProcessingParameterRasterLayer("BEFORE", tr("Earlier raster")))
        super().initAlgorithm(configuration)
        for name in NOT_OF_TWO_DATES:
            self.removeParameter(name)
        self.parameterDefinition("INPUT").setDescription(tr("Later raster"))
        self.addParameter(
            QgsProcessingParameterNumber(
                "TOLERANCE", tr("How far apart one object may lie, in metres"), REAL, None, True, 0.0001
            )
        )
        threshold = QgsProcessingParameterNumber(
            "THRESHOLD", tr("Score from which on the verifier's answer is yes"), REAL, None, True, 0.01, 0.99
        )
        self.add_advanced(threshold)
        self._explain_dates()
        for output, change in COUNTED.items():
            text = tr("Number of boxes: {change}").format(change=change_word(change))
            self.addOutput(QgsProcessingOutputNumber(output, text))

    def _explain_dates(self) -> None:
        self.explain(
            {
                "BEFORE": tr(
                    "The raster of the earlier date. CRS, resolution and extent may differ from those of the later one."
                ),
                "INPUT": tr("The raster of the later date. The boxes are in its CRS."),
                "EXTENT": tr("Only this part is compared. Empty: all that both rasters cover."),
                "TOLERANCE": tr(
                    "Boxes of two dates whose centres are farther apart, and that do not overlap, are two objects. "
                    "Empty: 5 m, or two pixels of the coarser raster if that is more."
                ),
                "THRESHOLD": tr(
                    "From there on a thing counts as seen on a date. Empty: what suits the model."
                ),
                "OUTPUT": tr(
                    "Polygons in the later raster's CRS. The column change says new, gone, stayed, unsure or not_seen; "
                    "score_before and score_after are the scores on both dates."
                ),
            }
        )

    def checkParameterValues(
        self, parameters: dict[str, Any], context: QgsProcessingContext
    ) -> tuple[bool, str]:
        """Refuse an earlier raster that can't be opened, or would be destroyed, before anything runs."""
        before = self.parameterAsRasterLayer(parameters, "BEFORE", context)
        try:
            if before is not None:
                raster_request(before)
                check_destination(parameters.get("OUTPUT"), [before])
        except ValueError as error:
            return False, str(error)
        return super().checkParameterValues(parameters, context)

    def prepare_request(
        self, parameters: dict[str, Any], context: QgsProcessingContext, feedback: QgsProcessingFeedback
    ) -> None:
        """Turn layers and parameters into the engine's request (main thread)."""
        super().prepare_request(parameters, context, feedback)
        before = self.parameterAsRasterLayer(parameters, "BEFORE", context)
        if before is None:
            raise ValueError(self.invalidRasterError(parameters, "BEFORE"))
        check_destination(parameters.get("OUTPUT"), [before])
        earlier = raster_request(before)
        self._request["before"] = earlier.pop("raster")
        self._request.update({f"before_{name}": value for name, value in earlier.items()})
        for name, field in (("TOLERANCE", "tolerance_m"), ("THRESHOLD", "threshold")):
            if parameters.get(name) is not None:
                self._request[field] = self.parameterAsDouble(parameters, name, context)

    def outputs_of(self, job: Job) -> dict[str, Any]:
        """Return how many boxes are new, gone and unchanged."""
        counts = job.result.get("changes") or {}
        return {output: int(counts.get(change) or 0) for output, change in COUNTED.items()}

    def summary(self, job: Job, count: int) -> str:
        """Return what a run found in a sentence or two."""
        counts = job.result.get("changes") or {}
        found = ", ".join(f"{counts.get(change) or 0} {change_word(change)}" for change in COLOURS)
        return f"{super().summary(job, count)} {found}."
