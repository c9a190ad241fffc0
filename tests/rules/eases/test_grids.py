"""Steps in which dates are moved, and the first and last day of a journey."""

from __future__ import annotations

from datetime import date, timedelta

from attrs import evolve

from planner.network.columns import all_legs
from planner.rules.eases.grids import earlier, first_day, last_day, later, up_to
from tests.itinerary.builders import TODAY, leg, scenario

LEGS = (
    leg("in", "JFK-PEK", "2025-02-01 10:00", "2025-02-02 14:00"),
    leg("home", "PEK-JFK", "2025-02-14 08:00", "2025-02-14 09:00"),
)
DAY = date(2025, 6, 1)


def test_steps_end_with_the_first_that_is_enough() -> None:
    assert list(up_to(0)) == []
    assert list(up_to(1)) == [1]
    assert list(up_to(20)) == [*range(1, 15), 21]


def test_dates_move_on_past_the_end_but_not_past_the_calendar() -> None:
    assert [days for days, _ in later(DAY, DAY + timedelta(days=16))] == [*range(1, 15), 21]
    assert [days for days, _ in later(date.max - timedelta(days=16), date.max)] == [*range(1, 15)]
    assert [days for days, _ in earlier(DAY, DAY - timedelta(days=16))] == [*range(1, 15), 16]


def test_the_first_and_the_last_day_are_those_of_the_legs_of_file_and_tables() -> None:
    in_file = scenario(LEGS)
    in_table = evolve(scenario([]), timetable=all_legs(in_file))
    for made in (in_file, in_table):
        assert (first_day(made), last_day(made)) == (date(2025, 2, 1), date(2025, 2, 14))
    assert first_day(scenario(LEGS, today=date(2025, 2, 3))) == date(2025, 2, 3)
    assert (first_day(scenario([])), last_day(scenario([]))) == (TODAY, TODAY)
