"""The folded part of the set-up page: what few people need."""

from __future__ import annotations

from qgis.gui import QgsCollapsibleGroupBox, QgsFileWidget
from qgis.PyQt.QtWidgets import QFormLayout, QLineEdit, QPushButton, QWidget

from ..i18n import tr
from ..settings import change_settings


class MoreBox(QgsCollapsibleGroupBox):
    """Further package index, the engine's wheel as a file, the report, and removal; wired by the page."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(tr("More"), parent)
        self.index = QLineEdit()
        self.index.setPlaceholderText(tr("as pip is configured"))
        self.index.editingFinished.connect(self._keep_index)
        self.wheel = QgsFileWidget()
        self.wheel.setFilter("remotezero_engine-*.whl (*.whl)")
        self.report = QPushButton(tr("Copy a report for support"))
        self.remove = QPushButton(tr("Remove the engine"))
        self.setCollapsed(True)
        form = QFormLayout(self)
        form.setRowWrapPolicy(QFormLayout.RowWrapPolicy.WrapLongRows)
        form.addRow(tr("Further package index"), self.index)
        form.addRow(tr("The engine's wheel"), self.wheel)
        form.addRow(self.report)
        form.addRow(self.remove)

    def _keep_index(self) -> None:
        change_settings(package_index=self.index.text().strip())
