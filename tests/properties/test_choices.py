"""Random scenarios: alternatives and the front of cost and time against every trip that the oracle finds."""

from __future__ import annotations

from hypothesis import given, reject, settings

from planner.api import plan
from planner.testing import rates
from planner.testing.brute.choices import assert_choices
from planner.testing.drawing.strategies import Table, scenarios
from planner.testing.drawn import read
from planner.testing.oracle.best import TooLarge

WANTED = 4


@settings(max_examples=settings.default.max_examples // 3)  # type: ignore[union-attr]
@given(scenarios())
def test_alternatives_and_front_are_those_of_brute_force(data: Table) -> None:
    answer = plan(read(data), alternatives=WANTED, front=True, repairs=0)
    if answer.plan is None:
        reject()
    try:
        assert_choices(answer, WANTED)
    except TooLarge:
        rates.counts["choices: too large"] += 1
        reject()
