"""Legs, fares, changes and the trip."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from itertools import pairwise

import numpy as np

from planner.core.errors import Problem, did_you_mean
from planner.core.time import to_local
from planner.scenario.node import Node, PortRef
from planner.scenario.reading.checks.case import Case, problem
from planner.scenario.reading.walk import place_of, values
from planner.scenario.scenario import Scenario
from planner.scenario.tickets import Tickets
from planner.scenario.travel import Leg

_SURELY = 0.85  # so much alike, two names are one misspelt; less, the traveller may well mean a company not listed
_TOLD = 20  # fares of tables that are told one by one
FIRST_YEAR, LAST_YEAR = 1900, 2199  # outside of these, clocks and calendars of places are not known


def check_travel(case: Case) -> Iterator[Problem]:
    """Times run forwards, tickets and changes join legs that follow each other, every leg can be bought."""
    yield from _years(case)
    told: set[int] = set()  # tables: one problem is enough for a whole schedule
    for leg in case.scenario.legs:
        if leg.id in case.timed and leg.arrives_utc <= leg.departs_utc and id(leg.where) not in told:
            told.add(id(leg.where))
            when = f"departs {_both(leg.departs, leg.departs_utc)}, arrives {_both(leg.arrives, leg.arrives_utc)}"
            yield problem(leg, "arrives", f"leg {leg.id!r} does not arrive after it departs", when)
    yield from _past(case)
    yield from _fares(case)
    yield from _touches(case)
    yield from _trip(case)


def _past(case: Case) -> Iterator[Problem]:
    """One problem for all legs that depart before the planning date, and one for each event that is over by then."""
    today = case.written.today
    if not case.whole("today") or not FIRST_YEAR <= today.year <= LAST_YEAR:
        return
    gone = [leg for leg in case.written.legs if leg.departs.date() < today]
    if gone:
        others = f"; legs before today: {len(gone)}" if len(gone) > 1 else ""
        message = f"leg {gone[0].id!r} departs before today ({today}){others}"
        yield problem(gone[0], "departs", message, "set today to the date on which you plan, or leave such legs out")
    for event in case.written.trip.events:
        if event.first_day < today:
            yield problem(event, "first_day", f"event {event.id!r} begins before today ({today})")


def _both(local: object, utc: int) -> str:
    return f"{local:%Y-%m-%d %H:%M} local = {to_local(utc, 'UTC'):%Y-%m-%d %H:%M} UTC"


def _years(case: Case) -> Iterator[Problem]:
    written = case.written
    if not FIRST_YEAR <= written.today.year <= LAST_YEAR:
        yield problem(written, "today", *_year("today", written.today))
    planned: tuple[Node, ...] = (written.trip, *written.legs, *written.schedules, *written.acquirables)
    for value in values({date, datetime}, *planned):
        if not FIRST_YEAR <= value.value.year <= LAST_YEAR:
            yield Problem(value.place, *_year(value.field.key, value.value))


def _year(key: str, day: date) -> tuple[str, str]:
    return f"{key}: the year {day.year} is out of range", f"plans are made from {FIRST_YEAR} to {LAST_YEAR}"


def _fares(case: Case) -> Iterator[Problem]:
    legs = case.scenario.leg_by_id
    bought = {leg for fare in case.scenario.fares for leg in fare.legs}
    if case.scenario.tickets is not None:
        bought |= {leg.id for at, leg in enumerate(case.scenario.legs) if at in case.scenario.tickets.legs}
    for leg in case.written.legs if case.whole("fares") and bought <= set(legs) else ():
        if leg.id not in bought:
            yield problem(leg, "id", f"leg {leg.id!r} has no price and is in no fare", "add price = … to the leg")
    for schedule in case.written.schedules if case.whole("fares") else ():
        sold = schedule.price or schedule.prices or any(leg.startswith(f"{schedule.id}:") for leg in bought)
        if not sold:
            message = f"schedule {schedule.id!r} has no price, and none of its legs is in a fare"
            yield problem(schedule, "id", message, "add price = … to the schedule")
    for fare in (*case.written.fares, *case.written.tours):
        known = [legs[leg] for leg in fare.legs if leg in case.timed]
        for index, (before, after) in enumerate(pairwise(known), start=1):
            if after.departs_utc < before.arrives_utc:
                message = f"fare {fare.id!r}: leg {after.id!r} departs before leg {before.id!r} arrives"
                hint = "list the legs in the order in which they are travelled"
                yield Problem(place_of(fare, "legs", index), message, hint)
    yield from _included(case)
    if case.scenario.tickets is not None and not case.damage.tables:
        yield from _tickets(case.scenario, case.scenario.tickets)


def _tickets(scenario: Scenario, tickets: Tickets) -> Iterator[Problem]:
    """The legs of each fare in a table stand in the order of travel. Of many that do not, the first are told."""
    own, table = scenario.legs, scenario.timetable
    columns = {"departs": [leg.departs_utc for leg in own], "arrives": [leg.arrives_utc for leg in own]}
    departs, arrives = (
        np.concatenate([minutes, getattr(table, name)]) if table is not None else np.array(minutes)
        for name, minutes in columns.items()
    )
    row = np.repeat(np.arange(len(tickets)), tickets.lengths())
    late = (row[1:] == row[:-1]) & (departs[tickets.legs[1:]] < arrives[tickets.legs[:-1]])
    for at in np.flatnonzero(late)[:_TOLD].tolist():
        before, after = (_leg_id(scenario, int(tickets.legs[place])) for place in (at, at + 1))
        message = f"leg {after!r} departs before leg {before!r} arrives"
        hint = "list the legs in the order in which they are travelled"
        yield Problem(tickets.where(int(row[at])).place, message, hint)


def _leg_id(scenario: Scenario, position: int) -> str:
    own = len(scenario.legs)
    if position < own or scenario.timetable is None:
        return scenario.legs[position].id
    return scenario.timetable.leg_id(position - own)


def _included(case: Case) -> Iterator[Problem]:
    """Where a tour includes nights, whoever travels on its legs must have bought it."""
    for tour in case.written.tours if case.whole("fares") else ():
        for index, leg in enumerate(tour.legs):
            others = [fare.id for fare in case.scenario.fares if fare.id != tour.id and leg in fare.legs]
            if tour.nights_included and others:
                message = f"tour {tour.id!r} includes nights, but leg {leg!r} is also sold by {others[0]!r}"
                yield Problem(place_of(tour, "legs", index), message, "list a leg of its own for the tour")


def _touches(case: Case) -> Iterator[Problem]:
    legs, seen = case.scenario.leg_by_id, set()
    for touch in case.written.touches:
        pair = (touch.after, touch.before)
        if pair in seen:
            yield problem(touch, "after", f"the change from {touch.after!r} to {touch.before!r} is described twice")
        seen.add(pair)
        if case.timed.issuperset(pair):
            after, before = legs[touch.after], legs[touch.before]
            if after.to != before.from_:
                where = f"{after.id!r} arrives at {after.to}, {before.id!r} departs from {before.from_}"
                yield problem(touch, "before", "these legs do not meet at a port", where)
            elif before.departs_utc < after.arrives_utc:
                yield problem(touch, "before", f"leg {before.id!r} departs before leg {after.id!r} arrives")


def _trip(case: Case) -> Iterator[Problem]:
    scenario, trip = case.scenario, case.scenario.trip
    for port in trip.connections.ports:
        if not case.names.knows(PortRef, port) and case.whole("ports"):
            place = trip.connections.where.of(f"ports.{port}")
            yield Problem(place, f"unknown port {port!r}", case.names.hint(PortRef, port))
    operators = _operators(case) if trip.avoid.operators else []
    for index, operator in enumerate(trip.avoid.operators):
        near = did_you_mean(operator, operators, _SURELY)
        if operator not in operators and near.startswith("did"):
            yield Problem(place_of(trip.avoid, "operators", index), f"no leg is by {operator!r}", near)
    for word, port in (("start", trip.start), ("end", trip.goal)):
        if word == "end" and port == trip.start:
            continue
        for key, avoided in (("ports", trip.avoid.ports), ("territories", trip.avoid.territories)):
            for index, area in enumerate(avoided):
                if port in scenario.ports_at((area,)):
                    message = f"the trip cannot avoid {area!r}: it {word}s at {port}"
                    yield Problem(place_of(trip.avoid, key, index), message)


def _operators(case: Case) -> list[str]:
    found = {leg.operator for leg in case.scenario.legs}
    found.update(case.scenario.timetable.operators if case.scenario.timetable else ())
    found.update(name for table in case.written.leg_tables for name in table.only.not_operators)
    return sorted(found - {""})


def times_of(leg: Leg, departure_zone: str, arrival_zone: str) -> tuple[int, int] | None:
    """UTC minutes of departure and arrival, or None for years without known clocks."""
    if not all(FIRST_YEAR <= moment.year <= LAST_YEAR for moment in (leg.departs, leg.arrives)):
        return None
    return leg.timed(departure_zone, arrival_zone)
