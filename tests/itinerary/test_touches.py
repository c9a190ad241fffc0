"""Where a change can be made airside."""

from __future__ import annotations

from datetime import time
from typing import Any

import pytest

from planner.itinerary.choices import Itinerary
from planner.itinerary.replay import Unreal, replay
from planner.scenario.scenario import Scenario
from planner.scenario.travel import Fare, Touch
from tests.itinerary.builders import itinerary, leg, ports, price, scenario

PLAN = itinerary("a b", "a", ["- us", "us - visa"])
THROUGH = Fare(id="through", legs=("a", "b"), price=price("180"))
ONE_TICKET = itinerary("a b", "a", ["- us", "us - visa"], fares=["through"])


def world(
    arrives: str = "2025-02-02 11:00", departs: str = "2025-02-02 14:00", way: str = "JFK-IST-PEK", **more: Any
) -> Scenario:
    start, via, end = way.split("-")
    first = leg("a", f"{start}-{via}", "2025-02-01 18:00", arrives)
    second = leg("b", f"{via}-{end}", departs, "2025-02-04 05:00", mode=more.pop("mode", "air"))
    return scenario([first, second], start=start, end=end, fares=[THROUGH], **more)


def why(world: Scenario, plan: Itinerary) -> str:
    """Why the change cannot be made airside; "" if it can."""
    try:
        replay(world, plan)
    except Unreal as unreal:
        return "; ".join(unreal.problems)
    return ""


def test_on_one_ticket_at_a_port_with_airside_transit() -> None:
    there = ports(IST={"airside": True})
    assert why(world(ports=there), ONE_TICKET) == ""
    assert "separate tickets" in why(world(ports=there), PLAN)


@pytest.mark.parametrize("airside", [None, False])
def test_without_or_with_unknown_airside_transit(airside: bool | None) -> None:
    assert "no airside transit" in why(world(ports=ports(IST={"airside": airside})), ONE_TICKET)


def test_a_port_may_allow_separate_tickets() -> None:
    assert why(world(ports=ports(IST={"airside": True, "airside_on_separate_tickets": True})), PLAN) == ""


def test_the_scenario_may_say_that_it_is_possible() -> None:
    assert why(world(touches=(Touch(after="a", before="b", mode="airside"),)), PLAN) == ""
    assert why(world(touches=(Touch(after="b", before="a", mode="airside"),)), PLAN) != ""
    assert why(world(touches=(Touch(after="a", before="b", mode="landside"),)), PLAN) != ""


def test_the_scenarios_word_does_not_open_an_airside_area_to_trains() -> None:
    granted = (Touch(after="a", before="b", mode="airside"),)
    assert "between two flights" in why(world(touches=granted, mode="rail"), PLAN)


def test_not_within_a_zone_or_a_country() -> None:
    granted = (Touch(after="a", before="b", mode="airside"),)
    inside = itinerary("a b", "a", ["- us", "us - visa"])
    assert "b goes to the same zone as VIE" in why(world(way="JFK-VIE-CDG", touches=granted), inside)
    assert "a comes from the same zone as VIE" in why(world(way="CDG-VIE-JFK", touches=granted), inside)


def test_membership_counts_on_the_date_of_arrival() -> None:
    """Romania joins on 20 January: Vienna is another zone for who arrives in Bucharest the day before."""
    there = ports(OTP={"airside": True, "airside_on_separate_tickets": True})

    def change(arrives: str) -> str:
        first = leg("a", "JFK-OTP", "2025-01-18 18:00", arrives)
        second = leg("b", "OTP-VIE", "2025-01-20 02:00", "2025-01-20 03:00")
        return why(scenario([first, second], end="VIE", ports=there), PLAN)

    assert change("2025-01-19 23:00") == ""
    assert "same zone" in change("2025-01-20 00:30")


@pytest.mark.parametrize(
    ("hours", "arrives", "departs", "possible"),
    [
        ((time(6), time(22)), "2025-02-02 06:00", "2025-02-02 22:00", True),
        ((time(6), time(22)), "2025-02-02 05:59", "2025-02-02 21:00", False),
        ((time(6), time(22)), "2025-02-02 06:00", "2025-02-02 22:01", False),
        ((time(6), time(22)), "2025-02-02 21:00", "2025-02-03 07:00", False),  # closed in between
        ((time(20), time(4)), "2025-02-02 21:00", "2025-02-03 04:00", True),
        ((time(20), time(4)), "2025-02-03 01:00", "2025-02-03 03:00", True),
        ((time(20), time(4)), "2025-02-02 19:59", "2025-02-03 03:00", False),
        ((time(20), time(4)), "2025-02-03 03:00", "2025-02-03 20:30", False),  # two nights
        ((time(20), time(4)), "2025-02-02 21:00", "2025-02-03 21:00", False),
        ((None, None), "2025-02-02 21:00", "2025-02-03 21:00", True),
    ],
)
def test_airside_hours(hours: tuple[time | None, time | None], arrives: str, departs: str, possible: bool) -> None:
    there = ports(IST={"airside": True, "airside_from": hours[0], "airside_to": hours[1]})
    assert (why(world(arrives, departs, ports=there), ONE_TICKET) == "") == possible
