"""K17: a stay that goes on after a side trip to neighbouring places."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Literal

import numpy as np
from attrs import frozen

from planner.core.period import Period
from planner.itinerary.journey import Journey, Stay
from planner.rules.base import Example, Rule, kind
from planner.rules.concerns import type_of_ground
from planner.rules.facts import Broken, Fact, Telling
from planner.rules.masks import Mask, by_value, effective, inside, per_pair
from planner.rules.outlook import Outlook
from planner.rules.shares import LongestStay, Share
from planner.rules.statements import AtMost, Block, Clause, Count, Ids, Statement, Unmet
from planner.rules.stay_limits import Limit, drawn_out
from planner.rules.tables import NEVER, START, Column, Stays, View
from planner.scenario.law import Entry
from planner.scenario.node import GroundRef, GroundType, PlaceRef, State, ZoneRef
from planner.scenario.people import PastStay, Traveller
from planner.scenario.scenario import Scenario

_CFR = (
    "8 CFR 217.3(b), as told in http://www.nolo.com/legal-encyclopedia/"
    "in-us-visa-waiver-can-i-lengthen-stay-taking-quick-trip-canada-reentering.html"
)
_ANSWER = "https://allafragor.com/questions/54482/can-en-australier-anlander-till-usa-en-gang-i-manaden-fran-m"
# Beta from 1 June, Gamma from 4 to 8 June, Beta again until 10 June.
_SIDE_TRIP = """
remove = ["b"]
[[trip.stops]]
id = "c"
at = ["CCC"]
[[legs]]
id = "bc"
departs = 2025-06-04T14:00:00
arrives = 2025-06-04T16:00:00
[[legs]]
id = "cb"
departs = 2025-06-08T08:00:00
arrives = 2025-06-08T10:00:00
"""
_RULE = """
[[rules]]
kind = "continuing-stay"
id = "waiver"
zone = "BB"
types = ["visa_free"]
stay = "{days} days"
"""
_NEARBY = 'nearby = ["CC"]\n'
_THERE_ALREADY = """
today = 2025-06-03
remove = ["ab", "b"]
[trip]
start = "BBB"
end = "AAA"
[[trip.stops]]
id = "c"
at = ["CCC"]
[[legs]]
id = "bc"
departs = 2025-06-04T14:00:00
arrives = 2025-06-04T16:00:00
[[legs]]
id = "cb"
departs = 2025-06-08T08:00:00
arrives = 2025-06-08T10:00:00
[[travellers]]
id = "t"
past_stays = [{ territory = "BB", from = 2025-06-01, type = "visa_free" }]
"""


@kind(
    "continuing-stay",
    summary="Coming back from neighbouring places goes on with the stay that was left, and starts no new one.",
    catalogue=("K17",),
    table=True,
)
@frozen(kw_only=True)
class ContinuingStay(Entry, Rule):
    """A stay in `zone` and those after side trips to `nearby` together are as long as `stay` at most.

    A stay *counts* if the territory entered lies in `zone`, on the entry date, on which the rule is in force; if it
    rests on a ground of one of `types` and on one of `grounds` (empty: on anything); and if the passport presented is
    of none of `exempt_nationalities`. The stay at the start counts from the first date of a past stay that still lasts,
    if that is in the zone, on a passport not exempt (or unknown) and of one of `types` (or unknown). Other past stays
    play no part. Of two stays that count, the second *continues* the first if every stay between them was entered in
    the zone or in `nearby`, as of its entry date. Who has residence in one of `exempt_residents_of` is not concerned.

    * `original_end`: a stay that counts ends at most `stay` after the first date of each stay that it continues, and
      of its own; that date is day 1.
    * `balance`: from the first date of each stay that it continues, and of its own, until its last date, as many dates
      at most are covered by stays that count as `stay` has, beginning with that first date. Each date counts once.
    """

    examples = (
        Example(
            title="Three days, four days in the neighbouring country and two more are ten in all",
            toml=_SIDE_TRIP + _RULE.format(days=10) + _NEARBY,
            cost=30000,
            source=_CFR,
        ),
        Example(
            title="The original nine days have ended in the meantime",
            toml=_SIDE_TRIP + _RULE.format(days=9) + _NEARBY,
            refused_by="waiver.t",
            source=_CFR,
        ),
        Example(
            title="From farther away it is a new stay",
            toml=_SIDE_TRIP + _RULE.format(days=9),
            cost=30000,
            source=_CFR,
        ),
        Example(
            title="Residents of the neighbouring country begin anew",
            toml=_SIDE_TRIP
            + _RULE.format(days=9)
            + _NEARBY
            + 'exempt_residents_of = ["CC"]\n[[travellers]]\nid = "t"\nresidence = ["CC"]\n',
            cost=30000,
            source="https://legalservicesincorporated.com/immigration/trip-canada-mexico-esta/",
        ),
        Example(
            title="Read as a balance, the days outside do not count",
            toml=_SIDE_TRIP + _RULE.format(days=7) + _NEARBY + 'count = "balance"\n',
            cost=30000,
            source=_ANSWER,
        ),
        Example(
            title="Read as a balance, four and three days are more than six",
            toml=_SIDE_TRIP + _RULE.format(days=6) + _NEARBY + 'count = "balance"\n',
            refused_by="waiver.t",
            source=_ANSWER,
        ),
        Example(
            title="Who is there already has to be out in time",
            toml=_THERE_ALREADY + _RULE.format(days=9) + _NEARBY,
            refused_by="waiver.t",
            source=_CFR,
        ),
        Example(
            title="Who is there already, with time enough",
            toml=_THERE_ALREADY + _RULE.format(days=10) + _NEARBY,
            cost=20000,
            source=_CFR,
        ),
    )

    zone: ZoneRef
    nearby: tuple[PlaceRef, ...] = ()
    stay: Period
    types: tuple[GroundType, ...] = ()
    grounds: tuple[GroundRef, ...] = ()
    count: Literal["original_end", "balance"] = "original_end"
    exempt_nationalities: tuple[State, ...] = ()  # of the passport presented
    exempt_residents_of: tuple[PlaceRef, ...] = ()

    def fact(self, scenario: Scenario, traveller: Traveller) -> Fact:
        """The limit, for one traveller."""
        nearby = " and ".join(scenario.name_of(place) for place in self.nearby) or "elsewhere"
        how = "ends" if self.count == "original_end" else "uses up its days"
        return Fact(
            id=f"{self.id}.{traveller.id}",
            text=f"{traveller.label}'s stay in {scenario.name_of(self.zone)} {how} after {self.stay}, "
            f"and side trips to {nearby} start no new one",
            telling=Telling.ADMISSION,
            kind=self.kind,
            place=self.where.of("stay"),
            source=self.source,
        )

    def _exempt(self, traveller: Traveller) -> bool:
        return not {*self.exempt_residents_of}.isdisjoint(traveller.residence)

    def _lasting(self, scenario: Scenario, traveller: Traveller) -> PastStay | None:
        """The past stay because of which the stay at the start counts, if it does."""
        for past in traveller.past_stays:
            type_fits = past.type is None or not self.types or past.type in self.types
            state = scenario.state_of(traveller, past.passport)
            if past.to is None and type_fits and state not in self.exempt_nationalities:
                if scenario.is_in(self.zone, past.territory, past.from_):
                    return past
        return None

    # ---- for solving

    def restrict(self, view: View) -> Iterator[Statement]:
        """For each stay that counts, and each that may continue it: a limit, unless there is one outside between."""
        for traveller in view.scenario.travellers:
            if self._exempt(traveller):
                continue
            fact, stays = self.fact(view.scenario, traveller), view.stays(traveller.id)
            begins, rows = self._counting(view, traveller)
            outside = self._outside(view, stays)
            for run, first in by_value(stays.entry_run, rows):
                day = int(begins[first][0])
                end = self.stay.last_day(date.fromordinal(day), "entry_day").toordinal()
                late = rows & (stays.last_on > end) & (stays.entry_run != START)
                alone = late & (stays.entry_run == run)
                if alone.any():
                    yield Block(fact, stays.ids[alone])
                at = int(stays.entry_at[first][0])
                for _, second in by_value(stays.entry_run, late & (stays.entry_at > at)):
                    between = outside & (stays.entry_at > at) & (stays.entry_at < stays.entry_at[second][0])
                    going_on = Clause(fact, (stays.ids[first], stays.ids[second]), stays.ids[between])
                    if self.count == "original_end":
                        yield going_on
                    else:
                        yield from self._balance(going_on, stays, begins, rows & (stays.entry_at >= at), end)

    def _counting(self, view: View, traveller: Traveller) -> tuple[Column, Mask]:
        """The first day of each stay, and which stays count."""
        scenario, stays = view.scenario, view.stays(traveller.id)
        rows = stays.enters & effective(self, stays.entry_on) & ~np.isin(stays.state, self.exempt_nationalities)
        rows &= inside(scenario, self.zone, stays.entry_territory, stays.entry_on)
        for allowed, column in ((self.types, stays.ground_type), (self.grounds, stays.ground)):
            if allowed:
                rows &= np.isin(column, allowed)
        past = self._lasting(scenario, traveller)
        if past is None:
            return stays.entry_on, rows
        return np.where(stays.enters, stays.entry_on, past.from_.toordinal()), rows | (~stays.enters & stays.exits)
