"""Checks that every table bears, whatever it is about."""

from __future__ import annotations

import zoneinfo
from collections.abc import Iterator
from datetime import date, datetime
from functools import lru_cache
from typing import TypeGuard

from planner.core.errors import Problem, did_you_mean
from planner.core.time import zone_data
from planner.scenario.law import Entry
from planner.scenario.node import NOWHERE, Node
from planner.scenario.reading.airports import airports
from planner.scenario.reading.converter import written
from planner.scenario.reading.damage import Damage
from planner.scenario.reading.walk import fields, nodes, place_of
from planner.scenario.travel import Port
from planner.scenario.trip import Nights

# Dates of which the first must not lie after the second, wherever a table has both.
_IN_ORDER = (
    ("born", "issued"),
    ("issued", "expires"),
    ("issued", "valid_to"),
    ("from_", "to"),
    ("valid_from", "valid_to"),
    ("valid_from", "enter_by"),
    ("effective_from", "effective_to"),
    ("first_day", "last_day"),
    ("departs_from", "departs_to"),
    ("first", "last"),
    ("depart_from", "depart_by"),
    ("depart_from", "return_by"),
    ("apply_from", "apply_by"),
    ("book_from", "book_by"),
)
# Lists of which a table cannot have the same thing in both.
APART = (
    ("only_for", "not_for"),
    ("only_from", "not_from"),
    ("entry_ports", "not_entry_ports"),
    ("exit_ports", "not_exit_ports"),
)
# Lists of which the second takes out of the first, and must leave something.
SOME_LEFT = (
    ("nationalities", "exempt_nationalities"),
    ("nationals_of", "exempt_nationals_of"),
    ("residents_of", "exempt_residents_of"),
    ("nationalities", "refused"),
)


def check_tables(damage: Damage, *roots: Node) -> Iterator[Problem]:
    """Lists that must not be empty or contradict each other, what must be in order, time zones, reserved ids."""
    for node in nodes(*roots):
        yield from _required(node, damage)
        yield from _in_order(node)
        yield from _contradictions(node)
        yield from _id(node)
        if isinstance(node, Port):
            yield from _port(node)
        if isinstance(node, Entry):
            yield from _entry(node)


def _entry(node: Entry) -> Iterator[Problem]:
    given = [name for name in node.at_least_one if getattr(node, name) not in (None, (), "", False)]
    if node.at_least_one and not given:
        names = ", ".join(map(written, node.at_least_one))
        yield Problem(node.where.place, f"{node.id!r} says nothing: it needs at least one of the keys {names}")
    cap, days = getattr(node, "cap", None), getattr(node, "days", None)
    if cap is not None and days is not None and cap >= days:
        yield Problem(node.where.of("cap"), f"cap: at most {cap} of any {days} days is no limit")
    earliest, latest = getattr(node, "earliest", None), getattr(node, "latest", None)
    if isinstance(earliest, int) and isinstance(latest, int) and earliest < latest:
        message = f"earliest: {earliest} days before lie after the latest, {latest} days before"
        yield Problem(node.where.of("earliest"), message)


def _required(node: Node, damage: Damage) -> Iterator[Problem]:
    for field in fields(node):
        value = getattr(node, field.name)
        if field.nested and damage.tables:
            continue  # the tables that are missing may have been left out for another problem
        if field.required and value in ((), "") and node.where is not NOWHERE:
            what = "name at least one" if field.many else "it must not be empty"
            yield Problem(node.where.of(field.key), f"{field.key}: {what}")


def _in_order(node: Node) -> Iterator[Problem]:
    for first, last in _IN_ORDER:
        low, high = getattr(node, first, None), getattr(node, last, None)
        if _is_day(low) and _is_day(high) and low > high:
            key = written(last)
            yield Problem(node.where.of(key), f"{key} ({high}) lies before {written(first)} ({low})")
    if isinstance(node, Nights) and node.min is not None and node.max is not None and node.min > node.max:
        yield Problem(node.where.of("min"), f"at least {node.min} nights and at most {node.max} cannot both hold")


def _contradictions(node: Node) -> Iterator[Problem]:
    for first, second in APART:
        listed = getattr(node, first, None) or ()
        for index, item in enumerate(getattr(node, second, None) or ()):
            if item in listed:
                yield Problem(place_of(node, second, index), f"{second}: {item!r} is in {first} too")
    for first, second in SOME_LEFT:
        listed = getattr(node, first, None) or ()
        if listed and {*listed} <= {*(getattr(node, second, None) or ())}:
            yield Problem(node.where.of(second), f"{second}: it leaves nothing of {first}")
    low, high = getattr(node, "from_age", None), getattr(node, "under_age", None)
    if low is not None and high is not None and low.after(_BORN) >= high.after(_BORN):
        yield Problem(node.where.of("under_age"), f"nobody is at least {low} old and younger than {high}")


_BORN = date(2000, 1, 1)  # any date will do for comparing ages


def _is_day(value: object) -> TypeGuard[date]:
    return isinstance(value, date) and not isinstance(value, datetime)


def _id(node: Node) -> Iterator[Problem]:
    text = str(getattr(node, "id", ""))
    if text.startswith("citizen:"):
        yield Problem(node.where.of("id"), f"{text!r}: ids that begin with 'citizen:' are the planner's own")


def _port(port: Port) -> Iterator[Problem]:
    for key in ("territory", "timezone") if port.id not in airports() else ():
        if not getattr(port, key):
            message = f"[[ports]] needs the key {key!r}, which is missing"
            yield Problem(port.where.place, message, "only airports with an IATA code can do without")
    if port.timezone and not is_zone(port.timezone):
        hint = did_you_mean(port.timezone, sorted(_time_zones())) or "an IANA name such as 'Asia/Shanghai'"
        yield Problem(port.where.of("timezone"), f"unknown time zone {port.timezone!r}", hint)
    if (port.airside_from is None) != (port.airside_to is None):
        yield Problem(port.where.place, f"port {port.id!r}: airside_from and airside_to are given together")


def is_zone(name: str) -> bool:
    """Whether a time zone of that name is known."""
    return name in _usual_zones() or name in _time_zones()


@lru_cache(maxsize=1)
def _usual_zones() -> frozenset[str]:
    """Zones of the time-zone data package: nearly all there are, without a look into each file of the system's."""
    return frozenset(zone_data("zones").split())


@lru_cache(maxsize=1)
def _time_zones() -> frozenset[str]:
    return frozenset(zoneinfo.available_timezones())
