"""Bounds for more unordered wishes than sets can be kept of, and the best journey for them."""

from __future__ import annotations

from collections.abc import Callable
from time import monotonic

import numpy as np
from attrs import frozen
from numpy.typing import NDArray

from planner.bounds.compiled import available
from planner.bounds.engine import NO_WAY, never
from planner.bounds.ng.build import MOST_WISHES, build
from planner.bounds.ng.passes import NEVER
from planner.bounds.ng.search import Search
from planner.bounds.relaxed import Relaxed


@frozen(eq=False)
class NgBounds:
    """What is known of a relaxed problem, in minor units.

    `lower`: no journey that fulfils every wish costs less, NO_WAY if there is none. `through`: the same for journeys
    that take a leg, by row of the problem; costs above `known` are not told apart. `upper` and `path` are the cost and
    the positions (`rows`), in order, of the cheapest journey known that fulfils every wish; with `lower == upper` it is
    the optimum. `rounds` counts how often prizes were worked out.
    """

    lower: int
    through: NDArray[np.int64]
    upper: int | None
    path: tuple[int, ...] | None
    known: int
    rounds: int


def ng_bounds(relaxed: Relaxed, upper: int | None, seconds: float, over: Callable[[], bool] = never) -> NgBounds | None:
    """Bounds on every journey that fulfils all wishes; None where numba is not installed.

    `upper`: the cost up to which journeys are of interest (minor units), such as that of a known plan. Without it legs
    are told apart up to the optimum of the relaxed problem, or where it was looked for last. The search ends after some
    seconds, or when time is `over`.
    """
    if not available():
        return None
    whole, fixed = build(relaxed), relaxed.fixed
    unit = whole.unit
    limit = None if upper is None else max(0, (upper - fixed) // unit)
    deadline = monotonic() + seconds
    search = Search(relaxed, whole, limit, lambda: monotonic() > deadline or over())
    if not _at_home(relaxed):
        search.run()
    through = np.maximum(search.network.through, search.lower)
    found = search.best if len(relaxed.wishes) <= MOST_WISHES else None
    return NgBounds(
        lower=int(NO_WAY) if search.lower >= NEVER else search.lower * unit + fixed,
        through=np.where(through >= NEVER, NO_WAY, through * unit + fixed),
        upper=None if found is None else found[0] * unit + fixed,
        path=None if found is None else tuple(found[1]),
        known=search.network.known * unit + fixed,
        rounds=search.rounds,
    )


def heuristic(relaxed: Relaxed, seconds: float) -> tuple[int, ...] | None:
    """The positions (`rows`), in order, of a cheap journey that fulfils every wish, if one is found in time."""
    found = ng_bounds(relaxed, None, seconds)
    return None if found is None else found.path


def _at_home(relaxed: Relaxed) -> bool:
    """Whether not travelling at all may fulfil every wish, so that nothing can be said."""
    here = [wish.ports[relaxed.start] and wish.from_start and wish.to_end for wish in relaxed.wishes]
    return relaxed.start == relaxed.goal and all(here)
