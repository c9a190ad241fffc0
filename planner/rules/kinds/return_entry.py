"""K15: coming back through the border port by which one left, on the entry made before."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import numpy as np
from attrs import frozen

from planner.core.period import Period
from planner.itinerary.journey import Journey, Stay
from planner.rules.base import Example, Ground, Rule, kind
from planner.rules.concerns import type_of_ground
from planner.rules.denial import denial
from planner.rules.facts import Broken
from planner.rules.masks import Mask, by_value, effective, most_nights, per_day
from planner.rules.outlook import Outlook
from planner.rules.shares import LongestStay, Refused, Share
from planner.rules.statements import Block, Clause, Statement
from planner.rules.stay_limits import Limit
from planner.rules.tables import Stays, View
from planner.scenario.holdings import passports_of
from planner.scenario.law import Entry
from planner.scenario.node import GroundRef, GroundType, PortRef, State, ZoneRef
from planner.scenario.people import Traveller
from planner.scenario.scenario import Scenario

_BRIDGE = "https://jerusalemfromamman.com/visas-and-passports/"
_JUNE = "https://amman2jerusalem.com/visa-passport-information/"


def _example(*, out: str = "BBX", within: str = "10 days", more: str = "") -> str:
    """To Gamma through Beta by road, on a visa for one entry to Beta."""
    return (
        'remove = ["b", "visit-beta"]\n[[trip.stops]]\nid = "c"\nat = ["CCC"]\n'
        f'[[legs]]\nid = "bc"\nmode = "road"\nexit_port = "{out}"\n'
        '[[legs]]\nid = "cb"\nmode = "road"\nentry_port = "BBX"\n'
        '[[acquirables]]\nid = "visa"\nprice = "56"\npermission = { zone = "BB", entries = 1 }\n'
        f'[[rules]]\nkind = "return-entry"\nid = "back"\nzone = "BB"\nports = ["BBX"]\nwithin = "{within}"\n{more}\n'
    )


@kind(
    "return-entry",
    summary="Who left a zone through some border ports may come back there while the entry made before is good.",
    catalogue=("K15",),
    table=True,
)
@frozen(kw_only=True)
class ReturnEntry(Entry, Rule):
    """Offers a ground of type permit for entries to `zone`, a permission zone, that uses up no entry of any visa.

    It holds for passports of `nationalities` (empty: any) and none of `exempt_nationalities`. It is in force on the
    date of the entry, the border port of which is one of `ports`. Some earlier stay of this trip in `zone` was entered
    and left on the passport now presented; its exit was at one of `ports`, and it rested on a ground of one of `types`
    and on one of `grounds` (empty: on anything). The new stay's last date is inside `within` from the date of that
    earlier entry, which is day 1. Whatever fails, the ground admits nobody.
    """

    examples = (
        Example(
            title="Out of Jordan by the King Hussein Bridge and back on the same visa",
            toml=_example(),
            cost=35600,
            source=_BRIDGE,
        ),
        Example(
            title="The visa must still be valid, counted from the first entry",
            toml=_example(within="9 days"),
            refused_by="admission.BB.t",
            source=_JUNE,
        ),
        Example(
            title="A month from the first entry on",
            toml=_example(within="1 month"),
            cost=35600,
            source=_JUNE,
        ),
        Example(
            title="Out of Jordan by another border",
            toml=_example(out="BBB"),
            refused_by="admission.BB.t",
            source=_BRIDGE,
        ),
        Example(
            title="Only for those who had come on a visa on arrival",
            toml=_example(more='types = ["on_arrival"]'),
            refused_by="admission.BB.t",
        ),
        Example(
            title="Not for passports of Alpha",
            toml=_example(more='exempt_nationalities = ["AA"]'),
            refused_by="admission.BB.t",
        ),
    )

    zone: ZoneRef
    """Where one comes back."""
    ports: tuple[PortRef, ...]
    """Border ports: one left through one of these, and comes back through one of these."""
    within: Period
    """From the earlier entry, whose day is day 1, to the last day of the new stay."""
    nationalities: tuple[State, ...] = ()
    """Of the passport shown. Left out: any."""
    exempt_nationalities: tuple[State, ...] = ()
    """Passports that cannot come back so."""
    types: tuple[GroundType, ...] = ()
    """What the earlier entry rested on. Left out: any."""
    grounds_: tuple[GroundRef, ...] = ()  # `grounds` in files; the method of rules has that name
    """Likewise, by id. Left out: any."""

    def grounds(self, scenario: Scenario, traveller: Traveller) -> Iterator[Ground]:
        """The return, with the traveller's passports of its nationalities."""
        passports = tuple(
            passport
            for passport, state in passports_of(scenario, traveller).items()
            if state not in self.exempt_nationalities and (not self.nationalities or state in self.nationalities)
        )
        if passports:
            yield Ground(id=self.id, type="permit", zones=(self.zone,), passports=passports)

    # ---- for solving

    def restrict(self, view: View) -> Iterator[Statement]:
        """Block returns at wrong ports; the others need an earlier stay whose time is not over by their last date."""
        for traveller in view.scenario.travellers:
            stays = view.stays(traveller.id)
            rows = stays.enters & (stays.ground == self.id)
            if not rows.any():
                continue
            fact = denial(view.scenario, traveller, self.zone)
            possible = rows & effective(self, stays.entry_on) & np.isin(stays.entry_port, self.ports)
            ends = per_day(lambda day: self.within.last_day(day, "entry_day"), stays.entry_on)
            first, blocked = self._first(stays), rows & ~possible
            for passport in np.unique(stays.passport[possible]):
                mine = first & (stays.passport == passport)
                for at, group in by_value(stays.entry_at, possible & (stays.passport == passport)):
                    before = mine & (stays.exit_at < at)
                    limits = np.unique(ends[before])
                    # Stays that end between two limits have the same earlier ones to rest on.
                    for index, some in by_value(np.searchsorted(limits, stays.last_on), group):
                        if index < len(limits):
                            yield Clause(fact, (stays.ids[some],), stays.ids[before & (ends >= limits[index])])
                        else:
                            blocked |= some
            if blocked.any():
                yield Block(fact, stays.ids[blocked])

    def _first(self, stays: Stays) -> Mask:
        """The stays that a return can follow, but for their dates."""
        rows: Mask = stays.enters & stays.exits & (stays.zone == self.zone)
        rows &= stays.passport == stays.exit_passport
        rows &= np.isin(stays.exit_port, self.ports)
        for allowed, column in ((self.types, stays.ground_type), (self.grounds_, stays.ground)):
            if allowed:
                rows &= np.isin(column, allowed)
        return rows

    def bound(self, outlook: Outlook) -> Iterator[Share]:
        """It admits while it is in force, to stays that are shorter than its time."""
        scenario, void = outlook.scenario, ~outlook.in_force(self)
        nights = most_nights(self.within, "entry_day", outlook.days)
        for traveller in scenario.travellers:
            facts = (denial(scenario, traveller, self.zone),)
            if void.any():
                yield Refused(facts=facts, traveller=traveller.id, arrivals=void, grounds=(self.id,))
            yield LongestStay(facts=facts, traveller=traveller.id, grounds=(self.id,), nights=nights)

    # ---- for verifying

    def check(self, journey: Journey) -> Iterator[Broken]:
        """Look at each stay that claims to be such a return."""
        for traveller in journey.scenario.travellers:
            for stay in journey.stays[traveller.id]:
                if stay.entry is None or stay.ground != self.id:
                    continue
                fact, on, port = denial(journey.scenario, traveller, stay.zone), stay.entry.on, stay.entry.port
                if not self.in_force(on):
                    yield Broken(fact, f"{self.id} does not apply: it is not in force on {on}")
                if port not in self.ports:
                    yield Broken(fact, f"{self.id} does not apply: entry at {port}")
                until = self._until(journey, stay)
                if until is None:
                    yield Broken(fact, f"{self.id} does not apply: no earlier stay was left at one of its ports")
                elif stay.last_on is not None and stay.last_on > until:
                    yield Broken(fact, f"{self.id} does not apply: it ends on {until}, the stay on {stay.last_on}")

    def _until(self, journey: Journey, stay: Stay) -> date | None:
        """The last date that the entries before allow; None if there is none to come back on."""
        found = []
        for before in journey.stays[stay.traveller][: stay.index]:
            if before.entry is None or before.exit is None or before.zone != self.zone:
                continue
            if {before.passport, before.exit_passport} != {stay.passport} or before.exit.port not in self.ports:
                continue
            if self.grounds_ and before.ground not in self.grounds_:
                continue
            if not self.types or type_of_ground(journey, before) in self.types:
                found.append(self.within.last_day(before.entry.on, "entry_day"))
        return max(found, default=None)

    def last_lawful(self, journey: Journey, stay: Stay) -> Limit | None:
        """The end of the time that began with the entry before."""
        until = self._until(journey, stay) if stay.ground == self.id else None
        return Limit(on=until) if until else None
