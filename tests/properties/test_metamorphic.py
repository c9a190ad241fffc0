"""What a change of a scenario does to its answer, without knowing the answer.

More to choose from, or less to respect, never makes a trip dearer or impossible; and what should make no difference, or
a known one, makes none, or that one.
"""

from __future__ import annotations

from copy import deepcopy
from random import Random

import pytest
from hypothesis import given, reject, settings
from hypothesis import strategies as st

from planner.api import plan
from planner.rules.base import Rule, table_kinds
from planner.testing.drawing.strategies import Table, scenarios, scenarios_and_an_acquirable
from planner.testing.drawn import read
from planner.testing.transforms.every import TRANSFORMS

DEARER_THAN_ANY = 10**15


def cost(data: Table) -> int:
    """Cost of the answer; beyond any where there is no plan."""
    answer = plan(read(data))
    assert answer.status in ("optimal", "infeasible")
    return answer.plan.cost if answer.plan else DEARER_THAN_ANY


@given(scenarios_and_an_acquirable())
def test_an_optional_paper_on_offer_never_makes_the_trip_dearer(both: tuple[Table, Table]) -> None:
    data, offer = both
    richer = deepcopy(data)
    richer.setdefault("acquirables", []).append(offer)
    assert cost(richer) <= cost(data)


@given(scenarios(), st.data())
def test_a_restriction_dropped_never_makes_the_trip_dearer(data: Table, draw: st.DataObject) -> None:
    droppable = [("rules", index) for index, rule in enumerate(data.get("rules", [])) if _only_forbids(rule["kind"])]
    droppable += [
        ("trip", key) for key in ("budget", "return_by", "depart_by", "depart_from", "avoid") if key in data["trip"]
    ]
    droppable += [("stop", index) for index, stop in enumerate(data["trip"].get("stops", [])) if "nights" in stop]
    if not droppable:
        return
    where, what = draw.draw(st.sampled_from(droppable), label="dropped")
    freer = deepcopy(data)
    if where == "rules":
        del freer["rules"][what]
    elif where == "trip":
        del freer["trip"][what]
    else:
        del freer["trip"]["stops"][what]["nights"]
    assert cost(freer) <= cost(data)


def _only_forbids(kind: str) -> bool:
    cls = table_kinds()[kind]
    return issubclass(cls, Rule) and cls.grounds is Rule.grounds


@pytest.mark.parametrize("name", TRANSFORMS)
@given(scenarios(), st.integers(0, 1000))
@settings(max_examples=settings.default.max_examples // 6)  # type: ignore[union-attr]
def test_a_transformation_does_to_the_answer_what_it_says(name: str, data: Table, seed: int) -> None:
    """All conflicts and the prices without each fact included."""
    scenario = read(data)
    try:
        made = TRANSFORMS[name](data, Random(seed))
    except ValueError:
        reject()
    before, after = (plan(each, limit=None, repairs=0) for each in (scenario, made.scenario()))
    assert made.differences(before, after) == []
