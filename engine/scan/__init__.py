"""An archive of scenes: which there are, searched side by side on Ray, and what was found in all of them as one."""
