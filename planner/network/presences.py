"""Presence in places: from an arrival there to the next departure to elsewhere."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from attrs import frozen
from numpy.typing import ArrayLike, NDArray

from planner.rules.tables import END, START, Column

Rows = NDArray[np.int64]

BLOCK = 4096  # beginnings followed at a time


@frozen(eq=False)
class Spans:
    """Pairs of runs between which one stays in a place: in by `before`, out by `after`, `last` the last run inside.

    `before` is START where the journey begins inside, `after` END where it ends inside. `last` equals `before`
    where the place is left by the next run taken. Rows stand in the order of the beginnings, START first. `direct`: a
    change leads straight from `before` to `after`; `winding`: other runs, inside the place, do. At least one is true.
    """

    before: Rows
    after: Rows
    last: Rows
    direct: NDArray[np.bool_]
    winding: NDArray[np.bool_]


def spans(changes: ArrayLike, departs: Column, ends_in: Column, inner: Column, start_in: bool) -> Spans:
    """Every possible presence in a place.

    `changes` are the pairs (before, after) of consecutive runs, with START and END at the journey's ends; `departs`
    the runs' departures (UTC minutes; every run arrives later). `ends_in` says for each run whether it arrives in the
    place; `inner` whether it stays inside all the way, so that travelling on it does not end the presence.
    `start_in`: whether the journey starts inside the place.
    """
    pairs = np.asarray(changes, dtype=np.int64).reshape(-1, 2)
    before, after = pairs[:, 0], pairs[:, 1]
    # One more entry stands for START: its number -1 is the last one of an array.
    begins, goes_on = np.append(ends_in & ~inner, start_in), np.append(inner, False)
    inward = (after != END) & goes_on[np.where(after == END, -1, after)]
    out = begins[before] & ~inward
    found = [(before[out], after[out], before[out], np.ones(out.sum(), dtype=bool))]
    moves, exits = pairs[inward & (begins | goes_on)[before]], pairs[goes_on[before] & ~inward]
    if len(moves):
        moves = moves[np.lexsort((moves[:, 1], departs[moves[:, 1]]))]  # run by run, also of those that depart at once
        beginnings = np.flatnonzero(begins)
        for first in range(0, len(beginnings), BLOCK):
            found.extend(_through(beginnings[first : first + BLOCK], moves, exits, len(departs)))
    return _in_order(*(np.concatenate(columns) for columns in zip(*found, strict=True)))


def _through(
    beginnings: Rows, moves: Rows, exits: Rows, count: int
) -> Iterator[tuple[Rows, Rows, Rows, NDArray[np.bool_]]]:
    """The presences that begin with some runs (`count` stands for START), with `moves` on runs inside before `exits`.

    `moves` are in order of departure.
    """
    places = np.arange(len(beginnings))
    reached = np.zeros((count + 1, -(-len(beginnings) // 8)), dtype=np.uint8)  # by run: which lead there, a bit each
    reached[beginnings, places // 8] = 128 >> (places % 8)
    ends = np.flatnonzero(np.append(np.diff(moves[:, 1]) != 0, True)) + 1
    first = 0
    for end in ends.tolist():
        np.bitwise_or.reduce(reached[moves[first:end, 0]], axis=0, out=reached[moves[first, 1]])
        first = end
    for first in range(0, len(exits), BLOCK):
        some = exits[first : first + BLOCK]
        row, place = np.nonzero(np.unpackbits(reached[some[:, 0]], axis=1, count=len(beginnings)))
        begun = np.where(beginnings == count, START, beginnings)[place]
        # Which run was the last inside does not matter for an exit.
        last = np.where(some[row, 1] == END, some[row, 0], begun)
        yield begun, some[row, 1], last, np.zeros(len(row), dtype=bool)


def _in_order(before: Rows, after: Rows, last: Rows, direct: NDArray[np.bool_]) -> Spans:
    """Each presence once, in order."""
    order = np.lexsort((last, after, before))
    before, after, last, direct = before[order], after[order], last[order], direct[order]
    new = np.ones(len(before), dtype=bool)
    new[1:] = (np.diff(before) != 0) | (np.diff(after) != 0) | (np.diff(last) != 0)
    first = np.flatnonzero(new)
    some_direct, some_winding = (
        np.logical_or.reduceat(flags, first) if len(first) else flags for flags in (direct, ~direct)
    )
    return Spans(before[new], after[new], last[new], some_direct, some_winding)
