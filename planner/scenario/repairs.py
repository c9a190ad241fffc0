"""How much changes of a scenario would disturb the travellers' plans, where there is no plan without one."""

from __future__ import annotations

from attrs import field, frozen

from planner.scenario.node import Node


@frozen(kw_only=True)
class Weights(Node):
    """What one change of each sort weighs, for each unit of it; all above 0. See `planner.rules.easing`."""

    date: int = 1
    night: int = 2
    budget: int = 2
    connection: int = 2
    avoid: int = 4
    order: int = 4
    application: int = 3
    document: int = 3
    visa: int = 5
    tour: int = 6
    passport: int = 8
    event: int = 20
    stop: int = 20


@frozen(kw_only=True)
class Repairs(Node):
    """How to choose among changes after which there is a plan: those that weigh least together are told first."""

    weights: Weights = field(factory=Weights)

    def weight(self, sort: str) -> int:
        """What one unit of a sort of change weighs. Raises AttributeError for an unknown sort."""
        found: int = getattr(self.weights, sort)
        return found
