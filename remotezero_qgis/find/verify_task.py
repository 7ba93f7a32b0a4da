"""A job of the engine that scores boxes again, in a QgsTask."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from qgis.core import QgsCoordinateReferenceSystem, QgsCoordinateTransformContext

from ..compat import TASK_FLAGS
from ..connection.client import EngineClient
from ..connection.job_task import JobOutcome, JobTask
from ..connection.process import Launch
from ..connection.wire import NO_ADAPTER, Event, Job
from ..errors import EngineRefusedError
from ..i18n import tr
from ..layers.detections import Detection, job_and_box
from ..layers.result_rows import ResultRows
from ..layers.results_file import write_table
from ..processing.verify import place_of

# What the search saw of the raster, and the second look has to see as well.
LOOK = ("raster", "bands", "stretch", "gsd_src_m")
TABLE = "boxes"


@dataclass(frozen=True)
class VerifyOutcome(JobOutcome):
    """How it ended.

    Attributes:
        scores: by feature id; boxes beside the raster or over missing data have none.
    """

    scores: dict[int, float] = field(default_factory=dict)


class VerifyTask(JobTask):
    """Scores boxes of one question with the model that scored them when they were found.

    Args:
        search_id: the job that found them; where the engine has forgotten it, the raster's own look is used.
        rows: the boxes of the run.
        places: which of them to score; all of one question.
        crs: of the boxes.
    """

    OUTCOME = VerifyOutcome

    def __init__(
        self,
        launch: Launch,
        search_id: str,
        rows: ResultRows,
        places: Sequence[int],
        crs: QgsCoordinateReferenceSystem,
        context: QgsCoordinateTransformContext,
    ) -> None:
        super().__init__(tr("RemoteZero: verify edited boxes"), TASK_FLAGS, launch)
        self.places = places
        self._search_id, self._rows = search_id, rows
        self._crs, self._context = crs, context
        self._boxes: list[Detection] = []
        self._folder = Path()

    def prepare(self) -> None:
        """Write the boxes where the engine can read them."""
        self._boxes = list(self._rows.all_of(self.places))
        self._folder = Path(tempfile.mkdtemp(prefix="remotezero-"))
        write_table(self._vector, TABLE, self._boxes, self._crs, self._context)

    @property
    def _vector(self) -> Path:
        return self._folder / "boxes.gpkg"

    def submit(self, client: EngineClient) -> Job:
        """Queue the job."""
        first = self._boxes[0]
        request: dict[str, Any] = {"raster": first.source, **self._look(client)}
        request |= {"vector": str(self._vector), "layer": TABLE, "query": first.query}
        scored = (first.verifier, first.verifier_adapter) if first.verifier else (first.model, first.adapter)
        request |= {"model": scored[0] or None, "adapter": scored[1] or NO_ADAPTER.text}
        return client.create_job(
            "verify", {key: value for key, value in request.items() if value is not None}
        )

    def _look(self, client: EngineClient) -> dict[str, Any]:
        try:
            job_id, _ = job_and_box(self._search_id, self._boxes[0].id)
            asked = client.job(job_id).request
        except EngineRefusedError as error:
            if error.status != 404:
                raise
            return {}
        return {name: asked[name] for name in LOOK if asked.get(name)}

    def handle(self, event: Event) -> None:
        """The scores are fetched at the end."""

    def conclude(self, client: EngineClient, job: Job) -> VerifyOutcome:
        """Fetch the scores, and have the engine forget the job: its result is in the layer."""
        outcome = super().conclude(client, job)
        scores = {}
        if outcome.state == "done":
            found = {
                place_of(item): item["properties"]["score"] for item in client.features(job.id)["features"]
            }
            fids = [self._rows.fids[place] for place in self.places]
            scores = {fid: float(found[number]) for number, fid in enumerate(fids) if number in found}
            client.delete(job.id)
        return replace(outcome, scores=scores)

    def run(self) -> bool:
        """Do the work (worker thread), and leave no file behind."""
        try:
            return super().run()
        finally:
            if self._folder != Path():
                shutil.rmtree(self._folder, ignore_errors=True)
