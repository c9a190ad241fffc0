"""Text that nothing obeys. Imports next to nothing, so that whatever goes wrong can still be told."""

from __future__ import annotations

import unicodedata

_DIRECTION_CHANGES = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")


def plain(text: str) -> str:
    """The text without anything a terminal would obey: control characters are spelled out, line breaks are spaces."""
    return "".join(_visible(char) for char in text)


def _visible(char: str) -> str:
    if char in "\n\r\t\u2028\u2029":
        return " "
    if unicodedata.category(char) in ("Cc", "Cs") or char in _DIRECTION_CHANGES:
        return char.encode("unicode_escape").decode("ascii")
    return char
