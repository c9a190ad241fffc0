"""Variations of the small world that the kinds' examples are written in."""

from __future__ import annotations

import tomllib
from datetime import date

from attrs import evolve

from planner.core.errors import ScenarioError
from planner.rules.base import table_kinds
from planner.rules.examples import WORLD, merge
from planner.scenario.reading import read_mapping
from planner.scenario.scenario import Scenario


def small(*overlays: str) -> Scenario:
    """The small world (Alpha to Beta and back, Gamma beyond) with TOML texts laid over it, one after the other."""
    data = tomllib.loads(WORLD)
    for overlay in overlays:
        data = merge(data, tomllib.loads(overlay))
    try:
        return read_mapping(data, table_kinds())
    except ScenarioError as error:
        if not all("before today" in problem.message for problem in error.problems):
            raise
    # The reader refuses what is past; here it is wanted.
    return evolve(read_mapping(data | {"today": date(2025, 1, 1)}, table_kinds()), today=data["today"])


VISA_FOR_BETA = """
[[admissions]]
id = "visit-beta"
nationalities = ["DD"]
"""  # Beta admits nobody without something else
