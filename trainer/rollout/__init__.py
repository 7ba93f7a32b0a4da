"""The part of the trainer that touches weights: packing, sampling, and TRL in one file."""
