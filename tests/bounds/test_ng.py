"""Bounds by partial memory against going through every journey."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

pytest.importorskip("numba")

from planner.bounds.ng import NO_WAY, NgBounds, ng_bounds
from planner.bounds.relaxed import Relaxed, Wish
from tests.bounds.brute import FIRST, cost, fulfils, journeys, problems


def by_hand(problem: Relaxed) -> tuple[int, list[int]]:
    """The least cost of a journey that fulfils every wish, and by leg that of one that takes it."""
    least, through = int(NO_WAY), [int(NO_WAY)] * len(problem)
    for path in journeys(problem):
        if fulfils(problem, path):
            price = cost(problem, path)
            least = min(least, price)
            for leg in path:
                through[leg] = min(through[leg], price)
    return least, through


def check(problem: Relaxed, found: NgBounds | None) -> None:
    """That bounds are bounds, and the path a journey of that cost that fulfils every wish."""
    assert found is not None
    least, through = by_hand(problem)
    assert found.lower <= least
    assert (found.through <= np.array(through, dtype=np.int64)).all()
    if found.path is not None:
        path = tuple(problem.rows.tolist().index(row) for row in found.path)
        assert path in set(journeys(problem))
        assert fulfils(problem, path)
        assert found.upper == cost(problem, path) >= least


@st.composite
def tours(draw: st.DrawFn) -> Relaxed:
    """Flights between all cities on some days, one a day; a night or two at each city."""
    cities, days = draw(st.integers(3, 5)), draw(st.integers(4, 6))
    pairs = [(a, b, day) for day in range(days) for a in range(cities) for b in range(cities) if a != b]
    legs = np.array(draw(st.lists(st.sampled_from(pairs), min_size=20, max_size=60, unique=True)))
    seed = np.random.default_rng(draw(st.integers(0, 1000)))
    on = FIRST + legs[:, 2]
    minutes = (on - 719163) * 1440
    wishes = []
    for city in range(1, cities):
        ports = np.arange(cities) == city
        most = draw(st.integers(1, 2))
        wishes.append(Wish(ports=ports, least=draw(st.integers(0, 1)), most=most, to_end=draw(st.booleans())))
    return Relaxed(
        rows=np.arange(len(legs)) + 100,
        from_port=legs[:, 0],
        to_port=legs[:, 1],
        departs=minutes + 600,
        ready=minutes + 720,
        departs_on=on,
        arrives_on=on,
        cost=seed.integers(1, 50, len(legs)) * draw(st.sampled_from([1, 100])),
        first=legs[:, 0] == 0,
        last=legs[:, 1] == 0,
        nightly=np.full(cities, draw(st.sampled_from([0, 3]))),
        start=0,
        goal=0,
        fixed=draw(st.sampled_from([0, 11])),
        wishes=tuple(wishes),
    )


@given(problems(most_legs=9, most_wishes=6))
def test_bounds_hold(problem: Relaxed) -> None:
    check(problem, ng_bounds(problem, None, 20))


@given(tours())
def test_tours_are_solved(problem: Relaxed) -> None:
    found = ng_bounds(problem, None, 20)
    check(problem, found)
    assert found is not None
    least, _ = by_hand(problem)
    assert found.lower == least
    assert (found.upper is None) == (least == NO_WAY)
