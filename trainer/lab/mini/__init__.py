"""The shipped small model: a Qwen3-VL architecture trained from nothing on drawn scenes, then on real pictures.

``python -m trainer.lab.mini.train`` makes it, ``python -m trainer.lab.mini.evaluate`` measures it.
"""

from engine.model import torchvision_ops  # noqa: F401  (must come before transformers)
