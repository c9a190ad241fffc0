"""The best repair, against brute force over changes really made, each judged by the oracle."""

from __future__ import annotations

from collections.abc import Iterable

from planner.answer import Answer
from planner.rules.eased import beside, ladder
from planner.rules.easing import Easing, together
from planner.rules.offered import offered_scenario, offers
from planner.scenario.changing import changed
from planner.scenario.scenario import Scenario
from planner.solving.client import Effort
from planner.solving.search import Whole
from planner.testing import rates
from planner.testing.oracle.best import Oracle, TooLarge
from planner.testing.requiring import require
from planner.verify.checker import verify

MOST_SETS = 40  # sets of changes that are tried; beyond these a scenario is left out


def assert_repairs(scenario: Scenario, answer: Answer) -> None:
    """The repairs of an impossible scenario are in order and confirmed; the first is the best one. Raises TooLarge."""
    repairs = answer.repairs
    assert repairs is not None
    order = [(repair.disruption, repair.cost) for repair in repairs]
    require(order == sorted(order), f"repairs are told in the wrong order: {order}")
    for repair in repairs:
        require(repair.proved, f"a repair is not proved: {repair}")
        require(changed(scenario, repair.changes) == repair.scenario, f"these changes make another scenario: {repair}")
        require(verify(repair.scenario, repair.plan.itinerary).valid, f"the checker finds fault with {repair}")
    best = brute_force(scenario, repairs[0].disruption if repairs else None)
    rates.counts["repaired: by brute force" if repairs else "repaired: beyond repair"] += 1
    told = order[0] if order else None
    if best is not None and (told is None or best[:2] < told) and by_the_way(scenario, best[2]):
        rates.counts["repaired: by the way"] += 1
    else:
        require((best and best[:2]) == told, f"the best repair is {told}, by brute force {best}")


def by_the_way(scenario: Scenario, easings: list[Easing]) -> bool:
    """Whether changes help with facts besides those that they are for: that is not looked for."""
    rungs = ladder(scenario)
    dropped: set[str] = set()
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


def disruption(scenario: Scenario, easings: Iterable[Easing]) -> int:
    """What making some easings disturbs: those that change the same values count once, as much as the largest."""
    heaviest: dict[frozenset[tuple[str, ...]], int] = {}
    for easing in easings:
        values = frozenset(change.path for change in easing.changes)
        weight = scenario.repairs.weight(easing.sort) * easing.amount
        heaviest[values] = max(weight, heaviest.get(values, 0))
    return sum(heaviest.values())
