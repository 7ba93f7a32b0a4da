"""A SAM 2 model in memory: shown a picture and a box, it says which pixels belong to what is in the box.

Weights stay in float32. These models have a few hundred million of them at most, and they multiply the places
of boxes in the precision of their weights: in bfloat16 a corner would be off by up to four pixels of the picture.
"""

from __future__ import annotations

import gc
from collections.abc import Sequence
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray

from engine.catalogue.checkpoints import check_whole
from engine.catalogue.fitting import OUTLINE_BYTES
from engine.errors import ModelError
from engine.model import torchvision_ops  # noqa: F401  (before transformers imports torchvision)
from engine.model.devices import choose_device
from engine.model.halving import Halving
from engine.model.loading import check_room, out_of_memory, read_weights
from engine.types import ModelSpec, Pixels, Stop, Xyxy

PICTURES_AT_ONCE = {"cpu": 2, "cuda": 8}
Mask = NDArray[np.bool_]


def read_outliner(spec: ModelSpec, *, device: str | None = None) -> HFOutliner:
    """Load a model folder of one of the families that draw outlines.

    Args:
        spec: what to load.
        device: ``cuda``, ``cuda:1`` or ``cpu``; CUDA where there is one by default.

    Raises:
        ModelError: the folder is missing or damaged, or it doesn't fit into the memory that is free.
    """
    from transformers import AutoModelForMaskGeneration

    where = choose_device(device)
    check_room(spec, where, check_whole(spec.path) + OUTLINE_BYTES)
    processor = _processor(spec)
    model = read_weights(AutoModelForMaskGeneration, spec, where, dtype=torch.float32)
    return HFOutliner(spec, model, processor)


def _processor(spec: ModelSpec) -> Any:
    """What makes numbers of pictures and boxes. Published folders name that of the video models, which wants more."""
    from transformers import Sam2Processor, Sam3TrackerProcessor

    kind = Sam3TrackerProcessor if spec.family == "sam3" else Sam2Processor
    try:
        return kind.from_pretrained(spec.path, local_files_only=True)
    except (OSError, ValueError, RuntimeError, KeyError, TypeError, ImportError) as error:
        raise ModelError(
            f"The image processor of the model in {spec.path} can't be loaded. The folder needs "
            "preprocessor_config.json or processor_config.json: download the model again."
        ) from error


class HFOutliner:
    """A loaded model, see :class:`engine.types.Outliner`."""

    def __init__(self, spec: ModelSpec, model: Any, processor: Any) -> None:
        """Serve a transformers model for mask generation."""
        self.spec, self.name = spec, spec.name
        self._model, self._processor = model, processor
        side = model.config.prompt_encoder_config.image_size
        self.picture_px = int(side if isinstance(side, int) else side[0])
        self.device = torch.device(model.device)
        self.batch_size = PICTURES_AT_ONCE.get(self.device.type, 2)
        self._in_runs = Halving(lambda: out_of_memory(spec, self.device))

    def masks(self, pictures: Sequence[Pixels], boxes_px: Sequence[Xyxy], stop: Stop) -> list[Mask]:
        """The object in each box, asked for by the box and its centre.

        Args:
            pictures: uint8 N x N x 3 each, N being ``picture_px``.
            boxes_px: one box in each picture.
            stop: asked before each run.

        Raises:
            JobCancelledError: ``stop()`` became true.
            ModelMemoryError: a single picture doesn't fit.
        """
        return self._in_runs(
            lambda rows: self._look([pictures[row] for row in rows], [boxes_px[row] for row in rows]),
            range(len(pictures)),
            self.batch_size,
            stop=stop,
        )

    def _look(self, pictures: Sequence[Pixels], boxes_px: Sequence[Xyxy]) -> list[Mask]:
        centres = [[[[(x1 + x2) / 2, (y1 + y2) / 2]]] for x1, y1, x2, y2 in boxes_px]
        asked = self._processor(
            images=list(pictures),
            input_boxes=[[list(box)] for box in boxes_px],
            input_points=centres,
            input_labels=[[[1]]] * len(boxes_px),
            return_tensors="pt",
        )
        sizes = asked.pop("original_sizes")
        with torch.inference_mode():
            answer = self._model(**asked.to(self.device), multimask_output=False)
            shown = self._processor.post_process_masks(answer.pred_masks, sizes)
        return [mask[0, 0].cpu().numpy().astype(bool) for mask in shown]

    def close(self) -> None:
        """Give the memory back; the model can't be used afterwards."""
        self._model = self._processor = None
        gc.collect()
        if torch.cuda.is_available():
            torch.cuda.empty_cache()
