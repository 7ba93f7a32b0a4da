"""Pictures of families whose own processor decides how they are shown: tiles, crops, marks in the text.

What the Qwen families need is known here to the pixel, and done in batches (``vision``). All others go through
their processor, one picture at a time: it says what the vision tower takes and which text stands for the picture
in a prompt, and the model says what becomes of it. Nothing here knows a family.
"""

from __future__ import annotations

import inspect
from collections.abc import Callable, Iterator, Sequence
from functools import cached_property
from typing import Any

import numpy as np
import torch

from engine.errors import ModelError
from engine.language.families import Family
from engine.model.vision import Features, Grid, InRuns, Look, PictureEncoder, Shown
from engine.types import Pixels

TEXT_NAMES = (
    "input_ids",
    "attention_mask",
    "token_type_ids",
    "mm_token_type_ids",
    "text_replacement_offsets",
)
"""What a processor makes of the text beside the picture."""
SIZES = "target_sizes"
"""Patches of each slice of a picture, from which some models say where its tokens are."""


def encoder_for(
    model: Any, processor: Any, family: Family, in_runs: InRuns, patches_that_fit: Callable[[], int]
) -> PictureEncoder:
    """The encoder of a family's pictures.

    Args:
        model: the transformers model.
        processor: the checkpoint's own.
        family: the model's family.
        in_runs: see :class:`engine.model.vision.PictureEncoder`.
        patches_that_fit: the same.
    """
    if family.own_processor:
        return ProcessedPictures(model, processor, family, in_runs, patches_that_fit)
    return PictureEncoder(model, processor.image_processor, family, in_runs, patches_that_fit)


class ProcessedPictures(PictureEncoder):
    """Runs the vision tower over pictures as the checkpoint's processor makes them.

    Args:
        model: a vision-language model of transformers.
        processor: the checkpoint's own, tokenizer included.
        family: the model's family.
    """

    @cached_property
    def _has_places(self) -> bool:
        """Whether the model places the tokens of a picture by the sizes of its slices; else they are counted."""
        rules = (getattr(part, "get_rope_index", None) for part in self._model.modules())
        rule = next((rule for rule in rules if rule is not None), None)
        return rule is not None and SIZES in inspect.signature(rule).parameters

    def size(self, picture: Pixels) -> tuple[int, int]:
        """Width and height of the picture that the processor gets."""
        height, width = picture.shape[:2]
        return (max(width, height),) * 2 if self._family.square else (width, height)

    def look(self, picture: Pixels) -> Look:
        """One picture as the vision tower takes it.

        Raises:
            ModelError: the processor leaves it out.
        """
        from PIL import Image

        mark = self._processor.image_token
        batch = self._processor(
            text=[mark],
            images=[Image.fromarray(self._filled_up(picture))],
            return_text_replacement_offsets=True,
            return_tensors="pt",
        )
        replaced = batch["text_replacement_offsets"][0]
        if len(replaced) != 1:
            raise ModelError(
                f"The processor of the model shows a picture {len(replaced)} times; once is needed. "
                "Download the files of the model again."
            )
        values = {name: value for name, value in batch.items() if name not in TEXT_NAMES}
        sizes = values.get(SIZES) if self._has_places else None
        grid = None if sizes is None else Grid(SIZES, tuple(tuple(size) for size in sizes.tolist()))
        return Look(values, replaced[0]["replacement"], grid)

    def shown(self, picture: Pixels) -> tuple[Shown, Grid | None]:
        """What stands for a picture in a prompt, and its patches where its tokens have places."""
        look = self.look(picture)
        return look.written or "", look.grid

    def see(self, looks: Sequence[Look]) -> list[Features]:
        """Run the vision tower as it is now, picture by picture; see :meth:`PictureEncoder.see`."""
        device, dtype = self._model.device, self._model.dtype
        found = []
        for look in looks:
            output = self._model.get_image_features(**{k: v.to(device) for k, v in look.values.items()})
            parts = output.pooler_output
            joined = isinstance(parts, torch.Tensor)
            embeds = torch.cat([part.reshape(-1, part.shape[-1]) for part in parts]).to(dtype)
            found.append(Features(embeds, (), look.grid, look.written, joined))
        return found

    def _filled_up(self, picture: Pixels) -> Pixels:
        """The picture, square where its family wants that: grey, as the processors fill, at its right or bottom."""
        width, height = self.size(picture)
        if picture.shape[:2] == (height, width):
            return np.ascontiguousarray(picture)
        whole = np.full((height, width, 3), FILL, np.uint8)
        whole[: picture.shape[0], : picture.shape[1]] = picture
        return whole

    def _by_size(self, pictures: Sequence[Pixels]) -> Iterator[tuple[int, list[Pixels]]]:
        """Each picture alone."""
        return ((1, [picture]) for picture in pictures)


FILL = 127
