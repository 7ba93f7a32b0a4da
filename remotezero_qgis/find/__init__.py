"""Ask, look, judge: the panel's upper half at work."""
