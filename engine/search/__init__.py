"""From a question and a raster to scored boxes: the pipeline, the merging of its windows, its counts."""
