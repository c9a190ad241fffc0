"""What a random scenario is good for: counted in `rates`."""

from __future__ import annotations

from planner.answer import Answer
from planner.itinerary.journey import Journey
from planner.rules.base import rules_of
from planner.scenario.scenario import Scenario
from planner.testing import rates
from planner.testing.oracle.best import WISHES, Best, Oracle


def count(oracle: Oracle, best: Best | None, answer: Answer) -> None:
    """Count what the scenario is good for. Raises TooLarge.

    A kind binds if it is of the conflict, if dropping it makes the trip cheaper or possible, if it makes what wishes
    and default deny leave dearer or impossible, or if the plan makes use of it: rests on what it offers, pays what it
    asks, or reminds of it.
    """
    found = {"scenarios"} | {f"bound by {fact.kind}" for fact in (answer.conflict.facts if answer.conflict else ())}
    if best is not None:
        found.add("with a plan")
    if answer.plan is not None:
        found |= _serving(oracle.scenario, answer.plan.journey)
    wishes = oracle.best(lambda _, kind: kind in WISHES)
    if wishes is not None and (best is None or wishes.rank != best.rank):
        found.add("beyond reach")
    entered = oracle.best(lambda _, kind: kind in WISHES or kind == "default-deny")
    for kind in sorted(oracle.cutting):
        alone = oracle.best(lambda _, other, kind=kind: other in WISHES or other in ("default-deny", kind))  # type: ignore[misc]
        if (alone and alone.rank) != (entered and entered.rank):
            found.add(f"bound by {kind}")
        without = oracle.best(lambda _, other, kind=kind: other != kind)  # type: ignore[misc]
        if (without and without.rank) != (best and best.rank):
            found.add(f"bound by {kind}")
    rates.counts.update(found)


def _serving(scenario: Scenario, journey: Journey) -> set[str]:
    """The kinds that offer what the entries rest on, that make the journey dearer, that remind of something."""
    found = {f"bound by {rule.kind}" for rule in rules_of(scenario) if any(rule.costs(journey))}
    found |= {f"bound by {rule.kind}" for rule in rules_of(scenario) if any(rule.reminders(journey))}
    return found | {
        f"bound by {rule.kind}"
        for traveller in scenario.travellers
        for rule in rules_of(scenario)
        for ground in rule.grounds(scenario, traveller)
        if any(choice.ground == ground.id for choice in journey.itinerary.stays[traveller.id])
    }
