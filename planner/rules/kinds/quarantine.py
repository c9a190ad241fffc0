"""K31: days that must be spent at the place of arrival."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

import numpy as np
from attrs import frozen

from planner.core.words import either
from planner.itinerary.journey import Journey, Stay
from planner.rules.base import Example, Rule, kind
from planner.rules.concerns import Concerning
from planner.rules.facts import Broken, Fact, Telling
from planner.rules.masks import by_value, inside
from planner.rules.refusals import concerned, refuse
from planner.rules.showing import Found, shown
from planner.rules.statements import Statement
from planner.rules.tables import View
from planner.scenario.node import CertificateRef, ZoneRef
from planner.scenario.people import Traveller
from planner.scenario.scenario import Scenario

_UK = "https://expat.com/en/expat-mag/4947-which-countries-require-covid-19-testing-for-travellers.html"


def _example(rule: str, certificate: str = "") -> str:
    return (
        f'[[rules]]\nkind = "quarantine"\nid = "quarantine"\nzone = "BB"\n{rule}\n'
        f'[[travellers]]\nid = "t"\ncertificates = [{certificate}]\n'
    )


_ON_THE_FIFTH = """
remove = ["b"]
[[trip.stops]]
id = "x"
at = ["BBX"]
[[legs]]
id = "bx"
from = "BBB"
to = "BBX"
departs = 2025-06-05T08:00:00
arrives = 2025-06-05T10:00:00
price = "20"
[[legs]]
id = "xa"
from = "BBX"
to = "AAA"
departs = 2025-06-20T08:00:00
arrives = 2025-06-20T10:00:00
price = "50"
"""


@kind(
    "quarantine",
    summary="After some entries so many days are spent at the place of arrival.",
    catalogue=("K31",),
    table=True,
)
@frozen(kw_only=True)
class Quarantine(Concerning, Rule):
    """After an entry concerned (see `Concerning`) nobody leaves the port of arrival before the entry date + `days`.

    Neither out of the zone nor to another port in it: what counts is the date of the next departure. An arrival at the
    end of the journey keeps it. With `from`, only entries whose previous territory (airside stops included) is, or lies
    in, one of these places on the entry date are concerned. A certificate of one of the kinds in `certificates`, shown
    at check-in and valid on the entry date, lifts it.
    """

    examples = (
        Example(title="Nine days from 1 June: to leave on the 10th", toml=_example("days = 9"), cost=20000),
        Example(
            title="Ten days from 1 June, as in the United Kingdom in 2021: the 10th is a day too early",
            toml=_example("days = 10"),
            refused_by="quarantine.t",
            source=_UK,
        ),
        Example(
            title="The vaccinated were free to go",
            toml=_example('days = 10\ncertificates = ["vaccinated"]', '{ kind = "vaccinated" }'),
            cost=20000,
        ),
        Example(
            title="Another sort of certificate",
            toml=_example('days = 10\ncertificates = ["vaccinated"]', '{ kind = "recovered" }'),
            refused_by="quarantine.t",
        ),
        Example(title="Only for those who come from Gamma", toml=_example('days = 10\nfrom = ["CC"]'), cost=20000),
        Example(
            title="For those who come from Alpha",
            toml=_example('days = 10\nfrom = ["AA"]'),
            refused_by="quarantine.t",
        ),
        Example(
            title="On to another town after four days",
            toml=_ON_THE_FIFTH + _example("days = 4"),
            cost=17000,
        ),
        Example(
            title="Another town is not the place of arrival",
            toml=_ON_THE_FIFTH + _example("days = 5"),
            refused_by="quarantine.t",
        ),
    )

    days: int
    """Nobody leaves the port of arrival before the day of entry and so many days."""
    from_: tuple[ZoneRef, ...] = ()
    """Only for those whose last leg comes from there. Left out: anywhere."""
    certificates: tuple[CertificateRef, ...] = ()
    """One of these, shown at check-in, lifts it."""

    def fact(self, scenario: Scenario, traveller: Traveller) -> Fact:
        """The quarantine of one traveller."""
        origin = f" from {either(map(scenario.name_of, self.from_))}" if self.from_ else ""
        lifted = f" without a certificate ({either(self.certificates)})" if self.certificates else ""
        return Fact(
            id=f"{self.id}.{traveller.id}",
            text=f"{traveller.label} may not leave the place of arrival for {self.days} days after entering "
            f"{self.entries(scenario)}{origin}{lifted}",
            telling=Telling.ADMISSION,
            kind=self.kind,
            place=self.where.of("days"),
            source=self.source,
        )

    def restrict(self, view: View) -> Iterator[Statement]:
        """Refuse the entries by each run together with the departures that follow too soon."""
        scenario, changes = view.scenario, view.changes
        for traveller in scenario.travellers:
            stays, rows = view.stays(traveller.id), concerned(view, self, traveller)
            if self.from_:
                rows &= np.any(
                    [inside(scenario, place, stays.previous, stays.entry_on) for place in self.from_], axis=0
                )
            for run, group in by_value(stays.entry_run, rows):
                free = int(view.runs.arrives_on[run]) + self.days
                early = changes.ids[(changes.before == run) & (changes.departs_on < free)]
                if len(early):
                    fact = self.fact(scenario, traveller)
                    yield from refuse(
                        view, self, traveller, fact, group, given=(early,), certificates=self.certificates
                    )

    def check(self, journey: Journey) -> Iterator[Broken]:
        """See when the port of arrival is left after each entry concerned."""
        scenario = journey.scenario
        for traveller in scenario.travellers:
            for stay in journey.stays[traveller.id]:
                early = self._leaves_early(scenario, stay) and self.concerns(journey, stay)
                if early and not shown(journey, stay, certificates=self.certificates):
                    first = stay.visits[0]
                    how = f"entered on {stay.entry_on}, on from {first.port} on {first.departs_on}"
                    yield Broken(self.fact(scenario, traveller), how)

    def _leaves_early(self, scenario: Scenario, stay: Stay) -> bool:
        """Whether the place of arrival is left too soon, after an entry from one of the places."""
        entry, leaves = stay.entry, stay.visits[0].departs_on
        if entry is None or leaves is None or leaves >= entry.on + timedelta(days=self.days):
            return False
        origin = stay.previous or ""
        return not self.from_ or any(scenario.is_in(place, origin, entry.on) for place in self.from_)

    def asked_for(self, journey: Journey, stay: Stay) -> Found | None:
        """The first certificate that lifts it, for who does not keep it."""
        if not self._leaves_early(journey.scenario, stay):
            return None
        return shown(journey, stay, certificates=self.certificates)
