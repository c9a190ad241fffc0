"""Plans written down and read again get the checker's word on what they were; changed ones, its word on the change."""

from __future__ import annotations

import json
from datetime import timedelta
from itertools import pairwise
from typing import Any

import pytest
from attrs import evolve
from hypothesis import given, reject, settings
from hypothesis import strategies as st

from planner.answer import Answer, Plan
from planner.api import plan
from planner.checking.check import Checked, check_text
from planner.core.errors import ScenarioError
from planner.itinerary.choices import Itinerary
from planner.report.json import as_data, json_text
from planner.rules.base import table_kinds
from planner.scenario.reading import read_mapping
from planner.scenario.scenario import Scenario
from planner.testing import itineraries, scenario_tables
from planner.testing.drawing.world import Table
from planner.testing.drawn import read
from planner.verify.checker import Verdict, verify
from planner.verify.timeline import preparation


def checked(table: Table, data: dict[str, Any]) -> Checked:
    return check_text(json.dumps(data), "plan.json", lambda added: read_mapping(table, table_kinds(), added=added))


def told(scenario: Scenario, itinerary: Itinerary, verdict: Verdict) -> dict[str, Any]:
    """The JSON that says an itinerary, lawful or not."""
    assert verdict.journey is not None
    assert verdict.cost is not None
    made = Plan(
        itinerary=itinerary,
        journey=verdict.journey,
        cost=verdict.cost,
        costs=verdict.costs,
        preparation=preparation(scenario, itinerary),
    )
    data = as_data(Answer(status="feasible", scenario=scenario, plan=made))
    for desk in data["crossings"]:
        if desk["direction"] == "entry" and desk["permission"] is None:
            desk["permission"] = ""  # rests on nothing; null would leave it open
    return data


def facts(verdict: Verdict) -> set[tuple[str, str]]:
    return {(broken.fact.id, broken.how) for broken in verdict.broken}


def assert_same(found: Checked, verdict: Verdict) -> None:
    assert found.stands == verdict.valid, found.violations
    assert facts(found.verdict) == facts(verdict)
    assert found.verdict.cost == verdict.cost
    assert set(found.verdict.structural) == set(verdict.structural)
    assert {(v.fact.id, v.text) for v in found.violations if v.fact} == facts(verdict)


@given(scenario_tables(), st.data())
def test_an_itinerary_written_down_is_judged_as_it_is(table: Table, draw: st.DataObject) -> None:
    scenario = read(table)
    itinerary = draw.draw(itineraries(scenario))
    verdict = verify(scenario, itinerary)
    found = checked(table, told(scenario, itinerary, verdict))
    assert_same(found, verdict)
    assert found.stated == verdict.cost
    assert found.drift.known
    assert not found.drift.any
    assert found.itinerary is not None
    assert (found.itinerary.legs, found.itinerary.touches) == (itinerary.legs, itinerary.touches)
    assert found.itinerary.stays == itinerary.stays
    assert {*found.itinerary.applications} == {*itinerary.applications}
    assert {*found.itinerary.bookings} == {*itinerary.bookings}


@given(scenario_tables(), st.data())
def test_a_changed_plan_is_judged_as_the_change(table: Table, draw: st.DataObject) -> None:
    scenario = read(table)
    itinerary = draw.draw(itineraries(scenario))
    data = told(scenario, itinerary, verify(scenario, itinerary))
    changes = [change for change in (_shown, _dated, _booked) if change(scenario, itinerary, data, None)]
    if not changes:
        reject()
    changed = draw.draw(st.sampled_from(changes))(scenario, itinerary, data, draw)
    assert isinstance(changed, Itinerary)
    assert_same(checked(table, data), verify(scenario, changed))


@given(scenario_tables(), st.data())
def test_a_plan_without_one_of_its_legs_does_not_stand(table: Table, draw: st.DataObject) -> None:
    scenario = read(table)
    itinerary = draw.draw(itineraries(scenario))
    if not itinerary.legs:
        reject()
    data = told(scenario, itinerary, verify(scenario, itinerary))
    gone = draw.draw(st.sampled_from(itinerary.legs))
    data["legs"].remove(gone)
    data["timetable"] = [leg for leg in data["timetable"] if leg["leg"] != gone]
    data["touches"] = [touch for touch in data["touches"] if gone not in (touch["after"], touch["before"])]
    kept = {(touch["after"], touch["before"]): touch["mode"] for touch in data["touches"]}
    legs = tuple(data["legs"])
    touches = tuple(kept.get(pair, "landside") for pair in pairwise(legs))
    verdict = verify(scenario, evolve(itinerary, legs=legs, touches=touches))
    found = checked(table, data)
    assert not verdict.valid
    assert not found.stands
    if not any("choices for" in text for text in verdict.structural):  # it is the way that is impossible
        assert found.verdict.structural == verdict.structural


@given(scenario_tables())
@settings(max_examples=25)
def test_a_plan_found_stands_once_saved(table: Table) -> None:
    scenario = read(table)
    answer = plan(scenario, repairs=0)
    if answer.plan is None:
        with pytest.raises(ScenarioError, match="has no plan"):
            checked(table, as_data(answer))
        return
    found = checked(table, json.loads(json_text(answer)))
    assert found.stands
    assert found.verdict.cost == answer.plan.cost == found.stated


# ---- changes: of the itinerary, and the same of the data; with None for what is drawn, whether there is such a change


def _shown(scenario: Scenario, itinerary: Itinerary, data: dict[str, Any], draw: st.DataObject | None) -> Any:
    """Another passport at one desk."""
    if draw is None:
        return bool(data["crossings"])
    desk = draw.draw(st.sampled_from(data["crossings"]))
    person = scenario.traveller_by_id[desk["traveller"]]
    passport = draw.draw(st.sampled_from([*(str(book.id) for book in person.passports), "none-such"]))
    stays = list(itinerary.stays[person.id])
    own = [
        item for item in data["crossings"] if item["traveller"] == person.id and item["direction"] == desk["direction"]
    ]
    number = own.index(desk)
    if desk["direction"] == "exit":
        stays[number] = evolve(stays[number], exit_passport=passport)
    else:
        stays[number + 1] = evolve(stays[number + 1], passport=passport)
    desk["passport"] = passport
    return evolve(itinerary, stays=itinerary.stays | {person.id: tuple(stays)})


def _dated(_: Scenario, itinerary: Itinerary, data: dict[str, Any], draw: st.DataObject | None) -> Any:
    """An application on another date."""
    return _moved(itinerary, data, draw, "applications", "documents", "apply_on", ("traveller", "id", "passport"))


def _booked(_: Scenario, itinerary: Itinerary, data: dict[str, Any], draw: st.DataObject | None) -> Any:
    """A booking on another date."""
    return _moved(itinerary, data, draw, "bookings", "bookings", "book_on", ("traveller", "event", "passport"))


def _moved(
    itinerary: Itinerary,
    data: dict[str, Any],
    draw: st.DataObject | None,
    name: str,
    key: str,
    on: str,
    parts: tuple[str, ...],
) -> Any:
    tasks = getattr(itinerary, name)
    if draw is None or not tasks:
        return bool(tasks)
    number = draw.draw(st.integers(0, len(tasks) - 1))
    task = tasks[number]
    what = task.acquirable if name == "applications" else task.event
    (said,) = [
        item for item in data[key] if tuple(item[part] or "" for part in parts) == (task.traveller, what, task.passport)
    ]
    moved = evolve(task, on=task.on + timedelta(days=draw.draw(st.integers(-40, 40))))
    said[on] = moved.on.isoformat()
    return evolve(itinerary, **{name: (*tasks[:number], moved, *tasks[number + 1 :])})
