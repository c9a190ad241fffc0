"""What neither the kind's own examples nor the tests of all kinds show."""

from __future__ import annotations

from datetime import date

import pytest

from planner.network.columns import all_legs
from planner.rules.kinds.yearly_days import YearlyDays
from planner.rules.outlook import Outlook
from planner.scenario.law import Admission, LawBook
from planner.scenario.people import PastStay
from planner.scenario.scenario import Scenario
from planner.testing.readings import compare
from tests.itinerary.builders import leg, scenario, traveller

# In China over New Year: from 29 December to 3 January, or to the 5th, and again from the 8th to the 10th.
LEGS = (
    leg("in", "JFK-PEK", "2025-12-28 10:00", "2025-12-29 14:30"),
    leg("off", "PEK-NRT", "2026-01-03 10:00", "2026-01-03 14:00"),
    leg("off-later", "PEK-NRT", "2026-01-05 10:00", "2026-01-05 14:00"),
    leg("back", "NRT-PEK", "2026-01-08 10:00", "2026-01-08 13:00"),
    leg("home", "PEK-JFK", "2026-01-10 10:00", "2026-01-10 10:30"),
    leg("home-from-japan", "NRT-JFK", "2026-01-10 10:00", "2026-01-10 08:30"),
)


def world(cap: int, *past: PastStay, **rule: object) -> Scenario:
    """Those legs, with so many days a year in China."""
    return scenario(
        LEGS,
        travellers=(traveller("ann", "us:US", past_stays=past),),
        law=LawBook(
            rules=(YearlyDays(id="days", zone="CN", cap=cap, **rule),),  # type: ignore[arg-type]
            admissions=(
                Admission(id="free", zone="CN", nationalities=("US",), grant="visa_free"),
                Admission(id="jp", zone="JP", nationalities=("US",), grant="visa_free"),
            ),
        ),
        today=date(2025, 12, 1),
    )


@pytest.mark.parametrize(
    ("cap", "past", "some"),
    [
        (10, [], False),  # until 10 January
        (9, [], True),
        (10, [PastStay(territory="CN", from_=date(2025, 11, 1), to=date(2025, 11, 7))], False),  # and 29-31 December
        (10, [PastStay(territory="CN", from_=date(2025, 11, 1), to=date(2025, 11, 8))], True),
    ],
)
def test_each_year_counts_for_itself(cap: int, past: list[PastStay], some: bool) -> None:
    assert bool(compare(world(cap, *past), {"yearly-days"}, 600)["days.ann"]) == some


@pytest.mark.parametrize(
    "rule",
    [
        {"effective_from": date(2026, 1, 9)},
        {"effective_to": date(2026, 1, 2)},
        {"exempt_types": ("visa_free",)},
        {"exempt_nationalities": ("JP",)},
    ],
)
def test_both_readings_agree_on_when_it_is_tested(rule: dict[str, object]) -> None:
    for cap in (1, 3, 6):
        past = PastStay(territory="CN", from_=date(2025, 11, 30))  # lasts until the journey's first exit
        compare(world(cap, past, **rule), {"yearly-days"}, 400)


@pytest.mark.parametrize(
    ("cap", "past", "nights"),
    [
        (5, (), 8),  # from 28 December, when the first flight leaves, to 5 January
        (5, (PastStay(territory="CN", from_=date(2025, 11, 1), to=date(2025, 11, 2)),), 7),
        (5, (PastStay(territory="CN", from_=date(2025, 11, 1), to=date(2025, 11, 9)),), 4),
    ],
)
def test_a_single_stay_is_as_long_as_two_years_leave_room_for(
    cap: int, past: tuple[PastStay, ...], nights: int
) -> None:
    made = world(cap, *past)
    (rule,) = made.law.rules
    assert isinstance(rule, YearlyDays)
    (share,) = rule.bound(Outlook(made, all_legs(made)))
    assert share.nights == nights  # type: ignore[attr-defined]


def test_a_cap_of_a_whole_year_says_nothing_about_a_stay() -> None:
    made = world(366)
    (rule,) = made.law.rules
    assert isinstance(rule, YearlyDays)
    assert list(rule.bound(Outlook(made, all_legs(made)))) == []


def test_without_a_journey_the_history_is_that_until_today() -> None:
    past = PastStay(territory="CN", from_=date(2024, 12, 31), to=date(2025, 1, 2))
    ann = traveller("ann", past_stays=(past,))
    rule = YearlyDays(id="days", zone="CN", cap=90)
    text = rule.fact(scenario([], travellers=(ann,), today=date(2025, 1, 3)), ann).text
    assert text == "ann may be in China on at most 90 days of a calendar year; past stays use 2 before 2025-01-03"
