"""Facts set aside: what is left of the trip."""

from __future__ import annotations

from datetime import date

import pytest

from planner.rules.aside import setting_aside
from planner.scenario.trip import Nights, Stop, Trip
from tests.itinerary.builders import scenario

STOP = Stop(id="s", at=("PEK",), nights=Nights(min=2, max=5), arrive_by=date(2025, 2, 1), leave_from=date(2025, 2, 4))
TRIP = Trip(start="JFK", stops=(STOP, Stop(id="other", at=("NRT",))), ordered=True)
SCENARIO = scenario([], trip=TRIP)


def conditions(*facts: str) -> dict[str, object]:
    """What is left of the conditions of the stop."""
    stop = setting_aside(SCENARIO, facts).trip.stops[0]
    return {
        "min_nights": stop.nights.min,
        "max_nights": stop.nights.max,
        "arrive_by": stop.arrive_by,
        "leave_from": stop.leave_from,
    }


def test_with_nothing_set_aside_all_is_as_it_was() -> None:
    assert setting_aside(SCENARIO, ()) == SCENARIO


@pytest.mark.parametrize("name", ["min_nights", "max_nights", "arrive_by", "leave_from"])
def test_one_condition_of_a_stop_goes_and_the_others_stay(name: str) -> None:
    assert conditions(f"stop.s.{name}") == conditions() | {name: None}
    assert conditions(f"stop.other.{name}") == conditions()


def test_a_stop_goes_with_all_its_conditions() -> None:
    assert [stop.id for stop in setting_aside(SCENARIO, ["stop.s"]).trip.stops] == ["other"]


def test_the_order_of_stops() -> None:
    assert not setting_aside(SCENARIO, ["stops.order"]).trip.ordered
    assert setting_aside(SCENARIO, ["stop.other"]).trip.ordered


def test_all_that_is_set_aside_is_known_also_what_was_before() -> None:
    once = setting_aside(SCENARIO, ["trip.budget"])
    assert setting_aside(once, ["stop.s"]).set_aside == {"trip.budget", "stop.s"}
