"""All minimal conflicts, in no particular order, by MARCO (Liffiton et al., Constraints 21, 2016)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from planner.explaining.first import grown, minimal_conflict
from planner.explaining.order import Order
from planner.solving.oracle import Impossible, Oracle, Possible
from planner.solving.subsets import Unexplored


def every_conflict(oracle: Oracle, order: Order, corrections: Iterable[Possible] = ()) -> Iterator[frozenset[str]]:
    """Every minimal conflict, each once; when it ends, there are no others. Raises OutOfTime.

    `corrections`: what is known to be possible already.
    """
    unexplored = Unexplored()
    unexplored.know(fact.id for fact in oracle.facts)
    for known in corrections:
        unexplored.hit(known.broken)
    while (seed := unexplored.some()) is not None:
        answer = oracle.ask(seed)
        if isinstance(answer, Impossible):
            conflict = minimal_conflict(oracle, order, answer.core)
            yield conflict
            unexplored.nothing_beyond(conflict)
        else:
            unexplored.hit(grown(oracle, answer).broken)
