"""Addresses in texts of sources become links: only those of the web, and everything around them stays text."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

from markupsafe import Markup, escape

from planner.report.words import plain

_ADDRESS = re.compile(r"https?://[^\s<>\"'`\\]+", re.IGNORECASE)
_AFTER = ".,;:!?»"  # ends a sentence rather than an address
_LONG = 60  # characters of an address that are shown


def linked(text: str) -> Markup:
    """The text as HTML, harmless, with each http(s) address in it as a link."""
    text = plain(text)
    found, done = [], 0
    for match in _ADDRESS.finditer(text):
        address = _whole(match[0])
        if _leads_somewhere(address):
            found += [escape(text[done : match.start()]), _link(address)]
            done = match.start() + len(address)
    return Markup("").join([*found, escape(text[done:])])


def _whole(address: str) -> str:
    """The address without what follows it: punctuation, and brackets that it does not open."""
    while address and (address[-1] in _AFTER or (address[-1] == ")" and address.count(")") > address.count("("))):
        address = address[:-1]
    return address


def _leads_somewhere(address: str) -> bool:
    try:
        return bool(urlsplit(address).hostname)
    except ValueError:
        return False


def _link(address: str) -> Markup:
    """A link that shows the server's name and the beginning of the way there."""
    parts = urlsplit(address)
    shown = f"{parts.hostname}{parts.path}".removeprefix("www.").rstrip("/")
    if len(shown) > _LONG:
        shown = f"{shown[: _LONG - 1]}…"
    return Markup('<a href="{}" rel="noopener noreferrer">{}</a>').format(address, shown)
