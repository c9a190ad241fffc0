"""Checking conflicts: which facts a witness journey breaks when only some facts are in force."""

from __future__ import annotations

from collections.abc import Collection

from planner.core.errors import InternalError
from planner.itinerary.choices import Itinerary
from planner.rules.aside import setting_aside
from planner.scenario.scenario import Scenario
from planner.verify.checker import Verdict, verify


def meets(scenario: Scenario, itinerary: Itinerary, fact_ids: Collection[str]) -> bool:
    """Whether a possible itinerary respects all of these facts, every other fact set aside.

    A witness for leaving out one fact of a conflict must meet all the others.
    """
    relaxed = _without_other_stops(scenario, fact_ids)
    verdict = verify(relaxed, itinerary)
    return not verdict.structural and not any(found.fact.id in fact_ids for found in verdict.broken)


def broken_facts(scenario: Scenario, itinerary: Itinerary) -> set[str]:
    """Ids of all facts that an itinerary does not respect. Raises InternalError if it is structurally impossible."""
    return {found.fact.id for found in possible(scenario, itinerary).broken}


def possible(scenario: Scenario, itinerary: Itinerary) -> Verdict:
    """The checker's word on an itinerary found by a search. Raises InternalError if it is structurally impossible."""
    verdict = verify(scenario, itinerary)
    if verdict.structural:
        raise InternalError("what the solver found is no possible journey: " + "; ".join(verdict.structural))
    return verdict


def _without_other_stops(scenario: Scenario, fact_ids: Collection[str]) -> Scenario:
    trip = scenario.trip
    names = {"stops.order"}
    for stop in trip.stops:
        limits = ("min_nights", "max_nights", "arrive_by", "leave_from")
        names.update((f"stop.{stop.id}", *(f"stop.{stop.id}.{limit}" for limit in limits)))
    others = names.difference(fact_ids)
    return setting_aside(scenario, others) if trip.stops and others else scenario
