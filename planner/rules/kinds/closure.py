"""K25: a place closed to visitors, with the exemptions that let some in."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import numpy as np
from attrs import frozen

from planner.core.words import all_of, either
from planner.itinerary.journey import Journey
from planner.rules.base import Example, Rule, kind
from planner.rules.facts import Broken, Fact, Telling
from planner.rules.masks import Mask, by_value, effective, inside
from planner.rules.outlook import Outlook
from planner.rules.shares import Refused, Share
from planner.rules.statements import Block, Clause, Statement
from planner.rules.tables import Column, View
from planner.scenario.holdings import passports_of
from planner.scenario.law import Entry
from planner.scenario.node import EventRef, State, ZoneRef
from planner.scenario.people import Traveller
from planner.scenario.scenario import Scenario
from planner.scenario.trip import Event

_KORYO = "https://koryogroup.com/blog/koryo-tours-back-in-pyongyang-2025"
_CLOSED = """
[[rules]]
kind = "closure"
id = "closed"
zone = "BB"
"""
_RACE = """
[[trip.events]]
id = "race"
title = "the Beta marathon"
at = ["BBB"]
first_day = 2025-06-06
price = "40"
"""
_ON_ANOTHER_PASSPORT = """
[[travellers]]
id = "t"
[[travellers.passports]]
id = "b"
state = "DD"
[[trip.events]]
id = "race"
booked_on = 2025-01-01
booked_with = ["b"]
[[rules]]
kind = "passport-ban"
id = "ban"
passport_state = "DD"
area = "BB"
scope = ["to"]
"""


@kind(
    "closure",
    summary="A zone is closed to visitors, except for some passports and for those booked on some events.",
    catalogue=("K25",),
    table=True,
)
@frozen(kw_only=True)
class Closure(Entry, Rule):
    """See `docs/semantics.md`. `effective_from` and `effective_to` say while when the zone is closed."""

    zone: ZoneRef
    """What is closed."""
    exempt_nationalities: tuple[State, ...] = ()
    """Of the passport shown."""
    exempt_events: tuple[EventRef, ...] = ()
    """Booked with the passport shown, by the day of entry."""
    days_before: int | None = None
    """The entry is at most so many days before the event's first day, and not after it. Left out: at any time."""

    examples = (
        Example(title="Pyongyang closed to general tourism", toml=_CLOSED, refused_by="closed.t", source=_KORYO),
        Example(
            title="Russians were let in earlier than others",
            toml=_CLOSED + 'exempt_nationalities = ["AA"]\n',
            cost=20000,
            source=_KORYO,
        ),
        Example(
            title="Amateur runners may enter for the marathon",
            toml=_CLOSED + 'exempt_events = ["race"]\ndays_before = 5\n' + _RACE,
            cost=24000,
            source=_KORYO,
        ),
        Example(
            title="Runners who come too many days before the race",
            toml=_CLOSED + 'exempt_events = ["race"]\ndays_before = 4\n' + _RACE,
            refused_by="closed.t",
            source=_KORYO,
        ),
        Example(
            title="Runners who book, come and run on one day",
            toml="today = 2025-06-01\n"
            + _CLOSED
            + 'exempt_events = ["race"]\ndays_before = 0\n'
            + _RACE.replace("2025-06-06", "2025-06-01"),
            cost=24000,
        ),
        Example(
            title="The booking must name the passport that is shown",
            toml=_CLOSED + 'exempt_events = ["race"]\n' + _RACE + _ON_ANOTHER_PASSPORT,
            refused_by="closed.t",
        ),
        Example(title="Open again on the day of entry", toml=_CLOSED + "effective_to = 2025-05-31\n", cost=20000),
        Example(title="Not closed before the day after", toml=_CLOSED + "effective_from = 2025-06-02\n", cost=20000),
        Example(
            title="Still closed on the day of entry",
            toml=_CLOSED + "effective_to = 2025-06-01\n",
            refused_by="closed.t",
        ),
    )

    def fact(self, scenario: Scenario, traveller: Traveller) -> Fact:
        """The closure, for one traveller."""
        dates = f" from {self.effective_from}" if self.effective_from else ""
        dates += f" until {self.effective_to}" if self.effective_to else ""
        titles = {event.id: event.label for event in scenario.trip.events}
        states = either(map(scenario.name_of, self.exempt_nationalities))
        exempt = [f"passports of {states}"] * bool(states)
        exempt += [f"those booked for {titles.get(event, event)}" for event in self.exempt_events]
        except_for = f", except for {all_of(exempt)}" if exempt else ""
        return Fact(
            id=f"{self.id}.{traveller.id}",
            text=f"{scenario.name_of(self.zone)} is closed to {traveller.label}{dates}{except_for}",
            telling=Telling.ADMISSION,
            kind=self.kind,
            place=self.where.place,
            source=self.source,
        )

    def restrict(self, view: View) -> Iterator[Statement]:
        """Entries need one of the bookings that exempt the passport on that day; without any, they are blocked."""
        for traveller in view.scenario.travellers:
            fact, stays, bookings = (
                self.fact(view.scenario, traveller),
                view.stays(traveller.id),
                view.bookings(traveller.id),
            )
            closed = stays.enters & effective(self, stays.entry_on) & ~np.isin(stays.state, self.exempt_nationalities)
            closed &= inside(view.scenario, self.zone, stays.entry_territory, stays.entry_on)
            for day, entries in by_value(stays.entry_on, closed):
                opened = [
                    event.id
                    for event in view.scenario.trip.events
                    if event.id in self.exempt_events
                    and (self.days_before is None or 0 <= event.first_day.toordinal() - day <= self.days_before)
                ]
                exempting = np.isin(bookings.event, opened) & (bookings.book_on <= day)
                for passport in np.unique(stays.passport[entries]):
                    rows = entries & (stays.passport == passport)
                    then = bookings.ids[exempting & (bookings.passport == passport)]
                    yield Clause(fact, (stays.ids[rows],), then) if len(then) else Block(fact, stays.ids[rows])

    def bound(self, outlook: Outlook) -> Iterator[Share]:
        """Passports that are not exempt are refused on days for which no booking exempts them."""
        scenario = outlook.scenario
        closed = outlook.in_force(self) & outlook.within(self.zone)
        for traveller in scenario.travellers:
            refused = closed
            for event in scenario.trip.events:
                if event.id in self.exempt_events and (not event.travellers or traveller.id in event.travellers):
                    refused = refused & ~self._let_in(event, outlook.days)
            states = passports_of(scenario, traveller)
            passports = [name for name, state in states.items() if state not in self.exempt_nationalities]
            fact = self.fact(scenario, traveller)
            yield Refused(facts=(fact,), traveller=traveller.id, arrivals=refused, passports=passports)

    def _let_in(self, event: Event, days: Column) -> Mask:
        """The days on which a booking of an exempt event lets in."""
        if self.days_before is None:
            return np.ones(len(days), dtype=bool)
        ahead = event.first_day.toordinal() - days
        near: Mask = (ahead >= 0) & (ahead <= self.days_before)
        return near

    def check(self, journey: Journey) -> Iterator[Broken]:
        """Ask at every entry to the zone why this traveller may come in."""
        scenario = journey.scenario
        for traveller in scenario.travellers:
            for stay in journey.stays[traveller.id]:
                entry = stay.entry
                if entry is None or not self.in_force(entry.on):
                    continue
                if not scenario.is_in(self.zone, entry.territory, entry.on):
                    continue
                if scenario.state_of(traveller, stay.passport) in self.exempt_nationalities:
                    continue
                if not self._booked(journey, traveller, stay.passport, entry.on):
                    yield Broken(self.fact(scenario, traveller), f"entry on {entry.on} with {stay.passport}")

    def _booked(self, journey: Journey, traveller: Traveller, passport: str, day: date) -> bool:
        """Whether a booking made by then, registered with the passport, lets it in on that day."""
        first_days = {event.id: event.first_day for event in journey.scenario.trip.events}
        for booking in journey.bookings(traveller.id):
            if booking.event in self.exempt_events and booking.passport == passport and booking.on <= day:
                ahead = (first_days[booking.event] - day).days
                if self.days_before is None or 0 <= ahead <= self.days_before:
                    return True
        return False
