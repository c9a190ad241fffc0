"""Reading a drawn scenario."""

from __future__ import annotations

from hypothesis import reject

from planner.core.errors import ScenarioError
from planner.rules.base import table_kinds
from planner.scenario.reading import read_mapping
from planner.scenario.scenario import Scenario
from planner.testing import rates
from planner.testing.drawing.strategies import Table


def read(data: Table) -> Scenario:
    """The scenario; one that the reader refuses is counted and left out."""
    try:
        return read_mapping(data, table_kinds())
    except ScenarioError:
        rates.counts["refused"] += 1
        reject()
