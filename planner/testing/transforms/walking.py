"""Scenario tables, walked along with the types of their keys."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from copy import deepcopy
from typing import Any

from planner.rules.base import table_kinds
from planner.scenario.law import Entry
from planner.scenario.node import Node
from planner.scenario.reading.assemble import stop_names
from planner.scenario.reading.walk import Field, fields_of
from planner.scenario.reading.written import ScenarioFile

Table = dict[str, Any]


def mapped(data: Mapping[str, Any], change: Callable[[Field, Any], Any]) -> Table:
    """A copy with every single value changed by a function of its field and of itself.

    What a file expects (`[expect]`) is left out: it need not be true any more. Raises KeyError for a kind of rule that
    there is not.
    """
    return _table({key: item for key, item in data.items() if key != "expect"}, ScenarioFile, change)


def singles(data: Mapping[str, Any]) -> Iterator[tuple[Field, Any]]:
    """Every single value with its field."""
    found: list[tuple[Field, Any]] = []
    mapped(data, lambda field, value: found.append((field, value)))
    yield from found


def with_stop_ids(data: Mapping[str, Any]) -> Table:
    """A copy in which each stop has the id that the reader would give it: one by its first place is none of its own."""
    copy = deepcopy(dict(data))
    stops = copy["trip"].get("stops", [])
    places = [stop["at"] if isinstance(stop["at"], str) else stop["at"][0] for stop in stops]
    names = stop_names([(stop.get("id", ""), place) for stop, place in zip(stops, places, strict=True)])
    for stop, name in zip(stops, names, strict=True):
        stop["id"] = name
    return copy


def described_ports(data: Mapping[str, Any]) -> dict[str, Table]:
    """The `[[ports]]` that need no table of airports. Raises ValueError if the file has others, rulebooks, or tables.

    Such a scenario says everything itself, so that nothing else knows its names and dates.
    """
    for key in ("rulebooks", "leg_tables", "base"):
        if data.get(key):
            raise ValueError(f"only a scenario without {key} says everything itself")
    ports = {port["id"]: port for port in data.get("ports", ()) if port.get("territory") and port.get("timezone")}
    for leg in (*data.get("legs", ()), *data.get("schedules", ())):
        if isinstance(leg, str) or not {leg["from"], leg["to"]} <= ports.keys():
            raise ValueError(f"the file does not say where every port lies, and in which time zone: {leg}")
    return ports


def free(data: Mapping[str, Any], wanted: str) -> str:
    """A name like the one wanted that the tables do not use."""
    used = {value for _, value in singles(data) if isinstance(value, str)}
    name = wanted
    while name in used:
        name += "-"
    return name


def _table(table: Mapping[str, Any], cls: type[Node], change: Callable[[Field, Any], Any]) -> Table:
    if cls is Entry:
        cls = table_kinds()[table["kind"]]
    known = {field.key: field for field in fields_of(cls)}
    return {key: _value(item, known[key], change) if key in known else item for key, item in table.items()}


def _value(item: Any, field: Field, change: Callable[[Field, Any], Any]) -> Any:
    if isinstance(item, list):
        return [_value(each, field, change) for each in item]
    if isinstance(item, Mapping) and field.nested:
        return _table(item, field.type, change)
    return change(field, item)
