"""Tours: when they are booked, which nights they pay, and what the reader does not take."""

from __future__ import annotations

from datetime import date

import pytest

from planner.api import plan
from planner.core.errors import ScenarioError
from planner.report.json import as_data
from tests.small import small

TOUR = """
remove = ["visit-beta"]
today = 2025-05-01
[[legs]]
id = "tour-out"
from = "AAA"
to = "BBB"
departs = 2025-06-02T08:00:00
arrives = 2025-06-02T10:00:00
[[legs]]
id = "tour-back"
from = "BBB"
to = "AAA"
departs = 2025-06-06T14:00:00
arrives = 2025-06-06T16:00:00
[[tours]]
id = "five-days"
title = "five days in Beta"
legs = ["tour-out", "tour-back"]
price = "900"
zone = "BB"
"""
AWAY = """
[[travellers]]
id = "t"
[[travellers.passports]]
id = "a"
away = [{ from = 2025-05-06, to = 2025-05-31 }]
"""
INVITATION = """
[[tours]]
id = "five-days"
needs = ["letter"]
[[acquirables]]
id = "letter"
price = "0"
lead = { days = 3 }
certificate = { kind = "letter" }
"""
NIGHTS = '[[tours]]\nid = "five-days"\nnights_included = true\n[[trip.nightly]]\nat = ["BBB"]\nprice = "50"\n'


def booked(*overlays: str) -> list[tuple[str, date, date]]:
    """The booking steps of the plan, with their dates."""
    answer = plan(small(TOUR, *overlays))
    assert answer.plan is not None
    return [(step.id, step.on, step.latest) for step in answer.plan.preparation if step.kind == "book"]


def test_a_tour_is_booked_from_today_to_its_last_date() -> None:
    last = '[[tours]]\nid = "five-days"\nbook_by = 2025-05-20\n'
    assert booked(last) == [("five-days", date(2025, 5, 1), date(2025, 5, 20))]
    assert booked() == [("five-days", date(2025, 5, 1), date(2025, 6, 2))]


def test_it_is_booked_before_the_passport_goes_away() -> None:
    last = '[[tours]]\nid = "five-days"\nbook_by = 2025-05-20\n'
    assert booked(last, AWAY) == [("five-days", date(2025, 5, 1), date(2025, 5, 5))]


def test_it_is_booked_once_what_it_needs_is_there() -> None:
    assert booked(INVITATION) == [("five-days", date(2025, 5, 4), date(2025, 6, 2))]


def test_all_that_it_needs_is_in_hand_on_one_day() -> None:
    late = '[[tours]]\nid = "five-days"\nbook_by = 2025-05-20\n[[acquirables]]\nid = "letter"\nlead = {{ days = {} }}\n'
    assert booked(INVITATION, AWAY, late.format(4)) == [("five-days", date(2025, 5, 5), date(2025, 5, 5))]
    assert plan(small(TOUR, INVITATION, AWAY, late.format(5))).status == "infeasible"


def test_the_booking_is_in_the_json_too() -> None:
    scenario = small(TOUR, '[[tours]]\nid = "five-days"\nbook_by = 2025-05-20\n')
    (booking,) = as_data(plan(scenario))["bookings"]
    assert (booking["tour"], booking["event"], booking["passport"]) == ("five-days", None, "a")
    assert (booking["book_on"], booking["book_latest"]) == ("2025-05-01", "2025-05-20")


def test_nights_apart_from_the_tour_cost_money() -> None:
    later = '[[legs]]\nid = "ab"\n[trip]\nstart = "AAA"\n[[admissions]]\nid = "free"\nzone = "BB"\n'
    later += 'nationalities = ["AA"]\ngrant = "visa_free"\n[[trip.stops]]\nid = "b"\nnights = { min = 9 }\n'
    answer = plan(small(TOUR, NIGHTS, later))
    assert answer.plan is not None
    assert answer.plan.cost == 20000 + 9 * 5000  # on the other flights, without the tour
    assert plan(small(TOUR, NIGHTS)).plan.cost == 90000  # type: ignore[union-attr]


def test_legs_of_a_tour_with_nights_are_sold_by_it_alone() -> None:
    with pytest.raises(ScenarioError, match="leg 'tour-out' is also sold by 'tour-out'"):
        small(TOUR, NIGHTS, '[[legs]]\nid = "tour-out"\nprice = "10"\n')
