"""A scenario relaxed: what its legs cost at least, and the whole trip."""

from __future__ import annotations

from collections.abc import Collection

from planner.bounds.relax import relax
from planner.bounds.relaxed import Relaxed
from planner.bounds.sweep import sweep
from planner.network.columns import all_legs
from planner.scenario.scenario import Scenario

TO_GAMMA = 'remove = ["b"]\n[[trip.stops]]\nid = "c"\nat = ["CCC"]\n'
TICKET = '[[fares]]\nid = "{id}"\nlegs = ["{first}", "{second}"]\nprice = "{price}"\n'
NO_AIRSIDE = '[[ports]]\nid = "BBB"\nairside = false\n'


def relaxed(scenario: Scenario, enforced: Collection[str] | None = None) -> Relaxed:
    return relax(scenario, all_legs(scenario), enforced)


def legs(scenario: Scenario, enforced: Collection[str] | None = None) -> dict[str, int]:
    """The cost of each leg that can be used, by its id."""
    problem, table = relaxed(scenario, enforced), all_legs(scenario)
    return {table.leg_id(row): int(cost) for row, cost in zip(problem.rows.tolist(), problem.cost, strict=True)}


def lower(scenario: Scenario, enforced: Collection[str] | None = None) -> int | None:
    return sweep(relaxed(scenario, enforced)).lower
