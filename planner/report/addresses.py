"""Addresses of the web in texts: where each begins and ends, and the text without them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from urllib.parse import urlsplit

_ADDRESS = re.compile(r"https?://[^\s<>\"'`\\]+", re.IGNORECASE)
_AFTER = ".,;:!?»"  # ends a sentence rather than an address


def addresses(text: str) -> Iterator[tuple[int, str]]:
    """Each http or https address in a text that leads somewhere, and where it begins."""
    for match in _ADDRESS.finditer(text):
        address = _whole(match[0])
        if _leads_somewhere(address):
            yield match.start(), address


def without_addresses(text: str) -> str:
    """The text without addresses and the brackets around them; the whole text if nothing else is in it."""
    shorter = text
    for _, address in addresses(text):
        shorter = re.sub(rf"\s*\({re.escape(address)}\)|\s*{re.escape(address)}", "", shorter, count=1)
    return shorter.strip() or text


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
