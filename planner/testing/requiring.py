"""What must be so."""

from __future__ import annotations

from collections.abc import Iterable

from planner.core.errors import did_you_mean


def require(true: object, message: object) -> None:
    """Raise AssertionError with the message unless it is true. Not `assert`, which -O leaves out."""
    if not true:
        raise AssertionError(str(message))


def must_be_known(what: str, name: str, known: Iterable[str]) -> None:
    """Raise ValueError, with the nearest name, for one that is not among those known."""
    names = list(known)
    if name not in names:
        raise ValueError(f"there is no {what} {name!r}; {did_you_mean(name, names) or 'known: ' + ', '.join(names)}")
