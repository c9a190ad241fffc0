"""From what a search found to a plan that the checker has confirmed."""

from __future__ import annotations

from planner.answer import Plan
from planner.core.errors import InternalError
from planner.rules.base import rules_of
from planner.solving.search import Found
from planner.verify.checker import verify
from planner.verify.timeline import preparation


def plan_of(best: Found) -> Plan:
    """The plan of a search that found an itinerary. Raises InternalError if the checker says otherwise."""
    scenario, chosen = best.scenario, best.itinerary
    assert chosen is not None
    assert best.cost is not None
    rules = rules_of(scenario)
    verdict = verify(scenario, chosen, rules)
    if verdict.structural or verdict.broken or verdict.journey is None or verdict.cost != best.cost:
        details = [*verdict.structural, *(f"{b.fact.id}: {b.how}" for b in verdict.broken)]
        details.append(f"cost {best.cost} by the solver, {verdict.cost} by the checker")
        raise InternalError("the checker does not confirm the plan: " + "; ".join(details))
    return Plan(
        itinerary=chosen,
        journey=verdict.journey,
        cost=best.cost,
        costs=verdict.costs,
        preparation=preparation(scenario, chosen, rules),
        reminders=tuple(reminder for rule in rules for reminder in rule.reminders(verdict.journey)),
    )
