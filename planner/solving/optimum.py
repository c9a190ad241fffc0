"""The cheapest itinerary, or that there is none: each claim proved by two different solves."""

from __future__ import annotations

from typing import Literal

from attrs import frozen

from planner.model.build import Model
from planner.model.program import Linear, Values
from planner.solving.client import Solver
from planner.solving.guided import Objective, guided
from planner.solving.messages import Reply
from planner.solving.ties import first_of_equals

Status = Literal["optimal", "feasible", "infeasible", "undecided"]


@frozen(eq=False)
class Optimum:
    """What is known of the best itinerary: `values` is the best found, `bound` what no itinerary undercuts.

    `unique` says that ties were broken to the end. `infeasible` is confirmed by a second solve.
    """

    status: Status
    values: Values | None = None
    cost: int | None = None
    bound: int | None = None
    unique: bool = False
    note: str = ""


def optimum(model: Model, solver: Solver, *, last: bool = True) -> Optimum:
    """Find and prove the cheapest itinerary within the solver's effort.

    Of a pruned model only itineraries within its limit count: «infeasible» says that none of them is possible. If that
    is not the `last` word, because a higher limit will be tried, it is not confirmed.
    """
    cost: Objective = (tuple(model.program.cost_variables), tuple(model.program.cost_weights))
    if model.guide is None:
        first = solver.ask("optimise", minimise=cost, heard=solver.effort.hearing(0, model.limit))
    else:
        first = guided(model, model.guide, solver)
    if first.status == "infeasible":
        if not last:
            return Optimum("infeasible")
        solver.effort.tell("confirming")
        within = () if model.limit is None else (Linear(*cost, None, model.limit),)
        second = solver.confirm(solver.program.fact_literals(), within)
    elif first.values is None or first.objective is None or first.status == "feasible":
        return _unproved(model, first)
    else:
        # What the bounds say cannot cost less is left out: they need no second solve.
        solver.effort.tell("confirming", incumbent=first.objective, bound=first.objective)
        below = first.objective - 1
        second = solver.within(below).confirm(solver.program.fact_literals(), (Linear(*cost, None, below),))
    if second.values is not None:
        # The solution in hand counts, the claim that it cannot exist does not.
        return _feasible(model, second.values, 0, "two solves disagree; the claim of a proof is withdrawn")
    confirmed = second.status == "infeasible"
    if first.values is None or first.objective is None:
        ended = solver.effort.ending
        note = "" if confirmed else f"one solve says that no trip is possible; {ended} before a second one"
        return Optimum("infeasible" if confirmed else "undecided", note=note)
    if not confirmed:
        ended = solver.effort.ending
        note = f"one solve says that nothing is cheaper; {ended} before a second one confirmed it"
        return _feasible(model, first.values, first.bound, note)
    solver.effort.tell("settling ties")
    equal = Linear(*cost, first.objective, first.objective)
    values, unique = first_of_equals(model, solver.within(first.objective), first.values, equal)
    return Optimum("optimal", values, first.objective, first.objective, unique)


def _unproved(model: Model, reply: Reply) -> Optimum:
    return Optimum("undecided") if reply.values is None else _feasible(model, reply.values, reply.bound)


def _feasible(model: Model, values: Values, bound: int | None, note: str = "") -> Optimum:
    values = model.program.tightened(values)
    return Optimum("feasible", values, model.program.cost_of(values), bound, note=note)
