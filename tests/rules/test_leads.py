"""When papers are ready, for solving: the same as what the checker reads."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from attrs import evolve

from planner.itinerary.choices import Application
from planner.itinerary.replay import replay
from planner.rules.leads import ready_days
from planner.scenario.documents import Acquirable, LeadTime, NewCertificate
from planner.scenario.law import Holidays, LawBook
from tests.itinerary.builders import itinerary, price, scenario

NEW_YEAR = Holidays(id="cn", place="CN", dates=(date(2025, 1, 28), date(2025, 1, 29)))
FRIDAY = date(2025, 1, 24)


def ready(day: date, lead: LeadTime, start: date | None = None) -> date:
    """When what is applied for on a day is ready, the checker agreeing."""
    paper = Acquirable(
        id="paper", certificate=NewCertificate(kind="x"), price=price("0"), lead=lead, handed_over_from=start
    )
    made = scenario([], acquirables=(paper,), law=LawBook(holidays=(NEW_YEAR,)), today=day)
    (found,) = ready_days(made, paper, [day.toordinal()])
    application = Application("ann", "paper", "", day)
    journey = replay(made, evolve(itinerary(), applications=(application,)))
    assert journey.ready(application).toordinal() == found
    return date.fromordinal(found)


@pytest.mark.parametrize(
    ("lead", "days"),
    [
        (LeadTime(), 0),
        (LeadTime(days=3), 3),
        (LeadTime(business_days=1), 3),  # Monday
        (LeadTime(business_days=2, calendar="CN"), 6),  # Monday and, after two holidays, Thursday
        (LeadTime(days=1, business_days=1), 3),
    ],
)
def test_days_then_business_days(lead: LeadTime, days: int) -> None:
    assert ready(FRIDAY, lead) == FRIDAY + timedelta(days=days)


def test_not_before_it_is_handed_over() -> None:
    assert ready(FRIDAY, LeadTime(days=3), date(2025, 1, 28)) == date(2025, 1, 28)
    assert ready(FRIDAY, LeadTime(days=3), date(2025, 1, 26)) == date(2025, 1, 27)


@pytest.mark.parametrize("lead", [LeadTime(days=4_000_000), LeadTime(business_days=3_000_000)])
def test_what_takes_longer_than_the_calendar_is_ready_on_its_last_date(lead: LeadTime) -> None:
    assert ready(date(9999, 12, 1), lead) == date.max
