"""How much changes of a scenario would disturb the travellers' plans, where there is no plan without one."""

from __future__ import annotations

from attrs import field, frozen

from planner.scenario.node import Node


@frozen(kw_only=True)
class Weights(Node):
    """What one change of each sort weighs, for each unit of it; all above 0. See `planner.rules.easing`."""

    date: int = 1
    """One day by which the departure, the return, or a date of a stop moves."""
    night: int = 2
    """One night more or less at a stop."""
    budget: int = 2
    """A higher budget, however much higher."""
    connection: int = 2
    """Half an hour less for all connections; a change made airside."""
    avoid: int = 4
    """A place or operator not avoided."""
    order: int = 4
    """Stops in another order."""
    application: int = 3
    """One day by which an application of the file takes less time, or is taken earlier or later; other dates than
    appointments.
    """
    document: int = 3
    """A paper that a rulebook offers, applied for as well."""
    visa: int = 5
    """One step of other terms of a permission held: an entry more, a week's later date."""
    tour: int = 6
    """One day by which a tour can be booked later."""
    passport: int = 8
    """Another passport, or the same one in hand at other times."""
    event: int = 20
    """An event given up."""
    stop: int = 20
    """A stop given up."""


@frozen(kw_only=True)
class Repairs(Node):
    """How to choose among changes after which there is a plan: those that weigh least together are told first."""

    weights: Weights = field(factory=Weights)
    """What changes weigh. All are above 0, and count for each unit: three nights less weigh three times as much as one.
    Left out: the usual ones.
    """

    def weight(self, sort: str) -> int:
        """What one unit of a sort of change weighs. Raises AttributeError for an unknown sort."""
        found: int = getattr(self.weights, sort)
        return found
