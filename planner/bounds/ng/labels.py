# ruff: noqa: PLR0912, PLR0915 - loops that are compiled, without calls that would cost more than they explain
"""Labels over the network: the cheapest way to each node for each set of wishes that one remembers to have fulfilled.

A wish's prize is taken off the cost when it is fulfilled and not remembered. What is remembered at a node is a subset
of what has been fulfilled; whoever forgets may take the prize again, so the least cost plus all prizes bounds every
journey from below (ng-route relaxation: Baldacci, Mingozzi, Roberti, Operations Research 59(5), 2011). Values are
integers, so the bounds are exact.
"""

from __future__ import annotations

from typing import Any, TypeAlias

import numpy as np

from planner.bounds.compiled import compiled

Array: TypeAlias = Any
INFINITE = 1 << 60
COMPARED = 32  # cheaper labels that a label is compared with


@compiled
def worth(mask: int, sums: Array) -> int:
    """The prizes of a set of wishes; `sums[k, b]` are those of the k-th eight wishes with mask b."""
    total = 0
    for k in range(len(sums)):
        total += sums[k, mask & 255]
        mask >>= 8
    return total


@compiled
def onward(mask: int, node: int, others: Array, masks: Array, values: Array, sums: Array, enough: int) -> int:
    """The least value of going on from a node by the labels of the other direction, or any value up to `enough`.

    A prize taken on both sides counts once.
    """
    best = INFINITE
    for j in range(others[node], others[node + 1]):
        if values[j] >= best:
            break
        value = values[j] + worth(mask & masks[j], sums)
        best = min(best, value)
        if best <= enough:
            break
    return best


@compiled
def longer(array: Array) -> Array:
    """A copy with room for twice as many."""
    found = np.empty(2 * len(array), dtype=array.dtype)
    found[: len(array)] = array
    return found


@compiled
def spread(
    network: tuple[Array, Array, Array, Array],
    remembers: Array,
    sums: Array,
    opposite: tuple[Array, Array, Array],
    cutoff: int,
    width: int,
    most: int,
    exact: bool,
) -> tuple[Array, Array, Array, Array, Array]:
    """The labels of every node, cheapest first: `start` by node, then `masks`, `values`, `parents` and `arcs`.

    `network`: `first`, `source`, `cost` and `fulfils` of a graph. `opposite`: `start`, `masks` and `values` of the
    labels of the opposite direction for the same prizes (empty: none); what is dearer than `cutoff` is left out. At
    most `width` labels a node are kept, those with the best completions. With more than `most` labels in all it gives
    up, and `start` is empty. A label that a cheaper one matches, even if it loses the prizes that only the cheaper
    one remembers, is left out too; with `exact` only if the cheaper one has fulfilled as much.
    """
    first, source, cost, fulfils = network
    others, other_masks, other_values = opposite
    nodes = len(first) - 1
    guided = len(others) > 0
    start = np.zeros(nodes + 1, dtype=np.int64)
    masks, values = np.empty(1024, dtype=np.int64), np.empty(1024, dtype=np.int64)
    parents, arcs = np.empty(1024, dtype=np.int32), np.empty(1024, dtype=np.int32)
    masks[0], values[0], parents[0], arcs[0] = 0, 0, -1, -1
    start[1] = 1
    table = np.full(1024, -1, dtype=np.int32)  # open addressing by mask
    slots = np.empty(1024, dtype=np.int32)
    new_masks, new_values = np.empty(512, dtype=np.int64), np.empty(512, dtype=np.int64)
    new_parents, new_arcs = np.empty(512, dtype=np.int32), np.empty(512, dtype=np.int32)
    total = 1
    for node in range(1, nodes):
        count = 0
        keep = remembers[node]
        other = nodes - 1 - node
        cheapest = np.int64(0)
        if guided:
            if others[other] == others[other + 1]:
                start[node + 1] = total
                continue
            cheapest = other_values[others[other]]
        for arc in range(first[node], first[node + 1]):
            price, added = cost[arc], fulfils[arc]
            for label in range(start[source[arc]], start[source[arc] + 1]):
                mask = masks[label]
                value = values[label] + price
                new = added & ~mask
                if new:
                    value -= worth(new, sums)
                if value + cheapest > cutoff:
                    continue
                mask = (mask | added) & keep
                place = ((mask * 0x1E3779B97F4A7C15) >> 40) & (len(table) - 1)
                while table[place] >= 0 and new_masks[table[place]] != mask:
                    place = (place + 1) & (len(table) - 1)
                at = table[place]
                if at < 0:
                    at = count
                    count += 1
                    table[place] = at
                    slots[at] = place
                    new_masks[at], new_values[at], new_parents[at], new_arcs[at] = mask, value, label, arc
                    if count == len(new_masks):
                        new_masks, new_values = longer(new_masks), longer(new_values)
                        new_parents, new_arcs = longer(new_parents), longer(new_arcs)
                        table = np.full(2 * len(table), -1, dtype=np.int32)
                        slots = longer(slots)
                        for k in range(count):
                            place = ((new_masks[k] * 0x1E3779B97F4A7C15) >> 40) & (len(table) - 1)
                            while table[place] >= 0:
                                place = (place + 1) & (len(table) - 1)
                            table[place] = k
                            slots[k] = place
                elif value < new_values[at]:
                    new_values[at], new_parents[at], new_arcs[at] = value, label, arc
        for k in range(count):
            table[slots[k]] = -1
        if total + count > most:
            return np.zeros(0, dtype=np.int64), masks, values, parents, arcs
        while total + count > len(masks):
            masks, values, parents, arcs = longer(masks), longer(values), longer(parents), longer(arcs)
        begin = total
        bound = INFINITE
        if count > width and guided and node < nodes - 1:
            whole = np.empty(count, dtype=np.int64)
            for k in range(count):
                whole[k] = new_values[k] + onward(new_masks[k], other, others, other_masks, other_values, sums, -bound)
            bound = np.partition(whole, width - 1)[width - 1]
        for k in np.argsort(new_values[:count]):
            mask, value = new_masks[k], new_values[k]
            beaten = False
            for j in range(begin, min(total, begin + COMPARED)):
                if exact and mask & ~masks[j]:
                    continue
                extra = masks[j] & ~mask
                if values[j] + (worth(extra, sums) if extra else 0) <= value:
                    beaten = True
                    break
            if beaten:
                continue
            if guided and node < nodes - 1:
                limit = min(cutoff, bound) - value
                if onward(mask, other, others, other_masks, other_values, sums, limit) > limit:
                    continue
            masks[total], values[total], parents[total], arcs[total] = mask, value, new_parents[k], new_arcs[k]
            total += 1
        start[node + 1] = total
    return start, masks[:total], values[:total], parents[:total], arcs[:total]


@compiled
def join(
    network: tuple[Array, Array, Array, Array],
    remembers: Array,
    sums: Array,
    ahead: tuple[Array, Array, Array],
    behind: tuple[Array, Array, Array],
    needed: int,
) -> Array:
    """For each arc the least value of a path through it, from the labels of both directions.

    `needed`: the wishes that both together must have fulfilled, if they remember everything; else 0.
    """
    first, source, cost, fulfils = network
    start, masks, values = ahead
    others, other_masks, other_values = behind
    nodes = len(first) - 1
    found = np.empty(len(source), dtype=np.int64)
    for node in range(1, nodes):
        low, high = others[nodes - 1 - node], others[nodes - node]
        for arc in range(first[node], first[node + 1]):
            best = INFINITE
            if low < high:
                for label in range(start[source[arc]], start[source[arc] + 1]):
                    if values[label] + cost[arc] + other_values[low] - worth(fulfils[arc], sums) >= best:
                        break
                    mask = masks[label]
                    value = values[label] + cost[arc] - worth(fulfils[arc] & ~mask, sums)
                    mask = (mask | fulfils[arc]) & remembers[node]
                    for j in range(low, high):
                        if value + other_values[j] >= best:
                            break
                        if (mask | other_masks[j]) & needed == needed:
                            best = min(best, value + other_values[j] + worth(mask & other_masks[j], sums))
            found[arc] = best
    return found
