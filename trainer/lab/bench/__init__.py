"""What self-improvement gains, and what it costs, against its baselines."""
