"""A relaxed problem as an acyclic network: every path from its first node to its last is a journey.

There is a node for each time at which one is ready at a port after arriving there on a date, one for each time of
departure by date, and one for each date of departure for those who have waited so long that their arrival's date makes
no difference any more. An arc is a leg, or time spent at a port with the wishes that a visit of that length fulfils.
Nodes are numbered in order of time.
"""

from __future__ import annotations

from itertools import product
from math import gcd
from typing import Any, TypeAlias

import numpy as np
from attrs import evolve, frozen

from planner.bounds.compiled import compiled
from planner.bounds.relaxed import Relaxed

Array: TypeAlias = Any
MOST_WISHES = 62  # bits of a mask


@frozen(kw_only=True, eq=False)
class Graph:
    """The network. Arcs are sorted by target: those into node v are `first[v]` to `first[v + 1]`.

    `cost` is in units of `unit` minor units; `fulfils` is a mask over `wishes` (numbers of the problem's unordered
    wishes); the order of the ordered ones is part of the nodes. `leg` is the row of the problem, or -1. `port` is where
    one arrives (-1: not an arrival).
    """

    first: Array
    source: Array
    target: Array
    cost: Array
    fulfils: Array
    leg: Array
    port: Array
    unit: int
    wishes: tuple[int, ...]

    def __len__(self) -> int:
        return len(self.port)

    @property
    def ceiling(self) -> int:
        """No path costs more."""
        return int(dearest(len(self), self.source, self.target, self.cost))

    @property
    def full(self) -> int:
        """The mask of all wishes."""
        return (1 << len(self.wishes)) - 1

    def only(self, arcs: Array) -> Graph:
        """The network with only some arcs (a mask), and of those only the ones that are on a path to the end."""
        count = len(self)
        ahead = reachable(count, self.source, self.target, arcs)
        back = reachable(count, count - 1 - self.target[::-1], count - 1 - self.source[::-1], arcs[::-1])[::-1]
        alive = ahead & back
        kept = arcs & alive[self.source] & alive[self.target]
        alive[[0, -1]] = True
        number = np.cumsum(alive) - 1
        target = number[self.target[kept]]
        return evolve(
            self,
            first=np.searchsorted(target, np.arange(int(alive.sum()) + 1)).astype(np.int64),
            source=number[self.source[kept]],
            target=target,
            cost=self.cost[kept],
            fulfils=self.fulfils[kept],
            leg=self.leg[kept],
            port=self.port[alive],
        )

    def reversed(self) -> Graph:
        """The same paths from end to start: node v becomes the v-th from the end."""
        count = len(self)
        target = count - 1 - self.source
        order = np.argsort(target, kind="stable")
        return evolve(
            self,
            first=np.searchsorted(target[order], np.arange(count + 1)).astype(np.int64),
            source=(count - 1 - self.target)[order],
            target=target[order],
            cost=self.cost[order],
            fulfils=self.fulfils[order],
            leg=self.leg[order],
            port=self.port[::-1].copy(),
        )


@compiled
def dearest(count: int, source: Array, target: Array, cost: Array) -> int:
    """The cost of the dearest path; every node but the first is on one. 0 if there is none."""
    found = np.zeros(count, dtype=np.int64)
    for arc in range(len(source)):
        found[target[arc]] = max(found[target[arc]], found[source[arc]] + cost[arc])
    return found[count - 1]


@compiled
def reachable(count: int, source: Array, target: Array, arcs: Array) -> Array:
    """Which nodes some of the arcs (a mask; sorted so that an arc's source is complete before it) lead to from node 0."""
    found = np.zeros(count, dtype=np.bool_)
    found[0] = True
    for arc in range(len(source)):
        if arcs[arc] and found[source[arc]]:
            found[target[arc]] = True
    return found


@frozen(eq=False)
class _Arcs:
    """Arcs in no order; ordered wishes are in the mask as well."""

    source: Array
    target: Array
    cost: Array
    fulfils: Array
    leg: Array


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
    arcs = _Arcs(*(np.concatenate([getattr(part, name) for part in parts]) for name in _Arcs.__slots__[:5]))
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
    found = connect(*ready, *dates, first_of_date, leaving[2], *nodes, begin, wish, limits, relaxed.nightly)
    source, target, cost, fulfils = found
    return _Arcs(source, target, cost, fulfils, np.full(len(source), -1, dtype=np.int64))


@compiled
def compatible(port: int, arrived: int, leaves: int, begin: Array, wish: Array, limits: Array) -> int:
    """The mask of the wishes that a visit to a port between two dates fulfils."""
    mask = 0
    for i in range(begin[port], begin[port + 1]):
        w = wish[i]
        nights = leaves - arrived
        if arrived <= limits[w, 0] and leaves >= limits[w, 1] and limits[w, 2] <= nights <= limits[w, 3]:
            mask |= 1 << w
    return mask


@compiled
def settled(port: int, arrived: int, horizon: int, begin: Array, wish: Array, limits: Array) -> int:
    """The first date of departure from which on it makes no difference any more to what a visit fulfils."""
    found = arrived
    for i in range(begin[port], begin[port + 1]):
        w = wish[i]
        if arrived <= limits[w, 0]:
            found = max(found, arrived + limits[w, 2], limits[w, 1])
            if arrived + limits[w, 3] < horizon:
                found = max(found, arrived + limits[w, 3] + 1)
    return found


@compiled
def connect(
    ready_port: Array,
    ready_on: Array,
    ready_at: Array,
    date_port: Array,
    date_day: Array,
    first_of_date: Array,
    leaving_at: Array,
    ready_node: Array,
    waiting_node: Array,
    leaving_node: Array,
    begin: Array,
    wish: Array,
    limits: Array,
    nightly: Array,
) -> tuple[Array, Array, Array, Array]:
    """The arcs from being ready to a departure on each date, or to the node of those who wait.

    Returns source, target, cost and mask of wishes. A first run counts the arcs, a second writes them.
    """
    size = 0
    horizon = date_day.max() if len(date_day) else 0
    source = np.empty(0, dtype=np.int64)
    target, cost, mask = source.copy(), source.copy(), source.copy()
    for write in (False, True):
        if write:
            source = np.empty(size, dtype=np.int64)
            target, cost, mask = source.copy(), source.copy(), source.copy()
            size = 0
        low = 0
        dates = 0  # the first date of departure at the port
        while low < len(ready_port):
            port, day = ready_port[low], ready_on[low]
            high = low + 1
            while high < len(ready_port) and ready_port[high] == port and ready_on[high] == day:
                high += 1
            while dates < len(date_port) and (date_port[dates] < port or (date_port[dates] == port and date_day[dates] < day)):
                dates += 1
            same_from = settled(port, day, horizon, begin, wish, limits)
            date = dates
            while date < len(date_port) and date_port[date] == port:
                leaves = date_day[date]
                fulfils = compatible(port, day, leaves, begin, wish, limits)
                waited = nightly[port] * (leaves - day)
                left, right = first_of_date[date], first_of_date[date + 1]
                everyone = leaving_at[left] >= ready_at[high - 1]
                if everyone and leaves >= same_from:
                    if write:
                        source[size], target[size] = ready_node[high - 1], waiting_node[date]
                        cost[size], mask[size] = waited, fulfils
                    size += 1
                    break
                at = right  # where the next later one who is ready joins
                for k in range(high - 1, low - 1, -1):
                    joins = left + np.searchsorted(leaving_at[left:right], ready_at[k])
                    if joins < at:
                        if write:
                            source[size], target[size] = ready_node[k], leaving_node[joins]
                            cost[size], mask[size] = waited, fulfils
                        size += 1
                        at = joins
                    if joins == left:
                        break
                date += 1
            low = high
    return source, target, cost, mask


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
    return _Arcs(*(np.concatenate([getattr(part, name) for part in parts]) for name in _Arcs.__slots__[:5])), steps


def _renumbered(masks: Array, bits: tuple[int, ...]) -> Array:
    """The masks with only some bits, moved together."""
    found = np.zeros(len(masks), dtype=np.int64)
    for place, bit in enumerate(bits):
        found |= (masks >> bit & 1) << place
    return found
