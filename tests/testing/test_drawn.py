"""What the strategies draw is what they promise."""

from __future__ import annotations

import re
from collections import Counter
from typing import Any

import pytest
import tomli_w
from hypothesis import given, settings
from hypothesis import strategies as st

from planner.itinerary.replay import replay
from planner.rules.base import table_kinds
from planner.scenario.reading.rulebooks import read_books
from planner.scenario.scenario import Scenario
from planner.testing import itineraries, rulebook_tables, scenario_tables, scenarios
from planner.testing.drawing.world import Table
from planner.verify.checker import verify

FEW = settings(max_examples=20)


@FEW
@given(scenario_tables(kind="blank-pages"))
def test_scenarios_about_a_kind_have_a_rule_of_it(table: Table) -> None:
    assert "blank-pages" in {rule["kind"] for rule in table["rules"]}


@FEW
@given(scenarios(rulebooks=["CN", "KP"]))
def test_scenarios_under_rulebooks_have_their_law_and_no_other(scenario: Scenario) -> None:
    assert scenario.rulebooks == ("CN", "KP")
    assert {str(entry.where.place).split("/")[0] for entry in scenario.law.rules} <= {"rulebooks"}
    assert any(scenario.covers(scenario.ports[leg.to].territory) for leg in scenario.legs)


def test_itineraries_can_be_travelled_and_are_lawful_or_not() -> None:
    seen: Counter[bool] = Counter()

    @FEW
    @given(st.data())
    def draw(data: st.DataObject) -> None:
        scenario = data.draw(scenarios())
        itinerary = data.draw(itineraries(scenario))
        replay(scenario, itinerary)
        seen[verify(scenario, itinerary).valid] += 1

    draw()
    assert seen[True]
    assert seen[False]


@FEW
@given(rulebook_tables("MINE"))
def test_rulebooks_can_be_read(table: Table) -> None:
    book = read_books({"mine.toml": tomli_w.dumps(table)}, table_kinds())["MINE"]
    assert set(book.covers) == {territory["id"] for territory in table["territories"]}


@pytest.mark.parametrize(
    ("asked", "told"),
    [
        ({"kind": "blank-pagse"}, "there is no kind of rule 'blank-pagse'; did you mean 'blank-pages'?"),
        ({"rulebooks": ["CNN"]}, "there is no rulebook 'CNN'; did you mean 'CN'?"),
        ({"rulebooks": "CN"}, "a list of ids is expected, such as ['CN']"),
        ({"kind": "blank-pages", "rulebooks": ["CN"]}, "not both"),
    ],
)
def test_what_cannot_be_drawn_is_refused_at_once(asked: dict[str, Any], told: str) -> None:
    with pytest.raises(ValueError, match=re.escape(told)):
        scenarios(**asked)
