"""The engine over HTTP, and its life as a process."""
