"""The report is one file that needs nothing else, and says nothing that was not measured."""

from __future__ import annotations

import base64
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PIL import Image

from engine.evaluate.pages import line_plot
from trainer.report import write_report


class Tags(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.seen: list[tuple[str, dict[str, str | None]]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.seen.append((tag, dict(attrs)))


@pytest.fixture
def data(tmp_path: Path) -> dict[str, Any]:
    pictures = []
    for side in ("before", "after"):
        path = tmp_path / f"{side}.jpg"
        Image.fromarray(np.zeros((8, 8, 3), dtype=np.uint8)).save(path)
        pictures.append(path)
    summary = {"reward": 0.4, "wrong_yes": 0.1, "wrong_boxes": 0.0, "empty": 0.0}
    curve = [{"step": float(i), "seconds": 3.0 * i, "reward": i / 500, "entropy": 1.0} for i in range(400)]
    entry = {
        "round": 1,
        "promoted": False,
        "gain": 0.05,
        "reason": "Refused: <b>the</b> reward fell.",
        "controls": [
            {"name": "yes to wrong queries", "before": 0.1, "after": 0.4, "limit": 0.02, "worse": True}
        ],
        "before": summary,
        "after": {**summary, "reward": 0.5},
        "curve": [*curve, {"step": 9.0, "seconds": 30.0, "held_out": 0.45}],
        "pictures": [
            {
                "query": "the <ship>",
                "before": str(pictures[0]),
                "after": str(pictures[1]),
                "score_before": 0.1,
            }
        ],
    }
    return {
        "model": "mini",
        "rasters": ["a & b.tif"],
        "queries": ["the <ship>"],
        "settings": {"reward": "paper", "seed": 0},
        "calibration": {
            "margin": 0.25,
            "rule": {"weight": 0.5, "allowed": 0.1},
            "separation": {"0.25": 0.9},
            "price": {},
            "trusted": 10,
        },
        "trial": {
            "boxes": 40,
            "separation": {"elsewhere": 0.91},
            "needed": {"elsewhere": 0.65},
            "questions": {"the <ship>": 0.9},
            "disagreement": 0.25,
            "disputed": [
                {"query": "a <pier>", "score": 0.91, "second": 0.07, "picture": str(pictures[0])},
                {"query": "gone", "score": 0.9, "second": 0.1, "picture": str(tmp_path / "gone.jpg")},
            ],
        },
        "chips": {"train": 10, "held": 4},
        "pairs": {"train": 20, "held": 8, "absent": 3},
        "rounds": [entry],
    }


def test_the_report_stands_alone(tmp_path: Path, data: dict[str, Any]) -> None:
    text = write_report(tmp_path, data).read_text(encoding="utf-8")
    tags = Tags()
    tags.feed(text)
    names = {tag for tag, _ in tags.seen}
    assert "script" not in names
    assert "link" not in names
    sources = [attributes["src"] or "" for tag, attributes in tags.seen if tag == "img"]
    assert len(sources) == 3
    assert all(source.startswith("data:image/jpeg;base64,") for source in sources)
    assert base64.b64decode(sources[0].partition(",")[2])[:2] == b"\xff\xd8"
    assert "the &lt;ship&gt;" in text
    assert "&lt;b&gt;the" in text
    assert text.count("<svg") == 4
    assert "worse" in text
    assert "elsewhere 0.91 (needed: 0.65)" in text
    assert "disagrees on 25%" in text
    assert "a &lt;pier&gt;: 0.91 by the verifier that was learned from, 0.07 by the model's own" in text
    assert "gone" not in text, "a picture that is gone leaves no hole"


def test_a_run_without_rounds_has_a_report_too(tmp_path: Path, data: dict[str, Any]) -> None:
    text = write_report(tmp_path, {**data, "rounds": [], "calibration": {}, "trial": {}}).read_text(
        encoding="utf-8"
    )
    assert "No round was finished." in text


def test_plots_hold_their_points_inside_the_frame() -> None:
    svg = line_plot("t", "x", [("a", [(0.0, 5.0), (1.0, 7.0)]), ("b", [(0.5, 6.0)])])
    tags = Tags()
    tags.feed(svg)
    circles = [attributes for tag, attributes in tags.seen if tag == "circle"]
    assert len(circles) == 3
    assert all(0 < float(c["cx"] or 0) < 520 and 0 < float(c["cy"] or 0) < 220 for c in circles)
    assert "nothing was measured" in line_plot("t", "x", [("a", [])])
    assert "NaN" not in line_plot("t", "x", [("a", [(1.0, 1.0)])])
