"""Searching through bounds gives what searching the whole gives."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from hypothesis import given, reject
from hypothesis import strategies as st

from planner.answer import Answer
from planner.answering import Wanted, answers_of
from planner.network.runs import TooLarge
from planner.scenario.scenario import Scenario
from planner.solving import band, begin
from planner.solving.band import Banded
from planner.solving.client import Effort
from planner.solving.search import Whole
from planner.testing.drawing.strategies import Table, scenarios
from planner.testing.drawn import read


def effort() -> Effort:
    return Effort.starting_now(120, 2, 0)


def last(found: Iterator[Answer]) -> Answer:
    *_, answer = found
    return answer


def banded(scenario: Scenario, crowd: int) -> Answer:
    """The answer with a band that starts with so few legs that it has to grow; `crowd` legs are a crowd."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(begin, "EXPLAINED_WHOLE", -1)
        patch.setattr(band, "FIRST_BAND", 1)
        patch.setattr(band, "GROWTH", 2)
        patch.setattr(band, "CROWD", crowd)
        return last(answers_of(scenario, Banded.of(scenario, effort()), Wanted()))


@given(scenarios(), st.sampled_from([1, 1000]))
def test_the_band_changes_no_answer(data: Table, crowd: int) -> None:
    scenario = read(data)
    try:
        whole = Whole.of(scenario, effort())
    except TooLarge:
        reject()
    expected, found = last(answers_of(scenario, whole, Wanted())), banded(scenario, crowd)
    assert found.status == expected.status
    if expected.plan is not None and found.plan is not None:
        assert found.plan.cost == expected.plan.cost == found.bound
        assert found.plan.itinerary == expected.plan.itinerary
    if found.conflict is not None and expected.conflict is not None:
        assert found.conflict.smallest
        assert len(found.conflict.facts) == len(expected.conflict.facts)
        for witness in found.conflict.witnesses:
            others = [fact for fact in whole.facts() if fact.id != witness.without.id]
            assert witness.alone == (whole.holding(others) is not None)
        facts = [fact for fact in whole.facts() if fact.id in {other.id for other in found.conflict.facts}]
        assert whole.holding(facts) is None
        for left_out in facts:
            assert whole.holding([fact for fact in facts if fact is not left_out]) is not None
