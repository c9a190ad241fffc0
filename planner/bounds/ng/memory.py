"""What is remembered at each port: the neighbourhoods of the ng-route relaxation, and how they grow.

Remembering more makes the bounds stronger and the labels more. Wishes that a path takes twice are remembered wherever
it forgot them (dynamic ng-route relaxation: Roberti, Mingozzi, Transportation Science 48(3), 2014).
"""

from __future__ import annotations

from typing import Any, TypeAlias

import numpy as np

from planner.bounds.ng.graph import Graph
from planner.bounds.relaxed import Relaxed

Array: TypeAlias = Any
MOST_REMEMBERED = 20  # wishes at a port, before labels become too many
FAR = 1 << 58


def own(relaxed: Relaxed, graph: Graph) -> Array:
    """By port, the mask of the wishes that can be fulfilled there."""
    found = np.zeros(len(relaxed.nightly), dtype=np.int64)
    for bit, number in enumerate(graph.wishes):
        found |= relaxed.wishes[number].ports.astype(np.int64) << bit
    return found


def nearest(relaxed: Relaxed, graph: Graph) -> Array:
    """By rank and port: the bits of the wishes in order of how cheaply one flies there and back, -1 for none."""
    ports = len(relaxed.nightly)
    found = np.full((len(graph.wishes), ports), FAR)
    for bit, number in enumerate(graph.wishes):
        there, back = np.full((2, ports), FAR // 2)
        into, out = relaxed.wishes[number].ports[relaxed.to_port], relaxed.wishes[number].ports[relaxed.from_port]
        np.minimum.at(there, relaxed.from_port[into], relaxed.cost[into])
        np.minimum.at(back, relaxed.to_port[out], relaxed.cost[out])
        found[bit] = there + back
    order = np.argsort(found, axis=0, kind="stable")
    return np.where(np.take_along_axis(found, order, axis=0) < FAR // 2, order, -1)


def with_nearest(memory: Array, ranked: Array, count: int) -> Array:
    """The memory with the nearest wishes of each port added."""
    for row in ranked[:count]:
        memory = memory | np.where(row >= 0, np.int64(1) << np.maximum(row, 0), 0)
    return memory


def grown(memory: Array, ports: list[int], takings: list[tuple[int, int]]) -> Array:
    """The memory with every wish that a path takes again remembered at the ports between.

    `ports` are those where the path's arcs arrive (-1: no arrival), `takings` the places in it where wishes are taken.
    """
    found = memory.copy()
    last: dict[int, int] = {}
    for place, mask in takings:
        for bit in range(mask.bit_length()):
            if not mask >> bit & 1:
                continue
            for port in ports[last.get(bit, place) : place]:
                if port >= 0 and int(found[port]).bit_count() < MOST_REMEMBERED:
                    found[port] |= 1 << bit
            last[bit] = place
    return found
