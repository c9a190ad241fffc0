from __future__ import annotations

from datetime import date, datetime
from typing import Any

import pytest
from attrs import evolve

from planner.core.period import Period
from planner.itinerary.choices import Application
from planner.itinerary.journey import Journey
from planner.itinerary.replay import replay
from planner.report.limits import until
from planner.rules.kinds.rolling_window import RollingWindow
from planner.rules.kinds.transit_without_visa import TransitWithoutVisa
from planner.scenario.documents import Acquirable, NewPermission
from planner.scenario.law import Admission, LawBook
from planner.scenario.people import Permission
from tests.itinerary.builders import itinerary, leg, price, scenario, traveller

LEGS = (
    leg("in", "JFK-PEK", "2025-01-31 10:00", "2025-02-01 14:30"),
    leg("off", "PEK-NRT", "2025-02-05 10:00", "2025-02-05 14:00"),
    leg("back", "NRT-PEK", "2025-02-10 10:00", "2025-02-10 13:00"),
    leg("home", "PEK-JFK", "2025-02-12 10:00", "2025-02-12 10:30"),
)


def journey(ground: str = "x", passports: tuple[str, str] = ("us", "us"), **parts: Any) -> Journey:
    """Twice into China on a ground, by way of Japan; `permission`, `item`, `admission` or `rule` is what it is.

    `window` is a rolling window in force.
    """
    person = traveller("ann", "us:US", "mx:MX")
    if "permission" in parts:
        person = evolve(person, permissions=(Permission(id="x", zone="CN", **parts["permission"]),))
    offered = ()
    if "item" in parts:
        offered = (Acquirable(id="x", permission=NewPermission(zone="CN", **parts["item"]), price=price("1")),)
    law = LawBook()
    if "admission" in parts:
        grant = Admission(id="x", zone="CN", nationalities=("US",), grant="visa_free", **parts["admission"])
        law = evolve(law, admissions=(grant,))
    if "rule" in parts:
        law = evolve(law, rules=(TransitWithoutVisa(id="x", zone="CN", nationalities=("US",), **parts["rule"]),))
    if "window" in parts:
        law = evolve(law, rules=(parts["window"],))
    first, second = passports
    stays = (
        "- us",
        f"{first} {first} {ground}",
        "us us jp",
        f"{second} {second} {ground}",
        "us - citizen:US",
    )
    question = scenario(LEGS, travellers=(person,), law=law, acquirables=offered)
    papers = [Application("ann", "x", passport, date(2025, 1, 2)) for passport in dict.fromkeys(passports) if offered]
    return replay(question, itinerary("in off back home", "lll", stays, applications=tuple(papers)))


def limits(trip: Journey) -> list[date | None]:
    """The last dates of the two stays in China."""
    return [limit.on if limit else None for limit in (until(trip, trip.stays["ann"][index]) for index in (1, 3))]


@pytest.mark.parametrize(
    ("terms", "expected"),
    [
        ({"max_stay": Period(30)}, [date(2025, 3, 2), date(2025, 3, 11)]),
        ({"max_stay": Period(30), "count_from": "day_after"}, [date(2025, 3, 3), date(2025, 3, 12)]),
        ({"max_stay": Period(1, "months")}, [date(2025, 2, 28), date(2025, 3, 9)]),
        ({}, [None, None]),
        # runs from the first entry on it, whatever the stay
        ({"valid_after_first_entry": Period(20)}, [date(2025, 2, 20), date(2025, 2, 20)]),
        ({"valid_after_first_entry": Period(20), "max_stay": Period(15)}, [date(2025, 2, 15), date(2025, 2, 20)]),
        # a date to enter by is no date to leave by
        ({"enter_by": date(2025, 2, 10)}, [None, None]),
    ],
)
def test_the_limit_of_a_permission_held_or_acquired(terms: dict[str, Any], expected: list[date | None]) -> None:
    assert limits(journey(permission=terms)) == expected
    assert limits(journey(item=terms)) == expected


def test_each_copy_of_an_acquired_paper_has_its_own_first_entry() -> None:
    terms = {"valid_after_first_entry": Period(20)}
    assert limits(journey(item=terms, passports=("us", "mx"))) == [date(2025, 2, 20), date(2025, 3, 1)]
    assert limits(journey(permission=terms, passports=("us", "mx"))) == [date(2025, 2, 20), date(2025, 2, 20)]


def test_the_limit_of_an_admission() -> None:
    assert limits(journey(admission={"max_stay": Period(90)})) == [date(2025, 5, 1), date(2025, 5, 10)]


@pytest.mark.parametrize(
    ("terms", "at", "last"),
    [
        # 240 hours from 00:00 on 2 February end at 00:00 on the 12th: the 11th is the last date
        ({"stay": Period(240, "hours")}, datetime(2025, 2, 12), date(2025, 2, 11)),
        ({"stay": Period(240, "hours"), "clock_from": "entry"}, datetime(2025, 2, 11, 14, 30), date(2025, 2, 11)),
        ({"stay": Period(10), "clock_from": "entry"}, None, date(2025, 2, 10)),
        ({"stay": Period(10)}, None, date(2025, 2, 11)),
    ],
)
def test_the_clock_of_a_transit(terms: dict[str, Any], at: datetime | None, last: date) -> None:
    trip = journey(rule=terms)
    limit = until(trip, trip.stays["ann"][1])
    assert limit is not None
    assert (limit.at, limit.on) == (at, last)


def test_counts_of_days_over_several_stays_limit_a_stay_too() -> None:
    window = RollingWindow(id="days", zone="CN", cap=8, days=30)
    trip = journey(admission={"max_stay": Period(90)}, window=window)
    # 1-5 February are 5 of 8 days, so 10-12 February are the last ones
    assert limits(trip) == [date(2025, 2, 8), date(2025, 2, 12)]
    tighter = journey(admission={"max_stay": Period(6)}, window=window)
    assert limits(tighter) == [date(2025, 2, 6), date(2025, 2, 12)]


def test_a_count_of_days_elsewhere_or_never_reached_limits_nothing() -> None:
    elsewhere = RollingWindow(id="days", zone="JP", cap=8, days=30)
    never = RollingWindow(id="days", zone="CN", cap=30, days=30)
    assert limits(journey(admission={}, window=elsewhere)) == [None, None]
    assert limits(journey(admission={}, window=never)) == [None, None]
