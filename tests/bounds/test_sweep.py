"""The sweeps, by both engines, against going through every journey."""

from itertools import pairwise

import numpy as np
import pytest
from attrs import evolve
from hypothesis import given, settings
from hypothesis import strategies as st

from planner.bounds import sweep as module
from planner.bounds.engine import NO_WAY
from planner.bounds.relaxed import Relaxed, Wish
from planner.bounds.states import MOST_AT_A_PORT, kept, states
from planner.bounds.sweep import Bounds, Labels, labels, sweep
from tests.bounds.brute import cost, fulfils, journeys, problems
from tests.bounds.test_engines import two_legs

both = pytest.mark.parametrize("compiled", [True, False], ids=["loops", "batches"])


def swept(problem: Relaxed, compiled: bool) -> Bounds:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(module, "_compiled", lambda *_: compiled)
        return sweep(problem)


def labelled(problem: Relaxed, compiled: bool) -> Labels:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(module, "_compiled", lambda *_: compiled)
        return labels(problem)


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


@both
@given(problem=problems(), price=st.sampled_from([1, 10**7, 10**14]))
def test_bounds_are_those_of_the_best_journeys(compiled: bool, problem: Relaxed, price: int) -> None:
    problem = evolve(problem, cost=problem.cost * price, nightly=problem.nightly * price)
    least, through = by_hand(problem)
    found = swept(problem, compiled)
    at_home = problem.start == problem.goal and fulfils(problem, ())
    assert found.lower == (problem.fixed if at_home else least)
    assert found.through.tolist() == through


@both
@given(problem=problems())
def test_labels_meet_in_the_bounds(compiled: bool, problem: Relaxed) -> None:
    found = labelled(problem, compiled)
    if len(problem):
        through = np.where(found.through() >= found.infinite, NO_WAY, found.through() + problem.fixed)
        assert through.tolist() == sweep(problem).through.tolist()


@both
@given(problem=problems(most_legs=7))
def test_changes_are_bounded_by_the_best_journeys_that_make_them(compiled: bool, problem: Relaxed) -> None:
    found = labelled(problem, compiled)
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


@given(st.lists(st.tuples(*[st.integers(-1, 2)] * 3), min_size=1, max_size=12))
def test_rows_that_are_the_same_stand_together(rows: list[tuple[int, ...]]) -> None:
    parts = [part.tolist() for part in module._alike(*np.array(rows).T)]
    assert sorted(number for part in parts for number in part) == list(range(len(rows)))
    assert sorted(rows[part[0]] for part in parts) == sorted(set(rows))
    assert all(len({rows[number] for number in part}) == 1 for part in parts)


def test_ordered_wishes_take_few_states_and_others_twice_as_many_each() -> None:
    def wishes(ordered: int, free: int) -> Relaxed:
        one = np.arange(ordered + free)
        made = (Wish(ports=one == number, ordered=number < ordered) for number in range(ordered + free))
        return evolve(two_legs(4, 2, 5), nightly=0 * one, wishes=tuple(made))

    for ordered, free, count in ((20, 0, 21), (0, 5, 32), (3, 2, 16)):
        problem, every = wishes(ordered, free), list(range(ordered + free))
        assert kept(problem, count) == every
        assert states(problem, every).count == count
        assert kept(problem, count - 1) == every[:-1]


def test_a_port_has_no_more_wishes_than_their_sets_can_be_tabulated() -> None:
    here = np.array([False, True])
    problem = evolve(two_legs(4, 2, 5), wishes=tuple(Wish(ports=here) for _ in range(MOST_AT_A_PORT + 2)))
    assert kept(problem, 1 << 20) == list(range(MOST_AT_A_PORT))
