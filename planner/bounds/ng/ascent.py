"""Better prizes: subgradient steps on the Lagrangian dual."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeAlias

import numpy as np
from attrs import define, field

from planner.bounds.ng.graph import Graph
from planner.bounds.ng.passes import GRAIN, Passes

Array: TypeAlias = Any
PATIENCE = 4  # steps without a better bound, before they get shorter
SHORTER = 0.5
INERTIA = 0.3  # part of the last direction kept
AIM = 1.05  # steps aim at no more than so many times the bound


@define(eq=False)
class Ascent:
    """What steps have led to: the best prizes, their bound (in grains), and where the path that has it takes prizes.

    `value` None: no path, so no journey. `ports` and `takings` are as for `grown`. `journey` is the cheapest journey
    met on the way that fulfils every wish: its cost, in units, and its arcs. `complete` is false if there were
    too many labels.
    """

    prizes: Array
    value: int | None = None
    ports: list[int] = field(factory=list)
    takings: list[tuple[int, int]] = field(factory=list)
    journey: tuple[int, list[int]] | None = None
    complete: bool = True


def ascend(
    graph: Graph, memory: Array, prizes: Array, aim: int, *, steps: int, length: float, over: Callable[[], bool]
) -> Ascent:
    """Take steps by Polyak's rule, of a given relative length at first, towards an aim (a cost in units).

    No prize exceeds the aim: without that wish nothing costs less then.
    """
    found = Ascent(prizes)
    back = graph.reversed()
    current, direction, idle = prizes.astype(float), np.zeros(len(prizes)), 0
    for step in range(steps):
        passes = Passes(graph, back, np.rint(current).astype(np.int64), memory)
        labels = passes.ahead()
        if labels is None:
            found.complete = False
            return found
        label = labels.at_end()
        if label is None:
            return found
        value = int(labels.values[label]) + passes.total
        path = labels.walk(label)
        takings = passes.takings(path)
        taken = np.zeros(len(prizes))
        for _, mask in takings:
            taken += mask >> np.arange(len(prizes)) & 1
        idle += 1
        if found.value is None or value > found.value:
            if found.value is None or value > found.value + abs(found.value) // 10_000:
                idle = 0
            found.prizes, found.value, found.takings = passes.prizes, value, takings
            found.ports = graph.port[graph.target[path]].tolist()
        if (taken >= 1).all():
            cost = int(graph.cost[path].sum())
            if found.journey is None or cost < found.journey[0]:
                found.journey = cost, path
            if cost * GRAIN <= found.value:
                return found
        if over():
            return found
        if idle >= PATIENCE:
            length *= SHORTER
            idle = 0
        direction = 1 - taken if step == 0 else (1 - INERTIA) * (1 - taken) + INERTIA * direction
        size = float(direction @ direction)
        if size == 0:
            return found
        best = found.value / GRAIN
        target = max(best + 1, min(aim, best * AIM))
        current = np.clip(current + length * (target * GRAIN - value) / size * direction, 0, (aim + 1) * GRAIN)
    return found
