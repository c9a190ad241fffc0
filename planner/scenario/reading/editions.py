"""Editions of the law: digests of what a rulebook says, entry by entry, so that a change can be told later.

What counts are the values, not how they are written: comments, the order of keys and spaces change no digest.
"""

from __future__ import annotations

import json
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from decimal import Decimal
from functools import lru_cache
from hashlib import sha256
from typing import Any

from attrs import frozen

from planner.scenario.reading.rulebooks import text_of

_LENGTH, _SHORT = 16, 8  # hexadecimal digits of a digest, and of one of many


@frozen(kw_only=True)
class Edition:
    """A rulebook as it is at some time: the last date on which anything in it was read, and digests.

    `entries` has one for each of its tables, by `table.id`, such as `rules.us-passport-kp`.
    """

    id: str
    digest: str
    read_on: date | None
    entries: Mapping[str, str]


def editions(ids: Iterable[str]) -> tuple[Edition, ...]:
    """The present editions of some rulebooks, of those that are installed."""
    return tuple(_edition(name, text_of(name)) for name in ids if text_of(name))


def digest_of(value: Any, length: int = _LENGTH) -> str:
    """The digest of what TOML or JSON can say."""
    said = json.dumps(value, sort_keys=True, separators=(",", ":"), default=_plain)
    return sha256(said.encode()).hexdigest()[:length]


def _plain(value: Any) -> str:
    """Dates, times and numbers as texts; 34.5 and 34.50 are the same price."""
    return format(value.normalize(), "f") if isinstance(value, Decimal) else str(value)


@lru_cache(maxsize=128)
def _edition(name: str, text: str) -> Edition:
    data = tomllib.loads(text, parse_float=Decimal)
    entries = dict(sorted(_entries(data)))
    return Edition(id=name, digest=digest_of(data), read_on=max(_dates(data), default=None), entries=entries)


def _entries(data: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    for table, items in data.items():
        if isinstance(items, list):
            for item in items:
                if isinstance(item, dict):
                    yield f"{table}.{item['id']}", digest_of(item, _SHORT)


def _dates(data: Mapping[str, Any]) -> Iterator[date]:
    for items in data.values():
        if isinstance(items, list):
            yield from (item["read_on"] for item in items if isinstance(item, dict) and "read_on" in item)
