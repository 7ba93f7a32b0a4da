"""Real pictures as training chips: what their partial labels say, and never more."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
import torch
from PIL import Image

from engine.catalogue.models import find_model
from engine.errors import InputError
from engine.evaluate.cases import cases_of
from engine.evaluate.overlap import box_iou
from engine.evaluate.samples import Answer, Sample
from trainer.lab.mini import vocabulary
from trainer.lab.mini.architecture import CHIP_PX, CROP_PX, build_model, save_checkpoint, start_from
from trainer.lab.mini.card import SOURCES, write_card
from trainer.lab.mini.data import BatchMaker, dense_target, open_kinds
from trainer.lab.mini.dialogue import Packer, TurnWriter
from trainer.lab.mini.losses import DenseHeads
from trainer.lab.mini.measure_drawn import drawn_table
from trainer.lab.mini.measure_photos import SHOWN, figures, fitted_line, table
from trainer.lab.mini.optimizers import Muon, orthogonal
from trainer.lab.mini.photo_turns import MOST_LISTED, PhotoTurns
from trainer.lab.photos import ALL_KINDS, PhotoView, ViewMaker, load_photos
from trainer.lab.photos.kinds import TOLD_KINDS
from trainer.lab.photos.paste import cut_out, paste
from trainer.lab.photos.sets import PSEUDO_SET
from trainer.lab.photos.views import SHARES, spoilt, turned_view, window_view
from trainer.lab.scenes import KINDS, SceneObject, render_scene, scene_rng

ROOT = Path(__file__).resolve().parents[2]
REAL = ROOT.parent / "shared" / "data" / "real"


def record(name: str, **fields: object) -> dict[str, object]:
    return {"image": f"images/{name}.png", "width": 256, "height": 256, "gsd_m": 0.3, "boxes": [], **fields}


@pytest.fixture
def sets(tmp_path):
    """Two sets: scene classes without boxes, and boxed tiles of which tanks are complete."""
    lines = {
        "ucmerced": [record(f"beach{n:02}", **{"class": "beach"}) for n in (1, 2, 40)]
        + [record("storagetanks05", **{"class": "storagetanks"})],
        "ucm_boxes": [
            record(
                f"storagetanks{n:02}",
                **{"class": "storagetanks"},
                boxes=[{"xyxy": [60, 80, 120, 140], "label": "storage tank"}],
                complete_for=["storage tank"],
            )
            for n in (5, 6, 41)
        ],
        "urban_trees_naip": [
            record(
                f"{place}_1",
                place=place,
                boxes=[
                    {"xyxy": [10, 10, 30, 30], "label": "tree"},
                    {"xyxy": [50, 60, 70, 80], "label": "chair"},
                ],
                complete_for=["tree"],
            )
            for place in ("chico", "riverside")
        ],
    }
    for name, records in lines.items():
        folder = tmp_path / name / "images"
        folder.mkdir(parents=True)
        (tmp_path / name / "labels.jsonl").write_text("".join(json.dumps(r) + "\n" for r in records))
        for r in records:
            pixels = np.full((256, 256, 3), 90, np.uint8)
            for box in r["boxes"]:
                x1, y1, x2, y2 = box["xyxy"]
                pixels[y1:y2, x1:x2] = 250
            Image.fromarray(pixels).save(tmp_path / name / r["image"])
    return tmp_path


def test_places_are_trained_on_or_measured_on_never_both(sets):
    train, test = load_photos(sets, "train"), load_photos(sets, "test")
    assert {p.path.stem for p in test} == {"beach40", "storagetanks41", "riverside_1"}
    assert not {p.path for p in train} & {p.path for p in test}
    assert {p.path.stem for p in train} >= {"beach01", "beach02", "storagetanks06", "chico_1"}


def test_a_tile_that_is_boxed_is_not_also_there_without_its_boxes(sets):
    tiles = [p for p in load_photos(sets, "train") if p.path.stem == "storagetanks05"]
    assert [p.source for p in tiles] == ["ucm_boxes"]


def test_only_what_is_complete_is_ever_absent(sets):
    photos = {p.path.stem: p for p in load_photos(sets, "train")}
    assert photos["chico_1"].complete == {"tree"}
    assert [o.kind for o in photos["chico_1"].objects] == ["tree"]
    assert "storage tank" in photos["storagetanks05"].complete
    assert "building" not in photos["storagetanks05"].complete
    assert "airplane" in photos["beach01"].complete
    assert "boat" not in photos["beach01"].complete


def test_a_folder_without_sets_is_told(tmp_path):
    with pytest.raises(InputError, match=r"labels\.jsonl"):
        load_photos(tmp_path, "train")


def test_what_is_cut_by_the_window_is_neither_there_nor_absent(sets):
    photo = next(p for p in load_photos(sets, "train") if p.path.stem == "storagetanks05")
    whole = window_view(photo, (0, 0, 256, 256), 256)
    assert [o.xyxy_px for o in whole.objects] == [(60, 80, 120, 140)]
    assert "storage tank" in whole.complete
    closer = window_view(photo, (40, 60, 168, 188), 256)
    assert closer.objects[0].xyxy_px == pytest.approx((40, 40, 160, 160))
    assert closer.pixels[100, 100].tolist() == [250] * 3
    cut = window_view(photo, (110, 0, 238, 128), 256)
    assert cut.objects == ()
    assert "storage tank" not in cut.complete
    beside = window_view(photo, (128, 0, 256, 128), 256)
    assert "storage tank" in beside.absent()


@pytest.mark.parametrize("turns", range(4))
@pytest.mark.parametrize("mirrored", [False, True])
def test_boxes_turn_with_the_pixels(sets, turns, mirrored):
    photo = next(p for p in load_photos(sets, "train") if p.path.stem == "storagetanks05")
    view = turned_view(window_view(photo, (0, 0, 256, 256), 256), turns, mirrored)
    rows, columns = np.nonzero(view.pixels[..., 0] > 200)
    seen = (columns.min(), rows.min(), columns.max() + 1, rows.max() + 1)
    assert view.objects[0].xyxy_px == pytest.approx(seen, abs=1)


def test_views_are_whole_and_the_same_for_the_same_numbers(sets):
    maker = ViewMaker(load_photos(sets, "train"), CHIP_PX)
    for number in range(40):
        view = maker.make(np.random.default_rng(number))
        again = maker.make(np.random.default_rng(number))
        assert view.pixels.shape == (CHIP_PX, CHIP_PX, 3)
        assert np.array_equal(view.pixels, again.pixels)
        assert view.objects == again.objects
        for o in view.objects:
            x1, y1, x2, y2 = o.xyxy_px
            assert 0 <= x1 < x2 <= CHIP_PX
            assert 0 <= y1 < y2 <= CHIP_PX


def test_light_and_quality_change_but_no_place_does():
    pixels = np.zeros((64, 64, 3), np.uint8)
    pixels[:, 32:] = 220
    for number in range(20):
        result = spoilt(pixels, np.random.default_rng(number)).astype(float).mean(axis=(0, 2))
        assert result[40:].mean() > result[:24].mean() + 40


def test_a_pasted_object_is_where_its_box_says():
    source = np.full((100, 100, 3), 60, np.uint8)
    source[30:60, 40:80] = 240
    for turns in range(4):
        ground = np.full((200, 200, 3), 60, np.uint8)
        piece = cut_out(source, (40, 30, 80, 60), 1.5, turns, mirrored=turns % 2 == 1)
        box = paste(ground, piece, (), np.random.default_rng(turns))
        rows, columns = np.nonzero(ground[..., 0] > 150)
        assert box is not None
        assert box_iou(box, (columns.min(), rows.min(), columns.max() + 1.0, rows.max() + 1.0)) > 0.85


def test_nothing_is_pasted_over_what_is_boxed():
    ground = np.full((64, 64, 3), 60, np.uint8)
    piece = cut_out(np.full((40, 40, 3), 200, np.uint8), (5, 5, 35, 35), 1.0, 0, False)
    assert paste(ground, piece, [(0.0, 0.0, 64.0, 64.0)], np.random.default_rng(0)) is None
    assert (ground == 60).all()


@pytest.fixture(scope="module")
def writer():
    return TurnWriter(vocabulary.build_tokenizer())


def view_of(objects: dict[str, int], complete: set[str], scene: str = "") -> PhotoView:
    placed = [
        SceneObject(kind, None, (20.0 * n, 30.0 * row, 20.0 * n + 16, 30.0 * row + 16), 0.0, 16.0)
        for row, (kind, count) in enumerate(objects.items())
        for n in range(count)
    ]
    return PhotoView(np.zeros((256, 256, 3), np.uint8), tuple(placed), frozenset(complete), scene)


def said(writer: TurnWriter, ids: tuple[int, ...]) -> str:
    return str(writer._tokenizer.decode(ids))


def test_a_photo_is_never_asked_for_what_its_labels_do_not_tell(writer):
    view = view_of({"airplane": 3, "car": 2}, {"airplane", "tennis court"})
    known = {"airplane", "airplanes", "car", "cars", "tennis court", "tennis courts"}
    for number in range(60):
        for turn in PhotoTurns(writer).over_chip(view, np.random.default_rng(number), 6):
            question, answer = said(writer, turn.question), said(writer, turn.answer)
            if question.startswith("locate"):
                assert any(word in question for word in known)
                assert ("tennis" in question) == answer.endswith("[]")
            if turn.p_yes == 0.0:
                assert "tennis" in question


def test_a_crop_is_no_clear_no_to_what_may_go_by_its_name(writer):
    view = view_of({"boat": 4}, {"boat"})
    for number in range(120):
        _, turns = PhotoTurns(writer).over_crop(view, np.random.default_rng(number), 4, CROP_PX)
        for turn in turns:
            question = said(writer, turn.question)
            if turn.p_yes == 0.0:
                assert "ship" not in question
                assert "jet ski" not in question


def test_a_crowded_answer_is_learned_without_an_end(writer):
    view, packer = view_of({"tree": MOST_LISTED}, {"tree"}), Packer(writer._tokenizer, 8)
    crowded = PhotoView(view.pixels, (*view.objects, *view.objects), view.complete, "")
    end = writer._tokenizer.convert_tokens_to_ids("<|im_end|>")
    for shown, ends in ((view, True), (crowded, False)):
        turn = PhotoTurns(writer)._located(shown, "tree", "all trees")
        assert said(writer, turn.answer).count("bbox_2d") == MOST_LISTED
        assert said(writer, turn.answer).endswith("]") == ends
        assert (packer.pack([[turn]]).labels[-1] == end) == ends


def test_every_word_of_a_photo_is_in_the_vocabulary(writer):
    unknown = writer._tokenizer.unk_token_id
    for kind in ALL_KINDS:
        view = view_of({kind: 2}, set(ALL_KINDS), "beach")
        rng = np.random.default_rng(0)
        turns = (
            PhotoTurns(writer).over_chip(view, rng, 6)
            + PhotoTurns(writer).over_crop(view, rng, 4, CROP_PX)[1]
        )
        for turn in turns:
            assert unknown not in (*turn.question, *turn.answer), (kind, said(writer, turn.question))


def test_bare_tokens_learn_only_what_is_complete():
    tokenizer = vocabulary.build_tokenizer()
    heads = DenseHeads(tokenizer, 16)
    embedding = torch.randn(len(tokenizer), 16)
    tokens = torch.randn(4, 16, requires_grad=True)
    target = torch.from_numpy(dense_target((), 64))
    open_to_all = torch.from_numpy(np.repeat(open_kinds(())[None], 4, axis=0))
    loss, _ = heads.loss(tokens, embedding, target, open_to_all)
    assert loss.item() == pytest.approx(0, abs=1e-5)
    closed = torch.from_numpy(np.repeat(open_kinds(ALL_KINDS)[None], 4, axis=0))
    loss, _ = heads.loss(tokens, embedding, target, closed)
    assert loss.item() > 0.1
    tank = open_kinds({"storage tank"})
    assert tank[0]
    assert [kind for kind, may in zip(ALL_KINDS, tank[1:], strict=True) if not may] == ["storage tank"]


def test_a_batch_holds_drawn_and_real_chips(sets, writer):
    tokenizer = writer._tokenizer
    maker = BatchMaker(writer, Packer(tokenizer, 8), Packer(tokenizer, 4))
    views = [ViewMaker(load_photos(sets, "train"), CHIP_PX).make(np.random.default_rng(n)) for n in range(3)]
    scenes = [render_scene(scene_rng("home", "train", n)) for n in range(2)]
    batch = maker.make(scenes, views, np.random.default_rng(0), turns=4, crops_per_chip=2)
    assert batch.chips.shape == (5, CHIP_PX, CHIP_PX, 3)
    assert batch.dense.shape == (5 * 64, 6)
    assert batch.open.shape == (5 * 64, 1 + len(ALL_KINDS))
    assert batch.crops is not None
    assert len(batch.crops) == 10
    drawn = batch.open[0]
    assert [kind for kind, may in zip(ALL_KINDS, drawn[1:], strict=True) if may and kind in KINDS] == sorted(
        scenes[0].clutter_kinds, key=ALL_KINDS.index
    )
    assert all(drawn[1 + ALL_KINDS.index(kind)] for kind in ("tree", "car", "water"))


def test_a_model_goes_on_from_another_with_more_words(tmp_path):
    tokenizer = vocabulary.build_tokenizer()
    first = build_model(tokenizer, seed=3)
    save_checkpoint(first, tokenizer, tmp_path)
    second = build_model(tokenizer, seed=4)
    start_from(second, tokenizer, tmp_path)
    before, after = first.state_dict(), second.state_dict()
    assert all(torch.allclose(before[key], after[key], atol=0.02) for key in before)


def test_updates_of_matrices_are_nearly_orthogonal():
    singular = torch.linalg.svdvals(
        orthogonal(torch.randn(2, 32, 8, generator=torch.Generator().manual_seed(0)))
    )
    assert singular.min() > 0.5
    assert singular.max() < 1.5
    matrix = torch.nn.Parameter(torch.eye(8))
    optimizer = Muon([matrix], lr=0.1, weight_decay=0.0)
    for _ in range(60):
        optimizer.zero_grad()
        ((matrix - 2 * torch.eye(8)) ** 2).sum().backward()
        optimizer.step()
    assert (matrix - 2 * torch.eye(8)).abs().max() < 0.3


BOX, NEAR, FAR = (0.0, 0.0, 10.0, 10.0), (0.0, 0.0, 10.0, 9.0), (50.0, 50.0, 60.0, 60.0)


def asked_of(*found: tuple[tuple[tuple[float, ...], ...], tuple[tuple[float, ...], ...], tuple[float, ...]]):
    """Pictures with their true boxes, found boxes and scores, as measured questions about ships."""
    samples = [
        Sample(str(n), "a.png", "all ships", truth, "ship", str(n)) for n, (truth, _, _) in enumerate(found)
    ]
    answers = {
        str(n): Answer(str(n), boxes, scores, ("",) * len(boxes))
        for n, (_, boxes, scores) in enumerate(found)
    }
    return cases_of(samples, answers, SHOWN)


def test_a_true_box_is_found_once_and_empty_pictures_count():
    result = figures(asked_of(((BOX,), (BOX, NEAR), (0.9, 0.8)), ((), (FAR,), (0.4,)), ((), (FAR,), (0.7,))))
    assert result["ap50"] == 1.0
    assert result["quiet"] == 0.5
    assert result["recall"] == 1.0
    assert result["precision"] == pytest.approx(1 / 3, abs=1e-3)
    assert (result["pictures"], result["without"], result["boxes"]) == (1, 2, 1)


def test_calibration_error_is_the_distance_of_score_and_hits():
    sure = [((BOX,), (BOX,), (1.0,)) for _ in range(3)] + [((), (FAR,), (1.0,))]
    assert figures(asked_of(*sure))["ece"] == pytest.approx(0.25)
    nothing = figures(asked_of(((), (), ())))
    assert nothing["ece"] is None
    assert nothing["ap50"] is None
    assert "| bus, tried | not measured | - | - |" in table({"kinds": {"bus": nothing}})


def test_the_card_tells_every_set_that_is_learned_from(tmp_path):
    (tmp_path / "model.safetensors").write_bytes(b"0" * 2_000_000)
    home = dict.fromkeys(
        ("acc50", "acc50_kind_colour", "miou", "auroc", "absent_recall", "false_absent", "shown_acc50"), 0.5
    )
    home |= {"shown_absent_recall": 0.5, "by_type": {"kind": {"acc50": 0.5, "queries": 3}}}
    kinds = {"airplane": {"ap50": 0.6, "recall": 0.5, "precision": 0.7, "quiet": 1.0}, "bus": {"ap50": 0.0}}
    report = {"home": home, "regions": {"winter": home}, "nf4_drop_acc50": 0.0, "seconds_per_query": 0.1}
    report |= {"real_airplanes": None, "kinds": 30}
    told = {
        "found": 0.8,
        "recall": 0.7,
        "precision": 0.9,
        "quiet": None,
        "boxes": 5,
        "pictures": 4,
        "without": 0,
    }
    report |= {"drawn": {"greenhouse": told}}
    report |= {"photos": {"kinds": kinds, "ap50": 0.3, "quiet": 0.9, "ece": 0.1}}
    write_card(tmp_path, report)
    card = (tmp_path / "README.md").read_text(encoding="utf-8")
    assert "| airplane | 0.60 | 50% | 70% | 100% |" in card
    assert "| greenhouse | 80% | 70% | 90% | - | 5 in 4 | 0 |" in card
    assert "| bus | not drawn |" in card
    assert set(SOURCES) == set(SHARES) - {PSEUDO_SET}
    for name, licence, attribution in SOURCES.values():
        assert f"| {name} | {licence} | {attribution} |" in card


def test_the_shipped_card_says_what_was_measured_last():
    newest = max((ROOT / "docs").glob("eval-model-*.json"))
    report = json.loads(newest.read_text(encoding="utf-8"))
    card = (ROOT / "resources" / "models" / "mini" / "README.md").read_text(encoding="utf-8")
    assert table(report["photos"]) in card
    assert drawn_table(report["drawn"]) in card
    assert set(report["drawn"]) == set(KINDS)
    assert f"It knows {report['kinds']} kinds" in card
    assert report["kinds"] == len(TOLD_KINDS)


def test_real_sets_divide_by_place():
    if not REAL.is_dir():
        pytest.skip(f"there are no real pictures in {REAL}")
    train, test = load_photos(REAL, "train"), load_photos(REAL, "test")
    assert not {p.path for p in train} & {p.path for p in test}
    for name in ("urban_trees_naip", "sen2ships", "cars_kit_ais", "aerial_maritime", "neon_trees_sample"):
        places = [{p.place for p in part if p.source == name} for part in (train, test)]
        assert all(places)
        assert not places[0] & places[1], name
    kinds = {o.kind for p in test for o in p.objects}
    assert {
        "airplane",
        "storage tank",
        "tennis court",
        "baseball diamond",
        "tree",
        "car",
        "ship",
        "water",
    } <= kinds


def test_a_line_is_fitted_that_turns_scores_into_shares_of_hits():
    rng = np.random.default_rng(0)

    def drawn(count: int) -> list[tuple[tuple, tuple, tuple]]:
        """Pictures of one true box and one found, scored as if one of two were right where one of ten is."""
        pictures = []
        for _ in range(count):
            odds = rng.normal(0, 2)
            right = rng.random() < 1 / (1 + np.exp(-(odds - 2.2)))
            pictures.append(((BOX,), (NEAR if right else FAR,), (1 / (1 + np.exp(-odds)),)))
        return pictures

    slope, offset = fitted_line(asked_of(*drawn(2000)))
    assert slope == pytest.approx(1, abs=0.2)
    assert offset == pytest.approx(-2.2, abs=0.3)
    spec = replace(find_model("mini"), score_map=(slope, offset))
    kept_back = drawn(2000)
    told = [(truth, boxes, tuple(map(spec.likely, scores))) for truth, boxes, scores in kept_back]
    assert figures(asked_of(*kept_back))["ece"] > 0.2
    assert figures(asked_of(*told))["ece"] < 0.04
