"""docs/mutation.md, made of the results."""

from __future__ import annotations


def written() -> None:
    """Write the page anew."""
