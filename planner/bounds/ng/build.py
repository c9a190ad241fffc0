"""The network of a relaxed problem.

There is a node for each time at which one is ready at a port after arriving there on a date, one for each time of
departure by date, and one for each date of departure for those who have waited so long that their arrival's date makes
no difference any more. An arc is a leg, or time spent at a port with the wishes that a visit of that length fulfils.
"""

from __future__ import annotations

from itertools import product
from math import gcd
from typing import Any, TypeAlias

import numpy as np
from attrs import evolve, frozen

from planner.bounds.ng.graph import Graph
from planner.bounds.ng.visits import connect
from planner.bounds.relaxed import Relaxed

Array: TypeAlias = Any
MOST_WISHES = 62  # bits of a mask


@frozen(eq=False)
class _Arcs:
    """Arcs in no order; ordered wishes are in the mask as well."""

    source: Array
    target: Array
    cost: Array
    fulfils: Array
    leg: Array


def _joined(parts: list[_Arcs]) -> _Arcs:
    names = ("source", "target", "cost", "fulfils", "leg")
    return _Arcs(*(np.concatenate([getattr(part, name) for part in parts]) for name in names))


def build(relaxed: Relaxed) -> Graph:
    """The network of a problem. Wishes beyond the first 62 are left out, which keeps every bound valid."""
    wishes = range(min(len(relaxed.wishes), MOST_WISHES))
    unit = _unit(relaxed)
    ready, ready_of = _unique(relaxed.to_port, relaxed.arrives_on, relaxed.ready)
    leaving, leaving_of = _unique(relaxed.from_port, relaxed.departs_on, relaxed.departs)
    dates, dates_of = _unique(leaving[0], leaving[1])
    first_of_date = np.searchsorted(dates_of, np.arange(len(dates[0]) + 1))
    waiting_at = leaving[2][first_of_date[:-1]]

    begins = relaxed.first & (relaxed.from_port == relaxed.start)
    ends = relaxed.last & (relaxed.to_port == relaxed.goal)
    (begin_on,), begin_of = _unique(relaxed.departs_on[begins])
    (end_on,), end_of = _unique(relaxed.arrives_on[ends])

    # the start and a node for each date to begin on; nodes in order of time (at the same time one arrives, waits,
    # leaves); a node for each date to end on, and the end
    times = np.concatenate([ready[2], waiting_at, leaving[2]])
    kinds = np.repeat([0, 1, 2], [len(ready[2]), len(waiting_at), len(leaving[2])])
    number = np.empty(len(times), dtype=np.int64)
    number[np.lexsort([kinds, times])] = np.arange(len(times)) + 1 + len(begin_on)
    a, w, e = np.split(number, np.cumsum([len(ready[2]), len(waiting_at)]))
    b, z = np.arange(len(begin_on)) + 1, np.arange(len(end_on)) + 1 + len(begin_on) + len(times)
    end = 1 + len(begin_on) + len(times) + len(end_on)

    beginning, ending = np.full((2, len(relaxed)), -1)
    beginning[begins], ending[ends] = b[begin_of], z[end_of]
    parts = [
        *_legs(relaxed, (e[leaving_of], beginning), (a[ready_of], ending)),
        _start(relaxed, b, begin_on),
        _end(relaxed, z, end_on, end),
        _visits(relaxed, ready, leaving, dates, first_of_date, (a, w, e)),
        _chain(a, same=(np.diff(ready[0]) == 0) & (np.diff(ready[1]) == 0)),
        _chain(e, same=np.diff(dates_of) == 0),
        _chain(w, same=np.diff(dates[0]) == 0, cost=np.diff(dates[1]) * relaxed.nightly[dates[0][1:]]),
        _plain(w, e[first_of_date[:-1]]),
    ]
    arcs = _joined(parts)
    port = np.full(end + 1, -1, dtype=np.int64)
    port[a] = ready[0]

    arcs = _chosen(arcs, relaxed.apart)
    ordered = [number for number in wishes if relaxed.wishes[number].ordered]
    arcs, steps = _in_order(arcs, ordered)
    free = tuple(number for number in wishes if not relaxed.wishes[number].ordered)
    order = np.argsort(arcs.target, kind="stable")
    graph = Graph(
        first=np.zeros(1, dtype=np.int64),
        source=arcs.source[order],
        target=arcs.target[order],
        cost=arcs.cost[order] // unit,
        fulfils=_renumbered(arcs.fulfils[order], free),
        leg=arcs.leg[order],
        port=np.repeat(port, steps),
        unit=unit,
        wishes=free,
    )
    return graph.only(np.ones(len(order), dtype=np.bool_))


def _unit(relaxed: Relaxed) -> int:
    """The greatest amount that all costs are multiples of."""
    return gcd(int(np.gcd.reduce(relaxed.cost, initial=0)), int(np.gcd.reduce(relaxed.nightly, initial=0))) or 1


def _unique(*columns: Array) -> tuple[tuple[Array, ...], Array]:
    """The different rows of some columns, sorted, and which of them each row is."""
    order = np.lexsort(columns[::-1])
    new = np.zeros(len(order), dtype=np.bool_)
    new[:1] = True
    for column in columns:
        new[1:] |= np.diff(column[order]) != 0
    of = np.empty(len(order), dtype=np.int64)
    of[order] = np.cumsum(new) - 1
    return tuple(column[order[new]].astype(np.int64) for column in columns), of


def _plain(source: Array, target: Array, cost: Array | None = None) -> _Arcs:
    """Arcs that fulfil nothing."""
    nothing = np.zeros(len(source), dtype=np.int64)
    return _Arcs(source, target, nothing if cost is None else cost.astype(np.int64), nothing, nothing - 1)


def _chain(nodes: Array, same: Array, cost: Array | None = None) -> _Arcs:
    """From each node to the next, where they belong together."""
    return _plain(nodes[:-1][same], nodes[1:][same], None if cost is None else cost[same])


def _legs(relaxed: Relaxed, sources: tuple[Array, Array], targets: tuple[Array, Array]) -> list[_Arcs]:
    """The legs, between all nodes where they can begin and end (-1: not there)."""
    fulfils = np.zeros(len(relaxed), dtype=np.int64)
    for number, wish in enumerate(relaxed.wishes[:MOST_WISHES]):
        fulfils |= (wish.ports[relaxed.from_port] & wish.ports[relaxed.to_port]).astype(np.int64) << number
    parts = []
    for source, target in product(sources, targets):
        legs = np.flatnonzero((source >= 0) & (target >= 0))
        parts.append(_Arcs(source[legs], target[legs], relaxed.cost[legs].astype(np.int64), fulfils[legs], legs))
    return parts


def _start(relaxed: Relaxed, nodes: Array, days: Array) -> _Arcs:
    """Presence from the start of the journey to a departure on each of some dates."""
    fulfils = np.zeros(len(days), dtype=np.int64)
    for number, wish in enumerate(relaxed.wishes[:MOST_WISHES]):
        if wish.from_start and wish.ports[relaxed.start]:
            fulfils |= (days >= wish.leave_from).astype(np.int64) << number
    return evolve(_plain(nodes * 0, nodes), fulfils=fulfils)


def _end(relaxed: Relaxed, nodes: Array, days: Array, end: int) -> _Arcs:
    """Presence from an arrival on each of some dates to the end of the journey."""
    fulfils = np.zeros(len(days), dtype=np.int64)
    for number, wish in enumerate(relaxed.wishes[:MOST_WISHES]):
        if wish.to_end and wish.ports[relaxed.goal]:
            fulfils |= (days <= wish.arrive_by).astype(np.int64) << number
    return evolve(_plain(nodes, nodes * 0 + end), fulfils=fulfils)


def _visits(
    relaxed: Relaxed, ready: Any, leaving: Any, dates: Any, first_of_date: Array, nodes: tuple[Array, Array, Array]
) -> _Arcs:
    """Time at a port, from being ready after an arrival to a departure."""
    wishes = relaxed.wishes[:MOST_WISHES]
    limits = np.array([(w.arrive_by, w.leave_from, w.least, w.most) for w in wishes], dtype=np.int64).reshape(-1, 4)
    ports = np.array([wish.ports for wish in wishes], dtype=np.bool_).reshape(len(wishes), len(relaxed.nightly))
    begin = np.concatenate([[0], np.cumsum(ports.sum(axis=0))])
    wish = np.nonzero(ports.T)[1]
    found = connect(ready, dates, first_of_date, leaving[2], nodes, begin, wish, limits, relaxed.nightly)
    source, target, cost, fulfils = found
    return _Arcs(source, target, cost, fulfils, np.full(len(source), -1, dtype=np.int64))


def _chosen(arcs: _Arcs, apart: tuple[tuple[int, ...], ...]) -> _Arcs:
    """An arc for each way to choose, where a visit fulfils only one wish of a group."""
    groups = [mask for mask in (sum(1 << w for w in group if w < MOST_WISHES) for group in apart) if mask]
    if not groups:
        return arcs
    masks, of = np.unique(arcs.fulfils, return_inverse=True)
    choices = [_alternatives(int(mask), groups) for mask in masks]
    count = np.array([len(item) for item in choices], dtype=np.int64)
    rows = np.repeat(np.arange(len(of)), count[of])
    nth = np.arange(len(rows)) - np.repeat(np.cumsum(count[of]) - count[of], count[of])
    begin = np.concatenate([[0], np.cumsum(count)])
    flat = np.array([mask for item in choices for mask in item], dtype=np.int64)
    return _Arcs(arcs.source[rows], arcs.target[rows], arcs.cost[rows], flat[begin[of[rows]] + nth], arcs.leg[rows])


def _alternatives(mask: int, groups: list[int]) -> list[int]:
    """The sets of wishes of a mask that one visit can fulfil: one of each group."""
    alone = mask
    parts = []
    for group in groups:
        alone &= ~group
        members = [1 << bit for bit in range(MOST_WISHES) if mask & group & 1 << bit]
        if members:
            parts.append(members)
    found = []
    for picked in product(*parts):
        chosen = alone
        for bit in picked:
            chosen |= bit
        found.append(chosen)
    return sorted(set(found))


def _in_order(arcs: _Arcs, ordered: list[int]) -> tuple[_Arcs, int]:
    """A copy of the network for each number of ordered wishes fulfilled so far; how many copies there are.

    The journey begins in the first copy and has to end in the last.
    """
    steps = len(ordered) + 1
    if steps == 1:
        return arcs, 1
    parts = []
    for done in range(steps):
        after = np.full(len(arcs.source), done)
        for place in range(done, len(ordered)):
            after += (after == place) & (arcs.fulfils >> ordered[place] & 1 == 1)
        parts.append(evolve(arcs, source=arcs.source * steps + done, target=arcs.target * steps + after))
    return _joined(parts), steps


def _renumbered(masks: Array, bits: tuple[int, ...]) -> Array:
    """The masks with only some bits, moved together."""
    found = np.zeros(len(masks), dtype=np.int64)
    for place, bit in enumerate(bits):
        found |= (masks >> bit & 1) << place
    return found
