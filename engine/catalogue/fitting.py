"""What fits into how much memory: chip size, rows, group and checkpointing, worked out from a model's shapes.

The factors count the tensors that are alive at once at the worst moment, as torch's own record of what it allocates
shows them on a CPU in float32, and as an H100 showed them in 16 bit (LOG.md). ``tests/engine/test_peaks.py`` measures
on the CPU, and ``tests/engine/test_fitting.py`` holds them to what was measured on the card, both to 15 %.
"""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Literal

from engine.catalogue.footprint import Shapes

Task = Literal["locate", "verify", "learn"]
LIBRARIES_BYTES = 600 * 2**20
"""What torch and its libraries take of a card beside the weights."""
LIBRARIES_WORK_BYTES = 64 * 2**20
"""What cuBLAS takes to multiply in, on the stream of the work and on that of recordings (on an H100)."""
OUTLINE_BYTES = 700 * 2**20
"""What a model that draws outlines needs beside its weights for one picture."""
BYTES_NF4 = 4.127 / 8
"""Bytes of a weight in NF4 with its scales quantised as well (one byte for 64 weights, those packed once more)."""
BYTES_16, FLOAT = 2, 4
SPARE = 1.1
"""A driver hands memory out in blocks, some of which stay half empty."""
QUESTION_TOKENS, ANSWER_TOKENS, LEARN_ANSWER_TOKENS = 220, 1024, 256
CHIP_SHARES = (1.0, 0.75, 0.5, 0.375)
ROWS, GROUPS, PROMPTS = (32, 16, 8, 4, 2, 1), (8, 6, 4), (16, 8, 4, 2, 1)
LOSS_TOKENS = 256
"""Tokens of answers whose probabilities over the whole vocabulary are held at once."""
RANK, LEARNED_BYTES = 16, 24
"""Rank of an adapter, and bytes of each of its weights: itself, gradient, Adam's two, the start and the last round."""
KEPT_BYTES, MOST_KEPT = 256 * 2**20, 0.25
"""Features of chips that are kept beyond those of a batch, and the share of what is left that they may take."""


@dataclass(frozen=True)
class Costs:
    """What pictures, rows and gradients take, in bytes.

    Attributes:
        shapes: of the model.
        item: bytes of a number in the working precision.
        load_in_4bit: the language model is held in NF4.
    """

    shapes: Shapes
    item: int = BYTES_16
    load_in_4bit: bool = True

    def weights(self) -> float:
        """All weights at rest, and what working with them takes however little is asked."""
        s = self.shapes
        packed = BYTES_NF4 if self.load_in_4bit else self.item
        return s.language * packed + (s.vision + s.embedding) * self.item + self.working()

    def working(self) -> float:
        """The matrix that is being unpacked, and on a card what its libraries multiply in."""
        unpacked = self.shapes.largest * self.item if self.load_in_4bit else 0
        return unpacked + (LIBRARIES_WORK_BYTES if self.item < FLOAT else 0)

    def adapter(self) -> float:
        """An adapter in training, with all that belongs to it."""
        s = self.shapes
        wide, narrow = s.heads * s.head_dim, s.kv_heads * s.head_dim
        language = 2 * (s.hidden + wide) + 2 * (s.hidden + narrow) + 3 * (s.hidden + s.intermediate)
        vision = 6 * s.vision_hidden + 2 * (s.vision_hidden + s.vision_intermediate)
        return RANK * (s.layers * language + s.vision_layers * vision) * LEARNED_BYTES

    def patches(self, chip_px: int) -> int:
        """Patches of a square chip."""
        return (chip_px // self.shapes.token_px * self.shapes.merge) ** 2

    def tokens(self, chip_px: int) -> int:
        """Tokens of a square chip."""
        return self.patches(chip_px) // self.shapes.merge**2

    def features(self, chip_px: int) -> int:
        """What is kept of a chip that was looked at."""
        return self.tokens(chip_px) * self.shapes.hidden * (1 + self.shapes.deepstack) * self.item

    def looking(self, chip_px: int) -> float:
        """A pass of one chip through the vision tower."""
        return self.patches(chip_px) * self.patch()

    def patch(self) -> float:
        """What a patch takes in the vision tower, where queries and keys are turned in float32."""
        s = self.shapes
        # What is not float32 already is there once more in it. Pixels are there twice: as read, and as handed on.
        again = 2 * FLOAT if self.item < FLOAT else 0
        attention = (6.33 * self.item + 6 * FLOAT + again) * s.vision_hidden
        forward = (4.4 * s.vision_hidden + 2 * s.vision_intermediate) * self.item
        pixels = 2 * 3 * s.patch_px**2 * (FLOAT + self.item)
        kept = s.hidden / s.merge**2 * (1 + s.deepstack) * self.item
        return max(attention, forward) + pixels + kept

    def cache(self, tokens: int) -> int:
        """Keys and values of a row."""
        s = self.shapes
        return (s.cached or 2 * s.layers * s.kv_heads * s.head_dim) * self.item * tokens

    def row(self, prompt_tokens: int, answer_tokens: int, answers: int = 1) -> float:
        """A row that is read, and written to where ``answer_tokens`` is not 0: the larger of both moments.

        Args:
            prompt_tokens: picture included.
            answer_tokens: of an answer.
            answers: to each prompt, which is read once for all of them; the result is for one.
        """
        s = self.shapes
        wide, narrow = s.heads * s.head_dim, s.kv_heads * s.head_dim
        attention = 5.6 * s.hidden + 4 * wide + 4 * narrow
        forward = 7.3 * s.hidden + 3 * s.intermediate
        reading = max(attention, forward) * prompt_tokens * self.item
        logits = s.vocabulary * (self.item + 4 * FLOAT)
        if not answer_tokens:
            return reading + logits
        kept = self.cache(prompt_tokens)
        whole = self.cache(prompt_tokens + answer_tokens)
        return (
            max((reading + kept * (1 - 1 / s.layers)) / answers, whole + max(logits, whole / s.layers / 2))
            + 4 * s.hidden
        )

    def step(
        self, chip_px: int, prompt_tokens: int, answer_tokens: int, rows: int = 1, *, checkpointing: bool
    ) -> int:
        """Gradients of some prompts, the answers to each of which stand behind it in one row.

        Args:
            chip_px: side of the prompts' pictures.
            prompt_tokens: picture included.
            answer_tokens: of all answers to one prompt together.
            rows: prompts at once.
            checkpointing: of each layer only the input is kept.
        """
        s, tokens, patches = self.shapes, rows * (prompt_tokens + answer_tokens), rows * self.patches(chip_px)
        wide, narrow = s.heads * s.head_dim, s.kv_heads * s.head_dim
        layer = 4.7 * s.intermediate + 2.8 * s.hidden + 5 * wide + narrow
        sight = 2 * s.vision_intermediate + 10.8 * s.vision_hidden
        pixels = patches * 2 * 3 * s.patch_px**2 * FLOAT
        loss = min(rows * answer_tokens, LOSS_TOKENS) * s.vocabulary * FLOAT * 2
        if not checkpointing:
            kept = tokens * (s.layers * layer + 8.8 * s.hidden) + patches * s.vision_layers * sight
            return round(kept * self.item + pixels + loss)
        stored = tokens * s.layers * s.hidden + patches * s.vision_layers * s.vision_hidden
        again = tokens * (6.35 * s.intermediate + 8 * s.hidden + 5.25 * wide + 1.2 * narrow)
        return round((stored + max(again, patches * 1.5 * sight)) * self.item + pixels + loss)


@dataclass(frozen=True)
class Plan:
    """How a model is used within the memory there is.

    Attributes:
        task: finding, scoring or learning.
        chip_px: side of the pictures.
        rows: questions at once; prompts at once in a gradient step.
        chips: chips whose features are kept, in ``kept_bytes`` at the most.
        group_size: answers that are compared, 1 where nothing is learned.
        checkpointing: layers are computed again in the backward pass.
        needed_bytes: all that it takes, libraries excluded.
        kept_bytes: for features of chips.
        free_bytes: what there is before anything of it is loaded.
    """

    task: Task
    chip_px: int
    rows: int
    chips: int
    group_size: int
    checkpointing: bool
    needed_bytes: int
    kept_bytes: int = 0
    free_bytes: int = 0

    def sentence(self) -> str:
        """The plan in one line, for people."""
        work = {
            "locate": f"finding: chips of {self.chip_px} pixels, {self.rows} at once",
            "verify": f"scoring: crops of {self.chip_px} pixels, {self.rows} at once",
            "learn": (
                f"learning: chips of {self.chip_px} pixels, {self.rows} at once, {self.group_size} answers to each, "
                f"layers {'computed again' if self.checkpointing else 'kept'} for the backward pass"
            ),
        }[self.task]
        return f"Plan for {work}; takes {_size(self.needed_bytes)}, and {_size(self.free_bytes)} are free."


def _size(number: float) -> str:
    return f"{number / 2**30:.1f} GiB" if number >= 2**30 / 10 else f"{number / 2**20:.0f} MiB"


def make_plan(costs: Costs, task: Task, side_px: int, free_bytes: float) -> Plan | None:
    """The best plan that fits into ``free_bytes`` before the weights are there; None where not even the smallest does.

    Large chips come before many rows, and a whole group before larger steps: both change what is found, the rest is
    a matter of time.

    Args:
        costs: of the model.
        task: what it is to do.
        side_px: of the model's own chips, or of its crops when it scores.
        free_bytes: of the device, libraries excluded.
    """
    plans = _plans(costs, task, side_px, free_bytes)
    found = next((plan for plan in plans if plan.needed_bytes <= free_bytes), None)
    return None if found is None else replace(found, free_bytes=round(free_bytes))


def smallest_plan(costs: Costs, task: Task, side_px: int) -> Plan:
    """The plan that takes least."""
    return min(_plans(costs, task, side_px, 0.0), key=lambda plan: plan.needed_bytes)


def _plans(costs: Costs, task: Task, side_px: int, free_bytes: float) -> Iterable[Plan]:
    """All plans, the best first."""
    token_px = costs.shapes.token_px
    for share in CHIP_SHARES if task != "verify" else (1.0,):
        chip = side_px if share == 1 else max(token_px, round(side_px * share) // token_px * token_px)
        if task == "learn":
            yield from _learning(costs, chip)
            continue
        answer = ANSWER_TOKENS if task == "locate" else 0
        fixed, feature = costs.weights(), costs.features(chip)
        row = costs.row(costs.tokens(chip) + QUESTION_TOKENS, answer)
        for rows in ROWS:
            working = max(rows * row, costs.looking(chip))
            needed = fixed + (working + rows * feature) * SPARE
            room = max(0.0, (free_bytes - needed) * MOST_KEPT)
            chips = rows + min(max(0, ROWS[0] - rows), int(room // feature))
            kept = max(chips * feature, min(KEPT_BYTES, round(room)))
            yield Plan(task, chip, rows, chips, 1, False, round(needed), kept)


def _learning(costs: Costs, chip_px: int) -> Iterable[Plan]:
    fixed = costs.weights() + costs.adapter()
    prompt = costs.tokens(chip_px) + QUESTION_TOKENS
    writing = costs.row(prompt, ANSWER_TOKENS)
    # Layers are kept only where a whole step fits: one or two prompts at once with layers kept were slower on a card
    # than four or eight whose layers are computed again.
    ways = [(PROMPTS[0], False), *((rows, True) for rows in PROMPTS)]
    for group in GROUPS:
        for rows, checkpointing in ways:
            answers = group * LEARN_ANSWER_TOKENS
            step = costs.step(chip_px, prompt, answers, rows, checkpointing=checkpointing)
            needed = fixed + max(step, writing) * SPARE
            kept = costs.features(chip_px)
            yield Plan("learn", chip_px, rows, rows, group, checkpointing, round(needed), kept)


def what_would_fit(
    models: Iterable[tuple[str, Shapes, int]],
    task: Task,
    free_bytes: float,
    *,
    item: int = BYTES_16,
    below_bytes: float = math.inf,
) -> str:
    """Says which of some models would fit, the largest that does; or that none does.

    Args:
        models: name, shapes and side of the pictures of each.
        task: what it is to do.
        free_bytes: of the device, libraries excluded.
        item: bytes of a number in the device's working precision.
        below_bytes: what the smallest plan of one that does not fit takes; a model that takes as much is no advice.
    """
    fitting = [
        (shapes.language, name)
        for name, shapes, side_px in models
        if smallest_plan(Costs(shapes, item), task, side_px).needed_bytes <= min(free_bytes, below_bytes - 1)
    ]
    return _would_fit(max(fitting)[1] if fitting else None)


def which_outlines_would_fit(models: Iterable[tuple[str, int]], free_bytes: float, below_bytes: float) -> str:
    """The same of models that draw outlines.

    Args:
        models: name and bytes of the weights of each.
        free_bytes: of the device.
        below_bytes: of the weights that do not fit.
    """
    fitting = [
        (size, name) for name, size in models if size < below_bytes and size + OUTLINE_BYTES <= free_bytes
    ]
    return _would_fit(max(fitting)[1] if fitting else None)


def _would_fit(name: str | None) -> str:
    return f"{name} would fit." if name else "None of the catalogue's models would fit."
