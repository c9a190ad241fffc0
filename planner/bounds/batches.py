"""The engine that needs nothing but NumPy: all legs that depart in a minute are looked at together.

Legs at ports with wishes, and those that begin or end a journey, are looked at one by one.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

import numpy as np
from attrs import define, field
from numpy.typing import NDArray

from planner.bounds.engine import NO_WAY, Array, Engine, Front
from planner.bounds.order import InOrder, Visits
from planner.bounds.states import States


@define(eq=False)
class Batches(Engine):
    """A minute's legs at a time; labels have 64 bits.

    `_alike` are the numbers of the legs, in order of `ready`, whose arrival is nothing special, `_special` the others.
    Columns (n, 1) by leg: `_paid` is added to a label on departure to get one for the port of arrival in a forward
    sweep, `_waiting` are the nights before departure, `_left_then` those from it to the last day, `_left` those from
    arrival. `_departing` are the legs whose departure is special.
    """

    _alike: NDArray[np.int32] = field(init=False)
    _special: NDArray[np.int32] = field(init=False)
    _paid: Array = field(init=False)
    _waiting: Array = field(init=False)
    _left_then: Array = field(init=False)
    _left: Array = field(init=False)
    _cost: Array = field(init=False)
    _departing: Array = field(init=False)

    @classmethod
    def of(cls, order: InOrder, visits: Visits, states: States) -> Batches:
        """The engine for a problem."""
        return cls(order, visits, states, np.dtype(np.int64), int(NO_WAY))

    def __attrs_post_init__(self) -> None:
        order, kind = self.order, self.visits.kind
        last = order.days - 1
        after, before = order.nightly[order.to_port], order.nightly[order.from_port]
        self._cost = order.cost[:, None]
        self._paid = (order.cost - after * order.arrives_on)[:, None]
        self._waiting = (before * order.departs_on)[:, None]
        self._left_then = (before * (last - order.departs_on))[:, None]
        self._left = (after * (last - order.arrives_on))[:, None]
        special = (kind[order.to_port] >= 0) | order.ends
        self._alike = order.by_ready[~special[order.by_ready]]
        self._special = order.by_ready[special[order.by_ready]]
        self._departing = np.flatnonzero((kind[order.from_port] >= 0) | order.begins | order.ends)

    def _forward(self, front: Front, span: tuple[int, int], rows: Array) -> int:
        order, free, slots, slot_of, unused = self.order, front.free, front.slots, front.slot_of, front.unused
        spare, best = int(front.counters[1]), self.infinite
        before = order.departs[span[0] - 1] if span[0] else -1
        edges, alike, special = self._minutes(span, before=before)
        departing = [len(order), *reversed(self._departures(span))]
        for minute, (begin, end) in enumerate(pairwise(edges)):
            if alike[minute] < alike[minute + 1]:
                legs = self._alike[alike[minute] : alike[minute + 1]]
                slot = slot_of.take(legs)
                np.minimum.at(free, order.to_port.take(legs), slots.take(slot, axis=0))
                unused[spare + 1 : spare + 1 + len(legs)] = slot
                spare += len(legs)
                slot_of[legs] = -1
            for leg in self._special[special[minute] : special[minute + 1]].tolist():
                spare += 1
                unused[spare] = slot_of[leg]
                slot_of[leg] = -1
                self._arrive(front, leg, slots[unused[spare]])
            labels = rows[begin - span[0] : end - span[0]]
            np.add(free.take(order.from_port[begin:end], axis=0), self._waiting[begin:end], out=labels)
            np.minimum(labels, self.infinite, out=labels)
            while departing[-1] < end:
                leg = departing.pop()
                best = min(best, self._depart(front, leg, labels[leg - begin]))
            slot = unused[spare + 1 - (end - begin) : spare + 1]
            slots[slot] = labels + self._paid[begin:end]
            slot_of[begin:end] = slot
            spare -= end - begin
        front.counters[1] = spare
        return best

    def _arrive(self, front: Front, leg: int, labels: Array) -> None:
        """Merge a leg's labels into those of the port where it arrives."""
        tables, port, day = self.visits, self.order.to_port[leg], self.order.arrives_on[leg]
        q, kind = self.states.place[port], tables.kind[port]
        if q < 0:
            np.minimum(front.free[port], labels, out=front.free[port])
            return
        self._merge_after(front.free[port], labels, kind, tables.arriving[kind, day] & tables.at_once[kind])
        _merge_visit(front, q, day, labels)
        if front.today_on[q] >= day:
            self._merge_after(front.today[q], labels, kind, tables.visit(kind, day, front.today_on[q]))

    def _depart(self, front: Front, leg: int, labels: Array) -> int:
        """Correct a leg's labels for what is special; returns the cost of ending with it, if one can."""
        tables, order = self.visits, self.order
        port, target = order.from_port[leg], order.to_port[leg]
        day, kind, then = order.departs_on[leg], tables.kind[port], tables.kind[target]
        q = self.states.place[port]
        if q >= 0:
            if front.today_on[q] != day:
                front.today_on[q] = day
                front.today[q] = front.free[port]
                since = np.arange(day + 1)
                for mask, visit in self._visits(front, q, since, tables.visit(kind, since, day)):
                    self._merge_after(front.today[q], visit, kind, mask)
            np.minimum(front.today[q] + self._waiting[leg], self.infinite, out=labels)
        if order.begins[leg]:
            labels[self._beginnings(kind, day)] = 0
        if q >= 0 and then >= 0 and tables.inner[kind, then]:
            self._merge_after(labels, labels.copy(), kind, tables.inner[kind, then])
        if not order.ends[leg]:
            return self.infinite
        final = self._endings(then, order.arrives_on[leg])
        return int(labels[final].min(initial=self.infinite)) + int(order.cost[leg])

    def _backward(
        self, front: Front, span: tuple[int, int], rows: Array, through: Array, onward: Array | None = None
    ) -> int:
        order, free, slots, slot_of, unused = self.order, front.free, front.slots, front.slot_of, front.unused
        spare, best = int(front.counters[1]), self.infinite
        after = order.departs[span[1]] if span[1] < len(order) else np.iinfo(np.int32).max
        edges, alike, special = self._minutes(span, after=after)
        departing = [-1, *self._departures(span)]
        for minute in range(len(edges) - 2, -1, -1):
            if alike[minute] < alike[minute + 1]:
                legs = self._alike[alike[minute] : alike[minute + 1]]
                slot = unused[spare + 1 - len(legs) : spare + 1]
                slots[slot] = np.minimum(free.take(order.to_port.take(legs), axis=0) + self._left[legs], self.infinite)
                slot_of[legs] = slot
                spare -= len(legs)
            for leg in self._special[special[minute] : special[minute + 1]].tolist():
                slot_of[leg] = unused[spare]
                spare -= 1
                self._going_on(front, leg, slots[slot_of[leg]])
            begin, end = edges[minute], edges[minute + 1]
            slot = slot_of[begin:end]
            labels = slots.take(slot, axis=0)
            unused[spare + 1 : spare + 1 + end - begin] = slot
            spare += end - begin
            slot_of[begin:end] = -1
            labels += self._cost[begin:end]
            np.minimum(labels, self.infinite, out=labels)
            np.min(rows[begin - span[0] : end - span[0]] + labels, axis=1, out=through[begin:end])
            if onward is not None:
                onward[begin:end] = labels
            labels -= self._left_then[begin:end]
            while departing[-1] >= begin:
                leg = departing.pop()
                best = min(best, self._leave(front, leg, labels[leg - begin]))
            np.minimum.at(free, order.from_port[begin:end], labels)
        front.counters[1] = spare
        return best

    def _going_on(self, front: Front, leg: int, labels: Array) -> None:
        """The labels of going on after a leg with a special arrival."""
        tables, port, day = self.visits, self.order.to_port[leg], self.order.arrives_on[leg]
        q, kind = self.states.place[port], tables.kind[port]
        present = front.free[port]
        if q >= 0:
            present = front.today[q]
            if front.today_on[q] != day:
                front.today_on[q] = day
                present[:] = front.free[port]
                until = np.arange(day, self.order.days)
                for mask, visit in self._visits(front, q, until, tables.visit(kind, day, until)):
                    self._merge_before(present, visit, kind, mask)
        np.minimum(present + self._left[leg], self.infinite, out=labels)
        if self.order.ends[leg]:
            labels[self._endings(kind, day)] = 0

    def _leave(self, front: Front, leg: int, labels: Array) -> int:
        """Correct labels for what is special before they are merged into the port's; returns the cost of beginning."""
        tables, order = self.visits, self.order
        port, target = order.from_port[leg], order.to_port[leg]
        day, kind, then = order.departs_on[leg], tables.kind[port], tables.kind[target]
        q, best = self.states.place[port], self.infinite
        if q >= 0 and then >= 0 and tables.inner[kind, then]:
            self._merge_before(labels, labels.copy(), kind, tables.inner[kind, then])
        if order.begins[leg]:
            best = int((labels[self._beginnings(kind, day)] + self._left_then[leg]).min())
        if q >= 0:
            _merge_visit(front, q, day, labels)
            if 0 <= front.today_on[q] <= day:
                np.minimum(front.today[q], labels, out=front.today[q])
                self._merge_before(front.today[q], labels, kind, tables.visit(kind, front.today_on[q], day))
        return best

    def _minutes(
        self, span: tuple[int, int], before: int | None = None, after: int | None = None
    ) -> tuple[list[int], list[int], list[int]]:
        """Where the minutes of a span begin, and how many arrivals there are by each, alike and special.

        One entry more than minutes; of arrivals, those by a moment before the span, or after it, are the further one.
        """
        departs = self.order.departs[span[0] : span[1]]
        edges = np.flatnonzero(np.diff(departs, prepend=-1, append=-1)) + span[0]
        moments = self.order.departs[edges[:-1]]
        moments = np.concatenate([[before], moments] if before is not None else [moments, [after]])
        ready = self.order.ready
        counts = (np.searchsorted(ready[legs], moments, "right").tolist() for legs in (self._alike, self._special))
        return edges.tolist(), *counts

    def _departures(self, span: tuple[int, int]) -> list[int]:
        """The legs of a span with a special departure."""
        begin, end = np.searchsorted(self._departing, span)
        legs: list[int] = self._departing[begin:end].tolist()
        return legs

    def _visits(self, front: Front, q: int, days: Array, masks: Array) -> Iterator[tuple[int, Array]]:
        """What visits to a place since (or to) some days fulfil, and the least of the labels of those that do."""
        masks = np.where(front.visited[q, days], masks, 0)
        for mask in set(masks.tolist()) - {0}:
            yield mask, front.visits[q, days[masks == mask]].min(axis=0)

    def _beginnings(self, kind: int, day: int) -> Array:
        """The states in which a journey may begin with a departure on a day."""
        mask = self.visits.leaving[kind, day] & self.visits.from_start[kind] if kind >= 0 else 0
        return self._sets(kind, mask)[:, 0]

    def _endings(self, kind: int, day: int) -> Array:
        """Which states a journey may be in when it ends with an arrival on a day (a mask)."""
        mask = self.visits.arriving[kind, day] & self.visits.to_end[kind] if kind >= 0 else 0
        found: NDArray[np.bool_] = (self._sets(kind, mask) == self.states.full).any(axis=0)
        return found

    def _merge_after(self, into: Array, labels: Array, kind: int, mask: int) -> None:
        """Take the lesser of two rows of labels, those of the second after what a visit fulfils."""
        for after in self._sets(kind, mask):
            np.minimum.at(into, after, labels)

    def _merge_before(self, into: Array, labels: Array, kind: int, mask: int) -> None:
        """The same backward: what can be done in the state one comes to can be done from the state before."""
        for after in self._sets(kind, mask):
            np.minimum(into, labels[after], out=into)

    def _sets(self, kind: int, mask: int) -> Array:
        """By state: the states after what a visit fulfils, a row for each of the sets it allows."""
        return self.states.after(self.visits.base[kind] + mask if kind >= 0 else -1)


def _merge_visit(front: Front, q: int, day: int, labels: Array) -> None:
    """Take the lesser of a row of labels and that of visits to a place since (or to) a day."""
    if front.visited[q, day]:
        np.minimum(front.visits[q, day], labels, out=front.visits[q, day])
    else:
        front.visited[q, day] = True
        front.visits[q, day] = labels
