"""Jobs with a real model: a tiny random checkpoint and a trained adapter, by name."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from engine.answers import ModelAnswer
from engine.catalogue.adapters import Manifest, open_registry
from engine.catalogue.models import models_json
from engine.catalogue.specs import read_spec
from engine.cli.local import JobOutput, run_here
from engine.errors import ModelError, RegistryError
from engine.imagery.outputs import write_features
from engine.imagery.raster import open_raster
from engine.jobs.findings import Provenance
from engine.model.serving import load_served
from engine.paths import models_dir
from engine.types import AdapterChoice, Detection, Window

pytestmark = pytest.mark.slow
BOXES = ((30.0, 40.0, 66.0, 76.0), (200.0, 100.0, 300.0, 160.0))


@pytest.fixture
def tiny(tmp_path: Path) -> str:
    """A tiny model in the data folder, with an adapter that is the current one."""
    from tests.engine.tiny_models import build_adapter, build_checkpoint

    folder = build_checkpoint(models_dir() / "tiny-qwen3-vl")
    registry = open_registry(read_spec(folder))
    trained = build_adapter(folder, tmp_path / "trained")
    registry.publish(
        trained, Manifest("round-1", registry.base_name, registry.base_sha256, None, 1, "1", "", 1.0)
    )
    registry.choose(AdapterChoice("round-1"))
    return "tiny-qwen3-vl"


@pytest.fixture
def layer(town_tif: Path, tmp_path: Path) -> Path:
    window = Window(0, 0, 800, 720, 256, 230, 0, "detail")
    path = tmp_path / "boxes.gpkg"
    with open_raster(town_tif) as raster:
        provenance = Provenance(raster.transform, "", "", None, "")
        features = [
            provenance.feature(Detection(box, 0.0, "", "", "", window, None), "", None, "") for box in BOXES
        ]
        write_features(path, features, raster.crs_wkt)
    return path


def verify(raster: Path, layer: Path, model: str, adapter: str | None) -> JobOutput:
    request = {
        "raster": str(raster),
        "vector": str(layer),
        "query": "a roof",
        "model": model,
        "adapter": adapter,
    }
    return run_here("verify", request, load_served, lambda job: None)


def scores(outcome: JobOutput) -> list[float]:
    return [feature.properties["score"] for feature in outcome.features]


def test_the_current_adapter_is_used_unless_told_otherwise(tiny: str, town_tif: Path, layer: Path) -> None:
    current = verify(town_tif, layer, tiny, None)
    named = verify(town_tif, layer, tiny, "round-1")
    bare = verify(town_tif, layer, tiny, "none")
    assert current.result["adapter"] == named.result["adapter"] == "round-1"
    assert bare.result["adapter"] is None
    assert scores(current) == scores(named)
    assert not np.allclose(scores(current), scores(bare))
    assert {feature.properties["adapter"] for feature in bare.features} == {None}
    with pytest.raises(RegistryError, match="round-9"):
        verify(town_tif, layer, tiny, "round-9")


def test_models_are_listed_as_the_wire_says(tiny: str) -> None:
    listed = [ModelAnswer.model_validate(model, strict=True) for model in models_json()]
    assert tiny in {model.name for model in listed}
    (entry,) = (model for model in listed if model.name == tiny)
    assert [(a.name, a.round, a.current) for a in entry.adapters] == [("round-1", 1, True)]
    with pytest.raises(ModelError, match="nowhere"):
        load_served("nowhere")
