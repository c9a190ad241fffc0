"""More choice or fewer restrictions never make a trip dearer or impossible."""

from __future__ import annotations

from copy import deepcopy
from typing import Any

from hypothesis import assume, given
from hypothesis import strategies as st

from planner import plan
from planner.rules.base import Rule, table_kinds
from planner.scenario.reading import read_mapping
from tests.worlds.strategies import scenarios, scenarios_and_an_acquirable


@given(scenarios_and_an_acquirable())
def test_something_more_to_apply_for_is_never_in_the_way(both: tuple[dict[str, Any], dict[str, Any]]) -> None:
    data, acquirable = both
    more = deepcopy(data)
    more["acquirables"].append(acquirable)
    _assert_no_worse(more, data)


@given(scenarios(), st.data())
def test_dropping_a_restriction_is_never_in_the_way(data: dict[str, Any], choice: st.DataObject) -> None:
    relaxed = _relaxations(data)
    assume(relaxed)
    _assert_no_worse(choice.draw(st.sampled_from(relaxed)), data)


def _relaxations(data: dict[str, Any]) -> list[dict[str, Any]]:
    """The scenario with one restriction less, in every way there is to that."""
    relaxed = []
    kinds = table_kinds()
    for table in data["rules"]:
        cls = kinds[table["kind"]]
        if issubclass(cls, Rule) and cls.grounds is Rule.grounds:  # it only forbids
            relaxed.append({**data, "switched_off": [table["id"]]})
    trip = data["trip"]
    for key in (
        "budget",
        "avoid",
        "connections",
        "depart_from",
        "depart_by",
        "return_by",
        "ordered",
        "events",
        "stops",
    ):
        if key in trip:
            relaxed.append({**data, "trip": {name: value for name, value in trip.items() if name != key}})
    for number, stop in enumerate(trip.get("stops", ())):
        for key in ("nights", "arrive_by", "leave_from"):
            if key in stop:
                stops = [*trip["stops"]]
                stops[number] = {name: value for name, value in stop.items() if name != key}
                relaxed.append({**data, "trip": {**trip, "stops": stops}})
    return relaxed


def _assert_no_worse(data: dict[str, Any], than: dict[str, Any]) -> None:
    before = plan(read_mapping(than, table_kinds()))
    assume(before.plan is not None)
    after = plan(read_mapping(data, table_kinds()))
    assert before.plan is not None
    assert after.plan is not None, after.conflict
    assert after.plan.cost <= before.plan.cost
