"""Labels against going through every path."""

from __future__ import annotations

from itertools import combinations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from planner.bounds.ng.graph import Graph
from planner.bounds.ng.labels import worth
from planner.bounds.ng.passes import GRAIN, NEVER, Labels, Passes
from tests.bounds.ng.paths import Path, cost, fulfilled, graph, label, passes, paths, worth_of


def through(found: Passes, path: Path, arc: int) -> int:
    """What a path comes to where the labels of both directions meet behind an arc, in grains."""
    place = path.index(arc) + 1
    count = len(found.graph.source)
    order = np.argsort(len(found.graph) - 1 - found.graph.source, kind="stable")  # as `reversed` has them
    number = np.empty(count, dtype=np.int64)
    number[order] = np.arange(count)
    ahead, value = label(found, found.graph, path[:place])
    back, more = label(found, found.back, tuple(number[list(path[: place - 1 : -1])].tolist()))
    return value + more + worth_of(found, ahead & back) + found.total


def labels_of(found: Labels, node: int) -> list[tuple[int, int]]:
    some = slice(int(found.start[node]), int(found.start[node + 1]))
    return list(zip(found.masks[some].tolist(), found.values[some].tolist(), strict=True))


def check_labels(found: Passes, network: Graph, labels: Labels, *, exact: bool) -> None:
    """Every label is a path's, no other is as good, and of every path some label is as good; cheapest first."""

    def as_good(one: tuple[int, int], other: tuple[int, int]) -> bool:
        (kept, known), (mask, value) = one, other
        return known + worth_of(found, kept & ~mask) <= value and not (exact and mask & ~kept)

    for node in range(len(network)):
        there = labels_of(labels, node)
        assert [value for _, value in there] == sorted(value for _, value in there)
        assert not any(as_good(*pair) for pair in combinations(there, 2))
        for path in paths(network, node):
            assert any(as_good(one, label(found, network, path)) for one in there)
        for number in range(int(labels.start[node]), int(labels.start[node + 1])):
            path = tuple(labels.walk(number))
            assert path in set(paths(network, node))
            assert label(found, network, path) == (labels.masks[number], labels.values[number])


@given(passes(), st.booleans())
def test_of_every_path_there_is_a_label_that_is_as_good(found: Passes, exact: bool) -> None:
    ahead, behind = found.ahead(exact=exact), found.behind(exact=exact)
    assert ahead is not None
    assert behind is not None
    check_labels(found, found.graph, ahead, exact=exact)
    check_labels(found, found.back, behind, exact=exact)


@given(passes(), st.integers(-1, 80))
def test_what_a_path_through_an_arc_costs_at_least(found: Passes, cutoff: int) -> None:
    """Up to a limit: the least where labels meet, which is no more than any journey costs that fulfils every wish."""
    complete = found.memory is None
    guide = found.behind(exact=complete)
    assert guide is not None
    ahead = found.ahead(guide=guide, cutoff=cutoff * GRAIN, exact=complete)
    behind = None if ahead is None else found.behind(guide=ahead, cutoff=cutoff * GRAIN, exact=complete)
    assert ahead is not None
    assert behind is not None
    bounds = found.through(ahead, behind).tolist()
    for arc, bound in enumerate(bounds):
        some = [path for path in paths(found.graph) if arc in path]
        full = [path for path in some if fulfilled(found.graph, path) == found.graph.full]
        journeys = min([cost(found.graph, path) * GRAIN for path in full], default=NEVER)
        least = journeys if complete else min([through(found, path, arc) for path in some], default=NEVER)
        assert least <= journeys
        assert bound == least if least <= cutoff * GRAIN else bound > cutoff * GRAIN


@given(passes())
def test_the_cheapest_label_at_the_end_bounds_every_journey(found: Passes) -> None:
    labels = found.ahead()
    assert labels is not None
    at_end = labels.at_end()
    values = [label(found, found.graph, path)[1] for path in paths(found.graph)]
    assert (None if at_end is None else int(labels.values[at_end])) == min(values, default=None)
    for path in paths(found.graph):
        if fulfilled(found.graph, path) == found.graph.full:
            assert at_end is not None
            assert labels.values[at_end] + found.total <= cost(found.graph, path) * GRAIN


@given(passes(), st.integers(1, 3))
def test_few_labels_with_a_good_guide_lead_to_the_best_journey(found: Passes, width: int) -> None:
    whole = Passes(found.graph, found.back, found.prizes, None)
    guide = whole.behind(exact=True)
    assert guide is not None
    labels = whole.ahead(guide=guide, exact=True, width=width)
    assert labels is not None
    best = min((label(whole, whole.graph, path)[1] for path in paths(whole.graph)), default=None)
    at_end = labels.at_end()
    assert (None if at_end is None else int(labels.values[at_end])) == best


def test_only_the_most_promising_labels_are_kept() -> None:
    """Three ways to the middle, each with its own wish; the dearest of them goes on for nothing."""
    network = graph([(0, 1, 1, 1), (0, 1, 2, 2), (0, 1, 3, 4), (1, 2, 9, 4), (1, 2, 12, 0)], 3, [-1, 0, -1])
    found = Passes(network, network.reversed(), np.array([0, 0, 8]) * GRAIN, None)
    guide = found.behind(exact=True)
    assert guide is not None
    for width, masks in ((1, [1]), (2, [1, 2]), (3, [4, 1, 2]), (9, [4, 1, 2])):
        labels = found.ahead(guide=guide, exact=True, width=width)
        assert labels is not None
        assert [mask for mask, _ in labels_of(labels, 1)] == masks


def test_too_many_labels_are_given_up() -> None:
    network = graph([(0, 1, 1, 0), (1, 2, 1, 0)], 0, [-1, 0, -1])
    found = Passes(network, network.reversed(), np.zeros(0, dtype=np.int64), None)
    assert found.ahead(most=3) is not None
    assert found.ahead(most=2) is None


def test_thousands_of_sets_have_a_label_each() -> None:
    """At each step one pays for one more wish or not."""
    steps = 11
    arcs = [(step, step + 1, paid << step, paid << step) for step in range(steps) for paid in (0, 1)]
    network = graph(arcs, steps, [-1, *[0] * (steps - 1), -1])
    found = Passes(network, network.reversed(), np.zeros(steps, dtype=np.int64), None)
    labels = found.ahead(exact=True)
    assert labels is not None
    for node in range(steps + 1):
        assert labels_of(labels, node) == [(mask, mask * GRAIN) for mask in range(1 << node)]
    at_end = labels.at_end(0b10101)
    assert at_end is not None
    assert labels.masks[at_end] == 0b10101
    assert [arc % 2 for arc in labels.walk(at_end)] == [1, 0, 1, 0, 1, 0, 0, 0, 0, 0, 0]


@given(st.lists(st.integers(0, 10**6), max_size=20), st.integers(0, 2**20 - 1))
def test_a_set_is_worth_the_sum_of_its_prizes(prizes: list[int], mask: int) -> None:
    network = graph([(0, 1, 0, 0)], len(prizes), [-1, -1])
    found = Passes(network, network.reversed(), np.array(prizes, dtype=np.int64), None)
    mask &= network.full
    assert worth(mask, found.sums) == worth_of(found, mask)
    assert found.total == sum(prizes)
