# ruff: noqa: PLR0912, PLR0915 - one loop each, without calls that would cost more than they explain
"""The sweeps over the legs in time, forward and backward: loops over plain arrays, made to be compiled.

Labels are rows over the states of `States`; `infinite` means «no way». Three kinds of labels exist at a port: `free`
(present there, whatever came of the visit), by date `visits` (where wishes can be fulfilled: present since an arrival
on that date, or, backward, leaving on that date) and `today`, which joins both for the local date of the last event.
Waiting costs are added when a port's date moves on.
"""

from __future__ import annotations

from typing import Any, TypeAlias

import numpy as np

from planner.bounds.compiled import compiled

Array: TypeAlias = Any


@compiled
def fulfilled(q: int, begin: Array, wish: Array, arrived: int, leaves: int, limits: Array) -> int:
    """Which of a place's wishes a visit between two dates fulfils, as a mask over the place's wishes."""
    mask = 0
    nights = leaves - arrived
    for j in range(begin[q], begin[q + 1]):
        w = wish[j]
        in_time = arrived <= limits[0, w] and leaves >= limits[1, w]
        if in_time and limits[2, w] <= nights and nights <= limits[3, w]:
            mask |= 1 << (j - begin[q])
    return mask


@compiled
def with_flag(q: int, begin: Array, wish: Array, day: int, limits: Array, which: int) -> int:
    """Which of a place's wishes presence from the start until `day` (4), or since it to the end (5), fulfils."""
    mask = 0
    for j in range(begin[q], begin[q + 1]):
        w = wish[j]
        if limits[which, w] and ((which == 4 and day >= limits[1, w]) or (which == 5 and day <= limits[0, w])):
            mask |= 1 << (j - begin[q])
    return mask


@compiled
def at_once(q: int, begin: Array, wish: Array, arrived: int, limits: Array, instant: Array) -> int:
    """Which of a place's wishes are fulfilled by arriving on a date."""
    mask = 0
    for j in range(begin[q], begin[q + 1]):
        w = wish[j]
        if instant[w] and arrived <= limits[0, w]:
            mask |= 1 << (j - begin[q])
    return mask


@compiled
def inner(p: int, q: int, begin: Array, wish: Array) -> int:
    """Which of the wishes at place `p` can also be fulfilled at place `q`, as a mask over those of `p`."""
    mask = 0
    for i in range(begin[p], begin[p + 1]):
        for j in range(begin[q], begin[q + 1]):
            if wish[i] == wish[j]:
                mask |= 1 << (i - begin[p])
    return mask


@compiled
def wait(labels: Array, states: int, cost: int, infinite: int) -> None:
    """Add a waiting cost to a row of labels."""
    if cost > 0:
        for s in range(states):
            if labels[s] < infinite:
                dearer = labels[s] + cost
                labels[s] = dearer if dearer < infinite else infinite


@compiled
def merge(into: Array, labels: Array, states: int, cost: int) -> None:
    """Take the lesser of two rows of labels, the second dearer by a cost."""
    if cost == 0:
        for s in range(states):
            into[s] = min(into[s], labels[s])
    else:
        for s in range(states):
            value = labels[s] + cost
            into[s] = min(into[s], value)


@compiled
def merge_after(into: Array, labels: Array, states: int, cost: int, after: Array) -> None:
    """The same where each label moves to another state first."""
    for s in range(states):
        value = labels[s] + cost
        into[after[s]] = min(into[after[s]], value)


@compiled
def merge_before(into: Array, labels: Array, states: int, cost: int, after: Array) -> None:
    """The same backward: what can be done in the state one comes to can be done from the state before."""
    for s in range(states):
        value = labels[after[s]] + cost
        into[s] = min(into[s], value)


@compiled
def forward(
    legs: Array, span: Array, problem: Array, tables: Array, labels: Array, flight: Array, rows: Array, infinite: int
) -> int:
    """Sweep forward over the departures `span[0]` to `span[1]` (positions in order of departure).

    Fills `rows` (if it has any) with the labels on departure of each leg of the span, wishes of the visit just ended
    included, cost of the leg not. Returns the least cost of a journey that ends with one of the legs.
    """
    by_departure, by_ready, from_port, to_port, departs, ready, departs_on, arrives_on, cost, first, last = legs
    start, goal, nightly, first_day = problem
    add, place, begin, wish, instant, base, choices, choice, limits, full = tables
    free, free_on, visits, visited, today, today_on, pointers = labels
    slot_of, slots, unused = flight
    states = free.shape[1]
    keep = rows.shape[0] > 0
    best = infinite
    pointer, spare = pointers[0], pointers[1]
    for position in range(span[0], span[1]):
        leg = by_departure[position]
        moment = departs[leg]
        while pointer < len(by_ready) and ready[by_ready[pointer]] <= moment:
            arriving = by_ready[pointer]
            pointer += 1
            slot = slot_of[arriving]
            if slot < 0:
                continue
            port, day, label = to_port[arriving], arrives_on[arriving], slots[slot]
            spare += 1
            unused[spare] = slot
            slot_of[arriving] = -1
            if free_on[port] < day:
                wait(free[port], states, nightly[port] * (day - free_on[port]), infinite)
                free_on[port] = day
            late = nightly[port] * (free_on[port] - day)
            q = place[port]
            if q < 0:
                merge(free[port], label, states, late)
                continue
            mask = at_once(q, begin, wish, day, limits, instant)
            for c in range(choices[base[q] + mask], choices[base[q] + mask + 1]):
                merge_after(free[port], label, states, late, add[choice[c]])
            if not visited[q, day - first_day]:
                visited[q, day - first_day] = True
                visits[q, day - first_day, :] = infinite
            merge(visits[q, day - first_day], label, states, 0)
            if today_on[q] >= day:
                late = nightly[port] * (today_on[q] - day)
                mask |= fulfilled(q, begin, wish, day, today_on[q], limits)
                for c in range(choices[base[q] + mask], choices[base[q] + mask + 1]):
                    merge_after(today[q], label, states, late, add[choice[c]])
        port, day = from_port[leg], departs_on[leg]
        if free_on[port] < day:
            wait(free[port], states, nightly[port] * (day - free_on[port]), infinite)
            free_on[port] = day
        q = place[port]
        present = free[port]
        if q >= 0:
            present = today[q]
            if today_on[q] != day:
                today_on[q] = day
                present[:] = free[port]
                for a in range(day - first_day + 1):
                    if visited[q, a]:
                        mask = fulfilled(q, begin, wish, a + first_day, day, limits)
                        for c in range(choices[base[q] + mask], choices[base[q] + mask + 1]):
                            if mask:
                                waited = nightly[port] * (day - first_day - a)
                                merge_after(present, visits[q, a], states, waited, add[choice[c]])
        slot = unused[spare]
        label = slots[slot]
        label[:] = present
        if port == start and first[leg]:
            if q < 0:
                label[0] = 0
            else:
                mask = with_flag(q, begin, wish, day, limits, 4)
                for c in range(choices[base[q] + mask], choices[base[q] + mask + 1]):
                    label[add[choice[c], 0]] = 0
        r = place[to_port[leg]]
        if q >= 0 and r >= 0:
            mask = inner(q, r, begin, wish)
            if mask:
                before = slots[unused[spare - 1]]
                before[:] = label
                for c in range(choices[base[q] + mask], choices[base[q] + mask + 1]):
                    merge_after(label, before, states, 0, add[choice[c]])
        if keep:
            rows[position - span[0], :] = label
        least = infinite
        fare = cost[leg]
        for s in range(states):
            value = label[s] + fare
            label[s] = value if value < infinite else infinite
            least = min(least, value)
        if least >= infinite:
            continue
        slot_of[leg] = slot
        spare -= 1
        if to_port[leg] == goal and last[leg]:
            if r < 0:
                best = min(best, label[full])
            else:
                mask = with_flag(r, begin, wish, arrives_on[leg], limits, 5)
                for c in range(choices[base[r] + mask], choices[base[r] + mask + 1]):
                    for s in range(states):
                        if add[choice[c], s] == full:
                            best = min(best, label[s])
    pointers[0], pointers[1] = pointer, spare
    return best


@compiled
def backward(
    legs: Array,
    span: Array,
    problem: Array,
    tables: Array,
    labels: Array,
    flight: Array,
    rows: Array,
    through: Array,
    kept: Array,
    infinite: int,
) -> int:
    """Sweep backward over the same departures; `rows` are those that `forward` filled for them.

    Fills `through` (by leg) with the least cost of a journey that takes the leg and, if `kept` has rows, those by
    position with the labels of going on from the departure of each leg, its cost included. Returns the least cost of
    a journey that begins with one of the legs.
    """
    by_departure, by_ready, from_port, to_port, departs, ready, departs_on, arrives_on, cost, first, last = legs
    start, goal, nightly, first_day = problem
    add, place, begin, wish, instant, base, choices, choice, limits, full = tables
    free, free_on, visits, visited, today, today_on, pointers = labels
    slot_of, slots, unused = flight
    states = free.shape[1]
    days = visits.shape[1]
    best = infinite
    pointer, spare = pointers[0], pointers[1]
    for position in range(span[1] - 1, span[0] - 1, -1):
        leg = by_departure[position]
        moment = departs[leg]
        while pointer >= 0 and ready[by_ready[pointer]] > moment:
            arriving = by_ready[pointer]
            pointer -= 1
            port, day = to_port[arriving], arrives_on[arriving]
            if free_on[port] > day:
                wait(free[port], states, nightly[port] * (free_on[port] - day), infinite)
                free_on[port] = day
            q = place[port]
            slot = unused[spare]
            label = slots[slot]
            if q < 0:
                label[:] = free[port]
                if port == goal and last[arriving]:
                    label[full] = 0
            else:
                if today_on[q] != day:
                    today_on[q] = day
                    today[q, :] = free[port]
                    for d in range(day - first_day, days):
                        if visited[q, d]:
                            mask = fulfilled(q, begin, wish, day, d + first_day, limits)
                            mask |= at_once(q, begin, wish, day, limits, instant)
                            for c in range(choices[base[q] + mask], choices[base[q] + mask + 1]):
                                if mask:
                                    waiting = nightly[port] * (d + first_day - day)
                                    merge_before(today[q], visits[q, d], states, waiting, add[choice[c]])
                label[:] = today[q]
                if port == goal and last[arriving]:
                    mask = with_flag(q, begin, wish, day, limits, 5)
                    for c in range(choices[base[q] + mask], choices[base[q] + mask + 1]):
                        for s in range(states):
                            if add[choice[c], s] == full:
                                label[s] = 0
            least = infinite
            for s in range(states):
                least = min(least, label[s])
            if least < infinite:
                slot_of[arriving] = slot
                spare -= 1
        slot = slot_of[leg]
        if slot < 0:
            if kept.shape[0] > 0:
                kept[position, :] = infinite
            continue
        slot_of[leg] = -1
        spare += 1
        unused[spare] = slot
        label = slots[slot]
        port, day = from_port[leg], departs_on[leg]
        fare = cost[leg]
        for s in range(states):
            value = label[s] + fare
            label[s] = value if value < infinite else infinite
        least = infinite
        row = rows[position - span[0]]
        for s in range(states):
            least = min(least, row[s] + label[s])
        through[leg] = least
        if kept.shape[0] > 0:
            kept[position, :] = label
        q, r = place[port], place[to_port[leg]]
        if q >= 0 and r >= 0:
            mask = inner(q, r, begin, wish)
            if mask:
                before = slots[unused[spare - 1]]
                before[:] = label
                for c in range(choices[base[q] + mask], choices[base[q] + mask + 1]):
                    merge_before(label, before, states, 0, add[choice[c]])
        if port == start and first[leg]:
            if q < 0:
                best = min(best, label[0])
            else:
                mask = with_flag(q, begin, wish, day, limits, 4)
                for c in range(choices[base[q] + mask], choices[base[q] + mask + 1]):
                    best = min(best, label[add[choice[c], 0]])
        if free_on[port] > day:
            wait(free[port], states, nightly[port] * (free_on[port] - day), infinite)
            free_on[port] = day
        merge(free[port], label, states, nightly[port] * (day - free_on[port]))
        if q >= 0:
            if not visited[q, day - first_day]:
                visited[q, day - first_day] = True
                visits[q, day - first_day, :] = infinite
            merge(visits[q, day - first_day], label, states, 0)
            if 0 <= today_on[q] <= day:
                waiting = nightly[port] * (day - today_on[q])
                mask = fulfilled(q, begin, wish, today_on[q], day, limits)
                mask |= at_once(q, begin, wish, today_on[q], limits, instant)
                merge(today[q], label, states, waiting)
                for c in range(choices[base[q] + mask], choices[base[q] + mask + 1]):
                    merge_before(today[q], label, states, waiting, add[choice[c]])
    pointers[0], pointers[1] = pointer, spare
    return best


@compiled
def changing(
    befores: Array, afters: Array, legs: Array, nightly: Array, tables: Array, ahead: Array, back: Array, infinite: int
) -> Array:
    """The least cost of a journey that takes one leg and then, by a landside change, another; for pairs of legs.

    `ahead` and `back` are the rows by leg that `forward` and `backward` leave.
    """
    _, _, _, to_port, _, _, departs_on, arrives_on, cost, _, _ = legs
    add, place, begin, wish, instant, base, choices, choice, limits, _ = tables
    found = np.empty(len(befores), dtype=np.int64)
    states = ahead.shape[1]
    for index in range(len(befores)):
        before, after = befores[index], afters[index]
        port, arrived, leaves = to_port[before], arrives_on[before], departs_on[after]
        q, r = place[port], place[to_port[after]]
        visit, way, bases = 0, 0, 0
        if q >= 0:
            visit = fulfilled(q, begin, wish, arrived, leaves, limits) | at_once(
                q, begin, wish, arrived, limits, instant
            )
            bases = base[q]
            if r >= 0:
                way = inner(q, r, begin, wish)
        least = infinite
        fixed = cost[before] + nightly[port] * (leaves - arrived)
        if q < 0:
            for s in range(states):
                least = min(least, ahead[before, s] + back[after, s])
        else:
            for c in range(choices[bases + visit], choices[bases + visit + 1]):
                for e in range(choices[bases + way], choices[bases + way + 1]):
                    for s in range(states):
                        then = add[choice[e], add[choice[c], s]]
                        least = min(least, ahead[before, s] + back[after, then])
        found[index] = min(infinite, least + fixed)
    return found
