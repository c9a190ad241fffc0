"""Which wishes a journey has fulfilled so far: the states that the sweeps keep a label for.

A state is a set of wishes. Ordered wishes are fulfilled from the first on, so they multiply the states by their
number plus one, the others by two each.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import product
from math import prod

import numpy as np
from attrs import frozen
from numpy.typing import NDArray

from planner.bounds.relaxed import ANY_DAY, Relaxed, Wish

MOST_AT_A_PORT = 6  # wishes that one port may fulfil; the sets of them are tabulated


@frozen(kw_only=True, eq=False)
class States:
    """The states of a relaxed problem and how visits change them.

    `wishes` are the numbers of the wishes kept track of; the bits of `masks` follow their order. State 0 is the empty
    set, `full` all of them. `add[x, s]` is the state after the x-th set of wishes has been fulfilled in state s; set 0
    is empty. `place` numbers the ports where a wish can be fulfilled (-1: none). The wishes at the q-th place are
    `wish[begin[q]:begin[q + 1]]`; those that are fulfilled by arriving stand in `instant`, the others take a visit. A
    visit that fulfils some of a place's wishes, as a mask over them, allows the sets
    `choice[choices[base[q] + mask] : choices[base[q] + mask + 1]]`.
    """

    wishes: tuple[Wish, ...]
    masks: NDArray[np.int64]
    full: int
    add: NDArray[np.int32]
    place: NDArray[np.int32]
    begin: NDArray[np.int32]
    wish: NDArray[np.int32]
    instant: NDArray[np.bool_]
    base: NDArray[np.int32]
    choices: NDArray[np.int32]
    choice: NDArray[np.int32]

    @property
    def count(self) -> int:
        """Number of states."""
        return len(self.masks)

    @property
    def places(self) -> int:
        """Number of ports where a wish can be fulfilled."""
        return len(self.base)

    def after(self, index: int) -> NDArray[np.int32]:
        """By state: the states after what a visit fulfils, a row for each of the sets it allows.

        `index` is the visit's in `choices`, or -1 for one that can fulfil nothing.
        """
        return self.add[self.choice[self.choices[index] : self.choices[index + 1]]] if index >= 0 else self.add[:1]

    def limits(self) -> tuple[NDArray[np.int64], ...]:
        """Columns over the wishes: `arrive_by`, `leave_from`, `least`, `most`, `from_start`, `to_end`."""
        names = ("arrive_by", "leave_from", "least", "most", "from_start", "to_end")
        return tuple(np.array([getattr(wish, name) for wish in self.wishes], dtype=np.int64) for name in names)


def kept(relaxed: Relaxed, most_states: int) -> list[int]:
    """The wishes, by number, that can be kept track of with at most so many states.

    Leaving some out leaves the bound valid, only weaker.
    """
    found: list[int] = []
    at_port = np.zeros(max([len(wish.ports) for wish in relaxed.wishes], default=0), dtype=int)
    for number, wish in enumerate(relaxed.wishes):
        if _size(relaxed.wishes[w] for w in [*found, number]) > most_states:
            continue
        if (at_port[wish.ports] >= MOST_AT_A_PORT).any():
            continue
        at_port[wish.ports] += 1
        found.append(number)
    return found


def _size(wishes: Iterable[Wish]) -> int:
    kinds = [wish.ordered for wish in wishes]
    return (kinds.count(True) + 1) * (1 << kinds.count(False))


def states(relaxed: Relaxed, numbers: list[int]) -> States:
    """The states for some of a problem's wishes."""
    wishes = tuple(relaxed.wishes[number] for number in numbers)
    apart = [[numbers.index(w) for w in group if w in numbers] for group in relaxed.apart]
    masks = _masks(wishes)
    ports = len(relaxed.nightly)
    at = np.zeros((len(wishes), ports), dtype=bool)
    for index, item in enumerate(wishes):
        at[index] = item.ports
    here = np.flatnonzero(at.any(axis=0))
    place = np.full(ports, -1, dtype=np.int32)
    place[here] = np.arange(len(here))
    together = {wish for group in apart if len(group) > 1 for wish in group}
    instants = [_instant(item) and index not in together for index, item in enumerate(wishes)]

    sets: dict[int, int] = {0: 0}
    begin, choices = [0], [0]
    wish: list[int] = []
    base: list[int] = []
    choice: list[int] = []
    known: dict[tuple[int, ...], int] = {}  # ports with the same wishes share their tables
    for port in here:
        local = tuple(np.flatnonzero(at[:, port]).tolist())
        wish.extend(local)
        begin.append(len(wish))
        if local not in known:
            known[local] = len(choices) - 1
            for mask in range(2 ** len(local)):
                some = [w for bit, w in enumerate(local) if mask >> bit & 1]
                for chosen in _alternatives(some, apart):
                    choice.append(sets.setdefault(chosen, len(sets)))
                choices.append(len(choice))
        base.append(known[local])
    return States(
        wishes=wishes,
        masks=np.array(masks, dtype=np.int64),
        full=len(masks) - 1,
        add=_additions(wishes, masks, list(sets)),
        place=place,
        begin=np.array(begin, dtype=np.int32),
        wish=np.array(wish, dtype=np.int32),
        instant=np.array(instants, dtype=bool),
        base=np.array(base, dtype=np.int32),
        choices=np.array(choices, dtype=np.int32),
        choice=np.array(choice, dtype=np.int32),
    )


def _instant(wish: Wish) -> bool:
    """Whether arriving in time is all it takes."""
    return wish.least == 0 and wish.most == ANY_DAY and wish.leave_from == -ANY_DAY and wish.to_end


def _masks(wishes: tuple[Wish, ...]) -> list[int]:
    """Every set that can occur, smallest first, the full one last."""
    ordered = [1 << index for index, wish in enumerate(wishes) if wish.ordered]
    free = [1 << index for index, wish in enumerate(wishes) if not wish.ordered]
    prefixes = [sum(ordered[:count]) for count in range(len(ordered) + 1)]
    subsets = [sum(bits) for bits in product(*[(0, bit) for bit in reversed(free)])]
    return [prefix + subset for prefix in prefixes for subset in subsets]


def _alternatives(some: list[int], apart: list[list[int]]) -> Iterator[int]:
    """The sets of these wishes that one visit can fulfil, as masks: one of each group of `apart`."""
    groups = [[w for w in group if w in some] for group in apart]
    grouped = {w for group in groups for w in group}
    alone = sum(1 << w for w in some if w not in grouped)
    found = [[1 << w for w in group] for group in groups if group]
    assert prod(len(group) for group in found) <= 2**MOST_AT_A_PORT
    for picked in product(*found):
        yield alone + sum(picked)


def _additions(wishes: tuple[Wish, ...], masks: list[int], sets: list[int]) -> NDArray[np.int32]:
    """The state after fulfilling each set in each state; ordered wishes only as far as their turn has come."""
    free = sum(1 << number for number, wish in enumerate(wishes) if not wish.ordered)
    ordered = [1 << number for number, wish in enumerate(wishes) if wish.ordered]
    before = np.array(masks, dtype=np.int64)
    by_mask = np.argsort(before)
    table = np.empty((len(sets), len(masks)), dtype=np.int32)
    for row, added in enumerate(sets):
        after = before | (added & free)
        turn = np.ones(len(masks), dtype=bool)
        for bit in ordered:
            turn &= (before | added) & bit != 0
            after |= np.where(turn, bit, 0)
        table[row] = by_mask[np.searchsorted(before, after, sorter=by_mask)]
    return table
