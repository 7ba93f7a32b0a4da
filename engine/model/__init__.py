"""The model in memory: the only room of the engine that knows torch."""
