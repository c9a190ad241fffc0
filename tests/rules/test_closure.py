"""What neither the kind's own examples nor the tests of all kinds show."""

from __future__ import annotations

from planner.rules.kinds.closure import Closure
from planner.testing.readings import compare
from tests.itinerary.builders import leg
from tests.rules.judging import world
from tests.rules.plainly import TWO, heard, refusal
from tests.rules.plainly import world as plain
from tests.rules.test_two_readings import MORE

# Beta is closed but to runners, and only Ugo runs.
RACE = """
[[rules]]
kind = "closure"
id = "closed"
zone = "BB"
exempt_events = ["race"]
days_before = 5
[[trip.events]]
id = "race"
at = ["BBB"]
first_day = 2025-06-06
travellers = ["u"]
"""


def test_bounds_hear_that_those_who_attend_are_let_in() -> None:
    assert heard("closure", TWO, RACE) == [
        refusal("closed.t", "BB always"),
        refusal("closed.u", "BB 0607-0610", "c"),
    ]


def test_both_readings_agree_about_two_people() -> None:
    seen = compare(plain(MORE, TWO, RACE), {"closure"}, 100)
    assert seen.keys() == {"", "closed.t", "closed.u"}


def test_an_event_that_is_given_up_is_told_by_its_id() -> None:
    way = leg("in", "JFK-PEK", "2025-02-01 10:00", "2025-02-02 14:00")
    question = world(Closure(id="closed", zone="CN", exempt_events=("race",)), [way])
    (rule,) = question.law.rules
    assert isinstance(rule, Closure)
    text = "China is closed to ann, except for those booked for race"
    assert rule.fact(question, question.travellers[0]).text == text
