"""Checking conflicts: which facts a witness journey breaks when only some facts are in force."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from attrs import evolve

from planner.itinerary.choices import Itinerary
from planner.rules.base import Rule, rules_of
from planner.scenario.scenario import Scenario
from planner.scenario.trip import Nights, Stop
from planner.verify.checker import costed


def broken_facts(scenario: Scenario, itinerary: Itinerary, rules: Sequence[Rule] | None = None) -> set[str]:
    """Ids of all facts that an itinerary does not respect. Raises Unreal if it is structurally impossible."""
    if rules is None:
        rules = rules_of(scenario)
    journey, _ = costed(scenario, itinerary)
    return {broken.fact.id for rule in rules for broken in rule.check(journey)}


def meets(
    scenario: Scenario, itinerary: Itinerary, fact_ids: Collection[str], rules: Sequence[Rule] | None = None
) -> bool:
    """Whether an itinerary respects all of these facts, every other fact set aside.

    A witness for leaving out one fact of a conflict must meet all the others. `rules`: those of the scenario, if
    already known. Raises Unreal if the itinerary is structurally impossible.
    """
    relaxed = _without_other_stops(scenario, fact_ids)
    if rules is None or relaxed is not scenario:
        rules = rules_of(relaxed)
    return broken_facts(relaxed, itinerary, rules).isdisjoint(fact_ids)


def _without_other_stops(scenario: Scenario, fact_ids: Collection[str]) -> Scenario:
    """The scenario with only those stops, and those of their conditions, that the facts stand for.

    Which visit serves which stop is nobody's decision but the checker's own, so it must not be led by wishes that
    are set aside.
    """
    trip = scenario.trip
    stops = tuple(_without_other_conditions(stop, fact_ids) for stop in trip.stops if f"stop.{stop.id}" in fact_ids)
    ordered = trip.ordered and "stops.order" in fact_ids
    if stops == trip.stops and ordered == trip.ordered:
        return scenario
    return evolve(scenario, trip=evolve(trip, stops=stops, ordered=ordered))


def _without_other_conditions(stop: Stop, fact_ids: Collection[str]) -> Stop:
    name = f"stop.{stop.id}"
    return evolve(
        stop,
        nights=Nights(
            min=stop.nights.min if f"{name}.min_nights" in fact_ids else None,
            max=stop.nights.max if f"{name}.max_nights" in fact_ids else None,
        ),
        arrive_by=stop.arrive_by if f"{name}.arrive_by" in fact_ids else None,
        leave_from=stop.leave_from if f"{name}.leave_from" in fact_ids else None,
    )
