"""Random scenarios: the best repair against brute force over changes really made, each judged by the oracle."""

from __future__ import annotations

from hypothesis import given, reject

from planner.api import plan
from planner.testing import rates
from planner.testing.brute.repairs import assert_repairs
from planner.testing.drawing.strategies import Table, scenarios
from planner.testing.drawn import read
from planner.testing.oracle.best import TooLarge


@given(scenarios())
def test_the_best_repair_is_that_of_brute_force(data: Table) -> None:
    scenario = read(data)
    answer = plan(scenario, repairs=2)
    if answer.conflict is None:
        reject()
    try:
        assert_repairs(scenario, answer)
    except TooLarge:
        rates.counts["repaired: too large"] += 1
        reject()
