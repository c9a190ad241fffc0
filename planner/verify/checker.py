"""The checker: replays an itinerary, asks every rule, and adds up the cost. Knows nothing of how it was found."""

from __future__ import annotations

from collections.abc import Sequence

from attrs import evolve, frozen

from planner.answer import CostLine
from planner.itinerary.choices import Itinerary
from planner.itinerary.journey import Journey
from planner.itinerary.replay import Unreal, replay
from planner.rules.base import Rule, rules_of
from planner.rules.facts import Broken
from planner.scenario.scenario import Scenario
from planner.verify.costs import cost_lines


@frozen(kw_only=True)
class Verdict:
    """What the checker says of an itinerary.

    `structural`: why it is no possible journey, each a sentence; then there is no `journey` and no cost. `broken`:
    the facts it does not respect. `cost`: the whole cost in minor units, the sum of `costs`.
    """

    structural: tuple[str, ...] = ()
    broken: tuple[Broken, ...] = ()
    journey: Journey | None = None
    cost: int | None = None
    costs: tuple[CostLine, ...] = ()

    @property
    def valid(self) -> bool:
        """Whether the itinerary is possible and respects every fact."""
        return not self.structural and not self.broken


def verify(scenario: Scenario, itinerary: Itinerary, rules: Sequence[Rule] | None = None) -> Verdict:
    """Replay an itinerary and judge it by every rule (`rules`: those of the scenario, if already known)."""
    if rules is None:
        rules = rules_of(scenario)
    try:
        journey, costs = costed(scenario, itinerary)
    except Unreal as unreal:
        return Verdict(structural=unreal.problems)
    said = (found for rule in rules for found in rule.check(journey))
    broken = tuple(found for found in said if found.fact.id not in scenario.set_aside)
    return Verdict(broken=broken, journey=journey, cost=journey.cost, costs=costs)


def costed(scenario: Scenario, itinerary: Itinerary) -> tuple[Journey, tuple[CostLine, ...]]:
    """The replayed journey with its cost filled in, and the cost's items. Raises Unreal as `replay` does."""
    journey = replay(scenario, itinerary)
    costs = cost_lines(journey)
    return evolve(journey, cost=sum(line.amount for line in costs)), costs
