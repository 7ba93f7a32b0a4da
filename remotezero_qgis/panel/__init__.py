"""The panel: widgets and their places, without what they do."""
