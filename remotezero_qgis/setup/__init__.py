"""Putting the engine on this machine: environment, wheels, models, and the page that shows it."""
