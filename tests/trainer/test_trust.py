"""A verifier that can't tell right from wrong teaches nothing, however it errs."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from engine.errors import InputError
from engine.evaluate.overlap import AreaRule
from engine.types import ModelSpec, Pixels, Query, Stop
from trainer.pictures import SIDE_PX, draw_disputed
from trainer.queries import Pair, other_things
from trainer.rewarder import Answer, Rewarder
from trainer.trust import MOST_DISPUTED, Trial, try_verifier

CHIP_PX, SIDE = 128, 24
KINDS = {"the ship": 0, "the airplane": 1, "the storage tank": 2}
"""Question -> the colour channel of its things."""
Look = Callable[[Pixels, str], float]


@pytest.fixture(scope="module")
def spec(tmp_path_factory: pytest.TempPathFactory) -> ModelSpec:
    return ModelSpec(
        name="any", path=tmp_path_factory.mktemp("spec"), family="qwen3-vl", chip_px=CHIP_PX, crop_px=64,
        max_new_tokens=32,
    )  # fmt: skip


class World:
    """Chips of grey noise with one coloured square each, and a policy that finds it six times in ten."""

    def __init__(self, seed: int = 0, count: int = 90) -> None:
        rng = np.random.default_rng(seed)
        self.chips, self.pairs, self.answers = [], [], []
        for index in range(count):
            query = list(KINDS)[index % len(KINDS)]
            pixels = rng.integers(90, 130, (CHIP_PX, CHIP_PX, 3)).astype(np.uint8)
            x, y = (int(v) for v in rng.integers(0, CHIP_PX - SIDE, 2))
            pixels[y : y + SIDE, x : x + SIDE] = 0
            pixels[y : y + SIDE, x : x + SIDE, KINDS[query]] = 255
            right = rng.random() < 0.6
            bx, by = (x, y) if right else (int(v) for v in rng.integers(0, CHIP_PX - SIDE, 2))
            self.chips.append(pixels)
            self.pairs.append(Pair(index, query, 0.9))
            self.answers.append(Answer(((float(bx), float(by), float(bx + SIDE), float(by + SIDE)),)))

    def trial(self, spec: ModelSpec, look: Look, second: Look | None = None) -> Trial:
        def rewarder(who: Look) -> Rewarder:
            rule = AreaRule(0.0, 1.0)
            return Rewarder(
                spec, Watcher(who), "consensus", 0.25, rule, self.chips.__getitem__, lambda: False
            )

        return try_verifier(
            rewarder(look), self.pairs, self.answers, 0, rewarder(second) if second is not None else None
        )


class Watcher:
    """A verifier that is one function of crop and question."""

    def __init__(self, look: Look) -> None:
        self._look = look

    def score(self, crops: Sequence[Pixels], queries: Sequence[Query], stop: Stop) -> list[float]:
        return [self._look(crop, query.text) for crop, query in zip(crops, queries, strict=True)]


def colour(crop: Pixels, text: str) -> float:
    """How much of the crop has the question's colour: a verifier that sees."""
    channel = KINDS.get(text)
    if channel is None:
        return 0.02
    others = [c for c in range(3) if c != channel]
    seen = (crop[..., channel].astype(int) - crop[..., others].max(axis=-1)) > 100
    return float(np.clip(seen.mean() * 3, 0.02, 0.98))


def noise(crop: Pixels, text: str, seed: int = 0) -> float:
    return (
        int.from_bytes(hashlib.sha256(crop.tobytes() + text.encode() + bytes([seed])).digest()[:4], "big")
        / 2**32
    )


def of_question(crop: Pixels, text: str) -> float:
    return int(hashlib.sha256(text.encode()).hexdigest()[:4], 16) / 2**16


def of_picture(crop: Pixels, text: str) -> float:
    return float(crop.mean()) / 255


def of_detail(crop: Pixels, text: str) -> float:
    """Large boxes look smoother or rougher than small ones, whatever is asked."""
    return float(np.clip(np.abs(np.diff(crop.astype(int), axis=0)).mean() / 64, 0, 1))


def one_kind(crop: Pixels, text: str) -> float:
    return 0.95 if text == "the ship" else 0.05


def blind_to_tanks(crop: Pixels, text: str) -> float:
    return noise(crop, text) if text == "the storage tank" else colour(crop, text)


def test_a_verifier_that_sees_is_trusted(spec: ModelSpec) -> None:
    trial = World().trial(spec, colour)
    trial.check()
    assert trial.reliability > 0.8
    assert set(trial.questions) == set(KINDS)


@pytest.mark.parametrize(
    "look",
    [
        lambda crop, text: 1.0,
        lambda crop, text: 0.0,
        lambda crop, text: 1 - colour(crop, text),
        of_question,
        of_picture,
        of_detail,
        one_kind,
    ],
    ids=["yes", "no", "inverted", "question", "picture", "detail", "one kind"],
)
@pytest.mark.parametrize("seed", range(3))
def test_a_verifier_that_does_not_see_is_refused(spec: ModelSpec, look: Look, seed: int) -> None:
    with pytest.raises(InputError, match="can't be learned from"):
        World(seed).trial(spec, look).check()


@pytest.mark.parametrize("count", [24, 90])
def test_a_random_verifier_never_starts_a_run(spec: ModelSpec, count: int) -> None:
    for seed in range(40):
        with pytest.raises(InputError):
            World(seed, count).trial(spec, lambda crop, text, s=seed: noise(crop, text, s)).check()


def mixed(share: float, look: Look) -> Look:
    """So much of the score by another verifier than the one that sees."""
    return lambda crop, text: float(
        np.clip((1 - share) * colour(crop, text) + share * look(crop, text), 0, 1)
    )


def of_centre(crop: Pixels, text: str) -> float:
    side = crop.shape[0] // 3
    return float(crop[side : 2 * side, side : 2 * side].mean()) / 255


@pytest.mark.parametrize(
    ("share", "look"),
    [
        (0.45, lambda crop, text: 1 - colour(crop, text)),
        (0.8, of_centre),
        (0.85, lambda crop, text: 0.99),
        (0.85, lambda crop, text: 0.01),
    ],
    ids=["inverted", "centre", "yes", "no"],
)
@pytest.mark.parametrize("seed", range(3))
def test_a_verifier_that_hardly_says_what_it_sees_is_refused(
    spec: ModelSpec, share: float, look: Look, seed: int
) -> None:
    """By order it sees well, but what was tried would count nearly alike, right or wrong."""
    trial = World(seed).trial(spec, mixed(share, look))
    assert min(trial.separation.values()) > 0.8
    assert max(trial.contrast.values()) < 0.2
    with pytest.raises(InputError, match="scores hardly differ"):
        trial.check()


@pytest.mark.parametrize("share", [0.3, 0.6])
def test_a_verifier_that_says_less_than_it_sees_is_trusted(spec: ModelSpec, share: float) -> None:
    """An honest one need not be sure."""
    World().trial(spec, mixed(share, lambda crop, text: 0.4)).check()


def test_a_trial_of_an_earlier_version_knows_no_contrast() -> None:
    kinds = {"other question": 0.9, "other crop": 0.9, "elsewhere": 0.9}
    Trial(40, kinds, needed=dict.fromkeys(kinds, 0.65)).check()


def test_blind_to_one_kind_is_refused_by_its_name(spec: ModelSpec) -> None:
    with pytest.raises(InputError, match="can't tell “the storage tank” from"):
        World(count=180).trial(spec, blind_to_tanks).check()


def test_a_few_boxes_are_no_trial(spec: ModelSpec) -> None:
    with pytest.raises(InputError, match="only 10 boxes"):
        World(count=10).trial(spec, colour).check()


def test_no_boxes_at_all_are_told_as_such(spec: ModelSpec) -> None:
    world = World(count=4)
    world.answers = [Answer(())] * 4
    with pytest.raises(InputError, match="only 0 boxes"):
        world.trial(spec, colour).check()


@pytest.mark.parametrize("value", [np.nan, np.inf])
def test_scores_that_are_no_numbers_are_told_as_such(spec: ModelSpec, value: float) -> None:
    with pytest.raises(InputError, match="no numbers"):
        World().trial(spec, lambda crop, text: value)


def test_a_second_opinion_is_compared(spec: ModelSpec) -> None:
    assert World().trial(spec, colour, colour).disagreement == 0.0
    differing = World().trial(spec, colour, lambda crop, text: 1 - colour(crop, text)).disagreement
    assert differing is not None
    assert differing > 0.9
    assert World().trial(spec, colour).disagreement is None


def test_a_few_boxes_on_which_two_verifiers_disagree_most_are_drawn(spec: ModelSpec, tmp_path: Path) -> None:
    world = World()
    assert world.trial(spec, colour, colour).disputed == ()
    disputed = world.trial(spec, colour, lambda crop, text: 1 - colour(crop, text)).disputed
    assert len(disputed) == MOST_DISPUTED
    gaps = [abs(item.score - item.second) for item in disputed]
    assert gaps == sorted(gaps, reverse=True)
    assert all((item.score >= 0.5) != (item.second >= 0.5) for item in disputed)
    told = draw_disputed(tmp_path, disputed, world.chips.__getitem__)
    assert [item["query"] for item in told] == [item.query for item in disputed]
    for item in told:
        with Image.open(item["picture"]) as picture:
            assert picture.size == (SIDE_PX, SIDE_PX)


def test_other_things_share_no_naming_word(spec: ModelSpec) -> None:
    texts = ["all ships", "the ship", "the largest ship", "a red building"]
    others = other_things("the ship", texts, spec)
    assert not any("ship" in text for text in others)
    assert "a red building" in others
    assert len(others) > 3
