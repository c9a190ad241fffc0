"""The law of a random scenario, bound as a rulebook."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from typing import Any

from planner.rules.base import table_kinds
from planner.scenario.documents import Acquirable
from planner.scenario.law import Admission, Entry
from planner.scenario.node import DocumentRef, EventRef, GroundRef, LegRef, Node, PassportRef, TravellerRef
from planner.scenario.reading.walk import fields_of, values
from planner.scenario.scenario import Scenario
from planner.testing.drawing.world import Table

_PERSONAL = {DocumentRef, EventRef, LegRef, PassportRef, TravellerRef}  # a scenario alone has these
_TABLES = ("territories", "zones", "ports", "admissions", "rules", "acquirables", "holidays")


def rulebook_of(table: Table, scenario: Scenario, id_: str) -> Table:
    """A rulebook of that id with the law of a scenario, which is given as data and as read."""
    law = scenario.law
    known = {*law.grounds, *(item.id for item in scenario.acquirables)}
    items: tuple[Entry | Acquirable, ...] = (*law.admissions, *law.rules, *scenario.acquirables)
    personal = {item.id for item in items if _is_personal(item, known)}
    book: Table = {"id": id_, "title": "Drawn", "covers": [territory["id"] for territory in table["territories"]]}
    for key in _TABLES:
        kept = [entry for entry in table.get(key, ()) if entry["id"] not in personal]
        if kept:
            book[key] = _with_currency(kept, table["currency"])
    return book


def _is_personal(item: Node, known: set[str]) -> bool:
    grounds = (str(value.value) for value in values({GroundRef}, item))
    return any(values(_PERSONAL, item)) or not all(name in known or name.startswith("citizen:") for name in grounds)


def _with_currency(value: Any, currency: str, key: str = "") -> Any:
    """The same data; prices name the currency."""
    if isinstance(value, list):
        return [_with_currency(item, currency, key) for item in value]
    if isinstance(value, dict):
        return {name: _with_currency(item, currency, name) for name, item in value.items()}
    if key in _prices() and isinstance(value, str) and value[-1].isdigit():
        return f"{value} {currency}"
    return value


@cache
def _prices() -> frozenset[str]:
    """Keys whose values are prices."""
    return frozenset(_price_keys())


def _price_keys() -> Iterator[str]:
    from planner.core.money import Price

    for cls in (Acquirable, Admission, *table_kinds().values()):
        yield from (field.key for field in fields_of(cls) if field.type is Price)
