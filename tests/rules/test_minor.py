"""What neither the kind's own examples nor the tests of all kinds show."""

from __future__ import annotations

from datetime import date

import pytest

from planner.core.period import Period
from planner.itinerary.replay import replay
from planner.rules.kinds.minor import Minor
from planner.scenario.people import Certificate, Traveller
from planner.testing.readings import compare
from tests.itinerary.builders import itinerary, leg, traveller
from tests.rules.judging import world

# In on 28 February, back home, and in again on 1 March of a year that is no leap year.
LEGS = (
    leg("in", "JFK-PEK", "2025-02-27 10:00", "2025-02-28 14:00"),
    leg("off", "PEK-JFK", "2025-02-28 18:00", "2025-02-28 18:30"),
    leg("again", "JFK-PEK", "2025-02-28 23:00", "2025-03-01 23:30"),
)
STAYS = ("- us", "us us", "us us", "us")


def broken(*party: Traveller, adult_years: int = 18) -> dict[str, int]:
    """How often each fact is broken."""
    years = Period(adult_years, "years")
    rule = Minor(id="minor", zone="CN", under_age=Period(16, "years"), certificates=("consent",), adult_age=years)
    question = world(rule, LEGS, end="PEK", travellers=party)
    stays = {person.id: STAYS for person in party}
    travelled = replay(question, itinerary("in off again", "ll", stays))
    found = [item.fact.id for item in rule.check(travelled)]
    seen = compare(question, {"minor"}, 25)
    assert all(seen[fact] > 0 for fact in found)
    return {fact: found.count(fact) for fact in found}


def child(name: str = "kim", born: date = date(2012, 1, 1), *certificates: Certificate) -> Traveller:
    """A child with a US passport."""
    return traveller(name, born=born, certificates=certificates)


@pytest.mark.parametrize(
    ("born", "count"),
    [
        (date(2009, 2, 28), 0),
        (date(2008, 2, 29), 0),
        (date(2009, 3, 1), 1),  # sixteen on the day of the second entry
        (date(2009, 3, 2), 2),
    ],
)
def test_age_is_that_on_the_date_of_entry(born: date, count: int) -> None:
    assert sum(broken(child(born=born)).values()) == count


def test_who_is_grown_up() -> None:
    assert broken(child(), traveller("ann")) == {}  # no date of birth
    assert broken(child(), child("bo", date(2007, 2, 28))) == {}
    assert broken(child(), child("bo", date(2007, 3, 1))) == {"minor.kim": 1}
    assert broken(child(), child("bo", date(2007, 3, 1)), adult_years=17) == {}
    assert broken(child(), child("bo")) == {"minor.kim": 2, "minor.bo": 2}
    assert broken(child(born=date(2010, 1, 1)), adult_years=15) == {}  # of age, though still concerned


def test_each_child_needs_a_certificate_valid_on_the_day() -> None:
    paper = Certificate(kind="consent", valid_to=date(2025, 2, 28))
    assert broken(child("kim", date(2012, 1, 1), paper), child("bo")) == {"minor.kim": 1, "minor.bo": 2}


def test_the_certificate_is_shown_by_who_is_alone() -> None:
    kim = child("kim", date(2012, 1, 1), Certificate(kind="consent"))
    for party, count in (((kim,), 2), ((kim, child("bo")), 2), ((kim, traveller("ann")), 0)):
        rule = Minor(id="minor", zone="CN", under_age=Period(16, "years"), certificates=("consent",))
        question = world(rule, LEGS, end="PEK", travellers=party)
        stays = {person.id: STAYS for person in party}
        travelled = replay(question, itinerary("in off again", "ll", stays))
        assert sum(1 for stay in travelled.stays["kim"] for _ in rule.shows(travelled, stay)) == count


def test_nobody_without_a_date_of_birth_is_a_minor() -> None:
    assert broken(traveller("ann")) == {}
