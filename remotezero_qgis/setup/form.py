"""What the set-up page looks like: its widgets, their places, and the state in a sentence."""

from __future__ import annotations

from qgis.gui import QgsCollapsibleGroupBox, QgsFileWidget
from qgis.PyQt.QtWidgets import QHBoxLayout, QLabel, QLineEdit, QPushButton, QVBoxLayout, QWidget

from ..connection.runtime import EngineRuntime
from ..i18n import tr
from ..look import SoftLabel, WrappingButton, WrappingCheck, larger, unit
from ..manual import SET_UP, Help
from ..panel.banner import Banner
from ..panel.first_steps import FirstSteps
from ..settings import change_settings
from .build_choice import BuildChoice
from .progress_box import ProgressBox


class SetupForm(QWidget):
    """The widgets; what they do is in widget.py.

    Args:
        first_run: the page stands in the panel, where the ways to a raster and to the manual are offered as well.
    """

    def __init__(self, parent: QWidget | None = None, first_run: bool = False) -> None:
        super().__init__(parent)
        self._title, self._text = QLabel(), SoftLabel()
        self._title.setWordWrap(True)
        self._title.setFont(larger(self.font(), 1.3, bold=True))
        self.banner = Banner()
        self.install = QPushButton()
        self.install.setDefault(True)
        self.install.setFont(larger(self.font(), 1.05, bold=True))
        self.install.setMinimumHeight(round(unit(self) * 2))
        self.what = SoftLabel()
        self.progress = ProgressBox()
        self.progress.hide()
        self.steps_title = SoftLabel(tr("Something to search in:"))
        self.steps = FirstSteps()
        for part in (self.steps_title, self.steps):
            part.setVisible(first_run)
        self.help = Help(self, lambda: SET_UP)
        self._help_button = self.help.button()
        self._help_button.setVisible(first_run)
        self.more = MoreBox()
        self._lay_out()

    @property
    def build(self) -> BuildChoice:
        """The choice between processor and GPU."""
        return self.more.build

    def show_state(self, runtime: EngineRuntime | None) -> None:
        """Say whether there is an engine, and which one."""
        # Opening the box shows all that is in it, so nothing in it is hidden.
        self.more.remove.setEnabled(runtime is not None)
        self._title.setText(tr("Set up RemoteZero") if runtime is None else tr("RemoteZero is ready"))
        self._text.setText(_state_sentence(runtime))

    def _lay_out(self) -> None:
        gap = unit(self) // 2
        layout = QVBoxLayout(self)
        layout.setSpacing(gap)
        self.choices = QWidget()
        heading = QHBoxLayout()
        heading.addWidget(self._title, 1)
        heading.addWidget(self._help_button)
        layout.addLayout(heading)
        for part in (self._text, self.banner, self.progress, self.choices):
            layout.addWidget(part)
        layout.addSpacing(gap)
        for part in (self.steps_title, self.steps, self.more):
            layout.addWidget(part)
        layout.addStretch(1)
        choices = QVBoxLayout(self.choices)
        choices.setContentsMargins(0, 0, 0, 0)
        choices.setSpacing(gap // 2)
        choices.addWidget(self.install)
        choices.addWidget(self.what)


def _state_sentence(runtime: EngineRuntime | None) -> str:
    if runtime is None:
        return tr(
            "The part that searches is installed once, on this computer. Nothing inside QGIS is changed, "
            "no administrator rights are needed, and your imagery never leaves the machine."
        )
    build = {"cpu": tr("for the processor"), "cuda": tr("for the NVIDIA GPU")}.get(runtime.accelerator, "")
    text = tr("Engine {version} {build}, run by {python}")
    return text.format(version=runtime.version, build=build, python=runtime.python)


class MoreBox(QgsCollapsibleGroupBox):
    """What few have to know: build, folder, other ways to an engine, network, report; wired by the page."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(tr("More"), parent)
        self.build = BuildChoice()
        self.folder = QgsFileWidget()
        self.folder.setStorageMode(QgsFileWidget.StorageMode.GetDirectory)
        self.folder.setDialogTitle(tr("Data folder of RemoteZero"))
        self.index = QLineEdit()
        self.index.setPlaceholderText(tr("as pip is configured"))
        self.index.editingFinished.connect(self._keep_index)
        self.network = WrappingCheck(tr("Allow rasters from the network"))
        self.network.setToolTip(
            tr(
                "Off: a raster that leads to a server is refused, and that server is not asked. On: the engine reads "
                "it from there. Map services that QGIS draws are not meant: they are rendered by QGIS."
            )
        )
        self.network.toggled.connect(self._keep_network)
        self.bundle = WrappingButton(tr("Import an offline bundle…"))
        self.existing = WrappingButton(tr("Use an existing runtime…"))
        self.report = WrappingButton(tr("Copy a report for support"))
        self.remove = WrappingButton(tr("Remove the engine"))
        self.setCollapsed(True)
        layout = QVBoxLayout(self)
        layout.setSpacing(unit(self) // 3)
        for part in (
            self.build,
            SoftLabel(tr("Data folder (environment, models, adapters, results):")),
            self.folder,
            SoftLabel(tr("Further package index")),
            self.index,
            self.network,
            self.bundle,
            self.existing,
            self.report,
            self.remove,
        ):
            layout.addWidget(part)

    def _keep_network(self, allowed: bool) -> None:
        change_settings(allow_network=allowed)

    def _keep_index(self) -> None:
        change_settings(package_index=self.index.text().strip())
