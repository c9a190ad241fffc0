"""The small world of the examples with something laid over it, and what bounds hear from rules there."""

from __future__ import annotations

import tomllib

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


def been(territory: str, *days: str, traveller: str = "t") -> str:
    """A document that says: on 1 May 2025 the traveller has been there, each time for a day."""
    stays = ", ".join(f'{{ territory = "{territory}", from = {day}, to = {day} }}' for day in days)
    return f'today = 2025-05-01\n[[travellers]]\nid = "{traveller}"\npast_stays = [{stays}]\n'


def refusal(fact: str, arrivals: str, passports: str = "a") -> str:
    """What bounds hear of a refusal of the passports of the traveller named last in the fact."""
    traveller = fact.rpartition(".")[2]
    return f"bounds hear from {fact}: Refused traveller {traveller}, arrivals {arrivals}, passports [{passports}]"


def heard(kind: str, *overlays: str) -> list[str]:
    """What bounds hear from the rules of a kind in that world."""
    return [line for line in lines_of(world(*overlays), kind, ()) if line.startswith("bounds hear")]
