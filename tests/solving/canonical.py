"""The plan that comes first (docs/semantics.md, «Which plan»), by trying every itinerary of a very small scenario."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from itertools import product
from math import inf, prod
from typing import Any

from planner.itinerary.choices import Application, Booking, Itinerary, StayChoice
from planner.itinerary.structure import issuable_in
from planner.rules.base import Rule, rules_of
from planner.scenario.people import Traveller
from planner.scenario.scenario import Scenario
from planner.scenario.trip import Event
from planner.testing.oracle.routes import Route, routes
from planner.verify.checker import verify

Papers = tuple[tuple[StayChoice, ...], tuple[Application, ...], tuple[Booking, ...]]


class TooLarge(Exception):
    """There are too many itineraries to try."""


def first_plan(scenario: Scenario, limit: int) -> tuple[int, Itinerary] | None:
    """Cost and itinerary of the plan that comes first; None if there is none. Raises TooLarge."""
    rules = rules_of(scenario)
    best: tuple[Any, int, Itinerary] | None = None
    people = [person.id for person in scenario.travellers]
    choices = [
        (route, [_choices(scenario, rules, p, route) for p in scenario.travellers]) for route in routes(scenario)
    ]
    if sum(prod(len(some) for parts in mine for part in parts for some in part) for _, mine in choices) > limit:
        raise TooLarge
    for route, parts in choices:
        for papers in product(*map(_papers, parts)):
            plan = Itinerary(
                legs=tuple(leg.id for leg in route.legs),
                touches=route.touches,  # type: ignore[arg-type]
                fares=tuple(fare.id for fare in scenario.fares if fare.id in route.fares),
                stays={person: stays for person, (stays, _, _) in zip(people, papers, strict=True)},
                applications=tuple(application for _, made, _ in papers for application in made),
                bookings=tuple(booking for _, _, made in papers for booking in made),
            )
            verdict = verify(scenario, plan, rules)
            if verdict.valid:
                assert verdict.cost is not None
                key = (verdict.cost, rank(scenario, plan))
                if best is None or key < best[0]:
                    best = key, verdict.cost, plan
    return None if best is None else best[1:]


def rank(scenario: Scenario, plan: Itinerary) -> Any:
    """What decides among plans of the same cost; the lowest comes first."""
    legs = [leg.id for leg in scenario.legs]
    people = [person.id for person in scenario.travellers]
    documents = {name: _documents(scenario, scenario.traveller_by_id[name]) for name in people}
    made = {(a.traveller, a.acquirable, a.passport): a.on for a in plan.applications}
    booked = {(b.traveller, b.event): b for b in plan.bookings}
    stays = [
        [_order(scenario, person, plan.stays[person.id][index]) for person in scenario.travellers]
        for index in range(len(plan.stays[people[0]]))
    ]
    return (
        len(plan.legs),
        scenario.leg_by_id[plan.legs[-1]].arrives_utc if plan.legs else 0,
        plan.touches.count("landside"),
        [legs.index(leg) for leg in plan.legs],
        [fare.id not in plan.fares for fare in scenario.fares],
        [touch == "landside" for touch in plan.touches],
        stays,
        len(plan.applications),
        [_day(made.get((name, *document))) for name in people for document in documents[name]],
        [
            (_day(booked[name, event.id].on), _passports(scenario, name).index(booked[name, event.id].passport))
            for name in people
            for event in scenario.trip.events
            if (name, event.id) in booked
        ],
    )


def _day(day: date | None) -> float:
    return inf if day is None else day.toordinal()


def _order(scenario: Scenario, person: Traveller, choice: StayChoice) -> tuple[int, tuple[int, int], bool, int]:
    passports = ["", *_passports(scenario, person.id)]
    tables = [
        [p.id for p in person.permissions],
        [item.id for item in scenario.acquirables],
        [entry.id for entry in scenario.law.admissions],
        [entry.id for entry in scenario.law.rules],
    ]
    place = next(((rank, ids.index(choice.ground)) for rank, ids in enumerate(tables) if choice.ground in ids), (-1, 0))
    other = choice.exit_passport != choice.passport
    return passports.index(choice.passport), place, other, passports.index(choice.exit_passport)


def _passports(scenario: Scenario, traveller: str) -> list[str]:
    held = [book.id for book in scenario.traveller_by_id[traveller].passports]
    return list(dict.fromkeys([*held, *(item.passport.id for item in scenario.acquirables if item.passport)]))


def _documents(scenario: Scenario, person: Traveller) -> list[tuple[str, str]]:
    """What the traveller may apply for, and in which passports, in file order."""
    found = []
    for item in scenario.acquirables:
        if item.permission or item.validation:
            found += [(item.id, p) for p in _passports(scenario, person.id) if p in issuable_in(scenario, person, item)]
        else:
            found.append((item.id, ""))
    return found


def _choices(scenario: Scenario, rules: list[Rule], person: Traveller, route: Route) -> tuple[list[list[Any]], ...]:
    """What one traveller could show at the entries and exits of a route, apply for, and book."""
    passports, zones = _passports(scenario, person.id), route.entered
    grounds = [ground for rule in rules for ground in rule.grounds(scenario, person)]
    entries = [
        [(p, g) for p in passports for g in (*(o.id for o in grounds if zone in o.zones and p in o.passports), "")]
        for zone in zones
    ]
    days = [scenario.today + timedelta(days=n) for n in range((scenario.last_departure - scenario.today).days + 1)]
    documents = [
        [None, *(Application(person.id, name, passport, day) for day in days)]
        for name, passport in _documents(scenario, person)
    ]
    events = [
        [None, *(Booking(person.id, event.id, p, day) for p in event.booked_with or passports for day in dates)]
        for event in scenario.trip.events
        for dates in (_dates(event, scenario),)
        if not event.travellers or person.id in event.travellers
    ]
    return entries, [passports for _ in zones], documents, events


def _papers(parts: tuple[list[list[Any]], ...]) -> Iterator[Papers]:
    """Every way to choose."""
    for entered, left, made, booked in product(*(product(*part) for part in parts)):
        yield (
            tuple(
                StayChoice(entry, leaving, ground)
                for (entry, ground), leaving in zip([("", ""), *entered], [*left, ""], strict=True)
            ),
            tuple(application for application in made if application),
            tuple(booking for booking in booked if booking),
        )


def _dates(event: Event, scenario: Scenario) -> list[date]:
    if event.booked_on:
        return [event.booked_on]
    return [scenario.today + timedelta(days=n) for n in range((event.first_day - scenario.today).days + 1)]
