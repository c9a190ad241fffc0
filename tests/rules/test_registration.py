"""What bounds hear of an event that does not register some passports."""

from __future__ import annotations

import pytest

from planner.rules.examples import SECOND_PASSPORT
from tests.rules.plainly import TWO, heard

RACE = """
[[trip.events]]
id = "race"
at = ["BBB"]
first_day = 2025-06-06
[[rules]]
kind = "registration"
id = "registered"
event = "race"
refused = ["AA", "CC"]
"""
OTHER = '[[trip.events]]\nid = "talk"\nat = ["BBB"]\nfirst_day = 2025-06-08\n'
NEVER = ["bounds hear from event.race and registered.t: Never "]


def of_the_race(more: str) -> str:
    return f'[[trip.events]]\nid = "race"\n{more}\n'


@pytest.mark.parametrize(
    ("overlay", "expected"),
    [
        ("", NEVER),
        (OTHER, NEVER),
        ('[[rules]]\nid = "registered"\nrefused = ["AA"]\n', NEVER),
        (SECOND_PASSPORT, []),
        (SECOND_PASSPORT + of_the_race('booked_with = ["a"]'), NEVER),
        (SECOND_PASSPORT + of_the_race('booked_with = ["b"]'), []),
    ],
)
def test_who_has_no_other_passport_never_attends(overlay: str, expected: list[str]) -> None:
    assert heard("registration", RACE, overlay) == expected


@pytest.mark.parametrize(
    ("dates", "booked", "expected"),
    [
        ("effective_from = 2025-01-01", "", NEVER),
        ("effective_from = 2025-01-02", "", []),  # today it could still be booked
        ("effective_to = 2025-06-06", "", NEVER),
        ("effective_to = 2025-06-05", "", []),  # on the first day it could be booked
        ("effective_to = 2024-12-31", "booked_on = 2024-12-31", NEVER),
        ("effective_from = 2025-01-01", "booked_on = 2024-12-31", []),
        ("effective_from = 2024-12-31", "booked_on = 2024-12-31", NEVER),
        ("effective_to = 2024-12-30", "booked_on = 2024-12-31", []),
    ],
)
def test_it_is_in_force_whenever_one_could_register(dates: str, booked: str, expected: list[str]) -> None:
    assert heard("registration", RACE + dates, of_the_race(booked)) == expected


def test_only_for_those_who_attend() -> None:
    neither = [*NEVER, "bounds hear from event.race and registered.u: Never "]
    assert heard("registration", RACE, TWO) == neither
    assert heard("registration", RACE, TWO + of_the_race('travellers = ["t"]')) == neither[:1]
