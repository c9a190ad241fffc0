"""Plans that cannot be read: every problem at its place, nothing guessed."""

from __future__ import annotations

import json

import pytest

from planner.api import loads, plan
from planner.checking.reading import read_plan
from planner.core.errors import ScenarioError
from planner.report.json import json_text
from tests.checking.plans import BY_HAND, MARATHON, SMALL, Data, check


def problems(text: str) -> list[str]:
    with pytest.raises(ScenarioError) as caught:
        read_plan(text, "plan.json")
    return [str(problem) for problem in caught.value.problems]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "plan.json:1:1: this is no JSON"),
        ('{\n  "legs": ["a",]\n}', "plan.json:2:16: this is no JSON"),
        ("[]", "plan.json:1:1: this is no JSON object"),
        ("{}", "plan.json:1:1: the plan has no legs"),
        ('{"legs": NaN}', "NaN is no number"),
        ('{"legs": ["a"], "legs": ["b"]}', "plan.json:1:17: the key 'legs' stands twice in one object"),
        ("[" * 200_000, "plan.json: this cannot be read as JSON"),
        ('{"legs": ' + "[" * 400 + "]" * 400 + "}", "plan.json"),
        ('{"legs": ["a"], "format": 2}', "plan.json:1:27: format: version 2 of the form (version 1 is read)"),
        ('{"legs": ["a"], "stauts": "optimal"}', "unknown key 'stauts' in the file (did you mean 'status'?)"),
        ('{"planner": "0.1", "status": "infeasible", "legs": []}', "has no plan: its status is 'infeasible'"),
        ('{"legs": ["a"], "cost": {"amount": "1e9", "currency": "USD"}}', "amount: the text '1e9' is no amount"),
        ('{"timetable": [{"leg": "a"}, {"leg": "a"}]}', "leg 'a' stands twice in the timetable"),
        ('{"legs": ["b"], "timetable": [{"leg": "a"}]}', "leg 'a' is in the timetable, but not in legs"),
        ('{"timetable": [{"leg": "a", "departs": "noon"}]}', "departs: the text 'noon' is no time"),
        ('{"timetable": [{"leg": "a", "departs": "2025-02-30T10:00"}]}', "2025-02-30T10:00' is no time"),
        ('{"legs": ["a"], "bookings": [{"book_on": "2025-01-01"}]}', "the booking names no event"),
    ],
)  # fmt: skip
def test_what_is_no_plan_gets_an_error_that_says_where(text: str, words: str) -> None:
    assert any(words in problem for problem in problems(text)), problems(text)


def test_all_problems_are_told_at_once() -> None:
    text = json.dumps(
        {
            "legs": ["out", 7],
            "crossings": [{"leg": "out", "direction": "in", "pasport": "a"}],
            "documents": [{"id": "beta-visa", "apply_on": "10 May"}],
        },
        indent=1,
    )
    found = problems(text)
    assert [problem.split(": ")[0] for problem in found] == [
        "plan.json:4:3",
        "plan.json:9:17",
        "plan.json:10:4",
        "plan.json:16:16",
    ]
    assert "did you mean 'passport'?" in found[2]


def test_a_saved_answer_may_say_more() -> None:
    data: Data = BY_HAND | {"planner": "9.9", "mood": "good", "stats": {"seconds": 1.5}}
    plan, _ = read_plan(json.dumps(data | {"crossings": [desk | {"mood": "bad"} for desk in data["crossings"]]}), "p")
    assert plan.legs == ("out", "back")
    assert len(plan.crossings) == 4


def test_null_is_as_if_left_out() -> None:
    data = BY_HAND | {"cost": None, "documents": [], "rests_on": None}
    assert check(data, SMALL).stands


@pytest.mark.parametrize(
    ("leg", "words"),
    [
        ({"from": "NOWHERE"}, "plan.json:33:12: from: unknown port 'NOWHERE'"),
        ({"arrives": "2025-06-03T22:00"}, "plan.json:36:15: "),
        ({"price": "12 XXX"}, "plan.json:37:13: "),
    ],
)
def test_a_leg_of_the_plan_s_own_is_checked_like_the_scenario_s(leg: Data, words: str) -> None:
    mine = {"leg": "mine", "from": "BBB", "to": "AAA", "departs": "2025-06-04T08:00", "arrives": "2025-06-04T09:00"}
    data = BY_HAND | {"legs": ["out", "mine"], "timetable": [mine | {"price": 1} | leg]}
    with pytest.raises(ScenarioError) as caught:
        check(data, SMALL)
    assert words in str(caught.value)


def test_the_plan_of_an_alternative_is_read_without_the_answer_around_it() -> None:
    answer = json.loads(json_text(plan(loads(MARATHON.read_text(encoding="utf-8")), alternatives=1)))
    (other,) = answer["alternatives"]
    assert check(other["plan"]).stands
    parts = {key: answer[key] for key in ("legs", "fares", "touches", "crossings", "documents", "bookings")}
    assert check(parts).stands


def test_keys_that_no_answer_has_are_problems_there_too() -> None:
    text = json.dumps({"legs": ["a"], "costs": [], "documents": [{"id": "a", "apply_on": "2025-01-01", "until": 1}]})
    (problem,) = problems(text)
    assert "unknown key 'until' in [[documents]]" in problem
