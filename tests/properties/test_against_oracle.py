"""Random scenarios: the solver against the oracle, the checker on every plan, brute force on every conflict."""

from __future__ import annotations

from contextlib import suppress

from hypothesis import given, reject

from planner.answer import Answer
from planner.api import plan
from planner.testing import rates
from planner.testing.drawing.strategies import Table, scenarios
from planner.testing.oracle.best import Oracle, TooLarge
from planner.testing.telling import count
from planner.verify.checker import verify
from tests.properties.drawn import read


def rank(answer: Answer) -> tuple[int, int, int] | None:
    """What the oracle ranks plans by: cost, legs, arrival."""
    if answer.plan is None:
        return None
    legs = answer.plan.journey.legs
    return answer.plan.cost, len(legs), legs[-1].arrives_utc if legs else -1


@given(scenarios())
def test_the_answer_is_the_oracle_s(data: Table) -> None:
    scenario = read(data)
    oracle = Oracle(scenario)
    answer = plan(scenario)
    try:
        best = oracle.best()
        count(oracle, best, answer)
    except TooLarge:
        rates.counts["too large"] += 1
        reject()
    assert answer.status == ("optimal" if best else "infeasible")
    assert rank(answer) == (best.rank if best else None)
    if answer.plan is not None:
        verdict = verify(scenario, answer.plan.itinerary)
        assert verdict.valid
        assert verdict.cost == answer.plan.cost == answer.bound
    else:
        with suppress(TooLarge):
            _brute_force(oracle, answer)
            rates.counts["conflicts"] += 1


def _brute_force(oracle: Oracle, answer: Answer) -> None:
    """A conflict's facts rule out every itinerary; leaving out any one of them does not."""
    assert answer.conflict is not None
    facts = {fact.id for fact in answer.conflict.facts}
    try:
        assert oracle.best(lambda fact, _: fact in facts) is None
        for left_out in facts:
            rest = facts - {left_out}
            assert oracle.best(lambda fact, _, rest=rest: fact in rest) is not None, left_out  # type: ignore[misc]
    except TooLarge:
        rates.counts["conflicts too large"] += 1
