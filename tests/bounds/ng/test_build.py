"""The network of a problem against going through every journey."""

from __future__ import annotations

import numpy as np
from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st

from planner.bounds.ng.build import build
from planner.bounds.relaxed import ANY_DAY, Relaxed, Wish
from tests.bounds import brute
from tests.bounds.brute import FIRST, cost, fulfils, journeys, problems
from tests.bounds.ng.paths import cost as cost_of_path
from tests.bounds.ng.paths import fulfilled, paths


@given(problems(most_legs=7, most_wishes=4), st.sampled_from([1, 3, 100]))
def test_full_paths_are_the_journeys_that_fulfil_every_wish(problem: Relaxed, price: int) -> None:
    problem = evolve(problem, cost=problem.cost * price, nightly=problem.nightly * price)
    network = build(problem)
    found: dict[tuple[int, ...], set[int]] = {}
    for path in paths(network):
        if fulfilled(network, path) == network.full:
            taken = network.leg[list(path)]
            found.setdefault(tuple(taken[taken >= 0].tolist()), set()).add(cost_of_path(network, path) * network.unit)
    expected = {
        journey: {cost(problem, journey) - problem.fixed}
        for journey in journeys(problem)
        if journey and fulfils(problem, journey)
    }
    assert found == expected


def check_choices(problem: Relaxed) -> None:
    """That paths fulfil what the journeys with their legs do, in every way to choose."""
    network = build(problem)
    found: dict[tuple[int, ...], set[int]] = {}
    for path in paths(network):
        taken = network.leg[list(path)]
        found.setdefault(tuple(taken[taken >= 0].tolist()), set()).add(fulfilled(network, path))
    assert found == {
        journey: {sum(1 << wish for wish in wishes) for wishes in brute.fulfilled(problem, journey)}
        for journey in journeys(problem)
        if journey
    }


@given(problems(most_legs=7, most_wishes=3))
def test_paths_fulfil_what_their_journeys_do(problem: Relaxed) -> None:
    check_choices(evolve(problem, wishes=tuple(evolve(wish, ordered=False) for wish in problem.wishes)))


limits = st.builds(
    Wish,
    ports=st.just(np.array([False, True, False])),
    arrive_by=st.sampled_from([ANY_DAY, FIRST, FIRST + 1]),
    leave_from=st.sampled_from([-ANY_DAY, FIRST + 2, FIRST + 4]),
    least=st.integers(0, 3),
    most=st.sampled_from([ANY_DAY, 3, 4, 6]),
    to_end=st.just(False),
)


@given(st.lists(limits, min_size=1, max_size=2))
def test_of_many_departures_those_in_time_fulfil_a_wish(wishes: list[Wish]) -> None:
    """To port 1 twice on the first day and once on the next; on from there in the morning and evening of each day."""
    arrives = [600, 900, 2000]
    leaves = [day * 1440 + minute for day in range(6) for minute in (700, 1200)]
    departs = np.array([*(minute - 60 for minute in arrives), *leaves]) + (FIRST - 719163) * 1440
    there = np.arange(len(departs)) < len(arrives)
    check_choices(
        Relaxed(
            rows=np.arange(len(departs)),
            from_port=np.where(there, 0, 1),
            to_port=np.where(there, 1, 2),
            departs=departs,
            ready=departs + 60,
            departs_on=departs // 1440 + 719163,
            arrives_on=departs // 1440 + 719163,
            cost=np.ones(len(departs), dtype=np.int64),
            first=there,
            last=~there,
            nightly=np.array([0, 3, 0]),
            start=0,
            goal=2,
            wishes=tuple(wishes),
        )
    )


@given(problems(most_legs=5, most_wishes=0), st.integers(1, 1000))
def test_costs_are_in_the_greatest_unit(problem: Relaxed, price: int) -> None:
    network = build(evolve(problem, cost=problem.cost * price, nightly=problem.nightly * price))
    amounts = [*problem.cost.tolist(), *problem.nightly.tolist()]
    assert network.cost.dtype == np.int64
    assert network.unit == (price * int(np.gcd.reduce(amounts, initial=0)) or 1)
