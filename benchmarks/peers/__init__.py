"""Other ways to solve the bare problem, one file each, with `solve(instance, time_limit) -> Outcome`.

Each runs in a process of its own (`run`), which can be ended when it does not keep to its limit.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

from attrs import asdict, frozen

from benchmarks import measure

PEERS = {
    "floor": "the label-setting pass alone, forward and backward, without nights",
    "cpsat": "one CP-SAT model over all legs, default settings",
    "cpsat_tuned": "the same, with the planner's settings",
    "cpmpy": "the same model in CPMpy",
    "highs": "the same model by HiGHS, through scipy's milp",
    "gecode": "a path of legs in MiniZinc, by Gecode",
    "rihla": "rihla, given the order of the stops: direct flights",
    "backtracking": "the same path of legs in python-constraint",
}
GRACE = 15.0  # seconds beyond its limit before a peer is ended


@frozen
class Outcome:
    """What a peer found: optimal, feasible, infeasible, bound, other, unknown or skipped. Cost in minor units."""

    status: str
    cost: int | None = None
    note: str = ""


def run(peer: str, instance: Path, time_limit: float) -> dict[str, Any]:
    """One peer on a stored instance: outcome, seconds in-process without imports and reading, and peak MB."""
    command = [sys.executable, "-m", "benchmarks.peers", peer, str(instance), str(time_limit)]
    done = measure.run(command, time_limit + GRACE)
    found = {"peer": peer, "peak_mb": done.peak_mb, "seconds": None}
    if done.code is None:
        return {**found, **asdict(Outcome("unknown", None, "had to be ended"))}
    if done.code:
        reason = (done.errors.strip().splitlines() or [f"exit code {done.code}"])[-1]
        return {**found, **asdict(Outcome("unknown", None, reason))}
    return {**found, **json.loads(done.output.splitlines()[-1])}
