"""K17: so many days must lie between leaving a zone and entering it again."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import numpy as np
from attrs import frozen

from planner.core.period import Period
from planner.itinerary.journey import Journey, Stay
from planner.rules.base import Example, Rule, kind
from planner.rules.concerns import Concerning, type_of_ground
from planner.rules.facts import Broken, Fact, Telling
from planner.rules.masks import Mask, by_value, inside
from planner.rules.outlook import Outlook
from planner.rules.refusals import concerned, refuse, refused
from planner.rules.shares import Share
from planner.rules.statements import Statement
from planner.rules.tables import Stays, View
from planner.scenario.node import GroundType
from planner.scenario.people import PastStay, Traveller
from planner.scenario.scenario import Scenario

_VIETNAM = "https://edugold.vn/en/latest-updates-on-vietnam-visa-waiver-policies-from-july-2020-1272/"
_SALVADOR = "http://www.vagabondjourney.com/ca-4-visa-for-central-america-explained/"
_RULE = """
[[rules]]
kind = "minimum-gap"
id = "gap"
zone = "BB"
days = {days}
types = ["visa_free"]
"""
_SIDE_TRIP = """
remove = ["b"]
[[trip.stops]]
id = "c"
at = ["CCC"]
"""
_BEFORE = """
today = 2025-05-20
[[travellers]]
id = "t"
past_stays = [{{ territory = "BB", from = 2025-04-20, to = {last}, type = "visa" }}]
"""
_VISA = """
[[travellers]]
id = "t"
permissions = [{ id = "visa", zone = "BB", entries = 1 }]
"""
_REGION = """
[[zones]]
id = "region"
members = [{ territory = "BB", purposes = ["clock"] }, { territory = "CC", purposes = ["clock"] }]
[[rules]]
id = "gap"
zone = "region"
"""


@kind(
    "minimum-gap",
    summary="A zone can be entered again only some days after it was last left.",
    catalogue=("K17",),
    table=True,
)
@frozen(kw_only=True)
class MinimumGap(Concerning, Rule):
    """At an entry that is concerned, at least `days` days have passed since the last exit from `zone`.

    Days are the entry date less the exit date, each at its place. An exit counts if the territory left lies in the zone
    on that date and the one that follows (airside stops included) does not; so do ends of past stays in the zone.
    Exits from stays that rest on a ground of one of `exempt_types` do not count, nor do past stays of such a type. The
    stay at the start is left like others; its type is that of a past stay in the zone that still lasts, if one says so.
    """

    examples = (
        Example(
            title="To Gamma and back through Beta, nine days later",
            toml=_SIDE_TRIP + _RULE.format(days=9),
            cost=30000,
            source=_VIETNAM,
        ),
        Example(
            title="Nine days are one too few",
            toml=_SIDE_TRIP + _RULE.format(days=10),
            refused_by="gap.t",
            source=_VIETNAM,
        ),
        Example(
            title="A visa for the second entry",
            toml=_SIDE_TRIP + _RULE.format(days=10) + _VISA,
            cost=30000,
            source=_VIETNAM,
        ),
        Example(
            title="30 days after the last stay",
            toml=_BEFORE.format(last="2025-05-02") + _RULE.format(days=30),
            source=_VIETNAM,
        ),
        Example(
            title="29 days after the last stay",
            toml=_BEFORE.format(last="2025-05-03") + _RULE.format(days=30),
            refused_by="gap.t",
            source=_VIETNAM,
        ),
        Example(
            title="29 days after a stay on a visa, which does not count",
            toml=_BEFORE.format(last="2025-05-03") + _RULE.format(days=30) + 'exempt_types = ["visa"]\n',
        ),
        Example(
            title="The place where the trip starts is left as well",
            toml='[[rules]]\nkind = "minimum-gap"\nid = "gap"\nzone = "AA"\ndays = 10\n',
            refused_by="gap.t",
        ),
        Example(
            title="Who goes on to another country of the region has not left it",
            toml=_SIDE_TRIP + _RULE.format(days=3) + _REGION,
            cost=30000,
            source=_SALVADOR,
        ),
    )

    days: int
    """So many days: date of entry less date of the last exit, or of the end of a past stay; moves within the zone are
    no exits.
    """
    exempt_types: tuple[GroundType, ...] = ()
    """Leaving stays that rest on these does not count."""

    def fact(self, scenario: Scenario, traveller: Traveller) -> Fact:
        """The gap, for one traveller."""
        return Fact(
            id=f"{self.id}.{traveller.id}",
            text=f"{traveller.label} may enter {self.entries(scenario)} again "
            f"only {Period(self.days)} after leaving it",
            telling=Telling.ADMISSION,
            kind=self.kind,
            place=self.where.of("days"),
            source=self.source,
        )

    # ---- for solving

    def restrict(self, view: View) -> Iterator[Statement]:
        """Refuse entries too soon after the past, and those together with an exit that comes too shortly before."""
        scenario = view.scenario
        for traveller in scenario.travellers:
            fact, stays = self.fact(scenario, traveller), view.stays(traveller.id)
            entering = concerned(view, self, traveller)
            free_again = self._free_again(scenario, traveller)
            early = entering & (stays.entry_on < free_again)
            yield from refuse(view, self, traveller, fact, early)
            leaving = self._leaving(scenario, traveller, stays)
            for run, rows in by_value(stays.entry_run, entering & ~early):
                at, day = view.runs.arrives[run], view.runs.arrives_on[run]
                recent = leaving & (stays.exit_at < at) & (stays.exit_on > day - self.days)
                if recent.any():
                    yield from refuse(view, self, traveller, fact, rows, given=(stays.ids[recent],))

    def _free_again(self, scenario: Scenario, traveller: Traveller) -> int:
        """The first day on which nothing in the past stands in the way of an entry."""
        ends = [
            past.to.toordinal()
            for past in traveller.past_stays
            if past.to is not None and past.type not in self.exempt_types
            if scenario.is_in(self.zone, past.territory, past.to)
        ]
        return max(ends, default=-self.days) + self.days

    def _leaving(self, scenario: Scenario, traveller: Traveller, stays: Stays) -> Mask:
        """The stays whose exit counts."""
        leaving: Mask = stays.exits & ~np.isin(stays.ground_type, self.exempt_types)
        leaving &= inside(scenario, self.zone, stays.exit_territory, stays.exit_on)
        leaving &= ~inside(scenario, self.zone, stays.following, stays.exit_on)
        for past in traveller.past_stays:
            if past.to is None and past.type in self.exempt_types:
                here = np.full(len(stays.ids), past.territory)
                leaving &= stays.enters | ~inside(scenario, self.zone, here, stays.exit_on)
        return leaving

    def bound(self, outlook: Outlook) -> Iterator[Share]:
        """Nobody enters too soon after the past."""
        scenario = outlook.scenario
        for traveller in scenario.travellers:
            early = outlook.days[None, :] < self._free_again(scenario, traveller)
            if early.any():
                yield from refused(outlook, self, traveller, self.fact(scenario, traveller), arrivals=early)

    # ---- for verifying

    def check(self, journey: Journey) -> Iterator[Broken]:
        """Go through each traveller's life in order, remembering when the zone was last left."""
        scenario = journey.scenario
        for traveller in scenario.travellers:
            left = [day for past in traveller.past_stays if (day := past.to) and self._ended(scenario, past, day)]
            for stay in journey.stays[traveller.id]:
                if self.concerns(journey, stay) and stay.entry is not None and left:
                    days = (stay.entry.on - max(left)).days
                    if days < self.days:
                        how = f"entered on {stay.entry.on}, left on {max(left)}, {Period(days)} before"
                        yield Broken(self.fact(scenario, traveller), how)
                if stay.exit is not None and self._counts(journey, stay):
                    left.append(stay.exit.on)

    def _ended(self, scenario: Scenario, past: PastStay, day: date) -> bool:
        """Whether the end of a past stay, on a day, is an exit that counts."""
        return past.type not in self.exempt_types and scenario.is_in(self.zone, past.territory, day)

    def _counts(self, journey: Journey, stay: Stay) -> bool:
        """Whether the exit from a stay counts."""
        scenario, leaving = journey.scenario, stay.exit
        assert leaving is not None
        assert stay.following is not None
        if not scenario.is_in(self.zone, leaving.territory, leaving.on):
            return False
        if scenario.is_in(self.zone, stay.following, leaving.on):
            return False
        if stay.entry is None:
            lasting = [past for past in scenario.traveller_by_id[stay.traveller].past_stays if past.to is None]
            return not any(
                past.type in self.exempt_types and scenario.is_in(self.zone, past.territory, leaving.on)
                for past in lasting
            )
        return type_of_ground(journey, stay) not in self.exempt_types
