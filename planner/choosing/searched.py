"""The cheapest plan of a scenario with more asked of it, as a choice."""

from __future__ import annotations

from planner.answer import Choice
from planner.itinerary.character import door_to_door
from planner.network.runs import TooLarge
from planner.scenario.scenario import Scenario
from planner.solving.begin import searching
from planner.solving.client import Effort
from planner.solving.confirmed import plan_of
from planner.solving.search import Found, OutOfTime


class Unsettled(Exception):
    """It is not settled which plan is the cheapest, or whether there is one; the message says why."""


def chosen(scenario: Scenario, effort: Effort) -> Choice | None:
    """The cheapest plan, confirmed; None: proved that there is none. Raises Unsettled, InternalError."""
    try:
        best = searching(scenario, effort).cheapest()
    except OutOfTime:
        raise Unsettled(effort.ending) from None
    except TooLarge:
        raise Unsettled("the legs meet in more ways than this version can weigh") from None
    if best.status == "undecided":
        raise Unsettled(best.note or effort.ending)
    return None if best.status == "infeasible" else choice_of(best)


def choice_of(best: Found) -> Choice:
    """What a search has found, confirmed by the checker. Raises InternalError."""
    plan = plan_of(best)
    return Choice(
        plan=plan,
        cost=plan.cost,
        minutes=door_to_door(plan.journey),
        proved=best.status == "optimal",
        scenario=best.scenario,
    )
