"""Every layout in miniature, read to answers that are known; what is unknown or half there is refused by name."""

from __future__ import annotations

import contextlib
import json
import pickle
import shutil
from pathlib import Path

import pytest

from engine.errors import InputError
from engine.evaluate.readers import LAYOUTS, layout_of, read_dataset, some_of
from engine.evaluate.reading import ReadOptions, plural
from tests.engine.miniatures import MAKERS, SQUARES, paint, paint_mask, write

FIRST = tuple(map(float, SQUARES[0][0]))


def read(folder: Path, layout: str | None = None, **options: object):
    return read_dataset(folder, layout, ReadOptions(**options))


def truths(dataset) -> dict[str, tuple[tuple[float, ...], ...]]:
    return {sample.key: sample.truth_src for sample in dataset.samples}


def test_every_layout_has_a_miniature() -> None:
    assert set(MAKERS) == set(LAYOUTS)


@pytest.mark.parametrize("name", MAKERS)
def test_a_layout_is_told_by_its_files(name: str, tmp_path: Path) -> None:
    dataset = read(MAKERS[name](tmp_path / "set"))
    assert layout_of(tmp_path / "set") == dataset.layout == name
    assert all(Path(sample.picture).is_file() for sample in dataset.samples)
    assert all(sample.question and sample.scene for sample in dataset.samples)


@pytest.mark.parametrize("name", MAKERS)
def test_reading_twice_gives_the_same_questions(name: str, tmp_path: Path) -> None:
    folder = MAKERS[name](tmp_path / "set")
    assert read(folder) == read(folder)


@pytest.mark.parametrize("name", MAKERS)
def test_a_missing_picture_is_named(name: str, tmp_path: Path) -> None:
    folder = MAKERS[name](tmp_path / "set")
    lost = Path(read(folder).samples[0].picture)
    lost.unlink()
    with pytest.raises(InputError) as refused:
        read(folder)
    assert (
        lost.name in str(refused.value) or "pair by" in str(refused.value) or lost.stem in str(refused.value)
    )


@pytest.mark.parametrize(
    ("name", "part"),
    [
        ("earthreason", "RSReasonSeg/test/QAs"),
        ("earthreason", "RSReasonSeg/test/labels"),
        ("vrsbench", "Images_val"),
        ("dior-rsvg", "Annotations"),
        ("rrsis-d", "rrsisd/refs(unc).p"),
        ("rrsis-d", "images/rrsisd/JPEGImages"),
        ("geobench-vlm", "Ref-Det/images"),
        ("dota", "val/images"),
        ("yolo", "images/val"),
        ("yolo", "labels/val"),
    ],
)
def test_half_a_set_is_refused_by_what_it_lacks(name: str, part: str, tmp_path: Path) -> None:
    folder = MAKERS[name](tmp_path / "set")
    lost = folder / part
    shutil.rmtree(lost) if lost.is_dir() else lost.unlink()
    with pytest.raises(InputError) as refused:
        read(folder, name)
    assert Path(part).name in str(refused.value)


SPARED = {
    "dior-rsvg": ("train.txt",),
    "jsonl": ("p3.png",),
    # In YOLO's layout a picture without labels shows nothing, which the notes of a report count.
    "yolo": ("p2.png", "p0.txt", "p1.txt", "p3.txt"),
}


@pytest.mark.parametrize("name", MAKERS)
def test_whatever_is_taken_from_a_set_is_named(name: str, tmp_path: Path) -> None:
    whole = MAKERS[name](tmp_path / "set")
    for number, item in enumerate(sorted(whole.rglob("*"))):
        folder = shutil.copytree(whole, tmp_path / str(number))
        lost = folder / item.relative_to(whole)
        inside = {path.name for path in lost.iterdir()} if lost.is_dir() else set()
        shutil.rmtree(lost) if lost.is_dir() else lost.unlink()
        if item.name in SPARED.get(name, ()):
            assert read(folder, name).samples
            continue
        with pytest.raises(InputError) as refused:
            read(folder, name)
        assert any(part in str(refused.value) for part in (lost.name, lost.stem, *inside)), item
        shutil.rmtree(folder)


def test_a_split_to_learn_from_is_never_measured_on_unasked(tmp_path: Path) -> None:
    folder = MAKERS["dior-rsvg"](tmp_path / "set")
    (folder / "test.txt").unlink()
    with pytest.raises(InputError, match=r"no split 'test'\. It has: train"):
        read(folder)
    assert read(folder, split="train").split == "train"


def test_a_label_without_its_pair_is_refused(tmp_path: Path) -> None:
    folder = MAKERS["earthreason"](tmp_path / "set")
    (folder / "RSReasonSeg" / "test" / "labels" / "p0.png").unlink()
    with pytest.raises(InputError, match=r"4 images, 3 labels and 4 QAs.*p0: labels have none"):
        read(folder)


def test_an_unknown_folder_is_refused_with_what_is_known(tmp_path: Path) -> None:
    paint(tmp_path / "set" / "a.png", ())
    with pytest.raises(InputError, match=r"VRSBench_EVAL_referring\.json"):
        read(tmp_path / "set")
    with pytest.raises(InputError, match="no folder"):
        read(tmp_path / "nowhere")
    with pytest.raises(InputError, match="'tfrecord' is not known"):
        read(tmp_path / "set", "tfrecord")


@pytest.mark.parametrize("name", MAKERS)
def test_an_empty_or_damaged_file_is_a_sentence(name: str, tmp_path: Path) -> None:
    """Whatever a file of a layout holds instead, no library's word reaches the user."""
    folder = MAKERS[name](tmp_path / "set")
    files = [p for p in folder.rglob("*") if p.suffix in (".json", ".jsonl", ".xml", ".txt", ".yaml", ".p")]
    for file in sorted(files):
        kept = file.read_bytes()
        for spoilt in (b"", b"[1, 2]", b'{"images": 3, "names": 4}', b"\xff\xfe\x00", kept[: len(kept) // 2]):
            file.write_bytes(spoilt)
            with contextlib.suppress(InputError):
                read(folder, name)
        file.write_bytes(kept)


def test_earthreason_pairs_pictures_masks_and_questions(tmp_path: Path) -> None:
    dataset = read(MAKERS["earthreason"](tmp_path / "set"))
    assert [s.question for s in dataset.samples] == [f"Where could one land, {n}?" for n in range(4)]
    wanted = [tuple(sorted(tuple(map(float, b)) for b in squares)) for squares in SQUARES]
    assert [s.truth_src for s in dataset.samples] == wanted
    assert [s.groups["targets"] for s in dataset.samples] == ["one", "several", "none", "one"]
    assert (dataset.split, dataset.zoom) == ("test", "overview")
    assert (dataset.conventions.boxes, dataset.conventions.strict) == ("whole", True)


def test_masks_that_touch_at_a_corner_are_one_part(tmp_path: Path) -> None:
    folder = MAKERS["earthreason"](tmp_path / "set")
    paint_mask(
        folder / "RSReasonSeg/test/labels/p0.png", [(10, 10, 20, 20), (20, 20, 30, 30), (100, 100, 110, 104)]
    )
    parts = read(folder).samples[0].truth_src
    assert parts == ((10.0, 10.0, 30.0, 30.0), (100.0, 100.0, 110.0, 104.0))


def test_vrsbench_boxes_are_percents(tmp_path: Path) -> None:
    dataset = read(MAKERS["vrsbench"](tmp_path / "set"))
    assert dataset.samples[0].truth_src == ((20.0, 20.0, 60.0, 60.0),)
    assert dataset.samples[1].groups == {"kind": "plane", "type": "one of several"}
    assert dataset.samples[0].also == ("100",)


def test_dior_rsvg_counts_objects_through_the_files(tmp_path: Path) -> None:
    folder = MAKERS["dior-rsvg"](tmp_path / "set")
    dataset = read(folder)
    assert [s.question for s in dataset.samples] == ["ship 0.0", "ship 1.1"]
    assert dataset.samples[1].truth_src == ((20.0, 120.0, 60.0, 160.0),)
    assert [s.question for s in read(folder, split="train").samples] == ["ship 1.0"]
    write(folder / "test.txt", "0\n7\n")
    with pytest.raises(InputError, match="1 objects beyond the 3"):
        read(folder)
    with pytest.raises(InputError, match="no split 'dev'"):
        read(folder, split="dev")


def test_rrsis_d_boxes_are_those_of_the_masks(tmp_path: Path) -> None:
    dataset = read(MAKERS["rrsis-d"](tmp_path / "set"))
    assert [s.truth_src for s in dataset.samples] == [(FIRST,), ((100.0, 60.0, 160.0, 100.0),)]
    assert [s.question for s in dataset.samples] == ["The airport 1", "The airport 2"]
    assert dataset.samples[0].groups["kind"] == "airport"


def test_a_pickle_that_would_run_something_is_not_read(tmp_path: Path) -> None:
    folder = MAKERS["rrsis-d"](tmp_path / "set")
    mark = tmp_path / "was here"

    class Evil:
        def __reduce__(self):
            return Path.touch, (mark,)

    (folder / "rrsisd" / "refs(unc).p").write_bytes(pickle.dumps([Evil()]))
    with pytest.raises(InputError, match="not a plain list"):
        read(folder)
    assert not mark.exists()


def test_geobench_vlm_boxes_are_upright_rectangles(tmp_path: Path) -> None:
    dataset = read(MAKERS["geobench-vlm"](tmp_path / "set"))
    assert dataset.samples[0].truth_src == (FIRST,)
    assert dataset.samples[0].question == "the ship"
    assert dataset.samples[1].truth_src == ((100.0, 60.0, 160.0, 100.0), (20.0, 120.0, 60.0, 160.0))
    assert any("upright" in note for note in dataset.notes)


def test_coco_asks_what_is_there_and_some_of_what_is_not(tmp_path: Path) -> None:
    folder = MAKERS["coco"](tmp_path / "set")
    found = truths(read(folder))
    assert found["p0.png#roof"] == (FIRST,)
    assert "p0.png#bus" not in found, "a crowd is no absence"
    assert found["p1.png#bus"] == ()
    assert sum(key.startswith("p2.png") for key in found) == 1
    assert len(read(folder, absent=0).samples) == 3
    assert read(folder).samples[0].question == "all roofs"
    assert read(folder, template="find the {kind}").samples[0].question == "find the roof"
    assert read(folder, questions={"roof": "das Dach"}).samples[0].question == "das Dach"


@pytest.mark.parametrize("value", [float("nan"), float("inf"), 10**400, -1e12])
def test_a_box_that_is_no_rectangle_is_refused_by_its_name(tmp_path: Path, value: float) -> None:
    folder = MAKERS["coco"](tmp_path / "set")
    (file,) = folder.rglob("*.json")
    document = json.loads(file.read_text())
    document["annotations"][0]["bbox"][2] = value
    file.write_text(json.dumps(document))
    with pytest.raises(InputError, match=r"no rectangle|not as that layout has it") as caught:
        read(folder)
    assert len(str(caught.value)) < 500


def test_a_list_that_no_memory_could_print_is_no_name(tmp_path: Path) -> None:
    folder = MAKERS["yolo"](tmp_path / "set")
    lines = ["l0: &l0 [x, x]"] + [f"l{n}: &l{n} [{', '.join([f'*l{n - 1}'] * 9)}]" for n in range(1, 40)]
    (folder / "data.yaml").write_text("\n".join([*lines, "names: [*l39]", "val: images/val"]))
    with pytest.raises(InputError, match="no text"):
        read(folder)


def test_dota_takes_upright_rectangles_and_leaves_difficult_ones_out(tmp_path: Path) -> None:
    dataset = read(MAKERS["dota"](tmp_path / "set"))
    found = truths(dataset)
    assert found["P1#plane"] == (FIRST,)
    assert found["P1#ship"] == ()
    assert "P2#ship" not in found
    assert dataset.samples[0].gsd_m == 0.5
    assert any("upright rectangles of DOTA's quadrilaterals" in note for note in dataset.notes)


def test_yolo_boxes_are_shares_and_outlines_their_rectangles(tmp_path: Path) -> None:
    found = truths(read(MAKERS["yolo"](tmp_path / "set")))
    assert found["p0.png#roof"][0] == pytest.approx(FIRST)
    assert found["p1.png#roof"][1] == pytest.approx((20.0, 120.0, 60.0, 160.0))


def test_lines_of_json_are_never_asked_where_they_are_not_complete(tmp_path: Path) -> None:
    dataset = read(MAKERS["jsonl"](tmp_path / "set"))
    found = truths(dataset)
    assert found["images/p0.png#roof"] == (FIRST,)
    assert found["images/p2.png#roof"] == ()
    assert not any(key.startswith("images/p3.png") for key in found)
    asked = dataset.samples[0]
    assert (asked.question, asked.groups["language"]) == ("das helle Dach", "de")
    assert {s.scene for s in dataset.samples[1:]} == {"set/town 0", "set/town 1"}
    assert {s.groups["scene-type"] for s in dataset.samples[1:]} == {"urban", "coast"}


def test_several_sets_in_one_folder_are_one(tmp_path: Path) -> None:
    MAKERS["jsonl"](tmp_path / "all" / "a")
    MAKERS["jsonl"](tmp_path / "all" / "b")
    dataset = read(tmp_path / "all")
    assert {s.groups["source"] for s in dataset.samples} == {"a", "b"}
    assert len({s.key for s in dataset.samples}) == len(dataset.samples)


def test_a_limit_draws_whole_pictures_by_the_seed(tmp_path: Path) -> None:
    dataset = read(MAKERS["coco"](tmp_path / "set"))
    few = some_of(dataset, 3, seed=1)
    assert 1 <= len(few.samples) <= 3
    assert few == some_of(dataset, 3, seed=1)
    assert any(some_of(dataset, 2, seed=n).samples != few.samples for n in range(5))
    assert all(sample in dataset.samples for sample in few.samples)
    assert some_of(dataset, None, 0) is dataset
    with pytest.raises(InputError, match="limit is 0"):
        some_of(dataset, 0, 0)


@pytest.mark.parametrize(
    ("noun", "several"),
    [
        ("ship", "ships"), ("bus", "buses"), ("beach", "beaches"), ("facility", "facilities"), ("bay", "bays"),
        ("storage tank", "storage tanks"), ("box", "boxes"),
    ],
)  # fmt: skip
def test_plurals(noun: str, several: str) -> None:
    assert plural(noun) == several


def test_our_own_export_is_read_back(tmp_path: Path) -> None:
    """What `remotezero export --format yolo` writes has one folder for all: its notes say so, and it is read."""
    folder = MAKERS["yolo"](tmp_path / "set")
    shutil.move(folder / "images" / "val", folder / "flat")
    shutil.rmtree(folder / "images")
    shutil.move(folder / "flat", folder / "images")
    shutil.move(folder / "labels" / "val", folder / "flat")
    shutil.rmtree(folder / "labels")
    shutil.move(folder / "flat", folder / "labels")
    names = json.dumps(["roof", "bus"])
    write(folder / "data.yaml", f"train: images\nval: images\nnc: 2\nnames: {names}\n")
    assert truths(read(folder))["p0.png#roof"][0] == pytest.approx(FIRST)
