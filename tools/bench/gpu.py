"""``make bench-gpu``: memory and seconds of real shapes on a GPU, its memory capped as smaller cards have it.

Weights are random, in the exact shapes of the published configurations, the language model in NF4; everything else is
the engine's own: pictures, prompts, writing, scoring, and gradients through the trainer. Without a GPU this says so and
ends with exit code 0. ``--tiny`` rehearses the whole on any machine, with shapes that mean nothing.
"""

from __future__ import annotations

import argparse
import gc
import json
import re
import sys
import time
import traceback
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, replace
from pathlib import Path
from typing import Any

import torch

from engine.catalogue.fitting import LIBRARIES_BYTES, Costs, Plan, Task, make_plan
from engine.catalogue.footprint import Shapes
from engine.catalogue.offers import Offer, read_offers
from engine.files import write_atomic
from engine.language.families import FAMILIES
from engine.model.loaded import LoadedModel
from tools.bench.gpu_table import tables
from tools.bench.real_learning import draw, learn
from tools.bench.real_shapes import build_loaded
from tools.bench.real_work import Measure, equal, look, pieces, score, shortage, vision_in_4bit, write

REPORT = Path(__file__).resolve().parents[2] / "build" / "reports" / "bench-gpu.json"
CARDS_GB = (8, 12, 16, 24)
MODELS = ("Qwen3-VL-2B-Instruct", "Qwen3-VL-8B-Instruct", "Qwen3-VL-4B-Instruct", "Qwen2.5-VL-7B-Instruct")
SHARES = (1.0, 0.75, 0.5)
"""Of the family's own chips: the three sizes that are measured."""
WRITTEN = 128
ROWS = (1, 8, 32)
TINY = Shapes(
    language=1, vision=1, embedding=700 * 128, layers=2, hidden=128, intermediate=256, kv_heads=2, head_dim=32,
    heads=4, vocabulary=700, vision_layers=2, vision_hidden=64, vision_intermediate=128,
)  # fmt: skip


class Bench:
    """One run: what was found so far is written after every part, and a part that fails stops no other.

    Args:
        out: file of the report.
        until: when no part is begun any more, as time.perf_counter has it.
        wanted: how the names of the parts begin that are to be done.
        tiny: rehearse.
    """

    def __init__(self, out: Path, until: float, wanted: str, *, tiny: bool) -> None:
        self.wanted = re.compile(f"^(bandwidth|{wanted})")
        self._out, self._until, self._tiny = out, until, tiny
        self._device = torch.device("cpu" if tiny else "cuda")
        self._measure = Measure(self._device)
        self._whole = 80 * 2**30 if tiny else torch.cuda.get_device_properties(self._device).total_memory
        self.report: dict[str, Any] = {
            "card": "none" if tiny else torch.cuda.get_device_name(self._device),
            "torch": torch.__version__, "models": {}, "failed": [],
        }  # fmt: skip

    def part(self, name: str, into: dict[str, Any], work: Callable[[], Any]) -> None:
        """Do a part and note what it found, or why it failed."""
        if not self.wanted.search(name):
            return
        if time.perf_counter() > self._until:
            self.report["failed"].append([name, "no time left"])
            return
        begun = time.perf_counter()
        try:
            into[name] = work()
        except Exception as error:  # noqa: BLE001 (the other parts go on, and the report says what failed)
            traceback.print_exc()
            self.report["failed"].append([name, f"{type(error).__name__}: {error}"[:600]])
        seconds = round(time.perf_counter() - begun, 1)
        print(f"{name} [{seconds} s]: {json.dumps(into.get(name))}", flush=True)
        self.save()
        gc.collect()
        if self._device.type == "cuda":
            torch.cuda.empty_cache()

    def save(self) -> None:
        """Write the report as it is."""
        self._out.parent.mkdir(parents=True, exist_ok=True)
        write_atomic(self._out, json.dumps(self.report, indent=1) + "\n")

    @contextmanager
    def card(self, gigabytes: float) -> Iterator[float]:
        """Let torch have no more than such a card would leave to it; yields the bytes."""
        room = gigabytes * 2**30 - LIBRARIES_BYTES
        if self._device.type == "cuda":
            torch.cuda.empty_cache()
            torch.cuda.set_per_process_memory_fraction(room / self._whole)
        try:
            yield room
        finally:
            if self._device.type == "cuda":
                torch.cuda.set_per_process_memory_fraction(1.0)

    def model(self, offer: Offer) -> None:
        """All parts of one model."""
        found: dict[str, Any] = self.report["models"].setdefault(offer.name, {})
        made: list[LoadedModel] = []
        begun = time.perf_counter()
        self.part("weights", found, lambda: self._built(offer, made, begun))
        if not made:
            return
        loaded, costs = made[0], Costs(offer.shapes or TINY, 4 if self._tiny else 2)
        sizes = [self._side(offer, share) for share in SHARES]
        self.part("first", found, lambda: look(loaded, costs, self._measure, sizes[-1], 1))
        for share, px in zip(SHARES, sizes, strict=True):
            for gigabytes in reversed(CARDS_GB) if share == 1 else (CARDS_GB[-1], CARDS_GB[0]):
                name = f"{px} px, {gigabytes} GB"
                self.part(
                    f"locate, {name}", found, lambda g=gigabytes, p=px: self._locate(loaded, costs, p, g)
                )
        for rows in ROWS:
            self.part(
                f"writing, {rows} rows", found, lambda r=rows: self._writing(loaded, costs, sizes[-1], r)
            )
        self.part("equal", found, lambda: equal(loaded, sizes[-1]))
        for rows in (ROWS[0], ROWS[-1]):
            self.part(
                f"pieces of a step, {rows} rows",
                found,
                lambda r=rows: pieces(loaded, self._measure, sizes[-1], r),
            )
        self.part("scoring", found, lambda: self._scoring(loaded, costs))
        self.part("shortage", found, lambda: self._short(loaded, sizes[0]))
        self.part("vision in 4 bit", found, lambda: vision_in_4bit(loaded, self._measure, sizes[-1]))
        loaded.encoder.cache.clear()
        for share, px in zip(SHARES, sizes, strict=True):
            for gigabytes in CARDS_GB if share == 1 else (CARDS_GB[-1],):
                name = f"{px} px, {gigabytes} GB"
                self.part(f"learn, {name}", found, lambda g=gigabytes, p=px: self._learn(loaded, costs, p, g))
        self.part("shortage in learning", found, lambda: self._short_in_learning(loaded, costs, sizes[0]))
        loaded.close()
        made.clear()

    def in_16_bit(self, offer: Offer) -> None:
        """How fast a model writes whose language model is not quantised."""
        found: dict[str, Any] = self.report["models"].setdefault(offer.name, {})

        def work() -> dict[str, Any]:
            loaded = build_loaded(offer, self._device, load_in_4bit=False)
            costs = Costs(offer.shapes or TINY, 4 if self._tiny else 2, load_in_4bit=False)
            rows = {
                str(rows): self._writing(loaded, costs, self._side(offer, SHARES[-1]), rows, naive=False)
                for rows in (1, 32)
            }
            loaded.close()
            return rows

        self.part("writing in 16 bit", found, work)

    def _side(self, offer: Offer, share: float) -> int:
        costs = Costs(offer.shapes or TINY)
        side = 128 if self._tiny else FAMILIES[offer.family].chip_px
        return max(
            costs.shapes.token_px, round(side * share) // costs.shapes.token_px * costs.shapes.token_px
        )

    def _built(self, offer: Offer, made: list[LoadedModel], begun: float) -> dict[str, Any]:
        before = self._measure.held()
        made.append(build_loaded(offer, self._device))
        costs = Costs(offer.shapes or TINY)
        held = self._measure.held() - before
        seconds = round(time.perf_counter() - begun, 1)
        return {"planned": round(costs.weights() - costs.working()), "measured": held, "seconds": seconds}

    def _plan(self, costs: Costs, task: Task, px: int, room: float) -> Any:
        plan = make_plan(costs, task, px, room)
        return plan if plan is not None and plan.chip_px == px else None

    def _locate(self, loaded: LoadedModel, costs: Costs, px: int, gigabytes: float) -> dict[str, Any]:
        with self.card(gigabytes) as room:
            plan = self._plan(costs, "locate", px, room)
            if plan is None:
                return {"plan": None}
            return {
                "plan": asdict(plan),
                "looking": look(loaded, costs, self._measure, px, plan.rows),
                "writing": write(loaded, costs, self._measure, px, plan.rows, WRITTEN, naive=False),
                "scoring": score(loaded, costs, self._measure, 16),
            }

    def _writing(
        self, loaded: LoadedModel, costs: Costs, px: int, rows: int, *, naive: bool = True
    ) -> dict[str, Any]:
        found = {"recorded": write(loaded, costs, self._measure, px, rows, WRITTEN, naive=False)}
        if naive:
            found["growing"] = write(loaded, costs, self._measure, px, rows, 24, naive=True)
            found["same"] = found["recorded"].pop("first") == found["growing"].pop("first")
        return found

    def _scoring(self, loaded: LoadedModel, costs: Costs) -> dict[str, Any]:
        return score(loaded, costs, self._measure, 16)

    def _short(self, loaded: LoadedModel, px: int) -> dict[str, Any]:
        held = self._measure.held() / 2**30 + LIBRARIES_BYTES / 2**30
        with self.card(held + 2):
            return shortage(loaded, self._measure, px)

    def _short_in_learning(self, loaded: LoadedModel, costs: Costs, px: int) -> dict[str, Any]:
        """Eight prompts at once with all layers kept, on a card that has room for a fraction."""
        held = (self._measure.held() + LIBRARIES_BYTES) / 2**30
        with self.card(held + 5):
            plan = Plan("learn", px, 8, 8, 8, False, 0)
            return learn(loaded, costs, self._measure, plan, self._out.parent / "learn")

    def _learn(self, loaded: LoadedModel, costs: Costs, px: int, gigabytes: float) -> dict[str, Any]:
        with self.card(gigabytes) as room:
            plan = self._plan(costs, "learn", px, room)
            if plan is None:
                return {"plan": None}
            found: dict[str, Any] = {"plan": asdict(plan)}
            found["step"] = learn(loaded, costs, self._measure, plan, self._out.parent / "learn")
            found["drawing"] = draw(loaded, costs, self._measure, plan)
            return found


def main() -> int:
    """Measure, print, write."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--tiny", action="store_true", help="rehearse with shapes that mean nothing")
    options.add_argument("--minutes", type=float, default=60.0, help="no part is begun after so long")
    options.add_argument("--models", nargs="*", default=[*MODELS])
    options.add_argument("--parts", default=".*", help="how the names of the wanted parts begin")
    options.add_argument("--out", type=Path, default=REPORT)
    chosen = options.parse_args()
    if not (chosen.tiny or torch.cuda.is_available()):
        print("There is no GPU here, so nothing was measured. The planner's arithmetic is tested on the CPU.")
        return 0
    bench = Bench(chosen.out, time.perf_counter() + 60 * chosen.minutes, chosen.parts, tiny=chosen.tiny)
    bench.part("bandwidth", bench.report, bench._measure.bandwidth)
    offers = {offer.name: offer for offer in read_offers() if offer.shapes}
    for entry in chosen.models:
        name, _, parts = entry.partition(":")
        offer, bench.wanted = offers[name], re.compile(f"^(weights$|{parts or chosen.parts})")
        if chosen.tiny and offer.shapes:
            patch, deep = offer.shapes.patch_px, min(1, offer.shapes.deepstack)
            offer = replace(offer, shapes=replace(TINY, patch_px=patch, deepstack=deep))
        bench.model(offer)
        bench.in_16_bit(offer)
    print(tables(bench.report))
    return 0


if __name__ == "__main__":
    sys.exit(main())
