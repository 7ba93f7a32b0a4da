"""Rules for every test folder. QGIS's own Python reads this file too, and has pytest and nothing beside it."""

from __future__ import annotations

import importlib.util
import os
import sys

import pytest

# "qgis" alone would also be found as this folder's own tests/qgis.
collect_ignore = [] if importlib.util.find_spec("qgis.core") else ["qgis"]

EXPLORE, EXAMPLES = "explore", int(os.environ.get("EXAMPLES", "1000"))

if importlib.util.find_spec("hypothesis"):
    from hypothesis import HealthCheck, is_hypothesis_test, settings
    from hypothesis.internal.conjecture import providers

    # A test draws the same examples on every machine and in every order; how loaded the machine is doesn't matter.
    settings.register_profile(
        "same_examples",
        derandomize=True,
        database=None,
        deadline=None,
        suppress_health_check=[HealthCheck.too_slow],
    )
    # `make explore`: other examples every time, and as many for a test that asks for few.
    settings.register_profile(
        EXPLORE, settings.get_profile("same_examples"), derandomize=False, max_examples=EXAMPLES
    )
    settings.load_profile("same_examples")
    # Numbers and words from whatever modules happen to be imported would be drawn too, and be others in each order.
    providers.HypothesisProvider._local_constants = providers.Constants()


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """When exploring, keep the property tests only, and let each draw as many examples as was asked for."""
    if config.getoption("--hypothesis-profile", default=None) != EXPLORE:
        return
    drawing = [item for item in items if is_hypothesis_test(item.obj)]
    for item in drawing:
        # `settings` on a test keeps its own number of examples; hypothesis has no public way past it.
        own = item.obj._hypothesis_internal_use_settings
        item.obj._hypothesis_internal_use_settings = settings(own, max_examples=EXAMPLES)
    kept = [item for item in items if item in drawing or item.get_closest_marker("draws")]
    config.hook.pytest_deselected(items=[item for item in items if item not in kept])
    items[:] = kept


@pytest.fixture(autouse=True)
def same_numbers_on_every_processor(monkeypatch: pytest.MonkeyPatch) -> None:
    """Chips are looked at in float32 everywhere: bfloat16, which some processors have, would answer otherwise."""
    if vision := sys.modules.get("engine.model.vision"):
        monkeypatch.setattr(vision, "BFLOAT16_CPU", False)
