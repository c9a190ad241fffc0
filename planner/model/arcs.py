"""The changes that can be part of a trip within a limit of cost, each with the wishes fulfilled before and after it.

The labels of the sweeps say for each leg and set of wishes what the way there and the way on cost at least. A change
from one run to another is an arc from a set to a set; the arcs whose cheapest trip costs too much are left out.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any, TypeAlias

import numpy as np
from attrs import frozen
from numpy.typing import NDArray

from planner.bounds.order import visits
from planner.bounds.relax import relax
from planner.bounds.relaxed import Relaxed
from planner.bounds.states import States
from planner.bounds.sweep import Labels, labels
from planner.network.columns import all_legs
from planner.network.runs import MOST_CHANGES, Boarding, LegColumns, TooLarge
from planner.rules.tables import END, START
from planner.scenario.scenario import Scenario

Rows: TypeAlias = NDArray[np.int64]
Numbers: TypeAlias = NDArray[np.integer[Any]]

BLOCK = 200_000  # changes looked at together
NOWHERE = -1  # the state before the journey and after it


@frozen(eq=False)
class Prune:
    """Bounds for a scenario with all its facts in force, and the greatest cost (minor units) that is of interest."""

    relaxed: Relaxed
    labels: Labels
    limit: int

    @classmethod
    def of(cls, scenario: Scenario, limit: int) -> Prune:
        """Bound a scenario whose legs are all objects."""
        relaxed = relax(scenario, all_legs(scenario))
        return cls(relaxed, labels(relaxed), limit)


@frozen(eq=False)
class Arcs:
    """Changes between runs, by position or START/END, with the state on departure of either run.

    `least` is what a trip that takes the arc costs at least, in minor units.
    """

    before: Rows
    after: Rows
    came: Rows
    goes: Rows
    least: Rows


def arcs(prune: Prune, runs: tuple[tuple[int, ...], ...], legs: LegColumns) -> Arcs:
    """Every arc of a trip that costs no more than the limit. Raises TooLarge."""
    network = _Network(prune, runs)
    parts = [*network.from_start(), *network.to_end(), *network.between(legs)]
    before, after, came, goes, least = (np.concatenate(columns) for columns in zip(*parts, strict=True))
    order = np.lexsort((least, goes, came, after, before))
    table = np.stack([before, after, came, goes])[:, order]
    new = np.append(True, (np.diff(table, axis=1) != 0).any(axis=0))[: len(order)]
    return Arcs(table[0, new], table[1, new], table[2, new], table[3, new], least[order][new] + prune.relaxed.fixed)


Part: TypeAlias = tuple[Rows, Rows, Rows, Rows, Rows]  # before, after, came, goes, least (less what every trip pays)
Moved: TypeAlias = tuple[
    Rows, Rows
]  # positions of what was moved, once for each state that it can lead to; those states


class _Network:
    """The runs in terms of the relaxed problem. `exits` are rows of run, state on departure and state on arrival."""

    def __init__(self, prune: Prune, runs: tuple[tuple[int, ...], ...]) -> None:
        self.relaxed, self.labels = prune.relaxed, prune.labels
        self.room = prune.limit - prune.relaxed.fixed
        self.moves = _Moves(prune.relaxed, prune.labels.states)
        length = np.array([len(run) for run in runs], dtype=np.int64)
        flat = np.array([leg for run in runs for leg in run], dtype=np.int64)
        row = np.full(int(flat.max(initial=-1)) + 1, -1, dtype=np.int64)
        row[self.relaxed.rows] = np.arange(len(self.relaxed))
        self.begin, self.length, self.legs = np.cumsum(length) - length, length, row[flat]
        usable = np.ones(len(runs), dtype=bool)
        usable[np.repeat(np.arange(len(runs)), length)[self.legs < 0]] = False
        self.first = np.where(usable, self.legs[self.begin], -1)
        self.last = np.where(usable, self.legs[self.begin + length - 1], -1)
        self._travel(np.flatnonzero(usable))

    def _travel(self, runs: Rows) -> None:
        """From the departures of the runs to their arrivals."""
        relaxed, labels = self.relaxed, self.labels
        first = self.first[runs]
        index, came = np.nonzero(labels.before[first] + labels.onward[first] <= self.room)
        run, state = runs[index], came.astype(np.int64)
        came, cost = state, labels.before[first[index], state] + relaxed.cost[first[index]]
        for step in range(1, int(self.length.max(initial=1))):
            done = self.length[run] <= step
            more = np.flatnonzero(~done)
            at = self.begin[run[more]] + step
            again, changed = self.moves.change(state[more], self.legs[at - 1], self.legs[at])
            onto, more = self.legs[at[again]], more[again]
            run, came = np.append(run[done], run[more]), np.append(came[done], came[more])
            cost = np.append(cost[done], cost[more] + relaxed.cost[onto])
            state = np.append(state[done], changed)
        order = np.lexsort((state, run))
        self.run, self.came, self.state, self.cost = run[order], came[order], state[order], cost[order]

    def from_start(self) -> Iterator[Part]:
        """The journey's beginnings, and staying at home."""
        relaxed = self.relaxed
        wishes = self.labels.states.wishes
        at_home = all(wish.ports[relaxed.start] and wish.from_start and wish.to_end for wish in wishes)
        if relaxed.start == relaxed.goal and at_home and self.room >= 0:
            yield _part([START], [END], [NOWHERE], [NOWHERE], [0])
        runs = np.unique(self.run)
        legs = self.first[runs]
        able = (relaxed.from_port[legs] == relaxed.start) & relaxed.first[legs]
        runs, legs = runs[able], legs[able]
        again, state = self.moves.begin(legs)
        least = self.labels.onward[legs[again], state]
        kept = least <= self.room
        count = int(kept.sum())
        yield _part([START] * count, runs[again][kept], [NOWHERE] * count, state[kept], least[kept])

    def to_end(self) -> Iterator[Part]:
        """The journey's ends."""
        relaxed, legs = self.relaxed, self.last[self.run]
        able = (relaxed.to_port[legs] == relaxed.goal) & relaxed.last[legs] & (self.cost <= self.room)
        rows = np.flatnonzero(able)
        again, state = self.moves.end(self.state[rows], legs[rows])
        rows = rows[again[state == self.labels.states.full]]
        yield _part(self.run[rows], [END] * len(rows), self.came[rows], [NOWHERE] * len(rows), self.cost[rows])

    def between(self, legs: LegColumns) -> Iterator[Part]:
        """The landside changes. Raises TooLarge."""
        relaxed, labels = self.relaxed, self.labels
        runs = np.unique(self.run)
        rows = relaxed.rows.astype(np.int64)
        boarding = Boarding.of(legs, rows[self.first[runs]], rows[self.last[runs]])
        least_on = labels.onward.min(axis=1)
        starts, ends = np.searchsorted(self.run, runs), np.searchsorted(self.run, runs, side="right")
        made = 0
        for block in boarding.blocks(BLOCK):
            in_time = relaxed.departs[self.first[runs[block[1]]]] >= relaxed.ready[self.last[runs[block[0]]]]
            before, after = (side[in_time] for side in block)
            onto, leaving = self.first[runs[after]], self.last[runs[before]]
            nights = relaxed.departs_on[onto] - relaxed.arrives_on[leaving]
            waiting = relaxed.nightly[relaxed.to_port[leaving]] * nights
            pair, exit_ = _ranges(starts[before], ends[before])
            cost = self.cost[exit_] + waiting[pair]
            hopeful = cost + least_on[onto[pair]] <= self.room
            pair, exit_, cost = pair[hopeful], exit_[hopeful], cost[hopeful]
            again, state = self.moves.change(self.state[exit_], leaving[pair], onto[pair])
            pair, exit_ = pair[again], exit_[again]
            least = cost[again] + labels.onward[onto[pair], state]
            kept = least <= self.room
            pair, exit_ = pair[kept], exit_[kept]
            made += len(np.unique(pair))
            if made > MOST_CHANGES:
                raise TooLarge
            yield _part(runs[before[pair]], runs[after[pair]], self.came[exit_], state[kept], least[kept])


class _Moves:
    """How changes move states, for many changes at once; the same steps as those of the sweeps."""

    def __init__(self, relaxed: Relaxed, states: States) -> None:
        days = np.concatenate([relaxed.departs_on, relaxed.arrives_on])
        self.first_day = int(days.min()) if len(days) else 0
        self.relaxed, self.states = relaxed, states
        self.visits = visits(states, self.first_day, int(days.max(initial=self.first_day)) - self.first_day + 1)

    def change(self, state: Rows, before: Rows, after: Rows) -> Moved:
        """The states on departure of one leg, from those on arrival of another."""
        relaxed = self.relaxed
        port = relaxed.to_port[before]
        arrived, leaves = relaxed.arrives_on[before] - self.first_day, relaxed.departs_on[after] - self.first_day
        again, state = self._add(state, port, lambda kind, some: self.visits.visit(kind, arrived[some], leaves[some]))
        return self._ride(again, state, after[again])

    def begin(self, legs: Rows) -> Moved:
        """The states on departure of the first leg."""
        relaxed, tables = self.relaxed, self.visits
        leaves = relaxed.departs_on[legs] - self.first_day
        nothing = np.zeros(len(legs), dtype=np.int64)
        again, state = self._add(
            nothing,
            relaxed.from_port[legs],
            lambda kind, some: tables.leaving[kind, leaves[some]] & tables.from_start[kind],
        )
        return self._ride(again, state, legs[again])

    def end(self, state: Rows, legs: Rows) -> Moved:
        """The states at the end of the journey."""
        relaxed, tables = self.relaxed, self.visits
        arrived = relaxed.arrives_on[legs] - self.first_day
        return self._add(
            state,
            relaxed.to_port[legs],
            lambda kind, some: tables.arriving[kind, arrived[some]] & tables.to_end[kind],
        )

    def _ride(self, again: Rows, state: Rows, legs: Rows) -> Moved:
        """What travelling on a leg between two places of a wish fulfils."""
        target = self.visits.kind[self.relaxed.to_port[legs]]
        index, state = self._add(
            state,
            self.relaxed.from_port[legs],
            lambda kind, some: np.where(target[some] < 0, 0, self.visits.inner[kind, target[some]]),
        )
        return again[index], state

    def _add(self, state: Rows, port: Numbers, fulfilled: Callable[[Numbers, Rows], Numbers]) -> Moved:
        """The states after what is `fulfilled` (kinds of places, positions) at some ports, where there are wishes."""
        kind = self.visits.kind[port]
        some = np.flatnonzero(kind >= 0)
        at = self.visits.base[kind[some]] + fulfilled(kind[some], some)
        starts, ends = np.zeros(len(kind), dtype=np.int64), np.ones(len(kind), dtype=np.int64)
        starts[some], ends[some] = self.states.choices[at], self.states.choices[at + 1]
        index, place = _ranges(starts, ends)
        sets = np.zeros(len(index), dtype=np.int64)  # the empty set where there are no wishes
        here = kind[index] >= 0
        sets[here] = self.states.choice[place[here]]
        return index, self.states.add[sets, state[index]].astype(np.int64)


def _ranges(starts: Numbers, ends: Numbers) -> tuple[Rows, Rows]:
    """All numbers of some ranges, each with the index of its range."""
    counts = (ends - starts).astype(np.int64)
    index = np.repeat(np.arange(len(counts)), counts)
    along = np.arange(len(index)) - np.repeat(np.cumsum(counts) - counts, counts)
    return index, starts[index] + along


def _part(*columns: object) -> Part:
    before, after, came, goes, least = (np.asarray(column, dtype=np.int64) for column in columns)
    return before, after, came, goes, least
