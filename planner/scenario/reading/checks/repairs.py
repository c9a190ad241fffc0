"""What changes weigh."""

from __future__ import annotations

from collections.abc import Iterator

from planner.core.errors import Problem
from planner.scenario.reading.checks.case import Case, problem
from planner.scenario.reading.walk import fields


def check_repairs(case: Case) -> Iterator[Problem]:
    """Every weight is above 0: a change that weighs nothing would be made for nothing."""
    weights = case.written.repairs.weights
    for field in fields(weights):
        if getattr(weights, field.name) == 0:
            yield problem(weights, field.key, f"{field.key}: the weight must be above 0", "1 is the least")
