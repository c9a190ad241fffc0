"""What a rule may say about options. A model of any make can read these; no rule sees a solver's variable.

An option is something that can be chosen or not (a run, a stay on a passport and ground, an application on a
date …); it is known by an integer id, and tables of options are columns over such ids. `fact` names the fact
that a statement belongs to: with the fact dropped the statement is void. `fact` None is structure.
"""

from __future__ import annotations

from typing import TypeAlias

import numpy as np
from attrs import field, frozen
from numpy.typing import NDArray

from planner.rules.facts import Fact

Ids: TypeAlias = NDArray[np.int64]
NONE: Ids = np.empty(0, dtype=np.int64)


@frozen(eq=False)
class Block:
    """None of these options may be chosen."""

    fact: Fact | None
    options: Ids


@frozen(eq=False)
class Clause:
    """If some option of each group in `given` is chosen, then some option of `then` is.

    Nothing in `given`: some option of `then` must be chosen. Empty `then`: the groups exclude each other.
    """

    fact: Fact | None
    given: tuple[Ids, ...] = ()
    then: Ids = NONE


@frozen(eq=False)
class Count:
    """A term of a sum: `weight` for each chosen option, or `weight` once if any is chosen."""

    weight: int
    options: Ids
    once: bool = False


@frozen(eq=False)
class Unmet:
    """A term of a sum: `weight`, not negative, once if any of these clauses does not hold. Their facts play no part."""

    weight: int
    clauses: tuple[Clause, ...]


@frozen(eq=False)
class AtMost:
    """The sum of the counts is at most `bound`; weights of `once` counts are not negative."""

    fact: Fact | None
    counts: tuple[Count | Unmet, ...]
    bound: int


@frozen(eq=False)
class Charge:
    """Money: `amount` minor units for each chosen option, or once if any is chosen. Never droppable."""

    amount: int
    options: Ids
    once: bool = field(default=False)


Statement: TypeAlias = Block | Clause | AtMost | Charge
