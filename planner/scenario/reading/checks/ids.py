"""Ids that are used twice."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from planner.core.alike import look, strange
from planner.core.errors import Place, Problem
from planner.scenario.node import Node
from planner.scenario.reading.checks.case import Case


def used_twice(what: str, items: Iterable[Any]) -> Iterator[Problem]:
    """A problem for each table whose id an earlier one of the list has, or one that nobody can tell from it."""
    seen: dict[str, tuple[str, Place]] = {}
    for item in items:
        key, place = str(item.id), item.where.of("id")
        other, before = seen.get(look(key), ("", place))
        if key and key == other:
            yield Problem(place, f"the {what} id {key!r} is used twice", f"also at {_short(before, place)}")
        elif other:
            message = f"the {what} id {key!r} looks like {other!r}, at {_short(before, place)}"
            yield Problem(place, message, strange(key) or f"the other one: {strange(other)}")
        seen.setdefault(look(key), (key, place))


def _short(place: Place, seen_from: Place) -> str:
    return f"line {place.line}" if place.line and place.file == seen_from.file else str(place)


def _named_as_legs(fares: Iterable[Any], priced: Mapping[str, Place]) -> Iterator[Problem]:
    """A problem for each fare whose id a leg with a price has, at the places given."""
    for fare in fares:
        if fare.id in priced:
            place = fare.where.of("id")
            hint = f"a leg with a price is a fare with the leg's id; the leg is at {_short(priced[fare.id], place)}"
            yield Problem(place, f"the fare id {fare.id!r} is used twice", hint)


def check_ids(case: Case) -> Iterator[Problem]:
    """Everything that is named by an id has one of its own."""
    written, scenario = case.written, case.scenario
    yield from used_twice("traveller", written.travellers)
    yield from used_twice("schedule", written.schedules)
    yield from used_twice("leg", scenario.legs)
    fares = [*written.fares, *written.tours]
    yield from used_twice("fare", fares)
    yield from _named_as_legs(fares, {str(leg.id): leg.where.place for leg in scenario.legs if leg.price is not None})
    yield from used_twice("stop", scenario.trip.stops)
    yield from used_twice("event", written.trip.events)
    yield from used_twice("holidays", written.holidays)
    law = scenario.law
    yield from used_twice(
        "place",
        _with_own((*law.territories, *law.zones, *law.ports), (*written.territories, *written.zones, *written.ports)),
    )
    yield from _grounds(case)
    for traveller in written.travellers:
        given = [item.passport for item in scenario.acquirables if item.passport and case.may(traveller, item)]
        yield from used_twice("passport", [*traveller.passports, *given])


def _with_own(law: Iterable[Node], own: Iterable[Node]) -> list[Node]:
    """What stands in rulebooks, then what the scenario itself says, each once."""
    own = list(own)
    mine = {id(item) for item in own}
    return [*(item for item in law if id(item) not in mine), *own]


def _grounds(case: Case) -> Iterator[Problem]:
    """Stays name what they rest on by id: permissions, acquirables, admissions and rules share their ids."""
    written, scenario = case.written, case.scenario
    shared = _with_own(
        (*scenario.law.admissions, *scenario.law.rules, *scenario.acquirables),
        (*written.admissions, *written.rules, *written.acquirables),
    )
    yield from used_twice("permission, acquirable, admission or rule", shared)
    for traveller in written.travellers:
        yield from used_twice("permission", traveller.permissions)
        yield from used_twice("permission, acquirable, admission or rule", [*shared, *traveller.permissions])
