"""Sweeps over a relaxed problem: what any journey costs at least, and any journey that takes a given leg.

Dijkstra's label setting in a network that is ordered by time: each leg is looked at once forward and once backward,
with one label for each set of wishes fulfilled. Memory stays bounded: the labels on departure are kept for a block of
departures at a time, and worked out again, from a copy of the state at the block's beginning, when the backward sweep
comes to it.
"""

from __future__ import annotations

from typing import Any, TypeAlias

import numpy as np
from attrs import define, frozen
from numpy.typing import NDArray

from planner.bounds.kernel import backward, changing, forward
from planner.bounds.relaxed import Relaxed
from planner.bounds.states import States, kept, states

MOST_STATES = 1 << 10
BLOCK = 1 << 28  # bytes of labels kept at a time
NO_WAY = np.int64(1) << 60  # a bound that no journey has: there is none

Array: TypeAlias = NDArray[Any]


@frozen(eq=False)
class Bounds:
    """What a relaxed problem says about every journey, in minor units.

    `lower`: no journey costs less; None: there is none. `through`: the same for the journeys that take a leg (by row
    of the problem), NO_WAY if there is none. `wishes` are the numbers of those that were kept track of.
    """

    lower: int | None
    through: NDArray[np.int64]
    wishes: tuple[int, ...]


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
    _sweeps: _Sweeps

    def through(self) -> NDArray[np.int64]:
        """The least cost of a journey that takes a leg, by row."""
        sums: NDArray[np.int64] = (self.before + self.onward).min(axis=1, initial=2 * self.infinite)
        return np.minimum(sums, self.infinite)

    def changing(self, befores: Array, afters: Array) -> NDArray[np.int64]:
        """The least cost of a journey that takes one leg (row) and then, by a landside change, the other; for pairs."""
        sweeps = self._sweeps
        found: NDArray[np.int64] = changing(
            befores, afters, sweeps.legs, sweeps.problem[2], sweeps.tables, self.before, self.onward, self.infinite
        )
        return found


def sweep(relaxed: Relaxed, most_states: int = MOST_STATES) -> Bounds:
    """Bounds on every journey. Wishes beyond `most_states` states are left out, which leaves the bounds valid."""
    numbers = kept(relaxed, most_states)
    found = states(relaxed, numbers)
    for kind in (np.int32, np.int64):
        sweeps = _Sweeps.over(relaxed, found, np.dtype(kind))
        lower, through = sweeps.run(max(1, BLOCK // (found.count * np.dtype(kind).itemsize)))
        if kind is np.int64 or lower < sweeps.infinite or not len(relaxed):
            break
    at_home = _at_home(relaxed, found)
    if at_home:
        lower = 0
    wide = np.where(through >= sweeps.infinite, NO_WAY, through.astype(np.int64) + relaxed.fixed)
    return Bounds(
        lower=None if lower >= sweeps.infinite else int(lower) + relaxed.fixed, through=wide, wishes=tuple(numbers)
    )


def labels(relaxed: Relaxed, most_states: int = MOST_STATES) -> Labels:
    """The labels of every leg; memory grows with legs times states. `fixed` is not in them."""
    found = states(relaxed, kept(relaxed, most_states))
    sweeps = _Sweeps.over(relaxed, found, np.dtype(np.int64))
    before, onward = sweeps.labels()
    return Labels(found, before, onward, sweeps.infinite, sweeps)


def _at_home(relaxed: Relaxed, found: States) -> bool:
    """Whether not travelling at all fulfils every wish."""
    here = [wish.ports[relaxed.start] and wish.from_start and wish.to_end for wish in found.wishes]
    return relaxed.start == relaxed.goal and all(here) and not relaxed.apart


@define(eq=False)
class _Sweeps:
    """The arrays that the kernel works on. Labels are of type `kind`; `infinite` means «no way»."""

    legs: tuple[Array, ...]
    problem: tuple[Any, ...]
    tables: tuple[Any, ...]
    shape: tuple[int, int, int, int]  # ports, places with wishes, days, states
    flights: int  # legs under way at the same time
    kind: np.dtype[Any]
    infinite: int

    @classmethod
    def over(cls, relaxed: Relaxed, found: States, kind: np.dtype[Any]) -> _Sweeps:
        """Put the legs in order of time."""
        infinite = int(np.iinfo(kind).max) // 2
        by_departure = np.argsort(relaxed.departs, kind="stable").astype(np.int32)
        by_ready = np.argsort(relaxed.ready, kind="stable").astype(np.int32)
        starts, ends = relaxed.departs[by_departure], relaxed.ready[by_ready]
        under_way = np.searchsorted(starts, starts, "right") - np.searchsorted(ends, starts, "right")
        first_day = int(min(relaxed.departs_on.min(initial=0), relaxed.arrives_on.min(initial=0)))
        if len(relaxed):
            first_day = int(min(relaxed.departs_on.min(), relaxed.arrives_on.min()))
        last_day = int(max(relaxed.departs_on.max(initial=first_day), relaxed.arrives_on.max(initial=first_day)))
        return cls(
            legs=(
                by_departure,
                by_ready,
                relaxed.from_port.astype(np.int32, copy=False),
                relaxed.to_port.astype(np.int32, copy=False),
                relaxed.departs.astype(np.int64, copy=False),
                relaxed.ready.astype(np.int64, copy=False),
                relaxed.departs_on.astype(np.int32, copy=False),
                relaxed.arrives_on.astype(np.int32, copy=False),
                np.minimum(relaxed.cost, infinite).astype(np.int64),
                relaxed.first,
                relaxed.last,
            ),
            problem=(relaxed.start, relaxed.goal, relaxed.nightly.astype(np.int64), first_day),
            tables=(
                found.add,
                found.place,
                found.begin,
                found.wish,
                found.instant,
                found.base,
                found.choices,
                found.choice,
                np.array(found.limits()).reshape(6, -1),
                found.full,
            ),
            shape=(len(relaxed.nightly), found.places, last_day - first_day + 1, found.count),
            flights=int(under_way.max(initial=0)) + 2,
            kind=kind,
            infinite=infinite,
        )

    def run(self, block: int) -> tuple[int, Array]:
        """The least cost of a journey, and by leg that of one that takes it."""
        count = len(self.legs[0])
        beginnings = range(0, count, block)
        ahead, in_flight = self._fresh(forwards=True)
        saved: list[tuple[Any, ...]] = []
        rows = np.empty((0, self.shape[3]), dtype=self.kind)
        best = self.infinite
        for begin in beginnings:
            span = np.array([begin, min(begin + block, count)])
            if len(beginnings) > 1:
                saved.append(_copy(ahead, in_flight))
            else:
                rows = np.empty((count, self.shape[3]), dtype=self.kind)
            best = min(best, int(self._forward(span, ahead, in_flight, rows)))
        through = np.full(count, self.infinite, dtype=self.kind)
        if best >= self.infinite:
            return best, through
        back, in_flight_back = self._fresh(forwards=False)
        none = np.empty((0, self.shape[3]), dtype=self.kind)
        again = self.infinite
        for begin in reversed(beginnings):
            span = np.array([begin, min(begin + block, count)])
            if len(beginnings) > 1:
                rows = np.empty((span[1] - span[0], self.shape[3]), dtype=self.kind)
                at_ports, flight = saved.pop()
                self._forward(span, at_ports, _in_flight(flight, count), rows)
            found = self._backward(span, back, in_flight_back, rows, through, none)
            again = min(again, int(found))
        assert again == best, "the sweeps forward and backward disagree"
        return best, through

    def labels(self) -> tuple[Array, Array]:
        """By leg: the labels on departure, and those of going on from there."""
        count, span = len(self.legs[0]), np.array([0, len(self.legs[0])])
        before = np.empty((count, self.shape[3]), dtype=self.kind)
        onward = np.empty((count, self.shape[3]), dtype=self.kind)
        self._forward(span, *self._fresh(forwards=True), before)
        through = np.empty(count, dtype=self.kind)
        self._backward(span, *self._fresh(forwards=False), before, through, onward)
        order = np.empty(count, dtype=np.int64)
        order[self.legs[0]] = np.arange(count)
        return before[order], onward[order]

    def _forward(self, span: Array, ahead: Any, flight: Any, rows: Array) -> int:
        return forward(self.legs, span, self.problem, self.tables, ahead, flight, rows, self.infinite)

    def _backward(self, span: Array, back: Any, flight: Any, rows: Array, through: Array, onward: Array) -> int:
        return backward(self.legs, span, self.problem, self.tables, back, flight, rows, through, onward, self.infinite)

    def _fresh(self, forwards: bool) -> tuple[tuple[Array, ...], tuple[Array, ...]]:
        """Labels before anything has happened, and no leg under way."""
        ports, places, days, count = self.shape
        first_day = self.problem[3]
        pointer = 0 if forwards else len(self.legs[0]) - 1
        at_ports = (
            np.full((ports, count), self.infinite, dtype=self.kind),
            np.full(ports, first_day if forwards else first_day + days - 1, dtype=np.int64),
            np.empty((places, days, count), dtype=self.kind),
            np.zeros((places, days), dtype=np.bool_),
            np.empty((places, count), dtype=self.kind),
            np.full(places, -1, dtype=np.int64),
            np.array([pointer, self.flights - 1], dtype=np.int64),
        )
        in_flight = (
            np.full(len(self.legs[0]), -1, dtype=np.int32),
            np.empty((self.flights, count), dtype=self.kind),
            np.arange(self.flights, dtype=np.int32),
        )
        return at_ports, in_flight


def _copy(ahead: tuple[Array, ...], flight: tuple[Array, ...]) -> tuple[Any, ...]:
    """A copy of the state of a sweep; of the legs under way only those that are."""
    slot_of, slots, unused = flight
    flying = np.flatnonzero(slot_of >= 0)
    return tuple(part.copy() for part in ahead), (flying, slot_of[flying], slots.copy(), unused.copy())


def _in_flight(saved: tuple[Array, ...], count: int) -> tuple[Array, ...]:
    flying, slot, slots, unused = saved
    slot_of = np.full(count, -1, dtype=np.int32)
    slot_of[flying] = slot
    return slot_of, slots, unused
