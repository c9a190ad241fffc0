"""Time spent at a port, as arcs from an arrival to a departure, with the wishes that a visit of that length fulfils."""

from __future__ import annotations

from typing import Any, TypeAlias

import numpy as np

from planner.bounds.compiled import compiled

Array: TypeAlias = Any


@compiled
def compatible(port: int, arrived: int, leaves: int, begin: Array, wish: Array, limits: Array) -> int:
    """The mask of the wishes that a visit to a port between two dates fulfils."""
    mask = 0
    for i in range(begin[port], begin[port + 1]):
        w = wish[i]
        nights = leaves - arrived
        if arrived <= limits[w, 0] and leaves >= limits[w, 1] and limits[w, 2] <= nights <= limits[w, 3]:
            mask |= 1 << w
    return mask


@compiled
def settled(port: int, arrived: int, horizon: int, begin: Array, wish: Array, limits: Array) -> int:
    """The first date of departure from which on it makes no difference any more to what a visit fulfils."""
    found = arrived
    for i in range(begin[port], begin[port + 1]):
        w = wish[i]
        if arrived <= limits[w, 0]:
            found = max(found, arrived + limits[w, 2], limits[w, 1])
            if arrived + limits[w, 3] < horizon:
                found = max(found, arrived + limits[w, 3] + 1)
    return found


@compiled
def connect(
    ready: tuple[Array, Array, Array],
    dates: tuple[Array, Array],
    first_of_date: Array,
    leaving_at: Array,
    nodes: tuple[Array, Array, Array],
    begin: Array,
    wish: Array,
    limits: Array,
    nightly: Array,
) -> tuple[Array, Array, Array, Array]:
    """The arcs from being ready to a departure on each date, or to the node of those who wait.

    `ready`: port, date of arrival and time of being ready; `dates`: port and date of departures, of which the times
    stand in `leaving_at` from `first_of_date` on; `nodes`: of those who are ready, who wait for a date, who leave.
    The wishes at port p are `wish[begin[p]:begin[p + 1]]`. Returns source, target, cost and mask of wishes. A first
    run counts the arcs, a second writes them.
    """
    ready_port, ready_on, ready_at = ready
    date_port, date_day = dates
    ready_node, waiting_node, leaving_node = nodes
    size = 0
    horizon = date_day.max() if len(date_day) else 0
    source = np.empty(0, dtype=np.int64)
    target, cost, mask = source.copy(), source.copy(), source.copy()
    for write in (False, True):
        if write:
            source = np.empty(size, dtype=np.int64)
            target, cost, mask = source.copy(), source.copy(), source.copy()
            size = 0
        low = 0
        first_date = 0  # the first date of departure at the port
        while low < len(ready_port):
            port, day = ready_port[low], ready_on[low]
            high = low + 1
            while high < len(ready_port) and ready_port[high] == port and ready_on[high] == day:
                high += 1
            while first_date < len(date_port) and (
                date_port[first_date] < port or (date_port[first_date] == port and date_day[first_date] < day)
            ):
                first_date += 1
            same_from = settled(port, day, horizon, begin, wish, limits)
            date = first_date
            while date < len(date_port) and date_port[date] == port:
                leaves = date_day[date]
                fulfils = compatible(port, day, leaves, begin, wish, limits)
                waited = nightly[port] * (leaves - day)
                left, right = first_of_date[date], first_of_date[date + 1]
                everyone = leaving_at[left] >= ready_at[high - 1]
                if everyone and leaves >= same_from:
                    if write:
                        source[size], target[size] = ready_node[high - 1], waiting_node[date]
                        cost[size], mask[size] = waited, fulfils
                    size += 1
                    break
                at = right  # where the next later one who is ready joins
                for k in range(high - 1, low - 1, -1):
                    joins = left + np.searchsorted(leaving_at[left:right], ready_at[k])
                    if joins < at:
                        if write:
                            source[size], target[size] = ready_node[k], leaving_node[joins]
                            cost[size], mask[size] = waited, fulfils
                        size += 1
                        at = joins
                    if joins == left:
                        break
                date += 1
            low = high
    return source, target, cost, mask
