"""Zones of a scenario's own must not undo the borders that rulebooks describe."""

from __future__ import annotations

import pytest

from planner.core.errors import ScenarioError
from planner.rules.base import table_kinds
from planner.scenario.reading import read_text
from tests.small import small

TRIP = """
today = 2026-05-01
currency = "USD"
rulebooks = ["US", "MX"]
trip = { start = "MEX", end = "LAX" }
travellers = [{ id = "ana", passports = [{ id = "mx", state = "MX" }] }]
[[legs]]
id = "out"
from = "MEX"
to = "LAX"
departs = 2026-06-02T10:00:00
arrives = 2026-06-02T12:00:00
price = 1
[[zones]]
id = "INSURER"
"""
TWO = """
[[zones]]
id = "Y"
members = [{{ territory = "BB", {} }}]
[[zones]]
id = "Z"
members = [{{ territory = "BB", {} }}]
"""


def problems(text: str) -> list[str]:
    try:
        read_text(text, table_kinds())
    except ScenarioError as error:
        return [problem.message for problem in error.problems]
    return []


def test_a_country_does_not_lose_its_borders_by_what_was_left_out() -> None:
    (first, second) = problems(TRIP + 'members = [{ territory = "US" }, { territory = "MX" }]')
    assert first.startswith("territory: a rulebook in use says who is admitted to 'US'")
    assert "'MX'" in second


@pytest.mark.parametrize("purposes", ['["clock"]', '["permission", "checks", "clock"]'])
def test_it_may_be_said_what_a_zone_is_for(purposes: str) -> None:
    assert problems(TRIP + f'members = [{{ territory = "US", purposes = {purposes} }}]') == []


def test_no_territory_needs_the_permission_of_two_zones_at_once() -> None:
    with pytest.raises(ScenarioError, match="'BB' is in the zone 'Y' too"):
        small(TWO.format("to = 2025-05-31", "from = 2025-05-31"))
    small(TWO.format("to = 2025-05-31", "from = 2025-06-01"))
    small(TWO.format("to = 2025-05-31", 'purposes = ["clock"]'))
