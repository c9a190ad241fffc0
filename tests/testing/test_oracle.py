"""The oracle against enumeration without any pruning, and against what the registry's examples say."""

from __future__ import annotations

from itertools import product
from math import prod

import pytest
from attrs import evolve
from hypothesis import assume, given

from planner.itinerary.choices import Itinerary
from planner.itinerary.replay import Unreal, replay
from planner.rules.base import Example, Rule, kinds, rules_of, table_kinds
from planner.rules.examples import scenario_data
from planner.rules.kinds.exit_fee import ExitFee
from planner.scenario.documents import Acquirable
from planner.scenario.reading import read_mapping
from planner.scenario.scenario import Scenario
from planner.scenario.trip import Event
from planner.testing.drawing.strategies import Table, scenarios
from planner.testing.drawn import read
from planner.testing.oracle import search as searching
from planner.testing.oracle.best import Oracle, TooLarge, best
from planner.testing.oracle.tracking import itinerary_of

MANY = 2000  # itineraries


@given(scenarios())
def test_pruning_loses_nothing(data: Table) -> None:
    """For one traveller: the best of all combinations of all values, whatever had been read or learned."""
    scenario = read(data)
    assume(len(scenario.travellers) == 1)
    oracle = Oracle(scenario)
    try:
        best = oracle.best()
    except TooLarge:
        assume(False)
    assert oracle._routes is not None
    searches = [(route, search) for route, (search,) in oracle._routes]
    assume(sum(prod(map(len, search._domains.values())) for _, search in searches) <= MANY)
    rules = rules_of(scenario)
    found = []
    for route, search in searches:
        base = Itinerary(tuple(leg.id for leg in route.legs), route.touches, route.fares)  # type: ignore[arg-type]
        for values in product(*search._domains.values()):
            chosen = itinerary_of(base, "t", dict(zip(search._domains, values, strict=True)), route.stays)
            try:
                journey = replay(scenario, chosen)
            except Unreal:
                continue
            cost = route.cost + sum(search._prices.get(d, 0) for d in zip(search._domains, values, strict=True))
            cost += _party(scenario, chosen)
            if not any(True for rule in rules for _ in rule.check(evolve(journey, cost=cost))):
                found.append((cost, len(route.legs), route.arrival))
    assert (best and best.rank) == min(found, default=None)


def _party(scenario: Scenario, chosen: Itinerary) -> int:
    items: dict[str, Acquirable | Event] = {item.id: item for item in scenario.acquirables}
    items |= {event.id: event for event in scenario.trip.events}
    bought = [a.acquirable for a in chosen.applications] + [b.event for b in chosen.bookings]
    shared = {name for name in bought if items[name].per == "party"}
    return sum(scenario.minor(items[name].price) for name in shared)


@pytest.mark.parametrize(
    "example",
    [pytest.param(example, id=f"{name}: {example.title}") for name, cls in kinds().items() for example in cls.examples],
)
def test_the_oracle_agrees_with_the_examples(example: Example) -> None:
    oracle = Oracle(read_mapping(scenario_data(example), table_kinds()))
    try:
        best = oracle.best()
        freed = oracle.best(lambda fact, _: fact != example.refused_by) if example.refused_by else None
    except TooLarge:
        pytest.skip("too many dates to enumerate")
    if example.refused_by:
        assert best is None
        assert freed is not None
    else:
        assert best is not None
        assert best.cost == example.cost or example.cost is None


class Nothing(Rule):
    """No rule is one of these."""


@pytest.mark.parametrize("example", ExitFee.examples, ids=lambda example: example.title)
def test_what_rules_cost_is_asked_of_them_where_the_oracle_has_no_reading_of_its_own(
    example: Example, monkeypatch: pytest.MonkeyPatch
) -> None:
    scenario = read_mapping(scenario_data(example), table_kinds())
    known = best(scenario)
    monkeypatch.setattr(searching, "exit_fees", lambda *_: 0)
    monkeypatch.setattr(searching, "ExitFee", Nothing)
    found = best(scenario)
    assert found == known
