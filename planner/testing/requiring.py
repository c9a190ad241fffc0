"""What must be so."""

from __future__ import annotations


def require(true: object, message: object) -> None:
    """Raise AssertionError with the message unless it is true. Not `assert`, which -O leaves out."""
    if not true:
        raise AssertionError(str(message))
