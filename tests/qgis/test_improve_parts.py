"""The Self-improve tab's parts on their own: events to curves, sentences, axes, requests."""

from __future__ import annotations

from types import SimpleNamespace

import pytest
from conftest import make_raster
from qgis.core import QgsCoordinateReferenceSystem, QgsMapSettings, QgsProject, QgsRasterLayer
from qgis.PyQt.QtGui import QColor

from remotezero_qgis.connection.wire import NO_ADAPTER, Adapter, AdapterChoice, Event, Model
from remotezero_qgis.improve.adapters_box import AdaptersBox
from remotezero_qgis.improve.chart import Chart, Series, label, smoothed, thinned, ticks
from remotezero_qgis.improve.form import ImproveForm
from remotezero_qgis.improve.places import Places
from remotezero_qgis.improve.record import Picture, Round, RunRecord
from remotezero_qgis.improve.request import choices_of, plan_improve
from remotezero_qgis.improve.words import about_sentence, plan_sentences, stage_sentence, verdict_sentence
from remotezero_qgis.layers.detections import Ruler, from_geojson
from remotezero_qgis.layers.place import PlaceError
from remotezero_qgis.layers.result_layers import Origin, add_result_layer, set_values
from remotezero_qgis.layers.results_file import write_table


def step(done, total=600, number=1, **figures):
    data = {"stage": "train", "round": number, "done": done, "total": total, "seconds_left": total - done}
    return Event(0, "progress", {**data, **figures})


def test_steps_become_curves_over_minutes():
    record = RunRecord()
    record.add([step(60, reward=0.2), step(60, held_out=0.3), step(120, reward=0.4)])
    assert record.reward == [(1.0, 0.2), (2.0, 0.4)]
    assert record.held_out == [(1.0, 0.3)]
    assert record.progress.done == 120


def test_steps_done_again_after_a_crash_replace_the_lost_ones():
    record = RunRecord()
    record.add([step(60, reward=0.2), step(120, reward=0.9), step(180, reward=0.9), step(120, reward=0.3)])
    assert record.reward == [(1.0, 0.2), (2.0, 0.9), (2.0, 0.3)]


def test_a_round_told_twice_counts_once():
    record = RunRecord()
    first = {"round": 1, "promoted": True, "before": {"reward": 0.1}, "after": {"reward": 0.2}}
    record.add([Event(1, "round", first), Event(2, "round", {**first, "after": {"reward": 0.3}})])
    assert record.figures("reward") == [(0.0, 0.1), (1.0, 0.3)]
    assert record.figures("wrong_yes") == []


def test_gains_add_up_over_rounds_that_were_kept():
    record, start = RunRecord(), {"reward": 0.5}
    for number, (kept, gain) in enumerate([(True, 0.1), (False, -0.05), (True, 0.02)], start=1):
        data = {"round": number, "promoted": kept, "gain": gain, "before": start, "after": {"reward": 0.4}}
        record.add([Event(number, "round", data)])
    assert [x for x, _ in record.rewards()] == [0.0, 1.0, 2.0, 3.0]
    assert [y for _, y in record.rewards()] == pytest.approx([0.5, 0.6, 0.55, 0.62])


@pytest.mark.parametrize("folder", ["/srv/jobs/1/pictures/", "C:\\jobs\\1\\pictures\\"])
def test_pictures_are_named_without_their_folder(folder):
    data = {"query": "a pier", "before": f"{folder}round-1-place-0-before.jpg", "after": f"{folder}x.jpg"}
    (picture,) = Round.from_json({"round": 1, "pictures": [data]}).pictures
    assert (picture.before, picture.after) == ("round-1-place-0-before.jpg", "x.jpg")
    assert picture.score_after is None


def test_the_stage_is_told_until_and_after_the_training_of_a_round():
    record = RunRecord(state="queued")
    assert stage_sentence(record, 3) == "Waiting for another job to end…"
    record.add([Event(1, "state", {"state": "running"}), Event(2, "log", {"stage": "chips", "message": "x"})])
    assert stage_sentence(record, 3) == "Reading the rasters…"
    record.add([Event(3, "log", {"stage": "new", "message": "Doing something new."})])
    assert stage_sentence(record, 3) == "Doing something new."
    record.add([step(60, number=1)])
    assert stage_sentence(record, 3) == "Round 1 of 3: learning, at most 9 min left"
    record.add([Event(4, "log", {"stage": "gate", "message": "x"})])
    assert stage_sentence(record, 3) == "Round 1 of 3: checking on the places kept aside…"
    record.add([Event(4, "round", {"round": 1}), step(210, number=2)])
    assert stage_sentence(record, 3) == "Round 2 of 3: learning, at most 6 min left"
    record.add([Event(5, "log", {"message": "Round 2: something of no stage."})])
    assert stage_sentence(record, 3) == "Round 2: something of no stage."
    record.add([step(220, number=2), Event(6, "log", {"stage": "gate", "message": "x"})])
    assert "Round 2 of 3: checking" in stage_sentence(record, 3)


def test_a_verdict_without_figures_is_the_trainers_own_sentence():
    assert verdict_sentence(Round.from_json({"round": 2, "reason": "Kept."})) == "Round 2: Kept."


def test_a_verdict_says_what_became_of_what_the_model_could_do_before():
    data = {
        "round": 1,
        "promoted": True,
        "gain": 0.05,
        "gain_low": 0.02,
        "gain_high": 0.08,
        "home": {"before": {"right": 0.753}, "after": {"right": 0.74}, "share": 0.5},
    }
    text = verdict_sentence(Round.from_json(data))
    assert "What it could do before: 75 % right before the run, 74 % now." in text
    assert "50 % of what the round learned is kept, so that nothing gets worse by more than" in text
    assert "+0.020 to +0.080 with 97.5 % certainty" in text
    doubted = verdict_sentence(Round.from_json({**data, "promoted": False, "certainty": 0.98751}))
    assert "+0.020 to +0.080 with 98.8 % certainty" in doubted
    assert "is kept, so" not in verdict_sentence(
        Round.from_json({**data, "home": {**data["home"], "share": 1.0}})
    )
    assert "before the run" not in verdict_sentence(Round.from_json({**data, "home": None}))
    worse = {"name": "right answers at home", "before": 0.75, "after": 0.7, "limit": 0.02, "worse": True}
    refused = verdict_sentence(Round.from_json({**data, "promoted": False, "controls": [worse]}))
    assert "this got worse: right answers to what it could do before." in refused


@pytest.mark.parametrize(
    "home", [None, {"before": {"right": 0.753}, "after": {"right": 0.74}, "share": 0.25}]
)
def test_a_verdict_says_how_much_was_kept_for_the_sake_of_either_check(home):
    """The places kept aside can ask for less, too, where nothing is stored of what the model could do before."""
    tried = [{"share": share, "reward": 0.4, "held_none": 0.9} for share in (1.0, 0.75, 0.5, 0.25)]
    figures = {"gain": 0.05, "gain_low": 0.02, "gain_high": 0.08}
    data = {"round": 1, "promoted": True, **figures, "home": home, "tried": tried}
    part = "25 % of what the round learned is kept, so that nothing gets worse by more than the check allows."
    text = verdict_sentence(Round.from_json(data))
    assert text.endswith(part)
    assert ("What it could do before" in text) == (home is not None)
    assert "is kept, so" not in verdict_sentence(Round.from_json({**data, "tried": tried[:1]}))
    assert "is kept, so" not in verdict_sentence(Round.from_json({**data, "promoted": False}))


def test_a_plan_in_sentences(qgis_app):
    plan = {
        "places": 4,
        "windows": 90,
        "chips_at_most": 80,
        "memory_bytes": 5_200_000_000,
        "rounds": 3,
        "steps_a_round": 20,
    }
    words = plan_sentences({**plan, "minutes": 120}, NO_ADAPTER)
    assert words[0] == "4 separate places with 90 windows; up to 80 of these are used."
    assert "5.2 GB" in words[2]
    assert words[3].startswith("Up to 3 rounds of 20 steps. It ends after 2.0 h at the latest")
    assert "measured in its first run" in words[4]
    seconds = {"preparing": 60, "learning": 600, "checking": 120}
    told = plan_sentences({**plan, "seconds": seconds, "measured": "2026-11-26"}, NO_ADAPTER)[4]
    assert told.startswith("All of it would take about 13 min here: 1 min preparing, 10 min learning, 2 min")
    assert words[5] == "Starts from the model as it came."


def test_what_is_asked_is_told():
    assert about_sentence({"queries": []}) == "The model proposes the questions itself."
    assert about_sentence({"queries": ["a", "b"]}) == "Questions: a, b"


@pytest.mark.parametrize(("low", "high"), [(0, 1), (0.2731, 0.2904), (-3, 250), (0, 1e-6), (1e6, 1e6 + 3)])
def test_ticks_cover_the_span_in_round_steps(low, high):
    found = ticks(low, high, 4)
    assert found[0] <= low + 1e-9 * abs(high)
    assert found[-1] >= high - 1e-9 * abs(high)
    assert 2 <= len(found) <= 10
    assert len({label(tick, found) for tick in found}) == len(found)


def test_an_axis_without_length_is_refused():
    with pytest.raises(ValueError, match="no length"):
        ticks(1.0, 1.0, 4)


def test_labels_have_the_decimals_of_the_step():
    assert [label(tick, ticks(0.27, 0.29, 4)) for tick in ticks(0.27, 0.29, 4)][:2] == ["0.270", "0.275"]
    assert label(-2.0, [-2.0, 0.0]) == "−2"


def test_long_curves_are_thinned_and_noisy_ones_smoothed():
    points = [(float(x), float(x % 2)) for x in range(1000)]
    assert len(thinned(points, 100)) == 100
    assert abs(smoothed(points)[500][1] - 0.5) < 0.01
    assert thinned(points[:3]) == points[:3]


def test_an_empty_chart_says_what_will_come_and_a_full_one_draws_it(qgis_app):
    chart = Chart("Reward", "minutes", "Nothing yet.")
    chart.resize(400, 240)
    chart.show_series([Series("a", "#ff0000", [])])
    assert chart.accessibleDescription() == "Nothing yet."
    assert chart.series == []
    for points in ([(0.0, 0.5)], [(0.0, 0.3), (5.0, 0.4)], [(x / 10, 0.5) for x in range(500)]):
        chart.show_series([Series("a", "#ff0000", points)])
        picture = chart.grab().toImage()
        colours = [
            QColor(picture.pixel(x, y))
            for x in range(20, picture.width())
            for y in range(60, picture.height())
        ]
        assert any(c.red() > 220 and c.green() < 60 and c.blue() < 60 for c in colours), len(points)
    assert chart.accessibleDescription() == "a 0.500"


def test_pictures_are_asked_for_once_and_may_be_missing(qgis_app):
    places, asked = Places(), []
    places.wanted.connect(asked.append)
    pictures = (Picture("ship", "a.jpg", "b.jpg", None, 0.5), Picture("pier", "a.jpg", "c.jpg", 0.1, 0.2))
    places.show_pictures(pictures)
    places.show_pictures(pictures)
    assert asked == ["a.jpg", "b.jpg", "c.jpg"]
    places.resize(300, 600)
    assert not places.grab().isNull()
    places.show_pictures(())
    assert places.pairs == []


def test_a_missing_adapter_in_use_is_shown_with_what_to_do(qgis_app):
    data = {
        "name": "mini",
        "adapters": [{"name": "a", "round": 1, "current": False}],
        "missing_adapter": "gone",
    }
    for adapters in (data["adapters"], []):
        box = AdaptersBox()
        box.show_model(Model.from_json({**data, "adapters": adapters}))
        rows = [box.list.topLevelItem(place).text(0) for place in range(box.list.topLevelItemCount())]
        assert rows == ["gone (current)", *(item["name"] for item in adapters), "none: the model as it came"]
        assert "gone" in box.note.text()
        assert "Use this one" in box.note.text()
        assert not box.note.isHidden()
        box.pick(AdapterChoice("gone"))
        assert not box.use.isEnabled()
        assert not box.export.isEnabled()
        assert not box.delete.isEnabled()
        box.pick(NO_ADAPTER)
        assert box.use.isEnabled()
        assert not box.use.isHidden()
        chosen = []
        box.chosen.connect(lambda *words: chosen.append(words))
        box.use.click()
        assert chosen == [("mini", NO_ADAPTER)]
        box.show_model(Model.from_json({**data, "adapters": adapters, "missing_adapter": None}))
        assert "gone" not in box.note.text()


def test_models_and_adapters_of_an_older_engine_can_be_read():
    data = {"name": "mini", "adapters": [{"name": "a", "round": 1, "current": True}]}
    model = Model.from_json(data)
    assert model.current == Adapter("a", 1, True)
    assert Model.from_json({"name": "mini"}).current is None


def test_the_list_of_rasters_follows_the_project(project: QgsProject, tmp_path):
    from remotezero_qgis.improve.form import ImproveForm

    form = ImproveForm()
    project.layersAdded.connect(form.follow_project)
    project.layersRemoved.connect(form.follow_project)
    first = QgsRasterLayer(str(make_raster(tmp_path / "one.tif")), "one")
    project.addMapLayer(first)
    form.tick(first.id())
    second = QgsRasterLayer(str(make_raster(tmp_path / "two.tif")), "two")
    project.addMapLayer(second)
    assert [form.list.item(row).text() for row in range(form.list.count())] == ["one", "two"]
    form.tick(second.id())
    assert form.rasters == (first,), "what the user ticked stays as it is"
    project.removeMapLayer(first.id())
    assert form.rasters == ()
    project.layersAdded.disconnect(form.follow_project)
    project.layersRemoved.disconnect(form.follow_project)


@pytest.mark.parametrize(("choice", "limit"), [("usual", None), ("few", 0.03), ("none", 0.0)])
def test_false_alarms_are_limited_only_where_it_is_chosen(project, raster, home, launch, choice, limit):
    form = ImproveForm()
    form.tick(raster.id())
    assert form.false_alarms.choice == "usual", "at first"
    form.false_alarms.choose(choice)
    choices = choices_of(form, QgsMapSettings(), SimpleNamespace(rectangle=None, crs=None), None)
    request = plan_improve(choices, launch()).request
    assert ("none_loss" in request) == (limit is not None)
    assert request.get("none_loss") == limit


def test_false_alarms_are_one_of_three_choices_with_words_on_what_is_traded(qgis_app):
    form, changes = ImproveForm(), []
    form.changed.connect(lambda: changes.append(form.false_alarms.choice))
    words = [form.false_alarms.itemText(row) for row in range(form.false_alarms.count())]
    assert words == ["As the check usually allows", "At most 3 points more", "No more at all"]
    assert "more often in vain" in form.false_alarms.toolTip()
    form.false_alarms.setCurrentIndex(2)
    assert changes == ["none"]
    form.set_limits(60, 3, "few")
    assert (form.false_alarms.choice, changes) == ("few", ["none"]), "what is remembered changes no plan"
    form.set_limits(60, 3, "of another version")
    assert form.false_alarms.choice == "usual"


def test_verdicts_are_asked_for_only_where_they_are_ticked_and_there(project, tmp_path, raster, home, launch):
    path, utm = tmp_path / "p.gpkg", QgsCoordinateReferenceSystem("EPSG:32633")
    ruler, context = Ruler(utm, project.transformContext(), "EPSG:7030"), project.transformContext()
    ring = [[0, 0], [9, 0], [9, 9], [0, 9], [0, 0]]
    shape = {"type": "Polygon", "coordinates": [ring]}
    about = {"id": "d1", "score": 0.9, "query": "ships"}
    boxes = [from_geojson({"geometry": shape, "properties": about}, ruler)]
    layers = {}
    for table in ("ships_1", "docks_2"):
        write_table(path, table, boxes, utm, context)
        layers[table], _ = add_result_layer(path, table, Origin(table, table, "", "harbour"))
    form = ImproveForm()
    form.tick(raster.id())
    choices = choices_of(form, QgsMapSettings(), SimpleNamespace(rectangle=None, crs=None), None)
    assert not choices.verdicts, "off by default"
    assert "verdicts" not in plan_improve(choices, launch()).request
    form.verdicts.setChecked(True)
    choices = choices_of(form, QgsMapSettings(), SimpleNamespace(rectangle=None, crs=None), None)
    with pytest.raises(PlaceError, match="accepted or rejected yet"):
        plan_improve(choices, launch())
    first = next(layers["ships_1"].getFeatures()).id()
    assert set_values(layers["ships_1"], {first: {"verdict": "rejected"}})
    assert plan_improve(choices, launch()).request["verdicts"] == [f"{path}|layername=ships_1"]
