"""Where a key belongs that stands in a table that does not have it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from attrs import frozen

from planner.core.errors import did_you_mean
from planner.scenario.law import Entry
from planner.scenario.node import Node
from planner.scenario.reading.converter import keys_of
from planner.scenario.reading.walk import fields_of

_MOST = 3  # tables that are named as possible places of one key


@frozen
class Shape:
    """What tables a file may have: the class of the whole file, and the kinds of `[[rules]]` tables by name."""

    root: type[Node]
    kinds: Mapping[str, type[Entry]]

    def hint(self, key: str, value: Any, path: tuple[str, ...], here: type[Node]) -> str:
        """What to do about a key with that value in the table at `path`, of class `here`, which has no such key.

        It belongs elsewhere in the file, or is misspelt, or is a name; failing that, the keys of the table, if few.
        """
        tables = isinstance(value, dict) or (isinstance(value, list) and any(isinstance(item, dict) for item in value))
        homes = [home for home in _homes(_Home(self.root, (), ""), self.kinds) if home.has(key, tables)]
        near = [home for home in homes if not home.path or (home.path != path and home.path[: len(path)] == path)]
        words = list(dict.fromkeys(home.say(key) for home in near or homes))
        guess = did_you_mean(key, keys_of(here))
        by_name = next((field.key for field in fields_of(here) if field.by_name), "") if path else ""
        if by_name and not words and not guess.startswith("did"):
            return f"names such as {key!r} belong in [{'.'.join((*path, by_name))}]"
        if words and len(words) <= _MOST and (near or not guess.startswith("did")):
            return f"it belongs {' or '.join(words)}"
        return guess


@frozen
class _Home:
    """A class of tables, the keys that lead to such a table from the root, and how its header is written."""

    cls: type[Node]
    path: tuple[str, ...]
    header: str

    def has(self, key: str, tables: bool) -> bool:
        """Whether such a table has the key, for tables or for other values."""
        return any(field.key == key and field.nested == tables for field in fields_of(self.cls))

    def say(self, key: str) -> str:
        """In which table the key stands then."""
        if not self.path:
            return "at the top of the file, before the first [table]"
        several = any(field.key == key and field.nested and field.many for field in fields_of(self.cls))
        return f"in {self.header}" + (f", written [[{'.'.join((*self.path, key))}]]" if several else "")


def _homes(outer: _Home, kinds: Mapping[str, type[Entry]]) -> Iterator[_Home]:
    """All tables inside one, and itself."""
    for field in fields_of(outer.cls):
        path = (*outer.path, field.key)
        header = f"[[{'.'.join(path)}]]" if field.many else f"[{'.'.join(path)}]"
        if field.type is Entry:
            for name, cls in kinds.items():
                yield from _homes(_Home(cls, path, f"{header} of the kind {name!r}"), kinds)
        elif field.nested:
            yield from _homes(_Home(field.type, path, header), kinds)
    yield outer
