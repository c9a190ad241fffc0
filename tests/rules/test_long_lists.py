"""No statement names more than a few of many states or places."""

from __future__ import annotations

import re
from datetime import time
from inspect import signature
from typing import Any

import pytest

from planner.core.period import Period
from planner.rules.base import table_kinds
from planner.rules.kinds.ports_of_entry import PortsOfEntry
from planner.scenario.law import Entry
from planner.scenario.node import PlaceRef, PortRef, State, StayLimit, TerritoryRef, ZoneRef
from planner.scenario.reading.walk import fields_of
from tests.small import small

MANY = tuple(f"NOWHERE{number}" for number in range(40))
VALUES: dict[Any, Any] = {int: 3, Period: Period(3), StayLimit: Period(3), time: time(3)}


def with_long_lists(cls: type[Entry]) -> Any:
    """A rule of a kind that names forty of whatever places and states it can name several of."""
    given: dict[str, Any] = {}
    for field in fields_of(cls):
        if field.many and field.type in (State, PlaceRef, PortRef, TerritoryRef, ZoneRef):
            given[field.name] = MANY
        elif field.required:
            given[field.name] = ("x",) if field.many else VALUES.get(field.type, "x")
    return cls(**given)


TELLING = {name: cls for name, cls in table_kinds().items() if hasattr(cls, "fact")}


@pytest.mark.parametrize("kind", sorted(TELLING))
def test_a_statement_names_three_of_forty(kind: str) -> None:
    rule, scenario = with_long_lists(TELLING[kind]), small()
    aspects = [("entry",), ("exit",), ("same_port",)] if isinstance(rule, PortsOfEntry) else [()]
    people = scenario.travellers if "traveller" in signature(rule.fact).parameters else ()
    for aspect in aspects:
        text = rule.fact(scenario, *people, *aspect).text
        assert text.count("NOWHERE") <= 3 * len(re.findall(r"3\d others", text)), text


def test_the_lists_are_long_enough_to_show_it() -> None:
    assert "and 37 others" in with_long_lists(TELLING["continuing-stay"]).fact(small(), small().travellers[0]).text
