"""What a set of easings disturbs, added up without the ladders of the model."""

from __future__ import annotations

from collections.abc import Iterable

from planner.rules.easing import Easing
from planner.scenario.scenario import Scenario


def disruption(scenario: Scenario, easings: Iterable[Easing]) -> int:
    """What making some easings disturbs: those that change the same values count once, as much as the largest."""
    heaviest: dict[frozenset[tuple[str, ...]], int] = {}
    for easing in easings:
        values = frozenset(change.path for change in easing.changes)
        weight = scenario.repairs.weight(easing.sort) * easing.amount
        heaviest[values] = max(weight, heaviest.get(values, 0))
    return sum(heaviest.values())
