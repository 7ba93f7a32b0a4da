"""RemoteZero engine: from a question and a raster to scored, georeferenced boxes."""
