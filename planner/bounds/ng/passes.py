"""Passes over the network for given prizes: the best path, bounds for the arcs, journeys that fulfil every wish."""

from __future__ import annotations

from typing import Any, TypeAlias

import numpy as np
from attrs import field, frozen

from planner.bounds.ng.graph import Graph
from planner.bounds.ng.labels import join, spread

Array: TypeAlias = Any
GRAIN = 256  # prizes are whole parts of a unit of cost, that many to the unit
NEVER = 1 << 60
EVERYTHING = (1 << 62) - 1
MOST_LABELS = 8_000_000


@frozen(eq=False)
class Labels:
    """The labels of all nodes, cheapest first; those of node v are `start[v]` to `start[v + 1]`."""

    start: Array
    masks: Array
    values: Array
    parents: Array
    arcs: Array

    def at_end(self, mask: int | None = None) -> int | None:
        """The cheapest label of the last node (that remembers all of a mask), if there is one."""
        for label in range(int(self.start[-2]), int(self.start[-1])):
            if mask is None or int(self.masks[label]) & mask == mask:
                return label
        return None

    def walk(self, label: int) -> list[int]:
        """The arcs that lead to a label, in order."""
        found = []
        while self.parents[label] >= 0:
            found.append(int(self.arcs[label]))
            label = int(self.parents[label])
        return found[::-1]


@frozen(eq=False)
class Passes:
    """A network with prizes by wish (in grains, none negative) and what is remembered at each port (masks)."""

    graph: Graph
    back: Graph  # the same reversed
    prizes: Array
    memory: Array | None  # None: everything is remembered everywhere
    sums: Array = field(init=False)

    def __attrs_post_init__(self) -> None:
        object.__setattr__(self, "sums", _sums(self.prizes))

    @property
    def total(self) -> int:
        """The sum of all prizes, in grains: what a label at the last node lacks to be a cost."""
        return int(self.prizes.sum())

    def ahead(self, **limits: Any) -> Labels | None:
        """The labels from the start on; None if there are too many. See `spread` for the limits."""
        return self._spread(self.graph, **limits)

    def behind(self, **limits: Any) -> Labels | None:
        """The labels from the end back; nodes are numbered from the end. None if there are too many."""
        return self._spread(self.back, **limits)

    def _spread(
        self,
        graph: Graph,
        *,
        guide: Labels | None = None,
        cutoff: int = NEVER,
        width: int = NEVER,
        most: int = MOST_LABELS,
        exact: bool = False,
    ) -> Labels | None:
        """`cutoff` is a cost in grains."""
        none = np.zeros(0, dtype=np.int64)
        found = spread(
            _columns(graph),
            self.remembers(graph),
            self.sums,
            (none, none, none) if guide is None else (guide.start, guide.masks, guide.values),
            cutoff - self.total,
            width,
            most,
            exact,
        )
        return Labels(*found) if len(found[0]) else None

    def remembers(self, graph: Graph) -> Array:
        """The mask of what is remembered at each node."""
        if self.memory is None:
            return np.full(len(graph), EVERYTHING, dtype=np.int64)
        return np.where(graph.port >= 0, self.memory[graph.port], EVERYTHING)

    def through(self, ahead: Labels, behind: Labels) -> Array:
        """For each arc what a path through it costs at least, in grains; NEVER or more if there is none."""
        graph = self.graph
        found: Array = join(
            _columns(graph),
            self.remembers(graph),
            self.sums,
            (ahead.start, ahead.masks, ahead.values),
            (behind.start, behind.masks, behind.values),
            graph.full if self.memory is None else 0,
        )
        return found + self.total

    def takings(self, arcs: list[int]) -> list[tuple[int, int]]:
        """Where along a path prizes are taken: pairs of the place in the path and the mask of the wishes."""
        remembers, mask, found = self.remembers(self.graph), 0, []
        for place, arc in enumerate(arcs):
            fulfils = int(self.graph.fulfils[arc])
            if fulfils & ~mask:
                found.append((place, fulfils & ~mask))
            mask = (mask | fulfils) & int(remembers[self.graph.target[arc]])
        return found


def _columns(graph: Graph) -> tuple[Array, Array, Array, Array]:
    return graph.first, graph.source, graph.cost * GRAIN, graph.fulfils


def _sums(prizes: Array) -> Array:
    """The prizes of each set of eight wishes."""
    padded = np.zeros(-(-max(1, len(prizes)) // 8) * 8, dtype=np.int64)
    padded[: len(prizes)] = prizes
    bits = np.arange(256)[:, None] >> np.arange(8) & 1
    return np.ascontiguousarray((bits @ padded.reshape(-1, 8).T).T)
