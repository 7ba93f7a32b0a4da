"""Questions that only a comparison answers are taken apart, and the one that is meant is measured."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
import rasterio.crs
from affine import Affine

from engine.imagery.ground_plane import Ground
from engine.imagery.raster import open_raster
from engine.language.comparing import comparison_of, every
from engine.language.prompts import question_text
from engine.search.pipeline import Search, SearchOptions, conclude, locate, plan
from engine.search.singling import measured, one_each, singled_out, sought
from engine.types import Chip, Detection, Query, Window
from tests.engine.fakes import SPEC, FakePolicy, FakeVerifier, box_text
from tests.engine.rasters import write_raster

NORTH_UP = Affine(2.0, 0.0, 500_000.0, 0.0, -2.0, 5_000_000.0)
UTM = rasterio.crs.CRS.from_epsg(32632).to_wkt()
WGS84 = rasterio.crs.CRS.from_epsg(4326).to_wkt()
WINDOW = Window(0, 0, 256, 256, 256, 256, 0, "detail")
FLAT = Ground.of(NORTH_UP, UTM, 2.0, 1000, 1000)


def detection(box: tuple[float, ...], score: float = 0.9, query: str = "the largest ship") -> Detection:
    return Detection(box, score, "ship", "", query, WINDOW, 2.0)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("question", "measure", "plain"),
    [
        ("the largest ship", "largest", "the ship"),
        ("find the BIGGEST storage tank", "largest", "find the storage tank"),
        ("the smallest red building", "smallest", "the red building"),
        ("the northernmost tent", "north", "the tent"),
        ("locate the easternmost pier", "east", "locate the pier"),
        ("das größte Schiff", "largest", "das Schiff"),
        ("wo ist das südlichste Gebäude", "south", "wo ist das Gebäude"),
        ("le plus grand navire", "largest", "navire"),
        ("le navire le plus au nord", "north", "le navire"),
        ("el barco más pequeño", "smallest", "el barco"),
        ("el mayor edificio", "largest", "el edificio"),
        ("o maior navio", "largest", "o navio"),
        ("o navio mais a oeste", "west", "o navio"),
        ("最大的船", "largest", "船"),
        ("最南边的飞机", "south", "飞机"),
        ("the largest bus", "largest", "the bus"),
    ],
)
def test_what_singles_one_out_is_told_from_what_is_sought(question: str, measure: str, plain: str) -> None:
    found = comparison_of(question)
    assert found is not None
    assert (found.measure, found.plain) == (measure, plain)


@pytest.mark.parametrize(
    ("question", "plain"),
    [
        ("the ship next to the bridge", "the ship"),
        ("the car park nearest the storage tank", "the car park"),
        ("the tree left of the house", "the tree"),
        ("das Schiff neben der Brücke", "das Schiff"),
        ("le navire à côté du pont", "le navire"),
        ("el barco junto al muelle", "el barco"),
        ("o navio ao lado da ponte", "o navio"),
        ("桥旁边的船", "船"),
    ],
)
def test_a_relation_has_no_measure(question: str, plain: str) -> None:
    found = comparison_of(question)
    assert found is not None
    assert (found.measure, found.plain) == (None, plain)


@pytest.mark.parametrize(
    "question",
    [
        "all ships", "the red ship", "the ships", "the largest ships", "the two largest ships", "die größten Schiffe",
        "los barcos más grandes", "les plus grands navires", "what carries goods by road ?", "the largest",
        "the nearest ship", "la mayoría de los barcos", "the building in the north west", "most ships", "",
        "the Maiorca ferry",
    ],
)  # fmt: skip
def test_all_other_questions_stay_as_they_are(question: str) -> None:
    assert comparison_of(question) is None
    assert sought(Query(question)) == Query(question)


def test_all_that_could_be_meant_is_asked_for_in_the_models_words() -> None:
    from dataclasses import replace

    closed = replace(SPEC, words=("the", "every", "ship"), synonyms={"das": "the", "schiff": "ship"})
    assert every("the ship", SPEC) == Query("every ship")
    assert every("find the ship", SPEC) == Query("every ship")
    assert question_text(closed, every("das Schiff", closed)) == "every ship"
    assert every("le navire", SPEC) == Query("le navire")


def test_sizes_are_those_on_the_ground() -> None:
    """Twice the pixels at 60 degrees north are as large as once at the equator: in degrees pixels get narrow."""
    degrees = Ground.of(Affine(1e-3, 0, 0, 0, -1e-3, 61.0), WGS84, 100.0, 10, 61_000)
    north, south = (0.0, 990.0, 15.0, 1010.0), (0.0, 60_990.0, 10.0, 61_000.0)
    areas = measured([north, south], "largest", degrees)
    assert areas[0] / areas[1] == pytest.approx(3 * np.cos(np.radians(60)), rel=0.01)
    assert measured([north, south], "smallest", degrees).tolist() == (-areas).tolist()


@pytest.mark.parametrize(
    ("transform", "north", "east"),
    [
        (NORTH_UP, (40, 0, 50, 10), (90, 50, 100, 60)),
        (Affine(2.0, 0, 0, 0, 2.0, 0), (0, 90, 10, 100), (90, 50, 100, 60)),
        (Affine(0, 2.0, 0, -2.0, 0, 0), (0, 90, 10, 100), (0, 90, 10, 100)),
        (Affine.identity(), (40, 0, 50, 10), (90, 50, 100, 60)),
    ],
    ids=["north up", "south up", "turned", "no place"],
)
def test_directions_are_those_of_the_map(
    transform: Affine, north: tuple[float, ...], east: tuple[float, ...]
) -> None:
    boxes = [(40, 0, 50, 10), (90, 50, 100, 60), (0, 90, 10, 100)]
    ground = Ground.of(transform, None, None, 100, 100)
    for measure, meant in (("north", north), ("east", east)):
        assert boxes[singled_out(boxes, [0.9] * 3, measure, ground, 0.5)] == meant
    for measure, opposite in (("south", north), ("west", east)):
        assert boxes[singled_out(boxes, [0.9] * 3, measure, ground, 0.5)] != opposite


def test_what_is_hardly_a_ship_is_not_the_largest_ship() -> None:
    ship, warehouse = (0.0, 0.0, 20.0, 10.0), (50.0, 50.0, 150.0, 150.0)
    assert singled_out([warehouse, ship], [0.2, 0.9], "largest", FLAT, 0.5) == 1
    assert singled_out([warehouse, ship], [0.6, 0.9], "largest", FLAT, 0.5) == 0
    assert singled_out([warehouse, ship], [0.2, 0.3], "largest", FLAT, 0.5) == 1, "none is believed: the best"


def test_one_is_left_of_each_question_that_means_one_and_it_is_said() -> None:
    small, large = (0.0, 0.0, 20.0, 10.0), (50.0, 50.0, 90.0, 80.0)
    found = [
        detection(small, 0.95), detection(large, 0.7), detection((0, 0, 200, 200), 0.1),
        detection(small, query="all ships"), detection(large, query="all ships"),
        detection(small, query="the ship next to the pier"), detection(large, query="the ship next to the pier"),
    ]  # fmt: skip
    kept, notes = one_each(found, FLAT, 0.5)
    assert [d.xyxy_src for d in kept if d.query == "the largest ship"] == [large]
    assert len([d for d in kept if d.query == "all ships"]) == 2
    assert len([d for d in kept if d.query == "the ship next to the pier"]) == 2
    assert len(notes) == 1
    assert "one of 2 boxes for “the ship”" in notes[0]
    assert one_each([], FLAT, 0.5) == ([], [])


def test_over_many_windows_the_largest_is_one(tmp_path: Path) -> None:
    """Each window has a largest ship of its own; the raster has one, and crops are asked what they can show."""
    pixels = np.random.default_rng(0).integers(1, 255, (512, 512), dtype=np.uint8)
    path = write_raster(tmp_path / "wide.tif", [pixels] * 3)
    policy = FakePolicy()

    def script(chip: Chip, query: Query) -> None:
        """Each window has one box, a little wider from window to window."""
        assert isinstance(chip.rectangle, Window)
        width = 40 + 13 * chip.rectangle.index
        policy.enqueue("[]" if chip.rectangle.level == "overview" else box_text((300, 300, 300 + width, 400)))

    policy.before_answer = script
    asked: list[str] = []
    verifier = FakeVerifier(lambda crop, query: asked.append(query.text) or 0.9)
    query = Query("the largest ship")
    with open_raster(path) as raster:
        search = Search(raster, policy, verifier, SearchOptions(batch_size=4), lambda: False)
        windows = plan(search, [query])
        found = [d for batch in locate(search, [query], windows) for w in batch for d in w.detections]
        final, _ = one_each(conclude(search, found, windows), FLAT, 0.5)
    assert len(found) > 4
    assert len(final) == 1
    widest = max(found, key=lambda d: d.xyxy_src[2] - d.xyxy_src[0])
    assert final[0].xyxy_src == widest.xyxy_src
    assert set(asked) == {"the ship"}
    put = [asked_query.text for chip, asked_query in policy.asked if chip.rectangle == windows[0]]
    assert put == ["the largest ship", "every ship"], (
        "measuring tells better than the policy, from all of them"
    )
