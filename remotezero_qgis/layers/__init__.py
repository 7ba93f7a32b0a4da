"""Between the map and the engine: places, layers, result files and marks."""
