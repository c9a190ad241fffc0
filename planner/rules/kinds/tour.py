"""Organised tours: a price for legs, perhaps nights, and the permission that comes with them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from typing import Literal

import numpy as np
from attrs import frozen

from planner.itinerary.journey import Journey, Stay
from planner.rules.base import Example, Ground, Rule, kind
from planner.rules.denial import denial
from planner.rules.eases import applications
from planner.rules.easing import Easing
from planner.rules.facts import Broken, Fact, Telling
from planner.rules.masks import Mask
from planner.rules.needs import require_in_hand
from planner.rules.obtained import booking_days
from planner.rules.outlook import Outlook
from planner.rules.shares import Refused, Share
from planner.rules.statements import AtMost, Block, Clause, Ids, Statement, Unmet
from planner.rules.stay_limits import Limit
from planner.rules.tables import View
from planner.scenario.holdings import passports_of
from planner.scenario.people import Traveller
from planner.scenario.scenario import Scenario
from planner.scenario.travel import Tour

PREFIX = "tour:"

_OPERATOR = "https://koryogroup.com/travel-guide/visa-for-how-to-get-a-north-korea-visa"
_NO_OTHER_WAY = 'remove = ["visit-beta"]\n'
_TOUR = """
[[legs]]
id = "tour-out"
from = "AAA"
to = "BBB"
departs = 2025-06-02T08:00:00
arrives = 2025-06-02T10:00:00
[[legs]]
id = "tour-back"
from = "BBB"
to = "AAA"
departs = 2025-06-06T14:00:00
arrives = 2025-06-06T16:00:00
[[tours]]
id = "five-days"
title = "five days in Beta"
legs = ["tour-out", "tour-back"]
price = "900"
zone = "BB"
"""
_NIGHTS = """
[[trip.nightly]]
at = ["BBB"]
price = "50"
"""
_LETTER = """
needs = ["letter"]
book_by = 2025-04-01
[[acquirables]]
id = "letter"
price = "5"
certificate = {{ kind = "letter" }}
lead = {{ days = {days} }}
"""

_AWAY = """
[[travellers]]
id = "t"
[[travellers.passports]]
id = "a"
away = [{{ from = {first}, to = 2025-04-01 }}]
"""

Aspect = Literal["book_by", "capacity", "needs"]


@kind("tour", summary="A tour brings its legs, its price and its own permission to enter.", catalogue=("K26", "K44"))
@frozen
class TourRule(Rule):
    """One tour. It offers the ground `tour:ID`, of the type permit.

    An entry may rest on it (`admission.Z.T`) if the tour is bought, the leg that enters is one of its legs and, where
    the stay is left again, the leg that leaves is too. `tour.ID.book_by`: it cannot be bought after that date; today
    is the first on which anything can be. `tour.ID.capacity`: all travellers take part, at most so many.
    `tour.ID.T.needs`: on some date of booking, from today to `book_by` (else to the date on which the tour's first leg
    departs), all that it `needs` is in hand and, where there is a `book_by`, the passport of each entry that rests
    on it. If that time is over, its last date counts.
    """

    examples = (
        Example(
            title="The tour brings the permission",
            toml=_NO_OTHER_WAY + _TOUR,
            cost=90000,
            source=_OPERATOR,
        ),
        Example(
            title="Nobody enters on a tour with another flight",
            toml=_NO_OTHER_WAY + _TOUR + 'book_by = 2024-12-31\n[trip]\nbudget = "800"\n',
            refused_by="admission.BB.t",
            source=_OPERATOR,
        ),
        Example(
            title="Booked until 1 January, which is today",
            toml=_NO_OTHER_WAY + _TOUR + "book_by = 2025-01-01\n",
            cost=90000,
            source="https://stg-m.koreaherald.com/article/10433023",
        ),
        Example(
            title="Too late to book",
            toml=_NO_OTHER_WAY + _TOUR + "book_by = 2024-12-31\n",
            refused_by="tour.five-days.book_by",
            source="https://stg-m.koreaherald.com/article/10433023",
        ),
        Example(
            title="Not for passports of that state",
            toml=_NO_OTHER_WAY + _TOUR + 'refused = ["AA"]\n',
            refused_by="admission.BB.t",
            source="https://www.daily8.com/en/hashtag/Koryo",
        ),
        Example(
            title="Two do not fit",
            toml=_NO_OTHER_WAY
            + _TOUR
            + 'capacity = 1\n[[travellers]]\nid = "u"\n[[travellers.passports]]\nid = "b"\nstate = "BB"\n',
            refused_by="tour.five-days.capacity",
        ),
        Example(
            title="Nights on the tour are paid with it",
            toml=_NO_OTHER_WAY + _TOUR + "nights_included = true\n" + _NIGHTS,
            cost=90000,
        ),
        Example(title="Nights cost extra", toml=_NO_OTHER_WAY + _TOUR + _NIGHTS, cost=110000),
        Example(
            title="What it needs is in hand on the last day of booking",
            toml=_NO_OTHER_WAY + _TOUR + _LETTER.format(days=90),
            cost=90500,
        ),
        Example(
            title="What it needs comes a day late",
            toml=_NO_OTHER_WAY + _TOUR + _LETTER.format(days=91),
            refused_by="tour.five-days.t.needs",
        ),
        Example(
            title="Booked before the passport goes away",
            toml=_NO_OTHER_WAY + _TOUR + "book_by = 2025-04-01\n" + _AWAY.format(first="2025-01-02"),
            cost=90000,
        ),
        Example(
            title="The passport is away all the time in which one can book",
            toml=_NO_OTHER_WAY + _TOUR + "book_by = 2025-04-01\n" + _AWAY.format(first="2025-01-01"),
            refused_by="tour.five-days.t.needs",
        ),
    )

    tour: Tour

    @classmethod
    def instances(cls, scenario: Scenario) -> Iterable[Rule]:
        """One for each tour on offer."""
        return [cls(tour) for tour in scenario.tours]

    def fact(self, scenario: Scenario, aspect: Aspect, traveller: Traveller | None = None) -> Fact:
        """One condition of buying the tour."""
        tour = self.tour
        who = traveller.label if traveller else ""
        papers = [*tour.needs, *(["the passport it is booked with"] if tour.book_by else [])]
        text = {
            "book_by": f"{tour.label} can be booked until {tour.book_by} (today is {scenario.today})",
            "capacity": f"{tour.label} has room for {tour.capacity}",
            "needs": f"{who} needs {' and '.join(papers)} in hand to book {tour.label} by {self._deadline(scenario)}",
        }[aspect]
        return Fact(
            id=f"tour.{tour.id}.{traveller.id}.{aspect}" if traveller else f"tour.{tour.id}.{aspect}",
            text=text,
            telling=Telling.PAPER,
            kind=self.kind,
            place=tour.where.of(aspect),
            changeable=aspect != "capacity" and tour.book_by is not None,
        )

    def easings(self, scenario: Scenario) -> Iterator[Easing]:
        """Booked later."""
        yield from applications.tour_today(scenario, self.tour, self.fact(scenario, "book_by").id)
        departs = scenario.leg_by_id[self.tour.legs[0]].departs.date()
        for traveller in scenario.travellers:
            fact = self.fact(scenario, "needs", traveller)
            yield from applications.tour_later(scenario, self.tour, fact.id, departs)

    def _deadline(self, scenario: Scenario) -> date:
        return self.tour.book_by or scenario.leg_by_id[self.tour.legs[0]].departs.date()

    def grounds(self, scenario: Scenario, traveller: Traveller) -> Iterator[Ground]:
        """The tour's permission, with the passports it takes."""
        tour = self.tour
        passports = tuple(
            passport
            for passport, state in passports_of(scenario, traveller).items()
            if state not in tour.refused and (not tour.nationalities or state in tour.nationalities)
        )
        if passports and tour.zone is not None:
            yield Ground(id=PREFIX + tour.id, type="permit", zones=(tour.zone,), passports=passports)

    # ---- for solving

    def restrict(self, view: View) -> Iterator[Statement]:
        """Tie entries to the purchase and to the tour's legs, and the purchase to its conditions."""
        scenario, tour = view.scenario, self.tour
        bought = np.array([view.fares[tour.id]], dtype=np.int64)
        if tour.book_by is not None and scenario.today > tour.book_by:
            yield Block(self.fact(scenario, "book_by"), bought)
        if tour.capacity is not None and len(scenario.travellers) > tour.capacity:
            yield Block(self.fact(scenario, "capacity"), bought)
        entering, leaving = self._legs(view)
        for traveller in scenario.travellers:
            stays = view.stays(traveller.id)
            rows = stays.enters & (stays.ground == PREFIX + tour.id)
            stray = rows & ~(entering[stays.entry_run] & leaving[stays.exit_run])
            if stray.any():
                yield Block(denial(scenario, traveller, str(tour.zone)), stays.ids[stray])
            if (rows & ~stray).any():
                yield Clause(denial(scenario, traveller, str(tour.zone)), (stays.ids[rows & ~stray],), bought)
            needed = [(str(need), bought) for need in tour.needs]
            for passport in np.unique(stays.passport[rows]) if tour.book_by else ():
                needed.append((str(passport), stays.ids[rows & (stays.passport == passport)]))
            yield from self._in_hand(view, traveller, needed)

    def _in_hand(self, view: View, traveller: Traveller, needed: Sequence[tuple[str, Ids]]) -> Iterator[Statement]:
        """On one of the days of booking, all papers needed by the options chosen are in hand."""
        scenario, fact = view.scenario, self.fact(view.scenario, "needs", traveller)
        first, last = scenario.today.toordinal(), self._deadline(scenario).toordinal()
        # What never leaves the hand is there on the last day, if on any.
        days = range(first, last + 1) if first < last and _may_leave(scenario, traveller) else [last]
        unmet = []
        for day in days:
            clauses = list[Clause]()
            for need, options in needed:
                for said in require_in_hand(view, traveller, {day: options}, need, fact):
                    match said:
                        case Clause():
                            clauses.append(said)
                        case Block():
                            clauses.append(Clause(fact, (said.options,)))
            if not clauses:
                return
            unmet.append(Unmet(1, tuple(clauses)))
        yield AtMost(fact, tuple(unmet), len(unmet) - 1)

    def _legs(self, view: View) -> tuple[Mask, Mask]:
        """The runs that enter, and those that leave, by a leg of the tour; or that do not leave."""
        legs = [leg.id in self.tour.legs for leg in view.scenario.legs]
        entering = [legs[run[-1]] for run in view.runs.legs]
        leaving = [legs[run[0]] for run in view.runs.legs]
        # END and START are the numbers of the last two.
        return np.array([*entering, False, False], dtype=bool), np.array([*leaving, True, False], dtype=bool)

    def bound(self, outlook: Outlook) -> Iterator[Share]:
        """It admits on the dates on which its legs arrive."""
        scenario = outlook.scenario
        arrivals = [scenario.leg_by_id[leg].arrives.toordinal() for leg in self.tour.legs]
        other = ~np.isin(outlook.days, arrivals)[None, :]
        for traveller in scenario.travellers if self.tour.zone is not None else ():
            fact = denial(scenario, traveller, str(self.tour.zone))
            yield Refused(facts=(fact,), traveller=traveller.id, arrivals=other, grounds=(PREFIX + self.tour.id,))

    # ---- for verifying

    def check(self, journey: Journey) -> Iterator[Broken]:
        """Look at the purchase, then at everybody who enters on the tour."""
        scenario, tour = journey.scenario, self.tour
        bought, deadline = tour.id in journey.itinerary.fares, self._deadline(scenario)
        if bought and tour.book_by is not None and tour.book_by < scenario.begun:
            yield Broken(self.fact(scenario, "book_by"), f"today is {scenario.today}")
        if bought and tour.capacity is not None and tour.capacity < len(scenario.travellers):
            yield Broken(self.fact(scenario, "capacity"), f"{len(scenario.travellers)} travel")
        for traveller in scenario.travellers:
            papers = [str(need) for need in tour.needs] if bought else []
            for stay in journey.stays[traveller.id]:
                if stay.entry is not None and stay.ground == PREFIX + tour.id:
                    papers += [stay.passport] if tour.book_by else []
                    for how in self._astray(stay, bought=bought):
                        yield Broken(denial(scenario, traveller, stay.zone), how)
            if papers and not booking_days(journey, traveller, papers, deadline):
                how = f"on no day up to {deadline} are all of {', '.join(dict.fromkeys(papers))} in hand"
                yield Broken(self.fact(scenario, "needs", traveller), how)

    def _astray(self, stay: Stay, *, bought: bool) -> Iterator[str]:
        if not bought:
            yield f"{self.tour.id} is not bought"
        for crossing in (stay.entry, stay.exit):
            if crossing is not None and crossing.leg.id not in self.tour.legs:
                yield f"{crossing.leg.id} is no leg of {self.tour.id}"

    def last_lawful(self, journey: Journey, stay: Stay) -> Limit | None:
        """The date of the tour's leg by which a stay that rests on it ends."""
        if stay.ground != PREFIX + self.tour.id or stay.exit is None:
            return None
        return Limit(on=stay.exit.on, why=f"when {self.tour.label} leaves")


def _may_leave(scenario: Scenario, traveller: Traveller) -> bool:
    """Whether something that is in hand on one day may not be on a later one."""
    certificates = [item.certificate for item in scenario.acquirables if item.certificate]
    return (
        any(book.away for book in traveller.passports)
        or any(paper.valid_to for paper in traveller.certificates)
        or any(certificate.validity for certificate in certificates)
        or any(item.keeps_passport or (item.passport and item.passport.renews) for item in scenario.acquirables)
    )
