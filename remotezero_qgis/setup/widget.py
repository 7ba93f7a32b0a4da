"""The set-up page: from "nothing is installed" to "ready", in the panel's first run and in the options."""

from __future__ import annotations

import os
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

from qgis.core import QgsApplication, QgsSettings
from qgis.PyQt.QtCore import pyqtSignal
from qgis.PyQt.QtWidgets import QFileDialog, QWidget

from ..connection.background import Background
from ..connection.environment import child_environment
from ..connection.proxy import qgis_proxy
from ..connection.runtime import EngineRuntime, find_runtime
from ..files import lock_folder, plugin_version
from ..i18n import tr
from ..panel.banner import ERROR, INFO
from ..settings import change_settings, load_settings
from . import problems
from . import task as work
from .bundle import Bundle, bundle_places, find_bundle
from .driver import find_gpu
from .form import SetupForm
from .going import Going
from .installer import SetupContext
from .plan import InstallPlan, Sources, human_size, make_plan
from .report import make_report
from .task import SetupOutcome, SetupTask

LAST_ZIP = "app/plugin_installer/lastZipDirectory"
"""Where QGIS keeps the folder of the zip that was installed last."""


def _use_installed(outcome: SetupOutcome) -> None:
    """Use what was installed or imported from now on, and no other Python."""
    if outcome.error is None:
        change_settings(runtime_python="")


def _use_chosen(outcome: SetupOutcome) -> None:
    """Use the Python that was looked at from now on."""
    if outcome.error is None:
        change_settings(runtime_python=outcome.value.python)


def _installed(_: EngineRuntime) -> str:
    return tr("The engine is installed.")


def _imported(imported: work.Imported) -> str:
    models = ", ".join(imported.models) or tr("none")
    return tr("The engine is installed from the bundle. New models: {models}.").format(models=models)


def _chosen(_: EngineRuntime) -> str:
    return tr("The existing runtime is used from now on.")


def _removed(_: None) -> str:
    return tr("The engine was removed. Models, adapters and results are still there.")


class SetupWidget(SetupForm):
    """Installs, imports, chooses or removes the engine; never modal, and no work on the main thread.

    Args:
        first_run: the page stands in the panel, where the way to a raster is offered as well.
        going: what is being done; it outlives this page.

    Signals:
        changed(): there is an engine now, or there is none any more.
    """

    changed = pyqtSignal()

    def __init__(
        self, parent: QWidget | None = None, first_run: bool = False, going: Going | None = None
    ) -> None:
        super().__init__(parent, first_run)
        self._background = Background(self)
        self.going = going or Going()
        self._gpu: Any = None
        self._bundle: Bundle | None = None
        self._connect()
        self.refresh()
        self._background.call(find_gpu, self._gpu_found)
        self._look_for_bundle()
        self.going.taken_up(self._show_work, self.progress, self._ended)

    def _connect(self) -> None:
        self.build.changed.connect(self._show_plan)
        self.more.folder.fileChanged.connect(self._folder_changed)
        self.install.clicked.connect(self._install_wanted)
        self.more.bundle.clicked.connect(lambda: self.start_import())
        self.more.existing.clicked.connect(lambda: self.choose_runtime())
        self.progress.cancelled.connect(self.going.cancel)
        self.going.line.connect(self.progress.add_line)
        self.going.step.connect(self.progress.show_step)
        self.going.follow(self, self._ended)
        self.more.report.clicked.connect(self.copy_report)
        self.more.remove.clicked.connect(self.start_remove)

    def refresh(self) -> None:
        """Show the state the settings and the data folder are in."""
        settings = load_settings()
        self.more.folder.setFilePath(str(settings.home))
        self.more.folder.setEnabled("REMOTEZERO_HOME" not in os.environ)
        self.more.index.setText(settings.package_index)
        self.more.network.setChecked(settings.allow_network)
        runtime = find_runtime(settings.home, settings.runtime_python)
        self.show_state(runtime)
        self._show_plan()

    def _install_wanted(self) -> None:
        """Install from the bundle that lies ready, else from package indexes."""
        if self._bundle is not None:
            self.start_import(str(self._bundle.path))
        else:
            self.start_install()

    def start_install(self) -> None:
        """Install from package indexes with what is chosen on the page."""
        change_settings(accelerator=self.build.accelerator, package_index=self.more.index.text().strip())
        plan = self.plan()
        self._start(tr("Installing the RemoteZero engine"), partial(work.install_online, plan), _installed)

    def start_import(self, path: str = "") -> None:
        """Install from an offline bundle; asks for the file when none is given."""
        path = path or self._ask_file(tr("Offline bundle"), tr("RemoteZero bundles") + " (*.rzbundle *.zip)")
        if path:
            home = load_settings().home
            job = partial(work.import_bundle, Path(path), home)
            self._start(tr("Importing the RemoteZero bundle"), job, _imported)

    def choose_runtime(self, path: str = "") -> None:
        """Use a Python that has the engine; asks for it when none is given."""
        path = path or self._ask_file(tr("Python of the existing runtime"), "")
        if path:
            self._start(
                tr("Looking at {path}").format(path=path),
                partial(work.check_runtime, Path(path)),
                _chosen,
                _use_chosen,
            )

    def start_remove(self) -> None:
        """Delete the environment, keep the user's data."""
        change_settings(runtime_python="")
        home = load_settings().home
        self._start(tr("Removing the engine"), partial(work.remove_runtime, home), _removed)

    def copy_report(self) -> None:
        """Put the redacted report on the clipboard."""
        self._background.call(partial(make_report, load_settings(), self._gpu), self._report_made)

    def plan(self) -> InstallPlan:
        """Return what pressing Install would do now."""
        sources = Sources(lock_folder(), self.more.index.text().strip())
        return make_plan(load_settings().home, self.build.accelerator, sources)

    @property
    def busy(self) -> bool:
        """Whether work is going on."""
        return self.going.task is not None

    def shut_down(self) -> None:
        """Ask for nothing any more; what is being done goes on."""
        self._background.close()

    def _start(
        self,
        title: str,
        job: Callable[[SetupContext], Any],
        done: Callable[[Any], str],
        settle: Callable[[SetupOutcome], None] = _use_installed,
    ) -> None:
        if self.busy:
            return
        home = load_settings().home
        self._show_work(title)
        task = SetupTask(title, job, child_environment(os.environ, home, qgis_proxy()), home)
        self.going.start(title, task, done, settle)

    def _show_work(self, title: str) -> None:
        self.banner.hide()
        self.choices.hide()
        self.more.setEnabled(False)
        self.progress.show()
        self.progress.begin(title)

    def _ended(self, done: Callable[[Any], str], outcome: SetupOutcome) -> None:
        self.choices.show()
        self.more.setEnabled(True)
        self.progress.set_running(False)
        if outcome.error is None:
            self._settled(done(outcome.value))
            return
        kind = INFO if outcome.error.kind == "cancelled" else ERROR
        button, action = self._remedies().get(outcome.error.action, ("", None))
        self.banner.say(kind, str(outcome.error), button, action)
        self.refresh()

    def _remedies(self) -> dict[str, tuple[str, Callable[[], None]]]:
        return {
            problems.RETRY: (tr("Try again"), self.start_install),
            problems.CHOOSE_FOLDER: (tr("Choose another folder…"), self._ask_folder),
            problems.CHOOSE_RUNTIME: (tr("Use an existing runtime…"), self.choose_runtime),
            problems.IMPORT_BUNDLE: (tr("Import an offline bundle…"), self.start_import),
            problems.NETWORK_SETTINGS: (tr("Open the network options"), _open_network_options),
            problems.TAKE_LARGE: (tr("Take the large one ({size})").format(size=_large()), self._take_large),
            problems.COPY_REPORT: (tr("Copy the report"), self.copy_report),
        }

    def _settled(self, sentence: str) -> None:
        self.refresh()
        self.banner.say(INFO, sentence)
        self.changed.emit()

    def _look_for_bundle(self) -> None:
        home = load_settings().home
        places = bundle_places(home, QgsSettings().value(LAST_ZIP, "", type=str))
        self._background.call(partial(find_bundle, places, plugin_version()), self._bundle_found)

    def _bundle_found(self, bundle: Bundle | None) -> None:
        self._bundle = bundle
        self._show_plan()

    def _gpu_found(self, gpu: Any) -> None:
        self._gpu = gpu
        self.build.show_gpu(gpu)
        self.build.choose(load_settings().accelerator or self.build.accelerator)
        self._show_plan()

    def _folder_changed(self, path: str) -> None:
        if path and Path(path) != load_settings().home:
            change_settings(data_folder=path)
            self.refresh()
            self.changed.emit()

    def _show_plan(self) -> None:
        plan = self.plan()
        enough, room = self.build.room(plan)
        known = find_runtime(plan.home, load_settings().runtime_python)
        size = human_size(plan.download_bytes or plan.installed_bytes)
        if self._bundle is not None:
            room = tr("From {bundle}, without a network.").format(bundle=self._bundle.path.name) + " " + room
            size = human_size(self._bundle.size_bytes)
        text = tr("Install ({size})") if known is None else tr("Install again ({size})")
        self.install.setText(text.format(size=size))
        self.install.setEnabled(enough)
        self.what.setText(room)

    def _report_made(self, text: str) -> None:
        QgsApplication.clipboard().setText(text)
        self.banner.say(INFO, tr("The report is on the clipboard. Look through it before you send it."))

    def _ask_file(self, title: str, kinds: str) -> str:
        return QFileDialog.getOpenFileName(self, title, str(Path.home()), kinds)[0]

    def _ask_folder(self) -> None:
        path = QFileDialog.getExistingDirectory(self, tr("Data folder of RemoteZero"), str(Path.home()))
        if path:
            self._folder_changed(path)

    def _take_large(self) -> None:
        self.build.choose("cuda")
        self.start_install()


def _large() -> str:
    return human_size(make_plan(Path.home(), "cuda").download_bytes)


def _open_network_options() -> None:
    from qgis.utils import iface

    if iface is not None:
        iface.showOptionsDialog(iface.mainWindow(), "mOptionsPageNetwork")
