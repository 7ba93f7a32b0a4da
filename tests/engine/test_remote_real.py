"""A real `transformers serve` on loopback with the default model, against the engine's own answers."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import httpx2
import numpy as np
import pytest
from affine import Affine

from engine.catalogue.models import find_model
from engine.language.parser import parse_boxes
from engine.model.loaded import load_model
from engine.model.serving import ServedModel
from engine.paths import resources_dir
from engine.types import Chip, Query, Rectangle
from tests.engine.model_servers import never, reached
from tests.ports import free_port

pytestmark = pytest.mark.slow
MINI = resources_dir() / "models" / "mini"
START_S = 180
SERVE = """
import engine.model.torchvision_ops
import transformers.image_processing_backends as backends
from transformers.cli.transformers import main
from transformers.image_utils import load_image
decode = backends.load_image_as_tensor
backends.load_image_as_tensor = lambda image, *more: decode(load_image(image), *more)
main()
"""
# PNG is read by Pillow: the decoder of torchvision is compiled for another torch on some machines.
TEMPLATE = (
    "<|im_start|>user\n<|vision_start|><|image_pad|><|vision_end|>{{ question.instructions }}<|im_end|>\n"
    "<|im_start|>assistant\n{% if state is undefined %}{% endif %}"
)


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    pytest.importorskip("openai", reason="transformers serve needs the package openai")
    folder = tmp_path_factory.mktemp("serve")
    config = {"labels": {"noul": ["yes", "no"]}, "chat_template": TEMPLATE}
    (folder / "decision.json").write_text(json.dumps(config))
    port = free_port()
    command = [
        sys.executable,
        "-c",
        SERVE,
        "serve",
        str(MINI),
    ]
    more = ["--host", "127.0.0.1", "--port", str(port), "--device", "cpu", "--dtype", "float32"]
    command += [*more, "--decision-config", str(folder / "decision.json")]
    with (folder / "log").open("wb") as log:
        child = subprocess.Popen(command, stdout=log, stderr=log, env={**os.environ, "HF_HUB_OFFLINE": "1"})
    try:
        url = f"http://127.0.0.1:{port}/v1"
        deadline = time.monotonic() + START_S
        while True:
            try:
                httpx2.get(f"{url}/models", timeout=5, trust_env=False)
                break
            except httpx2.HTTPError:
                assert child.poll() is None, (folder / "log").read_text()[-2000:]
                assert time.monotonic() < deadline, "transformers serve did not start"
                time.sleep(0.2)
        yield url
    finally:
        child.terminate()
        child.wait(120)


def chips(side: int) -> list[Chip]:
    """Smooth pictures with a few blocks, none of them like another."""
    rng = np.random.default_rng(7)
    made = []
    for _ in range(4):
        pixels = np.full((side, side, 3), rng.integers(60, 160, 3), dtype=np.uint8)
        for _ in range(5):
            top, left = rng.integers(0, side - 40, 2)
            pixels[top : top + 40, left : left + 24] = rng.integers(0, 255, 3)
        valid = np.ones((side, side), dtype=np.bool_)
        made.append(
            Chip(pixels, valid, Rectangle(0, 0, side, side, side, side), Affine.identity(), None, None)
        )
    return made


def test_scores_and_boxes_are_the_engines_own(server: str) -> None:
    spec = replace(find_model("mini"), load_in_4bit=False)  # the server has it in float32
    queries = [Query("the airplane"), Query("all ships")] * 2
    own = ServedModel(spec, load_model(spec))
    try:
        with reached(f"{server}?like=mini#{Path(MINI)}") as model:
            assert model.scoring == "decisions"
            crops = [chip.pixels for chip in chips(spec.crop_px)]
            expected = own.verifier.score(crops, queries, never)
            assert model.verifier.score(crops, queries, never) == pytest.approx(expected, abs=1e-3)
            wholes = chips(spec.chip_px)
            seen = own.verifier.presence(wholes, queries, never)
            assert model.verifier.presence(wholes, queries, never) == pytest.approx(seen, abs=1e-3)
            answers = zip(
                own.policy.generate(wholes, queries, never),
                model.policy.generate(wholes, queries, never),
                strict=True,
            )
            for mine, theirs in answers:
                side = spec.chip_px
                ours, other = (parse_boxes(text.text, spec.family, side, side) for text in (mine, theirs))
                assert [box.xyxy_px for box in other.proposals] == [box.xyxy_px for box in ours.proposals]
    finally:
        own.close()
