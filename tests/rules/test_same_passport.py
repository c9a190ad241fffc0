"""What neither the kind's own examples nor the tests of all kinds show."""

from __future__ import annotations

import pytest

from planner.itinerary.replay import replay
from planner.rules.kinds.same_passport import SamePassport
from tests.itinerary.builders import itinerary, leg, traveller
from tests.rules.judging import told, world


@pytest.mark.parametrize(
    ("day", "found"),
    [(19, []), (20, ["entered on us, left on mx on 2025-01-20"])],  # the day on which Romania joins the zone
)
def test_members_are_those_of_the_day_of_leaving(day: int, found: list[str]) -> None:
    legs = (
        leg("in", "JFK-OTP", "2025-01-11 10:00", "2025-01-12 10:00"),
        leg("off", "OTP-PEK", f"2025-01-{day} 10:00", f"2025-01-{day} 22:00"),
    )
    who = traveller("ann", "us:US", "mx:MX")
    question = world(SamePassport(id="same", zone="SCHENGEN"), legs, end="PEK", travellers=(who,))
    assert told(replay(question, itinerary("in off", "l", ("- us", "us mx", "us -")))) == found
