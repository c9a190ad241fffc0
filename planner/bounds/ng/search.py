"""The search for the optimum of a relaxed problem with many wishes: prizes, and a network that gets smaller."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeAlias

import numpy as np
from attrs import define, evolve, field, frozen

from planner.bounds.ng import memory as memories
from planner.bounds.ng.ascent import Ascent, ascend
from planner.bounds.ng.graph import Graph
from planner.bounds.ng.network import Network
from planner.bounds.ng.passes import GRAIN, MOST_LABELS, NEVER, Labels, Passes
from planner.bounds.relaxed import Relaxed

Array: TypeAlias = Any
WIDTH = 40  # labels a node in the search for a journey
FIRST_TRY, LAST_TRY = 500_000, 8_000_000  # labels to go through everything that is left
SHARP = 300_000  # the same for exact bounds of all legs
FEWER = 0.9  # part of the arcs that may be left after a round that was worth it


@frozen
class Stage:
    """Wishes remembered at a port besides its own; steps and length of the first; where the optimum is looked for.

    `slack` says how far above the bound, as a part of it, the journeys go that are left in the network.
    """

    nearest: int
    steps: int
    length: float
    slack: float


STAGES = (Stage(3, 60, 1.0, 0.05), Stage(3, 40, 0.3, 0.04), Stage(8, 25, 0.2, 0.03))
LAST = Stage(8, 15, 0.2, 0.03)  # repeated, with what is remembered growing


@define(eq=False)
class Search:
    """One search. Costs are in units of the network, without what is fixed. It ends when `over` says so.

    `limit`: what is dearer is of no interest. `lower` is proved for every journey; `best` is the cost and the rows of
    the cheapest journey known that fulfils every wish.
    """

    relaxed: Relaxed
    whole: Graph
    limit: int | None
    over: Callable[[], bool]
    lower: int = 0
    best: tuple[int, list[int]] | None = None
    rounds: int = 0
    network: Network = field(init=False)
    memory: Array = field(init=False)
    prizes: Array = field(init=False)
    last: Ascent = field(init=False)
    proofs: list[tuple[Array, Array]] = field(factory=list)  # prizes and memory that narrow the network well
    slack: float = 0.0
    most: int = FIRST_TRY

    def __attrs_post_init__(self) -> None:
        self.prizes = _first_prizes(self.relaxed, self.whole)
        self.last = Ascent(self.prizes)
        self.memory = self._remembering(STAGES[0])
        self.network = Network(self.whole, self.memory, len(self.relaxed), self.over)

    def run(self) -> None:
        """Search until the optimum is known, or nothing is left below the limit, or the time is over."""
        if np.bitwise_or.reduce(self.whole.fulfils, initial=0) != self.whole.full or not len(self.whole.source):
            self.lower = NEVER
        for stage in STAGES:
            if self._open():
                self.memory, self.slack = self._remembering(stage), stage.slack
                self._improve(stage)
                self._narrow(remember=True)
        while self._open():
            memory = memories.grown(self.memory, self.last.ports, self.last.takings)
            if (memory == self.memory).all() and self.most > LAST_TRY:
                break
            self.memory = memory
            self._improve(LAST)
            self._narrow(remember=False)
        self._sharpen()

    def _remembering(self, stage: Stage) -> Array:
        own = memories.own(self.relaxed, self.whole)
        return memories.with_nearest(own, memories.nearest(self.relaxed, self.whole), stage.nearest)

    def _open(self) -> bool:
        """Whether there is anything left to find out, and time."""
        solved = self.best is not None and self.lower >= self.best[0]
        beyond = self.lower >= NEVER or (self.limit is not None and self.lower > self.limit)
        return not solved and not beyond and not self.over()

    def _improve(self, stage: Stage) -> None:
        """Work out better prizes on what is left of the network."""
        found = self._ascend(self.network.graph, stage)
        self.last, self.prizes = found, found.prizes
        if found.journey is not None:
            self._met(found.journey[1], self.network.graph)
        if found.value is not None:
            self._proved(-(-found.value // GRAIN))
        elif found.complete:
            self._proved(NEVER)

    def _ascend(self, graph: Graph, stage: Stage) -> Ascent:
        self.rounds += 1
        aim = self.network.cut if self.best is None else min(self.network.cut, self.best[0])
        steps, length = stage.steps, stage.length
        return ascend(graph, self.memory, self.prizes, aim, steps=steps, length=length, over=self.over)

    def _met(self, arcs: list[int], graph: Graph) -> None:
        """A journey that fulfils every wish."""
        cost = int(graph.cost[arcs].sum())
        if self.best is None or cost < self.best[0]:
            legs = graph.leg[arcs]
            self.best = cost, self.relaxed.rows[legs[legs >= 0]].tolist()

    def _proved(self, lower: int) -> None:
        """No journey in what is left of the network costs less; so none at all, up to its `cut`."""
        if lower > self.network.cut:
            lower = NEVER if self.network.cut >= self.network.ceiling else self.network.cut + 1
        self.lower = max(self.lower, lower if self.best is None else min(lower, self.best[0]))

    def _narrow(self, remember: bool) -> None:
        """Look for journeys, and leave out of the network those that cost much more than the bound."""
        if not self._open():
            return
        if remember:
            self.proofs.append((self.prizes, self.memory))
        if self.lower > self.network.cut:  # it was looked for too low
            self.slack *= 1.25
            self._restart(self._cutoff())
        cutoff = min(self.network.cut, self._cutoff())
        passes = self.network.passes(self.prizes, self.memory)
        sides = self.network.sides(passes, cutoff)
        if sides is not None:
            self._search(passes, sides[1], cutoff)
            self.network.leave_out(passes, sides, cutoff)

    def _cutoff(self) -> int:
        """Up to which cost to look next."""
        costs = [self.network.ceiling, self.lower + int(self.lower * self.slack) + 1]
        if self.best is not None:
            costs.append(self.best[0])
        if self.limit is not None:
            costs.append(self.limit)
        return min(costs)

    def _restart(self, cutoff: int) -> None:
        """Begin with the whole network again, narrowed by what is known to narrow it."""
        self.network.restart()
        for prizes, memory in self.proofs:
            self.network.narrow(prizes, memory, cutoff)

    def _search(self, passes: Passes, behind: Labels, cutoff: int) -> None:
        """Look for journeys: only at the most promising labels first, then at all if there are not too many."""
        whole = evolve(passes, memory=None)
        for width, most in ((WIDTH, MOST_LABELS), (NEVER, self.most)):
            below = cutoff if self.best is None else min(cutoff, self.best[0] - 1)
            labels = whole.ahead(guide=behind, exact=True, cutoff=below * GRAIN, width=width, most=most)
            label = None if labels is None else labels.at_end(passes.graph.full)
            if labels is not None and label is not None:
                self._met(labels.walk(label), passes.graph)
            if width == NEVER and labels is None:
                self.most *= 2
            elif width == NEVER:
                self._proved(below + 1 if label is None or self.best is None else self.best[0])

    def _sharpen(self) -> None:
        """Raise the bounds of legs up to the limit, or to the optimum: exactly, or as long as many are left out."""
        network = self.network
        target = network.cut if self.best is None else self.best[0]
        if self.limit is not None:
            target = min(self.limit, self.network.ceiling)
        if self.lower > target:
            return
        self.proofs.append((self.prizes, self.memory))
        if target > network.cut:
            self._restart(target)
        exact = network.narrow_exactly(self.prizes, self.memory, target, SHARP)
        before = NEVER
        while not exact and len(network.graph.source) < FEWER * before and not self.over():
            before = len(network.graph.source)
            memory = self.memory | self._remembering(LAST)
            self.memory = memories.grown(memory, self.last.ports, self.last.takings)
            self._improve(LAST)
            exact = network.narrow_exactly(self.prizes, self.memory, target, SHARP)


def _first_prizes(relaxed: Relaxed, graph: Graph) -> Array:
    """What it costs at least to come to a wish's ports and to leave them again, in grains."""
    found = np.zeros(len(graph.wishes), dtype=np.int64)
    for bit, number in enumerate(graph.wishes):
        ports = relaxed.wishes[number].ports
        for end in (relaxed.from_port, relaxed.to_port):
            found[bit] += int(relaxed.cost[ports[end]].min()) if ports[end].any() else 0
    return found // graph.unit * GRAIN
