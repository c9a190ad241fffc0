"""When the travellers can leave, and when they must be back."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Literal

from attrs import frozen

from planner.core.time import written
from planner.itinerary.journey import Journey
from planner.rules.base import Example, Rule, kind
from planner.rules.eases.trips import trip_dates
from planner.rules.easing import Easing
from planner.rules.facts import Broken, Fact, Telling
from planner.rules.outlook import Outlook
from planner.rules.shares import Barred, Share
from planner.rules.statements import Block, Statement
from planner.rules.tables import END, START, View
from planner.scenario.scenario import Scenario
from planner.scenario.trip import Trip

Bound = Literal["depart_from", "depart_by", "return_by"]
_WORDS: dict[Bound, str] = {"depart_from": "begin on or after", "depart_by": "begin by", "return_by": "end by"}


@kind("dates", summary="The trip begins and ends on dates that suit the travellers.")
@frozen(kw_only=True)
class TripDates(Rule):
    """Local dates, at the first port and at the last. Staying at home suits any."""

    trip: Trip

    examples = (
        Example(
            title="The legs fit the dates",
            toml="trip = { depart_from = 2025-06-01, depart_by = 2025-06-01, return_by = 2025-06-10 }\n",
            cost=20000,
        ),
        Example(
            title="The only leg out is too early",
            toml="trip = { depart_from = 2025-06-02 }\n",
            refused_by="trip.depart_from",
        ),
        Example(
            title="The only leg out is too late",
            toml="trip = { depart_by = 2025-05-31 }\n",
            refused_by="trip.depart_by",
        ),
        Example(
            title="The only leg back is too late",
            toml="trip = { return_by = 2025-06-09 }\n",
            refused_by="trip.return_by",
        ),
        Example(
            title="Staying at home suits any dates",
            toml='remove = ["b"]\ntrip = { depart_by = 2025-05-31 }\n',
            cost=0,
        ),
    )

    @classmethod
    def instances(cls, scenario: Scenario) -> Iterable[Rule]:
        """One for the trip, if it has such dates."""
        trip = scenario.trip
        return [cls(trip=trip)] if trip.depart_from or trip.depart_by or trip.return_by else []

    def _fact(self, bound: Bound) -> Fact:
        return Fact(
            id=f"trip.{bound}",
            text=f"the trip is to {_WORDS[bound]} {written(getattr(self.trip, bound))}",
            telling=Telling.WISH,
            kind=self.kind,
            place=self.trip.where.of(bound),
            changeable=True,
        )

    def easings(self, scenario: Scenario) -> Iterator[Easing]:
        """Other dates, day by day."""
        yield from trip_dates(scenario, self.trip)

    # ---- for solving

    def restrict(self, view: View) -> Iterator[Statement]:
        """Block first and last runs on other dates."""
        trip, changes = self.trip, view.changes
        first = (changes.before == START) & (changes.after != END)
        last = (changes.after == END) & (changes.before != START)
        if trip.depart_from is not None:
            rows = first & (changes.departs_on < trip.depart_from.toordinal())
            yield Block(self._fact("depart_from"), changes.ids[rows])
        if trip.depart_by is not None:
            rows = first & (changes.departs_on > trip.depart_by.toordinal())
            yield Block(self._fact("depart_by"), changes.ids[rows])
        if trip.return_by is not None:
            rows = last & (changes.arrives_on > trip.return_by.toordinal())
            yield Block(self._fact("return_by"), changes.ids[rows])

    def bound(self, outlook: Outlook) -> Iterator[Share]:
        """Legs that are too early or too late to be the first or the last."""
        trip, legs = self.trip, outlook.legs
        if trip.depart_from is not None:
            early = legs.departs_on < trip.depart_from.toordinal()
            yield Barred(facts=(self._fact("depart_from"),), legs=early, as_="first")
        if trip.depart_by is not None:
            late = legs.departs_on > trip.depart_by.toordinal()
            yield Barred(facts=(self._fact("depart_by"),), legs=late, as_="first")
        if trip.return_by is not None:
            late = legs.arrives_on > trip.return_by.toordinal()
            yield Barred(facts=(self._fact("return_by"),), legs=late, as_="last")

    # ---- for verifying

    def check(self, journey: Journey) -> Iterator[Broken]:
        """Compare the first departure and the last arrival."""
        trip, left, back = self.trip, journey.visits[0].departs_on, journey.visits[-1].arrives_on
        if left is not None and trip.depart_from is not None and left < trip.depart_from:
            yield Broken(self._fact("depart_from"), f"the first leg departs on {left}")
        if left is not None and trip.depart_by is not None and left > trip.depart_by:
            yield Broken(self._fact("depart_by"), f"the first leg departs on {left}")
        if back is not None and trip.return_by is not None and back > trip.return_by:
            yield Broken(self._fact("return_by"), f"the last leg arrives on {back}")
