"""The part of a network that cheap journeys need, and what each leg costs at least."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeAlias

import numpy as np
from attrs import define, evolve, field

from planner.bounds.ng.graph import Graph
from planner.bounds.ng.passes import GRAIN, NEVER, Labels, Passes

Array: TypeAlias = Any
Sides = tuple[Labels, Labels]  # from the start, and from the end


@define(eq=False)
class Network:
    """A network of which arcs are left out that no journey up to a cost can take. Costs are in its units.

    `graph` is what is left of the `whole`: every journey that costs `cut` at most. `through` has for each leg what a
    journey costs at least that takes it, NEVER if none does; costs above `known` are not told apart.
    `basic` is a memory small enough for every size of network.
    """

    whole: Graph
    basic: Array
    legs: int
    over: Callable[[], bool]
    ceiling: int = field(init=False)  # no journey costs more
    graph: Graph = field(init=False)
    cut: int = field(init=False)
    known: int = 0
    through: Array = field(init=False)

    def __attrs_post_init__(self) -> None:
        self.ceiling = self.whole.ceiling
        self.restart()
        self.through = np.full(self.legs, NEVER, dtype=np.int64)
        self.through[self.whole.leg[self.whole.leg >= 0]] = 0

    def passes(self, prizes: Array, memory: Array) -> Passes:
        """Passes over what is left."""
        return Passes(self.graph, self.graph.reversed(), prizes, memory)

    def sides(self, passes: Passes, cutoff: int) -> Sides | None:
        """The labels of journeys up to a cost; None if there are too many or no time."""
        if self.over():
            return None
        guide = evolve(passes, memory=self.basic).behind()
        ahead = None if guide is None else passes.ahead(guide=guide, cutoff=cutoff * GRAIN)
        behind = None if ahead is None else passes.behind(guide=ahead, cutoff=cutoff * GRAIN)
        return None if ahead is None or behind is None else (ahead, behind)

    def leave_out(self, passes: Passes, sides: Sides, cutoff: int) -> None:
        """Leave out the arcs that only dearer journeys take, by passes over what is left up to now."""
        graph = passes.graph
        dearer = cutoff + 1 if cutoff < self.ceiling else NEVER
        costs = np.minimum(-(-passes.through(*sides) // GRAIN), dearer)
        self.graph, self.cut = graph.only(costs <= cutoff), cutoff
        self.known = max(self.known, cutoff)
        # a journey through something that has been left out, now or before, costs more than the cutoff
        by_leg = np.full(self.legs, dearer, dtype=np.int64)
        np.minimum.at(by_leg, graph.leg[graph.leg >= 0], costs[graph.leg >= 0])
        left = np.zeros(self.legs, dtype=np.bool_)
        left[self.graph.leg[self.graph.leg >= 0]] = True
        self.through = np.maximum(self.through, np.where(left, by_leg, dearer))

    def narrow(self, prizes: Array, memory: Array, cutoff: int) -> None:
        """Leave out what some prizes show to be dearer than a cost that is not above `cut`."""
        passes = self.passes(prizes, memory)
        sides = self.sides(passes, cutoff)
        if sides is not None:
            self.leave_out(passes, sides, cutoff)

    def narrow_exactly(self, prizes: Array, memory: Array, cutoff: int, most: int) -> bool:
        """Leave out all that is dearer, remembering everything; False if that takes too many labels."""
        passes = self.passes(prizes, memory)
        sides = self.sides(passes, cutoff)
        if sides is None:
            return False
        whole = evolve(passes, memory=None)
        ahead = whole.ahead(guide=sides[1], cutoff=cutoff * GRAIN, exact=True, most=most)
        behind = None if ahead is None else whole.behind(guide=ahead, cutoff=cutoff * GRAIN, exact=True, most=most)
        if ahead is None or behind is None:
            self.leave_out(passes, sides, cutoff)
            return False
        self.leave_out(whole, (ahead, behind), cutoff)
        return True

    def restart(self) -> None:
        """Begin with the whole network again. What is known of the legs stays."""
        self.graph, self.cut = self.whole, self.ceiling
