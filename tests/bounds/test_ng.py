"""Bounds by partial memory against going through every journey."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

pytest.importorskip("numba")

from benchmarks import kiwi
from planner.bounds.ng import NO_WAY, NgBounds, heuristic, ng_bounds, search
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


@given(tours(), st.integers(-5, 60))
def test_legs_are_told_apart_up_to_a_known_cost(problem: Relaxed, more: int) -> None:
    least, through = by_hand(problem)
    upper = (100 if least == NO_WAY else least) + more
    found = ng_bounds(problem, upper, 20)
    check(problem, found)
    assert found is not None
    assert found.lower == least or upper < found.lower
    if found.lower <= upper:
        assert np.where(found.through <= upper, found.through, -1).tolist() == [
            cost if cost <= upper else -1 for cost in through
        ]


@given(tours())
def test_bounds_hold_when_it_looks_too_low_and_gives_up_early(problem: Relaxed) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(search, "STAGES", (search.Stage(0, 3, 1.0, 0.0), search.Stage(1, 3, 0.3, 0.0)))
        patch.setattr(search, "LAST_TRY", 40)
        patch.setattr(search, "SHARP", 10)
        patch.setattr(search, "WIDTH", 1)
        check(problem, ng_bounds(problem, None, 20))


def test_more_wishes_than_bits() -> None:
    cities = 80
    legs = np.arange(cities)
    problem = Relaxed(
        rows=legs,
        from_port=legs,
        to_port=(legs + 1) % cities,
        departs=legs * 1440,
        ready=legs * 1440 + 60,
        departs_on=FIRST + legs,
        arrives_on=FIRST + legs,
        cost=np.full(cities, 5),
        first=legs == 0,
        last=legs == cities - 1,
        nightly=np.zeros(cities, dtype=np.int64),
        start=0,
        goal=0,
        wishes=tuple(Wish(ports=np.arange(cities) == city, least=1, most=1) for city in range(1, cities)),
    )
    found = ng_bounds(problem, None, 20)
    assert found is not None
    assert found.lower == 5 * cities
    assert found.path is None  # it may not fulfil the wishes left out


@pytest.mark.parametrize("name", ["2017-5", "2017-10", "2017-15", "2018-1", "2018-2"])
def test_real_fares(name: str) -> None:
    instance = kiwi.load(name)
    if instance is None:
        pytest.skip("the data is not there")
    problem = kiwi.relaxed(instance)
    found = ng_bounds(problem, None, 60)
    assert found is not None
    assert found.lower == found.upper == kiwi.OPTIMA[name] * 100
    assert found.path is not None
    assert heuristic(problem, 60) == found.path
    assert set(found.path) <= set(problem.rows[found.through == found.lower].tolist())
    assert fulfils(problem, found.path)
