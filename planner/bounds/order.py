"""A relaxed problem in order of time, as both kinds of sweep want it."""

from __future__ import annotations

from typing import Any, TypeAlias

import numpy as np
from attrs import frozen
from numpy.typing import NDArray

from planner.bounds.relaxed import Relaxed
from planner.bounds.states import States

DEAREST = 1 << 59  # higher costs count as this much; sums of some of them fit into 64 bits

Array: TypeAlias = NDArray[Any]


@frozen(kw_only=True, eq=False)
class InOrder:
    """The legs of a relaxed problem, numbered in order of departure; `rows` are their rows in the problem.

    `by_ready` has their numbers in order of `ready`. Minutes count from the first departure, days from the first date
    of any leg; there are `days` of them, of which no leg touches another. `begins`: whether a journey may begin with
    the leg; `ends` likewise. Waiting at a port costs `nightly` for each of its nights. At most `flights` legs are
    under way at the same time.
    """

    rows: NDArray[np.int32]
    by_ready: NDArray[np.int32]
    from_port: NDArray[np.int32]
    to_port: NDArray[np.int32]
    departs: NDArray[np.int32]
    ready: NDArray[np.int32]
    departs_on: NDArray[np.int32]
    arrives_on: NDArray[np.int32]
    cost: NDArray[np.int64]
    begins: NDArray[np.bool_]
    ends: NDArray[np.bool_]
    nightly: NDArray[np.int64]
    first_day: int
    days: int
    flights: int

    def __len__(self) -> int:
        return len(self.rows)

    @property
    def ports(self) -> int:
        """Number of ports."""
        return len(self.nightly)


def in_order(relaxed: Relaxed) -> InOrder:
    """Sort the legs. Each leg must be ready after it departs."""
    if not len(relaxed):
        origin, first_day, last_day = 0, 0, 0
    else:
        origin = int(relaxed.departs.min())
        first_day = int(min(relaxed.departs_on.min(), relaxed.arrives_on.min()))
        last_day = int(max(relaxed.departs_on.max(), relaxed.arrives_on.max()))
    days = last_day - first_day + 1
    rows, departs = _sorted(relaxed.departs - origin)
    ready = (relaxed.ready[rows] - origin).astype(np.int32)
    by_ready, ends = _sorted(ready)
    under_way = np.arange(len(rows)) - np.searchsorted(ends, departs, "right")
    to_port = relaxed.to_port[rows].astype(np.int32)
    from_port = relaxed.from_port[rows].astype(np.int32)
    return InOrder(
        rows=rows,
        by_ready=by_ready,
        from_port=from_port,
        to_port=to_port,
        departs=departs,
        ready=ready,
        departs_on=(relaxed.departs_on[rows] - first_day).astype(np.int32),
        arrives_on=(relaxed.arrives_on[rows] - first_day).astype(np.int32),
        cost=np.minimum(relaxed.cost[rows].astype(np.int64), DEAREST),
        begins=relaxed.first[rows] & (from_port == relaxed.start),
        ends=relaxed.last[rows] & (to_port == relaxed.goal),
        nightly=np.minimum(relaxed.nightly.astype(np.int64), DEAREST // days),
        first_day=first_day,
        days=days,
        flights=int(under_way.max(initial=0)) + 2,  # one more for the leg at hand, one to copy a label to
    )


def _sorted(times: Array) -> tuple[NDArray[np.int32], NDArray[np.int32]]:
    """The order of some times, and the times in that order.

    Time and number are packed into one integer: sorting those is several times as fast as an indirect sort.
    """
    packed = times.astype(np.int64) << 32
    packed |= np.arange(len(times))
    packed.sort()
    return (packed & 0xFFFFFFFF).astype(np.int32), (packed >> 32).astype(np.int32)


@frozen(kw_only=True, eq=False)
class Visits:
    """Which wishes a visit fulfils: masks over the wishes of a kind of place, whose meaning `States.choices` tells.

    Places with the same wishes are of one kind. A visit from day a to day d fulfils `arriving[k, a] & leaving[k, d] &
    nights[k, d - a]`, presence from the journey's start `leaving[k, d] & from_start[k]`, to its end
    `arriving[k, a] & to_end[k]`. What arriving alone fulfils is `arriving[k, a] & at_once[k]`, and what a leg between
    two places does is `inner[k, l]`, with a mask of kind k. `kind` is by port, -1 where there are no wishes; `base`
    is by kind. Days count from a first day.
    """

    kind: NDArray[np.int32]
    base: NDArray[np.int32]
    arriving: NDArray[np.int32]
    leaving: NDArray[np.int32]
    nights: NDArray[np.int32]
    at_once: NDArray[np.int32]
    from_start: NDArray[np.int32]
    to_end: NDArray[np.int32]
    inner: NDArray[np.int32]

    def visit(self, kind: Any, arrived: Any, leaves: Any) -> Any:
        """What a visit between two days fulfils; any of the three may be arrays."""
        return self.arriving[kind, arrived] & self.leaving[kind, leaves] & self.nights[kind, leaves - arrived]


def visits(found: States, first_day: int, days: int) -> Visits:
    """The tables for a problem's states and days."""
    base, example, kind_of = np.unique(found.base, return_index=True, return_inverse=True)
    kinds, wishes = len(base), len(found.wishes)
    bit = np.zeros((kinds, wishes), dtype=np.int32)  # of each wish in the masks of each kind of place
    for kind, place in enumerate(example):
        local = found.wish[found.begin[place] : found.begin[place + 1]]
        bit[kind, local] = 1 << np.arange(len(local))
    span = np.arange(days)
    arrive_by, leave_from, least, most, from_start, to_end = np.array(found.limits()).reshape(6, wishes)[:, :, None]
    of_port = np.full(len(found.place), -1, dtype=np.int32)
    of_port[found.place >= 0] = kind_of
    return Visits(
        kind=of_port,
        base=base.astype(np.int32),
        arriving=bit @ (span + first_day <= arrive_by),
        leaving=bit @ (span + first_day >= leave_from),
        nights=bit @ ((span >= least) & (span <= most)),
        at_once=bit @ found.instant,
        from_start=bit @ (from_start[:, 0] != 0),
        to_end=bit @ (to_end[:, 0] != 0),
        inner=bit @ (bit != 0).T,
    )
