"""The cheapest sets of facts without which all others can hold together: what repairs are made of.

A correction set meets every conflict, so a cheapest one is a cheapest set that meets all conflicts seen so far and
turns out to be enough (implicit hitting sets once more; Davies and Bacchus, CP 2011).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from attrs import frozen

from planner.explaining.first import all_but, minimal_conflict
from planner.explaining.order import Order
from planner.solving.client import Effort
from planner.solving.hitting import HittingSets
from planner.solving.oracle import Impossible, Oracle, Possible


@frozen
class Correction:
    """What is given up (names), what that weighs, and a trip that meets all other facts."""

    given_up: frozenset[str]
    weight: int
    found: Possible


def corrections(
    oracle: Oracle, order: Order, weights: Mapping[str, int], effort: Effort, names: Mapping[str, str] | None = None
) -> Iterator[Correction]:
    """Minimal correction sets made of what has a weight, lightest first; when it ends, there are no others.

    What is given up is a fact, or with `names` (by fact) all facts of one name together. Raises OutOfTime.
    """
    names = {name: name for name in weights} if names is None else names
    sets = HittingSets[str](effort, weights)
    while (dropped := sets.least()) is not None:
        answer = all_but(oracle, order, {fact for fact, name in names.items() if name in dropped})
        if isinstance(answer, Possible):
            yield Correction(dropped, sets.weight(dropped), answer)
            if not dropped:
                return
            sets.not_all(dropped)
            continue
        while isinstance(answer, Impossible):
            # Conflicts that share nothing that can be given up, as many as there are: few rounds are needed.
            conflict = minimal_conflict(oracle, order, answer.core)
            named = dict.fromkeys(names[fact] for fact in order.least_telling_first(conflict) if fact in names)
            if not named:
                return
            sets.hit(named)
            dropped |= named.keys()
            answer = all_but(oracle, order, {fact for fact, name in names.items() if name in dropped})
