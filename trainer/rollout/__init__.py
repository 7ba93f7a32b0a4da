"""The part of the trainer that touches weights: packing, sampling, and TRL in one file."""

from engine.model import torchvision_ops  # noqa: F401  (declares what torchvision needs, before transformers)
