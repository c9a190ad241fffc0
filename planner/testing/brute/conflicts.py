"""Conflicts and what they prove, against brute force over sets of facts, judged by the oracle."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations

from planner.answer import Answer, Conflict
from planner.scenario.scenario import Scenario
from planner.solving.client import Effort
from planner.solving.sat import SatOracle
from planner.solving.search import Whole
from planner.testing import rates
from planner.testing.oracle.best import Oracle
from planner.testing.requiring import require
from planner.verify.conflict import meets

MOST_FACTS = 14  # beyond these there are too many sets to try


def assert_conflicts(scenario: Scenario, answer: Answer) -> None:
    """All conflicts of an impossible scenario (`limit=None`) are those of brute force, and what is said of the first.

    With many facts only what the first one says of itself is looked at. Raises TooLarge.
    """
    assert answer.conflict is not None
    found = [answer.conflict, *answer.more_conflicts]
    require(answer.conflicts_complete, "there are more conflicts")
    require(all(other.facts for other in found) or len(found) == 1, "a conflict without facts is not the only one")
    _certified(scenario, answer.conflict)
    universe = sorted(fact.id for fact in SatOracle.of(whole(scenario).model, effort()).facts)
    if len(universe) > MOST_FACTS:
        rates.counts["explained: too many facts"] += 1
        return
    oracle = Oracle(scenario)
    conflicts = list(brute_force(oracle, universe))
    prices = [oracle.best(lambda fact, _, one=one.id: fact != one) for one in answer.conflict.facts]  # type: ignore[misc]
    told = {frozenset(fact.id for fact in conflict.facts) for conflict in found}
    require(told == {*conflicts}, f"the conflicts are {told}, by brute force {conflicts}")
    sizes = [len(conflict.facts) for conflict in found]
    require(sizes == sorted(sizes), f"conflicts are told in the wrong order: {sizes}")
    sizes = [answer.conflict.at_least, answer.conflict.at_most, min(map(len, conflicts))]
    require(len({*sizes}) == 1, f"a smallest conflict has {sizes[0]} to {sizes[1]} facts, by brute force {sizes[2]}")
    for witness, price in zip(answer.conflict.witnesses, prices, strict=True):
        cost = price and price.cost
        require(witness.alone == (price is not None), f"without {witness.without.id} a trip costs {cost}")
        require(
            price is None or (witness.cheapest and witness.cost == cost),
            f"without {witness.without.id} a trip costs {witness.cost}, by brute force {cost}",
        )
    rates.counts["explained: by brute force"] += 1


def whole(scenario: Scenario) -> Whole:
    return Whole.of(scenario, effort())


def effort() -> Effort:
    return Effort.starting_now(60, 1, 0)


def brute_force(oracle: Oracle, universe: list[str]) -> Iterator[frozenset[str]]:
    """Every minimal conflict, by trying all sets of facts, smaller ones first. Raises TooLarge."""
    found: list[frozenset[str]] = []
    possible: list[frozenset[str]] = []
    for size in range(len(universe) + 1):
        for chosen in combinations(universe, size):
            facts = frozenset(chosen)
            if any(known <= facts for known in found) or any(facts <= known for known in possible):
                continue
            if oracle.best(lambda fact, _, facts=facts: fact in facts) is None:  # type: ignore[misc]
                found.append(facts)
                yield facts
            else:
                possible.append(_grown(oracle, facts, universe))


def _grown(oracle: Oracle, facts: frozenset[str], universe: list[str]) -> frozenset[str]:
    for name in universe:
        more = facts | {name}
        if oracle.best(lambda fact, _, more=more: fact in more) is not None:  # type: ignore[misc]
            facts = more
    return facts


def _certified(scenario: Scenario, conflict: Conflict) -> None:
    """What a conflict says of itself holds: its witnesses meet all its other facts, its corrections their size."""
    ids = {fact.id for fact in conflict.facts}
    for fact, witness in zip(conflict.facts, conflict.witnesses, strict=True):
        require(witness.without == fact, f"the witness for {fact.id} is without {witness.without.id}")
        require(meets(witness.scenario, witness.itinerary, ids - {fact.id}), f"the witness for {fact.id} breaks more")
    if not conflict.facts:
        require(conflict.structural, "a conflict of nothing")
        return
    require(conflict.smallest, "the conflict is not proved smallest")
    everything = {fact.id for fact in SatOracle.of(whole(scenario).model, effort()).facts}
    for correction in conflict.corrections:
        broken = {fact.id for fact in correction.facts}
        require(meets(scenario, correction.itinerary, everything - broken), f"the correction {broken} breaks more")
    things = sorted({fact.id for correction in conflict.corrections for fact in correction.facts})
    for fewer in combinations(things, max(0, len(ids) - 1)):
        unhit = any({fact.id for fact in correction.facts}.isdisjoint(fewer) for correction in conflict.corrections)
        require(unhit, f"the corrections do not prove the size: {fewer} has a fact of each")
