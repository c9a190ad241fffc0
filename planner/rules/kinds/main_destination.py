"""K41: a visa is issued by the state where most of the journey takes place."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

import numpy as np
from attrs import frozen

from planner.itinerary.journey import Journey
from planner.rules.base import Example, Rule, kind
from planner.rules.facts import Broken, Fact, Telling
from planner.rules.masks import effective, inside
from planner.rules.statements import AtMost, Block, Clause, Count, Ids, Statement, Unmet
from planner.rules.tables import END, START, Column, View
from planner.scenario.law import Entry
from planner.scenario.node import ZoneRef
from planner.scenario.people import Traveller
from planner.scenario.scenario import Scenario

_CODE = "Regulation (EC) No 810/2009, art. 5(1): https://eur-lex.europa.eu/legal-content/EN/TXT/?uri=celex%3A32009R0810"
# Beta and Gamma share a visa. From Alpha to Beta on 1 June, on to Gamma, back to Beta, and home on 10 June.
_TOUR = """
remove = ["visit-beta", "visit-gamma", "b"]
[[zones]]
id = "union"
members = [{{ territory = "BB" }}, {{ territory = "CC" }}]
[[trip.stops]]
id = "c"
at = ["CCC"]
[[legs]]
id = "bc"
departs = {onward}T14:00:00
arrives = {onward}T16:00:00
[[legs]]
id = "cb"
departs = {back}T08:00:00
arrives = {back}T10:00:00
[[rules]]
kind = "main-destination"
id = "consulate"
zone = "union"
"""
_VISA = """
[[acquirables]]
id = "{issuer}"
title = "a visa from the consulate of {issuer}"
price = "{price}"
issued_by = "{issuer}"
permission = {{ zone = "union" }}
"""


@kind(
    "main-destination",
    summary="A visa for a zone is issued by the state where most of the journey takes place.",
    catalogue=("K41",),
    table=True,
)
@frozen(kw_only=True)
class MainDestination(Entry, Rule):
    """No entry to `zone` rests on what another territory's consulate issued than that of the main destination.

    That is about acquirables with `issued_by`, and entries to a territory in the zone on which the rule is in force.
    The main destination is the territory of the zone in which the party is landside on most dates of this journey, as
    far as the territory belongs to the zone on the date; of several, the one where it was first. A day of travel
    counts for the place left and for the place reached. Before the journey's first departure and after its last
    arrival nothing counts.
    """

    examples = (
        Example(
            title="Five dates in Gamma, and seven in Beta, whose visa it is",
            toml=_TOUR.format(onward="2025-06-05", back="2025-06-09") + _VISA.format(issuer="BB", price="80"),
            cost=38000,
            source=_CODE,
        ),
        Example(
            title="Most of the journey is in Gamma",
            toml=_TOUR.format(onward="2025-06-03", back="2025-06-09") + _VISA.format(issuer="BB", price="80"),
            refused_by="consulate.t",
            source=_CODE,
        ),
        Example(
            title="The visa of the main destination is taken, though it is dearer",
            toml=_TOUR.format(onward="2025-06-03", back="2025-06-09")
            + _VISA.format(issuer="BB", price="80")
            + _VISA.format(issuer="CC", price="90"),
            cost=39000,
            source=_CODE,
        ),
        Example(
            title="As many dates in Beta, which is entered first, as in Gamma",
            toml=_TOUR.format(onward="2025-06-04", back="2025-06-09") + _VISA.format(issuer="BB", price="80"),
            cost=38000,
            source=_CODE,
        ),
        Example(
            title="As many dates in Gamma, which is not entered first",
            toml=_TOUR.format(onward="2025-06-04", back="2025-06-09") + _VISA.format(issuer="CC", price="80"),
            refused_by="consulate.t",
            source=_CODE,
        ),
    )

    zone: ZoneRef
    """Whose territories are compared; of several with as many days, the first one visited counts."""

    def fact(self, scenario: Scenario, traveller: Traveller) -> Fact:
        """The demand on what one traveller enters on."""
        return Fact(
            id=f"{self.id}.{traveller.id}",
            text=f"{traveller.label} enters {scenario.name_of(self.zone)} only on a visa from the consulate of "
            "the main destination: where most days are spent, or of several such places the first",
            telling=Telling.PAPER,
            kind=self.kind,
            place=self.where.place,
            source=self.source,
        )

    # ---- for solving

    def restrict(self, view: View) -> Iterator[Statement]:
        """For each issuer and each other territory: fewer dates there, or as many if the issuer's comes first."""
        scenario = view.scenario
        issued = {str(item.id): str(item.issued_by) for item in scenario.acquirables if item.issued_by}
        territories = {
            port.territory for port in scenario.ports.values() if scenario.ever_in(self.zone, port.territory)
        }
        for traveller in scenario.travellers:
            fact, stays = self.fact(scenario, traveller), view.stays(traveller.id)
            rows = stays.enters & effective(self, stays.entry_on)
            rows &= inside(scenario, self.zone, stays.entry_territory, stays.entry_on)
            for issuer in dict.fromkeys(issued.values()):
                mine = [item for item, by in issued.items() if by == issuer]
                using = stays.ids[rows & np.isin(stays.ground, mine)]
                if not len(using):
                    continue
                if issuer not in territories:
                    yield Block(fact, using)
                    continue
                here = _Presence(self, view, issuer)
                for other in sorted(territories - {issuer}):
                    there = _Presence(self, view, other)
                    if there.dates:
                        yield _no_more(fact, using, there, here)

    # ---- for verifying

    def check(self, journey: Journey) -> Iterator[Broken]:
        """Count the dates in each territory of the zone, and look at the issuer of what each entry rests on."""
        scenario = journey.scenario
        main, days = self._main(journey)
        for traveller in scenario.travellers:
            for stay in journey.stays[traveller.id]:
                item = scenario.acquirable_by_id.get(stay.ground)
                if stay.entry is None or item is None or not item.issued_by or not self.in_force(stay.entry.on):
                    continue
                if scenario.is_in(self.zone, stay.entry.territory, stay.entry.on) and item.issued_by != main:
                    how = f"{item.id} is issued by {item.issued_by}; most days, {days}, are spent in {main}"
                    yield Broken(self.fact(scenario, traveller), how)

    def _main(self, journey: Journey) -> tuple[str, int]:
        """The main destination, and how many dates are spent there; "" and 0 if none is spent in the zone."""
        dates: dict[str, set[date]] = {}  # in the order in which the territories are first visited
        for visit in journey.visits:
            first, last = visit.arrives_on or visit.departs_on, visit.departs_on or visit.arrives_on
            if first is not None and last is not None:
                span = (first + timedelta(days=n) for n in range((last - first).days + 1))
                counted = {day for day in span if journey.scenario.is_in(self.zone, visit.territory, day)}
                if counted:
                    dates.setdefault(visit.territory, set()).update(counted)
        main = max(dates, key=lambda territory: len(dates[territory]), default="")
        return main, len(dates.get(main, ()))


class _Presence:
    """Changes at ports of one territory while it belongs to the zone, and those of each date."""

    def __init__(self, rule: MainDestination, view: View, territory: str) -> None:
        changes, scenario = view.changes, view.scenario
        ports = [port.id for port in scenario.ports.values() if port.territory == territory]
        there = np.isin(changes.port, ports) & ~((changes.before == START) & (changes.after == END))
        first = np.where(changes.before == START, changes.departs_on, changes.arrives_on)
        last = np.where(changes.after == END, changes.arrives_on, changes.departs_on)
        days = range(int(first[there].min()), int(last[there].max()) + 1) if there.any() else ()
        counted = [day for day in days if scenario.is_in(rule.zone, territory, date.fromordinal(day))]
        present = [there & (first <= day) & (day <= last) for day in counted]
        self.dates: list[Ids] = [changes.ids[rows] for rows in present if rows.any()]
        rows = np.any(present, axis=0) if present else np.zeros(len(there), dtype=bool)
        self.ids: Ids = changes.ids[rows]
        self.arrives: Column = changes.arrives[rows]


def _no_more(fact: Fact, using: Ids, there: _Presence, here: _Presence) -> Statement:
    """With an option of `using`: fewer dates there than here, or as many if the first of them all is here."""
    dates = [Count(1, options, once=True) for options in there.dates]
    away = [Unmet(1, (Clause(None, (), options),)) for options in here.dates]  # all dates here, less those spent here
    first = Unmet(
        1,
        tuple(
            Clause(None, (there.ids[there.arrives == at],), here.ids[here.arrives < at])
            for at in np.unique(there.arrives)
        ),
    )
    used = Count(len(dates) + 1, using, once=True)
    return AtMost(fact, (*dates, *away, first, used), len(away) + used.weight)
