"""The floor: see `benchmarks.floor`. Its cost is a bound, since it counts no nights."""

from __future__ import annotations

import numpy as np

from benchmarks import floor as passes
from benchmarks.instance import Instance
from benchmarks.peers import Outcome


def solve(instance: Instance, time_limit: float) -> Outcome:
    """Both passes. Stops of several ports are left out."""
    stops = np.array([visit.ports[0] for visit in instance.visits if len(visit.ports) == 1], dtype=np.int32)
    if not len(stops) or len(stops) > 10:
        return Outcome("skipped", None, f"{len(stops)} stops at one port each")
    best, _ = passes.floor(
        instance.from_port, instance.to_port, instance.departs, instance.arrives, instance.price,
        start=instance.start, goal=instance.goal, stops=stops,
    )  # fmt: skip
    return Outcome("infeasible" if best >= passes.NEVER else "bound", best)


def _compiled() -> None:
    """Compile before the clock starts: a single leg from 0 to 1."""
    one = np.array([1], dtype=np.int32)
    passes.floor(one - 1, one, one, one + 1, one, start=0, goal=1, stops=one)


_compiled()
