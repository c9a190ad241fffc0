"""Scenario tables made into others whose answer is known from the first one's: see docs/testing.md.

Each function takes tables as TOML gives them, leaves them as they are, and returns a `Transformed`.
"""
