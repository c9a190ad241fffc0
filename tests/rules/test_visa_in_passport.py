"""Visas in another passport: what neither the examples of the two kinds nor the tests of all kinds show."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from planner.core.period import Period
from planner.itinerary.choices import Application
from planner.itinerary.journey import Journey
from planner.itinerary.replay import replay
from planner.rules.kinds.permission_book import PermissionBook
from planner.rules.kinds.visa_in_passport import VisaInPassport
from planner.scenario.documents import Acquirable, LeadTime, NewPassport, NewValidation
from planner.scenario.people import Dates, Passport, Permission, Traveller
from planner.testing.readings import compare
from tests.itinerary.builders import itinerary, leg, price
from tests.rules.judging import told, world
from tests.rules.plainly import TWO, heard
from tests.rules.plainly import world as plain

# The check-in is on 1 February, the entry on the 2nd.
LEGS = (
    leg("in", "JFK-PEK", "2025-02-01 10:00", "2025-02-02 14:00"),
    leg("home", "PEK-JFK", "2025-02-05 10:00", "2025-02-05 11:00"),
)
VISA = Permission(id="visa", zone="CN", book="old")
KEEPS = Acquirable(
    id="keeps",
    price=price("1"),
    passports=("old",),
    lead=LeadTime(days=3),
    keeps_passport=True,
    validation=NewValidation(area="KP"),
)
RENEWS = Acquirable(
    id="renews",
    price=price("1"),
    lead=LeadTime(days=90),
    passport=NewPassport(id="fresh", state="US", validity=Period(10, "years"), renews="old"),
)


def travel(shown: str = "new", ground: str = "visa", *applied: Application, away: tuple[Dates, ...] = ()) -> Journey:
    """To China and back: the passport shown on the way, what the entry rests on, and what is applied for."""
    books = (Passport(id="old", state="US", away=away), Passport(id="new", state="US"))
    who = Traveller(id="ann", passports=books, permissions=(VISA, Permission(id="other", zone="CN")))
    question = world(VisaInPassport(id="one-book", zone="CN"), LEGS, travellers=(who,), acquirables=(KEEPS, RENEWS))
    stays = ("- new", f"{shown} new {ground}", "new -")
    return replay(question, itinerary("in home", "l", stays, applications=applied))


def missing(journey: Journey) -> list[str]:
    """Where the book is when it is wanted."""
    rules = PermissionBook.instances(journey.scenario)
    return [item.how for rule in rules for item in rule.check(journey) if item.fact.id == "visa.ann.book"]


@pytest.mark.parametrize(
    ("shown", "ground", "found"),
    [
        ("new", "visa", ["entry on 2025-02-02 with new, visa is in old"]),
        ("old", "visa", []),
        ("new", "other", []),
        ("new", "", []),
    ],
)
def test_where_one_book_is_accepted_only(shown: str, ground: str, found: list[str]) -> None:
    assert told(travel(shown, ground)) == found


@pytest.mark.parametrize(
    ("first", "last", "found"),
    [
        (date(2025, 1, 1), date(2025, 1, 31), []),
        (date(2025, 1, 1), date(2025, 2, 1), ["old is away on 2025-02-01"]),
        (date(2025, 2, 2), date(2025, 2, 4), ["old is away on 2025-02-02"]),
        (date(2025, 2, 3), date(2025, 2, 5), []),
    ],
)
def test_the_other_book_is_at_hand_at_the_check_in_and_at_the_entry(first: date, last: date, found: list[str]) -> None:
    away = (Dates(from_=first, to=last),)
    assert missing(travel(away=away)) == found
    assert missing(travel("old", away=away)) == []  # a passport that is shown has facts of its own
    assert missing(travel(ground="other", away=away)) == []


@pytest.mark.parametrize(
    ("name", "book", "on", "found"),
    [
        ("keeps", "old", date(2025, 1, 29), []),  # back on 1 February
        ("keeps", "old", date(2025, 1, 30), ["old is kept for keeps on 2025-02-01"]),
        ("keeps", "old", date(2025, 2, 2), ["old is kept for keeps on 2025-02-02"]),
        ("renews", "", date(2025, 2, 1), ["old is given up on 2025-02-01", "old is given up on 2025-02-02"]),
        ("renews", "", date(2025, 2, 3), []),
    ],
)
def test_applications_take_it(name: str, book: str, on: date, found: list[str]) -> None:
    assert missing(travel("new", "visa", Application("ann", name, book, on))) == found


def test_a_permission_that_names_no_book_has_no_such_fact() -> None:
    rules: list[Any] = list(PermissionBook.instances(travel().scenario))
    assert [rule.terms.id for rule in rules] == ["visa"]


ONE_BOOK = '[[rules]]\nkind = "visa-in-passport"\nid = "one-book"\nzone = "BB"\n'
VISAS = """
[[travellers]]
id = "{0}"
permissions = [
    {{ id = "visa-{0}", zone = "BB", book = "{1}" }},
    {{ id = "free-{0}", zone = "BB" }},
    {{ id = "far-{0}", zone = "DD", book = "other-{0}" }},
]
[[travellers.passports]]
id = "{1}"
[[travellers.passports]]
id = "other-{0}"
state = "DD"
"""


def test_each_of_two_people_with_two_visas() -> None:
    two = (ONE_BOOK, TWO, VISAS.format("t", "a"), VISAS.format("u", "c"))
    assert heard("visa-in-passport", *two) == [
        f"bounds hear from one-book.{who}: Refused traveller {who}, arrivals BB always, "
        f"passports [{book}], grounds [{visa}]"
        for who, own in (("t", "a"), ("u", "c"))
        for book, visa in ((f"other-{who}", f"visa-{who}"), (own, f"far-{who}"))
    ]
    assert compare(plain(*two), {"visa-in-passport"}, 60).keys() >= {"one-book.t", "one-book.u"}


def test_the_sentence_names_the_books_of_all_visas() -> None:
    question = plain(ONE_BOOK, TWO, VISAS.format("t", "a"))
    (rule,) = question.law.rules
    assert isinstance(rule, VisaInPassport)
    assert rule.fact(question, question.travellers[0]).text.endswith("shown (visa-t is in a, far-t is in other-t)")


@pytest.mark.parametrize(("day", "count"), [(19, 0), (20, 1)])  # Romania joins the zone on the 20th
def test_members_are_those_of_the_day_of_entry(day: int, count: int) -> None:
    books = (Passport(id="old", state="US"), Passport(id="new", state="US"))
    who = Traveller(id="ann", passports=books, permissions=(Permission(id="visa", zone="RO", book="old"),))
    legs = (leg("in", "JFK-OTP", f"2025-01-{day} 00:00", f"2025-01-{day} 20:00"),)
    question = world(VisaInPassport(id="one-book", zone="SCHENGEN"), legs, end="OTP", travellers=(who,))
    assert len(told(replay(question, itinerary("in", "", ("- new", "new - visa"))))) == count
