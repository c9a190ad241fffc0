"""Random scenarios: the solver against the oracle, the checker on every plan, brute force on every conflict."""

from __future__ import annotations

from contextlib import suppress

from hypothesis import given, reject

from planner.testing import assert_same_as_oracle, rates
from planner.testing.drawing.strategies import Table, scenarios
from planner.testing.drawn import read
from planner.testing.oracle.best import Oracle, TooLarge
from planner.testing.telling import count


@given(scenarios())
def test_the_answer_is_the_oracle_s(data: Table) -> None:
    scenario = read(data)
    oracle = Oracle(scenario)
    answer = assert_same_as_oracle(scenario, oracle)
    if answer is None:
        rates.counts["too large"] += 1
        reject()
    assert answer.plan is None or answer.bound == answer.plan.cost
    with suppress(TooLarge):
        count(oracle, oracle.best(), answer)
