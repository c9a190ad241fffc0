"""Alternatives: what counts as another trip, in which order they come, and what is said when time runs out."""

from __future__ import annotations

import pytest

from planner.answer import Answer
from planner.api import plan
from planner.choosing import alternatives as module
from planner.choosing.searched import Unsettled
from planner.itinerary.character import character
from tests.small import small

# The same way an hour later at the same price, and a day later for 5 more.
MORE_LEGS = """
[[legs]]
id = "ab-later"
from = "AAA"
to = "BBB"
departs = 2025-06-01T09:00:00
arrives = 2025-06-01T11:00:00
price = "100"
[[legs]]
id = "ab-next"
from = "AAA"
to = "BBB"
departs = 2025-06-02T10:00:00
arrives = 2025-06-02T13:00:00
price = "105"
"""


TWO_VISAS = """
remove = ["visit-beta"]
[[acquirables]]
id = "once"
price = "7"
permission = { zone = "BB", type = "visa", entries = 1 }
[[acquirables]]
id = "often"
price = "9"
permission = { zone = "BB", type = "visa" }
"""


def costs(answer: Answer) -> list[int]:
    return [choice.cost for choice in answer.alternatives or ()]


def test_a_leg_swapped_for_one_on_the_same_day_is_no_alternative() -> None:
    answer = plan(small(MORE_LEGS), alternatives=5)
    assert answer.plan is not None
    plans = [answer.plan, *(choice.plan for choice in answer.alternatives or ())]
    assert [found.itinerary.legs for found in plans] == [("ab", "ba"), ("ab-next", "ba")]
    assert answer.alternatives_complete


def test_each_differs_from_all_before_and_none_is_cheaper_than_one_before() -> None:
    answer = plan(small(MORE_LEGS, TWO_VISAS), alternatives=5)
    assert answer.plan is not None
    plans = [answer.plan, *(choice.plan for choice in answer.alternatives or ())]
    assert len({character(found.journey) for found in plans}) == len(plans) > 2
    assert [found.cost for found in plans] == sorted(found.cost for found in plans)


def test_when_there_are_no_others_it_says_so() -> None:
    answer = plan(small(), alternatives=50)
    assert answer.alternatives_complete
    assert len(answer.alternatives or ()) < 50


def test_of_an_impossible_trip_there_are_none() -> None:
    answer = plan(small('[trip]\nbudget = "1"\n'), alternatives=3, repairs=0)
    assert answer.status == "infeasible"
    assert answer.alternatives is None


def test_a_paper_that_is_bought_in_vain_makes_no_other_trip() -> None:
    gamma = '[[trip.stops]]\nid = "c"\nat = ["CCC"]\n[[trip.stops]]\nid = "b"\nnights = { min = 0 }\n'
    answer = plan(small(TWO_VISAS, gamma), alternatives=9)
    assert answer.plan is not None
    plans = [answer.plan, *(choice.plan for choice in answer.alternatives or ())]
    bought = [{item.acquirable for item in found.itinerary.applications} for found in plans]
    assert {"often"} in bought
    assert {"once", "often"} not in bought  # «often» alone would do
    assert answer.alternatives_complete


def test_a_visa_for_somebody_who_needs_none_makes_no_other_trip() -> None:
    visa = '[[acquirables]]\nid = "visa"\nprice = "7"\npermission = { zone = "BB", type = "visa" }\n'
    answer = plan(small(visa), alternatives=9)
    assert answer.alternatives == ()


def test_a_trip_with_fewer_passports_is_another_one_and_one_with_more_is_not() -> None:
    second = '[[travellers]]\nid = "t"\n[[travellers.passports]]\nid = "b"\nstate = "BB"\n'
    visa = '[[admissions]]\nid = "visit-beta"\nnationalities = ["BB"]\n[[acquirables]]\nid = "visa"\nprice = "7"\n'
    visa += 'permission = { zone = "BB", type = "visa" }\npassports = ["a"]\n'
    answer = plan(small(second, visa), alternatives=9)
    assert answer.plan is not None
    plans = [answer.plan, *(choice.plan for choice in answer.alternatives or ())]
    shown = [{stay.passport for stay in found.journey.stays["t"] if stay.entry} for found in plans]
    assert shown == [{"a", "b"}, {"b"}, {"a"}]
    assert answer.alternatives_complete


def test_running_out_of_time_is_said_and_keeps_what_was_found(monkeypatch: pytest.MonkeyPatch) -> None:
    asked, real = [], module.chosen

    def once(*args: object) -> object:
        asked.append(args)
        if len(asked) > 1:
            raise Unsettled("time ran out")
        return real(*args)  # type: ignore[arg-type]

    monkeypatch.setattr(module, "chosen", once)
    answer = plan(small(MORE_LEGS), alternatives=3)
    assert answer.status == "optimal"
    assert len(answer.alternatives or ()) == 1
    assert answer.alternatives_complete is False
    assert any("time ran out; this ended the look for alternatives" in note for note in answer.notes)
