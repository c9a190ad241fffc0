"""Sweeps over a relaxed problem: what any journey costs at least, and any journey that takes a given leg.

Dijkstra's label setting in a network that is ordered by time: each leg is looked at once forward and once backward,
with one label for each set of wishes fulfilled. Memory stays bounded: the labels on departure are kept for a block of
departures at a time, and worked out again, from a copy of the state at the block's beginning, when the backward sweep
comes to it.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

import numpy as np
from attrs import define, frozen
from numpy.typing import NDArray

from planner.bounds.compiled import available
from planner.bounds.engine import NO_WAY, Array, Engine, TooDearError, never
from planner.bounds.order import InOrder, Visits, in_order, visits
from planner.bounds.relaxed import Relaxed
from planner.bounds.states import States, kept, states

MOST_STATES = 1 << 10
LITTLE = 10_000_000  # labels that NumPy deals with in the time that loading compiled loops takes
PER_LEG = 1_000  # a leg takes as much time besides its labels as so many of them
CHUNK = 1 << 22  # labels looked at together for changes

T = TypeVar("T")


@frozen(eq=False)
class Bounds:
    """What a relaxed problem says about every journey, in minor units.

    `lower`: no journey costs less; None: there is none. `through`: the same for the journeys that take a leg (by row
    of the problem), NO_WAY if there is none; costs above `known` are not told apart. `wishes` are the numbers of those
    that were kept track of.
    """

    lower: int | None
    through: NDArray[np.int64]
    wishes: tuple[int, ...]
    known: int = int(NO_WAY)


@frozen(eq=False)
class Labels:
    """The labels of every leg, in minor units; the states are those of `states`.

    `before[i, s]`: the least cost of departing on leg i in state s, what the visit just ended and the leg itself fulfil
    included; `onward[i, s]`: that of going on from there to the end, the leg's own cost included. From `infinite` on:
    there is no way. Rows are those of the problem; its `fixed` is in none of them.
    """

    states: States
    before: NDArray[np.int64]
    onward: NDArray[np.int64]
    infinite: int
    _problem: Relaxed
    _visits: Visits
    _first_day: int

    def through(self) -> NDArray[np.int64]:
        """The least cost of a journey that takes a leg, by row."""
        sums: NDArray[np.int64] = (self.before + self.onward).min(axis=1, initial=2 * self.infinite)
        return np.minimum(sums, self.infinite)

    def changing(self, befores: Array, afters: Array) -> NDArray[np.int64]:
        """The least cost of a journey that takes one leg (row) and then, by a landside change, the other; for pairs."""
        problem, visits = self._problem, self._visits
        port = problem.to_port[befores]
        arrived = problem.arrives_on[befores] - self._first_day
        leaves = problem.departs_on[afters] - self._first_day
        kind, target = visits.kind[port], visits.kind[problem.to_port[afters]]
        visit, way = np.zeros((2, len(befores)), dtype=np.int32)
        here, there = kind >= 0, (kind >= 0) & (target >= 0)
        visit[here] = visits.visit(kind[here], arrived[here], leaves[here])
        way[there] = visits.inner[kind[there], target[there]]
        found = np.empty(len(befores), dtype=np.int64)
        for pairs in _alike(kind, visit, way):
            one = pairs[0]
            after = self._after(kind[one], visit[one]), self._after(kind[one], way[one])
            states = np.unique([last[first] for first in after[0] for last in after[1]], axis=0)
            for some in np.array_split(pairs, 1 + len(pairs) * self.states.count // CHUNK):
                ahead, back = self.before[befores[some]], self.onward[afters[some]]
                found[some] = np.min([(ahead + back[:, then]).min(axis=1) for then in states], axis=0)
        found += problem.cost[befores] + problem.nightly[port] * (leaves - arrived)
        return np.minimum(found, self.infinite)

    def _after(self, kind: int, mask: int) -> Array:
        return self.states.after(self._visits.base[kind] + mask if kind >= 0 else -1)


def _alike(*columns: Array) -> list[Array]:
    """The positions at which all of some columns are the same, for each of their combinations."""
    order = np.lexsort(columns)
    new = np.any([np.diff(column[order]) != 0 for column in columns], axis=0)
    return [part for part in np.split(order, np.flatnonzero(new) + 1) if len(part)]


def sweep(relaxed: Relaxed, most_states: int = MOST_STATES, over: Callable[[], bool] = never) -> Bounds:
    """Bounds on every journey. Wishes beyond `most_states` states are left out, which leaves the bounds valid.

    Raises Stopped once time is `over`.
    """
    numbers = kept(relaxed, most_states)
    found, order = states(relaxed, numbers), in_order(relaxed)
    lower, by_leg = _worked_out(
        order, visits(found, order.first_day, order.days), found, lambda engine: engine.run(over=over)
    )
    if _at_home(relaxed, found):
        lower = 0
    through = np.empty(len(order), dtype=np.int64)
    through[order.rows] = np.where(by_leg >= NO_WAY, NO_WAY, by_leg + relaxed.fixed)
    return Bounds(lower=None if lower >= NO_WAY else lower + relaxed.fixed, through=through, wishes=tuple(numbers))


def labels(relaxed: Relaxed, most_states: int = MOST_STATES) -> Labels:
    """The labels of every leg; memory grows with legs times states. `fixed` is not in them."""
    found, order = states(relaxed, kept(relaxed, most_states)), in_order(relaxed)
    tables = visits(found, order.first_day, order.days)
    by_leg = _worked_out(order, tables, found, Engine.labels)
    before, onward = (np.empty_like(part) for part in by_leg)
    before[order.rows], onward[order.rows] = by_leg
    return Labels(found, before, onward, int(NO_WAY), relaxed, tables, order.first_day)


def _worked_out(order: InOrder, tables: Visits, found: States, work: Callable[[Engine], T]) -> T:
    """What a sweep finds, by the engine that suits the problem's size."""
    if not _compiled(order, found):
        from planner.bounds.batches import Batches

        return work(Batches.of(order, tables, found))
    from planner.bounds.loops import Loops

    try:
        return work(Loops.of(order, tables, found, wide=False))
    except TooDearError:
        return work(Loops.of(order, tables, found, wide=True))


@define
class _Work:
    """What NumPy has been asked to do in this process, in labels."""

    labels: int = 0


_asked = _Work()


def _compiled(order: InOrder, found: States) -> bool:
    """Whether to use compiled loops: from when loading them takes no longer than what NumPy was asked to do so far."""
    _asked.labels += len(order) * (PER_LEG + found.count)
    return _asked.labels > LITTLE and available()


def _at_home(relaxed: Relaxed, found: States) -> bool:
    """Whether not travelling at all fulfils every wish."""
    here = [wish.ports[relaxed.start] and wish.from_start and wish.to_end for wish in found.wishes]
    return relaxed.start == relaxed.goal and all(here) and not relaxed.apart
