"""Scenarios in which some facts do not count: what would hold without them."""

from __future__ import annotations

from collections.abc import Collection

from attrs import evolve

from planner.scenario.scenario import Scenario
from planner.scenario.trip import Nights, Stop


def setting_aside(scenario: Scenario, facts: Collection[str]) -> Scenario:
    """The scenario without the facts of these ids.

    Stops, and conditions of theirs, are taken out of the trip: which visit serves which stop is nobody's decision but
    the checker's own, so it must not be led by wishes that are set aside.
    """
    trip = scenario.trip
    stops = tuple(_conditions(stop, facts) for stop in trip.stops if f"stop.{stop.id}" not in facts)
    ordered = trip.ordered and "stops.order" not in facts
    aside = scenario.set_aside | frozenset(facts)
    return evolve(scenario, set_aside=aside, trip=evolve(trip, stops=stops, ordered=ordered))


def _conditions(stop: Stop, facts: Collection[str]) -> Stop:
    name = f"stop.{stop.id}"
    return evolve(
        stop,
        nights=Nights(
            min=None if f"{name}.min_nights" in facts else stop.nights.min,
            max=None if f"{name}.max_nights" in facts else stop.nights.max,
        ),
        arrive_by=None if f"{name}.arrive_by" in facts else stop.arrive_by,
        leave_from=None if f"{name}.leave_from" in facts else stop.leave_from,
    )
