"""Another order of the tables, and law in files of its own."""

from __future__ import annotations

from collections.abc import Mapping
from random import Random
from typing import Any

import tomli_w
from attrs import evolve

from planner.testing.transforms.amounts import priced
from planner.testing.transforms.effect import Transformed
from planner.testing.transforms.walking import Table, described_ports, with_stop_ids

# Lists whose order says something: of travel, and which entry counts before others.
_IN_ORDER = {("fares", "legs"), ("tours", "legs"), ("trip", "nightly"), ("schedules", "prices")}
_OF_LAW = ("territories", "zones", "admissions", "rules", "holidays")


def reordered(data: Mapping[str, Any], seed: int) -> Transformed:
    """Every list in another order, but where the order says something: which answer is given is decided by it only
    among equally good ones.

    Plans are equally good that cost as much, have as many legs and landside changes, and arrive at the same time;
    conflicts if they have as many facts.
    """
    random = Random(seed)
    data = with_stop_ids(data)
    kept = _IN_ORDER | ({("trip", "stops")} if data["trip"].get("ordered") else set())
    return Transformed(data={key: _shuffled(value, ("", key), kept, random) for key, value in data.items()}, ties=False)


def _shuffled(value: Any, path: tuple[str, str], kept: set[tuple[str, str]], random: Random) -> Any:
    if isinstance(value, Mapping):
        return {key: _shuffled(item, (path[1], key), kept, random) for key, item in value.items()}
    if not isinstance(value, list):
        return value
    items = [_shuffled(item, path, kept, random) for item in value]
    if path not in kept:
        random.shuffle(items)
    return items


def split(data: Mapping[str, Any]) -> Transformed:
    """The law of the file in two rulebooks, `first` and `second`, each with half of every table: the same answer.

    Raises ValueError for a scenario that does not say everything itself, or that has no territory of its own.
    """
    described_ports(data)
    covers = [table["id"] for key in ("territories", "zones") for table in data.get(key, ())]
    if not covers:
        raise ValueError("a rulebook covers something")
    own = data["currency"]
    data = priced(data, lambda price: evolve(price, currency=price.currency or own))
    books: dict[str, Table] = {}
    for number, name in enumerate(("first", "second")):
        books[name] = {"id": name, "title": name, "covers": covers}
        for key in _OF_LAW:
            tables = data.get(key, [])
            half = (len(tables) + 1) // 2
            books[name][key] = tables[half:] if number else tables[:half]
    rest = {key: value for key, value in data.items() if key not in _OF_LAW}
    texts = {f"{name}.toml": tomli_w.dumps(book) for name, book in books.items()}
    return Transformed(data=rest | {"rulebooks": [*books]}, books=texts)
