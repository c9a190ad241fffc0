"""Plain data with the place of every table and key attached."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from planner.core.errors import Place
from planner.scenario.node import NOWHERE, Where
from planner.scenario.reading.places import Path, Places

_BITS = 10_000  # of a whole number; Python writes down no more than 4,300 digits


class Table(dict[str, Any]):
    """A table that knows where it stands."""

    where: Where = NOWHERE

    def without(self, key: str) -> Table:
        """A copy that leaves out one key."""
        copy = Table({name: value for name, value in self.items() if name != key})
        copy.where = self.where
        return copy


def attach(data: Mapping[str, Any], places: Places) -> Table:
    """A copy of the data in which every table is a `Table` and every array a list."""
    table = _attach(data, (), places)
    assert isinstance(table, Table)
    return table


def _attach(value: Any, path: Path, places: Places) -> Any:
    if isinstance(value, list | tuple):
        return [_attach(item, (*path, index), places) for index, item in enumerate(value)]
    if not isinstance(value, Mapping):
        if isinstance(value, int) and value.bit_length() > _BITS:
            raise OverflowError("a number that cannot be written down")
        return value
    table = Table({str(key): _attach(item, (*path, str(key)), places) for key, item in value.items()})
    table.where = Where(places.of(path), _keys(table, path, places) if places.values else {})
    return table


def _keys(table: Table, path: Path, places: Places) -> dict[str, Place]:
    """Places of a table's keys, as written; of the values of a list as `key[0]`, of a table's as `key.name`."""
    keys: dict[str, Place] = {}
    for key, value in table.items():
        keys[key] = places.of((*path, key))
        if isinstance(value, list):
            keys |= {
                f"{key}[{index}]": places.of((*path, key, index))
                for index, item in enumerate(value)
                if not isinstance(item, Table)
            }
        elif isinstance(value, Table):
            keys |= {f"{key}.{name}": places.of((*path, key, name)) for name in value}
    return keys
