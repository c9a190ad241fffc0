# ruff: noqa: PLR0912, PLR0915 - one loop each, without calls that would cost more than they explain
"""The sweeps over the legs in time, forward and backward: loops over plain arrays, compiled.

What the arrays hold is told by `InOrder`, `Visits`, `States` and `Front`. Labels are rows over the states; they are
narrow integers, and everything added to them has their type, so that the loops over states become vector instructions.
All functions are in this file: what is kept compiled on disk would not notice a change in another one.
"""

from __future__ import annotations

from typing import Any, TypeAlias

from planner.bounds.compiled import compiled

Array: TypeAlias = Any


@compiled
def merge(into: Array, i: int, labels: Array, j: int) -> None:
    """Take the lesser of two rows of labels."""
    for s in range(into.shape[1]):
        into[i, s] = min(into[i, s], labels[j, s])


@compiled
def merge_after(into: Array, i: int, labels: Array, j: int, after: Array, c: int) -> None:
    """The same where each label moves to another state first."""
    for s in range(into.shape[1]):
        into[i, after[c, s]] = min(into[i, after[c, s]], labels[j, s])


@compiled
def merge_before(into: Array, i: int, labels: Array, j: int, after: Array, c: int) -> None:
    """The same backward: what can be done in the state one comes to can be done from the state before."""
    for s in range(into.shape[1]):
        into[i, s] = min(into[i, s], labels[j, after[c, s]])


@compiled
def copy(into: Array, i: int, labels: Array, j: int) -> None:
    """Copy a row of labels."""
    for s in range(into.shape[1]):
        into[i, s] = labels[j, s]


@compiled
def forward(
    legs: Array, tables: Array, front: Array, span: Array, rows: Array, reached: Array, limits: Array, goal: int
) -> int:
    """Sweep forward over the legs `span[0]` to `span[1]`, in order of departure.

    Fills `rows` with the labels on departure of each leg of the span, wishes of the visit just ended
    included, cost of the leg not; marks in `reached` the legs that can be departed on. `limits` are «no way» and the
    least cost that is too high for labels of this type; the last entry of the front's counters tells of such a cost.
    Returns the least cost of a journey that ends with one of the legs; `goal` is the state that it has to be in.
    """
    by_ready, from_port, to_port, departs, ready, departs_on, arrives_on, cost, begins, ends, nightly = legs
    place, kind, base, arriving, leaving, nights, at_once, from_start, to_end, inner, choices, choice, add = tables
    free, visits, visited, today, today_on, slot_of, slots, unused, counters = front
    number = slots.dtype.type
    states = free.shape[1]
    infinite, dear = number(limits[0]), limits[1]
    best = limits[0]
    pointer, spare, dearest = counters[0], counters[1], counters[2]
    for leg in range(span[0], span[1]):
        moment = departs[leg]
        while ready[by_ready[pointer]] <= moment:
            before = by_ready[pointer]
            pointer += 1
            slot = slot_of[before]
            if slot < 0:
                continue
            spare += 1
            unused[spare] = slot
            slot_of[before] = -1
            port, day = to_port[before], arrives_on[before]
            q = place[port]
            if q < 0:
                merge(free, port, slots, slot)
                continue
            k = kind[port]
            found = base[k] + (arriving[k, day] & at_once[k])
            for c in range(choices[found], choices[found + 1]):
                merge_after(free, port, slots, slot, add, choice[c])
            if visited[q, day]:
                merge(visits[q], day, slots, slot)
            else:
                visited[q, day] = True
                copy(visits[q], day, slots, slot)
            if today_on[q] >= day:
                found = base[k] + (arriving[k, day] & leaving[k, today_on[q]] & nights[k, today_on[q] - day])
                for c in range(choices[found], choices[found + 1]):
                    merge_after(today, q, slots, slot, add, choice[c])
        port, day = from_port[leg], departs_on[leg]
        q, k = place[port], kind[port]
        if q >= 0 and today_on[q] != day:
            today_on[q] = day
            copy(today, q, free, port)
            for a in range(day + 1):
                mask = arriving[k, a] & leaving[k, day] & nights[k, day - a]
                if mask and visited[q, a]:
                    found = base[k] + mask
                    for c in range(choices[found], choices[found + 1]):
                        merge_after(today, q, visits[q], a, add, choice[c])
        slot = unused[spare]
        waiting = number(nightly[port] * day)
        if q < 0:
            for s in range(states):
                slots[slot, s] = min(number(free[port, s] + waiting), infinite)
        else:
            for s in range(states):
                slots[slot, s] = min(number(today[q, s] + waiting), infinite)
        if begins[leg]:
            if q < 0:
                slots[slot, 0] = 0
            else:
                found = base[k] + (leaving[k, day] & from_start[k])
                for c in range(choices[found], choices[found + 1]):
                    slots[slot, add[choice[c], 0]] = 0
        target = kind[to_port[leg]]
        if q >= 0 and target >= 0 and inner[k, target]:
            copied = unused[spare - 1]
            copy(slots, copied, slots, slot)
            found = base[k] + inner[k, target]
            for c in range(choices[found], choices[found + 1]):
                merge_after(slots, slot, slots, copied, add, choice[c])
        copy(rows, leg - span[0], slots, slot)
        least, most = infinite, number(0)
        for s in range(states):
            value = slots[slot, s]
            least = min(least, value)
            most = max(most, value if value < infinite else number(0))
        if least >= infinite:
            continue
        reached[leg] = True
        dearest = max(dearest, most + cost[leg])
        if dearest >= dear:
            break
        slot_of[leg] = slot
        spare -= 1
        if ends[leg]:
            if target < 0:
                best = min(best, slots[slot, goal] + cost[leg])
            else:
                found = base[target] + (arriving[target, arrives_on[leg]] & to_end[target])
                for c in range(choices[found], choices[found + 1]):
                    for s in range(states):
                        if add[choice[c], s] == goal:
                            best = min(best, slots[slot, s] + cost[leg])
        paid = number(cost[leg] - nightly[to_port[leg]] * arrives_on[leg])
        for s in range(states):
            slots[slot, s] = number(slots[slot, s] + paid)
    counters[0], counters[1], counters[2] = pointer, spare, dearest
    return int(best)


@compiled
def backward(
    legs: Array,
    tables: Array,
    front: Array,
    span: Array,
    rows: Array,
    reached: Array,
    limits: Array,
    goal: int,
    through: Array,
    onward: Array,
) -> int:
    """Sweep backward over the same legs; `rows` and `reached` are those that `forward` filled for them.

    Fills `through` with the least cost of a journey that takes a leg and, if `onward` has rows, those with the labels
    of going on from the departure of each leg, its cost included; without them, legs that were not reached are left
    out. Returns the least cost of a journey that begins with one of the legs.
    """
    by_ready, from_port, to_port, departs, ready, departs_on, arrives_on, cost, begins, ends, nightly = legs
    place, kind, base, arriving, leaving, nights, _, from_start, to_end, inner, choices, choice, add = tables
    free, visits, visited, today, today_on, slot_of, slots, unused, counters = front
    number = slots.dtype.type
    states = free.shape[1]
    keep = onward.shape[0] > 0
    infinite, dear = number(limits[0]), limits[1]
    best = limits[0]
    days = arriving.shape[1]
    pointer, spare, dearest = counters[0], counters[1], counters[2]
    for leg in range(span[1] - 1, span[0] - 1, -1):
        moment = departs[leg]
        while pointer >= 0 and ready[by_ready[pointer]] > moment:
            before = by_ready[pointer]
            pointer -= 1
            if not (keep or reached[before]):
                continue
            port, day = to_port[before], arrives_on[before]
            q, k = place[port], kind[port]
            if q >= 0 and today_on[q] != day:
                today_on[q] = day
                copy(today, q, free, port)
                for d in range(day, days):
                    mask = arriving[k, day] & leaving[k, d] & nights[k, d - day]
                    if mask and visited[q, d]:
                        found = base[k] + mask
                        for c in range(choices[found], choices[found + 1]):
                            merge_before(today, q, visits[q], d, add, choice[c])
            slot = unused[spare]
            waiting = number(nightly[port] * (days - 1 - day))
            if q < 0:
                for s in range(states):
                    slots[slot, s] = min(number(free[port, s] + waiting), infinite)
            else:
                for s in range(states):
                    slots[slot, s] = min(number(today[q, s] + waiting), infinite)
            if ends[before]:
                if q < 0:
                    slots[slot, goal] = 0
                else:
                    found = base[k] + (arriving[k, day] & to_end[k])
                    for c in range(choices[found], choices[found + 1]):
                        for s in range(states):
                            if add[choice[c], s] == goal:
                                slots[slot, s] = 0
            least = infinite
            for s in range(states):
                least = min(least, slots[slot, s])
            if least < infinite:
                slot_of[before] = slot
                spare -= 1
        slot = slot_of[leg]
        if slot < 0:
            continue
        slot_of[leg] = -1
        spare += 1
        unused[spare] = slot
        fare = number(cost[leg])
        least, most = number(infinite + infinite), number(0)
        for s in range(states):
            value = number(slots[slot, s] + fare)
            slots[slot, s] = min(value, infinite)
            most = max(most, value if value < infinite else number(0))
            least = min(least, number(slots[slot, s] + rows[leg - span[0], s]))
        through[leg] = least
        dearest = max(dearest, most)
        if dearest >= dear:
            break
        if keep:
            copy(onward, leg, slots, slot)
        port, day = from_port[leg], departs_on[leg]
        q, k, target = place[port], kind[port], kind[to_port[leg]]
        if q >= 0 and target >= 0 and inner[k, target]:
            copied = unused[spare - 1]
            copy(slots, copied, slots, slot)
            found = base[k] + inner[k, target]
            for c in range(choices[found], choices[found + 1]):
                merge_before(slots, slot, slots, copied, add, choice[c])
        if begins[leg]:
            if q < 0:
                best = min(best, slots[slot, 0])
            else:
                found = base[k] + (leaving[k, day] & from_start[k])
                for c in range(choices[found], choices[found + 1]):
                    best = min(best, slots[slot, add[choice[c], 0]])
        waiting = number(nightly[port] * (days - 1 - day))
        for s in range(states):
            slots[slot, s] = number(slots[slot, s] - waiting)
        merge(free, port, slots, slot)
        if q >= 0:
            if visited[q, day]:
                merge(visits[q], day, slots, slot)
            else:
                visited[q, day] = True
                copy(visits[q], day, slots, slot)
            if 0 <= today_on[q] <= day:
                merge(today, q, slots, slot)
                a = today_on[q]
                found = base[k] + (arriving[k, a] & leaving[k, day] & nights[k, day - a])
                for c in range(choices[found], choices[found + 1]):
                    merge_before(today, q, slots, slot, add, choice[c])
    counters[0], counters[1], counters[2] = pointer, spare, dearest
    return int(best)
