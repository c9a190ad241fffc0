"""Random scenarios: the best repair against brute force over changes really made, each judged by the oracle."""

from __future__ import annotations

from hypothesis import given, reject

from planner.api import explain
from planner.rules.eased import beside, ladder
from planner.rules.easing import Easing, together
from planner.rules.offered import offered_scenario, offers
from planner.scenario.changing import changed
from planner.scenario.scenario import Scenario
from planner.solving.client import Effort
from planner.solving.search import Whole
from planner.testing import rates
from planner.testing.drawing.strategies import Table, scenarios
from planner.testing.drawn import read
from planner.testing.oracle.best import Oracle, TooLarge
from planner.verify.checker import verify
from tests.properties.disruption import disruption

MOST_SETS = 40  # sets of changes that are tried; beyond these a scenario is left out


@given(scenarios())
def test_the_best_repair_is_that_of_brute_force(data: Table) -> None:
    scenario = read(data)
    *_, answer = explain(scenario, repairs=2)
    if answer.conflict is None:
        reject()
    repairs = answer.repairs
    assert repairs is not None
    assert [(r.disruption, r.cost) for r in repairs] == sorted((r.disruption, r.cost) for r in repairs)
    for repair in repairs:
        assert repair.proved
        assert changed(scenario, repair.changes) == repair.scenario
        assert verify(repair.scenario, repair.plan.itinerary).valid
    limit = repairs[0].disruption if repairs else None
    try:
        best = brute_force(scenario, limit)
    except TooLarge:
        rates.counts["repaired: too large"] += 1
        reject()
    rates.counts["repaired: by brute force" if repairs else "repaired: beyond repair"] += 1
    told = (repairs[0].disruption, repairs[0].cost) if repairs else None
    if best is not None and (told is None or best[:2] < told) and by_the_way(scenario, best[2]):
        rates.counts["repaired: by the way"] += 1
    else:
        assert (best and best[:2]) == told


def by_the_way(scenario: Scenario, easings: list[Easing]) -> bool:
    """Whether changes help with facts besides those that they are for: that is not looked for."""
    rungs = ladder(scenario)
    dropped = set()
    for easing in easings:
        same = [rung for rung in rungs if rung.fact == easing.fact]
        dropped.update(rung.dropped for rung in same[: 1 + [rung.easing for rung in same].index(easing)])
    eased = beside(scenario, rungs)
    facts = {fact.id: fact for fact in Whole.of(eased, Effort.starting_now(60, 1, 0)).facts()}
    kept = [fact for name, fact in facts.items() if name not in dropped]
    return Whole.of(eased, Effort.starting_now(60, 1, 0)).holding(kept) is None


def brute_force(scenario: Scenario, limit: int | None) -> tuple[int, int, list[Easing]] | None:
    """Disruption, cost and easings of the best set; `limit` is a disruption that is known to be enough."""
    best: tuple[int, int, list[Easing]] | None = None
    for disturbs, easings in sorted(sets(scenario, limit), key=lambda item: item[0]):
        if best is not None and disturbs > best[0]:
            break
        found = Oracle(changed(scenario, together(easings))).best()
        if found is not None and (best is None or (disturbs, found.cost) < best[:2]):
            best = disturbs, found.cost, easings
    return best


def sets(scenario: Scenario, limit: int | None) -> list[tuple[int, list[Easing]]]:
    """Every set of easings, at most one of each fact, that disturbs no more than the limit. Raises TooLarge."""
    rungs = [*ladder(scenario), *offers(offered_scenario(scenario))]
    ladders: dict[str, list[Easing]] = {}
    for rung in rungs:
        ladders.setdefault(rung.fact, []).append(rung.easing)
    different = {tuple(easing.changes for easing in easings): easings for easings in ladders.values()}
    found: list[list[Easing]] = [[]]
    for easings in different.values():
        found = [[*made, *more] for made in found for more in ([], *([easing] for easing in easings))]
        found = [made for made in found if limit is None or disruption(scenario, made) <= limit]
        if len(found) > MOST_SETS:
            raise TooLarge
    return [(disruption(scenario, made), made) for made in found]
