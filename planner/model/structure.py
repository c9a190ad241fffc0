"""What holds of every journey, whatever the rules: one is in one place at a time, boards where one is, pays fares.

These statements carry no fact: they are never dropped and never part of a conflict.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from planner.model.options import Options, Place
from planner.model.sums import Balance, Flow, Structural, Sums
from planner.network.presences import Spans
from planner.network.runs import needs_ticket, ticketed_pairs
from planner.rules.statements import AtMost, Clause, Count, Ids, Statement
from planner.rules.tables import END, START


def structure(options: Options) -> Iterator[Structural]:
    """All structural statements. Call it after the rules have spoken: it ties down the tables they asked for."""
    yield from _flow(options)
    yield from _fares(options)
    for traveller in options.scenario.travellers:
        yield from _stays(options, traveller.id)
        yield from _papers(options, traveller.id)
    yield from _stops(options)
    for place in options.places():
        yield from _visits(options, place)


def as_many(rows: Ids, options: Ids, runs: Ids, wanted: Ids) -> Sums:
    """For each run wanted (by number): as many of the options, whose runs are `rows`, are chosen as the run itself."""
    number = np.full(len(runs) + 2, -1, dtype=np.int64)  # the last two stand for END and START
    number[wanted] = np.arange(len(wanted))
    mine = number[rows] >= 0
    return Sums.of(len(wanted), (number[rows[mine]], options[mine], 1), (np.arange(len(wanted)), runs[wanted], -1))


def _flow(options: Options) -> Iterator[Structural]:
    runs, changes = options.runs, options.changes
    everywhere = np.arange(len(runs.ids))
    yield Balance(changes.ids[changes.before == START], constant=1)
    yield Balance(changes.ids[changes.after == END], constant=1)
    yield as_many(changes.after, changes.ids, runs.ids, everywhere)
    yield as_many(changes.before, changes.ids, runs.ids, everywhere)


def _fares(options: Options) -> Iterator[Structural]:
    """Each leg travelled is covered by one fare; those between which one changes airside, by one for both."""
    scenario, runs = options.scenario, options.runs
    position = {leg.id: index for index, leg in enumerate(scenario.legs)}
    sold = [(position[leg], options.fares[fare.id]) for fare in scenario.fares for leg in fare.legs]
    taken = [(leg, option) for option, legs in zip(runs.ids.tolist(), runs.legs, strict=True) for leg in legs]
    covering, containing = (np.array(pairs, dtype=np.int64).reshape(-1, 2).T for pairs in (sold, taken))
    yield Sums.of(len(scenario.legs), (*covering, 1), (*containing, -1))
    together = ticketed_pairs(scenario)
    for option, touches in zip(runs.ids.tolist(), runs.airside, strict=True):
        for _, inbound, outbound in touches:
            if needs_ticket(scenario, scenario.legs[inbound], scenario.legs[outbound]):
                tickets = [options.fares[fare] for fare in together[inbound, outbound]]
                yield Clause(None, (np.array([option], dtype=np.int64),), np.array(tickets, dtype=np.int64))


def _stays(options: Options, traveller: str) -> Iterator[Structural]:
    """A stay option is chosen for each entry and for each exit of the journey."""
    runs, pairs = options.runs, options.stay_pairs
    stays, pair = options.stays_with_pairs(traveller)
    yield Balance(stays.ids[stays.entry_run == START], constant=1)
    yield Balance(stays.ids[stays.exit_run == END], constant=1)
    yield from _linked(options, pairs, pair, stays.ids)
    yield from _both_ends(options, pairs, pair, stays.ids, runs.crosses, runs.crosses)
    finishing = stays.exit_run == END
    everywhere = np.ones(len(runs.ids) + 1, dtype=bool)
    yield _finishing(options, pairs.last[pair[finishing]], stays.ids[finishing], everywhere)


def _linked(options: Options, spans: Spans, row: Ids, ids: Ids) -> Iterator[Sums]:
    """Presences that last from one run to the next are those with that change; `ids` make the presences at `row`.

    This says more than the balances at the two runs, as long as fractions of options are weighed.
    """
    straight = spans.direct & (spans.after != END)
    for wanted, low in ((straight & ~spans.winding, 0), (straight & spans.winding, None)):
        rows = np.flatnonzero(wanted)
        number = np.full(len(wanted), -1, dtype=np.int64)
        number[rows] = np.arange(len(rows))
        mine = wanted[row]
        changes = options.between(spans.before[rows], spans.after[rows])
        yield Sums.of(len(rows), (np.arange(len(rows)), changes, 1), (number[row[mine]], ids[mine], -1), low=low)


def _both_ends(
    options: Options, spans: Spans, row: Ids, ids: Ids, leaving: NDArray[np.bool_], entering: NDArray[np.bool_]
) -> Iterator[Sums]:
    """A presence ends with each run that leaves, and begins with each that enters.

    Where every presence at a run is one change long, that follows from the changes.
    """
    runs = options.runs.ids
    for ends, wanted in ((spans.after, leaving), (spans.before, entering)):
        follows = wanted.copy()
        follows[ends[spans.winding & (ends >= 0)]] = False
        yield as_many(ends[row], ids, runs, np.flatnonzero(wanted & ~follows))


def _finishing(options: Options, last: Ids, ids: Ids, wanted: NDArray[np.bool_]) -> Sums:
    """For each way to end the journey, if wanted (by last run, START last): as many are chosen of the options that
    end the journey likewise.
    """
    changes = options.changes
    ends = np.flatnonzero((changes.after == END) & wanted[changes.before])
    number = np.full(len(wanted), -1, dtype=np.int64)
    number[changes.before[ends]] = np.arange(len(ends))
    mine = number[last] >= 0
    return Sums.of(len(ends), (number[last[mine]], ids[mine], 1), (np.arange(len(ends)), changes.ids[ends], -1))


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


def _stops(options: Options) -> Iterator[Structural]:
    """A stop counts one visit, that is made; stops in the same place count different visits."""
    counted: dict[frozenset[str], tuple[Ids, list[Ids]]] = {}  # visits, and what counts them
    for stop in options.scenario.trip.stops:
        table, chosen = options.visits(stop.at), options.chosen(stop.id)
        yield AtMost(None, (Count(1, chosen),), 1)
        counted.setdefault(stop.place, (table.ids, []))[1].append(chosen)
    for visits, choices in counted.values():
        number = np.arange(len(visits))
        yield Sums.of(len(visits), *((number, chosen, 1) for chosen in choices), (number, visits, -1), low=None)


def _visits(options: Options, place: Place) -> Iterator[Structural]:
    """A visit is chosen for each arrival in a place and for each departure from it."""
    table, spans = place.table, place.spans
    rows = np.arange(len(table.ids))
    if place.starts_inside:
        yield Balance(table.ids[table.before == START], constant=1)
    yield from _linked(options, spans, rows, table.ids)
    yield from _both_ends(options, spans, rows, table.ids, place.leaving, place.entering)
    finishing = table.after == END
    inside = np.append(place.arriving, place.starts_inside)
    yield _finishing(options, table.last_run[finishing], table.ids[finishing], inside)


def flow(options: Options) -> Flow | None:
    """The journey as a path through states (run, wishes fulfilled), if the options are pruned."""
    arcs = options.arcs
    if arcs is None:
        return None
    change = options.between(arcs.before, arcs.after)
    changes, place, count = np.unique(change, return_inverse=True, return_counts=True)
    shared = count[place] > 1  # by more than one arc; the others are their change
    option = change.copy()
    option[shared] = options.ids.take(int(shared.sum()))
    number, several = np.cumsum(count > 1) - 1, np.flatnonzero(count > 1)
    split = (number[place[shared]], option[shared], 1), (np.arange(len(several)), changes[several], -1)
    states = int(max(arcs.came.max(initial=0), arcs.goes.max(initial=0))) + 1
    into, out = arcs.after >= 0, arcs.before >= 0
    arrived, left = arcs.after[into] * states + arcs.goes[into], arcs.before[out] * states + arcs.came[out]
    nodes, node = np.unique(np.concatenate([arrived, left]), return_inverse=True)
    kept = (node[: len(arrived)], option[into], 1), (node[len(arrived) :], option[out], -1)
    return Flow(option[shared], (Sums.of(len(several), *split), Sums.of(len(nodes), *kept)), change, option, arcs.least)
