"""The panel: its two tabs and the set-up page in their places; what they do is in the rooms' controllers."""

from __future__ import annotations

import html
from collections.abc import Callable

from qgis.gui import QgsDockWidget
from qgis.PyQt.QtCore import QSignalBlocker, Qt, pyqtSignal
from qgis.PyQt.QtGui import QKeySequence, QPalette
from qgis.PyQt.QtWidgets import (
    QComboBox,
    QFrame,
    QHBoxLayout,
    QLabel,
    QMenu,
    QSizePolicy,
    QStackedWidget,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from .compat import QAction, QShortcut
from .i18n import tr
from .look import FittingTabs, SoftLabel, icon, larger, let_shrink, scrolled, unit
from .manual import FIND, RESULTS, SELF_IMPROVE, SET_UP, Help
from .panel.banner import Banner
from .panel.blank_page import BlankPage
from .panel.question_box import QuestionBox
from .panel.question_list import QuestionList
from .panel.results_box import ResultsBox
from .panel.run_strip import RunStrip
from .panel.scope_box import ScopeBox

# Below this height of the results the page scrolls.
RESULTS_LINES = 19


class Dock(QgsDockWidget):
    """The dock widget.

    Args:
        make_setup: makes the set-up page when it is first needed.
        improve: what the Self-improve tab shows.
        parent: QGIS's main window.

    Signals:
        layer_chosen(str): id of the result layer chosen in the list of runs.
        shown(): the panel came into view.
        improve_shown(bool): the Self-improve tab came to the front, or went behind the other.
        escaped(): Esc was pressed in the Find tab.
        whole_wanted(): the user wants the whole raster searched.
        rasters_wanted(): the user wants to see what became of each of many rasters.
    """

    layer_chosen = pyqtSignal(str)
    shown = pyqtSignal()
    improve_shown = pyqtSignal(bool)
    escaped = pyqtSignal()
    whole_wanted = pyqtSignal()
    rasters_wanted = pyqtSignal()

    def __init__(
        self, make_setup: Callable[[QWidget], QWidget], improve: QWidget, parent: QWidget | None = None
    ) -> None:
        super().__init__(tr("RemoteZero"), parent)
        self.setObjectName("RemoteZeroDock")
        self.setWindowIcon(icon("remotezero"))
        self._make_setup = make_setup
        self.setup: QWidget | None = None
        self.banner = Banner()
        self.question = QuestionBox()
        self.questions = QuestionList()
        self.presets = QMenu(tr("Presets"), self)
        self.more_questions = self._make_more()
        self.scope = ScopeBox()
        self.form = QWidget()
        self.fold = self._make_fold()
        self.strip = RunStrip(tr("Find"), "run")
        self.learning = SoftLabel(
            tr(
                "The model is learning. A question waits until that has ended, or is stopped in the other tab."
            )
        )
        self.learning.hide()
        self.improve = improve
        self.results = ResultsBox()
        self.blank = BlankPage()
        self.searched = SoftLabel()
        self.searched.setTextFormat(Qt.TextFormat.RichText)
        self.searched.linkActivated.connect(self._follow)
        self.searched.hide()
        self.runs = QComboBox()
        let_shrink(self.runs)
        self.runs.setToolTip(tr("Runs in this project"))
        self.runs.setAccessibleName(self.runs.toolTip())
        self.runs.activated.connect(lambda place: self.layer_chosen.emit(self.runs.itemData(place)))
        self.earlier = QMenu(tr("Earlier runs"), self)
        self.earlier.setIcon(icon("/mActionHistory.svg"))
        self.zoom_to_all = QAction(icon("/mActionZoomToLayer.svg"), tr("Zoom to these boxes"), self)
        self.open_table = QAction(icon("/mActionOpenTable.svg"), tr("Open attribute table"), self)
        self.export = QAction(icon("/mActionSharingExport.svg"), tr("Export these boxes…"), self)
        self.results.menu.addSeparator()
        self.results.menu.addAction(self.export)
        self.settings = QAction(icon("/mActionOptions.svg"), tr("Settings…"), self)
        self.log = QAction(icon("/mActionFileOpen.svg"), tr("Engine log"), self)
        self._pages = QStackedWidget()
        self._body = QStackedWidget()
        self.tabs = FittingTabs()
        self.tabs.setDocumentMode(True)
        self.tabs.addTab(self._make_find(), icon("locate"), tr("Find"))
        self.tabs.addTab(self.improve, icon("improve"), tr("Self-improve"))
        self.tabs.currentChanged.connect(self._tab_changed)
        self.help = Help(self, self._help_page)
        self.tabs.setCornerWidget(self.help.button())
        self._pages.addWidget(self.tabs)
        self.setWidget(self._pages)
        self.question.asked.connect(self.strip.run_wanted)
        self.questions.asked.connect(self.strip.run_wanted)
        self.questions.changed.connect(lambda: self.fold.setChecked(False))

    def _make_find(self) -> QWidget:
        """The page that finds: what there is to say stays in sight above what scrolls."""
        page = QWidget()
        gap = round(unit(self) * 0.45)
        news = QHBoxLayout()
        news.setContentsMargins(gap // 2, 0, gap // 2, 0)
        news.addWidget(self.banner)
        layout = QVBoxLayout(page)
        layout.setSpacing(gap)
        layout.setContentsMargins(0, gap, 0, 0)
        layout.addLayout(news)
        layout.addWidget(scrolled(self._make_main()), 1)
        return page

    def _make_main(self) -> QWidget:
        main = QWidget()
        self._body.addWidget(self.blank)
        self._body.addWidget(self.results)
        self._body.setMinimumHeight(unit(self) * RESULTS_LINES)
        # Otherwise the page would scroll as soon as the table has less than it would like to have.
        self._body.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Ignored)
        line = QFrame()
        line.setFrameShape(QFrame.Shape.HLine)
        line.setFrameShadow(QFrame.Shadow.Plain)
        line.setForegroundRole(QPalette.ColorRole.Mid)
        gap = round(unit(self) * 0.45)
        layout = QVBoxLayout(main)
        layout.setSpacing(gap)
        layout.setContentsMargins(gap // 2, 0, gap // 2, gap)
        row = QHBoxLayout()
        row.addWidget(self.question, 1)
        row.addWidget(self.more_questions)
        layout.addLayout(row)
        form = QVBoxLayout(self.form)
        form.setContentsMargins(0, 0, 0, 0)
        form.setSpacing(gap)
        form.addWidget(self.questions)
        form.addWidget(self.scope)
        layout.addWidget(self.form)
        layout.addWidget(self.strip)
        layout.addWidget(self.learning)
        layout.addWidget(line)
        layout.addLayout(self._make_heading())
        layout.addWidget(self.searched)
        layout.addWidget(self._body, 1)
        escape = QShortcut(QKeySequence(Qt.Key.Key_Escape), main)
        escape.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        escape.activated.connect(self.escaped)
        self.strip.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        return main

    def _make_more(self) -> QToolButton:
        """A button beside the question: another one with a click, presets behind its arrow."""
        more = QToolButton()
        more.setIcon(icon("/symbologyAdd.svg"))
        more.setToolTip(
            tr("Look for several things at once: add this question to a list. Presets: the arrow.")
        )
        more.setAccessibleName(tr("Add the question to a list"))
        more.setPopupMode(QToolButton.ToolButtonPopupMode.MenuButtonPopup)
        more.setMenu(self.presets)
        return more

    def _make_fold(self) -> QToolButton:
        """A button that hides what stands between the question and Find, to give the results its room."""
        fold = QToolButton()
        fold.setCheckable(True)
        fold.setAutoRaise(True)
        fold.setArrowType(Qt.ArrowType.UpArrow)
        fold.setToolTip(tr("More room for the results: hide the choices above"))
        fold.setAccessibleName(fold.toolTip())
        fold.toggled.connect(lambda folded: self.form.setVisible(not folded))
        fold.toggled.connect(
            lambda folded: fold.setArrowType(Qt.ArrowType.DownArrow if folded else Qt.ArrowType.UpArrow)
        )
        return fold

    def _make_heading(self) -> QHBoxLayout:
        title = QLabel(tr("Results"))
        title.setFont(larger(self.font(), 1.05, bold=True))
        menu = QMenu(self)
        menu.addMenu(self.earlier)
        menu.addSeparator()
        menu.addAction(self.zoom_to_all)
        menu.addAction(self.open_table)
        menu.addAction(self.export)
        menu.addSeparator()
        menu.addAction(self.settings)
        menu.addAction(self.log)
        menu.addAction(
            icon("/mActionHelpContents.svg"), tr("Help on results"), lambda: self.help.open(RESULTS)
        )
        more = QToolButton()
        more.setText("⋯")
        more.setAutoRaise(True)
        more.setToolTip(tr("Earlier runs and more"))
        more.setAccessibleName(more.toolTip())
        more.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        more.setMenu(menu)
        row = QHBoxLayout()
        row.addWidget(title)
        row.addWidget(self.runs, 1)
        row.addStretch()
        row.addWidget(self.fold)
        row.addWidget(more)
        return row

    def _help_page(self) -> str:
        if self.in_setup:
            return SET_UP
        if self.tabs.currentWidget() is self.improve:
            return SELF_IMPROVE
        return RESULTS if self.results.isAncestorOf(self.focusWidget() or self) else FIND

    def _tab_changed(self, _place: int) -> None:
        self.improve_shown.emit(self.tabs.currentWidget() is self.improve)

    def show_learning(self, running: bool) -> None:
        """Mark the tab while a run goes on, and say what that means for finding."""
        self.learning.setVisible(running)
        text = tr("Learning…") if running else tr("Self-improve")
        self.tabs.rename(self.tabs.indexOf(self.improve), text)

    def show_setup(self, wanted: bool) -> None:
        """Show the set-up page in place of the panel, or the panel."""
        if wanted and self.setup is None:
            self.setup = self._make_setup(self)
            self._pages.addWidget(scrolled(self.setup))
        self._pages.setCurrentIndex(1 if wanted else 0)

    @property
    def in_setup(self) -> bool:
        """True while the set-up page is shown."""
        return self._pages.currentIndex() > 0

    def show_blank(self, title: str, text: str, steps: bool = False) -> None:
        """Show a note where the results would be, with ``steps`` also the ways to a raster."""
        self.blank.say(title, text, steps)
        self._body.setCurrentWidget(self.blank)

    @property
    def welcoming(self) -> bool:
        """Whether it shows what is shown before the first run."""
        return self._body.currentWidget() is self.blank and not self.blank.steps.isHidden()

    def show_results(self) -> None:
        """Show the table."""
        self._body.setCurrentWidget(self.results)

    def _follow(self, link: str) -> None:
        (self.rasters_wanted if link == "#rasters" else self.whole_wanted).emit()

    def show_searched(self, sentence: str, more: bool, rasters: bool = False) -> None:
        """Say what was searched, with a link to the whole raster where there is ``more``, or to many ``rasters``."""
        link = f' <a href="#">{html.escape(tr("Search the whole raster"))}</a>' if more else ""
        link += f' <a href="#rasters">{html.escape(tr("List of rasters"))}</a>' if rasters else ""
        self.searched.setText(html.escape(sentence) + link)
        self.searched.setVisible(bool(sentence))

    def list_runs(self, items: list[tuple[str, str]], current: str) -> None:
        """Fill the list of runs with (layer id, name)."""
        with QSignalBlocker(self.runs):
            self.runs.clear()
            for layer_id, name in items:
                self.runs.addItem(name, layer_id)
            self.runs.setCurrentIndex(self.runs.findData(current))
        self.runs.setVisible(bool(items))

    def showEvent(self, event) -> None:
        """Tell that the panel came into view."""
        super().showEvent(event)
        self.shown.emit()
