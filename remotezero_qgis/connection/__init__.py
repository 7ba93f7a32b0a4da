"""To the engine and back: its process, its wire, and the jobs that are followed."""
