"""The model's assignments and the checker's itineraries are the same, whichever facts are in force."""

from __future__ import annotations

from collections import Counter
from random import Random

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from planner.core.errors import ScenarioError
from planner.model.build import build
from planner.rules.base import kinds, table_kinds
from planner.rules.examples import scenario_data
from planner.scenario.reading import read_mapping
from planner.testing.drawing.strategies import scenarios
from tests.model.assignments import judge_both_ways, random_itineraries
from tests.small import VISA_FOR_BETA, small

EXAMPLES = {name: cls.examples for name, cls in kinds().items()}


@pytest.mark.parametrize("kind", list(EXAMPLES))
def test_in_the_examples_of_a_kind(kind: str) -> None:
    seen: Counter[str] = Counter()
    for number, example in enumerate(EXAMPLES[kind]):
        model = build(read_mapping(scenario_data(example), table_kinds()))
        seen += judge_both_ways(model, Random(number), 3)
    assert min(seen["allowed"], seen["refused"], seen["found"]) > 0, seen


@settings(max_examples=25, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
@given(scenarios(), st.integers(0, 2**16))
def test_in_random_worlds(data: dict[str, object], seed: int) -> None:
    try:
        scenario = read_mapping(data, table_kinds())
    except ScenarioError:
        assume(False)
        raise
    judge_both_ways(build(scenario), Random(seed), 3)


def test_with_a_visa_to_fetch_and_a_new_passport() -> None:
    world = small(
        VISA_FOR_BETA,
        """
        today = 2025-05-20
        [[acquirables]]
        id = "book"
        price = "5"
        lead = { days = 3 }
        passport = { id = "n", state = "DD" }
        [[acquirables]]
        id = "visa"
        price = "7"
        per = "party"
        keeps_passport = true
        handed_over_in = ["AA"]
        permission = { zone = "BB", entries = 1 }
        [[travellers]]
        id = "t"
        passports = [{ id = "a", state = "AA" }, { id = "b", state = "BB" }]
        """,
    )
    seen = judge_both_ways(build(world), Random(1), 40)
    assert min(seen["allowed"], seen["refused"]) > 10, seen


def test_with_all_legs_before_today_nothing_can_be_applied_for_any_more() -> None:
    world = small(
        VISA_FOR_BETA,
        'today = 2026-01-01\n[[acquirables]]\nid = "visa"\nprice = "1"\npermission = { zone = "BB" }\n',
    )
    model = build(world)
    assert not len(model.options.applications("t").ids)
    plans = list(random_itineraries(world, model.rules, Random(0), 5))
    assert not any(plan.applications for plan in plans)
    judge_both_ways(model, Random(0), 20)
