"""From a scenario and its legs to the relaxed problem: fares and nights, and what every rule says about bounds."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import time

import numpy as np
from attrs import frozen
from numpy.typing import NDArray

from planner.bounds.documents import papers
from planner.bounds.entries import CLOSED, Entries
from planner.bounds.fares import UNSOLD, least_fares
from planner.bounds.relaxed import Mask, Numbers, Relaxed
from planner.bounds.wishes import wishes
from planner.rules.base import Rule, rules_of
from planner.rules.facts import Fact
from planner.rules.outlook import Outlook
from planner.rules.shares import Barred, Capped, ChangeTime, NoAirsideChange, Paid, Share
from planner.scenario.scenario import Scenario
from planner.scenario.timetable import MODES, Timetable
from planner.scenario.travel import Port

CHUNK = 1 << 15  # legs gone through at a time: what is worked out about them on the way stays in the cache


def relax(scenario: Scenario, table: Timetable, enforced: Collection[str] | None = None) -> Relaxed:
    """The relaxed problem of a scenario over all its legs (`table`, see `all_legs`).

    `enforced` are the ids of the facts in force (None: all of them); the others play no part.
    """
    return Relaxation.of(scenario, table).under(enforced)


@frozen(eq=False)
class Relaxation:
    """A scenario over all its legs with everything that its rules say about bounds."""

    outlook: Outlook
    rules: Sequence[Rule]
    shares: Sequence[Share]

    @classmethod
    def of(cls, scenario: Scenario, table: Timetable) -> Relaxation:
        """Ask every rule."""
        outlook, rules = Outlook(scenario, table), rules_of(scenario)
        said = (share for rule in rules for share in rule.bound(outlook))
        aside = scenario.set_aside
        return cls(outlook, rules, [share for share in said if not any(fact.id in aside for fact in share.facts)])

    def facts(self) -> dict[str, Fact]:
        """The facts that the bounds depend on, by id."""
        return {fact.id: fact for share in self.shares for fact in share.facts}

    def cap(self, enforced: Collection[str] | None = None) -> int | None:
        """What the whole trip may cost at most with some facts in force, in minor units; None: whatever it costs."""
        caps = [share.amount for share in self.shares if isinstance(share, Capped) and _counts(share, enforced)]
        return min(caps, default=None)

    def under(self, enforced: Collection[str] | None) -> Relaxed:
        """The relaxed problem with the facts of some ids in force (None: all of them)."""
        outlook, table, scenario = self.outlook, self.outlook.legs, self.outlook.scenario
        shares = [share for share in self.shares if _counts(share, enforced)]
        usable, first, last = _ends(outlook, shares)
        airside = _airside(outlook, shares)
        cost = least_fares(scenario, table, usable)
        entries = Entries.of(outlook, shares, self.rules)
        _add_entries(outlook, entries, airside, cost)
        usable &= cost < min(CLOSED, UNSOLD)
        usable &= _within(outlook, usable & first, usable & last)
        rows = np.flatnonzero(usable)
        found = wishes(outlook, shares, entries)
        goal = np.array([port == scenario.trip.goal for port in table.ports])
        return Relaxed(
            rows=rows,
            from_port=table.from_port[rows],
            to_port=table.to_port[rows],
            departs=table.departs[rows],
            ready=_ready(table, shares)[rows],
            departs_on=table.departs_on[rows],
            arrives_on=table.arrives_on[rows],
            cost=cost[rows],
            first=first[rows],
            last=last[rows],
            nightly=_nightly(outlook, airside),
            start=table.ports.index(scenario.trip.start),
            goal=table.ports.index(scenario.trip.goal),
            fixed=sum(share.amount for share in shares if isinstance(share, Paid))
            + papers(entries, shares, [*(wish.ports for wish in found.wishes), goal]),
            wishes=found.wishes,
            apart=found.apart,
        )


def _counts(share: Share, enforced: Collection[str] | None) -> bool:
    return enforced is None or all(fact.id in enforced for fact in share.facts)


def _ends(outlook: Outlook, shares: Sequence[Share]) -> tuple[Mask, Mask, Mask]:
    """Which legs can be travelled at all, which first, which last."""
    table, trip = outlook.legs, outlook.scenario.trip
    allowed = {
        "any": np.ones(len(table), dtype=bool),
        "first": table.from_port == table.ports.index(trip.start),
        "last": table.to_port == table.ports.index(trip.goal),
    }
    for share in shares:
        if isinstance(share, Barred):
            allowed[share.as_] &= ~share.legs
    return allowed["any"], allowed["first"], allowed["last"]


def _add_entries(outlook: Outlook, entries: Entries, airside: Mask, cost: NDArray[np.int64]) -> None:
    """Add to the cost of each leg what the entry after it costs, if there must be one."""
    table, zone, first_day = outlook.legs, outlook.zone, outlook.days[0]
    for begin in range(0, len(table), CHUNK):
        rows = slice(begin, begin + CHUNK)
        origin, target = outlook.territory_of[table.from_port[rows]], outlook.territory_of[table.to_port[rows]]
        leaves, enters = table.departs_on[rows] - first_day, table.arrives_on[rows] - first_day
        crossing = (zone[origin, leaves] != zone[target, leaves]) & ~airside[rows]
        cost[rows] += np.where(crossing, entries.cost[target, enters], 0)


def _within(outlook: Outlook, first: Mask, last: Mask) -> Mask:
    """The legs that do not depart before any that can be first, nor arrive after all that can be last."""
    table = outlook.legs
    if not first.any() or not last.any():
        return np.zeros(len(table), dtype=bool)
    inside: Mask = (table.departs >= table.departs[first].min()) & (table.arrives <= table.arrives[last].max())
    return inside


def _ready(table: Timetable, shares: Sequence[Share]) -> Numbers:
    """When one can depart again after each leg, at the earliest."""
    ready = table.arrives
    for share in shares:
        if isinstance(share, ChangeTime):
            ready = np.maximum(ready, table.arrives + share.minutes)
    return ready


def _airside(outlook: Outlook, shares: Sequence[Share]) -> Mask:
    """The legs after which planes may be changed without entering, as far as ports, tickets and rules say."""
    scenario, table = outlook.scenario, outlook.legs
    ports = [scenario.ports[port] for port in table.ports]
    open_ = np.array([port.airside is True for port in ports])
    found: Mask = (open_ & [port.airside_on_separate_tickets for port in ports])[table.to_port]
    ticketed = outlook.on_one_ticket()
    found[ticketed] |= open_[table.to_port[ticketed]]
    told = {touch.after for touch in scenario.touches if touch.mode == "airside"}
    found[[position for position, leg in enumerate(scenario.legs) if leg.id in told]] = True
    found &= table.mode == MODES.index("air")
    for share in shares:
        if isinstance(share, NoAirsideChange):
            rows = np.flatnonzero(found)
            classes = outlook.territory_of[table.to_port[rows]], table.arrives_on[rows] - outlook.days[0]
            found[rows] = ~np.broadcast_to(share.arrivals, outlook.shape)[classes]
    return found


def _nightly(outlook: Outlook, airside: Mask) -> NDArray[np.int64]:
    """What a night at each port costs the party; nothing where it may be spent airside or on a tour."""
    scenario, table = outlook.scenario, outlook.legs
    price = np.zeros(len(table.ports), dtype=np.int64)
    for entry in reversed(scenario.trip.nightly):  # the first entry that names a place counts
        there = scenario.ports_at(entry.at)
        price[[port in there for port in table.ports]] = scenario.for_party(entry.price, entry.per)
    if price.any():
        for number in np.unique(table.to_port[airside]).tolist():
            if _open_overnight(scenario.ports[table.ports[number]]):
                price[number] = 0
    between = {scenario.leg_by_id[leg].to for tour in scenario.tours if tour.nights_included for leg in tour.legs[:-1]}
    price[[port in between for port in table.ports]] = 0
    return price


def _open_overnight(port: Port) -> bool:
    """Whether arrival and departure airside can lie on different dates."""
    hours = port.airside_from, port.airside_to
    return hours == (None, None) or (hours[0] or time.min) > (hours[1] or time.max)
