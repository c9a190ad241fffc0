"""Wishes about the trip on other terms."""

from __future__ import annotations

import pytest

from planner.rules.eases.trips import just_enough
from planner.rules.easing import Easing
from planner.scenario.trip import Connections, Trip
from tests.itinerary.builders import leg, scenario
from tests.rules.judging import journey

# An hour in Peking, and two in Tokyo on the way back.
LEGS = (
    leg("in", "JFK-PEK", "2025-02-01 10:00", "2025-02-02 14:00"),
    leg("on", "PEK-NRT", "2025-02-02 15:00", "2025-02-02 19:00"),
    leg("home", "NRT-JFK", "2025-02-02 21:00", "2025-02-02 20:00"),
)
HALF = Easing(fact="trip.connections", changes=(), text="half an hour less", sort="connection", amount=1)


def easing(minimum: Connections) -> Easing:
    question = scenario(LEGS, trip=Trip(start="JFK", connections=minimum))
    return just_enough(HALF, minimum, journey(question, "in on home", "ll", "us", "us", "us", "us"))


@pytest.mark.parametrize(
    ("minimum", "changes", "amount"),
    [
        (Connections(self_transfer=90), {("self_transfer",): 60}, 1),
        (Connections(self_transfer=150), {("self_transfer",): 60}, 3),
        (Connections(self_transfer=60, ports={"NRT": 150}), {("ports", "NRT"): 120}, 1),
        (Connections(self_transfer=90, ports={"PEK": 60}), {}, 1),  # in Peking its own time counts, in Tokyo it is kept
        (Connections(same_ticket=150), {}, 1),  # there are no tickets for several legs
    ],
)
def test_minimum_times_are_shortened_to_what_the_journey_keeps_to(
    minimum: Connections, changes: dict[tuple[str, ...], int], amount: int
) -> None:
    found = easing(minimum)
    assert {change.path[2:]: change.new for change in found.changes} == changes
    assert found.amount == amount
    assert (found is HALF) == (not changes)
