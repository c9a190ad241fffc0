"""Networks: what is left of them, and the same from the end to the start."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from planner.bounds.ng.graph import Graph
from tests.bounds.ng.paths import Path, cost, graph, graphs, paths


def legs(network: Graph) -> set[Path]:
    """Every path, by legs."""
    return {tuple(network.leg[list(path)].tolist()) for path in paths(network)}


def arcs(network: Graph) -> dict[int, tuple[int, ...]]:
    """By leg: the ports of its ends, cost and wishes."""
    ends = network.port[network.source], network.port[network.target]
    return dict(zip(network.leg.tolist(), zip(*ends, network.cost, network.fulfils, strict=True), strict=True))


def check(network: Graph) -> None:
    assert (np.diff(network.target) >= 0).all()
    assert (network.source < network.target).all()
    assert network.first.tolist() == [*np.searchsorted(network.target, np.arange(len(network) + 1))]


@given(graphs(), st.randoms(use_true_random=False))
def test_some_arcs_leave_the_paths_that_take_no_others(network: Graph, random: object) -> None:
    some = np.array([random.random() < 0.7 for _ in network.source], dtype=np.bool_)  # type: ignore[attr-defined]
    left = network.only(some)
    check(left)
    kept = {path for path in paths(network) if some[list(path)].all()}
    assert legs(left) == {tuple(network.leg[list(path)].tolist()) for path in kept}
    assert set(left.leg.tolist()) == {int(network.leg[arc]) for path in kept for arc in path}
    assert set(arcs(left).items()) <= set(arcs(network).items())
    inner = set(left.source.tolist()) | set(left.target.tolist())
    assert set(range(len(left))) == inner | {0, len(left) - 1}
    assert left.ceiling == max([cost(left, path) for path in paths(left)], default=0)


@given(graphs())
def test_reversed_paths_are_the_same_from_end_to_start(network: Graph) -> None:
    back = network.reversed()
    check(back)
    assert legs(back) == {path[::-1] for path in legs(network)}
    turned = {leg: (there, here, *rest) for leg, (here, there, *rest) in arcs(network).items()}
    assert arcs(back) == turned


def test_all_wishes() -> None:
    assert graph([], 5, [-1, -1]).full == 0b11111
