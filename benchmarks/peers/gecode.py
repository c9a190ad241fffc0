"""A path of legs in MiniZinc, solved by Gecode: one variable for each leg taken in turn."""

from __future__ import annotations

import re
import shutil
import subprocess
import tempfile
from pathlib import Path

import numpy as np

from benchmarks.instance import Instance
from benchmarks.peers import Outcome

MODEL = Path(__file__).with_name("path.mzn")


def solve(instance: Instance, time_limit: float) -> Outcome:
    """At most two legs for each stop and the way back; stops of one port each."""
    if shutil.which("minizinc") is None:
        return Outcome("skipped", None, "MiniZinc is not installed")
    if any(len(visit.ports) > 1 for visit in instance.visits):
        return Outcome("skipped", None, "a stop has several ports")
    with tempfile.TemporaryDirectory() as folder:
        data = Path(folder) / "data.dzn"
        data.write_text(_data(instance))
        command = ["minizinc", "--solver", "gecode", "--time-limit", str(int(time_limit * 1000)), str(MODEL), str(data)]
        done = subprocess.run(command, capture_output=True, text=True, check=False)
    costs = [int(cost) for cost in re.findall(r"cost = (\d+)", done.stdout)]
    if "=====UNSATISFIABLE=====" in done.stdout:
        return Outcome("infeasible")
    if done.returncode:
        return Outcome("unknown", None, (done.stderr.strip().splitlines() or [f"exit code {done.returncode}"])[-1])
    if not costs:
        return Outcome("unknown")
    return Outcome("optimal" if "==========" in done.stdout else "feasible", costs[-1])


def _data(instance: Instance) -> str:
    began, first = int(instance.departs.min()), int(instance.departs_on.min())
    columns = {
        "origin": instance.from_port,
        "target": instance.to_port,
        "departs": instance.departs - began,
        "ready": instance.arrives - began + instance.transfer,
        "leaves_on": instance.departs_on - first,
        "comes_on": instance.arrives_on - first,
        "price": instance.price,
        "stop": np.array([visit.ports[0] for visit in instance.visits]),
        "least": np.array([visit.least for visit in instance.visits]),
        "most": np.array([visit.most for visit in instance.visits]),
    }
    lines = [f"{name} = [{', '.join(map(str, column.tolist()))}];" for name, column in columns.items()]
    numbers = {"legs": len(instance), "stops": len(instance.visits), "start": instance.start, "goal": instance.goal}
    lines += [f"{name} = {value};" for name, value in {**numbers, "steps": 2 * len(instance.visits) + 2}.items()]
    return "\n".join(lines)
