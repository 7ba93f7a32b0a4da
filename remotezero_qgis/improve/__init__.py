"""The Self-improve tab: the model learns from the user's own rasters, and the user watches and decides."""
