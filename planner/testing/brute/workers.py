"""The same answer whatever the number of the solver's workers."""

from __future__ import annotations

from planner.answer import Answer
from planner.api import plan
from planner.scenario.scenario import Scenario
from planner.testing.requiring import require

COUNTS = (1, 2, 8)


def assert_same_on_any_workers(scenario: Scenario) -> None:
    """On 1, 2 and 8 workers: the same itinerary to the letter, or the same conflict and repairs."""
    told = {count: _told(plan(scenario, workers=count)) for count in COUNTS}
    first = told[COUNTS[0]]
    for count, other in told.items():
        require(other == first, f"on {COUNTS[0]} worker: {first}\non {count} workers: {other}")


def _told(answer: Answer) -> tuple[object, ...]:
    facts = [fact.id for fact in answer.conflict.facts] if answer.conflict else []
    repairs = [(repair.disruption, repair.cost, repair.changes) for repair in answer.repairs or ()]
    return answer.status, answer.plan and answer.plan.itinerary, facts, repairs
