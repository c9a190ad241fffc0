"""When papers are ready, and whether they were fetched."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from attrs import evolve

from planner.itinerary.choices import Application
from planner.itinerary.journey import Journey
from planner.itinerary.replay import replay
from planner.scenario.documents import Acquirable, LeadTime, NewCertificate
from planner.scenario.law import Holidays, LawBook
from tests.itinerary.builders import itinerary, leg, price, scenario

LEGS = [
    leg("out", "JFK-PEK", "2025-02-01 10:00", "2025-02-02 14:00"),
    leg("on", "PEK-FNJ", "2025-02-10 18:00", "2025-02-10 20:00"),
    leg("back", "FNJ-PEK", "2025-02-12 08:00", "2025-02-12 09:00"),
    leg("home", "PEK-JFK", "2025-02-14 08:00", "2025-02-14 09:00"),
]


def made(on: str, **item: Any) -> tuple[Journey, Application]:
    """A journey, and an application made on that date for something with those fields."""
    paper = Acquirable(id="paper", certificate=NewCertificate(kind="x"), price=price("0"), **item)
    new_year = Holidays(id="cn", place="CN", dates=(date(2025, 1, 28), date(2025, 1, 29)))
    world = scenario(LEGS, acquirables=(paper,), law=LawBook(holidays=(new_year,)))
    plan = itinerary("out on back home", "lll", ["- us", "us us v", "us us v", "us us v", "us - citizen"])
    application = Application("ann", "paper", "", date.fromisoformat(on))
    return replay(world, evolve(plan, applications=(application,))), application


@pytest.mark.parametrize(
    ("on", "lead", "ready"),
    [
        ("2025-01-24", LeadTime(), "2025-01-24"),  # a Friday
        ("2025-01-24", LeadTime(days=3), "2025-01-27"),
        ("2025-01-24", LeadTime(business_days=1), "2025-01-27"),
        ("2025-01-24", LeadTime(business_days=2, calendar="CN"), "2025-01-30"),
        ("2025-01-24", LeadTime(days=1, business_days=1), "2025-01-27"),  # first the day, then the Monday
        ("2025-01-25", LeadTime(business_days=1), "2025-01-27"),
        ("2025-01-24", LeadTime(business_days=2, calendar="US"), "2025-01-28"),
    ],
)
def test_lead_times(on: str, lead: LeadTime, ready: str) -> None:
    journey, application = made(on, lead=lead)
    assert journey.ready(application) == date.fromisoformat(ready)


@pytest.mark.parametrize(("start", "ready"), [("2025-01-20", "2025-01-27"), ("2025-02-03", "2025-02-03")])
def test_not_before_it_is_handed_over(start: str, ready: str) -> None:
    journey, application = made("2025-01-24", lead=LeadTime(days=3), handed_over_from=date.fromisoformat(start))
    assert journey.ready(application) == date.fromisoformat(ready)


def test_what_is_sent_needs_no_fetching() -> None:
    journey, application = made("2025-02-14", lead=LeadTime(days=30))
    assert journey.fetched(application, 0)


@pytest.mark.parametrize(
    ("ready", "place", "by", "fetched"),
    [
        ("2025-02-10", "PEK", "on", True),  # on the last date there
        ("2025-02-11", "PEK", "on", False),
        ("2025-02-11", "PEK", "back", False),
        ("2025-02-11", "CN", "home", True),  # on the second visit, when leaving
        ("2025-02-10", "PEK", "out", False),  # not there yet
        ("2025-01-05", "US", "out", True),  # at the journey's start
        ("2025-02-01", "JFK", "out", True),
        ("2025-02-02", "JFK", "home", False),  # home again is too late
    ],
)
def test_fetching_at_a_place(ready: str, place: str, by: str, fetched: bool) -> None:
    journey, application = made("2025-01-01", handed_over_from=date.fromisoformat(ready), handed_over_in=(place,))
    assert journey.fetched(application, journey.scenario.leg_by_id[by].departs_utc) == fetched
