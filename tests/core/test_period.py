"""Months are clamped, days count the entry day or the day after, nothing overflows."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from planner.core.period import Period, add_months


def test_months_are_clamped_to_the_end_of_the_month() -> None:
    assert add_months(date(2025, 1, 31), 1) == date(2025, 2, 28)
    assert add_months(date(2024, 1, 31), 1) == date(2024, 2, 29)
    assert add_months(date(2025, 3, 31), -1) == date(2025, 2, 28)
    assert add_months(date(2025, 11, 30), 3) == date(2026, 2, 28)


@given(st.dates(date(1900, 1, 1), date(2100, 1, 1)), st.integers(-600, 600))
def test_adding_months_lands_in_the_right_month(day: date, months: int) -> None:
    found = add_months(day, months)
    assert (found.year * 12 + found.month) - (day.year * 12 + day.month) == months
    assert found.day <= day.day


def test_thirty_days_from_the_first_of_june() -> None:
    limit = Period(30, "days")
    assert limit.last_day(date(2025, 6, 1), "entry_day") == date(2025, 6, 30)
    assert limit.last_day(date(2025, 6, 1), "day_after") == date(2025, 7, 1)


def test_three_months_from_the_first_of_january() -> None:
    assert Period(3, "months").last_day(date(2025, 1, 1), "entry_day") == date(2025, 3, 31)


@pytest.mark.parametrize(
    ("text", "period"),
    [
        ("90 days", Period(90, "days")),
        ("1 day", Period(1, "days")),
        (" 6 months", Period(6, "months")),
        ("10 years", Period(10, "years")),
        ("240 hours", Period(240, "hours")),
    ],
)
def test_reading_and_writing(text: str, period: Period) -> None:
    assert Period.parse(text) == period
    assert Period.parse(str(period)) == period


@pytest.mark.parametrize("text", ["", "ninety days", "-3 days", "3", "3 weeks", "3.5 days", "99999999 days"])
def test_what_is_no_period(text: str) -> None:
    with pytest.raises(ValueError, match="a period such as"):
        Period.parse(text)


def test_the_calendar_ends_without_a_crash() -> None:
    assert Period(100000, "years").after(date(2025, 1, 1)) == date.max
    assert Period(1, "days").after(date.max) == date.max


def test_hours_have_no_civil_date() -> None:
    with pytest.raises(ValueError, match="clock"):
        Period(240, "hours").after(date(2025, 1, 1))
