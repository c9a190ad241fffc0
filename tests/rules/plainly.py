"""The small world of the examples with something laid over it: what rules say of it to bounds, and of its journeys."""

from __future__ import annotations

import tomllib

from planner.itinerary.journey import Journey
from planner.rules.base import Example, table_kinds
from planner.rules.examples import merge, scenario_data
from planner.scenario.reading import read_mapping
from planner.scenario.scenario import Scenario
from tests.rules.in_words import lines_of

# A second traveller, Ugo, with a passport of Gamma.
TWO = """
[[travellers]]
id = "t"
[[travellers]]
id = "u"
name = "Ugo"
[[travellers.passports]]
id = "c"
state = "CC"
"""


def world(*overlays: str) -> Scenario:
    """The examples' world with documents laid over it, one after the other."""
    data = scenario_data(Example(title="", toml=""))
    for overlay in overlays:
        data = merge(data, tomllib.loads(overlay))
    return read_mapping(data, table_kinds(), file="example")


def heard(kind: str, *overlays: str) -> list[str]:
    """What bounds hear from the rules of a kind in that world."""
    return [line for line in lines_of(world(*overlays), kind, ()) if line.startswith("bounds hear")]


def said(kind: str, scenario: Scenario, journey: Journey) -> list[str]:
    """What the rules of a kind say of a journey: what is broken, paid, reminded of, shown, and how long is lawful."""
    told = lines_of(scenario, kind, (journey,))
    return [line for line in told if not line.startswith(("bounds hear", "fact ", "offers ", "eased "))]
