"""What neither the kind's own examples nor the tests of all kinds show."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from planner.itinerary.replay import replay
from planner.rules.examples import SECOND_PASSPORT
from planner.rules.kinds.travel_evidence import TravelEvidence
from planner.scenario.people import Passport, PastStay, Traveller
from planner.testing.readings import compare
from tests.itinerary.builders import itinerary, leg
from tests.rules.judging import journey, told, world
from tests.rules.plainly import TWO, heard, refusal
from tests.rules.plainly import world as plain

# From New York through Istanbul to Beijing, which is reached on the day on which Romania joins the Schengen area.
LEGS = (
    leg("in", "JFK-IST", "2025-01-17 10:00", "2025-01-18 04:00"),
    leg("on", "IST-PEK", "2025-01-19 12:00", "2025-01-20 04:00"),
    leg("over", "PEK-FNJ", "2025-01-22 10:00", "2025-01-22 14:00", mode="rail", entry_port="SIN"),
    leg("back", "FNJ-PEK", "2025-01-24 10:00", "2025-01-24 10:30"),
)


def broken(*stays: str, stamps: tuple[str, ...] = (), past: tuple[PastStay, ...] = (), **rule: Any) -> list[str]:
    """How the rule is broken with the passports of those stays, of which `a` may bear stamps."""
    books = tuple(Passport(id=book, state="US", stamps=stamps if book == "a" else ()) for book in "abc")
    evidence = TravelEvidence(id="evidence", **{"zone": "CN", "of": ("TR",)} | rule)
    who = Traveller(id="ann", passports=books, past_stays=past)
    question = world(evidence, LEGS, end="PEK", travellers=(who,))
    return told(replay(question, itinerary("in on over back", "lll", stays)))


@pytest.mark.parametrize(
    ("shown", "found"),
    [
        ("a", ["the entry at IST on 2025-01-18"]),
        ("b", ["the exit at IST on 2025-01-19"]),  # the one just before
        ("c", []),
    ],
)
def test_each_passport_bears_what_it_was_shown_for(shown: str, found: list[str]) -> None:
    how = [f"{shown} shows {evidence} at the entry on 2025-01-20" for evidence in found]
    assert broken("- c", "a b", f"{shown} c", "c c", "c -") == how


def test_leaving_the_place_where_the_journey_starts_shows_too() -> None:
    assert broken("- a", "b b", "a b", "b b", "b -", of=("US",)) == [
        "a shows the exit at JFK on 2025-01-17 at the entry on 2025-01-20"
    ]


def test_what_is_shown_later_does_not_count_earlier() -> None:
    assert broken("- a", "a a", "a a", "a a", "a -", zone="TR", of=("CN", "KP")) == []
    assert (
        len(broken("- a", "a a", "a a", "a a", "a -", of=("KP",))) == 2
    )  # entry and exit, at the second entry to China


def test_a_border_port_counts_not_where_the_leg_ends() -> None:
    assert broken("- b", "b b", "b b", "a b", "a -", of=("JP",), border_ports=("FNJ",)) == []
    assert broken("- b", "b b", "b b", "a b", "a -", of=("JP",), border_ports=("SIN",)) == [
        "a shows the entry at SIN on 2025-01-22 at the entry on 2025-01-24"
    ]


def test_places_of_stamps_and_past_stays_are_looked_up_on_the_day_of_entry() -> None:
    stays = ("- b", "a b", "a b", "b b", "b -")
    past = (PastStay(territory="RO", from_=date(2024, 5, 1), to=date(2024, 5, 2), passport="a"),)
    assert broken(*stays, of=("SCHENGEN",), zone="TR", stamps=("RO",), past=past) == []
    assert broken(*stays, of=("SCHENGEN",), stamps=("RO",), past=past) == [
        "a shows a stamp of RO at the entry on 2025-01-20",
        "a shows a stay in RO from 2024-05-01 at the entry on 2025-01-20",
    ]


def test_a_place_shows_what_it_is_a_member_of_when_it_is_left() -> None:
    for day, count in ((19, 1), (20, 2)):  # in any case, one is a member when one comes back
        legs = (
            leg("in", "JFK-OTP", "2025-01-17 10:00", "2025-01-18 04:00"),
            leg("on", "OTP-PEK", f"2025-01-{day} 12:00", f"2025-01-{day + 1} 04:00"),
            leg("back", "PEK-OTP", "2025-01-23 10:00", "2025-01-23 20:00"),
            leg("again", "OTP-PEK", "2025-01-24 10:00", "2025-01-25 02:00"),
        )
        question = world(TravelEvidence(id="evidence", zone="CN", of=("SCHENGEN",)), legs, end="PEK")
        found = told(journey(question, "in on back again", "lll", *["us"] * 5))
        assert len(found) == 2 * count
        assert compare(question, {"travel-evidence"}, 5)["evidence.ann"]


def test_the_entry_itself_leaves_no_evidence_for_itself() -> None:
    question = world(TravelEvidence(id="evidence", zone="TR", of=("TR",)), LEGS, end="PEK")
    assert compare(question, {"travel-evidence"}, 5)["evidence.ann"] == 0


def test_the_sentence_names_the_books_with_stamps() -> None:
    books = tuple(Passport(id=book, state="US", stamps=("TR",) if book != "b" else ()) for book in "abc")
    ann = Traveller(id="ann", passports=books)
    rule = TravelEvidence(id="evidence", zone="CN", of=("TR", "JP"))
    assert rule.fact(world(rule, LEGS, end="PEK", travellers=(ann,)), ann).text == (
        "ann may not enter China on a passport that shows a visit to Turkey or Japan (stamps in a, c)"
    )


def test_a_past_stay_concerns_the_passport_that_it_names_even_if_it_has_not_ended() -> None:
    stays = ("- c", "a b", "a b", "b b", "b -")
    named, unnamed = (PastStay(territory="US", from_=date(2024, 5, 1), passport=book) for book in ("a", ""))
    assert broken(*stays, of=("US",), past=(named,)) == [
        "a shows a stay in US from 2024-05-01 at the entry on 2025-01-20"
    ]
    assert broken(*stays, of=("US",), past=(unnamed,)) == []


EVIDENCE = '[[rules]]\nkind = "travel-evidence"\nid = "evidence"\nzone = "BB"\nof = ["{}"]\n'
OF_DELTA = EVIDENCE.format("DD")
STAMPED = '[[travellers]]\nid = "t"\n[[travellers.passports]]\nid = "a"\nstamps = ["DD"]\n'
UGO_STAMPED = '[[travellers]]\nid = "u"\n[[travellers.passports]]\nid = "c"\nstamps = ["DD"]\n'
FROM_THE_SECOND = """
[[zones]]
id = "ZZ"
members = [{ territory = "DD", from = 2025-06-02, purposes = ["clock"] }]
"""


@pytest.mark.parametrize(
    ("overlays", "expected"),
    [
        ((OF_DELTA, STAMPED), [refusal("evidence.t", "BB always")]),
        ((OF_DELTA, SECOND_PASSPORT, STAMPED), [refusal("evidence.t", "BB always")]),
        ((OF_DELTA, TWO, STAMPED), [refusal("evidence.t", "BB always")]),
        ((OF_DELTA, TWO, UGO_STAMPED), [refusal("evidence.u", "BB always", "c")]),
        ((EVIDENCE.format('CC", "ZZ') + FROM_THE_SECOND, STAMPED), [refusal("evidence.t", "BB 0602-0610")]),
        ((EVIDENCE.format("CC"), STAMPED), []),
    ],
)
def test_bounds_hear_of_passports_that_are_marked_already(overlays: tuple[str, ...], expected: list[str]) -> None:
    assert heard("travel-evidence", *overlays) == expected


def test_both_readings_of_two_people_with_stamps() -> None:
    broken = compare(plain(EVIDENCE.format('DD", "CC'), TWO, STAMPED, UGO_STAMPED), {"travel-evidence"}, 40)
    assert broken["evidence.t"]
    assert broken["evidence.u"]
