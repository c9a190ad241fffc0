"""What the trip costs, item by item."""

from __future__ import annotations

from attrs import frozen

from planner.answer import Plan
from planner.report.words import decimal
from planner.scenario.scenario import Scenario


@frozen(kw_only=True)
class CostTold:
    """One item. `kind` is that of the cost line («fare», «night» …), `amount` has all decimals of the currency."""

    kind: str
    what: str
    amount: str


@frozen(kw_only=True)
class Costs:
    """All items, for the whole party, and their sum."""

    currency: str
    items: tuple[CostTold, ...]
    total: str


def costs(scenario: Scenario, plan: Plan) -> Costs:
    """The cost of a plan."""
    currency = scenario.currency
    items = (CostTold(kind=line.kind, what=line.what, amount=decimal(line.amount, currency)) for line in plan.costs)
    return Costs(currency=currency, items=tuple(items), total=decimal(plan.cost, currency))
