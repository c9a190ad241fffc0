"""Whom a rule about entries concerns, the two readings agreeing: what depends on the person."""

from __future__ import annotations

import pytest

from planner.rules.base import rules_of
from planner.rules.concerns import Concerning
from planner.scenario.scenario import Scenario
from planner.testing.readings import compare
from tests.rules.plainly import world

RULE = '[[rules]]\nkind = "refused-entry"\nid = "refused"\nzone = "BB"\n'
HOME = '[[travellers]]\nid = "t"\nresidence = ["{}"]\n'
BECOMING = """
today = 2025-05-20
[[acquirables]]
id = "book"
price = "1"
lead = { days = 5 }
passport = { id = "c", state = "CC" }
"""


def refused(made: Scenario) -> tuple[int, int]:
    """How many of some random journeys are refused, and how many there are."""
    seen = compare(made, {"refused-entry"}, 200)
    return seen["refused.t"], seen[""]


@pytest.mark.parametrize(
    ("limits", "home", "some"),
    [
        ('residents_of = ["AA"]', "AA", True),
        ('residents_of = ["AA"]', "AAA", True),  # a port there
        ('residents_of = ["AA"]', "CC", False),
        ('exempt_residents_of = ["AA"]', "AA", False),
        ('exempt_residents_of = ["AA"]', "CC", True),
    ],
)
def test_residents(limits: str, home: str, some: bool) -> None:
    assert bool(refused(world(RULE + limits, HOME.format(home)))[0]) == some


def test_whoever_becomes_a_national_is_concerned_from_then_on_or_exempt() -> None:
    """Only journeys on which the passport is applied for by 27 May, five days before the entry."""
    hit, every = refused(world(RULE + 'nationals_of = ["CC"]', BECOMING))
    assert 0 < hit < every
    spared, every = refused(world(RULE + 'exempt_nationals_of = ["CC"]', BECOMING))
    assert 0 < spared < every
    assert refused(world(RULE + 'nationals_of = ["CC"]'))[0] == 0


def test_in_words() -> None:
    made = world(RULE + 'exempt_nationals_of = ["CC"]\nnationals_of = ["AA"]')
    (rule,) = [rule for rule in rules_of(made) if isinstance(rule, Concerning)]
    assert rule.entries(made) == "Beta (as a national of Alpha, not as a national of Gamma)"
