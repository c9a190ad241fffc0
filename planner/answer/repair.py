"""What would have to change for a plan to exist. Amounts are minor units of the scenario's currency."""

from __future__ import annotations

from attrs import field, frozen

from planner.answer.plan import Plan
from planner.rules.easing import Easing, together
from planner.scenario.changing import Change
from planner.scenario.scenario import Scenario


@frozen(kw_only=True)
class Repair:
    """Changes after which there is a plan; doing without any of them, or less of it, would not do.

    `disruption` adds up what the changes weigh (`[repairs]` in a scenario). `scenario` is the one with the changes
    made, `plan` its cheapest plan, confirmed by the checker; `proved` says whether that is proved cheapest.
    """

    easings: tuple[Easing, ...]
    disruption: int
    cost: int
    proved: bool
    plan: Plan = field(repr=False)
    scenario: Scenario = field(repr=False)

    @property
    def changes(self) -> tuple[Change, ...]:
        """Every change of the scenario, in order."""
        return together(self.easings)
