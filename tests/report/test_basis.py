"""What a plan rests on: holidays that are not known."""

from __future__ import annotations

from datetime import date

import pytest
from attrs import evolve

from planner.answer import Answer
from planner.report.text import text
from planner.scenario.documents import LeadTime
from planner.scenario.law import Holidays
from tests.report.answers import LAW, VISA, marathon, plan_of


@pytest.mark.parametrize(
    ("lead", "holiday", "said"),
    [
        (LeadTime(business_days=4, calendar="US"), None, True),
        (LeadTime(business_days=4, calendar="US"), date(2024, 7, 4), True),  # of another year
        (LeadTime(business_days=4, calendar="US"), date(2025, 7, 4), False),
        (LeadTime(days=4, calendar="US"), None, False),
        (LeadTime(business_days=4), None, False),
    ],
)
def test_holidays_that_are_not_known_are_told_where_business_days_were_counted(
    lead: LeadTime, holiday: date | None, said: bool
) -> None:
    days = (Holidays(id="h", place="US", dates=(holiday,)),) if holiday else ()
    question = evolve(marathon(law=evolve(LAW, holidays=days)), acquirables=(evolve(VISA, lead=lead),))
    shown = " ".join(text(Answer(status="optimal", scenario=question, plan=plan_of(question))).split())
    told = "No holidays are known for United States in 2025: every Monday to Friday is a business day."
    assert (told in shown) == said
