"""Why the cheapest trip does not do something: its price, or what forbids it."""

from __future__ import annotations

import re

import pytest

from planner.api import why_not
from planner.core.errors import ScenarioError
from planner.report.why_not import text
from tests.small import small

DEARER = """
[[legs]]
id = "ab-later"
from = "AAA"
to = "BBB"
departs = 2025-06-01T09:00:00
arrives = 2025-06-01T11:00:00
price = "130"
"""
SECOND_PASSPORT = '[[travellers]]\nid = "t"\n[[travellers.passports]]\nid = "b"\nstate = "DD"\n'
ONLY_FIRST = '[[admissions]]\nid = "visit-beta"\nnationalities = ["AA"]\n'


def test_a_leg_has_its_price() -> None:
    asked = why_not(small(DEARER), use=["ab-later"])
    assert asked.extra == 3000
    assert asked.asked_for.plan is not None
    assert "ab-later" in asked.asked_for.plan.itinerary.legs
    assert "It would cost USD 30 more" in text(asked)


def test_what_the_cheapest_trip_does_already() -> None:
    asked = why_not(small(DEARER), use=["ab", "ba"])
    assert asked.already
    assert asked.extra == 0
    assert "does it already" in text(asked)


def test_legs_that_cannot_be_used_together_are_a_conflict_of_both() -> None:
    asked = why_not(small(DEARER), use=["ab", "ab-later"])
    assert asked.asked_for.status == "infeasible"
    assert asked.asked_for.conflict is not None
    assert [fact.id for fact in asked.asked_for.conflict.facts] == ["asked.use.ab", "asked.use.ab-later"]
    assert asked.extra is None
    assert (
        "Not possible: using leg ab and using leg ab-later. Without that, the cheapest valid trip costs USD 200."
        in " ".join(text(asked).split())
    )


def test_a_stop_on_the_way_has_its_price() -> None:
    asked = why_not(small('[[trip.stops]]\nid = "b"\nnights = { min = 0 }\n'), stops=["CCC"])
    assert asked.asked_for.plan is not None
    assert asked.asked_for.plan.itinerary.legs == ("ab", "bc", "cb", "ba")
    assert asked.extra == 10000


def test_another_passport_has_its_price() -> None:
    visa = '[[acquirables]]\nid = "visa"\nprice = "7"\npermission = { zone = "BB", type = "visa" }\npassports = ["b"]\n'
    asked = why_not(small(SECOND_PASSPORT, ONLY_FIRST, visa), passports=["b"], at=["BB"])
    assert asked.extra == 700
    assert asked.asked_for.plan is not None
    entries = [stay.passport for stay in asked.asked_for.plan.journey.stays["t"] if stay.zone == "BB"]
    assert entries == ["b"]


def test_a_passport_that_nobody_lets_in() -> None:
    asked = why_not(small(SECOND_PASSPORT, ONLY_FIRST), passports=["b"], at=["BBB"])
    assert asked.best.status == "optimal"
    assert asked.asked_for.conflict is not None
    assert "asked.passport.b.t" in {fact.id for fact in asked.asked_for.conflict.facts}


@pytest.mark.parametrize(
    ("asked", "message"),
    [
        ({"use": ["a-b"]}, "no leg 'a-b'"),
        ({"passports": ["zz"]}, "no passport 'zz'"),
        ({"stops": ["BBC"]}, "no place 'BBC'"),
        ({"stops": ["Gamma"]}, "no place 'Gamma' .did you mean 'CC'."),
        (
            {"passports": ["zz"], "at": ["nowhere"]},
            "no passport 'zz'.*\n.*no place 'nowhere'|no place.*\n.*no passport",
        ),
        ({}, "nothing is asked for"),
        ({"use": ["ab"], "at": ["BBB"]}, "but no passport"),
    ],
)
def test_what_the_scenario_does_not_have(asked: dict[str, list[str]], message: str) -> None:
    with pytest.raises(ScenarioError) as caught:
        why_not(small(), **asked)  # type: ignore[arg-type]
    assert re.search(message, str(caught.value))


def test_an_impossible_scenario_is_no_question_of_that() -> None:
    asked = why_not(small('[trip]\nbudget = "1"\n'), use=["ab"])
    assert asked.asked_for is asked.best
    assert asked.best.status == "infeasible"
    assert "There is no valid trip even without that" in text(asked)


def test_what_would_make_it_possible_is_told_and_is_never_to_ask_for_less() -> None:
    asked = why_not(small('[trip]\nbudget = "220"\n'), stops=["CCC"])
    assert asked.asked_for.status == "infeasible"
    assert asked.asked_for.repairs
    for repair in asked.asked_for.repairs:
        assert "bc" in repair.plan.itinerary.legs
    assert "aise the budget by USD 80 to USD 300" in " ".join(text(asked).split())
