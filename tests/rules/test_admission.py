"""What neither the kind's own examples nor the tests of all kinds show."""

from __future__ import annotations

from datetime import date, datetime

import pytest

from planner.core.period import Period
from planner.itinerary.replay import replay
from planner.rules.kinds.admission import AdmissionRule
from planner.rules.stay_limits import Limit
from planner.scenario.law import Admission, LawBook
from tests.itinerary.builders import itinerary, leg, scenario
from tests.rules.plainly import heard

LEGS = (
    leg("in", "JFK-PEK", "2025-02-01 10:00", "2025-02-02 14:00"),
    leg("home", "PEK-JFK", "2025-02-09 10:00", "2025-02-09 10:30"),
)


@pytest.mark.parametrize(("limit", "nights"), [("9 days", 8), ("1 month", 29), ("24 hours", 2)])
def test_the_most_nights_that_a_stay_on_it_can_have(limit: str, nights: int) -> None:
    assert heard("admission", f'[[admissions]]\nid = "visit-beta"\nmax_stay = "{limit}"\n') == [
        f"bounds hear from visit-beta.max_stay.t: LongestStay traveller t, nights {nights}, grounds [visit-beta],"
        " besides []"
    ]


@pytest.mark.parametrize(
    ("length", "limit"),
    [
        (Period(7), Limit(on=date(2025, 2, 8))),
        (Period(36, "hours"), Limit(on=date(2025, 2, 4), at=datetime(2025, 2, 4, 2))),
        (None, None),
    ],
)
def test_a_stay_on_it_may_last_as_long_as_it_says(length: Period | None, limit: Limit | None) -> None:
    entry = Admission(id="cn", zone="CN", nationalities=("US",), grant="visa_free", max_stay=length)
    question = scenario(LEGS, law=LawBook(admissions=(entry,)))
    journey = replay(question, itinerary("in home", "l", ("- us", "us us cn", "us - citizen:US")))
    found = [AdmissionRule(entry).last_lawful(journey, stay) for stay in journey.stays["ann"]]
    assert found == [None, limit, None]
