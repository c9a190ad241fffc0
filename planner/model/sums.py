"""Statements about options that carry no fact, besides those that rules make too (`planner.rules.statements`).

In a module of their own, as the solver process reads them: it loads next to nothing else of the planner.
"""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np
from attrs import frozen
from numpy.typing import NDArray

from planner.rules.statements import NONE, Ids, Statement

Weights = NDArray[np.int64]


@frozen(eq=False)
class Balance:
    """As many options of `left` are chosen as of `right`, plus `constant`."""

    left: Ids
    right: Ids = NONE
    constant: int = 0


@frozen(eq=False)
class Sums:
    """Many sums Σ weight · option, each of which is 0 (`low` 0) or at most 0 (`low` None).

    The i-th sum is over `options[starts[i]:starts[i + 1]]` with `weights` likewise.
    """

    starts: Ids
    options: Ids
    weights: Weights
    low: int | None = 0

    @classmethod
    def of(cls, count: int, *parts: tuple[Ids, Ids, int], low: int | None = 0) -> Sums:
        """So many sums; each part has, entry by entry, the number of a sum and an option in it, all of one weight."""
        number = np.concatenate([rows for rows, _, _ in parts])
        order = np.argsort(number, kind="stable")
        options = np.concatenate([options for _, options, _ in parts])
        weights = np.concatenate([np.full(len(rows), weight, dtype=np.int64) for rows, _, weight in parts])
        starts = np.searchsorted(number[order], np.arange(count + 1))
        return cls(starts, options[order], weights[order], low)

    def without(self, gone: NDArray[np.bool_]) -> Sums:
        """The same sums without the options that are never chosen; those that have none left are left out."""
        kept = ~gone[self.options]
        starts = np.append(0, np.cumsum(kept))[self.starts]
        return Sums(np.unique(starts), self.options[kept], self.weights[kept], self.low)


@frozen(eq=False)
class Flow:
    """What a journey is, said once more with the wishes fulfilled so far; it shows what the sweeps know.

    `ids` are options that only `sums` speak of. Arc by arc: its `change`, the option that stands for it (of `ids`, or
    the change itself where that has no other arc), and what a trip that takes it costs at least, in minor units.
    """

    ids: Ids
    sums: tuple[Sums, ...]
    change: Ids
    arc: Ids
    least: Ids

    def dearer(self, limit: int) -> Ids:
        """Options that no trip takes that costs no more than a limit."""
        far = self.least > limit
        return np.union1d(self.arc[far], np.setdiff1d(self.change[far], self.change[~far]))

    def without(self, gone: NDArray[np.bool_]) -> Flow:
        """The same with fewer options, by option."""
        kept = ~gone[self.arc]
        sums = tuple(sums.without(gone) for sums in self.sums)
        return Flow(self.ids, sums, self.change[kept], self.arc[kept], self.least[kept])


def spread(gone: NDArray[np.bool_], all_sums: Iterable[Sums]) -> None:
    """Mark, by option, what is never chosen, because it is only chosen together with something that is not."""
    left = list(all_sums)
    before = -1
    while before != (before := int(gone.sum())):
        left = [sums.without(gone) for sums in left]
        for sums in left:
            lengths = np.diff(sums.starts)
            row = np.repeat(np.arange(len(lengths)), lengths)
            for sign in (1, -1) if sums.low == 0 else (1,):
                mine, other = sums.weights * sign > 0, sums.weights * sign < 0
                balanced = np.bincount(row[other], minlength=len(lengths)) > 0
                gone[sums.options[mine & ~balanced[row]]] = True


Structural = Statement | Balance | Sums
