"""What is left out of a network, and what is known of its legs, against going through every path."""

from __future__ import annotations

from typing import Any, TypeAlias

import numpy as np
from attrs import frozen
from hypothesis import given
from hypothesis import strategies as st

from planner.bounds.engine import never
from planner.bounds.ng.graph import Graph
from planner.bounds.ng.network import Network
from planner.bounds.ng.passes import GRAIN, NEVER
from tests.bounds.ng.paths import MOST_PORTS, cost, fulfilled, graphs, paths

Array: TypeAlias = Any
LEGS = 12  # the last ones are in no network
MANY = 10**6


@frozen(eq=False)
class Case:
    """A network with the cheapest journey through each of its legs (NEVER: none), prizes and memory."""

    network: Network
    least: list[int]
    prizes: Array
    memory: Array

    def journeys(self, upto: int) -> set[tuple[int, ...]]:
        """The paths, by legs, of what is left, that fulfil every wish and cost no more."""
        return journeys(self.network.graph, upto)


def journeys(network: Graph, upto: int) -> set[tuple[int, ...]]:
    full = [path for path in paths(network) if fulfilled(network, path) == network.full]
    return {tuple(network.leg[list(path)].tolist()) for path in full if cost(network, path) <= upto}


@st.composite
def cases(draw: st.DrawFn) -> Case:
    drawn = draw(graphs(most_wishes=4))
    graph = drawn.only(np.ones(len(drawn.source), dtype=np.bool_))
    least = [NEVER] * LEGS
    for path in paths(graph):
        if fulfilled(graph, path) == graph.full:
            for leg in graph.leg[list(path)].tolist():
                least[leg] = min(least[leg], cost(graph, path))
    network = Network(graph, np.zeros(MOST_PORTS, dtype=np.int64), LEGS, never)
    prizes = draw(st.lists(st.integers(0, 15 * GRAIN), min_size=len(graph.wishes), max_size=len(graph.wishes)))
    memory = draw(st.lists(st.integers(0, graph.full), min_size=MOST_PORTS, max_size=MOST_PORTS))
    return Case(network, least, np.array(prizes, dtype=np.int64), np.array(memory, dtype=np.int64))


@given(cases(), st.integers(0, 60), st.integers(0, 60))
def test_what_is_left_out_is_dearer(case: Case, first: int, second: int) -> None:
    network, ceiling = case.network, case.network.ceiling
    assert network.known == 0
    assert network.cut == ceiling
    for cutoff in sorted({min(first, ceiling), min(second, ceiling)}, reverse=True):
        network.narrow(case.prizes, case.memory, cutoff)
        assert network.cut == cutoff
        assert case.journeys(cutoff) == journeys(network.whole, cutoff)
        assert (network.through <= case.least).all()
        left = set(network.graph.leg.tolist())
        assert all(network.through[leg] > cutoff for leg in range(LEGS) if leg not in left)
        assert all(network.through[leg] <= cutoff for leg in left)
    assert network.known == min(max(first, second), ceiling)
    through = network.through.copy()
    network.restart()
    assert (network.graph, network.cut) == (network.whole, ceiling)
    assert (network.through == through).all()


@given(cases(), st.integers(0, 60))
def test_exactly_what_is_dearer_is_left_out(case: Case, cutoff: int) -> None:
    network, cutoff = case.network, min(cutoff, case.network.ceiling)
    assert network.narrow_exactly(case.prizes, case.memory, cutoff, MANY)
    for leg, least in enumerate(case.least):
        assert network.through[leg] == least if least <= cutoff else cutoff < network.through[leg] <= least
    taken = {leg for journey in journeys(network.whole, cutoff) for leg in journey}
    assert set(network.graph.leg.tolist()) == taken
    assert case.journeys(cutoff) == journeys(network.whole, cutoff)


@given(cases(), st.integers(0, 60))
def test_with_too_many_labels_bounds_are_not_exact_but_hold(case: Case, cutoff: int) -> None:
    network, cutoff = case.network, min(cutoff, case.network.ceiling)
    possible = bool(journeys(network.whole, cutoff))
    assert not (network.narrow_exactly(case.prizes, case.memory, cutoff, 1) and possible)
    assert case.journeys(cutoff) == journeys(network.whole, cutoff)
    assert (network.through <= case.least).all()


@given(cases(), st.integers(0, 60))
def test_without_time_nothing_is_left_out(case: Case, cutoff: int) -> None:
    network = case.network
    network.over = lambda: True
    network.narrow(case.prizes, case.memory, cutoff)
    assert not network.narrow_exactly(case.prizes, case.memory, cutoff, MANY)
    assert network.graph is network.whole
    legs = set(network.whole.leg.tolist())
    assert network.through.tolist() == [0 if leg in legs else NEVER for leg in range(LEGS)]
