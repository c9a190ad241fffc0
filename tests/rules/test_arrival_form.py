"""What neither the kind's own examples nor the tests of all kinds show."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from planner.rules.kinds.arrival_form import ArrivalForm
from tests.itinerary.builders import leg
from tests.rules.judging import journey, reminded, told, world

# Twice into Japan; the second time there is little time after the first.
LEGS = (
    leg("in", "JFK-NRT", "2025-02-01 23:30", "2025-02-03 04:00"),
    leg("off", "NRT-PEK", "2025-02-06 10:00", "2025-02-06 14:00"),
    leg("back", "PEK-NRT", "2025-02-20 10:00", "2025-02-20 14:00"),
)


def trip(today: date, **rule: Any) -> Any:
    """That journey, planned on a date."""
    form = ArrivalForm(id="form", zone="JP", title="the form", source="the office", **rule)
    question = world(form, LEGS, end="NRT", today=today)
    return journey(question, "in off back", "ll", "us", "us", "us", "us")


@pytest.mark.parametrize(
    ("today", "how"),
    [
        (date(2025, 1, 31), []),
        (date(2025, 2, 1), ["for the entry on 2025-02-03 it had to be filled in by 2025-01-31"]),
    ],
)
def test_the_time_left_is_counted_from_the_date_of_arrival_there(today: date, how: list[str]) -> None:
    assert told(trip(today, latest=3)) == how


def test_each_entry_is_reminded_of_with_both_dates() -> None:
    found = reminded(trip(date(2025, 1, 10), earliest=7, latest=1, url="https://example.org/form"))
    assert [(reminder.from_on, reminder.by_on) for reminder in found] == [
        (date(2025, 1, 27), date(2025, 2, 2)),
        (date(2025, 2, 13), date(2025, 2, 19)),
    ]
    assert {(item.id, item.traveller, item.text, item.source) for item in found} == {
        ("form", "ann", "fill in the form for Japan (https://example.org/form)", "the office")
    }


def test_what_can_be_done_at_once_has_no_first_date() -> None:
    assert [item.from_on for item in reminded(trip(date(2025, 1, 30), earliest=5))] == [None, date(2025, 2, 15)]
    assert [item.from_on for item in reminded(trip(date(2025, 1, 10)))] == [None, None]
    assert [item.by_on for item in reminded(trip(date(2025, 1, 10)))] == [date(2025, 2, 3), date(2025, 2, 20)]


def test_only_entries_concerned_are_reminded_of() -> None:
    assert len(reminded(trip(date(2025, 1, 10), effective_from=date(2025, 2, 4)))) == 1
    assert reminded(trip(date(2025, 1, 10), exempt_nationalities=("US",))) == []


def test_without_an_address_none_is_told() -> None:
    (first, _) = reminded(trip(date(2025, 1, 10)))
    assert first.text == "fill in the form for Japan"
