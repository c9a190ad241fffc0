"""What neither the kind's own examples nor the tests of all kinds show."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from planner.core.period import Period
from planner.rules.kinds.required_paper import RequiredPaper
from planner.scenario.documents import Acquirable
from planner.scenario.people import Certificate
from planner.testing.readings import compare
from tests.itinerary.builders import leg, traveller
from tests.rules.judging import NOTHING, Applied, certificate, journey, told, world
from tests.rules.plainly import TWO
from tests.rules.plainly import world as plain

# In Paris from 1 February, on to Vienna inside the zone on the 4th, home on the 9th.
LEGS = (
    leg("in", "JFK-CDG", "2025-01-31 20:00", "2025-02-01 09:00"),
    leg("on", "CDG-VIE", "2025-02-04 10:00", "2025-02-04 12:00"),
    leg("home", "VIE-JFK", "2025-02-09 10:00", "2025-02-09 14:00"),
)


def broken(
    *held: Certificate, whole: bool = True, items: tuple[Acquirable, ...] = (), applied: Applied = NOTHING, **more: Any
) -> list[str]:
    """How the demand for insurance is broken on that trip, or the first part of it."""
    rule = RequiredPaper(id="paper", zone="SCHENGEN", certificates=("cover", "card"), whole_stay=whole)
    question = world(rule, LEGS, travellers=(traveller("ann", certificates=held),), acquirables=items, **more)
    if more:
        return told(journey(question, "in on", "l", "us", "us", applied=applied))
    return told(journey(question, "in on home", "ll", "us", "us", "us", applied=applied))


def until(last: date) -> Certificate:
    """Insured to that date."""
    return Certificate(kind="cover", valid_to=last)


def test_the_last_date_is_that_of_the_exit_or_of_the_last_arrival() -> None:
    assert broken(until(date(2025, 2, 9))) == []
    assert broken(until(date(2025, 2, 8))) == ["none can be shown for the entry on 2025-02-01"]
    assert broken(until(date(2025, 2, 8)), whole=False) == []
    assert broken(until(date(2025, 2, 4)), end="VIE") == []
    assert len(broken(until(date(2025, 2, 3)), end="VIE")) == 1


def test_one_certificate_must_be_good_for_all_of_it() -> None:
    first, second = until(date(2025, 2, 5)), Certificate(kind="card", valid_from=date(2025, 2, 2))
    assert len(broken(first, second)) == 1
    assert broken(first, second, whole=False) == []


@pytest.mark.parametrize(
    ("applied", "validity", "count"),
    [
        (date(2025, 1, 29), 9, 0),  # from the day of check-in, 31 January, to 9 February
        (date(2025, 1, 28), 9, 1),  # a day short at the end
        (date(2025, 1, 30), 9, 1),  # ready on the day of entry, after the check-in
    ],
)
def test_one_that_is_obtained(applied: date, validity: int, count: int) -> None:
    item = certificate("cover", lead=2, validity=Period(validity))
    assert len(broken(items=(item,), applied={"cover": applied})) == count


@pytest.mark.parametrize(
    ("ends", "expected"),
    [
        ((date(2025, 2, 5), date(2025, 2, 12)), date(2025, 2, 12)),
        ((date(2025, 2, 12), date(2025, 2, 5)), date(2025, 2, 12)),
        ((date(2025, 2, 5), None), None),
        ((None, date(2025, 2, 5)), None),
    ],
)
def test_one_may_stay_as_long_as_the_last_of_them_is_valid(
    ends: tuple[date | None, ...], expected: date | None
) -> None:
    held = tuple(Certificate(kind="cover", valid_to=end) for end in ends)
    rule = RequiredPaper(id="paper", zone="SCHENGEN", certificates=("cover",), whole_stay=True)
    travelled = journey(
        world(rule, LEGS, travellers=(traveller("ann", certificates=held),)), "in on home", "ll", "us", "us", "us"
    )
    limit = rule.last_lawful(travelled, travelled.stays["ann"][1])
    assert (limit and limit.on) == expected


def test_each_of_two_people_shows_one() -> None:
    paper = '[[rules]]\nkind = "required-paper"\nid = "paper"\nzone = "BB"\ncertificates = ["cover"]\n'
    assert compare(plain(paper, TWO), {"required-paper"}, 10).keys() >= {"paper.t", "paper.u"}
