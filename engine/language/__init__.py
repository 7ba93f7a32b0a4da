"""What is said to a model and how its answers are read: families, prompts, parser."""
