"""Which build to install, CPU or GPU, with what each one downloads; and whether the disk has room."""

from __future__ import annotations

from pathlib import Path

from qgis.PyQt.QtCore import pyqtSignal
from qgis.PyQt.QtWidgets import QButtonGroup, QRadioButton, QVBoxLayout, QWidget

from ..i18n import tr
from ..look import SoftLabel, unit
from .driver import Gpu
from .plan import InstallPlan, cuda_available, free_bytes, human_size, machine_tag, make_plan, read_sizes


class BuildChoice(QWidget):
    """Two radio buttons and what follows from them.

    Signals:
        changed(): another build was chosen.
    """

    changed = pyqtSignal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.cpu = QRadioButton(tr("Processor (CPU)"))
        self.cuda = QRadioButton(tr("NVIDIA GPU"))
        self._cpu_note, self._cuda_note = SoftLabel(), SoftLabel()
        group = QButtonGroup(self)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(unit(self) // 4)
        for button, note in ((self.cuda, self._cuda_note), (self.cpu, self._cpu_note)):
            group.addButton(button)
            layout.addWidget(button)
            layout.addWidget(note)
            note.setIndent(round(unit(self) * 1.6))
            button.toggled.connect(self._toggled)
        self.cpu.setChecked(True)
        self.show_gpu(None, asked=False)

    @property
    def accelerator(self) -> str:
        """The chosen build, ``cpu`` or ``cuda``."""
        return "cuda" if self.cuda.isChecked() else "cpu"

    def choose(self, accelerator: str) -> None:
        """Choose a build by name where this platform has it."""
        button = self.cuda if accelerator == "cuda" else self.cpu
        if button.isEnabled():
            button.setChecked(True)

    def show_gpu(self, gpu: Gpu | None, asked: bool = True) -> None:
        """Say what the driver said, and offer the GPU build where it fits."""
        tag = machine_tag()
        locked = "cuda" in read_sizes().get(tag, {})
        fits = cuda_available(gpu, tag)
        self.cuda.setEnabled(locked)
        self._cuda_note.setText(_gpu_sentence(gpu, locked, fits, asked) + _size_sentence("cuda"))
        self._cpu_note.setText(tr("Works on every computer; large models are slow.") + _size_sentence("cpu"))
        if asked:
            self.choose("cuda" if fits else "cpu")

    def room(self, plan: InstallPlan) -> tuple[bool, str]:
        """Return whether the plan fits into its folder, and what is needed and free there, as a sentence."""
        free = free_bytes(plan.home)
        enough = free >= plan.disk_bytes
        text = (
            tr("{need} needed on this disk while installing, {free} free.")
            if enough
            else tr("{need} are needed on this disk, and only {free} are free. Choose another folder below.")
        )
        return enough, text.format(need=human_size(plan.disk_bytes), free=human_size(free))

    def _toggled(self, checked: bool) -> None:
        if checked:
            self.changed.emit()


def _gpu_sentence(gpu: Gpu | None, locked: bool, fits: bool, asked: bool) -> str:
    if not asked:
        return tr("Looking for a graphics driver…")
    if gpu is None:
        return tr("No NVIDIA driver was found.")
    name = tr("{name} with {memory}, driver for CUDA {major}.{minor}.").format(
        name=gpu.name, memory=human_size(gpu.memory_bytes), major=gpu.cuda[0], minor=gpu.cuda[1]
    )
    if not locked:
        return (
            name
            + " "
            + tr("For this system only the CPU build can be installed from here; use an existing runtime.")
        )
    return name if fits else name + " " + tr("The driver is too old for this build: update it first.")


def _size_sentence(accelerator: str) -> str:
    plan = make_plan(Path.home(), accelerator)
    if not plan.download_bytes:
        return ""
    return " " + tr("Downloads about {size}.").format(size=human_size(plan.download_bytes))
