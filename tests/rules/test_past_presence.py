"""What neither the kind's own examples nor the tests of all kinds show."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from planner.core.period import Period
from planner.rules.kinds.past_presence import PastPresence
from planner.scenario.people import PastStay
from planner.testing.readings import compare
from tests.itinerary.builders import leg, ports, traveller
from tests.rules.judging import journey, told, world

# By way of an airside change in Istanbul to Vienna; from there on to Paris inside the zone, and then to Beijing.
LEGS = (
    leg("a", "JFK-IST", "2025-01-25 10:00", "2025-01-26 04:00"),
    leg("b", "IST-VIE", "2025-01-26 06:00", "2025-01-26 08:00"),
    leg("on", "VIE-CDG", "2025-01-28 10:00", "2025-01-28 12:00"),
    leg("off", "CDG-PEK", "2025-02-01 10:00", "2025-02-02 04:00"),
    leg("inside", "PEK-DDG", "2025-02-05 10:00", "2025-02-05 12:00"),
)
PLACES = ports(IST={"airside": True, "airside_on_separate_tickets": True})


def broken(*past: PastStay, **rule: Any) -> list[str]:
    """How the rule is broken at the entry to China."""
    presence = PastPresence(id="past", **{"zone": "CN"} | rule)
    who = traveller("ann", past_stays=past)
    question = world(presence, LEGS, end="DDG", ports=PLACES, travellers=(who,))
    found = told(journey(question, "a b on off inside", "alll", "us", "us", "us"))
    assert compare(question, {"past-presence"}, 30)["past.ann"] >= bool(found)
    return found


@pytest.mark.parametrize(
    ("visited", "found"),
    [
        ("TR", []),  # airside only
        ("AT", ["in AT until 2025-01-28"]),  # left inside the zone
        ("SCHENGEN", ["in AT until 2025-01-28", "in FR until 2025-02-01"]),
        ("CDG", ["in CDG until 2025-02-01"]),
        ("US", ["in US until 2025-01-25"]),
        ("CN", []),  # the visit that begins with the entry
    ],
)
def test_visits_before_the_entry_count(visited: str, found: list[str]) -> None:
    assert broken(visited=(visited,)) == [f"entry on 2025-02-02, {where}" for where in found]


def test_the_last_date_there_is_compared() -> None:
    assert broken(visited=("AT",), since=date(2025, 1, 28)) != []
    assert broken(visited=("AT",), since=date(2025, 1, 29)) == []
    assert broken(visited=("AT",), within=Period(5)) != []
    assert broken(visited=("AT",), within=Period(4)) == []


def test_a_month_ends_with_the_month() -> None:
    past = PastStay(territory="JP", from_=date(2024, 12, 1), to=date(2024, 12, 31))
    assert broken(past, visited=("JP",), within=Period(1, "months")) == []  # to 31 January
    later = PastStay(territory="JP", from_=date(2024, 12, 1), to=date(2025, 1, 1))
    assert broken(later, visited=("JP",), within=Period(1, "months")) == []  # to 1 February
    assert broken(later, visited=("JP",), within=Period(32)) != []


def test_the_first_entry_counts_from_the_exit_at_the_start() -> None:
    past = PastStay(territory="JP", from_=date(2024, 12, 1))
    assert broken(past, visited=("JP",), zone="AT", within=Period(1)) == ["entry on 2025-01-26, in JP until 2025-01-25"]
    assert broken(past, visited=("JP", "TR"), zone="AT") == ["entry on 2025-01-26, in JP until 2025-01-25"]


def test_each_past_stay_and_each_place_counts() -> None:
    old = PastStay(territory="JP", from_=date(2024, 11, 1), to=date(2024, 11, 5))
    new = PastStay(territory="KP", from_=date(2024, 12, 1), to=date(2025, 1, 20))
    for past in ((old, new), (new, old)):
        assert broken(*past, visited=("JP", "KP"), within=Period(20)) == ["entry on 2025-02-02, in KP until 2025-01-20"]
        assert broken(*past, visited=("KP", "JP"), within=Period(9)) == []


def test_it_is_about_each_traveller() -> None:
    past = PastStay(territory="JP", from_=date(2024, 12, 1), to=date(2025, 1, 1))
    presence = PastPresence(id="past", zone="CN", visited=("JP",), from_age=Period(18, "years"))
    young, old = (
        traveller(name, born=date(year, 1, 1), past_stays=(past,)) for name, year in (("kim", 2015), ("ann", 1980))
    )
    question = world(presence, LEGS, end="DDG", ports=PLACES, travellers=(young, old))
    seen = compare(question, {"past-presence"}, 20)
    assert seen["past.ann"] > 0
    assert seen["past.kim"] == 0


@pytest.mark.parametrize(("day", "count"), [(19, 0), (20, 1)])
def test_members_are_those_of_the_day_on_which_a_place_was_left(day: int, count: int) -> None:
    legs = (
        leg("in", "JFK-OTP", "2025-01-11 10:00", "2025-01-12 10:00"),
        leg("off", "OTP-PEK", f"2025-01-{day} 10:00", f"2025-01-{day} 22:00"),
    )
    question = world(PastPresence(id="past", zone="CN", visited=("SCHENGEN",)), legs, end="PEK")
    assert len(told(journey(question, "in off", "l", "us", "us", "us"))) == count


def test_a_past_stay_without_end_lasts_until_the_first_exit() -> None:
    past = PastStay(territory="JP", from_=date(2024, 12, 1))
    assert broken(past, visited=("JP",), within=Period(8)) == ["entry on 2025-02-02, in JP until 2025-01-25"]
    assert broken(past, visited=("JP",), within=Period(7)) == []


def test_members_are_those_of_the_last_date() -> None:
    before, after = (PastStay(territory="RO", from_=date(2024, 12, 1), to=date(2025, 1, day)) for day in (19, 20))
    assert broken(before, visited=("SCHENGEN",), zone="AT") == []
    assert broken(after, visited=("SCHENGEN",), zone="AT") != []


def test_the_sentence_names_the_stay_that_it_is_about() -> None:
    past = PastStay(territory="JP", from_=date(2024, 12, 1), to=date(2024, 12, 31))
    ann = traveller("ann", past_stays=(past,))
    for since, end in (
        (None, "ann was in Japan until 2024-12-31"),
        (date(2024, 12, 31), "ann was in Japan until 2024-12-31"),
        (date(2025, 1, 1), "this concerns ann"),
    ):
        rule = PastPresence(id="past", zone="CN", visited=("JP", "FR"), since=since)
        text = rule.fact(world(rule, LEGS, end="DDG", ports=PLACES, travellers=(ann,)), ann).text
        assert text.startswith("who has been in Japan or France")
        assert text.endswith(f" may not enter China; {end}")
