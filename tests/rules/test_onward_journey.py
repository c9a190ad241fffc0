"""What neither the kind's own examples nor the tests of all kinds show."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from planner.core.period import Period
from planner.rules.kinds.onward_journey import OnwardJourney
from planner.scenario.travel import Member, Zone
from planner.testing.readings import compare
from tests.itinerary.builders import SCHENGEN, leg, ports
from tests.rules.judging import journey, told, world

# Into China for a month, out by way of an airside change at Istanbul, to Paris.
LEGS = (
    leg("in", "NRT-PEK", "2025-01-31 10:00", "2025-01-31 14:00"),
    leg("off", "PEK-IST", "2025-02-28 10:00", "2025-02-28 16:00"),
    leg("early", "PEK-IST", "2025-02-27 10:00", "2025-02-27 16:00"),
    leg("on", "IST-CDG", "2025-02-28 20:00", "2025-02-28 23:00"),
)
PLACES = ports(IST={"airside": True, "airside_on_separate_tickets": True})


def broken(legs: str = "in off on", touches: str = "la", end: str = "CDG", **rule: Any) -> list[str]:
    """How the demand is broken on that trip, or the first part of it."""
    onward = OnwardJourney(id="onward", **{"zone": "CN"} | rule)
    zones = (SCHENGEN, Zone(id="NEAR", members=(Member(territory="TR", to=date(2025, 2, 27)),)))
    question = world(onward, LEGS, zones=zones, start="NRT", end=end, ports=PLACES)
    found = told(journey(question, legs, touches, *["us"] * (len(legs.split()) - touches.count("a") + 1)))
    assert compare(question, {"onward-journey"}, 30)["onward.ann"] >= bool(found)
    return found


def test_months_are_calendar_months() -> None:
    assert broken(within=Period(1, "months")) == []
    assert broken(within=Period(27, "days")) == ["entered on 2025-01-31, left on 2025-02-28"]


def test_the_next_place_is_where_the_next_leg_arrives_on_the_day_of_leaving() -> None:
    assert broken(not_to=("TR",)) == ["left on 2025-02-28 to TR"]
    assert broken(not_to=("SCHENGEN",)) == []
    assert broken(not_to=("NEAR",)) == []  # no longer


def test_where_the_journey_ends_is_judged_on_the_day_of_its_last_arrival() -> None:
    assert broken(not_ending_in=("FR",)) == ["the journey ends in FR"]
    assert broken(not_ending_in=("SCHENGEN", "JP")) == ["the journey ends in FR"]
    assert broken(not_ending_in=("TR", "CN")) == []
    assert broken(not_ending_in=("FR",), effective_from=date(2025, 2, 1)) == []  # entered the day before
    assert broken("in off", "l", "IST", not_ending_in=("TR",)) == ["the journey ends in TR"]
    assert broken("in off", "l", "IST", not_ending_in=("NEAR",)) == []  # no longer
    assert broken("in early", "l", "IST", not_ending_in=("NEAR",)) == ["the journey ends in TR"]


def test_demands_add_up() -> None:
    late, near = "entered on 2025-01-31, left on 2025-02-28", "left on 2025-02-28 to TR"
    assert broken(within=Period(27), not_to=("JP",)) == [late]
    assert broken(within=Period(28), not_to=("TR", "JP")) == [near]
    assert broken(within=Period(28), not_to=("JP",), not_ending_in=("FR",)) == ["the journey ends in FR"]
    assert broken("in", "", "PEK", within=Period(28)) == ["entered on 2025-01-31, and the journey does not go on"]
    assert broken("in", "", "PEK", not_to=("TR",)) == ["entered on 2025-01-31, and the journey does not go on"]


def test_the_journey_must_go_on_and_the_stay_at_the_start_was_not_entered() -> None:
    assert broken("in", "", "PEK") == ["entered on 2025-01-31, and the journey does not go on"]
    assert broken(zone="JP", within=Period(1)) == []


@pytest.mark.parametrize(("period", "last"), [(Period(30), date(2025, 3, 2)), (None, None)])
def test_the_plan_says_until_when(period: Period | None, last: date | None) -> None:
    onward = OnwardJourney(id="onward", zone="CN", within=period)
    question = world(onward, LEGS, start="NRT", end="CDG", ports=PLACES)
    travelled = journey(question, "in off on", "la", "us", "us", "us")
    limits = [onward.last_lawful(travelled, stay) for stay in travelled.stays["ann"]]
    assert [limit and limit.on for limit in limits] == [None, last, None]
