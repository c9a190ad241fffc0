"""Random scenarios: the same answer on 1, 2 and 8 workers."""

from __future__ import annotations

from hypothesis import given, settings

from planner.testing.brute.workers import assert_same_on_any_workers
from planner.testing.drawing.strategies import Table, scenarios
from planner.testing.drawn import read


@given(scenarios())
@settings(max_examples=settings.default.max_examples // 6)  # type: ignore[union-attr]
def test_the_number_of_workers_changes_no_answer(data: Table) -> None:
    assert_same_on_any_workers(read(data))
