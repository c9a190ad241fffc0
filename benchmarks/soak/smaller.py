"""The smallest part of some tables that still fails: delta debugging over tables, keys and entries of lists."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from copy import deepcopy
from typing import Any

from planner.testing.transforms.walking import Table

Path = tuple[str | int, ...]


def smaller(data: Table, fails: Callable[[Table], bool]) -> Iterator[Table]:
    """Ever smaller tables that fail too, until nothing more can be left out."""
    before = None
    while data != before:
        before = data
        for path in list(_paths(data)):
            for less in _less(data, path, fails):
                data = less
                yield less


def _less(data: Table, path: Path, fails: Callable[[Table], bool]) -> Iterator[Table]:
    """Fewer entries of the table or list at a path: halves, then quarters, at last single ones."""
    chunk = len(_at(data, path) or ())
    while chunk:
        begin = 0
        while begin < len(_at(data, path) or ()):
            candidate = _without(data, path, begin, chunk)
            if fails(candidate):
                data = candidate
                yield data
            else:
                begin += chunk
        chunk //= 2


def _paths(value: Any, path: Path = ()) -> Iterator[Path]:
    """Every table and list, outer ones before those in them."""
    if isinstance(value, dict | list):
        yield path
        for key, item in value.items() if isinstance(value, dict) else enumerate(value):
            yield from _paths(item, (*path, key))


def _at(data: Any, path: Path) -> dict[str, Any] | list[Any] | None:
    """What stands at a path, if it is still there."""
    for step in path:
        there = step in data if isinstance(data, dict) else isinstance(data, list) and int(step) < len(data)
        if not there:
            return None
        data = data[step]
    return data if isinstance(data, dict | list) else None


def _without(data: Table, path: Path, begin: int, count: int) -> Table:
    copy = deepcopy(data)
    target = _at(copy, path)
    if isinstance(target, list):
        del target[begin : begin + count]
    else:
        assert target is not None
        for key in list(target)[begin : begin + count]:
            del target[key]
    return copy
