"""Why nothing admits, as far as the rulebooks tell."""

from __future__ import annotations

from datetime import date
from typing import Any

from planner.rules.denial import denial
from planner.scenario.documents import Acquirable, NewCertificate, NewPermission
from planner.scenario.people import Permission
from tests.itinerary.builders import leg, price, scenario, traveller

LEGS = (
    leg("in", "JFK-PEK", "2025-02-01 10:00", "2025-02-02 14:00"),
    leg("on", "PEK-FNJ", "2025-02-10 18:00", "2025-02-10 20:00"),
)
VISA = Acquirable(id="visa", price=price("1"), permission=NewPermission(zone="KP"))


def told(zone: str = "CN", legs: Any = LEGS, **more: Any) -> str:
    made = scenario(legs, **more)
    return denial(made, made.travellers[0], zone).text


def test_rulebooks_that_begin_later_are_told_if_some_leg_arrives_before() -> None:
    text = "the rulebooks in use cover China only from {} on; before, nothing admits ann there"
    for since, late in ((date(2025, 2, 2), False), (date(2025, 2, 3), True)):
        found = told(covered=frozenset({"CN"}), covered_since={"CN": since})
        assert (found == text.format(since)) == late
    later = date(2025, 1, 2)  # without legs: if it is today
    assert told(legs=(), covered=frozenset({"CN"}), covered_since={"CN": later}) == text.format(later)


def test_where_rulebooks_speak_nothing_else_of_them_admits() -> None:
    expected = "nothing else in this scenario or its rulebooks admits ann to China"
    assert told(covered=frozenset({"CN"})) == expected


def test_where_none_does_it_counts_whether_the_scenario_has_a_paper_for_it() -> None:
    uncovered = "China is not covered by any rulebook in use, so nothing admits ann there"
    held = "nothing else in this scenario admits ann to Korea (North), which no rulebook in use covers"
    visitor = traveller("ann", permissions=(Permission(id="v", zone="KP"),))
    test = Acquirable(id="test", price=price("1"), certificate=NewCertificate(kind="x"))
    assert told() == uncovered
    for more in ({"travellers": (visitor,)}, {"acquirables": (test, VISA)}):
        assert told("KP", **more) == held
        assert told("CN", **more) == uncovered
