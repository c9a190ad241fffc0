"""The CP-SAT model over all legs, with the settings that the planner uses for its own."""

from __future__ import annotations

from benchmarks.instance import Instance
from benchmarks.peers import Outcome, cpsat
from planner.solving.settings import settings


def solve(instance: Instance, time_limit: float) -> Outcome:
    """As `cpsat`, tuned."""
    return cpsat.solve(instance, time_limit, settings("optimise", 2, 0))
