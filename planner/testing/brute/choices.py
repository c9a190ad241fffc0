"""Alternatives and the front of cost and time, against every trip that the oracle finds."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import product

from attrs import frozen

from planner.answer import Answer, Choice
from planner.itinerary.character import Way, character
from planner.scenario.scenario import Scenario
from planner.testing import rates
from planner.testing.oracle.best import Oracle, TooLarge
from planner.testing.oracle.routes import Route
from planner.testing.oracle.search import Search
from planner.testing.oracle.tracking import Nogood
from planner.testing.requiring import require
from planner.verify.checker import verify

MOST_PAPERS = 150  # ways to be let in on one route; beyond these a scenario is left out


@frozen
class Trip:
    """The cheapest trip of its kind: what makes it up, what it costs, how many minutes it takes."""

    character: frozenset[tuple[object, ...]]
    cost: int
    minutes: int


def assert_choices(answer: Answer, wanted: int) -> None:
    """The alternatives and the front beside a plan are those of brute force; so many alternatives were asked for.

    Raises TooLarge.
    """
    scenario, alternatives = answer.scenario, answer.alternatives
    assert answer.plan is not None
    assert alternatives is not None
    assert answer.front is not None
    for choice in (*alternatives, *answer.front):
        require(choice.proved, "a choice is not proved")
        require(verify(scenario, choice.plan.itinerary).valid, f"the checker finds fault with {choice.plan.itinerary}")
    trips = list(every_trip(scenario))
    least: dict[frozenset[tuple[object, ...]], int] = {}
    for trip in trips:
        least[trip.character] = min(trip.cost, least.get(trip.character, trip.cost))
    first = Choice(plan=answer.plan, cost=answer.plan.cost, minutes=0, proved=True, scenario=scenario)
    told = [made_of(choice) for choice in (first, *alternatives)]
    rates.counts["choices: alternatives"] += len(told) - 1
    require(least.get(told[0]) == answer.plan.cost, f"no trip like the plan costs {answer.plan.cost}")
    for number, choice in enumerate(alternatives, 1):
        left = {made: cost for made, cost in least.items() if not any(same(known, made) for known in told[:number])}
        cheapest = min(left.values(), default=None)
        require(
            choice.cost == left.get(told[number]) == cheapest,
            f"alternative {number} costs {choice.cost}, such a trip {left.get(told[number])}, the next one {cheapest}",
        )
    complete = len(told) == wanted + 1 or all(any(same(known, made) for known in told) for made in least)
    require(complete and answer.alternatives_complete, "there are more alternatives")
    rates.counts["choices: on the front"] += len(answer.front) - 1
    found = [(choice.cost, choice.minutes) for choice in answer.front]
    require(found == front(trips), f"the front is {found}, by brute force {front(trips)}")
    require(answer.front_complete, "the front is not complete")
    rates.counts["choices: by brute force"] += 1


def same(known: frozenset[tuple[object, ...]], other: frozenset[tuple[object, ...]]) -> bool:
    """The same legs but for the hour, and the same papers or more: not another trip to a person."""
    return known <= other and all(part[0] != "way" for part in other - known)


def front(trips: list[Trip]) -> list[tuple[int, int]]:
    """Cost and minutes of the trips that no other beats in both, cheapest first."""
    found: list[tuple[int, int]] = []
    for cost, minutes in sorted({(trip.cost, trip.minutes) for trip in trips}):
        if not found or minutes < found[-1][1]:
            found.append((cost, minutes))
    return found


def made_of(choice: Choice) -> frozenset[tuple[object, ...]]:
    """The character of a plan, in the words of the brute force."""
    return frozenset(
        ("way", part.from_, part.to, part.mode, part.on)
        if isinstance(part, Way)
        else ("paper", part.traveller, part.id)
        for part in character(choice.plan.journey)
    )


def every_trip(scenario: Scenario) -> Iterator[Trip]:
    """For each route and each choice of papers to be let in on, the cheapest trip that breaks nothing."""
    oracle = Oracle(scenario)
    ceiling = scenario.minor(scenario.trip.budget) if scenario.trip.budget is not None else 10**15
    for route, searches in oracle._searches():
        ways = {("way", leg.from_, leg.to, leg.mode, leg.departs.date()) for leg in route.legs}
        minutes = route.legs[-1].arrives_utc - route.legs[0].departs_utc if route.legs else 0
        for party, party_cost in oracle._party_purchases(searches):
            oracle.effort.spent = 0
            left = ceiling - route.cost - party_cost
            each = [list(every_entry(search, route, party, left)) for search in searches]
            for chosen in product(*each):
                cost = route.cost + party_cost + sum(own for own, _ in chosen)
                if cost <= ceiling:
                    yield Trip(frozenset(ways.union(*(papers for _, papers in chosen))), cost, minutes)


def every_entry(
    search: Search, route: Route, party: frozenset[str], limit: int
) -> Iterator[tuple[int, frozenset[tuple[object, ...]]]]:
    """One traveller's costs on a route, with each choice of papers used and applied for. Raises TooLarge."""
    (traveller,) = search.scenario.travellers
    permissions = {held.id for held in traveller.permissions}
    permissions |= {item.id for item in search.scenario.acquirables if item.permission is not None}
    known = len(search._structure)
    try:
        for _ in range(MOST_PAPERS):
            found = search.cheapest(lambda fact, kind: True, party, limit)
            if found is None:
                return
            cost, itinerary = found
            entries = itinerary.stays[traveller.id][1:]
            made = {(item.acquirable, item.passport) for item in itinerary.applications}
            used = {stay.passport for stay in entries} | {stay.ground for stay in entries} & permissions
            yield cost, frozenset(("paper", traveller.id, name) for name in used | {name for name, _ in made})
            # All of this again, whenever it is applied for, is not wanted.
            again: Nogood = {
                ("entry", number): frozenset([(stay.passport, stay.ground)]) for number, stay in enumerate(entries, 1)
            }
            for variable in search._domains:
                if variable[0] == "apply":
                    again[variable] = frozenset([variable[1:] in made])
            if not again:
                return
            search._structure.append(again)
        raise TooLarge
    finally:
        del search._structure[known:]
