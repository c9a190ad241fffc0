"""What neither the kind's own examples nor the tests of all kinds show."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from planner.rules.kinds.first_via import FirstVia
from planner.scenario.scenario import Scenario
from planner.scenario.travel import Member, Zone
from planner.testing.readings import compare
from tests.itinerary.builders import leg, ports
from tests.rules.judging import journey, told, world

# Beijing, from there to Pyongyang and on to Beijing, which is the right way; home, and to Pyongyang by way of Istanbul.
LEGS = (
    leg("in", "JFK-PEK", "2025-01-16 10:00", "2025-01-17 14:00"),
    leg("right", "PEK-FNJ", "2025-01-18 10:00", "2025-01-18 14:00"),
    leg("back", "FNJ-PEK", "2025-01-19 10:00", "2025-01-19 10:30"),
    leg("home", "PEK-JFK", "2025-01-20 10:00", "2025-01-20 11:00"),
    leg("a", "JFK-IST", "2025-01-21 10:00", "2025-01-22 04:00"),
    leg("b", "IST-FNJ", "2025-01-22 06:00", "2025-01-22 22:00"),
    leg("again", "FNJ-PEK", "2025-01-24 10:00", "2025-01-24 10:30"),
    leg("once", "PEK-FNJ", "2025-01-25 10:00", "2025-01-25 14:00"),
    leg("more", "FNJ-PEK", "2025-01-26 10:00", "2025-01-26 10:30"),
)
PLACES = ports(IST={"airside": True, "airside_on_separate_tickets": True})


def broken(legs: str, touches: str, end: str = "PEK", **rule: Any) -> list[str]:
    """How the rule is broken: into China after a stay in North Korea."""
    via = FirstVia(id="via", **{"zone": "CN", "area": "KP", "legal_from": ("CN",)} | rule)
    question = world(via, LEGS, end=end, ports=PLACES)
    return told(journey(question, legs, touches, *["us"] * (touches.count("l") + 2)))


def test_a_right_entry_before_does_not_mend_a_wrong_one_after() -> None:
    trip = "in right back home a b again once more"
    wrong = "; Korea (North) was entered from Turkey"
    assert broken(trip, "llllalll", directly=True) == ["entry on 2025-01-24" + wrong]
    assert broken(trip, "llllalll") == ["entry on 2025-01-24" + wrong, "entry on 2025-01-26" + wrong]
    assert broken(trip, "llllalll", legal_from=("CN", "TR")) == []


def test_the_airside_stop_is_where_one_comes_from() -> None:
    assert broken("a b again", "al", legal_from=("US",)) == [
        "entry on 2025-01-24; Korea (North) was entered from Turkey"
    ]


def test_the_start_of_the_journey_is_not_judged() -> None:
    assert broken("in", "", area="US", legal_from=("TR",)) == []


@pytest.mark.parametrize(("directly", "count"), [(True, 0), (False, 1)])
def test_by_way_of_an_airside_stop_elsewhere_is_not_straight(directly: bool, count: int) -> None:
    legs = (
        leg("in", "JFK-FNJ", "2025-01-16 10:00", "2025-01-17 14:00"),
        leg("a", "FNJ-IST", "2025-01-18 10:00", "2025-01-18 14:00"),
        leg("b", "IST-PEK", "2025-01-18 16:00", "2025-01-19 04:00"),
    )
    via = FirstVia(id="via", zone="CN", area="KP", legal_from=("CN",), directly=directly)
    question = world(via, legs, end="PEK", ports=PLACES)
    assert len(told(journey(question, "in a b", "la", "us", "us", "us"))) == count


def test_members_of_the_right_places_are_those_of_the_day() -> None:
    on = leg("on", "IST-PEK", "2025-01-21 10:00", "2025-01-21 22:00")
    for day, count in ((19, 1), (20, 0)):
        first = leg("in", "OTP-IST", f"2025-01-{day} 10:00", f"2025-01-{day} 12:00")
        via = FirstVia(id="via", zone="CN", area="TR", legal_from=("SCHENGEN",))
        question = world(via, (first, on), start="OTP", end="PEK")
        assert len(told(journey(question, "in on", "l", "us", "us", "us"))) == count


def test_a_wrong_entry_counts_for_later_ones_and_the_area_is_that_of_the_day() -> None:
    """Into Japan first, and on to North Korea from there; the area has both, Japan only for a while."""
    legs = (
        leg("in", "JFK-NRT", "2025-01-16 10:00", "2025-01-17 14:00"),
        leg("on", "NRT-FNJ", "2025-01-20 10:00", "2025-01-20 14:00"),
        leg("off", "FNJ-PEK", "2025-01-24 10:00", "2025-01-24 10:30"),
        leg("other", "NRT-PEK", "2025-01-20 10:00", "2025-01-20 14:00"),
    )

    def asked(last: int, **rule: Any) -> Scenario:
        japan = Member(territory="JP", to=date(2025, 1, last), purposes=("clock",))
        members = (Member(territory="KP", purposes=("clock",)), japan)
        via = FirstVia(id="via", **{"zone": "CN", "area": "Z", "legal_from": ("JP",)} | rule)
        return world(via, legs, zones=(Zone(id="Z", members=members),), end="PEK")

    def found(trip: str, last: int, **rule: Any) -> int:
        stays = ["us"] * (len(trip.split()) + 1)
        return len(told(journey(asked(last, **rule), trip, "l" * (len(stays) - 2), *stays)))

    assert found("in on off", 31) == 1
    assert found("in on off", 16) == 0  # Japan did not yet belong to it
    assert found("in on off", 31, directly=True) == 0  # rightly to North Korea, from Japan
    assert found("in other", 31, directly=True) == 1
    assert found("in other", 19, directly=True) == 0  # no longer in it
    assert found("in on off", 31, zone="Z") == 1  # not the first entry itself
    assert compare(asked(31, zone="Z"), {"first-via"}, 60)["via.ann"] > 0
