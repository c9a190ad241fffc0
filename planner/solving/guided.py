"""The cheapest itinerary of a pruned model, sought from its lower bound upwards."""

from __future__ import annotations

import numpy as np
from attrs import evolve

from planner.model.build import Model
from planner.model.guide import Guide
from planner.model.program import Linear
from planner.solving.client import Solver
from planner.solving.messages import Reply

Objective = tuple[tuple[int, ...], tuple[int, ...]]

SLICE = 2.0  # seconds
FIRST_ARCS = 200
GROWTH = 2  # how many times more arcs a higher limit has


def guided(model: Model, guide: Guide, solver: Solver) -> Reply:
    """The cheapest solution within the model's limit, with the cost counted from the lower bound on.

    From below: a lower limit makes a smaller model, and if that has a solution, then the cheapest of all. In slices of
    time, each twice as long as the one before: a solution found in one makes the model of the next one smaller.
    """
    above: Objective = (tuple(guide.variables.tolist()), tuple(guide.weights.tolist()))
    best, proved, arcs = Reply("unknown"), guide.constant, FIRST_ARCS
    while True:
        limit = _limit(model, arcs, proved)
        narrowed, most, seconds = solver.within(limit), limit, SLICE
        while solver.effort.left:
            hint = guide.hint if best.values is None else None
            extra = (Linear(*above, None, most - guide.constant),)
            reply = narrowed.ask(
                "guided", minimise=above, extra=extra, hint=hint, hinted=guide.hinted, seconds=seconds,
                heard=solver.effort.hearing(guide.constant, most),
            )  # fmt: skip
            if reply.status == "infeasible":
                break
            if reply.objective is not None and reply.bound is not None:
                cost, bound = reply.objective + guide.constant, reply.bound + guide.constant
                best, most = evolve(reply, objective=cost, bound=max(bound, proved)), cost - 1
                if reply.status == "optimal":
                    return best
                narrowed = solver.within(most)
            seconds *= 2
        else:
            return best
        if best.values is not None:
            return evolve(best, status="optimal", bound=best.objective)
        if limit == model.limit:
            return reply
        proved, arcs = limit + 1, GROWTH * arcs


def _limit(model: Model, arcs: int, least: int) -> int:
    """A limit from `least` to the model's own, within which there are at least so many arcs, if there are."""
    flow, limit = model.program.flow, model.limit
    assert flow is not None
    assert limit is not None
    costs = np.sort(flow.least)
    return limit if arcs >= len(costs) else min(limit, max(least, int(costs[arcs])))
