"""What python-constraint lacks for the oracle: constraints that are nogoods, and a search that jumps back over them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from attrs import define
from constraint import Constraint, Solver

from planner.testing.oracle.tracking import Nogood, Variable


class TooLarge(Exception):
    """The scenario takes too long to enumerate."""


@define
class Effort:
    """How much may be tried for one answer: values by the search, itineraries by a rule."""

    limit: int
    spent: int = 0

    def spend(self) -> None:
        """Count one try. Raises TooLarge."""
        self.spent += 1
        if self.spent > self.limit:
            raise TooLarge


class Forbidden(Constraint):
    """Not all of these variables may have values out of these sets."""

    def __init__(self, nogood: Nogood) -> None:
        self.nogood = nogood

    def __call__(
        self, variables: Sequence[Any], domains: Any, assignments: Mapping[Any, Any], forwardcheck: Any = False
    ) -> bool:
        """Whether it can still hold."""
        for variable in variables:
            if variable not in assignments or assignments[variable] not in self.nogood[variable]:
                return True
        return False


@define
class Surcharge:
    """What the rule of that number adds to the cost wherever all of these variables have values out of these sets."""

    rule: int
    given: Nogood
    amount: int


class Ceiling(Constraint):
    """The prices of the values chosen, and the surcharges on them, add up to at most `limit`. None is negative."""

    def __init__(self, prices: Mapping[tuple[Variable, Any], int], surcharges: Sequence[Surcharge], limit: int) -> None:
        self.prices, self.surcharges, self.limit = prices, surcharges, limit

    def __call__(
        self, variables: Sequence[Any], domains: Any, assignments: Mapping[Any, Any], forwardcheck: Any = False
    ) -> bool:
        """Whether what is chosen so far is affordable."""
        prices = sum(self.prices.get((v, assignments[v]), 0) for v in variables if v in assignments)
        return prices + surcharged(self.surcharges, assignments) <= self.limit


def surcharged(surcharges: Sequence[Surcharge], assignments: Mapping[Any, Any]) -> int:
    """What surcharges add to the cost of what is chosen. Those of one rule agree wherever several of them apply."""
    due = {
        surcharge.rule: surcharge.amount
        for surcharge in surcharges
        if all(v in assignments and assignments[v] in values for v, values in surcharge.given.items())
    }
    return sum(due.values())


class Backjumping(Solver):
    """Backtracking that goes back to the last decision that had a part in the failure.

    The stays of a journey and the papers applied for hang together only loosely; going back one decision at a time
    would try every paper again for every stay.
    """

    def __init__(self, effort: Effort) -> None:
        self.effort = effort

    def getSolution(self, domains: Any, constraints: Any, vconstraints: Any) -> dict[Any, Any] | None:
        """One assignment that breaks no constraint, or None. Values are tried from the last to the first."""
        order = sorted(domains, key=lambda variable: (-len(vconstraints[variable]), len(domains[variable])))
        assignments: dict[Any, Any] = {}

        def extend(depth: int) -> set[Any] | None:
            """None if all variables could be assigned, else the earlier ones that had a part in the failure."""
            if depth == len(order):
                return None
            variable = order[depth]
            culprits: set[Any] = set()
            for value in reversed(domains[variable]):
                self.effort.spend()
                assignments[variable] = value
                broken = next((on for rule, on in vconstraints[variable] if not rule(on, domains, assignments)), None)
                failed = extend(depth + 1) if broken is None else assignments.keys() & broken
                if failed is None:
                    return None
                if variable not in failed:
                    culprits = failed
                    break
                culprits |= failed
            del assignments[variable]
            return culprits - {variable}

        return assignments if extend(0) is None else None
