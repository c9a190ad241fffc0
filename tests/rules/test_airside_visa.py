"""What neither the kind's own examples nor the tests of all kinds show."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from attrs import evolve

from planner.rules.examples import THROUGH_BETA
from planner.rules.kinds.airside_visa import AirsideVisa
from planner.rules.showing import Paper
from planner.scenario.documents import Acquirable, LeadTime, NewPermission
from planner.scenario.people import Permission
from planner.testing.readings import compare
from tests.itinerary.builders import leg, ports, price, traveller
from tests.rules.judging import journey, told, world
from tests.rules.plainly import TWO, heard
from tests.rules.plainly import world as plain
from tests.rules.test_two_readings import MORE

# Through Vienna, just after midnight of 2 February, and Istanbul to Pyongyang; home through Vienna.
LEGS = (
    leg("a", "JFK-VIE", "2025-02-01 10:00", "2025-02-02 00:30"),
    leg("b", "VIE-IST", "2025-02-02 02:00", "2025-02-02 06:00"),
    leg("c", "IST-FNJ", "2025-02-02 08:00", "2025-02-02 23:00"),
    leg("d", "FNJ-VIE", "2025-02-10 08:00", "2025-02-10 18:00"),
    leg("e", "VIE-JFK", "2025-02-10 20:00", "2025-02-10 23:00"),
)
OPEN = {"airside": True, "airside_on_separate_tickets": True}
PLACES = ports(VIE=OPEN, IST=OPEN)
RULE = AirsideVisa(id="airside", zone="SCHENGEN", nationalities=("US",))
BOTH = ["airside change at VIE on 2025-02-02 with us", "airside change at VIE on 2025-02-10 with us"]

# Ana lives in Delta; Ugo has a visa for some days, a vaccination, and a second passport.
PEOPLE = """
[[travellers]]
id = "t"
residence = ["DD"]
[[travellers]]
id = "u"
permissions = [{ id = "visa", zone = "BB", valid_from = 2025-06-02, enter_by = 2025-06-05 }]
certificates = [{ kind = "jab" }]
[[travellers.passports]]
id = "d"
state = "DD"
[[rules]]
kind = "airside-visa"
id = "airside"
zone = "BB"
exempt_residents_of = ["DD"]
"""


def broken(*held: Permission, books: tuple[str, str] = ("us", "us"), people: Any = None, **rule: Any) -> list[str]:
    """How the demand for a visa is broken, with those passports at the entries to North Korea and home."""
    person = people or traveller("ann", "us:US", "mx:MX", permissions=held)
    question = world(evolve(RULE, **rule), LEGS, ports=PLACES, travellers=(person,))
    return told(journey(question, "a b c d e", "aala", "us", *books))


def test_the_passport_is_the_one_shown_at_the_end_of_the_run() -> None:
    assert broken() == BOTH
    assert broken(books=("mx", "us")) == BOTH[1:]
    assert broken(books=("us", "mx")) == BOTH[:1]
    assert broken(nationalities=(), exempt_nationalities=("US",), books=("us", "mx")) == [
        "airside change at VIE on 2025-02-10 with mx"
    ]


def test_the_place_and_the_day_are_those_of_the_arrival_there() -> None:
    assert broken(zone="AT") == BOTH
    assert broken(zone="TR") == ["airside change at IST on 2025-02-02 with us"]
    assert broken(ports=("CDG",)) == []
    assert broken(effective_to=date(2025, 2, 1)) == []
    assert broken(effective_to=date(2025, 2, 2)) == BOTH[:1]
    assert broken(effective_from=date(2025, 2, 3)) == BOTH[1:]


def test_what_may_be_shown() -> None:
    assert broken(Permission(id="v", zone="SCHENGEN", type="airside")) == []
    assert broken(Permission(id="v", zone="SCHENGEN", valid_from=date(2025, 2, 3))) == BOTH[:1]
    assert broken(Permission(id="v", zone="SCHENGEN", type="residence")) == BOTH  # unless the rule says so
    others = (Paper(zones=("SCHENGEN", "JP"), types=("residence",)),)
    assert broken(Permission(id="v", zone="JP", type="residence"), unless=others) == []


@pytest.mark.parametrize(("place", "how"), [("AT", []), ("SCHENGEN", []), ("TR", BOTH)])
def test_residents_of_a_member_live_in_the_zone(place: str, how: list[str]) -> None:
    person = traveller("ann", "us:US", "mx:MX", residence=("VIE",))
    assert broken(people=person, exempt_residents_of=(place,)) == how


@pytest.mark.parametrize(("applied", "how"), [(date(2025, 1, 31), []), (date(2025, 2, 1), BOTH[:1])])
def test_one_that_is_obtained_is_ready_at_the_check_in_for_the_run(applied: date, how: list[str]) -> None:
    gives = NewPermission(zone="SCHENGEN", type="airside")
    visa = Acquirable(id="visa", price=price("9"), lead=LeadTime(days=1), permission=gives)
    question = world(RULE, LEGS, ports=PLACES, acquirables=(visa,))
    assert told(journey(question, "a b c d e", "aala", "us", "us", "us", applied={"visa": applied})) == how


def test_both_readings_agree_about_two_people() -> None:
    for rule in (
        'exempt_nationalities = ["DD"]',
        'nationalities = ["CC", "DD"]\nexempt_nationalities = ["DD"]',
        'nationalities = ["DD"]\neffective_from = 2025-06-02',
        'zone = "Z"\n[[zones]]\nid = "Z"\nmembers = [{ territory = "BB", to = 2025-06-09, purposes = ["clock"] }]',
    ):
        question = plain(MORE, THROUGH_BETA, TWO, PEOPLE, f'[[rules]]\nid = "airside"\n{rule}\n')
        seen = compare(question, {"airside-visa"}, 100)
        assert 0 < seen["airside.u"] < seen[""]
        assert not seen["airside.t"]


def test_bounds_hear_of_the_days_without_the_visa_that_somebody_holds() -> None:
    assert heard("airside-visa", THROUGH_BETA, TWO, PEOPLE) == [
        "bounds hear from airside.u: NoAirsideChange arrivals BB 0601 0606-0610"
    ]


def test_the_demand_in_words() -> None:
    question = world(RULE, LEGS, ports=PLACES)
    papers = tuple(Paper(zones=(place,), types=("visa",)) for place in ("JP", "CN"))
    rule = evolve(RULE, nationalities=(), ports=("VIE", "CDG"), unless=papers)
    assert [made.fact(question, question.travellers[0]).text for made in (RULE, rule)] == [
        "with a passport of United States, ann needs an airside transit visa to change planes in SCHENGEN",
        "ann needs an airside transit visa or a visa for Japan or a visa for China to change planes in SCHENGEN"
        " (VIE or CDG)",
    ]
