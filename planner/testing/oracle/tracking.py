"""Journeys that notice which decisions are read from them.

A rule's `check` is a function of the decisions it reads. Whatever it has read when it reports a broken fact, every
other journey on the same route with the same values of what was read breaks that fact as well: a *nogood*. That holds
for any rule whatever, so the oracle can prune by it without knowing the rules.

Decisions are variables; a nogood maps some of them to the sets of values with which the fact is broken:

* `("entry", i)`: passport and ground at the entry that begins stay i;
* `("exit", i)`: passport at the exit that ends stay i;
* `("apply", acquirable, passport)`: whether it is applied for; `("apply on", acquirable, passport)`: the date, if so;
* `("book", event)`: the passport registered with, None for no booking; `("book on", event)`: the date, if any.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from functools import cache
from typing import Any, TypeAlias

from attrs import evolve, fields

from planner.itinerary.choices import Application, Booking, Itinerary, StayChoice
from planner.itinerary.journey import Journey, Stay

Variable: TypeAlias = tuple[Any, ...]
Domains: TypeAlias = Mapping[Variable, tuple[Any, ...]]
Assignment: TypeAlias = Mapping[Variable, Any]
Nogood: TypeAlias = dict[Variable, frozenset[Any]]


class Reads:
    """What has been read of an assignment: for each variable read, the values that look the same so far."""

    def __init__(self, domains: Domains, assignment: Assignment) -> None:
        self.domains, self.assignment = domains, assignment
        self.seen: Nogood = {}

    def read(self, variable: Variable, same: Callable[[Any], Any]) -> None:
        """Note that `same(value)` of the variable has been read."""
        value = same(self.assignment[variable])
        alike = self.seen.get(variable)
        if alike is None:
            alike = frozenset(self.domains[variable])
        self.seen[variable] = frozenset(v for v in alike if same(v) == value)

    def presence(self, kind: str) -> None:
        """Note that it has been read which applications or bookings are made at all."""
        for variable in self.domains:
            if variable[0] == kind:
                self.read(variable, _made)


def _made(value: Any) -> bool:
    return value not in (None, False)


def _first(value: Any) -> Any:
    return value[0]


def _second(value: Any) -> Any:
    return value[1]


def _itself(value: Any) -> Any:
    return value


class _Tracked:
    """Mix-in: attributes named in `_variables` are noted when they are read."""

    def _track(self, reads: Reads, variables: Mapping[str, tuple[Variable, Callable[[Any], Any]]]) -> None:
        object.__setattr__(self, "_reads", reads)
        object.__setattr__(self, "_variables", variables)

    def __getattribute__(self, name: str) -> Any:
        get = object.__getattribute__
        if not name.startswith("_"):
            noted = get(self, "__dict__").get("_variables", {}).get(name)
            if noted is not None:
                get(self, "_reads").read(*noted)
        return get(self, name)


class TrackedStay(_Tracked, Stay):
    """A stay that notes reading its passports and its ground."""


class TrackedApplication(_Tracked, Application):
    """An application that notes reading its date."""


class TrackedBooking(_Tracked, Booking):
    """A booking that notes reading its passport and date."""


class TrackedItinerary(Itinerary):
    """An itinerary that notes reading which applications and bookings there are."""

    def __getattribute__(self, name: str) -> Any:
        get = object.__getattribute__
        reads = get(self, "__dict__").get("_reads")
        if reads is not None:
            if name == "applications":
                reads.presence("apply")
            elif name == "bookings":
                reads.presence("book")
            elif name == "stays":
                for variable in reads.domains:
                    if variable[0] in ("entry", "exit"):
                        reads.read(variable, _itself)
        return get(self, name)


def itinerary_of(base: Itinerary, traveller: str, assignment: Assignment, stays: int) -> Itinerary:
    """The itinerary of one traveller on a route (the base's legs, touches and fares)."""
    choices = []
    for index in range(stays):
        passport, ground = assignment.get(("entry", index), ("", ""))
        choices.append(StayChoice(passport, assignment.get(("exit", index), ""), ground))
    made = sorted((variable for variable, value in assignment.items() if _made(value)), key=str)
    return evolve(
        base,
        stays={traveller: tuple(choices)},
        applications=tuple(
            Application(traveller, v[1], v[2], assignment["apply on", *v[1:]]) for v in made if v[0] == "apply"
        ),
        bookings=tuple(
            Booking(traveller, v[1], assignment[v], assignment["book on", *v[1:]]) for v in made if v[0] == "book"
        ),
    )


def tracked(route: Journey, traveller: str, reads: Reads) -> Journey:
    """The journey of one traveller with the decisions of `reads`, which notes what is read of them.

    `route` is a journey on the same route, whatever its other decisions.
    """
    chosen = itinerary_of(route.itinerary, traveller, reads.assignment, len(route.stays[traveller]))
    stays = []
    for index, (stay, choice) in enumerate(zip(route.stays[traveller], chosen.stays[traveller], strict=True)):
        noting = TrackedStay(**_fields(stay) | _fields(choice))
        variables: dict[str, tuple[Variable, Callable[[Any], Any]]] = {}
        if ("entry", index) in reads.domains:
            variables |= {"passport": (("entry", index), _first), "ground": (("entry", index), _second)}
        if ("exit", index) in reads.domains:
            variables |= {"exit_passport": (("exit", index), _itself)}
        noting._track(reads, variables)
        stays.append(noting)
    applications = []
    for application in chosen.applications:
        noting_date = TrackedApplication(**_fields(application))
        variable = ("apply on", application.acquirable, application.passport)
        noting_date._track(reads, {"on": (variable, _itself)})
        applications.append(noting_date)
    bookings = []
    for booking in chosen.bookings:
        noting_booking = TrackedBooking(**_fields(booking))
        shown, day = ("book", booking.event), ("book on", booking.event)
        noting_booking._track(reads, {"passport": (shown, _itself), "on": (day, _itself)})
        bookings.append(noting_booking)
    itinerary = TrackedItinerary(**_fields(chosen) | {"applications": tuple(applications), "bookings": tuple(bookings)})
    object.__setattr__(itinerary, "_reads", reads)
    return evolve(route, itinerary=itinerary, stays={traveller: tuple(stays)})


def _fields(node: Any) -> dict[str, Any]:
    cls: Any = type(node)
    return {name: object.__getattribute__(node, name) for name in _names(cls)}


@cache
def _names(cls: type) -> tuple[str, ...]:
    return tuple(field.name for field in fields(cls))


def days_between(first: date, last: date) -> tuple[date, ...]:
    """Civil dates from the first to the last, both included."""
    return tuple(date.fromordinal(day) for day in range(first.toordinal(), last.toordinal() + 1))
