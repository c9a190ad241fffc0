"""What is remembered at each port, by hand."""

from __future__ import annotations

import numpy as np
from attrs import evolve
from hypothesis import given

from planner.bounds.ng.build import build
from planner.bounds.ng.memory import MOST_REMEMBERED, grown, nearest, own, with_nearest
from planner.bounds.ng.passes import Passes
from planner.bounds.relaxed import Relaxed, Wish
from tests.bounds.brute import FIRST
from tests.bounds.ng.paths import graph, label, passes, paths


def problem() -> Relaxed:
    """Port 0 to 1, 2 and back; nothing flies to or from port 3."""
    ways = [(0, 1, 5), (1, 0, 7), (0, 2, 1), (2, 0, 2), (1, 2, 3), (2, 1, 4), (0, 1, 9)]
    hours = np.arange(len(ways)) * 60
    return Relaxed(
        rows=np.arange(len(ways)),
        from_port=np.array([way[0] for way in ways]),
        to_port=np.array([way[1] for way in ways]),
        departs=hours,
        ready=hours + 30,
        departs_on=np.full(len(ways), FIRST),
        arrives_on=np.full(len(ways), FIRST),
        cost=np.array([way[2] for way in ways]),
        first=np.ones(len(ways), dtype=bool),
        last=np.ones(len(ways), dtype=bool),
        nightly=np.zeros(4, dtype=np.int64),
        start=0,
        goal=0,
        wishes=tuple(Wish(ports=np.isin(np.arange(4), ports)) for ports in ([1], [2], [1, 3], [3])),
    )


def test_a_port_s_own_wishes() -> None:
    assert own(problem(), build(problem())).tolist() == [0, 0b0101, 0b0010, 0b1100]


def test_ordered_wishes_have_no_bit() -> None:
    wishes = problem().wishes
    ordered = evolve(problem(), wishes=(evolve(wishes[0], ordered=True), *wishes[1:]))
    assert own(ordered, build(ordered)).tolist() == [0, 0b010, 0b001, 0b110]


def test_wishes_by_how_cheaply_one_flies_there_and_back() -> None:
    """From port 0: to 2 and back for 3, to 1 for 12; from 1: to 2 and back for 7; from 2: to 1 and back for 7."""
    ranked = nearest(problem(), build(problem()))
    assert ranked.T.tolist() == [[1, 0, 2, -1], [1, -1, -1, -1], [0, 2, -1, -1], [-1, -1, -1, -1]]
    memory = np.array([0, 0b0101, 0b0010, 0b1100])
    assert with_nearest(memory, ranked, 0).tolist() == [0, 0b0101, 0b0010, 0b1100]
    assert with_nearest(memory, ranked, 1).tolist() == [0b0010, 0b0111, 0b0011, 0b1100]
    assert with_nearest(memory, ranked, 2).tolist() == [0b0011, 0b0111, 0b0111, 0b1100]
    assert memory.tolist() == [0, 0b0101, 0b0010, 0b1100]


def test_what_is_taken_again_is_remembered_between() -> None:
    ports = [0, -1, 1, 2, 3]
    memory = np.zeros(4, dtype=np.int64)
    assert grown(memory, ports, [(0, 0b01), (3, 0b10)]).tolist() == [0, 0, 0, 0]
    assert grown(memory, ports, [(0, 0b01), (3, 0b11)]).tolist() == [0b01, 0b01, 0, 0]
    assert grown(memory, ports, [(0, 0b10), (2, 0b10), (4, 0b11)]).tolist() == [0b10, 0b10, 0b10, 0]
    assert memory.tolist() == [0, 0, 0, 0]


def test_no_port_remembers_more_than_labels_can_bear() -> None:
    full = (1 << MOST_REMEMBERED) - 1
    memory = np.array([full, full >> 1])
    assert grown(memory, [0, 1, 0], [(0, 1 << 30), (2, 1 << 30)]).tolist() == [full, full >> 1 | 1 << 30]


@given(passes())
def test_with_what_is_taken_again_remembered_a_path_takes_it_once(found: Passes) -> None:
    """Takings are where a path's prizes come from; and once memory has grown, no prize of it comes twice."""
    network = found.graph
    for path in paths(network):
        takings = found.takings(list(path))
        prizes = [sum(int(found.prizes[wish]) for wish in range(10) if mask >> wish & 1) for _, mask in takings]
        assert label(found, network, path)[1] == int(network.cost[list(path)].sum()) * 256 - sum(prizes)
        assert all(mask and not mask & ~int(network.fulfils[path[place]]) for place, mask in takings)
        if found.memory is not None:
            ports = network.port[network.target[list(path)]].tolist()
            more = evolve(found, memory=grown(found.memory, ports, takings))
            masks = [mask for _, mask in more.takings(list(path))]
            assert sum(masks) == np.bitwise_or.reduce(np.array(masks, dtype=np.int64), initial=0)


def test_forgotten_wishes_are_taken_again() -> None:
    network = graph([(0, 1, 0, 0b01), (1, 2, 0, 0b11), (2, 3, 0, 0b11)], 2, [-1, 0, 1, -1])
    found = Passes(network, network.reversed(), np.array([1, 1]), np.array([0b10, 0b01]))
    assert found.takings([0, 1, 2]) == [(0, 0b01), (1, 0b11), (2, 0b10)]
