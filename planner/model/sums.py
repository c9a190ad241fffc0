"""Statements about options that carry no fact, besides those that rules make too (`planner.rules.statements`).

In a module of their own, as the solver process reads them: it loads next to nothing else of the planner.
"""

from __future__ import annotations

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


Structural = Statement | Balance | Sums
