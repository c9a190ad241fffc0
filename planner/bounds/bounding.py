"""The bounds of a relaxed problem, by the method that suits it."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from attrs import evolve

from planner.bounds.engine import NO_WAY
from planner.bounds.relaxed import Relaxed
from planner.bounds.states import kept
from planner.bounds.sweep import MOST_STATES, Bounds, sweep


def bound(relaxed: Relaxed, upto: int | None, cap: int | None, seconds: float, over: Callable[[], bool]) -> Bounds:
    """Bounds on every journey.

    Sweeps where a label for each set of wishes is possible, else ng-routes (`planner.bounds.ng`), which tell legs
    apart only up to a cost: `upto`, if given, in minor units. No journey may cost more than `cap`, if given. ng-routes
    end after some seconds, or when time is `over`, with what they know by then; sweeps raise Stopped then.
    """
    found = None
    if len(kept(relaxed, MOST_STATES)) < len(relaxed.wishes):
        found = _by_routes(relaxed, upto, seconds, over)
    if found is None:
        found = sweep(relaxed, over=over)
    if cap is None or found.lower is None:
        return found
    through = np.where(found.through > cap, NO_WAY, found.through)
    return evolve(found, lower=found.lower if found.lower <= cap else None, through=through)


def _by_routes(relaxed: Relaxed, upto: int | None, seconds: float, over: Callable[[], bool]) -> Bounds | None:
    from planner.bounds.ng import ng_bounds

    found = ng_bounds(relaxed, upto, seconds, over)
    if found is None:
        return None
    return Bounds(
        lower=None if found.lower >= NO_WAY else found.lower,
        through=found.through,
        wishes=tuple(range(len(relaxed.wishes))),
        known=min(found.known, int(NO_WAY)),
    )
