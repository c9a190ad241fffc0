"""What the two engines for sweeps have in common: where they keep labels, and the order of their passes.

Labels at a port are kept less the cost of the nights from the first day on (backward: to the last day), so that waiting
needs no work: whoever reads a label adds the nights to that date.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Iterator
from math import isqrt
from typing import Any, TypeAlias

import numpy as np
from attrs import define, evolve, frozen
from numpy.typing import NDArray

from planner.bounds.order import InOrder, Visits
from planner.bounds.states import States
from planner.core.errors import InternalError

NO_WAY = np.int64(1) << 60  # a bound that no journey has: there is none
BLOCK = 1 << 28  # bytes of labels kept at a time
PART = 1 << 13  # legs between two looks at whether there is any time left

Array: TypeAlias = NDArray[Any]


@define(eq=False)
class Front:
    """Where a sweep stands between two legs. Labels are rows over the states.

    `free` has the labels of being at a port, whatever comes of the visit. For ports with wishes, `visits` has those of
    being there since an arrival on a day, or, backward, of leaving on a day (if `visited` says so), and `today`
    joins both for the day `today_on` (-1: none yet). A leg under way keeps its labels in a slot: `slot_of` by leg
    (-1: not under way), `slots`, and the stack `unused`. `counters`: the next leg of `by_ready` to come, the top of the
    stack, and the highest label seen.
    """

    free: Array
    visits: Array
    visited: Array
    today: Array
    today_on: Array
    slot_of: Array
    slots: Array
    unused: Array
    counters: Array

    def arrays(self) -> tuple[Array, ...]:
        """All of it, as the compiled loops want it."""
        return (
            self.free,
            self.visits,
            self.visited,
            self.today,
            self.today_on,
            self.slot_of,
            self.slots,
            self.unused,
            self.counters,
        )


class Stopped(Exception):
    """There is no time left for a sweep: it says nothing."""


def never() -> bool:
    """There is always time left."""
    return False


class TooDearError(Exception):
    """A label does not fit into the engine's type: use a wider one."""


@define(eq=False)
class Engine(ABC):
    """Sweeps over a problem's legs, with labels of type `kind`; `infinite` means «no way». Legs are those of `order`.

    The two kinds of engine give the same results: `Loops` are compiled, which takes numba and the time to load it;
    `Batches` work on all legs of a minute at a time, with NumPy alone.
    """

    order: InOrder
    visits: Visits
    states: States
    kind: np.dtype[Any]
    infinite: int

    def run(self, block: int | None = None, over: Callable[[], bool] = never) -> tuple[int, Array]:
        """The least cost of a journey, and by leg that of one that takes it; from NO_WAY on, there is none.

        `block` is the number of legs whose labels are kept at a time. The forward sweep is taken up again at the
        beginning of each block, from a copy of its front, when the backward sweep comes there. That there is no journey
        is said by both sweeps, each by itself. Raises InternalError if they disagree, Stopped once time is `over`.
        """
        count = len(self.order)
        block = min(block or self._block(), count)
        spans = [(begin, min(begin + block, count)) for begin in range(0, count, block)] if count else []
        through = np.full(count, self.infinite, dtype=self.kind)
        rows = np.empty((block, self.states.count), dtype=self.kind)
        front, saved, best = self._fresh(), [], self.infinite
        for span in spans:
            saved.append(_save(front))
            best = min(best, self._ahead(front, span, rows, over))
        back, again, possible = self._fresh(backward=True), self.infinite, best < self.infinite
        while spans:
            span, before = spans.pop(), saved.pop()
            if span[1] < count and possible:
                self._ahead(_restored(before), span, rows, over)
            for begin, end in _parts(span, over, backward=True):
                again = min(again, self._backward(back, (begin, end), rows[begin - span[0] :], through))
        if again != best:
            raise InternalError("the sweeps forward and backward disagree")
        if not possible:  # both sweeps say so; what they left by leg means nothing
            through[:] = self.infinite
        return best if possible else int(NO_WAY), self._wide(through)

    def _ahead(self, front: Front, span: tuple[int, int], rows: Array, over: Callable[[], bool]) -> int:
        """Sweep over a span, with a look at the time now and then. Raises Stopped."""
        return min(self._forward(front, (begin, end), rows[begin - span[0] :]) for begin, end in _parts(span, over))

    def labels(self) -> tuple[Array, Array]:
        """By leg: the labels on departure, and those of going on from there, the leg's cost included.

        NO_WAY where there is none.
        """
        count = len(self.order)
        before = np.full((count, self.states.count), self.infinite, dtype=self.kind)
        onward = np.full((count, self.states.count), self.infinite, dtype=self.kind)
        through = np.full(count, self.infinite, dtype=self.kind)
        if count:
            self._forward(self._fresh(), (0, count), before)
            self._backward(self._fresh(backward=True), (0, count), before, through, onward)
        return self._wide(before), self._wide(onward)

    def _wide(self, labels: Array) -> NDArray[np.int64]:
        """Labels with NO_WAY for «no way»."""
        if self.infinite == NO_WAY:
            return np.minimum(labels, NO_WAY, out=labels)
        wide = labels.astype(np.int64)
        wide[labels >= self.infinite] = NO_WAY
        return wide

    @abstractmethod
    def _forward(self, front: Front, span: tuple[int, int], rows: Array) -> int:
        """Sweep over a span of legs; fill `rows`, from the first on, with their labels on departure.

        Returns the least cost of a journey that ends with one of them.
        """

    @abstractmethod
    def _backward(
        self, front: Front, span: tuple[int, int], rows: Array, through: Array, onward: Array | None = None
    ) -> int:
        """Sweep back over a span; fill `through` and `onward`, by leg, for its legs.

        Returns the least cost of a journey that begins with one of them.
        """

    def _block(self) -> int:
        """As many legs as fit into BLOCK, or so many that rows and saved fronts together take the least memory."""
        order = self.order
        front = order.ports + order.flights + self.states.places * order.days  # rows
        return max(1, BLOCK // (self.states.count * self.kind.itemsize), isqrt(len(order) * front))

    def _fresh(self, backward: bool = False) -> Front:
        """Labels before anything has happened, and no leg under way."""
        order, places, count = self.order, self.states.places, self.states.count
        pointer = len(order) - 1 if backward else 0
        return Front(
            free=np.full((order.ports, count), self.infinite, dtype=self.kind),
            visits=np.empty((places, order.days, count), dtype=self.kind),
            visited=np.zeros((places, order.days), dtype=np.bool_),
            today=np.empty((places, count), dtype=self.kind),
            today_on=np.full(places, -1, dtype=np.int64),
            slot_of=np.full(len(order), -1, dtype=np.int32),
            slots=np.empty((order.flights, count), dtype=self.kind),
            unused=np.arange(order.flights, dtype=np.int32),
            counters=np.array([pointer, order.flights - 1, 0], dtype=np.int64),
        )


def _parts(span: tuple[int, int], over: Callable[[], bool], backward: bool = False) -> Iterator[tuple[int, int]]:
    """A span of legs in parts, from its beginning or from its end. Raises Stopped once time is over."""
    begins = range(*span, PART)
    for begin in reversed(begins) if backward else begins:
        if over():
            raise Stopped
        yield begin, min(begin + PART, span[1])


@frozen(eq=False)
class _Saved:
    """A copy of a front; of the legs only those under way."""

    front: Front
    flying: Array
    labels: Array


def _save(front: Front) -> _Saved:
    flying = np.flatnonzero(front.slot_of >= 0)
    copied = evolve(
        front,
        free=front.free.copy(),
        visits=front.visits.copy(),
        visited=front.visited.copy(),
        today=front.today.copy(),
        today_on=front.today_on.copy(),
        counters=front.counters.copy(),
    )
    return _Saved(copied, flying, front.slots[front.slot_of[flying]])


def _restored(saved: _Saved) -> Front:
    """The front that was saved. It takes back the memory for legs under way that it shares with later ones."""
    front = saved.front
    front.slot_of[:] = -1
    front.slot_of[saved.flying] = np.arange(len(saved.flying))
    front.slots[: len(saved.flying)] = saved.labels
    front.unused[:] = np.arange(len(front.unused))[::-1]  # the first of the slots are in use
    return front
