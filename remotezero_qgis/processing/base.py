"""What the algorithms share: the engine check, the job from its start to its end, and common parameters."""

from __future__ import annotations

import contextlib
import os
import time
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from qgis.core import (
    QgsCoordinateTransform,
    QgsCsException,
    QgsProcessingAlgorithm,
    QgsProcessingContext,
    QgsProcessingException,
    QgsProcessingFeedback,
    QgsProcessingParameterBoolean,
    QgsProcessingParameterDefinition,
    QgsProcessingParameterNumber,
    QgsProcessingParameterString,
    QgsProcessingUtils,
    QgsRasterLayer,
    QgsRectangle,
)
from qgis.PyQt.QtCore import Qt
from qgis.PyQt.QtGui import QIcon

from ..connection.client import EngineClient
from ..connection.job_task import JobFollower
from ..connection.process import Launch, find_engine, launch_from_settings
from ..connection.server_keys import recall
from ..connection.wire import AdapterChoice, Event, Job, JobProgress, network_json
from ..errors import EngineError, RunCancelledError
from ..files import resource_path
from ..i18n import tr
from ..layers.renderer import band_stretch_of
from ..layers.snapshot import Snapshot, needs_snapshot, plan_snapshot, source_of, write_snapshot
from ..manual import page_url
from ..settings import load_settings

PRESENCE_S = 60.0
FINDING = ("locate", "verify", "compare")
ADVANCED = QgsProcessingParameterDefinition.Flag.FlagAdvanced
REAL = QgsProcessingParameterNumber.Type.Double
WHOLE = QgsProcessingParameterNumber.Type.Integer


def missing_engine() -> str:
    """Return why no job can run, "" when there is an engine or one can be started."""
    settings = load_settings()
    # The token of a remote engine is not asked for here: QGIS may want a password for it.
    if settings.is_remote or launch_from_settings(settings).possible:
        return ""
    return tr("The RemoteZero engine is not installed yet. Open the RemoteZero panel and install it there.")


class EngineAlgorithm(QgsProcessingAlgorithm):
    """An algorithm whose work is one job of the engine; runs in Processing's worker thread."""

    ICON = "remotezero"

    def __init__(self) -> None:
        super().__init__()
        self._launch: Launch | None = None
        self._presence = 0.0
        self._snapshot: Snapshot | None = None

    def createInstance(self) -> EngineAlgorithm:
        """Return a fresh algorithm of the same kind."""
        return type(self)()

    def icon(self) -> QIcon:
        """The algorithm's icon."""
        return QIcon(str(resource_path(f"icons/{self.ICON}.svg")))

    def helpUrl(self) -> str:
        """The algorithm's page of the manual that came with the plugin."""
        return page_url(f"processing-{self.name()}.html").toString()

    def canExecute(self) -> tuple[bool, str]:
        """Whether there is an engine, and if not, why; QGIS greys the algorithm out."""
        reason = missing_engine()
        return not reason, reason

    def prepareAlgorithm(
        self, parameters: dict[str, Any], context: QgsProcessingContext, feedback: QgsProcessingFeedback
    ) -> bool:
        """Gather what belongs to the main thread: the settings, and through them the token."""
        try:
            self._launch = launch_from_settings(load_settings())
            self.prepare_request(parameters, context, feedback)
        except (EngineError, ValueError) as error:
            raise QgsProcessingException(str(error)) from error
        return True

    def prepare_request(
        self, parameters: dict[str, Any], context: QgsProcessingContext, feedback: QgsProcessingFeedback
    ) -> None:
        """Read layers, which live on the main thread; overridden by the algorithms."""

    def picture_request(
        self, layer: QgsRasterLayer, extent: QgsRectangle, gsd_m: float, context: QgsProcessingContext
    ) -> dict[str, Any]:
        """Return what :func:`raster_request` does, for web and memory layers, too (main thread).

        Those are rendered by :meth:`render` in the worker thread.

        Args:
            layer: any raster layer.
            extent: what to render, in the layer's CRS.
            gsd_m: metres per pixel of the rendering, 0 for an overview of ``extent``.
            context: of the algorithm's run.

        Raises:
            ValueError: a web layer without an extent.
            SnapshotError: the rendering would be too large.
        """
        if not needs_snapshot(layer):
            return raster_request(layer)
        if extent.isEmpty():
            message = tr("{layer} is a web layer without an end. Say where to look.")
            raise ValueError(message.format(layer=layer.name()))
        folder = Path(QgsProcessingUtils.tempFolder())
        name = f"rendered_{id(self):x}"
        self._snapshot = plan_snapshot(layer, extent, gsd_m, folder, name, context.transformContext())
        return {"raster": str(self._snapshot.path), "bands": [1, 2, 3], "stretch": [[0, 255]] * 3}

    def around(
        self, parameters: dict[str, Any], raster: QgsRasterLayer, context: QgsProcessingContext
    ) -> QgsRectangle:
        """Return the surroundings of the polygons in ``INPUT``, in the raster's CRS; a web layer is rendered there.

        Raises:
            ValueError: there are none, or they can't be projected.
        """
        source = self.parameterAsSource(parameters, "INPUT", context)
        if source is None:
            raise ValueError(self.invalidSourceError(parameters, "INPUT"))
        transform = QgsCoordinateTransform(source.sourceCrs(), raster.crs(), context.transformContext())
        try:
            return transform.transformBoundingBox(source.sourceExtent()).scaled(1.2)
        except QgsCsException as error:
            message = tr(
                "The polygons can't be projected to the raster's CRS ({reason}). Check the CRS of both "
                "layers."
            )
            raise ValueError(message.format(reason=error)) from error

    def render(self, feedback: QgsProcessingFeedback) -> None:
        """Make the rendering a web layer needs (worker thread); nothing for other layers."""
        if self._snapshot is None:
            return
        feedback.pushInfo(tr("Rendering the layer…"))
        try:
            write_snapshot(self._snapshot, feedback.isCanceled, feedback.setProgress)
        except EngineError as error:
            raise QgsProcessingException(str(error)) from error

    def run_job(
        self,
        kind: str,
        request: Mapping[str, Any],
        feedback: QgsProcessingFeedback,
        on_event: Callable[[Event], None] | None = None,
    ) -> tuple[Job, list[dict[str, Any]]]:
        """Run a job to its end and return it with the features that it found.

        Raises:
            QgsProcessingException: it failed, was cancelled, or the engine can't be had.
        """
        launch = self._launch or launch_from_settings(load_settings())
        follower = JobFollower(launch, feedback.isCanceled, feedback.pushInfo)
        name = f"processing-{os.getpid()}-{id(self)}"

        def submit(client: EngineClient) -> Job:
            client.register(name)
            return client.create_job(kind, dict(request))

        def watch(event: Event) -> None:
            self._show(event, follower.client, name, feedback)
            if on_event is not None:
                on_event(event)

        try:
            try:
                return self._follow(follower, submit, watch, feedback)
            finally:
                # After the features were fetched: an engine that nobody needs any more ends.
                if follower.client is not None:
                    leave(launch, name)
        except RunCancelledError as error:
            raise QgsProcessingException(tr("Cancelled.")) from error
        except EngineError as error:
            raise QgsProcessingException(str(error)) from error

    def _follow(
        self,
        follower: JobFollower,
        submit: Callable[[EngineClient], Job],
        watch: Callable[[Event], None],
        feedback: QgsProcessingFeedback,
    ) -> tuple[Job, list[dict[str, Any]]]:
        # Called in the thread that cancels, because this one waits on the engine.
        feedback.canceled.connect(follower.wake, Qt.ConnectionType.DirectConnection)
        self._presence = time.monotonic()
        try:
            follower.begin(submit)
            for event in follower.events():
                watch(event)
        except RunCancelledError:
            if follower.job is not None:
                follower.cancel_job()
            raise
        finally:
            feedback.canceled.disconnect(follower.wake)
        for sentence in follower.job.warnings:
            feedback.pushWarning(sentence)
        return follower.job, follower.surviving(lambda client: self.gather(client, follower.job))

    def gather(self, client: EngineClient, job: Job) -> list[dict[str, Any]]:
        """Return what is to be had of a job that has ended, while the engine is there: what it found."""
        return _features(client, job)

    def _show(self, event: Event, client: EngineClient, name: str, feedback: QgsProcessingFeedback) -> None:
        if event.type == "progress":
            feedback.setProgress(JobProgress.from_json(event.data).percent)
        elif event.type == "log" and event.data.get("message"):
            feedback.pushInfo(str(event.data["message"]))
        if time.monotonic() - self._presence > PRESENCE_S:
            self._presence = time.monotonic()
            with contextlib.suppress(EngineError):  # the follower meets an engine that died by itself
                client.register(name)

    def add_advanced(self, *parameters: QgsProcessingParameterDefinition) -> None:
        """Add parameters that most people never need."""
        for parameter in parameters:
            parameter.setFlags(parameter.flags() | ADVANCED)
            self.addParameter(parameter)

    def add_questions(self) -> None:
        """Add what to look for."""
        self.addParameter(
            QgsProcessingParameterString("QUERY", tr("Question (one per line)"), multiLine=True)
        )
        self.explain(
            {"QUERY": tr("What to look for, in plain words: one question a line, at most 64 of them.")}
        )

    def nothing_asked(self, parameters: dict[str, Any], context: QgsProcessingContext) -> str:
        """Return a sentence where there is no question, "" where there is one."""
        asked = lines_of(self.parameterAsString(parameters, "QUERY", context))
        return "" if asked else tr("The question is empty. Write what you are looking for.")

    def numbers_given(
        self, parameters: dict[str, Any], context: QgsProcessingContext, fields: Mapping[str, str]
    ) -> dict[str, float]:
        """Return the numbers that were not left empty, by their names on the wire; ``fields`` says these."""
        return {
            field: (
                self.parameterAsInt(parameters, name, context)
                if self.parameterDefinition(name).dataType() == WHOLE
                else self.parameterAsDouble(parameters, name, context)
            )
            for name, field in fields.items()
            if parameters.get(name) is not None
        }

    def add_model_parameters(self) -> None:
        """Add model, adapter and whether the network may be asked, all among the advanced ones."""
        settings = load_settings()
        adapter = AdapterChoice.read(settings.adapter)
        for name, text, value in (
            ("MODEL", tr("Model (empty: the default one)"), settings.model),
            (
                "ADAPTER",
                tr("Adapter (current: the one in use; none: the model as it came; or a name)"),
                adapter.text,
            ),
        ):
            self.add_advanced(QgsProcessingParameterString(name, text, value, optional=True))
        self.add_advanced(
            QgsProcessingParameterBoolean(
                "NETWORK", tr("Allow rasters from the network"), settings.allow_network
            )
        )
        self.explain(
            {
                "MODEL": tr(
                    "Name of a model that is here, its folder, or the address of one on a server. Empty: the "
                    "default one."
                ),
                "ADAPTER": tr(
                    "What the model has learned here: “current” for what is in use, “none” for the model as it came, "
                    "or the name of an adapter."
                ),
                "NETWORK": tr(
                    "Off: a raster that leads to a server is refused, and that server is not asked. On: it is read "
                    "from there."
                ),
            }
        )

    def add_second_opinion(self, sentence: str) -> None:
        """Add another model that scores the boxes, among the advanced ones; ``sentence`` says what may be named."""
        text = tr("Second opinion (empty: the model itself)")
        self.add_advanced(QgsProcessingParameterString("VERIFIER", text, "", optional=True))
        self.explain({"VERIFIER": sentence})

    def second_opinion(
        self, parameters: dict[str, Any], context: QgsProcessingContext, field: str
    ) -> dict[str, str]:
        """Return the other model that scores as ``field`` of the wire; {} where none was named, or can be.

        Main thread: QGIS may ask for its master password, which opens the key of a server.
        """
        if self.parameterDefinition("VERIFIER") is None:
            return {}
        verifier = self.parameterAsString(parameters, "VERIFIER", context).strip()
        recall(verifier)
        return {field: verifier} if verifier else {}

    def explain(self, sentences: Mapping[str, str]) -> None:
        """Say of each parameter what it means, in the dialog and by ``qgis_process help``."""
        for name, sentence in sentences.items():
            self.parameterDefinition(name).setHelp(sentence)

    def model_request(self, parameters: dict[str, Any], context: QgsProcessingContext) -> dict[str, Any]:
        """Return ``model``, ``adapter`` and ``allow_network`` as the wire wants them; defaults are left out.

        Main thread: QGIS may ask for its master password, which opens the key of a server.
        """
        model = self.parameterAsString(parameters, "MODEL", context).strip()
        recall(model)
        adapter = AdapterChoice.read(self.parameterAsString(parameters, "ADAPTER", context).strip())
        allowed = network_json(self.parameterAsBool(parameters, "NETWORK", context))
        return {**({"model": model} if model else {}), **adapter.to_json(), **allowed}


def raster_request(layer: QgsRasterLayer) -> dict[str, Any]:
    """Return ``raster``, ``bands`` and ``stretch`` for a layer that GDAL opens: what the analyst sees.

    Raises:
        ValueError: the layer is a web or memory layer, which has to be exported first.
    """
    if needs_snapshot(layer):
        message = tr("{layer} is not a raster file. Export it with Save As and choose the file.")
        raise ValueError(message.format(layer=layer.name()))
    return {"raster": source_of(layer), **band_stretch_of(layer).to_json()}


def lines_of(text: str) -> list[str]:
    """Return the lines that say something, each once, in their order."""
    return list(dict.fromkeys(line.strip() for line in text.splitlines() if line.strip()))


def _features(client: EngineClient, job: Job) -> list[dict[str, Any]]:
    """Return what a job found, [] for one that looks for nothing; raises EngineError when it did not end well."""
    if job.state != "done":
        message = str(job.error.get("message") or "")
        raise EngineError(message or tr("The job ended as {state}.").format(state=job.state))
    return client.features(job.id)["features"] if job.kind in FINDING else []


def leave(launch: Launch, name: str) -> None:
    """Tell the engine that this client is gone; one that no longer answers knows it already."""
    client = find_engine(launch)
    if client is None:
        return
    with contextlib.suppress(EngineError):
        client.unregister(name)
