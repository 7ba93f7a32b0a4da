"""The panel follows the project: what it shows when one is opened or closed, and where a saved one keeps its runs."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from qgis.core import QgsDataProvider, QgsProject, QgsVectorLayer
from qgis.PyQt.QtCore import QObject, QTimer

from ..connection.session import Session
from ..dock import Dock
from ..i18n import tr
from ..layers.result_layers import result_layers
from ..layers.results_file import copy_table, is_of_unsaved, results_path, table_of
from ..panel.banner import INFO, WARNING
from .controller import FindController
from .planning import PLUGIN_START
from .review import Review
from .runs import FindRuns

Table = tuple[Path, str]


class Keeping(QObject):
    """Listens to the project from the opening of the panel to its end."""

    def __init__(
        self,
        dock: Dock,
        controller: FindController,
        runs: FindRuns,
        review: Review,
        session: Session,
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._dock, self._controller, self._runs = dock, controller, runs
        self._review, self._session = review, session
        project = QgsProject.instance()
        project.readProject.connect(self._opened)
        project.cleared.connect(self._closed)
        # QGIS tells of a saved project before its file is in its place.
        self._saved = QTimer(self)
        self._saved.setSingleShot(True)
        self._saved.timeout.connect(self._offer)
        project.projectSaved.connect(self._saved.start)
        runs.ended.connect(self._offer)
        review.forgotten.connect(self._show_nothing)
        self._opened()

    def close(self) -> None:
        """Listen to the project no more."""
        project = QgsProject.instance()
        project.readProject.disconnect(self._opened)
        project.cleared.disconnect(self._closed)
        project.projectSaved.disconnect(self._saved.start)
        self._saved.stop()

    def _opened(self, *_: object) -> None:
        """Show the uppermost run of the project, in place of whatever was shown before."""
        self._controller.follow_rasters()
        if self._runs.running:
            return
        layers = result_layers()
        if layers:
            self._review.show_layer(layers[0])
            self._dock.show_results()
        else:
            self._review.forget()

    def _closed(self) -> None:
        self._controller.rectangle.forget()
        if not self._runs.running:
            self._dock.banner.hide()
            self._review.forget()

    def _show_nothing(self) -> None:
        if not self._runs.running:
            self._controller.show_welcome()

    def _offer(self, *_: object) -> None:
        """Offer to take the runs in that a saved project keeps elsewhere: whoever gets its folder lacks them."""
        layers = self._outside()
        if layers and not self._runs.running:
            text = tr(
                "%n run(s) of this project are kept in another place, where a copy of the project does not find "
                "them.",
                n=len(layers),
            )
            self._dock.banner.say(INFO, text, tr("Move them in"), self.move_in)

    def _target(self) -> Path | None:
        """Return the file beside the project, None where there is no project or no room beside it."""
        name = QgsProject.instance().fileName()
        path = results_path(name, self._session.launch().home, PLUGIN_START)
        return path if name and path.parent == Path(name).parent else None

    def _outside(self) -> list[QgsVectorLayer]:
        target = self._target()
        if target is None:
            return []
        tables = [(layer, table_of(layer)) for layer in result_layers()]
        return [layer for layer, table in tables if table is not None and table[0] != target]

    def move_in(self) -> None:
        """Copy the runs that are kept elsewhere into the project's file, and have its layers show the copies."""
        target, layers = self._target(), self._outside()
        edited = [layer.name() for layer in layers if layer.isEditable()]
        if edited:
            text = tr("{layer} is being edited. Save the edits, then save the project again.")
            self._dock.banner.say(WARNING, text.format(layer=edited[0]))
            return
        if target is not None and layers:
            tables = list(dict.fromkeys(map(table_of, layers)))
            context = QgsProject.instance().transformContext()

            def work() -> dict[Table, str]:
                return {item: copy_table(*item, target, context) for item in tables}

            self._session.call(work, partial(self._moved, target), self._not_moved)

    def _moved(self, target: Path, names: dict[Table, str]) -> None:
        if target != self._target():
            return
        project = QgsProject.instance()
        unsaved_changes = project.isDirty()
        for layer in result_layers():
            name = names.get(table_of(layer))
            if name is not None:
                shown = layer.subsetString()
                layer.setSubsetString("")
                layer.setDataSource(
                    f"{target}|layername={name}", layer.name(), "ogr", QgsDataProvider.ProviderOptions()
                )
                layer.setSubsetString(shown)
        # The project was saved a moment ago, and names the old places: saved again, nothing else changes in it.
        if not unsaved_changes and project.write():
            for path, table in names:
                if is_of_unsaved(path, self._session.launch().home):
                    self._runs.drop_later(path, table)
            self._dock.banner.say(
                INFO, tr("The runs are beside the project now, in {file}.").format(file=target.name)
            )
            return
        text = tr(
            "The runs are beside the project now, in {file}. Save the project, so that it finds them there."
        )
        self._dock.banner.say(INFO, text.format(file=target.name))

    def _not_moved(self, error: Exception) -> None:
        self._dock.banner.say(WARNING, str(error))
