"""Tours among what is to be done, and what their nights cost."""

from __future__ import annotations

from datetime import date

import pytest

from planner.itinerary.choices import Application, Itinerary, StayChoice
from planner.scenario.scenario import Scenario
from planner.verify import verify
from planner.verify.timeline import preparation
from tests.rules.plainly import TWO, world

# Five days in Beta with a tour, for Ana and Ugo.
TOUR = """
today = 2025-05-01
remove = ["visit-beta"]
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
id = "unwanted"
legs = ["ab", "ba"]
price = "1"
[[tours]]
id = "five-days"
title = "five days in Beta"
legs = ["tour-out", "tour-back"]
price = "900"
zone = "BB"
needs = ["letter"]
nights_included = true
[[trip.nightly]]
at = ["BBB"]
price = "50"
[[acquirables]]
id = "invitation"
price = "0"
lead = { days = 3 }
certificate = { kind = "letter", validity = "20 days" }
"""
UNTIL = '[[tours]]\nid = "five-days"\nbook_by = 2025-05-20\n'
AWAY = '[[travellers]]\nid = "u"\npassports = [{ id = "c", state = "CC", away = [{ to = 2025-05-04 }] }]\n'
HELD = '[[travellers]]\nid = "u"\ncertificates = [{ kind = "letter", valid_to = 2025-05-18 }]\n'


def trip(*applied: tuple[str, date]) -> Itinerary:
    """The two on the tour, with applications for the letter."""
    stays = {
        who: (StayChoice("", book), StayChoice(book, book, "tour:five-days"), StayChoice(book, "", "visit-alpha"))
        for who, book in (("t", "a"), ("u", "c"))
    }
    return Itinerary(
        legs=("tour-out", "tour-back"),
        touches=("landside",),
        fares=("five-days",),
        stays=stays,
        applications=tuple(Application(who, "invitation", "", day) for who, day in applied),
    )


def steps(question: Scenario, plan: Itinerary) -> list[tuple[str, str, date, date]]:
    """What is to be done by whom, from when, until when."""
    assert verify(question, plan).valid
    return [(step.id, step.traveller, step.on, step.latest) for step in preparation(question, plan)]


def test_a_tour_is_booked_by_everybody_once_all_is_in_hand() -> None:
    question, plan = world(TWO, TOUR), trip(("t", date(2025, 5, 2)), ("u", date(2025, 5, 3)))
    assert steps(question, plan) == [
        ("invitation", "t", date(2025, 5, 2), date(2025, 5, 30)),
        ("invitation", "u", date(2025, 5, 3), date(2025, 5, 30)),
        ("five-days", "t", date(2025, 5, 5), date(2025, 6, 2)),
        ("five-days", "u", date(2025, 5, 6), date(2025, 6, 2)),
    ]


def test_with_a_last_date_the_passport_is_in_hand_too() -> None:
    question, plan = world(TWO, TOUR, UNTIL, AWAY, HELD), trip(("t", date(2025, 5, 2)))
    assert steps(question, plan) == [
        ("invitation", "t", date(2025, 5, 2), date(2025, 5, 17)),
        ("five-days", "u", date(2025, 5, 5), date(2025, 5, 18)),
        ("five-days", "t", date(2025, 5, 5), date(2025, 5, 20)),
    ]
    made = preparation(question, plan)
    assert [(step.kind, step.label, step.passport, step.ready, step.waits_for) for step in made[1:]] == [
        ("book", "five days in Beta", "c", None, ()),
        ("book", "five days in Beta", "a", None, ("letter",)),
    ]


def test_a_tour_on_which_nobody_enters_asks_for_no_passport() -> None:
    walk = """
    today = 2025-05-01
    [[legs]]
    id = "walk"
    from = "BBB"
    to = "BBX"
    departs = 2025-06-03T08:00:00
    arrives = 2025-06-03T20:00:00
    [[legs]]
    id = "walk-back"
    from = "BBX"
    to = "BBB"
    departs = 2025-06-06T08:00:00
    arrives = 2025-06-06T20:00:00
    [[tours]]
    id = "hike"
    legs = ["walk", "walk-back"]
    price = "9"
    book_by = 2025-05-20
    [[travellers]]
    id = "t"
    passports = [{ id = "a", state = "AA", away = [{ to = 2025-05-04 }] }]
    """
    plan = Itinerary(
        legs=("ab", "walk", "walk-back", "ba"),
        touches=("landside",) * 3,
        fares=("ab", "hike", "ba"),
        stays={"t": (StayChoice("", "a"), StayChoice("a", "a", "visit-beta"), StayChoice("a", "", "visit-alpha"))},
    )
    question = world(walk)
    assert steps(question, plan) == [("hike", "t", date(2025, 5, 1), date(2025, 5, 20))]
    assert preparation(question, plan)[0].passport == ""


@pytest.mark.parametrize(("included", "nights"), [("true", []), ("false", [("4 nights in Benson", 40000)])])
def test_nights_of_a_tour_are_paid_with_it(included: str, nights: list[tuple[str, int]]) -> None:
    question = world(TWO, TOUR, f'[[tours]]\nid = "five-days"\nnights_included = {included}\n')
    plan = trip(("t", date(2025, 5, 2)), ("u", date(2025, 5, 3)))
    lines = [(line.kind, line.what, line.amount) for line in verify(question, plan).costs]
    assert lines == [
        ("fare", "five days in Beta (tour-out: AAA to BBB; tour-back: BBB to AAA)", 180000),
        ("document", "invitation (Ana, Ugo)", 0),
        *(("night", *night) for night in nights),
    ]
