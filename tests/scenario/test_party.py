"""The same question for some of the travellers."""

from __future__ import annotations

import pytest

from planner.api import plan
from planner.core.errors import ScenarioError
from planner.scenario.party import for_travellers
from tests.small import small

PARTY = """
[[travellers]]
id = "bo"
name = "Bo Ek"
passports = [{ id = "bo-book", state = "BB" }]
[[travellers]]
id = "cy"
name = "Cy Ek"
passports = [{ id = "cy-book", state = "CC" }]
[[trip.events]]
id = "all"
at = ["BBB"]
first_day = 2025-06-02
[[trip.events]]
id = "some"
at = ["BBB"]
first_day = 2025-06-03
travellers = ["t", "bo"]
[[trip.events]]
id = "cy-only"
at = ["BBB"]
first_day = 2025-06-04
travellers = ["cy"]
"""


def test_for_some_of_the_travellers() -> None:
    scenario = small(PARTY)
    some = for_travellers(scenario, ["Bo Ek", "t"])
    assert [person.id for person in some.travellers] == ["t", "bo"]  # in file order, by id or name
    assert {event.id: event.travellers for event in some.trip.events} == {"all": (), "some": ("t", "bo")}
    alone = for_travellers(scenario, ["cy"])
    assert {event.id: event.travellers for event in alone.trip.events} == {"all": (), "cy-only": ("cy",)}
    bo = for_travellers(scenario, ["bo"])
    assert {event.id: event.travellers for event in bo.trip.events} == {"all": (), "some": ("bo",)}
    assert len(scenario.travellers) == 3  # left as it was


def test_the_answer_is_about_these_only() -> None:
    answer = plan(for_travellers(small(PARTY), ["cy", "bo"]))
    assert answer.plan is not None
    assert set(answer.plan.itinerary.stays) == {"bo", "cy"}
    assert answer.plan.cost == 2 * 20000
    booked = {(booking.traveller, booking.event) for booking in answer.plan.itinerary.bookings}
    assert booked == {("bo", "all"), ("cy", "all"), ("bo", "some"), ("cy", "cy-only")}


@pytest.mark.parametrize(
    ("name", "hint"),
    [
        ("boo", "did you mean 'bo'?"),
        ("Cy Eck", "did you mean 'Cy Ek'?"),
        ("xxxxxx", "known: Ana, Bo Ek, Cy Ek, bo, cy, t"),
    ],
)
def test_unknown_travellers(name: str, hint: str) -> None:
    with pytest.raises(ScenarioError) as found:
        for_travellers(small(PARTY), ["t", name])
    (problem,) = found.value.problems
    assert (problem.message, problem.hint) == (f"no traveller is called {name!r}", hint)


def test_every_unknown_traveller_is_named() -> None:
    with pytest.raises(ScenarioError) as found:
        for_travellers(small(PARTY), ["p", "q"])
    assert len(found.value.problems) == 2


def test_nobody_is_an_error_too() -> None:
    with pytest.raises(ScenarioError, match="nobody to plan for"):
        for_travellers(small(PARTY), [])
