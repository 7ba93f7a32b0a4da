"""Rasters in, pictures out, boxes back on the map: everything that knows pixels, places and vector files."""
