"""K44, K25: events that do not register the passports of some states.

The rule tests the passport registered with, not every nationality held.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from attrs import frozen

from planner.core.words import either
from planner.itinerary.journey import Journey
from planner.rules.attendance import attending
from planner.rules.base import Example, Rule, kind
from planner.rules.examples import SECOND_PASSPORT
from planner.rules.facts import Broken, Fact, Telling
from planner.rules.masks import effective
from planner.rules.outlook import Outlook
from planner.rules.shares import Never, Share
from planner.rules.statements import Block, Statement
from planner.rules.tables import View
from planner.scenario.holdings import passports_of
from planner.scenario.law import Entry
from planner.scenario.node import EventRef, State
from planner.scenario.people import Traveller
from planner.scenario.scenario import Scenario

_SOURCE = "https://www.daily8.com/en/hashtag/Koryo"
_RACE = """
[[trip.events]]
id = "race"
title = "the Beta marathon"
at = ["BBB"]
first_day = 2025-06-06
price = "40"
[[rules]]
kind = "registration"
id = "registered"
event = "race"
refused = ["AA", "CC"]
"""


@kind(
    "registration",
    summary="An event does not register the passports of some states.",
    catalogue=("K25", "K44"),
    table=True,
)
@frozen(kw_only=True)
class Registration(Entry, Rule):
    """See `docs/semantics.md`. In force or not is judged on the booking date."""

    event: EventRef
    """The event."""
    refused: tuple[State, ...]
    """Of the passport booked with."""

    examples = (
        Example(
            title="US passports are not registered for the Pyongyang marathon",
            toml=_RACE,
            refused_by="registered.t",
            source=_SOURCE,
        ),
        Example(
            title="The same runner on another passport is registered",
            toml=_RACE + SECOND_PASSPORT,
            cost=24000,
            source=_SOURCE,
        ),
        Example(
            title="Booked before the refusal began",
            toml=_RACE + 'effective_from = 2025-01-01\n[[trip.events]]\nid = "race"\nbooked_on = 2024-12-31\n',
            cost=24000,
        ),
    )

    def fact(self, scenario: Scenario, traveller: Traveller) -> Fact:
        """The refusal, for one traveller."""
        event = next((event.label for event in scenario.trip.events if event.id == self.event), self.event)
        states = either(map(scenario.name_of, self.refused))
        return Fact(
            id=f"{self.id}.{traveller.id}",
            text=f"{traveller.label} cannot be registered for {event} with a passport of {states}",
            telling=Telling.REMOTE,
            kind=self.kind,
            place=self.where.place,
            source=self.source,
        )

    def restrict(self, view: View) -> Iterator[Statement]:
        """Block bookings registered with the passports refused."""
        for traveller in view.scenario.travellers:
            bookings = view.bookings(traveller.id)
            rows = (bookings.event == self.event) & np.isin(bookings.state, self.refused)
            rows &= effective(self, bookings.book_on)
            if rows.any():
                yield Block(self.fact(view.scenario, traveller), bookings.ids[rows])

    def bound(self, outlook: Outlook) -> Iterator[Share]:
        """Nobody attends whose passports are all refused whenever they could be registered."""
        scenario = outlook.scenario
        for event in (event for event in scenario.trip.events if event.id == self.event):
            first, last = event.booked_on or scenario.today, event.booked_on or event.first_day
            if not (self.in_force(first) and self.in_force(last)):
                continue
            for traveller in scenario.travellers:
                states = passports_of(scenario, traveller)
                usable = [state for name, state in states.items() if not event.booked_with or name in event.booked_with]
                wanted = not event.travellers or traveller.id in event.travellers
                if wanted and set(usable) <= set(self.refused):
                    yield Never(facts=(attending(scenario, event), self.fact(scenario, traveller)))

    def check(self, journey: Journey) -> Iterator[Broken]:
        """Read the list of those registered."""
        for traveller in journey.scenario.travellers:
            for booking in journey.bookings(traveller.id):
                state = journey.scenario.state_of(traveller, booking.passport)
                if booking.event == self.event and state in self.refused and self.in_force(booking.on):
                    fact = self.fact(journey.scenario, traveller)
                    yield Broken(fact, f"booked on {booking.on} with {booking.passport}, a passport of {state}")
