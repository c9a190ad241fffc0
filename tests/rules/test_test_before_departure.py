"""What neither the kind's own examples nor the tests of all kinds show."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from planner.rules.kinds.test_before_departure import FreshTest
from planner.scenario.people import Certificate
from planner.testing.readings import compare
from tests.itinerary.builders import leg, traveller
from tests.rules.judging import certificate, journey, told, world
from tests.rules.plainly import TWO, heard, refusal
from tests.rules.plainly import world as plain

# From Honolulu on 5 February at 22:00, which is the 6th in UTC; landing in Tokyo on the 7th.
LEGS = (leg("in", "HNL-NRT", "2025-02-05 22:00", "2025-02-07 02:30"),)


def broken(*held: Certificate, **rule: Any) -> list[str]:
    """How the demand for a fresh test is broken on that trip."""
    fresh = FreshTest(id="fresh", zone="JP", certificate="test", **rule)
    question = world(fresh, LEGS, start="HNL", end="NRT", travellers=(traveller("ann", certificates=held),))
    return told(journey(question, "in", "", "us", "us"))


def issued(day: int, **more: Any) -> Certificate:
    """A test of that day in February."""
    return Certificate(kind="test", issued=date(2025, 2, day), **more)


@pytest.mark.parametrize(
    ("rule", "oldest"),
    [
        ({"days": 2}, 3),
        ({"days": 0}, 5),
        ({"hours": 70}, 3),  # 00:00 of the 3rd, in Honolulu, is 70 hours before the departure
        ({"hours": 69}, 4),
        ({"hours": 22}, 5),
        ({"hours": 1}, 5),  # the day of check-in always counts
        ({"hours": 70, "days": 1}, 4),
    ],
)
def test_the_oldest_test_that_is_fresh(rule: dict[str, int], oldest: int) -> None:
    assert broken(issued(oldest), **rule) == []
    assert broken(issued(oldest - 1), **rule) == [
        f"none issued since 2025-02-0{oldest} can be shown at HNL on 2025-02-05"
    ]


def test_dates_that_are_not_known_will_do_but_not_those_that_have_passed() -> None:
    assert broken(Certificate(kind="test"), hours=1) == []
    assert broken(issued(1)) == []
    assert broken() == ["none can be shown at HNL on 2025-02-05"]
    assert broken(issued(5, valid_to=date(2025, 2, 7)), days=3) == []
    assert broken(issued(5, valid_to=date(2025, 2, 6)), days=3) != []
    assert broken(Certificate(kind="other", issued=date(2025, 2, 5)), days=3) != []


@pytest.mark.parametrize(("applied", "count"), [(1, 1), (2, 0), (4, 0), (5, 1)])
def test_one_that_is_obtained_is_issued_when_it_is_ready(applied: int, count: int) -> None:
    rule = FreshTest(id="fresh", zone="JP", certificate="test", days=2)
    question = world(rule, LEGS, start="HNL", end="NRT", acquirables=(certificate("test", lead=1),))
    travelled = journey(question, "in", "", "us", "us", applied={"test": date(2025, 2, applied)})
    assert len(told(travelled)) == count


FRESH = '[[rules]]\nkind = "test-before-departure"\nid = "fresh"\nzone = "BB"\ncertificate = "test"\ndays = 3\n'


def test_it_is_asked_of_each_of_two_people() -> None:
    assert heard("test-before-departure", FRESH, TWO) == [
        refusal("fresh.t", "BB always"),
        refusal("fresh.u", "BB always", "c"),
    ]
    assert compare(plain(FRESH, TWO), {"test-before-departure"}, 10).keys() >= {"fresh.t", "fresh.u"}


@pytest.mark.parametrize(
    ("rule", "age"),
    [
        ({}, ""),
        ({"hours": 1}, " no older than 1 hour at check-in"),
        ({"hours": 72, "days": 3}, " no older than 72 hours and 3 days at check-in"),
    ],
)
def test_the_sentence_says_how_fresh(rule: dict[str, int], age: str) -> None:
    fresh = FreshTest(id="fresh", zone="JP", certificate="test", **rule)  # type: ignore[arg-type]
    question = world(fresh, LEGS, start="HNL", end="NRT")
    text = fresh.fact(question, question.travellers[0]).text
    assert text == f"ann must show a certificate (test){age} to enter Japan"


# Later, there are check-ins at clocks that are 18 hours apart; one of them is on the morning after in Beijing.
TWO_PORTS = (
    *LEGS,
    leg("via", "HNL-PEK", "2025-02-03 10:00", "2025-02-04 16:00"),
    leg("on", "PEK-NRT", "2025-02-06 09:00", "2025-02-06 13:00"),
)


@pytest.mark.parametrize(
    "rule", [{"hours": hours} for hours in (1, 9, 10, 22, 33, 45, 57, 69)] + [{"hours": 70, "days": 1}]
)
def test_the_clock_is_that_of_the_check_in(rule: dict[str, int]) -> None:
    fresh = FreshTest(id="fresh", zone="JP", certificate="test", **rule)  # type: ignore[arg-type]
    question = world(
        fresh, TWO_PORTS, start="HNL", end="NRT", acquirables=(certificate("test"),), today=date(2025, 2, 1)
    )
    seen = compare(question, {"test-before-departure"}, 60)
    assert 0 < seen["fresh.ann"] < seen[""]
