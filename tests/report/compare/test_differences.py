"""What differs between two answers: nothing in one and itself, every change by its place, and the same both ways."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from copy import deepcopy
from functools import cache
from pathlib import Path
from typing import Any, Literal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from planner.answer import Answer
from planner.api import load, plan
from planner.report.compare import Compared, compared, json_text
from planner.report.compare.differences import Difference
from planner.report.compare.text import text
from planner.report.json import json_text as answer_text
from planner.scenario.law import LawBook
from tests.report import test_desks as inside
from tests.report.answers import feasible, infeasible, marathon, optimal, person, plan_of, undecided

SCENARIOS = Path(__file__).parents[3] / "scenarios"
Path_ = tuple[str | int, ...]


def data(answer: Answer) -> dict[str, Any]:
    """An answer read back from its JSON text."""
    read: dict[str, Any] = json.loads(answer_text(answer))
    return read


def party() -> Answer:
    question = marathon(travellers=(person("ann", "Ann"), person("bo", "Bo")))
    return Answer(status="optimal", scenario=question, plan=plan_of(question, people=("ann", "bo")))


MADE: dict[str, Callable[[], Answer]] = {
    "optimal": optimal,
    "feasible": feasible,
    "infeasible": infeasible,
    "undecided": undecided,
    "party": party,
    "checks inside a zone": lambda: inside.answer(LawBook(zones=(inside.zone(),))),
}
SHIPPED = ("pyongyang-marathon", "marathon-single-entry", "marathon-2026")
names = st.sampled_from([*SHIPPED, *MADE])


@cache
def the(name: str) -> dict[str, Any]:
    """An answer by its name; not to be changed."""
    return data(MADE[name]() if name in MADE else plan(load(SCENARIOS / f"{name}.toml"), limit=2, alternatives=2))


def found(a: dict[str, Any], b: dict[str, Any]) -> Compared:
    return compared(("a.json", "b.json"), (a, b))


@given(names)
def test_an_answer_and_itself_differ_in_nothing(name: str) -> None:
    same = found(the(name), deepcopy(the(name)))
    assert same.differences == ()
    assert "Nothing differs." in text(same)
    assert json.loads(json_text(same))["same"] is True


@given(names, names)
def test_it_is_the_same_both_ways(one: str, other: str) -> None:
    a, b = the(one), the(other)
    swapped: dict[str, Literal["a", "b", ""]] = {"a": "b", "b": "a", "": ""}
    there, back = found(a, b).differences, found(b, a).differences
    mirrored = [Difference(found.path, found.b, found.a, swapped[found.only_in]) for found in back]
    assert sorted(map(repr, there)) == sorted(map(repr, mirrored))


@given(names, names)
def test_every_two_answers_can_be_told_of(one: str, other: str) -> None:
    """Each difference has its own place; the text has lines for all of them, the JSON has each."""
    both = found(the(one), the(other))
    assert len({difference.path for difference in both.differences}) == len(both.differences)
    assert len(json.loads(json_text(both))["differences"]) == len(both.differences)
    lines = [line for line in text(both).splitlines() if line[:2] in ("- ", "+ ", "~ ")]
    assert not lines or f"{len(lines)} difference" in text(both)
    assert ("Nothing differs." in text(both)) == (not both.differences)


@given(names, st.data())
def test_every_value_changed_is_named(name: str, draw: st.DataObject) -> None:
    answer = the(name)
    path = draw.draw(st.sampled_from(list(leaves(answer))))
    changed = deepcopy(answer)
    old = at(changed, path)
    new = other(old)
    at(changed, path[:-1])[path[-1]] = new
    (key, *_) = path
    named = [one for one in found(answer, changed).differences if one.path[0] == key]
    assert len(named) == len(found(answer, changed).differences)
    assert any(has(one.a, old) for one in named)
    assert any(has(one.b, new) for one in named)
    assert "ELSE" not in text(found(answer, changed))


@given(names, st.data())
def test_every_entry_gone_or_new_is_named(name: str, draw: st.DataObject) -> None:
    answer = the(name)
    lists = [path[:-1] for path in entries(answer)]
    if not lists:
        return
    path = draw.draw(st.sampled_from(lists))
    fewer = deepcopy(answer)
    at(fewer, path).pop()
    gone, new = found(answer, fewer).differences, found(fewer, answer).differences
    assert gone
    assert {one.path[0] for one in (*gone, *new)} == {path[0]}
    assert len(gone) == len(new)


NOT_PLAIN = ("conflict", "repairs", "alternatives", "front", "base")  # null, or much more than that


def leaves(value: Any, path: Path_ = ()) -> Iterator[Path_]:
    """Paths to all plain values that are compared."""
    if path[:1] in (("format",), ("stats",)) or path[-1:] in (("place",), ("source",)):
        return
    if isinstance(value, (dict, list)):
        for key, part in value.items() if isinstance(value, dict) else enumerate(value):
            yield from leaves(part, (*path, key))
    elif value is not None or path[-1] not in (*NOT_PLAIN, "conflicts_complete"):
        yield path


def entries(value: Any, path: Path_ = ()) -> Iterator[Path_]:
    """Paths to all entries of lists."""
    for key, part in value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ():
        if isinstance(value, list):
            yield (*path, key)
        yield from entries(part, (*path, key))


def at(value: Any, path: Path_) -> Any:
    for step in path:
        value = value[step]
    return value


def other(value: Any) -> Any:
    """Another value of the same sort."""
    if value is None or isinstance(value, bool):
        return not value
    if isinstance(value, int):
        return value + 1
    return f"{value[:-1]}0" if value[-1:] == "1" else f"{value[:-1]}1"


def has(value: Any, part: Any) -> bool:
    """Whether a value is or contains another one."""
    if isinstance(value, (dict, list)):
        return any(has(item, part) for item in (value.values() if isinstance(value, dict) else value))
    return bool(value == part)


def change(answer: dict[str, Any], *path: str | int, to: Any) -> dict[str, Any]:
    """A copy with another value."""
    changed = deepcopy(answer)
    at(changed, path[:-1])[path[-1]] = to
    return changed


def told(a: dict[str, Any], b: dict[str, Any]) -> str:
    """The text without line breaks and indents."""
    return " ".join(text(found(a, b)).split())


def test_where_something_stands_and_how_long_it_took_is_left_out() -> None:
    answer = data(infeasible())
    moved = change(answer, "conflict", "facts", 0, "place", to="other.toml:1:1")
    moved = change(moved, "conflict", "facts", 0, "source", to="other.toml:1:1")
    assert found(answer, change(moved, "stats", to={"seconds": 1})).differences == ()


def test_a_source_of_the_law_is_not_left_out() -> None:
    answer = data(infeasible())
    other_law = change(answer, "conflict", "facts", 1, "source", to="22 CFR 51.64")
    (one,) = found(answer, other_law).differences
    assert (one.path, one.a, one.b) == (("conflict", "facts", "us-ban.ann", "source"), "22 CFR 51.63", "22 CFR 51.64")


def test_the_same_way_on_another_day_is_compared_leg_by_leg() -> None:
    a = data(optimal())
    b = change(a, "timetable", 0, "departs", to="2025-04-02T16:50-04:00")
    b = change(b, "timetable", 0, "leg", to="CA984")
    assert [one.path for one in found(a, b).differences] == [
        ("timetable", "JFK PEK", "leg"),
        ("timetable", "JFK PEK", "departs"),
    ]
    shown = told(a, b)
    assert "2 differences." in shown
    assert "~ dates: Thu 3 Apr 2025 to Tue 8 Apr 2025 -> Wed 2 Apr 2025 to Tue 8 Apr 2025" in shown
    assert "~ JFK to PEK: leaves Thu 3 Apr 2025 16:50 -> Wed 2 Apr 2025 16:50" in shown


def test_papers_at_each_crossing_are_compared_for_each_traveller() -> None:
    a = data(party())
    entry = next(i for i, c in enumerate(a["crossings"]) if (c["traveller"], c["direction"]) == ("bo", "entry"))
    b = change(change(a, "crossings", entry, "passport", to="us"), "crossings", entry, "permission", to="cn-transit")
    desk = "~ bo: entry into CN at PEK, Fri 4 Apr 2025 18:20"
    assert f"{desk}: passport mx -> us; permission cn-double -> cn-transit" in told(a, b)
    assert "ann: entry" not in told(a, b)


def test_the_second_entry_is_another_one_than_the_first() -> None:
    a = data(optimal())
    second = max(i for i, c in enumerate(a["crossings"]) if (c["zone"], c["direction"]) == ("CN", "entry"))
    b = change(a, "crossings", second, "until", to="2025-05-08")
    assert [one.path[1] for one in found(a, b).differences] == ["ann entry CN (2)"]
    desk = "~ ann: entry into CN at PEK, Tue 8 Apr 2025 09:50"
    assert f"{desk}: until Wed 7 May 2025 -> Thu 8 May 2025 (1 day later)" in told(a, b)


@pytest.mark.parametrize(
    ("cost", "words"),
    [
        ({"amount": "3400.00", "currency": "USD"}, "USD 3,410.50 -> USD 3,400 (USD 10.50 less)"),
        ({"amount": "3500.50", "currency": "USD"}, "USD 3,410.50 -> USD 3,500.50 (USD 90 more)"),
        ({"amount": "3100.00", "currency": "EUR"}, "USD 3,410.50 -> EUR 3,100 (different currencies)"),
    ],
)
def test_costs_are_compared_in_one_currency_only(cost: dict[str, str], words: str) -> None:
    a = data(optimal())
    assert f"~ cost: {words}" in told(a, change(a, "cost", to=cost))


def test_facts_that_came_and_went() -> None:
    a = data(infeasible())
    fact = {**a["conflict"]["facts"][0], "id": "stop.race", "text": "Ann wants to be in Pyongyang"}
    b = change(a, "conflict", "facts", to=[a["conflict"]["facts"][1], fact])
    assert "- Ann runs the Pyongyang marathon on 6 April 2025" in told(a, b)
    assert "+ Ann wants to be in Pyongyang" in told(a, b)


def test_a_statement_in_other_words_is_told_as_both_sentences() -> None:
    a = data(infeasible())
    shown = told(a, change(a, "conflict", "facts", 0, "text", to="Ann runs it on 7 April 2025"))
    assert "2 differences." in shown
    assert "- Ann runs the Pyongyang marathon on 6 April 2025 + Ann runs it on 7 April 2025" in shown


def test_a_plan_against_a_conflict_tells_its_facts_and_repairs() -> None:
    shown = told(the("pyongyang-marathon"), the("marathon-single-entry"))
    assert "~ status: the cheapest valid trip, proved -> no valid trip, proved" in shown
    assert "+ the runner wants to attend the Pyongyang marathon on 6 April 2025" in shown
    assert "+ apply for Chinese visa, two entries as well: USD 3,847.92" in shown
    assert "- the trip SFO -> PEK -> FNJ -> PEK -> SFO, 2025-04-01 to 2025-04-08" in shown
    assert shown.count("sfo-pek-0401") == shown.count("USD 980") == 0  # its parts go with it


def test_the_trip_of_a_repair_is_named_in_the_text_and_compared_in_the_json() -> None:
    a = the("marathon-single-entry")
    b = change(a, "repairs", 0, "plan", "crossings", 0, "passport", to="mx")
    assert "~ apply for Chinese visa, one entry as well: the trip differs" in told(a, b)
    (one,) = json.loads(json_text(found(a, b)))["differences"]
    assert one["path"][2:] == ["plan", "crossings", "runner exit US", "passport"]


def test_what_only_one_was_asked_for_is_no_difference() -> None:
    a, b = {**the("pyongyang-marathon"), "front": None}, {**data(optimal()), "alternatives": None, "front": []}
    assert "alternatives and" not in told(a, b)
    assert {one.path[0] for one in found(a, b).differences}.isdisjoint({"alternatives", "front", "front_complete"})
    assert "A was not asked for the front of cost and time; B was not asked for alternatives." in told(a, b)


@pytest.mark.parametrize(
    ("name", "keys", "words"),
    [
        ("pyongyang-marathon", ("alternatives", "alternatives_complete"), "alternatives"),
        ("marathon-single-entry", ("repairs", "repairs_complete"), "repairs"),
        ("marathon-single-entry", ("conflicts_complete",), "all conflicts"),
    ],
)
def test_an_answer_that_was_asked_for_less_is_the_same(name: str, keys: tuple[str, ...], words: str) -> None:
    less = {**the(name), **dict.fromkeys(keys)}
    for both, side in ((found(the(name), less), "B"), (found(less, the(name)), "A")):
        assert json.loads(json_text(both))["same"] is True
        assert f"Nothing differs.\n{side} was not asked for {words}.\n" in text(both)


def test_a_price_is_told_once_and_a_bound_that_is_another_one_too() -> None:
    a = data(optimal())
    dearer = {"amount": "3500.00", "currency": "USD"}
    assert "1 difference." in told(a, {**a, "cost": dearer, "bound": dearer})
    shown = told(data(feasible()), {**data(feasible()), "bound": dearer})
    assert "~ no trip is cheaper than: USD 3,000 -> USD 3,500 (USD 500 more)" in shown


def test_what_the_text_leaves_out_is_not_called_nothing() -> None:
    a = data(infeasible())
    b = change(a, "conflict", "at_least", to=1)
    assert len(found(a, b).differences) == 1
    assert "Only details differ; --format json has them." in told(a, b)


def test_nothing_internal_is_told_of_two_conflicts() -> None:
    shown = told(the("marathon-single-entry"), the("marathon-2026"))
    assert "WHY THERE IS NO TRIP" in shown
    for word in ("witness", "without ", "closes", "proves the size", "trip.", ".toml"):
        assert word not in shown.partition("WHY THERE IS NO TRIP")[2]


def test_keys_of_later_versions_are_compared_too() -> None:
    a = {**data(optimal()), "mood": "good"}
    b = {**data(optimal()), "mood": "bad"}
    assert "ELSE ---- ~ mood: good -> bad" in told(a, b)


@pytest.mark.parametrize("later", [["x"], [{"": False}], [["x"]], [3], "x", {"facts": ["x"]}])
@pytest.mark.parametrize("name", ["facts", "papers", "front", "repairs", "checks", "closed"])
def test_a_key_of_a_later_version_may_be_called_like_one_of_ours_elsewhere(name: str, later: object) -> None:
    a = data(infeasible())
    b = change(a, "conflict", "facts", 0, to={**a["conflict"]["facts"][0], name: later})
    for sides in ((a, b), (b, a)):
        assert [one.path[3:] for one in found(*sides).differences] == [(name,)]
        assert told(*sides)


def test_nothing_in_a_text_harms_a_terminal() -> None:
    a = data(optimal())
    assert "\x1b" not in text(found(a, change(a, "title", to="\x1b[31m\u202e\ud800")))
