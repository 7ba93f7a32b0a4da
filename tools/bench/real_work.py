"""What is measured of a model: looking, writing and scoring, each with its peak of memory."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from dataclasses import replace
from types import SimpleNamespace
from typing import Any, cast

import numpy as np
import torch
from torch.profiler import ProfilerActivity, profile

from engine.catalogue.fitting import Costs
from engine.model import policy, steps
from engine.model.batches import pad_batch
from engine.model.devices import working_dtype
from engine.model.halving import Halving
from engine.model.loaded import LoadedModel
from engine.model.policy import decode
from engine.types import Chip, Completion, Pixels, Query
from tools.bench.real_shapes import quantise

QUESTION = "everything that people could shelter in from a flood"
STEADY = 24
"""Tokens after which writing is at its pace."""


class Measure:
    """Seconds and bytes on a device.

    Args:
        device: of CUDA, or a CPU, where no bytes are told.
    """

    def __init__(self, device: torch.device) -> None:
        self.device, self._cuda = device, device.type == "cuda"
        self.speed = 1.0

    def held(self) -> int:
        """Bytes that are taken now."""
        return torch.cuda.memory_allocated() if self._cuda else 0

    def wait(self) -> None:
        """Until the device has done all."""
        if self._cuda:
            torch.cuda.synchronize()

    def bandwidth(self) -> float:
        """Bytes a second that the device copies, read and written, the best of a few."""
        source = torch.empty(2**31 if self._cuda else 2**22, dtype=torch.uint8, device=self.device)
        goal, best = torch.empty_like(source), 0.0
        for _ in range(8):
            self.wait()
            begun = time.perf_counter()
            goal.copy_(source)
            self.wait()
            best = max(best, 2 * source.numel() / (time.perf_counter() - begun))
        self.speed = best
        return best

    def __call__(self, work: Callable[[], Any]) -> dict[str, Any]:
        """Seconds of some work, its peak beyond what was held before, and the most that torch reserved."""
        self.wait()
        before = self.held()
        if self._cuda:
            torch.cuda.reset_peak_memory_stats()
        begun = time.perf_counter()
        work()
        self.wait()
        found: dict[str, Any] = {"seconds": round(time.perf_counter() - begun, 4)}
        if self._cuda:
            found["peak"] = torch.cuda.max_memory_allocated() - before
            found["held"] = before
            found["reserved"] = torch.cuda.max_memory_reserved()
        return found


def picture(px: int, seed: int) -> Pixels:
    """Noise."""
    return np.random.default_rng(seed).integers(0, 255, (px, px, 3)).astype(np.uint8)


def look(loaded: LoadedModel, costs: Costs, measure: Measure, px: int, count: int) -> dict[str, Any]:
    """Pictures through the vision tower, in runs as the engine makes them."""
    pictures = [picture(px, seed) for seed in range(count)]
    runs: list[int] = []
    run = loaded.encoder._run

    def counted(batch: Sequence[Pixels], **how: Any) -> Any:
        runs.append(len(batch))
        return run(batch, **how)

    loaded.encoder._run = counted  # type: ignore[method-assign]
    try:
        with loaded.running(None):
            loaded.encoder.encode(pictures[:1], adapter="", keep=False)
            runs.clear()
            found = measure(lambda: loaded.encoder.encode(pictures, adapter="", keep=False))
    finally:
        del loaded.encoder._run
    most = max(runs)
    planned = costs.working() + most * costs.looking(px) + (count - most) * costs.features(px)
    return {
        **found,
        "pictures": count,
        "runs": runs,
        "planned": round(planned),
        "each": found["seconds"] / count,
    }


def write(
    loaded: LoadedModel, costs: Costs, measure: Measure, px: int, rows: int, tokens: int, *, naive: bool
) -> dict[str, Any]:
    """Prompts over pictures that were looked at, and answers of so many tokens."""
    stamps: list[float] = []
    parts: dict[str, Any] = {}
    kept, looped = policy.open_step, policy.is_loop

    with loaded.running(None):
        features = loaded.encoder.encode([picture(px, 0)], adapter="", keep=False) * rows
        prompt = loaded.prompts.ids("locate", QUESTION, features[0].shown)

        def stop() -> bool:
            stamps.append(time.perf_counter())
            return False

        def work() -> None:
            prefill = loaded.policy._read([prompt] * rows, features)
            measure.wait()
            parts["reading"] = time.perf_counter()
            parts["answers"] = decode(
                loaded.model,
                prefill,
                max_new_tokens=tokens,
                end_ids=[],
                banned_ids=loaded.silent_ids,
                stop=stop,
            )

        policy.open_step = steps.GrowingStep if naive else kept  # type: ignore[assignment]
        policy.is_loop = lambda answer: False
        try:
            begun = time.perf_counter()
            found = measure(work)
        finally:
            policy.open_step, policy.is_loop = kept, looped
    steady = stamps[min(STEADY, len(stamps) // 2) :]
    each = (steady[-1] - steady[0]) / max(1, len(steady) - 1)
    s = costs.shapes
    packed = s.language * (4.127 / 8 if costs.load_in_4bit else costs.item)
    head = s.hidden * s.vocabulary * costs.item
    moved = packed + head + rows * costs.cache(len(prompt) + tokens // 2)
    room = tokens if naive else min(tokens + steps.BLOCK, steps.ROOM)
    return {
        **found,
        "rows": rows,
        "prompt": len(prompt),
        "tokens": tokens,
        "px": px,
        "reading_s": parts["reading"] - begun,
        "token_s": each,
        "tokens_per_s": rows / each,
        "bound_token_s": moved / measure.speed,
        "share_of_bandwidth": moved / measure.speed / each,
        "planned": round(costs.working() + rows * costs.row(len(prompt), room)),
        "first": [answer[:24] for answer in parts["answers"]],
    }


def equal(loaded: LoadedModel, px: int) -> dict[str, float]:
    """How far the logits of a played step are from those of a growing one, the same tokens read by both."""
    logits: list[list[torch.Tensor]] = []
    with loaded.running(None):
        features = loaded.encoder.encode([picture(px, seed) for seed in range(3)], adapter="", keep=False)
        words = (QUESTION, "ships", "all the cars on the road by the river")
        prompts = [loaded.prompts.ids("locate", w, f.shown) for w, f in zip(words, features, strict=True)]
        tokens = torch.randint(10, 250, (24, 3), device=loaded.device)
        for kind in (steps.GrowingStep, steps.FixedStep):
            step = kind(loaded.model, loaded.policy._read(prompts, features), 40)
            logits.append([step(token).float().clone() for token in tokens])
    grown, fixed = (torch.stack(part) for part in logits)
    return {
        "spread": float(grown.std()),
        "off_most": float((grown - fixed).abs().max()),
        "off_mean": float((grown - fixed).abs().mean()),
        "same_word": float((grown.argmax(-1) == fixed.argmax(-1)).float().mean()),
    }


def pieces(loaded: LoadedModel, measure: Measure, px: int, rows: int) -> list[list[Any]]:
    """What a played step spends its time with: name, times and microseconds of each kind of kernel, dearest first."""
    with loaded.running(None):
        features = loaded.encoder.encode([picture(px, 0)], adapter="", keep=False) * rows
        prompt = loaded.prompts.ids("locate", QUESTION, features[0].shown)
        prefill = loaded.policy._read([prompt] * rows, features)
        step = steps.open_step(loaded.model, prefill, 64)
        token = prefill.logits.argmax(-1)
        for _ in range(12):
            step(token)
        measure.wait()
        with profile(activities=[ProfilerActivity.CUDA, ProfilerActivity.CPU]) as seen:
            for _ in range(4):
                step(token)
            measure.wait()
    rows_of = sorted(seen.key_averages(), key=lambda event: -event.self_device_time_total)[:24]
    return [[event.key[:90], event.count, round(event.self_device_time_total / 4, 1)] for event in rows_of]


def score(loaded: LoadedModel, costs: Costs, measure: Measure, count: int) -> dict[str, Any]:
    """Crops that are asked yes or no."""
    px = loaded.spec.crop_px
    crops, queries = [picture(px, seed) for seed in range(count)], [Query(QUESTION)] * count
    loaded.verifier.score(crops[:2], queries[:2], lambda: False)
    found = measure(lambda: loaded.verifier.score(crops, queries, lambda: False))
    side = max(px, 64) // costs.shapes.token_px * costs.shapes.token_px
    prompt = len(loaded.prompts.ids("verify", QUESTION, costs.tokens(side)))
    planned = max(count * costs.row(prompt, 0), count * costs.looking(side)) + costs.working()
    return {**found, "crops": count, "px": px, "planned": round(planned)}


def shortage(loaded: LoadedModel, measure: Measure, px: int) -> dict[str, Any]:
    """Many more chips than fit: the engine has to halve, and to answer all."""
    rows, written = 48, 24
    spec, halving, answers = loaded.policy.spec, loaded._halving, list[Completion]()
    chips = [cast("Chip", SimpleNamespace(pixels=picture(px, 0)))] * rows
    prompt = len(loaded.prompts.ids("locate", QUESTION, loaded.costs.tokens(px)))
    loaded.policy.spec = replace(spec, max_new_tokens=written)
    loaded._halving = {kind: Halving(loaded.refusal) for kind in halving}
    loaded.rows_that_fit = lambda *_: rows  # type: ignore[method-assign]
    try:
        found = measure(
            lambda: answers.extend(loaded.policy.generate(chips, [Query(QUESTION)] * rows, lambda: False))
        )
        most = loaded._halving["writing"]._most / (prompt + written)
    finally:
        del loaded.rows_that_fit
        loaded.policy.spec, loaded._halving = spec, halving
        loaded.encoder.cache.clear()
    return {**found, "asked": rows, "answered": len(answers), "rows_in_the_end": min(rows, most)}


@torch.no_grad()
def vision_in_4bit(loaded: LoadedModel, measure: Measure, px: int) -> dict[str, Any]:
    """What changes where the vision tower is quantised, too: features, logits of all tokens, likeliest words."""
    pixels = [picture(px, seed) for seed in range(2)]

    def seen() -> tuple[Any, Any]:
        features = loaded.encoder.encode(pixels, adapter="", keep=False)
        prompt = loaded.prompts.ids("locate", QUESTION, features[0].shown)
        inputs = pad_batch([prompt] * 2, features, loaded.prompts, loaded.device)
        return features, loaded.model(**inputs, use_cache=False, logits_to_keep=64).logits.float()

    with torch.inference_mode():
        features, logits = seen()
    kept = {
        name: module
        for name, module in loaded.model.named_modules()
        if isinstance(module, torch.nn.Linear) and ".visual." in f".{name}." and module.in_features % 64 == 0
    }
    for name in kept:
        quantise(loaded.model, name, working_dtype(measure.device), measure.device)
    with torch.inference_mode():
        coarse, other = seen()
    for name, module in kept.items():
        parent, _, last = name.rpartition(".")
        setattr(loaded.model.get_submodule(parent), last, module)
    off = torch.stack(
        [
            (a.embeds - b.embeds).float().norm() / a.embeds.float().norm()
            for a, b in zip(features, coarse, strict=True)
        ]
    )
    apart = (logits.log_softmax(-1) - other.log_softmax(-1)) * logits.softmax(-1)
    with torch.inference_mode():
        again = seen()[1]
    return {
        "layers": len(kept),
        "features_off": float(off.mean()),
        "logits_spread": float(logits.std()),
        "logits_off_mean": float((logits - other).abs().mean()),
        "logits_off_most": float((logits - other).abs().max()),
        "same_word": float((logits.argmax(-1) == other.argmax(-1)).float().mean()),
        "divergence": float(apart.sum(-1).mean()),
        "repeated_off_most": float((logits - again).abs().max()),
    }
