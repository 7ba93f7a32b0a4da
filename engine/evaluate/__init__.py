"""How well a model finds: labelled sets read, models asked, answers kept, measured, compared and shown."""
