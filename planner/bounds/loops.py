"""The engine of compiled loops. Importing this module loads numba."""

from __future__ import annotations

import numpy as np
from attrs import define, field

from planner.bounds.engine import NO_WAY, Array, Engine, Front, TooDearError
from planner.bounds.kernel import backward, forward
from planner.bounds.order import InOrder, Visits
from planner.bounds.states import States


@define(eq=False)
class Loops(Engine):
    """One leg at a time, compiled.

    Labels of 32 bits are twice as quick, and do for journeys of up to some millions of units of most currencies. A
    label beyond `dear` might not fit into them; then TooDearError is raised.
    """

    dear: int
    _arrays: tuple[tuple[Array, ...], tuple[Array, ...], Array] = field(init=False)
    _reached: Array = field(init=False)

    @classmethod
    def of(cls, order: InOrder, visits: Visits, states: States, wide: bool) -> Loops:
        """The engine for labels of 64 bits, or of 32. Raises TooDearError if single costs do not fit into those."""
        if wide:
            return cls(order, visits, states, np.dtype(np.int64), int(NO_WAY), 2**62)
        infinite = 2**30 - 1
        dear = infinite // 4  # what is added to a label, and labels twice, stay below `infinite`
        if order.cost.max(initial=0) >= dear or int(order.nightly.max(initial=0)) * order.days >= dear:
            raise TooDearError
        return cls(order, visits, states, np.dtype(np.int32), infinite, dear)

    def __attrs_post_init__(self) -> None:
        order, visits, states = self.order, self.visits, self.states
        self._reached = np.zeros(len(order), dtype=np.bool_)
        self._arrays = (
            (
                order.by_ready,
                order.from_port,
                order.to_port,
                order.departs,
                order.ready,
                order.departs_on,
                order.arrives_on,
                order.cost,
                order.begins,
                order.ends,
                order.nightly,
            ),
            (
                states.place,
                visits.kind,
                visits.base,
                visits.arriving,
                visits.leaving,
                visits.nights,
                visits.at_once,
                visits.from_start,
                visits.to_end,
                visits.inner,
                states.choices,
                states.choice,
                states.add,
            ),
            np.array([self.infinite, self.dear], dtype=np.int64),
        )

    def _forward(self, front: Front, span: tuple[int, int], rows: Array) -> int:
        legs, tables, limits = self._arrays
        best = forward(legs, tables, front.arrays(), np.array(span), rows, self._reached, limits, self.states.full)
        self._check(front)
        return best

    def _backward(
        self, front: Front, span: tuple[int, int], rows: Array, through: Array, onward: Array | None = None
    ) -> int:
        legs, tables, limits = self._arrays
        if onward is None:
            onward = np.empty((0, self.states.count), dtype=self.kind)
        best = backward(
            legs,
            tables,
            front.arrays(),
            np.array(span),
            rows,
            self._reached,
            limits,
            self.states.full,
            through,
            onward,
        )
        self._check(front)
        return best

    def _check(self, front: Front) -> None:
        if front.counters[2] >= self.dear:
            raise TooDearError
