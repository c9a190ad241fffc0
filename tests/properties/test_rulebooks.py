"""Random trips under the rulebooks that come with the planner: the oracle's answer, and both readings of every rule."""

from __future__ import annotations

import pytest
from hypothesis import given, settings

from planner.rules.base import table_kinds
from planner.scenario.reading import read_rulebooks
from planner.scenario.scenario import Scenario
from planner.testing import assert_readings_agree, assert_same_as_oracle, scenarios

SHARE = 30  # of the profile's examples goes to each rulebook


@pytest.mark.parametrize("name", read_rulebooks(table_kinds()))
def test_trips_under_a_rulebook(name: str) -> None:
    @settings(max_examples=settings().max_examples // SHARE)
    @given(scenarios(rulebooks=[name]))
    def holds(scenario: Scenario) -> None:
        assert_same_as_oracle(scenario)
        assert_readings_agree(scenario, tries=20)

    holds()
