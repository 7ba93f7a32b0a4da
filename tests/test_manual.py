"""The manual: every link leads to a shipped page and place, every picture is there, every error has its next step."""

from __future__ import annotations

import ast
import re
from html.parser import HTMLParser
from pathlib import Path

import pytest

from engine import errors
from tools.package_plugin import manual

ROOT = Path(__file__).resolve().parent.parent
FOLDER = ROOT / "docs" / "manual"
PLUGIN = ROOT / "remotezero_qgis"
PAGES = sorted(path.name for path in FOLDER.glob("*.html"))
# What QTextBrowser shows as it is meant.
TAGS = {
    "html", "head", "meta", "title", "link", "body", "h1", "h2", "h3", "p", "ul", "ol", "li", "a", "b", "i",
    "code", "pre", "img", "table", "tr", "th", "td", "br", "hr",
}  # fmt: skip
EMPTY = {"meta", "link", "img", "br", "hr"}
# Raised inside, and never shown to anybody.
INWARD = {"RemoteZeroError"}
SHORT_WORDS = 24
WIDEST_PX = 760


class Page(HTMLParser):
    """One page, read: places, links, pictures, words, and what is not closed."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self.places: list[str] = []
        self.links: list[str] = []
        self.pictures: list[dict[str, str | None]] = []
        self.sheets: list[str] = []
        self.tags: set[str] = set()
        self.faults: list[str] = []
        self.text = ""
        self._open: list[str] = []
        self.feed((FOLDER / name).read_text(encoding="utf-8"))
        self.faults += [f"<{tag}> is not closed" for tag in self._open]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = dict(attrs)
        self.tags.add(tag)
        if tag not in EMPTY:
            self._open.append(tag)
        if values.get("id"):
            self.places.append(str(values["id"]))
        if tag == "a" and values.get("href"):
            self.links.append(str(values["href"]))
        if tag == "img":
            self.pictures.append(values)
        if tag == "link":
            self.sheets.append(str(values["href"]))

    def handle_endtag(self, tag: str) -> None:
        if not self._open or self._open.pop() != tag:
            self.faults.append(f"</{tag}> on line {self.getpos()[0]} closes nothing")

    def handle_data(self, data: str) -> None:
        if "pre" not in self._open:
            self.text += data


@pytest.fixture(scope="module")
def pages() -> dict[str, Page]:
    return {name: Page(name) for name in PAGES}


@pytest.fixture(scope="module")
def shipped() -> set[str]:
    return {name.removeprefix("manual/") for name, _ in manual()}


def test_pages_are_whole_and_of_tags_that_qgis_shows(pages: dict[str, Page]) -> None:
    assert len(pages) > 10
    assert {name: page.faults for name, page in pages.items() if page.faults} == {}
    assert {name: page.tags - TAGS for name, page in pages.items() if page.tags - TAGS} == {}
    assert not [name for name, page in pages.items() if len(page.places) != len(set(page.places))]


def test_every_link_leads_to_a_shipped_page_and_place(pages: dict[str, Page], shipped: set[str]) -> None:
    lost = []
    for name, page in pages.items():
        for link in page.links:
            target, _, place = link.partition("#")
            target = target or name
            if target not in shipped or (place and place not in pages[target].places):
                lost.append(f"{name}: {link}")
    assert lost == []


def test_every_picture_and_sheet_is_shipped_and_described(pages: dict[str, Page], shipped: set[str]) -> None:
    shown = set()
    for name, page in pages.items():
        assert set(page.sheets) == {"manual.css"}, name
        for picture in page.pictures:
            shown.add(picture["src"])
            assert picture["src"] in shipped, name
            assert len(picture["alt"] or "") > 10, f"{name}: {picture['src']}"
            assert 100 <= int(picture["width"] or 0) <= WIDEST_PX, f"{name}: {picture['src']}"
    assert {name for name in shipped if name.endswith(".png")} == shown
    assert "manual.css" in shipped


def test_nothing_is_fetched_from_elsewhere() -> None:
    """It has to be read where there is no network."""
    for path in FOLDER.glob("*.*"):
        assert "://" not in path.read_text(encoding="utf-8"), path.name


def test_every_page_is_reached_from_the_contents(pages: dict[str, Page]) -> None:
    assert {link.partition("#")[0] for link in pages["index.html"].links} >= set(PAGES) - {"index.html"}
    assert [name for name, page in pages.items() if "index.html" not in page.links] == ["index.html"]


def test_sentences_are_short(pages: dict[str, Page]) -> None:
    """Counted over a page: a long sentence now and then is no fault."""
    long = {}
    for name, page in pages.items():
        sentences = [part.split() for part in re.split(r"[.:;!?]\s", page.text) if part.split()]
        mean = sum(map(len, sentences)) / len(sentences)
        if mean > SHORT_WORDS:
            long[name] = mean
    assert long == {}


def named_pages() -> set[str]:
    """The pages that the panel names."""
    tree = ast.parse((PLUGIN / "manual.py").read_text(encoding="utf-8"))
    return {
        node.value.value
        for node in tree.body
        if isinstance(node, ast.Assign)
        and isinstance(node.value, ast.Constant)
        and str(node.value.value).endswith(".html")
    }


def test_every_page_that_the_panel_names_is_there() -> None:
    assert len(named_pages()) == 7
    assert named_pages() <= set(PAGES)


def algorithms() -> dict[str, Path]:
    """The ids of all Processing algorithms, read from their classes, and the files that these are in."""
    found = {}
    for path in (PLUGIN / "processing").glob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.ClassDef) and node.name.endswith("Algorithm"):
                found |= {
                    part.body[-1].value.value: path
                    for part in node.body
                    if isinstance(part, ast.FunctionDef)
                    and part.name == "name"
                    and isinstance(part.body[-1], ast.Return)
                    and isinstance(part.body[-1].value, ast.Constant)
                }
    return found


def test_every_algorithm_has_its_page(pages: dict[str, Page]) -> None:
    assert {"locate", "verify", "export", "improve"} <= set(algorithms())
    assert {f"processing-{name}.html" for name in algorithms()} <= set(PAGES)


def test_every_parameter_of_an_algorithm_stands_on_its_page(pages: dict[str, Page]) -> None:
    missing = {}
    for name, path in algorithms().items():
        code = path.read_text(encoding="utf-8")
        declared = set(re.findall(r"QgsProcessing(?:Parameter|Output)\w+\(\s*\"([A-Z_]+)\"", code))
        assert declared, name
        absent = {key for key in declared if key.lower() not in pages[f"processing-{name}.html"].places}
        if absent:
            missing[name] = absent
    assert missing == {}


def causes() -> set[str]:
    """The kinds of set-up error, from the table in the plugin and from where they are raised."""
    found = set()
    for path in (PLUGIN / "setup").glob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and getattr(node.func, "id", "") in ("Cause", "SetupError"):
                first = node.args[0] if node.args else None
                if isinstance(first, ast.Constant):
                    found.add(first.value)
    return found


def test_every_set_up_error_has_its_next_step(pages: dict[str, Page]) -> None:
    assert {"offline", "disk_full", "unknown"} <= causes()
    assert sorted(kind for kind in causes() if kind not in pages["troubleshooting.html"].places) == []


def test_every_error_of_the_engine_has_its_next_step(pages: dict[str, Page]) -> None:
    classes = {
        name
        for name, value in vars(errors).items()
        if isinstance(value, type) and issubclass(value, errors.RemoteZeroError)
    }
    wanted = (classes - INWARD) | {"JobInterruptedError", "InternalError", "TokenError", "HostError"}
    assert sorted(name for name in wanted if name not in pages["troubleshooting.html"].places) == []


def test_every_error_of_the_plugin_has_its_next_step(pages: dict[str, Page]) -> None:
    """Wherever it is defined, down to errors of errors."""
    bases = {
        node.name: {base.id for base in node.bases if isinstance(base, ast.Name)}
        for path in PLUGIN.rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.ClassDef)
    }
    classes = {"EngineError"}
    while grown := {name for name, above in bases.items() if above & classes} - classes:
        classes |= grown
    assert {"EngineMissingError", "RastersError", "AssetError"} <= classes
    wanted = classes - {"EngineError"}
    assert sorted(name for name in wanted if name not in pages["troubleshooting.html"].places) == []
