"""What steps towards better prizes lead to, against going through every path."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from planner.bounds.engine import never
from planner.bounds.ng.ascent import ascend
from planner.bounds.ng.graph import Graph
from planner.bounds.ng.passes import GRAIN, Passes
from tests.bounds.ng.paths import MOST_PORTS, cost, fulfilled, graph, graphs, paths


@given(graphs(most_wishes=4), st.integers(0, 15), st.integers(0, 60), st.integers(1, 12))
def test_what_steps_find_is_true(network: Graph, prize: int, aim: int, steps: int) -> None:
    memory = np.arange(MOST_PORTS) & network.full
    prizes = np.full(len(network.wishes), prize * GRAIN)
    found = ascend(network, memory, prizes, aim, steps=steps, length=1.0, over=never)
    full = [cost(network, path) for path in paths(network) if fulfilled(network, path) == network.full]
    assert found.complete
    if found.value is None:
        assert not any(True for _ in paths(network))
        return
    assert found.value <= min(full, default=GRAIN * 1000) * GRAIN
    assert (found.prizes >= 0).all()
    assert (found.prizes <= max(prize, aim + 1) * GRAIN).all()
    passes = Passes(network, network.reversed(), found.prizes, memory)
    labels = passes.ahead()
    assert labels is not None
    at_end = labels.at_end()
    assert at_end is not None
    assert found.value == labels.values[at_end] + passes.total
    path = labels.walk(at_end)
    assert found.takings == passes.takings(path)
    assert found.ports == network.port[network.target[path]].tolist()
    first = Passes(network, network.reversed(), prizes, memory).ahead()
    assert first is not None
    assert found.value >= first.values[first.at_end()] + int(prizes.sum())
    if found.journey is not None:
        price, journey = found.journey
        assert fulfilled(network, tuple(journey)) == network.full
        assert price == cost(network, tuple(journey)) >= min(full)


def test_steps_close_the_gap() -> None:
    """Two wishes at the dearer of two ways each: with no prizes the bound is 2, with good ones it is what is paid."""
    arcs = [(0, 1, 1, 0), (0, 1, 8, 1), (1, 2, 1, 0), (1, 2, 30, 2)]
    network = graph(arcs, 2, [-1, 0, -1])
    found = ascend(network, np.zeros(3, dtype=np.int64), np.zeros(2), 40, steps=60, length=1.0, over=never)
    assert found.journey == (38, [1, 3])
    assert found.value is not None
    assert 37 * GRAIN < found.value <= 38 * GRAIN


def test_prizes_of_what_is_taken_twice_fall() -> None:
    """Six times: one of two wishes and again one of them, one for 1 and one for 10; prizes alike take the cheap one."""
    pairs = range(6)
    arcs = [
        (node, node + 1, cost, wish << 2 * pair)
        for pair in pairs
        for node in (2 * pair, 2 * pair + 1)
        for cost, wish in ((1, 1), (10, 2))
    ]
    network = graph(arcs, 12, [-1, *[0] * 11, -1])
    found = ascend(network, np.zeros(3, dtype=np.int64), np.zeros(12), 80, steps=60, length=1.0, over=never)
    assert found.value is not None
    assert 0.8 * 66 * GRAIN < found.value <= 66 * GRAIN  # 12 without any prizes


def test_time_ends_it_after_a_step() -> None:
    network = graph([(0, 1, 1, 0), (0, 1, 8, 1)], 1, [-1, -1])
    memory, prizes = np.zeros(3, dtype=np.int64), np.zeros(1)
    found = ascend(network, memory, prizes, 10, steps=60, length=1.0, over=lambda: True)
    assert (found.value, found.journey) == (1 * GRAIN, None)
    found = ascend(network, memory, prizes, 10, steps=60, length=1.0, over=never)
    assert found.journey == (8, [1])
