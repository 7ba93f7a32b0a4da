"""Every page in a dock of 280 pixels, about QGIS's default: nothing is cut off sideways, nothing scrolls sideways."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from conftest import make_raster
from qgis.core import QgsApplication, QgsRasterLayer
from qgis.PyQt.QtWidgets import (
    QAbstractScrollArea,
    QApplication,
    QHeaderView,
    QLineEdit,
    QScrollArea,
    QStyle,
    QTabBar,
    QWidget,
)

from remotezero_qgis.connection.wire import JobProgress, RastersProgress
from remotezero_qgis.find.many_planning import ManyRasters
from remotezero_qgis.i18n import install_translator, remove_translator
from remotezero_qgis.improve.page import ImprovePage
from remotezero_qgis.panel.banner import ERROR
from remotezero_qgis.setup.models_box import ModelsBox
from remotezero_qgis.setup.page import SetupPage
from remotezero_qgis.setup.progress_box import ProgressBox
from remotezero_qgis.setup.widget import SetupWidget

WIDTH, HEIGHT = 280, 900
# Of a column that takes the rest of the room.
ROUNDED_PX = 1
LONG = "The model mini does not know the word “unheard”; it was passed over. Ask in other words, or get a larger model."


def settle() -> None:
    """Let layouts find their places."""
    for _ in range(5):
        QApplication.processEvents()


def too_wide(page: QWidget) -> list[str]:
    """Return what does not fit: widgets narrower than they must be, and areas that scroll sideways."""
    found = []
    for widget in [page, *page.findChildren(QWidget)]:
        # Qt places the button inside a line of text itself.
        within = isinstance(widget.parentWidget(), QLineEdit)
        if not widget.isVisibleTo(page) or widget.width() == 0 or isinstance(widget, QHeaderView) or within:
            continue
        text = getattr(widget, "text", None)
        named = widget.accessibleName() or widget.objectName() or (text() if callable(text) else "")
        name = f"{type(widget).__name__} {named!r}"
        if widget.minimumSizeHint().width() > widget.width():
            found.append(f"{name} has {widget.width()} and needs {widget.minimumSizeHint().width()}")
        if widget.mapTo(page, widget.rect().topRight()).x() >= max(page.width(), WIDTH):
            found.append(f"{name} reaches beyond the edge")
        if isinstance(widget, QTabBar):
            found += cut_tabs(widget)
        if isinstance(widget, QScrollArea) and widget.widget() is not None:
            bar = (
                0 if widget.verticalScrollBar().isVisible() else widget.verticalScrollBar().sizeHint().width()
            )
            room, least = widget.viewport().width() - bar, widget.widget().minimumSizeHint().width()
            if least > room:
                found.append(f"{name} has {room} beside its scroll bar, and its page needs {least}")
        # The log alone may scroll: its lines are those of other programs.
        scrolls = isinstance(widget, QAbstractScrollArea) and not isinstance(
            widget.parentWidget(), ProgressBox
        )
        if scrolls and widget.horizontalScrollBar().maximum() > ROUNDED_PX:
            found.append(f"{name} scrolls sideways by {widget.horizontalScrollBar().maximum()}")
    return found


def cut_tabs(bar: QTabBar) -> list[str]:
    """Return the tabs whose titles do not fit."""
    style, found = bar.style(), []
    for place in range(bar.count()):
        text = bar.tabText(place)
        wide = bar.fontMetrics().horizontalAdvance(text)
        wide += style.pixelMetric(QStyle.PixelMetric.PM_TabBarTabHSpace, None, bar)
        wide += 0 if bar.tabIcon(place).isNull() else bar.iconSize().width() + 4
        if bar.tabRect(place).width() < wide:
            found.append(f"the tab {text!r} has {bar.tabRect(place).width()} and needs {wide}")
    return found


def scroll_area(dock: QWidget) -> QScrollArea:
    """Return what scrolls the page that finds."""
    return next(area for area in dock.findChildren(QScrollArea) if area.isAncestorOf(dock.question))


def narrow(page: QWidget) -> list[str]:
    """Return what does not fit when ``page`` is as narrow as a dock."""
    page.resize(WIDTH, HEIGHT)
    page.show()
    # A page of a dock is as wide as its window has it.
    page.window().resize(WIDTH, HEIGHT)
    settle()
    wide = [f"the page has {page.width()}"] if page.width() > WIDTH else []
    return wide + too_wide(page)


@pytest.fixture(params=["en", "de", "es", "fr", "pt", "zh"])
def language(qgis_app: QgsApplication, request) -> Iterator[str]:
    """Words are longer in some languages."""
    translator = install_translator(request.param)
    yield request.param
    if translator is not None:
        remove_translator(translator)


def test_the_find_page_fits_in_each_of_its_states(language, panel, wait):
    dock = panel.dock
    dock.setFloating(True)
    assert narrow(dock.widget()) == [], "at first"
    dock.resize(WIDTH, HEIGHT)
    settle()
    assert too_wide(dock.widget()) == []
    dock.scope.model_note._follow("all")
    dock.scope.set_zoom("detail", 0.5)
    dock.scope.set_place("rectangle")
    dock.banner.say(ERROR, LONG, "Search the whole raster instead")
    dock.scope.choose_verifier("http://gpu.example:8000/v1#a-model-with-a-long-name")
    assert narrow(dock.widget()) == [], "with a message"
    dock.scope.choose_verifier("")
    dock.scope.set_place("layer")
    dock.scope.set_zoom("auto", 0.0)
    dock.question.setEditText("many tanks")
    dock.scope.set_place("canvas")
    panel.find.run()
    dock.strip.set_progress(JobProgress(3, 48, 5400.0))
    assert narrow(dock.widget()) == [], "while it runs"
    wait(lambda: not panel.runs.running, "the run")
    dock.results.table.selectRow(0)
    assert narrow(dock.widget()) == [], "with results"


def test_what_a_run_warns_of_is_in_sight_wherever_the_page_stands(panel, wait):
    dock = panel.dock
    dock.setFloating(True)
    dock.resize(WIDTH, 500)
    settle()
    area = scroll_area(dock)
    dock.question.setEditText("unheard")
    panel.find.run()
    settle()
    area.verticalScrollBar().setValue(area.verticalScrollBar().maximum())
    assert area.verticalScrollBar().value() > 0
    wait(lambda: not panel.runs.running, "the run")
    settle()
    assert "passed over" in dock.banner.text
    assert dock.banner.visibleRegion().boundingRect() == dock.banner.rect()


def test_the_find_page_fits_with_several_questions_and_many_rasters(language, panel, wait, tmp_path):
    dock = panel.dock
    dock.setFloating(True)
    names = [str(make_raster(tmp_path / f"a long name of a raster that somebody gave {n}.tif")) for n in "ab"]
    for question in ("ships", LONG):
        dock.question.setEditText(question)
        dock.more_questions.click()
    panel.find.many.choose(ManyRasters("a folder with a long name, too", tuple(names)))
    assert narrow(dock.widget()) == [], "with a list of questions and of rasters"
    panel.find.run()
    dock.strip.set_progress(RastersProgress(3000, 24000, 5400.0, 4, 24, 123456))
    assert narrow(dock.widget()) == [], "while it runs"
    wait(lambda: not panel.runs.running, "the run")
    dock.results.table.selectRow(0)
    assert narrow(dock.widget()) == [], "with results"
    tall = dock.results.height()
    dock.fold.click()
    settle()
    assert narrow(dock.widget()) == [], "folded"
    assert dock.results.height() > tall
    dock.fold.click()
    assert dock.scope.isVisible()


def test_the_find_page_fits_with_two_dates_and_with_a_photograph(language, panel, project, tmp_path, wait):
    dock = panel.dock
    dock.setFloating(True)
    earlier = QgsRasterLayer(
        str(make_raster(tmp_path / "the raster of an earlier date.tif")), "an earlier date"
    )
    assert project.addMapLayer(earlier)
    dock.question.setEditText("many tanks")
    dock.scope.compare.choose(earlier)
    assert narrow(dock.widget()) == [], "with two dates"
    panel.find.run()
    wait(lambda: not panel.runs.running, "the run")
    dock.results.table.selectRow(0)
    assert dock.results.filter.change.isVisible()
    assert narrow(dock.widget()) == [], "with what changed"
    dock.scope.compare.choose(None)
    dock.scope._camera.show()
    assert narrow(dock.widget()) == [], "with a photograph"


def test_the_self_improve_page_fits_with_a_plan_and_with_a_run(language, project):
    page = ImprovePage()
    page.form.show_plan([LONG, LONG])
    assert narrow(page) == [], "the form"
    page.show_run()
    assert narrow(page) == [], "the run"


def test_the_set_up_page_fits_before_while_and_after(language, project, home, monkeypatch):
    page = SetupWidget(first_run=True)
    assert narrow(page) == [], "at first"
    page.more.setCollapsed(False)
    page.banner.say(ERROR, LONG, "Import an offline bundle…")
    assert narrow(page) == [], "with everything open"
    page.choices.hide()
    page.progress.show()
    page.progress.begin("Installing packages")
    page.progress.toggle.click()
    assert narrow(page) == [], "while it installs"
    page.shut_down()


def test_the_options_page_fits_with_each_of_its_tabs(language, project, home):
    page = SetupPage()
    for tab in range(page._tabs.count()):
        page._tabs.setCurrentIndex(tab)
        assert narrow(page) == [], page._tabs.tabText(tab)
    page.setup.shut_down()
    page.remote.shut_down()
    assert isinstance(page.models, ModelsBox)


def test_a_low_panel_scrolls_and_squeezes_no_results(panel, wait):
    """A message, a long form and a card would leave the table a line otherwise, and the card less than that."""
    dock = panel.dock
    dock.setFloating(True)
    dock.question.setEditText("many tanks")
    panel.find.run()
    wait(lambda: not panel.runs.running, "the run")
    dock.results.table.selectRow(0)
    dock.banner.say(ERROR, LONG, "Search the whole raster")
    dock.show_learning(True)
    assert dock.tabs.tabText(1) == "Learning…"
    dock.resize(WIDTH, 520)
    settle()
    area = scroll_area(dock)
    assert dock.height() <= 530
    assert area.verticalScrollBar().maximum() > 0
    assert dock.results.table.height() > 4 * dock.fontMetrics().height()
    assert too_wide(area.widget()) == []
