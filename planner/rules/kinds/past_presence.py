"""K12: entries that are refused to those who have been in some places."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import numpy as np
from attrs import frozen

from planner.core.period import Period
from planner.core.words import either
from planner.itinerary.journey import Journey, Stay
from planner.rules.base import Example, Rule, kind
from planner.rules.concerns import Concerning
from planner.rules.facts import Broken, Fact, Telling
from planner.rules.masks import Mask, by_value, inside, per_day
from planner.rules.outlook import Outlook
from planner.rules.refusals import concerned, refuse, refused
from planner.rules.shares import Share
from planner.rules.statements import Statement
from planner.rules.tables import START, Column, Presences, View
from planner.scenario.node import PlaceRef
from planner.scenario.people import PastStay, Traveller
from planner.scenario.scenario import Scenario

_WAIVER = (
    "https://usa-esta.com/esta-resources/terrorist-travel-prevention-act-impacts-on-the-visa-waiver-program; "
    "https://travels.edu.vn/?p=1259"
)


def _example(rule: str, past: str = "", more: str = "") -> str:
    stays = f"past_stays = [{{ {past} }}]\n" if past else ""
    return (
        f'today = 2025-05-20\n{more}[[rules]]\nkind = "past-presence"\nid = "past"\nzone = "BB"\n'
        f'types = ["visa_free"]\n{rule}\n[[travellers]]\nid = "t"\n{stays}'
    )


_IN_DELTA = 'visited = ["DD"]\nsince = 2011-03-01'
_TO_GAMMA = 'remove = ["b"]\n[[trip.stops]]\nid = "c"\nat = ["CCC"]\n'
_VISA = '[[acquirables]]\nid = "visa"\nprice = "185"\npermission = { zone = "BB" }\n'


@kind(
    "past-presence",
    summary="Some entries are refused to those who have been in some places since a date, or not long ago.",
    catalogue=("K12",),
    table=True,
)
@frozen(kw_only=True)
class PastPresence(Concerning, Rule):
    """Before the entries concerned (see `Concerning`), the traveller has not been in any place of `visited`.

    Presence is each past stay, and each landside visit to a port before the entry on this trip, the one at its start
    included. It counts if its last date is not before `since`, and the entry not later than that date + `within`; what
    it lies in is judged on that date. A past stay that has not ended lasts until the journey's first exit. Airside
    changes do not count.
    """

    examples = (
        Example(
            title="No visa waiver for the United States after North Korea",
            toml=_example(_IN_DELTA, 'territory = "DD", from = 2011-02-01, to = 2011-03-01'),
            refused_by="past.t",
            source=_WAIVER,
        ),
        Example(
            title="Days before 1 March 2011 do not count",
            toml=_example(_IN_DELTA, 'territory = "DD", from = 2011-02-01, to = 2011-02-28'),
            cost=20000,
            source=_WAIVER,
        ),
        Example(
            title="A visa for the United States is still possible",
            toml=_example(_IN_DELTA, 'territory = "DD", from = 2019-02-01, to = 2019-02-05') + _VISA,
            cost=38500,
            source="https://www.trowrahal.com/library/cbp-announces-esta-ineligibility-for-travelers-to-cuba.cfm",
        ),
        Example(
            title="North Korea on this very trip, and back through the United States",
            toml=_example('visited = ["CC"]\nsince = 2011-03-01', more=_TO_GAMMA),
            refused_by="past.t",
            source=_WAIVER,
        ),
        Example(
            title="Another place on this very trip",
            toml=_example('visited = ["DD"]\nsince = 2011-03-01', more=_TO_GAMMA),
            cost=30000,
            source=_WAIVER,
        ),
        Example(
            title="Within 30 days",
            toml=_example(
                'visited = ["DD"]\nwithin = "30 days"', 'territory = "DD", from = 2025-05-01, to = 2025-05-02'
            ),
            refused_by="past.t",
        ),
        Example(
            title="31 days ago",
            toml=_example(
                'visited = ["DD"]\nwithin = "30 days"', 'territory = "DD", from = 2025-05-01, to = 2025-05-01'
            ),
            cost=20000,
        ),
        Example(
            title="Where the journey starts one has been",
            toml=_example('visited = ["AA"]'),
            refused_by="past.t",
        ),
    )

    visited: tuple[PlaceRef, ...]
    """Landside presence there, before the entry."""
    since: date | None = None
    """The last day there is not earlier. Left out: ever."""
    within: Period | None = None
    """The entry is at most so long after the last day there. Left out: ever."""

    def fact(self, scenario: Scenario, traveller: Traveller) -> Fact:
        """The refusal, for one traveller."""
        when = f" since {self.since}" if self.since else ""
        when += f" within {self.within} before" if self.within else ""
        known = [
            f"{traveller.label} was in {scenario.name_of(past.territory)} until {past.to}"
            for past in traveller.past_stays
            if past.to is not None and self.within is None and (self.since is None or past.to >= self.since)
            if any(scenario.is_in(place, past.territory, past.to) for place in self.visited)
        ]
        return Fact(
            id=f"{self.id}.{traveller.id}",
            text=f"who has been in {either(map(scenario.name_of, self.visited))}{when} "
            f"may not enter {self.entries(scenario)}; " + (known[0] if known else f"this concerns {traveller.label}"),
            telling=Telling.ADMISSION,
            kind=self.kind,
            place=self.where.of("visited"),
            source=self.source,
        )

    # ---- for solving

    def restrict(self, view: View) -> Iterator[Statement]:
        """Refuse entries that the past is too near for, and those after visits on this trip that are."""
        scenario = view.scenario
        visits = self._visits(scenario, view.changes)
        for traveller in scenario.travellers:
            fact, stays = self.fact(scenario, traveller), view.stays(traveller.id)
            rows = concerned(view, self, traveller)
            if not rows.any():
                continue
            tainted = self._tainted(scenario, traveller, stays.entry_on)
            yield from refuse(view, self, traveller, fact, rows & tainted)
            still = [past for past in traveller.past_stays if past.to is None]
            starts = (stays.entry_run == START) & stays.exits & self._counts(scenario, still, stays.exit_on)
            until = self._last_entry(view.changes.departs_on)
            until_after_start = self._last_entry(stays.exit_on)
            for run, group in by_value(stays.entry_run, rows & ~tainted):
                leaves, day = view.runs.departs[run], view.runs.arrives_on[run]
                before = visits & (view.changes.departs <= leaves) & (day <= until)
                since_start = starts & (stays.exit_at <= leaves) & (day <= until_after_start)
                given = np.concatenate([view.changes.ids[before], stays.ids[since_start]])
                if len(given):
                    yield from refuse(view, self, traveller, fact, group, given=(given,))

    def _visits(self, scenario: Scenario, changes: Presences) -> Mask:
        """The visits on this trip that can count."""
        territories = np.array([scenario.territory_of(port) for port in changes.port.tolist()], dtype=str)
        found = np.isin(changes.port, self.visited)
        for place in self.visited:
            found |= inside(scenario, place, territories, changes.departs_on)
        return found & self._recent(changes.departs_on)

    def _counts(self, scenario: Scenario, stays: list[PastStay], days: Column) -> Mask:
        """Where one of the past stays, if it ended on that day, would count."""
        found = np.zeros(len(days), dtype=bool)
        for past in stays:
            for place in self.visited:
                found |= inside(scenario, place, np.full(len(days), past.territory), days)
        return found & self._recent(days)

    def _tainted(self, scenario: Scenario, traveller: Traveller, entries: Column) -> Mask:
        """The entries that come too soon after a past stay which has ended."""
        found = np.zeros(len(entries), dtype=bool)
        for past in traveller.past_stays:
            if past.to is not None:
                last = np.array([past.to.toordinal()])
                if self._counts(scenario, [past], last).any():
                    found |= entries <= self._last_entry(last)[0]
        return found

    def _recent(self, days: Column) -> Mask:
        recent: Mask = days >= (self.since.toordinal() if self.since else 0)
        return recent

    def _last_entry(self, days: Column) -> Column:
        """The last day of an entry for which presence to that day counts."""
        return per_day(self.within.after, days) if self.within else np.full(len(days), date.max.toordinal())

    def bound(self, outlook: Outlook) -> Iterator[Share]:
        """What past stays already rule out."""
        scenario = outlook.scenario
        for traveller in scenario.travellers:
            tainted = self._tainted(scenario, traveller, outlook.days)
            if tainted.any():
                fact = self.fact(scenario, traveller)
                yield from refused(outlook, self, traveller, fact, arrivals=tainted[None, :])

    # ---- for verifying

    def check(self, journey: Journey) -> Iterator[Broken]:
        """Ask at each entry concerned where the traveller has been, and until when."""
        for traveller in journey.scenario.travellers:
            for stay in journey.stays[traveller.id]:
                if stay.entry is None or not self.concerns(journey, stay):
                    continue
                for place, last in self._been(journey, traveller, stay):
                    near = self.within is None or stay.entry.on <= self.within.after(last)
                    if near and (self.since is None or self.since <= last):
                        how = f"entry on {stay.entry.on}, in {place} until {last}"
                        yield Broken(self.fact(journey.scenario, traveller), how)

    def _been(self, journey: Journey, traveller: Traveller, stay: Stay) -> Iterator[tuple[str, date]]:
        """Where among the places the traveller was before the entry of a stay, each with its last date."""
        scenario = journey.scenario
        start = journey.stays[traveller.id][0]
        for past in traveller.past_stays:
            last = past.to or start.exit_on
            if last is not None and any(scenario.is_in(place, past.territory, last) for place in self.visited):
                yield past.territory, last
        for earlier in journey.stays[traveller.id][: stay.index]:
            for visit in earlier.visits:
                last = visit.departs_on
                assert last is not None
                if visit.port in self.visited:
                    yield visit.port, last
                elif any(scenario.is_in(place, visit.territory, last) for place in self.visited):
                    yield visit.territory, last
