"""Legs as columns and back."""

from __future__ import annotations

from decimal import Decimal

import numpy as np
from attrs import evolve
from hypothesis import given

from planner.core.money import Price
from planner.network.columns import all_legs, restricted
from planner.scenario.scenario import Scenario
from planner.testing.drawing.strategies import Table, scenarios
from planner.testing.drawn import read
from tests.itinerary.builders import leg, scenario

OUT = leg("out", "JFK-PEK", "2025-02-01 23:50", "2025-02-02 12:00", price=Price(Decimal(100)))
BACK = leg("back", "PEK-JFK", "2025-02-06 10:00", "2025-02-06 12:00", price=Price(Decimal(80)))


def tabled(question: Scenario, ids: set[str]) -> Scenario:
    """The scenario with some legs, and their own fares, in its timetable."""
    table = all_legs(question)
    moved = [position for position, item in enumerate(question.legs) if item.id in ids]
    return evolve(
        question,
        legs=tuple(item for item in question.legs if item.id not in ids),
        fares=tuple(fare for fare in question.fares if fare.id not in ids),
        timetable=table.take(np.array(moved, dtype=np.int64)),
    )


def test_columns_are_what_the_legs_say() -> None:
    table = all_legs(scenario([OUT, BACK]))
    assert [table.ports[port] for port in table.from_port] == ["JFK", "PEK"]
    assert [table.ports[port] for port in table.to_port] == ["PEK", "JFK"]
    assert table.departs_on.tolist() == [OUT.departs.toordinal(), BACK.departs.toordinal()]
    assert table.arrives_on.tolist() == [OUT.arrives.toordinal(), BACK.arrives.toordinal()]
    assert [table.leg_id(position) for position in range(2)] == ["out", "back"]


def test_a_timetable_comes_after_the_legs_of_the_file() -> None:
    question = tabled(scenario([OUT, BACK]), {"out"})
    table = all_legs(question)
    assert [table.leg_id(position) for position in range(2)] == ["back", "out"]
    whole = restricted(question, table, np.arange(2))
    assert [item.id for item in whole.legs] == ["back", "out"]
    assert [fare.id for fare in whole.fares] == ["back", "out"]
    assert whole.timetable is None
    assert whole.last_departure == question.last_departure


def test_legs_left_out_take_their_fares_along_but_not_the_dates() -> None:
    question = tabled(scenario([OUT, BACK]), {"back"})
    part = restricted(question, all_legs(question), np.array([0]))
    assert [item.id for item in part.legs] == ["out"]
    assert [fare.id for fare in part.fares] == ["out"]
    assert part.last_departure == BACK.departs.date()


@given(scenarios())
def test_back_from_columns_legs_and_fares_are_the_same(data: Table) -> None:
    question = read(data)
    free = {
        item.id
        for item in question.legs
        if not (item.exit_port or item.entry_port)
        and not any(item.id in fare.legs and len(fare.legs) > 1 for fare in question.fares)
    }
    moved = tabled(question, free)
    table = all_legs(moved)
    whole = restricted(moved, table, np.arange(len(table)))
    assert {item.id: evolve(item, price=None) for item in whole.legs} == {
        item.id: evolve(item, price=None, per=whole.leg_by_id[item.id].per) for item in question.legs
    }
    assert {fare.id: question.for_party(fare.price, fare.per) for fare in whole.fares} == {
        fare.id: question.for_party(fare.price, fare.per) for fare in question.fares
    }
