"""*Locate in many rasters*: the same questions over a folder, a list or a STAC item collection, resumable."""

from __future__ import annotations

import os
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any

from qgis.core import (
    QgsCoordinateReferenceSystem,
    QgsCoordinateTransformContext,
    QgsFeatureSink,
    QgsProcessing,
    QgsProcessingContext,
    QgsProcessingException,
    QgsProcessingFeedback,
    QgsProcessingOutputNumber,
    QgsProcessingParameterBoolean,
    QgsProcessingParameterCrs,
    QgsProcessingParameterFeatureSink,
    QgsProcessingParameterFile,
    QgsProcessingParameterMultipleLayers,
    QgsProcessingParameterString,
)
from qgis.PyQt.QtCore import Qt

from ..compat import MULTI_POLYGON, NO_GEOMETRY
from ..connection.process import launch_from_settings
from ..connection.wire import Event, JobProgress
from ..errors import EngineError, RunCancelledError
from ..find.chain import Answer, Chain
from ..find.many_task import brought, of_job, written_beside
from ..find.rasters import in_folder, leads_away, of_items
from ..find.rasters_table import RasterRow, raster_feature, raster_fields
from ..i18n import tr
from ..layers.detections import Detection, Ruler, fields, from_geojson, to_features
from ..settings import load_settings
from .base import PRESENCE_S, EngineAlgorithm, leave, raster_request
from .locate import Styler, add_search_parameters, another_model, search_request
from .outputs import check_destination

FOLDER = QgsProcessingParameterFile.Behavior.Folder


class LocateManyAlgorithm(EngineAlgorithm):
    """Find what sentences describe in many rasters; a raster that can't be read is a row with its reason."""

    ICON = "locate"

    def __init__(self) -> None:
        super().__init__()
        # By its name, what is asked of a raster beyond what is asked of all.
        self._rasters: dict[str, dict[str, Any]] = {}
        self._wanted: dict[str, Any] = {}
        self._context = QgsCoordinateTransformContext()
        self._ellipsoid = ""
        self._styler: Styler | None = None

    def name(self) -> str:
        """Id within the provider."""
        return "locatemany"

    def displayName(self) -> str:
        """Name in the toolbox."""
        return tr("Locate in many rasters")

    def tags(self) -> list[str]:
        """Words the toolbox search finds it by."""
        return tr("find,detect,object,query,folder,batch,mosaic,STAC,tiles,AI,box").split(",")

    def shortDescription(self) -> str:
        """One line for tooltips."""
        return tr("Finds what sentences describe in a folder, a list or a STAC item collection of rasters.")

    def shortHelpString(self) -> str:
        """The help beside the dialog."""
        return tr(
            "Asks the same questions over many rasters, one after the other: the chosen layers, all rasters of a "
            "folder, and the pictures of a STAC item collection. Each is searched as a whole. A mosaic (VRT) is one "
            "raster.\n\n"
            "The boxes of all rasters come in one layer, with the raster in the column source. A second table says "
            "of every raster whether it was searched, how many boxes it has, and if it could not be searched, why.\n\n"
            "When the run is broken off, start it again with the same parameters: rasters that were finished are not "
            "asked twice, and the one that was begun goes on where it was. A file that has changed is asked anew."
        )

    def initAlgorithm(self, configuration: dict[str, Any] | None = None) -> None:
        """Declare the parameters."""
        raster = QgsProcessing.SourceType.TypeRaster
        self.addParameter(QgsProcessingParameterMultipleLayers("INPUT", tr("Rasters"), raster, optional=True))
        self.addParameter(
            QgsProcessingParameterFile("FOLDER", tr("Folder with rasters"), FOLDER, optional=True)
        )
        self.addParameter(QgsProcessingParameterBoolean("BELOW", tr("Also the folders in it"), True))
        self.addParameter(
            QgsProcessingParameterFile("ITEMS", tr("STAC item collection (JSON)"), optional=True)
        )
        self.add_questions()
        add_search_parameters(self)
        asset = QgsProcessingParameterString(
            "ASSET", tr("Picture of a STAC item (empty: its only or visual one)"), "", optional=True
        )
        beside = QgsProcessingParameterBoolean("BESIDE", tr("Also a file of boxes beside each raster"), False)
        again = QgsProcessingParameterBoolean("AGAIN", tr("Ask also what was finished before"), False)
        crs = QgsProcessingParameterCrs("CRS", tr("CRS of the boxes (empty: of the first raster)"), "", True)
        self.add_advanced(asset, beside, again, crs)
        self.add_model_parameters()
        self.add_second_opinion(another_model())
        kinds = QgsProcessing.SourceType
        self.addParameter(QgsProcessingParameterFeatureSink("OUTPUT", tr("Boxes"), kinds.TypeVectorPolygon))
        self.addParameter(
            QgsProcessingParameterFeatureSink("RASTERS", tr("What became of each raster"), kinds.TypeVector)
        )
        self.addOutput(QgsProcessingOutputNumber("COUNT", tr("Number of boxes")))
        self.addOutput(QgsProcessingOutputNumber("FAILED", tr("Rasters that could not be searched")))
        self._explain()

    def _explain(self) -> None:
        self.explain(
            {
                "INPUT": tr("Layers whose rasters are files. The model sees them as their style shows them."),
                "FOLDER": tr(
                    "All rasters in it are searched. A mosaic (VRT) is left out where there are other rasters."
                ),
                "BELOW": tr("Off: only what lies in the folder itself is searched."),
                "ITEMS": tr(
                    "A JSON file with a STAC item, or a collection of items. Pictures on the network need NETWORK."
                ),
                "ASSET": tr("The key of an item's asset, such as “visual”."),
                "BESIDE": tr("Each raster gets its own boxes in a file beside it."),
                "AGAIN": tr(
                    "Off: rasters that were finished with the same questions and settings are not asked twice."
                ),
                "CRS": tr(
                    "The boxes of all rasters are brought into it. Empty: the CRS of the first raster with boxes."
                ),
                "OUTPUT": tr(
                    "The boxes of all rasters, with score (0 to 1), rank, label, reasoning, question and model. The "
                    "column source says which raster each came from."
                ),
                "RASTERS": tr(
                    "A table without geometry: of each raster whether it was searched, how many boxes it has, and "
                    "if it could not be searched, why."
                ),
            }
        )

    def checkParameterValues(
        self, parameters: dict[str, Any], context: QgsProcessingContext
    ) -> tuple[bool, str]:
        """Refuse an empty question, and a run over nothing, before anything runs."""
        if empty := self.nothing_asked(parameters, context):
            return False, empty
        if not any(parameters.get(name) for name in ("INPUT", "FOLDER", "ITEMS")):
            return False, tr(
                "There is no raster to search: choose layers, a folder or a STAC item collection."
            )
        return super().checkParameterValues(parameters, context)

    def prepare_request(
        self, parameters: dict[str, Any], context: QgsProcessingContext, feedback: QgsProcessingFeedback
    ) -> None:
        """List the rasters (main thread)."""
        self._wanted = search_request(self, parameters, context)
        layers = self.parameterAsLayerList(parameters, "INPUT", context) or []
        for name in ("OUTPUT", "RASTERS"):
            check_destination(parameters.get(name), layers)
        for layer in layers:
            request = raster_request(layer)
            self._rasters[request["raster"]] = request
        folder = self.parameterAsString(parameters, "FOLDER", context)
        items = self.parameterAsString(parameters, "ITEMS", context)
        asset = self.parameterAsString(parameters, "ASSET", context).strip()
        sources: list[str] = []
        if folder:
            below = self.parameterAsBool(parameters, "BELOW", context)
            sources += in_folder(Path(folder), below, feedback.isCanceled)
        if items:
            sources += of_items(Path(items), asset)
        for source in sources:
            self._rasters.setdefault(source, {"raster": source})
        self._context = context.transformContext()
        self._ellipsoid = context.project().ellipsoid() if context.project() else ""

    def processAlgorithm(
        self, parameters: dict[str, Any], context: QgsProcessingContext, feedback: QgsProcessingFeedback
    ) -> dict[str, Any]:
        """Ask one raster after the other, and write what each gave as it ends (worker thread)."""
        table, rasters_output = self.parameterAsSink(
            parameters, "RASTERS", context, raster_fields(), NO_GEOMETRY, QgsCoordinateReferenceSystem()
        )
        boxes = _Boxes(self, parameters, context)
        count = failed = 0
        beside = self.parameterAsBool(parameters, "BESIDE", context)
        for row, found, crs in self._answers(parameters, context, feedback):
            least = self.parameterAsDouble(parameters, "MIN_SCORE", context)
            kept = [box for box in found if box.score >= least]
            reason = written_beside(row, kept, crs, self._wanted["queries"], self._context) if beside else ""
            note = " ".join(text for text in (row.reason, reason) if text)
            table.addFeature(
                raster_feature(RasterRow(row.source, row.state, len(kept), note, row.job)),
                QgsFeatureSink.Flag.FastInsert,
            )
            boxes.add(kept, crs)
            count, failed = count + len(kept), failed + (row.state == "failed")
        output = boxes.close()
        feedback.pushInfo(
            tr("%n box(es) in {rasters} rasters; {failed} could not be searched.", n=count).format(
                rasters=len(self._rasters) - failed, failed=failed
            )
        )
        if context.willLoadLayerOnCompletion(output):
            self._styler = Styler(self._wanted["queries"])
            context.layerToLoadOnCompletionDetails(output).setPostProcessor(self._styler)
        return {"OUTPUT": output, "RASTERS": rasters_output, "COUNT": count, "FAILED": failed}

    def _answers(self, parameters: dict[str, Any], context: QgsProcessingContext, feedback):
        """Yield of each raster what became of it, its boxes and their CRS.

        Raises:
            QgsProcessingException: the run was cancelled, or the engine can't be had.
        """
        launch = self._launch or launch_from_settings(load_settings())
        again = self.parameterAsBool(parameters, "AGAIN", context)
        chain = Chain(launch, feedback.isCanceled, feedback.pushInfo, again)
        feedback.canceled.connect(chain.wake, Qt.ConnectionType.DirectConnection)
        name = f"processing-{os.getpid()}-{id(self)}"
        total = len(self._rasters)
        try:
            for number, (source, own) in enumerate(self._rasters.items()):
                feedback.pushInfo(
                    tr("Raster {number} of {total}: {name}").format(
                        number=number + 1, total=total, name=Path(source).name
                    )
                )
                answer = self._ask(chain, source, own, _watcher(chain, name, number, total, feedback))
                feedback.setProgress(100.0 * (number + 1) / total)
                yield self._read(source, answer, feedback)
        except RunCancelledError as error:
            with suppress(EngineError):
                chain.cancel()
            words = tr("Cancelled. Start it again with the same parameters, and it goes on.")
            raise QgsProcessingException(words) from error
        except EngineError as error:
            raise QgsProcessingException(str(error)) from error
        finally:
            feedback.canceled.disconnect(chain.wake)
            if chain.client is not None:
                leave(launch, name)

    def _ask(self, chain: Chain, source: str, own: dict[str, Any], watch: Callable[[Event], None]) -> Answer:
        if leads_away(source) and not self._wanted.get("allow_network"):
            return Answer(reason=tr("It lies on the network, which was not allowed."))
        return chain.ask({**own, **self._wanted}, watch)

    def _read(
        self, source: str, answer: Answer, feedback: QgsProcessingFeedback
    ) -> tuple[RasterRow, list[Detection], QgsCoordinateReferenceSystem]:
        if answer.reason or answer.job is None:
            feedback.reportError(f"{source}: {answer.reason}")
            return RasterRow(source, "failed", reason=answer.reason), [], QgsCoordinateReferenceSystem()
        if answer.known:
            feedback.pushInfo(tr("It was searched before, and is not asked again."))
        collection = answer.collection or {}
        crs = QgsCoordinateReferenceSystem.fromWkt(str(collection.get("crs_wkt") or ""))
        ruler = Ruler(crs, self._context, self._ellipsoid)
        found = [of_job(from_geojson(one, ruler), answer.job.id) for one in collection.get("features", ())]
        return RasterRow(source, "done", len(found), " ".join(answer.job.warnings), answer.job.id), found, crs


class _Boxes:
    """The sink of boxes, made with the first of them: an earlier output of its name is lost with it."""

    def __init__(
        self, algorithm: LocateManyAlgorithm, parameters: dict[str, Any], context: QgsProcessingContext
    ) -> None:
        self._algorithm, self._parameters, self._context = algorithm, parameters, context
        self._crs = algorithm.parameterAsCrs(parameters, "CRS", context)
        self._sink: QgsFeatureSink | None = None
        self._output = ""

    def add(self, boxes: list[Detection], crs: QgsCoordinateReferenceSystem) -> None:
        """Write boxes that are in ``crs``."""
        if boxes:
            self._open(crs)
            moved = brought(boxes, crs, self._crs, self._context.transformContext())
            self._sink.addFeatures(to_features(moved), QgsFeatureSink.Flag.FastInsert)

    def close(self) -> str:
        """Return the output, an empty one where there are no boxes."""
        self._open(QgsCoordinateReferenceSystem())
        return self._output

    def _open(self, crs: QgsCoordinateReferenceSystem) -> None:
        if self._sink is None:
            self._crs = self._crs if self._crs.isValid() else crs
            self._sink, self._output = self._algorithm.parameterAsSink(
                self._parameters, "OUTPUT", self._context, fields(), MULTI_POLYGON, self._crs
            )


def _watcher(
    chain: Chain, name: str, number: int, total: int, feedback: QgsProcessingFeedback
) -> Callable[[Event], None]:
    """Return a listener that shows progress, and has the engine know now and then that it is needed."""
    told = {"at": 0.0}

    def watch(event: Event) -> None:
        if event.type == "progress":
            share = JobProgress.from_json(event.data).percent / 100
            feedback.setProgress(100.0 * (number + share) / total)
        elif event.type == "log" and event.data.get("message"):
            feedback.pushInfo(str(event.data["message"]))
        if time.monotonic() - told["at"] > PRESENCE_S:
            told["at"] = time.monotonic()
            with suppress(EngineError):  # the follower meets an engine that died by itself
                chain.client.register(name)

    return watch
