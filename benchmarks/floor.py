"""The floor: the least that any exact method must do, as fast as it can be done plainly.

One label-setting pass over all legs, forward and backward in time: the least cost of having arrived at each port with
each set of stops visited, and with it the least cost of any trip through each leg. No nights, no rules, no minimum
time between legs. The planner's bounds are measured against this file's time, so it stays as it is.

Bellman's recursion over legs in order of time; labels wait in a slot while their leg is under way. The forward labels
are kept for each midnight only and worked out again, day by day, on the way back.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numba import njit
from numpy.typing import NDArray

Ints = NDArray[np.int32]
NEVER = 1_000_000_000  # more than any trip costs; twice this fits into 32 bits


def floor(
    from_port: Ints, to_port: Ints, departs: Ints, arrives: Ints, price: Ints, *, start: int, goal: int, stops: Ints
) -> tuple[int, Ints]:
    """The least cost of a trip from start to goal through all stops, and that of such trips through each leg.

    Legs are columns sorted by departure; times are minutes, each arrival later than its departure. `stops` are
    different ports. Costs from NEVER on mean that there is no such trip.
    """
    ports = int(max(from_port.max(), to_port.max(), start, goal, stops.max())) + 1
    bit = np.zeros(ports, dtype=np.int32)
    bit[stops] = 1 << np.arange(len(stops), dtype=np.int32)
    first = departs[0]
    landed = _by_time(arrives - first)
    slot, slots = _slots(departs, arrives, landed)
    days = _day_starts(departs)
    through = np.empty(len(departs), dtype=np.int32)
    sets = 1 << len(stops)
    best = _sweeps(
        from_port, to_port, departs, arrives, price, bit, start, goal, sets, ports, landed, slot, slots, days, through
    )
    return int(best), through


@njit(cache=True)
def _by_time(minutes: Ints) -> Ints:
    """Positions by time, stable: a counting sort."""
    counts = np.zeros(minutes.max() + 2, dtype=np.int32)
    for minute in minutes:
        counts[minute + 1] += 1
    for index in range(1, len(counts)):
        counts[index] += counts[index - 1]
    order = np.empty(len(minutes), dtype=np.int32)
    for index in range(len(minutes)):
        order[counts[minutes[index]]] = index
        counts[minutes[index]] += 1
    return order


@njit(cache=True)
def _slots(departs: Ints, arrives: Ints, landed: Ints) -> tuple[Ints, int]:
    """A slot for each leg, such that legs under way at the same time have different ones; and how many there are."""
    slot = np.empty(len(departs), dtype=np.int32)
    free = np.empty(len(departs), dtype=np.int32)
    available = slots = down = 0
    for leg in range(len(departs)):
        while arrives[landed[down]] <= departs[leg]:
            free[available] = slot[landed[down]]
            available += 1
            down += 1
        if available:
            available -= 1
            slot[leg] = free[available]
        else:
            slot[leg] = slots
            slots += 1
    return slot, slots


def _day_starts(departs: Ints) -> Ints:
    """The first leg of each day, and the number of legs."""
    days = np.arange(departs[0], departs[-1] + 1440, 1440)
    return np.append(np.searchsorted(departs, days), len(departs)).astype(np.int32)


@njit(cache=True)
def _sweeps(
    from_port: Ints,
    to_port: Ints,
    departs: Ints,
    arrives: Ints,
    price: Ints,
    bit: Ints,
    start: int,
    goal: int,
    sets: int,
    ports: int,
    landed: Ints,
    slot: Ints,
    slots: int,
    days: Ints,
    through: Ints,
) -> Any:
    count, last_day = len(departs), len(days) - 2
    label = np.full((ports, sets), NEVER, dtype=np.int32)
    label[start, bit[start]] = 0
    waiting = np.empty((slots, sets), dtype=np.int32)
    kept_labels = np.empty((last_day + 1, ports, sets), dtype=np.int32)
    kept_waiting = np.empty((last_day + 1, slots, sets), dtype=np.int32)
    kept_down = np.empty(last_day + 1, dtype=np.int32)
    nothing = np.empty((0, sets), dtype=np.int32)
    down = 0
    for day in range(last_day + 1):
        kept_labels[day], kept_waiting[day], kept_down[day] = label, waiting, down
        down = _forward(
            from_port, to_port, departs, arrives, price, bit, landed, slot,
            days[day], days[day + 1], down, label, waiting, nothing,
        )  # fmt: skip
    while down < count:
        _land(to_port, bit, slot, landed[down], label, waiting)
        down += 1
    best = label[goal, sets - 1]

    longest = 0
    for day in range(last_day + 1):
        longest = max(longest, days[day + 1] - days[day])
    record = np.empty((longest, sets), dtype=np.int32)
    rest = np.full((ports, sets), NEVER, dtype=np.int32)
    rest[goal, sets - 1] = 0
    down = count - 1
    for day in range(last_day, -1, -1):
        first, end = days[day], days[day + 1]
        _forward(
            from_port, to_port, departs, arrives, price, bit, landed, slot,
            first, end, kept_down[day], kept_labels[day], kept_waiting[day], record,
        )  # fmt: skip
        down = _backward(
            from_port, to_port, departs, arrives, price, bit, landed, slot,
            first, end, down, rest, waiting, record, through,
        )  # fmt: skip
    return best


@njit(cache=True)
def _land(to_port: Ints, bit: Ints, slot: Ints, leg: int, label: Ints, waiting: Ints) -> None:
    """A leg arrives: its labels join those of the port, the port visited."""
    port, came = label[to_port[leg]], waiting[slot[leg]]
    here = bit[to_port[leg]]
    if here == 0:
        for visited in range(len(port)):
            port[visited] = min(port[visited], came[visited])
    else:
        for visited in range(len(port)):
            if visited & here:
                port[visited] = min(port[visited], came[visited], came[visited ^ here])


@njit(cache=True)
def _forward(
    from_port: Ints,
    to_port: Ints,
    departs: Ints,
    arrives: Ints,
    price: Ints,
    bit: Ints,
    landed: Ints,
    slot: Ints,
    first: int,
    end: int,
    down: int,
    label: Ints,
    waiting: Ints,
    record: Ints,
) -> int:
    """Legs from `first` to before `end` depart, those due by then arrive; the next to arrive. Costs go to `record`."""
    for leg in range(first, end):
        while arrives[landed[down]] <= departs[leg]:
            _land(to_port, bit, slot, landed[down], label, waiting)
            down += 1
        port, gone, cost = label[from_port[leg]], waiting[slot[leg]], price[leg]
        for visited in range(len(port)):
            gone[visited] = port[visited] + cost
        if len(record):
            record[leg - first, :] = gone
    return down


@njit(cache=True)
def _backward(
    from_port: Ints,
    to_port: Ints,
    departs: Ints,
    arrives: Ints,
    price: Ints,
    bit: Ints,
    landed: Ints,
    slot: Ints,
    first: int,
    end: int,
    down: int,
    rest: Ints,
    waiting: Ints,
    record: Ints,
    through: Ints,
) -> int:
    """The same back in time: what remains to be paid after each leg, and the least whole cost through it."""
    for leg in range(end - 1, first - 1, -1):
        while down >= 0 and arrives[landed[down]] > departs[leg]:
            arriving = landed[down]
            here, ahead, kept = bit[to_port[arriving]], rest[to_port[arriving]], waiting[slot[arriving]]
            for visited in range(len(ahead)):
                kept[visited] = ahead[visited | here]
            down -= 1
        before, after, spent = rest[from_port[leg]], waiting[slot[leg]], record[leg - first]
        cost, least = price[leg], np.int32(2 * NEVER)
        for visited in range(len(before)):
            least = min(least, spent[visited] + after[visited])
            before[visited] = min(before[visited], after[visited] + cost)
        through[leg] = least
    return down
