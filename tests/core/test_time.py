"""Instants and civil dates, where clocks change and where days do not meet."""

from datetime import date, datetime

import pytest

from planner.core.time import add_business_days, day_start, exists, to_local, to_minutes


def test_a_skipped_hour_does_not_exist() -> None:
    assert not exists(datetime(2025, 3, 30, 2, 30), "Europe/Berlin")
    assert exists(datetime(2025, 3, 30, 3, 0), "Europe/Berlin")


def test_a_repeated_hour_is_its_first() -> None:
    first = to_minutes(datetime(2025, 10, 26, 2, 30), "Europe/Berlin")
    assert to_minutes(datetime(2025, 10, 26, 3, 0), "Europe/Berlin") - first == 90


def test_the_date_line() -> None:
    departure = to_minutes(datetime(2025, 4, 2, 13, 0), "America/Los_Angeles")
    assert to_local(departure + 13 * 60, "Asia/Shanghai") == datetime(2025, 4, 3, 17, 0)


def test_a_day_starts_at_local_midnight() -> None:
    assert to_local(day_start(date(2025, 4, 3), "Asia/Pyongyang"), "Asia/Pyongyang") == datetime(2025, 4, 3)


@pytest.mark.parametrize(
    ("start", "count", "end"),
    [
        (date(2025, 3, 3), 4, date(2025, 3, 7)),  # Monday to Friday
        (date(2025, 3, 6), 4, date(2025, 3, 12)),  # over a weekend
        (date(2025, 3, 8), 1, date(2025, 3, 10)),  # applied for on a Saturday
        (date(2025, 5, 23), 1, date(2025, 5, 27)),  # Memorial Day
        (date(2025, 3, 3), 0, date(2025, 3, 3)),
    ],
)
def test_business_days(start: date, count: int, end: date) -> None:
    assert add_business_days(start, count, frozenset({date(2025, 5, 26)})) == end
