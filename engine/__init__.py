"""RemoteZero engine: from a question and a raster to scored, georeferenced boxes."""

__version__ = "0.1.0"
