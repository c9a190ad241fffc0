"""Checks saved and hand-written plans with the independent checker: what they say, whether it stands, what changed."""
