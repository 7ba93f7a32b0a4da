"""The engine's figures against their baselines: reading, memory, speed, waiting."""
