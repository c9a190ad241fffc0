"""Cross-checks of a scenario whose values are all readable: what must fit together does."""
