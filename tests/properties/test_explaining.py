"""Random scenarios: conflicts and what they prove against brute force over sets of facts, judged by the oracle."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations

from hypothesis import given, reject

from planner.answer import Conflict
from planner.api import explain
from planner.scenario.scenario import Scenario
from planner.solving.client import Effort
from planner.solving.sat import SatOracle
from planner.solving.search import Whole
from planner.testing import rates
from planner.testing.drawing.strategies import Table, scenarios
from planner.testing.drawn import read
from planner.testing.oracle.best import Oracle, TooLarge
from planner.verify.conflict import meets

MOST_FACTS = 14  # beyond these there are too many sets to try


@given(scenarios())
def test_conflicts_are_those_of_brute_force(data: Table) -> None:
    scenario = read(data)
    *_, answer = explain(scenario, limit=None, repairs=0)
    if answer.conflict is None:
        rates.counts["explained: possible"] += 1
        return
    found = [answer.conflict, *answer.more_conflicts]
    assert answer.conflicts_complete
    assert all(other.facts for other in found) or len(found) == 1
    certified(scenario, answer.conflict)
    universe = sorted(fact.id for fact in SatOracle.of(whole(scenario).model, effort()).facts)
    if len(universe) > MOST_FACTS:
        rates.counts["explained: too many facts"] += 1
        return
    oracle = Oracle(scenario)
    try:
        conflicts = list(brute_force(oracle, universe))
        prices = [oracle.best(lambda fact, _, one=one.id: fact != one) for one in answer.conflict.facts]  # type: ignore[misc]
    except TooLarge:
        rates.counts["explained: too large"] += 1
        reject()
    rates.counts["explained: by brute force"] += 1
    assert {frozenset(fact.id for fact in conflict.facts) for conflict in found} == set(conflicts)
    sizes = [len(conflict.facts) for conflict in found]
    assert sizes == sorted(sizes)
    assert answer.conflict.at_least == answer.conflict.at_most == min(map(len, conflicts))
    for witness, price in zip(answer.conflict.witnesses, prices, strict=True):
        assert witness.alone == (price is not None)
        if price is not None:
            assert witness.cheapest
            assert witness.cost == price.cost


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


def certified(scenario: Scenario, conflict: Conflict) -> None:
    """What a conflict says of itself holds: its witnesses meet all its other facts, its corrections their size."""
    ids = {fact.id for fact in conflict.facts}
    for fact, witness in zip(conflict.facts, conflict.witnesses, strict=True):
        assert witness.without == fact
        assert meets(witness.scenario, witness.itinerary, ids - {fact.id})
    if not conflict.facts:
        assert conflict.structural
        return
    assert conflict.smallest
    everything = {fact.id for fact in SatOracle.of(whole(scenario).model, effort()).facts}
    for correction in conflict.corrections:
        assert meets(scenario, correction.itinerary, everything - {fact.id for fact in correction.facts})
    things = sorted({fact.id for correction in conflict.corrections for fact in correction.facts})
    for fewer in combinations(things, max(0, len(ids) - 1)):
        assert any({fact.id for fact in correction.facts}.isdisjoint(fewer) for correction in conflict.corrections)
