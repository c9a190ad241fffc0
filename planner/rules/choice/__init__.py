"""Rules that stand beside a scenario while choices are compared; no scenario says them itself."""
