"""What neither the kind's own examples nor the tests of all kinds show."""

from __future__ import annotations

from planner.rules.base import rules_of
from planner.rules.kinds.tour_required import TourRequired
from planner.testing.readings import compare
from tests.rules.plainly import world

RULE = '[[rules]]\nkind = "tour-required"\nid = "guided"\nzone = "BB"\nexempt_nationals_of = ["DD"]\n'
PASSPORT = """
today = 2025-05-29
[[acquirables]]
id = "becomes"
price = "1"
lead = { days = 3 }
passport = { id = "new", state = "DD" }
"""
TOURS = """
[[tours]]
id = "in"
title = "Beta by day"
legs = ["ab"]
price = "300"
[[tours]]
id = "round"
legs = ["ab", "ba"]
price = "900"
"""


def test_the_sentence_names_all_tours() -> None:
    question = world(RULE, TOURS)
    (rule,) = (rule for rule in rules_of(question) if isinstance(rule, TourRequired))
    assert rule.fact(question, question.travellers[0]).text.endswith("; the tours on offer: Beta by day, round")


def test_who_becomes_a_national_needs_no_tour_even_where_there_is_none() -> None:
    on_time = compare(world(RULE, PASSPORT), {"tour-required"}, 40)
    assert 0 < on_time["guided.t"] < compare(world(RULE), {"tour-required"}, 40)["guided.t"]
