"""Lists in sentences."""

from __future__ import annotations

from collections.abc import Iterable

_WHOLE = 4  # names of a list that is not shortened


def either(names: Iterable[str]) -> str:
    """«A, B or C»; of many only the first ones: «A, B, C or 9 others»."""
    return _joined(list(names), "or")


def all_of(names: Iterable[str]) -> str:
    """«A, B and C»; of many only the first ones: «A, B, C and 9 others»."""
    return _joined(list(names), "and")


def _joined(words: list[str], last: str) -> str:
    if len(words) > _WHOLE:
        words[3:] = [f"{len(words) - 3} others"]
    return f" {last} ".join([", ".join(words[:-1])] * (len(words) > 1) + words[-1:])
