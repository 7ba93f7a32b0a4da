"""Help inside QGIS: F1 and the button on every page, the window that shows the manual, the algorithms' links."""

from __future__ import annotations

import re

import pytest
from qgis.core import QgsApplication
from qgis.PyQt.QtCore import Qt, QUrl
from qgis.PyQt.QtGui import QDesktopServices, QImage, QKeySequence
from qgis.PyQt.QtTest import QTest
from qgis.PyQt.QtWidgets import QAction, QToolButton, QWidget

from remotezero_qgis import manual
from remotezero_qgis.files import manual_path
from remotezero_qgis.processing.provider import RemoteZeroProvider
from remotezero_qgis.setup.page import SetupPage
from remotezero_qgis.setup.widget import SetupWidget

PAGES = sorted(path.name for path in manual_path(".").glob("*.html"))


@pytest.fixture
def in_vain(panel, iface):
    """QGIS's own F1, with how often it was reached."""
    reached = []
    action = QAction(iface.mainWindow())
    action.setShortcut(QKeySequence(Qt.Key.Key_F1))
    action.triggered.connect(lambda: reached.append(True))
    iface.mainWindow().addAction(action)
    iface.mainWindow().activateWindow()
    return reached


def press_f1(widget: QWidget) -> None:
    """Press F1 as somebody does who has just used ``widget``."""
    widget.setFocus()
    QTest.keyClick(widget, Qt.Key.Key_F1)


def help_buttons(page: QWidget) -> list[QToolButton]:
    return [
        button
        for button in page.findChildren(QToolButton)
        if button.accessibleName() == "Help for this page (F1)" and button.isVisibleTo(page)
    ]


def shown(helper: manual.Help) -> str:
    """The page that is shown, "" where none is; the window is closed again."""
    if helper.reader is None or not helper.reader.isVisible():
        return ""
    helper.reader.close()
    return helper.reader.page


def test_f1_opens_the_page_that_fits_and_leaves_qgis_its_own(panel, wait, in_vain):
    dock = panel.dock
    press_f1(dock.question)
    assert shown(dock.help) == manual.FIND
    panel.find.run()
    wait(lambda: not panel.runs.running, "the run")
    press_f1(dock.results.table)
    assert shown(dock.help) == manual.RESULTS
    dock.tabs.setCurrentWidget(dock.improve)
    press_f1(dock.improve.form.questions)
    assert shown(dock.help) == manual.SELF_IMPROVE
    assert in_vain == []
    press_f1(panel.view.canvas)
    assert shown(dock.help) == ""


def test_f1_and_the_button_work_on_the_first_page(panel, in_vain):
    panel.dock.show_setup(True)
    press_f1(panel.dock.setup.install)
    assert shown(panel.dock.setup.help) == manual.SET_UP
    press_f1(panel.dock)
    assert shown(panel.dock.help) == manual.SET_UP
    (button,) = help_buttons(panel.dock.setup)
    button.click()
    assert shown(panel.dock.setup.help) == manual.SET_UP
    assert in_vain == []
    panel.dock.setup.shut_down()


def test_a_button_beside_the_tabs_explains_the_tab_in_front(panel):
    (button,) = help_buttons(panel.dock)
    for tab, page in ((0, manual.FIND), (1, manual.SELF_IMPROVE)):
        panel.dock.tabs.setCurrentIndex(tab)
        button.click()
        assert shown(panel.dock.help) == page


def test_every_tab_of_the_options_has_its_page(project, home):
    page = SetupPage()
    page.show()
    (button,) = help_buttons(page)
    pages = (manual.SET_UP, manual.MODELS, manual.SERVERS)
    assert page._tabs.count() == len(pages)
    for tab, wanted in enumerate(pages):
        page._tabs.setCurrentIndex(tab)
        button.click()
        assert shown(page.help) == wanted
    press_f1(page.remote.address)
    assert shown(page.help) == manual.SERVERS
    page.setup.shut_down()
    page.remote.shut_down()
    page.models.shut_down()
    page.deleteLater()


def test_the_window_goes_with_its_owner(project, home):
    page = SetupWidget(first_run=True)
    page.help.open()
    assert page.help.reader.parent() is page
    assert page.help.reader.isWindow()
    page.shut_down()
    page.deleteLater()


@pytest.fixture
def reader(qgis_app):
    owner = QWidget()
    made = manual.Reader(owner)
    yield made
    owner.deleteLater()


@pytest.fixture
def opened(monkeypatch):
    """What was handed to the system."""
    urls = []
    monkeypatch.setattr(QDesktopServices, "openUrl", lambda url: urls.append(url) or True)
    return urls


@pytest.mark.parametrize("page", PAGES)
def test_every_page_is_shown_whole(reader, page):
    reader.show_page(page)
    assert reader.page == page
    text = reader.text.toPlainText()
    assert len(text) > 300
    formats = [form.toImageFormat() for form in reader.text.document().allFormats() if form.isImageFormat()]
    names = {form.name() for form in formats}
    assert names == set(re.findall(r'<img src="([^"]+)"', manual_path(page).read_text(encoding="utf-8")))
    for name in names:
        # As the window reads it: what can't be read would be an empty frame.
        assert not QImage(reader.text.source().resolved(QUrl(name)).toLocalFile()).isNull(), name


@pytest.mark.parametrize("width", [280, 500, 1200])
def test_no_picture_is_wider_than_the_window(reader, width):
    reader.resize(width, 600)
    reader.show_page("first-box.html")
    QgsApplication.processEvents()
    assert reader.text.horizontalScrollBar().maximum() == 0
    reader.resize(280, 600)
    QgsApplication.processEvents()
    assert reader.text.horizontalScrollBar().maximum() == 0


def test_places_are_jumped_to_and_the_way_back_is_kept(reader):
    reader.show_page("troubleshooting.html#AdapterError")
    QgsApplication.processEvents()
    assert reader.page == "troubleshooting.html#AdapterError"
    assert reader.text.verticalScrollBar().value() > 0
    reader.text.anchorClicked.emit(QUrl("find.html#one-at-a-time"))
    assert reader.page == "find.html#one-at-a-time"
    reader.back.trigger()
    assert reader.page == "troubleshooting.html#AdapterError"


def test_what_is_no_page_opens_elsewhere(reader, opened):
    reader.show_page(manual.FIND)
    reader.text.anchorClicked.emit(QUrl("https://example.org/"))
    assert [url.toString() for url in opened] == ["https://example.org/"]
    assert reader.page == manual.FIND


def test_every_algorithm_links_to_its_page_on_this_disk(project):
    provider = RemoteZeroProvider()
    provider.refreshAlgorithms()
    assert len(provider.algorithms()) >= 4
    for algorithm in provider.algorithms():
        url = QUrl(algorithm.helpUrl())
        assert url.isLocalFile()
        assert manual_path(url.fileName()).is_file(), algorithm.name()


def test_every_parameter_and_output_of_an_algorithm_stands_on_its_page(project):
    """Those, too, that one algorithm has from another."""
    provider = RemoteZeroProvider()
    provider.refreshAlgorithms()
    shared = {"MODEL", "ADAPTER", "NETWORK"}
    missing = []
    for algorithm in provider.algorithms():
        page = manual_path(f"processing-{algorithm.name()}.html").read_text(encoding="utf-8")
        names = {one.name() for one in (*algorithm.parameterDefinitions(), *algorithm.outputDefinitions())}
        missing += [
            f"{algorithm.name()} {name}" for name in names - shared if f'id="{name.lower()}"' not in page
        ]
        stale = set(re.findall(r'<tr id="(\w+)">', page)) - {name.lower() for name in names}
        missing += [f"{algorithm.name()} has no {name}" for name in stale]
    assert missing == []


def test_both_pages_say_when_finding_and_learning_have_to_wait(panel):
    dock = panel.dock
    assert not dock.learning.isVisibleTo(dock)
    dock.show_learning(True)
    assert dock.learning.isVisibleTo(dock)
    assert "A question waits until that has ended" in dock.learning.text()
    dock.show_learning(False)
    assert not dock.learning.isVisibleTo(dock)
    dock.tabs.setCurrentWidget(dock.improve)
    assert dock.improve.waiting.isVisibleTo(dock)
    assert "questions of the Find tab wait" in dock.improve.waiting.text()
