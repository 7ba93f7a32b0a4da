"""What the set-up page looks like: its widgets, their places, and the state in a sentence."""

from __future__ import annotations

from qgis.gui import QgsCollapsibleGroupBox, QgsFileWidget
from qgis.PyQt.QtWidgets import QCheckBox, QFormLayout, QLabel, QLineEdit, QPushButton, QVBoxLayout, QWidget

from ..connection.runtime import EngineRuntime
from ..i18n import tr
from ..look import SoftLabel, larger, unit
from ..panel.banner import Banner
from ..settings import change_settings
from .build_choice import BuildChoice
from .progress_box import ProgressBox


class SetupForm(QWidget):
    """The widgets; what they do is in widget.py."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._title, self._text = QLabel(), SoftLabel()
        self._title.setFont(larger(self.font(), 1.3, bold=True))
        self._title.setWordWrap(True)
        self.banner = Banner()
        self.build = BuildChoice()
        self.folder = QgsFileWidget()
        self.folder.setStorageMode(QgsFileWidget.StorageMode.GetDirectory)
        self.folder.setDialogTitle(tr("Data folder of RemoteZero"))
        self.install = QPushButton()
        self.install.setDefault(True)
        self.progress = ProgressBox()
        self.progress.hide()
        self.more = MoreBox()
        self.bundle = QPushButton(tr("Import an offline bundle…"))
        self.existing = QPushButton(tr("Use an existing runtime…"))
        self._lay_out()

    def show_state(self, runtime: EngineRuntime | None) -> None:
        """Say whether there is an engine, and which one."""
        self.more.remove.setVisible(runtime is not None)
        self._title.setText(tr("Set up RemoteZero") if runtime is None else tr("RemoteZero is ready"))
        self._text.setText(_state_sentence(runtime))

    def _lay_out(self) -> None:
        gap = unit(self) // 2
        layout = QVBoxLayout(self)
        layout.setSpacing(gap)
        for part in (self._title, self._text, self.banner, self.progress):
            layout.addWidget(part)
        self.choices = QWidget()
        layout.addWidget(self.choices)
        layout.addStretch(1)
        choices = QVBoxLayout(self.choices)
        choices.setContentsMargins(0, 0, 0, 0)
        choices.setSpacing(gap)
        choices.addWidget(self.build)
        choices.addWidget(QLabel(tr("Data folder (environment, models, adapters, results):")))
        choices.addWidget(self.folder)
        choices.addWidget(self.install)
        choices.addWidget(self.bundle)
        choices.addWidget(self.existing)
        choices.addWidget(self.more)


def _state_sentence(runtime: EngineRuntime | None) -> str:
    if runtime is None:
        return tr(
            "The engine runs on this computer, in an environment of its own. Nothing inside QGIS is changed, "
            "no administrator rights are needed, and your imagery never leaves the machine."
        )
    build = {"cpu": tr("for the processor"), "cuda": tr("for the NVIDIA GPU")}.get(runtime.accelerator, "")
    text = tr("Engine {version} {build}, run by {python}")
    return text.format(version=runtime.version, build=build, python=runtime.python)


class MoreBox(QgsCollapsibleGroupBox):
    """Package index, wheel, rasters from the network, report and removal; wired by the page."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(tr("More"), parent)
        self.index = QLineEdit()
        self.index.setPlaceholderText(tr("as pip is configured"))
        self.index.editingFinished.connect(self._keep_index)
        self.network = QCheckBox(tr("Allow rasters from the network"))
        self.network.setToolTip(
            tr(
                "Off: a raster that leads to a server is refused, and no server is asked. On: the engine reads it "
                "from there. Map services that QGIS draws are not meant: they are rendered by QGIS."
            )
        )
        self.network.toggled.connect(self._keep_network)
        self.wheel = QgsFileWidget()
        self.wheel.setFilter("remotezero_engine-*.whl (*.whl)")
        self.report = QPushButton(tr("Copy a report for support"))
        self.remove = QPushButton(tr("Remove the engine"))
        self.setCollapsed(True)
        form = QFormLayout(self)
        form.setRowWrapPolicy(QFormLayout.RowWrapPolicy.WrapLongRows)
        form.addRow(tr("Further package index"), self.index)
        form.addRow(tr("The engine's wheel"), self.wheel)
        form.addRow(self.network)
        form.addRow(self.report)
        form.addRow(self.remove)

    def _keep_network(self, allowed: bool) -> None:
        change_settings(allow_network=allowed)

    def _keep_index(self) -> None:
        change_settings(package_index=self.index.text().strip())
