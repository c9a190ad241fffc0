"""Scenarios for batches: the small world of the kinds' examples, solved in a moment; and one that waits to be fed."""

from __future__ import annotations

import os
from collections.abc import Iterable
from pathlib import Path

from attrs import evolve

from planner.batching.items import Item
from planner.batching.rows import Row
from planner.rules.examples import WORLD

LEGS = """from,to,departs,arrives,price
AAA,BBB,2025-06-01 08:00,2025-06-01 10:00,100
BBB,AAA,2025-06-10 14:00,2025-06-10 16:00,100
"""


def tiny(nights: int = 1) -> str:
    """The small world, with so many nights wanted at Beta: 9 are possible. Each number makes another text."""
    return WORLD.replace("nights = { min = 1 }", f"nights = {{ min = {nights} }}")


def items(count: int = 4) -> list[Item]:
    """Some trips that are possible, one that is not, and last one that is no scenario at all."""
    made = [Item(id=f"trip-{number}", text=tiny(number)) for number in range(12 - count, 11)]
    return [*made, Item(id="bad", file="bad.toml", text=tiny().replace('start = "AAA"', 'start = "QQQ"'))]


def fed(folder: Path) -> Item:
    """An item that waits for somebody to write its table of legs into `folder / "legs.csv"`, which is a pipe."""
    os.mkfifo(folder / "legs.csv")
    return Item(id="fed", text=reading("legs.csv"), folder=str(folder))


def reading(file: str) -> str:
    """The small world, with its legs in a file."""
    head, _, rest = WORLD.partition("[[legs]]")
    return f'legs = "{file}"\n{head}[trip]{rest.partition("[trip]")[2]}'


def outcomes(rows: Iterable[Row]) -> dict[str, Row]:
    """Rows by id, without the seconds; each id occurs once."""
    found: dict[str, Row] = {}
    for row in rows:
        assert row.id not in found
        found[row.id] = evolve(row, seconds=0.0)
    return found
