"""What neither the kind's own examples nor the tests of all kinds show."""

from __future__ import annotations

from datetime import date

import numpy as np
import pytest

from planner.model.options import Options
from planner.rules.base import rules_of
from planner.rules.statements import Block
from planner.testing.readings import agree
from tests.rules.in_words import lines_of
from tests.rules.plainly import TWO, heard, world
from tests.rules.test_two_readings import MORE

# Two events: Ugo wants to go to the first one, both to the other.
RACES = """
[[acquirables]]
id = "letter"
price = "0"
certificate = { kind = "invitation", validity = "4 days" }
[[trip.events]]
id = "fair"
at = ["BB"]
first_day = 2025-06-01
passport_in_hand = false
[[trip.events]]
id = "race"
title = "the race"
travellers = ["u"]
price = "40"
"""


@pytest.mark.parametrize(
    "event",
    [
        'at = ["BB"]\nfirst_day = 2025-06-01\nlast_day = 2025-06-10\nbook_from = 2025-05-26\nbook_by = 2025-05-28',
        'at = ["AA"]\nfirst_day = 2025-06-01\nneeds = ["invitation"]\npassport_in_hand = false',
        'at = ["AA"]\nfirst_day = 2025-06-10\nper = "party"',
    ],
)
def test_both_readings_agree_about_two_people(event: str) -> None:
    agree(world(TWO, MORE, RACES, f'[[trip.events]]\nid = "race"\n{event}\n'), 60)


def test_bookings_in_time_are_options() -> None:
    question = world(MORE, RACE + "book_from = 2025-05-26\nbook_by = 2025-05-28\n")
    options = Options(question, rules_of(question))
    (rule,) = (rule for rule in options.rules if rule.kind == "event")
    (late,) = (said for said in rule.restrict(options) if isinstance(said, Block) and said.fact)
    table = options.bookings("t")
    days = {date.fromordinal(day) for day in table.book_on[~np.isin(table.ids, late.options)].tolist()}
    assert days == {date(2025, 5, day) for day in (26, 27, 28)}


RACE = '[[trip.events]]\nid = "race"\nat = ["BB"]\nfirst_day = 2025-06-06\nprice = "40"\n'
BOOKED = RACE + "booked_on = 2024-12-01\n"


def shares(*overlays: str) -> list[str]:
    """What bounds hear of the race in the world of two, less that there is a visit on its date."""
    said = heard("event", TWO, *overlays)
    return [line.removeprefix("bounds hear from ") for line in said if "Wanted" not in line and "Narrowed" not in line]


def test_bounds_hear_what_bookings_cost() -> None:
    assert shares(RACE) == ["event.race: Paid amount 8000"]
    assert shares(RACE + 'per = "party"\n') == ["event.race: Paid amount 4000"]
    assert shares(RACE + 'travellers = ["u"]\n') == ["event.race: Paid amount 4000"]


def test_bounds_hear_that_it_can_never_be_booked() -> None:
    never = "event.race and event.race.booking: Never "
    assert shares(BOOKED + "book_from = 2024-12-01\nbook_by = 2024-12-01\n")[1:] == []
    assert shares(BOOKED + "book_from = 2024-12-02\n")[1:] == [never]
    assert shares(BOOKED + "book_by = 2024-11-30\n")[1:] == [never]


def test_bounds_hear_what_those_need_who_do_not_have_it() -> None:
    letter = '[[acquirables]]\nid = "letter"\nprice = "5"\ncertificate = { kind = "invitation" }\n'
    held = '[[travellers]]\nid = "t"\ncertificates = [{ kind = "invitation" }]\n'
    wanted = RACE + 'needs = ["invitation"]\n'
    obtained = "event.race and event.race.in_hand: Obtained traveller {}, items [letter]"
    assert shares(wanted, letter)[1:] == [obtained.format("t"), obtained.format("u")]
    assert shares(wanted, letter, held)[1:] == [obtained.format("u")]
    assert shares(wanted + 'travellers = ["t"]\n', letter)[1:] == [obtained.format("t")]
    assert shares(wanted, held + '[[travellers]]\nid = "u"\ncertificates = [{ kind = "invitation" }]\n')[1:] == []


def test_what_booking_takes_in_words() -> None:
    letter = '[[acquirables]]\nid = "letter"\nprice = "5"\nvalidation = { area = "BB" }\n'
    wanted = RACE + 'needs = ["a", "letter"]\n' + letter
    for passport, papers in (("true", "the passport registered with and a and letter"), ("false", "a and letter")):
        said = lines_of(world(wanted, f'[[trip.events]]\nid = "race"\npassport_in_hand = {passport}\n'), "event", ())
        assert any(line.endswith(f": booking race takes {papers} in hand") for line in said)


def test_what_is_held_all_the_time_is_not_asked_for() -> None:
    held = '[[travellers]]\nid = "t"\ncertificates = [{ kind = "invitation" }]\n'
    question = world(RACE + 'needs = ["invitation"]\npassport_in_hand = false\n', held)
    options = Options(question, rules_of(question))
    (rule,) = (rule for rule in options.rules if rule.kind == "event")
    assert {said.fact.id for said in rule.restrict(options) if said.fact} == {"event.race"}
