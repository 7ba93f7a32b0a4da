"""The Processing provider ``remotezero`` and its algorithms."""
