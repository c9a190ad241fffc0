"""K17: at most so many entries in a calendar year."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from itertools import chain

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
from planner.rules.statements import AtMost, Block, Clause, Count, Statement, Unmet
from planner.rules.tables import View
from planner.scenario.people import PastStay, Traveller
from planner.scenario.scenario import Scenario

_THAILAND = "https://wellington.thaiembassy.org/th/content/74107-visa-exemption-scheme-revision"
_RULE = """
[[rules]]
kind = "yearly-entries"
id = "yearly"
zone = "BB"
cap = 2
types = ["visa_free"]
modes = ["road", "rail", "foot"]
[[legs]]
id = "ab"
mode = "road"
[[legs]]
id = "cb"
mode = "road"
"""
_SIDE_TRIP = """
remove = ["b"]
[[trip.stops]]
id = "c"
at = ["CCC"]
"""


def _before(*first_days: str, type_: str = "visa_free") -> str:
    stays = ", ".join(f'{{ territory = "BB", from = {day}, to = {day}, type = "{type_}" }}' for day in first_days)
    return f'\n[[travellers]]\nid = "t"\npast_stays = [{stays}]\n'


@kind(
    "yearly-entries",
    summary="A zone can be entered only so many times in a calendar year.",
    catalogue=("K17",),
    table=True,
)
@frozen(kw_only=True)
class YearlyEntries(Concerning, Rule):
    """In each calendar year, at most `cap` entries are concerned, by the dates of entry; past stays count as entries.

    A past stay counts by its first date, if it was in the zone then, whatever its mode and passport; with `types`, not
    if it rested on another type. An entry that makes one too many breaks the rule; past entries alone do not.
    """

    examples = (
        Example(
            title="Twice by land in the year",
            toml="today = 2025-05-01" + _SIDE_TRIP + _RULE,
            cost=30000,
            source=_THAILAND,
        ),
        Example(
            title="A third time by land in the year",
            toml="today = 2025-05-01" + _SIDE_TRIP + _before("2025-01-01") + _RULE,
            refused_by="yearly.t",
            source=_THAILAND,
        ),
        Example(
            title="Entries of the year before do not count",
            toml="today = 2025-05-01" + _SIDE_TRIP + _before("2024-12-31", "2024-12-30") + _RULE,
            cost=30000,
            source=_THAILAND,
        ),
        Example(
            title="Entries with a visa do not count",
            toml="today = 2025-05-01" + _SIDE_TRIP + _before("2025-01-01", "2025-02-01", type_="visa") + _RULE,
            cost=30000,
            source=_THAILAND,
        ),
        Example(
            title="Who flies in is not concerned",
            toml="today = 2025-05-01"
            + _before("2025-01-01", "2025-02-01")
            + _RULE
            + '[[legs]]\nid = "ab"\nmode = "air"\n',
            cost=20000,
            source=_THAILAND,
        ),
    )

    cap: int
    """Entries at most; past stays count as entries on their first day, whatever their mode."""

    def fact(self, scenario: Scenario, traveller: Traveller) -> Fact:
        """The cap, for one traveller."""
        times = "once" if self.cap == 1 else f"{self.cap} times"
        used = [past.from_ for past in traveller.past_stays if self._counts(scenario, past)]
        before = f" (so far on {', '.join(map(str, sorted(used)))})" if used else ""
        return Fact(
            id=f"{self.id}.{traveller.id}",
            text=f"{traveller.label} may enter {self.entries(scenario)} at most {times} in a calendar year{before}",
            telling=Telling.ADMISSION,
            kind=self.kind,
            place=self.where.of("cap"),
            source=self.source,
        )

    def _counts(self, scenario: Scenario, past: PastStay) -> bool:
        """Whether a past stay counts as an entry."""
        other = past.type is not None and bool(self.types) and past.type not in self.types
        return not other and scenario.is_in(self.zone, past.territory, past.from_)

    # ---- for solving

    def restrict(self, view: View) -> Iterator[Statement]:
        """For each year, a sum over the entries, or none at all; what lets one off the rule takes it out of the sum."""
        scenario = view.scenario
        for traveller in scenario.travellers:
            fact, stays = self.fact(scenario, traveller), view.stays(traveller.id)
            rows = concerned(view, self, traveller)
            for year in {date.fromordinal(day).year for day in np.unique(stays.entry_on[rows]).tolist()}:
                first, last = date(year, 1, 1).toordinal(), date(year, 12, 31).toordinal()
                mine = rows & (stays.entry_on >= first) & (stays.entry_on <= last)
                left = self.cap - self._used(scenario, traveller, year)
                if left <= 0:
                    yield from refuse(view, self, traveller, fact, mine)
                    continue
                entries = [list(refuse(view, self, traveller, fact, run)) for _, run in by_value(stays.entry_run, mine)]
                if len(entries) > left:
                    yield AtMost(fact, tuple(chain.from_iterable(map(_terms, entries))), left)

    def _used(self, scenario: Scenario, traveller: Traveller, year: int) -> int:
        return sum(past.from_.year == year and self._counts(scenario, past) for past in traveller.past_stays)

    def bound(self, outlook: Outlook) -> Iterator[Share]:
        """Nobody enters in a year whose entries are used up."""
        scenario = outlook.scenario
        for traveller in scenario.travellers:
            for year in {past.from_.year for past in traveller.past_stays}:
                if self._used(scenario, traveller, year) >= self.cap:
                    then = outlook.from_to(date(year, 1, 1), date(year, 12, 31))
                    yield from refused(outlook, self, traveller, self.fact(scenario, traveller), arrivals=then)

    # ---- for verifying

    def check(self, journey: Journey) -> Iterator[Broken]:
        """Count each traveller's entries, year by year."""
        for traveller in journey.scenario.travellers:
            entered = [
                past.from_
                for past in traveller.past_stays
                if journey.scenario.is_in(self.zone, past.territory, past.from_)
                if past.type is None or not self.types or past.type in self.types
            ]
            for stay in journey.stays[traveller.id]:
                if stay.entry is not None and self.concerns(journey, stay):
                    entered.append(stay.entry.on)
                    count = sum(day.year == stay.entry.on.year for day in entered)
                    if count > self.cap:
                        how = f"the entry on {stay.entry.on} is number {count} of the year"
                        yield Broken(self.fact(journey.scenario, traveller), how)


def _terms(refusal: list[Statement]) -> Iterator[Count | Unmet]:
    """What counts an entry that is not refused: nothing where it never is, once where something may let it off."""
    clauses = tuple(statement for statement in refusal if isinstance(statement, Clause))
    if clauses:
        yield Unmet(1, clauses)
    else:
        yield from (Count(1, statement.options) for statement in refusal if isinstance(statement, Block))
