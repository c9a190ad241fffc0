"""Many equally cheap trips: those looked at first that the canonical order puts first.

Where a fare is the same every day, the legs of the cheapest trips are a crowd, too large for one model. Fewest legs
come first, then the earliest arrival (docs/semantics.md, «Which plan»): so the legs are narrowed down to trips with no
more legs than it takes, and to ever longer stretches of time, the shortest possible first.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np
from attrs import evolve
from numpy.typing import NDArray

from planner.bounds.relaxed import Relaxed
from planner.bounds.sweep import sweep

LEGS = 1 << 8  # more than a trip has

Rows = NDArray[np.int64]


def windows(relaxed: Relaxed, arrives: NDArray[Any], rows: Rows, theta: int) -> Iterator[tuple[Rows, int]]:
    """Ever more of the rows of the legs that are on some trip of cost `theta`, the least possible one.

    Yields rows with the fewest legs of a trip: all trips of this cost with so few legs that arrive as early as one on
    the rows are on them. `arrives` are the arrivals of the problem's legs, in UTC minutes.
    """
    crowd = _taken(relaxed, rows)
    each = evolve(crowd, cost=crowd.cost * LEGS + 1, nightly=crowd.nightly * LEGS, fixed=0)
    found = sweep(each)
    if found.lower is None or found.lower // LEGS + relaxed.fixed != theta:
        return
    few = np.flatnonzero(found.through <= found.lower)
    rows, crowd = rows[few], _taken(crowd, few)
    ends = np.unique(arrives[rows][crowd.last & (crowd.to_port == crowd.goal)])

    def within(end: int) -> tuple[int | None, Rows]:
        bounds = sweep(evolve(crowd, last=crowd.last & (arrives[rows] <= end)))
        return bounds.lower, rows[bounds.through <= theta]

    if not len(ends):  # nobody travels
        yield rows, 0
        return
    low, high = -1, len(ends) - 1
    while high - low > 1:
        middle = (low + high) // 2
        low, high = (low, middle) if within(int(ends[middle]))[0] == theta else (middle, high)
    step = 1
    while True:
        yield within(int(ends[high]))[1], found.lower % LEGS
        if high == len(ends) - 1:
            return
        high, step = min(high + step, len(ends) - 1), 2 * step


def _taken(relaxed: Relaxed, rows: Rows) -> Relaxed:
    """The problem of some of its legs."""
    columns = ("rows", "from_port", "to_port", "departs", "ready", "departs_on", "arrives_on", "cost", "first", "last")
    return evolve(relaxed, **{name: getattr(relaxed, name)[rows] for name in columns})
