"""Addresses in texts of sources become links: only those of the web, and everything around them stays text."""

from __future__ import annotations

from urllib.parse import urlsplit

from markupsafe import Markup, escape

from planner.core.plain import plain
from planner.report.addresses import addresses

_LONG = 60  # characters of an address that are shown
_END = 20  # so many of them at its end: often only the query tells two addresses apart


def linked(text: str) -> Markup:
    """The text as HTML, harmless, with each http(s) address in it as a link."""
    text = plain(text)
    found, done = [], 0
    for start, address in addresses(text):
        found += [escape(text[done:start]), _link(address)]
        done = start + len(address)
    return Markup("").join([*found, escape(text[done:])])


def _link(address: str) -> Markup:
    """A link that shows the server's name, the beginning of the way there and, of a long one, its end."""
    parts = urlsplit(address)
    query = f"?{parts.query}" if parts.query else ""
    part = f"#{parts.fragment}" if parts.fragment else ""
    shown = f"{parts.hostname}{parts.path}".removeprefix("www.").rstrip("/") + query + part
    if len(shown) > _LONG:
        shown = f"{shown[: _LONG - _END - 1]}…{shown[-_END:]}"
    return Markup('<a href="{}" rel="noopener noreferrer">{}</a>').format(address, shown)
