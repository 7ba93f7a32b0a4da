"""The shipped small model: a Qwen3-VL architecture trained from nothing on drawn scenes.

``python -m trainer.mini.train`` makes it, ``python -m trainer.mini.evaluate`` measures it.
"""

from engine import torchvision_ops  # noqa: F401  (must come before transformers)
