"""Text from outside made harmless in Markdown: it is shown as it is, and cannot be markup of any kind."""

from __future__ import annotations

import re

from planner.core.plain import plain
from planner.report.addresses import addresses

_MARKS = re.compile(r"([\\`*_\[\]<#|~&$^])")
_FIRST = re.compile(r"^(\d+(?=[.)])|(?=[-+=>]))")  # what begins a list or a quotation, or underlines a heading
_SITE = re.compile(r"(?<=\w)\.(?=[^\W\d])|(?<=www)\.", re.IGNORECASE)
_JOINER = "\N{WORD JOINER}"


def safe(text: str) -> str:
    """The text for a place inside a line of Markdown, also in a table: no markup, no link, nobody addressed."""
    text = _MARKS.sub(r"\\\1", plain(text).strip())
    text = _FIRST.sub(r"\1\\", text)
    # Without these, addresses and names with an @ become links by themselves in many places.
    text = _SITE.sub(r"\.", text.replace("://", ":\\//"))
    return text.replace("@", f"\\@{_JOINER}")


def code(text: str) -> str:
    """The text as a code span, for ids and places in files; not for tables."""
    text = plain(text)
    fence = "`" * (1 + max(map(len, re.findall("`+", text)), default=0))
    return f"{fence} {text} {fence}" if "`" in text or not text.strip() else f"{fence}{text}{fence}"


def linked(text: str) -> str:
    """A text whose web addresses are links that show where they lead; all else is plain text."""
    text, parts, end = plain(text), [], 0
    for start, address in addresses(text):
        parts += [_between(text[end:start]), f"<{address}>"]
        end = start + len(address)
    return "".join([*parts, _between(text[end:])])


def _between(text: str) -> str:
    """Text beside an address, with the spaces around it."""
    return re.sub(r"^(\s*)(.*?)(\s*)$", lambda found: f"{found[1]}{safe(found[2])}{found[3]}", text)
