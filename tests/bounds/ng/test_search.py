"""The search with little effort at each step, and with little time."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest
from attrs import evolve
from hypothesis import given

pytest.importorskip("numba")

from planner.bounds.engine import never
from planner.bounds.ng import NO_WAY, heuristic, ng_bounds, search
from planner.bounds.ng.build import build
from planner.bounds.ng.passes import NEVER
from planner.bounds.relaxed import Relaxed
from tests.bounds.test_engines import two_legs
from tests.bounds.test_ng import by_hand, check, tours


@given(tours())
def test_with_little_effort_it_takes_longer(problem: Relaxed) -> None:
    """One step for the prizes, and then a look only a little above the bound, again and again."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(search, "STAGES", (search.Stage(0, 1, 1.0, 0.05),))
        patch.setattr(search, "LAST", search.Stage(0, 1, 1.0, 0.0))
        found = ng_bounds(problem, None, 20)
    check(problem, found)
    assert found is not None
    least, through = by_hand(problem)
    assert found.lower == least
    assert found.upper == (None if least == NO_WAY else least)
    if least < NO_WAY:
        assert found.known >= least
        assert (found.through == least).tolist() == [cost == least for cost in through]


@given(tours())
def test_with_few_labels_at_first_there_are_more_each_time(problem: Relaxed) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(search, "STAGES", (search.Stage(0, 1, 1.0, 0.05),))
        patch.setattr(search, "LAST", search.Stage(0, 1, 1.0, 0.0))
        found = search.Search(problem, build(problem), None, never, most=2)
        found.run()
    least, _ = by_hand(problem)
    assert found.lower == (NEVER if least == NO_WAY else (least - problem.fixed) // found.whole.unit)
    assert found.best is None if least == NO_WAY else found.best is not None and found.best[0] == found.lower


def after(looks: int) -> Callable[[], bool]:
    """Time that is over after it was looked at so many times."""
    left = iter([False] * looks)
    return lambda: next(left, True)


@pytest.mark.parametrize("looks", range(12))
def test_what_was_found_when_time_was_over_is_true(looks: int) -> None:
    problem = two_legs(4, 2, 5)
    found = ng_bounds(problem, None, 20, after(looks))
    check(problem, found)
    assert found is not None
    if looks:  # the first prizes lead to the best journey
        assert (found.lower, found.upper, found.path) == (6, 6, (0, 1))


def test_nothing_is_said_of_journeys_that_are_of_no_interest() -> None:
    found = ng_bounds(two_legs(4, 2, 5), 5, 20)
    assert found is not None
    assert found.lower > 5
    assert (np.array(found.through) > 5).all()


def test_a_cheap_journey_is_told_by_its_positions() -> None:
    assert heuristic(evolve(two_legs(4, 2, 5), rows=np.array([7, 8, 9])), 20) == (7, 8)
    assert heuristic(evolve(two_legs(4, 2, 5), last=np.zeros(3, dtype=bool)), 20) is None
