"""Stops: which of them one visit counts for."""

from __future__ import annotations

import pytest

from planner.api import loads, plan
from planner.testing import assert_same_as_oracle

STOPS = """
today = 2025-05-29
currency = "USD"
travellers = [{{ id = "t", passports = [{{ id = "a", state = "AA" }}] }}]
trip = {{ start = "AAA", stops = [{{ id = "1", at = {first} }}, {{ id = "2", at = {second} }}] }}
admissions = [{{ id = "open", zone = "BB", nationalities = ["AA"], grant = "visa_free" }}]
ports = [
    {{ id = "AAA", territory = "AA", timezone = "UTC" }},
    {{ id = "BBB", territory = "BB", timezone = "UTC" }},
    {more}
]
legs = [
    {{ id = "1", from = "AAA", to = "BBB", departs = 2025-06-01T08:00:00, arrives = 2025-06-01T10:00:00, price = 1 }},
    {{ id = "2", from = "BBB", to = "AAA", departs = 2025-06-10T14:00:00, arrives = 2025-06-10T16:00:00, price = 1 }},
]
"""
ANOTHER_PORT = '{ id = "BBX", territory = "BB", timezone = "UTC" },'


@pytest.mark.parametrize("more", ["", ANOTHER_PORT])
@pytest.mark.parametrize(
    ("first", "second", "status"),
    [
        (["BB"], ["BBB"], "optimal"),
        (["BB"], ["BB", "BBB"], "optimal"),
        (["BB"], ["BB"], "infeasible"),
        (["BB", "BBB"], ["BBB", "BB"], "infeasible"),
    ],
)
def test_stops_need_visits_of_their_own_if_they_name_the_same_whatever_ports_there_are(
    first: list[str], second: list[str], status: str, more: str
) -> None:
    scenario = loads(STOPS.format(first=first, second=second, more=more))
    assert plan(scenario, repairs=0).status == status
    assert_same_as_oracle(scenario)
