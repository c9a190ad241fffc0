"""What neither the kind's own examples nor the tests of all kinds show."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from planner.itinerary.replay import replay
from planner.rules.kinds.no_airside import NoAirside
from planner.testing.readings import compare
from tests.itinerary.builders import itinerary, leg, ports
from tests.rules.judging import world

# By way of Istanbul, where one arrives late in the evening and goes on after midnight, and of Vienna.
LEGS = (
    leg("a", "JFK-IST", "2025-02-09 10:00", "2025-02-09 23:30"),
    leg("b", "IST-VIE", "2025-02-10 02:00", "2025-02-10 03:30"),
    leg("c", "VIE-PEK", "2025-02-10 06:00", "2025-02-10 22:00"),
)
OPEN = {"airside": True, "airside_on_separate_tickets": True}


@pytest.mark.parametrize(
    ("rule", "modes", "found"),
    [
        ({}, "aa", ["airside change at IST between a and b"]),
        ({}, "la", []),
        ({"territory": "AT"}, "aa", ["airside change at VIE between b and c"]),
        ({"territory": "CN"}, "aa", []),
        ({"effective_from": date(2025, 2, 10)}, "aa", []),  # it is the day of arrival there that counts
        ({"effective_to": date(2025, 2, 9)}, "aa", ["airside change at IST between a and b"]),
    ],
)
def test_airside_changes_in_the_territory_on_the_day_of_arrival(
    rule: dict[str, Any], modes: str, found: list[str]
) -> None:
    kind = NoAirside(id="closed", **{"territory": "TR"} | rule)
    question = world(kind, LEGS, end="PEK", ports=ports(IST=OPEN, VIE=OPEN))
    stays = ("- us", *["us us"] * modes.count("l"), "us")
    assert [item.how for item in kind.check(replay(question, itinerary("a b c", modes, stays)))] == found
    compare(question, {"no-airside"}, 60)
