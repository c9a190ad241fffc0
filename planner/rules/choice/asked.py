"""What somebody asks why the cheapest trip does not do it: use a leg, show a passport, stop somewhere."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from attrs import frozen

from planner.core.words import either
from planner.itinerary.journey import Journey
from planner.rules.choice.beside import Beside, asked
from planner.rules.facts import Broken, Fact
from planner.rules.outlook import Outlook
from planner.rules.shares import Share, Wanted
from planner.rules.statements import Clause, Statement
from planner.rules.tables import START, View
from planner.scenario.scenario import Scenario


@frozen(kw_only=True)
class UseLeg(Beside):
    """The journey takes a leg."""

    leg: str

    def _fact(self) -> Fact:
        return asked(f"asked.use.{self.leg}", f"leg {self.leg} is to be used")

    def restrict(self, view: View) -> Iterator[Statement]:
        """Demand one of the runs that the leg is part of."""
        wanted = np.array([leg.id == self.leg for leg in view.scenario.legs], dtype=bool)
        yield Clause(self._fact(), (), view.runs.containing(wanted))

    def check(self, journey: Journey) -> Iterator[Broken]:
        """Look for it."""
        if self.leg not in journey.itinerary.legs:
            yield Broken(self._fact(), "it is not")


@frozen(kw_only=True)
class ShowPassport(Beside):
    """A traveller shows a passport at an entry, to one of some places (ports, territories, zones; none: anywhere)."""

    traveller: str
    passport: str
    at: tuple[str, ...] = ()

    def _fact(self, scenario: Scenario) -> Fact:
        who = scenario.traveller_by_id[self.traveller].label
        where = either(map(scenario.town_of, self.at)) if self.at else "some place"
        text = f"{who} is to show passport {self.passport} on entering {where}"
        return asked(f"asked.passport.{self.passport}.{self.traveller}", text)

    def restrict(self, view: View) -> Iterator[Statement]:
        """Demand one of the stays that begin so."""
        stays = view.stays(self.traveller)
        rows = stays.enters & (stays.passport == self.passport)
        if self.at:
            rows &= np.isin(stays.entry_port, sorted(view.scenario.ports_at(self.at)))
        yield Clause(self._fact(view.scenario), (), stays.ids[rows])

    def check(self, journey: Journey) -> Iterator[Broken]:
        """Look at what is shown at the entries there."""
        ports = journey.scenario.ports_at(self.at)
        for stay in journey.stays[self.traveller]:
            there = stay.entry is not None and (not self.at or stay.entry.port in ports)
            if there and stay.passport == self.passport:
                return
        yield Broken(self._fact(journey.scenario), "it is not shown")


@frozen(kw_only=True)
class MakeStop(Beside):
    """The journey stops, landside and after an arrival, at a place (a port, territory or zone)."""

    place: str

    def _fact(self, scenario: Scenario) -> Fact:
        return asked(f"asked.stop.{self.place}", f"a stop in {scenario.town_of(self.place)} is to be made")

    def restrict(self, view: View) -> Iterator[Statement]:
        """Demand one of the visits there."""
        visits = view.visits((self.place,))
        yield Clause(self._fact(view.scenario), (), visits.ids[visits.before != START])

    def bound(self, outlook: Outlook) -> Iterator[Share]:
        """The visit."""
        fact = self._fact(outlook.scenario)
        ports = outlook.scenario.ports_at((self.place,))
        yield Wanted(facts=(fact,), visit=fact.id, ports=ports)

    def check(self, journey: Journey) -> Iterator[Broken]:
        """Look for a visit."""
        if all(visit.inbound is None for visit in journey.visits_to((self.place,))):
            yield Broken(self._fact(journey.scenario), "it is not made")
