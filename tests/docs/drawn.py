"""Draw random scenarios, and let both readings of one kind judge journeys in those that have a rule of it.

Run as `python -m tests.docs.drawn KIND`; prints how many scenarios had one.
"""

from __future__ import annotations

import sys

from hypothesis import HealthCheck, Phase, given, settings

from planner.rules.base import table_kinds
from planner.scenario.reading import read_mapping
from planner.testing.drawing.strategies import scenarios
from planner.testing.drawing.world import Table
from planner.testing.readings import compare


def main(kind: str) -> int:
    """How many of 300 random scenarios have a rule of that kind. Raises AssertionError where readings differ."""
    found = 0

    @settings(
        max_examples=300,
        derandomize=True,
        database=None,
        deadline=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(scenarios())
    def draw(data: Table) -> None:
        nonlocal found
        if any(rule["kind"] == kind for rule in data["rules"]):
            found += 1
            compare(read_mapping(data, table_kinds(), file="random"), {kind}, 40)

    draw()
    return found


if __name__ == "__main__":
    print(main(sys.argv[1]))
