"""What holds of every journey, whatever the rules: one is in one place at a time, boards where one is, pays fares.

These statements carry no fact: they are never dropped and never part of a conflict.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from attrs import frozen

from planner.model.options import Options
from planner.network.runs import needs_ticket, ticketed_pairs
from planner.rules.statements import NONE, AtMost, Clause, Count, Ids, Statement
from planner.rules.tables import END, START, Presences


@frozen(eq=False)
class Balance:
    """As many options of `left` are chosen as of `right`, plus `constant`."""

    left: Ids
    right: Ids = NONE
    constant: int = 0


def structure(options: Options) -> Iterator[Statement | Balance]:
    """All structural statements. Call it after the rules have spoken: it ties down the tables they asked for."""
    yield from _flow(options)
    yield from _fares(options)
    for traveller in options.scenario.travellers:
        yield from _stays(options, traveller.id)
        yield from _papers(options, traveller.id)
    yield from _stops(options)
    yield from _visits(options)


def _flow(options: Options) -> Iterator[Balance]:
    runs, changes = options.runs, options.changes
    yield Balance(changes.ids[changes.before == START], constant=1)
    yield Balance(changes.ids[changes.after == END], constant=1)
    for run, into, out in _both_sides(len(runs.ids), changes.before, changes.after):
        yield Balance(changes.ids[into], runs.ids[[run]])
        yield Balance(changes.ids[out], runs.ids[[run]])


def _both_sides(count: int, before: Ids, after: Ids) -> Iterator[tuple[int, Ids, Ids]]:
    """For each run: the rows that lead into it, and those that lead out of it."""
    into, out = np.argsort(after, kind="stable"), np.argsort(before, kind="stable")
    into_bounds = np.searchsorted(after[into], np.arange(count + 1))
    out_bounds = np.searchsorted(before[out], np.arange(count + 1))
    for run in range(count):
        yield run, into[into_bounds[run] : into_bounds[run + 1]], out[out_bounds[run] : out_bounds[run + 1]]


def _fares(options: Options) -> Iterator[Statement | Balance]:
    scenario, runs = options.scenario, options.runs
    position = {leg.id: index for index, leg in enumerate(scenario.legs)}
    covering: list[list[int]] = [[] for _ in scenario.legs]
    for fare in scenario.fares:
        for leg in fare.legs:
            covering[position[leg]].append(options.fares[fare.id])
    containing: list[list[int]] = [[] for _ in scenario.legs]
    for option, legs in zip(runs.ids.tolist(), runs.legs, strict=True):
        for leg_position in legs:
            containing[leg_position].append(option)
    for fares, taken in zip(covering, containing, strict=True):
        yield Balance(np.array(fares, dtype=np.int64), np.array(taken, dtype=np.int64))
    together = ticketed_pairs(scenario)
    for option, touches in zip(runs.ids.tolist(), runs.airside, strict=True):
        for _, inbound, outbound in touches:
            if needs_ticket(scenario, scenario.legs[inbound], scenario.legs[outbound]):
                tickets = [options.fares[fare] for fare in together[inbound, outbound]]
                yield Clause(None, (np.array([option], dtype=np.int64),), np.array(tickets, dtype=np.int64))


def _stays(options: Options, traveller: str) -> Iterator[Balance]:
    """A stay option is chosen for each entry and for each exit of the journey."""
    runs, changes = options.runs, options.changes
    stays, last = options.stays_with_last(traveller)
    yield Balance(stays.ids[stays.entry_run == START], constant=1)
    yield Balance(stays.ids[stays.exit_run == END], constant=1)
    for run, into, out in _both_sides(len(runs.ids), stays.entry_run, stays.exit_run):
        if runs.crosses[run]:
            yield Balance(stays.ids[into], runs.ids[[run]])  # the stay that the run ends
            yield Balance(stays.ids[out], runs.ids[[run]])  # the stay that it begins
    finishing = stays.exit_run == END
    for row in np.flatnonzero(changes.after == END):
        yield Balance(stays.ids[finishing & (last == changes.before[row])], changes.ids[[row]])


def _papers(options: Options, traveller: str) -> Iterator[Statement]:
    """Each paper is applied for at most once, and in a passport there is; each event is booked at most once."""
    applications, bookings = options.applications(traveller), options.bookings(traveller)
    copies = zip(applications.acquirable.tolist(), applications.passport.tolist(), strict=True)
    for name, passport in dict.fromkeys(copies):
        rows = (applications.acquirable == name) & (applications.passport == passport)
        yield AtMost(None, (Count(1, applications.ids[rows]),), 1)
    scenario = options.scenario
    held = {book.id for book in scenario.traveller_by_id[traveller].passports}
    for passport in sorted({*applications.passport.tolist()} - held - {""}):
        giving = [item.id for item in scenario.acquirables if item.passport and item.passport.id == passport]
        obtained = applications.ids[np.isin(applications.acquirable, giving)]
        yield Clause(None, (applications.ids[applications.passport == passport],), obtained)
    for event in np.unique(bookings.event):
        yield AtMost(None, (Count(1, bookings.ids[bookings.event == event]),), 1)


def _stops(options: Options) -> Iterator[Statement]:
    """A stop counts one visit, that is made; stops at the same ports count different visits."""
    taken: dict[int, list[Ids]] = {}
    for stop in options.scenario.trip.stops:
        table, chosen = options.visits(stop.at), options.chosen(stop.id)
        yield AtMost(None, (Count(1, chosen),), 1)
        for option, visit in zip(chosen, table.ids, strict=True):
            yield Clause(None, (np.array([option]),), np.array([visit]))
        taken.setdefault(id(table), []).append(chosen)
    for same in taken.values():
        if len(same) > 1:
            for options_of_visit in np.stack(same, axis=1):
                yield AtMost(None, (Count(1, options_of_visit),), 1)


def _visits(options: Options) -> Iterator[Balance]:
    """A visit is chosen for each arrival in a place and for each departure from it."""
    runs, changes = options.runs, options.changes
    for place in options.places():
        table: Presences = place.table
        if place.starts_inside:
            yield Balance(table.ids[table.before == START], constant=1)
        for run, into, out in _both_sides(len(runs.ids), table.before, table.after):
            if run in place.leaving:
                yield Balance(table.ids[into], runs.ids[[run]])
            if run in place.entering:
                yield Balance(table.ids[out], runs.ids[[run]])
        finishing = table.after == END
        for row in np.flatnonzero(changes.after == END):
            inside = changes.before[row] in place.arriving or (changes.before[row] == START and place.starts_inside)
            if inside:
                yield Balance(table.ids[finishing & (table.last_run == changes.before[row])], changes.ids[[row]])
