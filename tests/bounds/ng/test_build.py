"""The network of a problem against going through every journey."""

from __future__ import annotations

import numpy as np
from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st

from planner.bounds.ng.build import build
from planner.bounds.relaxed import Relaxed
from tests.bounds import brute
from tests.bounds.brute import cost, fulfils, journeys, problems
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


@given(problems(most_legs=7, most_wishes=3))
def test_paths_fulfil_what_their_journeys_do(problem: Relaxed) -> None:
    problem = evolve(problem, wishes=tuple(evolve(wish, ordered=False) for wish in problem.wishes))
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


@given(problems(most_legs=5, most_wishes=0), st.integers(1, 1000))
def test_costs_are_in_the_greatest_unit(problem: Relaxed, price: int) -> None:
    network = build(evolve(problem, cost=problem.cost * price, nightly=problem.nightly * price))
    amounts = [*problem.cost.tolist(), *problem.nightly.tolist()]
    assert network.cost.dtype == np.int64
    assert network.unit == (price * int(np.gcd.reduce(amounts, initial=0)) or 1)
