"""The order in which the facts of a conflict come up on the way: what a chain of reasons follows."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from planner.answer import Witness
from planner.itinerary.beginning import beginning
from planner.itinerary.journey import Journey
from planner.rules.base import Rule, rules_of
from planner.rules.facts import Fact, Telling


def on_the_way(facts: Sequence[Fact], witnesses: Mapping[str, Witness]) -> list[Fact]:
    """Facts by the leg at which they come up; equals as they are. `witnesses` by the fact that they do without.

    A wish comes up where the trip of another witness fulfils it, anything else where its own witness breaks it.
    """
    rules = {name: _rules(witness, {fact.kind for fact in facts}) for name, witness in witnesses.items()}

    def leg(fact: Fact) -> int:
        own = witnesses[fact.id]
        if fact.telling is not Telling.WISH:
            return _first(fact, own.journey, rules[fact.id], broken=True)
        others = [(w.journey, rules[name]) for name, w in witnesses.items() if name != fact.id]
        return min((_first(fact, journey, theirs, broken=False) for journey, theirs in others), default=0)

    return sorted(facts, key=leg)


def _rules(witness: Witness, kinds: set[str]) -> list[Rule]:
    return [rule for rule in rules_of(witness.scenario) if rule.kind in kinds or "default-deny" in kinds]


def _first(fact: Fact, journey: Journey, rules: Sequence[Rule], *, broken: bool) -> int:
    """After how many legs a fact is broken, or no longer broken, if the journey ended there."""
    for count in range(len(journey.legs)):
        begun = beginning(journey, count)
        if any(found.fact.id == fact.id for rule in rules for found in rule.check(begun)) is broken:
            return count
    return len(journey.legs)
