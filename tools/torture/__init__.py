"""Torture: files damaged, processes killed and strangers at the door, by seed; nothing found may be lost by it."""
