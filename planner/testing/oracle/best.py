"""The oracle: the best itinerary of a small scenario, found by enumeration with python-constraint.

What can be chosen, and what it costs, is written here from `docs/semantics.md`; what is lawful and wanted is asked of
every rule's `check`. The two meet lazily: python-constraint proposes the papers of one traveller on one route, the
rules say which facts that breaks, and what they had read by then is forbidden from then on (`tracking`).
Shares nothing with model, network and solving.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from itertools import combinations

from attrs import define, evolve, field, frozen

from planner.itinerary.choices import Itinerary
from planner.itinerary.replay import replay
from planner.rules.base import rules_of
from planner.rules.kinds.minor import Minor
from planner.scenario.law import Entry
from planner.scenario.node import TravellerRef
from planner.scenario.people import Traveller
from planner.scenario.scenario import Scenario
from planner.scenario.travel import Fare, Tour
from planner.testing.oracle.backjumping import Effort, TooLarge
from planner.testing.oracle.routes import Route, routes
from planner.testing.oracle.search import Search

Enforced = Callable[[str, str], bool]  # of a fact's id and kind: whether it must hold

WISHES = frozenset({"event", "stop", "dates", "budget", "avoid", "connections", "touch"})  # kinds that are no law


@frozen
class Best:
    """The best itinerary: its whole cost in minor units, number of legs, and arrival (UTC minutes; -1 at home)."""

    cost: int
    legs_count: int
    arrival: int
    itinerary: Itinerary

    @property
    def rank(self) -> tuple[int, int, int]:
        """What is compared: cheapest, then fewest legs, then earliest arrival."""
        return self.cost, self.legs_count, self.arrival


def best(scenario: Scenario, enforced: frozenset[str] | None = None) -> Best | None:
    """The best itinerary that breaks none of these facts (None: of all facts), or None if there is none.

    Raises TooLarge.
    """
    return Oracle(scenario).best(lambda fact, _: enforced is None or fact in enforced)


@define
class Oracle:
    """The oracle of one scenario. What it learns about facts is kept, so asking again with other facts is quick.

    `cutting` are the kinds that have forbidden something so far: dropping another kind cannot change an answer.
    """

    scenario: Scenario
    effort: Effort = field(factory=lambda: Effort(20_000))
    cutting: set[str] = field(init=False)
    _routes: list[tuple[Route, list[Search]]] | None = None

    def __attrs_post_init__(self) -> None:
        self.cutting = {"budget"} if self.scenario.trip.budget is not None else set()

    def best(self, enforced: Enforced = lambda fact, kind: True) -> Best | None:
        """The best itinerary that breaks no fact enforced. Raises TooLarge after too many tries."""
        self.effort.spent = 0
        found: Best | None = None
        budget = self.scenario.trip.budget
        ceiling = 10**15
        if budget is not None and enforced("trip.budget", "budget"):
            ceiling = self.scenario.minor(budget)
        for route, searches in self._searches():
            for party, party_cost in self._party_purchases(searches):
                cost, parts = route.cost + party_cost, []
                for search in searches:
                    part = search.cheapest(enforced, party, ceiling - cost)
                    self.cutting |= search.cutting
                    if part is None:
                        break
                    cost += part[0]
                    parts.append(part[1])
                else:
                    candidate = Best(cost, len(route.legs), route.arrival, _together(parts))
                    if found is None or candidate.rank < found.rank:
                        found, ceiling = candidate, cost
        if found is not None:
            self._confirm(found, enforced)
        return found

    def _confirm(self, found: Best, enforced: Enforced) -> None:
        """Travellers were searched one by one: the rules must find nothing wrong with the whole party either."""
        journey = evolve(replay(self.scenario, found.itinerary), cost=found.cost)
        broken = [b for rule in rules_of(self.scenario) if rule.kind != "stop" for b in rule.check(journey)]
        wrong = [b for b in broken if enforced(b.fact.id, b.fact.kind)]
        assert not wrong, f"these couple travellers, or something else that the oracle takes apart: {wrong}"

    def _searches(self) -> list[tuple[Route, list[Search]]]:
        """For each route, cheapest first, one search for each traveller."""
        if self._routes is None:
            people = [alone(self.scenario, traveller) for traveller in self.scenario.travellers]
            ruled = [(scenario, rules_of(scenario)) for scenario in people]
            self._routes = [
                (route, [Search(scenario, rules, route, self.effort) for scenario, rules in ruled])
                for route in sorted(routes(self.scenario), key=lambda r: (r.cost, len(r.legs), r.arrival))
            ]
        return self._routes

    def _party_purchases(self, searches: list[Search]) -> Iterator[tuple[frozenset[str], int]]:
        """Every set of things bought once for the whole party, with its cost in minor units."""
        prices = {item.id: item.price for item in self.scenario.acquirables if item.per == "party"}
        attended = {event for search in searches for event in search.events}
        prices |= {
            e.id: e.price for e in self.scenario.trip.events if e.per == "party" and e.id in attended and e.price
        }
        for size in range(len(prices) + 1):
            for bought in combinations(prices, size):
                yield frozenset(bought), sum(self.scenario.minor(prices[item]) for item in bought)


def alone(scenario: Scenario, traveller: Traveller) -> Scenario:
    """The scenario as far as one traveller is concerned; the budget, which is the party's, is left out."""
    events = tuple(
        evolve(event, travellers=(TravellerRef(traveller.id),) if event.travellers else ())
        for event in scenario.trip.events
        if not event.travellers or traveller.id in event.travellers
    )
    law = evolve(scenario.law, rules=tuple(_in_company(scenario, rule) for rule in scenario.law.rules))
    trip = evolve(scenario.trip, events=events, budget=None)
    fares = tuple(_with_room(scenario, fare) for fare in scenario.fares)
    return evolve(scenario, travellers=(traveller,), trip=trip, law=law, fares=fares)


def _with_room(scenario: Scenario, fare: Fare) -> Fare:
    """A tour that the whole party does not fit into has no room for anybody."""
    if isinstance(fare, Tour) and fare.capacity is not None and fare.capacity < len(scenario.travellers):
        return evolve(fare, capacity=0)
    return fare


def _in_company(scenario: Scenario, rule: Entry) -> Entry:
    """A rule about minors ends when somebody in the party comes of age; other rules are as they are."""
    if not isinstance(rule, Minor):
        return rule
    of_age = min(rule.adult_age.after(person.born) if person.born else date.min for person in scenario.travellers)
    last = date.fromordinal(max(of_age.toordinal() - 1, 1))
    return evolve(rule, effective_to=min(last, rule.effective_to or last))


def _together(parts: list[Itinerary]) -> Itinerary:
    return evolve(
        parts[0],
        stays={traveller: choices for part in parts for traveller, choices in part.stays.items()},
        applications=tuple(a for part in parts for a in part.applications),
        bookings=tuple(b for part in parts for b in part.bookings),
    )


__all__ = ["WISHES", "Best", "Oracle", "TooLarge", "alone", "best"]
