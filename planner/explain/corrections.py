"""The cheapest sets of facts without which all others can hold together: what repairs are made of.

A correction set meets every conflict, so a cheapest one is a cheapest set that meets all conflicts seen so far and
turns out to be enough (implicit hitting sets once more; Davies and Bacchus, CP 2011).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from attrs import frozen

from planner.explain.first import minimal_conflict
from planner.explain.order import Order
from planner.solving.client import Effort
from planner.solving.hitting import HittingSets
from planner.solving.oracle import Impossible, Oracle, Possible


@frozen
class Correction:
    """Facts that are given up, what that weighs, and a trip that meets all others."""

    facts: frozenset[str]
    weight: int
    found: Possible


def corrections(oracle: Oracle, order: Order, weights: Mapping[str, int], effort: Effort) -> Iterator[Correction]:
    """Minimal correction sets made of facts that have a weight, lightest first; when it ends, there are no others.

    Raises OutOfTime.
    """
    sets = HittingSets[str](effort, weights)
    while (dropped := sets.least()) is not None:
        answer = _without(oracle, order, dropped)
        if isinstance(answer, Possible):
            yield Correction(dropped, sets.weight(dropped), answer)
            if not dropped:
                return
            sets.not_all(dropped)
            continue
        fixed = frozenset(weights)
        while isinstance(answer, Impossible):
            # Conflicts that share nothing that can be given up, as many as there are: few rounds are needed.
            conflict = minimal_conflict(oracle, order, answer.core) & fixed
            if not conflict:
                return
            sets.hit(order.least_telling_first(conflict))
            dropped |= conflict
            answer = _without(oracle, order, dropped)


def _without(oracle: Oracle, order: Order, dropped: frozenset[str]) -> Possible | Impossible:
    """Whether all facts but some can hold together; facts that come up with an answer count as well."""
    while True:
        answer = oracle.ask([fact.id for fact in oracle.facts if fact.id not in dropped])
        if isinstance(answer, Impossible) or answer.broken <= dropped:
            return answer
        order.learn(oracle.facts)
