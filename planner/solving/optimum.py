"""The cheapest itinerary, or that there is none: each claim proved by two different solves."""

from __future__ import annotations

from typing import Literal

from attrs import frozen

from planner.model.build import Model
from planner.model.program import Linear, Values
from planner.solving.client import Solver
from planner.solving.ties import first_of_equals

Objective = tuple[tuple[int, ...], tuple[int, ...]]


@frozen(eq=False)
class Optimum:
    """What is known of the best itinerary: `values` is the best found, `bound` what no itinerary undercuts.

    `unique` says that ties were broken to the end. `infeasible` is confirmed by a second solve.
    """

    status: Literal["optimal", "feasible", "infeasible", "undecided"]
    values: Values | None = None
    cost: int | None = None
    bound: int | None = None
    unique: bool = False
    note: str = ""


def optimum(model: Model, solver: Solver) -> Optimum:
    """Find and prove the cheapest itinerary within the solver's effort."""
    cost: Objective = (tuple(model.program.cost_variables), tuple(model.program.cost_weights))
    first = solver.ask("optimise", minimise=cost)
    if first.status == "infeasible":
        cheaper: tuple[Linear, ...] = ()
    elif first.values is None or first.objective is None:
        return Optimum("undecided")
    elif first.status == "feasible":
        return _feasible(model, first.values, first.bound)
    else:
        cheaper = (Linear(*cost, None, first.objective - 1),)
    second = solver.confirm(solver.program.fact_literals(), cheaper)
    if second.values is not None:
        # The solution in hand counts, the claim that it cannot exist does not.
        return _feasible(model, second.values, 0, "two solves disagree; the claim of a proof is withdrawn")
    confirmed = second.status == "infeasible"
    if first.values is None or first.objective is None:
        note = "" if confirmed else "one solve says that no trip is possible; time ran out before a second one"
        return Optimum("infeasible" if confirmed else "undecided", note=note)
    if not confirmed:
        note = "one solve says that nothing is cheaper; time ran out before a second one confirmed it"
        return _feasible(model, first.values, first.bound, note)
    values, unique = first_of_equals(model, solver, first.values, Linear(*cost, first.objective, first.objective))
    return Optimum("optimal", values, first.objective, first.objective, unique)


def _feasible(model: Model, values: Values, bound: int | None, note: str = "") -> Optimum:
    values = model.program.tightened(values)
    return Optimum("feasible", values, model.program.cost_of(values), bound, note=note)
