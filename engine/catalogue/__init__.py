"""Which models and adapters there are on disk, read, checked and written in one place each."""
