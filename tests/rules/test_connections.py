"""What neither the kind's own examples nor the tests of all kinds show."""

from __future__ import annotations

import pytest

from planner.itinerary.replay import replay
from planner.rules.kinds.connections import ConnectionTimes
from planner.scenario.trip import Connections
from tests.itinerary.builders import itinerary, leg, scenario

# Four hours at Beijing.
LEGS = (
    leg("in", "JFK-PEK", "2025-02-01 10:00", "2025-02-02 14:00"),
    leg("on", "PEK-NRT", "2025-02-02 18:00", "2025-02-02 22:00"),
)


@pytest.mark.parametrize(("wanted", "text"), [(240, ""), (241, "change in 240 instead of 241 minutes between tickets")])
def test_times_that_are_kept_to_stay_as_they_are(wanted: int, text: str) -> None:
    question = scenario(LEGS, end="NRT")
    rule = ConnectionTimes(minimum=Connections(same_ticket=300, self_transfer=wanted))
    journey = replay(question, itinerary("in on", "l", ("- us", "us us", "us -")))
    first, *_ = rule.easings(question)
    settled = rule.settled(first, journey)
    assert settled.text == text if text else settled is first
    assert bool(list(rule.check(journey))) == bool(text)
