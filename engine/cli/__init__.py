"""The command line: the same jobs, over a store of its own."""
