"""What neither the kind's own examples nor the tests of all kinds show."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from planner.core.period import Period
from planner.rules.kinds.arrival_registration import ArrivalRegistration
from tests.itinerary.builders import leg
from tests.rules.judging import journey, reminded, told, world

# In Beijing late in the evening, for a week; then a night there again.
LEGS = (
    leg("in", "JFK-PEK", "2025-01-31 10:00", "2025-02-01 23:30"),
    leg("off", "PEK-NRT", "2025-02-07 10:00", "2025-02-07 14:00"),
    leg("back", "NRT-PEK", "2025-02-09 10:00", "2025-02-09 13:00"),
)


def dates(**rule: Any) -> list[tuple[date | None, date | None]]:
    """First and last date of what the rule reminds of on that trip."""
    register = ArrivalRegistration(id="register", **{"zone": "CN", "within": Period(24, "hours")} | rule)
    travelled = journey(world(register, LEGS, end="PEK"), "in off back", "ll", "us", "us", "us", "us")
    assert told(travelled) == []  # nothing breaks it
    return [(item.from_on, item.by_on) for item in reminded(travelled)]


@pytest.mark.parametrize(
    ("within", "last"),
    [
        (Period(24, "hours"), date(2025, 2, 2)),
        (Period(25, "hours"), date(2025, 2, 3)),  # at 00:30
        (Period(2, "days"), date(2025, 2, 3)),
        (Period(1, "months"), date(2025, 3, 1)),
    ],
)
def test_hours_count_from_the_arrival_and_days_from_the_next_day(within: Period, last: date) -> None:
    assert dates(within=within)[0] == (date(2025, 2, 1), last)


def test_each_stay_that_is_long_enough() -> None:
    assert [first for first, _ in dates()] == [date(2025, 2, 1), date(2025, 2, 9)]
    assert [first for first, _ in dates(longer_than=6)] == [date(2025, 2, 1)]
    assert dates(longer_than=7) == []
    assert [first for first, _ in dates(longer_than=0)] == [date(2025, 2, 1), date(2025, 2, 9)]


def test_whom_to_register_with() -> None:
    register = ArrivalRegistration(id="register", zone="CN", within=Period(3), where_="the police", source="law")
    (first, _) = reminded(journey(world(register, LEGS, end="PEK"), "in off back", "ll", "us", "us", "us", "us"))
    assert (first.text, first.source) == ("register in China with the police within 3 days of arriving", "law")


def test_without_a_place_none_is_told() -> None:
    register = ArrivalRegistration(id="register", zone="CN", within=Period(1))
    (first, _) = reminded(journey(world(register, LEGS, end="PEK"), "in off back", "ll", "us", "us", "us", "us"))
    assert first.text == "register in China within 1 day of arriving"


def test_a_long_stay_after_a_short_one() -> None:
    legs = (
        leg("in", "JFK-PEK", "2025-01-31 10:00", "2025-02-01 23:30"),
        leg("off", "PEK-NRT", "2025-02-02 10:00", "2025-02-02 14:00"),
        leg("back", "NRT-PEK", "2025-02-09 10:00", "2025-02-09 13:00"),
        leg("home", "PEK-JFK", "2025-02-19 10:00", "2025-02-19 13:00"),
    )
    register = ArrivalRegistration(id="register", zone="CN", within=Period(3), longer_than=5)
    travelled = journey(world(register, legs), "in off back home", "lll", "us", "us", "us", "us", "us")
    assert [item.from_on for item in reminded(travelled)] == [date(2025, 2, 9)]
