"""Variations of the small world that the kinds' examples are written in."""

from __future__ import annotations

import tomllib

from planner.rules.base import table_kinds
from planner.rules.examples import WORLD, merge
from planner.scenario.reading import read_mapping
from planner.scenario.scenario import Scenario


def small(*overlays: str) -> Scenario:
    """The small world (Alpha to Beta and back, Gamma beyond) with TOML texts laid over it, one after the other."""
    data = tomllib.loads(WORLD)
    for overlay in overlays:
        data = merge(data, tomllib.loads(overlay))
    return read_mapping(data, table_kinds())


VISA_FOR_BETA = """
[[admissions]]
id = "visit-beta"
nationalities = ["DD"]
"""  # Beta admits nobody without something else
