"""Permissions on other terms."""

from __future__ import annotations

from datetime import date

from planner.rules.eases.permissions import held
from planner.scenario.people import Permission
from tests.itinerary.builders import leg, scenario, traveller

LEGS = (
    leg("in", "JFK-PEK", "2025-02-01 10:00", "2025-02-02 14:00"),
    leg("home", "PEK-JFK", "2025-02-14 08:00", "2025-02-14 09:00"),
)


def moved(**dates: date) -> list[object]:
    """To what dates a visa's are moved."""
    paper = Permission(id="v", zone="CN", **dates)
    return [easing.changes[0].new for easing in held(scenario(LEGS), traveller("ann", permissions=(paper,)), paper)]


def test_dates_are_moved_if_legs_lie_beyond_them_and_by_a_day_too() -> None:
    assert moved(valid_from=date(2025, 2, 1)) == []
    assert moved(valid_from=date(2025, 2, 2)) == [date(2025, 2, 1)]
    assert moved(enter_by=date(2025, 2, 14)) == []
    assert moved(enter_by=date(2025, 2, 13)) == [date(2025, 2, 20)]


def test_a_kind_of_permission_is_told_in_words() -> None:
    paper = Permission(id="v", zone="CN", type="on_arrival", entries=1)
    (more, many) = held(scenario(LEGS), traveller("ann", permissions=(paper,)), paper)
    assert more.text == "a two-entry instead of a one-entry on arrival v"
    assert many.changes[0].new is None
