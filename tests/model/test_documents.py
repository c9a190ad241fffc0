"""What could be applied for and booked, on which dates, and when it is ready."""

from __future__ import annotations

from datetime import date

import pytest
from attrs import evolve

from planner.itinerary.choices import Application
from planner.itinerary.ready import ready_date
from planner.model.options import Options
from planner.rules.base import rules_of
from planner.rules.tables import Applications
from planner.scenario.documents import LeadTime
from planner.scenario.scenario import Scenario
from tests.small import small

VISA = '[[acquirables]]\nid = "visa"\nprice = "1"\npermission = { zone = "BB" }\n'
HOLIDAYS = '[[holidays]]\nid = "beta"\nplace = "BB"\ndates = [2025-05-26, 2025-05-29]\n'


def applications(scenario: Scenario) -> Applications:
    return Options(scenario, rules_of(scenario)).applications("t")


def day(number: int, month: int = 5) -> int:
    return date(2025, month, number).toordinal()


def ready(lead: str, more: str = "", today: str = "2025-05-21") -> dict[int, date]:
    """The ready date for each application date, by its day of the month (the last leg departs on 10 June)."""
    table = applications(small(f"today = {today}\n", f"{VISA}lead = {lead}\n{more}"))
    return {
        date.fromordinal(on).day: date.fromordinal(done)
        for on, done in zip(table.apply_on.tolist(), table.ready_on.tolist(), strict=True)
        if on < day(1, 6)
    }


def test_dates_run_from_today_to_the_last_departure() -> None:
    table = applications(small("today = 2025-05-21\n", VISA))
    assert table.apply_on.tolist() == list(range(day(21), day(10, 6) + 1))
    assert table.ready_on.tolist() == table.apply_on.tolist()  # no time at all: ready on the day itself


def test_the_last_departure_is_that_of_the_local_calendar() -> None:
    """Delta is on the other side of the date line: its 9 June is our 10th."""
    there = '[[ports]]\nid = "DDD"\nterritory = "DD"\ntimezone = "Pacific/Honolulu"\n'
    leg = (
        '[[legs]]\nid = "da"\nfrom = "DDD"\nto = "AAA"\ndeparts = 2025-06-09T20:00:00\narrives = 2025-06-11T00:00:00\n'
    )
    table = applications(small('remove = ["cb", "ba"]\ntoday = 2025-06-08\n', VISA, there, leg + 'price = "1"\n'))
    assert table.apply_on.tolist() == [day(8, 6), day(9, 6)]


def test_without_a_leg_there_is_today_and_with_all_legs_past_nothing() -> None:
    none = 'remove = ["ab", "bc", "cb", "ba"]\n'
    assert applications(small(none, VISA)).apply_on.tolist() == [date(2025, 1, 1).toordinal()]
    assert applications(small("today = 2025-06-11\n", VISA)).apply_on.tolist() == []


@pytest.mark.parametrize(
    ("lead", "more", "expected"),
    [
        ("{ days = 3 }", "", {21: 24, 23: 26, 24: 27}),
        ("{ business_days = 1 }", "", {21: 22, 22: 23, 23: 26, 24: 26, 25: 26}),  # 24 and 25 May: a weekend
        ("{ business_days = 3 }", "", {21: 26, 23: 28, 24: 28, 25: 28, 26: 29}),
        ('{ business_days = 3, calendar = "BB" }', HOLIDAYS, {21: 27, 23: 30, 24: 30, 26: 30}),
        ('{ business_days = 3, calendar = "CC" }', HOLIDAYS, {21: 26, 23: 28}),  # Beta's holidays do not count there
        ("{ days = 2, business_days = 1 }", "", {21: 26, 22: 26, 23: 26, 24: 27}),  # days first, then business days
        ("{ days = 1 }", "handed_over_from = 2025-05-25\n", {21: 25, 23: 25, 24: 25, 25: 26}),
        ("{ business_days = 1 }", "handed_over_from = 2025-05-24\n", {21: 24, 22: 24, 23: 26}),
    ],
)
def test_ready_dates(lead: str, more: str, expected: dict[int, int]) -> None:
    assert {on: done.day for on, done in ready(lead, more).items() if on in expected} == expected


def test_the_checker_has_the_same_ready_dates() -> None:
    world = small(
        "today = 2025-05-01\n",
        VISA + 'lead = { days = 4, business_days = 5, calendar = "BB" }\nhanded_over_from = 2025-05-14\n',
        HOLIDAYS,
    )
    table = applications(world)
    assert len(table.ids) > 30
    for on, done in zip(table.apply_on.tolist(), table.ready_on.tolist(), strict=True):
        assert ready_date(world, Application("t", "visa", "a", date.fromordinal(on))).toordinal() == done


def test_what_takes_for_ever_is_never_ready() -> None:
    world = small(VISA)
    slow = tuple(evolve(item, lead=LeadTime(days=9999999)) for item in world.acquirables)
    table = applications(evolve(world, acquirables=slow))
    assert set(table.ready_on.tolist()) == {date.max.toordinal()}


def test_passports_a_paper_can_be_issued_in() -> None:
    world = """
    today = 2025-06-10
    [[travellers]]
    id = "t"
    passports = [{ id = "a", state = "AA" }, { id = "b", state = "BB" }]
    [[acquirables]]
    id = "book"
    price = "1"
    passport = { id = "n", state = "AA" }
    [[acquirables]]
    id = "any"
    price = "1"
    permission = { zone = "BB" }
    [[acquirables]]
    id = "named"
    price = "1"
    passports = ["b"]
    permission = { zone = "BB" }
    [[acquirables]]
    id = "nationals"
    price = "1"
    nationalities = ["AA"]
    validation = { area = "BB" }
    [[acquirables]]
    id = "jab"
    price = "1"
    certificate = { kind = "jab" }
    """
    table = applications(small(world))
    assert list(zip(table.acquirable.tolist(), table.passport.tolist(), strict=True)) == [
        ("book", ""),
        *(("any", passport) for passport in "abn"),
        ("named", "b"),
        ("nationals", "a"),
        ("nationals", "n"),
        ("jab", ""),
    ]


EVENT = '[[trip.events]]\nid = "race"\nat = ["BBB"]\nfirst_day = 2025-06-02\n'
TWO_BOOKS = 'today = 2025-05-31\n[[travellers]]\nid = "t"\n[[travellers.passports]]\nid = "b"\nstate = "BB"\n'


def bookings(*overlays: str) -> list[tuple[str, str, str]]:
    scenario = small(*overlays)
    table = Options(scenario, rules_of(scenario)).bookings("t")
    days = [date.fromordinal(on).strftime("%d.%m") for on in table.book_on.tolist()]
    return list(zip(table.passport.tolist(), table.state.tolist(), days, strict=True))


def test_bookings_with_each_passport_until_the_first_day() -> None:
    days = ["31.05", "01.06", "02.06"]
    assert bookings(TWO_BOOKS, EVENT) == [(p, p.upper() * 2, d) for p in "ab" for d in days]


def test_what_is_booked_already_is_booked_then_and_with_that_passport() -> None:
    booked = 'booked_on = 2025-03-01\nbooked_with = ["b"]\n'
    assert bookings(TWO_BOOKS, EVENT + booked) == [("b", "BB", "01.03")]


def test_an_event_that_is_past_or_wanted_by_somebody_else_is_not_booked() -> None:
    assert bookings("today = 2025-06-03\n", EVENT) == []
    other = '[[travellers]]\nid = "u"\npassports = [{ id = "u", state = "CC" }]\n'
    assert bookings(TWO_BOOKS, other, EVENT + 'travellers = ["u"]\n') == []
