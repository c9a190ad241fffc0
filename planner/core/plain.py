"""Text that nothing obeys. Imports next to nothing, so that whatever goes wrong can still be told."""

from __future__ import annotations

import re

# Control characters and halves of characters; what changes the direction of text, or cannot be seen at all. The two
# joiners U+200C and U+200D stay: Persian, Hindi and others are not written without them.
_OBEYED = re.compile(
    "[\\x00-\\x1f\\x7f-\\x9f\\ud800-\\udfff\\u061c\\u200b\\u200e\\u200f\\u2028-\\u202e\\u2060-\\u206f\\ufeff"
    "\\ufff9-\\ufffb\\U000e0000-\\U000e007f]"
)


def plain(text: str) -> str:
    """The text without anything a terminal would obey: such characters are spelled out, line breaks are spaces."""
    return _OBEYED.sub(_spelled, text)


def _spelled(found: re.Match[str]) -> str:
    char = found[0]
    return " " if char in "\n\r\t\u2028\u2029" else char.encode("unicode_escape").decode("ascii")
