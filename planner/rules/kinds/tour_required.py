"""K26: a zone that is visited only on an organised tour."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from attrs import frozen

from planner.itinerary.journey import Journey
from planner.rules.base import Example, Rule, kind
from planner.rules.concerns import Concerning
from planner.rules.facts import Broken, Fact, Telling
from planner.rules.masks import by_value
from planner.rules.outlook import Outlook
from planner.rules.refusals import concerned, refuse, refused
from planner.rules.shares import Share
from planner.rules.statements import Statement
from planner.rules.tables import View
from planner.scenario.people import Traveller
from planner.scenario.scenario import Scenario

_BRADT = "https://www.bradtguides.com/destinations/asia/north-korea/travel-and-visas.html"
_RULE = """
[[rules]]
kind = "tour-required"
id = "guided"
zone = "BB"
"""
_TOUR = """
[[tours]]
id = "ten-days"
legs = ["ab", "ba"]
price = "900"
"""
_HALF = """
[[tours]]
id = "one-way"
legs = ["ba"]
price = "900"
"""


@kind(
    "tour-required",
    summary="A zone can be entered only with an organised tour.",
    catalogue=("K26",),
    table=True,
)
@frozen(kw_only=True)
class TourRequired(Concerning, Rule):
    """A concerned entry is made by a leg of a tour, and that tour is bought.

    The leg is the one that enters. What the entry rests on is another matter: a tour may bring a permission of its
    own, or none.
    """

    examples = (
        Example(
            title="Nobody travels alone",
            toml=_RULE,
            refused_by="guided.t",
            source=_BRADT,
        ),
        Example(title="With a tour", toml=_RULE + _TOUR, cost=90000, source=_BRADT),
        Example(
            title="A tour that does not enter is none",
            toml=_RULE + _HALF,
            refused_by="guided.t",
        ),
        Example(
            title="Not asked of the neighbours",
            toml=_RULE + 'exempt_nationalities = ["AA"]\n' + _TOUR,
            cost=20000,
        ),
        Example(
            title="The rule has ended the day before",
            toml=_RULE + "effective_to = 2025-05-31\n",
            cost=20000,
        ),
    )

    def fact(self, scenario: Scenario, traveller: Traveller) -> Fact:
        """The demand on one traveller."""
        tours = [tour.label for tour in scenario.tours]
        offers = f"; the tours on offer: {', '.join(tours)}" if tours else "; no tour is on offer"
        return Fact(
            id=f"{self.id}.{traveller.id}",
            text=f"{traveller.label} may enter {self.entries(scenario)} only with an organised tour{offers}",
            telling=Telling.ADMISSION,
            kind=self.kind,
            place=self.where.place,
            source=self.source,
        )

    def restrict(self, view: View) -> Iterator[Statement]:
        """By each run that enters, one of the tours that sell its last leg has to be bought."""
        scenario, runs = view.scenario, view.runs
        for traveller in scenario.travellers:
            fact, stays = self.fact(scenario, traveller), view.stays(traveller.id)
            rows = concerned(view, self, traveller)
            for run, group in by_value(stays.entry_run, rows):
                leg = scenario.legs[runs.legs[run][-1]].id
                tours = [view.fares[tour.id] for tour in scenario.tours if leg in tour.legs and tour.id in view.fares]
                yield from refuse(view, self, traveller, fact, group, or_else=np.array(tours, dtype=np.int64))

    def bound(self, outlook: Outlook) -> Iterator[Share]:
        """Nobody is let in on days on which no leg of a tour arrives."""
        scenario = outlook.scenario
        arrivals = [scenario.leg_by_id[leg].arrives.toordinal() for tour in scenario.tours for leg in tour.legs]
        other = ~np.isin(outlook.days, arrivals)[None, :]
        for traveller in scenario.travellers:
            yield from refused(outlook, self, traveller, self.fact(scenario, traveller), arrivals=other)

    def check(self, journey: Journey) -> Iterator[Broken]:
        """Ask everybody who enters which tour they belong to."""
        scenario, bought = journey.scenario, set(journey.itinerary.fares)
        for traveller in scenario.travellers:
            for stay in journey.stays[traveller.id]:
                if stay.entry is None or not self.concerns(journey, stay):
                    continue
                if not any(tour.id in bought and stay.entry.leg.id in tour.legs for tour in scenario.tours):
                    how = f"entry on {stay.entry.on} by {stay.entry.leg.id}, which belongs to no tour"
                    yield Broken(self.fact(scenario, traveller), how)
