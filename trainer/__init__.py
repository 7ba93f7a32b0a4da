"""Self-improvement: rounds of Generate-Crop-Verify GRPO on rasters that nobody labelled."""
