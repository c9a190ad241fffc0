"""Small networks, and every path through them: what labels are held against."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise
from random import Random

import numpy as np
from hypothesis import strategies as st

from planner.bounds.ng.graph import Graph
from planner.bounds.ng.passes import GRAIN, Passes

Path = tuple[int, ...]  # arcs, in order
MOST_PORTS = 3


def graph(arcs: list[tuple[int, int, int, int]], wishes: int, ports: list[int]) -> Graph:
    """A network of arcs (source, target, cost, wishes fulfilled); `ports` by node."""
    arcs = sorted(arcs, key=lambda arc: arc[1])
    source, target, cost, fulfils = np.array(arcs, dtype=np.int64).reshape(-1, 4).T
    return Graph(
        first=np.searchsorted(target, np.arange(len(ports) + 1)).astype(np.int64),
        source=source.copy(),
        target=target.copy(),
        cost=cost.copy(),
        fulfils=fulfils.copy(),
        leg=np.arange(len(arcs)),
        port=np.array(ports, dtype=np.int64),
        unit=1,
        wishes=tuple(range(wishes)),
    )


@st.composite
def graphs(draw: st.DrawFn, most_wishes: int = 10) -> Graph:
    """Small networks; most have a path that fulfils every wish."""
    r = Random(draw(st.integers(0, 10**9)))
    nodes, wishes = r.randint(2, 6), r.choice([0, 1, 2, 3, most_wishes])
    route = [0, *(node for node in range(1, nodes - 1) if r.random() < 0.7), nodes - 1]
    pairs = list(pairwise(route)) if r.random() < 0.9 else []
    pairs += [tuple(sorted(r.sample(range(nodes), 2))) for _ in range(r.randint(0, 12 - len(pairs)))]
    masks = [sum(1 << wish for wish in range(wishes) if r.random() < 0.2) for _ in pairs]
    for wish in range(wishes if pairs and r.random() < 0.8 else 0):
        masks[r.randrange(min(len(pairs), len(route) - 1))] |= 1 << wish
    arcs = [(a, b, r.randint(0, 20), mask) for (a, b), mask in zip(pairs, masks, strict=True)]
    return graph(arcs, wishes, [-1, *(r.randint(-1, MOST_PORTS - 1) for _ in range(nodes - 2)), -1])


@st.composite
def passes(draw: st.DrawFn) -> Passes:
    """A network with prizes, and little or much that is remembered."""
    network = draw(graphs())
    prizes = draw(st.lists(st.integers(0, 15 * GRAIN), min_size=len(network.wishes), max_size=len(network.wishes)))
    some = st.one_of(st.just(network.full), st.integers(0, network.full))
    memory = draw(st.one_of(st.none(), st.lists(some, min_size=MOST_PORTS, max_size=MOST_PORTS)))
    return Passes(
        network,
        network.reversed(),
        np.array(prizes, dtype=np.int64),
        None if memory is None else np.array(memory, dtype=np.int64),
    )


def paths(network: Graph, end: int | None = None) -> Iterator[Path]:
    """Every path from the first node to the last, or to another."""
    last = len(network) - 1 if end is None else end
    begun: list[tuple[Path, int]] = [((), 0)]
    while begun:
        path, node = begun.pop()
        if node == last:
            yield path
        begun += [((*path, arc), int(network.target[arc])) for arc in np.flatnonzero(network.source == node).tolist()]


def label(found: Passes, network: Graph, path: Path) -> tuple[int, int]:
    """What is remembered at a path's end, and its cost less the prizes taken."""
    remembers, mask, value = found.remembers(network), 0, 0
    for arc in path:
        fulfils = int(network.fulfils[arc])
        value += int(network.cost[arc]) * GRAIN - worth_of(found, fulfils & ~mask)
        mask = (mask | fulfils) & int(remembers[network.target[arc]])
    return mask, value


def worth_of(found: Passes, mask: int) -> int:
    """The prizes of some wishes."""
    return sum(int(prize) for wish, prize in enumerate(found.prizes) if mask >> wish & 1)


def fulfilled(network: Graph, path: Path) -> int:
    """The wishes that a path fulfils."""
    return int(np.bitwise_or.reduce(network.fulfils[list(path)], initial=0))


def cost(network: Graph, path: Path) -> int:
    """What a path costs."""
    return int(network.cost[list(path)].sum())
