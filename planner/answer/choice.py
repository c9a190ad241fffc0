"""A trip that could be chosen instead. Amounts are minor units of the scenario's currency."""

from __future__ import annotations

from attrs import field, frozen

from planner.answer.plan import Plan
from planner.scenario.scenario import Scenario


@frozen(kw_only=True)
class Choice:
    """A plan to be compared with the cheapest one; `minutes` is its time from first departure to last arrival.

    `proved` says whether it is proved that nothing cheaper would do in its place. `scenario` has its legs as objects.
    """

    plan: Plan = field(repr=False)
    cost: int
    minutes: int
    proved: bool
    scenario: Scenario = field(repr=False)
