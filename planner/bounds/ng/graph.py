"""An acyclic network: every path from its first node to its last is a journey."""

from __future__ import annotations

from typing import Any, TypeAlias

import numpy as np
from attrs import evolve, frozen

from planner.bounds.compiled import compiled

Array: TypeAlias = Any


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
        return dearest(len(self), self.source, self.target, self.cost)

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
    return int(found[count - 1])


@compiled
def reachable(count: int, source: Array, target: Array, arcs: Array) -> Array:
    """Which nodes some of the arcs (a mask) lead to from node 0. They are sorted by source or by target."""
    found = np.zeros(count, dtype=np.bool_)
    found[0] = True
    for arc in range(len(source)):
        if arcs[arc] and found[source[arc]]:
            found[target[arc]] = True
    return found
