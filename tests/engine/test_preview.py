"""The picture of what was found: boxes where they are, in the colour of their score."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from engine.cli.preview import check_preview, score_colour, write_preview
from engine.errors import InputError, OutputExistsError
from engine.imagery.raster import open_raster
from engine.types import Feature
from tests.engine.rasters import NORTH_UP, write_raster


def feature(box: tuple[int, int, int, int], score: float) -> Feature:
    x1, y1, x2, y2 = box
    ring = [list(NORTH_UP @ corner) for corner in ((x1, y1), (x1, y2), (x2, y2), (x2, y1), (x1, y1))]
    return Feature({"type": "Polygon", "coordinates": [ring]}, {"rank": 1, "score": score, "label": "roof"})


def test_boxes_are_drawn_where_they_are(tmp_path: Path) -> None:
    path = write_raster(tmp_path / "grey.tif", [np.full((700, 800), 90, np.uint8)] * 3)
    picture_path = tmp_path / "preview.png"
    with open_raster(path) as raster:
        write_preview(picture_path, raster, [feature((100, 200, 300, 400), 1.0)], "roofs")
    picture = np.asarray(Image.open(picture_path))
    assert picture.shape[1] == 800
    assert tuple(picture[300, 100]) == tuple(picture[400, 200]) == score_colour(1.0)
    assert tuple(picture[300, 200]) == (90, 90, 90)
    assert tuple(picture[600, 700]) == (90, 90, 90)


@pytest.mark.parametrize("size", [(40, 3000), (3000, 40), (5, 5)])
def test_rasters_of_any_shape_have_a_picture(tmp_path: Path, size: tuple[int, int]) -> None:
    path = write_raster(tmp_path / "odd.tif", [np.full(size, 90, np.uint8)] * 3)
    with open_raster(path) as raster:
        write_preview(tmp_path / "odd.png", raster, [feature((1, 1, 4, 4), 0.3)], "a title " * 40)
    assert max(Image.open(tmp_path / "odd.png").size) <= 1700


def test_a_picture_that_cannot_be_written_says_so(town_tif: Path, tmp_path: Path) -> None:
    with open_raster(town_tif) as raster, pytest.raises(InputError, match="preview"):
        write_preview(tmp_path / "picture.unknown", raster, [], "nothing")


def test_colours_go_with_the_score() -> None:
    assert len({score_colour(score / 10) for score in range(11)}) == 11
    assert score_colour(-1) == score_colour(0)
    assert score_colour(2) == score_colour(1)


def test_a_preview_takes_nothings_place(tmp_path):
    raster, picture = tmp_path / "scene.png", tmp_path / "preview.png"
    for path in (raster, picture):
        path.write_bytes(b"something")
    with pytest.raises(InputError, match="place of"):
        check_preview(raster, [raster], overwrite=True)
    with pytest.raises(OutputExistsError):
        check_preview(picture, [raster], overwrite=False)
    check_preview(picture, [raster], overwrite=True)
