"""The bare problem as a flow of one unit through time, for solvers that take equations.

A node for each port and time of departure, joined by arcs of waiting; an arc for each leg. A stay that counts as a
stop leaves the timeline of its port: a leg into the port may end at a node for stays begun on that date, from which
arcs lead to the departures after the right number of nights. One such arrival for each stop is asked for.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from attrs import frozen
from numpy.typing import NDArray

from benchmarks.instance import Instance, Numbers, Visit

Arcs = NDArray[np.int64]


@frozen(kw_only=True, eq=False)
class Flow:
    """Arcs as columns; every node but `source` and `sink` gives what it gets. `visits`: of each, one arc is used."""

    tail: Arcs
    head: Arcs
    cost: Arcs
    nodes: int
    source: int
    sink: int
    visits: tuple[Arcs, ...]

    def balance(self) -> NDArray[np.int64]:
        """What each node gives more than it gets."""
        surplus = np.zeros(self.nodes, dtype=np.int64)
        surplus[self.source] += 1
        surplus[self.sink] -= 1
        return surplus


class _Network:
    """Nodes and arcs under construction."""

    def __init__(self, instance: Instance) -> None:
        self.instance = instance
        self.began = int(instance.departs.min())
        self.span = int(instance.arrives.max()) + instance.transfer - self.began + 2
        departures = self.keys(instance.from_port, instance.departs)
        lasts = np.arange(1, instance.ports + 1, dtype=np.int64) * self.span - 1  # when nothing departs any more
        self.key = np.unique(np.concatenate([departures, lasts]))
        self.at = np.searchsorted(self.key, departures)  # each leg's departure
        self.date = np.zeros(len(self.key), dtype=np.int64)
        self.date[self.at] = instance.departs_on
        self.nodes = len(self.key)
        self.departing = np.arange(self.nodes)  # where legs leave: after waiting, at ports of stops a node of its own
        self.arcs: list[tuple[Arcs, Arcs, Arcs]] = []
        self.count = 0

    def keys(self, ports: Any, minutes: Any) -> Arcs:
        """Sorted as (port, minute)."""
        found: Arcs = np.asarray(ports).astype(np.int64) * self.span + (np.asarray(minutes) - self.began)
        return found

    def timeline(self, port: int) -> slice:
        """The nodes of a port, the last one without departures."""
        first, end = np.searchsorted(self.key, [port * self.span, (port + 1) * self.span])
        return slice(int(first), int(end))

    def add(self, tail: Arcs, head: Arcs, cost: Numbers | int = 0) -> Arcs:
        """Add arcs; their numbers."""
        self.arcs.append((tail, head, np.broadcast_to(np.asarray(cost, dtype=np.int64), tail.shape)))
        self.count += len(tail)
        return np.arange(self.count - len(tail), self.count)

    def new(self, count: int) -> Arcs:
        """Numbers of new nodes."""
        self.nodes += count
        return np.arange(self.nodes - count, self.nodes)


def flow(instance: Instance) -> Flow:
    """The flow problem. Ports of different stops must be different."""
    net = _Network(instance)
    port = net.key // net.span
    waits = np.flatnonzero(port[:-1] == port[1:])
    net.add(waits, waits + 1)
    asked = [place for visit in instance.visits for place in visit.ports]
    assert len(asked) == len(set(asked)), "two stops at one port"
    for place in asked:
        line = np.arange(net.timeline(place).start, net.timeline(place).stop)
        net.departing[line] = net.new(len(line))
        net.add(line, net.departing[line])
    ready = net.keys(instance.to_port, instance.arrives + instance.transfer)
    net.add(net.departing[net.at], np.searchsorted(net.key, ready), instance.price)
    visits = tuple(
        np.concatenate([_stays(net, visit, place, ready) for place in visit.ports]) for visit in instance.visits
    )
    tail, head, cost = (np.concatenate(column) for column in zip(*net.arcs, strict=True))
    return Flow(
        tail=tail,
        head=head,
        cost=cost,
        nodes=net.nodes,
        source=net.timeline(instance.start).start,
        sink=net.timeline(instance.goal).stop - 1,
        visits=visits,
    )


def _stays(net: _Network, visit: Visit, place: int, ready: Arcs) -> Arcs:
    """Nodes for stays at a port, by date of arrival and first departure that will do; the arcs of legs into them."""
    legs = np.flatnonzero(net.instance.to_port == place)
    line = net.timeline(place)
    dates = net.date[line][:-1]
    arrival = net.instance.arrives_on[legs].astype(np.int64)
    enough = line.start + np.searchsorted(dates, arrival + visit.least)
    first = np.maximum(enough, np.searchsorted(net.key, ready[legs]))
    kinds, kind = np.unique(np.stack([arrival, first]), axis=1, return_inverse=True)
    last = line.start + np.searchsorted(dates, kinds[0] + visit.most, side="right")
    stay = net.new(kinds.shape[1])
    for node, begin, end in zip(stay.tolist(), kinds[1].tolist(), last.tolist(), strict=True):
        departures = np.arange(begin, max(begin, end))
        net.add(np.full(len(departures), node), net.departing[departures])
    return net.add(net.departing[net.at[legs]], stay[kind.ravel()], net.instance.price[legs])
