"""Random scenarios: conflicts and what they prove against brute force over sets of facts, judged by the oracle."""

from __future__ import annotations

from hypothesis import given, reject

from planner.api import plan
from planner.testing import rates
from planner.testing.brute.conflicts import assert_conflicts
from planner.testing.drawing.strategies import Table, scenarios
from planner.testing.drawn import read
from planner.testing.oracle.best import TooLarge


@given(scenarios())
def test_conflicts_are_those_of_brute_force(data: Table) -> None:
    scenario = read(data)
    answer = plan(scenario, limit=None, repairs=0)
    if answer.conflict is None:
        rates.counts["explained: possible"] += 1
        return
    try:
        assert_conflicts(scenario, answer)
    except TooLarge:
        rates.counts["explained: too large"] += 1
        reject()
