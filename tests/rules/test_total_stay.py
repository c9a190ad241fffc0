"""What neither the kind's own examples nor the tests of all kinds show."""

from __future__ import annotations

from datetime import date

import pytest

from planner.itinerary.replay import replay
from planner.rules.base import rules_of
from planner.rules.kinds.total_stay import TotalStay
from planner.testing.readings import compare
from tests.itinerary.builders import itinerary
from tests.rules.in_words import bounds_of
from tests.rules.test_joint_visa import SOURCE, world


@pytest.mark.parametrize("held", [True, False])
@pytest.mark.parametrize(("days", "some"), [(1, True), (6, True), (10, True), (11, False)])
def test_both_readings_break_the_same_facts(held: bool, days: int, some: bool) -> None:
    made = world(held=held, total_days=days)
    assert bool(compare(made, {"total-stay"}, 250)["joint.ann.total_days"]) == some


def test_a_date_on_which_one_zone_is_left_and_the_other_entered_counts_once() -> None:
    made = world(held=True, total_days=11)
    (rule,) = (rule for rule in rules_of(made) if isinstance(rule, TotalStay))
    stays = ("- us", "us us joint", "us us joint", "us us joint", "us - citizen:US")
    journey = replay(made, itinerary("a c d h", "lll", stays))  # 2 to 12 February, changing on the 5th and the 7th
    assert list(rule.check(journey)) == []
    limits = [rule.last_lawful(journey, stay) for stay in journey.stays["ann"]]
    assert [limit and limit.on for limit in limits] == [None, *[date(2025, 2, 12)] * 3, None]


@pytest.mark.parametrize(("held", "name", "source"), [(True, "ann's visa joint", ""), (False, "joint", SOURCE)])
def test_what_is_said_of_one_that_is_held_and_of_one_that_is_obtained(held: bool, name: str, source: str) -> None:
    made = world(held=held, total_days=7)
    (rule,) = (rule for rule in rules_of(made) if isinstance(rule, TotalStay))
    fact = rule.fact(made, made.travellers[0])
    assert fact.text == f"{name} is good for 7 days in China and Japan, all stays together"
    assert fact.source == source
    assert bounds_of(made, "total-stay")[1:] == [
        "bounds hear from joint.ann.total_days: LongestStay traveller ann, nights 6, grounds [joint], besides []"
    ]
