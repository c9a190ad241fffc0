"""The sweeps against going through every journey."""

from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings

from planner.bounds import sweep as module
from planner.bounds.relaxed import Relaxed
from planner.bounds.sweep import NO_WAY, labels, sweep
from tests.bounds.brute import cost, fulfils, journeys, problems


def by_hand(problem: Relaxed) -> tuple[int | None, list[int]]:
    through = [int(NO_WAY)] * len(problem)
    least: int | None = None
    for path in journeys(problem):
        if fulfils(problem, path):
            price = cost(problem, path)
            least = price if least is None else min(least, price)
            for leg in path:
                through[leg] = min(through[leg], price)
    return least, through


@given(problems())
def test_bounds_are_those_of_the_best_journeys(problem: Relaxed) -> None:
    least, through = by_hand(problem)
    found = sweep(problem)
    at_home = problem.start == problem.goal and fulfils(problem, ())
    assert found.lower == (problem.fixed if at_home else least)
    assert found.through.tolist() == through


@given(problems())
def test_blocks_change_nothing(problem: Relaxed) -> None:
    whole = sweep(problem)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(module, "BLOCK", 1)
        apart = sweep(problem)
    assert apart.lower == whole.lower
    assert apart.through.tolist() == whole.through.tolist()


@given(problems())
def test_labels_meet_in_the_bounds(problem: Relaxed) -> None:
    found = labels(problem)
    if len(problem):
        through = np.where(found.through() >= found.infinite, NO_WAY, found.through() + problem.fixed)
        assert through.tolist() == sweep(problem).through.tolist()


@given(problems(most_legs=7))
def test_changes_are_bounded_by_the_best_journeys_that_make_them(problem: Relaxed) -> None:
    found = labels(problem)
    best: dict[tuple[int, int], int] = {}
    for path in journeys(problem):
        if fulfils(problem, path):
            price = cost(problem, path) - problem.fixed
            for pair in pairwise(path):
                best[pair] = min(price, best.get(pair, price))
    meeting = [
        (before, after)
        for before in range(len(problem))
        for after in range(len(problem))
        if problem.to_port[before] == problem.from_port[after] and problem.departs[after] >= problem.ready[before]
    ]
    befores, afters = np.array(meeting, dtype=np.int64).reshape(-1, 2).T
    for pair, bound in zip(meeting, found.changing(befores, afters).tolist(), strict=True):
        assert bound == best.get(pair, found.infinite)


@given(problems())
@settings(max_examples=30)
def test_fewer_states_never_raise_a_bound(problem: Relaxed) -> None:
    whole, part = sweep(problem), sweep(problem, most_states=2)
    assert (part.through <= whole.through).all()
    assert whole.lower is None or (part.lower is not None and part.lower <= whole.lower)
